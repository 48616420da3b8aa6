"""Two creditors in one installation: neither sees or changes what is the other's."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.world.builders import NOON, a_member, an_entity
from tests.world.claim_board import Board
from tests.world.whole_desk import a_whole_desk, addresses, keys_of

from concilia.claims.models import Claim
from concilia.foundation.models import AuditEntry
from concilia.identity.actions import SCOPES, issue_token
from concilia.identity.models import Membership
from concilia.interfaces.api.urls import api

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Board:
    return a_whole_desk()


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
    _, secret = issue_token(member_id=stranger.pk, name="spy", scopes=SCOPES, by=stranger, at=NOON)
    client, keys = Client(), keys_of(board)
    number = board["main"].case.number
    before = AuditEntry.objects.filter(entity_id=board.entity.pk).count()
    states = list(Claim.objects.order_by("pk").values_list("state", flat=True))
    reached, tried = {}, 0
    for path, item in api.get_openapi_schema()["paths"].items():
        if "{" not in path:
            continue
        address = path.replace("{number}", number)
        for name, value in keys.items():
            address = address.replace(f"{{{name}}}", str(value))
        for method in item:
            tried += 1
            answer = client.generic(
                method.upper(),
                address,
                json.dumps({}),
                content_type="application/json",
                headers={"Authorization": f"Bearer {secret}"},
            )
            if answer.status_code not in {403, 404, 422}:
                reached[f"{method} {address}"] = answer.status_code

    assert tried > 20
    assert not reached
    assert AuditEntry.objects.filter(entity_id=board.entity.pk).count() == before
    assert list(Claim.objects.order_by("pk").values_list("state", flat=True)) == states
