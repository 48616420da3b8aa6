"""Receivables figures: DSO family, collection effectiveness, ageing (domain.md §5.1, 5.2, 5.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from concilia.kernel.money import Money, total
from concilia.kernel.numbers import quotient
from concilia.reporting.core.figures import DAYS, PERCENT, Figure, Term, figure, ratio, term

AGEING_BOUNDS: Final = (30, 60, 90, 120, 180, 365)
NOT_DUE: Final = "not due"
CREDITS: Final = "credits"
MONTH_DAYS: Final = 30  # the fixed month of the sales-weighted form


def dso(receivables: Money, credit_sales: Money, days: int) -> Figure:
    """Return receivables at the end over credit sales of the period, times its days."""
    return _days_of_sales("dso@1", "receivables", receivables, credit_sales, days)


def best_possible_dso(not_due: Money, credit_sales: Money, days: int) -> Figure:
    """Return the DSO if every customer paid on the due date."""
    return _days_of_sales("best_possible_dso@1", "not_due", not_due, credit_sales, days)


def average_days_delinquent(
    receivables: Money, not_due: Money, credit_sales: Money, days: int
) -> Figure:
    """Return DSO less best possible DSO, from the unrounded ones."""
    overdue = receivables - not_due
    return _days_of_sales("average_days_delinquent@1", "overdue", overdue, credit_sales, days)


def dso_in_dispute(disputed: Money, credit_sales: Money, days: int) -> Figure:
    """Return the days of sales that open disputes hold."""
    return _days_of_sales("dso_in_dispute@1", "disputed", disputed, credit_sales, days)


def delinquent_dso_in_dispute(overdue_disputed: Money, credit_sales: Money, days: int) -> Figure:
    """Return the days of sales that are overdue because of disputes."""
    return _days_of_sales(
        "delinquent_dso_in_dispute@1", "overdue_disputed", overdue_disputed, credit_sales, days
    )


def days_delinquent_without_disputes(
    overdue: Money, overdue_disputed: Money, credit_sales: Money, days: int
) -> Figure:
    """Return the average days delinquent that collections, not disputes, explain."""
    return _days_of_sales(
        "days_delinquent_without_disputes@1",
        "overdue_undisputed",
        overdue - overdue_disputed,
        credit_sales,
        days,
    )


@dataclass(frozen=True, slots=True)
class MonthSales:
    """Credit sales of one month, and its days."""

    month: str
    days: int
    sales: Money


def dso_count_back(receivables: Money, months: Sequence[MonthSales]) -> Figure:
    """
    Return the DSO by exhaustion: take month after month off the receivables, newest first.

    A month with nothing sold gives its days and takes nothing. Undefined, with a note, when the
    months do not suffice.
    """
    left = receivables.minor
    counted = Fraction(0)
    rows = [term("receivables", receivables)]
    for month in months:
        if left <= 0:
            break
        sold = max(_minor(month.sales, receivables), 0)
        taken = min(left, sold)
        share = Fraction(taken, sold) if sold else Fraction(1)
        left -= taken
        counted += share * month.days
        rows.append(term(month.month, share * month.days))
    if left > 0:
        return figure("dso_count_back@1", None, DAYS, rows, "the sales history is too short")
    return figure("dso_count_back@1", counted, DAYS, rows)


@dataclass(frozen=True, slots=True)
class MonthBalance:
    """What is still open of one month's invoices, and all that was sold in that month."""

    month: str
    open: Money
    sales: Money


