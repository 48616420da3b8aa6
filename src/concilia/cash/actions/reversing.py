"""What was posted taken back: by us, because it was wrong, or by the bank, because it is gone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cash.actions.deciding import WAITING, lock_entry, lock_match, next_version
from concilia.cash.actions.learning import unlearn
from concilia.cash.actions.posting import PostingRefused
from concilia.cash.events import DeductionWithdrawn, PaymentReturned, PaymentReversed
from concilia.cash.models import NO_CUSTOMER_PAYMENT, RETURNED, Match
from concilia.cash.queries.candidates import policy_of
from concilia.foundation import audit, events
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.ledger.actions import Booking, book_entries
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, Line, reverse
from concilia.ledger.models import JournalEntry
from concilia.receivables.models import BankEntry, OpenItem


@dataclass(frozen=True, slots=True)
class _Pair:
    """Money the bank took back, and the payment it had been."""

    returned: BankEntry
    paid: BankEntry


@transaction.atomic(durable=True)
def reverse_match(*, match_id: int, reason: str, member: Membership, at: datetime) -> Match:
    """
    Take a posting back: every balance is as before, the payment waits for a person again (INV-13).

    :raises PostingRefused: if it is not posted, has no reason, or its deduction was decided since
    """
    match = lock_match(match_id, member)
    if match.state != Match.State.POSTED:
        raise PostingRefused(_("Only a posted payment can be reversed."))
    if match.rule == RETURNED:
        raise PostingRefused(_("The bank took this money back: there is nothing to apply."))
    if not reason.strip():
        raise PostingRefused(_("Say why the posting is taken back."))
    if match.rule == NO_CUSTOMER_PAYMENT:
        match.state, match.reversed_at = Match.State.REVERSED, at
        match.save(update_fields=["state", "reversed_at"])
    else:
        take_back(match, match.bank_entry.value_date, at)
        unlearn(match=match, at=at)
        drop_advised(match.bank_entry_id)
        events.record(PaymentReversed(match.bank_entry_id))
    fresh = Match.objects.create(
        entity_id=match.entity_id,
        bank_entry_id=match.bank_entry_id,
        version=next_version(match.bank_entry_id),
        customer_id=match.customer_id,
        state=Match.State.OPEN,
        rule="M13",
        currency=match.currency,
        habits=match.habits,
        matched_at=at,
    )
    data = {"rule": match.rule, "version": match.version}
    act = Act("payment.reversed", "bank_entry", match.bank_entry_id, data, reason.strip())
    audit.log(entity_id=match.entity_id, actor=actor_of(member), at=at, acts=[act])
    return fresh


@transaction.atomic(durable=True)
def settle_return(
    *, bank_entry_id: int, paid_entry_id: int, member: Membership, at: datetime
) -> Match:
    """
    Say which payment the bank took back: its items are open again with their old due dates.

    What the bank took beyond the payment, up to its charges, is booked as bank charges.

    :param paid_entry_id: the earlier payment
    :raises PostingRefused: if the two do not belong together, or the payment cannot be taken back
    """
    first, second = sorted((bank_entry_id, paid_entry_id))
    rows = {row.pk: row for row in (lock_entry(first, member), lock_entry(second, member))}
    pair = _Pair(rows[bank_entry_id], rows[paid_entry_id])
    beyond = _beyond(pair, member)
    live = _live(pair.paid)
    if _settled(_live(pair.returned)) or (live and live.rule == RETURNED):
        raise PostingRefused(_("This return is settled already."))
    entry = _booked(pair, live, beyond, at)
    _as_returned(pair.paid, _received(pair.paid), member, at)
    settled = _as_returned(pair.returned, entry, member, at)
    data = {"payment": pair.paid.pk, "reason": pair.returned.return_reason, "charges": beyond}
    acts = [
        Act("payment.returned", "bank_entry", pair.returned.pk, data),
        Act("payment.taken_back", "bank_entry", pair.paid.pk, {"return": pair.returned.pk}),
    ]
    events.record(PaymentReversed(pair.paid.pk), PaymentReturned(pair.returned.pk, pair.paid.pk))
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=acts)
    return settled


def _beyond(pair: _Pair, member: Membership) -> int:
    """What the bank took beyond the payment, in minor units; its charges, or it is no pair."""
    returned, paid = pair.returned, pair.paid
    if not returned.is_return or paid.is_return:
        raise PostingRefused(_("Choose the payment that the bank took back."))
    if returned.currency != paid.currency:
        raise PostingRefused(_("The payment was in another currency."))
    beyond = returned.amount_minor - paid.amount_minor
    limit = max(policy_of(member.entity).bank_charge_minor, returned.charges_minor)
    if not 0 <= beyond <= limit:
        raise PostingRefused(_("The bank took back another amount than this payment's."))
    return beyond


def _live(entry: BankEntry) -> Match | None:
    return (
        Match.objects.select_for_update(of=("self",), no_key=True)
        .select_related("bank_entry", "entry", "on_account_item")
        .filter(bank_entry=entry, state__in=[*WAITING, "POSTED"])
        .first()
    )


def _settled(match: Match | None) -> bool:
    return match is not None and match.state == Match.State.POSTED


def _booked(pair: _Pair, live: Match | None, beyond: int, at: datetime) -> JournalEntry:
    """The entry that stands for the return: the reversal, the charges, or the bank's own debit."""
    reversal = None
    is_applied = live is not None and live.state == Match.State.POSTED
    if live is not None and is_applied and live.rule != NO_CUSTOMER_PAYMENT:
        reversal = take_back(live, pair.returned.value_date, at)
    elif live is not None and is_applied:
        live.state, live.reversed_at = Match.State.REVERSED, at
        live.save(update_fields=["state", "reversed_at"])
    elif live is not None:
        live.state = Match.State.REPLACED
        live.save(update_fields=["state"])
    if beyond:
        [charges] = book_entries(
            entity_id=pair.returned.entity_id, bookings=[_charges(pair.returned, beyond)], at=at
        )
        return reversal or charges
    return reversal or _received(pair.returned)


