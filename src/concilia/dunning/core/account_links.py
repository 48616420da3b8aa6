"""
The address of a customer's account: signed, computed from what it says, kept in no row.

A run that writes a hundred thousand mails makes a hundred thousand of these in a second or so and
stores none. What a token says (whose account, which contact, what for, until when) is not secret
and says nothing to anybody but us: numbers of rows. That it is ours is 128 bits of HMAC-SHA-256.
Taking one back is counting a customer's generation up: all tokens of an earlier one are void.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Final

PATH: Final = "/k/"
LEFT_OUT: Final = f"{PATH}…"  # as messages keep it; the token is written in when they leave
WAY_OUT: Final = "/no-mail"  # after the token: where somebody says that they want no more mails
DAYS: Final = 60
TOKEN_CHARS: Final = 60
GENERATION_MAX: Final = 2**32 - 1
_SIGNATURE_BYTES: Final = 16
_VERSION: Final = 1
# version and purpose, entity, customer, contact, generation, the hour it ends
_SHAPE: Final = struct.Struct(">BIQQII")
_VERSIONS: Final = 16
_HOUR: Final = 3600
_NOTHING: Final = bytes(_SHAPE.size + _SIGNATURE_BYTES)


class Purpose(IntEnum):
    """What a link was sent for: where it opens once the light check is passed."""

    ACCOUNT = 0
    PAY = 1
    PLAN = 2
    DISPUTE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLink:
    """
    What a token says.

    :param contact: the person it was sent to, by the number of their row; 0 where there is none
    :param generation: of the customer's links; those of an earlier one are void
    :param expires_at: at a whole hour; from then on it opens nothing
    """

    entity: int
    customer: int
    generation: int
    expires_at: datetime
    contact: int = 0
    purpose: Purpose = Purpose.ACCOUNT

    def stands(self, *, generation: int, at: datetime) -> bool:
        """This will say whether it still opens anything."""
        return self.generation == generation and at < self.expires_at


def expiry(at: datetime, *, days: int = DAYS) -> datetime:
    """This will be when a link made at a moment ends: at the next whole hour after the days."""
    seconds = int((at + timedelta(days=days)).timestamp())
    return datetime.fromtimestamp((seconds // _HOUR + 1) * _HOUR, UTC)


def key_of(secret: str) -> bytes:
    """This will be the key for these links alone: who learns it can sign nothing else."""
    return hmac.digest(secret.encode(), b"concilia.dunning.account_links", hashlib.sha256)


def account_token(link: AccountLink, *, key: bytes) -> str:
    """
    This will be the token of a link: 60 characters that need no escaping in an address.

    :raises struct.error: for numbers no row has
    """
    said = _SHAPE.pack(
        _VERSION * _VERSIONS + link.purpose,
        link.entity,
        link.customer,
        link.contact,
        link.generation,
        int(link.expires_at.timestamp()) // _HOUR,
    )
    return base64.urlsafe_b64encode(said + _signature(said, key)).decode()


def account_tokens(links: Iterable[AccountLink], *, key: bytes) -> Iterator[str]:
    """This will be the tokens of many links, in their order."""
    return (account_token(link, key=key) for link in links)


def account_link(token: str, *, key: bytes) -> AccountLink | None:
    """
    This will be what a token of ours says; None for a forged, cut or mistyped one.

    Whether it still opens anything is asked of `AccountLink.stands`. Whatever the token is, the
    same is computed: how long the answer takes tells nothing.
    """
    raw = _decoded(token)
    said, signature = raw[: _SHAPE.size], raw[_SHAPE.size :]
    is_ours = hmac.compare_digest(signature, _signature(said, key))
    head, entity, customer, contact, generation, hour = _SHAPE.unpack(said)
    version, purpose = divmod(head, _VERSIONS)
    if not is_ours or version != _VERSION or purpose not in set(Purpose):
        return None
    return AccountLink(
        entity=entity,
        customer=customer,
        generation=generation,
        expires_at=datetime.fromtimestamp(hour * _HOUR, UTC),
        contact=contact,
        purpose=Purpose(purpose),
    )


def account_path(token: str) -> str:
    """This will be the path of an account's page; the address of the installation goes before."""
    return f"{PATH}{token}"


def _decoded(token: str) -> bytes:
    if len(token) != TOKEN_CHARS or not token.isascii():
        return _NOTHING
    try:
        return base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return _NOTHING


def _signature(said: bytes, key: bytes) -> bytes:
    return hmac.digest(key, said, hashlib.sha256)[:_SIGNATURE_BYTES]
