"""
Every job by its name, as `foundation.jobs.defer` calls it.

A job is a function of keywords that is told the time; the clock is read here and nowhere below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from concilia.cash.actions import PostingRefused, match_entry
from concilia.foundation.events import revive
from concilia.interfaces.worker.posting import post_to_erp
from concilia.interfaces.worker.subscriptions import SUBSCRIPTIONS

Job = Callable[..., None]


def react(*, event: str, payload: dict[str, Any], at: datetime) -> None:
    """
    This will tell everybody who listens to a recorded event; a second telling changes nothing.

    :raises KeyError: if this version of the program knows no such event
    """
    fact = revive(event, payload)
    for handler in SUBSCRIPTIONS[type(fact)]:
        handler(fact, at)


def match_again(*, bank_entry_id: int, at: datetime) -> None:
    """This will put a payment to the engine again, unless somebody has posted it meanwhile."""
    try:
        match_entry(bank_entry_id=bank_entry_id, at=at)
    except PostingRefused:
        return


JOBS: Final[Mapping[str, Job]] = {
    "concilia.react": react,
    "concilia.match_entry": match_again,
    "concilia.post_to_erp": post_to_erp,
}