def dso_sales_weighted(months: Sequence[MonthBalance]) -> Figure:
    """Return the sum over months of open share of that month's sales, times 30 (CRF form)."""
    shares = [_share_of_month(each.open, each.sales) for each in months]
    known = [share for share in shares if share is not None]
    rows = [term(each.month, each.open) for each in months]
    if len(known) < len(shares):
        return figure("dso_sales_weighted@1", None, DAYS, rows, "a month has receivables, no sales")
    return figure("dso_sales_weighted@1", sum(known, Fraction(0)) * MONTH_DAYS, DAYS, rows)


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An open invoice: its age in days, what is open, and the sales of the month it was issued."""

    invoice_id: str
    age_days: int
    open: Money
    month_sales: Money


def dso_by_invoice(invoices: Sequence[OpenInvoice]) -> Figure:
    """Return the sum of age times open over the sales of the invoice's month (true DSO)."""
    days = Fraction(0)
    rows: list[Term] = []
    for invoice in invoices:
        share = _share_of_month(invoice.open, invoice.month_sales)
        if share is None:
            note = f"{invoice.invoice_id} is open, but its month has no sales"
            return figure("dso_by_invoice@1", None, DAYS, rows, note)
        days += invoice.age_days * share
        rows.append(term(invoice.invoice_id, invoice.age_days * share))
    return figure("dso_by_invoice@1", days, DAYS, rows)


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid of an invoice, and how many days after its due date (negative: before)."""

    amount: Money
    days_late: int


def weighted_days_late(payments: Sequence[Payment], *, early_counts: bool = True) -> Figure:
    """Return the days late, weighted by amount; early payments count negative or as on time."""
    late = [each.days_late if early_counts else max(each.days_late, 0) for each in payments]
    weighted = sum(each.amount.minor * days for each, days in zip(payments, late, strict=True))
    paid = _sum([each.amount for each in payments])
    value = quotient(weighted, paid.minor) if paid else None
    rows = [term("payments", len(payments)), *([term("paid", paid)] if paid else [])]
    formula = "weighted_days_late@1" if early_counts else "weighted_days_late_not_early@1"
    return figure(formula, value, DAYS, rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class Collected:
    """Receivables around a period: at its start and end, not due at its end, and its sales."""

    beginning: Money
    credit_sales: Money
    ending: Money
    ending_not_due: Money


def collection_effectiveness(collected: Collected, months: int) -> Figure:
    """
    Return `(B + S/N - E) / (B + S/N - E_current)` in percent: 100 means all that was due came in.

    Undefined where nothing was collectable.
    """
    if months < 1:
        raise ValueError(f"a period of {months} months has no collection effectiveness")
    monthly = Fraction(collected.credit_sales.minor, months)
    return _effectiveness("collection_effectiveness@1", collected, monthly)


def collection_effectiveness_full_period(collected: Collected) -> Figure:
    """Return the variant with the sales of the whole period; never compare it to the other."""
    return _effectiveness(
        "collection_effectiveness_full_period@1", collected, Fraction(collected.credit_sales.minor)
    )


@dataclass(frozen=True, slots=True)
class AgedItem:
    """An open amount, and the date by which its age counts: due date, or another by choice."""

    item_id: str
    counted_from: date
    open: Money


@dataclass(frozen=True, slots=True)
class Bucket:
    """Open amounts of one age."""

    label: str
    amount: Money
    items: tuple[str, ...]


def ageing(
    items: Sequence[AgedItem],
    as_of: date,
    currency: str,
    *,
    bounds: Sequence[int] = AGEING_BOUNDS,
    credits_apart: bool = False,
) -> list[Bucket]:
    """
    Sort open amounts by days past due; the buckets always add up to all of them (INV-11).

    :param bounds: the last day of each bucket, rising: 1-30, 31-60 …, and one for all above
    :param credits_apart: put negative amounts in a bucket of their own instead of by date
    """
    labels = bucket_labels(bounds)
    held: dict[str, list[AgedItem]] = {label: [] for label in labels}
    if credits_apart:
        held[CREDITS] = []
    for item in items:
        apart = credits_apart and item.open.minor < 0
        past_due = (as_of - item.counted_from).days
        held[CREDITS if apart else labels[_bucket_of(past_due, bounds)]].append(item)
    return [
        Bucket(
            label,
            total((item.open for item in inside), currency),
            tuple(item.item_id for item in inside),
        )
        for label, inside in held.items()
    ]


def bucket_labels(bounds: Sequence[int]) -> list[str]:
    """Return `not due`, `1-30` … `> 365` for rising bounds."""
    starts = [1, *(bound + 1 for bound in bounds)]
    spans = [f"{start}-{end}" for start, end in zip(starts, bounds, strict=False)]
    return [NOT_DUE, *spans, f"> {bounds[-1]}"]


def _bucket_of(past_due: int, bounds: Sequence[int]) -> int:
    if past_due <= 0:
        return 0
    return 1 + sum(past_due > bound for bound in bounds)


def _days_of_sales(formula: str, name: str, part: Money, sales: Money, days: int) -> Figure:
    share = ratio(part, sales)
    rows: list[Term] = [term(name, part), term("credit_sales", sales), term("days", days)]
    return figure(formula, None if share is None else share * days, DAYS, rows)


def _effectiveness(formula: str, collected: Collected, sales: Fraction) -> Figure:
    currency = collected.beginning.currency
    total((collected.credit_sales, collected.ending, collected.ending_not_due), currency)
    base = collected.beginning.minor + sales
    collectable = base - collected.ending_not_due.minor
    value = 100 * (base - collected.ending.minor) / collectable if collectable > 0 else None
    rows = [
        term("beginning", collected.beginning),
        term("credit_sales", collected.credit_sales),
        term("ending", collected.ending),
        term("ending_not_due", collected.ending_not_due),
    ]
    return figure(formula, value, PERCENT, rows)


def _share_of_month(open_amount: Money, sales: Money) -> Fraction | None:
    share = ratio(open_amount, sales)
    return Fraction(0) if share is None and not open_amount else share


def _minor(amount: Money, like: Money) -> int:
    return (amount + Money.zero(like.currency)).minor


def _sum(amounts: Sequence[Money]) -> Money:
    return total(amounts, amounts[0].currency) if amounts else Money.zero("EUR")
