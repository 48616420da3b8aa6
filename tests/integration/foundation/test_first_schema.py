"""What an empty database gets at once is what all migrations would have made of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.utils import ConnectionHandler

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
def an_empty_database(name: str) -> Iterator[str]:
    """A database without anything, known to Django by its name."""
    settings = connections["default"].settings_dict
    asked = connections["default"].get_connection_params() | {"dbname": "postgres"}
    known = {key: asked[key] for key in ("user", "password", "host", "port") if asked.get(key)}
    with psycopg.connect(**known, dbname="postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
        alone = ConnectionHandler({"default": {**settings, "NAME": name}})
        connections.databases[name] = alone.databases["default"]
        try:
            yield name
        finally:
            connections[name].close()
            del connections[name]
            del connections.databases[name]
            server.execute(f'DROP DATABASE "{name}"')


@pytest.fixture
def databases(django_db_blocker) -> Iterator[tuple[str, str]]:
    own = connections["default"].settings_dict["NAME"]
    with (
        django_db_blocker.unblock(),
        an_empty_database(f"{own}_at_once") as at_once,
        an_empty_database(f"{own}_by_steps") as by_steps,
    ):
        yield at_once, by_steps


def everything_in(name: str) -> dict[str, list[str]]:
    found = {}
    with connections[name].cursor() as cursor:
        for what, sql in CATALOGUE.items():
            cursor.execute(sql)
            found[what] = sorted(map(str, cursor.fetchall()))
    return found


@pytest.mark.django_db
def test_at_once_and_by_steps_it_is_the_same(databases):
    at_once, by_steps = databases
    call_command("migrate", database=at_once, interactive=False, verbosity=0)
    executor = MigrationExecutor(connections[by_steps])
    executor.migrate(executor.loader.graph.leaf_nodes())
    call_command("migrate", database=by_steps, interactive=False, verbosity=0)

    first, second = everything_in(at_once), everything_in(by_steps)

    for what in CATALOGUE:
        assert first[what] == second[what], what
    assert len(first["columns"]) > 1_000


@pytest.fixture
def empty(django_db_blocker) -> Iterator[str]:
    own = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock(), an_empty_database(f"{own}_empty") as name:
        yield name


@pytest.mark.django_db
def test_what_is_not_known_here_is_left_to_the_migrations(empty, tmp_path):
    file = tmp_path / "first.sql"
    file.write_text("-- head\n\n-- migration foundation.9999_of_tomorrow\nCREATE TABLE x ();\n")

    assert lay_first_schema(connections[empty], file) == 0
    assert not MigrationLoader(connections[empty]).applied_migrations


@pytest.mark.django_db
def test_a_part_that_fails_leaves_what_was_laid_before_it(empty, tmp_path):
    known = sorted(MigrationLoader(None).disk_migrations)[:2]
    first, second = (".".join(key) for key in known)
    file = tmp_path / "first.sql"
    file.write_text(
        f"-- head\n\n-- migration {first}\nCREATE TABLE x (y int);\n"
        f"\n-- migration {second}\nCREATE TABLE z ();\nNONSENSE;\n"
    )

    with pytest.raises(Exception, match="NONSENSE"):
        lay_first_schema(connections[empty], file)

    assert list(MigrationLoader(connections[empty]).applied_migrations) == known[:1]
    with connections[empty].cursor() as cursor:
        cursor.execute("SELECT to_regclass('x') IS NOT NULL, to_regclass('z') IS NULL")
        assert cursor.fetchone() == (True, True)
    assert lay_first_schema(connections[empty], file) == 0
