"""The nightly training of an entity's reader on what its people put right."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from concilia.documents.core.adapting import CASES_MIN, train_on
from concilia.documents.core.classifier.model import pack
from concilia.documents.models import ReaderMemory, Training
from concilia.intake.actions.learning import renew_memory
from concilia.intake.queries.memory import lessons_of, trained_of


def train_reader(*, entity_id: int, at: datetime) -> Training | None:
    """
    Train on all corrections anew; what is no better on held-out ones is not used.

    Nothing is trained, and no row written, while there are fewer than twenty lessons, or none that
    is newer than the last training. The training itself holds no lock.

    :return: the training with its figures, kept or not
    """
    lessons = lessons_of(entity_id)
    last = Training.objects.filter(entity_id=entity_id).order_by("-made_at").first()
    newest = lessons[-1].when if lessons else ""
    if len(lessons) < CASES_MIN or (last is not None and newest <= last.made_at.isoformat()):
        return None
    memory = ReaderMemory.objects.get(entity_id=entity_id)
    current = trained_of(entity_id)
    since = memory.trained_at.isoformat() if memory.trained_at else ""
    outcome = train_on(lessons, current, since)
    with transaction.atomic(durable=True):
        if outcome.questions:
            content = pack(outcome.model(current, at.isoformat()))
            ReaderMemory.objects.filter(entity_id=entity_id).update(trained=content, trained_at=at)
            renew_memory(entity_id)
        return Training.objects.create(
            entity_id=entity_id,
            made_at=at,
            cases=len(lessons),
            figures={name: each.to_json() for name, each in outcome.figures.items()},
            is_kept=bool(outcome.questions),
        )
