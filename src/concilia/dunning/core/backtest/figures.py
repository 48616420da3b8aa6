"""What really happened and what would have, as whole numbers that add up over customers."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from concilia.dunning.core.backtest.past import Past, RealTouch
from concilia.dunning.core.backtest.walking import Sent, ValueOf, Walked
from concilia.dunning.core.motives import Tone
from concilia.dunning.core.strategy.segments import stage_of
from concilia.dunning.core.strategy.terms import BY_PROGRAM

PAID_WITHIN_DAYS: Final = 7
# How many days earlier (below zero) or later a first touch is, by the last day of each span.
SPANS: Final = (-31, -15, -8, -1, 0, 7, 14, 30)
DAYS_MOST: Final = 10_000
SPAN_NAMES: Final = ("-31", "-15", "-8", "-1", "0", "1", "8", "15", "31")
THEN, SO = "then", "so"


@dataclass(slots=True, kw_only=True)
class Fared:
    """
    One customer: what they really heard, and what they would have; days as ordinals, 0 for none.

    :param unneeded: touches for what was paid within a week although nobody had asked for it
    :param minor: what the first touch asks for, in minor units of the company's currency
    """

    customer_id: int
    touches_then: int = 0
    touches_so: int = 0
    first_then: int = 0
    first_so: int = 0
    firmest_then: int = 0
    firmest_so: int = 0
    unneeded: int = 0
    minor: int = 0


@dataclass(slots=True)
class Figured:
    """The figures of some customers, and each customer who heard or would have heard."""

    figures: dict[str, Any]
    fared: list[Fared]


@dataclass(frozen=True, slots=True)
class _Item:
    """When an item was due and when money closed it, as ordinals; 0 for never."""

    due: int
    closed: int


@dataclass(slots=True)
class _Side:
    """One of both sides, added up."""

    touches: list[Sent]
    by_customer: dict[int, list[Sent]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for one in sorted(self.touches, key=lambda one: one.on):
            self.by_customer[one.customer_id].append(one)


def figures_of(past: Past, walked: Walked, *, value_of: ValueOf) -> Figured:
    """
    Lay beside each other what some customers heard and what they would have heard.

    :param value_of: an amount in a currency in minor units of the company's currency
    """
    items = {
        key: _Item(due, closed)
        for key, due, closed in zip(
            past.items.key.tolist(), past.items.due.tolist(), past.items.closed.tolist(),
            strict=True,
        )
    }  # fmt: skip
    then = _Side([_sent(one, value_of) for one in past.real if one.on])
    so = _Side(walked.sent)
    teams = {person.id: person.team for person in past.people}
    fared = _fared(then, so)
    unneeded, minor = _unneeded(then, so, items, past.asked_before, fared)
    kept = [one for one in past.real if not one.on]
    figures = {
        "customers": len(past.people),
        THEN: _told(then, items, teams, past.asked_before, value_of)
        | {"passes": dict(Counter(one.why for one in kept)), "rules": {}},
        SO: _told(so, items, teams, past.asked_before, value_of)
        | {"passes": dict(walked.passes), "rules": dict(walked.rules)},
        "first": _first(fared.values()),
        "unneeded": {"touches": unneeded, "minor": minor},
    }
    return Figured(figures, [fared[key] for key in sorted(fared)])


def span_of(days: int) -> str:
    """Return which span of days earlier or later that is."""
    return SPAN_NAMES[bisect_left(SPANS, days)]


def span_days(name: str) -> tuple[int, int]:
    """Return the first and the last number of days of a span."""
    n = SPAN_NAMES.index(name)
    first = SPANS[n - 1] + 1 if n else -DAYS_MOST
    return first, SPANS[n] if n < len(SPANS) else DAYS_MOST


def _sent(real: RealTouch, value_of: ValueOf) -> Sent:
    minor = value_of(real.minor, real.currency)
    return Sent(real.customer_id, real.currency, real.on, real.tone, real.way, minor, real.items)


def _told(
    side: _Side,
    items: Mapping[int, _Item],
    teams: Mapping[int, str],
    asked_before: frozenset[int],
    value_of: ValueOf,
) -> dict[str, Any]:
    whole = side.by_customer.values()
    warned = [first for touches in whole if (first := _asked_first(touches)) is not None]
    return {
        "touches": len(side.touches),
        "minor": sum(one.minor for one in side.touches),
        "ways": dict(Counter(one.way for one in side.touches)),
        "tones": dict(Counter(str(one.tone) for one in side.touches)),
        "customers": len(side.by_customer),
        "firmest": dict(Counter(str(max(one.tone for one in touches)) for touches in whole)),
        "warned": len(warned),
        "asked_first": sum(warned),
        "reached": _reached(side, items, asked_before, value_of),
        "load": _load(side.touches),
        "teams": _teams(side.touches, teams),
    }


def _asked_first(touches: Sequence[Sent]) -> bool | None:
    """Whether they were asked why before they were warned; None if they were not warned."""
    tones = [one.tone for one in touches]
    firm = next((n for n, tone in enumerate(tones) if tone >= Tone.FIRM), None)
    return None if firm is None else Tone.QUESTION in tones[:firm]


def _reached(
    side: _Side,
    items: Mapping[int, _Item],
    asked_before: frozenset[int],
    value_of: ValueOf,
) -> dict[str, int]:
    """By how late it was: what was asked for the first time, in minor units."""
    reached: Counter[str] = Counter()
    asked = set(asked_before)
    for touches in side.by_customer.values():
        for one in touches:
            for key, minor in one.items:
                if key in asked or key not in items:
                    continue
                asked.add(key)
                late = max(1, one.on - items[key].due)
                reached[stage_of(late).value] += value_of(minor, one.currency)
    return dict(reached)


def _load(touches: Sequence[Sent]) -> dict[str, dict[str, int]]:
    """What people do by hand, by way and day."""
    load: dict[str, Counter[str]] = defaultdict(Counter)
    for one in touches:
        if one.way not in BY_PROGRAM:
            load[one.way][date.fromordinal(one.on).isoformat()] += 1
    return {way: dict(days) for way, days in load.items()}


def _teams(touches: Sequence[Sent], teams: Mapping[int, str]) -> dict[str, dict[str, int]]:
    """What people do by hand, by team and way."""
    load: dict[str, Counter[str]] = defaultdict(Counter)
    for one in touches:
        if one.way not in BY_PROGRAM:
            load[teams.get(one.customer_id, "")][one.way] += 1
    return {team: dict(ways) for team, ways in load.items()}


def _fared(then: _Side, so: _Side) -> dict[int, Fared]:
    fared = {key: Fared(customer_id=key) for key in {**then.by_customer, **so.by_customer}}
    for key, touches in then.by_customer.items():
        one = fared[key]
        one.touches_then, one.first_then = len(touches), touches[0].on
        one.firmest_then, one.minor = max(each.tone for each in touches), touches[0].minor
    for key, touches in so.by_customer.items():
        one = fared[key]
        one.touches_so, one.first_so = len(touches), touches[0].on
        one.firmest_so, one.minor = max(each.tone for each in touches), touches[0].minor
    return fared


def _first(fared: Collection[Fared]) -> dict[str, Any]:
    """How much earlier or later customers would have heard for the first time."""
    both = [one.first_so - one.first_then for one in fared if one.first_so and one.first_then]
    return {
        "earlier": sum(days < 0 for days in both),
        "same": sum(days == 0 for days in both),
        "later": sum(days > 0 for days in both),
        "only_so": sum(not one.first_then for one in fared),
        "only_then": sum(not one.first_so for one in fared),
        "spans": dict(Counter(map(span_of, both))),
    }


def _unneeded(
    then: _Side,
    so: _Side,
    items: Mapping[int, _Item],
    asked_before: frozenset[int],
    fared: Mapping[int, Fared],
) -> tuple[int, int]:
    """Touches for what was all paid within a week, although nobody had asked for any of it."""
    asked_on: dict[int, int] = dict.fromkeys(asked_before, 0)
    for one in sorted(then.touches, key=lambda one: one.on):
        for key, _minor in one.items:
            asked_on.setdefault(key, one.on)
    touches = minor = 0
    for one in so.touches:
        if all(_is_paid_anyway(items.get(key), asked_on.get(key), one.on) for key, _ in one.items):
            touches, minor = touches + 1, minor + one.minor
            fared[one.customer_id].unneeded += 1
    return touches, minor


def _is_paid_anyway(item: _Item | None, asked_on: int | None, on: int) -> bool:
    if item is None or not on <= item.closed <= on + PAID_WITHIN_DAYS:
        return False
    return asked_on is None or asked_on > item.closed
