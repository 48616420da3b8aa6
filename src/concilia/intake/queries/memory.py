"""What the reader has learned for an entity, loaded once and again when something was added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from threading import Lock
from typing import Any, Final

from concilia.documents.core.classifier.model import ModelDamaged, Question, unpack
from concilia.documents.core.memory import Habits, Lesson, Memory
from concilia.documents.models import Correction, ReaderMemory
from concilia.intake.core.fields import COLUMN

LOADED_MAX: Final = 64
_loaded: dict[int, tuple[int, Memory]] = {}
_lock: Final = Lock()
NOTHING: Final = Memory()


def memory_of(entity_id: int) -> Memory:
    """
    What was learned for an entity up to now: one query, and its lessons only when they changed.

    Other entities' corrections are never among them.
    """
    row = (
        ReaderMemory.objects.filter(entity_id=entity_id)
        .values_list("version", "trained_at")
        .first()
    )
    if row is None:
        return NOTHING
    version = row[0]
    with _lock:
        known = _loaded.get(entity_id)
    if known is not None and known[0] == version:
        return known[1]
    memory = Memory(
        lessons_of(entity_id), habits=habits_of(entity_id), trained=trained_of(entity_id)
    )
    with _lock:
        if len(_loaded) >= LOADED_MAX:
            _loaded.clear()
        _loaded[entity_id] = (version, memory)
    return memory


def lessons_of(entity_id: int) -> list[Lesson]:
    """The documents people put right, each once with all they said of it, oldest first."""
    rows = (
        Correction.objects.filter(entity_id=entity_id, undone_at=None, learned__said__isnull=False)
        .order_by("corrected_at", "pk")
        .values_list("document_id", "learned", "corrected_at", "document__filename")
    )
    found: dict[int, Lesson] = {}
    for document_id, learned, at, filename in rows.iterator():
        if learned.get("said"):
            before = found.pop(document_id, None)
            found[document_id] = _lesson(document_id, learned, at, filename, before)
    return list(found.values())


def _lesson(
    document_id: int, learned: Mapping[str, Any], at: datetime, name: str, before: Lesson | None
) -> Lesson:
    answers = {**(before.answers if before else {}), **(learned.get("answers") or {})}
    return Lesson(
        document_id=document_id,
        said=str(learned["said"]),
        answers=answers,
        when=at.isoformat(),
        name=name,
        sender=str(learned.get("sender") or ""),
        given=learned.get("given") or {},
        scores=learned.get("scores") or {},
    )


def habits_of(entity_id: int) -> dict[str, Habits]:
    """What senders' codes, columns and words before numbers mean; the newest word counts."""
    rows = (
        Correction.objects.filter(entity_id=entity_id, undone_at=None)
        .exclude(field__in=("kind", "reason", "non_payment_reason", "customer", "currency"))
        .order_by("corrected_at", "pk")
        .values_list("field", "after", "learned")
    )
    codes: dict[str, dict[str, str]] = {}
    columns: dict[str, dict[str, dict[int, str]]] = {}
    labels: dict[str, dict[tuple[str, str], None]] = {}
    for field, after, learned in rows.iterator():
        sender = str(learned.get("sender") or "")
        column = COLUMN.fullmatch(field)
        if column:
            layout = columns.setdefault(sender, {}).setdefault(column[1], {})
            layout[int(column[2])] = str(after or "")
        for key in learned.get("codes") or ():
            codes.setdefault(sender, {})[key] = str(after)
        for name, words in learned.get("labels") or ():
            labels.setdefault(sender, {})[(name, words)] = None
    senders: Iterable[str] = {*codes, *columns, *labels}
    return {
        sender: Habits(
            codes.get(sender, {}), columns.get(sender, {}), tuple(labels.get(sender, ()))
        )
        for sender in senders
    }


def trained_of(entity_id: int) -> dict[str, Question]:
    """The training that was kept; none where there is none, or this version cannot use it."""
    content = (
        ReaderMemory.objects.filter(entity_id=entity_id).values_list("trained", flat=True).first()
    )
    if not content:
        return {}
    try:
        return dict(unpack(bytes(content)).questions)
    except ModelDamaged:
        return {}
