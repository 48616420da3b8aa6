"""
The promise of §7.4 with the poster killed (SIGKILL) at every point that can matter.

The server goes on, as it would: a call it received is carried out after its caller has died.
"""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from tests.world.postings import a_credit_request, let_go, poster
from tests.world.tryton import TrytonServer
from tests.world.tryton_company import Sale, post_invoice, read
from tests.world.wire import Fate, wire

from concilia.ledger.ports import PostingFailed, PostingRequest
from concilia.plugins.erps.tryton import TrytonErp

TODAY = date.today()  # noqa: DTZ011 - Tryton's own day

CREATE = "model.account.invoice.create"
CORRECT_VAT = "model.account.invoice.tax.write"
POST = "model.account.invoice.post"
APPLY = "model.account.invoice.write"


def a_request(server: TrytonServer) -> PostingRequest:
    number = post_invoice(
        server.client(), customer="1001", on=TODAY, sales=[Sale(quantity=10, unit_price="100")]
    )
    return a_credit_request(12203, invoice=number)


def post_like_the_worker(server: TrytonServer, request: PostingRequest) -> str:
    """Try again while Tryton asks for it, as it does when two calls meet on one record."""
    for _ in range(5):
        try:
            return TrytonErp.configured(server.settings()).post(request).erp_number
        except PostingFailed as failure:
            if failure.permanent:
                raise
            time.sleep(0.2)
    raise AssertionError("Tryton never answered")


def require_once(server: TrytonServer, request: PostingRequest) -> None:
    """The retry finds or makes the document; a second retry changes nothing any more."""
    number = post_like_the_worker(server, request)
    assert post_like_the_worker(server, request) == number
    domain = [["reference", "=", request.external_ref]]
    rows = read(server.client(), "account.invoice", domain, "state", "number")
    assert [(row["state"], row["number"]) for row in rows] == [("posted", number)]
    original = read(
        server.client(),
        "account.invoice",
        [["number", "=", request.references[0]]],
        "amount_to_pay",
    )
    assert str(original[0]["amount_to_pay"]) == "1097.97"


@contextmanager
def killed_at(
    server: TrytonServer, request: PostingRequest, decide: Callable[[str, Callable[[], None]], Fate]
) -> Iterator[subprocess.Popen[str]]:
    """A poster on a wire; `decide` sees each call first, and may kill it."""
    process: list[subprocess.Popen[str]] = []

    def kill() -> None:
        process[0].kill()
        process[0].wait()

    with (
        wire(server.url, lambda method: decide(method, kill)) as url,
        poster("tryton", server.settings(url=url), request) as started,
    ):
        process.append(started)
        let_go(started)
        started.wait()
        yield started


class TestKilled:
    @pytest.mark.parametrize("method", [CREATE, CORRECT_VAT, POST])
    def test_just_before_a_call(self, tryton_server, method):
        request = a_request(tryton_server)

        def decide(called: str, kill: Callable[[], None]) -> Fate:
            if called != method:
                return Fate.DELIVER
            kill()
            return Fate.LOSE_REQUEST

        with killed_at(tryton_server, request, decide) as process:
            assert process.returncode == -9
        require_once(tryton_server, request)

    @pytest.mark.parametrize("method", [CREATE, POST, APPLY])
    def test_just_after_a_call_before_its_answer(self, tryton_server, method):
        request = a_request(tryton_server)

        def decide(called: str, kill: Callable[[], None]) -> Fate:
            if called != method:
                return Fate.DELIVER
            kill()
            return Fate.LOSE_ANSWER

        # Leaving the wire waits until the server has carried the call out.
        with killed_at(tryton_server, request, decide) as process:
            assert process.returncode == -9
        require_once(tryton_server, request)

    @pytest.mark.parametrize("method", [CREATE, POST])
    def test_while_the_server_is_still_at_it(self, tryton_server, method):
        """The retry meets the dead poster's call on its way through the server."""
        request = a_request(tryton_server)

        def decide(called: str, kill: Callable[[], None]) -> Fate:
            if called == method:
                kill()
            return Fate.DELIVER

        with killed_at(tryton_server, request, decide) as process:
            assert process.returncode == -9
            post_like_the_worker(tryton_server, request)
        require_once(tryton_server, request)

    def test_at_random_moments_again_and_again(self, tryton_server):
        request = a_request(tryton_server)
        chance = random.Random(20261119)
        for _ in range(6):
            with poster("tryton", tryton_server.settings(), request) as process:
                let_go(process)
                time.sleep(chance.uniform(0.0, 1.5))
                process.kill()
        require_once(tryton_server, request)

    def test_before_it_began(self, tryton_server):
        request = a_request(tryton_server)
        with poster("tryton", tryton_server.settings(), request) as process:
            process.kill()
        require_once(tryton_server, request)
