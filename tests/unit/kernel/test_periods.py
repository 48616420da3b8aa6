from __future__ import annotations

from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.periods import (
    Period,
    add_months,
    half_year_of,
    month_of,
    months_back,
    year_of,
)

DATES = st.dates(date(2000, 1, 1), date(2100, 1, 1))
PERIODS = st.tuples(DATES, DATES).map(sorted).map(lambda edges: Period(*edges))


class TestPeriod:
    def test_holds_its_start_and_not_its_end(self):
        march = Period(date(2026, 3, 1), date(2026, 4, 1))

        assert date(2026, 3, 1) in march
        assert date(2026, 4, 1) not in march
        assert (march.days, march.last) == (31, date(2026, 3, 31))
        assert march == Period.of_days(date(2026, 3, 1), date(2026, 3, 31))

    def test_cannot_end_before_it_starts(self):
        with pytest.raises(ValueError, match="cannot end on 2026-01-01"):
            Period(date(2026, 1, 2), date(2026, 1, 1))

    def test_neighbours_do_not_overlap(self):
        assert not month_of(date(2026, 3, 5)).overlaps(month_of(date(2026, 4, 5)))

    @given(one=PERIODS, other=PERIODS)
    def test_overlaps_exactly_when_some_day_belongs_to_both(self, one, other):
        both = one.intersection(other)

        assert one.overlaps(other) == other.overlaps(one) == (both is not None)
        if both is not None:
            assert both.start in one
            assert both.start in other

    @given(period=PERIODS, borders=st.sets(DATES, max_size=8))
    def test_pieces_of_a_cut_make_the_whole(self, period, borders):
        pieces = period.cut(borders)

        assert sum(piece.days for piece in pieces) == period.days
        assert (pieces[0].start, pieces[-1].end) == (period.start, period.end)


class TestAddMonths:
    def test_clips_to_the_month_end_and_keeps_the_anchor(self):
        january = date(2026, 1, 31)

        assert [add_months(january, n) for n in (1, 2, 25, -2)] == [
            date(2026, 2, 28),
            date(2026, 3, 31),
            date(2028, 2, 29),
            date(2025, 11, 30),
        ]


class TestNamedPeriods:
    def test_half_years(self):
        assert half_year_of(date(2026, 6, 30)) == Period(date(2026, 1, 1), date(2026, 7, 1))
        assert half_year_of(date(2026, 7, 1)) == Period(date(2026, 7, 1), date(2027, 1, 1))

    def test_years(self):
        assert year_of(date(2028, 2, 29)).days == 366

    def test_months_going_back(self):
        starts = [month.start for month in islice(months_back(date(2026, 2, 14)), 3)]

        assert starts == [date(2026, 2, 1), date(2026, 1, 1), date(2025, 12, 1)]
