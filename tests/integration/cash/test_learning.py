"""What clerks confirm teaches, what they take back is unlearned, and neither by halves."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world.builders import NOON, a_customer
from tests.world.payer import IBAN, all_holds
from tests.world.paying_office import PayingOffice, live

from concilia.cash.actions import (
    match_entry,
    post_proposals,
    settle_return,
)
from concilia.cash.actions.learning import learn
from concilia.cash.models import HabitVerdict
from concilia.cash.queries.habits import habits_of
from concilia.customers.models import Customer, PayerAlias, PayerGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> PayingOffice:
    return PayingOffice()


class TestHabits:
    def test_a_decision_agrees_with_a_habit_or_does_not(self, office):
        items = office.items(7)
        first, second = office.pay(20_000), office.pay(20_000)
        assert set(live(first).habits) == {"oldest", "statement"}  # each item is due on its day

        office.decide(first, *items[:2])
        assert office.counts()["oldest"] == (1, 0)
        office.decide(second, *items[5:])
        assert office.counts()["oldest"] == (1, 1)

    def test_what_is_confirmed_as_proposed_counts_once(self, office):
        office.items(7)
        entry = office.pay(20_000)
        match = live(entry)

        done = post_proposals(match_ids=[match.pk], member=office.member, at=NOON)

        assert [one.pk for one in done.posted] == [match.pk]
        assert sum(office.counts()["oldest"]) == 1

    def test_taking_everything_back_brings_back_the_beginning(self, office):
        items = office.items(7)
        matches = [office.decide(office.pay(20_000), *items[n : n + 2]) for n in (0, 2, 4)]
        assert office.counts()["oldest"][0] > 0

        for match in matches:
            office.take_back(match)

        assert office.counts() == {}
        assert not HabitVerdict.objects.exists()
        assert all_holds()

    def test_the_decision_after_a_reversal_is_the_one_that_counts(self, office):
        items = office.items(7)
        entry = office.pay(20_000)
        office.take_back(office.decide(entry, *items[:2]))

        office.decide(entry, *items[3:5])

        assert office.counts()["oldest"] == (0, 1)

    def test_a_habit_from_three_on_is_proposed_with_how_often(self, office):
        items = office.items(12)
        for n in (0, 2, 4):
            office.decide(office.pay(20_000), *items[n : n + 2])

        match = live(office.pay(20_000))

        assert (match.rule, match.state) == ("M12", "PROPOSED")
        told = match.explanation["parts"][0]
        assert told["key"] == "habit_oldest"
        assert (told["arguments"]["times"], told["arguments"]["of"]) == ("3", "3")
        assert set(match.allocations.values_list("item", flat=True)) == {
            items[6].pk,
            items[7].pk,
        }

    def test_thresholds_of_the_entity_decide_whether_it_posts(self, office):
        office.entity.settings = {
            "matching": {"habit_confirmations_min": 3, "habit_probability_bp": 7_500}
        }
        office.entity.save()
        items = office.items(12)
        for n in (0, 2, 4):
            office.decide(office.pay(20_000), *items[n : n + 2])

        entry = office.pay(20_000)
        match = live(entry)

        assert (match.rule, match.state, match.decided_by) == ("M12", "POSTED", None)
        assert office.counts()["oldest"] == (3, 0)  # a machine is no evidence for itself
        office.take_back(match)
        assert office.counts()["oldest"] == (3, 1)
        office.decide(entry, items[9], items[10])
        assert office.counts()["oldest"] == (3, 1)  # one payment, one verdict
        assert match_entry(bank_entry_id=office.pay(20_000).pk, at=NOON).state == "PROPOSED"
        assert all_holds()

    def test_members_of_a_group_share_their_habits(self, office):
        group = PayerGroup.objects.create(entity=office.entity, code="G", name="G")
        member = a_customer(office.entity, "Bianchi Spa", payer_group=group)
        Customer.objects.filter(pk=office.customer.pk).update(payer_group=group)
        own, others = office.items(4), office.items(4, 10_000, member)

        office.decide(office.pay(20_000), own[0], others[0])
        office.decide(office.pay(20_000), others[2], others[3], who=member)

        payers = {row.pk: str(row.payer_group_id) for row in Customer.objects.all()}
        [habit] = [one for one in habits_of(payers) if one.kind == "oldest"]
        assert habit.confirmations + habit.contradictions == 2

    def test_money_the_bank_takes_back_says_nothing(self, office):
        items = office.items(7)
        entry = office.pay(20_000)
        office.decide(entry, *items[:2])
        returned = office.pay(20_000, is_return=True)

        settle_return(
            bank_entry_id=returned.pk, paid_entry_id=entry.pk, member=office.member, at=NOON
        )

        assert office.counts()["oldest"] == (1, 0)


class TestAliases:
    def test_one_confirmation_does_not_contradict_another_payer(self, office):
        other = a_customer(office.entity, "Verdi Spa")
        office.items(1)
        item = office.items(1, 7_000, other)[0]
        office.decide(office.pay(7_000, payer_name="?"), item, who=other)
        assert PayerAlias.objects.get(customer=other, kind="iban").hits == 1

        match = live(office.pay(10_000, payer_name="?"))

        assert (match.customer, match.rule, match.state) == (office.customer, "M6", "POSTED")

    def test_two_confirmations_do(self, office):
        other = a_customer(office.entity, "Verdi Spa")
        office.items(1)
        for amount in (7_000, 8_000):
            item = office.items(1, amount, other)[0]
            office.decide(office.pay(amount, payer_name="?"), item, who=other)

        assert live(office.pay(10_000, payer_name="?")).state != "POSTED"

    def test_a_name_counts_from_the_second_time(self, office):
        for amount in (7_000, 8_000):
            entry = office.pay(amount, payer_iban="", payer_name="CASSA CENTRALE MERCATI 4711")
            assert live(entry).customer is None
            office.decide(entry, *office.items(1, amount))
        assert PayerAlias.objects.get(kind="name").hits == 2
        office.items(1, 9_000)

        match = live(
            office.pay(9_000, payer_iban="", payer_name="Cassa Centrale Mercati 4711 S.p.A.")
        )

        assert (match.customer, match.rule, match.state) == (office.customer, "M6", "POSTED")

    def test_a_reversal_takes_a_hit_and_the_last_one_the_alias(self, office):
        iban = "FR1420041010050500013M02606"
        matches = [
            office.decide(office.pay(n, payer_iban=iban, payer_name="?"), *office.items(1, n))
            for n in (7_000, 8_000)
        ]
        office.take_back(matches[0])
        assert PayerAlias.objects.get(value=iban).hits == 1

        office.take_back(matches[1])

        assert not PayerAlias.objects.filter(value=iban).exists()

    def test_what_the_master_data_state_is_never_forgotten(self, office):
        entry = office.pay(20_000)
        items = office.items(3)
        match = office.decide(entry, *items[:2])
        assert PayerAlias.objects.get(value=IBAN).hits == 1

        office.take_back(match)

        alias = PayerAlias.objects.get(value=IBAN)
        assert (alias.hits, alias.is_stated) == (0, True)


@pytest.mark.parametrize("count", [1, 4])
def test_learning_takes_the_same_statements_for_one_payment_and_for_many(office, count):
    office.items(14)
    matches = []
    for _ in range(count):
        match = live(office.pay(20_000))
        match.habits = {"oldest": "0", "statement": "1"}
        match.customer = office.customer
        match.save()
        matches.append(match)

    with CaptureQueriesContext(connection) as seen:
        learn(matches=matches, at=NOON)

    assert len(seen) == 4
    assert HabitVerdict.objects.count() == 2 * count


class TestWhateverPeopleDecide:
    """Five payments are matched; then people decide about them in any order and in any way."""

    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(order=st.permutations(range(5)), chosen=st.permutations(range(10)))
    def test_the_order_means_nothing_and_taking_all_back_is_the_beginning(
        self, office, order, chosen
    ):
        beginning = transaction.savepoint()
        items = office.items(10)
        entries = [office.pay(20_000, payer_name="ROSSI MERCATI") for _ in range(5)]
        pairs = [(items[chosen[n]], items[chosen[n + 1]]) for n in range(0, 10, 2)]
        learned = []
        for turns in (range(5), order):
            again = transaction.savepoint()
            matches = [office.decide(entries[n], *pairs[n]) for n in turns]
            learned.append((office.counts(), office.aliases()))
            for match in matches:
                office.take_back(match)
            assert (office.counts(), office.aliases()) == ({}, {(IBAN, 0)})
            transaction.savepoint_rollback(again)
        transaction.savepoint_rollback(beginning)

        assert learned[0] == learned[1]
        assert sum(learned[0][0]["oldest"]) == 5
        assert learned[0][1] == {(IBAN, 5), ("MERCATI ROSSI", 5)}
