"""How much is claimed: the amount the words of a document point at, or what its lines come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import Amount, total
from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.total_words import BALANCE_ROW
from concilia.documents.core.line_reading import ReadLine
from concilia.documents.core.places import Places
from concilia.documents.core.pointing import pointed_at
from concilia.documents.core.totals import Found, found_at, printed_total, table_total

AMOUNTS_MAX: Final = 40
CLAIM_KINDS: Final = frozenset({"claim", "credit_request"})


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


def balance_left(context: Context) -> Found | None:
    """
    Return the sum that a row calls the balance, where rows above state what it is left of: bonus
    due 28,903.50, advance received 12,000.00, balance 16,903.50.
    """
    values: list[Decimal] = []
    found = None
    for amount in context.amounts[:AMOUNTS_MAX]:
        start = context.folded.rfind("\n", 0, amount.start) + 1
        label = context.folded[start : amount.start]
        value = abs(amount.value)
        if BALANCE_ROW.match(label) and any(
            each - value in values for each in values if each > value
        ):
            found = found_at(amount)
        values.append(value)
    return found


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
        listed = table_total(context, ("deducted", "amount"))
        return listed or pointed or printed_total(context, kind)
    return pointed or table_total(context, ("deducted", "amount"))


def refused_amount(
    context: Context, *, strict: bool = True, beside: Found | None = None
) -> Found | None:
    """Return what somebody refuses to pay who answers a reminder, or whom we hardly understand."""
    return _pointed_at(context, strict=strict, beside=beside.value if beside else None)


def _pointed_at(context: Context, *, strict: bool, beside: Decimal | None = None) -> Found | None:
    amounts = amounts_outside_tables(context) if beside is not None else context.amounts
    amount = pointed_at(context.live, amounts, strict=strict, beside=beside)
    return replace(found_at(amount), value=amount.value) if amount else None


def amounts_outside_tables(context: Context) -> list[Amount]:
    """Return the amounts of the live text that were not read as cells of a table."""
    listed = Places(_listed(context))
    return [each for each in context.amounts if each.start not in listed]


def _listed(context: Context) -> list[tuple[int, int]]:
    """The rows of tables: what stands there was read as lines."""
    places = []
    for table in context.tables:
        cells = [cell for line in table.lines for cell in line.cells.values()]
        if cells:
            end = max(cell.end for cell in [*cells, *table.total_cells.values()])
            places.append((min(cell.start for cell in cells), end))
    return places
