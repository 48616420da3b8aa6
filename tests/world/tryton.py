"""
A real Tryton server for tests, on our own PostgreSQL.

The environment variable CONCILIA_TEST_TRYTON names a virtual environment with the packages of
`tryton-requirements.txt`. Making a database takes half a minute, so the first run keeps it as a
template in the cluster of CONCILIA_HOME; every server started later works on a copy of it.
"""

from __future__ import annotations

import ctypes
import hashlib
import itertools
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql
from tests.world import tryton_company

from concilia.foundation import embedded_postgres
from concilia.ledger.ports import PostingFailed
from concilia.plugins.erps.tryton.rpc import Client, Endpoint

VARIABLE = "CONCILIA_TEST_TRYTON"
ADMIN, ADMIN_PASSWORD = "admin", "admin-of-a-throw-away-database"
START_SECONDS_MAX = 90.0
TEMPLATE_LOCK = 0x7279746F6E  # any number, the same for all who build the template
_names = itertools.count(1)


def venv() -> Path | None:
    """This will be the virtual environment of Tryton, or `None` where the machine has none."""
    folder = os.environ.get(VARIABLE)
    return Path(folder) if folder else None


@dataclass(kw_only=True)
class TrytonServer:
    """A running server with one database; stop it with `stop`."""

    url: str
    database: str
    process: subprocess.Popen[bytes]
    log: Path

    def client(self) -> Client:
        """This will be a new administrator's session."""
        return Client(
            Endpoint(url=self.url, database=self.database, user=ADMIN, password=ADMIN_PASSWORD)
        )

    def settings(self, **changes: object) -> dict[str, object]:
        """This will be what a person would enter to connect Concilia to this server."""
        values: dict[str, object] = {
            "url": self.url,
            "database": self.database,
            "user": tryton_company.CLERK,
            "password": tryton_company.CLERK_PASSWORD,
            "accounts": tryton_company.ACCOUNTS,
            "taxes": tryton_company.TAXES,
        }
        return values | changes

    def end_sessions(self) -> None:
        """This will end every session, as Tryton does after some idle time."""
        with psycopg.connect(_address(self.database), autocommit=True) as connection:
            connection.execute("DELETE FROM ir_session")

    def stop(self) -> None:
        """This will end the server; its database stays."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def running(folder: Path) -> Iterator[TrytonServer]:
    """
    This will run a server on a fresh copy of the template, and drop the copy afterwards.

    :param folder: a private folder for its configuration and log
    """
    embedded_postgres.ensure()
    template = _template(folder)
    database = f"tryton_{os.getpid()}_{next(_names)}_{secrets.token_hex(3)}"
    _sql("CREATE DATABASE {} TEMPLATE {}", database, template)
    try:
        server = start(database, folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        _sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)


def start(database: str, folder: Path) -> TrytonServer:
    """This will start a server on loopback, and return once it answers."""
    port = _free_port()
    folder.mkdir(parents=True, exist_ok=True)
    configuration = _configuration(folder, port)
    log = folder / "trytond.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            [_program("trytond"), "-c", configuration, "-d", database],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - before any thread of ours runs in it
            start_new_session=True,
        )
    server = TrytonServer(
        url=f"http://127.0.0.1:{port}", database=database, process=process, log=log
    )
    _wait_until_it_answers(server)
    return server


def _wait_until_it_answers(server: TrytonServer) -> None:
    patience = time.monotonic() + START_SECONDS_MAX
    while True:
        try:
            server.client().context  # noqa: B018 - logs in
        except PostingFailed as failure:
            if server.process.poll() is not None or time.monotonic() > patience:
                server.stop()
                said = server.log.read_text(errors="replace")[-2000:]
                raise RuntimeError(f"Tryton did not start: {failure}\n{said}") from failure
            time.sleep(0.1)
        else:
            return


def _template(folder: Path) -> str:
    """Return the name of the template database, built by whoever comes first."""
    here = Path(__file__).parent
    recipe = [here / "tryton-requirements.txt", here / "tryton_company.py", Path(__file__)]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in recipe))
    digest.update(str(date.today().year).encode())  # noqa: DTZ011 - the years of the company
    name = f"tryton_template_{digest.hexdigest()[:12]}"
    with psycopg.connect(_address("postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            _build_template(name, folder)
    return name


def _build_template(name: str, folder: Path) -> None:
    raw = f"{name}_raw"
    _sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", raw)
    _sql("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", raw)
    folder.mkdir(parents=True, exist_ok=True)
    password = folder / "password"
    password.write_text(ADMIN_PASSWORD)
    made = subprocess.run(
        [
            _program("trytond-admin"),
            *("-c", _configuration(folder, _free_port())),
            *("-d", raw, "-u", "account_invoice", "--activate-dependencies"),
            *("--email", "admin@example.com"),
        ],
        env=os.environ | {"TRYTONPASSFILE": str(password)},
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise RuntimeError(f"Tryton's database was not made: {made.stderr[-2000:]}")
    server = start(raw, folder)
    try:
        tryton_company.build_company(server.client(), today=date.today())  # noqa: DTZ011
    finally:
        server.stop()
    _sql("ALTER DATABASE {} RENAME TO {}", raw, name)


def _sql(statement: str, *names: str) -> None:
    with psycopg.connect(_address("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*(sql.Identifier(each) for each in names)))


def _address(database: str) -> str:
    """Return the address of a database in the cluster the tests use."""
    if embedded_postgres.is_external():
        parts = urlsplit(os.environ["DATABASE_URL"])
        return urlunsplit(parts._replace(scheme="postgresql", path=f"/{database}"))
    home = embedded_postgres.home_directory()
    return f"postgresql://postgres@/{database}?host={embedded_postgres.socket_directory(home)}"


def _configuration(folder: Path, port: int) -> str:
    path = folder / f"trytond-{port}.conf"
    path.write_text(
        f"[database]\nuri = {_address('')}\nlist = False\n"
        f"[web]\nlisten = 127.0.0.1:{port}\n"
        "[session]\nmax_attempt = 100\n"
    )
    return str(path)


def _program(name: str) -> str:
    folder = venv()
    assert folder is not None, f"{VARIABLE} names no virtual environment"
    return str(folder / "bin" / name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    """A test run that is killed leaves no server behind (Linux)."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(1, signal.SIGTERM)
