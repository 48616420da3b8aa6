"""The page *Reading*, the same by REST, and the command: what people found and put right."""

from __future__ import annotations

import json
from argparse import Namespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_iban, an_invoice
from tests.world.inbox import an_arrival

from concilia.documents.models import Correction, Training
from concilia.identity.actions import issue_token
from concilia.intake.actions import confirm_reading, correct_reading
from concilia.interfaces.cli import evaluate

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer():
    customer = a_customer(an_entity())
    an_iban(customer)
    return customer


@pytest.fixture
def member(customer):
    return a_member(customer.entity, "Giulia Ferri")


@pytest.fixture
def desk(client, member):
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def a_corrected(customer, member, value: str = "NC-03"):
    document = an_arrival(customer, an_invoice(customer)).document
    correct_reading(document_id=document.pk, field="reason", value=value, member=member, at=NOON)
    return document


def a_confirmed(customer, member):
    arrival = an_arrival(customer, kind="order", reason=None, needs_review=False)
    return confirm_reading(arrival_id=arrival.pk, member=member, at=NOON)


def test_nobody_has_looked_yet(desk):
    page = desk.get("/reading/")

    assert page.status_code == 200
    assert "Nobody has looked at a reading yet" in page.content.decode()


def test_the_page_says_how_often_it_was_right_and_what_was_put_right(desk, customer, member):
    a_corrected(customer, member)
    a_confirmed(customer, member)
    Training.objects.create(
        entity=customer.entity,
        made_at=NOON,
        cases=24,
        is_kept=False,
        figures={"reason": {"cases": 24, "shipped_right": 20, "trained_right": 18}},
    )

    text = " ".join(desk.get("/reading/").content.decode().split())

    assert "2 documents that somebody confirmed or put right" in text
    assert "Giulia Ferri" in text
    assert "not kept" in text
    assert "75.0 % right, 83.3 % without it" in text


def test_a_correction_is_taken_back(desk, customer, member):
    document = a_corrected(customer, member)

    answer = desk.post(f"/reading/corrections/{Correction.objects.get().pk}/undo/", follow=True)

    document.refresh_from_db()
    assert document.reason == "NC-01"
    assert "taken back by Giulia Ferri" in answer.content.decode()


def test_not_by_others(client, customer, member):
    document = a_corrected(customer, member)
    elsewhere = a_member(an_entity("BETA"), "Eva Blanc")
    client.force_login(elsewhere.user, backend="django.contrib.auth.backends.ModelBackend")

    client.post(f"/reading/corrections/{Correction.objects.get().pk}/undo/")

    document.refresh_from_db()
    assert document.reason == "NC-03"
    assert "Giulia Ferri" not in client.get("/reading/").content.decode()


def test_costs_the_same_number_of_queries_for_many(desk, customer, member):
    a_corrected(customer, member)
    desk.get("/reading/")
    with CaptureQueriesContext(connection) as few:
        desk.get("/reading/")
    for _ in range(4):
        a_corrected(customer, member)
    with CaptureQueriesContext(connection) as many:
        desk.get("/reading/")

    assert len(many) == len(few)


def test_programs_see_and_do_the_same(client, customer, member):
    document = a_corrected(customer, member)
    _, secret = issue_token(
        member_id=member.pk,
        name="bi",
        scopes=["figures:read", "inbox:read", "inbox:write"],
        by=a_member(customer.entity, "Sara Costa", role="admin"),
        at=NOON,
    )
    key = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}

    quality = client.get("/api/v1/reading", **key).json()
    (row,) = client.get("/api/v1/reading/corrections", **key).json()
    undone = client.post(
        f"/api/v1/reading/corrections/{row['id']}/undo",
        content_type="application/json",
        HTTP_IDEMPOTENCY_KEY="undo-1",
        **key,
    ).json()

    assert (quality["documents"], quality["reason"]["hits"]) == (1, 0)
    assert (row["document"], row["before"], row["after"]) == (document.pk, "NC-01", "NC-03")
    assert undone["undone_by"] == "Giulia Ferri"


def test_the_command_prints_the_figures(customer, member, capsys):
    a_corrected(customer, member)
    a_confirmed(customer, member)

    code = evaluate.run(Namespace(entity=None, since=None, out=None))

    answer = json.loads(capsys.readouterr().out)
    assert code == 0
    assert answer["documents"] == 2
    assert answer["kind"] == {"hits": 2, "cases": 2, "value": 1.0, "interval": [0.3424, 1.0]}
    assert answer["reason"]["hits"] == 0
    assert answer["corrected_fields"] == {"reason": 1}
    assert answer["without_review"]["hits"] == 1
    assert answer["drift"]["alarm"] is False
    assert answer["training"] is None
    assert evaluate.run(Namespace(entity="NONE", since=None, out=None)) == 2
