"""What tests use in place of a worker does what a worker does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from tests.world.builders import NOON, TODAY, a_customer, an_entity, an_iban, an_invoice
from tests.world.jobs import jobs_waiting, run_jobs

from concilia.cash.actions import StatementDraft, StatementEntry, load_statement
from concilia.cash.models import Match
from concilia.foundation import jobs
from concilia.foundation.blobs import store_blob

pytestmark = pytest.mark.django_db


def a_statement(entity, *entries: StatementEntry):
    draft = StatementDraft(
        iban="IT60X0542811101000000123456",
        currency="EUR",
        identification="ST-1",
        statement_date=TODAY,
        entries=entries,
    )
    blob = store_blob(content=b"a statement", at=NOON)
    return load_statement(entity_id=entity.pk, sha256=blob.sha256, draft=draft, at=NOON)


def test_jobs_run_with_those_they_bring_about():
    entity = an_entity()
    customer = a_customer(entity)
    an_iban(customer)
    invoice = an_invoice(customer)
    paid = StatementEntry(
        amount_minor=invoice.gross_minor,
        currency="EUR",
        booking_date=TODAY,
        value_date=TODAY,
        payer_iban="DE89370400440532013000",
        text=f"Invoice {invoice.number}",
    )
    a_statement(entity, paid)

    assert run_jobs(at=NOON) == ["StatementLoaded", "PaymentsPosted"]

    assert Match.objects.get().state == Match.State.POSTED
    assert jobs_waiting() == []


def test_planned_jobs_wait_for_their_time():
    later = NOON + timedelta(minutes=10)
    with transaction.atomic():
        jobs.defer("concilia.react", at=later, event="ClaimClosed", payload={"claim_id": 1})

    assert run_jobs(at=NOON) == []
    assert run_jobs(at=later) == ["ClaimClosed"]
