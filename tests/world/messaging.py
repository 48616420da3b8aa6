"""
A messaging service that speaks the Cloud API of WhatsApp Business: JSON both ways.

Templates it knows may leave at any time; other words only within 24 hours after somebody wrote.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

NUMBER_ID, TOKEN, SECRET, VERIFY = "106540352242922", "EAAGtoken", "app-s3cret", "ours-alone"
Posting = Callable[[bytes, Mapping[str, str]], int]


@dataclass
class Service:
    """What was asked of it, and how it shall behave."""

    port: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)
    wrote: set[str] = field(default_factory=set)
    templates: dict[str, int] = field(default_factory=lambda: {"reminder": 1})
    refuses: dict[str, int] = field(default_factory=dict)
    trouble: int = 0
    serial: int = 0

    @property
    def values(self) -> dict[str, object]:
        """The settings of a gateway that speaks with it."""
        return {
            "number_id": NUMBER_ID, "token": TOKEN, "app_secret": SECRET, "verify_token": VERIFY,
            "server": f"http://127.0.0.1:{self.port}/v21.0",
        }  # fmt: skip

    def answer(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """What is said to a message that is posted."""
        number, code = body["to"], self.trouble or self.refuses.get(body["to"], 0)
        if not code and body["type"] == "text" and number not in self.wrote:
            code = 131047
        if not code and body["type"] == "template":
            code = self._wrong_with(body["template"])
        if code:
            error = {"message": f"(#{code}) no", "type": "OAuthException", "code": code}
            return 500 if code == 131000 else 400, {"error": error}
        self.serial += 1
        self.sent.append(body | {"id": f"wamid.{self.serial:08d}="})
        contacts = [{"input": number, "wa_id": number}]
        made = [{"id": self.sent[-1]["id"], "message_status": "accepted"}]
        return 200, {"messaging_product": "whatsapp", "contacts": contacts, "messages": made}

    def _wrong_with(self, template: dict[str, Any]) -> int:
        if template["name"] not in self.templates:
            return 132001
        given = sum(len(part["parameters"]) for part in template.get("components", []))
        return 0 if given == self.templates[template["name"]] else 132000

    # ── what it posts ─────────────────────────────────────────────────────────────────────────

    def message(self, sender: str, words: str, reference: str = "wamid.IN=") -> dict[str, Any]:
        one = {"from": sender, "id": reference, "timestamp": "1", "type": "text"}
        return self._told({"messages": [one | {"text": {"body": words}}]})

    def status(self, reference: str, state: str, code: int = 0) -> dict[str, Any]:
        one: dict[str, Any] = {"id": reference, "status": state, "recipient_id": "39333"}
        if code:
            one["errors"] = [{"code": code, "title": "Message undeliverable"}]
        return self._told({"statuses": [one]})

    @staticmethod
    def _told(value: dict[str, Any], number_id: str = NUMBER_ID) -> dict[str, Any]:
        meta = {"display_phone_number": "390212345678", "phone_number_id": number_id}
        value = {"messaging_product": "whatsapp", "metadata": meta} | value
        changes = [{"field": "messages", "value": value}]
        entry = [{"id": "1", "changes": changes}]
        return {"object": "whatsapp_business_account", "entry": entry}

    @staticmethod
    def signed(told: object, secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
        """A body with the header that proves whose it is."""
        body = json.dumps(told).encode()
        made = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return body, {"x-hub-signature-256": f"sha256={made}"}


@contextmanager
def running() -> Iterator[Service]:
    """A service that listens on a port of its own."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            is_place = self.path == f"/v21.0/{NUMBER_ID}/messages"
            self._say(*(service.answer(body) if is_place else (404, {"error": {"code": 100}})))

        def do_GET(self) -> None:
            is_place = self.path == f"/v21.0/{NUMBER_ID}"
            self._say(200 if is_place else 404, {"id": NUMBER_ID})

        def _say(self, status: int, said: dict[str, Any]) -> None:
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                status, said = 401, {"error": {"code": 190, "message": "Invalid token"}}
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
