"""A decision becomes money: ledger entries and ERP postings, in the decision's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from concilia.cases.actions import close_case
from concilia.claims.actions.letters import queue_letter
from concilia.claims.actions.moves import move
from concilia.claims.core.states import ClaimAction
from concilia.claims.models import Claim, Decision, DisputedItem, Settlement
from concilia.claims.queries.settlement import Piece, as_item, deductions_of, pieces_of, rooms_of
from concilia.foundation.audit import Act
from concilia.kernel.money import Money
from concilia.ledger.actions import Booking, PostingOrder, book_entries, request_posting
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry
from concilia.ledger.core.resolutions.credits import CreditNote, credit_note, promotion_credit_note
from concilia.ledger.core.resolutions.items import Item
from concilia.ledger.core.resolutions.writeoffs import (
    collected_back,
    offset_against_payable,
    penalty_accepted,
)
from concilia.ledger.core.vat import VatShare, split_over_invoice
from concilia.ledger.models import JournalEntry
from concilia.ledger.ports import (
    DocumentType,
    PostingRequest,
    external_ref,
    idempotency_key,
    posting_lines,
)
from concilia.receivables.models import ItemKind, OpenItem

GOODS = frozenset({f"NC-{n:02d}" for n in (1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 31)})
PENALTIES = frozenset({"NC-11", "NC-12", "NC-13"})
FISCAL_TYPES = {"IT": "TD04", "ES": "R1"}


@dataclass(frozen=True, slots=True)
class Booked:
    """One way a part of a decision is settled: what to book, and which document the ERP makes."""

    kind: str
    amount_minor: int
    entry: Entry
    document: DocumentType | None
    invoice_number: str = ""


def settle(*, claim: Claim, decision: Decision, at: datetime) -> list[Act]:
    """
    Book a decision inside the caller's transaction, put its documents to the ERP; return the log.

    Approved cents become a credit note, a netting or a penalty; denied deductions become
    receivables again with their old due date. What is paid out is never more than the claim.
    """
    _release_disputes(claim)
    booked = [*_credits(claim, decision), *_collected_back(claim)]
    acts = []
    if booked:
        entries = book_entries(
            entity_id=claim.entity_id, bookings=_bookings(claim, decision, booked, at), at=at
        )
        for n, (one, entry) in enumerate(zip(booked, entries, strict=True), start=1):
            acts.append(_record(claim, decision, one, entry, n, at))
    waits_for_erp = any(one.document for one in booked)
    if waits_for_erp:
        acts.append(move(claim=claim, action=ClaimAction.POST, at=at))
    elif decision.approved_minor == 0 and decision.denied_minor > 0:
        acts += queue_letter(claim=claim, decision=decision, at=at)
        acts.append(move(claim=claim, action=ClaimAction.NOTIFY, at=at))
    else:
        acts += queue_letter(claim=claim, decision=decision, at=at)
        acts.append(move(claim=claim, action=ClaimAction.CLOSE, at=at))
        close_case(case=claim.case, at=at)
    return acts


def _release_disputes(claim: Claim) -> None:
    """What was kept out of collection is decided now: credited below, or owed again."""
    for disputed in DisputedItem.objects.filter(claim=claim, released_at=None):
        item = OpenItem.objects.select_for_update().get(pk=disputed.item_id)
        item.disputed_minor = max(0, item.disputed_minor - disputed.disputed_minor)
        item.save(update_fields=["disputed_minor"])
    DisputedItem.objects.filter(claim=claim, released_at=None).update(released_at=claim.decided_at)


def _credits(claim: Claim, decision: Decision) -> Iterable[Booked]:
    for piece in pieces_of(claim, decision):
        number = piece.invoice.number if piece.invoice else ""
        if decision.resolution == "AP_OFFSET" and piece.item:
            entry = offset_against_payable(as_item(piece.item), amount_minor=piece.amount_minor)
            yield Booked("AP_OFFSET", piece.amount_minor, entry, DocumentType.JOURNAL, number)
        elif claim.reason in PENALTIES and piece.item:
            entry = penalty_accepted(as_item(piece.item), amount_minor=piece.amount_minor)
            yield Booked("PENALTY", piece.amount_minor, entry, DocumentType.JOURNAL, number)
        else:
            entry = _credit_note(claim, piece)
            made = DocumentType.CREDIT_NOTE
            yield Booked("CREDIT_NOTE", piece.amount_minor, entry, made, number)


def _credit_note(claim: Claim, piece: Piece) -> Entry:
    shares = _shares(claim, piece)
    on_account = None if piece.item else as_item(_on_account(claim, piece))
    # Without an item there is nothing open: the whole credit stands to the customer's account.
    target = (
        as_item(piece.item)
        if piece.item
        else Item(item_id=0, customer_id=claim.customer_id, currency=claim.currency)
    )
    room = (
        sum(each.gross_minor for each in rooms_of(piece.invoice))
        if piece.invoice
        else piece.amount_minor
    )
    note = CreditNote(
        item=target,
        shares=shares,
        room_minor=room,
        role=AccountRole.SALES_RETURNS if claim.reason in GOODS else AccountRole.PRICE_ALLOWANCE,
        on_account=on_account,
    )
    if claim.reason.startswith("CO-"):
        return promotion_credit_note(note, accrual_open_minor=0)
    return credit_note(note)


def _shares(claim: Claim, piece: Piece) -> tuple[VatShare, ...]:
    if piece.invoice is None:
        return (VatShare(vat_bp=0, net_minor=piece.amount_minor, vat_minor=0),)
    return split_over_invoice(Money(piece.amount_minor, claim.currency), rooms_of(piece.invoice))


def _on_account(claim: Claim, piece: Piece) -> OpenItem:
    """A credit for what was paid already: the customer uses it, or gets it back."""
    about = piece.invoice.number if piece.invoice else "-"
    number = f"{claim.case.number}/{claim.decisions.count()} {about}"[:60]
    today = _today(claim, claim.decided_at)
    return OpenItem.objects.create(
        entity_id=claim.entity_id,
        customer_id=claim.customer_id,
        kind=ItemKind.ON_ACCOUNT,
        document_number=number,
        number_key=number,
        invoice=piece.invoice,
        issue_date=today,
        due_date=today,
        currency=claim.currency,
        original_minor=-piece.amount_minor,
    )


def _collected_back(claim: Claim) -> Iterable[Booked]:
    """What is left of the claim's deductions after its credits is owed again (A10)."""
    left, approved = claim.denied_minor, claim.approved_minor
    for item in deductions_of(claim):
        credited = min(approved, item.open_minor)
        approved -= credited
        amount = min(item.open_minor - credited, left)
        if amount > 0:
            left -= amount
            deduction = Item(
                item_id=item.pk,
                customer_id=item.customer_id,
                currency=item.currency,
                open_minor=amount,
                role=AccountRole.AR_DEDUCTION,
            )
            entry = collected_back(
                deduction, amount_minor=amount, receivable=as_item(_receivable(claim, item, amount))
            )
            number = item.origin_item.document_number if item.origin_item else ""
            yield Booked("COLLECT_BACK", amount, entry, None, number)


