"""What each verb of the play is in production: the act a page or the API would call."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q

from concilia.cases.actions import hand_over, write_note
from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ApprovalSeat
from concilia.cash.actions import PersonsLine, PersonsSplit, post_match, post_split
from concilia.cash.models import Match
from concilia.claims.actions.asking import Question, answer_step, ask, receive_reply
from concilia.claims.actions.deciding import (
    Proposal,
    lines_to_decide,
    propose_decision,
)
from concilia.claims.actions.evidence import Paper, SignedDelivery, add_evidence
from concilia.claims.actions.following import (
    appeal_claim,
    close_claim,
    record_answer,
    record_repayment,
    reopen_claim,
    withdraw_claim,
)
from concilia.claims.actions.merging import merge
from concilia.claims.actions.papers import PersonsWord, open_claim_from_document
from concilia.claims.actions.signing import Said, sign_decision
from concilia.claims.core.amounts import allocate
from concilia.claims.core.decisions import Choice, Ground
from concilia.claims.core.decisions import Decision as PersonsChoice
from concilia.claims.models import Claim, ClaimDeduction, MergeProposal, Settlement
from concilia.claims.queries.letters import Outlook, draft_letter
from concilia.customers.models import Contact, Customer
from concilia.foundation.jobs import defer
from concilia.identity.models import Membership
from concilia.intake.actions import correct_reading
from concilia.intake.models import Arrival
from concilia.interfaces.cli.company import Act, ClaimStory
from concilia.interfaces.cli.staging.jobs import work_off
from concilia.interfaces.cli.staging.play import Stage
from concilia.interfaces.cli.staging.refusals import REFUSALS
from concilia.kernel.money import Money
from concilia.receivables.models import BankEntry, Invoice, OpenItem

Args = Mapping[str, Any]
GROUNDS: Final = {
    "not_proven": Ground.NOT_PROVEN,
    "records_differ": Ground.RECORDS_DIFFER,
    "not_agreed": Ground.NOT_AGREED,
    "late": Ground.DISCOUNT_EXPIRED,
}
CAUSE_OF: Final = {"CO": "promotion_contract", "FI": "customer"}


class NotOnStage(Exception):
    """The act is about something the engine has not opened, or has done already."""


def perform(stage: Stage, act: Act) -> None:
    """Do one act as its person; what the engine refuses is counted, and the play goes on."""
    verb = VERBS.get(act.verb)
    if verb is None:
        return
    try:
        verb(stage, act)
    except (*REFUSALS, NotOnStage) as refusal:
        stage.skipped[f"{act.verb}: {type(refusal).__name__}"] += 1
        stage.refusals.append(f"{act.subject_key} {act.verb}: {refusal}")


def claim_of(stage: Stage, key: str) -> Claim:
    """The claim a mail or a bank entry is about; of merged ones the one that was kept."""
    claim = None
    if key in stage.arrivals:
        arrival = Arrival.objects.get(pk=stage.arrivals[key])
        claim = Claim.objects.filter(document=arrival.document_id).first()
    else:
        entry = _entry(stage, key)
        link = ClaimDeduction.objects.filter(bank_entry=entry).order_by("pk").first()
        claim = link.claim if link else None
    if claim is None:
        raise NotOnStage(f"no claim of {key}")
    while claim.duplicate_of:
        claim = claim.duplicate_of
    return claim


def _entry(stage: Stage, key: str) -> BankEntry:
    entry = BankEntry.objects.filter(entity=stage.entity, entry_key__contains=key).first()
    if entry is None:
        raise NotOnStage(f"no bank entry {key}")
    return entry


def _member(stage: Stage, act: Act) -> Membership:
    found = stage.members.get(act.who) or stage.members.get(stage.company.staff[0].email)
    assert found is not None
    return found


def _story(stage: Stage, key: str) -> ClaimStory | None:
    return next((one for one in stage.company.stories if one.subject_key == key), None)


def confirm_reading(stage: Stage, act: Act) -> None:
    """The clerk compares what was read with the paper, puts wrong values right, confirms."""
    if act.subject_key not in stage.arrivals:
        return
    arrival = Arrival.objects.get(pk=stage.arrivals[act.subject_key])
    if arrival.document is None:
        raise NotOnStage(f"{act.subject_key} was not read")
    if Claim.objects.filter(document=arrival.document).exists():
        return
    member = _member(stage, act)
    story = _story(stage, act.subject_key)
    word = PersonsWord(member=member)
    if story:
        for name, value in _put_right(arrival, story).items():
            correct_reading(
                document_id=arrival.document.pk, field=name, value=value, member=member, at=act.at
            )
        customer = Customer.objects.filter(
            entity=stage.entity, number=story.customer_number
        ).first()
        invoice = Invoice.objects.filter(entity=stage.entity, number=story.invoice_number).first()
        word = PersonsWord(
            member=member,
            customer_id=customer.pk if customer else None,
            invoice_id=invoice.pk if invoice else None,
        )
    open_claim_from_document(arrival_id=arrival.pk, at=act.at, word=word)


def _put_right(arrival: Arrival, story: ClaimStory) -> dict[str, Any]:
    assert arrival.document is not None
    document = arrival.document
    wrong: dict[str, Any] = {}
    if document.kind not in {"claim", "credit_request", "debit_note", "promotion_invoice"}:
        wrong["kind"] = "claim"
    if document.reason != story.reason:
        wrong["reason"] = story.reason
    if document.currency != story.currency:
        wrong["currency"] = story.currency
    if document.claimed_minor != story.claimed and story.claimed:
        wrong["claimed_amount"] = Money(story.claimed, story.currency).to_decimal_string()
    return wrong


def assign(stage: Stage, act: Act) -> None:
    to = stage.members.get(str(act.args["to"]))
    claim = claim_of(stage, act.subject_key)
    if to and not claim.case.closed_at:
        hand_over(
            case_id=claim.case_id, to_id=to.pk, text="", member=_member(stage, act), at=act.at
        )


def note(stage: Stage, act: Act) -> None:
    claim = claim_of(stage, act.subject_key)
    write_note(
        case_id=claim.case_id, text=str(act.args["text"]), member=_member(stage, act), at=act.at
    )


def ask_somebody(stage: Stage, act: Act) -> None:
    claim = claim_of(stage, act.subject_key)
    holder = {"ask_customer": "customer", "ask_carrier": "third", "ask_colleague": "us"}[act.verb]
    contact = Contact.objects.filter(customer=claim.customer).order_by("pk").first()
    question = Question(
        holder=holder,
        text=str(act.args.get("text") or act.args.get("question")),
        to=contact.email if holder == "customer" and contact else "",
        department=str(act.args.get("department") or ""),
        assignee=stage.members.get(str(act.args.get("to") or "")),
        evidence="POD" if holder == "third" else "",
    )
    ask(claim_id=claim.pk, question=question, member=_member(stage, act), at=act.at)


def answered(stage: Stage, act: Act) -> None:
    claim = claim_of(stage, act.subject_key)
    arrival = Arrival.objects.filter(pk=stage.arrivals.get(str(act.args.get("mail")), 0)).first()
    if arrival and arrival.message_id:
        receive_reply(
            claim_id=claim.pk, message_id=arrival.message_id, at=act.at, with_papers=False
        )
    for step in claim.case.steps.filter(state="OPEN").exclude(holder="us"):
        answer_step(step_id=step.pk, text="✓", member=_member(stage, act), at=act.at)
    story = _story(stage, act.subject_key)
    delivery = _delivery(claim)
    if story and delivery and delivery.pod_date is None and arrival and arrival.document_id:
        signed = _signed(stage, claim, story, act.at)
        part = arrival.document.parts.order_by("n").first() if arrival.document else None
        paper = Paper(evidence="POD", document_id=part.pk if part else arrival.document_id)
        add_evidence(
            claim_id=claim.pk, paper=paper, member=_member(stage, act), at=act.at, signed=signed
        )


def add_paper(stage: Stage, act: Act) -> None:
    claim = claim_of(stage, act.subject_key)
    source = stage.company.papers[str(act.args["paper"])]
    paper = Paper(
        evidence=str(act.args["evidence"]), filename=source.filename, content=source.content
    )
    story = _story(stage, act.subject_key)
    signed = None
    delivery = _delivery(claim)
    if paper.evidence == "POD" and story and delivery and delivery.pod_date is None:
        signed = _signed(stage, claim, story, act.at)
    add_evidence(
        claim_id=claim.pk, paper=paper, member=_member(stage, act), at=act.at, signed=signed
    )


def _delivery(claim: Claim) -> Any:  # noqa: ANN401 (a Delivery, or None)
    return claim.delivery or (claim.invoice.delivery if claim.invoice else None)


def _signed(stage: Stage, claim: Claim, story: ClaimStory, at: datetime) -> SignedDelivery:
    """What the paper that came back says: what the story knows to be proven."""
    delivery = _delivery(claim)
    shipped = {line.sku: line.quantity for line in delivery.lines.all()}
    missing: dict[str, Decimal] = {}
    damaged: dict[str, Decimal] = {}
    for line in story.lines:
        if line.sku in shipped and line.reason in {"NC-01", "NC-02", "NC-03"}:
            missing[line.sku] = shipped[line.sku] - line.proven_quantity
        elif line.sku in shipped and line.reason == "NC-05":
            damaged[line.sku] = Decimal(line.proven_quantity)
    return SignedDelivery(
        signed_by=claim.customer.name,
        signed_on=delivery.delivered_date or at.date(),
        reserve=", ".join(sorted({*missing, *damaged})),
        received=missing,
        damaged=damaged,
    )


def propose(stage: Stage, act: Act) -> None:
    """Kept until it is submitted: on the desk both are one button."""
    stage.proposals[act.subject_key] = act


def submit(stage: Stage, act: Act) -> None:
    planned = stage.proposals.get(act.subject_key, act)
    claim = claim_of(stage, act.subject_key)
    member = _member(stage, act)
    for step in claim.case.steps.filter(state="OPEN"):
        answer_step(step_id=step.pk, text="✓", member=member, at=act.at)
    work_off(act.at)
    claim.refresh_from_db()
    choice = _choice(claim, planned.args)
    lines = [
        {"n": n, "approved_minor": approved, "denied_minor": claimed - approved}
        for n, claimed, approved in _granted(claim, planned.args)
    ]
    letter = draft_letter(
        claim=claim, outlook=Outlook(lines=lines), member=member, on=act.at.date()
    )
    propose_decision(
        claim_id=claim.pk,
        proposal=Proposal(choice=choice, letter=letter),
        member=member,
        at=act.at,
    )


def _choice(claim: Claim, args: Args) -> PersonsChoice:
    words = str(args.get("reason") or "see evidence").replace("_", " ")
    if args.get("outcome") == "refuse":
        ground = GROUNDS.get(str(args.get("reason")), Ground.NOT_PROVEN)
        return PersonsChoice(Choice.REFUSE, reason=words, ground=ground)
    approved = {n: amount for n, _, amount in _granted(claim, args)}
    return PersonsChoice(Choice.BY_LINE, approved=approved, reason=words)


def _granted(claim: Claim, args: Args) -> list[tuple[int, int, int]]:
    """Line by line what the person grants; where lines differ from the play's, in proportion."""
    lines = lines_to_decide(claim=claim)
    if args.get("outcome") == "refuse":
        return [(line.n, line.claimed_minor, 0) for line in lines]
    claimed = [line.claimed_minor for line in lines]
    total = min(int(args.get("approved") or 0), sum(claimed))
    if args.get("outcome") == "accept":
        total = sum(claimed)
    wanted = [int(one["approved"]) for one in args.get("lines") or []]
    if len(wanted) == len(lines) and all(a <= b for a, b in zip(wanted, claimed, strict=True)):
        shares = wanted
    else:
        shares = allocate(total, claimed, claim.currency) if total else [0] * len(claimed)
    return [(line.n, line.claimed_minor, share) for line, share in zip(lines, shares, strict=True)]


