from __future__ import annotations

from datetime import date

import pytest
from tests.unit.matching.test_engine import applied, match
from tests.world.small_ledgers import item, payment

from concilia.matching.periods import Period, find_days, find_periods
from concilia.matching.records import Status

ON = date(2026, 3, 31)
FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))


class TestFindPeriods:
    @pytest.mark.parametrize(
        "said",
        [
            "BOLLETTA FEBBRAIO 2026",
            "FACTURES FEVRIER 26",
            "EXTRACTO FEBRERO",
            "RECHNUNGEN FEB. 2026",
            "STATEMENT 02/2026",
            "30031811 FEBBRAIO 2026",
        ],
    )
    def test_a_month(self, said):
        assert find_periods(said, ON) == (FEBRUARY,)

    def test_several_months(self):
        assert find_periods("GENNAIO-FEBBRAIO 2026", ON) == (JANUARY, FEBRUARY)

    def test_without_a_year_it_is_the_last_one(self):
        assert find_periods("NOVEMBRE", ON) == (Period(date(2025, 11, 1), date(2025, 11, 30)),)

    @pytest.mark.parametrize("said", ["VIA 4 FEBBRAIO 12", "XX FEBBRAIO", "DEL 15 FEBBRAIO 2026"])
    def test_a_day_before_it_makes_it_a_date_or_a_street(self, said):
        assert find_periods(said, ON) == ()

    @pytest.mark.parametrize("said", ["MAI 12", "MAR", "MAY MILLER", "FT 12/02/2026", ""])
    def test_other_words_and_dates(self, said):
        assert find_periods(said, ON) == ()

    def test_whole_dates(self):
        assert find_days("SALDO AL 28.02.2026, 31/02/2026") == (date(2026, 2, 28),)


class TestByPeriod:
    EQUAL = [
        item(name, 4_500, f"B{month:02d}", issued_on=date(2026, month, 1), due_on=due)
        for name, month, due in [
            ("A", 1, date(2026, 1, 26)),
            ("B", 2, date(2026, 2, 26)),
            ("C", 3, date(2026, 3, 26)),
        ]
    ]

    def test_a_month_tells_equal_bills_apart(self):
        found = match(payment(4_500, "bolletta febbraio 2026"), self.EQUAL)

        assert (found.rule, found.status, applied(found)) == ("M9", Status.POSTED, {"B": 4_500})

    def test_two_months(self):
        found = match(payment(9_000, "gennaio e febbraio 2026"), self.EQUAL)

        assert (found.status, applied(found)) == (Status.POSTED, {"A": 4_500, "B": 4_500})

    def test_another_month_than_that_of_the_item_is_for_a_person(self):
        found = match(payment(4_500, "bolletta febbraio 2026"), [self.EQUAL[2]])

        assert (found.status, applied(found)) == (Status.PROPOSED, {"C": 4_500})

    def test_issued_or_due_in_it_two_answers_are_for_a_person(self):
        items = [
            item("A", 4_500, issued_on=date(2026, 1, 20), due_on=date(2026, 2, 20)),
            item("B", 4_500, issued_on=date(2026, 2, 20), due_on=date(2026, 3, 20)),
        ]

        assert match(payment(4_500, "febbraio 2026"), items).status is Status.PROPOSED

    def test_a_balance_up_to_a_day(self):
        items = [
            item("A", 70_000, due_on=date(2026, 2, 10)),
            item("B", 30_000, due_on=date(2026, 2, 20)),
            item("C", 70_000, due_on=date(2026, 3, 20)),
        ]
        found = match(payment(100_000, "saldo al 28.02.2026"), items)

        assert (found.rule, found.status) == ("M9", Status.POSTED)
        assert applied(found) == {"A": 70_000, "B": 30_000}
