"""What a document adds up to: its own total, of a remittance the amount paid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Final

from concilia.documents.core.amounts import Amount, total
from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.amount_words import (
    NOT_TOTAL,
    OF_INVOICE,
    PAID_OUT,
    TOTAL_LINES,
)
from concilia.documents.core.lexicon.total_words import (
    OTHER_SUM,
    PAID_LABEL,
    TAX_INCLUDED,
    WANTED_LABEL,
)
from concilia.documents.core.line_reading import ReadLine
from concilia.documents.core.pointing import pointed_at, without_leaders
from concilia.documents.core.reckoning import Reckoning, reckon

PAID_CHARS: Final = 90
CLAUSE: Final = re.compile(r"[.;!?]\s|\n\s*\n|, (?!\d)")
LINE_CHARS_MAX: Final = 400  # a label further away is not this amount's
LABEL_CHARS_MIN: Final = 3  # fewer are a currency, not a label
SUMMED: Final = frozenset(
    {
        "debit_note",
        "credit_request",
        "promotion_invoice",
        "invoice",
        "credit_note",
        "remittance_advice",
        "order",
    }
)
MISTAKEN: Final = frozenset({"claim", "other"})  # what payments told in prose look like
CLAIMS_ITS_TOTAL: Final = frozenset({"debit_note", "promotion_invoice", "credit_request"})
PAID: Final = 12  # weights of labels: what was paid, of a payment
WANTED: Final = 8
RECKONED: Final = 5  # no label, but net and tax add up to it
AMOUNTS_MAX: Final = 200
ADDED_MAX: Final = 12  # sums of a letter that are tried
CUT_BESIDE_MIN: Final = 3  # billed, cut, paid
SAME_DIGIT: Final = str.maketrans("123456789", "0" * 9)
SENTENCE: Final = re.compile(r"[.;!?]\s+(?=\D)")


@dataclass(frozen=True, slots=True)
class Found:
    """An amount and where it stands; `start` is None for one that was added up."""

    value: Decimal
    currency: str | None
    start: int | None
    end: int


def document_total(context: Context, kind: str, lines: Sequence[ReadLine]) -> Found | None:
    """Return the document's own total; for a remittance the amount paid."""
    if kind not in SUMMED:
        return _of_another_kind(context, kind)
    if kind == "remittance_advice":
        cut = any("deducted" in table.roles.values() for table in context.tables)
        roles = ("paid",) if cut else ("paid", "amount")
        return (
            _come_to(context, lines)
            or table_total(context, roles, added=False)
            or printed_total(context, kind)
            or (paid_out(context) if context.is_mail else None)
            or table_total(context, roles)
            or _added(lines)
            or paid_out(context)
            or _largest(context)
        )
    roles = ("deducted", "amount") if kind == "debit_note" else ("amount", "invoiced")
    printed = printed_total(context, kind) or table_total(context, roles)
    printed = _at_least(printed, context, lines)
    if printed is None and kind in CLAIMS_ITS_TOTAL:
        amount = pointed_at(context.live, context.amounts, strict=False)
        printed = found_at(amount) if amount else None
    return printed or _largest(context)


def _at_least(printed: Found | None, context: Context, lines: Sequence[ReadLine]) -> Found | None:
    """A total is no less than what its lines come to: else it is that, printed or not."""
    whole = total(Decimal(line.deducted) for line in lines if line.deducted)
    if printed is None or whole is None or printed.value >= whole:
        return printed
    below = table_total(context, ("deducted", "amount"))
    if below is not None and below.value >= whole:
        return below
    same = next((each for each in reversed(context.amounts) if each.value == whole), None)
    return found_at(same) if same is not None else Found(whole, printed.currency, None, 0)


def found_at(amount: Amount) -> Found:
    """Return an amount of the text as what was found."""
    return Found(abs(amount.value), amount.currency, amount.start, amount.end)


