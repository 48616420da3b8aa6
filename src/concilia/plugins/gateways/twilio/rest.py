"""The carrier's REST API, version 2010-04-01: forms are posted, JSON comes back."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.conf import settings

from concilia.correspondence.ports import DeliveryFailed, GatewayInvalid, GatewaySetting
from concilia.foundation.calling import (
    AddressRefused,
    Answer,
    NotAnswered,
    Patience,
    ask,
    require_address,
)

SERVER: Final = "https://api.twilio.com"
VERSION: Final = "/2010-04-01"
ANSWER_BYTES_MAX: Final = 256 * 1024
NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}")
ACCOUNT: Final = re.compile(r"[A-Za-z0-9]{2,64}")
# Codes of the API: the number is none, cannot be called, is a landline, has told us to stop.
DEAD_NUMBER: Final = frozenset({21211, 21214, 21217, 21407, 21421, 21614, 30003, 30005, 30006})
REFUSED_FOR_GOOD: Final = DEAD_NUMBER | {21215, 21408, 21606, 21610, 21612, 21617, 30004, 30007}

SETTINGS: Final[Sequence[GatewaySetting]] = (
    GatewaySetting("account", "Account SID"),
    GatewaySetting("token", "Auth token", secret=True),
    GatewaySetting(
        "number", "Number", help_text="The number others see, with its country: +39 02 1234567."
    ),
    GatewaySetting("server", "Server", default=SERVER),
)


@dataclass(frozen=True, slots=True)
class Account:
    """An account at a carrier that speaks this API."""

    server: str
    account: str
    token: str
    number: str

    @classmethod
    def configured(cls, values: Mapping[str, object]) -> Self:
        """
        This will be the account of these settings.

        :raises GatewayInvalid: if one is missing or none
        """
        given = {one.name: str(values.get(one.name) or one.default).strip() for one in SETTINGS}
        missing = next((one for one in SETTINGS if not given[one.name]), None)
        if missing is not None:
            raise GatewayInvalid(f"{missing.label} is missing.")
        number = re.sub(r"[\s()/.-]", "", given["number"])
        if not NUMBER.fullmatch(number):
            raise GatewayInvalid("The number begins with + and its country.")
        if not ACCOUNT.fullmatch(given["account"]):
            raise GatewayInvalid("An account SID has letters and digits only.")
        try:
            require_address(given["server"], may_be_plain=True)
        except AddressRefused as refusal:
            raise GatewayInvalid(str(refusal)) from refusal
        return cls(given["server"].rstrip("/"), given["account"], given["token"], number)

    def post(self, path: str, fields: Mapping[str, str]) -> dict[str, Any]:
        """
        This will post a form and return what was made.

        :raises DeliveryFailed: if nobody answers, or with a refusal
        """
        return self._asked("POST", path, urlencode(fields).encode())

    def get(self, path: str) -> dict[str, Any]:
        """
        This will fetch something.

        :raises DeliveryFailed: if nobody answers, or with a refusal
        """
        return self._asked("GET", path, b"")

    def _asked(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        both = f"{self.account}:{self.token}".encode()
        headers = {
            "Authorization": f"Basic {base64.b64encode(both).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "User-Agent": "Concilia",
        }
        url = f"{self.server}{VERSION}/Accounts/{self.account}{path}"
        try:
            found = ask(
                url,
                body,
                headers,
                networks=settings.WEBHOOK_NETWORKS,
                patience=Patience(bytes_max=ANSWER_BYTES_MAX),
                method=method,
            )
        except (AddressRefused, NotAnswered) as failure:
            raise DeliveryFailed(
                f"The telephone service does not answer: {failure}", permanent=False
            ) from failure
        return _said(found)


def _said(found: Answer) -> dict[str, Any]:
    try:
        said = json.loads(found.body)
    except (ValueError, RecursionError) as error:
        raise DeliveryFailed("What answered is no telephone service.", permanent=False) from error
    if not isinstance(said, dict):
        raise DeliveryFailed("What answered is no telephone service.", permanent=False)
    if found.status in {HTTPStatus.OK, HTTPStatus.CREATED}:
        return said
    if found.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise DeliveryFailed("The telephone service does not let us in.", permanent=False)
    code = said.get("code")
    is_refused = found.status == HTTPStatus.BAD_REQUEST and code in REFUSED_FOR_GOOD
    raise DeliveryFailed(
        f"The telephone service refused it: {str(said.get('message', found.status))[:200]}",
        permanent=is_refused,
        bad_address=is_refused and code in DEAD_NUMBER,
    )
