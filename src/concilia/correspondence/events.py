from __future__ import annotations

from dataclasses import dataclass

from concilia.foundation.events import Event


@dataclass(frozen=True, slots=True)
class MessageQueued(Event):
    """A message may leave and waits for its channel."""

    message_id: int
