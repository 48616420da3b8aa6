"""
Open items by column: a statement's payers may have a hundred thousand, most of which nobody names.

The database puts each column together, numbers and days as it keeps them. A row for each item, of
values that are taken apart again, took more time than to match the payments.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from concilia.matching.book import OpenItems
from concilia.receivables.models import Invoice, OpenItem

ITEM: Final = "item-"
TEXTS: Final = (
    "kind",
    "document_number",
    "order_number",
    "delivery_number",
    "currency",
    "structured_reference",
)
DAYS: Final = ("issue_date", "due_date", "discount_until_date")
AMOUNTS: Final = ("id", "customer_id", "original_minor", "open_minor", "disputed_minor")
ITEM_FIELDS: Final = (*TEXTS, *DAYS, *AMOUNTS, "discount_bp", "invoice_id")
SEPARATOR: Final = "\x1f"
NO_DAY: Final = 2**31 - 1  # as the database sends the end of all days
FIRST_DAY: Final = date(2000, 1, 1).toordinal()  # from which it counts

_TOGETHER: Final = f"string_agg({{}}, '{SEPARATOR}')"
_EACH: Final = "array_agg({})"
_PACKED: Final = {
    **{name: f"string_agg(int8send({name}), '')" for name in AMOUNTS},
    **{name: f"string_agg(date_send(coalesce({name}, 'infinity')), '')" for name in DAYS},
    "discount_bp": "string_agg(int4send(discount_bp), '')",
    "invoice_id": "string_agg(int8send(coalesce(invoice_id, 0)), '')",
}


def columns_of_items(rows: QuerySet[OpenItem]) -> OpenItems:
    """Open items as matching sees them; a central payer may bring hundreds of thousands."""
    try:
        sql, parameters = rows.order_by().values_list(*ITEM_FIELDS).query.sql_with_params()
    except EmptyResultSet:
        return OpenItems()
    return columns_from(sql, parameters)


def columns_from(sql: str, parameters: Sequence[Any] | Mapping[str, Any]) -> OpenItems:
    """
    Return the items that a query gives.

    :param sql: a query of the columns `ITEM_FIELDS`, by their names
    """
    read = _read(sql, parameters, _TOGETHER)
    if read is None:
        return OpenItems()
    texts = {name: read[name].split(SEPARATOR) for name in TEXTS}
    if any(len(column) * 8 != len(read["id"]) for column in texts.values()):
        read = _read(sql, parameters, _EACH)  # what separates stands in one of them
        assert read is not None, "items do not go in one transaction that reads"
        texts = {name: read[name] for name in TEXTS}
    return _items(read, texts)


def _read(
    sql: str, parameters: Sequence[Any] | Mapping[str, Any], texts: str
) -> dict[str, Any] | None:
    """The columns as the database puts them together; None where there are no rows."""
    how = {name: texts.format(name) for name in TEXTS} | _PACKED
    columns = ", ".join(how[name] for name in ITEM_FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM ({sql}) AS item", parameters)  # noqa: S608 - ours
        row = cursor.fetchone()
    return None if row[0] is None else dict(zip(ITEM_FIELDS, row, strict=True))


def _items(read: Mapping[str, Any], texts: Mapping[str, list[str]]) -> OpenItems:
    """An id is no bare number: a payer's own end-to-end number must never look like one of ours."""
    customers = _numbers("q", read["customer_id"])
    names = {key: str(key) for key in set(customers)}
    return OpenItems(
        item_id=[f"{ITEM}{key}" for key in _numbers("q", read["id"])],
        customer_id=[names[key] for key in customers],
        kind=texts["kind"],
        number=texts["document_number"],
        order_number=texts["order_number"],
        delivery_number=texts["delivery_number"],
        issued_on=_days(read["issue_date"]),
        due_on=_days(read["due_date"]),
        currency=texts["currency"],
        original_minor=_numbers("q", read["original_minor"]),
        open_minor=_numbers("q", read["open_minor"]),
        disputed_minor=_numbers("q", read["disputed_minor"]),
        discount_bp=_numbers("i", read["discount_bp"]),
        discount_until=_days(read["discount_until_date"]),
        structured_reference=texts["structured_reference"],
        vat_minor=VatOfItems(read["invoice_id"]),
    )


def _numbers(code: str, packed: bytes) -> array[int]:
    """:param code: `q` for eight bytes each, `i` for four; the highest first"""
    numbers = array(code, packed)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _days(packed: bytes) -> list[date | None]:
    numbers = _numbers("i", packed)
    known = {n: None if n == NO_DAY else date.fromordinal(FIRST_DAY + n) for n in set(numbers)}
    return list(map(known.__getitem__, numbers))


class VatOfItems(Mapping[int, int]):
    """
    The VAT of items by their row, all read at once when the first is asked for.

    That is only where a payer in Italy pays less: most statements do without.
    """

    def __init__(self, invoices: bytes) -> None:
        """:param invoices: the key of each row's invoice in eight bytes, 0 where it has none"""
        self._invoices = invoices

    @cached_property
    def _known(self) -> dict[int, int]:
        invoices = _numbers("q", self._invoices)
        rows = Invoice.objects.filter(pk__any_of=sorted(set(invoices) - {0}))
        amounts = dict(rows.values_list("pk", "vat_minor"))
        return {row: amounts[key] for row, key in enumerate(invoices) if key in amounts}

    def __getitem__(self, row: int) -> int:
        return self._known[row]

    def __iter__(self) -> Iterator[int]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def id_of_item(key: int) -> str:
    """The id by which matching knows the open item with this key."""
    return f"{ITEM}{key}"


def key_of_item(item_id: str) -> int:
    """The key of the open item that matching knows by this id."""
    return int(item_id.removeprefix(ITEM))
