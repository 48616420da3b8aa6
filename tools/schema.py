"""
Write down what all migrations come to in an empty database: `schema.py write|check`.

`write` walks through them in a database of its own in the embedded server and keeps every statement
in `src/concilia/foundation/first_schema.sql`; `check` fails when a migration has come or changed
since. Run `write` after `makemigrations`; it takes about a minute.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.migrations import Migration

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concilia.config.settings")

DATABASE = "concilia_first_schema"
DIGEST = "-- of migrations "
HEAD = """\
-- The schema of an empty database, one part for each migration. Written by tools/schema.py.
"""
NOT_KEPT = ("SELECT", "SAVEPOINT", "RELEASE", "SHOW")


def main() -> int:
    """Do what the first argument says; returns an exit code."""
    if sys.argv[1:] not in (["write"], ["check"]):
        sys.stderr.write(__doc__ or "")
        return 2
    import django

    from concilia.foundation import embedded_postgres

    if sys.argv[1] == "write":
        embedded_postgres.ensure()
    django.setup()
    return _write() if sys.argv[1] == "write" else _check()


def _check() -> int:
    from concilia.foundation.first_schema import FILE, digest_of_migrations

    if f"{DIGEST}{digest_of_migrations()}\n" in FILE.read_text("utf-8"):
        return 0
    sys.stderr.write("Migrations have changed: run `python tools/schema.py write`.\n")
    return 1


def _write() -> int:
    from concilia.foundation.first_schema import FILE, digest_of_migrations

    FILE.write_text(f"{HEAD}{DIGEST}{digest_of_migrations()}\n{''.join(_parts())}", "utf-8")
    sys.stdout.write(f"{FILE.stat().st_size // 1024} kB\n")
    return 0


def _parts() -> list[str]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from concilia.foundation.first_schema import MARK

    parts: list[str] = []

    def keep(
        execute: Callable[..., object], sql: object, params: Sequence[object] | None, *rest: object
    ) -> object:
        text = str(sql if params is None else connection.ops.compose_sql(sql, params)).strip()
        is_ours = text and not text.startswith(NOT_KEPT) and '"django_migrations"' not in text
        if is_ours and parts:
            parts.append(text.rstrip(";") + ";\n")
        return execute(sql, params, *rest)

    def tell(action: str, migration: Migration | None = None, *_rest: object) -> None:
        if action == "apply_start" and migration:
            assert migration.atomic, f"{migration} is not one transaction"
            parts.append(f"\n{MARK}{migration.app_label}.{migration.name}\n")

    with _empty_database(), connection.execute_wrapper(keep):
        executor = MigrationExecutor(connection, tell)
        executor.migrate(executor.loader.graph.leaf_nodes())
    return parts


@contextmanager
def _empty_database() -> Iterator[None]:
    from django.db import connection

    kept = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{DATABASE}"')
        cursor.execute(f'CREATE DATABASE "{DATABASE}"')
    connection.close()
    connection.settings_dict["NAME"] = DATABASE
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{DATABASE}"')


if __name__ == "__main__":
    sys.exit(main())
