"""Corrections as training data: kept with what a learner needs, versioned, and taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop as _

from concilia.documents.core.lessons import lesson_of
from concilia.documents.models import Correction, Document, ReaderMemory, Reading
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.actions.arrivals import ArrivalRefused
from concilia.intake.actions.columns import apply_values
from concilia.intake.core.fields import unmarked, value_in, with_value
from concilia.intake.models import Arrival


def keep_correction(
    document: Document,
    field: str,
    *,
    before: Any,  # noqa: ANN401 (any JSON value)
    after: Any,  # noqa: ANN401 (any JSON value)
    member: Membership,
    at: datetime,
) -> Correction:
    """Keep a person's word with what the next reading needs of it; it holds from now on."""
    signals = (
        Reading.objects.filter(document=document)
        .order_by("-version")
        .values_list("signals", flat=True)
        .first()
    )
    root = document.parent_id or document.pk
    sender = Arrival.objects.filter(document=root).values_list("message__sender", flat=True).first()
    correction = Correction.objects.create(
        entity_id=document.entity_id,
        document=document,
        field=field,
        before=before,
        after=after,
        learned=lesson_of(
            field,
            (before, after),
            values=document.values,
            signals=signals or {},
            sender=sender or "",
        ),
        user=member.user,
        corrected_at=at,
    )
    renew_memory(document.entity_id)
    return correction


@transaction.atomic(durable=True)
def undo_correction(*, correction_id: int, member: Membership, at: datetime) -> Correction:
    """
    Take a correction back: the value before stands again, and nothing is learned from it any more.

    Where the field was corrected again since, the newer word stays.

    :raises ArrivalRefused: if there is no such correction, or it was taken back already
    """
    correction = (
        Correction.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=correction_id, entity_id=member.entity_id)
        .first()
    )
    if correction is None:
        raise ArrivalRefused(_("There is no such correction."))
    if correction.undone_at is not None:
        raise ArrivalRefused(_("This correction was taken back already."))
    correction.undone_at, correction.undone_by = at, member.user
    correction.save(update_fields=["undone_at", "undone_by"])
    _restore(correction)
    renew_memory(correction.entity_id)
    data = {"field": correction.field, "before": correction.after, "after": correction.before}
    act = Act("document.correction_undone", "document", correction.document_id, data)
    audit.log(entity_id=correction.entity_id, actor=actor_of(member), at=at, acts=[act])
    return correction


def renew_memory(entity_id: int) -> None:
    """Let every worker load what was learned anew before it reads the next document."""
    if not ReaderMemory.objects.filter(entity_id=entity_id).update(version=F("version") + 1):
        ReaderMemory.objects.get_or_create(entity_id=entity_id, defaults={"version": 1})


def _restore(correction: Correction) -> None:
    document = Document.objects.select_for_update(no_key=True).get(pk=correction.document_id)
    field = correction.field
    standing = document.corrections.filter(field=field, undone_at=None)
    if standing.filter(pk__gt=correction.pk).exists():
        return
    if field != "customer" and value_in(document.values, field) == correction.after:
        document.values = with_value(document.values, field, correction.before)
    if not standing.exists():
        document.values = unmarked(document.values, field)
    apply_values(document)
    document.save()
