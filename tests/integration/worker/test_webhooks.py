"""Programs are told of what happens: once recorded never lost, signed, again if need be."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_team, propose, sign
from tests.world.jobs import jobs_waiting, run_jobs
from tests.world.listener import Listener, listening

from concilia.claims.core.decisions import Choice
from concilia.foundation.calling import AddressRefused
from concilia.identity.actions import (
    WebhookRefused,
    add_webhook,
    change_webhook,
    forget_old_deliveries,
    ping_webhook,
    redeliver,
    take_up_due,
)
from concilia.identity.core.webhooks import KINDS, WAITS
from concilia.identity.models import Entity, Membership, Webhook, WebhookDelivery
from concilia.interfaces.worker.subscriptions import TOLD
from concilia.interfaces.worker.tasks import react
from concilia.interfaces.worker.webhooks import call_webhook

pytestmark = pytest.mark.django_db


@pytest.fixture
def entity(tmp_path) -> Entity:
    return an_entity(erp_settings={"folder": str(tmp_path)})


@pytest.fixture
def admin(entity) -> Membership:
    return a_member(entity, "Sara Costa", role="admin")


@pytest.fixture
def listener():
    with listening() as found:
        yield found


def subscribe(admin: Membership, listener: Listener, *kinds: str) -> str:
    """The secret of a new subscription."""
    _, secret = add_webhook(url=listener.url, kinds=kinds or list(KINDS), by=admin, at=NOON)
    return secret


def open_one(entity: Entity) -> str:
    """Open a claim; the worker has not looked yet."""
    return a_claim(a_team(entity)["giulia"], an_invoice(a_customer(entity))).case.number


def one() -> WebhookDelivery:
    return WebhookDelivery.objects.get()


def later(delivery: WebhookDelivery) -> None:
    """The worker's rounds, when the next attempt is due."""
    moment = delivery.next_attempt_at
    assert moment is not None
    take_up_due(at=moment)
    run_jobs(at=moment)


class TestTelling:
    def test_whoever_listens_is_told_with_a_signature_they_can_check(self, entity, admin, listener):
        secret = subscribe(admin, listener, "claim.opened")
        number = open_one(entity)
        run_jobs(at=NOON)

        call = listener.calls[0]
        told = call.told
        assert (told["type"], told["entity"], told["data"]["claim"]) == (
            "claim.opened",
            "aurora",
            number,
        )
        key, moment = call.headers["webhook-id"], call.headers["webhook-timestamp"]
        assert (key, moment) == (told["id"], str(int(NOON.timestamp())))
        known = base64.b64decode(secret.removeprefix("whsec_"))
        content = f"{key}.{moment}.".encode() + call.body
        expected = base64.b64encode(hmac.new(known, content, hashlib.sha256).digest()).decode()
        assert call.headers["webhook-signature"] == f"v1,{expected}"
        assert (one().state, one().status, one().attempts) == ("DELIVERED", 200, 1)

    def test_a_claim_from_its_opening_to_the_erp(self, entity, admin, listener):
        subscribe(admin, listener)
        team = a_team(entity)
        claim = a_claim(team["giulia"], an_invoice(a_customer(entity)))
        sign(propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="ok"), team["marta"])
        run_jobs(at=NOON)

        kinds = [call.told["type"] for call in listener.calls]
        assert kinds == ["claim.opened", "claim.approval_asked", "claim.decided"]
        decided = listener.calls[-1].told["data"]
        assert decided["approved"] == decided["claimed"] != "0.00"

    def test_nobody_is_named_and_no_words_are_told(self, entity, admin, listener):
        subscribe(admin, listener)
        team = a_team(entity)
        claim = a_claim(team["giulia"], an_invoice(a_customer(entity)))
        propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="because Jens said so")
        run_jobs(at=NOON)

        everything = b"".join(call.body for call in listener.calls).decode()
        for word in ("Frischmarkt", "Giulia", "Jens", "@", "because"):
            assert word not in everything

    def test_who_asked_for_something_else_or_belongs_elsewhere_hears_nothing(
        self, entity, admin, listener
    ):
        subscribe(admin, listener, "import.saved")
        stranger = a_member(an_entity("other"), "Paul Meyer", role="admin")
        subscribe(stranger, listener)
        open_one(entity)
        run_jobs(at=NOON)

        assert (listener.calls, WebhookDelivery.objects.count()) == ([], 0)

    def test_an_event_told_twice_is_one_delivery(self, entity, admin, listener):
        subscribe(admin, listener, "claim.opened")
        claim = a_claim(a_team(entity)["giulia"], an_invoice(a_customer(entity)))
        for _ in range(2):
            react(event="ClaimOpened", payload={"claim_id": claim.pk}, at=NOON, key="k" * 32)

        assert WebhookDelivery.objects.filter(key="k" * 32).count() == 1

    def test_a_telling_that_breaks_holds_up_no_work_and_is_told_later(
        self, entity, admin, listener, monkeypatch
    ):
        subscribe(admin, listener, "claim.opened")
        claim = a_claim(a_team(entity)["giulia"], an_invoice(a_customer(entity)))
        claim.verdicts.all().delete()
        event = {"event": "ClaimOpened", "payload": {"claim_id": claim.pk}, "key": "k"}
        with monkeypatch.context() as patched:
            patched.setattr("concilia.interfaces.worker.webhooks.announce", None)
            with pytest.raises(TypeError):
                react(**event, at=NOON)
        assert claim.verdicts.exists()

        react(**event, at=NOON)
        assert WebhookDelivery.objects.filter(key="k").exists()

    def test_every_published_kind_comes_from_an_event(self):
        assert {kind for kind, _ in TOLD.values()} == set(KINDS)


