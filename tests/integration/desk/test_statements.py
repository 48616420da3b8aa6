"""Every page and every list asks the database as often for many records as for few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import (
    NOON,
    a_customer,
    a_member,
    an_entity,
    an_iban,
    an_invoice,
    an_open_item,
)
from tests.world.claims import a_claim, a_team, an_amount_claim
from tests.world.inbox import an_arrival

from concilia.cases.models import Case
from concilia.claims.actions import add_note
from concilia.customers.models import Customer
from concilia.identity.actions import SCOPES, issue_token
from concilia.identity.models import Entity, SavedView
from concilia.intake.actions.imports import start_import
from concilia.interfaces.desk.urls import urlpatterns
from concilia.receivables.models import BankEntry

pytestmark = pytest.mark.django_db

MOST = 72
FIGURES = ("payments", "lines", "amount", "unapplied", "reversed")
LISTS = (
    *("/", "/inbox/", "/inbox/?view=all", "/claims/", "/claims/?view=mine", "/claims/?view=late"),
    *("/claims/?view=approval", "/claims/?view=closed", "/claims/?q=Markt", "/claims/?sort=amount"),
    *("/claims/?sort=customer", "/claims/new/", "/bank/?statement=all", "/bank/?show=all"),
    *(
        "/bank/?statement=all&sort=amount",
        "/bank/statements/",
        "/customers/",
        "/customers/?q=Markt",
    ),
    *("/customers/?sort=-open", "/customers/?show=overdue", "/customers/?show=contested"),
    *("/dashboard/", "/dashboard/?open=contested", "/dashboard/?open=dso", "/imports/", "/audit/"),
    "/reading/",
    *("/palette/?q=", "/palette/?q=Markt", "/palette/?q=1284.00", "/settings/"),
    *(f"/bank/figures/{name}/" for name in FIGURES),
    *("/bank/figures/", "/claims/?view=closed&q=Markt"),
)
CALLS = ("claims", "inbox", "bank", "customers", "audit", "me")


class Company:
    """A creditor whose books grow."""

    def __init__(self) -> None:
        self.entity: Entity = an_entity()
        self.team = a_team(self.entity)
        self.admin = a_member(self.entity, "Sara Costa", role="admin", department="CRD")
        self.customer: Customer = a_customer(self.entity, "Markt 0")
        an_iban(self.customer)
        self.invoice = an_invoice(self.customer)
        self.claim = a_claim(self.team["giulia"], self.invoice)
        self.arrival = an_arrival(self.customer, self.invoice, at=NOON - timedelta(days=1))
        self.statement = a_loaded_statement(self.entity, paid(900, "?", payer_name="?", key="0"))
        self.size = 0

    def grow(self, count: int) -> None:
        """This will add so many of everything, to the customer, to the claim and to others."""
        giulia = self.team["giulia"]
        for n in range(self.size + 1, self.size + count + 1):
            self._claims(n)
            an_open_item(self.customer, 1_000 + n)
            add_note(claim_id=self.claim.pk, text=f"@Sara {n}", files=(), member=giulia, at=NOON)
            at = NOON + timedelta(minutes=n)
            an_arrival(self.customer, an_invoice(self.customer), subject=f"Nr. {n}", at=at)
            table = f"customer_number,name,country\nC-{n},Bottega,IT\n".encode()
            files = [("customers.csv", table)]
            start_import(entity_id=self.entity.pk, files=files, member=giulia, at=at)
            SavedView.objects.create(
                entity=self.entity, user=giulia.user, page="claims", name=f"V{n}", query="q=x"
            )
            a_loaded_statement(
                self.entity,
                paid(1_000 + n, f"T{n}", key=f"T{n}", payer_name="?"),
                paid(2_000 + n, f"U{n}", key=f"U{n}", payer_name="FRISCHMARKT NORD EG"),
                name=f"ST-{n + 1}",
            )
        self.size += count

    def _claims(self, n: int) -> None:
        giulia = self.team["giulia"]
        other = a_customer(self.entity, f"Markt {n}")
        an_open_item(other, 5_000, due_date=NOON.date() - timedelta(days=40))
        a_claim(giulia, an_invoice(other))
        an_amount_claim(giulia, self.customer, 5_000 + n, "NC-23", an_invoice(self.customer))
        late = an_amount_claim(giulia, other, 6_000 + n, "NC-23", an_invoice(other))
        Case.objects.filter(pk=late.case_id).update(due_at=NOON, owner=giulia)

    def pages(self) -> list[str]:
        """The lists, and every address of this claim, customer, arrival and payment."""
        given: dict[str, Any] = {
            "arrival_id": self.arrival.pk,
            "claim_id": self.claim.pk,
            "customer_id": self.customer.pk,
            "document_id": self.arrival.document_id,
            "entry_id": BankEntry.objects.get(statement=self.statement).pk,
        }
        named = [
            reverse(f"desk:{pattern.name}", kwargs={name: given[name] for name in wanted})
            for pattern in urlpatterns
            if (wanted := set(pattern.pattern.converters)) and wanted <= set(given)
        ]
        return [*LISTS, *named]


def counted(get: Callable[[str], Any], pages: list[str]) -> dict[str, int]:
    found = {}
    for page in pages:
        with CaptureQueriesContext(connection) as captured:
            answer = get(page)
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code == 200:
            found[page] = len(captured)
    return found


@pytest.fixture
def company() -> Company:
    company = Company()
    company.grow(2)
    return company


def test_pages(client, company):
    client.force_login(company.admin.user)
    pages = company.pages()
    counted(client.get, pages)  # what is drawn once and kept
    few = counted(client.get, pages)
    company.grow(4)
    counted(client.get, pages)
    many = counted(client.get, pages)

    assert len(few) > len(LISTS) + 8
    more = {page: (few.get(page, 0), n) for page, n in many.items() if n > few.get(page, 0)}
    assert more == {}
    assert {page: n for page, n in many.items() if n > MOST} == {}


def test_calls(company):
    client = Client()
    _, secret = issue_token(
        member_id=company.admin.pk, name="erp", scopes=SCOPES, by=company.admin, at=NOON
    )

    def get(call: str) -> Any:
        return client.get(f"/api/v1/{call}", headers={"Authorization": f"Bearer {secret}"})

    calls = [*CALLS, f"claims/{company.claim.case.number}", f"inbox/{company.arrival.pk}"]
    counted(get, calls)
    few = counted(get, calls)
    company.grow(4)
    assert len(few) >= len(calls) - 1
    many = counted(get, calls)
    assert {call: (few[call], n) for call, n in many.items() if n > few[call]} == {}
