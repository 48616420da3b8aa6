"""What waits in a claim's case, and what lies in it."""

from __future__ import annotations

from concilia.cases.models import CaseDocument
from concilia.claims.models import Claim
from concilia.foundation.models import AuditEntry


def open_steps(claim: Claim) -> list[tuple[str, str, str]]:
    rows = claim.case.steps.filter(state="OPEN").order_by("n")
    return list(rows.values_list("kind", "evidence", "holder"))


def evidence(claim: Claim) -> list[str]:
    rows = CaseDocument.objects.filter(case=claim.case_id).order_by("pk")
    return list(rows.values_list("evidence", flat=True))


def added(claim: Claim) -> AuditEntry:
    return AuditEntry.objects.filter(act="case.evidence_added", subject_id=claim.case_id).latest(
        "seq"
    )
