"""What a process asks of a colleague is answered from the mail: link, reminder, reply."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.world import smtp
from tests.world.builders import a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_proven_shortage, a_team, propose
from tests.world.jobs import run_jobs
from tests.world.links import form, link_in_mail
from tests.world.mails import a_mail
from tests.world.own_process import put_in_force

from concilia.cases.actions import Habits, set_habits
from concilia.cases.models import ActionLink, ApprovalSeat, Case, Notice, NoticeDelivery, Step
from concilia.cases.queries.clocks import House
from concilia.identity.models import Absence
from concilia.intake.actions import Incoming, receive
from concilia.intake.models import Arrival
from concilia.interfaces.worker.clocks import run_clock
from concilia.interfaces.worker.notices import deliver_notices, send_notices, write_notices

pytestmark = pytest.mark.django_db
PROCESS = """\
process shortage
for NC-01

step ask: form
  title en: How many cartons were loaded?
  title it: Quanti cartoni sono stati caricati?
  who: person {marco}
  within: 2 working days
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
def world():
    entity = an_entity()
    team = a_team(entity)
    team["marco"].user.language = "it"
    team["marco"].user.save()
    put_in_force(PROCESS.format(marco=team["marco"].user.email), entity)
    return entity, team, a_customer(entity)


def asked(world, at=None):
    """A claim whose process asks Marco how many cartons were loaded."""
    _entity, team, customer = world
    claim = a_claim(team["giulia"], an_invoice(customer), at=at or timezone.now())
    return claim, Step.objects.get(case=claim.case_id, place="ask")


def words(mail):
    return mail.get_body(("plain",)).get_content()


def mails_to(post, member):
    return [mail for mail in post.mails if mail["To"] == member.user.email]


class TestAsked:
    def test_whoever_it_is_given_to_answers_from_the_mail(self, world, post, client):
        _entity, team, _customer = world
        claim, step = asked(world)
        for _ in range(2):
            deliver_notices(at=timezone.now())
        (mail,) = mails_to(post, team["marco"])
        assert "Quanti cartoni sono stati caricati?" in mail["Subject"]
        assert "Rispondi qui" in words(mail)

        link = ActionLink.objects.get(step=step)
        answered = client.post(link_in_mail(words(mail)), form(link, words="88, contati due volte"))
        step.refresh_from_db()
        assert answered.status_code == 303
        assert (step.state, step.done_by) == ("DONE", team["marco"])
        assert step.answer == "88, contati due volte"
        case = Case.objects.get(pk=claim.case_id)
        assert [one[0] for one in case.process_state["open"]] == ["propose"]

    def test_the_token_is_kept_nowhere(self, world, post):
        asked(world)
        deliver_notices(at=timezone.now())
        token = link_in_mail(words(post.mails[0])).removeprefix("/a/")
        assert token not in NoticeDelivery.objects.get().body
        assert "/a/…" in NoticeDelivery.objects.get().body

    def test_killed_between_any_two_steps_it_is_asked_once(self, world, post):
        _entity, team, _customer = world
        asked(world)
        at = timezone.now()
        write_notices(at=at)
        Notice.objects.update(mailed_at=None)  # as if what was written had been lost
        NoticeDelivery.objects.all().delete()
        write_notices(at=at)
        send_notices(at=at)
        first = post.mails[-1]["Message-ID"]
        NoticeDelivery.objects.update(state="QUEUED", next_attempt_at=at)  # the receipt was lost
        send_notices(at=at)

        assert ActionLink.objects.count() == 1
        assert {mail["Message-ID"] for mail in mails_to(post, team["marco"])} == {first}
        assert len({link_in_mail(words(mail)) for mail in post.mails}) == 1

    def test_who_stands_in_for_somebody_away_is_asked_with_a_link_of_their_own(self, world, post):
        entity, team, _customer = world
        today = timezone.now().date()
        Absence.objects.create(
            entity=entity, member=team["marco"], delegate=team["davide"],
            starts_date=today - timedelta(days=1), ends_date=today + timedelta(days=9),
        )  # fmt: skip
        asked(world)
        deliver_notices(at=timezone.now())
        (hers,) = mails_to(post, team["davide"])
        (his,) = mails_to(post, team["marco"])
        assert link_in_mail(words(hers)) != link_in_mail(words(his))

    def test_in_the_summary_where_that_is_wanted(self, world, post):
        _entity, team, _customer = world
        set_habits(habits=Habits(ways={"step": ("digest", "never")}), member=team["marco"])
        asked(world)
        deliver_notices(at=timezone.now())
        assert not mails_to(post, team["marco"])
        deliver_notices(at=timezone.now() + timedelta(days=1))
        assert link_in_mail(words(mails_to(post, team["marco"])[0]))


