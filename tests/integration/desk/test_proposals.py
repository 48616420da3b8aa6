"""A language model on the desk and by REST: set, tried, shown, accepted, and measured."""

from __future__ import annotations

import json
from argparse import Namespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.inbox import an_arrival
from tests.world.model_server import Reply, a_model, saying
from tests.world.program import Program
from tests.world.proposals import a_proposal

from concilia.documents.models import Correction, ModelAccess, Proposal
from concilia.foundation.models import AuditEntry
from concilia.intake.actions import confirm_reading, correct_reading
from concilia.intake.models import Arrival
from concilia.interfaces.cli import evaluate

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SECTION = "/settings/?section=model"


@pytest.fixture
def customer():
    return a_customer(an_entity())


@pytest.fixture
def admin(customer):
    return a_member(customer.entity, "Sara Costa", role="admin")


@pytest.fixture
def clerk(customer):
    return a_member(customer.entity, "Giulia Ferri")


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk.user, backend=BACKEND)
    return client


@pytest.fixture
def office(client, admin):
    client.force_login(admin.user, backend=BACKEND)
    return client


@pytest.fixture
def model():
    with a_model() as served:
        yield served


def save(office, model, **changes):
    fields = {
        "on": "1",
        "url": model.url,
        "model": "marmotta",
        "key": "sk-una-chiave-9",
        "kinds": ["claim", "debit_note"],
        "calls_max": "1 200",
    }
    return office.post(reverse("desk:settings-model"), fields | changes)


class TestSettings:
    def test_off_by_default_and_says_what_leaves_the_server(self, office):
        page = office.get(SECTION).text

        assert "What leaves this server" in page
        assert "switched off" in page
        assert not ModelAccess.objects.exists()

    def test_is_kept_and_the_key_never_comes_out(self, office, model):
        assert save(office, model).status_code == 302

        access = ModelAccess.objects.get()
        assert (access.is_on, access.calls_max, access.kinds) == (
            True,
            1200,
            ["claim", "debit_note"],
        )
        page = office.get(SECTION).text
        assert model.url in page
        assert "unchanged" in page
        logged = json.dumps(list(AuditEntry.objects.values_list("data", flat=True)))
        assert "sk-una-chiave-9" not in page + access.secret + logged

    def test_what_was_typed_stays_after_a_refusal_but_no_key(self, office, model):
        answer = save(office, model, url="ftp://x.example/", calls_max="many")

        assert answer.status_code == 422
        assert "ftp://x.example/" in answer.text
        assert "sk-una-chiave-9" not in answer.text
        assert not ModelAccess.objects.filter(is_on=True).exists()

    def test_is_tried(self, office, model):
        model.will(saying(("claimed_amount", "43.20", "43.20 EUR")))
        assert save(office, model, act="try").status_code == 302
        assert "found 1 of 4 values" in office.get(SECTION).text
        assert "1 asked this month" in office.get(SECTION).text

    def test_a_trial_that_fails_is_a_sentence(self, office, model):
        model.will(Reply(status=401))
        answer = save(office, model, act="try")

        assert answer.status_code == 422
        assert "does not take the key" in answer.text

    def test_a_forbidden_one_cannot_be_set(self, office, model, settings):
        settings.LANGUAGE_MODEL = False
        assert "forbids language models" in office.get(SECTION).text
        assert save(office, model).status_code == 422

    def test_others_do_not_come_in(self, desk, model):
        assert save(desk, model).status_code == 403


@pytest.fixture
def arrival(customer) -> Arrival:
    return an_arrival(
        customer, an_invoice(customer), reason="NC-02", reason_confidence=0.5, promise=None
    )


def accept(desk, arrival, field):
    data = {"field": field, "act": "accept"}
    return desk.post(reverse("desk:arrival-correct", args=[arrival.pk]), data)


