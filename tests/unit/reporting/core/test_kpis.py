from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.money import CurrencyMismatch, Money, total
from concilia.reporting.core.kpis import (
    CREDITS,
    AgedItem,
    Collected,
    MonthBalance,
    MonthSales,
    OpenInvoice,
    Payment,
    ageing,
    average_days_delinquent,
    best_possible_dso,
    collection_effectiveness,
    collection_effectiveness_full_period,
    days_delinquent_without_disputes,
    delinquent_dso_in_dispute,
    dso,
    dso_by_invoice,
    dso_count_back,
    dso_in_dispute,
    dso_sales_weighted,
    weighted_days_late,
)


def euros(amount: int) -> Money:
    return Money(amount * 100, "EUR")


# The common data set D1 of domain.md §5: the third quarter of 2025.
SALES, DAYS = euros(1_200_000), 92
RECEIVABLES, NOT_DUE, OVERDUE = euros(900_000), euros(620_000), euros(280_000)
DISPUTED, OVERDUE_DISPUTED = euros(84_000), euros(60_000)
SEPTEMBER = MonthSales("2025-09", 30, euros(500_000))
AUGUST = MonthSales("2025-08", 31, euros(300_000))
JULY = MonthSales("2025-07", 31, euros(400_000))


class TestDaysOfSales:
    @pytest.mark.parametrize(
        ("made", "value"),
        [
            (dso(RECEIVABLES, SALES, DAYS), "69.00"),  # TV-5.1
            (best_possible_dso(NOT_DUE, SALES, DAYS), "47.53"),  # TV-5.5
            (average_days_delinquent(RECEIVABLES, NOT_DUE, SALES, DAYS), "21.47"),  # TV-5.6
            (dso_in_dispute(DISPUTED, SALES, DAYS), "6.44"),  # TV-5.7
            (delinquent_dso_in_dispute(OVERDUE_DISPUTED, SALES, DAYS), "4.60"),  # TV-5.8
            (
                days_delinquent_without_disputes(OVERDUE, OVERDUE_DISPUTED, SALES, DAYS),
                "16.87",  # TV-5.8
            ),
        ],
    )
    def test_are_receivables_over_sales_times_days(self, made, value):
        assert (made.value, made.unit) == (Decimal(value), "days")

    def test_are_undefined_without_sales(self):
        assert dso(RECEIVABLES, euros(0), DAYS).value is None

    def test_never_mix_currencies(self):
        with pytest.raises(CurrencyMismatch):
            dso(RECEIVABLES, Money(1, "USD"), DAYS)

    def test_show_formula_and_terms(self):
        made = dso(RECEIVABLES, SALES, DAYS)

        assert made.formula_id == "dso@1"
        assert {row.name: row.value for row in made.rows} == {
            "receivables": "900000.00",
            "credit_sales": "1200000.00",
            "days": "92",
        }
        assert made.with_items({"receivables": ["I-1"]}).rows[0].items == ("I-1",)


class TestCountBack:
    def test_takes_month_after_month_off_the_receivables(self):  # TV-5.2
        assert dso_count_back(RECEIVABLES, [SEPTEMBER, AUGUST, JULY]).value == Decimal("68.75")

    def test_second_vector(self):  # TV-5.2
        months = [MonthSales(str(k), 30, euros(k)) for k in (100_000, 80_000, 70_000)]

        assert dso_count_back(euros(212_000), months).value == Decimal("73.71")

    def test_counts_the_days_of_a_month_without_sales(self):
        empty = MonthSales("2025-08", 31, euros(0))

        assert dso_count_back(RECEIVABLES, [SEPTEMBER, empty, JULY]).value == Decimal("92.00")

    @pytest.mark.parametrize("receivables", [euros(0), euros(-5)])
    def test_is_zero_when_nothing_is_owed(self, receivables):
        assert dso_count_back(receivables, [SEPTEMBER]).value == Decimal("0.00")

    def test_says_when_the_history_is_too_short(self):
        made = dso_count_back(RECEIVABLES, [SEPTEMBER, AUGUST])

        assert (made.value, made.note) == (None, "the sales history is too short")


class TestSalesWeighted:
    def test_adds_up_the_open_share_of_each_month(self):  # TV-5.3
        months = [
            MonthBalance("2025-09", euros(430_000), euros(500_000)),
            MonthBalance("2025-08", euros(260_000), euros(300_000)),
            MonthBalance("2025-07", euros(210_000), euros(400_000)),
        ]

        assert dso_sales_weighted(months).value == Decimal("67.55")

    def test_is_undefined_when_a_month_has_receivables_and_no_sales(self):
        assert dso_sales_weighted([MonthBalance("2025-07", euros(1), euros(0))]).value is None
        assert dso_sales_weighted([MonthBalance("2025-07", euros(0), euros(0))]).value == 0