class TestReminded:
    def remind(self, world, step, post):
        entity, team, _customer = world
        set_habits(habits=Habits(ways={"reminder": ("now", "never")}), member=team["marco"])
        at = step.opened_at + (step.due_at - step.opened_at) * 0.9
        run_clock(House(entity, at), at=at)
        deliver_notices(at=at)
        return mails_to(post, team["marco"])

    def test_by_the_same_link_while_it_is_good(self, world, post):
        _claim, step = asked(world)
        deliver_notices(at=timezone.now())
        first, reminder = self.remind(world, step, post)
        assert "Quanti cartoni" not in reminder["Subject"]
        assert link_in_mail(words(reminder)) == link_in_mail(words(first))

    def test_by_a_new_one_where_the_old_expired(self, world, post, client):
        _claim, step = asked(world)
        deliver_notices(at=timezone.now())
        old = ActionLink.objects.get()
        ActionLink.objects.update(expires_at=step.opened_at + timedelta(minutes=1))
        first, reminder = self.remind(world, step, post)
        path = link_in_mail(words(reminder))
        assert path != link_in_mail(words(first))
        assert client.get(link_in_mail(words(first))).status_code == 410
        assert client.get(path).status_code == 200
        old.refresh_from_db()
        assert old.state == "SUPERSEDED"

    def test_not_of_what_was_answered_meanwhile(self, world, post):
        _claim, step = asked(world)
        deliver_notices(at=timezone.now())
        set_habits(habits=Habits(ways={"late": ("digest", "never")}), member=world[1]["marco"])
        at = step.due_at + timedelta(hours=1)
        run_clock(House(world[0], at), at=at)
        Step.objects.filter(pk=step.pk).update(state="DONE", done_at=at)
        deliver_notices(at=at + timedelta(days=1))
        reminder = mails_to(post, world[1]["marco"])[-1]
        assert "/a/" not in words(reminder)

    def test_a_signature_is_asked_for_in_one_mail_however_it_is_wanted(self, post):
        entity = an_entity()
        team, customer = a_team(entity), a_customer(entity)
        for way in ("now", "digest"):
            set_habits(habits=Habits(ways={"approval": (way, "never")}), member=team["marta"])
            claim = a_proven_shortage(customer, team)
            propose(claim, team["giulia"], reason="Eight were missing.", at=timezone.now())
            run_jobs()
            deliver_notices(at=timezone.now() + timedelta(days=1))
        mails = mails_to(post, team["marta"])
        assert len(mails) == 2
        assert len({link_in_mail(words(mail)) for mail in mails}) == 2

    def test_a_signature_by_the_link_it_was_asked_with(self, post):
        entity = an_entity()
        team, customer = a_team(entity), a_customer(entity)
        claim = a_proven_shortage(customer, team)
        propose(claim, team["giulia"], reason="Eight were missing.", at=timezone.now())
        run_jobs()
        seat = ApprovalSeat.objects.get(request__case=claim.case_id)
        signer = seat.expected
        asked_with = link_in_mail(words(mails_to(post, signer)[-1]))
        set_habits(habits=Habits(ways={"late": ("now", "never")}), member=signer)
        at = timezone.now() + timedelta(days=5)
        run_clock(House(entity, at), at=at)
        deliver_notices(at=at)
        reminder = mails_to(post, signer)[-1]
        assert "Look at it and decide here" in words(reminder)
        assert link_in_mail(words(reminder)) == asked_with


class TestReplies:
    def take(self, entity, content):
        incoming = Incoming(channel="pipe", filename="mail.eml", content=content)
        arrival = receive(entity_id=entity.pk, incoming=incoming, at=timezone.now())
        run_jobs()
        return Arrival.objects.get(pk=arrival.pk)

    def test_a_reply_answers(self, world, post):
        entity, team, _customer = world
        _claim, step = asked(world)
        deliver_notices(at=timezone.now())
        reply = a_mail(
            sender=team["marco"].user.email, subject="R: Quanti cartoni", body="88 cartoni.\n",
            In_Reply_To=post.mails[0]["Message-ID"],
        )  # fmt: skip
        arrival = self.take(entity, reply)
        step.refresh_from_db()
        assert (arrival.state, arrival.outcome) == ("DONE", "answered")
        assert (step.state, step.answer) == ("DONE", "88 cartoni.")

    def test_a_guessed_message_id_answers_nothing(self, world, post):
        entity, team, _customer = world
        _claim, step = asked(world)
        deliver_notices(at=timezone.now())
        name, _dot, rest = post.mails[0]["Message-ID"].rpartition("@")
        guessed = f"{name[:-20]}{'0' * 20}@{rest}"
        self.take(
            entity,
            a_mail(sender=team["marco"].user.email, body="No.\n", In_Reply_To=guessed),
        )
        step.refresh_from_db()
        assert step.state == "OPEN"