def printed_total(context: Context, kind: str, *, at_least: int = 1) -> Found | None:
    """Return the amount whose label calls it the total, or that net and tax come to."""
    amounts = [each for each in context.amounts[:AMOUNTS_MAX] if each.value]
    if not amounts:
        return None
    folded = without_leaders(context.folded)
    plain = [each if each.value > 0 else replace(each, value=-each.value) for each in amounts]
    reckoned = reckon(folded, plain)
    best: tuple[int, Amount] | None = None
    for amount, label in zip(plain, _labels(folded, amounts), strict=True):
        weight = _weight(label, amount, kind, reckoned)
        if weight >= at_least and (best is None or weight >= best[0]):
            best = (weight, amount)
    return found_at(best[1]) if best else None


def _labels(folded: str, amounts: Sequence[Amount]) -> Iterator[str]:
    """
    Yield what is said before each amount: after the amount before it on its line.

    In a row of amounts the first has the label for all of them; of one that stands alone it is
    the line above.
    """
    place, label = 0, ""
    for amount in amounts:
        begin = folded.rfind("\n", 0, amount.start) + 1
        own = folded[max(begin, place, amount.start - LINE_CHARS_MAX) : amount.start]
        own = SENTENCE.split(own)[-1]
        if place <= begin or _has_letters(own):
            label = own
        if place <= begin and not any(char.isalnum() for char in own):
            above = folded.rfind("\n", 0, max(0, begin - 1)) + 1
            label = folded[max(above, begin - LINE_CHARS_MAX) : begin]
        place = amount.end
        yield label


def _has_letters(words: str) -> bool:
    return len([*islice(filter(str.isalpha, words), LABEL_CHARS_MIN)]) == LABEL_CHARS_MIN


def _weight(label: str, amount: Amount, kind: str, reckoned: Reckoning) -> int:
    """Return how surely a label, or arithmetic, makes an amount the total; 0 for not at all."""
    gross = amount.value in reckoned.grosses
    said = _said(label.translate(SAME_DIGIT))
    weight = max(RECKONED * gross, said.weight and said.weight + gross)
    if kind == "remittance_advice" and said.paid:
        weight = PAID
    if not weight or said.other:
        return 0
    part = amount.value in reckoned.taxes or amount.value in reckoned.nets
    return 0 if not gross and (part or said.no_total) else weight


@dataclass(frozen=True, slots=True)
class _Said:
    """What a label says of the amount behind it: how surely it is the total, and what else."""

    weight: int
    paid: bool
    other: bool
    no_total: bool


@lru_cache(maxsize=512)  # labels are alike but for their digits
def _said(label: str) -> _Said:
    """:param label: with one digit for all: none of these words has a certain one"""
    said = TAX_INCLUDED.sub("total", label)
    found = [weight for weight, pattern in TOTAL_LINES if pattern.search(said)]
    found += [WANTED] if WANTED_LABEL.search(said) else []
    paid = PAID_LABEL.search(said) is not None
    other = OTHER_SUM.search(said) is not None
    return _Said(max(found, default=0), paid, other, NOT_TOTAL.search(said) is not None)


def table_total(context: Context, roles: Sequence[str], *, added: bool = True) -> Found | None:
    """Return the total below the first of these columns that has one, else its sum."""
    for role in roles:
        for table in context.tables:
            if role in table.totals:
                cell = table.total_cells[role]
                return Found(abs(table.totals[role]), table.currency, cell.start, cell.end)
        if not added or role not in {"deducted", "paid"}:
            continue
        whole = total(getattr(line, role) for table in context.tables for line in table.lines)
        if whole is not None:
            currency = next((table.currency for table in context.tables if table.currency), None)
            return Found(abs(whole), currency, None, 0)
    return None


