"""A decision becomes money: ledger entries and ERP postings, in the decision's own transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from concilia.cases.actions import close_case
from concilia.claims.actions.disputes import release_disputes
from concilia.claims.actions.letters import queue_letter
from concilia.claims.actions.moves import move
from concilia.claims.core.decisions import Outcome
from concilia.claims.core.states import ClaimAction
from concilia.claims.models import Claim, Decision, Settlement
from concilia.claims.queries.settlement import (
    Piece,
    accrual_left,
    as_item,
    deductions_of,
    pieces_of,
    rooms_of,
)
from concilia.foundation.audit import Act
from concilia.kernel.money import Money
from concilia.ledger.actions import Booking, PostingOrder, book_entries, request_posting
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, Line
from concilia.ledger.core.resolutions.credits import CreditNote, credit_note, promotion_credit_note
from concilia.ledger.core.resolutions.items import Item
from concilia.ledger.core.resolutions.writeoffs import collected_back
from concilia.ledger.core.vat import VatRoom, VatShare, split_by_rate
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
# Settled in the books alone: no credit note, and no VAT comes back (domain.md A5, A6, A8, A16).
WITHOUT_CREDIT_NOTE: Mapping[str, tuple[str, EntryKind, AccountRole]] = {
    **dict.fromkeys(
        ("NC-11", "NC-12", "NC-13"),
        ("PENALTY", EntryKind.PENALTY_ACCEPTED, AccountRole.PENALTIES_EXP),
    ),
    **dict.fromkeys(
        ("CO-03", "CO-04", "CO-07", "CO-08", "CO-09", "FI-09"),
        ("AP_OFFSET", EntryKind.AP_OFFSET, AccountRole.AP),
    ),
    "CO-11": ("GL_POSTING", EntryKind.WRITE_OFF, AccountRole.TRADE_SPEND_EXPENSE),
    "FI-03": ("GL_POSTING", EntryKind.WRITE_OFF, AccountRole.BANK_CHARGES),
    "FI-04": ("GL_POSTING", EntryKind.WRITE_OFF, AccountRole.FX_LOSS),
    "FI-05": ("GL_POSTING", EntryKind.WRITE_OFF, AccountRole.SMALL_DIFF),
    "FI-06": ("GL_POSTING", EntryKind.WRITE_OFF, AccountRole.WHT_RECEIVABLE),
    "FI-11": ("GL_POSTING", EntryKind.WRITE_OFF, AccountRole.AGENCY_FEES_EXP),
}
# Not credited at all: a payment is missing, insolvent or still to come, or nobody knows why.
NEVER_CREDITED = frozenset({"FI-08", "FI-12", "FI-13", "FI-15", "FI-16"})
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

    Approved cents become a credit note, a netting, a penalty or an expense; the rest of the
    claim's deductions becomes a receivable again with its old due date. What is paid out is never
    more than the claim.

    :raises EntryRefused: if more would be credited than an invoice has left (INV-10)
    """
    release_disputes(claim=claim, at=at)
    pieces = pieces_of(claim, decision)
    booked = [*_granted(claim, pieces), *_collected_back(claim, pieces)]
    acts = []
    if booked:
        entries = book_entries(
            entity_id=claim.entity_id, bookings=_bookings(claim, decision, booked, at), at=at
        )
        for n, (one, entry) in enumerate(zip(booked, entries, strict=True), start=1):
            acts.append(_record(claim, decision, one, entry, n, at))
    if any(one.document for one in booked):
        acts.append(move(claim=claim, action=ClaimAction.POST, at=at))
        return acts
    acts += queue_letter(claim=claim, decision=decision, at=at)
    if decision.outcome == Outcome.DENIED:
        acts.append(move(claim=claim, action=ClaimAction.NOTIFY, at=at))
    else:
        acts.append(move(claim=claim, action=ClaimAction.CLOSE, at=at))
        close_case(case=claim.case, at=at)
    return acts


