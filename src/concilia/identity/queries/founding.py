"""An installation before its first company: whether it is, and who may begin."""

from __future__ import annotations

from base64 import b32encode
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

from concilia.identity.models import Entity

SALT: Final = "concilia.identity.founding"
CODE_BYTES: Final = 5  # eight letters and digits: 40 bits, tried over the network only


def is_founded() -> bool:
    """Whether there is a company here; before that nobody can log in."""
    return Entity.objects.exists()


def founding_code() -> str:
    """
    The code that whoever runs the machine reads and the first person types: `7KQM-2XWA`.

    It hangs on the secret key alone, so every process of an installation tells the same one.
    """
    digest = salted_hmac(SALT, "first company", algorithm="sha256").digest()
    letters = b32encode(digest[:CODE_BYTES]).decode()
    return f"{letters[:4]}-{letters[4:]}"


def is_founding_code(typed: str) -> bool:
    """Whether somebody typed the code, with or without its hyphen, in small letters or large."""
    bare = "".join(sign for sign in typed.upper() if sign.isalnum())
    return constant_time_compare(bare, founding_code().replace("-", ""))
