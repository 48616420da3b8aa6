"""What an agency earns under shared risk: little fixed, more with results (domain.md §9.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from concilia.kernel.money import Money
from concilia.kernel.numbers import percent, quotient, round_half_up, to_places

QUALITY_FULL: Final = Decimal("1.00")
QUALITY_MAX: Final = Decimal("1.10")
BREACHES_MAX: Final = 2


class FeeMode(StrEnum):
    """How the bands pay."""

    MARGINAL = "MARGINAL"  # each slice at its own rate
    CLIFF = "CLIFF"  # all of it at the rate reached: it jumps
    UPLIFT = "UPLIFT"  # by slices, on what exceeds a control group


@dataclass(frozen=True, slots=True)
class Band:
    """From this share of the target on (percent), this rate (percent) is paid."""

    from_percent: Decimal
    rate: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class FeeModel:
    """
    What was agreed before the mandate started.

    :param fixed_per_account: for each account placed
    :param target: what is to be recovered; bands are shares of it
    :param bands: rising, the first from 0
    :param floor, cap: bounds of the whole fee
    """

    fixed_per_account: Money
    target: Money
    bands: tuple[Band, ...]
    mode: FeeMode = FeeMode.MARGINAL
    floor: Money | None = None
    cap: Money | None = None

    def __post_init__(self) -> None:
        if self.target.minor <= 0:
            raise ValueError(f"a target of {self.target} cannot be shared into bands")
        starts = [band.from_percent for band in self.bands]
        if not starts or starts[0] != 0 or any(one >= other for one, other in pairwise(starts)):
            raise ValueError(
                f"bands rise from 0 %, these start at {[str(each) for each in starts]}"
            )
        if any(band.rate < 0 for band in self.bands):
            raise ValueError("a band cannot pay less than nothing")
        if self.floor is not None and self.cap is not None and self.cap < self.floor:
            raise ValueError(f"the cap {self.cap} is below the floor {self.floor}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """
    What the agency did.

    :param recovered: cash that counts, with value date in the mandate and its tail
    :param returned: of it, what the bank took back afterwards
    :param baseline: what a control group would have paid anyway (UPLIFT)
    :param quality: the factor of `quality_factor`
    """

    accounts: int
    recovered: Money
    returned: Money
    baseline: Money | None = None
    quality: Decimal = QUALITY_FULL


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of what was recovered, and what it earns, exact, in minor units."""

    from_minor: Fraction
    amount: Fraction
    rate: Decimal
    earned: Fraction


@dataclass(frozen=True, slots=True)
class Fee:
    """
    The fee and its parts. `clawback` is what returned payments took off the success fee.

    `share_of_recovered` is in percent with two decimals, None if nothing was recovered.
    """

    fixed: Money
    success: Money
    clawback: Money
    total: Money
    achieved_percent: Decimal
    share_of_recovered: Decimal | None
    slices: tuple[Slice, ...]
    warnings: tuple[str, ...]


def fee(model: FeeModel, result: Result) -> Fee:
    """
    Return what is owed: fixed + quality x success, within floor and cap.

    In MARGINAL mode it never falls when more is recovered (INV-26).

    :raises ValueError: if more came back than was recovered, or the quality is negative
    """
    net = result.recovered - result.returned
    if net.minor < 0 or result.returned.minor < 0 or result.quality < 0 or result.accounts < 0:
        raise ValueError(f"{result} is not a result an agency can have")
    fixed = model.fixed_per_account.times(result.accounts)
    success, slices = _success(model, result, net)
    before, _ = _success(model, result, result.recovered)
    owed = fixed + success
    if model.cap is not None:
        owed = min(owed, model.cap)
    if model.floor is not None:
        owed = max(owed, model.floor)
    return Fee(
        fixed=fixed,
        success=success,
        clawback=before - success,
        total=owed,
        achieved_percent=to_places(Fraction(100 * net.minor, model.target.minor), 2),
        share_of_recovered=_share(owed, net),
        slices=slices,
        warnings=tuple(_warnings(model)),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Quality:
    """How the agency worked; satisfaction is out of 5, promises kept are in percent."""

    complaints_per_1000: Decimal = Decimal(0)
    complaints_limit: Decimal = Decimal(1)
    breaches: int = 0
    satisfaction: Decimal | None = None
    promises_kept: Decimal | None = None


def quality_factor(quality: Quality) -> Decimal:
    """
    Return the factor on the success fee, 0 to 1.10, that makes pressure not pay.

    Starts at 1.00; complaints above the limit take 0.05, each breach of the rules 0.10 and the
    second everything; satisfaction of 4.3 adds 0.03, seven promises kept of ten 0.02.
    """
    if quality.breaches >= BREACHES_MAX:
        return Decimal("0.00")
    factor = QUALITY_FULL - Decimal("0.10") * quality.breaches
    if quality.complaints_per_1000 > quality.complaints_limit:
        factor -= Decimal("0.05")
    if quality.satisfaction is not None and quality.satisfaction >= Decimal("4.3"):
        factor += Decimal("0.03")
    if quality.promises_kept is not None and quality.promises_kept >= Decimal(70):
        factor += Decimal("0.02")
    return max(Decimal("0.00"), min(factor, QUALITY_MAX))


def _success(model: FeeModel, result: Result, recovered: Money) -> tuple[Money, tuple[Slice, ...]]:
    base = Fraction(recovered.minor)
    if model.mode is FeeMode.UPLIFT:
        if result.baseline is None:
            raise ValueError("a fee on the uplift needs what a control group would have paid")
        base = max(base - result.baseline.minor, Fraction(0))
    cut = _whole if model.mode is FeeMode.CLIFF else _by_band
    slices = tuple(cut(model, base))
    earned = sum((each.earned for each in slices), Fraction(0)) * Fraction(result.quality)
    return Money(round_half_up(earned), recovered.currency), slices


def _by_band(model: FeeModel, base: Fraction) -> Iterator[Slice]:
    starts = [model.target.minor * percent(band.from_percent) for band in model.bands]
    for band, start, end in zip(model.bands, starts, [*starts[1:], None], strict=True):
        top = base if end is None else min(base, end)
        if top > start:
            yield Slice(start, top - start, band.rate, (top - start) * percent(band.rate))


def _whole(model: FeeModel, base: Fraction) -> Iterator[Slice]:
    reached = [
        band for band in model.bands if base >= model.target.minor * percent(band.from_percent)
    ]
    rate = reached[-1].rate
    yield Slice(Fraction(0), base, rate, base * percent(rate))


def _warnings(model: FeeModel) -> Iterator[str]:
    """In CLIFF mode one more cent can be worth thousands: say where and how much."""
    if model.mode is not FeeMode.CLIFF:
        return
    for below, above in pairwise(model.bands):
        at = model.target.percent(above.from_percent)
        jump = at.percent(above.rate - below.rate)
        yield f"at {above.from_percent} % of the target ({at}) the fee jumps by {jump}"


def _share(owed: Money, net: Money) -> Decimal | None:
    share = quotient(100 * owed.minor, net.minor)
    return None if share is None else to_places(share, 2)
