"""From stored bytes to a recorded reading: read in the sandbox, its answer checked and kept."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from concilia.documents.core.formats import detect
from concilia.foundation.blobs import BlobDamaged, read_blob
from concilia.foundation.sandbox import SandboxFailed
from concilia.intake.actions import (
    ArrivalRefused,
    Incoming,
    MailFacts,
    PartFile,
    ReadResult,
    fail_reading,
    mark_arrival,
    receive,
    record_reading,
)
from concilia.intake.models import Arrival
from concilia.interfaces.worker.sandboxes import reader, sandbox

FACTS: Final = "concilia.interfaces.worker.mail_facts:facts_of"
MESSAGES: Final = "concilia.interfaces.worker.mail_facts:messages_of"
SEVERAL: Final = ("mbox", "x12", "edifact")  # files that may hold many messages
TEXT_CHARS_MAX: Final = 200_000
# Said when the reading process itself was ended: by somebody else, as often as not.
INTERRUPTED: Final = ("made the reading process crash", "did not start", "has been shut down")


def read_arrival(*, arrival_id: int, at: datetime) -> None:
    """
    This will read what arrived, once, and record it; a file of many mails is taken apart instead.

    Whatever the document is, it ends in a reading or in one sentence that says why there is none.
    """
    arrival = Arrival.objects.get(pk=arrival_id)
    if arrival.state != Arrival.State.RECEIVED or arrival.document_id is not None:
        return
    try:
        content = read_blob(sha256=arrival.blob_id)
        if not _unpack(arrival, content, at):
            result = _read(arrival, content)
            record_reading(arrival_id=arrival_id, result=result, at=at)
    except (SandboxFailed, BlobDamaged) as failure:
        fail_reading(arrival_id=arrival_id, error=str(failure), at=at)


def _unpack(arrival: Arrival, content: bytes, at: datetime) -> bool:
    """
    Every mail of an mbox and every message of an EDI file arrives by itself; no other file does.

    Those that came before are recognised.
    """
    if not (detect(content, arrival.filename) or "").startswith(SEVERAL):
        return False
    refused, count = [], 0
    for each in sandbox().stream(MESSAGES, content, {"filename": arrival.filename}):
        count += 1
        incoming = Incoming(
            channel=arrival.channel,
            filename=f"{arrival.filename}-{each['filename']}",
            content=base64.b64decode(each["content"]),
            source=arrival.filename,
        )
        try:
            receive(
                entity_id=arrival.entity_id,
                incoming=incoming,
                at=at,
                uploaded_by=arrival.uploaded_by,
            )
        except ArrivalRefused as refusal:
            refused.append(str(refusal))
    if not count:
        return False
    mark_arrival(
        arrival_id=arrival.pk,
        state=Arrival.State.DONE,
        outcome="unpacked",
        at=at,
        error=" · ".join(refused),
    )
    return True


def _read(arrival: Arrival, content: bytes) -> ReadResult:
    answer = _storable(_asked(arrival, content))
    reading = dict(answer["reading"])
    texts = {each["part"]: each["text"] for each in answer["texts"]}
    mail = None
    if reading.get("format") == "eml" and not reading.get("error"):
        facts = _storable(sandbox().run(FACTS, content, {"filename": arrival.filename}))
        mail = _mail(facts)
        reading["bulk"] = bool(facts.get("is_bulk"))
    reading["text"] = texts.get(None, "")[:TEXT_CHARS_MAX]
    return ReadResult(reading=reading, mail=mail, parts=_parts(answer, texts))


def _asked(arrival: Arrival, content: bytes) -> dict[str, Any]:
    """The reader's answer; asked once more if its process was ended in the middle."""
    day = arrival.received_at.date()
    answer = reader().read_with_contents(content, arrival.filename, written_on=day)
    error = str(answer["reading"].get("error") or "")
    if any(words in error for words in INTERRUPTED):
        answer = reader().read_with_contents(content, arrival.filename, written_on=day)
    return answer


def _storable(value: Any) -> Any:  # noqa: ANN401 - walks any JSON-like value
    """PostgreSQL keeps every character but one: the NUL that damaged files are full of."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {key: _storable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_storable(each) for each in value]
    return value


def _mail(facts: Mapping[str, Any]) -> MailFacts | None:
    if not facts.get("is_mail"):
        return None
    return MailFacts(
        message_id=str(facts["message_id"]),
        in_reply_to=str(facts["in_reply_to"]),
        sender=str(facts["sender"]),
        sender_name=str(facts["sender_name"]),
        recipient=str(facts["recipient"]),
        subject=str(facts["subject"]),
        body=str(facts["body"]),
    )


def _parts(answer: Mapping[str, Any], texts: Mapping[str | None, str]) -> list[PartFile]:
    """
    The files inside, those of the first level first: their number is the place evidence names.

    A file inside a file inside (`1.2`) comes after them.
    """
    found = sorted(answer["contents"], key=lambda each: _order(str(each["part"])))
    files = []
    for each in found:
        place = str(each["part"])
        reading = dict(_at(answer["reading"], place))
        reading["place"] = place
        reading["text"] = texts.get(place, "")[:TEXT_CHARS_MAX]
        content = base64.b64decode(each["content"])
        files.append(PartFile(filename=str(each["filename"]), content=content, reading=reading))
    return files


def _order(place: str) -> tuple[int, list[int]]:
    numbers = [int(number) for number in place.split(".")]
    return len(numbers), numbers


def _at(reading: Mapping[str, Any], place: str) -> Mapping[str, Any]:
    """The reading of a part by its place, `2` or `1.3`."""
    for number in place.split("."):
        reading = reading["parts"][int(number) - 1]
    return reading
