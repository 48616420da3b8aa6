"""A document read once more, with what was learned since; people's words about it stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from concilia.documents.models import Document
from concilia.intake.actions.columns import apply_values
from concilia.intake.actions.readings import ReadResult, keep_reading
from concilia.intake.core.fields import LINE_REASON, value_in, with_value
from concilia.intake.models import Arrival


@transaction.atomic(durable=True)
def renew_reading(*, arrival_id: int, result: ReadResult, at: datetime) -> None:
    """
    Put a new reading in the place of the one before, as long as nothing came of the document yet.

    What a person said of a field stays; a reading that failed changes nothing.
    """
    arrival = Arrival.objects.select_for_update(of=("self",), no_key=True).get(pk=arrival_id)
    if arrival.document_id is None or arrival.state != Arrival.State.WAITING:
        return
    if result.reading.get("error"):
        return
    root = Document.objects.select_for_update(no_key=True).get(pk=arrival.document_id)
    _renew(root, result.reading, result.signals, at)
    parts = {part.n: part for part in root.parts.select_for_update(no_key=True)}
    for n, file in enumerate(result.parts, start=1):
        if n in parts:
            _renew(parts[n], file.reading, file.signals, at)


def _renew(
    document: Document, reading: Mapping[str, Any], signals: Mapping[str, Any], at: datetime
) -> None:
    values = dict(reading)
    for field in document.values.get("corrected") or ():
        if field != "customer" and _has_place(field, values):
            values = with_value(values, field, value_in(document.values, field))
    values["corrected"] = list(document.values.get("corrected") or ())
    document.values = values
    document.read_at = at
    apply_values(document)
    document.save()
    keep_reading(document, reading, signals, at)


def _has_place(field: str, values: Mapping[str, Any]) -> bool:
    line = LINE_REASON.fullmatch(field)
    return line is None or int(line[1]) < len(values.get("lines") or ())
