"""The JSON around a claim: what is asked for, what is sent, what is said about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ApprovalSeat, CaseDocument, CaseMessage
from concilia.claims.core.decisions import Choice, Ground
from concilia.claims.models import Claim, MergeProposal, Settlement
from concilia.claims.queries.dossier import open_twins
from concilia.claims.queries.precedents import AlikeDecided, Precedents
from concilia.interfaces.api.paging import ListFilter
from concilia.interfaces.api.shapes import (
    TEXT,
    ClaimDetail,
    ClaimLineOut,
    ClaimOut,
    SaidOut,
    SeatOut,
    StepOut,
    TwinOut,
    decimal,
)

QUANTITY = r"^\d{1,11}(\.\d{1,3})?$"


class ClaimFilter(ListFilter):
    """
    Which claims. `view` is a view of the desk: what is with the caller, open, late, with the
    customer, waiting for signatures, closed, or all.
    """

    view: Literal["mine", "open", "late", "customer", "approval", "closed", "all"] = "all"
    q: str = Field("", pattern=TEXT, max_length=80)
    state: str | None = Field(None, pattern=TEXT, max_length=20)
    reason: str | None = Field(None, pattern=TEXT, max_length=5)
    customer: str | None = Field(None, pattern=TEXT, max_length=40)
    country: str = Field("", pattern="^([A-Z]{2})?$")
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    owner: str | None = Field(None, pattern=TEXT, max_length=254)
    since: date | None = None
    until: date | None = None


class TypedLineIn(Schema):
    """An amount, or a quantity and a price; `position` is the place of a line on the invoice."""

    position: int | None = Field(None, ge=1, lt=2**31)
    description: str = Field("", pattern=TEXT, max_length=200)
    quantity: str | None = Field(None, pattern=QUANTITY)
    unit_price: str | None = Field(None, pattern=r"^\d{1,10}(\.\d{1,4})?$")
    amount: str | None = Field(None, pattern=TEXT, max_length=30)


class ClaimIn(Schema):
    customer: str = Field(pattern=TEXT, max_length=40)
    reason: str = Field(pattern=TEXT, max_length=5)
    invoice: str | None = Field(None, pattern=TEXT, max_length=40)
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    their_reference: str = Field("", pattern=TEXT, max_length=80)
    lines: list[TypedLineIn] = Field(default=[], max_length=200)


class FileIn(Schema):
    filename: str = Field(pattern=TEXT, max_length=255)
    content_base64: str


class NoteIn(Schema):
    """A note with files, which become papers of the case."""

    text: str = Field(pattern=TEXT, max_length=20_000)
    files: list[FileIn] = Field(default=[], max_length=10)


class LetterIn(Schema):
    to: str = Field(pattern=TEXT, max_length=254)
    language: str = Field(pattern="^(en|it|fr|es|de)$")
    subject: str = Field(pattern=TEXT, max_length=400)
    body: str = Field(pattern=TEXT, max_length=50_000)


class MessageIn(Schema):
    """
    An empty `to` takes whoever wrote to us about the claim.

    A message with words that may sound like blame is refused once; `may_blame` says it is meant.
    """

    to: str = Field("", pattern=TEXT, max_length=254)
    subject: str = Field(pattern=TEXT, max_length=400)
    body: str = Field(pattern=TEXT, max_length=20_000)
    may_blame: bool = False


class QuestionIn(Schema):
    """`assignee` is a colleague's e-mail address, for questions to us."""

    holder: str = Field(pattern="^(customer|us|third)$")
    text: str = Field(pattern=TEXT, max_length=20_000)
    to: str = Field("", pattern=TEXT, max_length=254)
    subject: str = Field("", pattern=TEXT, max_length=400)
    evidence: str = Field("", pattern=TEXT, max_length=8)
    assignee: str | None = Field(None, pattern=TEXT, max_length=254)


class SignedIn(Schema):
    """What a signed proof of delivery states, by article."""

    signed_by: str = Field(pattern=TEXT, max_length=120)
    signed_on: date
    reserve: str = Field("", pattern=TEXT, max_length=2_000)
    received: dict[str, str] = {}
    damaged: dict[str, str] = {}


