"""Claims as people and banks bring them, the way to a signed decision, the books that must hold."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import F, Sum
from tests.world.builders import NOON, TODAY, a_member, an_invoice

from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ApprovalSeat
from concilia.cases.queries.processes import standing_of
from concilia.cash.actions import (
    PersonsLine,
    PersonsSplit,
    StatementDraft,
    StatementEntry,
    load_statement,
    post_split,
)
from concilia.claims.actions import (
    Paper,
    Proposal,
    Said,
    SignedDelivery,
    TypedClaim,
    TypedLine,
    add_evidence,
    compute_verdict,
    follow_posting,
    open_claim_by_person,
    propose_decision,
    sign_decision,
)
from concilia.claims.actions.papers import open_claim_for_deduction
from concilia.claims.core.decisions import Choice, Ground
from concilia.claims.core.decisions import Decision as Chosen
from concilia.claims.models import Claim, Decision, DisputedItem, Settlement
from concilia.claims.queries.letters import Letter
from concilia.customers.models import Customer
from concilia.foundation import audit
from concilia.foundation.blobs import store_blob
from concilia.identity.models import Entity, Membership
from concilia.ledger.actions import mark_sent, record_posting_result
from concilia.ledger.models import JournalEntry, JournalLine, Posting
from concilia.ledger.ports import PostingResult, PostingStatus
from concilia.receivables.models import BankEntry, Invoice, InvoiceLine, OpenItem

_numbers = itertools.count(1)


def a_team(entity: Entity) -> Mapping[str, Membership]:
    """Giulia proposes; Marta (L2), Davide (L3) and Carla (L4) sign; Marco knows the deliveries."""
    return {
        "giulia": a_member(entity),
        "marco": a_member(entity, "Marco Bellini", role="resolver", department="LOG"),
        "marta": a_member(entity, "Marta Conti", role="approver", level=2),
        "davide": a_member(entity, "Davide Rossi", role="approver", department="LOG", level=3),
        "carla": a_member(entity, "Carla Neri", role="approver", level=4),
    }


def a_claim(
    member: Membership,
    invoice: Invoice,
    reason: str = "NC-01",
    pieces: Sequence[tuple[str, str]] = (("PEN-500", "12"),),
    at: datetime = NOON,
) -> Claim:
    """A claim told on the phone, by article and quantity at the invoiced price, and judged."""
    billed = {line.sku: line for line in invoice.lines.all()}
    typed = TypedClaim(
        customer_id=invoice.customer_id,
        reason=reason,
        invoice_id=invoice.pk,
        lines=[
            TypedLine(
                invoice_line_id=billed[sku].pk,
                quantity=Decimal(quantity),
                unit_price=billed[sku].unit_price,
            )
            for sku, quantity in pieces
        ],
    )
    claim = open_claim_by_person(typed=typed, member=member, at=at)
    compute_verdict(claim_id=claim.pk, at=at)
    claim.refresh_from_db()
    return claim


def an_amount_claim(
    member: Membership, customer: Customer, minor: int, reason: str, invoice: Invoice | None = None
) -> Claim:
    """A claim about an amount, without articles."""
    typed = TypedClaim(
        customer_id=customer.pk,
        reason=reason,
        invoice_id=invoice.pk if invoice else None,
        lines=[TypedLine(description="What they say", amount_minor=minor)],
    )
    claim = open_claim_by_person(typed=typed, member=member, at=NOON)
    compute_verdict(claim_id=claim.pk, at=NOON)
    claim.refresh_from_db()
    return claim


def a_payment(
    member: Membership, invoice: Invoice, kept_minor: int = 0, reason: str = "NC-01"
) -> BankEntry:
    """A payment of an invoice, short by what the customer kept back."""
    n = next(_numbers)
    entry = StatementEntry(
        amount_minor=invoice.gross_minor - kept_minor,
        currency=invoice.currency,
        booking_date=TODAY,
        value_date=TODAY,
        payer_name=invoice.customer.name,
        payer_iban="",
        text=invoice.number,
        key=f"claims-{n}",
    )
    blob = store_blob(content=f"claims {n}".encode(), at=NOON)
    draft = StatementDraft(
        iban="IT60X0542811101000000123456",
        currency=invoice.currency,
        identification=f"CL-{n}",
        statement_date=TODAY,
        entries=[entry],
    )
    load_statement(entity_id=invoice.entity_id, sha256=blob.sha256, draft=draft, at=NOON)
    row = BankEntry.objects.get(statement__identification=f"CL-{n}")
    item = OpenItem.objects.get(invoice=invoice, kind="invoice")
    line = PersonsLine(
        item_id=item.pk,
        applied_minor=invoice.gross_minor - kept_minor,
        deduction_minor=kept_minor,
        deduction_reason=reason if kept_minor else "",
    )
    split = PersonsSplit(customer_id=invoice.customer_id, lines=[line])
    post_split(bank_entry_id=row.pk, split=split, member=member, at=NOON)
    return row


def a_short_payment(
    member: Membership, invoice: Invoice, kept_minor: int, reason: str = "NC-01"
) -> Claim:
    """A payment that fell short, the deduction born of it, and the claim about it."""
    entry = a_payment(member, invoice, kept_minor, reason)
    item = OpenItem.objects.filter(kind="deduction", invoice=invoice).latest("pk")
    claim = open_claim_for_deduction(
        item_id=item.pk, bank_entry_id=entry.pk, reason=reason, text="", at=NOON
    )
    compute_verdict(claim_id=claim.pk, at=NOON)
    claim.refresh_from_db()
    return claim


def propose(
    claim: Claim,
    member: Membership,
    choice: Choice = Choice.ACCEPT_VALID,
    *,
    reason: str = "",
    approved: Mapping[int, int] | None = None,
    at: datetime = NOON,
    letter: Letter | None = None,
) -> Decision:
    """A person's proposal; a refusal has a ground and words for the customer."""
    ground = Ground.NOT_PROVEN if choice in {Choice.REFUSE, Choice.BY_LINE} else None
    chosen = Chosen(choice=choice, approved=approved, reason=reason, ground=ground)
    proposal = Proposal(choice=chosen, letter=letter)
    return propose_decision(claim_id=claim.pk, proposal=proposal, member=member, at=at)


