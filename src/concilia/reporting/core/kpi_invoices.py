"""Every figure that a plain list of invoices allows (domain.md §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from concilia.kernel.money import Money, total
from concilia.kernel.periods import MONTHS_IN_YEAR, Period, month_of, months_back
from concilia.reporting.core import kpis
from concilia.reporting.core.figures import Figure, figure, term
from concilia.reporting.core.kpi_cases import share


@dataclass(frozen=True, kw_only=True, slots=True)
class InvoiceRow:
    """
    An invoice (or, with a negative amount, a credit note) and how far it is settled.

    :param disputed: what of it is contested; more than is open counts as all that is open
    """

    invoice_id: str
    customer_id: str
    issue_date: date
    due_date: date
    amount: Money
    settled_date: date | None
    settled_amount: Money
    disputed: Money

    def open_on(self, day: date) -> Money:
        """Return what was open at the end of the day; nothing before it was issued."""
        if self.issue_date > day:
            return Money.zero(self.amount.currency)
        if self.settled_date is not None and self.settled_date <= day:
            return self.amount - self.settled_amount
        return self.amount

    def disputed_on(self, day: date) -> Money:
        """Return what of the open amount is contested: never more than is open (INV-07)."""
        nothing = Money.zero(self.amount.currency)
        return max(min(self.disputed, self.open_on(day)), nothing)


@dataclass(frozen=True)
class InvoiceFigures:
    """
    The invoices of one currency, on the last day of a period.

    :param period: the days whose sales count; its last day is the day of the figures
    """

    rows: Sequence[InvoiceRow]
    period: Period
    currency: str

    @cached_property
    def as_of(self) -> date:
        """The day of the figures."""
        return self.period.last

    def all(self) -> dict[str, Figure]:
        """Return every figure by name."""
        return {
            **self._dso_family(),
            **self._by_month(),
            **self._payments(),
            **self._effectiveness(),
            **self._disputes(),
            "ageing": self._ageing(),
        }

    @cached_property
    def open_rows(self) -> list[InvoiceRow]:
        """The rows with something open."""
        return [row for row in self.rows if row.open_on(self.as_of)]

    @cached_property
    def sold_rows(self) -> list[InvoiceRow]:
        """The rows issued in the period."""
        return [row for row in self.rows if row.issue_date in self.period]

    @cached_property
    def disputed_rows(self) -> list[InvoiceRow]:
        """The rows with something in dispute."""
        return [row for row in self.open_rows if row.disputed_on(self.as_of)]

    def _dso_family(self) -> dict[str, Figure]:
        sales, days = self._sum(row.amount for row in self.sold_rows), self.period.days
        not_due_rows = [row for row in self.open_rows if row.due_date >= self.as_of]
        overdue_rows = [row for row in self.open_rows if row.due_date < self.as_of]
        late_disputed = [row for row in self.disputed_rows if row.due_date < self.as_of]
        receivables, not_due = self._open(self.open_rows), self._open(not_due_rows)
        overdue, disputed = self._open(overdue_rows), self._disputed(self.disputed_rows)
        overdue_disputed = self._disputed(late_disputed)
        family = {
            "dso": kpis.dso(receivables, sales, days),
            "best_possible_dso": kpis.best_possible_dso(not_due, sales, days),
            "average_days_delinquent": kpis.average_days_delinquent(
                receivables, not_due, sales, days
            ),
            "dso_in_dispute": kpis.dso_in_dispute(disputed, sales, days),
            "delinquent_dso_in_dispute": kpis.delinquent_dso_in_dispute(
                overdue_disputed, sales, days
            ),
            "days_delinquent_without_disputes": kpis.days_delinquent_without_disputes(
                overdue, overdue_disputed, sales, days
            ),
        }
        behind = {
            "receivables": _ids(self.open_rows),
            "not_due": _ids(not_due_rows),
            "overdue": _ids(overdue_rows),
            "overdue_undisputed": _ids(overdue_rows),
            "disputed": _ids(self.disputed_rows),
            "overdue_disputed": _ids(late_disputed),
            "credit_sales": _ids(self.sold_rows),
        }
        return {name: each.with_items(behind) for name, each in family.items()}

    def _by_month(self) -> dict[str, Figure]:
        sales: dict[date, Money] = defaultdict(lambda: Money.zero(self.currency))
        open_amounts: dict[date, Money] = defaultdict(lambda: Money.zero(self.currency))
        for row in self.rows:
            if row.issue_date <= self.as_of:
                month = row.issue_date.replace(day=1)
                sales[month] += row.amount
                open_amounts[month] += row.open_on(self.as_of)
        months = sorted((month for month, amount in open_amounts.items() if amount), reverse=True)
        return {
            "dso_count_back": kpis.dso_count_back(
                self._open(self.open_rows), list(self._months(sales))
            ),
            "dso_sales_weighted": kpis.dso_sales_weighted(
                [
                    kpis.MonthBalance(f"{month:%Y-%m}", open_amounts[month], sales[month])
                    for month in months
                ]
            ),
            "dso_by_invoice": kpis.dso_by_invoice(
                [
                    kpis.OpenInvoice(
                        row.invoice_id,
                        (self.as_of - row.issue_date).days,
                        row.open_on(self.as_of),
                        sales[row.issue_date.replace(day=1)],
                    )
                    for row in self.open_rows
                ]
            ),
        }

    def _months(self, sales: dict[date, Money]) -> Iterator[kpis.MonthSales]:
        """Give the months from the last day back to the first invoice; the newest may be short."""
        if not sales:
            return
        oldest = min(sales)
        for month in months_back(self.as_of):
            if month.start < oldest:
                return
            days = min(month.end, self.period.end) - month.start
            yield kpis.MonthSales(f"{month.start:%Y-%m}", days.days, sales[month.start])

    def _payments(self) -> dict[str, Figure]:
        paid = [
            kpis.Payment(row.settled_amount, (row.settled_date - row.due_date).days)
            for row in self.rows
            if row.settled_date is not None and row.settled_date in self.period
        ]
        return {
            "weighted_days_late": kpis.weighted_days_late(paid),
            "weighted_days_late_not_early": kpis.weighted_days_late(paid, early_counts=False),
        }

    def _effectiveness(self) -> dict[str, Figure]:
        before = self.period.start - timedelta(days=1)
        collected = kpis.Collected(
            beginning=self._sum(row.open_on(before) for row in self.rows),
            credit_sales=self._sum(row.amount for row in self.sold_rows),
            ending=self._open(self.open_rows),
            ending_not_due=self._open(row for row in self.open_rows if row.due_date >= self.as_of),
        )
        return {
            "collection_effectiveness": kpis.collection_effectiveness(
                collected, months_in(self.period)
            ),
            "collection_effectiveness_full_period": kpis.collection_effectiveness_full_period(
                collected
            ),
        }

    def _disputes(self) -> dict[str, Figure]:
        contested = [row for row in self.sold_rows if row.disputed]
        invoiced = self._sum(row.amount for row in self.sold_rows)
        return {
            "dispute_rate_count": share(
                "dispute_rate_count", len(contested), len(self.sold_rows)
            ).with_items({"disputed_invoices": _ids(contested)}),
            "dispute_rate_amount": share(
                "dispute_rate_amount", self._sum(row.disputed for row in contested), invoiced
            ).with_items({"disputed": _ids(contested)}),
        }

    def _ageing(self) -> Figure:
        """All receivables, and the buckets they add up from."""
        aged = [
            kpis.AgedItem(row.invoice_id, row.due_date, row.open_on(self.as_of))
            for row in self.open_rows
        ]
        buckets = kpis.ageing(aged, self.as_of, self.currency)
        rows = [term(bucket.label, bucket.amount) for bucket in buckets]
        receivables = self._sum(bucket.amount for bucket in buckets)
        made = figure("ageing@1", receivables.to_decimal(), self.currency, rows)
        return made.with_items({bucket.label: bucket.items for bucket in buckets})

    def _open(self, rows: Iterable[InvoiceRow]) -> Money:
        return self._sum(row.open_on(self.as_of) for row in rows)

    def _disputed(self, rows: Iterable[InvoiceRow]) -> Money:
        return self._sum(row.disputed_on(self.as_of) for row in rows)

    def _sum(self, amounts: Iterable[Money]) -> Money:
        return total(amounts, self.currency)


def months_in(period: Period) -> int:
    """Return how many calendar months the period touches."""
    first, last = period.start, period.last
    return (last.year - first.year) * MONTHS_IN_YEAR + last.month - first.month + 1


def quarter_to(day: date) -> Period:
    """Return the three calendar months that end with the day's, up to the day."""
    start = month_of(day)
    for _ in range(2):
        start = month_of(start.start - timedelta(days=1))
    return Period.of_days(start.start, day)


def _ids(rows: Iterable[InvoiceRow]) -> tuple[str, ...]:
    return tuple(row.invoice_id for row in rows)
