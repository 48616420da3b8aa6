"""
An internal word reaches nobody outside: the test that tries.

A word that stands nowhere else is put wherever colleagues can put one, then everything that speaks
to customers is made to speak. What is new is covered by default: every table of the database, every
address without log-in, every export and every scope of the API is looked at, and only what is named
here as ours may hold the word.
"""

from __future__ import annotations

import itertools
import json
import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver
from tests.world.builders import NOON
from tests.world.claims import propose, sign
from tests.world.jobs import run_jobs
from tests.world.openapi import a_body
from tests.world.whole_desk import a_whole_desk, addresses, keys_of

from concilia.cases.actions import hand_over, react, redact, snooze
from concilia.cases.models import CaseMessage
from concilia.cases.queries.thread import customer_lane
from concilia.claims.actions import Paper, Question, add_note, ask, write_to_customer
from concilia.claims.core.decisions import Choice
from concilia.claims.queries.answers import answers_for
from concilia.claims.queries.letters import draft_question, own_words
from concilia.correspondence.actions import record_sent
from concilia.correspondence.models import Message
from concilia.customers.models import Contact
from concilia.identity.actions import OUTSIDE, SCOPES, add_webhook, issue_token
from concilia.identity.core.webhooks import KINDS
from concilia.identity.models import Membership
from concilia.interfaces.worker.sending import _outbound

pytestmark = pytest.mark.django_db

WORD = "Quittenmarmelade"
# Where our own words are kept. Whatever else comes to hold the word is an output until it is shown
# to be ours, and named here.
OURS = {
    "cases_case.snoozed_why",
    "cases_handover.note",
    "cases_notice.facts",  # of those who work here
    "cases_step.question",  # asked of a colleague
    "correspondence_message.body",  # of notes; looked at more closely below
    "correspondence_message.redacted_why",
    "documents_document.filename",  # the file dropped on a note
    "foundation_auditentry.data",
    "foundation_auditentry.reason",
}
# Scopes of our own people's programs, that read claims, their papers or the log.
READ_INSIDE = {"claims:read", "claims:write", "inbox:read", "audit:read"}
# Files our people fetch that are about the inside: the log, and a paper itself.
FILES_OF_OURS = ("/audit/file/", "/documents/", "/inbox/")
LATER = NOON + timedelta(hours=2)


@pytest.fixture
def board():
    """The word is planted; then everything that can be said to outsiders is said."""
    board = a_whole_desk()
    giulia, marco = board.team["giulia"], board.team["marco"]
    claim = board["main"]
    admin = Membership.objects.get(entity=board.entity, user__name="Sara Costa")
    add_webhook(url="https://all.example/", kinds=list(KINDS), by=admin, at=NOON)
    _plant(claim, giulia, marco)
    _speak(board, claim, giulia)
    run_jobs(at=LATER)
    return board


def _plant(claim, giulia, marco):
    file = Paper(evidence="COR", filename=f"{WORD}.txt", content=WORD.encode())
    note = add_note(claim_id=claim.pk, text=f"@Giulia {WORD}", files=[file], member=marco, at=NOON)
    react(entry_id=note.pk, sign="doubt", member=giulia, at=NOON)
    other = add_note(claim_id=claim.pk, text="x", files=[], member=marco, at=NOON)
    redact(entry_id=other.pk, reason=WORD, member=marco, at=NOON)
    question = Question(holder="us", text=f"{WORD}?", assignee=marco)
    ask(claim_id=claim.pk, question=question, member=giulia, at=NOON)
    for act in (
        {"act": hand_over, "to_id": marco.pk, "text": WORD, "member": giulia},
        {"act": hand_over, "to_id": giulia.pk, "text": WORD, "member": marco},
        {"act": snooze, "until": LATER, "reason": WORD, "member": giulia},
    ):
        act.pop("act")(case_id=claim.case_id, at=NOON, **act)


def _speak(board, claim, giulia):
    to = Contact.objects.filter(customer=claim.customer).first().email
    for answer in answers_for(claim=claim, member=giulia):
        words = own_words(claim=claim, member=giulia, body=answer.text, to=to, subject="Hello")
        write_to_customer(claim_id=claim.pk, outgoing=words, member=giulia, at=NOON, may_blame=True)
    for holder, evidence in (("customer", "GRN"), ("third", "POD")):
        letter = draft_question(
            claim=claim, holder=holder, evidence=evidence, member=giulia, on=NOON.date()
        )
        asked = Question(
            holder=holder,
            text=letter.body or "Please send it",
            to=letter.to or to,
            subject=letter.subject,
            evidence=evidence,
        )
        ask(claim_id=claim.pk, question=asked, member=giulia, at=NOON)
    claim.refresh_from_db()
    sign(propose(claim, giulia, Choice.ACCEPT_ALL, reason="Goodwill"), board.team["marta"])
    for message in Message.objects.filter(lane="out", state="QUEUED"):
        record_sent(message_id=message.pk, at=LATER)


