from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.promises import (
    PROMISE_MACHINE,
    PaymentMethod,
    Promise,
    PromiseAction,
    PromiseContext,
    PromiseState,
    Receipt,
    default_tolerance,
    evaluate_promise,
    kept_on,
    why_refuse,
)
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.machine import TransitionRefused
from concilia.kernel.money import Money, total

ITALY = BusinessCalendar("IT")


def euros(text: str) -> Money:
    return Money.parse(text, "EUR")


def day(text: str) -> date:
    return date.fromisoformat(text)


def a_promise(**changes) -> Promise:
    # Friday 2026-09-18; three business days of grace end on Wednesday the 23rd.
    fields = {"amount": euros("1000.00"), "due": day("2026-09-18"), "made_on": day("2026-09-10")}
    return Promise(**fields | changes)


def state(*receipts: tuple[str, str], as_of: str, promise: Promise | None = None) -> PromiseState:
    came = [Receipt(day(on), euros(amount)) for amount, on in receipts]
    return evaluate_promise(promise or a_promise(), came, day(as_of), ITALY).state


class TestEvaluatePromise:
    @pytest.mark.parametrize(
        ("receipts", "as_of", "expected"),
        [
            ([], "2026-09-17", PromiseState.PENDING),
            ([], "2026-09-18", PromiseState.DUE),
            ([], "2026-09-23", PromiseState.DUE),
            ([], "2026-09-24", PromiseState.BROKEN),
            ([("1000.00", "2026-09-11")], "2026-09-11", PromiseState.KEPT),
            ([("1000.00", "2026-09-10")], "2026-09-24", PromiseState.KEPT),
            ([("1000.00", "2026-09-09")], "2026-09-24", PromiseState.BROKEN),
            ([("1000.00", "2026-09-23")], "2026-09-24", PromiseState.KEPT),
            ([("995.00", "2026-09-23")], "2026-09-24", PromiseState.KEPT),
            ([("994.99", "2026-09-23")], "2026-09-24", PromiseState.PARTIAL),
            ([("500.00", "2026-09-15"), ("500.00", "2026-09-22")], "2026-09-24", PromiseState.KEPT),
            ([("1000.00", "2026-09-24")], "2026-09-24", PromiseState.KEPT_LATE),
            ([("1000.00", "2026-10-03")], "2026-10-30", PromiseState.KEPT_LATE),
            ([("1000.00", "2026-10-04")], "2026-10-30", PromiseState.BROKEN),
            (
                [("400.00", "2026-09-20"), ("600.00", "2026-10-04")],
                "2026-10-30",
                PromiseState.PARTIAL,
            ),
        ],
    )
    def test_follows_the_money(self, receipts, as_of, expected):
        assert state(*receipts, as_of=as_of) is expected

    def test_a_returned_direct_debit_breaks_what_was_kept(self):
        promise = a_promise(method=PaymentMethod.DIRECT_DEBIT)
        debit = Receipt(day("2026-09-18"), euros("1000.00"), returned_on=day("2026-10-20"))

        before = evaluate_promise(promise, [debit], day("2026-10-19"), ITALY)
        after = evaluate_promise(promise, [debit], day("2026-10-20"), ITALY)

        assert (before.state, after.state) == (PromiseState.KEPT, PromiseState.BROKEN)
        assert after.missing == euros("1000.00")

    @pytest.mark.parametrize(
        ("method", "last_day"),
        [
            (PaymentMethod.TRANSFER, "2026-09-23"),
            (PaymentMethod.CARD, "2026-09-21"),
            (PaymentMethod.DIRECT_DEBIT, "2026-09-28"),
        ],
    )
    def test_waits_as_long_as_the_method_needs(self, method, last_day):
        assert a_promise(method=method).last_day(ITALY) == day(last_day)

    def test_without_grace_ends_on_the_promised_day_even_on_a_sunday(self):
        sunday = day("2026-09-20")

        assert a_promise(due=sunday, grace_business_days=0).last_day(ITALY) == sunday

    @given(
        receipts=st.lists(
            st.builds(
                Receipt,
                st.dates(day("2026-09-01"), day("2026-11-01")),
                st.integers(1, 100_000).map(lambda minor: Money(minor, "EUR")),
                st.none() | st.dates(day("2026-09-01"), day("2026-11-01")),
            ),
            max_size=6,
        ),
        as_of=st.dates(day("2026-09-10"), day("2026-11-10")),
    )
    def test_counts_no_more_than_the_cash_of_its_window(self, receipts, as_of):  # INV-16
        verdict = evaluate_promise(a_promise(), receipts, as_of, ITALY)
        cash = total((receipt.amount for receipt in receipts), "EUR")

        assert euros("0.00") <= verdict.paid <= cash
        assert verdict.missing == max(euros("1000.00") - verdict.paid, euros("0.00"))
        if verdict.state in {PromiseState.KEPT, PromiseState.KEPT_LATE}:
            assert verdict.paid >= euros("995.00")
            assert kept_on(a_promise(), receipts, as_of) is not None