def paid_out(context: Context) -> Found | None:
    """Return the amount a letter says was paid: `we paid 440.00 EUR today`."""
    listed = [
        (cell.start, cell.end)
        for table in context.tables
        for line in table.lines
        for cell in line.cells.values()
    ]
    for amount in context.amounts:
        before = context.folded[max(0, amount.start - PAID_CHARS) : amount.start]
        after = context.folded[amount.end : amount.end + PAID_CHARS]
        if (
            amount.value > 0
            and not OF_INVOICE.search(before)
            and not any(start <= amount.start < end for start, end in listed)
            and PAID_OUT.search(f"{CLAUSE.split(before)[-1]}\0{CLAUSE.split(after)[0]}")
        ):
            return found_at(amount)
    return None


def paid_beside(context: Context, cut: Found | None) -> Found | None:
    """
    Return the sum a letter about a payment must mean by arithmetic: what with the cut makes
    another sum of it (1,740.00 less 52.20 is 1,687.80), or what all others come to.

    :param cut: what it says was taken off
    """
    listed = [each for each in context.amounts if each.value]
    values = list(dict.fromkeys(abs(each.value) for each in listed))
    if not values or len(values) > ADDED_MAX:
        return None
    taken = abs(cut.value) if cut is not None else None
    rest = [value for value in values if value != taken]
    whole = sum(rest, Decimal(0))
    if taken is None:
        fitting = [value for value in rest if len(rest) > 1 and 2 * value == whole]
    elif taken not in values:
        fitting = []
    else:
        fitting = [value for value in rest if value + taken in rest] or [
            value for value in rest if 2 * value + taken == whole or rest == [value]
        ]
    if len(fitting) != 1:
        return None
    return found_at(next(each for each in listed if abs(each.value) == fitting[0]))


def cut_beside(context: Context) -> Found | None:
    """
    Return the sum that a letter about a payment took off, by arithmetic: the only one which, taken
    from what others come to, leaves a bigger one of them (600.00, 1,200.00, less 36.00: 1,764.00).
    """
    listed = [each for each in context.amounts if each.value]
    values = list(dict.fromkeys(abs(each.value) for each in listed))
    if not CUT_BESIDE_MIN <= len(values) <= ADDED_MAX:
        return None
    whole = sum(values, Decimal(0))
    fitting = [
        cut
        for cut in values
        if any(whole - cut - paid - cut == paid for paid in values if paid > cut)
    ]
    if len(fitting) != 1:
        return None
    return found_at(next(each for each in listed if abs(each.value) == fitting[0]))


def _of_another_kind(context: Context, kind: str) -> Found | None:
    """A paper of a kind that need not have a total may print one; a letter may tell a payment."""
    if kind not in MISTAKEN:
        return None
    if context.is_letter:
        return _paid_in_part(context)
    return printed_total(context, "remittance_advice", at_least=WANTED)


def _paid_in_part(context: Context) -> Found | None:
    """Return what a letter says was paid, where that and what it keeps are what was billed."""
    values = {abs(amount.value) for amount in context.amounts}
    if len(values) < 3:  # noqa: PLR2004 - paid, kept, billed
        return None
    paid = paid_out(context)
    told = paid is not None and any(paid.value + value in values for value in values - {paid.value})
    return paid if told else None


def _come_to(context: Context, lines: Sequence[ReadLine]) -> Found | None:
    """Return the printed amount that all lines come to, what was set off among them."""
    paid = [Decimal(line.paid) for line in lines if line.paid]
    if not any(value < 0 for value in paid) or not any(value > 0 for value in paid):
        return None
    whole = sum(paid, Decimal(0))
    printed = next((each for each in reversed(context.amounts) if each.value == whole), None)
    return found_at(printed) if printed is not None and whole > 0 else None


def _added(lines: Sequence[ReadLine]) -> Found | None:
    whole = total(Decimal(line.paid) for line in lines if line.paid)
    return Found(whole, None, None, 0) if whole is not None else None


def _largest(context: Context) -> Found | None:
    """A short document with amounts and no total: the largest of them."""
    amounts = [amount for amount in context.amounts if amount.value > 0]
    if not amounts or context.is_mail:
        distinct = {amount.value for amount in amounts}
        if len(distinct) != 1:
            return None
    return found_at(max(amounts, key=lambda each: each.value))
