"""Promises in the database: what money, days and people make of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_entity
from tests.world.collecting import DAY, Debtor, state_of

from concilia.cash.actions import reverse_match
from concilia.cash.models import Match
from concilia.dunning.actions import CollectionRefused, NewPromise, cancel_promise, record_promise
from concilia.dunning.models import Promise, PromiseItem
from concilia.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def debtor():
    return Debtor()


class TestMoneyJudges:
    def test_enough_in_time_keeps_it_the_moment_it_is_posted(self, debtor):
        item = debtor.owes(1000)
        promise = debtor.promises(1000)

        debtor.pays(item, 100_000)

        assert state_of(promise) == ("KEPT", 100_000)
        assert promise.place is None
        assert AuditEntry.objects.filter(act="promise.judged").count() == 1

    def test_what_was_paid_before_it_was_made_is_not_of_it(self, debtor):
        item = debtor.owes(1000)
        promise = debtor.promises(600)

        debtor.pays(item, 60_000, on=TODAY - DAY)

        assert state_of(promise) == ("PENDING", 0)

    def test_days_make_it_due_then_broken_and_late_money_mends_it(self, debtor):
        item = debtor.owes(1000)
        promise = debtor.promises(1000, days=4)  # Monday 23rd, one working day of grace

        debtor.judged(TODAY + 4 * DAY)
        assert state_of(promise) == ("DUE", 0)
        debtor.judged(TODAY + 5 * DAY)
        assert state_of(promise) == ("DUE", 0)
        debtor.judged(TODAY + 6 * DAY)
        assert state_of(promise) == ("BROKEN", 0)
        row = debtor.pays(item, 100_000, on=TODAY + 10 * DAY)
        debtor.judged_by_money(row, on=TODAY + 10 * DAY)

        assert state_of(promise) == ("KEPT_LATE", 100_000)

    def test_a_part_is_a_part(self, debtor):
        item = debtor.owes(1000)
        promise = debtor.promises(1000, days=4)
        debtor.pays(item, 40_000, on=TODAY + DAY)

        debtor.judged(TODAY + 6 * DAY)

        assert state_of(promise) == ("PARTIAL", 40_000)

    def test_money_that_goes_back_breaks_it(self, debtor):
        item = debtor.owes(1000)
        promise = debtor.promises(1000)
        row = debtor.pays(item, 100_000)
        assert state_of(promise) == ("KEPT", 100_000)

        match = Match.objects.get(bank_entry=row, state="POSTED")
        reverse_match(match_id=match.pk, reason="not theirs", member=debtor.clerk, at=NOON)
        debtor.judged_by_money(row)

        assert state_of(promise) == ("BROKEN", 0)

    def test_each_cent_keeps_one_promise(self, debtor):
        item = debtor.owes(1000)
        first = debtor.promises(400, days=3)
        second = debtor.promises(600, days=6)

        debtor.pays(item, 50_000)
        assert state_of(first) == ("KEPT", 40_000)
        assert state_of(second) == ("PENDING", 10_000)
        debtor.pays(item, 50_000)

        assert state_of(second) == ("KEPT", 60_000)
        assert sum(PromiseItem.objects.values_list("paid_minor", flat=True)) == 100_000

    def test_judging_twice_changes_nothing(self, debtor):
        item = debtor.owes(1000)
        debtor.promises(1000)
        debtor.pays(item, 100_000)

        assert debtor.judged(TODAY) == 0


class TestPeople:
    def test_the_oldest_due_items_are_promised_first(self, debtor):
        younger, older = debtor.owes(500, days_late=5), debtor.owes(300, days_late=40)

        promise = debtor.promises(400)

        parts = dict(promise.items.values_list("item", "amount_minor"))
        assert parts == {older.pk: 30_000, younger.pk: 10_000}

    @pytest.mark.parametrize(
        ("euros", "days", "said"),
        [
            (0, 5, "above zero"),
            (1001, 5, "more than the 1000.00 EUR"),
            (100, -1, "has passed"),
            (100, 46, "more than 45 days away"),
        ],
    )
    def test_what_cannot_be_promised_is_refused(self, debtor, euros, days, said):
        debtor.owes(1000)
        with pytest.raises(CollectionRefused, match=said):
            debtor.promises(euros, days)
        assert not Promise.objects.exists()

    def test_there_is_no_third_open_promise_not_even_past_the_program(self, debtor):
        debtor.owes(1000)
        first = debtor.promises(100)
        debtor.promises(100)
        with pytest.raises(CollectionRefused, match="2 open promises"):
            debtor.promises(100)
        with pytest.raises(IntegrityError), transaction.atomic():
            Promise.objects.filter(pk=first.pk).update(place=2)
        with pytest.raises(IntegrityError), transaction.atomic():
            Promise.objects.filter(pk=first.pk).update(place=None)

    def test_is_renegotiated_twice_in_ninety_days(self, debtor):
        debtor.owes(1000)
        promise = debtor.promises(100)
        for _ in range(2):
            before, promise = promise, debtor.promises(100, replaces_id=promise.pk)
            assert state_of(before)[0] == "REPLACED"
        with pytest.raises(CollectionRefused, match="renegotiated 2 times"):
            debtor.promises(100, replaces_id=promise.pk)
        assert state_of(promise)[0] == "PENDING"

    def test_what_is_cancelled_may_be_chased_again(self, debtor):
        debtor.owes(1000)
        promise = debtor.promises(1000)
        assert debtor.may_be_chased().dunnable == 0
        with pytest.raises(CollectionRefused, match="Say why"):
            cancel_promise(promise_id=promise.pk, why=" ", by=debtor.clerk, at=NOON)

        cancel_promise(promise_id=promise.pk, why="said by mistake", by=debtor.clerk, at=NOON)

        assert state_of(promise)[0] == "CANCELLED"
        assert debtor.may_be_chased().dunnable == 100_000
        with pytest.raises(CollectionRefused, match="is over"):
            cancel_promise(promise_id=promise.pk, why="again", by=debtor.clerk, at=NOON)

    def test_belongs_to_one_creditor_and_to_who_may(self, debtor):
        debtor.owes(1000)
        promise = debtor.promises(100)
        stranger = a_member(an_entity("other"))
        auditor = a_member(debtor.entity, "Paolo Neri", role="auditor")
        for who in (stranger, auditor):
            with pytest.raises(CollectionRefused):
                cancel_promise(promise_id=promise.pk, why="x", by=who, at=NOON)
        new = NewPromise(
            customer_id=debtor.customer.pk, currency="EUR", due_date=TODAY + timedelta(days=3)
        )
        with pytest.raises(CollectionRefused, match="no such customer"):
            record_promise(new=new, by=stranger, at=NOON)

    def test_is_not_about_items_of_others(self, debtor):
        other = a_customer(debtor.entity)
        debtor.customer, mine = other, debtor.customer
        item = debtor.owes(500)
        debtor.customer = mine
        with pytest.raises(CollectionRefused, match="not this customer"):
            debtor.promises(100, items=[item.pk])
