"""`concilia serve --with-worker` as an operator meets it: programs started, killed and stopped."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from concilia.interfaces.cli.worker import PROCESSES as WORKERS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="parent-death signals are Linux's")

PATIENCE_SECONDS = 90
CONCILIA = [sys.executable, "-m", "concilia.interfaces.cli"]


@dataclass
class Installation:
    """A home of its own, so that other tests' database is not touched."""

    home: Path
    port: int
    parent: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        return kept | {"CONCILIA_HOME": str(self.home), "CONCILIA_LOG_LEVEL": "error"}

    def start(self) -> None:
        self.parent = subprocess.Popen(
            [*CONCILIA, "serve", "--with-worker", f"--port={self.port}", "--workers=1"],
            env=self.environment,
            stdin=subprocess.DEVNULL,
        )
        wait_until(self.answers)

    def answers(self) -> bool:
        assert self.parent.poll() is None, "the server ended by itself"
        try:
            return self.ask("healthz") == (200, '{"database": true}')
        except OSError:
            return False

    def ask(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/{path}", timeout=5
            ) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def children(self, word: str) -> dict[int, psutil.Process]:
        """The programs of this name or with this command, by their process ids."""
        found = {}
        for process in psutil.Process(self.parent.pid).children():
            with contextlib.suppress(psutil.ZombieProcess):  # it was killed a moment ago
                if any(Path(part).name == word for part in process.cmdline()):
                    found[process.pid] = process
        return found

    def processes(self) -> list[psutil.Process]:
        """Whatever still runs with this home: programs, the keeper and the database."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE or process.pid == os.getpid():
                return False
            return process.environ().get("CONCILIA_HOME") == str(self.home)
        except psutil.Error:
            return False

    def run(self, command: str) -> tuple[int, str]:
        answer = subprocess.run(
            [*CONCILIA, command],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return answer.returncode, answer.stdout


def wait_until(condition) -> None:
    patience = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < patience, "it did not happen"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    found = Installation(home=tmp_path, port=free_port())
    found.start()
    yield found
    if found.parent.poll() is None:
        found.parent.kill()
    found.parent.wait()
    wait_until(lambda: not found.processes())


def test_an_installation_from_its_first_start_to_its_end(installation):
    """One life: a first start migrates a database of its own, and every start takes seconds."""
    it_finds_itself_well(installation)
    operators_get_figures_by_route_and_strangers_none(installation)
    a_taken_port_is_named_before_anything_starts(installation)
    links_in_letters_lead_to_where_it_listens(installation)
    for word, many in (("granian", 1), ("worker", WORKERS)):
        a_program_that_is_killed_is_started_again(installation, word, many)

    asked_to_stop_it_takes_everything_with_it(installation, signal.SIGTERM)
    installation.start()
    asked_to_stop_it_takes_everything_with_it(installation, signal.SIGINT)
    installation.start()
    killed_it_leaves_nothing_behind(installation)


def it_finds_itself_well(installation):
    wait_until(lambda: f"{WORKERS} running" in installation.run("check")[1])

    _code, findings = installation.run("check")

    lines = {line.split()[1]: line.split()[0] for line in findings.splitlines()}
    assert {lines["database"], lines["migrations"], lines["worker"], lines["disk"]} == {"ok"}


def links_in_letters_lead_to_where_it_listens(installation):
    wait_until(lambda: installation.children("worker"))
    environment = next(iter(installation.children("worker").values())).environ()
    assert environment["CONCILIA_BASE_URL"] == f"http://localhost:{installation.port}"


def operators_get_figures_by_route_and_strangers_none(installation):
    installation.ask("healthz")

    code, figures = installation.ask("metrics")
    through_a_proxy = urllib.request.Request(
        f"http://127.0.0.1:{installation.port}/metrics", headers={"X-Forwarded-For": "192.0.2.1"}
    )

    assert code == 200
    assert 'concilia_requests_total{method="GET",route="healthz",status="200"}' in figures
    assert "# TYPE concilia_jobs gauge" in figures
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(through_a_proxy, timeout=5)


def a_program_that_is_killed_is_started_again(installation, word, many):
    wait_until(lambda: len(installation.children(word)) == many)
    killed = next(iter(installation.children(word).values()))

    killed.kill()

    wait_until(
        lambda: len(running := installation.children(word)) == many and killed.pid not in running
    )
    wait_until(installation.answers)


def asked_to_stop_it_takes_everything_with_it(installation, how):
    installation.parent.send_signal(how)

    assert installation.parent.wait(PATIENCE_SECONDS) == 0
    wait_until(lambda: not installation.processes())


def killed_it_leaves_nothing_behind(installation):
    wait_until(lambda: len(installation.children("worker")) == WORKERS)

    installation.parent.kill()

    wait_until(lambda: not installation.processes())


def a_taken_port_is_named_before_anything_starts(installation):
    second = subprocess.run(
        [*CONCILIA, "serve", f"--port={installation.port}"],
        env=installation.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert second.returncode == 1
    assert f"cannot listen on 127.0.0.1:{installation.port}" in second.stderr


def test_a_log_line_is_json_and_says_nothing_about_people(tmp_path):
    script = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'concilia.config.settings';"
        "django.setup(); import structlog;"
        "structlog.get_logger('x').error('claim.opened', claim=7, email='a@b.example', name='Anna')"
    )

    said = subprocess.run(
        [sys.executable, "-c", script],
        env=Installation(home=tmp_path, port=0).environment,
        capture_output=True,
        text=True,
        check=True,
    ).stderr

    line = json.loads(said)
    assert line["event"] == "claim.opened"
    assert line["claim"] == 7
    assert not {"email", "name"} & set(line)
