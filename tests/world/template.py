"""
A migrated, empty database from which each test process copies its own.

Migrating takes some seconds; copying takes a second. The copy's name says which migrations it
holds, so that a changed migration makes a new one and the old ones go.
"""

from __future__ import annotations

import psycopg
from django.core.management import call_command
from django.db import connection

from concilia.foundation.first_schema import digest_of_migrations

PREFIX = "concilia_template_"
LOCK = 0x7E57  # one process migrates; the others wait for it


def template() -> str:
    """This will return the name of the template; it is made now if it is not there."""
    name = PREFIX + digest_of_migrations()[:12]
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        found = {
            row[0]
            for row in server.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [PREFIX + "%"]
            )
        }
        if name not in found:
            for old in found:
                server.execute(f'DROP DATABASE IF EXISTS "{old}"')
            _make(server, name)
    return name


def _server() -> psycopg.Connection[tuple[str]]:
    wanted = connection.get_connection_params() | {"dbname": "postgres"}
    known = ("dbname", "user", "password", "host", "port")
    return psycopg.connect(
        **{key: wanted[key] for key in known if wanted.get(key)}, autocommit=True
    )


def _make(server: psycopg.Connection[tuple[str]], name: str) -> None:
    """Under another name until it is whole: a first run that was cut off leaves nothing behind."""
    unfinished = PREFIX + "unfinished"
    server.execute(f'DROP DATABASE IF EXISTS "{unfinished}"')
    server.execute(f'CREATE DATABASE "{unfinished}"')
    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = unfinished
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept
    server.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