def _received(row: BankEntry) -> JournalEntry:
    """The entry that booked the money when its statement was loaded."""
    return JournalEntry.objects.get(entity_id=row.entity_id, key=f"bank:{row.pk}")


def _charges(returned: BankEntry, beyond: int) -> Booking:
    return Booking(
        key=f"return:{returned.pk}:charges",
        posting_date=returned.value_date,
        text=returned.payer_name,
        entry=Entry(
            kind=EntryKind.PAYMENT_APPLIED,
            currency=returned.currency,
            lines=(
                Line(role=AccountRole.BANK_CHARGES, debit_minor=beyond),
                Line(role=AccountRole.SUSPENSE, credit_minor=beyond),
            ),
        ),
    )


def _as_returned(row: BankEntry, entry: JournalEntry, member: Membership, at: datetime) -> Match:
    Match.objects.filter(bank_entry=row, state__in=WAITING).update(state=Match.State.REPLACED)
    drop_advised(row.pk)
    return Match.objects.create(
        entity_id=row.entity_id,
        bank_entry=row,
        version=next_version(row.pk),
        state=Match.State.POSTED,
        rule=RETURNED,
        confidence_bp=10_000,
        currency=row.currency,
        applied_minor=row.amount_minor,
        entry=entry,
        decided_by=member.user,
        matched_at=at,
        posted_at=at,
    )


def drop_advised(bank_entry_id: int) -> None:
    """What the payer said against a posting speaks of nothing once the posting is gone."""
    rows = Match.objects.filter(bank_entry=bank_entry_id, state=Match.State.ADVISED)
    rows.update(state=Match.State.REPLACED)


def take_back(match: Match, on: date, at: datetime, *, moved: Collection[int] = ()) -> JournalEntry:
    """
    Book the reversal of a posted match and end what it had opened, in the caller's transaction.

    :param on: the posting date: that of the payment where we were wrong (INV-14), that of the
        return where the money is gone
    :param moved: deductions whose claims go over to another deduction and do not end
    :raises PostingRefused: if a deduction was decided, or money on account used since
    """
    assert connection.in_atomic_block, "a posting is taken back with the act that takes it back"
    born = list(
        OpenItem.objects.select_for_update(no_key=True)
        .filter(pk__in=match.allocations.exclude(deduction_item=None).values("deduction_item"))
        .order_by("pk")
    )
    if any(item.open_minor != item.original_minor for item in born):
        raise PostingRefused(
            _("A deduction of this payment was decided since: reverse that first.")
        )
    if match.on_account_item_id:
        account = OpenItem.objects.select_for_update(no_key=True).get(pk=match.on_account_item_id)
        if account.open_minor != account.original_minor:
            raise PostingRefused(_("What stood on account was used since: reverse that first."))
    try:
        with transaction.atomic():
            [entry] = book_entries(
                entity_id=match.entity_id, bookings=[_reversal(match, on, at)], at=at
            )
    except IntegrityError as refused:
        raise PostingRefused(
            _("An item of this payment was changed since: reverse that first.")
        ) from refused
    match.state, match.reversed_at = Match.State.REVERSED, at
    match.save(update_fields=["state", "reversed_at"])
    events.record(*(DeductionWithdrawn(item.pk) for item in born if item.pk not in moved))
    return entry


def _reversal(match: Match, on: date, at: datetime) -> Booking:
    assert match.entry is not None, "a posted match has its entry"
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
        posting_date=on,
        text=f"{at:%Y-%m-%d}",
    )
