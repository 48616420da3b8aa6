"""Thanks on payment and after the last instalment: once, by their way, and never the wrong one."""

from __future__ import annotations

import pytest
from tests.world import carrier as carriers
from tests.world.builders import NOON, TODAY, a_member
from tests.world.collecting import DAY
from tests.world.jobs import run_jobs
from tests.world.lines import MOBILE, Lines

from concilia.correspondence.models import Message
from concilia.dunning.actions import (
    NewContactTerms,
    NewMotive,
    plan_run,
    record_motive,
    set_contact_terms,
    sign_run,
)
from concilia.dunning.models import RunPass

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    with carriers.running() as carrier:
        lines = Lines(carrier, NOON)
        lines.marta = a_member(lines.entity, "Marta Conti", role="approver", level=2)
        yield lines


def asked(lines, at=NOON):
    run = plan_run(entity=lines.entity, at=at)
    sign_run(run_id=run.pk, by=lines.marta, at=at)
    run_jobs(at=at)
    return run


def thanks():
    return list(Message.objects.filter(key__startswith="thanks:").order_by("pk"))


def prefers(lines, channel):
    terms = NewContactTerms(customer_id=lines.customer.pk, preferred=channel)
    set_contact_terms(new=terms, by=lines.clerk, at=NOON)


class TestOnPayment:
    def test_who_paid_all_they_were_asked_for_is_thanked_once(self, lines):
        item = lines.debtor.owes(900)
        asked(lines)
        lines.debtor.pays(item, 90_000)
        run_jobs(at=NOON)
        [mail] = thanks()
        assert (mail.state, mail.template) == ("SENT", "thanks.1")
        assert "900,00" in mail.body
        assert mail.subject.startswith("Grazie")
        run_jobs(at=NOON)
        assert len(thanks()) == 1

    def test_a_part_is_not_thanked_for_yet(self, lines):
        item = lines.debtor.owes(900)
        asked(lines)
        lines.debtor.pays(item, 40_000)
        run_jobs(at=NOON)
        assert not thanks()

    def test_who_was_not_asked_is_not_written_to(self, lines):
        lines.debtor.pays(lines.debtor.owes(900), 90_000)
        run_jobs(at=NOON)
        assert not thanks()

    def test_by_the_way_they_prefer(self, lines):
        prefers(lines, "SMS")
        item = lines.debtor.owes(900)
        asked(lines)
        lines.debtor.pays(item, 90_000)
        run_jobs(at=NOON)
        [text] = thanks()
        assert (text.channel, text.recipient, text.state) == ("sms", MOBILE, "SENT")
        assert "900" not in text.body

    def test_the_dead_are_not_thanked(self, lines):
        item = lines.debtor.owes(900)
        asked(lines)
        new = NewMotive(customer_id=lines.customer.pk, code="NR-13", source="agent")
        record_motive(new=new, by=lines.clerk, at=NOON)
        lines.debtor.pays(item, 90_000)
        run_jobs(at=NOON)
        assert not thanks()


class TestAPlan:
    def test_that_is_completed_closes_with_thanks(self, lines):
        item = lines.debtor.owes(900)
        asked(lines)
        lines.debtor.plan(900, count=3)
        lines.debtor.pays(item, 90_000, on=TODAY + DAY)
        run_jobs(at=NOON + DAY)
        [mail] = thanks()
        assert mail.template == "plan_completed.1"
        assert "900,00" in mail.body

    def test_that_was_not_kept_waits_for_a_person(self, lines):
        lines.debtor.owes(900)
        plan = lines.debtor.plan(900, count=3, days=5)
        late = NOON + 130 * DAY
        lines.debtor.judged(late.date())
        run_jobs(at=late)
        plan.refresh_from_db()
        assert plan.state == "DEFAULTED"
        run = plan_run(entity=lines.entity, at=late)
        assert not run.touches.exists()
        assert RunPass.objects.get(run=run).why == "plan_broken"
        new = NewMotive(customer_id=lines.customer.pk, code="NR-15", source="agent")
        record_motive(new=new, by=lines.clerk, at=late + DAY)
        assert plan_run(entity=lines.entity, at=late + 2 * DAY).touches.exists()