def _receivable(claim: Claim, deduction: OpenItem, amount: int) -> OpenItem:
    """The invoice the customer paid short, owed again; a debit of its own where there is none."""
    origin = deduction.origin_item
    if origin and origin.original_minor - origin.open_minor >= amount:
        return origin
    number = f"{deduction.document_number}/R"
    row, _ = OpenItem.objects.get_or_create(
        entity_id=claim.entity_id,
        kind=ItemKind.DEBIT_NOTE,
        document_number=number,
        defaults={
            "customer_id": claim.customer_id,
            "number_key": number,
            "origin_item": deduction,
            "issue_date": deduction.issue_date,
            "due_date": deduction.due_date,
            "currency": claim.currency,
            "original_minor": deduction.original_minor,
        },
    )
    return row


def _bookings(
    claim: Claim, decision: Decision, booked: list[Booked], at: datetime
) -> list[Booking]:
    today = _today(claim, at)
    return [
        Booking(
            key=_key(claim, decision, n),
            entry=one.entry,
            posting_date=today,
            text=f"{claim.case.number} {claim.reason} {one.invoice_number}".strip(),
        )
        for n, one in enumerate(booked, start=1)
    ]


def _record(
    claim: Claim, decision: Decision, one: Booked, entry: JournalEntry, n: int, at: datetime
) -> Act:
    posting = None
    if one.document:
        order = PostingOrder(
            entity_id=claim.entity_id,
            customer_id=claim.customer_id,
            connector=claim.entity.erp,
            request=_request(claim, decision, one, n, _today(claim, at)),
        )
        posting = request_posting(order=order, entry=entry, at=at)
    Settlement.objects.create(
        decision=decision,
        kind=f"{one.kind}-{n}" if n > 1 else one.kind,
        currency=claim.currency,
        amount_minor=one.amount_minor,
        entry=entry,
        posting=posting,
        settled_at=at,
    )
    data = {
        "kind": one.kind,
        "amount": one.amount_minor,
        "currency": claim.currency,
        "ref": posting.external_ref if posting else "",
    }
    return Act("claim.settled", "case", claim.case_id, data)


def _request(claim: Claim, decision: Decision, one: Booked, n: int, today: date) -> PostingRequest:
    key = idempotency_key(
        tenant=claim.entity.code,
        company=claim.entity.code,
        resolution=f"claim:{claim.pk}",
        action=f"{one.kind}:{n}",
        version=decision.version,
    )
    assert one.document is not None
    return PostingRequest(
        posting_id=str(uuid5(NAMESPACE_URL, key)),
        idempotency_key=key,
        external_ref=external_ref(key),
        company=claim.entity.code,
        document_type=one.document,
        document_date=today,
        posting_date=today,
        currency=claim.currency,
        lines=posting_lines(
            one.entry,
            partner=claim.customer.number,
            ref_item=one.invoice_number or None,
            text=f"{claim.case.number} {claim.reason}",
        ),
        partner=claim.customer.number,
        text=f"{claim.case.number} {claim.their_reference}".strip(),
        references=(one.invoice_number,) if one.invoice_number else (),
        fiscal_type=FISCAL_TYPES.get(claim.entity.country, "381"),
    )


def _key(claim: Claim, decision: Decision, n: int) -> str:
    return f"claim:{claim.pk}:decision:{decision.version}:{n}"


def _today(claim: Claim, at: datetime | None) -> date:
    assert at is not None
    return at.astimezone(ZoneInfo(claim.entity.timezone)).date()