def creditable_only_by_note(claim: Claim) -> bool:
    """Whether what is granted of a claim is a credit on its invoices (and so has their limits)."""
    return claim.reason not in WITHOUT_CREDIT_NOTE


def _granted(claim: Claim, pieces: Sequence[Piece]) -> Iterable[Booked]:
    rooms: dict[int, tuple[VatRoom, ...]] = {}
    accrual = accrual_left(claim) if claim.reason.startswith("CO-") else 0
    for piece in pieces:
        number = piece.invoice.number if piece.invoice else ""
        if claim.reason in WITHOUT_CREDIT_NOTE:
            kind, entry_kind, role = WITHOUT_CREDIT_NOTE[claim.reason]
            entry = _closed_by(claim, piece, entry_kind, role)
            yield Booked(kind, piece.amount_minor, entry, DocumentType.JOURNAL, number)
            continue
        entry = _credit_note(claim, piece, rooms, accrual)
        accrual -= sum(
            line.debit_minor for line in entry.lines if line.role is AccountRole.TRADE_ACCRUAL
        )
        yield Booked("CREDIT_NOTE", piece.amount_minor, entry, DocumentType.CREDIT_NOTE, number)


def _closed_by(claim: Claim, piece: Piece, kind: EntryKind, role: AccountRole) -> Entry:
    """An expense or a netting clears the item; where it was paid already, it stands on account."""
    if piece.item:
        other = as_item(piece.item).reduced_by(piece.amount_minor)
    else:
        other = as_item(_on_account(claim, piece)).increased_by(-piece.amount_minor)
    return Entry(
        kind=kind,
        currency=claim.currency,
        lines=(Line(role=role, debit_minor=piece.amount_minor), other),
    )


def _credit_note(
    claim: Claim, piece: Piece, rooms: dict[int, tuple[VatRoom, ...]], accrual: int
) -> Entry:
    # Without an item there is nothing open: the whole credit stands to the customer's account.
    target = (
        as_item(piece.item)
        if piece.item
        else Item(item_id=0, customer_id=claim.customer_id, currency=claim.currency)
    )
    note = CreditNote(
        item=target,
        shares=_shares(claim, piece, rooms),
        room_minor=piece.amount_minor,
        role=AccountRole.SALES_RETURNS if claim.reason in GOODS else AccountRole.PRICE_ALLOWANCE,
        on_account=None if piece.item else as_item(_on_account(claim, piece)),
    )
    if claim.reason.startswith("CO-"):
        return promotion_credit_note(note, accrual_open_minor=accrual)
    return credit_note(note)


def _shares(
    claim: Claim, piece: Piece, rooms: dict[int, tuple[VatRoom, ...]]
) -> tuple[VatShare, ...]:
    """Net and VAT by rate; each credit leaves less room for the next of the same invoice."""
    if piece.invoice is None:
        return (VatShare(vat_bp=0, net_minor=piece.amount_minor, vat_minor=0),)
    room = rooms.get(piece.invoice.pk)
    if room is None:
        room = rooms_of(piece.invoice)
    parts = [(Money(minor, claim.currency), vat_bp) for vat_bp, minor in piece.rates]
    shares = split_by_rate(parts, room)
    taken = {share.vat_bp: share for share in shares}
    rooms[piece.invoice.pk] = tuple(each.less(taken.get(each.vat_bp)) for each in room)
    return shares


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


def _collected_back(claim: Claim, pieces: Sequence[Piece]) -> Iterable[Booked]:
    """What is left of the claim's deductions after its credits is owed again (A10)."""
    credited: defaultdict[int, int] = defaultdict(int)
    for piece in pieces:
        if piece.item:
            credited[piece.item.pk] += piece.amount_minor
    for item in deductions_of(claim):
        amount = item.open_minor - credited[item.pk]
        if amount <= 0:
            continue
        deduction = replace(as_item(item), open_minor=amount)
        receivable = as_item(_receivable(claim, item, amount))
        entry = collected_back(deduction, amount_minor=amount, receivable=receivable)
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
