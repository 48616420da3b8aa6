"""What was learned, rules about texts and thresholds, by a program."""

from __future__ import annotations

import pytest
from tests.world.builders import a_member
from tests.world.paying_office import PayingOffice, live
from tests.world.program import Program

from concilia.cash.models import TextRule

pytestmark = pytest.mark.django_db
STRANGER = {"payer_iban": "", "payer_name": "ACCREDITO 000812 AGENZIA 14"}
RENT = {"meaning": "elsewhere", "text": "ABB", "label": "Rent"}


@pytest.fixture
def office() -> PayingOffice:
    return PayingOffice()


@pytest.fixture
def program(office) -> Program:
    return Program(a_member(office.entity, "Sara Costa", role="admin"))


def test_habits_and_aliases_of_a_customer(program, office):
    items = office.items(10)
    for place in (0, 2, 4):
        office.decide(office.pay(20_000), *items[place : place + 2])
    address = f"/customers/{office.customer.number}"

    learned = program.get(f"{address}/learned").json()
    assert learned["habits"][0] == {
        "kind": "oldest",
        "confirmations": 3,
        "contradictions": 0,
        "probability": 0.75,
        "proposes": True,
        "posts": False,
    }
    assert learned["aliases"][0]["hits"] == 3
    assert len(learned["aliases"][0]["learned_from"]) == 3

    added = program.post(f"{address}/aliases", {"kind": "name", "value": "Mercato Centrale"})
    assert added.status_code == 201, added.content
    [alias] = [one for one in added.json()["aliases"] if one["kind"] == "name"]
    left = program.post(f"{address}/aliases/{alias['id']}/remove", {})
    assert [one["kind"] for one in left.json()["aliases"]] == ["iban"]
    wrong = program.post(f"{address}/aliases", {"kind": "iban", "value": "IT00"})
    assert wrong.status_code == 422


def test_a_rule_from_its_preview_to_its_end(program, office):
    entry = office.pay(90_000, text="ABB NOV", **STRANGER)
    assert program.post("/bank/rules/preview", RENT).json()["matched"] == 1

    rule = program.post("/bank/rules", RENT)
    assert rule.status_code == 201, rule.content
    key = rule.json()["id"]
    assert program.post("/bank/rules", RENT).status_code == 422
    again = program.post(f"/bank/{entry.pk}/match-again", {}).json()
    assert again["matches"][-1]["rule"] == "NOT"

    second = program.post(f"/bank/rules/{key}/change", RENT | {"label": "Lease"}).json()
    assert (second["version"], second["number"]) == (2, rule.json()["number"])
    assert program.post(f"/bank/rules/{second['id']}/end", {}).json()["state"] == "ENDED"
    assert program.post(f"/bank/rules/{key}/restore", {}).json()["version"] == 3
    listed = program.get("/bank/rules?state=ACTIVE").json()["items"]
    assert [one["label"] for one in listed] == ["Rent"]
    assert program.post(f"/bank/rules/{key}/accept", {}).status_code == 422
    assert TextRule.objects.count() == 3


def test_a_payment_is_set_aside_and_taken_back(program, office):
    entry = office.pay(5_000, text="RIMBORSO", **STRANGER)

    done = program.post(f"/bank/{entry.pk}/set-aside", {"label": "Refund"}).json()
    assert done["matches"][-1]["explanation"]["label"] == "Refund"
    program.post(f"/bank/{entry.pk}/reverse", {"reason": "ours after all"})

    assert live(entry).state == "OPEN"


def test_thresholds(program, office):
    shown = {one["name"]: one for one in program.get("/settings/matching").json()}
    assert shown["habit_probability_bp"]["value"] == "98"

    set_ = program.post("/settings/matching", {"values": {"habit_probability_bp": "99"}})
    assert {one["name"]: one["is_own"] for one in set_.json()}["habit_probability_bp"] is True
    refused = program.post("/settings/matching", {"values": {"habit_probability_bp": "5"}})
    assert refused.status_code == 422
    assert "between 90 and 100" in refused.json()["detail"]
    clerk = Program(office.member)
    assert clerk.get("/settings/matching").status_code == 403
