from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from concilia.cases.core.absences import AbsenceProblem, problem_with
from concilia.cases.core.holding import Colleague, Office
from concilia.cases.core.people import Absence

TODAY = date(2026, 11, 19)
WEEK = timedelta(days=7)
DEPARTMENTS = ["CRD", "LOG", "SAL"]
people = st.lists(
    st.builds(
        Colleague,
        id=st.integers(1, 6),
        department=st.sampled_from(DEPARTMENTS),
        level=st.integers(1, 4),
        is_active=st.booleans(),
    ),
    min_size=1,
    unique_by=lambda each: each.id,
)
absences = st.lists(
    st.builds(
        lambda person, delegate, first, days: Absence(
            person, delegate, TODAY + timedelta(first), TODAY + timedelta(first + days)
        ),
        st.integers(1, 6),
        st.integers(1, 6) | st.none(),
        st.integers(-5, 5),
        st.integers(0, 5),
    ),
    max_size=5,
)


def away(person, delegate, first=TODAY, last=TODAY + WEEK):
    return Absence(person, delegate, first, last)


def office(*away_now, people=None):
    crew = people or [
        Colleague(1, "CRD"),
        Colleague(2, "CRD"),
        Colleague(3, "LOG", level=3),
        Colleague(4, "SAL", is_active=False),
    ]
    return Office(crew, away_now, TODAY)


class TestWhoHoldsACase:
    def test_its_owner(self):
        assert office().holders_of(1, "LOG") == [1]

    def test_who_stands_in_as_well_while_the_owner_is_away(self):
        assert office(away(1, 2)).holders_of(1, "CRD") == [1, 2]

    def test_the_department_where_nobody_stands_in(self):
        # The deputy is away, too: what was handed to somebody is not handed on.
        assert office(away(1, 2), away(2, 3)).holders_of(1, "LOG") == [1, 3]

    def test_the_department_of_a_case_without_an_owner_or_of_one_who_left(self):
        assert office().holders_of(None, "CRD") == [1, 2]
        assert office().holders_of(4, "CRD") == [1, 2]

    def test_the_highest_present_where_a_department_has_nobody(self):
        assert office().holders_of(None, "SAL") == [3]
        assert office(away(3, 1)).holders_of(None, "SAL") == [1, 2]

    @given(people, absences, st.integers(1, 6) | st.none(), st.sampled_from(DEPARTMENTS))
    def test_somebody_always(self, crew, planned, owner, department):
        there = Office(crew, planned, TODAY)

        holders = there.holders_of(owner, department)

        assert bool(holders) == any(each.is_active for each in crew)
        assert set(holders) <= {each.id for each in crew if each.is_active}


class TestAnAbsence:
    def test_of_sixty_days_is_fine_and_of_sixty_one_is_not(self):
        fits = away(1, 2, last=TODAY + timedelta(59))
        too_long = away(1, 2, last=TODAY + timedelta(60))

        assert problem_with(fits, [], TODAY) is None
        assert problem_with(too_long, [], TODAY) == (AbsenceProblem.TOO_LONG, None)

    def test_goes_forward_and_is_not_over(self):
        backwards = away(1, 2, last=TODAY - timedelta(1))
        past = away(1, 2, TODAY - WEEK, TODAY - timedelta(1))

        assert problem_with(backwards, [], TODAY) == (AbsenceProblem.DATES, None)
        assert problem_with(past, [], TODAY) == (AbsenceProblem.PAST, None)

    def test_to_oneself_is_refused(self):
        assert problem_with(away(1, 1), [], TODAY) == (AbsenceProblem.ONESELF, None)

    def test_makes_no_chain_in_either_direction_and_no_cycle(self):
        other = away(2, 3)

        assert problem_with(away(1, 2), [other], TODAY) == (AbsenceProblem.DEPUTY_AWAY, other)
        assert problem_with(away(3, 1), [other], TODAY) == (AbsenceProblem.STANDS_IN, other)
        assert problem_with(away(3, 2), [other], TODAY) is not None
        assert problem_with(away(2, 1), [other], TODAY) == (AbsenceProblem.OVERLAPS, other)
        later = away(1, 2, TODAY + WEEK + timedelta(1), TODAY + 2 * WEEK)
        assert problem_with(later, [other], TODAY) is None

    @given(st.lists(absences, max_size=4))
    def test_planned_by_the_rules_never_leaves_a_deputy_who_is_away(self, asked):
        planned: list[Absence] = []
        for one in (each for batch in asked for each in batch if each.delegate is not None):
            if problem_with(one, planned, TODAY) is None:
                planned.append(one)
        crew = [Colleague(number, "CRD") for number in range(1, 7)]

        for day in range(12):
            on = Office(crew, planned, TODAY + timedelta(day))
            assert all(on.deputy_of(person) is not None for person in on.away)
