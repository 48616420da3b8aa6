"""How promises stand: set-based, for the debtors whose money moved, and for all as days go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from concilia.cases.queries.calendars import clock_of
from concilia.cases.queries.office import today_of
from concilia.cash.models import Allocation, Match
from concilia.dunning.core.promises import PaymentMethod, PromiseState
from concilia.dunning.core.promises import Promise as Terms
from concilia.dunning.core.sharing import Allocated, Judgement, Standing, judge
from concilia.dunning.models import Promise, PromiseItem
from concilia.foundation import audit
from concilia.foundation.audit import SYSTEM, Act
from concilia.foundation.rows import update_rows
from concilia.identity.models import Entity
from concilia.kernel.money import Money

OPEN: Final = frozenset({PromiseState.PENDING, PromiseState.DUE})


@transaction.atomic(durable=True)
def judge_promises(*, entity: Entity, at: datetime) -> int:
    """
    Bring the promises of an entity to where today and the money put them.

    Those that are open, and those whose time to be late has just run out. The number of statements
    does not depend on how many there are.

    :return: how many changed their state
    """
    today = today_of(entity, at)
    waiting = Promise.objects.filter(entity=entity).filter(
        Q(state__in=["PENDING", "DUE"]) | Q(state__in=["PARTIAL", "BROKEN"], late_date__gte=today)
    )
    return _judge(entity, set(waiting.values_list("customer", flat=True)), at)


@transaction.atomic(durable=True)
def judge_promises_of_payments(*, entity_id: int, match_ids: Sequence[int], at: datetime) -> int:
    """
    Bring the promises to date that payments are about, posted or taken back.

    :return: how many changed their state
    """
    customers = PromiseItem.objects.filter(
        item__in=Allocation.objects.filter(match__in=match_ids).values("item")
    ).values_list("promise__customer", flat=True)
    found = set(customers.distinct())
    return _judge(Entity.objects.get(pk=entity_id), found, at) if found else 0


def _judge(entity: Entity, customers: Collection[int], at: datetime) -> int:
    rows = (
        Promise.objects.select_for_update(no_key=True)
        .filter(customer__in=customers)
        .exclude(state="CANCELLED")
        .order_by("pk")
    )
    promises = {row.pk: row for row in rows}
    parts: dict[int, list[PromiseItem]] = defaultdict(list)
    for part in PromiseItem.objects.filter(promise__in=promises).order_by("pk"):
        parts[part.promise_id].append(part)
    money = _money({part.item_id for found in parts.values() for part in found})
    judged = _judgements(entity, promises, parts, money, at)
    changed, acts = _apply(promises, judged, at)
    update_rows(changed, ["state", "place", "paid_minor", "judged_at"])
    update_rows(_paid(parts, judged), ["paid_minor"])
    audit.log(entity_id=entity.pk, actor=SYSTEM, at=at, acts=acts)
    return len(acts)


def _money(items: Collection[int]) -> dict[int, list[Allocated]]:
    """Cash of posted payments on these items, by item; money that went back is not among it."""
    found: dict[int, list[Allocated]] = defaultdict(list)
    rows = Allocation.objects.filter(
        item__in=items, match__state=Match.State.POSTED, applied_minor__gt=0
    ).values_list(
        "match", "item", "match__bank_entry__value_date", "applied_minor", "match__applied_minor"
    )
    for match, item, day, minor, cash in rows.order_by("match", "item"):
        found[item].append(
            Allocated(payment=match, item=item, value_date=day, minor=minor, cash=max(cash, 0))
        )
    return found


def _judgements(
    entity: Entity,
    promises: dict[int, Promise],
    parts: dict[int, list[PromiseItem]],
    money: dict[int, list[Allocated]],
    at: datetime,
) -> dict[int, Judgement]:
    calendar, today = clock_of(entity).calendar, today_of(entity, at)
    by_debtor: dict[tuple[int, str], list[Promise]] = defaultdict(list)
    for row in promises.values():
        by_debtor[row.customer_id, row.currency].append(row)
    judged: dict[int, Judgement] = {}
    for rows in by_debtor.values():
        standing = [_standing(row, parts[row.pk]) for row in rows]
        items = sorted({key for each in standing for key in each.items})
        judged |= judge(standing, [one for key in items for one in money[key]], today, calendar)
    return judged


def _standing(row: Promise, parts: Sequence[PromiseItem]) -> Standing:
    terms = Terms(
        amount=Money(row.amount_minor, row.currency),
        due=row.due_date,
        made_on=row.made_date,
        method=PaymentMethod(row.method),
        tolerance=Money(row.tolerance_minor, row.currency),
    )
    return Standing(
        key=row.pk,
        promise=terms,
        items=[part.item_id for part in parts],
        state=PromiseState(row.state),
        paid_minor=row.paid_minor,
    )


def _apply(
    promises: dict[int, Promise], judged: dict[int, Judgement], at: datetime
) -> tuple[list[Promise], list[Act]]:
    changed, acts = [], []
    for key, verdict in judged.items():
        row, before = promises[key], promises[key].state
        if (before, row.paid_minor) == (verdict.state, verdict.paid_minor):
            continue
        row.paid_minor = verdict.paid_minor
        changed.append(row)
        if before == verdict.state:
            continue
        row.state, row.judged_at = Promise.State(verdict.state.value), at
        if verdict.state not in OPEN:
            row.place = None
        acts.append(Act("promise.judged", "customer", row.customer_id, _told(row, before)))
    return changed, acts


def _told(row: Promise, before: str) -> dict[str, Any]:
    return {
        "promise": row.pk,
        "from_state": before,
        "state": row.state,
        "currency": row.currency,
        "amount": row.amount_minor,
        "paid": row.paid_minor,
    }


def _paid(parts: dict[int, list[PromiseItem]], judged: dict[int, Judgement]) -> list[PromiseItem]:
    changed = []
    for key, verdict in judged.items():
        for part in parts[key]:
            paid = verdict.by_item.get(part.item_id, 0)
            if paid != part.paid_minor:
                part.paid_minor = paid
                changed.append(part)
    return changed
