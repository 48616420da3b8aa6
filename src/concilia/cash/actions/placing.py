"""A remittance finds its payments; what is not the only answer waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from concilia.cash.actions.deciding import lock_entry
from concilia.cash.actions.matching import match_entry
from concilia.cash.actions.posting import PostingRefused
from concilia.cash.core.joining import Advice, Paid, Share, parts_of, shares_of
from concilia.cash.models import Allocation, Match, Remittance, RemittanceJoin
from concilia.cash.queries.advices import document_keys, free_remittances, line_of
from concilia.cash.queries.advices_near import other_advices, payments_near
from concilia.cash.queries.candidates import keys_in, policy_of
from concilia.foundation import audit
from concilia.foundation.audit import SYSTEM, Act
from concilia.foundation.jobs import defer
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.receivables.models import BankEntry, BankStatement

AFTER_STATEMENT_MAX: Final = 500


def place_remittance(*, remittance_id: int, at: datetime) -> None:
    """
    Find what a remittance is about, now that it or a payment came.

    Payments of its total that wait are put to the engine again, one after the other, until one
    takes it. Else it is joined to the posted payment of its total, to several payments that add up
    to it, or with others to one payment, if that is the only way; each payment is then looked at
    anew. Can be stopped anywhere and started again.
    """
    remittance = Remittance.objects.select_related("entity").get(pk=remittance_id)
    waiting = Match.objects.filter(
        entity=remittance.entity,
        state__in=[Match.State.OPEN, Match.State.PROPOSED],
        bank_entry__currency=remittance.currency,
        bank_entry__amount_minor=remittance.total_minor,
        bank_entry__is_return=False,
    )
    for entry_id in list(waiting.order_by("pk").values_list("bank_entry", flat=True)):
        if remittance.joins.exists():
            return
        with suppress(PostingRefused):  # somebody has posted it meanwhile
            match_entry(bank_entry_id=entry_id, at=at)
    _join_alone(remittance_id=remittance_id, at=at)


@transaction.atomic(durable=True)
def _join_alone(*, remittance_id: int, at: datetime) -> None:
    remittance = (
        Remittance.objects.select_for_update(of=("self",), no_key=True)
        .select_related("entity")
        .get(pk=remittance_id)
    )
    if remittance.joins.exists():
        return
    near = payments_near(remittance)
    shares = _whole(remittance, near)
    if shares is None:
        advice = _advice(remittance)
        shares = shares_of(advice, [_paid(match) for match in near])
        shares = shares or _with_others(remittance, near)
    _join(shares, remittance.entity_id, None, at)


def _whole(remittance: Remittance, near: Sequence[Match]) -> Sequence[Share] | None:
    """The posted payment of the same total; None if there is none, nothing if there are several."""
    equal = [
        match
        for match in near
        if match.state == Match.State.POSTED
        and match.bank_entry.amount_minor == remittance.total_minor
    ]
    if not equal:
        return None
    keys = document_keys(remittance)
    settled: dict[int, set[str]] = {match.pk: set() for match in equal}
    for pk, key in Allocation.objects.filter(match__in=settled).values_list(
        "match", "item__number_key"
    ):
        settled[pk].add(key)
    agreeing = [match for match in equal if settled[match.pk] == keys]
    speaking = [
        match
        for match in equal
        if not (named := settled[match.pk] & keys_in(match.bank_entry)) or named & keys
    ]
    chosen = agreeing[:1] or (speaking if len(speaking) == 1 else [])
    return [Share(remittance.pk, match.bank_entry_id) for match in chosen]


def _with_others(remittance: Remittance, near: Sequence[Match]) -> Sequence[Share]:
    larger = [m for m in near if m.bank_entry.amount_minor > remittance.total_minor]
    if not larger:
        return ()
    others = [_advice(one) for one in other_advices(remittance)]
    found = [parts_of(_paid(match), [_advice(remittance), *others]) for match in larger]
    ours = [shares for shares in found if any(one.advice == remittance.pk for one in shares)]
    return ours[0] if len(ours) == 1 else ()


def _advice(row: Remittance) -> Advice:
    nets = tuple(line_of(line, row.currency).net_minor for line in row.lines)
    return Advice(row.pk, row.total_minor, nets)


def _paid(match: Match) -> Paid:
    return Paid(match.bank_entry_id, match.bank_entry.amount_minor)


def _join(shares: Sequence[Share], entity_id: int, member: Membership | None, at: datetime) -> None:
    """Join, say so, and have each payment looked at anew."""
    if not shares:
        return
    RemittanceJoin.objects.bulk_create(
        [
            RemittanceJoin(
                remittance_id=one.advice,
                bank_entry_id=one.paid,
                lines=list(one.lines),
                joined_by=member.user if member else None,
                joined_at=at,
            )
            for one in shares
        ]
    )
    look_anew(entries={one.paid for one in shares})
    acts = [
        Act("remittance.joined", "bank_entry", one.paid, {"remittance": one.advice})
        for one in shares
    ]
    actor = actor_of(member) if member else SYSTEM
    audit.log(entity_id=entity_id, actor=actor, at=at, acts=acts)


def look_anew(*, entries: Iterable[int]) -> None:
    """Queue the engine's second look at payments, by where each of them stands."""
    keys = sorted(entries)
    posted = set(
        Match.objects.filter(bank_entry__in=keys, state=Match.State.POSTED).values_list(
            "bank_entry", flat=True
        )
    )
    for key in keys:
        if key in posted:
            defer("concilia.reconsider_payment", once=f"reconsider:{key}", bank_entry_id=key)
        else:
            defer("concilia.match_entry", once=f"match:{key}", bank_entry_id=key)


