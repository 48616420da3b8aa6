from __future__ import annotations

from concilia.claims.models.claims import Claim, ClaimDeduction, ClaimLine, DisputedItem
from concilia.claims.models.decisions import Decision, MergeProposal, Settlement, StoredVerdict

__all__ = [
    "Claim",
    "ClaimDeduction",
    "ClaimLine",
    "Decision",
    "DisputedItem",
    "MergeProposal",
    "Settlement",
    "StoredVerdict",
]
