from __future__ import annotations

from dataclasses import dataclass

from concilia.foundation.events import Event


@dataclass(frozen=True, slots=True)
class PaperCameByAccount(Event):
    """A file that was read long ago was brought again, on a customer's page, for a case."""

    arrival_id: int
