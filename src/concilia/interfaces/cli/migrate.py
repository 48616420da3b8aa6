"""`concilia migrate`: bring the database to the shape this version needs."""

from __future__ import annotations

import argparse
import zlib
from contextlib import closing

from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

HELP = "bring the database to the shape this version needs"
NEEDS_DJANGO = True

LOCK = zlib.crc32(b"concilia migrate")


def configure(parser: argparse.ArgumentParser) -> None:
    """This will add no options."""


def run(options: argparse.Namespace) -> int:
    """This will apply what is missing and say what it was."""
    applied = migrate()
    print(f"{applied} changes applied." if applied else "Nothing to do.")
    return 0


def migrate() -> int:
    """
    This will apply the missing migrations and return their number.

    Several servers that start at once take turns: the lock is on a connection of its own, and the
    database lets it go with that connection, whatever happens.
    """
    with closing(connection.copy()) as lock, lock.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        missing = count_missing()
        if missing:
            call_command("migrate", interactive=False, verbosity=0)
    connections.close_all()
    return missing


def count_missing() -> int:
    """This will count the migrations that this version has and the database has not."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
