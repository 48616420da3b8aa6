"""Two creditors in one installation: neither sees or changes what is the other's."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.world.builders import NOON, a_member, an_entity
from tests.world.claim_board import Board
from tests.world.kept import fresh, kept
from tests.world.openapi import a_body
from tests.world.whole_desk import a_whole_desk, addresses, keys_of

from concilia.claims.models import Claim
from concilia.foundation.models import AuditEntry
from concilia.identity.actions import SCOPES, issue_token
from concilia.identity.models import ApiToken, Membership, Webhook
from concilia.intake.models import ImportFile, Mailbox, WatchedFolder

pytestmark = pytest.mark.django_db

# What it names is no row: every company has a text of its own under each code.
OF_ONES_OWN = {"/api/v1/settings/quick-answers/{code}"}


built_board = kept(a_whole_desk)


@pytest.fixture
def board(db, built_board) -> Board:
    return fresh(built_board)


@pytest.fixture
def stranger() -> Membership:
    return a_member(an_entity("other"), "Paul Meyer", role="admin")


def test_no_address_of_one_creditor_opens_for_another(client, board, stranger):
    client.force_login(stranger.user)
    before = AuditEntry.objects.filter(entity_id=board.entity.pk).count()
    seen = {}
    for address in addresses(keys_of(board)):
        got, posted = client.get(address), client.post(address)
        seen[address] = (got.status_code, posted.status_code)

    assert len(seen) > 40
    open_to_strangers = {
        address: codes for address, codes in seen.items() if not set(codes) <= {403, 404, 405}
    }
    assert not open_to_strangers
    assert AuditEntry.objects.filter(entity_id=board.entity.pk).count() == before


def test_the_same_addresses_are_there_for_the_creditors_own_people(client, board):
    client.force_login(a_member(board.entity, "Olga Own", role="admin").user)

    found = [client.get(each).status_code for each in addresses(keys_of(board))]

    assert found.count(200) > 12
    assert 500 not in found


def test_no_call_with_a_token_reaches_another_creditor(board, stranger):
    """Every call of the API with the ids and numbers of another creditor, and a body that fits."""
    _, secret = issue_token(member_id=stranger.pk, name="spy", scopes=SCOPES, by=stranger, at=NOON)
    client, keys = Client(), keys_of(board)
    before = AuditEntry.objects.filter(entity_id=board.entity.pk).count()
    states = list(Claim.objects.order_by("pk").values_list("state", flat=True))
    kept = kept_of(board)
    schema = json.loads(client.get("/api/v1/openapi.json").content)
    numbers = {
        "customer": board["main"].customer.number,
        "invoice": board["main"].invoice.number,
        "claim": keys["number"],
        "payment": keys["entry_id"],
        "entries": [keys["entry_id"]],
        "holder": "us",
        "security": "tls",
        "role": "clerk",
        "department": "CRD",
    }
    reached, tried, unread = {}, 0, {}
    for path, item in schema["paths"].items():
        if "{" not in path or path in OF_ONES_OWN:
            continue
        address = path
        for name, value in keys.items():
            address = address.replace(f"{{{name}}}", str(value))
        for method, operation in item.items():
            tried += 1
            content = operation.get("requestBody", {}).get("content", {})
            fits = content.get("application/json", {}).get("schema", {"type": "object"})
            answer = client.generic(
                method.upper(),
                address,
                json.dumps(a_body(schema, fits, numbers)),
                content_type="application/json",
                headers={"Authorization": f"Bearer {secret}"},
            )
            if answer.status_code == 422:
                unread[f"{method} {path}"] = answer.json()["detail"]
            elif answer.status_code not in {403, 404}:
                reached[f"{method} {address}"] = answer.status_code

    assert tried > 70
    assert not reached
    assert not unread
    assert AuditEntry.objects.filter(entity_id=board.entity.pk).count() == before
    assert list(Claim.objects.order_by("pk").values_list("state", flat=True)) == states
    assert kept_of(board) == kept


def test_no_list_of_the_api_shows_what_is_anothers(board, stranger):
    _, secret = issue_token(member_id=stranger.pk, name="spy", scopes=SCOPES, by=stranger, at=NOON)
    client, asked = Client(), {"q": "CLM", "kinds": ""}
    schema = json.loads(client.get("/api/v1/openapi.json").content)
    own = {stranger.pk, ApiToken.objects.get(entity=stranger.entity).pk}
    shown = {}
    for path, item in schema["paths"].items():
        if "{" in path or "get" not in item:
            continue
        parameters = item["get"].get("parameters", [])
        is_of_one = any(one["name"] == "customer" and one.get("required") for one in parameters)
        wanted = asked | ({"customer": board["main"].customer.number} if is_of_one else {})
        answer = client.get(path, wanted, headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == (404 if is_of_one else 200), path
        if is_of_one:
            continue
        found = answer.json()
        rows = found.get("items", []) if isinstance(found, dict) else []
        if any(row.get("id") not in own and "seq" not in row for row in rows):
            shown[path] = rows

    assert not shown


def kept_of(board: Board) -> list[object]:
    """What an administrator set, which no stranger may have touched."""
    entity = board.entity
    return [
        list(Membership.objects.filter(entity=entity).order_by("pk").values_list("role", "level")),
        list(ApiToken.objects.filter(entity=entity).values_list("revoked_at", flat=True)),
        list(Webhook.objects.filter(entity=entity).values_list("is_active", flat=True)),
        list(Mailbox.objects.filter(entity=entity).values_list("is_active", flat=True)),
        list(WatchedFolder.objects.filter(entity=entity).values_list("is_active", flat=True)),
        list(ImportFile.objects.filter(run__entity=entity).values_list("state", flat=True)),
    ]
