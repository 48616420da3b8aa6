"""
WhatsApp by the Cloud API of WhatsApp Business: JSON both ways.

Outside the 24 hours after somebody wrote to us only approved templates leave; the service itself
refuses anything else, and so do we before.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar, Final, Self

from django.conf import settings

from concilia.correspondence.ports import (
    ChatMessage,
    DeliveryFailed,
    GatewayInvalid,
    GatewaySetting,
    NotUnderstood,
    Received,
    TextReport,
)
from concilia.foundation.calling import (
    AddressRefused,
    Answer,
    NotAnswered,
    Patience,
    ask,
    require_address,
)
from concilia.plugins.gateways.whatsapp.telling import reports

SERVER: Final = "https://graph.facebook.com/v21.0"
SIGNATURE: Final = "x-hub-signature-256"
ANSWER_BYTES_MAX: Final = 256 * 1024
BODY_MAX: Final = 4096
TOKEN_OVER: Final = 190
# The number has no WhatsApp or cannot be reached there; what else trying again cannot help.
DEAD_NUMBER: Final = frozenset({131021, 131026, 131030})
REFUSED_FOR_GOOD: Final = DEAD_NUMBER | {
    100, 131008, 131009, 131047, 131050, 131051, 132000, 132001, 132005, 132007, 132012, 132015,
    132016,
}  # fmt: skip
SENTENCES: Final[Mapping[int, str]] = {
    131026: "This number cannot be reached by WhatsApp.",
    131047: "They have not written for 24 hours: only a template may be sent.",
    131050: "They want no such messages by WhatsApp.",
    132000: "The template wants another number of values.",
    132001: "WhatsApp knows no template of that name in that language.",
    132015: "WhatsApp has paused the template.",
    132016: "WhatsApp has switched the template off.",
}


@dataclass(frozen=True, slots=True)
class WhatsApp:
    """One business number."""

    server: str
    number_id: str
    token: str
    app_secret: str
    verify_token: str

    name: ClassVar[str] = "whatsapp"
    label: ClassVar[str] = "WhatsApp Business"
    settings: ClassVar[Sequence[GatewaySetting]] = (
        GatewaySetting("number_id", "Phone number ID"),
        GatewaySetting("token", "Access token", secret=True),
        GatewaySetting("app_secret", "App secret", secret=True),
        GatewaySetting("verify_token", "Verify token", secret=True),
        GatewaySetting("server", "Server", default=SERVER),
    )

    @classmethod
    def configured(cls, values: Mapping[str, object]) -> Self:
        """
        The service with these settings.

        :raises GatewayInvalid: if one is missing or none
        """
        given = {one.name: str(values.get(one.name) or one.default).strip() for one in cls.settings}
        missing = next((one for one in cls.settings if not given[one.name]), None)
        if missing is not None:
            raise GatewayInvalid(f"{missing.label} is missing.")
        if not re.fullmatch(r"[0-9]{3,30}", given["number_id"]):
            raise GatewayInvalid("A phone number ID has digits only.")
        if not (given["token"].isascii() and given["token"].isprintable()):
            raise GatewayInvalid("This is no access token.")
        try:
            require_address(given["server"], may_be_plain=True)
        except AddressRefused as refusal:
            raise GatewayInvalid(str(refusal)) from refusal
        return cls(
            given["server"].rstrip("/"),
            given["number_id"],
            given["token"],
            given["app_secret"],
            given["verify_token"],
        )

    def check(self) -> None:
        """
        Look our own number up.

        :raises DeliveryFailed: if the service cannot be reached, or does not let us in
        """
        self._asked("GET", f"/{self.number_id}", None)

    def send(self, message: ChatMessage) -> str:
        """
        Hand one message over and return its `wamid`.

        :raises DeliveryFailed: if the service did not take it
        """
        body = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": message.number.removeprefix("+"),
            **(_templated(message) if message.template else _plain(message)),
        }
        said = self._asked("POST", f"/{self.number_id}/messages", body)
        try:
            return str(said["messages"][0]["id"])[:120]
        except (KeyError, IndexError, TypeError) as error:
            raise DeliveryFailed("What answered is not WhatsApp.", permanent=False) from error

    def answer_challenge(self, asked: Mapping[str, str]) -> str | None:
        """The challenge back, to whoever knows the token we chose."""
        given = asked.get("hub.verify_token", "")
        is_ours = hmac.compare_digest(given.encode(), self.verify_token.encode())
        if asked.get("hub.mode") != "subscribe" or not is_ours:
            return None
        return asked.get("hub.challenge", "")[:200]

    def is_genuine(self, received: Received) -> bool:
        """Whether the service posted it: HMAC-SHA256 over the body, by the app's secret."""
        given = received.headers.get(SIGNATURE, "")
        made = hmac.new(self.app_secret.encode(), received.body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(given.encode(), f"sha256={made}".encode())

    def reports_of(self, received: Received) -> Sequence[TextReport]:
        """
        What came, and what became of ours; what is of other numbers is left out.

        :raises NotUnderstood: if it makes no sense
        """
        try:
            told = json.loads(received.body)
        except (ValueError, RecursionError) as error:
            raise NotUnderstood("This is no message of WhatsApp.") from error
        return reports(told, number_id=self.number_id, dead=DEAD_NUMBER, sentences=SENTENCES)

    def _asked(self, method: str, path: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "User-Agent": "Concilia",
        }
        try:
            found = ask(
                f"{self.server}{path}",
                json.dumps(body).encode() if body is not None else b"",
                headers,
                networks=settings.WEBHOOK_NETWORKS,
                patience=Patience(bytes_max=ANSWER_BYTES_MAX),
                method=method,
            )
        except (AddressRefused, NotAnswered) as failure:
            raise DeliveryFailed(
                f"WhatsApp does not answer: {failure}", permanent=False
            ) from failure
        return _said(found)


def _plain(message: ChatMessage) -> dict[str, Any]:
    return {"type": "text", "text": {"preview_url": False, "body": message.body[:BODY_MAX]}}


def _templated(message: ChatMessage) -> dict[str, Any]:
    places = [{"type": "text", "text": value} for value in message.values]
    template: dict[str, Any] = {"name": message.template, "language": {"code": message.language}}
    if places:
        template["components"] = [{"type": "body", "parameters": places}]
    return {"type": "template", "template": template}


def _said(found: Answer) -> dict[str, Any]:
    try:
        said = json.loads(found.body)
    except (ValueError, RecursionError) as error:
        raise DeliveryFailed("What answered is not WhatsApp.", permanent=False) from error
    if not isinstance(said, dict):
        raise DeliveryFailed("What answered is not WhatsApp.", permanent=False)
    if found.status == HTTPStatus.OK:
        return said
    raise _refusal(found.status, said.get("error"))


def _refusal(status: int, told: object) -> DeliveryFailed:
    wrong = told if isinstance(told, dict) else {}
    code = wrong.get("code") if isinstance(wrong.get("code"), int) else 0
    if status == HTTPStatus.UNAUTHORIZED or code == TOKEN_OVER:
        return DeliveryFailed("WhatsApp does not let us in.", permanent=False)
    said = f"WhatsApp refused it: {str(wrong.get('message', status))[:200]}"
    return DeliveryFailed(
        SENTENCES.get(code or 0, said),
        permanent=code in REFUSED_FOR_GOOD,
        bad_address=code in DEAD_NUMBER,
    )