def sign(
    decision: Decision,
    member: Membership,
    outcome: SignOutcome = SignOutcome.APPROVE,
    comment: str = "",
    at: datetime = NOON,
) -> Decision:
    """The seat whose turn it is, signed by this member."""
    rows = ApprovalSeat.objects.filter(request=decision.approval, signed_by=None)
    seat = rows.order_by("-is_open", "n")[0]
    said = Said(outcome=outcome, comment=comment)
    return sign_decision(seat_id=seat.pk, said=said, member=member, at=at)


def book_in_erp(claim: Claim, at: datetime = NOON) -> list[str]:
    """What a worker and an ERP would do with a claim's postings; returns the numbers given."""
    numbers = []
    for posting in Posting.objects.filter(entry__in=_entries(claim)).order_by("pk"):
        mark_sent(posting_id=posting.pk)
        number = f"NC/2026/{posting.pk:05d}"
        result = PostingResult(
            external_ref=posting.external_ref,
            status=PostingStatus.POSTED,
            erp_document=f"doc-{posting.pk}",
            erp_number=number,
        )
        record_posting_result(posting_id=posting.pk, result=result, at=at)
        follow_posting(posting_id=posting.pk, at=at)
        numbers.append(number)
    claim.refresh_from_db()
    return numbers


def _entries(claim: Claim):
    return Settlement.objects.filter(decision__claim=claim).values("entry")


def balance(entity: Entity, account: str) -> int:
    """Debit less credit of an account."""
    return _net(JournalLine.objects.filter(entity=entity, account=account))


def books_hold(entity: Entity) -> None:
    """What must be true after every act: INV-01 … INV-10, INV-22, INV-24; processes follow."""
    _entries_balance(entity)
    _items_are_the_ledgers(entity)
    _claims_add_up(entity)
    _no_invoice_is_credited_beyond_itself(entity)
    assert audit.first_broken_link(entity_id=entity.pk) is None, "INV-24"
    processes_follow(entity)


# Where the process of a case stands while its claim is in a state; others may stand anywhere.
STANDS_AT = {
    "QUALIFYING": {"qualify"},
    "DECISION_PROPOSED": {"propose"},
    "IN_APPROVAL": {"approval"},
    "POSTING": {"post"},
    "POSTING_FAILED": {"post"},
    "POSTED": {"notify"},
    "CUSTOMER_NOTIFIED": {"root-cause"},
    "CLOSED": {"closed"},
    "WITHDRAWN": {"withdrawn"},
    "DUPLICATE": {"withdrawn"},
}


def processes_follow(entity: Entity) -> None:
    """Where each claim stands, its process stands too, and never nowhere."""
    for claim in Claim.objects.filter(entity=entity).select_related("case__process"):
        standing = standing_of(claim.case)
        if standing is None:
            continue
        state = standing.state
        kinds = {str(standing.definition.step(one.step).kind) for one in state.open}
        where = {str(state.ended)} if state.ended else kinds
        assert where, claim
        assert where <= STANDS_AT.get(claim.state, where), (claim.state, where)


