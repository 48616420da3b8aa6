"""What an entity may set of the engine's policy: each value's kind and bounds. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from concilia.cash.core.typed import amount_typed
from concilia.kernel.currencies import exponent_of
from concilia.kernel.reasons import REASONS
from concilia.matching.policy import DEFAULT, Policy

COUNTRY: Final = re.compile(r"[A-Z]{2}")
CODE: Final = re.compile(r"[A-Z0-9]+(?:[-./][A-Z0-9]+)*")
CODES_MAX: Final = 500
DIGITS_MAX: Final = 12
YES: Final = "yes"
NO: Final = "no"
MILLION: Final = 1_000_000

Value = int | str | bool | Decimal | Mapping[str, str]


class Kind(StrEnum):
    """How a value is written."""

    AMOUNT = "amount"  # in the entity's currency
    SHARE = "share"  # basis points, written in percent
    PERCENT = "percent"  # whole percent
    CHANCE = "chance"  # a decimal share, written in percent
    DAYS = "days"
    TIMES = "times"
    MILLIONS = "millions"
    SWITCH = "switch"
    COUNTRY = "country"
    CODES = "codes"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One value; `least` and `most` as `value_of` gives them, where the kind has an order."""

    name: str
    kind: Kind
    least: int | Decimal = 0
    most: int | Decimal = 0


THRESHOLDS: Final[Mapping[str, Threshold]] = {
    one.name: one
    for one in (
        Threshold("small_difference_minor", Kind.AMOUNT, 0, 1_000_000),
        Threshold("small_difference_bp", Kind.SHARE, 0, 1_000),
        Threshold("small_difference_month_minor", Kind.AMOUNT, 0, 10_000_000),
        Threshold("bank_charge_minor", Kind.AMOUNT, 0, 1_000_000),
        Threshold("bank_charge_bp", Kind.SHARE, 0, 10_000),
        Threshold("discount_grace_days", Kind.DAYS, 0, 60),
        Threshold("part_payment_bp", Kind.SHARE, 100, 10_000),
        Threshold("overpayment_bp", Kind.SHARE, 0, 10_000),
        Threshold("post_subsets", Kind.SWITCH),
        Threshold("post_statements", Kind.SWITCH),
        Threshold("coincidence_max", Kind.CHANCE, Decimal(0), Decimal("0.05")),
        Threshold("name_similarity", Kind.PERCENT, 80, 100),
        Threshold("remittance_days", Kind.DAYS, 0, 60),
        Threshold("habit_confirmations_min", Kind.TIMES, 10, 10_000),
        Threshold("habit_probability_bp", Kind.SHARE, 9_000, 10_000),
        Threshold("habit_late_days", Kind.DAYS, 1, 180),
        Threshold("subset_work_max", Kind.MILLIONS, MILLION, 2_000 * MILLION),
        Threshold("country", Kind.COUNTRY),
        Threshold("reason_codes", Kind.CODES),
    )
}
assert set(THRESHOLDS) == {each.name for each in fields(Policy)}, "every value can be set"


class ThresholdUnreadable(ValueError):
    """What was typed is no such value, or beyond its bounds."""

    def __init__(self, threshold: Threshold, text: str) -> None:
        super().__init__(f"{threshold.name}: {text}")
        self.threshold = threshold
        self.text = text


def value_of(threshold: Threshold, text: str, currency: str) -> Value:
    """
    Read what a person or a program wrote: `1,00`, `0.5`, `yes`, `IT`, `4471 = NC-01` by lines.

    :raises ThresholdUnreadable: if it is no such value, or beyond the bounds
    """
    bare = text.strip().removesuffix("%").strip()
    value = _READERS[threshold.kind](bare, currency)
    if value is None or not _is_within(threshold, value):
        raise ThresholdUnreadable(threshold, text)
    return value


def _is_within(threshold: Threshold, value: object) -> bool:
    is_number = isinstance(value, int | Decimal) and threshold.most
    return not is_number or threshold.least <= value <= threshold.most  # type: ignore[operator]


def written(threshold: Threshold, value: object, currency: str) -> str:
    """This will be a value as `value_of` reads it back, the same in every language."""
    if threshold.kind in _UNITS_OF:
        unit = _UNITS_OF[threshold.kind] or Decimal(10) ** exponent_of(currency)
        return _plain(Decimal(str(value)) / unit)
    if threshold.kind is Kind.SWITCH:
        return YES if value else NO
    if isinstance(value, Mapping):
        return "\n".join(f"{code} = {reason}" for code, reason in sorted(value.items()))
    return str(value)


def stored(value: object) -> object:
    """A value as settings keep it (JSON)."""
    return str(value) if isinstance(value, Decimal) else value


def default_of(name: str, country: str) -> object:
    """What holds where nothing is set; the country is the entity's own."""
    return country if name == "country" else getattr(DEFAULT, name)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(text: str) -> Decimal | None:
    bare = text.replace(",", ".")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    return number if number.is_finite() and len(bare) <= DIGITS_MAX else None


def _whole(text: str, _currency: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS_MAX else None


def _share(text: str, _currency: str) -> int | None:
    number = _number(text)
    points = number * 100 if number is not None else None
    return int(points) if points is not None and points == points.to_integral_value() else None


def _chance(text: str, _currency: str) -> Decimal | None:
    number = _number(text)
    return number / 100 if number is not None else None


def _millions(text: str, _currency: str) -> int | None:
    number = _number(text)
    return int(number * MILLION) if number is not None else None


def _switch(text: str, _currency: str) -> bool | None:
    return {YES: True, NO: False}.get(text)


def _country(text: str, _currency: str) -> str | None:
    return text.upper() if COUNTRY.fullmatch(text.upper()) else None


def _codes(text: str, _currency: str) -> dict[str, str] | None:
    codes: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        code, _, reason = (part.strip().upper() for part in line.partition("="))
        if not CODE.fullmatch(code) or reason not in REASONS:
            return None
        codes[code] = reason
    return codes if len(codes) <= CODES_MAX else None


# How many of what is kept make one of what is written; none: the currency says it.
_UNITS_OF: Final[Mapping[Kind, Decimal | None]] = {
    Kind.AMOUNT: None,
    Kind.SHARE: Decimal(100),
    Kind.CHANCE: Decimal("0.01"),
    Kind.MILLIONS: Decimal(MILLION),
}
_READERS: Final = {
    Kind.AMOUNT: amount_typed,
    Kind.SHARE: _share,
    Kind.PERCENT: _whole,
    Kind.CHANCE: _chance,
    Kind.DAYS: _whole,
    Kind.TIMES: _whole,
    Kind.MILLIONS: _millions,
    Kind.SWITCH: _switch,
    Kind.COUNTRY: _country,
    Kind.CODES: _codes,
}
