"""What is done to a claim: asked, decided, signed, ended; each call is one act of the desk."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from ninja.errors import HttpError

from concilia.cases.actions import hand_over, snooze
from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ApprovalSeat
from concilia.claims.actions import (
    Granted,
    Paper,
    Proposal,
    Question,
    Said,
    SignedDelivery,
    add_evidence,
    add_note,
    answer_step,
    appeal_claim,
    ask,
    close_claim,
    give_reason,
    go_on,
    keep_apart,
    merge,
    propose_decision,
    recall_decision,
    record_answer,
    record_repayment,
    reopen_claim,
    retry_posting,
    sign_decision,
    withdraw_claim,
    write_to_customer,
)
from concilia.claims.actions.deciding import lines_to_decide
from concilia.claims.core.decisions import Decision as PersonsChoice
from concilia.claims.core.decisions import approved_by
from concilia.claims.models import Claim
from concilia.claims.queries.letters import Letter, letter_for, own_words
from concilia.identity.models import Membership
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.claim_shapes import (
    CloseIn,
    DecisionIn,
    EvidenceIn,
    FileIn,
    HandOverIn,
    MessageIn,
    NoteIn,
    QuestionIn,
    ReasonIn,
    SignatureIn,
    SignedIn,
    SnoozeIn,
    detail_of,
)
from concilia.interfaces.api.claims import claim_of
from concilia.interfaces.api.shapes import ClaimDetail, Reason, StepAnswerIn
from concilia.interfaces.components.rights import HELPERS, SIGNERS, WORKERS
from concilia.kernel.money import Money

router = Router(tags=["claims"])
WORK = Scope("claims:write", *WORKERS)
HELP = Scope("claims:write", *HELPERS)
SNOOZED_UNTIL_MAX = datetime(9999, 1, 1, tzinfo=UTC)


@router.post("/{number}/notes", response=ClaimDetail, auth=HELP)
def note(request: HttpRequest, number: str, body: NoteIn) -> ClaimDetail:
    """An internal note; it never leaves."""
    papers = [
        Paper(
            evidence="COR",
            filename=each.filename,
            content=_decoded(each),
        )
        for each in body.files
    ]

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        return add_note(claim_id=claim.pk, text=body.text, files=papers, member=member, at=at)

    return _done(request, number, act)


@router.post("/{number}/messages", response=ClaimDetail, auth=WORK)
def write(request: HttpRequest, number: str, body: MessageIn) -> ClaimDetail:
    """Write to the customer; the contact policy may hold it back, which the thread then says."""

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        words = own_words(
            claim=claim, member=member, body=body.body, to=body.to, subject=body.subject
        )
        return write_to_customer(
            claim_id=claim.pk, outgoing=words, member=member, at=at, may_blame=body.may_blame
        )

    return _done(request, number, act)


@router.post("/{number}/questions", response=ClaimDetail, auth=WORK)
def ask_question(request: HttpRequest, number: str, body: QuestionIn) -> ClaimDetail:
    """Ask the customer, a colleague or a third party; the clock stops for outsiders."""

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        is_ours = body.holder == "us"
        question = Question(
            holder=body.holder,
            text=body.text,
            to="" if is_ours else body.to,
            subject=body.subject,
            evidence=body.evidence,
            department=claim.case.department if is_ours else "",
            assignee=_colleague(member, body.assignee) if body.assignee and is_ours else None,
        )
        return ask(claim_id=claim.pk, question=question, member=member, at=at)

    return _done(request, number, act)


@router.post("/{number}/steps/{step_id}/answer", response=ClaimDetail, auth=HELP)
def answer(request: HttpRequest, number: str, step_id: int, body: StepAnswerIn) -> ClaimDetail:
    """Answer an open step; a form of the process with several outcomes wants one of them."""

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        claim.case.steps.get(pk=step_id)
        return answer_step(
            step_id=step_id, text=body.text, outcome=body.outcome, member=member, at=at
        )

    return _done(request, number, act)


@router.post("/{number}/evidence", response=ClaimDetail, auth=HELP)
def attach(request: HttpRequest, number: str, body: EvidenceIn) -> ClaimDetail:
    """Put a paper beside a claim as evidence; what a proof of delivery states counts at once."""
    file = FileIn(filename=body.filename, content_base64=body.content_base64)
    paper = Paper(
        evidence=body.evidence,
        document_id=body.document,
        filename=body.filename,
        content=_decoded(file),
        says=body.says,
        language=body.language,
    )
    signed = _signed(body.signed) if body.signed else None

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        return add_evidence(claim_id=claim.pk, paper=paper, signed=signed, member=member, at=at)

    return _done(request, number, act)


@router.post("/{number}/decision", response=ClaimDetail, auth=WORK)
def decide(request: HttpRequest, number: str, body: DecisionIn) -> ClaimDetail:
    """Propose a decision to those who may sign; nothing is posted before they have."""

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        given = {n: Money.parse(text, claim.currency).minor for n, text in body.approved.items()}
        choice = PersonsChoice(
            choice=body.choice, approved=given or None, reason=body.reason, ground=body.ground
        )
        letter = Letter(**body.letter.model_dump()) if body.letter else None
        if body.draft_letter and letter is None:
            lines = lines_to_decide(claim=claim)
            approved = approved_by(lines, body.choice, given)
            letter = letter_for(claim, lines, approved, body.reason, member, at)
        proposal = Proposal(choice=choice, letter=letter, seen_verdict=body.seen_verdict)
        return propose_decision(claim_id=claim.pk, proposal=proposal, member=member, at=at)

    return _done(request, number, act)


@router.post("/{number}/signatures", response=ClaimDetail, auth=Scope("approvals:sign", *SIGNERS))
def sign(request: HttpRequest, number: str, body: SignatureIn) -> ClaimDetail:
    """Sign, return or reject from a seat; four eyes hold here as everywhere."""

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        ApprovalSeat.objects.get(pk=body.seat, request__case_id=claim.case_id)
        said = Said(
            outcome=body.outcome,
            comment=body.comment,
            to=_colleague(member, body.to).pk if body.to else None,
            of=body.of,
            back_to=body.back_to,
            less=_less(body, claim),
        )
        return sign_decision(seat_id=body.seat, said=said, member=member, at=at)

    return _done(request, number, act)


@router.post("/{number}/close", response=ClaimDetail, auth=WORK)
def close(request: HttpRequest, number: str, body: CloseIn) -> ClaimDetail:
    """End a settled claim with its root cause."""

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        return close_claim(claim_id=claim.pk, root_cause=body.root_cause, member=member, at=at)

    return _done(request, number, act)


@router.post("/{number}/hand-over", response=ClaimDetail, auth=WORK)
def give(request: HttpRequest, number: str, body: HandOverIn) -> ClaimDetail:
    """Give the case to a colleague, named by e-mail address."""

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        to = _colleague(member, body.to)
        return hand_over(case_id=claim.case_id, to_id=to.pk, text=body.text, member=member, at=at)

    return _done(request, number, act)


@router.post("/{number}/snooze", response=ClaimDetail, auth=WORK)
def rest(request: HttpRequest, number: str, body: SnoozeIn) -> ClaimDetail:
    """Let a case rest until a moment; one after its deadline is refused without `past_deadline`."""
    until = body.until if body.until.tzinfo else body.until.replace(tzinfo=UTC)

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        return snooze(
            case_id=claim.case_id,
            until=min(until, SNOOZED_UNTIL_MAX),
            reason=body.reason,
            past_deadline=body.past_deadline,
            member=member,
            at=at,
        )

    return _done(request, number, act)


@router.post("/{number}/wake", response=ClaimDetail, auth=WORK)
def wake(request: HttpRequest, number: str) -> ClaimDetail:
    """Bring a case back that rests."""

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        return snooze(case_id=claim.case_id, until=None, reason="", member=member, at=at)

    return _done(request, number, act)


@router.post("/{number}/reason", response=ClaimDetail, auth=WORK)
def change_reason(request: HttpRequest, number: str, body: ReasonIn) -> ClaimDetail:
    """Say why the customer claims; signatures given for the old reason count no more."""

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        return give_reason(
            claim_id=claim.pk, reason=body.reason, words=body.words, member=member, at=at
        )

    return _done(request, number, act)


@router.post("/{number}/go-on", response=ClaimDetail, auth=WORK)
def go_on_without(request: HttpRequest, number: str, body: Reason) -> ClaimDetail:
    """Go on without the answer; what was asked is cancelled."""
    return _with_reason(request, number, body, go_on)


@router.post("/{number}/recall", response=ClaimDetail, auth=WORK)
def recall(request: HttpRequest, number: str, body: Reason) -> ClaimDetail:
    """Take a proposal back; signatures given so far count no more."""
    return _with_reason(request, number, body, recall_decision)


@router.post("/{number}/withdraw", response=ClaimDetail, auth=WORK)
def withdraw(request: HttpRequest, number: str, body: Reason) -> ClaimDetail:
    """The customer took it back."""
    return _with_reason(request, number, body, withdraw_claim)


@router.post("/{number}/appeal", response=ClaimDetail, auth=WORK)
def appeal(request: HttpRequest, number: str, body: Reason) -> ClaimDetail:
    """The customer does not accept the refusal."""
    return _with_reason(request, number, body, appeal_claim)


@router.post("/{number}/reopen", response=ClaimDetail, auth=WORK)
def reopen(request: HttpRequest, number: str, body: Reason) -> ClaimDetail:
    """Open a closed claim again, within 90 days."""
    return _with_reason(request, number, body, reopen_claim)


@router.post("/{number}/accepted", response=ClaimDetail, auth=WORK)
def accepted(request: HttpRequest, number: str) -> ClaimDetail:
    """The customer accepts the refusal; what they kept is collected back."""
    return _answered(request, number, accepted=True)


@router.post("/{number}/legal", response=ClaimDetail, auth=WORK)
def to_legal(request: HttpRequest, number: str) -> ClaimDetail:
    """Hand the claim to legal."""
    return _answered(request, number, accepted=False)


@router.post("/{number}/repaid", response=ClaimDetail, auth=WORK)
def repaid(request: HttpRequest, number: str) -> ClaimDetail:
    """The customer has paid back what they kept."""

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        return record_repayment(claim_id=claim.pk, member=member, at=at)

    return _done(request, number, act)


@router.post("/{number}/retry-posting", response=ClaimDetail, auth=WORK)
def retry(request: HttpRequest, number: str) -> ClaimDetail:
    """Put a failed posting to the ERP again."""

    def act(claim: Claim, member: Membership, at: datetime) -> object:
        return retry_posting(claim_id=claim.pk, member=member, at=at)

    return _done(request, number, act)


@router.post("/merge-proposals/{proposal_id}/merge", response=ClaimDetail, auth=WORK)
def merge_two(request: HttpRequest, proposal_id: int) -> ClaimDetail:
    """Make one claim of two that are one event."""
    member = caller(request)
    kept = merge(proposal_id=proposal_id, member=member, at=timezone.now())
    return detail_of(claim_of(member, kept.case.number))


@router.post("/merge-proposals/{proposal_id}/keep-apart", response={204: None}, auth=WORK)
def keep_two(request: HttpRequest, proposal_id: int) -> Status[None]:
    """Two events that only look alike."""
    keep_apart(proposal_id=proposal_id, member=caller(request), at=timezone.now())
    return Status(204, None)


Act = Callable[[Claim, Membership, datetime], object]


def _done(request: HttpRequest, number: str, act: Act) -> ClaimDetail:
    """Do one act to a claim, and show the claim as it is then."""
    member = caller(request)
    act(claim_of(member, number), member, timezone.now())
    return detail_of(claim_of(member, number))


def _with_reason(
    request: HttpRequest, number: str, body: Reason, act: Callable[..., object]
) -> ClaimDetail:
    def with_reason(claim: Claim, member: Membership, at: datetime) -> object:
        return act(claim_id=claim.pk, reason=body.reason, member=member, at=at)

    return _done(request, number, with_reason)


def _answered(request: HttpRequest, number: str, *, accepted: bool) -> ClaimDetail:
    def act(claim: Claim, member: Membership, at: datetime) -> object:
        return record_answer(claim_id=claim.pk, accepted=accepted, member=member, at=at)

    return _done(request, number, act)


def _less(body: SignatureIn, claim: Claim) -> Granted | None:
    """What is granted instead of what was proposed."""
    if body.granted is None:
        if body.letter is not None:
            raise HttpError(422, "A signature changes the letter only where it grants less.")
        return None
    if body.outcome is not SignOutcome.APPROVE:
        raise HttpError(422, "Less is granted with the outcome APPROVE.")
    lines = {n: Money.parse(text, claim.currency).minor for n, text in body.granted.items()}
    letter = Letter(**body.letter.model_dump()) if body.letter else None
    return Granted(lines=lines, letter=letter)


def _colleague(member: Membership, email: str) -> Membership:
    return Membership.objects.get(entity_id=member.entity_id, user__email=email.strip().lower())


def _decoded(file: FileIn) -> bytes:
    try:
        return base64.b64decode(file.content_base64, validate=True)
    except (binascii.Error, ValueError):
        raise HttpError(422, "content_base64 is no base64.") from None


def _signed(body: SignedIn) -> SignedDelivery:
    signed_on: date = body.signed_on
    return SignedDelivery(
        signed_by=body.signed_by,
        signed_on=signed_on,
        reserve=body.reserve,
        received=_quantities(body.received),
        damaged=_quantities(body.damaged),
    )


def _quantities(given: Mapping[str, str]) -> dict[str, Decimal]:
    return {sku: _quantity(text) for sku, text in given.items()}


def _quantity(text: str) -> Decimal:
    """A quantity such as the database keeps: eleven digits, three after the point."""
    try:
        number = Decimal(text) if len(text) <= 20 else Decimal("NaN")  # noqa: PLR2004
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**11 or number != round(number, 3):
        raise HttpError(422, f"{text[:20]} is no quantity.")
    return number