def _entries_balance(entity: Entity) -> None:
    for entry in JournalEntry.objects.filter(entity=entity):
        assert _net(entry.lines.all()) == 0, f"INV-08 {entry}"
        assert set(entry.lines.values_list("currency", flat=True)) == {entry.currency}, "INV-21"


def _items_are_the_ledgers(entity: Entity) -> None:
    accounts = ["AR", "AR_DEDUCTION", "UNAPPLIED_CASH"]
    for item in OpenItem.objects.filter(entity=entity):
        assert item.open_minor == _net(JournalLine.objects.filter(item=item)), f"INV-01 {item}"
        low, high = sorted((0, item.original_minor))
        assert low <= item.open_minor <= high, f"INV-02 {item}"
        live = DisputedItem.objects.filter(item=item, released_at=None)
        flagged = live.aggregate(total=Sum("disputed_minor"))["total"] or 0
        assert 0 <= item.disputed_minor <= max(0, item.open_minor), f"INV-07 {item}"
        assert item.disputed_minor <= flagged, f"INV-07: nobody disputes {item}"
    control = sum(balance(entity, account) for account in accounts)
    assert control == sum(
        OpenItem.objects.filter(entity=entity).values_list("open_minor", flat=True)
    ), "INV-09"


def _claims_add_up(entity: Entity) -> None:
    for claim in Claim.objects.filter(entity=entity):
        lines = claim.lines.aggregate(
            claimed=Sum("claimed_minor"), approved=Sum("approved_minor"), denied=Sum("denied_minor")
        )
        assert lines == {
            "claimed": claim.claimed_minor,
            "approved": claim.approved_minor,
            "denied": claim.denied_minor,
        }, f"INV-04 {claim}"
        assert claim.undecided_minor >= 0, f"INV-05 {claim}"
        if claim.decided_at:
            settled = Settlement.objects.filter(decision__claim=claim, decision__state="APPROVED")
            granted = settled.exclude(kind__startswith="COLLECT_BACK")
            total = granted.aggregate(total=Sum("amount_minor"))["total"] or 0
            assert total == claim.approved_minor, f"INV-04: {claim} granted {total}"
            left = claim.deductions.filter(item__open_minor__gt=0)
            assert not left.exists(), f"INV-04: a decided claim leaves a deduction open: {claim}"


def _no_invoice_is_credited_beyond_itself(entity: Entity) -> None:
    for invoice in Invoice.objects.filter(entity=entity, kind="invoice"):
        posted = Posting.objects.filter(
            entity=entity,
            document_type="CREDIT_NOTE",
            request__references__contains=[invoice.number],
        )
        lines = JournalLine.objects.filter(entry__in=posted.values("entry"))
        taxed = lines.exclude(vat_bp=None)
        assert _net(taxed) <= invoice.gross_minor, f"INV-10 {invoice}"
        for rate in set(taxed.values_list("vat_bp", flat=True)):
            billed = InvoiceLine.objects.filter(invoice=invoice, vat_bp=rate).aggregate(
                net=Sum("net_minor"), vat=Sum("vat_minor")
            )
            vat = _net(taxed.filter(vat_bp=rate, account="VAT_OUT"))
            net = _net(taxed.filter(vat_bp=rate).exclude(account="VAT_OUT"))
            assert vat <= billed["vat"], f"INV-22 {invoice} at {rate}"
            assert net + vat <= billed["net"] + billed["vat"], f"INV-10 {invoice} at {rate}"


def _net(lines) -> int:
    return lines.aggregate(net=Sum(F("debit_minor") - F("credit_minor")))["net"] or 0


def pod(claim: Claim, member: Membership, received: str = "92", at: datetime = NOON) -> None:
    """A signed proof of delivery: so many of the first article arrived."""
    add_evidence(
        claim_id=claim.pk,
        paper=Paper(evidence="POD", filename="pod.pdf", content=b"signed " + received.encode()),
        signed=SignedDelivery(
            signed_by="J. Albers",
            signed_on=TODAY - timedelta(days=19),
            reserve="mancano 8 colli",
            received={"PEN-500": Decimal(received)},
        ),
        member=member,
        at=at,
    )
    compute_verdict(claim_id=claim.pk, at=at)
    claim.refresh_from_db()


def a_proven_shortage(customer: Customer, team: Mapping[str, Membership]) -> Claim:
    """A shortage of 12, of which the signed paper shows 8."""
    claim = a_claim(team["giulia"], an_invoice(customer))
    pod(claim, team["marco"])
    return claim
