from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concilia.dunning.core.dunnable import Dispute, OpenAmount, disputed_open, dunnable
from concilia.dunning.core.instalments import PlanTerms, plan
from concilia.dunning.core.keeping import planned, promised, why_not_accelerate
from concilia.dunning.core.plan_progress import PlanHealth, PlanState, pay
from concilia.dunning.core.promises import Promise, Receipt
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import Money, total

ITALY = BusinessCalendar("IT")
START = date(2026, 9, 1)


def euros(text: str) -> Money:
    return Money.parse(text, "EUR")


class TestPromised:
    # Friday 2026-09-18; three business days of grace end on Wednesday the 23rd.
    PROMISE = Promise(amount=euros("100.00"), due=date(2026, 9, 18), made_on=date(2026, 9, 10))

    @pytest.mark.parametrize(
        ("received", "on", "kept"),
        [
            ([], date(2026, 9, 10), "100.00"),
            ([], date(2026, 9, 23), "100.00"),
            ([], date(2026, 9, 24), "0.00"),
            ([("40.00", date(2026, 9, 15))], date(2026, 9, 16), "60.00"),
            ([("40.00", date(2026, 9, 15))], date(2026, 9, 24), "0.00"),
            ([("100.00", date(2026, 9, 15))], date(2026, 9, 16), "0.00"),
        ],
    )
    def test_is_believed_until_its_last_day_is_over(self, received, on, kept):
        receipts = [Receipt(day, euros(amount)) for amount, day in received]

        assert promised(self.PROMISE, receipts, on, ITALY) == euros(kept)

    def test_a_suspended_promise_keeps_what_has_not_come(self):
        late = date(2026, 11, 1)

        assert promised(self.PROMISE, [], late, ITALY, suspended=True) == euros("100.00")


class TestPlanned:
    MADE = plan(PlanTerms(principal=euros("300.00"), count=3, first_due=date(2026, 9, 30)))

    def test_a_running_plan_keeps_all_that_is_open(self):
        state, _ = pay(PlanState.unpaid(self.MADE), euros("100.00"), date(2026, 9, 30))

        assert planned(state, date(2026, 10, 1), ITALY) == euros("200.00")

    def test_one_late_row_changes_nothing(self):
        state = PlanState.unpaid(self.MADE)

        assert planned(state, date(2026, 10, 20), ITALY) == euros("300.00")

    def test_in_default_only_what_is_not_due_is_kept(self):
        state = PlanState.unpaid(self.MADE)

        assert planned(state, date(2026, 11, 20), ITALY) == euros("100.00")
        assert not planned(state, date(2026, 11, 20), ITALY, accelerated=True)

    def test_a_plan_that_is_paid_keeps_nothing(self):
        state, _ = pay(PlanState.unpaid(self.MADE), euros("300.00"), date(2026, 9, 2))

        assert not planned(state, date(2026, 9, 3), ITALY)


class TestAcceleration:
    NOTICED, ON = date(2026, 11, 20), date(2026, 12, 10)

    @pytest.mark.parametrize(
        ("standing", "by_person", "noticed_on", "why"),
        [
            (PlanHealth.AT_RISK, True, NOTICED, "The plan is at risk, not in default."),
            (PlanHealth.DEFAULTED, True, None, "No formal notice was given before."),
            (PlanHealth.DEFAULTED, True, ON, "No formal notice was given before."),
            (PlanHealth.DEFAULTED, False, NOTICED, "A person decides this, no program."),
            (PlanHealth.DEFAULTED, True, NOTICED, None),
        ],
    )
    def test_takes_a_default_a_notice_and_a_person(self, standing, by_person, noticed_on, why):
        found = why_not_accelerate(standing, by_person=by_person, noticed_on=noticed_on, on=self.ON)

        assert found == why


@dataclass
class Account:
    """One invoice and all that happens to it, in the order of days."""

    open: Money = field(default_factory=lambda: euros("100.00"))
    disputes: list[Dispute] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)

    def happens(self, what: str, minor: int, on: date) -> None:
        amount = Money(min(minor, self.open.minor), "EUR")
        if not amount:
            return
        if what == "pay":
            self.receipts.append(Receipt(on, amount))
            self.open -= amount
        elif what == "promise":
            self.promises.append(Promise(amount=amount, due=on + timedelta(days=10), made_on=on))
        elif what == "dispute":
            self.disputes.append(Dispute(amount=amount, received_on=on))

    def believed(self, on: date) -> list[Money]:
        return [promised(each, self.receipts, on, ITALY) for each in self.promises]

    def asked(self, on: date) -> Money:
        return dunnable(
            OpenAmount(
                item_id="R1",
                open=self.open,
                disputed=disputed_open(self.open, self.disputes, on, ITALY),
                promised=total(self.believed(on), "EUR"),
            )
        )


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["pay", "promise", "dispute"]),
            st.integers(1, 12_000),
            st.integers(0, 15),
        ),
        max_size=8,
    ),
    st.integers(0, 40),
)
def test_no_sequence_asks_for_a_disputed_or_promised_cent(events, later):
    account, on = Account(), START
    for what, minor, days in events:
        on += timedelta(days=days)
        account.happens(what, minor, on)

        asked, disputed = (
            account.asked(on),
            disputed_open(account.open, account.disputes, on, ITALY),
        )
        assert asked.minor >= 0
        assert asked + disputed <= account.open
        for believed in account.believed(on):
            assert asked.minor == 0 or asked + disputed + believed <= account.open

    # With the days only promises end; no open dispute is ever forgotten.
    much_later = on + timedelta(days=later)
    disputed = disputed_open(account.open, account.disputes, much_later, ITALY)
    assert account.asked(much_later) + disputed <= account.open
    if later > 30:
        assert account.asked(much_later) + disputed == account.open
