"""What people do with payments: confirm, split as they know better, put on account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from concilia.cash.actions.learning import learn
from concilia.cash.actions.posting import PostingRefused, post_matches
from concilia.cash.actions.refusals import refusal
from concilia.cash.actions.suggesting import suggest_rule, suggest_rules
from concilia.cash.core.splits import (
    SMALL,
    PersonsLine,
    PersonsSplit,
    Received,
    SplitRefused,
    Terms,
    check_line,
)
from concilia.cash.models import Allocation, Match
from concilia.cash.queries.candidates import policy_of
from concilia.cash.queries.second_looks import tolerated
from concilia.customers.models import Customer
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.receivables.models import BankEntry, OpenItem

WAITING = (Match.State.PROPOSED, Match.State.OPEN)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What became of several proposals: the posted ones, and those that had changed."""

    posted: tuple[Match, ...]
    changed: tuple[int, ...]


@transaction.atomic(durable=True)
def post_match(*, match_id: int, member: Membership, at: datetime) -> Match:
    """
    Confirm a proposal; who confirms a payer teaches the engine their account and habits.

    :raises PostingRefused: if it is not a proposal any more, or an item has changed
    """
    match = lock_match(match_id, member)
    if match.state != Match.State.PROPOSED:
        raise PostingRefused(_("This is no proposal any more: load the page again."))
    match.decided_by = member.user
    match.save(update_fields=["decided_by"])
    return _post(match, member, at)


@transaction.atomic(durable=True)
def post_proposals(*, match_ids: Sequence[int], member: Membership, at: datetime) -> Confirmed:
    """
    Confirm several proposals at once; what has changed meanwhile stays and is told.

    :raises PostingRefused: if none was named
    """
    if not match_ids:
        raise PostingRefused(_("Choose at least one payment."))
    posted: list[Match] = []
    changed: list[int] = []
    for match_id in sorted(set(match_ids)):
        match = lock_match(match_id, member)
        if match.state != Match.State.PROPOSED:
            changed.append(match.bank_entry_id)
            continue
        match.decided_by = member.user
        try:
            with transaction.atomic():
                match.save(update_fields=["decided_by"])
                post_matches(matches=[match], at=at)
        except PostingRefused:
            changed.append(match.bank_entry_id)
        else:
            posted.append(match)
    learn(matches=posted, at=at)
    suggest_rules(matches=posted, at=at)
    audit.log(
        entity_id=member.entity_id,
        actor=actor_of(member),
        at=at,
        acts=[_told(match) for match in posted],
    )
    return Confirmed(tuple(posted), tuple(changed))


@dataclass(frozen=True, slots=True)
class Each:
    """What became of proposals confirmed one by one: those posted, and the others with why not."""

    posted: tuple[Match, ...]
    refused: tuple[tuple[Match, PostingRefused], ...]


def post_each(*, match_ids: Sequence[int], member: Membership, at: datetime) -> Each:
    """Confirm several proposals, each by itself: one that is refused does not hold up another."""
    posted: list[Match] = []
    refused: list[tuple[Match, PostingRefused]] = []
    for match_id in match_ids:
        try:
            posted.append(post_match(match_id=match_id, member=member, at=at))
        except PostingRefused as why:
            rows = Match.objects.select_related("bank_entry", "customer")
            refused.append((rows.get(pk=match_id), why))
    return Each(tuple(posted), tuple(refused))


@transaction.atomic(durable=True)
def post_split(
    *, bank_entry_id: int, split: PersonsSplit, member: Membership, at: datetime
) -> Match:
    """
    Post a payment as a person says, instead of the engine's proposal.

    :raises PostingRefused: if the lines take more than was paid, an item gets more than it has
        open, a difference is beyond our tolerances, or the payment is posted already
    """
    entry = lock_entry(bank_entry_id, member)
    if entry.is_return:
        raise PostingRefused(_("The bank took this back: say which payment it was."))
    live = Match.objects.filter(bank_entry=entry, state__in=[*WAITING, "POSTED"]).first()
    if live and live.state == Match.State.POSTED:
        raise PostingRefused(_("This payment is posted: reverse it first."))
    customer_id = _check(entry, split, member)
    if live:
        live.state = Match.State.REPLACED
        live.save(update_fields=["state"])
    match = Match.objects.create(
        entity_id=entry.entity_id,
        bank_entry=entry,
        version=next_version(entry.pk),
        customer_id=customer_id,
        state=Match.State.PROPOSED,
        rule="own",
        confidence_bp=10_000,
        currency=entry.currency,
        applied_minor=split.applied_minor,
        on_account_minor=entry.amount_minor - split.applied_minor,
        habits=live.habits if live else {},
        decided_by=member.user,
        matched_at=at,
    )
    Allocation.objects.bulk_create([_row(match, line) for line in split.lines])
    return _post(match, member, at)


def lock_entry(bank_entry_id: int, member: Membership) -> BankEntry:
    """The entry of the member's entity, held until the transaction ends."""
    return BankEntry.objects.select_for_update(no_key=True).get(
        pk=bank_entry_id, entity_id=member.entity_id
    )