class EvidenceIn(Schema):
    """A file, or the id of a document that is here already; `signed` for a proof of delivery."""

    evidence: str = Field(pattern=TEXT, max_length=8)
    filename: str = Field("", pattern=TEXT, max_length=255)
    content_base64: str = ""
    document: int | None = Field(None, ge=1, lt=2**62)
    says: str = Field("", pattern=TEXT, max_length=2_000)
    language: str = Field("", pattern="^(en|it|fr|es|de)?$")
    signed: SignedIn | None = None


class ChoiceIn(Schema):
    """`approved` says for each line by its number how much is granted, if the choice is BY_LINE."""

    choice: Choice
    approved: dict[int, str] = {}
    reason: str = Field("", pattern=TEXT, max_length=5_000)


class DecisionIn(ChoiceIn):
    """
    `letter` goes out once all have signed; `draft_letter` sends the one Concilia would write.

    `seen_verdict` is the version the decision rests on: a newer one is shown first.
    """

    ground: Ground | None = None
    letter: LetterIn | None = None
    draft_letter: bool = False
    seen_verdict: int | None = Field(None, ge=1, lt=2**31)


class SignatureIn(Schema):
    """
    What is done with a seat. `to` is the address of who shall sign instead (DELEGATE) or too (ADD),
    `of` the department asked (ASK), `back_to` a step of the process (RETURN).

    `granted` says for each line by its number how much is granted instead of what was proposed
    (APPROVE, with a comment); `letter` is what the customer reads then, drafted anew without it.
    """

    seat: int = Field(ge=1, lt=2**62)
    outcome: SignOutcome
    comment: str = Field("", pattern=TEXT, max_length=5_000)
    to: str = Field("", pattern=TEXT, max_length=254)
    of: str = Field("", pattern=TEXT, max_length=3)
    back_to: str = Field("", pattern=TEXT, max_length=40)
    granted: dict[int, str] | None = None
    letter: LetterIn | None = None


class CloseIn(Schema):
    root_cause: str = Field(pattern=TEXT, max_length=30)


class HandOverIn(Schema):
    to: str = Field(pattern=TEXT, max_length=254)
    text: str = Field("", pattern=TEXT, max_length=2_000)


class SnoozeIn(Schema):
    until: datetime
    reason: str = Field(pattern=TEXT, max_length=2_000)
    past_deadline: bool = False


class ReasonIn(Schema):
    reason: str = Field(pattern=TEXT, max_length=5)
    words: str = Field("", pattern=TEXT, max_length=4_000)


class MessageOut(SaidOut):
    """
    A message of a claim's thread; `withheld_why` where it waits and is not sent.

    `entry` names its place in the thread; `side` is who may see it: `inside`, `customer`, `third`.
    """

    entry: int
    side: str
    language: str
    withheld_why: str
    redacted_why: str

    @classmethod
    def of_thread(cls, row: CaseMessage) -> MessageOut:
        """A message of a claim's thread as JSON; needs the message."""
        message = row.message
        said = SaidOut.of(message).model_dump()
        return cls(
            **said,
            entry=row.pk,
            side=row.side,
            language=message.language,
            withheld_why=message.withheld_why,
            redacted_why=message.redacted_why,
        )


class PaperOut(Schema):
    document: int
    filename: str
    evidence: str
    says: str
    language: str
    added_by: str | None
    added_at: datetime

    @classmethod
    def of(cls, row: CaseDocument) -> PaperOut:
        """A paper of a claim as JSON; needs the document and who added it."""
        return cls(
            document=row.document_id,
            filename=row.document.filename,
            evidence=row.evidence,
            says=row.says,
            language=row.says_language,
            added_by=row.added_by.user.email if row.added_by else None,
            added_at=row.added_at,
        )


class PlannedSeatOut(Schema):
    name: str
    stands_in_for: str | None
    level: int
    limit: str | None


class OutlookOut(Schema):
    """What a choice would do. `refusal` says why nobody could sign it."""

    granted: str
    denied: str
    currency: str
    seats: list[PlannedSeatOut]
    refusal: str
    letter: LetterIn


class PrecedentOut(Schema):
    """A like case and what was granted of it."""

    claim: str
    customer: str
    decided_at: datetime
    claimed: str
    granted: str


