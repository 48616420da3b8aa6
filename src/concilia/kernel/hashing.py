"""One way to write a value down, so that the same facts always give the same digest."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Final
from uuid import UUID

GENESIS: Final = "0" * 64
_CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)


class NotCanonical(TypeError):
    """The value has no single way of being written down."""


def as_json(value: object) -> object:
    """
    Return the value as JSON knows it: what to store when the digest must survive the storing.

    Decimals, dates and times become strings (decimals as written, so that `1.50` stays apart from
    `1.5`; times in UTC), enumerations their values, dataclasses objects of their fields.

    :raises NotCanonical: for a time without zone, a number that is none, a key that is no string,
        or a type that has no order of its own (sets) or no text (bytes)
    """
    kind = type(value)
    if kind is str or kind is int or value is None:  # most are: the audit log hashes thousands
        return value
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return {_key(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    return _scalar(value)


def canonical_json(value: object) -> str:
    """Write the value as JSON with sorted keys, no blanks and only ASCII characters."""
    return _CANONICAL.encode(as_json(value))


def sha256_of(value: object) -> str:
    """Return the digest of the value's canonical JSON, as 64 hexadecimal digits."""
    return sha256(canonical_json(value).encode("ascii")).hexdigest()


def chained(previous: str, value: object) -> str:
    """
    Return the digest that ties a value to all that came before it (INV-24).

    :param previous: the digest of the entry before, `GENESIS` for the first
    """
    return sha256_of([previous, value])


def idempotency_key(*parts: str | int) -> str:
    """
    Return the key under which an effect may happen once (domain.md §7.4).

    The parts are hashed as a list: `("a|b", "c")` and `("a", "b|c")` never share a key.
    """
    return sha256_of(list(parts))


def _key(key: object) -> str:
    if type(key) is str:
        return key
    if isinstance(key, Enum):
        key = key.value
    if not isinstance(key, str):
        raise NotCanonical(f"{key!r} is not a string and cannot name a value")
    return key


def _scalar(value: object) -> object:
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        return _number(value)
    if isinstance(value, UUID):
        return str(value)
    raise NotCanonical(f"a {type(value).__name__} has no canonical form: {value!r:.60}")


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise NotCanonical(f"the time {value} has no zone")
    return value.astimezone(UTC).isoformat()


def _number(value: Decimal | float) -> object:
    if not math.isfinite(value):
        raise NotCanonical(f"{value} is not a number")
    return format(value, "f") if isinstance(value, Decimal) else value
