"""
Frozen dataclasses to canonical JSON and back, exactly.

One value has one spelling: keys sorted, no spaces, decimals without trailing zeros, dates ISO 8601,
None and defaults written out. A field unknown to the class is refused; a field the text lacks takes
its default, so facts stored before a field existed can still be replayed.
"""

# ruff: noqa: ANN401 - a codec walks over values of every kind
from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from concilia.claims.core.messages import plain

T = TypeVar("T")


class NotReadable(ValueError):
    """The text is not the JSON of such a value; the message says where."""


def to_data(value: object) -> Any:
    """Return a value made of dicts, lists, strings, integers, booleans and None only."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_data(item) for item in value]
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int):
        return str(value) if isinstance(value, StrEnum) else value
    raise TypeError(f"{type(value).__name__} has no canonical JSON")


def to_json(value: object) -> str:
    """Return the canonical JSON text of a frozen dataclass."""
    return json.dumps(to_data(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(to_json(value).encode()).hexdigest()


def from_json(cls: type[T], text: str) -> T:
    """
    Read a value back.

    :raises NotReadable: if the text is no JSON, or a field is unknown, missing or of another kind
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotReadable(f"not JSON: {error}") from None
    return from_data(cls, data)


def from_data(cls: type[T], data: object) -> T:
    """Read a value from dicts and lists, as a JSON column gives them; else NotReadable."""
    value: T = _read(cls, data, cls.__name__)
    return value


def _read(kind: Any, data: object, where: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _read_optional(kind, data, where)
    if origin is tuple:
        return _read_tuple(kind, data, where)
    if is_dataclass(kind):
        return _read_dataclass(kind, data, where)
    return _read_plain(kind, data, where)


def _read_optional(kind: Any, data: object, where: str) -> Any:
    if data is None:
        return None
    (inner,) = (arg for arg in get_args(kind) if arg is not type(None))
    return _read(inner, data, where)


def _read_tuple(kind: Any, data: object, where: str) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise NotReadable(f"{where}: a list was expected, not {data!r}")
    inner = get_args(kind)[0]
    return tuple(_read(inner, item, f"{where}[{index}]") for index, item in enumerate(data))


def _read_dataclass(kind: Any, data: object, where: str) -> Any:
    if not isinstance(data, Mapping):
        raise NotReadable(f"{where}: an object was expected, not {data!r}")
    hints = _hints(kind)
    unknown = sorted(set(data) - set(hints))
    if unknown:
        raise NotReadable(f"{where}: unknown field {unknown[0]!r}")
    values = {name: _read(hints[name], item, f"{where}.{name}") for name, item in data.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise NotReadable(f"{where}: {error}") from None


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _read_decimal(data: str) -> Decimal:
    value = Decimal(data)
    if not value.is_finite():
        raise ValueError(data)
    return value


_READERS: Final[Mapping[type, tuple[type, Callable[[Any], Any]]]] = {
    str: (str, str),
    int: (int, int),
    bool: (bool, bool),
    Decimal: (str, _read_decimal),
    date: (str, date.fromisoformat),
}


def _read_plain(kind: type, data: object, where: str) -> Any:
    wire, read = _READERS.get(kind, (str, kind))
    # In Python True is an integer; in a document it is not a number.
    if not isinstance(data, wire) or (isinstance(data, bool) and wire is not bool):
        raise NotReadable(f"{where}: {kind.__name__} expected, not {data!r}")
    try:
        return read(data)
    except (ValueError, InvalidOperation):
        raise NotReadable(f"{where}: {data!r} is no {kind.__name__}") from None