class TestTryingAgain:
    def test_waits_longer_each_time_and_then_says_that_it_gave_up(self, entity, admin, listener):
        subscribe(admin, listener, "claim.opened")
        open_one(entity)
        listener.answers = [500] * 20
        run_jobs(at=NOON)
        waits, last = [], NOON
        while one().state == "WAITING":
            waits.append(one().next_attempt_at - last)
            last = one().next_attempt_at
            later(one())

        assert waits == list(WAITS)
        assert (one().state, one().error) == ("GIVEN_UP", "It answered 500.")
        assert len(listener.calls) == len(WAITS) + 1
        assert len({call.headers["webhook-id"] for call in listener.calls}) == 1
        assert len({call.headers["webhook-signature"] for call in listener.calls}) > 1

    def test_goes_on_where_somebody_answers_again(self, entity, admin, listener):
        subscribe(admin, listener, "claim.opened")
        open_one(entity)
        listener.answers = [503]
        run_jobs(at=NOON)
        assert (one().state, one().next_attempt_at) == ("WAITING", NOON + WAITS[0])

        later(one())
        assert (one().state, one().attempts, one().error) == ("DELIVERED", 2, "")

    def test_nothing_listens(self, entity, admin, listener):
        subscribe(admin, listener, "claim.opened")
        Webhook.objects.update(url="http://127.0.0.1:9/")
        open_one(entity)
        run_jobs(at=NOON)

        assert (one().state, one().error) == ("WAITING", "Nobody listens there.")

    def test_gone_is_gone(self, entity, admin, listener):
        subscribe(admin, listener, "claim.opened")
        open_one(entity)
        listener.answers = [410]
        run_jobs(at=NOON)

        assert one().state == "GIVEN_UP"

    def test_a_redirect_is_not_followed(self, entity, admin, listener):
        subscribe(admin, listener, "claim.opened")
        open_one(entity)
        listener.answers = [302]
        run_jobs(at=NOON)

        assert [call.path for call in listener.calls] == ["/hooks?x=1"]
        assert (one().state, one().error) == ("WAITING", "It answered 302.")

    def test_somebody_sends_it_again_with_the_same_id(self, entity, admin, listener):
        subscribe(admin, listener, "claim.opened")
        open_one(entity)
        listener.answers = [410]
        run_jobs(at=NOON)
        redeliver(delivery_id=one().pk, by=admin, at=NOON + timedelta(hours=1))
        run_jobs(at=NOON + timedelta(hours=1))

        first, second = listener.calls
        assert first.body == second.body
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert one().state == "DELIVERED"

    def test_what_ended_is_forgotten_after_thirty_days(self, entity, admin, listener):
        subscribe(admin, listener, "claim.opened")
        open_one(entity)
        run_jobs(at=NOON)

        assert forget_old_deliveries(at=NOON + timedelta(days=29)) == 0
        assert forget_old_deliveries(at=NOON + timedelta(days=31)) == 1


