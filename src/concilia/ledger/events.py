from __future__ import annotations

from dataclasses import dataclass

from concilia.foundation.events import Event


@dataclass(frozen=True, slots=True)
class PostingRequested(Event):
    """A settlement waits to be booked in the ERP."""

    posting_id: int


@dataclass(frozen=True, slots=True)
class PostingSettled(Event):
    """The ERP has booked a posting, refused it, or could not be asked for a day."""

    posting_id: int
