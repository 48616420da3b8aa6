"""What the bank desk reads from above cash: the claims that its items and deductions belong to."""

from __future__ import annotations

from collections.abc import Collection

from concilia.claims.models import Claim, ClaimDeduction, DisputedItem


def claims_of_items(*, entity_id: int, item_ids: Collection[int]) -> dict[int, Claim]:
    """
    The claim of each deduction, and the claim that contests each open item; two queries.

    An item that several claims contest names the latest of them.
    """
    if not item_ids:
        return {}
    disputed = (
        DisputedItem.objects.filter(
            item__in=item_ids, claim__entity=entity_id, released_at__isnull=True
        )
        .select_related("claim__case")
        .order_by("pk")
    )
    kept = ClaimDeduction.objects.filter(item__in=item_ids, claim__entity=entity_id).select_related(
        "claim__case"
    )
    found = {row.item_id: row.claim for row in disputed}
    return found | {row.item_id: row.claim for row in kept}
