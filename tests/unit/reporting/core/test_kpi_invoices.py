from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.money import Money
from concilia.kernel.periods import Period
from concilia.reporting.core.kpi_invoices import (
    InvoiceFigures,
    InvoiceRow,
    months_in,
    quarter_to,
)

QUARTER = Period(date(2025, 7, 1), date(2025, 10, 1))


def euros(amount: int) -> Money:
    return Money(amount * 100, "EUR")


def invoice(number: str, issued: str, due: str, amount: int, **more) -> InvoiceRow:
    fields = {
        "invoice_id": number,
        "customer_id": "C",
        "issue_date": date.fromisoformat(issued),
        "due_date": date.fromisoformat(due),
        "amount": euros(amount),
        "settled_date": None,
        "settled_amount": euros(0),
        "disputed": euros(0),
    }
    return InvoiceRow(**fields | more)


def settled(on: str, amount: int) -> dict[str, object]:
    return {"settled_date": date.fromisoformat(on), "settled_amount": euros(amount)}


# The common data set D1 of domain.md §5 as invoices.
D1 = [
    invoice("J1", "2025-07-10", "2025-08-09", 210_000, disputed=euros(60_000)),
    invoice("J2", "2025-07-10", "2025-08-09", 190_000, **settled("2025-09-01", 190_000)),
    invoice("A1", "2025-08-20", "2025-09-19", 70_000),
    invoice("A2", "2025-08-20", "2025-10-19", 190_000, disputed=euros(24_000)),
    invoice("A3", "2025-08-20", "2025-09-19", 40_000, **settled("2025-09-19", 40_000)),
    invoice("S1", "2025-09-15", "2025-10-15", 430_000),
    invoice("S2", "2025-09-15", "2025-10-15", 70_000, **settled("2025-09-30", 70_000)),
    invoice("OLD", "2025-06-01", "2025-07-01", 850_000, **settled("2025-07-11", 850_000)),
    invoice("NEXT", "2025-10-01", "2025-10-31", 999_999),
]


class TestInvoiceFigures:
    def test_of_the_common_data_set(self):
        figures = InvoiceFigures(D1, QUARTER, "EUR").all()

        assert {name: figures[name].value for name in figures} == {
            "dso": Decimal("69.00"),
            "best_possible_dso": Decimal("47.53"),
            "average_days_delinquent": Decimal("21.47"),
            "dso_in_dispute": Decimal("6.44"),
            "delinquent_dso_in_dispute": Decimal("4.60"),
            "days_delinquent_without_disputes": Decimal("16.87"),
            "dso_count_back": Decimal("68.75"),
            "dso_sales_weighted": Decimal("67.55"),
            "dso_by_invoice": Decimal("91.48"),
            "weighted_days_late": Decimal("10.28"),
            "weighted_days_late_not_early": Decimal("11.19"),
            "collection_effectiveness": Decimal("55.56"),
            "collection_effectiveness_full_period": Decimal("80.42"),
            "dispute_rate_count": Decimal("28.57"),
            "dispute_rate_amount": Decimal("7.00"),
            "ageing": Decimal("900000.00"),
        }

    def test_open_into_their_invoices(self):
        figures = InvoiceFigures(D1, QUARTER, "EUR").all()

        behind = {row.name: row.items for row in figures["dso"].rows}
        assert behind["receivables"] == ("J1", "A1", "A2", "S1")
        assert behind["credit_sales"] == ("J1", "J2", "A1", "A2", "A3", "S1", "S2")
        buckets = {row.name: (row.value, row.items) for row in figures["ageing"].rows}
        assert buckets["31-60"] == ("210000.00", ("J1",))
        assert buckets["not due"] == ("620000.00", ("A2", "S1"))

    def test_without_invoices_are_undefined(self):
        figures = InvoiceFigures([], QUARTER, "EUR").all()

        assert figures["dso"].value is None
        assert figures["dso_count_back"].value == 0
        assert figures["ageing"].value == 0

    def test_a_dispute_counts_for_no_more_than_is_open(self):
        row = invoice("P", "2025-07-01", "2025-07-31", 100, **settled("2025-08-01", 70))
        disputed = invoice(
            "P", "2025-07-01", "2025-07-31", 100, disputed=euros(80), **settled("2025-08-01", 70)
        )

        assert row.disputed_on(date(2025, 9, 1)) == euros(0)
        assert disputed.disputed_on(date(2025, 9, 1)) == euros(30)
        assert disputed.disputed_on(date(2025, 7, 31)) == euros(80)
        assert disputed.open_on(date(2025, 6, 30)) == euros(0)

    @given(
        st.lists(
            st.builds(
                lambda issued, length, amount: invoice(
                    "I", issued.isoformat(), issued.isoformat(), amount
                    , settled_date=None if length is None else issued.replace(year=2026),
                    settled_amount=euros(0 if length is None else amount),
                ),
                st.dates(date(2025, 1, 1), date(2025, 12, 28)),
                st.none() | st.integers(0, 90),
                st.integers(-1_000, 10_000),
            ),
            max_size=12,
        )
    )  # fmt: skip
    def test_never_fail_whatever_the_invoices(self, rows):
        figures = InvoiceFigures(rows, QUARTER, "EUR").all()

        assert len(figures) == 16
        assert figures["ageing"].value == sum(
            (row.open_on(date(2025, 9, 30)).to_decimal() for row in rows), Decimal(0)
        )


class TestPeriods:
    def test_the_usual_period_is_a_quarter_to_date(self):
        assert quarter_to(date(2025, 9, 30)) == QUARTER
        assert quarter_to(date(2026, 1, 15)) == Period(date(2025, 11, 1), date(2026, 1, 16))

    def test_months_touched(self):
        assert months_in(QUARTER) == 3
        assert months_in(Period(date(2025, 12, 31), date(2026, 1, 2))) == 2