def approve(stage: Stage, act: Act) -> None:
    """The expected person signs the next seat; on the last word all that are left."""
    claim = claim_of(stage, act.subject_key)
    while True:
        seat = (
            ApprovalSeat.objects.filter(
                request__case=claim.case_id, request__state="OPEN", is_open=True
            )
            .select_related("expected__user", "expected__entity")
            .order_by("n")
            .first()
        )
        if seat is None or seat.expected is None:
            return
        sign_decision(
            seat_id=seat.pk,
            said=Said(outcome=SignOutcome.APPROVE),
            member=seat.expected,
            at=act.at,
        )
        if not act.args.get("last"):
            return


def acknowledge(stage: Stage, act: Act) -> None:
    """The ERP answers what it took from the folder: booked under its own number, or refused."""
    claim = claim_of(stage, act.subject_key)
    for settlement in Settlement.objects.filter(decision__claim=claim).select_related("posting"):
        posting = settlement.posting
        if posting is None or posting.state == "POSTED":
            continue
        answer = {"status": "posted", "number": f"NC-{act.at:%Y}/{posting.pk:04d}"}
        if act.verb == "fail_posting":
            answer = {"status": "rejected", "reason": str(act.args["message"])}
        folder = stage.erp_folder / "ack"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{posting.external_ref}.ack.json").write_text(json.dumps(answer))
        defer("concilia.post_to_erp", posting_id=posting.pk)
    work_off(act.at + timedelta(seconds=1))


