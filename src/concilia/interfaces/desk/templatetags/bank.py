"""`{% load bank %}`: what only the bank desk writes so."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django import template
from django.utils.translation import get_language

from concilia.cash.models import Allocation
from concilia.interfaces.components.formats import base_language, format_percent
from concilia.kernel.numbers import BASIS_POINTS
from concilia.receivables.models import BankEntry

register = template.Library()
SHOWN: Final = 4


@register.filter
def points(basis_points: int) -> str:
    """Basis points as a share: 9803 → `98.03 %`."""
    share = Decimal(basis_points) / BASIS_POINTS
    return format_percent(share, base_language(get_language()), places=2)


@register.filter
def short_iban(iban: str) -> str:
    """An IBAN by its first and last four characters: `IT60 … 4417`."""
    if len(iban) <= SHOWN * 3:
        return iban
    return f"{iban[:SHOWN]} … {iban[-SHOWN:]}"


@register.filter
def join_range(name: str) -> str:
    """`31-60` as print writes it: `31–60`."""
    return name.replace("-", "–")


@register.filter
def signed(entry: BankEntry) -> int:
    """The amount of an entry, below zero where the bank took it back."""
    return -entry.amount_minor if entry.is_return else entry.amount_minor


@register.filter
def difference(row: Allocation) -> int:
    """What an item lost without money: discount, write-off and deduction."""
    return row.discount_minor + row.writeoff_minor + row.deduction_minor
