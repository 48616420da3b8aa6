"""Lists by cursor: stable while rows are added, as fast on the last page as on the first."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from ninja import Schema
from ninja.errors import HttpError

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")
LIMIT_MAX = 200


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
    :raises HttpError: 400 for a cursor that is none of ours
    """
    limit = max(1, min(limit, LIMIT_MAX))
    if cursor:
        value, key = _decode(cursor)
        rows = rows.filter(Q(**{f"{order}__lt": value}) | Q(**{order: value, "pk__lt": key}))
    found = list(rows.order_by(f"-{order}", "-pk")[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    value = last
    for part in order.split("__"):
        value = getattr(value, part)
    return found[:limit], _encode(value, last.pk)


def _encode(value: Any, key: int) -> str:  # noqa: ANN401 (of any sortable column)
    text = value.isoformat() if isinstance(value, date | datetime) else value
    return base64.urlsafe_b64encode(json.dumps([text, key]).encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[Any, int]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        value, key = json.loads(base64.urlsafe_b64decode(padded.encode()))
        is_ours = isinstance(key, int) and isinstance(value, str | int)
        if is_ours and isinstance(value, str):
            datetime.fromisoformat(value)
    except (ValueError, TypeError, binascii.Error):
        is_ours, value, key = False, None, 0
    if not is_ours:
        raise HttpError(400, "This cursor is none of ours: start without one.")
    return value, key
