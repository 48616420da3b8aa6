# ruff: noqa: S608 - names in this statement are our own
"""The first rows of a staged file as they will stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from concilia.customers.models import Customer
from concilia.identity.models import Entity
from concilia.intake.core.imports.datasets import DATASETS, Kind
from concilia.intake.models import ImportFile
from concilia.kernel.money import Money

ROWS_SHOWN: Final = 5


def preview_of(file: ImportFile) -> list[dict[str, Any]]:
    """
    Return the first rows: `row`, `customer_name`, and each field as text in canonical form.

    Amounts are decimal strings in `currency`, percentages have two decimals, dates are ISO.
    """
    dataset = DATASETS[file.dataset]
    mapped = [column["field"] for column in file.mapping if column["field"]]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT n, {', '.join(mapped)} FROM import_rows ORDER BY n LIMIT {ROWS_SHOWN}"
        )
        rows = [dict(zip(["row", *mapped], row, strict=True)) for row in cursor.fetchall()]
    numbers = {row.get("customer_number") for row in rows}
    known = {
        customer.number: customer
        for customer in Customer.objects.filter(
            entity_id=file.run.entity_id, number__in=numbers - {None}
        )
    }
    usual = Entity.objects.values_list("currency", flat=True).get(pk=file.run.entity_id)
    out = []
    for row in rows:
        customer = known.get(row.get("customer_number", ""))
        currency = row.get("currency") or (customer.currency if customer else usual)
        shown = {
            name: _shown(dataset.field(name).kind, row[name], currency)
            for name in mapped
            if row[name] is not None
        }
        shown.setdefault("currency", currency)
        out.append(
            {"row": row["row"], "customer_name": customer.name if customer else "", "fields": shown}
        )
    return out


def _shown(kind: Kind, value: object, currency: str) -> str:
    if kind is Kind.MONEY:
        return Money(int(str(value)), currency).to_decimal_string()
    if kind is Kind.PERCENT:
        return str(Decimal(str(value)).scaleb(-2))
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
