"""Models that are slow, wrong, away, or not to be called."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.world.asking import (
    BODY,
    TRUE,
    a_letter,
    killed,
    switch,
    take_without_asking,
    the_one,
    the_round,
)
from tests.world.builders import NOON, a_member
from tests.world.jobs import jobs_waiting, run_jobs
from tests.world.model_server import ModelServer, Reply, saying

from concilia.documents.models import ModelAccess, ModelMonth, Proposal
from concilia.foundation.calling import AddressRefused
from concilia.foundation.models import AuditEntry
from concilia.intake.actions import (
    ModelRefused,
)
from concilia.intake.actions.asking import try_model
from concilia.intake.core.proposals.patience import WAITS
from concilia.interfaces.worker.proposing import ask_model

pytestmark = pytest.mark.django_db


class TestTrouble:
    def fail(self, model: ModelServer, *replies: Reply) -> Proposal:
        model.will(*replies)
        run_jobs(at=NOON)
        return the_one()

    @pytest.fixture(autouse=True)
    def waiting(self, on):
        return take_without_asking(on, a_letter())

    @pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
    def test_busy_or_broken_servers_are_asked_again_later(self, model, status):
        proposal = self.fail(model, Reply(status=status), saying(*TRUE))
        assert (proposal.state, proposal.next_attempt_at) == ("WAITING", NOON + WAITS[0])
        assert proposal.error
        assert ModelAccess.objects.get().error == proposal.error

        run_jobs(at=NOON + WAITS[0] - timedelta(seconds=1))
        assert len(model.asked) == 1
        the_round(NOON + WAITS[0])
        assert (the_one().state, the_one().attempts, the_one().error) == ("ANSWERED", 2, "")
        assert ModelAccess.objects.get().error == ""

    def test_a_server_that_asks_for_time_gets_it(self, model):
        proposal = self.fail(model, Reply(status=429, headers={"Retry-After": "600"}))
        assert proposal.next_attempt_at == NOON + timedelta(minutes=10)

    def test_in_the_end_it_is_given_up_and_says_why(self, model):
        self.fail(model, Reply(status=500))
        while the_one().state == "WAITING":
            the_round(the_one().next_attempt_at)

        assert (the_one().state, len(model.asked)) == ("GIVEN_UP", len(WAITS) + 1)
        assert the_one().error == "The server of the model has trouble of its own."

    def test_a_server_in_trouble_is_left_alone_by_other_documents(self, on, model):
        for n in range(3):
            take_without_asking(on, a_letter(body=f"{n} {BODY}"))
        model.will(Reply(status=503))
        run_jobs(at=NOON)

        assert len(model.asked) == 1
        assert set(Proposal.objects.values_list("next_attempt_at", flat=True)) == {NOON + WAITS[0]}

    @pytest.mark.parametrize(
        ("status", "words"), [(401, "key"), (403, "key"), (404, "no such address"), (302, "else")]
    )
    def test_what_only_a_person_can_put_right_is_not_tried_again(self, model, status, words):
        headers = {"Location": f"{model.url}/elsewhere"} if status == 302 else {}
        proposal = self.fail(model, Reply(status=status, headers=headers))

        assert (proposal.state, len(model.asked)) == ("GIVEN_UP", 1)
        assert words in proposal.error

    def test_a_server_that_takes_no_schema_is_asked_simply_from_then_on(self, model):
        proposal = self.fail(model, Reply(status=400), saying(*TRUE))

        assert (proposal.state, proposal.attempts, len(model.asked)) == ("ANSWERED", 1, 2)
        assert set(model.last.body) == {"model", "messages"}
        assert not ModelAccess.objects.get().takes_schema
        assert ModelMonth.objects.get().calls == 2

    @pytest.mark.parametrize("status", [400, 413, 422])
    def test_a_text_that_is_too_much_is_its_own_trouble(self, on, model, status):
        """Not that of the server, nor of the documents behind it."""
        take_without_asking(on, a_letter(body=f"2 {BODY}"))
        model.think = lambda asked: saying() if "2 Buongiorno" in asked.document else refusal
        refusal = Reply(status=status)
        run_jobs(at=NOON)
        the_round(NOON + WAITS[0])

        states = list(Proposal.objects.order_by("pk").values_list("state", flat=True))
        assert states == ["GIVEN_UP", "ANSWERED"]
        assert ModelAccess.objects.get().takes_schema

    @pytest.mark.parametrize(
        "reply",
        [
            Reply(content="As a language model I cannot"),
            Reply(content='{"fields": [], "summary": ""'),
            Reply(raw=b"<html>hello</html>"),
            Reply(raw=b""),
            Reply(raw=b"{}"),
            Reply(raw=b'{"choices": []}'),
            Reply(raw=b'{"choices": [{"message": {"content": null}}]}'),
            Reply(raw=b"[" * 50_000),
            Reply(raw=b"\xff\xfe\x00"),
            Reply(content='{"fields": [], "summary": "\\ud800"}'),
            Reply(content='{"fields": [], "summary": ""}', finish="length"),
        ],
    )
    def test_nonsense_is_asked_about_once_more(self, model, reply):
        proposal = self.fail(model, reply)
        assert (proposal.state, proposal.values) == ("WAITING", {})
        the_round(NOON + WAITS[0])

        assert (the_one().state, len(model.asked)) == ("GIVEN_UP", 2)
        assert the_one().error

    def test_a_huge_answer_is_not_taken(self, model):
        proposal = self.fail(model, Reply(raw=b" " * 600_000))
        assert proposal.error == "It answered with more than anybody asked for."

    @pytest.mark.parametrize(
        "reply",
        [
            Reply(is_silent=True),
            Reply(raw=b" " * 500, drips=0.1),
            Reply(raw=b" " * 500, drips=0.1, headers={"Connection": "close"}),
        ],
    )
    def test_a_slow_one_is_hung_up_on(self, model, settings, reply):
        settings.MODEL_SECONDS = 0.6
        proposal = self.fail(model, reply)

        assert (proposal.state, proposal.error) == ("WAITING", "It did not answer in time.")

    def test_nobody_listens(self, model):
        ModelAccess.objects.update(url="http://127.0.0.1:9/v1")
        assert self.fail(model).error == "Nobody listens there."

    def test_a_key_that_cannot_be_opened_is_a_sentence(self, model, settings):
        settings.SECRET_KEY = "another-key-of-this-installation-0123456789"
        proposal = self.fail(model)

        assert (proposal.state, model.asked) == ("GIVEN_UP", [])
        assert "enter it again" in proposal.error

    def test_a_fault_of_ours_does_not_hold_up_the_others(self, on, model, monkeypatch):
        take_without_asking(on, a_letter(body=f"2 {BODY}"))
        monkeypatch.setattr("concilia.intake.actions.asking.check", None)
        with pytest.raises(TypeError):
            ask_model(at=NOON)

        first = Proposal.objects.order_by("pk").first()
        assert (first.state, first.next_attempt_at) == ("WAITING", NOON + WAITS[0])
        assert first.error

    def test_killed_while_the_model_thinks_it_is_asked_again_and_recorded_once(
        self, model, monkeypatch
    ):
        model.will(saying(*TRUE))
        with monkeypatch.context() as patched:
            patched.setattr("concilia.intake.actions.asking.record_proposal", killed)
            with pytest.raises(SystemExit):
                ask_model(at=NOON)
        assert (the_one().state, the_one().attempts) == ("WAITING", 0)

        the_round(NOON)
        assert (the_one().state, the_one().attempts, len(model.asked)) == ("ANSWERED", 1, 2)
        assert ModelMonth.objects.get().calls == 2

    def test_a_proposal_and_its_job_are_written_with_one_commit(self):
        assert [name for name, _ in jobs_waiting()] == ["concilia.ask_model"]


class TestLimits:
    def test_the_months_questions_are_counted_and_end(self, on, model):
        switch(on, model, calls_max=2)
        for n in range(3):
            take_without_asking(on, a_letter(body=f"{n} {BODY}"))
        run_jobs(at=NOON)

        assert len(model.asked) == 2
        states = sorted(Proposal.objects.values_list("state", flat=True))
        assert states == ["ANSWERED", "ANSWERED", "GIVEN_UP"]
        month = ModelMonth.objects.get()
        assert (month.first_date.isoformat(), month.calls) == ("2026-11-01", 2)
        assert Proposal.objects.get(state="GIVEN_UP").error == (
            "The questions of this month are used up."
        )

    def test_the_installation_forbids_it(self, take, on, model, settings):
        settings.LANGUAGE_MODEL = False
        take(a_letter())
        assert (model.asked, Proposal.objects.count()) == ([], 0)
        with pytest.raises(ModelRefused, match="forbids"):
            switch(on, model)
        with pytest.raises(ModelRefused, match="forbids"):
            try_model(by=on, at=NOON)

    def test_forbidden_meanwhile_nothing_leaves(self, on, model, settings):
        take_without_asking(on, a_letter())
        settings.LANGUAGE_MODEL = False
        run_jobs(at=NOON)
        assert (model.asked, the_one().state) == ([], "GIVEN_UP")


class TestAddresses:
    @pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "[fd00::1]"])
    @pytest.mark.parametrize("scheme", ["http", "https"])
    def test_the_inside_is_called_only_where_the_installation_says_so(
        self, on, model, settings, scheme, host
    ):
        take_without_asking(on, a_letter())
        ModelAccess.objects.update(url=f"{scheme}://{host}/v1")
        settings.MODEL_NETWORKS = []
        run_jobs(at=NOON)

        assert the_one().state == "GIVEN_UP"
        assert "private network" in the_one().error

    def test_without_encryption_nothing_goes_to_the_world(self, on, model, settings):
        take_without_asking(on, a_letter())
        ModelAccess.objects.update(url="http://93.184.215.14/v1")
        run_jobs(at=NOON)

        assert (the_one().state, "use https" in the_one().error) == ("GIVEN_UP", True)

    def test_plain_addresses_are_refused_at_once_where_no_network_is_named(
        self, admin, model, settings
    ):
        settings.MODEL_NETWORKS = []
        with pytest.raises(AddressRefused):
            switch(admin, model, url="http://models.example/v1")

    @pytest.mark.parametrize(
        "changes",
        [
            {"url": ""},
            {"model": ""},
            {"url": "ftp://x.example/"},
            {"url": "https://user:word@x.example/"},
            {"model": "x" * 101},
            {"model": "a\nb"},
            {"key": "a\r\nX-Other: b"},
            {"key": "clé"},
            {"calls_max": -1},
            {"kinds": []},
            {"kinds": ["bank_statement"]},
            {"connector": "telepathy"},
        ],
    )
    def test_what_cannot_work_is_refused_in_a_sentence(self, admin, model, changes):
        with pytest.raises((ModelRefused, AddressRefused)):
            switch(admin, model, **changes)
        assert not ModelAccess.objects.filter(is_on=True).exists()

    def test_only_an_administrator_changes_it(self, customer, model):
        with pytest.raises(ModelRefused):
            switch(a_member(customer.entity), model)

    def test_a_key_goes_to_no_other_server_than_it_was_typed_for(self, on, model):
        kept = ModelAccess.objects.get().secret
        assert "sk-una-chiave-9" not in kept
        switch(on, model, key="", model="other")
        assert ModelAccess.objects.get().secret == kept
        switch(on, model, key="", url="https://elsewhere.example/v1")
        assert ModelAccess.objects.get().secret == ""

    def test_the_log_holds_no_key(self, on):
        logged = json.dumps(list(AuditEntry.objects.values_list("data", flat=True)))
        assert "model" in logged
        assert "sk-una-chiave-9" not in logged
