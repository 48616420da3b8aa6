"""Sentences a verdict says: a key and typed values, so that they can be read in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from concilia.claims.core.catalogue import CATALOGUE
from concilia.correspondence.core import figures
from concilia.correspondence.core.figures import Language
from concilia.kernel.currencies import exponent_of


class ArgKind(StrEnum):
    """What a value is, so that each language can write it its own way."""

    TEXT = "TEXT"
    QUANTITY = "QUANTITY"
    PRICE = "PRICE"
    MONEY = "MONEY"
    DATE = "DATE"
    RATE = "RATE"


@dataclass(frozen=True, slots=True)
class Arg:
    """One value of a message, in a canonical spelling: `8`, `21.6`, `17280`, `2026-10-14`."""

    name: str
    kind: ArgKind
    value: str


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the catalogue with its values."""

    key: str
    args: tuple[Arg, ...] = ()


def say(key: str, *args: Arg) -> Message:
    """Make a message; an unknown key is a mistake in the rule and raises KeyError."""
    if key not in CATALOGUE:
        raise KeyError(f"the message catalogue has no sentence {key!r}")
    return Message(key, args)


def text(name: str, value: str) -> Arg:
    """Carry words as they stand: a document number, an article of a contract."""
    return Arg(name, ArgKind.TEXT, value)


def quantity(name: str, value: Decimal) -> Arg:
    """Carry a quantity."""
    return Arg(name, ArgKind.QUANTITY, plain(value))


def price(name: str, value: Decimal) -> Arg:
    """Carry a price per unit, in the major unit."""
    return Arg(name, ArgKind.PRICE, plain(value))


def money(name: str, minor: int) -> Arg:
    """Carry an amount in minor units of the claim's currency."""
    return Arg(name, ArgKind.MONEY, str(minor))


def day(name: str, value: date) -> Arg:
    """Carry a date."""
    return Arg(name, ArgKind.DATE, value.isoformat())


def rate(name: str, basis_points: int) -> Arg:
    """Carry a rate in basis points."""
    return Arg(name, ArgKind.RATE, str(basis_points))


def plain(value: Decimal) -> str:
    """Spell a decimal one way only: no exponent, no trailing zeros, no minus zero."""
    if not value.is_finite():
        raise ValueError(f"{value} is not a number one can count with")
    spelt = f"{value:f}"
    if "." in spelt:
        spelt = spelt.rstrip("0").rstrip(".")
    return "0" if spelt in ("-0", "") else spelt


_Writer = Callable[[str, Language, int], str]
_WRITERS: Final[Mapping[ArgKind, _Writer]] = {
    ArgKind.TEXT: lambda value, _language, _exponent: value,
    ArgKind.QUANTITY: lambda value, language, _exponent: figures.quantity(Decimal(value), language),
    ArgKind.PRICE: lambda value, language, exponent: figures.unit_price(
        Decimal(value), language, exponent=exponent
    ),
    ArgKind.MONEY: lambda value, language, exponent: figures.amount(
        int(value), language, exponent=exponent
    ),
    ArgKind.DATE: lambda value, language, _exponent: figures.day(
        date.fromisoformat(value), language
    ),
    ArgKind.RATE: lambda value, language, _exponent: figures.percent(int(value), language),
}


# A claim may name no article at all: then the sentence speaks of that.
_WITHOUT_ARTICLE: Final = {"article_not_invoiced": "article_not_named"}


def render(message: Message, language: Language | str, currency: str) -> str:
    """
    Write the sentence in `language` (en it fr es de), figures and dates as written there.

    :param currency: the claim's, for the decimals of its amounts
    :raises KeyError: if the catalogue has no such sentence
    """
    tongue = Language(language)
    exponent = exponent_of(currency)
    values = {arg.name: _WRITERS[arg.kind](arg.value, tongue, exponent) for arg in message.args}
    key = (
        _WITHOUT_ARTICLE.get(message.key, message.key)
        if values.get("article") == ""
        else message.key
    )
    return figures.smooth(CATALOGUE[key][tongue].format_map(values), tongue)
