"""
The schema of an empty database as plain statements, so that a first start takes seconds.

Walking through all migrations makes the models of the whole program anew for each of hundreds of
steps: most of a minute of processor time. What they come to is written once, by `tools/schema.py`;
a database that has anything in it is brought on by the migrations themselves, as ever.
"""

from __future__ import annotations

import hashlib
import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

FILE: Final = Path(__file__).with_name("first_schema.sql")
MARK: Final = "-- migration "


@dataclass(frozen=True, slots=True)
class Written:
    """A migration by its name, and the statements it comes to in an empty database."""

    app: str
    name: str
    sql: str


def written(text: str) -> Iterator[Written]:
    """The migrations of such a file, in the order in which they are applied."""
    for part in text.split(f"\n{MARK}")[1:]:
        name, _, sql = part.partition("\n")
        app, _, migration = name.partition(".")
        yield Written(app, migration, sql.strip())


def digest_of_migrations() -> str:
    """Of the text of all migrations there are, ours and those of others."""
    made = hashlib.sha256()
    for key, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        source = inspect.getsource(sys.modules[migration.__module__])
        made.update(f"{key}\n{source}\n".encode())
    return made.hexdigest()


def lay_first_schema(connection: BaseDatabaseWrapper, file: Path = FILE) -> int:
    """
    This will lay the schema into a database without any, one transaction a migration.

    Killed in between, the migrations go on where it stopped. A file that names a migration this
    program does not have is left alone.

    :return: how many migrations it stood for; none where the database has had its first
    """
    loader = MigrationLoader(connection)
    if loader.applied_migrations or not file.exists():
        return 0
    parts = list(written(file.read_text("utf-8")))
    if not {(part.app, part.name) for part in parts} <= set(loader.disk_migrations):
        return 0
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for part in parts:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            if part.sql:
                cursor.execute(part.sql)
            recorder.record_applied(part.app, part.name)
    return len(parts)
