"""Exact amounts of money, in minor units beside their currency (domain.md N-1 to N-3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import total_ordering
from typing import Final

from concilia.kernel.currencies import exponent_of
from concilia.kernel.numbers import Exact, percent, round_half_up

DIGITS_MAX: Final = 18  # what a 64-bit integer column holds
_AMOUNT: Final = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?")


class CurrencyMismatch(ValueError):
    """Two amounts in different currencies met in one calculation."""


class AmountUnreadable(ValueError):
    """The text is not an amount in this currency."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount, counted in the currency's minor unit: `Money(123450, "EUR")`."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are whole numbers, not {self.minor!r}")
        exponent_of(self.currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Return nothing, in this currency."""
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """
        Read a decimal string such as `1234.50`, exactly: a point, no grouping, no exponent.

        :raises AmountUnreadable: if it is anything else, or has more decimals than the currency
            (`1.500` in euros may be fifteen hundred: we do not guess)
        """
        exponent = exponent_of(currency)
        read = _AMOUNT.fullmatch(text)
        if read is None:
            raise AmountUnreadable(f"{text[:40]!r} is not an amount like 1234.50")
        sign, whole, decimals = read[1], read[2], read[3] or ""
        if len(decimals) > exponent:
            raise AmountUnreadable(
                f"{text[:40]!r} has {len(decimals)} decimals; {currency} has {exponent}"
            )
        digits = (whole + decimals.ljust(exponent, "0")).lstrip("0") or "0"
        if len(digits) > DIGITS_MAX:
            raise AmountUnreadable(f"{text[:40]!r} is larger than any amount we can book")
        return cls(-int(digits) if sign == "-" else int(digits), currency)

    @property
    def exponent(self) -> int:
        """How many decimals the currency has."""
        return exponent_of(self.currency)

    @property
    def is_zero(self) -> bool:
        """Whether there is nothing."""
        return self.minor == 0

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.to_decimal_string()} {self.currency}"

    def __add__(self, other: Money) -> Money:
        self._require_same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._require_same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __lt__(self, other: Money) -> bool:
        self._require_same_currency(other)
        return self.minor < other.minor

    def to_decimal(self) -> Decimal:
        """Return the amount in whole currency units, with all its decimals."""
        return Decimal(self.minor).scaleb(-self.exponent)

    def to_decimal_string(self) -> str:
        """Return `1234.50`: what `parse` reads back, and what every file and API carries."""
        digits = str(abs(self.minor)).rjust(self.exponent + 1, "0")
        sign = "-" if self.minor < 0 else ""
        if self.exponent == 0:
            return sign + digits
        return f"{sign}{digits[: -self.exponent]}.{digits[-self.exponent :]}"

    def times(self, factor: Exact) -> Money:
        """Multiply by a quantity or rate, rounding half up once (domain.md N-2)."""
        return Money(round_half_up(self.minor * Fraction(factor)), self.currency)

    def percent(self, rate: Exact) -> Money:
        """Return `rate` percent of the amount, rounded half up once."""
        return self.times(percent(rate))

    def split(self, weights: Sequence[int]) -> list[Money]:
        """
        Divide by weight without losing a cent (largest remainder, domain.md N-3).

        Shares differ from the exact proportion by less than one minor unit; among equal
        remainders the earlier share gets the unit. Negative amounts mirror positive ones.

        :raises ValueError: if there are no weights, one is negative, or all are zero
        """
        total = sum(weights)
        if total <= 0 or any(weight < 0 for weight in weights):
            raise ValueError(f"cannot split by the weights {list(weights)[:10]}")

        whole = abs(self.minor)
        shares = [whole * weight // total for weight in weights]
        remainders = [whole * weight % total for weight in weights]
        first = sorted(range(len(shares)), key=lambda index: -remainders[index])
        for index in first[: whole - sum(shares)]:
            shares[index] += 1
        assert sum(shares) == whole

        sign = -1 if self.minor < 0 else 1
        return [Money(sign * share, self.currency) for share in shares]

    def split_equal(self, count: int) -> list[Money]:
        """Divide into `count` equal parts, the odd cents going to the first (domain.md R-3.20)."""
        if count < 1:
            raise ValueError(f"cannot split into {count} parts")
        return self.split([1] * count)

    def _require_same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self} and {other} cannot meet in one calculation")


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Add amounts up; `currency` says what nothing is worth, and every amount must be in it."""
    minor = 0
    for amount in amounts:
        if amount.currency != currency:
            raise CurrencyMismatch(f"{amount} cannot be added up in {currency}")
        minor += amount.minor
    return Money(minor, currency)


@dataclass(frozen=True, slots=True)
class VatSplit:
    """A gross amount and what it is made of: `net + vat` is the gross, to the cent (INV-22)."""

    net: Money
    vat: Money

    @property
    def gross(self) -> Money:
        """The amount that was split."""
        return self.net + self.vat


def vat_split(gross: Money, rate: Exact) -> VatSplit:
    """
    Take the VAT out of a gross amount: `net = round(gross / (1 + r))` (domain.md §7.2).

    :param rate: in percent, `Decimal("22")` for 22 %
    :raises ValueError: if the rate is negative
    """
    if rate < 0:
        raise ValueError(f"a VAT rate of {rate} % does not exist")
    net = gross.times(1 / (1 + percent(rate)))
    return VatSplit(net=net, vat=gross - net)


def vat_split_by_rate(gross: Money, invoiced: Mapping[Decimal, Money]) -> dict[Decimal, VatSplit]:
    """
    Take the VAT out of a gross amount that touches lines of several rates.

    :param invoiced: the gross amount invoiced at each rate (in percent); `gross` is spread over
        them in proportion by largest remainder, then split rate by rate (domain.md §7.2)
    """
    shares = gross.split([amount.minor for amount in invoiced.values()])
    return {rate: vat_split(share, rate) for rate, share in zip(invoiced, shares, strict=True)}
