"""Many rows written at once: what the ORM does row by row in Python, the database does in a set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def update_rows(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """
    Write these fields of rows of one model, in one statement however many there are.

    A row that is gone is not written.

    :param fields: names of plain columns or foreign keys, not of JSON
    """
    if not rows:
        return
    meta = rows[0]._meta
    key = meta.pk
    assert key is not None, "a row without a key cannot be found again"
    columns: list[models.Field[Any, Any]] = [meta.get_field(name) for name in fields]  # type: ignore[misc]
    sets = ", ".join(f'"{one.column}" = said."{one.column}"' for one in columns)
    names = ", ".join(f'"{one.column}"' for one in (key, *columns))
    arrays = ", ".join(f"%s::{one.rel_db_type(connection)}[]" for one in (key, *columns))
    values = [
        [one.get_db_prep_save(getattr(row, one.attname), connection) for row in rows]
        for one in (key, *columns)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{meta.db_table}" SET {sets} '  # noqa: S608 - names of our own models
            f"FROM unnest({arrays}) AS said({names}) "
            f'WHERE "{meta.db_table}"."{key.column}" = said."{key.column}"',
            values,
        )
