from __future__ import annotations

from concilia.claims.models.claims import (
    Claim,
    ClaimDeduction,
    ClaimLine,
    DisputedItem,
    FurtherClaim,
)
from concilia.claims.models.decisions import Decision, MergeProposal, Settlement, StoredVerdict
from concilia.claims.models.windows import ResponseWindow

__all__ = [
    "Claim",
    "ClaimDeduction",
    "ClaimLine",
    "Decision",
    "DisputedItem",
    "FurtherClaim",
    "MergeProposal",
    "ResponseWindow",
    "Settlement",
    "StoredVerdict",
]
