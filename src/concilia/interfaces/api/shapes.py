"""The JSON of the API. Money is a decimal string beside its currency; unknown is null."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from concilia.cases.models import ApprovalSeat, Step
from concilia.cases.queries.processes import outcomes_of
from concilia.cash.models import Allocation, Match
from concilia.claims.models import Claim, ClaimLine
from concilia.claims.queries.inbox import Further
from concilia.claims.queries.recognition import Candidate
from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.foundation.models import AuditEntry
from concilia.intake.models import Arrival
from concilia.kernel.money import Money
from concilia.receivables.models import BankEntry, OpenItem

TEXT = r"^[^\x00]*$"  # PostgreSQL keeps every character but this one


def decimal(minor: int | None, currency: str) -> str | None:
    """An amount as the contract writes it: "1234.50"; None stays unknown."""
    return None if minor is None else Money(minor, currency).to_decimal_string()


class ClaimLineOut(Schema):
    n: int
    reason: str
    sku: str
    description: str
    quantity: str | None
    unit_price: str | None
    claimed: str
    approved: str
    denied: str

    @classmethod
    def of(cls, line: ClaimLine) -> ClaimLineOut:
        """One line as JSON."""
        return cls(
            n=line.n,
            reason=line.reason,
            sku=line.sku,
            description=line.description,
            quantity=None if line.quantity is None else str(line.quantity),
            unit_price=None if line.unit_price is None else str(line.unit_price),
            claimed=decimal(line.claimed_minor, line.currency) or "",
            approved=decimal(line.approved_minor, line.currency) or "",
            denied=decimal(line.denied_minor, line.currency) or "",
        )


class ClaimOut(Schema):
    number: str
    state: str
    reason: str
    customer: str
    customer_name: str
    origin: str
    currency: str
    claimed: str
    approved: str
    denied: str
    valid: str | None
    invoice: str | None
    their_reference: str
    received_at: datetime
    due_at: datetime | None
    closed_at: datetime | None

    @classmethod
    def of(cls, claim: Claim) -> ClaimOut:
        """A claim as JSON; needs its case, customer and invoice."""
        return cls(
            number=claim.case.number,
            state=claim.state,
            reason=claim.reason,
            customer=claim.customer.number,
            customer_name=claim.customer.name,
            origin=claim.origin,
            currency=claim.currency,
            claimed=decimal(claim.claimed_minor, claim.currency) or "",
            approved=decimal(claim.approved_minor, claim.currency) or "",
            denied=decimal(claim.denied_minor, claim.currency) or "",
            valid=decimal(claim.valid_minor, claim.currency),
            invoice=claim.invoice.number if claim.invoice else None,
            their_reference=claim.their_reference,
            received_at=claim.received_at,
            due_at=claim.case.due_at,
            closed_at=claim.case.closed_at,
        )


class StepOut(Schema):
    id: int
    kind: str
    evidence: str
    holder: str
    department: str
    question: str
    state: str
    outcomes: tuple[str, ...]
    due_at: datetime | None

    @classmethod
    def of(cls, step: Step) -> StepOut:
        """A step as JSON."""
        return cls(
            id=step.pk,
            kind=step.kind,
            evidence=step.evidence,
            holder=step.holder,
            department=step.department,
            question=step.question,
            state=step.state,
            outcomes=outcomes_of(step),
            due_at=step.due_at,
        )


class SeatOut(Schema):
    """
    A signature given or awaited. `version` is that of the route: those before are history.

    `is_open`: it is this seat's turn. `granted`: up to how much it was signed, in company currency.
    """

    id: int
    version: int
    n: int
    level: int
    is_open: bool
    expected: str | None
    due_at: datetime | None
    signed_by: str | None
    signed_for: str | None
    signed_at: datetime | None
    outcome: str
    granted: str | None
    comment: str

    @classmethod
    def of(cls, seat: ApprovalSeat) -> SeatOut:
        """A signature as JSON; needs its request and its people."""
        return cls(
            id=seat.pk,
            version=seat.request.version,
            n=seat.n,
            level=seat.level,
            is_open=seat.is_open,
            expected=seat.expected.user.email if seat.expected else None,
            due_at=seat.due_at,
            signed_by=seat.signed_by.user.email if seat.signed_by else None,
            signed_for=seat.signed_for.user.email if seat.signed_for else None,
            signed_at=seat.signed_at,
            outcome=seat.outcome,
            granted=None
            if seat.approved_minor is None
            else decimal(seat.approved_minor, seat.request.currency),
            comment=seat.comment,
        )


class TwinOut(Schema):
    """Another claim that may be about the same event, and what makes it look so."""

    proposal: int
    claim: str
    why: list[str]


class ClaimDetail(ClaimOut):
    owner: str | None
    department: str
    snoozed_until: datetime | None
    twins: list[TwinOut]
    verdict_version: int | None
    lines: list[ClaimLineOut]
    steps: list[StepOut]
    seats: list[SeatOut]
    verdict: dict[str, Any] | None
    postings: list[dict[str, str]]


class ArrivalOut(Schema):
    id: int
    channel: str
    filename: str
    state: str
    outcome: str
    sha256: str
    seen: int
    kind: str | None
    reason: str | None
    document: int | None
    received_at: datetime
    error: str

    @classmethod
    def of(cls, arrival: Arrival) -> ArrivalOut:
        """An arrival as JSON; needs its document."""
        document = arrival.document
        return cls(
            id=arrival.pk,
            channel=arrival.channel,
            filename=arrival.filename,
            state=arrival.state,
            outcome=arrival.outcome,
            sha256=arrival.blob_id,
            seen=arrival.seen,
            kind=document.kind or None if document else None,
            reason=document.reason or None if document else None,
            document=arrival.document_id,
            received_at=arrival.received_at,
            error=arrival.error,
        )


class ProposedClaimOut(Schema):
    claim: str
    customer: str
    sign: str
    number: str
    waits: bool

    @classmethod
    def of(cls, one: Candidate) -> ProposedClaimOut:
        """An open claim an arrival may belong to, and by which sign."""
        return cls(
            claim=one.claim.case.number,
            customer=one.claim.customer.number,
            sign=one.sign,
            number=one.number,
            waits=one.waits,
        )


class FurtherClaimOut(Schema):
    n: int
    reason: str
    reason_confidence: float | None
    references: dict[str, list[str]]
    claimed_amount: str | None
    currency: str | None
    claim: str | None

    @classmethod
    def of(cls, one: Further) -> FurtherClaimOut:
        """Something else a message contests, and the claim opened from it."""
        said = one.said
        return cls(
            n=one.n,
            reason=str(said["reason"]),
            reason_confidence=said["reason_confidence"],
            references=said["references"],
            claimed_amount=said["claimed_amount"],
            currency=said["currency"],
            claim=one.claim.case.number if one.claim else None,
        )


class ArrivalDetail(ArrivalOut):
    reading: dict[str, Any] | None
    proposed_claims: list[ProposedClaimOut]
    doubt: str | None
    further_claims: list[FurtherClaimOut]


class AllocationOut(Schema):
    item: str
    applied: str
    discount: str
    writeoff: str
    deduction: str
    deduction_reason: str

    @classmethod
    def of(cls, row: Allocation) -> AllocationOut:
        """What a match does to an item, as JSON; needs the item."""
        return cls(
            item=row.item.document_number,
            applied=decimal(row.applied_minor, row.currency) or "",
            discount=decimal(row.discount_minor, row.currency) or "",
            writeoff=decimal(row.writeoff_minor, row.currency) or "",
            deduction=decimal(row.deduction_minor, row.currency) or "",
            deduction_reason=row.deduction_reason,
        )


class EntryOut(Schema):
    id: int
    booking_date: date
    value_date: date
    currency: str
    amount: str
    is_return: bool
    payer_name: str
    text: str

    @classmethod
    def of(cls, entry: BankEntry) -> EntryOut:
        """A bank entry as JSON."""
        return cls(
            id=entry.pk,
            booking_date=entry.booking_date,
            value_date=entry.value_date,
            currency=entry.currency,
            amount=decimal(entry.amount_minor, entry.currency) or "",
            is_return=entry.is_return,
            payer_name=entry.payer_name,
            text=entry.text,
        )


class MatchOut(Schema):
    id: int
    version: int
    state: str
    rule: str
    confidence: float
    customer: str | None
    applied: str
    on_account: str
    allocations: list[AllocationOut]
    explanation: dict[str, Any]
    alternatives: list[dict[str, Any]]

    @classmethod
    def of(cls, match: Match) -> MatchOut:
        """One answer to a payment, as JSON; needs customer and allocations."""
        return cls(
            id=match.pk,
            version=match.version,
            state=match.state,
            rule=match.rule,
            confidence=match.confidence_bp / 10_000,
            customer=match.customer.number if match.customer else None,
            applied=decimal(match.applied_minor, match.currency) or "",
            on_account=decimal(match.on_account_minor, match.currency) or "",
            allocations=[AllocationOut.of(row) for row in match.allocations.all()],
            explanation=match.explanation,
            alternatives=match.alternatives,
        )


class EntryDetail(EntryOut):
    matches: list[MatchOut]


class CustomerOut(Schema):
    number: str
    name: str
    country: str
    language: str
    currency: str
    payment_days: int

    @classmethod
    def of(cls, customer: Customer) -> CustomerOut:
        """A customer as JSON."""
        return cls(
            number=customer.number,
            name=customer.name,
            country=customer.country,
            language=customer.language,
            currency=customer.currency,
            payment_days=customer.payment_days,
        )


class ItemOut(Schema):
    id: int
    customer: str
    kind: str
    document_number: str
    issue_date: date
    due_date: date
    currency: str
    original: str
    open: str
    disputed: str

    @classmethod
    def of(cls, item: OpenItem) -> ItemOut:
        """An open item as JSON; needs its customer."""
        return cls(
            id=item.pk,
            customer=item.customer.number,
            kind=item.kind,
            document_number=item.document_number,
            issue_date=item.issue_date,
            due_date=item.due_date,
            currency=item.currency,
            original=decimal(item.original_minor, item.currency) or "",
            open=decimal(item.open_minor, item.currency) or "",
            disputed=decimal(item.disputed_minor, item.currency) or "",
        )


class AuditOut(Schema):
    seq: int
    at: datetime
    actor: str
    act: str
    subject: str
    data: dict[str, Any]
    reason: str
    hash: str

    @classmethod
    def of(cls, entry: AuditEntry) -> AuditOut:
        """An entry of the log as JSON."""
        return cls(
            seq=entry.seq,
            at=entry.at,
            actor=entry.actor_name,
            act=entry.act,
            subject=f"{entry.subject_type}:{entry.subject_id}",
            data=entry.data,
            reason=entry.reason,
            hash=entry.hash,
        )


class Words(Schema):
    text: str = Field(pattern=TEXT, max_length=20_000)


class StepAnswerIn(Words):
    outcome: str = Field(default="", pattern=TEXT, max_length=60)


class Reason(Schema):
    reason: str = Field(default="", pattern=TEXT, max_length=2_000)


class SaidOut(Schema):
    id: int
    lane: str
    channel: str
    state: str
    sender: str
    recipient: str
    subject: str
    body: str
    written_at: datetime

    @classmethod
    def of(cls, message: Message) -> SaidOut:
        """A message as JSON."""
        return cls(
            id=message.pk,
            lane=message.lane,
            channel=message.channel,
            state=message.state,
            sender=message.sender_name or message.sender,
            recipient=message.recipient,
            subject=message.subject,
            body=message.body,
            written_at=message.written_at,
        )
