"""
Who is on the line: two things that stand on any invoice, before a word of what is owed.

The customer number and the post code, as keys of a telephone can say them: digits alone. Where no
post code is known, or a customer would rather, the last four digits of an invoice do as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

TRIES_MAX: Final = 3  # of one call
TRIES_OF_DAY_MAX: Final = 9  # from one number, or at one customer
NUMBER_DIGITS_MIN: Final = 4
CODE_DIGITS_MIN: Final = 4
INVOICE_DIGITS: Final = 4
INVOICES_MAX: Final = 20  # of more, four digits would be guessed


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a customer has on paper: their number, their post code, numbers of recent invoices."""

    number: str
    post_code: str = ""
    invoices: Sequence[str] = ()


def is_number(pressed: str, known: Known) -> bool:
    """Whether it is the number, or its last four digits and more."""
    own = digits_of(known.number)
    if not own or not pressed:
        return False
    return own == pressed or (len(pressed) >= NUMBER_DIGITS_MIN and own.endswith(pressed))


def is_code(pressed: str, known: Known) -> bool:
    """Whether it is the post code, or the end of the number of a recent invoice."""
    code = digits_of(known.post_code)
    if len(code) >= CODE_DIGITS_MIN and pressed == code:
        return True
    if len(known.invoices) > INVOICES_MAX or len(pressed) != INVOICE_DIGITS:
        return False
    return any(
        len(own) >= INVOICE_DIGITS and own.endswith(pressed)
        for own in map(digits_of, known.invoices)
    )


def proves(number: str, code: str, known: Known, *, is_expected: bool = True) -> bool:
    """
    Whether somebody has shown who they are.

    :param is_expected: they call from a number of theirs, or were called; from any other the whole
        customer number is asked, or among many customers some would be guessed
    """
    is_named = is_number(number, known) if is_expected else digits_of(known.number) == number
    return is_named and is_code(code, known)


def digits_of(text: str) -> str:
    """Return the digits of a text: what the keys of a telephone can say of it."""
    return "".join(each for each in text if each.isascii() and each.isdigit())
