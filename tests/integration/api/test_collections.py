"""Motives and promises by REST: within scopes, once per key, with the rules of the desk."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.world.builders import NOON, a_member, today_here
from tests.world.collecting import Debtor

from concilia.dunning.models import Motive, Promise
from concilia.identity.actions import issue_token

pytestmark = pytest.mark.django_db
BOTH = ["collections:read", "collections:write"]


@pytest.fixture
def debtor():
    debtor = Debtor()
    debtor.item = debtor.owes(1000)
    return debtor


def token_of(debtor, scopes, member=None):
    admin = a_member(debtor.entity, "Sara Costa", role="admin")
    who = member or debtor.clerk
    return issue_token(member_id=who.pk, name="t", scopes=scopes, by=admin, at=NOON)[1]


def call(client, secret, path, body=None, key=""):
    headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
    if body is None:
        return client.get(f"/api/v1/collections/{path}", headers=headers)
    return client.post(
        f"/api/v1/collections/{path}", json.dumps(body), "application/json", headers=headers
    )


def test_what_is_sent_twice_is_done_once(debtor, client):
    secret, number = token_of(debtor, BOTH), debtor.customer.number
    due = (today_here() + timedelta(days=5)).isoformat()
    motive = {"customer": number, "code": "NR-09", "source": "customer"}
    promise = {"customer": number, "due": due, "amount": "250.00"}

    for _ in range(2):
        said = call(client, secret, "motives", motive, key="m")
        made = call(client, secret, "promises", promise, key="p")
        assert (said.status_code, made.status_code) == (201, 201)

    assert (Motive.objects.count(), Promise.objects.count()) == (1, 1)
    assert made.json()["amount"] == "250.00"
    assert made.json()["items"] == [debtor.item.document_number]
    assert said.json()["next_act"] == "LISTEN"
    [row] = call(client, secret, "promises?state=PENDING").json()["items"]
    ended = call(client, secret, f"promises/{row['id']}/cancel", {"reason": "by mistake"})
    assert ended.json()["state"] == "CANCELLED"
    [row] = call(client, secret, f"motives?customer={number}&in_force=true").json()["items"]
    assert call(client, secret, f"motives/{row['id']}/done", {}).json()["done_at"]
    assert call(client, secret, f"motives/{row['id']}/withdraw", {}).json()["withdrawn_at"]
    [owing] = call(client, secret, "next").json()["items"]
    assert owing["owes"][0]["dunnable"] == "1000.00"


def test_scopes_and_creditors_are_kept_apart(debtor, client):
    other = Debtor("other", "IT60X0542811101000000123456")
    body = {"customer": debtor.customer.number, "code": "NR-07"}
    assert call(client, token_of(debtor, ["collections:read"]), "motives", body).status_code == 403
    secret = token_of(other, BOTH)
    assert call(client, secret, "motives", body).status_code == 404
    assert call(client, secret, "next").json()["items"] == []


def test_a_refusal_says_why(debtor, client):
    secret = token_of(debtor, BOTH)
    body = {"customer": debtor.customer.number, "due": "2020-01-01", "amount": "5.00"}
    answer = call(client, secret, "promises", body)
    assert answer.status_code == 422
    assert "has passed" in answer.json()["detail"]


def test_a_hand_over_by_rest_says_what_is_missing_and_is_signed_by_nobody(debtor, client):
    secret, number = token_of(debtor, BOTH), debtor.customer.number
    made = call(client, secret, "placements", {"customer": number, "route": "COURT"}, key="h")
    assert made.status_code == 201
    assert {"REASON_UNKNOWN", "NOTICE_NOT_PROVEN"} <= {
        each["condition"] for each in made.json()["missing"]
    }
    assert made.json()["items"] == {debtor.item.document_number: "1000.00"}
    mandate = made.json()["mandate"]
    assert call(client, secret, f"placements/{mandate}/ask", {}).status_code == 422
    assert call(client, secret, f"placements/{mandate}/sign", {}).status_code in {404, 405}
    assert call(client, secret, "placements/MAN-x").status_code == 404
    text = f"mandate,reference,date,status\n{mandate},R1,2026-11-18,PAID\n"
    loaded = call(client, secret, "placements/results", {"csv": text}).json()
    assert (loaded["new"], loaded["bad"][0]["column"]) == (0, "mandate")
    ended = call(client, secret, f"placements/{mandate}/recall", {"reason": "they called"})
    assert ended.json()["state"] == "RECALLED"
    assert len(call(client, secret, "placements?state=RECALLED").json()["items"]) == 1


def test_what_may_be_said_today_by_rest(debtor, client):
    ways = call(client, token_of(debtor, BOTH), f"contact?customer={debtor.customer.number}").json()
    assert [way["channel"] for way in ways] == [
        "CALL", "EMAIL", "SMS", "WHATSAPP", "LETTER", "VISIT",
    ]  # fmt: skip
    assert all(way["rule"] and way["why"] for way in ways)
