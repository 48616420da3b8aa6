"""
A telephone carrier that speaks its REST API and its webhooks, both ways, and a caller with keys.

Calls and messages are posted to it as forms; it posts back what happens, signed, and does what the
XML of the answers says: it speaks, gathers keys, goes on, puts through, hangs up.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urljoin
from urllib.request import Request, urlopen
from xml.etree import ElementTree as ET

ACCOUNT, TOKEN, NUMBER = "AC0123456789abcdef", "t0ken-of-the-account", "+390212345678"
Posting = Callable[[str, Mapping[str, str], Mapping[str, str]], tuple[int, bytes]]


@dataclass
class Heard:
    """What a caller heard in a call, and what became of it."""

    says: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    put_through: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    over: bool = False

    @property
    def words(self) -> str:
        return " ".join(self.says)


@dataclass
class Carrier:
    """What was asked of it, and how it shall behave."""

    port: int = 0
    calls: list[dict[str, str]] = field(default_factory=list)
    texts: list[dict[str, str]] = field(default_factory=list)
    refuses: dict[str, int] = field(default_factory=dict)
    trouble: int = 0
    fate: str = "delivered"
    posting: Posting | None = None
    dialled: str = "no-answer"
    serial: int = 0

    @property
    def values(self) -> dict[str, object]:
        """The settings of a gateway that speaks with it."""
        return {
            "account": ACCOUNT,
            "token": TOKEN,
            "number": NUMBER,
            "server": f"http://127.0.0.1:{self.port}",
        }

    # ── what is posted to us ──────────────────────────────────────────────────────────────────

    def post(self, url: str, fields: Mapping[str, str], token: str = TOKEN) -> tuple[int, bytes]:
        """Post a form, signed as the documentation says."""
        said = url + "".join(name + fields[name] for name in sorted(fields))
        digest = hmac.new(token.encode(), said.encode(), hashlib.sha1).digest()
        headers = {"X-Twilio-Signature": base64.b64encode(digest).decode()}
        return (self.posting or over_the_wire)(url, fields, headers)

    def ring(
        self, url: str, caller: str, keys: Sequence[str] = (), sid: str = "", **more: str
    ) -> Heard:
        """Somebody calls our number, whose calls are answered at `url`."""
        sid = sid or self._sid("CA")
        fields = {"CallSid": sid, "From": caller, "To": NUMBER, "CallStatus": "ringing"}
        return self.talk(url, fields | {"Direction": "inbound"} | more, keys)

    def connect(
        self, call: Mapping[str, str], keys: Sequence[str] = (), taken_by: str = "human"
    ) -> Heard:
        """Whom we called takes the call, or a machine does."""
        fields = {
            "CallSid": call["sid"], "From": NUMBER, "To": call["To"],
            "CallStatus": "in-progress", "Direction": "outbound-api", "AnsweredBy": taken_by,
        }  # fmt: skip
        return self.talk(call["Url"], fields, keys)

    def talk(self, url: str, fields: dict[str, str], keys: Sequence[str]) -> Heard:
        """Do what is answered until it is over, or no more keys are pressed."""
        heard, left = Heard(), list(keys)
        while True:
            status, body = self.post(url, fields)
            heard.statuses.append(status)
            if status != 200:
                return heard
            root = ET.fromstring(body)
            for said in root.iter("Say"):
                heard.says.append(said.text or "")
                heard.languages.append(said.get("language", ""))
            gather, dial = root.find("Gather"), root.find("Dial")
            base = {key: value for key, value in fields.items() if key != "Digits"}
            if dial is not None:
                heard.put_through.append(dial.text or "")
                url, fields = (
                    urljoin(url, dial.get("action", "")),
                    base | {"DialCallStatus": self.dialled},
                )
                continue
            if root.find("Hangup") is not None:
                heard.over = True
                return heard
            if not left:
                return heard
            pressed = left.pop(0)
            if gather is not None and pressed:
                most = int(gather.get("numDigits", "99"))
                url = urljoin(url, gather.get("action", ""))
                fields = base | {"Digits": pressed[:most]}
            else:
                redirect = root.find("Redirect")
                assert redirect is not None, "a call that neither ends nor goes on"
                url, fields = urljoin(url, redirect.text or ""), base

    def tell(self, url: str, sid: str, status: str, **more: str) -> int:
        """Say what became of a call."""
        fields = {"CallSid": sid, "From": NUMBER, "To": "", "CallStatus": status} | more
        return self.post(url, fields)[0]

    def text_in(self, url: str, sender: str, body: str, sid: str = "") -> int:
        """Somebody answers a short message."""
        sid = sid or self._sid("SM")
        fields = {
            "MessageSid": sid, "SmsSid": sid, "SmsStatus": "received",
            "From": sender, "To": NUMBER, "Body": body, "NumMedia": "0",
        }  # fmt: skip
        return self.post(url, fields)[0]

    def text_fate(self, url: str, sid: str, status: str, code: str = "") -> int:
        """Say what became of a short message of ours."""
        fields = {"MessageSid": sid, "MessageStatus": status, "To": "", "From": NUMBER}
        return self.post(url, fields | ({"ErrorCode": code} if code else {}))[0]

    # ── what is asked of it ───────────────────────────────────────────────────────────────────

    def answer(self, method: str, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if self.trouble:
            return self.trouble, {"code": 20500, "message": "trouble", "status": self.trouble}
        place = f"/2010-04-01/Accounts/{ACCOUNT}"
        return (self._posted if method == "POST" else self._fetched)(path.removeprefix(place), form)

    def _fetched(self, path: str, _form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path.startswith("/Messages/"):
            code = 30005 if self.fate == "undelivered" else None
            return 200, {"sid": path, "status": self.fate, "error_code": code}
        return 200 if path == ".json" else 404, {"sid": ACCOUNT, "status": "active"}

    def _posted(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if form.get("To") in self.refuses:
            code = self.refuses[form["To"]]
            return 400, {"code": code, "message": "The number is not valid.", "status": 400}
        kept = {"/Calls.json": self.calls, "/Messages.json": self.texts}.get(path)
        if kept is None:
            return 404, {"code": 20404, "message": "not found", "status": 404}
        kept.append(form | {"sid": self._sid("CA" if kept is self.calls else "SM")})
        return 201, {"sid": kept[-1]["sid"], "status": "queued", "error_code": None}

    def _sid(self, kind: str) -> str:
        self.serial += 1
        return f"{kind}{self.serial:032d}"


def over_the_wire(
    url: str, fields: Mapping[str, str], headers: Mapping[str, str]
) -> tuple[int, bytes]:
    """Post a form by HTTP."""
    request = Request(url, urlencode(fields).encode(), dict(headers))
    try:
        with urlopen(request, timeout=20) as answer:
            return answer.status, answer.read()
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()


def through(client: Any, base: str) -> Posting:
    """Post to the program in this process, by the address it is known under outside."""

    def post(url: str, fields: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, bytes]:
        named = {f"HTTP_{key.upper().replace('-', '_')}": value for key, value in headers.items()}
        found = client.post(
            url.removeprefix(base),
            urlencode(fields),
            content_type="application/x-www-form-urlencoded",
            **named,
        )
        return found.status_code, found.content

    return post


@contextmanager
def running() -> Iterator[Carrier]:
    """A carrier that listens on a port of its own."""
    carrier = Carrier()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self._answer("POST", dict(parse_qsl(self.rfile.read(length).decode())))

        def do_GET(self) -> None:
            self._answer("GET", {})

        def _answer(self, method: str, form: dict[str, str]) -> None:
            wanted = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
            if self.headers.get("Authorization") != f"Basic {wanted}":
                status, said = 401, {"code": 20003, "message": "Authenticate", "status": 401}
            else:
                status, said = carrier.answer(method, self.path, form)
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    carrier.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield carrier
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
