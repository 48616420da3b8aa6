"""Which cents keep which promise: none keeps two, and the state follows from them alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.courses import course_of, word_of_bank
from concilia.dunning.core.promises import Promise, PromiseState
from concilia.dunning.core.sharing import Allocated, Standing, follow, judge, share_out
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import Money
from concilia.kernel.non_payment import NON_PAYMENT_REASONS

ITALY = BusinessCalendar("IT")
START = date(2026, 9, 1)
S = PromiseState
days = st.integers(0, 60).map(lambda n: START + timedelta(days=n))
made = st.lists(
    st.builds(
        lambda on, due, minor, items: (on, on + timedelta(days=due), minor, items),
        days,
        st.integers(0, 30),
        st.integers(1, 50_000),
        st.sets(st.integers(1, 3), min_size=1),
    ),
    max_size=5,
)
paid = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 3), days, st.integers(1, 50_000)),
    max_size=8,
    unique_by=lambda row: row[:2],
)


def standing_of(rows, state=S.PENDING):
    return [
        Standing(
            key=key,
            promise=Promise(amount=Money(minor, "EUR"), due=due, made_on=on),
            items=sorted(items),
            state=state,
        )
        for key, (on, due, minor, items) in enumerate(rows, start=1)
    ]


def money_of(rows, share=1):
    cash = {}
    for payment, _item, _day, minor in rows:
        cash[payment] = cash.get(payment, 0) + minor
    return [
        Allocated(
            payment=payment, item=item, value_date=day, minor=minor, cash=cash[payment] // share
        )
        for payment, item, day, minor in rows
    ]


@given(rows=made, money=paid, share=st.integers(1, 3))
def test_no_cent_keeps_two_promises_and_none_more_than_was_promised(rows, money, share):
    standing, found = standing_of(rows), money_of(money, share)
    shares = share_out(standing, found, ITALY)
    for each in standing:
        got = sum(receipt.amount.minor for receipt in shares[each.key].receipts)
        assert got == sum(shares[each.key].by_item.values()) <= each.promise.amount.minor
        assert set(shares[each.key].by_item) <= set(each.items)
    dealt = sum(sum(one.by_item.values()) for one in shares.values())
    cash = {one.payment: one.cash for one in found}
    assert dealt <= sum(cash.values())
    for item in (1, 2, 3):
        of_item = sum(one.by_item.get(item, 0) for one in shares.values())
        assert of_item <= sum(one.minor for one in found if one.item == item)


@given(rows=made, money=paid, on=days)
def test_more_money_never_lowers_what_is_paid_in_all(rows, money, on):
    standing = standing_of(rows)
    less = judge(standing, money_of(money[:-1]), on, ITALY)
    more = judge(standing, money_of(money), on, ITALY)
    assert sum(one.paid_minor for one in more.values()) >= sum(
        one.paid_minor for one in less.values()
    )


@pytest.mark.parametrize(
    ("before", "money_says", "after"),
    [
        (S.PENDING, S.DUE, S.DUE),
        (S.PENDING, S.BROKEN, S.BROKEN),
        (S.PENDING, S.KEPT_LATE, S.KEPT_LATE),
        (S.KEPT, S.PENDING, S.BROKEN),
        (S.KEPT, S.PARTIAL, S.PARTIAL),
        (S.BROKEN, S.KEPT, S.KEPT),
        (S.BROKEN, S.DUE, S.BROKEN),
        (S.PARTIAL, S.BROKEN, S.BROKEN),
        (S.DUE, S.PENDING, S.DUE),
    ],
)
def test_the_state_goes_the_way_of_the_machine(before, money_says, after):
    assert follow(before, money_says) is after


def test_what_people_ended_is_left_alone_and_a_replaced_one_keeps_its_cents():
    on, due = START, START + timedelta(days=5)
    rows = [(on, due, 10_000, {1}), (on, due + timedelta(days=9), 10_000, {1})]
    first, second = standing_of(rows)
    first = Standing(key=1, promise=first.promise, items=[1], state=S.REPLACED, paid_minor=4_000)
    found = money_of([(1, 1, on, 10_000)])
    judged = judge([first, second], found, on, ITALY)
    assert {key: one.paid_minor for key, one in judged.items()} == {2: 6_000}


class TestMotives:
    def test_every_reason_has_its_course(self):
        courses = [course_of(code, START, ITALY) for code in NON_PAYMENT_REASONS]
        assert sum(one.stops for one in courses) == 3
        assert all(one.next_date > START for one in courses)

    def test_a_hold_in_working_days_leaves_holidays_out(self):
        course = course_of("NR-08", date(2026, 12, 23), ITALY)
        assert course.hold_until_date == date(2026, 12, 31)
        assert (course.holds, course.stops) == (True, False)

    @pytest.mark.parametrize(
        ("code", "was_short", "reason"),
        [
            ("AM04", False, "NR-09"), ("AM04", True, "NR-10"), ("md07", False, "NR-13"),
            ("MD01", False, "NR-00"), ("AM05", False, "NR-05"), ("AC01", True, "NR-04"),
        ],
    )  # fmt: skip
    def test_a_banks_code_is_read_by_the_table(self, code, was_short, reason):
        assert word_of_bank(code, was_short_before=was_short).code == reason
        assert word_of_bank("ZZ00") is None
