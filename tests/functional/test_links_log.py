"""The real server, its log at its most talkative: the token of a link is never in it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone
from tests.world.builders import a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_team
from tests.world.links import a_link_to, form, path_of, step_of
from tests.world.workers import ROOT, environment_for, wait_until


@pytest.fixture
def link(transactional_db):
    entity = an_entity()
    team = a_team(entity)
    claim = a_claim(team["giulia"], an_invoice(a_customer(entity)), at=timezone.now())
    return a_link_to(claim, team["giulia"], assignee=team["marco"])


class Served:
    """`concilia serve` as an operator runs it; what it writes is kept."""

    def __init__(self, url: str, log) -> None:
        self.url, self.log = url, log

    def ask(self, path: str, *, data=None, method=None) -> int:
        """Ask without following, and return the status."""
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        asked = urllib.request.Request(self.url + path, data=body, method=method)
        asked.add_header("Referer", self.url + path)
        opener = urllib.request.build_opener(NoRedirect)
        try:
            with opener.open(asked, timeout=60) as answer:
                return answer.status
        except urllib.error.HTTPError as refusal:
            return refusal.code


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture
def served(link, tmp_path) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "server.log"
    command = [sys.executable, "-m", "concilia.interfaces.cli", "serve", "--no-migrate"]
    with log.open("ab") as out:
        process = subprocess.Popen(
            [*command, f"--port={port}", "--workers=1"],
            cwd=ROOT,
            env=environment_for(tmp_path) | {"CONCILIA_LOG_LEVEL": "debug"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    served = Served(f"http://127.0.0.1:{port}", log)

    def answers() -> bool:
        try:
            return served.ask("/healthz") == 200
        except OSError:
            return False

    assert wait_until(answers, seconds=90), log.read_text()
    yield served
    process.terminate()
    process.wait(60)


def test_the_token_is_in_no_log(link, served):
    path = path_of(link)
    token = path.removeprefix("/a/")
    codes = [
        served.ask(path),
        served.ask(path, method="HEAD"),
        served.ask(f"{path}/"),
        served.ask(f"{path}x"),
        served.ask(f"{path}/paper/1"),
        served.ask(f"{path}/no/such"),
        served.ask(path, method="PUT"),
        served.ask(path, data={"words": "no stamp"}),
    ]
    assert codes == [200, 200, 200, 404, 404, 404, 405, 422]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_claim RENAME TO claims_claim_gone")
    try:
        assert served.ask(path) == 500
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE claims_claim_gone RENAME TO claims_claim")
    assert served.ask(path, data=form(link, words="88 of 92.")) == 303

    written = served.log.read_text()
    assert step_of(link).answer == "88 of 92."
    assert token not in written
    assert token[:24] not in written
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    routes = [line["route"] for line in lines if line.get("event") == "request"]
    assert routes.count("a/<str:token>") >= 6
    assert any("claims_claim" in line.get("exception", "") for line in lines)