class TestByInvoice:
    def test_weighs_the_age_of_each_invoice(self):  # TV-5.4
        invoices = [
            OpenInvoice("A", 82, euros(40_000), JULY.sales),
            OpenInvoice("B", 41, euros(60_000), AUGUST.sales),
            OpenInvoice("C", 15, euros(100_000), SEPTEMBER.sales),
        ]

        made = dso_by_invoice(invoices)

        assert made.value == Decimal("19.40")
        assert [row.value for row in made.rows] == ["8.20", "8.20", "3.00"]

    def test_is_undefined_when_the_month_of_an_invoice_has_no_sales(self):
        made = dso_by_invoice([OpenInvoice("A", 82, euros(1), euros(0))])

        assert (made.value, made.note) == (None, "A is open, but its month has no sales")


class TestWeightedDaysLate:
    PAYMENTS = (Payment(euros(1_000), 10), Payment(euros(3_000), 0))

    def test_weighs_by_amount(self):
        assert weighted_days_late(self.PAYMENTS).value == Decimal("2.50")

    def test_early_payments_can_count_as_on_time(self):
        early = [*self.PAYMENTS, Payment(euros(1_000), -10)]

        assert weighted_days_late(early).value == Decimal("0.00")
        assert weighted_days_late(early, early_counts=False).value == Decimal("2.00")

    def test_is_undefined_without_payments(self):
        assert weighted_days_late([]).value is None


class TestCollectionEffectiveness:
    SOURCE = Collected(
        beginning=euros(6_200),
        credit_sales=euros(10_890),
        ending=euros(6_340),
        ending_not_due=euros(3_590),
    )
    D1 = Collected(
        beginning=euros(850_000),
        credit_sales=SALES,
        ending=RECEIVABLES,
        ending_not_due=NOT_DUE,
    )

    def test_takes_the_average_month(self):
        assert collection_effectiveness(self.SOURCE, 3).value == Decimal("55.93")  # TV-5.9
        assert collection_effectiveness(self.D1, 3).value == Decimal("55.56")  # TV-5.10

    def test_full_period_is_another_formula(self):
        made = collection_effectiveness_full_period(self.SOURCE)

        assert made.value == Decimal("79.63")
        assert made.formula_id != collection_effectiveness(self.SOURCE, 3).formula_id

    def test_is_undefined_when_nothing_was_collectable(self):
        nothing = Collected(
            beginning=euros(0), credit_sales=euros(0), ending=euros(0), ending_not_due=euros(0)
        )

        assert collection_effectiveness(nothing, 1).value is None

    def test_needs_at_least_a_month(self):
        with pytest.raises(ValueError, match="0 months"):
            collection_effectiveness(self.D1, 0)


class TestAgeing:
    AS_OF = date(2026, 9, 30)

    def buckets(self, *items: tuple[int, int], **options) -> dict[str, int]:
        aged = [
            AgedItem(str(n), self.AS_OF - timedelta(days=late), euros(amount))
            for n, (late, amount) in enumerate(items)
        ]
        return {
            bucket.label: bucket.amount.minor // 100
            for bucket in ageing(aged, self.AS_OF, "EUR", **options)
        }

    def test_counts_from_the_day_after_the_due_date(self):
        assert self.buckets((-5, 1), (0, 2), (1, 4), (30, 8), (31, 16), (365, 32), (366, 64)) == {
            "not due": 3,
            "1-30": 12,
            "31-60": 16,
            "61-90": 0,
            "91-120": 0,
            "121-180": 0,
            "181-365": 32,
            "> 365": 64,
        }

    def test_can_keep_credits_apart(self):
        assert self.buckets((5, 10), (5, -4), bounds=[30]) == {
            "not due": 0,
            "1-30": 6,
            "> 30": 0,
        }
        assert self.buckets((5, 10), (5, -4), bounds=[30], credits_apart=True)[CREDITS] == -4

    @given(
        items=st.lists(st.tuples(st.integers(-400, 900), st.integers(-(10**6), 10**6))),
        apart=st.booleans(),
    )
    def test_buckets_always_add_up(self, items, apart):  # INV-11
        made = self.buckets(*items, credits_apart=apart)

        assert sum(made.values()) == sum(amount for _, amount in items)

    def test_buckets_open_into_their_items(self):
        [_, first, *_] = ageing([AgedItem("I-7", date(2026, 9, 1), euros(5))], self.AS_OF, "EUR")

        assert first.items == ("I-7",)
        assert total([first.amount], "EUR") == euros(5)
