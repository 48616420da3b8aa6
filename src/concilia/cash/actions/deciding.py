"""What people do with payments: confirm, split as they know better, put on account, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from concilia.cash.actions.posting import PostingRefused, post_matches
from concilia.cash.events import DeductionWithdrawn
from concilia.cash.models import Allocation, Match
from concilia.customers.models import Customer, PayerAlias
from concilia.foundation import audit, events
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.kernel.reasons import REASONS
from concilia.ledger.actions import Booking, book_entries
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, Line, reverse
from concilia.receivables.models import BankEntry, OpenItem


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsLine:
    """What a person wants one item to get; minor units, signs as in `cash.models.Allocation`."""

    item_id: int
    applied_minor: int
    discount_minor: int = 0
    writeoff_minor: int = 0
    deduction_minor: int = 0
    deduction_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsSplit:
    """A person's own answer to a payment; what the lines leave goes on the customer's account."""

    customer_id: int | None
    lines: Sequence[PersonsLine] = ()


@transaction.atomic(durable=True)
def post_match(*, match_id: int, member: Membership, at: datetime) -> Match:
    """
    Confirm a proposal; who confirms a payer teaches the engine their IBAN.

    :raises PostingRefused: if it is not a proposal any more, or an item has changed
    """
    match = _lock(match_id, member)
    if match.state != Match.State.PROPOSED:
        raise PostingRefused("This is no proposal any more: load the page again.")
    match.decided_by = member.user
    match.save(update_fields=["decided_by"])
    return _post(match, member, at)


@transaction.atomic(durable=True)
def post_split(
    *, bank_entry_id: int, split: PersonsSplit, member: Membership, at: datetime
) -> Match:
    """
    Post a payment as a person says, instead of the engine's proposal.

    :raises PostingRefused: if the lines take more than was paid, an item gets more than it has
        open, a deduction has no reason, or the payment is posted already
    """
    entry = BankEntry.objects.select_for_update().get(pk=bank_entry_id, entity_id=member.entity_id)
    if entry.is_return:
        raise PostingRefused("The bank took this back: reverse the payment it belongs to.")
    live = Match.objects.filter(bank_entry=entry, state__in=["POSTED", "PROPOSED", "OPEN"]).first()
    if live and live.state == Match.State.POSTED:
        raise PostingRefused("This payment is posted: reverse it first.")
    _check(entry, split, member)
    if live:
        live.state = Match.State.REPLACED
        live.save(update_fields=["state"])
    applied = sum(line.applied_minor for line in split.lines)
    last = Match.objects.filter(bank_entry=entry).aggregate(last=Max("version"))["last"] or 0
    match = Match.objects.create(
        entity_id=entry.entity_id,
        bank_entry=entry,
        version=last + 1,
        customer_id=split.customer_id,
        state=Match.State.PROPOSED,
        rule="own",
        confidence_bp=10_000,
        currency=entry.currency,
        applied_minor=applied,
        on_account_minor=entry.amount_minor - applied,
        decided_by=member.user,
        matched_at=at,
    )
    Allocation.objects.bulk_create([_row(match, line) for line in split.lines])
    return _post(match, member, at)


@transaction.atomic(durable=True)
def reverse_match(*, match_id: int, reason: str, member: Membership, at: datetime) -> Match:
    """
    Take a posting back: every balance is as before, the payment waits for a person again (INV-13).

    :raises PostingRefused: if it is not posted, has no reason, or its deduction was decided since
    """
    match = _lock(match_id, member)
    if match.state != Match.State.POSTED or match.entry is None:
        raise PostingRefused("Only a posted payment can be reversed.")
    if not reason.strip():
        raise PostingRefused("Say why the posting is taken back.")
    born = OpenItem.objects.select_for_update().filter(
        pk__in=match.allocations.exclude(deduction_item=None).values("deduction_item")
    )
    if any(item.open_minor != item.original_minor for item in born):
        raise PostingRefused("A deduction of this payment was decided since: reverse that first.")
    account = match.on_account_item
    if account and account.open_minor != account.original_minor:
        raise PostingRefused("What stood on account was used since: reverse that first.")
    book_entries(entity_id=match.entity_id, bookings=[_reversal(match, at)], at=at)
    match.state, match.reversed_at = Match.State.REVERSED, at
    match.save(update_fields=["state", "reversed_at"])
    for item in born:
        events.record(DeductionWithdrawn(item.pk))
    fresh = Match.objects.create(
        entity_id=match.entity_id,
        bank_entry_id=match.bank_entry_id,
        version=match.version + 1,
        customer_id=match.customer_id,
        state=Match.State.OPEN,
        rule="M13",
        currency=match.currency,
        matched_at=at,
    )
    data = {"rule": match.rule, "version": match.version}
    act = Act("payment.reversed", "bank_entry", match.bank_entry_id, data, reason)
    audit.log(entity_id=match.entity_id, actor=actor_of(member), at=at, acts=[act])
    return fresh


def _lock(match_id: int, member: Membership) -> Match:
    return (
        Match.objects.select_for_update(of=("self",))
        .select_related("bank_entry", "entry", "on_account_item")
        .get(pk=match_id, entity_id=member.entity_id)
    )


def _check(entry: BankEntry, split: PersonsSplit, member: Membership) -> None:
    applied = sum(line.applied_minor for line in split.lines)
    if applied > entry.amount_minor:
        raise PostingRefused("The lines take more than was paid.")
    if applied < entry.amount_minor and split.customer_id is None:
        raise PostingRefused("Say on whose account the rest of the payment goes.")
    ours = Customer.objects.filter(pk=split.customer_id or 0, entity_id=member.entity_id)
    if split.customer_id is not None and not ours.exists():
        raise PostingRefused("There is no such customer.")
    items = OpenItem.objects.filter(
        pk__in=[line.item_id for line in split.lines],
        entity_id=member.entity_id,
        currency=entry.currency,
    ).in_bulk()
    for line in split.lines:
        _check_line(line, items.get(line.item_id))


def _check_line(line: PersonsLine, item: OpenItem | None) -> None:
    if item is None:
        raise PostingRefused("An item is not ours, or is in another currency.")
    if min(line.discount_minor, line.deduction_minor) < 0:
        raise PostingRefused(f"{item.document_number}: discounts and deductions are not negative.")
    if line.deduction_minor and line.deduction_reason not in REASONS:
        raise PostingRefused(f"{item.document_number}: say why the customer kept this.")


def _row(match: Match, line: PersonsLine) -> Allocation:
    return Allocation(
        match=match,
        item_id=line.item_id,
        currency=match.currency,
        applied_minor=line.applied_minor,
        discount_minor=line.discount_minor,
        writeoff_minor=line.writeoff_minor,
        writeoff_reason="FI-05" if line.writeoff_minor else "",
        deduction_minor=line.deduction_minor,
        deduction_reason=line.deduction_reason,
    )


def _post(match: Match, member: Membership, at: datetime) -> Match:
    post_matches(matches=[match], at=at)
    _learn(match, at)
    data = {
        "rule": match.rule,
        "applied": match.applied_minor,
        "on_account": match.on_account_minor,
        "currency": match.currency,
    }
    act = Act("payment.posted", "bank_entry", match.bank_entry_id, data)
    audit.log(entity_id=match.entity_id, actor=actor_of(member), at=at, acts=[act])
    return match


def _learn(match: Match, at: datetime) -> None:
    """Who pays from this account pays for this customer: a person just said so."""
    if not match.customer_id or not match.bank_entry.payer_iban:
        return
    alias, is_new = PayerAlias.objects.get_or_create(
        entity_id=match.entity_id,
        customer_id=match.customer_id,
        kind=PayerAlias.Kind.IBAN,
        value=match.bank_entry.payer_iban,
        defaults={"hits": 1, "is_stated": False, "seen_at": at},
    )
    if not is_new:
        PayerAlias.objects.filter(pk=alias.pk).update(hits=F("hits") + 1, seen_at=at)


def _reversal(match: Match, at: datetime) -> Booking:
    assert match.entry is not None
    lines = tuple(
        Line(
            role=AccountRole(row.account),
            debit_minor=row.debit_minor,
            credit_minor=row.credit_minor,
            item_id=row.item_id,
            customer_id=row.customer_id,
            vat_bp=row.vat_bp,
        )
        for row in match.entry.lines.order_by("pk")
    )
    entry = Entry(kind=EntryKind(match.entry.kind), currency=match.currency, lines=lines)
    return Booking(
        key=f"match:{match.pk}:reversed",
        entry=reverse(entry, entry_id=match.entry_id or 0),
        posting_date=match.bank_entry.value_date,
        text=f"{at:%Y-%m-%d}",
    )
