"""What other tolerances would have done to past payments: two answers and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final

from concilia.matching import records
from concilia.matching.policy import Policy

# item → what it got: money, discount, write-off, deduction. `0` is the rest on account.
Does = Mapping[int, tuple[int, int, int, int]]
ON_ACCOUNT: Final = 0


class Kind(StrEnum):
    """What the other tolerances change about one payment."""

    MORE = "more"  # posted now, not before
    LESS = "less"  # posted before, not now
    ANEW = "anew"  # posted by both, otherwise
    SAME = "same"


class Verdict(StrEnum):
    """What would have been posted, held against what people decided in the end."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"  # nobody has decided yet, or nothing would have been posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerances:
    """
    The thresholds a simulation tries; None leaves one as it is. Amounts in minor units.

    Named as in `matching.policy.Policy`.
    """

    small_difference_minor: int | None = None
    small_difference_bp: int | None = None
    bank_charge_minor: int | None = None
    bank_charge_bp: int | None = None
    discount_grace_days: int | None = None
    name_similarity: int | None = None
    post_subsets: bool | None = None
    post_statements: bool | None = None

    def as_json(self) -> dict[str, int | bool]:
        """Only what is to be another one."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    def over(self, policy: Policy) -> Policy:
        """The policy with these thresholds instead of its own."""
        values: dict[str, Any] = dict(self.as_json())
        return replace(policy, **values)


TRIED: Final = tuple(each.name for each in fields(Tolerances))


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One payment under both policies; write-offs are what each would have posted, minor units."""

    kind: Kind
    verdict: Verdict
    was_posted: bool
    is_posted: bool
    writeoff_before_minor: int
    writeoff_minor: int


def compare(
    before: records.Match, now: records.Match, decided: Does | None, does: Mapping[str, Does]
) -> Compared:
    """
    Compare the answers of both policies with each other, and the new one with the decision.

    :param decided: what was posted in the end; None while nothing is
    :param does: what `before` and `now` do, under these names
    """
    was, is_now = (one.status is records.Status.POSTED for one in (before, now))
    return Compared(
        kind=_kind(was=was, is_now=is_now, is_same=does["before"] == does["now"]),
        verdict=_verdict(does["now"], decided, is_posted=is_now),
        was_posted=was,
        is_posted=is_now,
        writeoff_before_minor=_written_off(does["before"]) if was else 0,
        writeoff_minor=_written_off(does["now"]) if is_now else 0,
    )


def does_of(answer: records.Match, key_of: Any) -> Does:  # noqa: ANN401 - str to int
    """What an answer does to each item, and what it leaves on account."""
    kept: dict[str, int] = {}
    for one in answer.deductions:
        kept[one.item_id] = kept.get(one.item_id, 0) + one.amount_minor
    found = {
        key_of(one.item_id): (
            one.applied_minor,
            one.discount_minor,
            one.writeoff_minor,
            kept.get(one.item_id, 0),
        )
        for one in answer.allocations
    }
    if answer.on_account_minor:
        found[ON_ACCOUNT] = (answer.on_account_minor, 0, 0, 0)
    return found


def _kind(*, was: bool, is_now: bool, is_same: bool) -> Kind:
    if is_now and not was:
        return Kind.MORE
    if was and not is_now:
        return Kind.LESS
    return Kind.SAME if is_same or not is_now else Kind.ANEW


def _verdict(does: Does, decided: Does | None, *, is_posted: bool) -> Verdict:
    if not is_posted or decided is None:
        return Verdict.UNKNOWN
    return Verdict.RIGHT if does == decided else Verdict.WRONG


def _written_off(does: Does) -> int:
    return sum(abs(writeoff) for _, _, writeoff, _ in does.values())


def summed(rows: Iterable[tuple[str, Compared]]) -> dict[str, Any]:
    """
    The figures of some payments, by name; write-offs by currency. They add up over parts.

    :param rows: the currency of each payment, and how it compares
    """
    told: dict[str, Any] = {
        "payments": 0,
        "before": 0,
        "now": 0,
        "more": 0,
        "less": 0,
        "anew": 0,
        "right": 0,
        "wrong": 0,
        "unknown": 0,
        "writeoff_before": {},
        "writeoff": {},
    }
    for currency, one in rows:
        told["payments"] += 1
        told["before"] += one.was_posted
        told["now"] += one.is_posted
        if one.kind is not Kind.SAME:
            told[one.kind] += 1
        if one.kind in {Kind.MORE, Kind.ANEW}:
            told[one.verdict] += 1
        for name, minor in (
            ("writeoff_before", one.writeoff_before_minor),
            ("writeoff", one.writeoff_minor),
        ):
            if minor:
                told[name][currency] = told[name].get(currency, 0) + minor
    return told


def added(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Two parts of the figures together."""
    if not first:
        return dict(second)
    together: dict[str, Any] = {}
    for name, value in second.items():
        if isinstance(value, Mapping):
            sums = dict(first[name])
            for currency, minor in value.items():
                sums[currency] = sums.get(currency, 0) + minor
            together[name] = sums
        else:
            together[name] = first[name] + value
    return together
