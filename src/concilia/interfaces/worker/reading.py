"""From stored bytes to a recorded reading: read in the sandbox, its answer checked and kept."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from concilia.documents.core.formats import detect
from concilia.documents.core.lessons import sender_key
from concilia.documents.core.memory import Learned
from concilia.documents.core.told import NOTHING, Told
from concilia.documents.models import Document
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
    renew_reading,
)
from concilia.intake.models import Arrival
from concilia.intake.queries.memory import memory_of
from concilia.interfaces.worker.mail_facts import MAILS
from concilia.interfaces.worker.sandboxes import reader, sandbox
from concilia.interfaces.worker.signals import FIELDS, answers_in, whole_signals

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


def read_anew(*, document_id: int, at: datetime) -> None:
    """This will read a document that still waits once more, with what was learned since."""
    root = Document.objects.filter(pk=document_id).values_list("pk", "parent_id").first()
    if root is None:
        return
    arrival = Arrival.objects.filter(document=root[1] or root[0]).first()
    if arrival is None or arrival.state != Arrival.State.WAITING:
        return
    try:
        result = _read(arrival, read_blob(sha256=arrival.blob_id))
    except (SandboxFailed, BlobDamaged):
        return  # the reading there is stays
    renew_reading(arrival_id=arrival.pk, result=result, at=at)


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
    envelope = _Envelope(content, arrival.filename)
    answer = _storable(_with_memory(arrival, content, envelope))
    reading = dict(answer["reading"])
    texts = {each["part"]: each["text"] for each in answer["texts"]}
    mail = None
    if reading.get("format") in MAILS and not reading.get("error"):
        mail = _mail(envelope.facts)
        reading["bulk"] = bool(envelope.facts.get("is_bulk"))
    reading["text"] = texts.get(None, "")[:TEXT_CHARS_MAX]
    return ReadResult(
        reading=reading,
        mail=mail,
        parts=_parts(answer, texts),
        signals=whole_signals(answer.get("signals") or {}),
    )


class _Envelope:
    """Who sent a mail: taken out of it once, and only when somebody asks."""

    def __init__(self, content: bytes, filename: str) -> None:
        self._content, self._filename = content, filename

    @cached_property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = _storable(
            sandbox().run(FACTS, self._content, {"filename": self._filename})
        )
        return facts

    @property
    def sender(self) -> str:
        """The sender's address; empty for what is no mail, or cannot be taken apart."""
        if detect(self._content, self._filename) not in MAILS:
            return ""
        try:
            return str(self.facts.get("sender") or "")
        except SandboxFailed:
            return ""


def _with_memory(arrival: Arrival, content: bytes, envelope: _Envelope) -> dict[str, Any]:
    """
    Read with what people of this entity said of the like.

    What a sender's codes and columns mean is told at once; what the document is, when its words
    are known and a lesson is like them: then it is read once more.
    """
    memory = memory_of(arrival.entity_id)
    told = NOTHING
    if memory.habits:
        told = memory.habits_of([sender_key(envelope.sender)]).told()
    answer = _asked(arrival, content, told)
    if memory.is_empty or answer["reading"].get("error"):
        return answer
    learned = memory.recall(
        whole_signals(answer.get("signals") or {}), answers_in(answer["reading"])
    )
    if not learned:
        return answer
    choices = {name: each.choice for name, each in learned.items()}
    again = _asked(arrival, content, told.answering(choices))
    taken = answers_in(again["reading"])
    again["reading"]["learned"] = [
        _source(each) for name, each in learned.items() if taken[name] == each.choice.label
    ]
    return again


def _source(learned: Learned) -> dict[str, Any]:
    """Where an answer was learned: a document somebody put right, or the nightly training."""
    field = FIELDS[learned.question]
    if learned.lesson is None:
        return {"field": field, "document": None, "when": None, "name": None}
    lesson = learned.lesson
    return {
        "field": field,
        "document": lesson.document_id,
        "when": lesson.when,
        "name": lesson.name,
    }


def _asked(arrival: Arrival, content: bytes, told: Told) -> dict[str, Any]:
    """The reader's answer; asked once more if its process was ended in the middle."""
    day = arrival.received_at.date()
    name = arrival.filename
    answer = reader().read_with_contents(content, name, written_on=day, told=told)
    error = str(answer["reading"].get("error") or "")
    if any(words in error for words in INTERRUPTED):
        answer = reader().read_with_contents(content, name, written_on=day, told=told)
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
        signals = (answer.get("signals") or {}).get(place) or {}
        files.append(
            PartFile(
                filename=str(each["filename"]), content=content, reading=reading, signals=signals
            )
        )
    return files


def _order(place: str) -> tuple[int, list[int]]:
    numbers = [int(number) for number in place.split(".")]
    return len(numbers), numbers


def _at(reading: Mapping[str, Any], place: str) -> Mapping[str, Any]:
    """The reading of a part by its place, `2` or `1.3`."""
    for number in place.split("."):
        reading = reading["parts"][int(number) - 1]
    return reading
