"""The company behind a real statement: who the payers of it are, and what they owe."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_iban, an_invoice

from concilia.cash.actions import PersonsSplit, post_split
from concilia.cash.models import Match
from concilia.customers.models import Customer
from concilia.identity.models import Entity, Membership
from concilia.kernel.references import normalise_reference
from concilia.receivables.models import Invoice

ROOT = Path(__file__).parents[2]
REAL = Path(os.environ.get("CONCILIA_REAL_DATA", ROOT.parent / "shared/data/real"))
# Nine credits and returns of two accounts of a German company, as its bank wrote them (MT940).
STATEMENT = REAL / "02-bank-statements/wolph+mt940/mt940_tests/betterplace/sepa_snippet.sta"
DAY = date(2007, 9, 4)


@dataclass(frozen=True, slots=True)
class Office:
    """The clerk, the payers by their first names, and their invoices."""

    entity: Entity
    clerk: Membership
    payers: dict[str, Customer]


def an_office() -> Office:
    """Open invoices of the payers, and a payment of 0.08 that the bank will take back."""
    entity = an_entity(country="DE", language="de")
    payers = {
        "karl": _payer(entity, "Karl Kaufmann", "DE14508800500194785000"),
        "quentin": _payer(entity, "Quentin Quast", "DE03508800500194791600"),
        "renate": _payer(entity, "Richter Renate", "DE42100100100043921105"),
    }
    _invoice(payers["karl"], "R-20070731", "51990.05")
    _invoice(payers["quentin"], "R-20070801", "154551.93")
    _invoice(payers["quentin"], "R-20070802", "154551.93")
    _invoice(payers["renate"], "R-20070803", "15000.05")
    _invoice(payers["renate"], "R-20070804", "100004.88")
    _invoice(payers["renate"], "R-20070805", "25000.00")
    office = Office(entity, a_member(entity), payers)
    _paid_before(office)
    return office


def _payer(entity: Entity, name: str, iban: str) -> Customer:
    customer = a_customer(entity, name)
    an_iban(customer, iban)
    return customer


def _invoice(customer: Customer, number: str, price: str) -> Invoice:
    return an_invoice(
        customer,
        [("A", "1", price, 0)],
        issue_date=DAY - timedelta(days=40),
        due_date=DAY - timedelta(days=10),
        number=number,
        number_key=normalise_reference(number),
    )


def _paid_before(office: Office) -> None:
    day = DAY - timedelta(days=20)
    cents = paid(8, "TEST", booking_date=day, value_date=day)
    a_loaded_statement(office.entity, cents, name="T-1", statement_date=day)
    entry = Match.objects.get().bank_entry
    split = PersonsSplit(customer_id=office.payers["renate"].pk)
    post_split(bank_entry_id=entry.pk, split=split, member=office.clerk, at=NOON)
