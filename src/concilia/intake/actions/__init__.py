from __future__ import annotations

from concilia.intake.actions.arrivals import (
    ArrivalRefused,
    Incoming,
    entity_for,
    fail_reading,
    mark_arrival,
    read_again,
    receive,
    set_aside,
    settle_arrival,
)
from concilia.intake.actions.readings import (
    MailFacts,
    PartFile,
    ReadResult,
    correct_reading,
    record_reading,
)

__all__ = [
    "ArrivalRefused",
    "Incoming",
    "MailFacts",
    "PartFile",
    "ReadResult",
    "correct_reading",
    "entity_for",
    "fail_reading",
    "mark_arrival",
    "read_again",
    "receive",
    "record_reading",
    "set_aside",
    "settle_arrival",
]
