"""
The light check before a customer's page opens: one thing that stands on any invoice of theirs.

A link is forwarded, printed, left on a screen. What lies behind it is told to whoever also knows
the customer number, an invoice's number or an invoice's amount; to others not even a name. It is
no password, so tries are few.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from concilia.kernel.references import normalise_reference

LAST_DIGITS: Final = 4
LAST_DIGITS_AMONG: Final = 20  # of more invoices the whole number is asked: four would be guessed
CUSTOMER_NUMBER_MIN: Final = 4
ANSWER_MAX: Final = 60
LINK_TRIES: Final = ((timedelta(hours=1), 5), (timedelta(days=1), 10))
ASKER_TRIES: Final = ((timedelta(hours=1), 20),)
_SIGNS: Final = re.compile(r"[^0-9,.]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """
    What a customer has on paper.

    :param invoices: numbers of invoices they got lately
    :param amounts: minor units with the decimals of their currency, of the same invoices
    """

    customer_number: str
    invoices: Sequence[str] = ()
    amounts: Collection[tuple[int, int]] = ()


def passes(answer: str, known: Known) -> bool:
    """This will say whether what somebody typed stands on the customer's papers."""
    typed = answer.strip()[:ANSWER_MAX]
    return bool(typed) and (
        _is_number(typed, known) or _is_invoice(typed, known) or _is_amount(typed, known)
    )


def wait_until(
    failed: Sequence[datetime], limits: Sequence[tuple[timedelta, int]], at: datetime
) -> datetime | None:
    """
    This will be from when on somebody may try again; None where they may now.

    :param failed: when tries failed, in any order
    """
    waits = []
    for span, most in limits:
        within = sorted(one for one in failed if at - span < one <= at)
        if len(within) >= most:
            waits.append(within[-most] + span)
    return max(waits, default=None)


def tries_left(
    failed: Sequence[datetime], limits: Sequence[tuple[timedelta, int]], at: datetime
) -> int:
    """This will be how many tries are left before a wait."""
    return min(
        max(0, most - sum(1 for one in failed if at - span < one <= at)) for span, most in limits
    )


def _bare(text: str) -> str:
    return "".join(character for character in text.upper() if character.isalnum())


def _is_number(typed: str, known: Known) -> bool:
    number = _bare(known.customer_number)
    return len(number) >= CUSTOMER_NUMBER_MIN and _bare(typed) == number


def _is_invoice(typed: str, known: Known) -> bool:
    key = normalise_reference(typed)
    if len(key) > LAST_DIGITS and key in {normalise_reference(one) for one in known.invoices}:
        return True
    digits = typed.replace(" ", "")
    if len(known.invoices) > LAST_DIGITS_AMONG or not digits.isascii() or not digits.isdigit():
        return False
    ends = {"".join(c for c in one if c.isdigit())[-LAST_DIGITS:] for one in known.invoices}
    return len(digits) == LAST_DIGITS and digits in ends


def _is_amount(typed: str, known: Known) -> bool:
    return any(_reads_as(typed, minor, exponent) for minor, exponent in known.amounts)


def _reads_as(typed: str, minor: int, exponent: int) -> bool:
    """Whether a text is this amount, with whatever separators and signs people write."""
    text = _SIGNS.sub("", typed)
    whole, cents = divmod(minor, 10**exponent)
    marks = [place for place, sign in enumerate(text) if sign in ",."]
    last = marks[-1] if marks else None
    if last is not None and exponent and len(text) - last - 1 == exponent:
        digits, decimals = text[:last], text[last + 1 :]
    elif not cents:
        digits, decimals = text, "0" * exponent
    else:
        return False
    digits = digits.replace(",", "").replace(".", "")
    return digits.isdigit() and int(digits) == whole and int(decimals or 0) == cents