class TestKeptOn:
    def test_is_the_day_enough_had_come(self):
        receipts = [
            Receipt(day("2026-09-20"), euros("600.00")),
            Receipt(day("2026-09-12"), euros("400.00")),
        ]

        assert kept_on(a_promise(), receipts, day("2026-09-30")) == day("2026-09-20")
        assert kept_on(a_promise(), receipts[:1], day("2026-09-30")) is None


class TestTolerance:
    @pytest.mark.parametrize(
        ("amount", "tolerance"), [("100.00", "1.00"), ("500.00", "5.00"), ("9000.00", "5.00")]
    )
    def test_is_one_percent_and_at_most_five(self, amount, tolerance):
        assert default_tolerance(euros(amount)) == euros(tolerance)

    def test_follows_the_decimals_of_the_currency(self):
        assert default_tolerance(Money(10_000, "JPY")) == Money(5, "JPY")

    def test_never_makes_nothing_enough(self):
        assert a_promise(tolerance=euros("2000.00")).enough == euros("0.01")


class TestWhyRefuse:
    def test_accepts_a_fair_promise(self):
        assert not why_refuse(a_promise(), euros("1000.00"), day("2026-09-10"), PromiseContext())

    @pytest.mark.parametrize(
        ("promise", "context", "why"),
        [
            (a_promise(amount=euros("0.00")), PromiseContext(), "above zero"),
            (a_promise(amount=euros("1000.01")), PromiseContext(), "more than the 1000.00 EUR"),
            (a_promise(due=day("2026-09-09")), PromiseContext(), "has passed"),
            (a_promise(due=day("2026-10-11")), PromiseContext(), "more than 30 days"),
            (a_promise(), PromiseContext(open_promises=2), "2 open promises"),
            (a_promise(), PromiseContext(renegotiations_in_90_days=2), "renegotiated 2 times"),
        ],
    )
    def test_says_why_not(self, promise, context, why):
        [sentence] = why_refuse(promise, euros("1000.00"), day("2026-09-10"), context)

        assert why in sentence

    def test_gives_a_company_more_time(self):
        promise = a_promise(due=day("2026-09-10") + timedelta(days=45))

        assert not why_refuse(
            promise, euros("1000.00"), day("2026-09-10"), PromiseContext(is_business=True)
        )


class TestPromiseMachine:
    def test_a_kept_promise_can_still_be_broken_by_the_bank(self):
        assert PROMISE_MACHINE.after(PromiseState.KEPT, PromiseAction.RETURN) is PromiseState.BROKEN

    def test_a_replaced_promise_is_final(self):
        assert PROMISE_MACHINE.terminal == {PromiseState.CANCELLED, PromiseState.REPLACED}
        with pytest.raises(TransitionRefused):
            PROMISE_MACHINE.after(PromiseState.REPLACED, PromiseAction.KEEP)
