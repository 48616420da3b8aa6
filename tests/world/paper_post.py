"""Papers that arrive for open cases: as if read, then taken on by the worker."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from tests.world.builders import NOON
from tests.world.jobs import run_jobs

from concilia.intake.actions import (
    Incoming,
    MailFacts,
    PartFile,
    ReadResult,
    receive,
    record_reading,
)
from concilia.intake.models import Arrival

_numbers = count(1)
LATER = NOON + timedelta(hours=3)
File = tuple[str, bytes, dict[str, Any]]


def a_file(kind: str, *, content: bytes = b"", filename: str = "", **references: str) -> File:
    """What the reader says of a file, and its bytes."""
    n = next(_numbers)
    values = {
        "format": "pdf",
        "language": "de",
        "kind": kind,
        "kind_confidence": 0.97,
        "references": {name: [number] for name, number in references.items()},
    }
    return filename or f"scan-{n}.pdf", content or f"{kind} {n}".encode(), values


def arrives(entity, filename, content, values, *, channel="upload", mail=None, parts=()) -> Arrival:
    """It is stored and read; the worker does all that follows."""
    incoming = Incoming(channel=channel, filename=filename, content=content)
    arrival = receive(entity_id=entity.pk, incoming=incoming, at=LATER)
    result = ReadResult(reading=values, mail=mail, parts=list(parts))
    record_reading(arrival_id=arrival.pk, result=result, at=LATER)
    run_jobs(at=LATER)
    return Arrival.objects.select_related("document", "message").get(pk=arrival.pk)


def by_mail(entity, kind, sender, *, subject="Unterlagen", answers="", parts=None, **references):
    """A mail of this kind with a file of the same kind, unless others are given."""
    _, content, values = a_file(kind, **references)
    file, paper, says = a_file(kind, **references)
    attached = [PartFile(filename=file, content=paper, reading=says)] if parts is None else parts
    mail = MailFacts(
        message_id=f"<{next(_numbers)}@x.example>",
        sender=sender,
        subject=subject,
        body="Anbei.",
        in_reply_to=answers,
    )
    values = values | {"format": "eml"}
    name = f"mail-{next(_numbers)}.eml"
    return arrives(entity, name, content, values, channel="pipe", mail=mail, parts=attached)
