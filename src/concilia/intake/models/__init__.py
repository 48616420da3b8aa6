from __future__ import annotations

from concilia.intake.models.arrivals import Arrival, Mailbox, WatchedFolder
from concilia.intake.models.imports import (
    ImportFile,
    ImportRun,
    RememberedMapping,
    StatedItem,
)

__all__ = [
    "Arrival",
    "ImportFile",
    "ImportRun",
    "Mailbox",
    "RememberedMapping",
    "StatedItem",
    "WatchedFolder",
]
