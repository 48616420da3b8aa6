"""Interest on late payment: simple, by days, rounded once (domain.md §4.2, normative)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Final

from concilia.dunning.core.interest_rates import RATES, RateMissing, RateRow, RateTable, Series
from concilia.dunning.core.interest_regimes import (
    AgreedRate,
    Basis,
    RateMode,
    Regime,
    StartRule,
)
from concilia.kernel.money import Money, total
from concilia.kernel.numbers import percent, round_half_up
from concilia.kernel.periods import Period, half_year_of, year_of

ONE_DAY: Final = timedelta(days=1)
LEGAL_MULTIPLE: Final = 3
YEARS_MAX: Final = 100


class InterestRefused(ValueError):
    """The law grants no such interest, or not enough is known to compute it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LateItem:
    """
    A debt paid late.

    :param until: the value date of the payment, or the day up to which interest is asked
    :param reductions: what was imputed to principal before, by value date; it bears interest up to
        and with that day
    :param notice: the day of the formal notice, where the law counts from it
    :param agreed_rate: the contract's rate in percent a year, instead of the law's
    """

    principal: Money
    due: date
    until: date
    reductions: tuple[tuple[date, Money], ...] = ()
    notice: date | None = None
    agreed_rate: Decimal | None = None

    def __post_init__(self) -> None:
        if self.principal.minor <= 0:
            raise InterestRefused(f"interest runs on a debt above zero, not on {self.principal}")
        if self.until.year - self.due.year > YEARS_MAX:
            raise InterestRefused(f"{self.due} to {self.until} is more than {YEARS_MAX} years")
        reduced = total((amount for _, amount in self.reductions), self.principal.currency)
        if reduced > self.principal or any(amount.minor <= 0 for _, amount in self.reductions):
            raise InterestRefused(f"{reduced} cannot be taken off a principal of {self.principal}")


@dataclass(frozen=True, slots=True)
class Segment:
    """Days with one principal and one rate. `raw` is in minor units, exact."""

    period: Period
    principal: Money
    rate: Decimal
    year_days: int
    raw: Fraction

    @property
    def days(self) -> int:
        """How many days bear interest."""
        return self.period.days


@dataclass(frozen=True, slots=True)
class LateInterest:
    """
    What a delay costs. A `provisional` amount was computed with the last known rate of a half-year
    whose rate is unknown: it is never demanded and never posted.
    """

    regime: Regime
    interest: Money
    compensation: Money | None
    segments: tuple[Segment, ...]
    sources: tuple[str, ...]
    provisional: bool

    @property
    def days(self) -> int:
        """How many days bear interest."""
        return sum(segment.days for segment in self.segments)

    @property
    def raw(self) -> Fraction:
        """The interest before rounding, in minor units."""
        return sum((segment.raw for segment in self.segments), Fraction(0))

    def by_segment(self) -> list[Money]:
        """
        Share the rounded interest over the segments, so that they add up to it to the cent.

        Rounding each segment by itself would not: the law rounds once.
        """
        if not self.raw:
            return [Money.zero(self.interest.currency)] * len(self.segments)
        unit = lcm(*(segment.raw.denominator for segment in self.segments))
        return self.interest.split([int(segment.raw * unit) for segment in self.segments])


@dataclass(frozen=True, slots=True)
class _Rate:
    percent: Decimal
    source: str
    provisional: bool = False


def late_interest(
    item: LateItem,
    regime: Regime,
    *,
    basis: Basis | None = None,
    rates: RateTable = RATES,
    provisional: bool = False,
) -> LateInterest:
    """
    Compute the interest from the day after the due date up to and with `until`.

    :param basis: another day count than the law's usual one
    :param provisional: take the last known rate where a half-year's is unknown
    :raises RateMissing: for an unknown half-year, named, unless provisional
    :raises InterestRefused: where a notice or an agreed rate is needed, or one is not allowed
    """
    _require_what_the_law_needs(item, regime)
    period = _bearing(item, regime)
    law = _Law(item, regime, basis or regime.basis, rates, provisional)
    law.check_agreed_rate(period)

    pieces = [(piece, law.rate(piece, period)) for piece in law.pieces(period)]
    segments = _merged(law.segment(piece, rate) for piece, rate in pieces)
    raw = sum((segment.raw for segment in segments), Fraction(0))
    return LateInterest(
        regime=regime,
        interest=Money(round_half_up(raw), item.principal.currency),
        compensation=_compensation(item, regime, period),
        segments=tuple(segments),
        sources=tuple(dict.fromkeys([regime.legal_base, *(rate.source for _, rate in pieces)])),
        provisional=any(rate.provisional for _, rate in pieces),
    )


