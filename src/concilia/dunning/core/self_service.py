"""What customers may do by themselves on their page, and the words we take it down in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from concilia.dunning.core.promises import HORIZON_DAYS, HORIZON_DAYS_BUSINESS

# What customers say is wrong, as reasons of claims (domain.md §2.3).
WRONG: Final[Mapping[str, str]] = {
    "missing": "NC-02",
    "damaged": "NC-05",
    "quality": "NC-06",
    "other_goods": "NC-07",
    "not_delivered": "NC-03",
    "price": "NC-08",
    "discount": "NC-09",
    "twice": "NC-17",
    "returned": "NC-14",
    "not_ours": "NC-18",
    "other": "FI-17",
}
# Why customers do not pay, as reasons for non-payment (domain.md §3.1).
WHY_NOT: Final[Mapping[str, str]] = {
    "not_received": "NR-02",
    "pay_run": "NR-03",
    "approval": "NR-06",
    "paid": "NR-08",
    "bill": "NR-19",
    "short": "NR-09",
    "long": "NR-10",
    "hard_time": "NR-12",
    "third_party": "NR-21",
    "method": "NR-04",
}
WORDS_MAX: Final = 2000
FILES_MAX: Final = 10
PLAN_PARTS_MAX: Final = 12


@dataclass(frozen=True, slots=True)
class DayRange:
    """The days somebody may choose for a promise, both included."""

    first: date
    last: date


def promise_days(today: date, *, is_business: bool) -> DayRange:
    """This will be the days a promise may be made for: from tomorrow to as far as it reaches."""
    days = HORIZON_DAYS_BUSINESS if is_business else HORIZON_DAYS
    return DayRange(today + timedelta(days=1), today + timedelta(days=days))


def plan_days(today: date, *, first_days: int) -> DayRange:
    """This will be the days the first row of a plan may be on: from tomorrow on."""
    return DayRange(today + timedelta(days=1), today + timedelta(days=max(1, first_days)))
