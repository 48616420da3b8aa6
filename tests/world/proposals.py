"""Proposals of a language model for tests, as if it had been asked and its answer checked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.world.builders import NOON

from concilia.documents.models import Proposal
from concilia.intake.models import Arrival


def a_proposal(
    arrival: Arrival,
    *,
    summary: str = "",
    dropped: tuple[tuple[str, str, str], ...] = (),
    at: datetime = NOON,
    **fields: Any,
) -> Proposal:
    """
    An answered question; `references__invoice=["FT-1"]` for what has a point in its name.

    A value may be a pair of itself and its quote.
    """
    found = []
    for name, given in fields.items():
        value, quote = given if isinstance(given, tuple) else (given, str(given))
        spot = {"text": quote, "part": None, "start": 0, "end": len(quote)}
        found.append({"field": name.replace("__", "."), "value": value, "evidence": [spot]})
    return Proposal.objects.create(
        entity=arrival.entity,
        document=arrival.document,
        state=Proposal.State.ANSWERED,
        attempts=1,
        model="marmotta-7b-q4",
        values={
            "fields": found,
            "summary": summary,
            "dropped": [
                {"field": name, "value": value, "why": why} for name, value, why in dropped
            ],
        },
        wanted_at=at,
        ended_at=at,
    )
