"""A server on a free port that speaks the part of Stripe's documented API that we use."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

KEY, HOOK_SECRET = "sk_test_conformance", "whsec_conformance"


@dataclass
class StripeServer:
    """
    What was asked, and what it answers.

    :param fails_with: the status every call gets; 0 answers as documented
    """

    url: str
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    by_key: dict[str, str] = field(default_factory=dict)
    fails_with: int = 0
    says: bytes = b""

    @property
    def values(self) -> dict[str, str]:
        """Settings with which the provider finds this server."""
        return {"key": KEY, "hook_secret": HOOK_SECRET, "api": self.url}

    def event(self, session_id: str, kind: str = "completed", **changes: Any) -> bytes:
        """An event about a session as Stripe sends it."""
        session = self.sessions[session_id] | {"status": "complete", "payment_status": "paid"}
        said = {"id": f"evt_{kind}_{session_id}", "object": "event",
                "type": f"checkout.session.{kind}",
                "data": {"object": session | changes}}  # fmt: skip
        return json.dumps(said).encode()


def signed(body: bytes, at: datetime, secret: str = HOOK_SECRET) -> str:
    """The header that proves where a message is from."""
    moment = int(at.timestamp())
    mac = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={'0' * 64},v1={mac}"


@contextmanager
def running() -> Iterator[StripeServer]:
    """A server that answers until the block ends."""
    world = StripeServer("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            sent = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
            status, said = self._answer(sent)
            body = world.says or json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _answer(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
            if world.fails_with:
                return world.fails_with, {"error": {"message": "Something is wrong here."}}
            if self.headers["Authorization"] != f"Bearer {KEY}":
                return 401, {"error": {"message": "Invalid API Key provided."}}
            if self.path != "/v1/checkout/sessions" or sent.get("mode") != "payment":
                return 404, {"error": {"message": "Unrecognized request URL."}}
            world.asked.append(sent)
            once = self.headers["Idempotency-Key"]
            if once not in world.by_key:
                key = f"cs_test_{len(world.sessions) + 1}"
                world.by_key[once] = key
                world.sessions[key] = {
                    "id": key, "object": "checkout.session", "url": f"{world.url}/c/pay/{key}",
                    "client_reference_id": sent["client_reference_id"], "status": "open",
                    "payment_status": "unpaid",
                    "currency": sent["line_items[0][price_data][currency]"],
                    "amount_total": int(sent["line_items[0][price_data][unit_amount]"]),
                }  # fmt: skip
            return 200, world.sessions[world.by_key[once]]

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    world.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield world
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