def test_the_word_stands_in_the_database_only_where_it_is_ours(board):
    """A new table that copies words of ours is found here by itself, views included."""
    found = set(_columns_with(WORD))

    assert found <= OURS, found - OURS
    assert "correspondence_message.body" in found  # it was planted
    assert (
        not Message.objects.exclude(lane__in=["note", "team"]).filter(body__contains=WORD).exists()
    )
    shown = CaseMessage.objects.exclude(side="inside")
    assert not shown.filter(message__body__contains=WORD).exists()
    sent = [_outbound(message, NOON) for message in Message.objects.filter(lane="out")]
    assert len(sent) > 6
    assert not [one for one in sent if WORD in str(one)]
    seen = customer_lane(entity_id=board.entity.pk, case_id=board["main"].case_id)
    assert len(seen) > 4
    assert WORD not in str(seen)


def test_no_address_export_or_program_outside_gets_it(board, client):
    keys = keys_of(board) | {
        "path": "x",
        "kind": "invoice",
        "code": "received",
        "token": "t" * 43,
        "paper_id": 1,
        "item_id": 1,
        "case_id": board["main"].case_id,
        "reference": "RF18539007547034",
        "entity": board.entity.code,
        "provider": "stripe-checkout",
        "call_id": 1,
        "serial": 1,
    }
    _ask_without_log_in(client, keys)
    for scope in SCOPES:
        if scope not in READ_INSIDE:
            _ask_within(client, board, scope)
    _fetch_every_export(client, board, keys)


def _ask_without_log_in(client, keys):
    looked = 0
    for route, names in _routes(get_resolver().url_patterns):
        assert names <= set(keys), f"say in keys_of what {route} names: {names - set(keys)}"
        path = "/" + route
        for name in names:
            path = _put(path, name, str(keys[name]))
        for call in (client.get, client.post):
            assert WORD.encode() not in _content(call(path)), path
            looked += 1
    assert looked > 200


def _ask_within(client, board, scope):
    """Every reading call of the API; for the customers' own scope every call there is."""
    admin = Membership.objects.get(entity=board.entity, user__name="Sara Costa")
    _, secret = issue_token(member_id=admin.pk, name="any", scopes=[scope], by=admin, at=NOON)
    headers = {"Authorization": f"Bearer {secret}"}
    schema = client.get("/api/v1/openapi.json").json()
    keys, let_in = keys_of(board), 0
    for path, item in schema["paths"].items():
        there = keys | _named(path)
        if "/customers/" in path:
            there["number"] = board["main"].customer.number
        address = path.format_map(there)
        if "search" in path or "conversations" in path:
            address += "?q=" + WORD
        for method, operation in item.items():
            if method == "get" or scope == OUTSIDE:
                body = operation.get("requestBody", {}).get("content", {}).get("application/json")
                sent = a_body(schema, body["schema"], there) if body else None
                answer = client.generic(
                    method.upper(),
                    address,
                    json.dumps(sent),
                    content_type="application/json",
                    headers=headers,
                )
                assert WORD.encode() not in _content(answer), (scope, method, address)
                let_in += answer.status_code == HTTPStatus.OK
    assert let_in or scope.endswith((":write", ":sign")), scope


def _fetch_every_export(client, board, keys):
    admin = Membership.objects.get(entity=board.entity, user__name="Sara Costa").user
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    files = 0
    for path in itertools.chain(addresses(keys, of_rows=False), addresses(keys)):
        answer = client.get(path)
        is_file = "attachment" in answer.headers.get("Content-Disposition", "")
        if is_file and not path.startswith(FILES_OF_OURS):
            files += 1
            assert WORD.encode() not in _content(answer), path
    assert files > 3


def _content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def _named(path):
    return {"name": "customers" if "/imports/" in path else "dso", "code": "received"}


def _columns_with(word):
    """Every column of every table and view that holds a word, as text, JSON, array or bytes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT table_name, column_name, data_type FROM information_schema.columns
                WHERE table_schema = current_schema()
                  AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY')"""
        )
        columns = cursor.fetchall()
        for table, column, _kind in columns:
            cursor.execute(
                f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s)',
                [f"%{word}%"],
            )
            if cursor.fetchone()[0]:
                yield f"{table}.{column}"


def _routes(patterns, before=""):
    """Every address there is, with the names it has to be given."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern), set(pattern.pattern.converters)


def _put(path, name, value):
    return re.sub(rf"<(?:\w+:)?{name}>", value, path)
