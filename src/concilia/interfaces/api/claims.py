"""Claims and what people do with them."""

from __future__ import annotations

import base64
import binascii
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError

from concilia.cases.actions import hand_over, write_note
from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ApprovalSeat
from concilia.claims.actions.asking import Question, answer_step, ask
from concilia.claims.actions.by_hand import TypedClaim, TypedLine, open_claim_by_person
from concilia.claims.actions.deciding import Proposal, propose_decision, sign_decision
from concilia.claims.actions.evidence import Paper, add_evidence
from concilia.claims.actions.following import (
    appeal_claim,
    close_claim,
    reopen_claim,
    retry_posting,
    withdraw_claim,
)
from concilia.claims.actions.merging import keep_apart, merge
from concilia.claims.core.decisions import Choice, Ground
from concilia.claims.core.decisions import Decision as PersonsChoice
from concilia.claims.models import Claim, Settlement
from concilia.claims.queries.letters import Letter
from concilia.customers.models import Customer
from concilia.identity.models import Membership
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.paging import Page, page_of
from concilia.interfaces.api.shapes import (
    TEXT,
    ClaimDetail,
    ClaimLineOut,
    ClaimOut,
    Reason,
    SeatOut,
    StepOut,
    Words,
)
from concilia.kernel.money import Money
from concilia.receivables.models import Invoice

router = Router(tags=["claims"])


class ClaimFilter(Schema):
    state: str | None = Field(None, pattern=TEXT, max_length=20)
    reason: str | None = Field(None, pattern=TEXT, max_length=5)
    customer: str | None = Field(None, pattern=TEXT, max_length=40)
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)


class TypedLineIn(Schema):
    description: str = Field("", pattern=TEXT, max_length=200)
    quantity: str | None = Field(None, pattern=r"^\d{1,11}(\.\d{1,3})?$")
    unit_price: str | None = Field(None, pattern=r"^\d{1,10}(\.\d{1,4})?$")
    amount: str | None = Field(None, pattern=TEXT, max_length=30)


class ClaimIn(Schema):
    customer: str = Field(pattern=TEXT, max_length=40)
    reason: str = Field(pattern=TEXT, max_length=5)
    invoice: str | None = Field(None, pattern=TEXT, max_length=40)
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    their_reference: str = Field("", pattern=TEXT, max_length=80)
    lines: list[TypedLineIn] = Field(default=[], max_length=200)


class QuestionIn(Schema):
    holder: str = Field(pattern="^(customer|us|third)$")
    text: str = Field(pattern=TEXT, max_length=20_000)
    to: str = Field("", pattern=TEXT, max_length=254)
    subject: str = Field("", pattern=TEXT, max_length=400)
    evidence: str = Field("", pattern=TEXT, max_length=8)


class EvidenceIn(Schema):
    evidence: str = Field(pattern=TEXT, max_length=8)
    filename: str = Field(pattern=TEXT, max_length=255)
    content_base64: str
    says: str = Field("", pattern=TEXT, max_length=2_000)


class LetterIn(Schema):
    to: str = Field(pattern=TEXT, max_length=254)
    language: str = Field(pattern="^(en|it|fr|es|de)$")
    subject: str = Field(pattern=TEXT, max_length=400)
    body: str = Field(pattern=TEXT, max_length=50_000)


class DecisionIn(Schema):
    choice: Choice
    approved: dict[int, str] = {}
    reason: str = Field("", pattern=TEXT, max_length=5_000)
    ground: Ground | None = None
    letter: LetterIn | None = None


class SignatureIn(Schema):
    seat: int = Field(ge=1, lt=2**62)
    outcome: SignOutcome
    comment: str = Field("", pattern=TEXT, max_length=5_000)


class CloseIn(Schema):
    root_cause: str = Field(pattern=TEXT, max_length=30)


class HandOverIn(Schema):
    to: str = Field(pattern=TEXT, max_length=254)
    text: str = Field("", pattern=TEXT, max_length=2_000)


@router.get("", response=Page[ClaimOut], auth=Scope("claims:read"))
def list_claims(request: HttpRequest, asked: Query[ClaimFilter]) -> dict[str, Any]:
    """Claims, the newest first."""
    rows = Claim.objects.filter(entity_id=caller(request).entity_id).select_related(
        "case", "customer", "invoice"
    )
    wanted = {"state": asked.state, "reason": asked.reason, "customer__number": asked.customer}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    found, following = page_of(rows, order="received_at", cursor=asked.cursor, limit=asked.limit)
    return {"items": [ClaimOut.of(row) for row in found], "next_cursor": following}


