"""How each way a server can answer, or not answer, becomes one sentence and one decision."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from concilia.ledger.ports import PostingFailed
from concilia.plugins.erps.tryton.rpc import Client, Endpoint, decode, encode

LOG_IN = {"common.db.login": [1, "token", None], "model.res.user.get_preferences": {"company": 1}}


@contextmanager
def answering(method: str, status: int, payload: bytes | None) -> Iterator[Client]:
    """A server that lets us log in, and answers one method as it is told; `None` is silence."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            called = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["method"]
            if called == method and payload is None:
                self.close_connection = True
                return
            known = json.dumps({"id": 1, "result": LOG_IN.get(called)}).encode()
            body = payload if called == method else known
            self.send_response(status if called == method else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_address[1]}"
        yield Client(Endpoint(url=url, database="db", user="me", password="pw", answer_seconds=5))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def error(*parts: object) -> bytes:
    return json.dumps({"id": 1, "error": parts}).encode()


class TestCall:
    @pytest.mark.parametrize(
        ("status", "payload", "code", "permanent", "lost"),
        [
            (200, error("UserError", ["The period is closed.", "", None]), "refused", True, False),
            (200, error("UserWarning", ["key", "Similar invoice", ""]), "warning", True, False),
            (
                200,
                error("UserWarning", ["ab12.invoice_date_future", "X", ""]),
                "warning",
                False,
                False,
            ),
            (200, error("ConcurrencyException", "x"), "concurrent", False, False),
            (200, error("LoginException", ["code", "Code", "char"]), "login", True, False),
            (200, error("division by zero", "Traceback"), "server_error", False, False),
            (200, b"<html>It works!</html>", "not_tryton", False, True),
            (200, b"[]", "not_tryton", False, True),
            (403, b"", "http", True, False),
            (404, b"", "database", True, False),
            (429, b"", "rate_limit", False, False),
            (500, b"", "http", False, True),
            (503, b"", "http", False, True),
            (200, None, "no_answer", False, True),
        ],
    )
    def test_knows_what_a_failure_means(self, status, payload, code, permanent, lost):
        with (
            answering("model.account.invoice.post", status, payload) as client,
            pytest.raises(PostingFailed) as failure,
        ):
            client.call("model.account.invoice.post", [1])
        found = failure.value
        assert (found.code, found.permanent, found.lost) == (code, permanent, lost)
        assert "\n" not in str(found)
        assert "pw" not in str(found)

    def test_says_tryton_s_own_words(self):
        closed = error("UserError", ["The period is closed.", "Open it\nfirst.", None])
        with (
            answering("model.account.invoice.post", 200, closed) as client,
            pytest.raises(PostingFailed, match=r"The period is closed\. Open it first\."),
        ):
            client.call("model.account.invoice.post", [1])

    def test_logs_in_again_once_and_then_gives_up(self):
        with (
            answering("model.account.invoice.post", 401, b"") as client,
            pytest.raises(PostingFailed, match="twice") as failure,
        ):
            client.call("model.account.invoice.post", [1])
        assert (failure.value.permanent, failure.value.lost) == (False, False)

    def test_a_refused_log_in_is_a_wrong_password(self):
        with (
            answering("common.db.login", 401, b"") as client,
            pytest.raises(PostingFailed, match="password") as failure,
        ):
            client.call("model.account.invoice.post", [1])
        assert failure.value.permanent

    def test_a_server_that_never_answers_is_not_waited_for_for_ever(self):
        quiet = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                quiet.wait(30)
                self.close_connection = True

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        client = Client(
            Endpoint(url=url, database="db", user="me", password="pw", answer_seconds=0.2)
        )
        try:
            with pytest.raises(PostingFailed) as failure:
                client.call("model.party.party.search", [])
            assert (failure.value.code, failure.value.lost) == ("no_answer", True)
        finally:
            quiet.set()
            server.shutdown()
            thread.join()
            server.server_close()


class TestTypedJson:
    @pytest.mark.parametrize(
        "value",
        [Decimal("1.10"), date(2026, 11, 19), datetime(2026, 11, 19, 12, 30, 1, 5)],  # noqa: DTZ001
    )
    def test_brings_back_what_it_wrote(self, value):
        text = json.dumps({"value": value}, default=encode)
        assert json.loads(text, object_hook=decode) == {"value": value}

    def test_refuses_what_tryton_would_not_understand(self):
        with pytest.raises(TypeError):
            json.dumps({"value": object()}, default=encode)
