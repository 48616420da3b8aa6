"""How much is claimed, and what a document adds up to: the amount its words point at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import Amount, total
from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.amount_words import (
    GROSS,
    NET,
    NOT_TOTAL,
    OF_INVOICE,
    TOTAL_LINES,
    UNIT_PRICE_AFTER,
    UNWANTED,
    WANTED,
    WHOLE,
)
from concilia.documents.core.line_reading import ReadLine
from concilia.documents.core.words import fold

POINTED: Final = 1
POINTED_STRICTLY: Final = 2
LONE: Final = -3  # the only amount of a claim is the claimed one, unless the words deny it
BEFORE_CHARS: Final = 90
AFTER_CHARS: Final = 45
LINE_CHARS_MAX: Final = 400  # a label further away is not this amount's
WANTED_CHARS: Final = 60
WHOLE_CHARS: Final = 45
NEAR_CHARS: Final = 25
CLAUSE_START: Final = re.compile(r"[.;!?]\s|\n\s*\n|\t")
CLAUSE_END: Final = re.compile(r"[.;!?](?:\s|$)|\n\s*\n|\t")
CLAIM_KINDS: Final = frozenset({"claim", "credit_request"})
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


@dataclass(frozen=True, slots=True)
class Found:
    """An amount and where it stands; `start` is None for one that was added up."""

    value: Decimal
    currency: str | None
    start: int | None
    end: int


def claimed_amount(
    context: Context, kind: str, lines: Sequence[ReadLine], whole: Found | None
) -> Found | None:
    """
    Return what the writer wants back, refuses to pay or has deducted, in total.

    :param whole: the document's own total, which is what a debit note claims
    """
    if kind == "remittance_advice":
        cut = total(Decimal(line.deducted) for line in lines if line.deducted)
        return Found(cut, None, None, 0) if cut is not None else _pointed_at(context, strict=True)
    if kind in {"debit_note", "promotion_invoice"}:
        return whole or _pointed_at(context, strict=False)
    if kind not in CLAIM_KINDS:
        return None
    pointed = _pointed_at(context, strict=False)
    if kind == "credit_request" or not context.is_letter:
        return _table_total(context, ("deducted", "amount")) or pointed or _printed_total(context)
    return pointed or _table_total(context, ("deducted",))


def document_total(context: Context, kind: str, lines: Sequence[ReadLine]) -> Found | None:
    """Return the document's own total; for a remittance the amount paid."""
    if kind not in SUMMED:
        return None
    if kind == "remittance_advice":
        return (
            _table_total(context, ("paid", "amount"))
            or _printed_total(context)
            or _added(lines)
            or _largest(context)
        )
    roles = ("deducted", "amount") if kind == "debit_note" else ("amount", "invoiced")
    return _printed_total(context) or _table_total(context, roles) or _largest(context)


def _added(lines: Sequence[ReadLine]) -> Found | None:
    added = total(Decimal(line.paid) for line in lines if line.paid)
    return Found(added, None, None, 0) if added is not None else None


def _pointed_at(context: Context, *, strict: bool) -> Found | None:
    """Return the amount its words make the claim; None if several do and none is a total."""
    scored = [
        (_pull(context, amount), replace(amount, value=abs(amount.value)))
        for amount in context.amounts
        if amount.value and (amount.value > 0 or not strict)
    ]
    if not scored:
        return None
    best = max(pull for pull, _ in scored)
    alone = len({amount.value for _, amount in scored}) == 1
    if best < (POINTED_STRICTLY if strict else LONE if alone else POINTED):
        return None
    chosen = [amount for pull, amount in scored if pull == best]
    if len({amount.value for amount in chosen}) > 1:
        chosen = [each for each in (_sum_of_others(chosen),) if each is not None]
    if not chosen:
        return None
    amount = chosen[-1]
    return Found(amount.value, amount.currency, amount.start, amount.end)


def _sum_of_others(chosen: list[Amount]) -> Amount | None:
    """Of several amounts claimed, the one that is the sum of the others is the total."""
    values = {amount.value for amount in chosen}
    for amount in chosen:
        if sum(values - {amount.value}, Decimal(0)) == amount.value:
            return amount
    return None


def _pull(context: Context, amount: Amount) -> int:
    """Return how strongly the words around an amount say that it is the claimed one."""
    text = context.live
    begin = max(0, amount.start - BEFORE_CHARS)
    before = CLAUSE_START.split(fold(text[begin : amount.start]))[-1]
    after = CLAUSE_END.split(fold(text[amount.end : amount.end + AFTER_CHARS]))[0]
    near_before, near_after = before[-NEAR_CHARS:], after[:NEAR_CHARS]
    if WANTED.search(before[-WANTED_CHARS:]):
        pull = 3
    else:
        pull = 2 if WANTED.search(before) or WANTED.search(after) else 0
    pull += 2 if WHOLE.search(before[-WHOLE_CHARS:]) or WHOLE.search(near_after) else 0
    pull += 1 if GROSS.search(near_after) or GROSS.search(near_before) else 0
    pull -= 1 if NET.search(near_after) else 0
    pull -= 3 if OF_INVOICE.search(before) else 0
    pull -= 5 if UNWANTED.search(before) else 0
    return pull - (5 if UNIT_PRICE_AFTER.search(after) else 0)


def _table_total(context: Context, roles: Sequence[str]) -> Found | None:
    """Return the total below the first of these columns that has one, else its sum."""
    for role in roles:
        for table in context.tables:
            if role in table.totals:
                cell = table.total_cells[role]
                return Found(abs(table.totals[role]), table.currency, cell.start, cell.end)
        added = total(getattr(line, role) for table in context.tables for line in table.lines)
        if added is not None and role in {"deducted", "paid"}:
            currency = next((table.currency for table in context.tables if table.currency), None)
            return Found(abs(added), currency, None, 0)
    return None


def _printed_total(context: Context) -> Found | None:
    """Return the amount on the line that calls itself the total."""
    best: tuple[int, Amount] | None = None
    for amount in context.amounts:
        weight = _total_weight(context, amount)
        if weight and (best is None or weight >= best[0]):
            best = (weight, amount)
    if best is None:
        return None
    amount = best[1]
    return Found(abs(amount.value), amount.currency, amount.start, amount.end)


def _total_weight(context: Context, amount: Amount) -> int:
    text = context.live
    begin = text.rfind("\n", 0, amount.start) + 1
    line = fold(text[max(begin, amount.start - LINE_CHARS_MAX) : amount.start])
    if not line.strip():
        above = text.rfind("\n", 0, max(0, begin - 1)) + 1
        line = fold(text[max(above, begin - LINE_CHARS_MAX) : begin])
    if NOT_TOTAL.search(line):
        return 0
    for weight, pattern in TOTAL_LINES:
        if pattern.search(line):
            return weight
    return 0


def _largest(context: Context) -> Found | None:
    """A short document with amounts and no total: the largest of them."""
    amounts = [amount for amount in context.amounts if amount.value > 0]
    if not amounts or context.is_mail:
        distinct = {amount.value for amount in amounts}
        if len(distinct) != 1:
            return None
    amount = max(amounts, key=lambda each: each.value)
    return Found(amount.value, amount.currency, amount.start, amount.end)
