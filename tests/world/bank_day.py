"""A morning at the bank desk: five customers in five languages, and payments of every kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.world.builders import (
    NOON,
    TODAY,
    a_customer,
    a_member,
    an_entity,
    an_iban,
    an_invoice,
    an_open_item,
)

from concilia.cash.actions import (
    StatementDraft,
    StatementEntry,
    load_statement,
    match_statement,
)
from concilia.customers.models import Customer, PayerGroup
from concilia.foundation.blobs import store_blob
from concilia.identity.models import Entity, Membership
from concilia.kernel.references import normalise_reference
from concilia.receivables.models import BankEntry, BankStatement, Invoice, OpenItem

OUR_IBAN = "IT60X0542811101000000124417"
IBANS = {
    "lindner": "DE21500105170648487702",
    "hartley": "GB33BUKB20201555555555",
    "dorval": "FR1420041010050500013M02606",
    "ribera": "ES9121000418450200051332",
    "sestri": "IT28W8000000292100645211",
}


@dataclass(slots=True)
class BankDay:
    """The people, customers, invoices and the statement of the morning."""

    entity: Entity
    clerk: Membership
    auditor: Membership
    customers: dict[str, Customer]
    invoices: dict[str, Invoice]
    statement: BankStatement

    def entry(self, words: str) -> BankEntry:
        """The entry whose text begins with these words."""
        return BankEntry.objects.get(entity=self.entity, text__startswith=words)


def paid(amount: int, text: str = "", **changes: Any) -> StatementEntry:
    """One credit of today; amounts in minor units."""
    fields = {
        "amount_minor": amount,
        "currency": "EUR",
        "booking_date": TODAY,
        "value_date": TODAY,
        "payer_name": "",
        "text": text,
    }
    return StatementEntry(**fields | changes)


def a_loaded_statement(
    entity: Entity, *entries: StatementEntry, name: str = "ST-1", match: bool = True, **changes: Any
) -> BankStatement:
    """A statement taken in and, unless told otherwise, matched."""
    fields = {
        "iban": OUR_IBAN,
        "currency": "EUR",
        "identification": name,
        "statement_date": TODAY,
        "account_name": "Banca del Monviso",
        "entries": entries,
    }
    blob = store_blob(content=f"{entity.code} {name}".encode(), at=NOON)
    statement = load_statement(
        entity_id=entity.pk, sha256=blob.sha256, draft=StatementDraft(**fields | changes), at=NOON
    )
    if match:
        match_statement(statement_id=statement.pk, at=NOON)
    return statement


def dispute(item: OpenItem, amount_minor: int) -> None:
    """Contest a part of an open item, as a claim does."""
    OpenItem.objects.filter(pk=item.pk).update(disputed_minor=amount_minor)


def offer_discount(invoice: Invoice, basis_points: int, until_days: int) -> OpenItem:
    """Give an invoice's item a cash discount that ends so many days from today."""
    item = OpenItem.objects.get(invoice=invoice)
    OpenItem.objects.filter(pk=item.pk).update(
        discount_bp=basis_points, discount_until_date=TODAY + timedelta(days=until_days)
    )
    item.refresh_from_db()
    return item


def a_bank_day(code: str = "aurora") -> BankDay:
    """Build it all; what is posted by itself is posted, the rest waits for a person."""
    entity = an_entity(code)
    customers = _customers(entity)
    invoices = _invoices(customers)
    day = BankDay(
        entity=entity,
        clerk=a_member(entity),
        auditor=a_member(entity, "Paolo Neri", role="auditor"),
        customers=customers,
        invoices=invoices,
        statement=BankStatement(),
    )
    day.statement = a_loaded_statement(entity, *_entries(day), opening_minor=0)
    return day


def _customers(entity: Entity) -> dict[str, Customer]:
    group = PayerGroup.objects.create(entity=entity, code="LINDNER", name="Lindner Gruppe")
    customers = {
        "lindner": a_customer(
            entity,
            "Grossmarkt Lindner GmbH",
            discount_bp=200,
            discount_days=10,
            payer_group=group,
        ),
        "hartley": a_customer(
            entity, "Hartley & Sons Foods Ltd", country="GB", language="en", email_domains=[]
        ),
        "dorval": a_customer(entity, "Maison Dorval SAS", country="FR", language="fr"),
        "ribera": a_customer(
            entity, "Supermercados La Ribera del Mediterráneo S.A.", country="ES", language="es"
        ),
        "sestri": a_customer(entity, "Panificio Sestri S.r.l.", country="IT", language="it"),
    }
    for name, iban in IBANS.items():
        an_iban(customers[name], iban)
    return customers


def _invoices(customers: dict[str, Customer]) -> dict[str, Invoice]:
    def one(who: str, serial: str, price: str, days: int) -> Invoice:
        number = f"FT-2026/{serial}"
        return an_invoice(
            customers[who],
            [("PEN-500", "1", price, 0)],
            issue_date=TODAY - timedelta(days=days),
            number=number,
            number_key=normalise_reference(number),
        )

    invoices = {
        "lindner1": one("lindner", "03201", "6180.00", 13),
        "lindner2": one("lindner", "03208", "5412.50", 8),
        "lindner3": one("lindner", "03215", "3870.00", 7),
        "lindner4": one("lindner", "03222", "2214.00", 5),
        "hartley1": one("hartley", "03150", "9452.05", 40),
        "dorval1": one("dorval", "03099", "2900.10", 25),
        "ribera1": one("ribera", "03011", "4418.75", 45),
        "ribera2": one("ribera", "03012", "5000.00", 44),
        "sestri1": one("sestri", "02977", "1220.00", 35),
        "sestri2": one("sestri", "02981", "1220.00", 34),
    }
    offer_discount(invoices["lindner1"], 200, -3)
    offer_discount(invoices["lindner2"], 200, 2)
    offer_discount(invoices["lindner3"], 200, 3)
    an_open_item(customers["dorval"], -13_380)
    return invoices


def _entries(day: BankDay) -> list[StatementEntry]:
    n = {name: invoice.number for name, invoice in day.invoices.items()}
    short = {name: number[-5:].lstrip("0") for name, number in n.items()}
    return [
        # Discounts, one of them late, and a shortage: 15,462.50 less 600.85.
        paid(
            1_486_165,
            f"RE {short['lindner1']} {short['lindner2']} U {short['lindner3']} "
            "ABZGL 2% SKONTO UND BELASTUNG 4471 FEHLM",
            payer_name="GROSSMARKT LINDNER GMBH",
            payer_iban=IBANS["lindner"],
        ),
        paid(
            945_205,
            f"INV {n['hartley1']}",
            payer_name="HARTLEY AND SONS",
            payer_iban=IBANS["hartley"],
        ),
        paid(
            276_630,
            f"VIR FACT {short['dorval1']} MOINS AVOIR",
            payer_name="MAISON DORVAL",
            payer_iban=IBANS["dorval"],
        ),
        paid(
            941_875,
            "PAGO FACTURAS OCTUBRE",
            payer_name="SUPERMERCADOS LA RIBERA",
            payer_iban=IBANS["ribera"],
        ),
        paid(
            122_000,
            "BONIFICO SALDO FATTURA",
            payer_name="PANIFICIO SESTRI SRL",
            payer_iban=IBANS["sestri"],
        ),
        paid(64_000, "NESSUNA CAUSALE", payer_name="ACCREDITO 000812 AGENZIA 14"),
    ]
