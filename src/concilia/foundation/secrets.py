"""Passwords of other systems, kept so that a copy of the database alone does not give them away."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class SecretUnreadable(Exception):
    """A kept secret cannot be opened with the secret key of this installation."""


def seal(secret: str) -> str:
    """This will encrypt and sign a secret with a key made from the installation's secret key."""
    return _vault(settings.SECRET_KEY).encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """
    This will open what `seal` closed.

    :raises SecretUnreadable: if the secret key has changed since, or the text was tampered with
    """
    try:
        return _vault(settings.SECRET_KEY).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SecretUnreadable(
            "The kept password was sealed with another secret key; enter it again."
        ) from error


@cache
def _vault(key: str) -> Fernet:
    """A key for this purpose alone: who learns it cannot sign cookies with it."""
    derived = hmac.new(key.encode(), b"concilia.foundation.secrets", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
