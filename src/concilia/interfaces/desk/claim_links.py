"""Who may act about a claim by a link now: for what, until when, and whether the mail left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from concilia.cases.core.links import Purpose
from concilia.cases.queries.links import mail_states, open_links_of
from concilia.claims.models import Claim
from concilia.interfaces.desk.claim_thread import STATES
from concilia.interfaces.desk.claim_words import evidence_name

TROUBLE = frozenset({"FAILED", "WITHHELD"})


@dataclass(frozen=True, slots=True)
class OpenLink:
    """One link as the claim page shows it; `trouble` where its mail did not leave."""

    id: int
    name: str
    address: str
    purpose: str
    expires_at: datetime
    trouble: str


def links_shown(claim: Claim, at: datetime) -> Sequence[OpenLink]:
    """The links of a claim that still do something. Two statements."""
    rows = open_links_of(case_id=claim.case_id, at=at)
    states = mail_states([row.pk for row in rows])
    return [
        OpenLink(
            id=row.pk,
            name=row.name or row.address,
            address=row.address,
            purpose=_purpose(row.purpose, row.step.evidence if row.step else ""),
            expires_at=row.expires_at,
            trouble=str(STATES[states[row.pk]]) if states.get(row.pk) in TROUBLE else "",
        )
        for row in rows
    ]


def _purpose(purpose: str, evidence: str) -> str:
    if purpose == Purpose.SIGN:
        return gettext("to sign")
    return evidence_name(evidence) if evidence else gettext("A question")
