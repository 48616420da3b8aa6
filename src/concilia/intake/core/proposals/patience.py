"""When a model that did not answer is asked again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

WAITS: Final = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
NONSENSE_MAX: Final = 2  # a model that answers nonsense twice will go on doing so


def again_at(
    *, attempts: int, at: datetime, wait_seconds: int | None = None, is_nonsense: bool = False
) -> datetime | None:
    """
    When to ask again after so many attempts; None when that is enough.

    :param wait_seconds: how long the server wants to be left alone at least
    """
    if attempts > len(WAITS) or (is_nonsense and attempts >= NONSENSE_MAX):
        return None
    return at + max(WAITS[attempts - 1], timedelta(seconds=wait_seconds or 0))