class TestInbox:
    def page(self, desk, arrival) -> str:
        return desk.get(reverse("desk:arrival", args=[arrival.pk])).text

    def test_nothing_is_shown_where_no_model_was_asked(self, desk, arrival):
        assert "A language model proposes" not in self.page(desk, arrival)

    def test_a_proposal_stands_beside_what_was_read(self, desk, arrival):
        a_proposal(
            arrival,
            summary="They miss 12 cartons.",
            reason=("NC-01", "12 Kartons fehlen"),
            claimed_amount=("259.20", "259,20 EUR"),
            promise__date=("2026-12-04", "am 4. Dezember"),
            dropped=(("references.invoice", "FT-9999", "not_quoted"),),
        )
        page = self.page(desk, arrival)

        for said in (
            "A language model proposes",
            "marmotta-7b-q4",
            "They miss 12 cartons.",
            "12 Kartons fehlen",
            "read: ",
            "as read",
            "4 Dec",
            "1 value left out",
            "it does not stand in the text",
        ):
            assert said in page, said
        assert page.count('value="accept"') == 3  # the reason is doubtful: in its own field, too

    def test_what_it_says_is_text_and_nothing_else(self, desk, arrival):
        a_proposal(
            arrival,
            summary="<script>alert(1)</script>",
            reason=("NC-01", "<img src=x onerror=alert(2)>"),
            dropped=(("kind", "<b>x", "not_on_the_list"),),
        )
        page = self.page(desk, arrival)

        for evil in ("<script>alert", "<img src=x", "<b>x"):
            assert evil not in page

    def test_accepted_it_is_a_persons_word(self, desk, arrival, clerk):
        a_proposal(arrival, reason=("NC-01", "fehlen"), promise__date=("2026-12-04", "am 4."))
        assert accept(desk, arrival, "reason").status_code == 302
        assert accept(desk, arrival, "promise.date").status_code == 302

        arrival.document.refresh_from_db()
        assert arrival.document.reason == "NC-01"
        assert arrival.document.values["promise"] == {"date": "2026-12-04", "amount": None}
        rows = Correction.objects.order_by("pk").values_list("field", "user__name")
        assert list(rows) == [("reason", "Giulia Ferri"), ("promise.date", "Giulia Ferri")]
        page = self.page(desk, arrival)
        assert page.count(">accepted</span>") == 2
        assert 'value="accept"' not in page

    def test_a_persons_word_is_not_overridden(self, desk, arrival, clerk):
        a_proposal(arrival, reason=("NC-01", "fehlen"))
        correct_reading(
            document_id=arrival.document_id, field="reason", value="NC-03", member=clerk, at=NOON
        )
        answer = accept(desk, arrival, "reason")

        assert answer.status_code == 409
        assert "A person has said what this is, and that stands." in answer.text
        assert "a person said" in answer.text
        arrival.document.refresh_from_db()
        assert arrival.document.reason == "NC-03"

    def test_what_is_done_is_not_changed(self, desk, arrival):
        a_proposal(arrival, reason=("NC-01", "fehlen"))
        Arrival.objects.update(state="DONE")

        assert accept(desk, arrival, "reason").status_code == 409
        assert not Correction.objects.exists()

    def test_an_auditor_reads_and_accepts_nothing(self, client, customer, arrival):
        a_proposal(arrival, reason=("NC-01", "fehlen"))
        auditor = a_member(customer.entity, "Olga Prova", role="auditor")
        client.force_login(auditor.user, backend=BACKEND)

        assert 'value="accept"' not in self.page(client, arrival)
        assert accept(client, arrival, "reason").status_code == 403

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"state": "WAITING", "next_attempt_at": NOON, "ended_at": None}, "has been asked"),
            ({"state": "GIVEN_UP", "error": "Nobody listens there."}, "Nobody listens there."),
            ({"values": {}}, "Nothing that stands in the text."),
        ],
    )
    def test_says_where_it_stands(self, desk, arrival, fields, words):
        a_proposal(arrival)
        Proposal.objects.update(**fields)
        assert words in self.page(desk, arrival)

    def test_costs_no_query_more_than_no_proposal(self, desk, arrival):
        self.page(desk, arrival)
        with CaptureQueriesContext(connection) as without:
            self.page(desk, arrival)
        a_proposal(arrival, reason=("NC-01", "fehlen"), claimed_amount=("1.00", "1,00"))
        with CaptureQueriesContext(connection) as beside:
            self.page(desk, arrival)

        assert len(beside) == len(without)


def looked_at(customer, clerk, *, read: str, says: str, so: str):
    arrival = an_arrival(customer, an_invoice(customer), reason=read)
    a_proposal(arrival, reason=(says, "fehlen"), references__invoice=(["X-1"], "X-1"))
    document_id = arrival.document_id
    if read == so:
        return confirm_reading(arrival_id=arrival.pk, member=clerk, at=NOON)
    correct_reading(document_id=document_id, field="reason", value=so, member=clerk, at=NOON)
    return arrival


