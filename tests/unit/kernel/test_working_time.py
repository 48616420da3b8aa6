"""Columns of moments give what one clock gives of each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.deadlines import SlaClock
from concilia.kernel.working_time import WorkingTime, micros, moment_of

CLOCKS = {country: SlaClock(BusinessCalendar(country)) for country in ("IT", "GB", "US")}
FIRST, LAST = date(2026, 9, 1), date(2027, 5, 1)
TIMES = {country: WorkingTime(clock, FIRST, LAST) for country, clock in CLOCKS.items()}
START = datetime(2026, 9, 10, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=200)).map(lambda passed: START + passed)


def column(*moments):
    return np.array([micros(each) for each in moments], dtype=np.int64)


@pytest.mark.parametrize("country", sorted(CLOCKS))
@given(starts=MOMENTS, ends=MOMENTS)
def test_between_two_moments_it_is_the_same_time(country, starts, ends):
    worked = TIMES[country].between(column(starts), column(ends))

    expected = CLOCKS[country].working_time(starts, ends)
    assert timedelta(microseconds=int(worked[0])) == expected


@given(moment=MOMENTS)
def test_when_undoes_until(moment):
    times = TIMES["IT"]
    worked = times.until(column(moment))

    when = times.when(worked)

    assert times.until(when) == worked
    assert moment_of(when[0]) <= moment or worked[0] == 0


def test_a_year_ends_and_the_clocks_go_back_in_one_column():
    starts = column(
        *(datetime(2026, month, day, 8, tzinfo=UTC) for month, day in ((10, 23), (12, 31)))
    )
    ends = column(*(datetime(year, month, day, 9, tzinfo=UTC) for year, month, day in (
        (2026, 10, 26), (2027, 1, 4),
    )))  # fmt: skip

    hours = TIMES["IT"].between(starts, ends) / 3_600_000_000

    assert hours.tolist() == [9.0, 10.0]
