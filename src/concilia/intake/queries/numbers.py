"""Numbers as customers shorten them: `5187` for the delivery `DDT 5187` of theirs."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final, TypeVar

from django.db.models import Q, QuerySet

from concilia.receivables.models import Delivery, Invoice, Order

Row = TypeVar("Row", Invoice, Order, Delivery)
LETTERS: Final = re.compile(r"[A-Z]+0*")
CHARACTERS_MIN: Final = 3
ROWS_MAX: Final = 500


def without_letters(
    rows: QuerySet[Row], columns: Sequence[str], wanted: Collection[tuple[int, str]]
) -> dict[tuple[int, str], Row]:
    """
    Rows whose number is a wanted one behind letters, within its customer. One query, or none.

    :param columns: the columns that hold bare numbers (`kernel.references.normalise_reference`)
    :param wanted: (customer id, bare number) as printed; shorter than three characters is left out
    :return: by what was wanted; a number that two rows could mean is left out
    """
    asked = {pair for pair in wanted if len(pair[1]) >= CHARACTERS_MIN and pair[1][0].isdigit()}
    if not asked:
        return {}
    alike = Q(pk__in=[])
    for customer_id, key in sorted(asked):
        for column in columns:
            alike |= Q(**{"customer": customer_id, f"{column}__endswith": key})
    found: dict[tuple[int, str], list[Row]] = {}
    for row in rows.filter(alike).order_by("pk")[:ROWS_MAX]:
        for pair in _meant(row, columns, asked):
            found.setdefault(pair, []).append(row)
    return {pair: rows_[0] for pair, rows_ in found.items() if len(rows_) == 1}


def _meant(
    row: Invoice | Order | Delivery, columns: Sequence[str], asked: Collection[tuple[int, str]]
) -> set[tuple[int, str]]:
    """What of the wanted a row is, when only letters stand before it."""
    keys = [str(getattr(row, column)) for column in columns]
    return {
        (customer_id, key)
        for customer_id, key in asked
        if customer_id == row.customer_id
        and any(each.endswith(key) and LETTERS.fullmatch(each.removesuffix(key)) for each in keys)
    }
