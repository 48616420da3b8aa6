"""A working day: several customers in five languages, claims at every stage, money and mentions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tests.world.builders import (
    NOON,
    TODAY,
    a_bank_entry,
    a_customer,
    a_member,
    an_entity,
    an_invoice,
    an_open_item,
)
from tests.world.claims import (
    a_claim,
    a_payment,
    a_short_payment,
    an_amount_claim,
)

from concilia.cases.actions import snooze, write_note
from concilia.cases.models import Case, ClockStop, Step
from concilia.cash.models import Match
from concilia.claims.models import Claim
from concilia.customers.models import Customer, PayerGroup
from concilia.documents.models import Document
from concilia.foundation.blobs import store_blob
from concilia.identity.models import Entity, Membership
from concilia.intake.models import Arrival, ImportFile, ImportRun

MORNING = NOON.replace(hour=8)
CUSTOMERS = (
    ("Kornhaus Bio GmbH", "DE", "de", "EUR"),
    ("Maison Dorval SAS", "FR", "fr", "EUR"),
    ("Distribuciones Peralta S.L.", "ES", "es", "EUR"),
    ("Consorzio Valdarno", "IT", "it", "EUR"),
    ("Hartley & Sons Foods Ltd", "GB", "en", "GBP"),
    ("Vereinigte Großhandelsgesellschaft für Naturkost und Reformwaren mbH", "DE", "de", "EUR"),
)


@dataclass
class Day:
    """The creditor, who works there, and who owes."""

    entity: Entity
    giulia: Membership
    marco: Membership
    marta: Membership
    customers: dict[str, Customer]
    claims: dict[str, Claim]


def a_day(code: str = "aurora") -> Day:
    """Thursday 19 November 2026, with something of everything."""
    entity = an_entity(code)
    giulia = a_member(entity, "Giulia Ferri")
    marco = a_member(entity, "Marco Bellini", role="resolver", department="LOG")
    marta = a_member(entity, "Marta Conti", role="approver", level=3)
    customers = {
        name.split()[0]: a_customer(
            entity, name, country=country, language=language, currency=currency
        )
        for name, country, language, currency in CUSTOMERS
    }
    day = Day(entity, giulia, marco, marta, customers, {})
    _claims(day)
    _others(day)
    _papers(day)
    return day


def _claims(day: Day) -> None:
    made = day.claims
    korn, dorval = an_invoice(day.customers["Kornhaus"]), an_invoice(day.customers["Maison"])
    made["price"] = a_claim(day.giulia, korn, "NC-21")
    made["short"] = a_short_payment(day.giulia, an_invoice(day.customers["Distribuciones"]), 38_880)
    made["proof"] = a_claim(day.giulia, dorval, "NC-01")
    made["rebate"] = an_amount_claim(day.giulia, day.customers["Consorzio"], 684_000, "CO-01")
    made["pounds"] = an_amount_claim(
        day.giulia, day.customers["Hartley"], 91_520, "NC-02", an_invoice(day.customers["Hartley"])
    )
    made["long"] = a_claim(day.giulia, an_invoice(day.customers["Vereinigte"]), "NC-05")
    made["snoozed"] = an_amount_claim(day.giulia, day.customers["Consorzio"], 100, "CO-01")
    _owned(made["price"], day.giulia, "INVESTIGATING", due=NOON + timedelta(hours=4))
    _owned(made["short"], day.giulia, "DECISION_PROPOSED", due=NOON + timedelta(days=4))
    _owned(made["proof"], day.giulia, "WAITING_INTERNAL", due=NOON + timedelta(days=1))
    _owned(made["rebate"], day.giulia, "WAITING_CUSTOMER", due=NOON + timedelta(days=20))
    _owned(made["pounds"], day.giulia, "INVESTIGATING", due=NOON - timedelta(days=2))
    _owned(made["long"], day.giulia, "INVESTIGATING", due=NOON + timedelta(days=30))
    _owned(made["snoozed"], day.giulia, "INVESTIGATING", due=NOON + timedelta(days=1))
    Step.objects.filter(case__entity=day.entity).delete()
    _step(made["proof"], kind="evidence", evidence="POD", department="LOG", assignee=day.marco)
    _step(made["rebate"], kind="question", holder="customer", question="Avete il contratto?")
    ClockStop.objects.create(
        case=made["rebate"].case, why="WAITING_CUSTOMER", started_at=NOON - timedelta(days=5)
    )
    snooze(
        case_id=made["snoozed"].case_id,
        until=NOON + timedelta(days=1),
        reason="their month ends",
        past_deadline=True,
        member=day.giulia,
        at=NOON - timedelta(hours=1),
    )


def _owned(claim: Claim, member: Membership, state: str, due: object) -> None:
    """Put a claim where the day finds it; the acts that lead there are tried elsewhere."""
    Claim.objects.filter(pk=claim.pk).update(state=state)
    Case.objects.filter(pk=claim.case_id).update(owner=member, due_at=due)


def _step(claim: Claim, **fields: object) -> Step:
    return Step.objects.create(
        case=claim.case,
        n=90,
        opened_at=NOON - timedelta(days=2),
        due_at=NOON + timedelta(days=1),
        **fields,
    )


def _others(day: Day) -> None:
    write_note(
        case_id=day.claims["proof"].case_id,
        text="@Giulia the carrier says the driver was alone. Do we have photos?",
        member=day.marco,
        at=NOON - timedelta(hours=3),
    )
    late = an_invoice(day.customers["Consorzio"], issue_date=TODAY - timedelta(days=80))
    a_payment(day.giulia, late)
    an_invoice(day.customers["Consorzio"], issue_date=TODAY - timedelta(days=70))
    an_open_item(day.customers["Consorzio"], -12_000)
    group = PayerGroup.objects.create(entity=day.entity, code="G-1", name="Gruppo Valdarno")
    for name in ("Consorzio", "Kornhaus"):
        day.customers[name].payer_group = group
        day.customers[name].save(update_fields=["payer_group"])


def _papers(day: Day) -> None:
    unsure = _paper(day, "BA-4471.pdf", day.customers["Kornhaus"], 29_160)
    Arrival.objects.create(
        entity=day.entity,
        channel="mailbox",
        filename="BA-4471.eml",
        blob=unsure.blob,
        identity_key="ba-4471",
        state="WAITING",
        outcome="unsure",
        document=unsure,
        received_at=NOON - timedelta(hours=2),
    )
    entry = a_bank_entry(day.entity, 1_486_165, text="FT 1 FT 2", payer_name="LINDNER GMBH")
    Match.objects.create(
        entity=day.entity,
        bank_entry=entry,
        version=1,
        customer=day.customers["Kornhaus"],
        state="PROPOSED",
        rule="M4",
        currency="EUR",
        on_account_minor=1_486_165,
        explanation={"parts": []},
        matched_at=NOON - timedelta(hours=1),
    )
    run = ImportRun.objects.create(
        entity=day.entity, source="items-october.csv", state="SAVING", started_at=NOON
    )
    ImportFile.objects.create(
        run=run,
        blob=unsure.blob,
        filename="items-october.csv",
        state="SAVING",
        total_rows=10_000,
        done_rows=6_102,
    )


def _paper(day: Day, name: str, customer: Customer, minor: int) -> Document:
    return Document.objects.create(
        entity=day.entity,
        blob=store_blob(content=name.encode(), at=NOON),
        filename=name,
        format="eml",
        state="READ",
        kind="debit_note",
        currency="EUR",
        claimed_minor=minor,
        customer=customer,
        received_at=NOON - timedelta(hours=2),
        read_at=NOON - timedelta(hours=2),
    )
