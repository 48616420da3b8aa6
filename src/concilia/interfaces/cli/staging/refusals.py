"""What the engine may answer to somebody who asks for too much."""

from __future__ import annotations

from typing import Final

from concilia.cases.core.people import RouteRefused
from concilia.cash.actions import PostingRefused
from concilia.claims.actions.merging import MergeRefused
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.core.decisions import DecisionRefused
from concilia.claims.core.linking import PaidTwice
from concilia.kernel.machine import TransitionRefused

REFUSALS: Final = (
    ClaimRefused,
    DecisionRefused,
    MergeRefused,
    PaidTwice,
    PostingRefused,
    RouteRefused,
    TransitionRefused,
)
