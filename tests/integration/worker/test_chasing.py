"""What a process wants of outsiders: carriers are asked, people ask customers, both are chased."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.world import smtp
from tests.world.builders import a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_team
from tests.world.jobs import run_jobs
from tests.world.links import form, link_in_mail
from tests.world.mails import a_mail
from tests.world.own_process import put_in_force

from concilia.cases.models import ActionLink, Case, ClockStop, Notice, Step
from concilia.cases.queries.clocks import House
from concilia.claims.actions import Question, ask
from concilia.claims.actions.asking_outside import ask_partner
from concilia.claims.models import Claim
from concilia.correspondence.models import Message
from concilia.foundation.models import AuditEntry
from concilia.intake.actions import Incoming, receive
from concilia.interfaces.worker.clocks import run_clock
from concilia.receivables.models import Delivery

pytestmark = pytest.mark.django_db
CARRIER = "pod@alpe.example"
PROCESS = """\
process shortage
for NC-01

step ask: KIND
  title en: Who loaded the lorry?
  title it: Chi ha caricato il camion?
  who: owner
  within: 3 working days
  clock: HOLDER
  done -> propose

step propose: propose
  who: department LOG
  within: 1 working day
  done -> sign

step sign: approval
  who: matrix
  within: 2 working days
  skip if: signatures = 0
  approved -> post
  returned -> ask, at most 9 times

step post: post
  who: system
  done -> end
