"""A run: everybody past due hears one thing or nothing, for a reason; and nothing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_invoice
from tests.world.collecting import DAY, Debtor
from tests.world.jobs import run_jobs

from concilia.correspondence.models import Message
from concilia.customers.models import Contact
from concilia.dunning.actions import (
    CollectionRefused,
    NewMotive,
    cancel_run,
    finish_by_hand,
    plan_run,
    record_motive,
    sign_run,
    take_out,
    take_up_touches,
)
from concilia.dunning.models import ContactMade, Run, RunPass, RunTouch

pytestmark = pytest.mark.django_db


@pytest.fixture
def debtor():
    return Debtor()


@pytest.fixture
def marta(debtor):
    return a_member(debtor.entity, "Marta Conti", role="approver", level=2)


def planned(debtor, at=NOON):
    return plan_run(entity=debtor.entity, at=at)


def passes(run):
    return {row.customer.name: row.why for row in RunPass.objects.filter(run=run)}


def released(debtor, marta, at=NOON):
    run = planned(debtor, at)
    sign_run(run_id=run.pk, by=marta, at=at)
    run_jobs(at=at)
    return run


class TestPlanning:
    def test_who_is_late_gets_the_first_step_with_every_item_that_may_be_asked_for(self, debtor):
        debtor.owes(900, days_late=20)
        debtor.owes(100, days_late=5)
        debtor.owes(50, days_late=-5)
        run = planned(debtor)
        [touch] = run.touches.all()
        assert (touch.tone, touch.way, touch.template) == (1, "email", "reminder")
        assert (touch.asked_minor, touch.rule, touch.plan) == (100_000, "all", "b2b")
        assert sorted(touch.items.values_list("asked_minor", flat=True)) == [10_000, 90_000]
        assert run.sums["EUR"]["asked"] == run.asked_minor == 100_000

    def test_what_is_promised_is_not_asked_for(self, debtor):
        debtor.owes(900)
        debtor.promises(None)
        run = planned(debtor)
        assert not run.touches.exists()
        assert passes(run) == {debtor.customer.name: "promised"}

    def test_who_acted_lately_is_left_in_peace(self, debtor):
        debtor.owes(900)
        new = NewMotive(customer_id=debtor.customer.pk, code="NR-07", source="customer")
        record_motive(new=new, by=debtor.clerk, at=NOON - 2 * DAY)
        run = planned(debtor)
        [passed] = RunPass.objects.filter(run=run)
        assert (passed.why, passed.until_date) == ("they_acted", TODAY + 5 * DAY)

    def test_everybody_past_due_is_in_one_place(self, debtor):
        debtor.owes(900)
        names = {debtor.customer.name}
        for n, euros in enumerate((5, 70, 450)):
            other = a_customer(debtor.entity, f"Bottega {n}", vat_number="IT1")
            issued = TODAY - (60 + n) * DAY
            an_invoice(other, [("PEN-500", "1", f"{euros}.00", 0)], issue_date=issued)
            names.add(other.name)
        run = planned(debtor)
        touched = set(run.touches.values_list("customer__name", flat=True))
        assert touched | set(passes(run)) == names
        assert not touched & set(passes(run))
        assert passes(run) == {"Bottega 0": "little"}

    def test_who_said_no_to_mails_gets_a_letter(self, debtor):
        debtor.owes(900)
        Contact.objects.filter(customer=debtor.customer).update(opted_out_at=NOON)
        [touch] = planned(debtor).touches.all()
        assert touch.way == "letter"

    def test_a_second_plan_takes_the_place_of_the_first(self, debtor):
        debtor.owes(900)
        first, second = planned(debtor), planned(debtor)
        first.refresh_from_db()
        assert (first.state, second.state) == ("REPLACED", "PLANNED")
        assert first.touches.get().state == "CANCELLED"


class TestReleasing:
    def test_who_planned_it_does_not_release_it(self, debtor, marta):
        debtor.owes(900)
        run = plan_run(entity=debtor.entity, at=NOON, by=marta)
        with pytest.raises(CollectionRefused, match="planned"):
            sign_run(run_id=run.pk, by=marta, at=NOON)

    def test_a_clerk_releases_nothing(self, debtor):
        debtor.owes(900)
        with pytest.raises(CollectionRefused, match="approver"):
            sign_run(run_id=planned(debtor).pk, by=debtor.clerk, at=NOON)

    def test_a_large_run_wants_two_people(self, debtor, marta):
        debtor.owes(100_001)
        run = planned(debtor)
        assert sign_run(run_id=run.pk, by=marta, at=NOON).state == "SIGNED"
        with pytest.raises(CollectionRefused, match="second"):
            sign_run(run_id=run.pk, by=marta, at=NOON)
        davide = a_member(debtor.entity, "Davide Rossi", role="approver", level=4)
        assert sign_run(run_id=run.pk, by=davide, at=NOON).state == "RELEASED"

    def test_the_database_lets_no_large_run_go_by_one_signature(self, debtor, marta):
        run = planned(debtor)
        with pytest.raises(IntegrityError), transaction.atomic():
            Run.objects.filter(pk=run.pk).update(
                state="RELEASED", wants_second=True, released_by=marta, released_at=NOON
            )

    def test_one_taken_out_does_not_hear_from_us(self, debtor, marta):
        debtor.owes(900)
        run = planned(debtor)
        take_out(touch_id=run.touches.get().pk, why="I speak with them", by=debtor.clerk, at=NOON)
        sign_run(run_id=run.pk, by=marta, at=NOON)
        run_jobs(at=NOON)
        assert not Message.objects.filter(lane="out").exists()

    def test_a_cancelled_run_writes_nothing(self, debtor, marta):
        debtor.owes(900)
        run = planned(debtor)
        sign_run(run_id=run.pk, by=marta, at=NOON)
        cancel_run(run_id=run.pk, why="Wrong day", by=marta, at=NOON)
        run_jobs(at=NOON)
        assert run.touches.get().state == "CANCELLED"
        assert not Message.objects.filter(lane="out").exists()


class TestSending:
    def test_a_released_run_writes_what_is_asked(self, debtor, marta):
        item = debtor.owes(900)
        run = released(debtor, marta)
        message = Message.objects.get(lane="out")
        assert message.state == "SENT"
        assert item.document_number in message.body
        assert "900,00" in message.body
        assert message.author == marta.user
        touch = run.touches.get()
        assert (touch.state, touch.message) == ("QUEUED", message)
        assert ContactMade.objects.get().touch == touch
        take_up_touches(run=run, at=NOON)
        run.refresh_from_db()
        assert run.state == "DONE"

    @pytest.mark.parametrize(
        ("meanwhile", "why"),
        [
            (lambda debtor: debtor.pays(debtor.item, 90_000), "paid"),
            (lambda debtor: debtor.promises(100), "promised"),
            (lambda _debtor: Contact.objects.update(opted_out_at=NOON), "opted_out"),
            (lambda _debtor: Contact.objects.update(bounced_at=NOON), "no_address"),
        ],
    )
    def test_what_changed_meanwhile_is_withheld(self, debtor, marta, meanwhile, why):
        debtor.item = debtor.owes(900)
        run = planned(debtor)
        sign_run(run_id=run.pk, by=marta, at=NOON)
        meanwhile(debtor)
        run_jobs(at=NOON + timedelta(minutes=1))
        touch = run.touches.get()
        assert (touch.state, touch.why) == ("WITHHELD", why)
        assert not Message.objects.filter(lane="out").exists()

    def test_what_changes_between_writing_and_leaving_does_not_leave(self, debtor, marta):
        debtor.owes(900)
        run = planned(debtor)
        sign_run(run_id=run.pk, by=marta, at=NOON)
        from concilia.dunning.actions import send_touches

        touch = run.touches.get()
        assert send_touches(run_id=run.pk, first=touch.pk, last=touch.pk, at=NOON) == 1
        debtor.promises(100)
        run_jobs(at=NOON + timedelta(minutes=1))
        touch.refresh_from_db()
        assert (touch.state, touch.why) == ("WITHHELD", "promised")
        assert Message.objects.get(lane="out").state == "WITHHELD"
        assert ContactMade.objects.get().outcome == "NOT_CONNECTED"

    def test_the_next_step_comes_when_its_days_have_gone_by(self, debtor, marta):
        debtor.owes(900, days_late=20)
        released(debtor, marta)
        [passed] = RunPass.objects.filter(run=planned(debtor, NOON + DAY))
        assert (passed.why, passed.until_date) == ("rested", TODAY + 4 * DAY)
        [touch] = planned(debtor, NOON + 4 * DAY).touches.all()
        assert (touch.step_day, touch.way) == (7, "call")

    def test_a_call_is_for_a_person_and_counts_once_it_was_made(self, debtor, marta):
        debtor.owes(900, days_late=20)
        released(debtor, marta)
        run = released(debtor, marta, NOON + 4 * DAY)
        touch = run.touches.get()
        assert touch.state == "BY_HAND"
        finish_by_hand(touch_id=touch.pk, outcome="NO_ANSWER", by=debtor.clerk, at=NOON + 4 * DAY)
        assert ContactMade.objects.filter(channel="CALL", outcome="NO_ANSWER").count() == 1
        with pytest.raises(CollectionRefused):
            finish_by_hand(touch_id=touch.pk, outcome="NO_ANSWER", by=debtor.clerk, at=NOON)

    def test_the_same_touch_goes_once(self, debtor, marta):
        debtor.owes(900)
        run = released(debtor, marta)
        touch = run.touches.get()
        touch.pk = touch.message = None
        touch.state = "PLANNED"
        with pytest.raises(IntegrityError), transaction.atomic():
            touch.save()
        assert RunTouch.objects.count() == 1
