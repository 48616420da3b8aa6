"""Lists by cursor: stable while rows are added, as fast on the last page as on the first."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet
from ninja import Field, Schema
from ninja.errors import HttpError

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")
LIMIT_MAX = 200
PLACE_MAX = 10_000_000
KEY_MAX = 2**63


class Asked(Protocol):
    """What every list is asked with."""

    cursor: str | None
    limit: int


class ListFilter(Schema):
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=LIMIT_MAX)


class Page(Schema, Generic[Item]):
    """Some rows, and the cursor of those that follow; null on the last page."""

    items: list[Item]
    next_cursor: str | None = None


def page_of(
    rows: QuerySet[Row], *, order: str, cursor: str | None, limit: int
) -> tuple[Sequence[Row], str | None]:
    """
    The rows after a cursor, by one column (newest first) and the key.

    :param order: the column to sort by, descending
    :raises HttpError: 400 for a cursor that is none of this list
    """
    limit = max(1, min(limit, LIMIT_MAX))
    name = f"{rows.model.__name__}.{order}"
    if cursor:
        value, key = _decode(cursor, name)
        rows = rows.filter(Q(**{f"{order}__lt": value}) | Q(**{order: value, "pk__lt": key}))
    found = list(rows.order_by(f"-{order}", "-pk")[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    value = last
    for part in order.split("__"):
        value = getattr(value, part)
    return found[:limit], _encode(name, value, last.pk)


def listed(
    rows: QuerySet[Row], as_json: Callable[[Row], Schema], *, order: str, asked: Asked
) -> dict[str, Any]:
    """
    The answer of a list: the rows after a cursor, as JSON, and the cursor of those that follow.

    :raises HttpError: 400 for a cursor that is none of this list
    """
    found, following = page_of(rows, order=order, cursor=asked.cursor, limit=asked.limit)
    return {"items": [as_json(row) for row in found], "next_cursor": following}


def page_from(
    rows: Sequence[Item], *, name: str, skip: int, limit: int
) -> tuple[Sequence[Item], str | None]:
    """
    A page of a list that has no key to go on from: it is counted through.

    :param rows: those from `skip` on, one more than the page holds
    """
    following = _encode(name, "", skip + limit) if len(rows) > limit else None
    return rows[:limit], following


def place_of(cursor: str | None, *, name: str) -> int:
    """
    How many rows come before a cursor of `page_from`; 0 without one.

    :raises HttpError: 400 for a cursor that is none of this list
    """
    place = _decode(cursor, name)[1] if cursor else 0
    if not 0 <= place <= PLACE_MAX:
        raise _none_of_ours()
    return place


def _encode(name: str, value: Any, key: int) -> str:  # noqa: ANN401 (of any sortable column)
    text = value.isoformat() if isinstance(value, date | datetime) else value
    packed = json.dumps([name, text, key]).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _decode(cursor: str, name: str) -> tuple[Any, int]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        known, value, key = json.loads(base64.urlsafe_b64decode(padded.encode()))
        is_ours = known == name and type(key) is int and abs(key) < KEY_MAX
        if value and isinstance(value, str):
            datetime.fromisoformat(value)
        elif type(value) not in {int, str} or (type(value) is int and abs(value) >= KEY_MAX):
            is_ours = False
    except (ValueError, TypeError, binascii.Error, RecursionError):
        is_ours, value, key = False, None, 0
    if not is_ours:
        raise _none_of_ours()
    return value, key


def _none_of_ours() -> HttpError:
    return HttpError(400, "This cursor is none of this list: start without one.")
