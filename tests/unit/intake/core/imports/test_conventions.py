from __future__ import annotations

import pytest

from concilia.intake.core.imports.conventions import NOTHING, date_order, decimal_mark


class TestDecimalMark:
    @pytest.mark.parametrize(
        ("cells", "mark"),
        [
            (["1234.5", "7"], "."),
            (["1,234.50", "716.40"], "."),
            (["1'234.50"], "."),
            (["1\u2019234"], "."),
            (["1.220,00", "716,40"], ","),
            (["1 220,00"], ","),
            (["1.234.567"], ","),
            (["1,234,567"], "."),
            (["0,125"], ","),
            (["1.234", "2.500,10"], ","),
            (["-1.190,00 EUR"], ","),
        ],
    )
    def test_is_told_by_what_stands_there(self, cells, mark):
        found = decimal_mark(cells)

        assert (found.value, found.certain) == (mark, True)

    def test_is_not_told_by_a_number_that_can_be_read_two_ways(self):
        found = decimal_mark(["1.234", "500"])

        assert not found.certain
        assert (found.key, found.args) == ("thousands_or_cents", {"value": "1.234"})

    def test_three_digits_in_every_value_are_decimals(self):
        assert decimal_mark(["1.000", "2.500", "7.000", "1.250", "3.000"]).value == "."

    def test_whole_numbers_tell_nothing(self):
        assert decimal_mark(["12", "7", ""]) is NOTHING


class TestDateOrder:
    @pytest.mark.parametrize(
        ("cells", "order", "value"),
        [
            (["03/04/2026", "15/10/2026"], "dmy", "15"),
            (["03/04/2026", "10/15/2026"], "mdy", "15"),
            (["2026-10-15"], "ymd", ""),
            (["46310"], "serial", ""),
        ],
    )
    def test_is_told_by_a_day_that_is_no_month(self, cells, order, value):
        found = date_order(cells)

        assert (found.value, found.certain, found.args["value"]) == (order, True, value)

    def test_is_not_told_by_days_that_could_be_months(self):
        found = date_order(["03/04/2026", "05/05/2026"])

        assert (found.value, found.certain, found.key) == ("dmy", False, "day_or_month")

    def test_points_stand_between_days_first(self):
        assert date_order(["03.04.2026"]).certain
