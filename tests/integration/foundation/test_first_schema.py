"""What an empty database gets at once is what all migrations would have made of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from concilia.foundation.first_schema import lay_first_schema

CATALOGUE = {
    "columns": """
        SELECT table_name, ordinal_position, column_name, data_type, udt_name, is_nullable,
               column_default, character_maximum_length, numeric_precision, numeric_scale,
               is_identity, identity_generation, generation_expression, collation_name
          FROM information_schema.columns WHERE table_schema = 'public'
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace
    """,
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
         WHERE NOT tgisinternal
    """,
    "functions": """
        SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p
         WHERE p.pronamespace = 'public'::regnamespace AND p.prokind <> 'a'
           AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    """,
    "kinds of tables": """
        SELECT relname, relkind::text, relpersistence::text, reloptions::text FROM pg_class
         WHERE relnamespace = 'public'::regnamespace
    """,
    "words": """
        SELECT t.typname, e.enumlabel, e.enumsortorder FROM pg_enum e
          JOIN pg_type t ON t.oid = e.enumtypid
    """,
    "extensions": "SELECT extname FROM pg_extension",
    "migrations": "SELECT app, name FROM django_migrations",
    "permissions": "SELECT codename, name FROM auth_permission",
}


@contextmanager
def a_database(name: str) -> Iterator[BaseDatabaseWrapper]:
    """An empty database in the place of the one that tests have."""
    own = connection.settings_dict["NAME"]
    asked = connection.get_connection_params()
    known = {key: asked[key] for key in ("user", "password", "host", "port") if asked.get(key)}
    with psycopg.connect(**known, dbname="postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield connection
        finally:
            connection.close()
            connection.settings_dict["NAME"] = own
            server.execute(f'DROP DATABASE "{name}"')


@pytest.fixture
def empty(django_db_setup, django_db_blocker) -> Iterator[BaseDatabaseWrapper]:
    name = f"{connection.settings_dict['NAME']}_empty"
    with django_db_blocker.unblock(), a_database(name) as found:
        yield found


def everything() -> dict[str, list[str]]:
    found = {}
    with connection.cursor() as cursor:
        for what, sql in CATALOGUE.items():
            cursor.execute(sql)
            found[what] = sorted(map(str, cursor.fetchall()))
    return found


def test_at_once_and_by_steps_it_is_the_same(django_db_setup, django_db_blocker):
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        with a_database(f"{own}_at_once"):
            call_command("migrate", interactive=False, verbosity=0)
            at_once = everything()
        with a_database(f"{own}_by_steps"):
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())
            call_command("migrate", interactive=False, verbosity=0)
            by_steps = everything()

    for what in CATALOGUE:
        assert at_once[what] == by_steps[what], what
    assert len(at_once["columns"]) > 1_000


def test_what_is_not_known_here_is_left_to_the_migrations(empty, tmp_path):
    file = tmp_path / "first.sql"
    file.write_text("-- head\n\n-- migration foundation.9999_of_tomorrow\nCREATE TABLE x ();\n")

    assert lay_first_schema(empty, file) == 0
    assert not MigrationLoader(empty).applied_migrations


def test_a_part_that_fails_leaves_what_was_laid_before_it(empty, tmp_path):
    known = sorted(MigrationLoader(None).disk_migrations)[:2]
    first, second = (".".join(key) for key in known)
    file = tmp_path / "first.sql"
    file.write_text(
        f"-- head\n\n-- migration {first}\nCREATE TABLE x (y int);\n"
        f"\n-- migration {second}\nCREATE TABLE z ();\nNONSENSE;\n"
    )

    with pytest.raises(Exception, match="NONSENSE"):
        lay_first_schema(empty, file)

    assert list(MigrationLoader(empty).applied_migrations) == known[:1]
    with empty.cursor() as cursor:
        cursor.execute("SELECT to_regclass('x') IS NOT NULL, to_regclass('z') IS NULL")
        assert cursor.fetchone() == (True, True)
    assert lay_first_schema(empty, file) == 0
