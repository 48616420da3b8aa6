from __future__ import annotations

from dataclasses import dataclass

from concilia.foundation.events import Event


@dataclass(frozen=True, slots=True)
class ArrivalStored(Event):
    """Something arrived and is kept; nobody has read it yet."""

    arrival_id: int


@dataclass(frozen=True, slots=True)
class DocumentRead(Event):
    """A document was read: whoever can use its kind takes it from here."""

    arrival_id: int
    document_id: int


@dataclass(frozen=True, slots=True)
class ImportSaved(Event):
    """Every row of a file of an import was saved."""

    file_id: int
