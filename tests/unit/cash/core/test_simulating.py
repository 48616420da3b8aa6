"""Two answers held against each other and against the decision; figures that add up over parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from concilia.cash.core.simulating import (
    Compared,
    Kind,
    Tolerances,
    Verdict,
    added,
    compare,
    does_of,
    summed,
)
from concilia.matching import records
from concilia.matching.explanations import Explanation
from concilia.matching.policy import Policy

POSTED, PROPOSED = records.Status.POSTED, records.Status.PROPOSED


def answer(status, **lines) -> records.Match:
    """An answer that gives each item an amount, or an amount and a write-off."""
    allocations = tuple(
        records.Allocation(item.removeprefix("i"), *(a if isinstance(a, tuple) else (a,)))
        for item, a in lines.items()
    )
    return records.Match(
        payment_id="1",
        status=status,
        rule="M6",
        confidence_bp=9_000,
        customer_id="7",
        allocations=allocations,
        deductions=(),
        on_account_minor=0,
        explanation=Explanation(()),
    )


def compared(before, now, decided=None) -> Compared:
    does = {"before": does_of(before, int), "now": does_of(now, int)}
    return compare(before, now, decided, does)


class TestCompare:
    def test_what_is_posted_only_now_is_more_and_right_if_people_did_the_same(self):
        now = answer(POSTED, i1=(99, 0, 1))

        one = compared(answer(PROPOSED, i1=99), now, {1: (99, 0, 1, 0)})

        assert (one.kind, one.verdict, one.writeoff_minor) == (Kind.MORE, Verdict.RIGHT, 1)
        assert one.writeoff_before_minor == 0

    def test_it_is_wrong_if_people_did_something_else(self):
        one = compared(answer(PROPOSED, i1=99), answer(POSTED, i1=99), {2: (99, 0, 0, 0)})

        assert (one.kind, one.verdict) == (Kind.MORE, Verdict.WRONG)

    def test_nobody_knows_while_nothing_is_decided(self):
        assert compared(answer(PROPOSED), answer(POSTED, i1=5)).verdict is Verdict.UNKNOWN

    def test_less_and_anew_and_same(self):
        one, other = answer(POSTED, i1=5), answer(POSTED, i2=5)

        assert compared(one, answer(PROPOSED, i1=5)).kind is Kind.LESS
        assert compared(one, other).kind is Kind.ANEW
        assert compared(one, one).kind is Kind.SAME
        assert compared(answer(PROPOSED, i1=5), answer(PROPOSED, i2=5)).kind is Kind.SAME


kinds = st.sampled_from(sorted(Kind))
rows = st.lists(
    st.tuples(
        st.sampled_from(["EUR", "CHF"]),
        st.builds(
            Compared,
            kind=kinds.map(Kind),
            verdict=st.sampled_from(sorted(Verdict)).map(Verdict),
            was_posted=st.booleans(),
            is_posted=st.booleans(),
            writeoff_before_minor=st.integers(0, 1000),
            writeoff_minor=st.integers(0, 1000),
        ),
    )
)


@given(rows, rows)
def test_figures_of_parts_add_up_to_those_of_the_whole(first, second):
    assert added(summed(first), summed(second)) == summed([*first, *second])
    assert added({}, summed(first)) == summed(first)


def test_tolerances_that_nobody_named_stay_as_they_are():
    policy = Policy(bank_charge_minor=77)

    changed = Tolerances(small_difference_minor=500, post_subsets=False).over(policy)

    assert (changed.small_difference_minor, changed.post_subsets) == (500, False)
    assert (changed.bank_charge_minor, changed.post_statements) == (77, True)
