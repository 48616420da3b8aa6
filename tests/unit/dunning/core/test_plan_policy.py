from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.instalments import Model, PlanTerms, plan
from concilia.dunning.core.plan_policy import (
    BOUNDS,
    DEFAULT_POLICY,
    Breach,
    PlanPolicy,
    PolicyUnreadable,
    Who,
    breaches_of,
    breaches_of_new_date,
    parts_of,
    policy_from,
)
from concilia.kernel.money import Money

TODAY = date(2026, 11, 19)


def a_plan(euros: int = 900, count: int = 3, days: int = 10, **changes):
    return plan(
        PlanTerms(
            principal=Money(euros * 100, "EUR"),
            count=count,
            first_due=TODAY + timedelta(days=days),
            start=TODAY,
            **changes,
        )
    )


def breaches(made, policy=DEFAULT_POLICY, *, is_business=True):
    return breaches_of(made, policy, today=TODAY, is_business=is_business)


@pytest.mark.parametrize(
    ("terms", "policy", "found"),
    [
        ({}, {}, []),
        ({}, {"who": Who.NOBODY}, [Breach.WHO]),
        ({"euros": 99}, {}, [Breach.TOO_LITTLE]),
        ({"euros": 5_001}, {}, [Breach.TOO_MUCH]),
        ({"count": 7}, {"months_max": 12}, [Breach.PARTS]),
        ({"count": 6}, {"months_max": 4}, [Breach.MONTHS]),
        ({"euros": 120, "count": 6}, {}, [Breach.SMALL_PART]),
        ({"down_payment": Money(5_000, "EUR")}, {}, [Breach.SMALL_FIRST]),
        ({"days": 32}, {}, [Breach.LATE_FIRST]),
        ({"model": Model.LINEAR, "rate": Decimal(4)}, {}, [Breach.INTEREST]),
        (
            {"model": Model.LINEAR, "rate": Decimal(4)},
            {"model": Model.LINEAR, "rate_percent": Decimal(4)},
            [],
        ),
    ],
)
def test_each_bound_is_told_by_its_name(terms, policy, found):
    assert breaches(a_plan(**terms), PlanPolicy(**policy)) == found


def test_companies_alone():
    policy = PlanPolicy(who=Who.COMPANIES)
    assert breaches(a_plan(), policy, is_business=True) == []
    assert breaches(a_plan(), policy, is_business=False) == [Breach.WHO]


def test_a_new_date_is_measured_by_its_distance():
    near, far = a_plan(count=1, days=45), a_plan(count=1, days=46)
    for made, found in ((near, []), (far, [Breach.LATE_FIRST])):
        assert breaches_of_new_date(made, DEFAULT_POLICY, today=TODAY, is_business=True) == found


@given(
    st.integers(1, 10_000), st.integers(1, 24), st.integers(0, 60), st.sampled_from(sorted(BOUNDS))
)
def test_a_policy_that_allows_less_never_agrees_on_more(euros, count, days, name):
    """Halving a most, or doubling a least, takes no breach away."""
    made = a_plan(euros, count, days)
    value = getattr(DEFAULT_POLICY, name)
    is_least = name in {"amount_min", "part_min", "first_bp"}
    stricter = PlanPolicy(**{name: value * 2 if is_least else value // 2})
    if name != "rate_percent":
        assert set(breaches(made)) <= set(breaches(made, stricter))


@given(st.integers(1, 10**9), st.integers(1, 10**7))
def test_so_much_a_month_at_most(minor, monthly):
    count = parts_of(minor, monthly)
    assert -(-minor // count) <= monthly
    assert count == 1 or -(-minor // (count - 1)) > monthly


def test_settings_are_read_and_bounded():
    assert policy_from({}) == DEFAULT_POLICY
    read = policy_from({"parts_max": "12", "who": "nobody", "model": "linear", "rate_percent": "5"})
    assert (read.parts_max, read.who, read.rate_percent) == (12, Who.NOBODY, Decimal(5))


@pytest.mark.parametrize(
    "stored",
    [
        {"parts": 3},
        {"parts_max": 0},
        {"parts_max": "many"},
        {"who": "me"},
        {"rate_percent": "NaN", "model": "linear"},
        {"rate_percent": 5},
        {"model": "linear"},
        {"very_late_bp": 10_001},
    ],
)
def test_what_is_no_policy_is_refused(stored):
    with pytest.raises(PolicyUnreadable):
        policy_from(stored)


def test_nothing_a_month_pays_nothing():
    with pytest.raises(ValueError, match="pays nothing"):
        parts_of(100, 0)
