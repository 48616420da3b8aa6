"""What people found when they looked at readings, and what they put right last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform

from concilia.claims.models import Claim
from concilia.documents.models import Correction, Reading, Training
from concilia.foundation.models import AuditEntry
from concilia.reporting.core.quality import Case, Quality, quality_of

CONFIRMED: Final = "document.confirmed"
SHOWN_MAX: Final = 20
KEYS: Final = ("kind", "kind_confidence", "reason", "reason_confidence", "needs_review")


def reading_quality(*, entity_id: int, at: datetime, since: datetime | None = None) -> Quality:
    """This will be how well an entity's documents were read, as people found; two queries."""
    return quality_of(list(_cases(entity_id, since)), at)


def latest_corrections(*, entity_id: int) -> Sequence[Correction]:
    """The newest corrections, those taken back among them."""
    rows = Correction.objects.filter(entity_id=entity_id).exclude(before=F("after"))
    return list(
        rows.select_related("document", "user", "undone_by").order_by("-corrected_at", "-pk")[
            :SHOWN_MAX
        ]
    )


def latest_training(*, entity_id: int) -> Training | None:
    """The last nightly training, kept or not."""
    return Training.objects.filter(entity_id=entity_id).order_by("-made_at").first()


def _cases(entity_id: int, since: datetime | None) -> Iterable[Case]:
    wrong: dict[int, set[str]] = {}
    corrections = Correction.objects.filter(entity_id=entity_id, undone_at=None)
    for document_id, field, before, after in corrections.values_list(
        "document_id", "field", "before", "after"
    ):
        if before != after:
            wrong.setdefault(document_id, set()).add(_family(field))
    for row in _looked_at(entity_id, since):
        yield _case(row, frozenset(wrong.get(row["document_id"], ())))


def looked_at(*, entity_id: int, since: datetime | None = None) -> QuerySet[Reading]:
    """The newest reading of each document that somebody confirmed, put right or made a claim of."""
    document = OuterRef("document_id")
    corrected = Correction.objects.filter(document=document, undone_at=None)
    claims = Claim.objects.filter(document=document, reason_is_confirmed=True)
    confirmed = AuditEntry.objects.filter(
        entity_id=entity_id, subject_type="document", subject_id=document, act=CONFIRMED
    )
    rows = (
        Reading.objects.filter(document__entity_id=entity_id, document__parent=None)
        .filter(Q(Exists(corrected)) | Q(Exists(claims)) | Q(Exists(confirmed)))
        .order_by("document_id", "-version")
        .distinct("document_id")
    )
    return rows if since is None else rows.filter(made_at__gte=since)


def _looked_at(entity_id: int, since: datetime | None) -> Iterable[dict[str, Any]]:
    claims = Claim.objects.filter(document=OuterRef("document_id"), reason_is_confirmed=True)
    found: Iterable[Any] = (
        looked_at(entity_id=entity_id, since=since)
        .values(
            "document_id",
            "made_at",
            "document__kind",
            "document__reason",
            claim_reason=Subquery(claims.values("reason")[:1]),
            **{f"said_{key}": KeyTextTransform(key, "result") for key in KEYS},
        )
        .iterator()
    )
    return found


def _case(row: dict[str, Any], wrong: frozenset[str]) -> Case:
    reason_read, reason = row["said_reason"] or "", row["claim_reason"] or row["document__reason"]
    confidences = [row["said_kind_confidence"]]
    if reason_read:
        confidences.append(row["said_reason_confidence"])
    return Case(
        read_at=row["made_at"],
        kind_read=row["said_kind"] or "",
        kind=row["document__kind"],
        reason_read=reason_read,
        reason=reason,
        confidence=min(float(each or 0) for each in confidences),
        needed_review=row["said_needs_review"] != "false",
        wrong=wrong,
    )


def _family(field: str) -> str:
    """Lines and columns count as what they are, not by their number."""
    head = field.partition(".")[0]
    return head if head in {"lines", "columns"} else field
