"""REST: tokens, scopes, one entity only, problems in words, POST once."""

from __future__ import annotations

import pytest
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.program import Program, a_file

from concilia.claims.models import Claim
from concilia.identity.actions import SCOPES, TokenRefused, issue_token, revoke_token
from concilia.identity.models import Membership
from concilia.intake.models import Arrival

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Membership:
    return a_member(an_entity())


@pytest.fixture
def program(member) -> Program:
    return Program(member)


def a_claim(program: Program, member: Membership) -> str:
    invoice = an_invoice(a_customer(member.entity))
    answer = program.post(
        "/claims",
        {
            "customer": invoice.customer.number,
            "reason": "NC-08",
            "invoice": invoice.number,
            "lines": [{"description": "price", "amount": "12.50"}],
        },
    )
    assert answer.status_code == 201, answer.content
    return answer.json()["number"]


class TestTokens:
    def test_nobody_comes_in_without_one(self, client):
        answer = client.get("/api/v1/claims")

        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"
        assert "Bearer" in answer.json()["detail"]

    def test_a_revoked_one_is_refused(self, program):
        assert program.get("/me").status_code == 200
        revoke_token(token_id=program.token.pk, by=program.admin, at=NOON)

        assert program.get("/me").status_code == 401

    def test_a_scope_is_needed(self, member):
        reader = Program(member, ["claims:read"])

        assert reader.get("/claims").status_code == 200
        refused = reader.get("/bank")
        assert refused.status_code == 403
        assert "bank:read" in refused.json()["detail"]

    def test_only_an_administrator_issues_them(self, member):
        with pytest.raises(TokenRefused):
            issue_token(member_id=member.pk, name="x", scopes=SCOPES, by=member, at=NOON)

    def test_the_secret_is_not_kept(self, program):
        assert program.secret not in str(vars(program.token))


class TestClaims:
    def test_opens_and_shows_one(self, program, member):
        number = a_claim(program, member)

        shown = program.get(f"/claims/{number}").json()
        assert (shown["claimed"], shown["reason"], shown["origin"]) == ("12.50", "NC-08", "person")
        assert program.get("/claims").json()["items"][0]["number"] == number

    def test_pages_by_cursor_without_a_gap(self, program, member):
        numbers = {a_claim(program, member) for _ in range(5)}

        seen, cursor = [], ""
        while cursor is not None:
            page = program.get(f"/claims?limit=2&cursor={cursor}").json()
            seen += [row["number"] for row in page["items"]]
            cursor = page["next_cursor"]
        assert len(seen) == len(set(seen)) == 5
        assert set(seen) == numbers

    def test_a_foreign_cursor_is_a_clear_problem(self, program):
        answer = program.get("/claims?cursor=rubbish")

        assert (answer.status_code, answer.json()["title"]) == (400, "Bad request")

    def test_what_an_act_refuses_is_a_sentence(self, program, member):
        number = a_claim(program, member)

        answer = program.post(f"/claims/{number}/close", {"root_cause": "nonsense"})
        assert answer.status_code == 422
        assert "cause" in answer.json()["detail"]

    def test_a_field_that_cannot_be_read_is_named(self, program):
        answer = program.post("/claims", {"customer": "x"})

        assert answer.status_code == 422
        assert any("reason" in error["field"] for error in answer.json()["errors"])


class TestIdempotencyKey:
    def test_the_same_post_twice_is_done_once(self, program, member):
        invoice = an_invoice(a_customer(member.entity))
        body = {
            "customer": invoice.customer.number,
            "reason": "NC-08",
            "invoice": invoice.number,
            "lines": [{"amount": "1.00"}],
        }
        key = {"Idempotency-Key": "order-66"}

        first = program.post("/claims", body, **key)
        second = program.post("/claims", body, **key)

        assert first.status_code == second.status_code == 201
        assert first.json() == second.json()
        assert second["Idempotent-Replay"] == "true"
        assert Claim.objects.count() == 1

    def test_the_same_key_for_something_else_is_refused(self, program):
        program.post("/claims", {"customer": "a"}, **{"Idempotency-Key": "k"})

        other = program.post("/claims", {"customer": "b"}, **{"Idempotency-Key": "k"})
        assert "another request" in other.json()["detail"]


class TestInbox:
    def test_a_file_sent_twice_arrives_once(self, program):
        for _ in range(2):
            answer = program.client.post(
                "/api/v1/inbox",
                {"file": a_file("note.txt", b"twelve cartons are missing")},
                headers=program.headers(),
            )
            assert answer.status_code == 201, answer.content

        assert Arrival.objects.get().seen == 2


class TestEntities:
    def test_another_entitys_rows_are_not_there(self, program, member):
        number = a_claim(program, member)
        stranger = Program(a_member(an_entity("other", name="Other")))

        assert stranger.get("/claims").json()["items"] == []
        for path in (f"/claims/{number}", f"/customers/{Claim.objects.get().customer.number}"):
            assert stranger.get(path).status_code == 404
        assert stranger.post(f"/claims/{number}/notes", {"text": "x"}).status_code == 404


class TestDocument:
    def test_is_open_api_3_1(self, client):
        document = client.get("/api/v1/openapi.json").json()

        assert document["openapi"].startswith("3.1")
        assert "/api/v1/claims/{number}/decision" in document["paths"]
