"""
A real HTTP server that speaks the protocol of language models (`POST /v1/chat/completions`).

It says what a test has it say: the truth, a lie, nonsense, too much, slowly, or nothing at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Item = tuple[str, str, str]


@dataclass
class Asked:
    """A question as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def instructions(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def document(self) -> str:
        return str(self.body["messages"][1]["content"])


@dataclass
class Reply:
    """
    What is answered.

    :param raw: the bytes of the body; None makes a proper answer out of `content`
    :param drips: seconds between one byte and the next
    """

    status: int = 200
    content: str = ""
    raw: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    finish: str = "stop"
    drips: float = 0.0
    is_silent: bool = False

    def body(self) -> bytes:
        if self.raw is not None:
            return self.raw
        message = {"role": "assistant", "content": self.content}
        choice = {"index": 0, "message": message, "finish_reason": self.finish}
        return json.dumps({"model": "marmotta-7b-q4", "choices": [choice]}).encode()


def saying(*items: Item, summary: str = "") -> Reply:
    """An answer of the form that was asked for: (field, value, quote) each."""
    fields = [{"field": name, "value": value, "quote": quote} for name, value, quote in items]
    return Reply(content=json.dumps({"fields": fields, "summary": summary}))


@dataclass
class ModelServer:
    """
    What was asked, and what is answered.

    :param replies: for the questions to come, in order; the last one for all that follow
    :param think: makes an answer out of a question instead, as a model would
    """

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=lambda: [saying()])
    think: Callable[[Asked], Reply] | None = None
    is_over: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def will(self, *replies: Reply) -> None:
        self.replies = list(replies)

    def next_reply(self, asked: Asked) -> Reply:
        if self.think is not None:
            return self.think(asked)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    @property
    def last(self) -> Asked:
        return self.asked[-1]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.path, headers, body)
        self.server.served.asked.append(asked)
        if self.path != "/v1/chat/completions":
            self.send_error(404)
            return
        with suppress(OSError):  # we were hung up on: that is what some tests want
            self._answer(self.server.served.next_reply(asked))

    def _answer(self, reply: Reply) -> None:
        if reply.is_silent:
            self.server.served.is_over.wait(30)
            return
        content = reply.body()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self._write(content, reply.drips)

    def _write(self, content: bytes, drips: float) -> None:
        if not drips:
            self.wfile.write(content)
            return
        for byte in content:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if self.server.served.is_over.wait(drips):
                return

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is read by people."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, served: ModelServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.served = served


@contextmanager
def a_model(replies: Sequence[Reply] = ()) -> Iterator[ModelServer]:
    """This will serve on a free port of this machine until the block ends."""
    served = ModelServer()
    served.replies = list(replies) or served.replies
    server = _Server(served)
    served.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.is_over.set()
        server.shutdown()
        server.server_close()
        thread.join()