def lock_match(match_id: int, member: Membership) -> Match:
    """The match, held with its entry; everybody takes the entry first, so nobody deadlocks."""
    match = Match.objects.select_related("bank_entry", "entry", "on_account_item")
    found = match.get(pk=match_id, entity_id=member.entity_id)
    lock_entry(found.bank_entry_id, member)
    return match.select_for_update(of=("self",), no_key=True).get(pk=match_id)


def next_version(bank_entry_id: int) -> int:
    """The version of the next answer to an entry; the caller holds the entry."""
    last = Match.objects.filter(bank_entry=bank_entry_id).aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


def _check(entry: BankEntry, split: PersonsSplit, member: Membership) -> int | None:
    """Hold a split against the payment, the items and the payer group; who it is booked for."""
    if split.applied_minor > entry.amount_minor:
        raise PostingRefused(_("The lines take more than was paid."))
    items = (
        OpenItem.objects.select_for_update(of=("self",), no_key=True)
        .select_related("invoice", "customer")
        .filter(
            pk__in=[line.item_id for line in split.lines],
            entity_id=member.entity_id,
            currency=entry.currency,
        )
        .order_by("pk")
        .in_bulk()
    )
    if len(items) != len(split.lines):
        raise PostingRefused(_("An item is not ours, is in another currency, or is named twice."))
    customer_id = _payer(split, items, member)
    if split.applied_minor < entry.amount_minor and customer_id is None:
        raise PostingRefused(_("Say on whose account the rest of the payment goes."))
    policy = policy_of(member.entity)
    received = Received(value_date=entry.value_date, charges_minor=entry.charges_minor)
    try:
        for line in split.lines:
            check_line(line, _terms(items[line.item_id]), received, policy)
    except SplitRefused as error:
        raise refusal(error) from error
    _check_month(entry, split, items, policy.small_difference_month_minor)
    return customer_id


def _payer(split: PersonsSplit, items: Mapping[int, OpenItem], member: Membership) -> int | None:
    """One payment pays for the customers of one payer group (domain.md §6.6)."""
    owners = {item.customer_id: item.customer for item in items.values()}
    chosen = split.customer_id
    if chosen is None and len(owners) == 1:
        chosen = next(iter(owners))
    payer = owners.get(chosen or 0) or (
        Customer.objects.filter(pk=chosen, entity_id=member.entity_id).first() if chosen else None
    )
    if chosen is not None and payer is None:
        raise PostingRefused(_("There is no such customer."))
    groups = {
        ("group", row.payer_group_id) if row.payer_group_id else ("customer", row.pk)
        for row in [*owners.values(), *([payer] if payer else [])]
    }
    if len(groups) > 1:
        names = ", ".join(sorted(row.name for row in owners.values()))
        raise PostingRefused(_("These customers do not pay together: {names}."), names=names)
    return chosen


def _check_month(
    entry: BankEntry, split: PersonsSplit, items: Mapping[int, OpenItem], limit: int
) -> None:
    """Small differences are small in a month, too: nobody pays a euro less each time."""
    now: dict[int, int] = {}
    for line in split.lines:
        if line.writeoff_minor and (line.writeoff_reason or SMALL) == SMALL:
            owner = items[line.item_id].customer_id
            now[owner] = now.get(owner, 0) + abs(line.writeoff_minor)
    month = entry.booking_date.replace(day=1)
    spent = tolerated(customers=set(now), months={month} if now else set())
    if any(amount + spent.get((owner, month), 0) > limit for owner, amount in now.items()):
        raise PostingRefused(_("This customer's small differences of this month are used up."))


def _terms(item: OpenItem) -> Terms:
    return Terms(
        number=item.document_number,
        open_minor=item.open_minor,
        original_minor=item.original_minor,
        discount_bp=item.discount_bp,
        discount_until=item.discount_until_date,
        vat_minor=item.invoice.vat_minor if item.invoice else None,
    )


def _row(match: Match, line: PersonsLine) -> Allocation:
    return Allocation(
        match=match,
        item_id=line.item_id,
        currency=match.currency,
        applied_minor=line.applied_minor,
        discount_minor=line.discount_minor,
        writeoff_minor=line.writeoff_minor,
        writeoff_reason=(line.writeoff_reason or SMALL) if line.writeoff_minor else "",
        deduction_minor=line.deduction_minor,
        deduction_reason=line.deduction_reason if line.deduction_minor else "",
        deduction_text=line.deduction_text[:200] if line.deduction_minor else "",
    )


def _post(match: Match, member: Membership, at: datetime) -> Match:
    post_matches(matches=[match], at=at)
    learn(matches=[match], at=at)
    suggest_rule(match=match, at=at)
    audit.log(entity_id=match.entity_id, actor=actor_of(member), at=at, acts=[_told(match)])
    return match


def _told(match: Match) -> Act:
    data = {
        "rule": match.rule,
        "applied": match.applied_minor,
        "on_account": match.on_account_minor,
        "currency": match.currency,
    }
    return Act("payment.posted", "bank_entry", match.bank_entry_id, data)
