"""Master data, agreements and papers: new, changed, the same; and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.world.builders import an_entity
from tests.world.imports import CUSTOMERS, counts, said, take

from concilia.customers.models import Contact, Customer, PayerAlias
from concilia.identity.models import Entity
from concilia.receivables.models import (
    ContractPrice,
    Delivery,
    Invoice,
    Order,
    Product,
    Promotion,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def entity() -> Entity:
    entity = an_entity()
    take(entity, {"customers.csv": CUSTOMERS})
    return entity


def one(entity: Entity, dataset: str, text: str):
    return take(entity, {f"{dataset}.csv": text})[dataset]


class TestCustomers:
    def test_a_number_and_a_name_are_enough(self):
        entity = an_entity()

        file = one(entity, "customers", "Kunde;Firma\n0100;Müller GmbH\n")

        assert counts(file) == ("SAVED", 1, 0, 0)
        made = Customer.objects.get()
        assert (made.number, made.name, made.country, made.currency, made.language) == (
            "0100",
            "Müller GmbH",
            "IT",
            "EUR",
            "it",
        )
        assert made.payment_days == 30

    def test_only_columns_of_the_file_change_what_is_here(self, entity):
        file = one(entity, "customers", "customer_number,name\nC-00087,Frischmarkt Nord SE\n")

        assert counts(file) == ("SAVED", 0, 1, 0)
        changed = Customer.objects.get(number="C-00087")
        assert (changed.name, changed.country, changed.discount_bp) == (
            "Frischmarkt Nord SE",
            "DE",
            200,
        )

    def test_parents_and_groups_may_stand_anywhere_in_the_file(self, entity):
        text = (
            "customer_number,name,parent_number,payer_group\n"
            "A1,Filiale,A0,VALDARNO\nA0,Zentrale,,VALDARNO\nA2,Andere,C-00412,\n"
        )

        assert one(entity, "customers", text).state == "SAVED"
        child = Customer.objects.get(number="A1")
        assert (child.parent.number, child.payer_group.code) == ("A0", "VALDARNO")
        assert Customer.objects.get(number="A2").parent.number == "C-00412"

    def test_accounts_and_domains(self, entity):
        text = (
            "customer_number,name,email_domains,ibans\n"
            "A1,Uno,uno.example|due.example,IT60X0542811101000000123456|DE89370400440532013000\n"
        )
        one(entity, "customers", text)
        assert Customer.objects.get(number="A1").email_domains == ["uno.example", "due.example"]
        PayerAlias.objects.filter(value__startswith="DE").update(hits=3)

        file = one(
            entity,
            "customers",
            text.replace("IT60X0542811101000000123456|", "").replace(
                "DE89370400440532013000", "GB82WEST12345698765432"
            ),
        )

        assert counts(file) == ("SAVED", 0, 1, 0)
        assert set(PayerAlias.objects.values_list("value", flat=True)) == {
            "DE89370400440532013000",  # clerks have confirmed it since
            "GB82WEST12345698765432",
        }

    @pytest.mark.parametrize(
        ("row", "field", "key"),
        [
            ("A1,Uno,A9,0,0", "parent_number", "unknown_parent"),
            ("A1,Uno,A1,0,0", "parent_number", "parents_in_a_circle"),
            ("A1,Uno,,2,0", "discount_days", "discount_without_days"),
        ],
    )
    def test_what_cannot_be(self, entity, row, field, key):
        header = "customer_number,name,parent_number,discount_percent,discount_days"

        assert said(one(entity, "customers", f"{header}\n{row}\n")) == [(2, field, key)]

    def test_a_circle_by_way_of_others(self, entity):
        text = "customer_number,name,parent_number\nA1,Uno,A2\nA2,Due,A3\nA3,Tre,A1\n"

        assert {key for _, _, key in said(one(entity, "customers", text))} == {
            "parents_in_a_circle"
        }

    def test_the_same_number_twice_with_two_names(self, entity):
        text = "customer_number,name\nA1,Uno\nA1,Due\n"

        file = one(entity, "customers", text)

        assert said(file) == [(3, "customer_number", "twice")]
        assert file.errors[0]["args"] == {"row": 2}


class TestContacts:
    HEADER = "customer_number,name,email,phone,role,language\n"

    def test_are_found_again_by_address_or_name(self, entity):
        text = self.HEADER + "C-00412,Anna,Anna@B.example,,buyer,it\nC-00412,Bruno,,+39 1,,\n"
        assert counts(one(entity, "contacts", text)) == ("SAVED", 2, 0, 0)

        again = one(entity, "contacts", text.replace("buyer", "director").replace("+39 1", "+39 2"))

        assert counts(again) == ("SAVED", 0, 2, 0)
        assert set(Contact.objects.values_list("email", "phone")) == {
            ("anna@b.example", ""),
            ("", "+39 2"),
        }

    def test_nobody_is_no_contact(self, entity):
        file = one(entity, "contacts", self.HEADER + "C-00412,,,,buyer,\n")

        assert said(file) == [(2, "email", "nothing_to_find_by")]


class TestProducts:
    def test_new_changed_and_same(self, entity):
        text = "sku,name,unit,vat_rate\nA,Pane,KT,4.00\nB,Cesto,ST,22\n"
        assert counts(one(entity, "products", text)) == ("SAVED", 2, 0, 0)

        assert counts(one(entity, "products", text.replace("4.00", "10"))) == ("SAVED", 0, 1, 1)
        assert Product.objects.get(sku="A").vat_bp == 1000


class TestPrices:
    HEADER = "customer_number,sku,unit_price,valid_from,valid_to\n"

    def prices(self) -> list[tuple]:
        rows = ContractPrice.objects.order_by("valid_from_date")
        return [
            (row.unit_price, row.valid_from_date.isoformat(), str(row.valid_to_date))
            for row in rows
        ]

    def test_the_last_day_counts(self, entity):
        text = self.HEADER + "C-00412,A,1.50,2026-01-01,2026-06-30\nC-00412,A,1.60,2026-07-01,\n"

        assert counts(one(entity, "prices", text)) == ("SAVED", 2, 0, 0)
        assert self.prices() == [
            (Decimal("1.5000"), "2026-01-01", "2026-07-01"),
            (Decimal("1.6000"), "2026-07-01", "None"),
        ]

    def test_a_price_that_ends_where_the_next_begins(self, entity):
        text = self.HEADER + "C-00412,A,1.50,2026-01-01,2026-07-01\nC-00412,A,1.60,2026-07-01,\n"

        assert one(entity, "prices", text).state == "SAVED"
        assert self.prices()[0][2] == "2026-07-01"

    def test_a_price_until_further_notice_ends_where_the_next_begins(self, entity):
        one(entity, "prices", self.HEADER + "C-00412,A,1.50,2026-01-01,\n")

        file = one(entity, "prices", self.HEADER + "C-00412,A,1.60,2026-07-01,\n")

        assert file.state == "SAVED"
        assert self.prices()[0][2] == "2026-07-01"
        whole = self.HEADER + "C-00412,A,1.50,2026-01-01,\nC-00412,A,1.60,2026-07-01,\n"
        assert counts(one(entity, "prices", whole)) == ("SAVED", 0, 0, 2)

    def test_prices_that_hold_on_the_same_days(self, entity):
        text = self.HEADER + "C-00412,A,1.5,2026-01-01,2026-06-30\nC-00412,A,1.6,2026-03-01,\n"
        file = one(entity, "prices", text)
        assert said(file) == [(3, "valid_from", "overlaps_row")]

        one(entity, "prices", self.HEADER + "C-00412,A,1.5,2026-01-01,2026-12-31\n")
        file = one(entity, "prices", self.HEADER + "C-00412,A,1.6,2026-03-01,2026-04-01\n")
        assert said(file) == [(2, "valid_from", "overlaps_price")]

    def test_backwards(self, entity):
        file = one(entity, "prices", self.HEADER + "C-00412,A,1.5,2026-03-01,2026-01-01\n")

        assert said(file) == [(2, "valid_to", "ends_before_start")]


class TestPromotions:
    def test_by_code_customer_and_article(self, entity):
        text = (
            "promotion_code,name,customer_number,sku,kind,discount_percent,promo_price,starts,ends,"
            "budget\nP1,Leaflet,C-00412,A,off_invoice,15,,2026-10-01,2026-10-31,\n"
            "P1,Leaflet,C-00412,,co_op,,,2026-10-01,2026-10-31,1950.00\n"
        )
        assert counts(one(entity, "promotions", text)) == ("SAVED", 2, 0, 0)
        Promotion.objects.filter(sku="").update(accrual_minor=500)

        assert counts(one(entity, "promotions", text.replace("1950", "2000"))) == ("SAVED", 0, 1, 1)

        assert list(
            Promotion.objects.filter(sku="").values_list("budget_minor", "accrual_minor")
        ) == [(200_000, 500)]


ORDERS = (
    "order_number,customer_order_number,customer_number,order_date,requested_date,line,sku,quantity,"
    "unit_price\nSO-1,4500/1,C-00412,2026-10-01,2026-10-08,1,A,10,1.50\n"
    "SO-1,4500/1,C-00412,2026-10-01,2026-10-08,2,B,5,2.25\n"
)
DELIVERIES = (
    "delivery_number,order_number,customer_number,shipped_date,delivered_date,carrier,sku,quantity,"
    "pod_signed_by,pod_date,pod_quantity,pod_damaged,pod_reserve\n"
    "DDT 1,SO-1,C-00412,2026-10-07,2026-10-08,Alpe,A,10,Rossi,2026-10-08,9,1,un collo bagnato\n"
    "DDT 1,SO-1,C-00412,2026-10-07,2026-10-08,Alpe,B,5,Rossi,2026-10-08,5,0,\n"
)
INVOICES = (
    "invoice_number,kind,customer_number,order_number,customer_order_number,delivery_number,"
    "issue_date,due_date,credited_invoice,sku,description,quantity,unit_price,vat_rate\n"
    "FT-1,invoice,C-00412,SO-1,4500/1,DDT 1,2026-10-09,2026-12-08,,A,Pane,10,1.50,4\n"
    "FT-1,invoice,C-00412,SO-1,4500/1,DDT 1,2026-10-09,2026-12-08,,B,Cesto,5,2.25,22\n"
    "NC-1,credit_note,C-00412,,,,2026-10-20,2026-10-20,FT-1,A,Pane,-1,1.50,4\n"
)


class TestPapers:
    def test_one_drop_brings_the_whole_chain_whatever_the_order(self, entity):
        files = take(
            entity, {"invoices.csv": INVOICES, "deliveries.csv": DELIVERIES, "orders.csv": ORDERS}
        )

        assert [counts(file)[:2] for file in files.values()] == [
            ("SAVED", 2),
            ("SAVED", 2),
            ("SAVED", 3),
        ]
        invoice = Invoice.objects.get(number="FT-1")
        assert (invoice.order.number, invoice.delivery.number) == ("SO-1", "DDT 1")
        assert (invoice.net_minor, invoice.vat_minor, invoice.gross_minor) == (2625, 308, 2933)
        assert list(invoice.lines.values_list("n", "net_minor", "vat_minor", "vat_bp")) == [
            (1, 1500, 60, 400),
            (2, 1125, 248, 2200),
        ]
        delivery = Delivery.objects.get()
        assert (delivery.order.number, delivery.pod_reserve) == ("SO-1", "un collo bagnato")
        assert list(delivery.lines.values_list("pod_quantity", "pod_damaged")) == [(9, 1), (5, 0)]

    def test_a_credit_note_with_a_minus_stands_the_right_way_round(self, entity):
        take(entity, {"invoices.csv": INVOICES})

        note = Invoice.objects.get(number="NC-1")
        assert (note.net_minor, note.vat_minor) == (150, 6)
        assert (note.lines.get().quantity, note.credited_invoice.number) == (1, "FT-1")

    def test_papers_that_are_not_here_are_counted(self, entity):
        file = take(entity, {"invoices.csv": INVOICES})["invoices"]

        assert file.notes == [
            {"key": "unknown_orders", "args": {"count": 2}},
            {"key": "unknown_deliveries", "args": {"count": 2}},
        ]

    def test_the_bare_number_links_too(self, entity):
        take(entity, {"orders.csv": ORDERS})
        take(entity, {"deliveries.csv": DELIVERIES.replace("SO-1", "so 1")})

        assert Delivery.objects.get().order.number == "SO-1"

    def test_a_changed_line_changes_one_row(self, entity):
        take(entity, {"orders.csv": ORDERS})

        file = take(entity, {"orders.csv": ORDERS.replace("2.25", "2.30")})["orders"]

        assert counts(file) == ("SAVED", 0, 1, 1)

    def test_a_line_the_file_no_longer_has_goes(self, entity):
        take(entity, {"orders.csv": ORDERS})

        file = take(entity, {"orders.csv": "\n".join(ORDERS.splitlines()[:2])})["orders"]

        assert file.state == "SAVED"
        assert Order.objects.get().lines.count() == 1

    def test_rows_of_one_document_agree_on_its_head(self, entity):
        text = ORDERS.replace(
            "SO-1,4500/1,C-00412,2026-10-01,2026-10-08,2",
            "SO-1,4500/1,C-00087,2026-10-01,2026-10-08,2",
        )

        file = take(entity, {"orders.csv": text})["orders"]

        assert said(file) == [(3, "customer_number", "head_differs")]
        assert file.errors[0]["args"] == {"row": 2, "other": "C-00412"}
        assert not Order.objects.exists()

    def test_a_number_that_belongs_to_another_customer(self, entity):
        take(entity, {"orders.csv": ORDERS})

        file = take(entity, {"orders.csv": ORDERS.replace("C-00412", "C-00087")})["orders"]

        assert {key for _, _, key in said(file)} == {"other_customer"}

    def test_an_invoice_below_zero_is_a_credit_note(self, entity):
        text = INVOICES.replace("invoice,C-00412", "invoice,C-00412").replace(
            ",10,1.50", ",-10,1.50"
        )

        file = take(entity, {"invoices.csv": text})["invoices"]

        assert said(file) == [(2, "kind", "invoice_below_zero")]
        assert file.errors[0]["repair"] == "credit_note"

    def test_amounts_of_the_file_win_over_quantity_times_price(self, entity):
        text = (
            "invoice_number,customer_number,issue_date,quantity,unit_price,net_amount,vat_amount\n"
            "FT-2,C-00412,2026-10-09,3,0.3333,1.01,0.22\n"
        )
        take(entity, {"invoices.csv": text})

        assert Invoice.objects.values_list("net_minor", "vat_minor").get() == (101, 22)

    def test_terms_come_from_the_customer_where_the_file_has_none(self, entity):
        text = "invoice_number,customer_number,issue_date,unit_price\nFT-3,C-00087,2026-10-01,100\n"
        take(entity, {"invoices.csv": text})

        invoice = Invoice.objects.get()
        assert (invoice.due_date.isoformat(), invoice.discount_bp, invoice.discount_days) == (
            "2026-10-31",
            200,
            10,
        )

    def test_a_currency_without_cents(self, entity):
        text = (
            "invoice_number,customer_number,issue_date,currency,quantity,unit_price,vat_rate\n"
            "FT-4,C-00412,2026-10-01,JPY,3,100.5,10\n"
        )
        take(entity, {"invoices.csv": text})

        assert Invoice.objects.values_list("net_minor", "vat_minor").get() == (302, 30)


class TestEntities:
    def test_two_companies_may_use_the_same_numbers(self, entity):
        other = an_entity("uk", currency="GBP")
        take(other, {"customers.csv": CUSTOMERS})
        take(entity, {"orders.csv": ORDERS})

        assert take(other, {"orders.csv": ORDERS})["orders"].new_rows == 2
        assert Order.objects.count() == 2
