"""Settings by a program: the rights of the desk, no secret out, no way around four eyes."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_team
from tests.world.jobs import run_jobs
from tests.world.listener import listening
from tests.world.program import Program

from concilia.claims.models import Claim
from concilia.foundation.models import AuditEntry, IdempotentCall
from concilia.identity.actions import SCOPES, SIGN, TokenRefused, change_erp, issue_token
from concilia.identity.models import ApiToken, Entity, Membership
from concilia.intake.actions.sources import MailboxDraft, connect_mailbox
from concilia.ledger.ports import ConfigurationInvalid
from concilia.ledger.queries.connectors import erp_of, settings_of

pytestmark = pytest.mark.django_db
SETTINGS_TOKENS = "/settings/?section=tokens"


@pytest.fixture
def admin() -> Membership:
    return a_member(an_entity(), "Sara Costa", role="admin")


@pytest.fixture
def program(admin) -> Program:
    return Program(admin)


def an_erp(admin: Membership) -> Entity:
    return change_erp(
        erp="tryton",
        values={"user": "concilia"},
        secrets={"password": "pane-e-vino-8"},
        by=admin,
        at=NOON,
    )


class TestPeopleAndLimits:
    def test_somebody_gets_a_seat_and_another_role(self, program, admin):
        seat = {"role": "clerk", "department": "CRD", "level": 1}
        person = {"email": "Nora@staff.example", "name": "Nora Neri", "password": "long-enough-1"}
        added = program.post("/settings/people", person | seat)
        assert added.status_code == 201, added.content
        assert "password" not in added.json()

        key = added.json()["id"]
        moved = program.post(f"/settings/people/{key}", seat | {"role": "approver", "level": 2})
        assert (moved.json()["role"], moved.json()["level"]) == ("approver", 2)
        assert {row["email"] for row in program.get("/settings/people").json()["items"]} >= {
            "nora@staff.example"
        }

    def test_somebody_stays_administrator(self, program, admin):
        seat = {"role": "clerk", "department": "CRD", "level": 1}
        refused = program.post(f"/settings/people/{admin.pk}", seat)

        assert refused.status_code == 422
        assert "administrator" in refused.json()["detail"]

    def test_limits_are_written_as_a_draft_and_tried(self, program, admin):
        shipped = program.get("/settings/limits").json()
        assert (shipped["version"], shipped["draft"]) == (0, None)
        other = shipped["sheet"].replace("100,500,2500", "100,500.50,2500")
        checked = program.post("/settings/limits/check", {"sheet": other}).json()
        assert checked == {"problems": [], "open_requests": {}}
        falling = shipped["sheet"].replace("100,500,2500", "100,5000,2500")
        told = program.post("/settings/limits/check", {"sheet": falling}).json()["problems"]
        assert [(one["code"], one["line"]) for one in told] == [
            ("limits_fall", 2),
            ("limits_fall", 6),
        ]

        kept = program.post("/settings/limits", {"sheet": other, "why": "New policy"})
        assert (kept.status_code, kept.json()["submitted_at"]) == (201, None)
        assert program.post("/settings/limits/submit", {}).json()["submitted_at"]
        after = program.get("/settings/limits").json()
        assert (after["sheet"], after["draft"]["why"]) == (shipped["sheet"], "New policy")

    def test_only_an_administrators_token_comes_in(self, program, admin):
        clerk = Program(a_member(admin.entity))

        for path in ("people", "limits", "erp", "mailboxes", "folders", "tokens"):
            assert clerk.get(f"/settings/{path}").status_code == 403
        assert clerk.get("/webhooks").status_code == 403


class TestSecrets:
    def test_what_goes_in_does_not_come_out(self, program, admin, tmp_path):
        box = {"host": "mail.example", "username": "claims", "password": "olio-e-sale-7"}
        added = program.post("/settings/mailboxes", box)
        assert added.status_code == 201, added.content
        listed = program.get("/settings/mailboxes").content.decode()
        assert "mail.example" in listed
        assert "olio-e-sale-7" not in listed + added.content.decode()

        an_erp(admin)
        shown = program.get("/settings/erp")
        assert "pane-e-vino-8" not in shown.content.decode()
        tryton = next(each for each in shown.json() if each["name"] == "tryton")
        secret = next(each for each in tryton["fields"] if each["secret"])
        assert (secret["value"], secret["is_set"]) == ("", True)

    def test_the_password_of_the_erp_is_kept_sealed_and_logged_nowhere(self, admin):
        entity = an_erp(admin)

        kept = json.dumps([entity.erp_settings, entity.erp_secrets])
        logged = json.dumps(list(AuditEntry.objects.values_list("data", flat=True)))
        assert "pane-e-vino-8" not in kept + logged
        assert '"password"' in logged
        opened = settings_of(entity=entity, erp="tryton")
        assert opened == {"user": "concilia", "password": "pane-e-vino-8"}
        assert settings_of(entity=entity, erp="folder") == {}

    def test_what_was_kept_in_the_clear_is_sealed(self, admin):
        entity = admin.entity
        entity.erp, entity.erp_settings = "tryton", {"user": "x", "password": "pane-e-vino-8"}
        entity.save()
        import_module("concilia.ledger.migrations.0007_seal_secrets_of_the_erp").seal_secrets(
            apps, None
        )

        entity.refresh_from_db()
        assert entity.erp_settings == {"user": "x"}
        assert "pane-e-vino-8" not in str(entity.erp_secrets)
        assert settings_of(entity=entity, erp="tryton")["password"] == "pane-e-vino-8"

    def test_a_secret_that_cannot_be_opened_is_a_sentence(self, program, admin, settings):
        entity = an_erp(admin)
        settings.SECRET_KEY = "another-key-of-this-installation-0123456789"

        with pytest.raises(ConfigurationInvalid, match="enter it again"):
            erp_of(entity=entity)
        answer = program.post("/settings/erp", {"erp": "tryton", "values": {"user": "y"}})
        assert (answer.status_code, "enter it again" in answer.json()["detail"]) == (422, True)

    def test_a_connector_is_tried_before_it_is_kept(self, program, tmp_path):
        wrong = {"erp": "folder", "values": {"folder": "/no/such/folder"}}
        assert program.post("/settings/erp", wrong).status_code == 422
        right = program.post(
            "/settings/erp", {"erp": "folder", "values": {"folder": str(tmp_path)}}
        )

        assert right.status_code == 200
        assert right.json()[0]["is_used"]

    def test_a_mailbox_ends_and_its_password_is_forgotten(self, program, admin):
        draft = MailboxDraft(host="mail.example", username="x", password="y")
        box = connect_mailbox(draft=draft, member=admin, at=NOON)
        ended = program.post(f"/settings/mailboxes/{box.pk}/end")

        assert ended.json()["active"] is False
        box.refresh_from_db()
        assert box.secret == ""

    def test_a_new_tokens_secret_works_and_is_kept_nowhere_in_the_clear(self, program, admin):
        body = {"name": "BI", "acts_as": admin.user.email, "scopes": ["claims:read"]}
        key = {"Idempotency-Key": "bi-1"}
        made = program.post("/settings/tokens", body, **key)
        assert made.status_code == 201, made.content
        secret = made.json()["secret"]
        again = program.post("/settings/tokens", body, **key)

        assert again.json()["secret"] == secret
        assert again["Cache-Control"] == "private, no-store"
        assert secret not in IdempotentCall.objects.get().body
        assert secret not in program.get("/settings/tokens").content.decode()
        assert secret not in str(list(AuditEntry.objects.values_list("data", flat=True)))
        program.secret, own = secret, program.secret
        assert program.get("/claims").status_code == 200
        program.secret = own
        program.post(f"/settings/tokens/{made.json()['id']}/revoke")
        program.secret = secret
        assert program.get("/claims").status_code == 401


class TestFourEyes:
    def test_who_proposed_cannot_sign_by_whatever_way(self, admin):
        team = a_team(admin.entity)
        a_claim(team["marta"], an_invoice(a_customer(admin.entity)))
        number = Claim.objects.get().case.number
        marta = Program(team["marta"])
        decision = {"choice": "ACCEPT_ALL", "reason": "they are right"}
        proposed = marta.post(f"/claims/{number}/decision", decision)
        assert proposed.status_code == 200, proposed.content
        seat = proposed.json()["seats"][0]["id"]
        signature = {"seat": seat, "outcome": "APPROVE"}

        assert marta.post(f"/claims/{number}/signatures", signature).status_code == 403
        for who in ("giulia", "marco"):
            assert (
                Program(team[who]).post(f"/claims/{number}/signatures", signature).status_code
                == 403
            )
        assert Program(admin).post(f"/claims/{number}/signatures", signature).status_code == 403
        assert Claim.objects.get().state == "IN_APPROVAL"

        signed = Program(team["davide"]).post(f"/claims/{number}/signatures", signature)
        assert signed.status_code == 200, signed.content
        assert Claim.objects.get().state != "IN_APPROVAL"

    def test_a_program_gives_no_scope_it_lacks(self, admin):
        weak = Program(admin, ["settings:write", "claims:read"])
        body = {"name": "x", "acts_as": admin.user.email, "scopes": ["bank:write"]}

        refused = weak.post("/settings/tokens", body)
        assert (refused.status_code, "bank:write" in refused.json()["detail"]) == (422, True)

    def test_nobody_lets_another_persons_name_be_signed_with(self, program, admin, client):
        """By API, by the desk, by the act itself, with a token of before this was asked."""
        team = a_team(admin.entity)
        a_claim(team["marta"], an_invoice(a_customer(admin.entity)))
        number = Claim.objects.get().case.number
        decision = {"choice": "ACCEPT_ALL", "reason": "they are right"}
        proposed = Program(team["marta"]).post(f"/claims/{number}/decision", decision)
        signature = {"seat": proposed.json()["seats"][0]["id"], "outcome": "APPROVE"}
        davide = team["davide"]
        ApiToken.objects.all().delete()
        program = Program(admin)

        body = {"name": "x", "acts_as": davide.user.email, "scopes": ["approvals:sign"]}
        assert program.post("/settings/tokens", body).status_code == 422
        client.force_login(admin.user)
        fields = {"name": "x", "member": davide.pk, "scopes": ["approvals:sign"]}
        assert client.post(reverse("desk:settings-add-token"), fields).status_code == 422
        assert 'value="approvals:sign"' not in client.get(SETTINGS_TOKENS).content.decode()
        with pytest.raises(TokenRefused):
            issue_token(member_id=davide.pk, name="x", scopes=[SIGN], by=admin, at=NOON)
        assert not ApiToken.objects.filter(member=davide).exists()

        old = Program(davide)
        for issuer in (None, admin):
            ApiToken.objects.filter(pk=old.token.pk).update(issued_by=issuer)
            assert old.post(f"/claims/{number}/signatures", signature).status_code == 403
        assert Claim.objects.get().state == "IN_APPROVAL"
        ApiToken.objects.filter(pk=old.token.pk).update(issued_by=davide)
        assert old.post(f"/claims/{number}/signatures", signature).status_code == 200

    def test_who_signs_lets_a_program_sign_for_them_on_the_desk(self, admin, client):
        davide, nora = (
            a_member(admin.entity, name, role="approver") for name in ("Davide", "Nora")
        )
        client.force_login(davide.user)
        fields = {"name": "x", "member": nora.pk, "scopes": ["approvals:sign"]}
        shown = client.post(reverse("desk:own-token-add"), fields)

        assert "cnc_" in shown.content.decode()
        token = ApiToken.objects.get()
        assert (token.member, token.is_own, token.scopes) == (davide, True, [SIGN])
        client.force_login(nora.user)
        assert client.post(reverse("desk:own-token-end", args=[token.pk])).status_code == 404
        client.force_login(davide.user)
        client.post(reverse("desk:own-token-end", args=[token.pk]))
        token.refresh_from_db()
        assert token.revoked_at

    def test_every_scope_is_asked_for_by_some_call_and_needed(self, admin):
        nothing = Program(admin, ["audit:read"])
        calls = {
            "claims:read": "/claims",
            "inbox:read": "/inbox",
            "bank:read": "/bank",
            "customers:read": "/customers",
            "figures:read": "/figures",
            "imports:read": "/imports",
            "settings:read": "/settings/people",
        }
        for scope, path in calls.items():
            assert scope in SCOPES
            assert scope in nothing.get(path).json()["detail"]


class TestWebhooks:
    def test_a_program_subscribes_is_told_and_sends_again(self, program):
        with listening() as listener:
            made = program.post("/webhooks", {"url": listener.url, "kinds": ["claim.opened"]})
            assert made.status_code == 201, made.content
            key = made.json()["id"]
            assert made.json()["secret"].startswith("whsec_")
            assert "secret" not in program.get(f"/webhooks/{key}").json()
            assert program.post(f"/webhooks/{key}/ping").status_code == 202
            run_jobs()

            (told,) = program.get(f"/webhooks/{key}/deliveries").json()["items"]
            assert (told["state"], told["kind"], told["status"]) == ("DELIVERED", "ping", 200)
            assert program.post(f"/webhooks/deliveries/{told['id']}/redeliver").status_code == 202
            run_jobs()
            assert len(listener.calls) == 2

            off = program.post(f"/webhooks/{key}", {"active": False})
            assert off.json()["active"] is False
            assert program.post(f"/webhooks/{key}/ping").status_code == 422

    def test_an_address_of_ours_or_a_kind_that_is_none_is_a_sentence(self, program):
        for body in (
            {"url": "http://example.com/", "kinds": ["claim.opened"]},
            {"url": "https://example.com/", "kinds": ["claim.eaten"]},
        ):
            refused = program.post("/webhooks", body)
            assert refused.status_code == 422
            assert refused.json()["detail"]

    def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(
        self, program, django_assert_max_num_queries
    ):
        def subscribe() -> None:
            body = {"url": "https://x.example/", "kinds": ["claim.opened"]}
            program.post("/webhooks", body)

        subscribe()
        paths, few = ("/webhooks", "/settings/tokens", "/settings/people"), {}
        for path in paths:
            with django_assert_max_num_queries(10) as found:
                program.get(path)
            few[path] = len(found)
        for n in range(3):
            subscribe()
            Program(a_member(program.admin.entity, f"P{n} Q"))
        for path in paths:
            with django_assert_max_num_queries(few[path]):
                assert len(program.get(path).json()["items"]) > 3
