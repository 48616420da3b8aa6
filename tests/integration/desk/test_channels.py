"""Channels on the desk: set up, tried, priced; customers called, and called back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.world import carrier as carriers
from tests.world.lines import MOBILE, Lines

from concilia.correspondence.models import ChannelAccess, Reach
from concilia.correspondence.queries.lines import cost_of
from concilia.dunning.models import Call, CallBack

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    with carriers.running() as carrier:
        yield Lines(carrier, timezone.now())


@pytest.fixture
def desk(lines):
    return logged_in(lines.admin)


def logged_in(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


class TestSettings:
    def test_shows_what_is_set_and_no_secret(self, desk):
        shown = desk.get("/settings/?section=channels").content.decode()
        assert "/voice/aurora/in" in shown
        assert carriers.NUMBER in shown
        assert carriers.TOKEN not in shown

    def test_what_does_not_answer_is_not_kept_and_said(self, desk, lines):
        lines.carrier.trouble = 503
        sent = {"way": "voice", "on": "1", "gateway": "twilio", "twilio-account": "AC9"}
        found = desk.post(
            "/settings/channels/", sent | {"twilio-number": "+39021", "twilio-token": ""}
        )
        assert found.status_code == 422
        assert ChannelAccess.objects.get(way="voice").values["account"] == carriers.ACCOUNT

    def test_costs_and_who_takes_calls(self, desk, lines):
        desk.post("/settings/channels/costs/", {"cost-SMS": "0.07", "person": "+39 02 9876543"})
        lines.entity.refresh_from_db()
        assert cost_of(lines.entity, "SMS") == 7
        assert lines.entity.settings["calls"] == {"person": "+39029876543"}
        wrong = desk.post("/settings/channels/costs/", {"cost-SMS": "much"})
        assert wrong.status_code == 422

    def test_a_message_and_a_call_to_oneself(self, desk, lines):
        desk.post("/settings/channels/try/", {"number": "333 1234567", "by": "text"})
        desk.post("/settings/channels/try/", {"number": "333 1234567", "by": "call"})
        assert [text["To"] for text in lines.carrier.texts] == [MOBILE]
        assert (Call.objects.get().is_test, Call.objects.get().number) == (True, MOBILE)

    def test_consent_to_automatic_calls_has_a_source(self, desk):
        sent = {"number": "+1 312 555 0123", "agrees": "1", "source": ""}
        assert desk.post("/settings/channels/agreed/", sent).status_code == 422
        assert not Reach.objects.exists()
        desk.post("/settings/channels/agreed/", sent | {"source": "Contract of 3 May"})
        assert Reach.objects.get(number="+13125550123", channel="IVR").agreed_at is not None
        shown = desk.get("/settings/?section=channels").content.decode()
        assert "Contract of 3 May" in shown
        assert "Anna Villa" in shown
        desk.post("/settings/channels/agreed/", sent | {"agrees": "0"})
        assert Reach.objects.get(number="+13125550123").agreed_at is None

    def test_is_for_administrators(self, lines):
        clerk = logged_in(lines.clerk)
        assert clerk.post("/settings/channels/", {"way": "voice"}).status_code in {302, 403}
        assert ChannelAccess.objects.get(way="voice").is_on


class TestACustomersPage:
    def test_has_somebody_called_or_says_which_rule_holds_it_back(self, desk, lines):
        lines.debtor.owes(1000)
        lines.customer.vat_number = ""
        lines.customer.save()

        sent = {"contact": lines.contact.pk}
        answer = desk.post(f"/customers/{lines.customer.pk}/calls/", sent, follow=True)

        call = Call.objects.get()
        assert call.state == "WITHHELD"
        assert call.withheld_why in answer.content.decode()

    def test_shows_who_wants_to_be_called_until_somebody_did(self, desk, lines):
        task = CallBack.objects.create(
            entity=lines.entity, customer=lines.customer, number=MOBILE, why="PLAN",
            wanted_at=timezone.now(), due_date=timezone.localdate(),
        )  # fmt: skip
        for page in ("/collections/", f"/customers/{lines.customer.pk}/"):
            assert MOBILE in desk.get(page).content.decode()

        desk.post(f"/collections/calls/{task.pk}/", {"note": "four rates", "from": "collections"})

        task.refresh_from_db()
        assert (task.done_by, task.note) == (lines.admin, "four rates")
        assert "To call back" not in desk.get("/collections/").content.decode()