@transaction.atomic(durable=True)
def place_after_statement(*, statement_id: int) -> None:
    """Remittances that wait for money of these days are looked at again: some of it came."""
    statement = BankStatement.objects.select_related("entity").get(pk=statement_id)
    days = BankEntry.objects.filter(statement=statement).order_by("value_date")
    first, last = days.first(), days.last()
    if first is None or last is None:
        return
    near = timedelta(days=policy_of(statement.entity).remittance_days)
    dated = Q(payment_date__gte=first.value_date - near, payment_date__lte=last.value_date + near)
    undated = Q(payment_date=None, received_at__date__gte=first.value_date - near)
    rows = free_remittances(entity_id=statement.entity_id).filter(dated | undated)
    for key in rows.order_by("pk").values_list("pk", flat=True)[:AFTER_STATEMENT_MAX]:
        defer("concilia.place_remittance", once=f"remittance:{key}", remittance_id=key)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsJoin:
    """A person's word that a remittance is about a payment."""

    remittance_id: int
    bank_entry_id: int


@transaction.atomic(durable=True)
def join_remittance(*, said: PersonsJoin, member: Membership, at: datetime) -> None:
    """
    Join a remittance to the payment a person says it is about; the payment is looked at anew.

    :raises PostingRefused: if one of them is not ours, they are of different currencies, or the
        remittance is about another payment already
    """
    entry = lock_entry(said.bank_entry_id, member)
    remittance = _lock_remittance(said.remittance_id, member)
    if entry.is_return or remittance.currency != entry.currency:
        raise PostingRefused(_("The remittance is about money in another currency."))
    if remittance.joins.exists():
        raise PostingRefused(_("This remittance is about another payment already."))
    _join([Share(remittance.pk, entry.pk)], member.entity_id, member, at)


@transaction.atomic(durable=True)
def part_remittance(*, said: PersonsJoin, member: Membership, at: datetime) -> None:
    """
    Take a remittance off a payment it is not about; it is free for another one.

    :raises PostingRefused: if they are not joined
    """
    entry = lock_entry(said.bank_entry_id, member)
    remittance = _lock_remittance(said.remittance_id, member)
    gone, _per_model = remittance.joins.filter(bank_entry=entry).delete()
    if not gone:
        raise PostingRefused(_("This remittance is not joined to this payment."))
    Match.objects.filter(bank_entry=entry, state=Match.State.ADVISED).update(
        state=Match.State.REPLACED
    )
    data = {"remittance": remittance.pk}
    act = Act("remittance.parted", "bank_entry", entry.pk, data)
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])


def _lock_remittance(remittance_id: int, member: Membership) -> Remittance:
    row = (
        Remittance.objects.select_for_update(no_key=True)
        .filter(pk=remittance_id, entity=member.entity_id)
        .first()
    )
    if row is None:
        raise PostingRefused(_("There is no such remittance."))
    return row
