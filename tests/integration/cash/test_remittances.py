"""What a payer says a payment settles, come before the money or after it (domain.md §6.6)."""

from __future__ import annotations

import pytest
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import (
    NOON,
    TODAY,
    a_customer,
    a_member,
    an_entity,
    an_iban,
    an_invoice,
)
from tests.world.jobs import jobs_waiting, run_jobs

from concilia.cash.actions import match_entry, post_match, register_remittance
from concilia.cash.models import Match, Remittance
from concilia.documents.models import Document
from concilia.foundation.blobs import store_blob
from concilia.receivables.models import OpenItem
from concilia.reporting.queries.invariants import check_invariants

pytestmark = pytest.mark.django_db
IBAN = "DE89370400440532013000"


@pytest.fixture
def world():
    entity = an_entity()
    customer = a_customer(entity)
    an_iban(customer, IBAN)
    invoices = [an_invoice(customer, [("A", "1", price, 0)]) for price in ("1220.00", "500.00")]
    return entity, customer, invoices


def an_advice(customer, invoices, total: str = "1598.00", **changes):
    """A remittance advice for two invoices, the first with 122.00 kept for a missing box."""
    values = {
        "payer_name": "Frischmarkt Nord eG",
        "currency": "EUR",
        "total_amount": total,
        "payment_date": TODAY.isoformat(),
        "lines": [
            {
                "document": invoices[0].number,
                "invoiced": "1220.00",
                "deducted": "122.00",
                "reason_text": "manca 1 collo",
                "paid": "1098.00",
            },
            {"document": invoices[1].number, "invoiced": "500.00", "paid": "500.00"},
        ],
    }
    content = f"{customer.pk} {total} {changes}".encode()
    return Document.objects.create(
        entity=customer.entity,
        blob=store_blob(content=content, at=NOON),
        filename="avis.pdf",
        format="pdf",
        kind="remittance_advice",
        customer=customer,
        values=values | changes,
        received_at=NOON,
    )


def register(document, customer):
    return register_remittance(document_id=document.pk, customer_id=customer.pk, at=NOON)


def pay(entity, text: str = "ZAHLUNG", **changes) -> Match:
    fields = {"payer_iban": IBAN, "payer_name": "FRISCHMARKT NORD EG"} | changes
    a_loaded_statement(entity, paid(159_800, text, **fields))
    return Match.objects.latest("pk")


class TestBeforeTheMoney:
    def test_its_lines_settle_the_payment(self, world):
        entity, customer, invoices = world
        advice = register(an_advice(customer, invoices), customer)

        match = pay(entity)

        advice.refresh_from_db()
        assert (match.state, match.rule) == ("POSTED", "M3")
        assert advice.joins.get().bank_entry == match.bank_entry
        assert OpenItem.objects.get(kind="deduction").original_minor == 12_200
        assert match.explanation["parts"][0]["arguments"]["reference"] == TODAY.isoformat()
        assert all(finding.holds for finding in check_invariants().values())

    def test_a_payer_nobody_knows_is_found_by_it(self, world):
        entity, customer, invoices = world
        register(an_advice(customer, invoices), customer)

        match = pay(entity, payer_iban="", payer_name="Frischmarkt Nord eG")

        assert match.customer == customer
        assert match.rule == "M3"

    def test_it_settles_one_payment_only(self, world):
        entity, customer, invoices = world
        register(an_advice(customer, invoices), customer)
        pay(entity)
        a_loaded_statement(entity, paid(159_800, "NOCHMAL", payer_iban=IBAN), name="ST-2")

        second = Match.objects.latest("pk")

        assert second.state != "POSTED"
        assert second.rule != "M3"


class TestAfterTheMoney:
    def test_the_waiting_payment_is_asked_again(self, world):
        entity, customer, invoices = world
        waiting = pay(entity)
        assert waiting.state != "POSTED"

        register(an_advice(customer, invoices), customer)

        assert ("concilia.place_remittance", None) in jobs_waiting()
        run_jobs(at=NOON)
        match = Match.objects.get(state="POSTED")
        assert match.bank_entry == waiting.bank_entry
        assert match.rule == "M3"
        waiting.refresh_from_db()
        assert waiting.state == "REPLACED"

    def test_a_payment_that_is_posted_is_left_alone(self, world):
        entity, customer, invoices = world
        a_loaded_statement(
            entity,
            paid(172_000, f"{invoices[0].number} {invoices[1].number}", payer_iban=IBAN),
        )
        match = Match.objects.get()
        assert match.state == "POSTED"

        register(an_advice(customer, invoices, total="1720.00"), customer)
        run_jobs(at=NOON)

        assert Match.objects.get() == match

    def test_twice_the_same_paper_is_one_advice(self, world):
        _, customer, invoices = world
        document = an_advice(customer, invoices)

        register(document, customer)
        register(document, customer)

        assert Remittance.objects.count() == 1

    def test_a_paper_without_a_total_is_none(self, world):
        _, customer, invoices = world

        assert register(an_advice(customer, invoices, total=""), customer) is None

    def test_a_person_may_ask_again_at_any_time(self, world):
        entity, customer, invoices = world
        first = pay(entity, payer_iban="", payer_name="?")
        an_iban(customer, "DE02120300000000202051")
        first.bank_entry.payer_iban = "DE02120300000000202051"
        first.bank_entry.save()
        register(an_advice(customer, invoices), customer)

        again = match_entry(bank_entry_id=first.bank_entry_id, at=NOON)

        assert again.version == 2
        assert again.customer == customer
        if again.state == "PROPOSED":
            post_match(match_id=again.pk, member=a_member(entity), at=NOON)
