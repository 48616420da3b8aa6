"""
Tokens in addresses: signed, so that a forged one is refused before anything is looked up.

A token is a random seed and a signature of it. Only the seed and the token's digest are kept: who
copies the database has no token, since the signature needs the installation's secret key; who has
the key has none either, since a seed that was never issued is not in the database.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from functools import cache
from typing import Final

from django.conf import settings

SEED_BYTES: Final = 16
SIGNATURE_BYTES: Final = 16
TOKEN_CHARS: Final = 43
_NOTHING: Final = bytes(SEED_BYTES + SIGNATURE_BYTES)


def new_seed() -> str:
    """This will be 128 random bits, in hexadecimal."""
    return secrets.token_hex(SEED_BYTES)


def token_of(seed: str) -> str:
    """This will be the token of a seed: 43 characters that need no escaping in an address."""
    raw = bytes.fromhex(seed)
    return base64.urlsafe_b64encode(raw + _signature(raw)).rstrip(b"=").decode()


def seed_of(token: str) -> str | None:
    """
    This will be the seed of a token of ours; None if it is forged, cut or not a token at all.

    Whatever it is, the same is computed: how long the answer takes tells nothing.
    """
    raw = _decoded(token)
    seed = raw[:SEED_BYTES]
    is_ours = hmac.compare_digest(raw[SEED_BYTES:], _signature(seed))
    is_whole = hmac.compare_digest(token_of(seed.hex()).encode(), token.encode())
    return seed.hex() if is_ours and is_whole else None


def digest_of(token: str) -> str:
    """This will be what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _decoded(token: str) -> bytes:
    if len(token) != TOKEN_CHARS or not token.isascii():
        return _NOTHING
    try:
        return base64.b64decode(f"{token}=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return _NOTHING


def _signature(seed: bytes) -> bytes:
    return hmac.digest(_key(settings.SECRET_KEY), seed, "sha256")[:SIGNATURE_BYTES]


@cache
def _key(secret: str) -> bytes:
    """A key for this purpose alone: who learns it cannot sign cookies with it."""
    return hmac.digest(secret.encode(), b"concilia.foundation.tokens", "sha256")
