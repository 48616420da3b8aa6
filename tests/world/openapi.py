"""The API as its OpenAPI document describes it: keys that exist, bodies that fit."""

from __future__ import annotations

from typing import Any

from tests.world.builders import NOON, a_bank_entry, a_member
from tests.world.claim_board import Board, a_board
from tests.world.inbox import an_unreadable

from concilia.cases.models import Mention, Step
from concilia.documents.models import Document
from concilia.identity.actions import SCOPES, add_webhook, issue_token, ping_webhook
from concilia.identity.models import ApiToken, WebhookDelivery
from concilia.intake.actions.imports import start_import
from concilia.intake.models import Arrival, ImportFile, ImportRun, Mailbox, WatchedFolder
from concilia.receivables.models import BankEntry

TABLE = b"customer_number,name,country\nC-1,Bottega Bonfanti,IT\n"


def a_furnished_board() -> Board:
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
    webhook, _ = add_webhook(
        url="https://hooks.example/", kinds=["claim.opened"], by=admin, at=NOON
    )
    ping_webhook(webhook_id=webhook.pk, by=admin, at=NOON)
    return board


def keys_of(board: Board) -> dict[str, Any]:
    """A value that exists for every name in an address of the desk or the API."""
    entity = board.entity
    documents = Document.objects.filter(entity=entity)
    delivery = WebhookDelivery.objects.get(webhook__entity=entity)
    mention = Mention.objects.filter(case_message__case__entity=entity).first()
    return {
        "arrival_id": Arrival.objects.filter(entity=entity).first().pk,
        "claim_id": board["main"].pk,
        "customer_id": board["main"].customer_id,
        "document_id": documents.first().pk,
        "entry_id": BankEntry.objects.filter(entity=entity).first().pk,
        "file_id": ImportFile.objects.filter(run__entity=entity).first().pk,
        "folder_id": WatchedFolder.objects.get(entity=entity).pk,
        "mailbox_id": Mailbox.objects.get(entity=entity).pk,
        "member_id": next(iter(board.team.values())).pk,
        "run_id": ImportRun.objects.filter(entity=entity).first().pk,
        "step_id": Step.objects.filter(case__entity=entity).first().pk,
        "token_id": ApiToken.objects.filter(entity=entity).first().pk,
        "webhook_id": delivery.webhook_id,
        "delivery_id": delivery.pk,
        "proposal_id": 1,
        "mention_id": mention.pk if mention else 1,
        "view_id": 1,
        "page": 1,
        "key": board["main"].lines.first().invoice_line.invoice_id,
        "kind": "invoice",
        "name": "withdraw",
        "number": board["main"].case.number,
    }


FITTING = {
    "integer": lambda node: max(1, node.get("minimum", 1)),
    "boolean": lambda _: True,
    "string": lambda node: FORMATS.get(node.get("format", ""), "1"),
}
FORMATS = {"date": "2026-11-19", "date-time": "2036-11-19T12:00:00Z"}


def a_body(schema: dict[str, Any], node: dict[str, Any], known: dict[str, Any]) -> Any:
    """The smallest value that fits a schema; fields named in `known` get what they are there."""
    if "$ref" in node:
        node = schema["components"]["schemas"][node["$ref"].rpartition("/")[2]]
    if "enum" in node:
        return node["enum"][0]
    if "properties" in node:
        return {
            name: known.get(name, a_body(schema, node["properties"][name], known))
            for name in node.get("required", [])
        }
    if node.get("type") == "array":
        return [a_body(schema, node["items"], known)] if node.get("minItems") else []
    return FITTING[node["type"]](node) if node.get("type") in FITTING else {}
