"""Which plan a customer gets, and by which rule and inputs (domain.md §3.2)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from concilia.dunning.core.strategy.arms import Arm, arm_of
from concilia.dunning.core.strategy.terms import Band, Stage, Strategy, Who

_LAST_DAYS: Final = (10, 30, 60, 90, 180, 365)
_STAGES: Final = tuple(Stage)
# The best score of each band, from the worst on.
_BANDS: Final = ((25, Band.D), (50, Band.C), (75, Band.B), (101, Band.A))
# What the master data calls them; whoever has no VAT number is a consumer.
_SEGMENTS: Final = {
    "public": Who.PUBLIC,
    "key": Who.KEY,
    "key account": Who.KEY,
    "intercompany": Who.INTERCOMPANY,
    "micro": Who.MICRO,
    "shop": Who.MICRO,
}
DAYS_LATE_WORST: Final = 60


@dataclass(frozen=True, slots=True)
class Behaviour:
    """
    How somebody paid in the last twelve months. No data about the person is in it.

    :param paid: how many items they paid; `late` of them after the due date
    :param days_late: on average, weighted by amount, in days; early counts as zero
    :param promises: how many were judged, `broken` of them not kept
    :param returned: debits that came back
    :param disputed: items a claim was about
    """

    paid: int = 0
    late: int = 0
    days_late: int = 0
    promises: int = 0
    broken: int = 0
    returned: int = 0
    disputed: int = 0


def score_of(told: Behaviour) -> int | None:
    """
    Return 0 (worst) to 100, None where nothing is known yet.

    A hundred less: days late up to 45, the share of late items up to 20, broken promises up to 20,
    returned debits up to 15. Disputes count for nothing: who complains is no bad payer.
    """
    if not told.paid and not told.promises and not told.returned:
        return None
    less = 45 * min(told.days_late, DAYS_LATE_WORST) // DAYS_LATE_WORST
    less += 20 * told.late // told.paid if told.paid else 0
    less += 20 * told.broken // told.promises if told.promises else 0
    less += min(5 * told.returned, 15)
    return 100 - less


def band_of(score: int | None) -> Band:
    """Return the quartile of a score."""
    if score is None:
        return Band.NEW
    return next(band for below, band in _BANDS if score < below)


def stage_of(days_late: int) -> Stage:
    """Return how late that is."""
    if days_late < 1:
        return Stage.BEFORE
    return _STAGES[1 + bisect_right(_LAST_DAYS, days_late - 1)]


def who_of(segment: str, *, is_business: bool) -> Who:
    """Return what kind of debtor this is, by the words of the master data."""
    found = _SEGMENTS.get(segment.strip().lower())
    if found is not None and (is_business or found is not Who.MICRO):
        return found
    return Who.BUSINESS if is_business else Who.CONSUMER


@dataclass(frozen=True, slots=True)
class Place:
    """What a rule may ask about a customer."""

    who: Who
    band: Band
    stage: Stage
    value: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """Which plan, by which rule, and the arm of an experiment."""

    plan: str
    rule: str
    arm: Arm


class Assigner:
    """A strategy made ready to be asked for many customers: like places are looked up once."""

    def __init__(self, strategy: Strategy) -> None:
        self.strategy = strategy
        self._steps = sorted({rule.value_from for rule in strategy.rules})
        self._known: dict[tuple[Who, Band, Stage, int], tuple[str, str]] = {}

    def assign(self, place: Place, customer_id: int, *, may_try: bool) -> Assigned:
        """
        Return the plan of the first rule that fits, or its challenger's.

        :param may_try: not vulnerable, deceased, insolvent or disputing: those are never tried on
        """
        key = (place.who, place.band, place.stage, bisect_right(self._steps, place.value))
        if key not in self._known:
            self._known[key] = self._first(place)
        rule, plan = self._known[key]
        tried = self.strategy.experiment
        if tried is None or tried.plan != plan or not may_try:
            return Assigned(plan, rule, Arm.NONE)
        arm = arm_of(customer_id, tried.name, tried.percent)
        return Assigned(tried.challenger if arm is Arm.CHALLENGER else plan, rule, arm)

    def _first(self, place: Place) -> tuple[str, str]:
        return next(
            (rule.id, rule.plan)
            for rule in self.strategy.rules
            if (not rule.who or place.who in rule.who)
            and (not rule.bands or place.band in rule.bands)
            and (not rule.stages or place.stage in rule.stages)
            and place.value >= rule.value_from
        )
