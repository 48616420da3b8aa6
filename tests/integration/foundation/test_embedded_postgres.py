"""The embedded server, as strangers to each other use it: in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from concilia.foundation import embedded_postgres

PATIENCE_SECONDS = 30
USER = """
import sys, time
from pathlib import Path
from concilia.foundation import embedded_postgres
embedded_postgres.ensure(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def users(home: Path) -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that use the database; whatever the test does to them, none is left."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for user in started:
        user.kill()
        user.wait()
        for pipe in (user.stdin, user.stdout):
            pipe.close()
    wait_until(lambda: not is_running(home))


def start_user(
    home: Path, users: list[subprocess.Popen[str]], **options: int
) -> subprocess.Popen[str]:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    user = subprocess.Popen(
        [sys.executable, "-c", USER, str(home)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )
    users.append(user)
    return user


def wait_until_ready(user: subprocess.Popen[str]) -> None:
    assert user.stdout.readline() == "ready\n"


def wait_until(condition) -> None:
    patience = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < patience, "it did not happen"
        time.sleep(0.05)


def connect(home: Path) -> psycopg.Connection:
    socket = embedded_postgres.socket_directory(home)
    return psycopg.connect(host=str(socket), user="postgres", dbname=embedded_postgres.DATABASE)


def is_running(home: Path) -> bool:
    try:
        connect(home).close()
    except psycopg.OperationalError:
        return False
    return True


def server_pid(home: Path) -> int:
    return int((home / "pg/postmaster.pid").read_text().splitlines()[0])


def keeper_pid(home: Path) -> int:
    """The parent of the server, as the kernel tells it."""
    status = Path(f"/proc/{server_pid(home)}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("PPid")))


def test_processes_that_start_at_once_share_one_server(home, users):
    for _ in range(4):
        start_user(home, users)
    for user in users:
        wait_until_ready(user)

    with connect(home) as connection:
        assert connection.execute("SELECT 1 + 1").fetchone() == (2,)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    assert "another server" not in (home / "pg.log").read_text()


def test_the_server_stays_when_the_one_who_started_it_goes(home, users):
    first = start_user(home, users)
    wait_until_ready(first)
    second = start_user(home, users)
    wait_until_ready(second)
    pid = server_pid(home)

    first.kill()
    first.wait()
    time.sleep(1.0)

    assert is_running(home)
    assert server_pid(home) == pid


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_goes_with_its_last_user_however_it_ends(home, users, how):
    user = start_user(home, users)
    wait_until_ready(user)

    user.send_signal(how)
    user.wait()

    wait_until(lambda: not is_running(home))
    wait_until(lambda: not (home / "pg/postmaster.pid").exists())


def test_a_killed_keeper_takes_the_server_with_it_and_the_next_user_starts_anew(home, users):
    wait_until_ready(start_user(home, users))
    with connect(home) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")

    os.kill(keeper_pid(home), signal.SIGKILL)
    wait_until(lambda: not (home / "pg/postmaster.pid").exists())
    wait_until_ready(start_user(home, users))

    with connect(home) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (42,)


def test_a_killed_server_comes_back_by_itself_with_what_was_committed(home, users):
    wait_until_ready(start_user(home, users))
    with connect(home) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")
    pid = server_pid(home)

    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: is_running(home) and server_pid(home) != pid)

    with connect(home) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (42,)


def test_a_path_too_long_for_a_socket_is_no_obstacle(tmp_path, users):
    home = tmp_path / ("long" * 20) / "home"

    wait_until_ready(start_user(home, users))

    assert is_running(home)
    assert not embedded_postgres.socket_directory(home).is_relative_to(home)
    users[0].kill()
    wait_until(lambda: not is_running(home))


def test_nobody_else_may_reach_the_socket(home, users):
    wait_until_ready(start_user(home, users))

    assert embedded_postgres.socket_directory(home).stat().st_mode & 0o077 == 0


def test_a_database_of_another_version_is_named_not_touched(home, users):
    (home / "pg").mkdir(parents=True)
    (home / "pg/PG_VERSION").write_text("9.6\n")

    user = start_user(home, users, stderr=subprocess.STDOUT)

    assert "was made by PostgreSQL 9.6" in user.stdout.read()
    assert user.wait() == 1
    assert (home / "pg/PG_VERSION").read_text() == "9.6\n"


def test_starts_nothing_where_a_server_is_named(home, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/concilia")

    embedded_postgres.ensure(home)

    assert not home.exists()
