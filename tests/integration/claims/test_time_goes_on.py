"""A process that does not wait for ever: the claim goes on with it, and nobody decides by time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.world.builders import a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_team
from tests.world.jobs import run_jobs
from tests.world.own_process import put_in_force

from concilia.cases.models import Case, Step
from concilia.cases.queries.clocks import House
from concilia.claims.actions import Question, ask
from concilia.claims.models import Claim
from concilia.foundation.models import AuditEntry
from concilia.interfaces.worker.clocks import run_clock

pytestmark = pytest.mark.django_db
PROCESS = """\
process shortage
for NC-01

step receipt: ask-customer
  title en: Ask for their goods receipt
  who: owner
  within: 2 working days
  clock: customer
  done -> propose
  late -> propose

step propose: propose
  who: department LOG
  within: 9 working days
  done -> sign

step sign: approval
  who: matrix
  within: 2 working days
  skip if: signatures = 0
  approved -> post
  returned -> propose, at most 9 times

step post: post
  who: system
  done -> end
"""


@pytest.fixture
def claim():
    entity = an_entity()
    team = a_team(entity)
    put_in_force(PROCESS, entity)
    claim = a_claim(team["giulia"], an_invoice(a_customer(entity)), at=timezone.now())
    to = claim.customer.contacts.get().email
    asked = Question(holder="customer", to=to, text="Haben Sie den Eingangsschein?")
    ask(claim_id=claim.pk, question=asked, member=team["giulia"], at=timezone.now())
    return claim


def wait(claim, days):
    at = timezone.now() + timedelta(days=days)
    run_clock(House(claim.entity, at), at=at)
    run_jobs()


def test_a_customer_who_does_not_answer_is_waited_for_no_longer(claim):
    assert Claim.objects.get(pk=claim.pk).state == "WAITING_CUSTOMER"
    wait(claim, 30)

    claim.refresh_from_db()
    state = Case.objects.get(pk=claim.case_id).process_state
    assert [name for name, *_ in state["open"]] == ["propose"]
    assert Step.objects.get(case=claim.case_id, place="receipt").state == "CANCELLED"
    assert claim.state == "INVESTIGATING"


def test_it_goes_on_once_and_the_log_says_that_time_did_it(claim):
    for _ in range(2):
        wait(claim, 30)

    moved = AuditEntry.objects.filter(actor_name="time-out", act="claim.moved")
    assert moved.count() == 1


def test_who_is_in_time_is_waited_for(claim):
    wait(claim, 1)

    assert Claim.objects.get(pk=claim.pk).state == "WAITING_CUSTOMER"
