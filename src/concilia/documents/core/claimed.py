"""How much is claimed, and what a document adds up to: the amount its words point at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import Amount, total
from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.amount_words import (
    NOT_TOTAL,
    OF_INVOICE,
    PAID_OUT,
    TOTAL_LINES,
)
from concilia.documents.core.line_reading import ReadLine
from concilia.documents.core.pointing import pointed_at
from concilia.documents.core.words import fold

PAID_CHARS: Final = 50
CLAUSE: Final = re.compile(r"[.;!?]\s|\n\s*\n|, (?!\d)")
LINE_CHARS_MAX: Final = 400  # a label further away is not this amount's
CUTTING: Final = frozenset({"debit_note", "promotion_invoice", "credit_request"})
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
        return _cut(context, lines, whole)
    if kind in {"debit_note", "promotion_invoice"}:
        return whole or _pointed_at(context, strict=False)
    return _of_claim(context, kind) if kind in CLAIM_KINDS else None


def _cut(context: Context, lines: Sequence[ReadLine], whole: Found | None) -> Found | None:
    """Return what a remittance took off: the sum of its lines, else the amount its words name."""
    cut = total(Decimal(line.deducted) for line in lines if line.deducted)
    if cut is not None:
        return Found(cut, None, None, 0)
    if _is_all_paid(context, lines, whole):
        return None
    return _pointed_at(context, strict=True, beside=whole.value if whole else None)


def _is_all_paid(context: Context, lines: Sequence[ReadLine], whole: Found | None) -> bool:
    """Whether the table itself says that nothing was cut: billed beside paid, or all adds up."""
    roles = [set(table.roles.values()) for table in context.tables]
    if any({"document", "invoiced", "paid"} <= each for each in roles):
        return any(line.invoiced and line.paid for line in lines)
    paid = total(Decimal(line.paid) for line in lines if line.paid)
    return not context.is_letter and whole is not None and paid == whole.value


def _of_claim(context: Context, kind: str) -> Found | None:
    pointed = _pointed_at(context, strict=False)
    if kind == "credit_request" or not context.is_letter:
        return _table_total(context, ("deducted", "amount")) or pointed or _printed_total(context)
    return pointed or _table_total(context, ("deducted", "amount"))


def refused_amount(
    context: Context, *, strict: bool = True, beside: Found | None = None
) -> Found | None:
    """Return what somebody refuses to pay who answers a reminder, or whom we hardly understand."""
    return _pointed_at(context, strict=strict, beside=beside.value if beside else None)


TOTAL_LINE: Final = re.compile(
    r"^[^\n\d]{0,20}\b(?:total|totale|summe|gesamt(?:betrag|summe)?|endbetrag)\b[^\n]*",
    re.MULTILINE,
)


def document_total(context: Context, kind: str, lines: Sequence[ReadLine]) -> Found | None:
    """Return the document's own total; for a remittance the amount paid."""
    if kind not in SUMMED:
        return None
    if kind == "remittance_advice":
        cut = any("deducted" in table.roles.values() for table in context.tables)
        return (
            _table_total(context, ("paid",) if cut else ("paid", "amount"))
            or _printed_total(context)
            or _added(lines)
            or _paid_out(context)
            or _largest(context)
        )
    roles = (
        ("deducted", "discount", "amount", "invoiced")
        if kind in CUTTING
        else ("amount", "invoiced")
    )
    printed = _printed_total(context) or _table_total(context, roles)
    if printed is None and kind in CUTTING:
        printed = _on_line_of_total(context) or _pointed_at(context, strict=False)
    return printed or _largest(context)


def _on_line_of_total(context: Context) -> Found | None:
    """Return the largest amount on a line that begins as totals do: `Importo totale …: 269,57`."""
    lines = [match.span() for match in TOTAL_LINE.finditer(fold(context.live))]
    on_them = [
        amount
        for amount in context.amounts
        if any(start <= amount.start < end for start, end in lines)
    ]
    best = max(on_them, key=lambda amount: amount.value, default=None)
    return Found(best.value, best.currency, best.start, best.end) if best else None


def _paid_out(context: Context) -> Found | None:
    """Return the amount a letter says was paid: `we paid 440.00 EUR today`."""
    for amount in context.amounts:
        before = fold(context.live[max(0, amount.start - PAID_CHARS) : amount.start])
        after = fold(context.live[amount.end : amount.end + PAID_CHARS])
        if (
            amount.value > 0
            and not OF_INVOICE.search(before)
            and PAID_OUT.search(f"{CLAUSE.split(before)[-1]}\0{CLAUSE.split(after)[0]}")
        ):
            return Found(amount.value, amount.currency, amount.start, amount.end)
    return None


def _added(lines: Sequence[ReadLine]) -> Found | None:
    added = total(Decimal(line.paid) for line in lines if line.paid)
    return Found(added, None, None, 0) if added is not None else None


def _pointed_at(context: Context, *, strict: bool, beside: Decimal | None = None) -> Found | None:
    amount = pointed_at(context.live, context.amounts, strict=strict, beside=beside)
    return Found(amount.value, amount.currency, amount.start, amount.end) if amount else None


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