class TestQuality:
    @pytest.fixture
    def judged(self, customer, clerk):
        """The reader is right once, the model three times of four."""
        looked_at(customer, clerk, read="NC-01", says="NC-02", so="NC-01")
        for _ in range(3):
            looked_at(customer, clerk, read="NC-01", says="NC-03", so="NC-03")
        an_arrival(customer, an_invoice(customer))  # nobody looked at it

    def test_stands_beside_the_reader(self, desk, judged):
        page = desk.get("/reading/").text

        assert "Reader and language model" in page
        assert "25.0" in page
        assert "75.0" in page
        assert "Over 4 documents" in page

    def test_the_same_by_rest_and_by_command(self, judged, clerk, customer, capsys):
        answer = Program(clerk).get("/reading").json()["language_model"]
        reason = next(each for each in answer["fields"] if each["field"] == "reason")
        assert answer["documents"] == 4
        assert (reason["reader"]["hits"], reason["reader"]["cases"]) == (1, 4)
        assert (reason["model"]["hits"], reason["model"]["cases"]) == (3, 4)
        invoice = next(each for each in answer["fields"] if each["field"] == "references.invoice")
        assert (invoice["reader"]["value"], invoice["model"]["value"]) == (1.0, 0.0)

        evaluate.run(Namespace(entity=None, since=None, out=None))
        assert json.loads(capsys.readouterr().out)["language_model"] == answer

    def test_nothing_where_no_model_was_asked(self, desk, clerk, customer):
        confirm_reading(arrival_id=an_arrival(customer, kind="order").pk, member=clerk, at=NOON)
        assert "Reader and language model" not in desk.get("/reading/").text
        assert Program(clerk).get("/reading").json()["language_model"] is None

    def test_asks_the_database_as_often_for_many_as_for_few(self, desk, judged, customer, clerk):
        desk.get("/reading/")
        with CaptureQueriesContext(connection) as few:
            desk.get("/reading/")
        for _ in range(6):
            looked_at(customer, clerk, read="NC-01", says="NC-03", so="NC-03")
        with CaptureQueriesContext(connection) as many:
            desk.get("/reading/")

        assert len(many) == len(few)


class TestRest:
    def test_settings_go_in_and_the_key_stays_in(self, admin, model):
        program = Program(admin)
        assert program.get("/settings/model").json()["on"] is False
        body = {
            "on": True,
            "url": model.url,
            "model": "marmotta",
            "key": "sk-una-chiave-9",
            "kinds": ["claim"],
            "calls_max": 10,
        }
        kept = program.post("/settings/model", body)

        assert kept.status_code == 200, kept.content
        assert kept.json() == program.get("/settings/model").json()
        assert (kept.json()["on"], kept.json()["has_key"], kept.json()["kinds"]) == (
            True,
            True,
            ["claim"],
        )
        assert "sk-una-chiave-9" not in kept.content.decode()
        model.will(saying(("kind", "claim", "did not arrive")))
        assert program.post("/settings/model/try").json()["found"] == 1
        assert program.get("/settings/model").json()["calls"] == 1

    def test_refusals_are_sentences(self, admin, model):
        program = Program(admin)
        refused = program.post("/settings/model", {"on": True, "url": "", "model": "x"})
        assert (refused.status_code, "address" in refused.json()["detail"]) == (422, True)
        assert program.post("/settings/model/try").status_code == 422

    def test_a_clerk_sets_nothing(self, clerk):
        assert Program(clerk).get("/settings/model").status_code == 403

    def test_proposals_are_read_and_accepted(self, clerk, arrival):
        program, path = Program(clerk), f"/inbox/{arrival.pk}/proposal"
        assert program.get(path).status_code == 404
        a_proposal(arrival, summary="They miss 12 cartons.", reason=("NC-01", "fehlen"))
        shown = program.get(path).json()
        assert (shown["state"], shown["summary"]) == ("ANSWERED", "They miss 12 cartons.")
        assert shown["fields"][0]["value"] == "NC-01"

        done = program.post(f"{path}/accept", {"field": "reason"})
        assert done.json()["reading"]["reason"] == "NC-01"
        again = program.post(f"{path}/accept", {"field": "reason"})
        assert (again.status_code, "stands" in again.json()["detail"]) == (422, True)

    def test_another_company_sees_none(self, arrival):
        a_proposal(arrival, reason=("NC-01", "fehlen"))
        stranger = Program(a_member(an_entity("other"), "Paul Meyer"))

        assert stranger.get(f"/inbox/{arrival.pk}/proposal").status_code == 404
        body = {"field": "reason"}
        assert stranger.post(f"/inbox/{arrival.pk}/proposal/accept", body).status_code == 404
