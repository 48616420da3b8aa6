from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.intake.core.imports.cells import DATE, NUMBER
from concilia.intake.core.imports.datasets import (
    CUSTOMERS,
    INVOICES,
    OPEN_ITEMS,
    PRICES,
    Field,
    Kind,
)
from concilia.intake.core.imports.values import NULL, Reading, Unreadable, amount, reader_of

OPEN = OPEN_ITEMS.field("open_amount")
LIMIT = CUSTOMERS.field("credit_limit")


def minor(cell: str, decimal: str = ".", exponent: int = 2, field: Field = OPEN) -> str:
    return amount(cell, exponent=exponent, field_=field, decimal=decimal)


def read(kind: Kind, cell: str, **reading: object) -> str:
    return reader_of(Field("x", kind, "", "", length=40), Reading(**reading))(cell)


def problem(call, *args, **changes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        call(*args, **changes)
    return caught.value


class TestAmount:
    @pytest.mark.parametrize(
        ("cell", "decimal", "expected"),
        [
            ("1234.5", ".", "123450"),
            ("1,234.50", ".", "123450"),
            ("1'234.50", ".", "123450"),
            ("1\u2019234.50", ".", "123450"),
            ("1 234.50", ".", "123450"),
            ("1.234,50", ",", "123450"),
            ("1 234,50", ",", "123450"),
            ("1\u202f234,50", ",", "123450"),
            ("1\u00a0234,5", ",", "123450"),
            ("1234,5", ",", "123450"),
            ("€ 1.234,50", ",", "123450"),
            ("1.234,50 EUR", ",", "123450"),
            ("-7", ".", "-700"),
            ("7-", ".", "-700"),
            ("(7.10)", ".", "-710"),
            ("\u22127", ".", "-700"),
            ("+7", ".", "700"),
            (".5", ".", "50"),
            ("0", ".", "0"),
            ("-0.00", ".", "0"),
            ("12.500", ".", "1250"),
            ("0012", ".", "1200"),
        ],
    )
    def test_reads_how_people_and_programs_write(self, cell, decimal, expected):
        assert minor(cell, decimal) == expected

    @given(value=st.decimals(-(10**9), 10**9, places=2), mark=st.sampled_from([".", ","]))
    def test_reads_back_what_was_written_in_either_convention(self, value, mark):
        grouped = f"{value:,}"
        text = grouped if mark == "." else grouped.translate(str.maketrans(",.", ".,"))

        assert minor(text, mark) == str(int(value * 100))

    @pytest.mark.parametrize(
        ("cell", "decimal"),
        [("12.50", ","), ("1,234.50", ","), ("12,5", "."), ("1.234,50", ".")],
    )
    def test_says_that_a_number_follows_the_other_convention(self, cell, decimal):
        mark = "comma" if decimal == "," else "point"

        assert problem(minor, cell, decimal).key == f"other_convention_{mark}"

    @pytest.mark.parametrize("cell", ["abc", "1.2.3", "12,34,5", "--5", "1 23", ".", "-", "1e5"])
    def test_refuses_what_is_no_number(self, cell):
        assert problem(minor, cell).key in {"no_number", "other_convention_point"}

    def test_counts_in_the_currency_own_minor_unit(self):
        assert minor("1500", exponent=0) == "1500"
        assert minor("1.234", exponent=3) == "1234"
        assert problem(minor, "1.5", exponent=0).key == "too_many_decimals"

    def test_rounds_what_a_spreadsheet_computed(self):
        assert minor(f"{NUMBER}19.999999999") == "2000"
        assert minor(f"{NUMBER}1220.5", ",") == "122050"

    def test_refuses_what_no_column_can_hold(self):
        assert problem(minor, "9" * 17).key == "too_large"

    def test_a_limit_is_not_below_zero(self):
        assert problem(minor, "-5", field=LIMIT).key == "below_zero"

    def test_nothing_is_nothing_unless_it_is_needed(self):
        assert minor("  ", field=LIMIT) == NULL
        assert problem(minor, " ").key == "required"


class TestDate:
    @pytest.mark.parametrize(
        ("cell", "order", "expected"),
        [
            ("2026-10-15", "dmy", "2026-10-15"),
            ("2026-10-15T08:30:00Z", "dmy", "2026-10-15"),
            ("2026/10/15", "dmy", "2026-10-15"),
            ("15/10/2026", "dmy", "2026-10-15"),
            ("15.10.26", "dmy", "2026-10-15"),
            ("15-10-2026 00:00", "dmy", "2026-10-15"),
            ("10/15/2026", "mdy", "2026-10-15"),
            ("26-10-15", "ymd", "2026-10-15"),
            ("20261015", "dmy", "2026-10-15"),
            ("15102026", "dmy", "2026-10-15"),
            ("15 ott 2026", "dmy", "2026-10-15"),
            ("15-Oct-2026", "mdy", "2026-10-15"),
            ("15. Oktober 2026", "dmy", "2026-10-15"),
            ("3 août 2026", "dmy", "2026-08-03"),
            ("15 ottobre 2026", "dmy", "2026-10-15"),
            ("46310", "serial", "2026-10-15"),
            (f"{DATE}2026-10-15", "dmy", "2026-10-15"),
            (f"{NUMBER}46310", "dmy", "2026-10-15"),
            ("29.02.2028", "dmy", "2028-02-29"),
        ],
    )
    def test_reads_every_way_to_write_a_day(self, cell, order, expected):
        assert read(Kind.DATE, cell, order=order) == expected

    def test_knows_how_long_months_are_and_offers_the_last_day(self):
        wrong = problem(read, Kind.DATE, "31/11/2026")

        assert (wrong.key, wrong.args_of_key) == ("month_has_days", {"month": 11, "days": 30})
        assert wrong.repair == "30/11/2026"
        assert problem(read, Kind.DATE, "2026-02-29").repair == "2026-02-28"

    def test_sees_that_day_and_month_changed_places(self):
        wrong = problem(read, Kind.DATE, "10/15/2026")

        assert (wrong.key, wrong.repair) == ("no_such_month", "2026-10-15")

    def test_only_an_end_may_be_for_ever(self):
        ends = reader_of(PRICES.field("valid_to"), Reading())

        assert ends("31.12.9999") == "9999-12-31"
        assert problem(read, Kind.DATE, "31.12.9999").key == "no_such_year"

    @pytest.mark.parametrize("cell", ["soon", "15/10", "0/0/2026", "12345", "2026"])
    def test_refuses_what_is_no_date(self, cell):
        assert problem(read, Kind.DATE, cell).key == "no_date"

    def test_refuses_years_nobody_means(self):
        assert problem(read, Kind.DATE, "15/10/0206").key == "no_such_year"


class TestOthers:
    @pytest.mark.parametrize(
        ("kind", "cell", "expected"),
        [
            (Kind.PERCENT, "22", "2200"),
            (Kind.PERCENT, "4.5 %", "450"),
            (Kind.PERCENT, "2.555", "256"),
            (Kind.COUNT, "30", "30"),
            (Kind.COUNT, f"{NUMBER}30", "30"),
            (Kind.QUANTITY, "7.5", "7.5"),
            (Kind.QUANTITY, "1.00049", "1.000"),
            (Kind.PRICE, "0.12345", "0.1235"),
            (Kind.COUNTRY, "it", "IT"),
            (Kind.COUNTRY, "Deutschland", "DE"),
            (Kind.COUNTRY, "España", "ES"),
            (Kind.COUNTRY, "UK", "GB"),
            (Kind.LANGUAGE, "de-AT", "de"),
            (Kind.LANGUAGE, "Italiano", "it"),
            (Kind.LANGUAGE, "PT", "en"),
            (Kind.CURRENCY, "eur", "EUR"),
            (Kind.CURRENCY, "£", "GBP"),
            (Kind.EMAIL, "mailto:Anna@Valdarno.Example", "anna@valdarno.example"),
            (Kind.DOMAINS, "@valdarno.example; foo.it", "valdarno.example|foo.it"),
            (Kind.IBANS, "IT60 X054 2811 1010 0000 0123 456", "IT60X0542811101000000123456"),
            (Kind.DOCUMENT_KIND, "Nota di credito", "credit_note"),
            (Kind.DOCUMENT_KIND, "Gutschrift", "credit_note"),
            (Kind.DOCUMENT_KIND, "TD01", "invoice"),
            (Kind.DOCUMENT_KIND, "Rechnung (RV)", "invoice"),
            (Kind.DOCUMENT_KIND, "acompte", "on_account"),
            (Kind.DOCUMENT_KIND, "Nota de cargo", "debit_note"),
            (Kind.TEXT, " a \n b\u200b\t", "a b"),
            (Kind.TEXT, "a\\N", "a\\\\N"),
        ],
    )
    def test_come_to_one_form(self, kind, cell, expected):
        assert read(kind, cell) == expected

    @pytest.mark.parametrize(
        ("kind", "cell", "key"),
        [
            (Kind.PERCENT, "101", "no_percentage"),
            (Kind.PERCENT, "-1", "no_percentage"),
            (Kind.COUNT, "2.5", "no_whole_number"),
            (Kind.COUNT, "41", "more_than"),
            (Kind.QUANTITY, "-1", "below_zero"),
            (Kind.COUNTRY, "Atlantis", "unknown_country"),
            (Kind.LANGUAGE, "klingon", "unknown_language"),
            (Kind.CURRENCY, "EURO", "unknown_currency"),
            (Kind.EMAIL, "anna at example", "no_email"),
            (Kind.DOMAINS, "no domain", "no_domain"),
            (Kind.IBANS, "IT60X0542811101000000123457", "iban_check"),
            (Kind.IBANS, "12345", "no_iban"),
            (Kind.DOCUMENT_KIND, "something", "unknown_document_kind"),
            (Kind.TEXT, "x" * 41, "too_long"),
        ],
    )
    def test_say_what_is_wrong(self, kind, cell, key):
        assert problem(read, kind, cell).key == key

    def test_a_fraction_is_a_percentage_where_the_column_says_so(self):
        assert read(Kind.PERCENT, "0.22", is_fraction=True) == "2200"
        assert read(Kind.PERCENT, "22 %", is_fraction=True) == "2200"

    @given(st.text(max_size=30))
    def test_never_fail_in_another_way(self, cell):
        for field in (*CUSTOMERS.fields, *INVOICES.fields):
            if field.kind is Kind.MONEY:
                continue
            try:
                value = reader_of(field, Reading())(cell)
            except Unreadable:
                continue
            assert "\t" not in value
            assert "\n" not in value

    @given(st.decimals(0, 10**6, places=4))
    def test_a_price_keeps_its_four_decimals(self, value):
        assert Decimal(read(Kind.PRICE, str(value))) == value