def answer_of_customer(stage: Stage, act: Act) -> None:
    claim = claim_of(stage, act.subject_key)
    record_answer(
        claim_id=claim.pk,
        accepted=act.verb == "customer_accepted",
        member=_member(stage, act),
        at=act.at,
    )


def changed_mind(stage: Stage, act: Act) -> None:
    claim = claim_of(stage, act.subject_key)
    action = {
        "customer_appealed": appeal_claim,
        "customer_withdrew": withdraw_claim,
        "customer_reopened": reopen_claim,
    }[act.verb]
    action(claim_id=claim.pk, reason=act.verb, member=_member(stage, act), at=act.at)


def repaid(stage: Stage, act: Act) -> None:
    claim = claim_of(stage, act.subject_key)
    record_repayment(claim_id=claim.pk, member=_member(stage, act), at=act.at)


def close(stage: Stage, act: Act) -> None:
    claim = claim_of(stage, act.subject_key)
    if claim.state in {"INVESTIGATING", "WAITING_INTERNAL"}:
        # They wanted a paper, got it, and pay: nothing is contested any more.
        withdraw_claim(
            claim_id=claim.pk, reason="document sent", member=_member(stage, act), at=act.at
        )
        return
    cause = CAUSE_OF.get(claim.reason[:2], "warehouse_transport")
    if claim.reason in {"NC-08", "NC-09", "NC-10", "NC-17", "NC-20", "NC-23"}:
        cause = "price_data"
    close_claim(claim_id=claim.pk, root_cause=cause, member=_member(stage, act), at=act.at)