"""


@pytest.fixture
def post(settings):
    with smtp.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


@pytest.fixture
def entity():
    return an_entity(settings={"partners": [{"name": "Alpe Nord", "email": CARRIER}]})


@pytest.fixture
def team(entity):
    return a_team(entity)


@pytest.fixture
def customer(entity):
    return a_customer(entity)


def a_case(team, customer, kind, holder, carrier="Alpe Nord"):
    text = PROCESS.replace("KIND", kind).replace("HOLDER", holder)
    put_in_force(text, customer.entity)
    invoice = an_invoice(customer)
    invoice.delivery.carrier = carrier
    invoice.delivery.save()
    claim = a_claim(team["giulia"], invoice, at=timezone.now())
    step = Step.objects.get(case=claim.case_id, place="ask")
    run_jobs()
    return Claim.objects.get(pk=claim.pk), Step.objects.get(pk=step.pk)


def ask_the_customer(claim, team, customer):
    to = customer.contacts.get().email
    question = Question(holder="customer", text="Haben Sie ein Foto der Palette?", to=to)
    return ask(claim_id=claim.pk, question=question, member=team["giulia"], at=timezone.now())


def stands_at(claim):
    return [one[0] for one in Case.objects.get(pk=claim.case_id).process_state["open"]]


def words(mail):
    return mail.get_body(("plain",)).get_content()


def to_outside(post, address):
    return [mail for mail in post.mails if mail["To"] == address]


class TestCarrier:
    def test_is_asked_by_the_process_with_a_link_and_answers(self, post, team, customer, client):
        claim, step = a_case(team, customer, "ask-third", "third")
        (mail,) = to_outside(post, CARRIER)
        assert (step.holder, claim.state) == ("third", "WAITING_THIRD_PARTY")
        assert "Who loaded the lorry?" in words(mail) or "Chi ha caricato" in words(mail)
        link = ActionLink.objects.get(step=step)
        client.post(link_in_mail(words(mail)), form(link, words="Our driver did."))
        step.refresh_from_db()
        assert (step.state, step.answer) == ("DONE", "Our driver did.")
        assert stands_at(claim) == ["propose"]
        act = AuditEntry.objects.get(act="case.asked", subject_id=claim.case_id)
        assert (act.actor_kind, act.actor_name) == ("rule", "process")

    def test_is_not_asked_more_often_a_day_than_the_policy_lets(self, post, team, customer):
        claims = [a_case(team, customer, "ask-third", "third")[0]]
        for _ in range(5):
            claims.append(a_claim(team["giulia"], an_invoice(customer), at=timezone.now()))
            Delivery.objects.update(carrier="Alpe Nord")
            run_jobs()
        assert len(to_outside(post, CARRIER)) == 5
        last = Step.objects.get(case=claims[-1].case_id, place="ask")
        assert (last.holder, last.assignee) == ("us", team["giulia"])
        told = Notice.objects.filter(kind="step").values_list("case", flat=True)
        assert list(told) == [claims[-1].case_id], "who asks by hand is told, and nobody else"

    def test_is_asked_once_however_often_the_job_is_begun(self, post, team, customer):
        _claim, step = a_case(team, customer, "ask-third", "third")
        for _ in range(2):
            assert ask_partner(step_id=step.pk, at=timezone.now()) is None
        run_jobs()
        assert len(to_outside(post, CARRIER)) == 1

    def test_whose_address_nobody_knows_is_asked_by_a_person(self, post, team, customer):
        claim, step = a_case(team, customer, "ask-third", "third", carrier="Somebody else")
        assert not to_outside(post, CARRIER)
        assert (step.holder, step.assignee) == ("us", team["giulia"])
        question = Question(holder="third", text="Who loaded it?", to=CARRIER)
        asked = ask(claim_id=claim.pk, question=question, member=team["giulia"], at=timezone.now())
        assert asked == step
        assert Step.objects.filter(case=claim.case_id, state="OPEN", kind="question").count() == 1


class TestCustomer:
    def test_is_asked_by_a_person_alone(self, post, team, customer):
        claim, step = a_case(team, customer, "ask-customer", "customer")
        address = customer.contacts.get().email
        assert not to_outside(post, address)
        assert (step.holder, step.assignee) == ("us", team["giulia"])
        assert not Message.objects.filter(lane="out").exists()

        assert ask_the_customer(claim, team, customer) == step
        run_jobs()
        step.refresh_from_db()
        (mail,) = to_outside(post, address)
        assert "Haben Sie ein Foto der Palette?" in words(mail)
        assert (step.holder, step.place) == ("customer", "ask")
        assert stands_at(claim) == ["ask"]
        assert ClockStop.objects.get(case=claim.case_id).ended_at is None

    def test_answers_by_mail_and_the_process_goes_on(self, entity, post, team, customer):
        claim, step = a_case(team, customer, "ask-customer", "customer")
        ask_the_customer(claim, team, customer)
        run_jobs()
        address = customer.contacts.get().email
        answered = to_outside(post, address)[0]["Message-ID"]
        reply = a_mail(sender=address, subject="AW: Foto", body="Nein.\n", In_Reply_To=answered)
        incoming = Incoming(channel="pipe", filename="mail.eml", content=reply)
        receive(entity_id=entity.pk, incoming=incoming, at=timezone.now())
        run_jobs()
        step.refresh_from_db()
        assert (step.state, step.answer.strip()) == ("DONE", "Nein.")
        assert stands_at(claim) == ["propose"]
        assert not ClockStop.objects.filter(case=claim.case_id, ended_at=None).exists()

    def test_is_chased_when_it_is_due_and_once_more_in_their_language(
        self, entity, post, team, customer
    ):
        claim, step = a_case(team, customer, "ask-customer", "customer")
        ask_the_customer(claim, team, customer)
        run_jobs()
        step.refresh_from_db()
        spent = step.due_at - step.opened_at
        for share in (0.5, 0.9, 1.01, 1.02, 1.3, 4, 4.1):
            at = step.opened_at + spent * share
            run_clock(House(entity, at), at=at)
            run_jobs()
        first, reminder, last = to_outside(post, customer.contacts.get().email)
        assert "Wir warten noch auf Ihre Antwort" in reminder["Subject"]
        assert "Haben Sie ein Foto der Palette?" in words(reminder)
        assert reminder["In-Reply-To"] == first["Message-ID"]
        assert {link_in_mail(words(mail)) for mail in (first, reminder, last)} == {
            link_in_mail(words(first))
        }
        acts = AuditEntry.objects.filter(act="case.reminded", subject_id=claim.case_id)
        assert acts.count() == 2

    def test_an_expired_link_is_replaced_in_the_reminder(self, entity, post, team, customer):
        claim, step = a_case(team, customer, "ask-customer", "customer")
        ask_the_customer(claim, team, customer)
        run_jobs()
        ActionLink.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
        step.refresh_from_db()
        at = step.due_at + timedelta(hours=1)
        run_clock(House(entity, at), at=at)
        run_jobs()
        first, reminder = to_outside(post, customer.contacts.get().email)
        assert link_in_mail(words(first)) != link_in_mail(words(reminder))
        assert ActionLink.objects.filter(step=step, state="OPEN").count() == 1
        assert claim.case_id
