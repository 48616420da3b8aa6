"""Colleagues, carriers and customers answer from the message they got, without an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.world.jobs import run_jobs
from tests.world.links import a_link_to, form, path_of, step_of
from tests.world.waiting_case import evidence

from concilia.cases.actions import revoke_link
from concilia.cases.models import ActionLink, CaseMessage, LinkPaper, Mention
from concilia.claims.actions import answer_step, send_link_again
from concilia.correspondence.models import Message
from concilia.foundation import audit
from concilia.foundation.models import AuditEntry
from concilia.intake.models import Arrival
from concilia.interfaces.portal.human import stamp_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def to_marco(claim, team):
    return a_link_to(claim, team["giulia"], assignee=team["marco"])


@pytest.fixture
def to_carrier(claim, team):
    words = {"text": "Der unterschriebene Beleg fehlt uns.", "evidence": "POD"}
    return a_link_to(claim, team["giulia"], holder="third", to="pod@alpe.example", **words)


@pytest.fixture
def to_customer(claim, team, customer):
    to = customer.contacts.get().email
    return a_link_to(claim, team["giulia"], holder="customer", to=to, text="Haben Sie Fotos?")


def written(response):
    return " ".join(response.content.decode().split())


class TestColleague:
    def test_answers_once_and_the_step_is_done(self, client, to_marco, team):
        page = client.get(path_of(to_marco))
        sent = client.post(path_of(to_marco), form(to_marco, words="Yes, 88 of 92."))
        after = client.get(path_of(to_marco))
        step = step_of(to_marco)

        assert (page.status_code, sent.status_code) == (200, 303)
        assert "Was it delivered? How many?" in written(page)
        assert (step.state, step.answer, step.done_by) == ("DONE", "Yes, 88 of 92.", team["marco"])
        assert "Thank you Marco" in written(after)
        entry = AuditEntry.objects.get(act="link.answered")
        assert (entry.actor_kind, entry.actor_name) == ("user", "Marco Bellini")
        assert entry.data["link"] == to_marco.pk
        assert Mention.objects.filter(member=to_marco.case.owner).count() == 1

    def test_the_words_are_nowhere_where_the_customer_could_see_them(self, client, to_marco):
        client.post(path_of(to_marco), form(to_marco, words="They always say so."))

        said = CaseMessage.objects.filter(case=to_marco.case).select_related("message")
        assert not [one for one in said if "They always" in one.message.body]
        assert not [one for one in said if one.message.lane != "note"]

    def test_may_put_it_right_for_ten_minutes(self, client, to_marco):
        client.post(path_of(to_marco), form(to_marco, words="88"))
        page = client.get(path_of(to_marco) + "?again")
        client.post(path_of(to_marco), form(to_marco, words="89, counted twice"))

        assert "Put right what you sent" in written(page)
        assert step_of(to_marco).answer == "89, counted twice"
        ActionLink.objects.filter(pk=to_marco.pk).update(
            ended_at=timezone.now() - timedelta(minutes=11)
        )
        client.post(path_of(to_marco), form(to_marco, words="90"))
        assert step_of(to_marco).answer == "89, counted twice"
        assert list(
            AuditEntry.objects.filter(act="link.corrected").values_list("reason", flat=True)
        ) == ["89, counted twice"]

    def test_who_is_logged_in_as_somebody_else_acts_as_themselves(self, client, to_marco, team):
        client.force_login(team["davide"].user)

        assert client.get(path_of(to_marco)).status_code == 403
        client.post(path_of(to_marco), form(to_marco, words="me"))
        assert step_of(to_marco).state == "OPEN"

    def test_who_has_left_answers_nothing(self, client, to_marco, team):
        team["marco"].is_active = False
        team["marco"].save()

        assert client.post(path_of(to_marco), form(to_marco, words="still me")).status_code == 303
        assert client.get(path_of(to_marco)).status_code == 410
        assert step_of(to_marco).state == "OPEN"


class TestOutsiders:
    def test_a_carrier_brings_the_paper_and_sees_the_transport_only(
        self, client, to_carrier, claim
    ):
        page = client.get(path_of(to_carrier))
        assert "Frischmarkt" not in written(page)
        assert "EUR" not in written(page)

        photo = SimpleUploadedFile("pod.txt", b"DDT signed, 4 cartons missing", "text/plain")
        data = form(to_carrier, choice="reserve", count="4", words="Herr Weber", files=[photo])
        assert client.post(path_of(to_carrier), data).status_code == 303
        run_jobs()

        assert step_of(to_carrier).answer.splitlines() == [
            "Firmata, con riserva",
            "Colli mancanti o danneggiati: 4",
            "Herr Weber",
        ]
        assert "POD" in evidence(claim)

    def test_a_customer_says_that_it_is_settled_and_a_person_decides(self, client, to_customer):
        page = client.get(path_of(to_customer))
        assert 'lang="de"' in written(page)
        client.post(path_of(to_customer), form(to_customer, choice="settled", words="Danke!"))

        said = CaseMessage.objects.get(case=to_customer.case, message__lane="in").message
        assert "Danke!" in said.body
        assert (said.sender, said.channel) == (to_customer.address, "link")
        told = Message.objects.filter(lane="note").latest("pk").body
        assert "settled" in told
        assert step_of(to_customer).state == "DONE"

    def test_a_file_nobody_can_read_is_a_paper_all_the_same(self, client, to_carrier, claim):
        broken = SimpleUploadedFile("pod.pdf", b"%PDF-1.7 cut in two", "application/pdf")
        client.post(path_of(to_carrier), form(to_carrier, choice="clean", files=[broken]))
        run_jobs()

        assert evidence(claim) == ["POD"]

    def test_the_same_file_by_two_links_lies_there_once(self, client, to_carrier, to_customer):
        def file():
            return SimpleUploadedFile("a.txt", b"what the driver wrote", "text/plain")

        client.post(path_of(to_carrier), form(to_carrier, choice="clean", files=[file()]))
        run_jobs()
        client.post(path_of(to_customer), form(to_customer, choice="have", files=[file()]))
        run_jobs()

        assert Arrival.objects.filter(channel="link").count() == 1
        assert LinkPaper.objects.count() == 2


class TestNothingHappens:
    def test_however_often_a_scanner_opens_it(self, client, to_marco):
        before = AuditEntry.objects.count(), Message.objects.count()
        for n in range(100):
            asked = client.head if n % 4 == 0 else client.get
            assert asked(path_of(to_marco)).status_code == 200
        for method in ("put", "delete", "patch", "options"):
            assert getattr(client, method)(path_of(to_marco)).status_code in {200, 405}

        assert step_of(to_marco).state == "OPEN"
        assert ActionLink.objects.get().state == "OPEN"
        assert (AuditEntry.objects.count(), Message.objects.count()) == before

    def test_when_a_program_sends_the_form(self, client, to_marco):
        stale = timezone.now() - timedelta(days=2)
        blind = [
            {},
            form(to_marco),
            form(to_marco, words="x") | {"leave_empty": "x"},
            {"stamp": stamp_of(to_marco.pk, timezone.now()), "words": "at once"},
            {"stamp": stamp_of(to_marco.pk, stale), "words": "days later"},
            {"stamp": stamp_of(to_marco.pk + 1, stale), "words": "another link's form"},
            {"stamp": "forged", "words": "x"},
        ]

        assert {client.post(path_of(to_marco), sent).status_code for sent in blind} == {422}
        assert step_of(to_marco).state == "OPEN"

    def test_when_the_only_answers_are_choices_and_none_was_chosen(self, client, to_carrier):
        for choice in ("", "no-such", "settled"):
            sent = form(to_carrier, choice=choice, words="x")
            assert client.post(path_of(to_carrier), sent).status_code == 422

    def test_when_it_is_sent_too_often(self, client, to_marco):
        codes = [client.post(path_of(to_marco), {}).status_code for _ in range(31)]

        assert codes[-1] == 429


class TestEnded:
    @pytest.mark.parametrize("how", ["expired", "revoked", "superseded", "answered"])
    def test_says_so_kindly_and_does_nothing(self, client, to_marco, team, how):
        now = timezone.now()
        if how == "expired":
            ActionLink.objects.update(expires_at=now)
        elif how == "revoked":
            revoke_link(link_id=to_marco.pk, member=team["giulia"], at=now)
        elif how == "superseded":
            send_link_again(link_id=to_marco.pk, member=team["giulia"], at=now)
        else:
            answer_step(step_id=to_marco.step_id, text="At hand.", member=team["giulia"], at=now)
        sent = client.post(path_of(to_marco), form(to_marco, words="too late"))
        page = client.get(path_of(to_marco))

        assert (sent.status_code, page.status_code) == (303, 410)
        words = {
            "expired": "This link has had its time",
            "revoked": "This link was taken back",
            "superseded": "There is a newer link",
            "answered": "Giulia Ferri was quicker",
        }
        assert words[how] in written(page)
        assert to_marco.entity.email in written(page)
        assert step_of(to_marco).answer in {"", "At hand."}

    def test_a_new_link_works_where_the_old_one_does_not(self, client, to_marco, team):
        send_link_again(link_id=to_marco.pk, member=team["giulia"], at=timezone.now())
        fresh = ActionLink.objects.get(state="OPEN")
        client.post(path_of(fresh), form(fresh, words="88"))

        assert step_of(fresh).answer == "88"
        assert audit.first_broken_link(entity_id=fresh.entity_id) is None


class TestForged:
    def test_is_refused_before_the_database_is_asked(
        self, client, to_marco, django_assert_num_queries
    ):
        token = path_of(to_marco)
        forged = [f"/a/{'A' * 43}", "/a/x", token[:-1], token + "A", f"{token[:-2]}AA", "/a/%00%ff"]
        with django_assert_num_queries(0):
            answers = [client.get(path) for path in forged]

        assert {one.status_code for one in answers} == {404}
        assert "This is not one of our links" in written(answers[0])

    def test_who_tries_on_and_on_is_told_less_and_good_links_open_all_the_same(
        self, client, to_marco
    ):
        codes = [client.get(f"/a/{n:043d}").status_code for n in range(25)]

        assert codes[-1] == 429
        assert client.get(path_of(to_marco)).status_code == 200


def test_nothing_keeps_the_page_and_nobody_is_told_of_it(client, to_marco):
    for page in (client.get(path_of(to_marco)), client.get("/a/forged")):
        assert page["Referrer-Policy"] == "no-referrer"
        assert "no-store" in page["Cache-Control"]
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert page["X-Frame-Options"] == "DENY"
        assert not page.cookies
