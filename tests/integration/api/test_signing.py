"""Signatures by REST: for less, what is alike, what somebody left to somebody, emergencies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_proven_shortage, a_team, books_hold, propose
from tests.world.program import Program

from concilia.claims.core.decisions import Choice
from concilia.identity.actions import issue_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def entity():
    return an_entity()


@pytest.fixture
def team(entity):
    return dict(a_team(entity))


@pytest.fixture
def claim(entity, team):
    invoice = an_invoice(a_customer(entity), [("PEN-500", "900", "21.60", 0)])
    made = a_claim(team["giulia"], invoice, "NC-23", [("PEN-500", "150")])
    propose(made, team["giulia"], Choice.ACCEPT_ALL, reason="Sales agreed")
    return made


def seat_of(program, claim):
    shown = program.get(f"/claims/{claim.case.number}").json()
    return next(seat for seat in shown["seats"] if seat["signed_by"] is None)


class TestLess:
    def test_is_granted_line_by_line(self, entity, team, claim):
        marta = Program(team["marta"])
        seat = seat_of(marta, claim)
        body = {
            "seat": seat["id"],
            "outcome": "APPROVE",
            "comment": "Fifty were never ordered",
            "granted": {"1": "2000.00"},
        }

        answer = marta.post(
            f"/claims/{claim.case.number}/signatures", body, **{"Idempotency-Key": "less-1"}
        )
        again = marta.post(
            f"/claims/{claim.case.number}/signatures", body, **{"Idempotency-Key": "less-1"}
        )

        assert answer.status_code == 200, answer.content
        assert again["Idempotent-Replay"] == "true"
        told = answer.json()
        assert (told["state"], told["approved"], told["denied"]) == (
            "POSTING",
            "2000.00",
            "1240.00",
        )
        books_hold(entity)

    @pytest.mark.parametrize(
        ("changes", "status", "words"),
        [
            ({"granted": {"1": "9000.00"}}, 422, "between nothing and"),
            ({"granted": {"1": "much"}}, 422, "much"),
            ({"granted": {"7": "1.00"}}, 422, "every line"),
            ({"granted": {"1": "3240.00"}}, 403, "between 1 and"),
            ({"comment": ""}, 403, "why less"),
            ({"outcome": "RETURN"}, 422, "with the outcome APPROVE"),
        ],
    )
    def test_what_does_not_fit_is_said(self, team, claim, changes, status, words):
        marta = Program(team["marta"])
        body = {
            "seat": seat_of(marta, claim)["id"],
            "outcome": "APPROVE",
            "comment": "Less",
            "granted": {"1": "2000.00"},
        } | changes

        refused = marta.post(f"/claims/{claim.case.number}/signatures", body)

        assert (refused.status_code, refused["Content-Type"]) == (
            status,
            "application/problem+json",
        )
        assert words in refused.json()["detail"]


def many(entity, team, count=7):
    for n in range(count):
        claim = a_proven_shortage(a_customer(entity, f"Cliente {n}"), team)
        propose(claim, team["giulia"])


class TestAlike:
    def test_laid_together_judged_and_the_rest_signed(self, entity, team):
        many(entity, team)
        marta = Program(team["marta"])
        waits = marta.get("/signatures").json()
        (kind,) = marta.get("/signatures/alike").json()
        assert len(waits) == kind["count"] == 7
        assert {row["alike"] for row in waits} == {kind["alike"]}

        laid = marta.post("/signatures/batches", {"alike": kind["alike"]})
        assert laid.status_code == 201, laid.content
        batch = laid.json()
        assert (len(batch["sample"]), len(batch["rest"])) == (5, 2)
        here = f"/signatures/batches/{batch['id']}"
        too_soon = marta.post(f"{here}/sign")
        assert (too_soon.status_code, too_soon["Content-Type"]) == (422, "application/problem+json")
        assert "5 are left" in too_soon.json()["detail"]
        for item in batch["sample"]:
            body = {"seat": item["seat"], "outcome": "APPROVE"}
            assert marta.post(f"/claims/{item['claim']}/signatures", body).status_code == 200
        assert {item["judged"] for item in marta.get(here).json()["sample"]} == {"right"}

        done = marta.post(f"{here}/sign", None, **{"Idempotency-Key": "rest"})
        again = marta.post(f"{here}/sign", None, **{"Idempotency-Key": "rest"})

        assert (done.status_code, done.json()["state"]) == (200, "SIGNED")
        assert again["Idempotent-Replay"] == "true"
        assert {item["judged"] for item in done.json()["rest"]} == {"right"}
        assert marta.get("/signatures").json() == []
        assert [one["state"] for one in marta.get("/signatures/batches").json()["items"]] == [
            "SIGNED"
        ]

    def test_taken_apart_it_draws_the_same_lot_again(self, entity, team):
        many(entity, team)
        marta = Program(team["marta"])
        (kind,) = marta.get("/signatures/alike").json()
        first = marta.post("/signatures/batches", {"alike": kind["alike"]}).json()

        dropped = marta.post(f"/signatures/batches/{first['id']}/drop")

        assert (dropped.status_code, dropped.json()["state"]) == (200, "DROPPED")
        again = marta.post("/signatures/batches", {"alike": kind["alike"]}).json()
        assert again["id"] != first["id"]
        assert [one["seat"] for one in again["sample"]] == [one["seat"] for one in first["sample"]]
        twice = marta.post(f"/signatures/batches/{first['id']}/drop")
        assert twice.status_code == 422

    def test_apart_after_one_was_wrong_it_is_stopped(self, entity, team):
        many(entity, team)
        marta = Program(team["marta"])
        (kind,) = marta.get("/signatures/alike").json()
        batch = marta.post("/signatures/batches", {"alike": kind["alike"]}).json()
        item = batch["sample"][0]
        body = {"seat": item["seat"], "outcome": "RETURN", "comment": "Count again"}
        assert marta.post(f"/claims/{item['claim']}/signatures", body).status_code == 200

        dropped = marta.post(f"/signatures/batches/{batch['id']}/drop").json()

        assert dropped["state"] == "STOPPED"
        assert [one["judged"] for one in dropped["sample"]].count("wrong") == 1

    def test_is_its_maker_s_alone(self, entity, team):
        many(entity, team)
        marta, davide = Program(team["marta"]), Program(team["davide"])
        (kind,) = marta.get("/signatures/alike").json()
        here = f"/signatures/batches/{marta.post('/signatures/batches', kind).json()['id']}"

        assert davide.get(here).status_code == 404
        assert davide.post(f"{here}/sign").status_code == 404
        assert davide.post(f"{here}/drop").status_code == 404
        assert Program(team["giulia"]).get("/signatures").status_code == 403


class TestDelegations:
    BODY = {
        "starts_on": TODAY.isoformat(),
        "ends_on": (TODAY + timedelta(days=9)).isoformat(),
        "reason": "Fair in Parma",
        "acts": ["APPROVE_CLAIM"],
        "limit": "1000.00",
    }

    @pytest.fixture(autouse=True)
    def today(self, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)

    def test_are_given_seen_by_both_and_ended(self, team):
        marta, davide = Program(team["marta"]), Program(team["davide"])
        body = self.BODY | {"delegate": team["davide"].user.email}

        given = marta.post("/delegations", body)

        assert given.status_code == 201, given.content
        told = given.json()
        assert (told["delegate"], told["limit"], told["acts"]) == (
            team["davide"].user.email,
            "1000.00",
            ["APPROVE_CLAIM"],
        )
        assert [row["id"] for row in davide.get("/delegations").json()["items"]] == [told["id"]]
        assert Program(team["carla"]).get("/delegations").json()["items"] == []
        assert davide.post(f"/delegations/{told['id']}/end").status_code == 404
        ended = marta.post(f"/delegations/{told['id']}/end")
        assert ended.json()["ended_at"] is not None

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"ends_on": (TODAY + timedelta(days=60)).isoformat()}, "At most 60 days"),
            ({"delegate": "nobody@aurora.example"}, "who may sign themselves"),
            ({"limit": "much"}, "much"),
            ({"acts": ["EVERYTHING"]}, "cannot be read"),
        ],
    )
    def test_what_does_not_fit_is_said(self, team, changes, words):
        body = self.BODY | {"delegate": team["davide"].user.email} | changes

        refused = Program(team["marta"]).post("/delegations", body)

        assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
        assert words in refused.json()["detail"]

    def test_a_chain_is_refused(self, team):
        body = self.BODY | {"delegate": team["davide"].user.email}
        assert Program(team["marta"]).post("/delegations", body).status_code == 201

        onward = self.BODY | {"delegate": team["carla"].user.email}
        refused = Program(team["davide"]).post("/delegations", onward)

        assert refused.status_code == 422
        assert "not left on" in refused.json()["detail"]

    def test_only_with_a_token_of_one_s_own(self, entity, team):
        admin = a_member(entity, "Anna Berti", role="admin")
        _token, secret = issue_token(
            member_id=team["marta"].pk, name="x", scopes=["claims:write"], by=admin, at=NOON
        )
        marta = Program(team["marta"], ["claims:read"])
        marta.secret = secret

        assert marta.post("/delegations", self.BODY).status_code == 403


class TestOverride:
    def test_two_of_level_5_carry_it_out(self, entity, team, claim):
        chiefs = [
            Program(a_member(entity, name, role="approver", level=5))
            for name in ("Enzo Villa", "Rita Sala")
        ]
        here = f"/claims/{claim.case.number}/override"
        assert Program(team["marta"]).post(here, {"reason": "The line stands"}).status_code == 422

        asked = chiefs[0].post(here, {"reason": "The customer's line stands still"})
        assert (asked.status_code, asked.json()["state"]) == (200, "IN_APPROVAL")
        alone = chiefs[0].post(here, {"reason": "The customer's line stands still"})
        assert alone.status_code == 422
        done = chiefs[1].post(here)

        assert (done.status_code, done.json()["state"]) == (200, "POSTING")
        (told,) = chiefs[1].get("/overrides").json()["items"]
        assert (told["claim"], told["first"], told["second"]) == (
            claim.case.number,
            chiefs[0].token.member.user.email,
            chiefs[1].token.member.user.email,
        )
        books_hold(entity)


class TestLimits:
    def test_are_written_by_one_and_put_in_force_by_another(self, entity):
        anna, bea = (
            Program(a_member(entity, name, role="admin")) for name in ("Anna Berti", "Bea Nardi")
        )
        sheet = anna.get("/settings/limits").json()["sheet"].replace(",100,500,", ",120,500,", 1)
        draft = anna.post(
            "/settings/limits", {"sheet": sheet, "why": "Board", "seen_sha256": ""}
        ).json()
        anna.post("/settings/limits/submit")
        seen = {"sha256": draft["sha256"]}
        assert anna.post("/settings/limits/publish", seen).status_code == 422
        stale = bea.post("/settings/limits/publish", {"sha256": "0" * 64})
        assert "changed since" in stale.json()["detail"]

        done = bea.post("/settings/limits/publish", seen)

        assert (done.status_code, done.json()["version"]) == (200, 1)
        assert done.json()["draft"] is None
        (told,) = bea.get("/settings/limits/versions").json()["items"]
        assert (told["state"], told["published_by"]) == ("PUBLISHED", bea.token.member.user.email)
        assert bea.get("/settings/limits/versions/1").json()["sheet"] == sheet
        assert bea.get("/settings/limits/versions/2").status_code == 404

    def test_a_draft_of_another_is_not_replaced_unseen_and_can_be_dropped(self, entity):
        anna, bea = (
            Program(a_member(entity, name, role="admin")) for name in ("Anna Berti", "Bea Nardi")
        )
        sheet = anna.get("/settings/limits").json()["sheet"]
        assert anna.post("/settings/limits", {"sheet": sheet}).status_code == 201

        unseen = bea.post("/settings/limits", {"sheet": sheet, "seen_sha256": ""})
        assert unseen.status_code == 422
        assert "Anna Berti" in unseen.json()["detail"]
        assert bea.post("/settings/limits/drop").json()["draft"] is None

    def test_nobody_publishes_in_another_s_name(self, entity):
        anna, bea = (a_member(entity, name, role="admin") for name in ("Anna Berti", "Bea Nardi"))
        as_bea = Program(bea)
        _token, as_bea.secret = issue_token(
            member_id=bea.pk, name="x", scopes=["settings:write"], by=anna, at=NOON
        )

        refused = as_bea.post("/settings/limits/publish", {"sha256": "0" * 64})

        assert refused.status_code == 403

    def test_signers_and_auditors_read_them_and_clerks_do_not(self, entity, team):
        auditor = a_member(entity, "Nino Sala", role="auditor")

        for member in (team["marta"], auditor):
            assert Program(member).get("/settings/limits").status_code == 200
            assert Program(member).get("/settings/limits/versions").status_code == 200
        assert Program(team["giulia"]).get("/settings/limits").status_code == 403
        assert Program(team["marta"]).post("/settings/limits/drop").status_code == 403
