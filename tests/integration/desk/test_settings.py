"""Settings and the log: what an administrator sets, what everybody can prove."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from tests.world.builders import NOON, a_bank_entry, a_member, an_entity
from tests.world.jobs import run_jobs
from tests.world.listener import listening

from concilia.foundation import audit
from concilia.foundation.audit import SYSTEM, Act, rule_actor
from concilia.foundation.models import AuditEntry
from concilia.identity.actions import SCOPES
from concilia.identity.core.webhooks import KINDS, PING
from concilia.identity.models import (
    ApiToken,
    Membership,
    Webhook,
    WebhookDelivery,
)
from concilia.interfaces.desk import program_words

pytestmark = pytest.mark.django_db
SECTION = "/settings/?section=webhooks"


@pytest.fixture
def admin() -> Membership:
    return a_member(an_entity(), "Sara Costa", role="admin")


@pytest.fixture
def desk(client, admin):
    client.force_login(admin.user)
    return client


class TestPeople:
    def give_seat(self, desk, **changes):
        fields = {
            "name": "Nora Neri",
            "email": "Nora@staff.example",
            "password": "long-enough-1",
            "role": "clerk",
            "department": "CRD",
            "level": "1",
            "language": "it",
        }
        return desk.post(reverse("desk:settings-add-person"), fields | changes)

    def test_somebody_gets_a_seat_and_can_log_in(self, desk, admin):
        assert self.give_seat(desk).status_code == 302

        member = Membership.objects.get(user__email="nora@staff.example")
        assert member.entity == admin.entity
        assert member.user.check_password("long-enough-1")

    @pytest.mark.parametrize(
        "changes", [{"email": "x"}, {"password": "short"}, {"role": "king"}, {"level": "99"}]
    )
    def test_a_wrong_entry_is_a_sentence_and_nobody_is_added(self, desk, changes):
        answer = self.give_seat(desk, **changes)

        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert Membership.objects.count() == 1

    def test_somebody_stays_administrator(self, desk, admin):
        answer = desk.post(
            reverse("desk:settings-person", args=[admin.pk]),
            {"role": "clerk", "department": "CRD", "level": "1", "active": "1"},
        )

        assert answer.status_code == 422
        admin.refresh_from_db()
        assert admin.role == "admin"

    def test_others_do_not_come_in(self, client, admin):
        client.force_login(a_member(admin.entity).user)

        assert client.get(reverse("desk:settings")).status_code == 403
        assert self.give_seat(client).status_code == 403


class TestErp:
    def test_a_folder_that_is_not_there_is_refused(self, desk, admin):
        answer = desk.post(
            reverse("desk:settings-erp"), {"erp": "folder", "erp-folder-folder": "/no/such/folder"}
        )

        assert answer.status_code == 422
        admin.entity.refresh_from_db()
        assert admin.entity.erp_settings == {}

    def test_what_was_typed_stays_after_a_refusal_but_no_secret(self, desk, admin):
        """A mapping of several lines is typed into a field of several lines."""
        fields = {
            "url": "http://127.0.0.1:9",
            "database": "books",
            "user": "concilia",
            "password": "a-secret-word",
            "accounts": "AR = 1.2.1\r\nPRICE_ALLOWANCE = 4.3.1",
        }
        sent = {f"erp-tryton-{name}": value for name, value in fields.items()}

        answer = desk.post(reverse("desk:settings-erp"), {"erp": "tryton", **sent})

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "AR = 1.2.1\r\nPRICE_ALLOWANCE = 4.3.1</textarea>" in page
        assert "a-secret-word" not in page
        admin.entity.refresh_from_db()
        assert admin.entity.erp != "tryton"

    def test_a_mapping_is_shown_as_it_is_typed(self, desk, admin):
        admin.entity.erp = "tryton"
        admin.entity.erp_settings = {"accounts": {"AR": "1.2.1", "AP": "2.1.1"}}
        admin.entity.save()

        page = desk.get(reverse("desk:settings"), {"section": "erp"}).content.decode()

        assert "AP = 2.1.1\nAR = 1.2.1</textarea>" in page

    def test_payments_go_to_the_erp_when_it_is_said_and_the_log_tells(self, desk, admin, tmp_path):
        switch = reverse("desk:settings-erp-payments")
        admin.entity.erp = ""
        admin.entity.save()
        answer = desk.post(switch, {"on": "1"})
        assert answer.status_code == 422
        assert "Choose a connector to the ERP first." in answer.content.decode()
        admin.entity.erp, admin.entity.erp_settings = "folder", {"folder": str(tmp_path)}
        admin.entity.save()

        assert desk.post(switch, {"on": "1"}).status_code == 302

        admin.entity.refresh_from_db()
        assert admin.entity.settings["post_payments"] is True
        page = desk.get(reverse("desk:settings"), {"section": "erp"}).content.decode()
        assert 'name="on" value="1" checked' in page
        desk.post(switch, {})
        admin.entity.refresh_from_db()
        assert admin.entity.settings["post_payments"] is False
        logged = AuditEntry.objects.filter(act="payment_export.changed").order_by("seq")
        assert [row.data["post_payments"] for row in logged] == [
            {"before": False, "after": True},
            {"before": True, "after": False},
        ]

    def test_others_do_not_say_whether_payments_go(self, client, admin):
        client.force_login(a_member(admin.entity).user)

        answer = client.post(reverse("desk:settings-erp-payments"), {"on": "1"})

        assert answer.status_code == 403

    def test_a_connector_that_answers_is_used(self, desk, admin, tmp_path):
        answer = desk.post(
            reverse("desk:settings-erp"), {"erp": "folder", "erp-folder-folder": str(tmp_path)}
        )

        assert answer.status_code == 302
        admin.entity.refresh_from_db()
        assert admin.entity.erp_settings["folder"] == str(tmp_path)


class TestSections:
    @pytest.mark.parametrize("section", ["people", "erp", "sources", "tokens", "nothing"])
    def test_each_opens(self, desk, section):
        assert desk.get(reverse("desk:settings"), {"section": section}).status_code == 200

    def test_a_refusal_stands_above_what_was_typed(self, desk):
        fields = {"host": "", "username": "claims", "folder": "Reclami", "port": "993"}
        page = desk.post(reverse("desk:settings-add-mailbox"), fields | {"password": "secret-1"})

        assert page.status_code == 422
        assert "A mailbox needs a server and a user name." in page.content.decode()
        assert 'value="Reclami"' in page.content.decode()
        assert "secret-1" not in page.content.decode()


class TestTokens:
    def test_a_secret_is_shown_once(self, desk, admin):
        fields = {"name": "BI", "member": admin.pk, "scopes": ["claims:read"]}
        shown = desk.post(reverse("desk:settings-add-token"), fields)

        assert "cnc_" in shown.content.decode()
        page = desk.get(reverse("desk:settings"), {"section": "tokens"}).content.decode()
        assert "BI" in page
        assert "cnc_" not in page

    def test_is_revoked(self, desk, admin):
        fields = {"name": "BI", "member": admin.pk, "scopes": ["claims:read"]}
        desk.post(reverse("desk:settings-add-token"), fields)
        token = ApiToken.objects.get()

        desk.post(reverse("desk:settings-end-token", args=[token.pk]))
        token.refresh_from_db()
        assert token.revoked_at

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("en", "post and reverse payments · read claims"),
            ("it", "registrare e stornare gli incassi · leggere i reclami"),
            ("fr", "comptabiliser et annuler les paiements · lire les réclamations"),
            ("es", "contabilizar y anular los cobros · leer las reclamaciones"),
            ("de", "Zahlungen buchen und stornieren · Reklamationen lesen"),
        ],
    )
    def test_what_a_program_may_is_said_in_words(self, desk, admin, language, words):
        admin.user.language = language
        admin.user.save()
        fields = {"name": "BI", "member": admin.pk, "scopes": ["bank:write", "claims:read"]}
        desk.post(reverse("desk:settings-add-token"), fields)

        page = desk.get("/settings/?section=tokens").text

        assert words in page
        assert "bank:write claims:read" in page

    def test_no_scope_and_no_event_is_without_words(self):
        assert set(program_words.SCOPES) == set(SCOPES)
        assert set(program_words.EVENTS) == {*KINDS, PING}


class TestWebhooks:
    def subscribe(self, desk, url: str = "https://hooks.example/x", *kinds: str):
        fields = {"url": url, "kinds": kinds or ["claim.opened"]}
        return desk.post(reverse("desk:settings-add-webhook"), fields)

    def test_a_secret_is_shown_once(self, desk):
        shown = self.subscribe(desk)

        assert "whsec_" in shown.content.decode()
        page = desk.get(SECTION).content.decode()
        assert "https://hooks.example/x" in page
        assert "whsec_" not in page
        assert "claim opened" in page
        assert page.count("claim.opened") == 3  # beside its words, and in the form

    def test_an_address_that_is_none_is_a_sentence(self, desk):
        answer = self.subscribe(desk, "http://hooks.example/x")

        assert answer.status_code == 422
        assert "use https" in answer.content.decode()
        assert not Webhook.objects.exists()

    def test_is_tried_shown_sent_again_and_switched_off(self, desk):
        with listening() as listener:
            self.subscribe(desk, listener.url)
            webhook = Webhook.objects.get()
            change = reverse("desk:settings-webhook-change", args=[webhook.pk])
            desk.post(change, {"act": "ping"})
            run_jobs()
            shown = desk.get(reverse("desk:settings-webhook", args=[webhook.pk]))
            assert "word sent to try it" in shown.content.decode()
            delivery = WebhookDelivery.objects.get()
            assert delivery.state == "DELIVERED"
            desk.post(reverse("desk:settings-webhook-again", args=[delivery.pk]))
            run_jobs()
            assert len(listener.calls) == 2

        desk.post(change, {"act": "end"})
        webhook.refresh_from_db()
        assert not webhook.is_active
        assert desk.post(change, {"act": "ping"}).status_code == 422
        desk.post(change, {"act": "resume"})
        webhook.refresh_from_db()
        assert webhook.is_active

    def test_what_was_given_up_is_seen(self, desk):
        self.subscribe(desk)
        WebhookDelivery.objects.create(
            webhook=Webhook.objects.get(),
            key="k",
            kind="claim.opened",
            body="{}",
            state="GIVEN_UP",
            error="It answered 500.",
            attempts=8,
            created_at=NOON,
            ended_at=NOON,
        )

        assert "1 given up" in desk.get(SECTION).content.decode()
        log = reverse("desk:settings-webhook", args=[Webhook.objects.get().pk])
        assert "It answered 500." in desk.get(log).content.decode()


class TestAudit:
    def write(self, entity, n: int = 3) -> None:
        with transaction.atomic():
            acts = [Act("document.read", "document", k, {"file": f"=cmd{k}"}) for k in range(n)]
            audit.log(entity_id=entity.pk, actor=SYSTEM, at=NOON, acts=acts)

    def test_shows_the_log_and_proves_it(self, desk, admin):
        self.write(admin.entity)

        assert "Concilia" in desk.get(reverse("desk:audit")).content.decode()
        proof = desk.get(reverse("desk:audit-chain")).content.decode()
        assert "whole" in proof

    def test_says_what_an_entry_is_about_and_leads_there(self, desk, admin):
        entry = a_bank_entry(admin.entity, 10_000, payer_name="Panificio Sestri")
        with transaction.atomic():
            acts = [
                Act("payment.open", "bank_entry", entry.pk, {"applied": 0, "currency": "EUR"}),
                Act("member.added", "member", 1, {}),
            ]
            audit.log(
                entity_id=admin.entity_id, actor=rule_actor("shortage v1"), at=NOON, acts=acts
            )

        page = desk.get(reverse("desk:audit")).content.decode()
        assert f'href="/bank/payments/{entry.pk}/">Panificio Sestri' in page
        assert "0.00" not in page
        assert "rule for shortages, v1" in page
        assert "let in" in page

    def test_filters_and_keeps_to_its_entity(self, desk, admin):
        self.write(an_entity("other", name="Other"))

        page = desk.get(reverse("desk:audit"))
        assert page.context["page"].paginator.count == 0

    def test_exports_without_formulas(self, desk, admin):
        self.write(admin.entity)

        lines = b"".join(desk.get(reverse("desk:audit-file")).streaming_content).decode()
        assert lines.count("document.read") == 3

    def test_asks_the_database_as_often_for_many_rows_as_for_few(
        self, desk, admin, django_assert_max_num_queries
    ):
        self.write(admin.entity, 3)
        with django_assert_max_num_queries(14) as few:
            desk.get(reverse("desk:audit"))
        self.write(admin.entity, 40)
        with django_assert_max_num_queries(len(few)):
            desk.get(reverse("desk:audit"))