class TestKilled:
    def test_a_delivery_without_its_job_is_taken_up_by_the_round(self, entity, admin, listener):
        """Whatever became of the job: the row is there, due, and is called."""
        subscribe(admin, listener, "claim.opened")
        open_one(entity)
        react_only()
        delivery = one()
        assert delivery.state == "WAITING"

        take_up_due(at=NOON)
        run_jobs(at=NOON)
        assert one().state == "DELIVERED"

    def test_killed_between_the_answer_and_the_receipt_it_is_told_again(
        self, entity, admin, listener, monkeypatch
    ):
        subscribe(admin, listener, "claim.opened")
        open_one(entity)
        react_only()

        def killed(**_: object) -> None:
            raise SystemExit

        with monkeypatch.context() as patched:
            patched.setattr("concilia.interfaces.worker.webhooks.record_attempt", killed)
            with pytest.raises(SystemExit):
                call_webhook(delivery_id=one().pk, at=NOON)
        assert one().state == "WAITING"

        call_webhook(delivery_id=one().pk, at=NOON)
        assert (one().state, len(listener.calls)) == ("DELIVERED", 2)
        assert len({call.headers["webhook-id"] for call in listener.calls}) == 1

    def test_a_delivery_and_its_job_are_written_with_one_commit(self, entity, admin, listener):
        subscribe(admin, listener, "claim.opened")
        open_one(entity)
        react_only(keep_jobs=True)

        assert [name for name, _ in jobs_waiting()].count("concilia.call_webhook") == 1


class TestWhoMayBeCalled:
    @pytest.mark.parametrize(
        "url",
        [
            "http://example.com/hook",
            "ftp://example.com/",
            "https://",
            "https://user:word@example.com/",
            "https://example.com/#x",
            "https://exa mple.com/",
            "https://example.com:0/",
            "https://[::1",
            "javascript:alert(1)",
            "https://example.com/" + "x" * 500,
        ],
    )
    def test_addresses_that_are_none(self, admin, url):
        with pytest.raises(AddressRefused):
            add_webhook(url=url, kinds=["claim.opened"], by=admin, at=NOON)

    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "10.1.2.3",
            "169.254.169.254",
            "[::1]",
            "[fd00::1]",
            "0.0.0.0",
            "[64:ff9b::a00:1]",
            "[::ffff:10.0.0.1]",
        ],
    )
    def test_the_inside_of_our_network_is_not_called(self, entity, admin, settings, host):
        settings.WEBHOOK_NETWORKS = []
        scheme = "http" if host in {"127.0.0.1", "[::1]"} else "https"
        add_webhook(url=f"{scheme}://{host}/", kinds=["claim.opened"], by=admin, at=NOON)
        open_one(entity)
        run_jobs(at=NOON)

        assert one().state == "GIVEN_UP"
        assert "private network" in one().error

    def test_only_an_administrator_subscribes(self, entity):
        clerk = a_member(entity)
        with pytest.raises(WebhookRefused):
            add_webhook(url="https://x.example/", kinds=["claim.opened"], by=clerk, at=NOON)

    def test_unknown_kinds_are_refused(self, admin):
        with pytest.raises(WebhookRefused, match=r"claim\.opened"):
            add_webhook(url="https://x.example/", kinds=["claim.eaten"], by=admin, at=NOON)

    def test_the_secret_is_kept_sealed_and_not_logged(self, admin, listener):
        secret = subscribe(admin, listener)

        kept = json.dumps([Webhook.objects.get().secret])
        assert secret not in kept
        assert secret.removeprefix("whsec_") not in kept


class TestEnding:
    def test_what_waits_for_one_that_ended_is_given_up(self, entity, admin, listener):
        subscribe(admin, listener, "claim.opened")
        open_one(entity)
        listener.answers = [500]
        run_jobs(at=NOON)
        webhook = Webhook.objects.get()
        change_webhook(webhook_id=webhook.pk, is_active=False, by=admin, at=NOON)

        assert (one().state, one().error) == ("GIVEN_UP", "The webhook was switched off.")
        with pytest.raises(WebhookRefused):
            ping_webhook(webhook_id=webhook.pk, by=admin, at=NOON)
        with pytest.raises(WebhookRefused):
            redeliver(delivery_id=one().pk, by=admin, at=NOON)

    def test_a_ping_shows_that_it_works(self, admin, listener):
        subscribe(admin, listener, "import.saved")
        ping_webhook(webhook_id=Webhook.objects.get().pk, by=admin, at=NOON)
        run_jobs(at=NOON)

        assert listener.calls[0].told["type"] == "ping"


def react_only(*, keep_jobs: bool = False) -> None:
    """Work off the reactions, but call nobody; drop the calls' jobs as a lost queue would."""
    from django.db import connection
    from tests.world import jobs

    calls = []
    while found := jobs._take(NOON):
        key, name, arguments = found
        if name == "concilia.call_webhook":
            calls.append(key)
            continue
        jobs.JOBS[name](at=NOON, **arguments)
        with connection.cursor() as cursor:
            cursor.execute(jobs.FINISH, [key])
    with connection.cursor() as cursor:
        if keep_jobs:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'todo' WHERE id = ANY(%s)", [calls]
            )
        else:
            for key in calls:
                cursor.execute(jobs.FINISH, [key])
