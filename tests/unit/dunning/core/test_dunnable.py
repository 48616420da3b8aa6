from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.dunnable import (
    Demand,
    Dispute,
    OpenAmount,
    demands,
    disputed_open,
    dunnable,
    usual_minimum,
)
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import CurrencyMismatch, Money, total

ITALY = BusinessCalendar("IT")


def euros(text: str) -> Money:
    return Money.parse(text, "EUR")


def an_item(open_amount: str = "100.00", item_id: str = "R1", **kept: str) -> OpenAmount:
    parts = {name: euros(amount) for name, amount in kept.items()}
    return OpenAmount(item_id=item_id, open=euros(open_amount), **parts)


class TestDunnable:
    @pytest.mark.parametrize(
        ("kept", "expected"),
        [
            ({}, "100.00"),
            ({"disputed": "30.00"}, "70.00"),
            (
                {"disputed": "30.00", "promised": "20.00", "planned": "10.00", "held": "5.00"},
                "35.00",
            ),
            ({"disputed": "100.00"}, "0.00"),
            ({"disputed": "80.00", "promised": "80.00"}, "0.00"),
        ],
    )
    def test_is_open_less_what_is_kept(self, kept, expected):
        assert dunnable(an_item(**kept)) == euros(expected)

    def test_asks_for_no_credit(self):
        assert dunnable(an_item("-50.00")) == euros("0.00")

    def test_refuses_what_would_ask_for_more(self):
        with pytest.raises(ValueError, match="R1"):
            an_item(disputed="-1.00")
        with pytest.raises(CurrencyMismatch):
            dunnable(OpenAmount(item_id="R1", open=euros("1.00"), held=Money(1, "USD")))

    amounts = st.integers(-10_000, 100_000).map(lambda minor: Money(minor, "EUR"))
    parts = st.none() | st.integers(0, 100_000).map(lambda minor: Money(minor, "EUR"))

    @given(amounts, parts, parts, parts, parts)
    def test_no_cent_that_is_kept_is_asked_for(
        self, open_amount, disputed, promised, planned, held
    ):
        item = OpenAmount(
            item_id="R1",
            open=open_amount,
            disputed=disputed,
            promised=promised,
            planned=planned,
            held=held,
        )

        asked = dunnable(item)

        assert asked.minor >= 0
        for part in item.parts:
            assert asked.minor + part.minor <= max(open_amount.minor, part.minor)
        if asked:
            assert asked + total(item.parts, "EUR") == open_amount

    @given(amounts, parts, st.integers(0, 10_000))
    def test_one_more_cent_kept_never_asks_for_more(self, open_amount, held, more):
        item = OpenAmount(item_id="R1", open=open_amount, held=held)
        with_more = replace(item, disputed=Money(more, "EUR"))

        assert dunnable(with_more) <= dunnable(item)


class TestDemands:
    def test_shows_what_is_asked_and_what_is_disputed(self):
        items = [an_item(disputed="30.00"), an_item("50.00", "R2", disputed="50.00")]

        assert demands(items, usual_minimum("EUR")) == [
            Demand("R1", euros("70.00"), euros("30.00"))
        ]

    @pytest.mark.parametrize(("open_amount", "sent"), [("10.00", False), ("10.01", True)])
    def test_sends_nothing_for_little(self, open_amount, sent):
        assert bool(demands([an_item(open_amount)], usual_minimum("EUR"))) is sent

    def test_small_items_add_up(self):
        items = [an_item("6.00", "R1"), an_item("6.00", "R2")]

        assert len(demands(items, usual_minimum("EUR"))) == 2

    def test_the_minimum_is_ten_units_of_any_currency(self):
        assert usual_minimum("JPY") == Money(10, "JPY")


class TestDisputedOpen:
    CAME = date(2026, 11, 2)

    def disputed(self, *disputes: Dispute, on: date, open_amount: str = "100.00") -> Money:
        return disputed_open(euros(open_amount), disputes, on, ITALY)

    def a_dispute(self, **changes) -> Dispute:
        return Dispute(**{"amount": euros("30.00"), "received_on": self.CAME} | changes)

    def test_counts_from_the_day_it_came_until_it_is_answered(self):
        dispute = self.a_dispute(decided_on=date(2026, 11, 20))

        assert not self.disputed(dispute, on=date(2026, 11, 1))
        assert self.disputed(dispute, on=self.CAME) == euros("30.00")
        assert self.disputed(dispute, on=date(2027, 11, 1)) == euros("30.00")

    def test_ends_five_business_days_after_the_answer(self):
        # Answered on Thursday 26 November 2026; five business days end on 3 December.
        dispute = self.a_dispute(decided_on=date(2026, 11, 20), answered_on=date(2026, 11, 26))

        assert self.disputed(dispute, on=date(2026, 12, 3)) == euros("30.00")
        assert not self.disputed(dispute, on=date(2026, 12, 4))

    def test_is_never_more_than_is_open(self):
        many = [self.a_dispute(), self.a_dispute(), self.a_dispute(), self.a_dispute()]

        assert self.disputed(*many, on=self.CAME) == euros("100.00")
        assert not self.disputed(*many, on=self.CAME, open_amount="-5.00")

    def test_a_second_claim_after_a_denial_needs_new_evidence(self):
        denied = self.a_dispute(
            decided_on=date(2026, 11, 4), answered_on=date(2026, 11, 4), denied=True
        )
        again = self.a_dispute(received_on=date(2026, 11, 25))

        assert not self.disputed(denied, again, on=date(2026, 11, 25))
        proven = replace(again, new_evidence=True)
        assert self.disputed(denied, proven, on=date(2026, 11, 25)) == euros("30.00")
        granted = replace(denied, denied=False)
        assert self.disputed(granted, again, on=date(2026, 11, 25)) == euros("30.00")

    @given(
        st.lists(
            st.builds(
                Dispute,
                amount=st.integers(0, 5_000).map(lambda minor: Money(minor, "EUR")),
                received_on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
                decided_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
                answered_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
                new_evidence=st.booleans(),
            ),
            max_size=4,
        ),
        st.dates(date(2026, 1, 1), date(2027, 1, 31)),
    )
    def test_while_no_answer_left_the_amount_is_never_asked_for(self, disputes, on):
        open_amount = euros("100.00")
        disputed = disputed_open(open_amount, disputes, on, ITALY)
        asked = dunnable(OpenAmount(item_id="R1", open=open_amount, disputed=disputed))

        assert asked + disputed == open_amount
        for dispute in disputes:
            told = dispute.answered_on is not None and dispute.answered_on < on
            if dispute.received_on <= on and not told:
                assert disputed >= min(dispute.amount, open_amount)

    def test_the_wait_after_an_answer_is_counted_in_business_days(self):
        answered = date(2026, 12, 23)
        dispute = self.a_dispute(decided_on=answered, answered_on=answered)

        assert dispute.suspends_until(ITALY) == date(2026, 12, 31)
        assert dispute.suspends_until(ITALY) > answered + timedelta(days=5)
