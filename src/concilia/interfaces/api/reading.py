"""How well documents were read, as people found; corrections, and taking them back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from concilia.documents.models import Correction, Training
from concilia.intake.actions import undo_correction
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.components.rights import HELPERS
from concilia.reporting.queries.proposals import comparison
from concilia.reporting.queries.quality import (
    latest_corrections,
    latest_training,
    reading_quality,
)

router = Router(tags=["reading"])
READ = Scope("figures:read")
SEE = Scope("inbox:read")
WRITE = Scope("inbox:write", *HELPERS)


class QualityFilter(Schema):
    since: datetime | None = None


class ReadShareOut(Schema):
    """So many of so many; the true share lies in the interval (Wilson, 95 %)."""

    hits: int
    cases: int
    value: float | None
    interval: list[float]


class ReadClassOut(Schema):
    label: str
    recall: ReadShareOut
    precision: ReadShareOut


class ConfidenceOut(Schema):
    """At this confidence and above."""

    confidence: float
    coverage: ReadShareOut
    precision: ReadShareOut


class DriftOut(Schema):
    """What people put right in the last 30 days, and before."""

    recent: ReadShareOut
    earlier: ReadShareOut
    alarm: bool


class KeptOut(Schema):
    """Of what the reader and the model said of a field: how much people kept."""

    field: str
    reader: ReadShareOut
    model: ReadShareOut


class ComparisonOut(Schema):
    """Over documents somebody looked at and a model was asked about."""

    documents: int
    fields: list[KeptOut]


class TrainingOut(Schema):
    made_at: datetime
    cases: int
    kept: bool
    figures: dict[str, Any]

    @classmethod
    def of(cls, training: Training) -> TrainingOut:
        """A nightly training as JSON."""
        return cls(
            made_at=training.made_at,
            cases=training.cases,
            kept=training.is_kept,
            figures=training.figures,
        )


class QualityOut(Schema):
    """Only documents somebody looked at count."""

    documents: int
    kind: ReadShareOut
    reason: ReadShareOut
    nothing_to_correct: ReadShareOut
    without_review: ReadShareOut
    right_without_review: ReadShareOut
    kinds: list[ReadClassOut]
    reasons: list[ReadClassOut]
    curve: list[ConfidenceOut]
    corrected_fields: dict[str, int]
    drift: DriftOut
    training: TrainingOut | None
    language_model: ComparisonOut | None


class CorrectionOut(Schema):
    id: int
    document: int
    file: str
    field: str
    before: Any
    after: Any
    by: str
    at: datetime
    undone_by: str | None
    undone_at: datetime | None

    @classmethod
    def of(cls, row: Correction) -> CorrectionOut:
        """A correction as JSON."""
        return cls(
            id=row.pk,
            document=row.document_id,
            file=row.document.filename,
            field=row.field,
            before=row.before,
            after=row.after,
            by=row.user.name,
            at=row.corrected_at,
            undone_by=row.undone_by.name if row.undone_by else None,
            undone_at=row.undone_at,
        )


@router.get("", response=QualityOut, auth=READ)
def get_quality(request: HttpRequest, asked: Query[QualityFilter]) -> dict[str, Any]:
    """How well the company's own documents were read, and its last nightly training."""
    entity_id = caller(request).entity_id
    quality = reading_quality(entity_id=entity_id, at=timezone.now(), since=asked.since)
    training = latest_training(entity_id=entity_id)
    compared = comparison(entity_id=entity_id, since=asked.since)
    return {
        **quality.to_json(),
        "training": TrainingOut.of(training) if training else None,
        "language_model": compared.to_json() if compared else None,
    }


@router.get("/corrections", response=list[CorrectionOut], auth=SEE)
def list_corrections(request: HttpRequest) -> list[CorrectionOut]:
    """The twenty newest corrections, those taken back among them."""
    rows = latest_corrections(entity_id=caller(request).entity_id)
    return [CorrectionOut.of(row) for row in rows]


@router.post("/corrections/{correction_id}/undo", response=CorrectionOut, auth=WRITE)
def undo(request: HttpRequest, correction_id: int) -> CorrectionOut:
    """Take a correction back: nothing is learned from it any more."""
    member = caller(request)
    Correction.objects.only("pk").get(entity_id=member.entity_id, pk=correction_id)
    undone = undo_correction(correction_id=correction_id, member=member, at=timezone.now())
    return CorrectionOut.of(undone)
