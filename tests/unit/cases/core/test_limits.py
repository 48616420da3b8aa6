"""The table of limits: every cell of the shipped template, narrower rows, sheets, previews."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.cases.core.authority import ANY, Act, Amount, Level, Limit
from concilia.cases.core.limit_sheets import HEADER, read_sheet, write_sheet
from concilia.cases.core.limits import (
    LimitRow,
    LimitTable,
    Subject,
    name_of,
    row_named,
    shipped_table,
    table_with,
)
from concilia.cases.core.previewing import Effect, Put, compare, preview

SHIPPED = shipped_table("EUR")
# domain.md §8.1, column by column: L0 to L6; None is no authority, "any" has no bound.
A = "any"
AMOUNTS = {
    Act.APPROVE_CLAIM: (100, 500, 2_500, 10_000, 50_000, 500_000, A),
    Act.TRADE_DEAL_ACCRUED: (500, 1_000, 10_000, 50_000, 250_000, A, A),
    Act.TRADE_DEAL_NOT_ACCRUED: (0, 250, 1_000, 5_000, 25_000, 250_000, A),
    Act.WRITE_OFF: (25, 50, 250, 1_000, 10_000, 100_000, A),
    Act.GOODWILL: (0, 100, 500, 2_500, 10_000, 50_000, A),
    Act.SETTLEMENT_WAIVER: (0, 0, 500, 5_000, 25_000, 250_000, A),
    Act.INSTALMENT_PLAN: (300, 1_500, 5_000, 25_000, 100_000, A, A),
    Act.DENY_CLAIM: (None, 1_000, 10_000, 50_000, A, A, A),
    Act.START_LEGAL: (None, None, None, 10_000, 100_000, A, A),
}
SHARES = (0, 0, 10, 20, 30, A, A)
ROWS = (3, 6, 12, 24, 36, A, A)
CELLS = [(act, level) for act in Act for level in Level]


def asked(euros=0, *, cents=0, rolling=0, share=0, rows=0):
    return Amount(round(euros * 100) + cents, rolling * 100, "EUR", round(share * 100), rows)


class TestEveryCell:
    @pytest.mark.parametrize(("act", "level"), CELLS)
    def test_the_amount_is_the_last_cent(self, act, level):
        matrix = SHIPPED.matrix_for(Subject("NC-01", "LOG", "DE"))
        most = AMOUNTS[act][level]
        if most is None:
            assert matrix.limit(act, level) is None
            assert not matrix.may(act, level, asked())
        elif most == A:
            assert matrix.may(act, level, asked(10**12, share=100, rows=600))
        else:
            assert matrix.may(act, level, asked(most))
            assert not matrix.may(act, level, asked(most, cents=1))
            # Cut in two, it is the customer's total of 30 days that counts.
            assert not matrix.may(act, level, asked(cents=1, rolling=most))

    @pytest.mark.parametrize("level", list(Level))
    def test_a_waiver_has_a_share_and_a_plan_has_rows(self, level):
        matrix = SHIPPED.matrix_for(Subject())
        for act, told, name in (
            (Act.SETTLEMENT_WAIVER, SHARES[level], "share"),
            (Act.INSTALMENT_PLAN, ROWS[level], "rows"),
        ):
            if told != A:
                assert matrix.may(act, level, asked(**{name: told}))
                assert not matrix.may(act, level, asked(**{name: told + 1}))
            else:
                assert matrix.may(act, level, asked(**{name: 100}))

    def test_two_of_the_board_sign_what_only_the_board_may(self):
        put = Put(1, Subject(), ((Act.APPROVE_CLAIM, asked(500_001)),))
        assert preview(SHIPPED, SHIPPED, [put])[0].before is Level.L6


def narrow(act=Act.APPROVE_CLAIM, *, most, **scope):
    limits = {level: Limit(most * 100) for level in Level}
    return LimitRow(act=act, limits=limits, **{key: frozenset(v) for key, v in scope.items()})


def with_rows(*rows):
    return replace(SHIPPED, rows=(*SHIPPED.rows, *rows))


class TestNarrowerRows:
    TABLE = with_rows(
        narrow(most=1, reasons=["NC"]),
        narrow(most=2, reasons=["NC-01", "NC-02"]),
        narrow(most=3, departments=["LOG"]),
        narrow(most=4, countries=["DE", "AT"]),
        narrow(most=5, departments=["LOG"], countries=["DE"]),
        narrow(most=6, reasons=["NC-01"], countries=["IT"]),
    )

    @pytest.mark.parametrize(
        ("subject", "most"),
        [
            (Subject("NC-05", "ACC", "FR"), 1),
            (Subject("NC-01", "ACC", "FR"), 2),
            (Subject("FI-01", "LOG", "FR"), 3),
            (Subject("FI-01", "ACC", "AT"), 4),
            (Subject("FI-01", "LOG", "DE"), 5),
            (Subject("NC-01", "LOG", "IT"), 6),
            (Subject("NC-02", "LOG", "DE"), 2),
            (Subject("FI-01", "ACC", "FR"), 2_500),
            (Subject(), 2_500),
        ],
    )
    def test_the_narrowest_that_fits_counts_alone(self, subject, most):
        limit = self.TABLE.matrix_for(subject).limit(Act.APPROVE_CLAIM, Level.L2)
        assert limit == Limit(most * 100)

    def test_other_acts_keep_their_limits(self):
        matrix = self.TABLE.matrix_for(Subject("NC-01", "LOG", "DE"))
        assert matrix.limit(Act.DENY_CLAIM, Level.L1) == Limit(100_000)

    @given(
        st.sampled_from(["", "NC-01", "NC-05", "FI-01", "CO-03"]),
        st.sampled_from(["", "LOG", "ACC"]),
        st.sampled_from(["", "DE", "IT"]),
    )
    def test_one_row_decides_whatever_the_order(self, reason, department, country):
        subject = Subject(reason, department, country)
        turned = replace(self.TABLE, rows=tuple(reversed(self.TABLE.rows)))
        assert self.TABLE.matrix_for(subject) == turned.matrix_for(subject)


class TestSheet:
    def test_what_is_exported_is_imported_again(self):
        table = with_rows(narrow(most=7, reasons=["NC-01", "CO"], countries=["DE"]))
        read = read_sheet(write_sheet(table), currency="EUR", version=table.version)
        assert (read.problems, read.table) == ((), table)

    def test_a_spreadsheet_with_semicolons_is_read(self):
        sheet = write_sheet(SHIPPED).replace(",", ";")
        assert read_sheet("\ufeff" + sheet, currency="EUR").table.rows == SHIPPED.rows

    def test_yen_have_no_decimals(self):
        sheet = write_sheet(shipped_table("JPY"))
        assert read_sheet(sheet, currency="JPY").table.rows == shipped_table("JPY").rows

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            ("APPROVE_CLAIM,NC-99,,,1,1,1,1,1,1,1", "reason_unknown"),
            ("APPROVE_CLAIM,,XYZ,,1,1,1,1,1,1,1", "department_unknown"),
            ("APPROVE_CLAIM,,,Germany,1,1,1,1,1,1,1", "country_unknown"),
            ("GIVE_AWAY,,,,1,1,1,1,1,1,1", "act_unknown"),
            ("APPROVE_CLAIM,CO,,,1,1", "cells_missing"),
            ("APPROVE_CLAIM,CO,,,1,1,1,1,1,1,twelve", "limit_unreadable"),
            ("APPROVE_CLAIM,CO,,,1,1,1,1,1,1,10% 5", "limit_unreadable"),
            ("APPROVE_CLAIM,CO,,,-1,1,1,1,1,1,1", "limit_below_zero"),
            ("APPROVE_CLAIM,CO,,,5,4,6,7,8,9,any", "limits_fall"),
            ("APPROVE_CLAIM,CO,,,5,,6,7,8,9,any", "limits_fall"),
            ("SETTLEMENT_WAIVER,CO,,,,,101% 5,101% 5,any% 5,any,any", "limit_unreadable"),
            ("SETTLEMENT_WAIVER,CO,,,,,10% 5,9% 6,any% 7,any,any", "limits_fall"),
            ("DENY_CLAIM,CO,,,1,1,1,1,1,1,1", "never_by_rule"),
            ("APPROVE_CLAIM,,,,1,1,1,1,1,1,1", "limits_overlap"),
            ("APPROVE_CLAIM,C\u202eO,,,1,1,1,1,1,1,1", "unseen_sign"),
        ],
    )
    def test_what_is_wrong_is_named_with_its_line(self, row, code):
        read = read_sheet(write_sheet(SHIPPED) + row + "\n", currency="EUR")
        assert read.table is None
        assert [(one.code, one.line) for one in read.problems] == [(code, len(Act) + 2)]

    def test_rows_that_might_both_count_are_refused(self):
        rows = (narrow(most=1, countries=["DE", "AT"]), narrow(most=2, countries=["AT", "CH"]))
        read = read_sheet(write_sheet(with_rows(*rows)), currency="EUR")
        assert [one.code for one in read.problems] == ["limits_overlap"]

    def test_an_act_without_a_row_for_everything_is_refused(self):
        sheet = "\n".join(line for line in write_sheet(SHIPPED).splitlines() if "GOOD" not in line)
        assert [one.code for one in read_sheet(sheet, currency="EUR").problems] == ["act_missing"]

    @given(
        st.text(max_size=200) | st.lists(st.sampled_from([*HEADER, "any", ",", "\n", '"', "1%"]))
    )
    def test_anything_is_read_or_refused(self, told):
        text = told if isinstance(told, str) else "".join(told)
        assert read_sheet(text, currency="EUR").problems


class TestPreview:
    def test_names_who_would_need_another_signature(self):
        stricter = LimitTable(
            version="2",
            currency="EUR",
            rows=tuple(
                replace(row, limits={**row.limits, Level.L2: Limit(100_000)})
                if row.act is Act.APPROVE_CLAIM
                else row
                for row in SHIPPED.rows
            ),
        )
        puts = [
            Put(n, Subject(), ((Act.APPROVE_CLAIM, asked(euros)),))
            for n, euros in enumerate((400, 1_000, 1_000.01, 3_000))
        ]
        told = [one.effect for one in preview(SHIPPED, stricter, puts)]
        assert told == [Effect.SAME, Effect.SAME, Effect.MORE, Effect.SAME]
        back = [one.effect for one in preview(stricter, SHIPPED, puts)]
        assert back == [Effect.SAME, Effect.SAME, Effect.FEWER, Effect.SAME]
        (changed,) = compare(SHIPPED, stricter).cells
        assert (changed.level, changed.before, changed.after) == (
            Level.L2,
            Limit(250_000),
            Limit(100_000),
        )

    def test_rows_come_and_go(self):
        wider = with_rows(narrow(most=7, countries=["DE"]))
        assert compare(SHIPPED, wider).added == wider.rows[-1:]
        assert compare(wider, SHIPPED).removed == wider.rows[-1:]
        assert not compare(wider, wider)

    def test_what_nobody_could_sign_is_said(self):
        nobody = replace(SHIPPED, rows=SHIPPED.rows[1:])
        put = Put(1, Subject(), ((Act.APPROVE_CLAIM, asked(5)),))
        assert preview(SHIPPED, nobody, [put])[0].effect is Effect.NOBODY
        assert Limit() == ANY


class TestRowsByName:
    """A row is named by what it speaks of, so that another one can be tried in its place."""

    def test_the_name_of_a_row_gives_it_back(self):
        row = LimitRow(
            act=Act.GOODWILL,
            limits={Level.L2: Limit(5)},
            reasons=frozenset({"NC-02", "CO"}),
            countries=frozenset({"DE"}),
        )

        assert name_of(row) == "GOODWILL|CO NC-02||DE"
        assert row_named(name_of(row), row.limits) == row

    def test_a_row_takes_the_place_of_its_like_and_a_new_one_is_added(self):
        table = shipped_table("EUR")
        low = row_named("GOODWILL", {Level.L1: Limit(1)})
        narrow = row_named("GOODWILL|NC||", {Level.L1: Limit(2)})

        tried = table_with(table, {"GOODWILL": low, "GOODWILL|NC||": narrow})

        assert len(tried.rows) == len(table.rows) + 1
        assert tried.matrix_for(Subject("FI-01")).limit(Act.GOODWILL, Level.L1) == Limit(1)
        assert tried.matrix_for(Subject("NC-01")).limit(Act.GOODWILL, Level.L1) == Limit(2)
