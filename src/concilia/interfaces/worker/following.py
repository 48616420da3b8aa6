"""What was signed together is carried out one by one: posted, answered, closed."""

from __future__ import annotations

from datetime import datetime

from concilia.cases.models import ApprovalBatchItem
from concilia.claims.actions.bulk_signing import follow_signed


def follow_batch(*, batch_id: int, at: datetime) -> None:
    """
    Carry out what a batch signed, each claim in its own transaction.

    Killed anywhere it is asked again; what was carried out is not carried out twice.
    """
    rows = ApprovalBatchItem.objects.filter(batch=batch_id, is_sample=False, left_out="")
    for request_id in rows.order_by("pk").values_list("seat__request", flat=True):
        follow_signed(request_id=request_id, at=at)
