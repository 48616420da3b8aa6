"""What is written down of a customer counts for whoever asks: runs, the line, the desk."""

from __future__ import annotations

import pytest
from tests.world import carrier as carriers
from tests.world.builders import NOON, TODAY, a_member
from tests.world.collecting import Debtor
from tests.world.jobs import run_jobs
from tests.world.lines import MOBILE, Lines

from concilia.correspondence.actions import mark_reach
from concilia.correspondence.models import Message
from concilia.dunning.actions import NewContactTerms, plan_run, set_contact_terms, sign_run
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.models import Promise, RunPass, RunTouch
from concilia.dunning.queries.contacts import known_of
from concilia.dunning.queries.surveys import to_ask

pytestmark = pytest.mark.django_db


def wish(debtor, **terms):
    new = NewContactTerms(customer_id=debtor.customer.pk, **terms)
    set_contact_terms(new=new, by=debtor.clerk, at=NOON)


class TestRuns:
    @pytest.fixture
    def debtor(self):
        found = Debtor()
        found.owes(900)
        return found

    def test_who_wants_no_mails_is_not_mailed(self, debtor):
        wish(debtor, opted_out=["EMAIL"])

        [touch] = plan_run(entity=debtor.entity, at=NOON).touches.all()
        assert touch.way == "letter"

    @pytest.mark.parametrize("flag", ["CEASE", "DEBT_ADVISER", "BREATHING_SPACE", "COMPLAINT"])
    def test_who_is_to_be_left_alone_hears_nothing(self, debtor, flag):
        wish(debtor, flags={flag: None})

        run = plan_run(entity=debtor.entity, at=NOON)
        assert not run.touches.exists()
        assert RunPass.objects.get(run=run).why == "policy"

    def test_one_that_is_over_counts_no_longer(self, debtor):
        wish(debtor, flags={"COMPLAINT": TODAY.replace(day=1)})

        assert plan_run(entity=debtor.entity, at=NOON).touches.exists()

    def test_what_is_said_after_the_release_stops_the_mail(self, debtor):
        marta = a_member(debtor.entity, "Marta Conti", role="approver", level=2)
        run = plan_run(entity=debtor.entity, at=NOON)
        sign_run(run_id=run.pk, by=marta, at=NOON)
        wish(debtor, flags={"CEASE": None})
        run_jobs(at=NOON)

        assert RunTouch.objects.get(run=run).state == "WITHHELD"
        assert not Message.objects.filter(lane="out", state="SENT").exists()

    def test_where_their_clock_stands_is_written_down(self, debtor):
        debtor.customer.country = "US"
        debtor.customer.save()
        before = plan_run(entity=debtor.entity, at=NOON)
        assert not before.touches.exists()
        wish(debtor, time_zone="America/New_York")

        assert plan_run(entity=debtor.entity, at=NOON).touches.exists()


class TestTheLine:
    @pytest.fixture
    def lines(self, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
        with carriers.running() as carrier:
            found = Lines(carrier, NOON)
            found.debtor.owes(1284)
            yield found

    def test_who_told_a_person_they_want_no_calls_is_not_called_by_a_machine(self, lines):
        assert lines.placed().state != "WITHHELD"
        wish(lines.debtor, opted_out=["CALL"])

        call = lines.placed()
        assert (call.state, call.withheld_why) == ("WITHHELD", "ALL-OWN-WISH.opted_out")

    def test_who_has_a_debt_adviser_is_not_called(self, lines):
        wish(lines.debtor, flags={"DEBT_ADVISER": None})

        assert lines.placed().state == "WITHHELD"

    def test_stop_by_short_message_is_seen_at_the_desk(self, lines):
        mark_reach(
            entity_id=lines.entity.pk, channel="SMS", number=MOBILE, at=NOON, what="opted_out"
        )

        known = known_of(entity=lines.entity, customers=[lines.customer], at=NOON)
        assert Channel.SMS in known[lines.customer.pk].opted_out


@pytest.mark.parametrize("terms", [{"opted_out": ["EMAIL"]}, {"flags": {"CEASE": None}}])
def test_who_is_to_be_left_alone_is_not_asked_how_it_was(terms):
    debtor = Debtor()
    debtor.owes(100)
    debtor.promises(100)
    Promise.objects.update(state="KEPT", place=None, judged_at=NOON)
    assert [row["customer_id"] for row in to_ask(entity=debtor.entity, at=NOON)]
    wish(debtor, **terms)

    assert not to_ask(entity=debtor.entity, at=NOON)
