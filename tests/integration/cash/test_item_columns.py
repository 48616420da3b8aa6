"""Open items read by column are what their rows say."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world.builders import a_customer, an_entity, an_invoice, an_open_item

from concilia.cash.queries.item_columns import SEPARATOR, columns_of_items
from concilia.matching.records import OpenItem as Item
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db


def as_matching_sees(row: OpenItem) -> Item:
    return Item(
        item_id=f"item-{row.pk}",
        customer_id=str(row.customer_id),
        kind=row.kind,
        number=row.document_number,
        issued_on=row.issue_date,
        due_on=row.due_date,
        currency=row.currency,
        original_minor=row.original_minor,
        open_minor=row.open_minor,
        order_number=row.order_number,
        delivery_number=row.delivery_number,
        disputed_minor=row.disputed_minor,
        discount_bp=row.discount_bp,
        discount_until=row.discount_until_date,
        structured_reference=row.structured_reference,
        vat_minor=row.invoice.vat_minor if row.invoice else None,
    )


@pytest.mark.parametrize("number", ["Größe 7", "two\nlines", f"with{SEPARATOR}mark", "a\tb\\c"])
def test_every_value_is_that_of_its_row(number):
    customer = a_customer(an_entity())
    an_open_item(customer, 50_000, document_number=number, structured_reference="RF18539007")
    an_open_item(customer, -(2**40), order_number="PO 1", delivery_number="D 1")
    OpenItem.objects.filter(invoice=an_invoice(customer)).update(
        discount_bp=200, discount_until_date=date(1999, 12, 31)
    )
    rows = OpenItem.objects.select_related("invoice")

    read = columns_of_items(OpenItem.objects.all()).rows()

    assert sorted(read) == sorted(map(as_matching_sees, rows))


def test_no_rows_are_no_items():
    assert len(columns_of_items(OpenItem.objects.filter(pk=0))) == 0
    assert len(columns_of_items(OpenItem.objects.none())) == 0
