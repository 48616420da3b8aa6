"""Rows of models written set by set: INSERT … SELECT from an expression for each column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, models

from concilia.customers.models import Customer
from concilia.foundation.models import Blob

NOW = datetime(2026, 11, 19, 9, tzinfo=UTC)
TODAY = NOW.date()
DAYS = 730


@dataclass(frozen=True, slots=True)
class Size:
    """How many there are of what; the rest follows."""

    items: int = 1_000_000
    claims: int = 100_000
    customers: int = 5_000

    @property
    def open_claims(self) -> int:
        """One claim of ten is not closed."""
        return self.claims // 10

    @property
    def payments(self) -> int:
        """Bank entries of two years."""
        return self.claims * 2


class Bulk:
    """Writes rows of one model from an expression for each column; `n` counts from 1."""

    def __init__(self, size: Size, say: Callable[[str], None]) -> None:
        self.size, self.say = size, say
        self.base: dict[type[models.Model], int] = {}

    def put(
        self, model: type[models.Model], count: int, columns: Mapping[str, str], where: str = "true"
    ) -> None:
        """
        Insert `count` rows. Expressions are SQL over `n`; columns left out get their default.

        Keys start behind those the table has: `id_of` gives the expression of the n-th.
        """
        meta = model._meta
        key = meta.pk
        assert key is not None
        given = dict(columns)
        if isinstance(key, models.BigAutoField):
            self.base[model] = self._last(meta.db_table)
            given.setdefault(key.column, f"{self.base[model]} + n")
        for field in meta.local_concrete_fields:
            if field.column not in given:
                given[field.column] = _default(field)
        names = ", ".join(f'"{name}"' for name in given)
        values = ", ".join(f"({expression})" for expression in given.values())
        self.run(
            f'INSERT INTO "{meta.db_table}" ({names}) SELECT {values} '
            f"FROM generate_series(1, {count}) AS g(n) WHERE {where}"
        )
        if isinstance(key, models.BigAutoField):
            self.run(
                f"SELECT setval(pg_get_serial_sequence('{meta.db_table}', '{key.column}'), "
                f'(SELECT max("{key.column}") FROM "{meta.db_table}"))'
            )
        self.say(f"{count:>9,} {meta.model_name}")

    def id_of(self, model: type[models.Model], n: str) -> str:
        """The key of the n-th row written, as SQL."""
        return f"({self.base[model]} + ({n}))"

    def run(self, sql: str) -> None:
        """Run one statement."""
        with connection.cursor() as cursor:
            cursor.execute(sql)

    def _last(self, table: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"')
            return int(cursor.fetchone()[0])


def _default(field: models.Field) -> str:  # type: ignore[type-arg]
    if field.has_default():
        value = field.get_default()
        if isinstance(value, bool | int):
            return str(value).lower()
        if isinstance(value, str):
            return f"'{value}'"
        return "'[]'::jsonb" if isinstance(value, list) else "'{}'::jsonb"
    if field.null:
        return "NULL"
    assert isinstance(field, models.CharField | models.TextField), f"{field} needs a value"
    return "''"


def customer_of(bulk: Bulk, n: str = "n") -> str:
    """Big customers have more of everything: one in ten items is of the first fifty."""
    count = bulk.size.customers
    return bulk.id_of(
        Customer, f"CASE WHEN {n} % 10 = 0 THEN 1 + ({n} / 10) % 50 ELSE 1 + {n} % {count} END"
    )


def gross_minor(n: str = "n") -> str:
    """The amount of the n-th invoice in minor units, as SQL."""
    return f"(5000 + ({n}::bigint * 7919) % 495000)"


def issued(n: str = "n") -> str:
    """The day of the n-th invoice, as SQL."""
    # Newer invoices are likelier to be open: half of the open items are of the last 60 days.
    return (
        f"DATE '{TODAY}' - CASE WHEN {n} % 2 = 0 THEN (({n}::bigint * 31) % 60)::int"
        f" ELSE (({n}::bigint * 37) % {DAYS})::int END"
    )


def currency_of(count: int, n: str = "n") -> str:
    """The currency of the n-th customer, as SQL; `count` customers in all."""
    place = f"(CASE WHEN {n} % 10 = 0 THEN 1 + ({n} / 10) % 50 ELSE 1 + {n} % {count} END)"
    return f"(CASE WHEN {place} % 5 = 4 THEN 'GBP' ELSE 'EUR' END)"


def digest(kind: str, n: str = "n") -> str:
    """The digest of the n-th paper of a kind, as SQL."""
    return f"encode(sha256({_content(kind, n)}), 'hex')"


def _content(kind: str, n: str = "n") -> str:
    """A small message; its bytes must have their digest, for whoever reads them checks."""
    head = "From: Jens Albers <jens@customer.example>\\nSubject: Claim "
    body = "\\n\\nWe received less than you invoiced, document "
    return f"convert_to(E'{head}{kind}' || {n} || E'{body}' || {n}, 'UTF8')"


def blobs(bulk: Bulk, kind: str, count: int) -> None:
    """Write so many papers of a kind."""
    bulk.put(
        Blob,
        count,
        {
            "sha256": digest(kind),
            "size": f"length({_content(kind)})",
            "content": _content(kind),
            "stored_at": f"TIMESTAMPTZ '{NOW}'",
        },
    )
