"""`{% load bank %}`: what only the bank desk writes so."""

from __future__ import annotations

from typing import Final

from django import template

from concilia.cash.models import Allocation
from concilia.receivables.models import BankEntry

register = template.Library()
SHOWN: Final = 4


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
