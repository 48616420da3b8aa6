"""Instalment plans by REST: previewed, proposed, agreed on, ended, with the rules of the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.integration.api.test_collections import BOTH, call, token_of
from tests.world.collecting import Debtor

from concilia.dunning.models import Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def debtor():
    debtor = Debtor()
    debtor.item = debtor.owes(900)
    return debtor


def terms(debtor, **changes):
    first = timezone.localdate() + timedelta(days=10)
    return {
        "customer": debtor.customer.number,
        "first": first.isoformat(),
        "parts": 3,
        "amount": "900.00",
    } | changes


def test_a_plan_from_preview_to_its_end(debtor, client):
    secret = token_of(debtor, BOTH)
    draft = call(client, secret, "plans/preview", terms(debtor, model="linear", rate="10"))
    assert draft.status_code == 200
    assert [row["principal"] for row in draft.json()["rows"]] == ["300.00"] * 3
    assert draft.json()["breaches"] == ["INTEREST"]
    assert Plan.objects.count() == 0

    for _ in range(2):
        made = call(client, secret, "plans", terms(debtor, customer_agrees=True), key="k")
        assert made.status_code == 201
    body = made.json()
    assert (body["state"], body["items"], len(body["rows"])) == (
        "ACTIVE", [debtor.item.document_number], 3,
    )  # fmt: skip
    assert Plan.objects.count() == 1
    [owing] = call(client, secret, f"plans?customer={debtor.customer.number}").json()["items"]
    assert owing["pay_off"] == "900.00"

    path = f"plans/{body['id']}"
    assert call(client, secret, path).json()["state"] == "ACTIVE"
    called_in = call(
        client, secret, f"{path}/accelerate", {"reason": "x", "noticed": terms(debtor)["first"]}
    )
    assert called_in.status_code == 422
    ended = call(client, secret, f"{path}/cancel", {"reason": "They sold the shop"})
    assert (ended.json()["state"], ended.json()["ended_why"]) == ("CANCELLED", "They sold the shop")


def test_an_offer_is_agreed_on_later(debtor, client):
    secret = token_of(debtor, BOTH)
    made = call(client, secret, "plans", terms(debtor)).json()
    assert (made["state"], made["customer_agreed_at"]) == ("PROPOSED", None)
    agreed = call(client, secret, f"plans/{made['id']}/agree", {}).json()
    assert (agreed["state"], agreed["agreed_by"]) == ("ACTIVE", debtor.clerk.user.email)


def test_scopes_and_creditors_are_kept_apart(debtor, client):
    made = call(client, token_of(debtor, BOTH), "plans", terms(debtor)).json()
    reads = token_of(debtor, ["collections:read"])
    assert call(client, reads, "plans", terms(debtor)).status_code == 403
    secret = token_of(Debtor("other", "IT60X0542811101000000123456"), BOTH)
    assert call(client, secret, f"plans/{made['id']}").status_code == 404
    assert call(client, secret, f"plans/{made['id']}/agree", {}).status_code == 404
    assert call(client, secret, "plans", terms(debtor)).status_code == 404
    assert call(client, secret, "plans").json()["items"] == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount": "9000"}, "more than"),
        ({"amount": "a lot"}, ""),
        ({"first": "2020-01-01"}, "has passed"),
        ({"items": ["NO-SUCH\u0001"]}, ""),
        ({"rate": "5"}, "rate"),
        ({"parts": 10**9}, ""),
        ({"currency": "XXX"}, ""),
    ],
)
def test_a_refusal_says_why(debtor, client, changes, said):
    answer = call(client, token_of(debtor, BOTH), "plans", terms(debtor, **changes))
    assert answer.status_code == 422
    assert said in str(answer.json())
