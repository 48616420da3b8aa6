"""What we asked for under a reference of ours is settled item by item, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.matching.test_engine import applied, match
from tests.world.small_ledgers import item, payment

from concilia.matching.explanations import render
from concilia.matching.records import Asked, Status

REFERENCE = "RF27INV2025001234"


def asked(**parts):
    return tuple(Asked(name, minor) for name, minor in parts.items())


def test_the_exact_sum_settles_exactly_what_was_asked_for():
    items = [item("A", 122_000), item("B", 5_000), item("C", 127_000)]
    paid = payment(127_000, structured_reference=REFERENCE, asked=asked(A=122_000, B=5_000))
    found = match(paid, items)
    assert (found.rule, found.status) == ("M1", Status.POSTED)
    assert applied(found) == {"A": 122_000, "B": 5_000}
    assert found.deductions == ()
    assert REFERENCE in render(found.explanation)


def test_the_undisputed_part_leaves_the_rest_open_and_makes_no_deduction():
    items = [item("A", 122_000)._replace(disputed_minor=12_200)]
    found = match(payment(109_800, structured_reference=REFERENCE, asked=asked(A=109_800)), items)
    assert (found.status, applied(found)) == (Status.POSTED, {"A": 109_800})
    assert found.deductions == ()
    assert found.on_account_minor == 0


def test_a_reference_of_an_instruction_counts_as_m2():
    paid = payment(122_000, end_to_end_id=REFERENCE, asked=asked(A=122_000), asked_as="M2")
    found = match(paid, [item("A", 122_000), item("B", 122_000)])
    assert (found.rule, found.status, applied(found)) == ("M2", Status.POSTED, {"A": 122_000})


@pytest.mark.parametrize("amount", [100_000, 130_000])
def test_another_amount_waits_for_a_person(amount):
    items = [item("A", 122_000), item("B", 5_000)]
    paid = payment(amount, structured_reference=REFERENCE, asked=asked(A=121_000, B=5_000))
    found = match(paid, items)
    assert found.status is Status.PROPOSED
    assert found.deductions == ()
    assert sum(applied(found).values()) + found.on_account_minor == amount


def test_what_was_paid_meanwhile_is_not_paid_twice():
    items = [item("A", 40_000), item("B", 5_000)]
    paid = payment(127_000, structured_reference=REFERENCE, asked=asked(A=122_000, B=5_000))
    found = match(paid, items)
    assert found.status is Status.PROPOSED
    assert applied(found) == {"A": 40_000, "B": 5_000}
    assert found.on_account_minor == 82_000


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), min_size=1, max_size=6),
    st.integers(1, 3 * 10**6),
)
def test_no_item_gets_more_than_was_asked_of_it_unless_a_person_says_so(wanted, amount):
    items = [item(f"I{n}", open_minor) for n, (open_minor, _asked) in enumerate(wanted)]
    parts = tuple(Asked(f"I{n}", minor) for n, (_open, minor) in enumerate(wanted))
    found = match(payment(amount, structured_reference=REFERENCE, asked=parts), items)
    assert sum(applied(found).values()) + found.on_account_minor == amount
    if found.status is Status.POSTED and found.rule == "M1":
        limits = {one.item_id: one.minor for one in parts}
        assert all(minor <= limits[name] for name, minor in applied(found).items())