@router.post("", response={201: ClaimDetail}, auth=Scope("claims:write"))
def open_claim(request: HttpRequest, body: ClaimIn) -> Status[ClaimDetail]:
    """Open a claim somebody told us about."""
    member = caller(request)
    customer = Customer.objects.get(entity_id=member.entity_id, number=body.customer)
    invoice = None
    if body.invoice:
        invoice = Invoice.objects.get(entity_id=member.entity_id, number=body.invoice)
    currency = body.currency or (invoice.currency if invoice else customer.currency)
    typed = TypedClaim(
        customer_id=customer.pk,
        reason=body.reason,
        invoice_id=invoice.pk if invoice else None,
        currency=currency,
        their_reference=body.their_reference,
        channel="rest",
        lines=[_typed(line, currency) for line in body.lines],
    )
    claim = open_claim_by_person(typed=typed, member=member, at=timezone.now())
    return Status(201, _detail(_claim(member, claim.case.number)))


@router.get("/{number}", response=ClaimDetail, auth=Scope("claims:read"))
def get_claim(request: HttpRequest, number: str) -> ClaimDetail:
    """A claim with its lines, steps, signatures, verdict and ERP documents."""
    return _detail(_claim(caller(request), number))


@router.post("/{number}/notes", response=ClaimDetail, auth=Scope("claims:write"))
def add_note(request: HttpRequest, number: str, body: Words) -> ClaimDetail:
    """An internal note; it never leaves."""
    member = caller(request)
    claim = _claim(member, number)
    write_note(case_id=claim.case_id, text=body.text, member=member, at=timezone.now())
    return _detail(_claim(member, number))


@router.post("/{number}/questions", response=ClaimDetail, auth=Scope("claims:write"))
def ask_question(request: HttpRequest, number: str, body: QuestionIn) -> ClaimDetail:
    """Ask the customer, a colleague or a third party; the clock stops for outsiders."""
    member = caller(request)
    question = Question(**body.model_dump())
    ask(claim_id=_claim(member, number).pk, question=question, member=member, at=timezone.now())
    return _detail(_claim(member, number))


@router.post("/{number}/steps/{step_id}/answer", response=ClaimDetail, auth=Scope("claims:write"))
def answer(request: HttpRequest, number: str, step_id: int, body: Words) -> ClaimDetail:
    """Answer an open step."""
    member = caller(request)
    _claim(member, number).case.steps.get(pk=step_id)
    answer_step(step_id=step_id, text=body.text, member=member, at=timezone.now())
    return _detail(_claim(member, number))


@router.post("/{number}/evidence", response=ClaimDetail, auth=Scope("claims:write"))
def attach(request: HttpRequest, number: str, body: EvidenceIn) -> ClaimDetail:
    """Put a file beside a claim as evidence."""
    member = caller(request)
    try:
        content = base64.b64decode(body.content_base64, validate=True)
    except binascii.Error:
        raise HttpError(422, "content_base64 is no base64.") from None
    paper = Paper(evidence=body.evidence, filename=body.filename, content=content, says=body.says)
    add_evidence(claim_id=_claim(member, number).pk, paper=paper, member=member, at=timezone.now())
    return _detail(_claim(member, number))


@router.post("/{number}/decision", response=ClaimDetail, auth=Scope("claims:write"))
def decide(request: HttpRequest, number: str, body: DecisionIn) -> ClaimDetail:
    """Propose a decision to those who may sign; nothing is posted before they have."""
    member = caller(request)
    claim = _claim(member, number)
    approved = {n: Money.parse(text, claim.currency).minor for n, text in body.approved.items()}
    letter = Letter(**body.letter.model_dump()) if body.letter else None
    choice = PersonsChoice(
        choice=body.choice, approved=approved or None, reason=body.reason, ground=body.ground
    )
    propose_decision(
        claim_id=claim.pk,
        proposal=Proposal(choice=choice, letter=letter),
        member=member,
        at=timezone.now(),
    )
    return _detail(_claim(member, number))


@router.post("/{number}/signatures", response=ClaimDetail, auth=Scope("approvals:sign"))
def sign(request: HttpRequest, number: str, body: SignatureIn) -> ClaimDetail:
    """Sign, return or reject from a seat; four eyes hold here as everywhere."""
    member = caller(request)
    ApprovalSeat.objects.get(pk=body.seat, request__case_id=_claim(member, number).case_id)
    sign_decision(
        seat_id=body.seat,
        outcome=body.outcome,
        comment=body.comment,
        member=member,
        at=timezone.now(),
    )
    return _detail(_claim(member, number))


