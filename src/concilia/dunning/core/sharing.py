"""Which cents keep which promise: each counts once, and the state follows from them (§3.6)."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from concilia.dunning.core.promises import (
    KEPT_LATE_DAYS,
    PROMISE_MACHINE,
    Promise,
    PromiseAction,
    PromiseState,
    Receipt,
    evaluate_promise,
)
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import Money

# What money alone does to a promise; people do the rest.
BY_MONEY: Final = (
    PromiseAction.FALL_DUE,
    PromiseAction.KEEP,
    PromiseAction.KEEP_LATE,
    PromiseAction.PAY_PART,
    PromiseAction.BREAK,
    PromiseAction.RETURN,
)
JUDGED: Final = frozenset(
    {
        PromiseState.PENDING,
        PromiseState.DUE,
        PromiseState.KEPT,
        PromiseState.KEPT_LATE,
        PromiseState.PARTIAL,
        PromiseState.BROKEN,
    }
)
OPEN: Final = frozenset({PromiseState.PENDING, PromiseState.DUE, PromiseState.SUSPENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocated:
    """Money of a posted payment on one item, in minor units; `cash` is what the payment brought."""

    payment: int
    item: int
    value_date: date
    minor: int
    cash: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    A promise as it stands: by item what was promised, its state, and what was paid of it.

    Of one that another took the place of, what was paid then stays its own.
    """

    key: int
    promise: Promise
    items: Sequence[int]
    state: PromiseState
    paid_minor: int = 0


@dataclass(slots=True)
class Share:
    """What fell to one promise, by item, in the order of the value dates."""

    receipts: list[Receipt] = field(default_factory=list)
    by_item: dict[int, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True, slots=True)
class Judgement:
    """The state a promise has now, what is paid of it in all and by item."""

    state: PromiseState
    paid_minor: int
    by_item: Mapping[int, int]


def share_out(
    standing: Sequence[Standing], money: Sequence[Allocated], calendar: BusinessCalendar
) -> dict[int, Share]:
    """
    Deal the money of one debtor out among their promises; no cent falls to two (INV-16).

    The promise that was due first takes first, what has the earliest value date first, up to what
    was promised. A payment gives no more than the cash it brought: a credit note keeps no promise.
    """
    left = {(each.payment, each.item): each.minor for each in money}
    cash = {each.payment: each.cash for each in money}
    in_order = sorted(money, key=lambda each: (each.value_date, each.payment, each.item))
    shares: dict[int, Share] = {}
    for each in sorted(standing, key=lambda one: (one.promise.due, one.key)):
        share = shares.setdefault(each.key, Share())
        needs = _most(each)
        until = each.promise.last_day(calendar) + timedelta(days=KEPT_LATE_DAYS)
        for one in in_order:
            is_its = one.item in each.items and each.promise.made_on <= one.value_date <= until
            take = min(needs, left[one.payment, one.item], cash[one.payment]) if is_its else 0
            if take <= 0:
                continue
            left[one.payment, one.item] -= take
            cash[one.payment] -= take
            needs -= take
            share.by_item[one.item] += take
            amount = Money(take, each.promise.amount.currency)
            share.receipts.append(Receipt(one.value_date, amount))
    return shares


def judge(
    standing: Sequence[Standing],
    money: Sequence[Allocated],
    as_of: date,
    calendar: BusinessCalendar,
) -> dict[int, Judgement]:
    """Say of the promises of one debtor how they stand; those that people ended are left alone."""
    shares = share_out(standing, money, calendar)
    judged: dict[int, Judgement] = {}
    for each in standing:
        if each.state not in JUDGED:
            continue
        share = shares[each.key]
        verdict = evaluate_promise(each.promise, share.receipts, as_of, calendar)
        judged[each.key] = Judgement(
            follow(each.state, verdict.state), verdict.paid.minor, dict(share.by_item)
        )
    return judged


def follow(state: PromiseState, wanted: PromiseState) -> PromiseState:
    """
    Return the state the machine comes to on its shortest way to what the money says.

    Where there is no way (a kept promise is not pending again) the money has gone back: broken.
    """
    seen, waiting = {state}, deque([state])
    while waiting:
        here = waiting.popleft()
        if here is wanted:
            return wanted
        for act in BY_MONEY:
            if PROMISE_MACHINE.allows(here, act):
                after = PROMISE_MACHINE.after(here, act)
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
    return state if state in OPEN else PromiseState.BROKEN


def _most(each: Standing) -> int:
    """The most a promise takes: what was promised; of a replaced one, what it had taken."""
    if each.state is PromiseState.REPLACED:
        return each.paid_minor
    return 0 if each.state is PromiseState.CANCELLED else each.promise.amount.minor
