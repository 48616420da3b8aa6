from __future__ import annotations

from concilia.claims.models.bulk import BulkRow, BulkRun
from concilia.claims.models.claims import (
    Claim,
    ClaimDeduction,
    ClaimLine,
    DisputedItem,
    FurtherClaim,
)
from concilia.claims.models.decisions import Decision, MergeProposal, Settlement, StoredVerdict

__all__ = [
    "BulkRow",
    "BulkRun",
    "Claim",
    "ClaimDeduction",
    "ClaimLine",
    "Decision",
    "DisputedItem",
    "FurtherClaim",
    "MergeProposal",
    "Settlement",
    "StoredVerdict",
]
