"""Calls: the policy is asked first, the outcome is one act, nothing counts twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_open_item
from tests.world.collecting import DAY, Debtor
from tests.world.kept import fresh, kept

from concilia.customers.models import Contact
from concilia.dunning.actions import (
    CallOutcome,
    CollectionRefused,
    NewContactTerms,
    end_call,
    set_contact_terms,
    start_call,
    undo_call,
)
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.contact.today import ways_today
from concilia.dunning.models import ContactMade, ContactTerms, Motive, PhoneCall, Promise
from concilia.dunning.queries.calls import call_backs
from concilia.dunning.queries.contacts import known_of
from concilia.foundation.models import AuditEntry
from concilia.foundation.secrets import unseal
from concilia.identity.models import Entity

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
# Noon in Chicago, on a Monday.
CHICAGO_NOON = datetime(2026, 11, 16, 18, tzinfo=UTC)


def build():
    debtor = Debtor()
    debtor.owes(1000)
    Contact.objects.create(
        customer=debtor.customer,
        name="Paolo Neri",
        phone="+39 02 5550163",
        email="p@lariano.example",
    )
    return debtor


built = kept(build)


@pytest.fixture
def debtor(built):
    return fresh(built)


def called(debtor, at=NOON, result="NO_ANSWER", **more):
    row = start_call(customer_id=debtor.customer.pk, by=debtor.clerk, at=at)
    if row.state == PhoneCall.State.WITHHELD:
        return row
    outcome = CallOutcome(result=result, **more)
    return end_call(call_id=row.pk, outcome=outcome, by=debtor.clerk, at=at + MINUTE)


def ways(debtor, at=NOON, customer=None):
    customer = customer or debtor.customer
    known = known_of(entity=debtor.entity, customers=[customer], at=at)[customer.pk]
    return {way.channel: way for way in ways_today(known, at)}


class TestPolicy:
    def test_each_way_is_answered_with_its_rule_and_moment(self, debtor):
        found = ways(debtor)
        assert found[Channel.CALL].allowed
        assert found[Channel.EMAIL].allowed
        assert not found[Channel.WHATSAPP].allowed
        assert found[Channel.WHATSAPP].rule.startswith("ALL-OPT-IN")
        night = ways(debtor, at=NOON.replace(hour=23))[Channel.CALL]
        assert not night.allowed
        assert night.earliest is not None
        assert night.earliest > NOON.replace(hour=23)

    @pytest.mark.parametrize("language", ["en", "it", "fr", "es", "de"])
    def test_every_answer_is_a_sentence_in_every_language(self, debtor, language):
        nobody = a_customer(debtor.entity, "Prairie Goods", country="US")
        for customer in (debtor.customer, nobody):
            for way in ways(debtor, customer=customer).values():
                assert way.why(language).endswith(".")
                assert "{" not in way.why(language)

    def test_a_customer_in_the_united_states_needs_a_time_zone(self, debtor):
        consumer = american(debtor, zone="")
        assert ways(debtor, customer=consumer)[Channel.CALL].rule == "TIME-ZONE"
        row = start_call(customer_id=consumer.pk, by=debtor.clerk, at=CHICAGO_NOON)
        assert (row.state, row.rule) == (PhoneCall.State.WITHHELD, "TIME-ZONE")

    def test_the_eighth_call_in_seven_days_is_withheld(self, debtor):
        consumer = american(debtor)
        debtor.customer = consumer
        states = [called(debtor, at=CHICAGO_NOON + n * 10 * MINUTE).state for n in range(8)]
        assert states == [PhoneCall.State.ENDED] * 7 + [PhoneCall.State.WITHHELD]
        last = PhoneCall.objects.latest("pk")
        assert "max_attempts" in last.rule
        assert last.earliest_at == datetime(2026, 11, 23, 14, tzinfo=UTC)  # 08:00 in Chicago
        assert ContactMade.objects.filter(customer=consumer).count() == 7
        assert AuditEntry.objects.filter(act="phone_call.withheld").count() == 1

    def test_customers_who_call_are_never_refused(self, debtor):
        night = NOON.replace(hour=23)
        row = start_call(
            customer_id=debtor.customer.pk, is_incoming=True, by=debtor.clerk, at=night
        )
        assert row.state == PhoneCall.State.STARTED

    def test_two_people_do_not_call_at_once(self, debtor):
        other = a_member(debtor.entity, "Marta Riva")
        start_call(customer_id=debtor.customer.pk, by=debtor.clerk, at=NOON)
        with pytest.raises(CollectionRefused, match="colleague"):
            start_call(customer_id=debtor.customer.pk, by=other, at=NOON + MINUTE)
        again = start_call(customer_id=debtor.customer.pk, by=debtor.clerk, at=NOON + MINUTE)
        assert PhoneCall.objects.get() == again
        assert ContactMade.objects.count() == 1

    def test_another_creditors_customer_is_none(self, debtor):
        stranger = Debtor("second", iban="IT60X0542811101000000123456")
        with pytest.raises(CollectionRefused, match="no such customer"):
            start_call(customer_id=debtor.customer.pk, by=stranger.clerk, at=NOON)
        assert Entity.objects.count() == 2


def american(debtor, zone="America/Chicago"):
    consumer = a_customer(debtor.entity, "Jordan Hale", country="US")
    Contact.objects.create(customer=consumer, name="Jordan Hale", phone="+1 312 555 0143")
    an_open_item(consumer, 40_000, due_date=TODAY - 30 * DAY)
    if zone:
        new = NewContactTerms(customer_id=consumer.pk, time_zone=zone)
        set_contact_terms(new=new, by=debtor.clerk, at=NOON)
    return consumer


class TestOutcome:
    def test_a_promise_is_taken_with_the_call_and_taken_back_with_it(self, debtor):
        row = called(debtor, result="PROMISED", due_date=TODAY + 5 * DAY)
        assert debtor.may_be_chased().promised == 100_000
        assert ContactMade.objects.get().outcome == "CONVERSATION"

        undo_call(call_id=row.pk, why="taken back", by=debtor.clerk, at=NOON + 5 * MINUTE)

        assert debtor.may_be_chased().promised == 0
        assert Promise.objects.get().state == Promise.State.CANCELLED
        assert not ContactMade.objects.exists()

    def test_what_cannot_follow_leaves_the_call_as_it_was(self, debtor):
        row = start_call(customer_id=debtor.customer.pk, by=debtor.clerk, at=NOON)
        far = CallOutcome(result="PROMISED", due_date=TODAY + 200 * DAY)
        with pytest.raises(CollectionRefused, match="instalment plan"):
            end_call(call_id=row.pk, outcome=far, by=debtor.clerk, at=NOON)
        row.refresh_from_db()
        assert row.state == PhoneCall.State.STARTED

    def test_who_needs_care_is_left_in_peace_and_what_they_told_is_sealed(self, debtor):
        row = called(debtor, result="VULNERABLE", protected="In hospital until May")
        assert Motive.objects.get().code == "NR-12"
        assert unseal(row.sealed) == "In hospital until May"
        assert not ways(debtor, at=NOON + DAY)[Channel.CALL].allowed
        assert "hospital" not in str(list(AuditEntry.objects.values_list("data", "reason")))

    @pytest.mark.parametrize(
        ("note", "said"),
        [
            ("Solite scuse, è un bugiardo", "does not judge"),
            ("Nach der Chemotherapie", "protected field"),
            ("She is in hospital", "protected field"),
        ],
    )
    def test_notes_are_factual(self, debtor, note, said):
        row = start_call(customer_id=debtor.customer.pk, by=debtor.clerk, at=NOON)
        with pytest.raises(CollectionRefused, match=said):
            end_call(
                call_id=row.pk,
                outcome=CallOutcome(result="SPOKE", note=note),
                by=debtor.clerk,
                at=NOON,
            )

    def test_a_call_back_waits_until_somebody_calls(self, debtor):
        later = NOON + DAY
        called(debtor, result="CALL_BACK", callback_at=later)
        waiting = {"entity_id": debtor.entity.pk, "until": later + MINUTE}
        assert [row.customer for row in call_backs(**waiting)] == [debtor.customer]
        assert not call_backs(entity_id=debtor.entity.pk, until=later - MINUTE)
        called(debtor, at=later)
        assert not call_backs(**waiting)

    def test_no_more_calls_means_none(self, debtor):
        row = called(debtor, result="OPT_OUT")
        assert ContactTerms.objects.get().opted_out == ["CALL"]
        refused = called(debtor, at=NOON + DAY)
        assert refused.rule.startswith("ALL-OWN-WISH")
        with pytest.raises(CollectionRefused, match="15 minutes"):
            undo_call(call_id=row.pk, why="", by=debtor.clerk, at=NOON + DAY)

    def test_a_call_is_over_once(self, debtor):
        row = called(debtor)
        with pytest.raises(CollectionRefused, match="over"):
            end_call(call_id=row.pk, outcome=CallOutcome(result="SPOKE"), by=debtor.clerk, at=NOON)


class TestTerms:
    def test_what_nobody_knows_is_refused(self, debtor):
        wrong = [{"time_zone": "Mars/Olympus"}, {"opted_out": ["PIGEON"]}, {"flags": {"X": None}}]
        for each in wrong:
            new = NewContactTerms(customer_id=debtor.customer.pk, **each)
            with pytest.raises(CollectionRefused):
                set_contact_terms(new=new, by=debtor.clerk, at=NOON)

    def test_a_flag_keeps_the_day_it_was_raised(self, debtor):
        for at in (NOON, NOON + DAY):
            new = NewContactTerms(customer_id=debtor.customer.pk, flags={"REPRESENTED": None})
            set_contact_terms(new=new, by=debtor.clerk, at=at)
        assert ContactTerms.objects.get().flags["REPRESENTED"]["since"] == TODAY.isoformat()
        assert not ways(debtor)[Channel.CALL].allowed
