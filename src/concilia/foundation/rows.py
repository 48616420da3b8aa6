"""Many rows written at once: what the ORM does row by row in Python, the database does in a set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from json import JSONEncoder
from typing import Any, Final, TypeVar

from django.db import connection, connections, models
from django.db.models import QuerySet

Row = TypeVar("Row", bound=models.Model)
COPY_MIN: Final = 20  # fewer are inserted faster than copied
PLAIN: Final = (
    models.IntegerField,
    models.CharField,
    models.TextField,
    models.BooleanField,
    models.DateField,
)


def update_rows(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """
    Write these fields of rows of one model, in one statement however many there are.

    A row that is gone is not written.

    :param fields: names of plain columns or foreign keys, not of JSON
    """
    if not rows:
        return
    meta = _meta(rows[0])
    key = meta.pk
    columns = [meta.get_field(name) for name in fields]
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


def insert_rows(rows: Sequence[Row]) -> list[Row]:
    """
    Insert rows of one model and give them their keys; many of them by COPY.

    Triggers and constraints see them as they see any insert. Defaults of the database are not asked
    for: every field has its value in Python. Rows that have their keys already keep them.
    """
    if len(rows) < COPY_MIN:
        return QuerySet[Row](type(rows[0])).bulk_create(rows) if rows else []
    if rows[0].pk is None:
        give_keys(rows)
    meta = _meta(rows[0])
    columns = [(one.attname, _adapter(one)) for one in meta.local_concrete_fields]
    names = ", ".join(f'"{one.column}"' for one in meta.local_concrete_fields)
    # A copy goes past Django's cursor, which is what turns errors into Django's.
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f'COPY "{meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            values = row.__dict__
            copy.write_row(
                [adapt(values[name]) if adapt else values[name] for name, adapt in columns]
            )
    for row in rows:
        row._state.adding = False  # noqa: SLF001 - as the ORM does to what it has written
        row._state.db = connection.alias  # noqa: SLF001
    return list(rows)


def give_keys(rows: Sequence[models.Model]) -> None:
    """Give rows of one model that are not written yet their keys, in one statement."""
    if not rows:
        return
    for row, key in zip(rows, next_keys(type(rows[0]), len(rows)), strict=True):
        row.pk = key


def next_keys(model: type[models.Model], count: int) -> list[int]:
    """Return keys for so many rows of a model, in one statement."""
    meta = model._meta  # noqa: SLF001 - public by Django's documentation
    assert isinstance(meta.pk, models.BigAutoField), "only a sequence can give the keys"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(own.keys) FROM generate_series(1, %s) CROSS JOIN (SELECT "
            "pg_get_serial_sequence(%s, %s)::regclass AS keys OFFSET 0) AS own",  # looked up once
            [count, f'"{meta.db_table}"', meta.pk.column],
        )
        return [key for (key,) in cursor.fetchall()]


def write_values(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """
    Insert rows that nobody looks at again: values instead of a model for each.

    :param names: the fields by the names of their values, such as `entry_id`; the database gives
        the key, and nothing else
    :param rows: values as the columns have them, JSON aside, in the order of the names
    """
    if not rows:
        return
    meta = model._meta  # noqa: SLF001 - public by Django's documentation
    places = {one.attname: one for one in meta.local_concrete_fields}
    fields = [places[name] for name in names]
    adapters = [_adapter(one) if isinstance(one, models.JSONField) else None for one in fields]
    if any(adapters):
        rows = [
            [adapt(value) if adapt else value for value, adapt in zip(row, adapters, strict=True)]
            for row in rows
        ]
    columns = ", ".join(f'"{one.column}"' for one in fields)
    with connection.cursor() as cursor:
        if len(rows) < COPY_MIN:
            one = f"({', '.join(['%s'] * len(fields))})"
            cursor.execute(
                f'INSERT INTO "{meta.db_table}" ({columns}) '  # noqa: S608 - names of our own models
                f"VALUES {', '.join([one] * len(rows))}",
                [value for row in rows for value in row],
            )
            return
        with (
            connection.wrap_database_errors,
            cursor.copy(f'COPY "{meta.db_table}" ({columns}) FROM STDIN') as copy,
        ):
            for row in rows:
                copy.write_row(row)


def _adapter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """What makes a field's value one of its column; None where it is one already."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, PLAIN):
        return None
    if isinstance(target, models.JSONField):
        return _json_of(target)
    open_connection = connections[connection.alias]
    return lambda value: field.get_db_prep_save(value, open_connection)


def _json_of(field: models.JSONField) -> Callable[[Any], Any]:
    """The text of JSON, as a copy wants it."""
    encode = (field.encoder or JSONEncoder)().encode
    return lambda value: None if value is None else encode(value)


def _meta(row: models.Model) -> Any:  # noqa: ANN401 - Django's own, of any model
    return row._meta  # noqa: SLF001 - public by Django's documentation