class PrecedentsOut(Schema):
    """Like cases: how many, what they claimed and were granted together, the newest three."""

    count: int
    claimed: str
    granted: str
    share: str | None
    last: list[PrecedentOut]

    @classmethod
    def of(cls, found: Precedents, currency: str) -> PrecedentsOut:
        """Precedents as JSON."""
        return cls(
            count=found.count,
            claimed=decimal(found.claimed_minor, currency) or "",
            granted=decimal(found.granted_minor, currency) or "",
            share=None if found.share is None else str(found.share),
            last=[
                PrecedentOut(
                    claim=one.case.number,
                    customer=one.customer.number,
                    decided_at=one.decided_at,
                    claimed=decimal(one.claimed_minor, currency) or "",
                    granted=decimal(one.approved_minor, currency) or "",
                )
                for one in found.last
                if one.decided_at is not None
            ],
        )


class AlikeOut(Schema):
    """
    What was decided in cases of the same reason: of the same customer, and of a like amount
    (`least` to `most` whole units; null has no end).
    """

    of_customer: PrecedentsOut
    of_band: PrecedentsOut
    least: int
    most: int | None

    @classmethod
    def of(cls, found: AlikeDecided, currency: str) -> AlikeOut:
        """Both sides as JSON."""
        return cls(
            of_customer=PrecedentsOut.of(found.of_customer, currency),
            of_band=PrecedentsOut.of(found.of_band, currency),
            least=found.least,
            most=found.most,
        )


class ReplayOut(Schema):
    """The newest verdict computed again from the facts it was computed from."""

    is_same: bool
    rule: str
    version: int
    facts: int


class RecordLineOut(Schema):
    n: int
    sku: str
    description: str
    quantity: str
    unit_price: str | None
    received: str | None
    damaged: str | None


class RecordOut(Schema):
    """An invoice, a delivery or an order of ours, as the ERP states it."""

    kind: str
    number: str
    customer: str
    day: date
    currency: str | None
    total: str | None
    lines: list[RecordLineOut]


def record_out(kind: str, row: Any) -> RecordOut:  # noqa: ANN401 - one of three models
    """A record as JSON; needs the customer and the lines."""
    days = {"invoice": "issue_date", "delivery": "shipped_date", "order": "order_date"}
    currency = getattr(row, "currency", None)
    return RecordOut(
        kind=kind,
        number=row.number,
        customer=row.customer.number,
        day=getattr(row, days[kind]),
        currency=currency,
        total=decimal(row.gross_minor, row.currency) if kind == "invoice" else None,
        lines=[_record_line(line) for line in row.lines.all()],
    )


def _record_line(line: Any) -> RecordLineOut:  # noqa: ANN401 - one of three models
    def text(name: str) -> str | None:
        value = getattr(line, name, None)
        return None if value is None else str(value)

    return RecordLineOut(
        n=line.n,
        sku=line.sku,
        description=getattr(line, "description", ""),
        quantity=str(line.quantity),
        unit_price=text("unit_price"),
        received=text("pod_quantity"),
        damaged=text("pod_damaged"),
    )


def detail_of(claim: Claim) -> ClaimDetail:
    """A claim with its lines, steps, signatures, twins, verdict and ERP documents."""
    newest = claim.verdicts.order_by("-version").first()
    seats = ApprovalSeat.objects.filter(request__case=claim.case_id).select_related(
        "request", "expected__user", "signed_by__user", "signed_for__user"
    )
    settled = Settlement.objects.filter(decision__claim=claim, posting__isnull=False)
    case = claim.case
    return ClaimDetail(
        **ClaimOut.of(claim).model_dump(),
        owner=case.owner.user.email if case.owner else None,
        department=case.department,
        snoozed_until=case.snoozed_until_at,
        lines=[ClaimLineOut.of(line) for line in claim.lines.all()],
        steps=[StepOut.of(step) for step in case.steps.all()],
        seats=[SeatOut.of(seat) for seat in seats.order_by("request__version", "n")],
        twins=[_twin(claim, row) for row in open_twins(claim)],
        verdict=newest.result if newest else None,
        verdict_version=newest.version if newest else None,
        postings=[
            {
                "reference": row.posting.external_ref,
                "state": row.posting.state,
                "number": row.posting.erp_number,
                "error": row.posting.error,
            }
            for row in settled.select_related("posting")
            if row.posting
        ],
    )


def _twin(claim: Claim, row: MergeProposal) -> TwinOut:
    other = row.twin if row.claim_id == claim.pk else row.claim
    return TwinOut(proposal=row.pk, claim=other.case.number, why=list(row.why))