@router.post("/{number}/close", response=ClaimDetail, auth=Scope("claims:write"))
def close(request: HttpRequest, number: str, body: CloseIn) -> ClaimDetail:
    """End a settled claim with its root cause."""
    member = caller(request)
    close_claim(
        claim_id=_claim(member, number).pk,
        root_cause=body.root_cause,
        member=member,
        at=timezone.now(),
    )
    return _detail(_claim(member, number))


@router.post("/{number}/hand-over", response=ClaimDetail, auth=Scope("claims:write"))
def give(request: HttpRequest, number: str, body: HandOverIn) -> ClaimDetail:
    """Give the case to a colleague, named by e-mail address."""
    member = caller(request)
    to = Membership.objects.get(entity_id=member.entity_id, user__email=body.to.lower())
    hand_over(
        case_id=_claim(member, number).case_id,
        to_id=to.pk,
        text=body.text,
        member=member,
        at=timezone.now(),
    )
    return _detail(_claim(member, number))


@router.post("/{number}/withdraw", response=ClaimDetail, auth=Scope("claims:write"))
def withdraw(request: HttpRequest, number: str, body: Reason) -> ClaimDetail:
    """The customer took it back."""
    return _simple(request, number, body, withdraw_claim)


@router.post("/{number}/appeal", response=ClaimDetail, auth=Scope("claims:write"))
def appeal(request: HttpRequest, number: str, body: Reason) -> ClaimDetail:
    """The customer does not accept the refusal."""
    return _simple(request, number, body, appeal_claim)


@router.post("/{number}/reopen", response=ClaimDetail, auth=Scope("claims:write"))
def reopen(request: HttpRequest, number: str, body: Reason) -> ClaimDetail:
    """Open a closed claim again, within 90 days."""
    return _simple(request, number, body, reopen_claim)


@router.post("/{number}/retry-posting", response=ClaimDetail, auth=Scope("claims:write"))
def retry(request: HttpRequest, number: str) -> ClaimDetail:
    """Put a failed posting to the ERP again."""
    member = caller(request)
    retry_posting(claim_id=_claim(member, number).pk, member=member, at=timezone.now())
    return _detail(_claim(member, number))


@router.post(
    "/merge-proposals/{proposal_id}/merge", response=ClaimDetail, auth=Scope("claims:write")
)
def merge_two(request: HttpRequest, proposal_id: int) -> ClaimDetail:
    """Make one claim of two that are one event."""
    member = caller(request)
    kept = merge(proposal_id=proposal_id, member=member, at=timezone.now())
    return _detail(_claim(member, kept.case.number))


@router.post(
    "/merge-proposals/{proposal_id}/keep-apart", response={204: None}, auth=Scope("claims:write")
)
def keep_two(request: HttpRequest, proposal_id: int) -> Status[None]:
    """Two events that only look alike."""
    keep_apart(proposal_id=proposal_id, member=caller(request), at=timezone.now())
    return Status(204, None)


def _typed(line: TypedLineIn, currency: str) -> TypedLine:
    return TypedLine(
        description=line.description,
        quantity=Decimal(line.quantity) if line.quantity else None,
        unit_price=Decimal(line.unit_price) if line.unit_price else None,
        amount_minor=Money.parse(line.amount, currency).minor if line.amount else None,
    )


def _claim(member: Membership, number: str) -> Claim:
    return Claim.objects.select_related("case", "customer", "invoice").get(
        entity_id=member.entity_id, case__number=number.replace("\x00", "")
    )


def _simple(request: HttpRequest, number: str, body: Reason, act: Any) -> ClaimDetail:  # noqa: ANN401
    member = caller(request)
    act(
        claim_id=_claim(member, number).pk,
        reason=body.reason,
        member=member,
        at=timezone.now(),
    )
    return _detail(_claim(member, number))


def _detail(claim: Claim) -> ClaimDetail:
    newest = claim.verdicts.order_by("-version").first()
    seats = ApprovalSeat.objects.filter(request__case=claim.case_id).select_related(
        "expected__user", "signed_by__user"
    )
    settled = Settlement.objects.filter(decision__claim=claim, posting__isnull=False)
    return ClaimDetail(
        **ClaimOut.of(claim).model_dump(),
        lines=[ClaimLineOut.of(line) for line in claim.lines.all()],
        steps=[StepOut.of(step) for step in claim.case.steps.all()],
        seats=[SeatOut.of(seat) for seat in seats.order_by("request__version", "n")],
        verdict=newest.result if newest else None,
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
