"""
Signatures of what we send to programs, as standardwebhooks.com describes them.

What is signed is the id, the moment and the body: nobody can put another body below a signature,
and a receiver that looks at the moment and remembers ids cannot be fooled with a copy.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from typing import Final

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32


def new_secret() -> str:
    """This will make a secret that sender and receiver share: `whsec_` and 32 bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(*, secret: str, key: str, body: bytes, at: datetime) -> dict[str, str]:
    """
    This will be the headers that prove where a body comes from.

    :param key: the id of what is told; the same each time it is sent again
    :param at: the moment of this attempt
    """
    moment = str(int(at.timestamp()))
    return {
        "webhook-id": key,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{signature(secret=secret, key=key, moment=moment, body=body)}",
    }


def signature(*, secret: str, key: str, moment: str, body: bytes) -> str:
    """This will be the HMAC-SHA256 of `key.moment.body` in base64."""
    known = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.digest(known, f"{key}.{moment}.".encode() + body, "sha256")
    return base64.b64encode(digest).decode()
