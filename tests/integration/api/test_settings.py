"""Settings by a program: the rights of the desk, no secret out, no way around four eyes."""

from __future__ import annotations

import pytest
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_team
from tests.world.jobs import run_jobs
from tests.world.listener import listening
from tests.world.program import Program

from concilia.claims.models import Claim
from concilia.foundation.models import AuditEntry, IdempotentCall
from concilia.identity.actions import SCOPES
from concilia.identity.models import ApiToken, ApprovalLimit, Membership
from concilia.intake.actions.sources import MailboxDraft, connect_mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Membership:
    return a_member(an_entity(), "Sara Costa", role="admin")


@pytest.fixture
def program(admin) -> Program:
    return Program(admin)


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

    def test_limits_are_set_by_act_and_level(self, program):
        shipped = program.get("/settings/limits").json()
        assert shipped["are_own"] is False
        wanted = {"limits": {"APPROVE_CLAIM": {"1": "500.50", "2": "*"}}}
        kept = program.post("/settings/limits", wanted).json()

        assert kept["are_own"] is True
        assert kept["limits"]["APPROVE_CLAIM"] == {"1": "500.50", "2": "*"}
        assert ApprovalLimit.objects.get(level=1).limit_minor == 50_050
        falling = {"limits": {"APPROVE_CLAIM": {"1": "500", "2": "100"}}}
        assert program.post("/settings/limits", falling).status_code == 422

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

        admin.entity.erp = "tryton"
        admin.entity.erp_settings = {"password": "pane-e-vino-8"}
        admin.entity.save()
        shown = program.get("/settings/erp")
        assert "pane-e-vino-8" not in shown.content.decode()
        tryton = next(each for each in shown.json() if each["name"] == "tryton")
        secret = next(each for each in tryton["fields"] if each["secret"])
        assert secret["value"] == ""

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

    def test_a_program_lets_nobody_elses_name_be_signed_with(self, program, admin):
        marta = a_member(admin.entity, "Marta Conti", role="approver", level=2)
        body = {"name": "x", "acts_as": marta.user.email, "scopes": ["approvals:sign"]}

        assert program.post("/settings/tokens", body).status_code == 422
        assert not ApiToken.objects.filter(member=marta).exists()

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
