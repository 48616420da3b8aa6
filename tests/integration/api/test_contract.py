"""The API against its own document: whatever is sent, it answers as it says it does."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.world.builders import NOON
from tests.world.kept import fresh, kept
from tests.world.whole_desk import a_whole_desk, keys_of

from concilia.config.wsgi import application
from concilia.identity.actions import SCOPES, issue_token
from concilia.identity.models import Membership

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# What an address names where it is no key.
NAMED = {"figures": {"name": "dso"}, "imports": {"name": "customers"}}
GROUPS = [
    ("claims", "work", "conversation"),
    ("inbox", "documents", "imports"),
    ("bank", "customers", "collections", "figures"),
    ("settings", "webhooks", "control", "reading", "processes", "signatures"),
]
FEW = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


built_board = kept(a_whole_desk)


@pytest.fixture(scope="module", autouse=True)
def one_connection():
    """A request must not close the connection that holds the module's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def document(built_board, django_db_blocker):
    """Written and taken in once: that is as much work as a hundred calls."""
    with django_db_blocker.unblock():
        return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.mark.parametrize("tags", GROUPS, ids=" ".join)
def test_every_operation_answers_as_its_document_says(built_board, document, tags):
    board = fresh(built_board)
    keys = keys_of(board)
    admin = Membership.objects.get(entity=board.entity, role="admin", user__name="Sara Costa")
    _, secret = issue_token(member_id=admin.pk, name="any", scopes=SCOPES, by=admin, at=NOON)
    wrong: dict[str, str] = {}
    seen: Counter[int] = Counter()
    turns = itertools.count()
    for found in document.include(tag=list(tags)).get_all_operations():
        operation = found.ok()
        there = keys | NAMED.get(operation.path.split("/")[3], {})
        if "/customers/" in operation.path:
            there["number"] = board["main"].customer.number

        try:
            _call(operation, there, secret, turns, seen)
        except BaseException as failure:  # noqa: BLE001 - a group is none of Exception's
            wrong[operation.label] = _told(failure)

    assert not wrong, "\n\n".join(f"{label}\n{text}" for label, text in wrong.items())
    assert seen[2] > 20, seen
    assert seen[4] > 20, seen


def _call(operation, there, secret, turns, seen) -> None:
    """A few calls of one operation, each held against the document."""

    @FEW
    @given(case=operation.as_strategy())
    def answers(case) -> None:
        if next(turns) % 4:  # most calls are about things that are there
            case.path_parameters = {
                name: there.get(name, value) for name, value in (case.path_parameters or {}).items()
            }
        headers = {"Authorization": f"Bearer {secret}"}
        seen[case.call_and_validate(headers=headers, checks=CHECKS).status_code // 100] += 1

    answers()


def test_every_operation_is_in_a_group(document):
    tags = {
        tag
        for item in document.raw_schema["paths"].values()
        for operation in item.values()
        for tag in operation["tags"]
    }

    assert tags == {tag for group in GROUPS for tag in group}


def _told(failure: BaseException) -> str:
    """What went wrong, with the call that shows it."""
    if isinstance(failure, BaseExceptionGroup):
        return "\n".join(_told(each) for each in failure.exceptions)[:3000]
    return f"{failure}\n" + "\n".join(getattr(failure, "__notes__", []))[:1500]
