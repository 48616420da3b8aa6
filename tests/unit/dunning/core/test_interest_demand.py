from __future__ import annotations

from datetime import date

import pytest

from concilia.dunning.core.interest_demand import LatePart, WhyNot, demand_of, demanded, law_of
from concilia.kernel.money import Money

IT, IT_B2C = law_of("IT", is_business=True), law_of("IT", is_business=False)
DUE, PAID = date(2025, 5, 31), date(2025, 8, 15)


def a_part(minor: int = 1_000_000, currency: str = "EUR", **changes) -> LatePart:
    return LatePart(**{"key": 1, "asked": Money(minor, currency), "due": DUE} | changes)


def test_what_the_law_grants_by_the_vector_of_the_domain():
    found = demand_of(a_part(), IT, PAID)
    assert (found.found.interest.minor, found.fixed.minor) == (21_956, 4_000)  # TV-4.1
    assert demanded([found, found], "EUR") == (Money(43_912, "EUR"), Money(8_000, "EUR"))


def test_what_was_paid_late_bears_interest_until_it_came():
    part = a_part(600_000, due=date(2025, 1, 31), paid=[(date(2025, 3, 2), Money(400_000, "EUR"))])
    found = demand_of(part, IT, date(2025, 7, 10))
    assert found.found.interest.minor == 32_827  # TV-4.8


@pytest.mark.parametrize(("minor", "fixed"), [(99_999, 4_000), (100_000, 7_000), (10**6, 10_000)])
def test_the_fixed_sum_of_the_united_kingdom_has_tiers(minor, fixed):
    found = demand_of(a_part(minor, "GBP"), law_of("GB", is_business=True), PAID)
    assert found.fixed == Money(fixed, "GBP")


def test_a_half_year_that_is_missing_is_named_and_nothing_is_estimated():
    found = demand_of(a_part(due=date(2026, 6, 1)), IT, date(2026, 8, 1))
    assert (found.found, found.why_not, found.half_year) == (None, WhyNot.RATE_MISSING, "2026 H2")
    assert found.fixed == Money(4_000, "EUR")


@pytest.mark.parametrize(
    ("part", "law", "why"),
    [
        (a_part(), None, WhyNot.LAW_UNKNOWN),
        (a_part(), IT_B2C, WhyNot.NOTICE),
        (a_part(), law_of("US", is_business=True), WhyNot.CONTRACT),
        (a_part(reason="NR-05"), IT, WhyNot.OUR_MISTAKE),
        (a_part(reason="NR-12", rests=True), IT, WhyNot.OUR_MISTAKE),
        (a_part(rests=True), IT, WhyNot.RESTS),
        (a_part(499), IT, WhyNot.LITTLE),
    ],
)
def test_where_nothing_is_asked_for_it_says_why(part, law, why):
    found = demand_of(part, law, PAID)
    assert (found.found, found.fixed, found.why_not) == (None, None, why)
    assert demanded([found], "EUR") == (Money(0, "EUR"), Money(0, "EUR"))