@dataclass(frozen=True, slots=True)
class _Law:
    """A regime applied to one debt."""

    item: LateItem
    regime: Regime
    basis: Basis
    rates: RateTable
    provisional: bool

    def pieces(self, period: Period) -> list[Period]:
        """Cut where the rate, the principal or the length of the year may change."""
        borders = {value_date + ONE_DAY for value_date, _ in self.item.reductions}
        half_year = half_year_of(period.start)
        while half_year.end < period.end:
            borders.add(half_year.end)
            half_year = half_year_of(half_year.end)
        return [piece for piece in period.cut(borders) if piece.days]

    def rate(self, piece: Period, period: Period) -> _Rate:
        if self.item.agreed_rate is not None:
            return _Rate(self.item.agreed_rate, "rate agreed by contract")
        assert self.regime.series is not None, "a regime without a series needs an agreed rate"
        day = {
            RateMode.SEGMENTED: piece.start,
            RateMode.LOCK_AT_START: period.start,
            RateMode.LOCK_AT_PAYMENT: period.last,
        }[self.regime.mode]
        row, estimated = self._reference(self.regime.series, day)
        return _Rate(row.percent + self.regime.margin, row.source, estimated)

    def segment(self, piece: Period, rate: _Rate) -> Segment:
        reduced = total(
            (amount for value_date, amount in self.item.reductions if value_date < piece.start),
            self.item.principal.currency,
        )
        principal = self.item.principal - reduced
        year_days = 365 if self.basis is Basis.FIXED_365 else year_of(piece.start).days
        raw = principal.minor * percent(rate.percent) * piece.days / year_days
        return Segment(piece, principal, rate.percent, year_days, raw)

    def check_agreed_rate(self, period: Period) -> None:
        """Refuse a contract's rate below three times the legal one where the law says so."""
        agreed = self.item.agreed_rate
        if agreed is None or self.regime.agreed is not AgreedRate.NOT_BELOW_THREE_LEGAL:
            return
        legal, _ = self._reference(Series.FR_LEGAL, period.start)
        floor = LEGAL_MULTIPLE * legal.percent
        if agreed < floor:
            raise InterestRefused(
                f"an agreed rate of {agreed} % is below three times the legal rate, {floor} % "
                f"({self.regime.legal_base})"
            )

    def _reference(self, series: Series, day: date) -> tuple[RateRow, bool]:
        try:
            return self.rates.on(series, day), False
        except RateMissing:
            if not self.provisional:
                raise
            return self.rates.last_known(series, day), True


def _require_what_the_law_needs(item: LateItem, regime: Regime) -> None:
    if regime.start is StartRule.NOTICE and item.notice is None:
        raise InterestRefused(
            f"under {regime.id} interest runs from a formal notice: its date is needed"
        )
    if regime.agreed is AgreedRate.NEEDED and item.agreed_rate is None:
        raise InterestRefused(f"under {regime.id} interest needs a rate agreed by contract")
    if regime.agreed is AgreedRate.NOT_ALLOWED and item.agreed_rate is not None:
        raise InterestRefused(f"under {regime.id} no other rate than the law's can be agreed")
    if item.agreed_rate is not None and not 0 <= item.agreed_rate <= 100:  # noqa: PLR2004
        raise InterestRefused(f"an agreed rate of {item.agreed_rate} % is not between 0 and 100")


def _bearing(item: LateItem, regime: Regime) -> Period:
    counted_from = item.due
    if regime.start is StartRule.NOTICE and item.notice is not None:
        counted_from = max(item.due, item.notice)
    start = counted_from + ONE_DAY
    return Period(start, max(item.until + ONE_DAY, start))


def _compensation(item: LateItem, regime: Regime, period: Period) -> Money | None:
    if regime.compensation is None or not period.days:
        return Money.zero(item.principal.currency)
    return regime.compensation.due_on(item.principal)


def _merged(segments: Iterator[Segment]) -> list[Segment]:
    """Join neighbours that differ in nothing: a rate that stayed the same is one segment."""
    merged: list[Segment] = []
    for segment in segments:
        last = merged[-1] if merged else None
        if last and _alike(last, segment):
            period = Period(last.period.start, segment.period.end)
            segment = Segment(  # noqa: PLW2901
                period, last.principal, last.rate, last.year_days, last.raw + segment.raw
            )
            merged.pop()
        merged.append(segment)
    return merged


def _alike(one: Segment, other: Segment) -> bool:
    return (one.principal, one.rate, one.year_days) == (
        other.principal,
        other.rate,
        other.year_days,
    )
