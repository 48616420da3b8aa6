"""Two creditors in one installation: neither sees or changes what is the other's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.world.builders import NOON, a_bank_entry, a_member, an_entity
from tests.world.claim_board import Board, a_board
from tests.world.inbox import an_unreadable

from concilia.cases.models import Step
from concilia.claims.models import Claim
from concilia.documents.models import Document
from concilia.foundation.models import AuditEntry
from concilia.identity.actions import SCOPES, issue_token
from concilia.identity.models import ApiToken, Membership
from concilia.intake.actions.imports import start_import
from concilia.intake.models import Arrival, ImportFile, ImportRun, Mailbox, WatchedFolder
from concilia.interfaces.api.urls import api
from concilia.interfaces.desk.urls import urlpatterns
from concilia.receivables.models import BankEntry

pytestmark = pytest.mark.django_db

TABLE = b"customer_number,name,country\nC-1,Bottega Bonfanti,IT\n"


@pytest.fixture
def board() -> Board:
    """Everything of one creditor that has an address."""
    board = a_board()
    member = next(iter(board.team.values()))
    an_unreadable(board.entity)
    a_bank_entry(board.entity, 10_000)
    files = [("customers.csv", TABLE)]
    start_import(entity_id=board.entity.pk, files=files, member=member, at=NOON)
    Mailbox.objects.create(entity=board.entity, host="mail.example", username="claims")
    WatchedFolder.objects.create(entity=board.entity, path="/srv/in")
    admin = a_member(board.entity, "Sara Costa", role="admin")
    issue_token(member_id=member.pk, name="erp", scopes=SCOPES, by=admin, at=NOON)
    return board


@pytest.fixture
def stranger() -> Membership:
    return a_member(an_entity("other"), "Paul Meyer", role="admin")


def keys_of(board: Board) -> dict[str, Any]:
    entity = board.entity
    documents = Document.objects.filter(entity=entity)
    return {
        "arrival_id": Arrival.objects.filter(entity=entity).first().pk,
        "claim_id": board["main"].pk,
        "customer_id": board["main"].customer_id,
        "document_id": documents.first().pk,
        "entry_id": BankEntry.objects.filter(entity=entity).first().pk,
        "file_id": ImportFile.objects.filter(run__entity=entity).first().pk,
        "folder_id": WatchedFolder.objects.get().pk,
        "mailbox_id": Mailbox.objects.get().pk,
        "member_id": next(iter(board.team.values())).pk,
        "run_id": ImportRun.objects.filter(entity=entity).first().pk,
        "step_id": Step.objects.filter(case__entity=entity).first().pk,
        "token_id": ApiToken.objects.get(entity=entity).pk,
        "proposal_id": 1,
        "mention_id": 1,
        "view_id": 1,
        "page": 1,
        "key": board["main"].lines.first().invoice_line.invoice_id,
        "kind": "invoice",
        "name": "withdraw",
    }


def addresses(keys: dict[str, Any]) -> Iterator[str]:
    """Every address of the desk that names a row."""
    for pattern in urlpatterns:
        wanted = pattern.pattern.converters
        if any(name.endswith("_id") for name in wanted):
            if pattern.name == "mention-read":  # quietly nothing, for whoever it does not concern
                continue
            given = {name: keys[name] for name in wanted}
            yield reverse(f"desk:{pattern.name}", kwargs=given)


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
