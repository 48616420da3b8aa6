"""The reader and a language model beside each other, on the documents people looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KeyTransform

from concilia.claims.models import Claim
from concilia.documents.models import Proposal
from concilia.intake.core.fields import value_in
from concilia.reporting.core.proposals import FIELDS, Compared, Comparison, compare
from concilia.reporting.queries.quality import looked_at

KEYS: Final = ("kind", "reason", "non_payment_reason", "claimed_amount", "references", "promise")


def comparison(*, entity_id: int, since: datetime | None = None) -> Comparison | None:
    """This will be how often people kept what each said; None where no model was asked yet."""
    proposed = dict(
        Proposal.objects.filter(entity_id=entity_id, state=Proposal.State.ANSWERED).values_list(
            "document_id", "values__fields"
        )
    )
    if not proposed:
        return None
    claims = Claim.objects.filter(document=OuterRef("document_id"), reason_is_confirmed=True)
    rows = (
        looked_at(entity_id=entity_id, since=since)
        .filter(document__in=proposed)
        .values(
            "document_id",
            claim_reason=Subquery(claims.values("reason")[:1]),
            **{f"said_{key}": KeyTransform(key, "result") for key in KEYS},
            **{f"so_{key}": KeyTransform(key, "document__values") for key in KEYS},
        )
    )
    return compare([_compared(row, proposed[row["document_id"]] or []) for row in rows.iterator()])


def _compared(row: Mapping[str, Any], proposed: list[Mapping[str, Any]]) -> Compared:
    read = {key: row[f"said_{key}"] for key in KEYS}
    so = {key: row[f"so_{key}"] for key in KEYS}
    so["reason"] = row["claim_reason"] or so["reason"]
    return Compared(
        reader={name: value_in(read, name) for name in FIELDS},
        model={each["field"]: each["value"] for each in proposed},
        so={name: value_in(so, name) for name in FIELDS},
    )
