from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar
from uuid import uuid4

from django.db import connection

from concilia.foundation.jobs import defer_many


@dataclass(frozen=True, slots=True)
class Event:
    """
    A fact, named in the past tense, recorded in the transaction that made it true.

    Fields are JSON values (ids, strings, integers): a handler reads the rest from the database.
    """

    types: ClassVar[dict[str, type[Event]]] = {}

    def __init_subclass__(cls) -> None:
        Event.types[cls.__name__] = cls


def record(*events: Event) -> None:
    """
    Queue the reactions to events with the change they describe: both commit, or neither.

    Who reacts is written in `interfaces/worker/subscriptions.py`. Handlers are idempotent, since a
    worker that dies after its commit and before its receipt is asked again, with the same `key`.
    """
    assert connection.in_atomic_block, "an event belongs to a transaction"
    defer_many(
        "concilia.react",
        [
            {"event": type(event).__name__, "payload": asdict(event), "key": uuid4().hex}
            for event in events
        ],
    )


def revive(name: str, payload: dict[str, Any]) -> Event:
    """
    Rebuild a recorded event.

    :raises KeyError: if this version of the program knows no such event
    """
    return Event.types[name](**payload)
