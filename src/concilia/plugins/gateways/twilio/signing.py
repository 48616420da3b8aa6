"""How the carrier signs what it posts: HMAC-SHA1 over the address and the fields of the form."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from concilia.correspondence.ports import Received

HEADER: Final = "x-twilio-signature"


def signature(token: str, url: str, fields: Mapping[str, str]) -> str:
    """This will be the signature of a post: names and values in their order, behind the address."""
    said = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.digest(token.encode(), said.encode(), hashlib.sha1)).decode()


def is_signed(token: str, received: Received) -> bool:
    """This will say whether a post comes from the carrier, in time that tells nothing."""
    given = received.headers.get(HEADER, "")
    wanted = signature(token, received.url, received.fields)
    return hmac.compare_digest(given.encode(), wanted.encode())