def merge_twins(stage: Stage, act: Act) -> None:
    ours = claim_of(stage, act.subject_key)
    twin = claim_of(stage, str(act.args["twin"]))
    proposal = MergeProposal.objects.filter(
        Q(claim=ours, twin=twin) | Q(claim=twin, twin=ours), state="OPEN"
    ).first()
    if proposal is None:
        raise NotOnStage("joined already, or not seen as twins")
    merge(proposal_id=proposal.pk, member=_member(stage, act), at=act.at)


def confirm_match(stage: Stage, act: Act) -> None:
    entry = _entry(stage, act.subject_key)
    member = _member(stage, act)
    match = Match.objects.filter(bank_entry=entry, state__in=["PROPOSED", "OPEN"]).first()
    if match is None:
        return
    documents = act.args["documents"]
    assert isinstance(documents, list)
    wanted = [str(number) for number in documents]
    proposed = set(match.allocations.values_list("item__document_number", flat=True))
    if match.state == "PROPOSED" and proposed == set(wanted):
        post_match(match_id=match.pk, member=member, at=act.at)
        return
    left, lines = entry.amount_minor, []
    items = OpenItem.objects.filter(
        entity=stage.entity, document_number__in=wanted, open_minor__gt=0
    )
    for item in items.order_by("due_date", "pk"):
        applied = min(left, item.open_minor)
        if applied:
            lines.append(PersonsLine(item_id=item.pk, applied_minor=applied))
            left -= applied
    customer = Customer.objects.filter(
        entity=stage.entity, number=str(act.args["customer"])
    ).first()
    split = PersonsSplit(customer_id=customer.pk if customer else None, lines=lines)
    post_split(bank_entry_id=entry.pk, split=split, member=member, at=act.at)


VERBS: Final[Mapping[str, Callable[[Stage, Act], None]]] = {
    "confirm_reading": confirm_reading,
    "correct_reading": confirm_reading,
    "assign": assign,
    "note": note,
    "ask_carrier": ask_somebody,
    "ask_colleague": ask_somebody,
    "ask_customer": ask_somebody,
    "carrier_answered": answered,
    "customer_answered": answered,
    "add_evidence": add_paper,
    "propose": propose,
    "submit": submit,
    "approve": approve,
    "confirm_posting": acknowledge,
    "fail_posting": acknowledge,
    "customer_accepted": answer_of_customer,
    "escalate_legal": answer_of_customer,
    "customer_appealed": changed_mind,
    "customer_withdrew": changed_mind,
    "customer_reopened": changed_mind,
    "record_repayment": repaid,
    "close": close,
    "merge": merge_twins,
    "confirm_match": confirm_match,
}
