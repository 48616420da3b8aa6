"""What the demonstration did, as the JSON of `concilia demo --check` (docs: command line)."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F

from concilia.cash.models import Match
from concilia.claims.models import Claim
from concilia.correspondence.models import Message
from concilia.documents.models import Document
from concilia.intake.models import Arrival
from concilia.ledger.models import Posting
from concilia.receivables.models import OpenItem
from concilia.reporting.queries.invariants import check_invariants


def report() -> dict[str, Any]:
    """
    Count what was done, over every entity, and look at the 26 invariants.

    Counts are integers; `invariants` maps each of them to true or false.
    """
    findings = check_invariants()
    live = Claim.objects.exclude(origin=Claim.Origin.HISTORY)
    decided = Claim.objects.filter(decided_at__isnull=False, case__due_at__isnull=False)
    matches = dict(Match.objects.values_list("state").annotate(n=Count("pk")))
    return {
        "documents_read": Document.objects.filter(parent=None, state="READ").count(),
        "documents_failed": Document.objects.filter(state="FAILED").count(),
        "arrivals": _by(Arrival.objects.all(), "state"),
        "claims_opened": _by(live, "origin"),
        "claims_by_state": _by(live, "state"),
        "claims_past": Claim.objects.filter(origin=Claim.Origin.HISTORY).count(),
        "payments": {
            "posted": matches.get("POSTED", 0),
            "proposed": matches.get("PROPOSED", 0),
            "open": matches.get("OPEN", 0),
        },
        "deductions_opened": OpenItem.objects.filter(kind="deduction").count(),
        "cases_resolved": {
            "in_time": decided.filter(decided_at__lte=F("case__due_at")).count(),
            "all": decided.count(),
        },
        "postings_in_the_erp": _by(Posting.objects.all(), "state"),
        "messages": {
            "sent": Message.objects.filter(lane="out", state__in=["SENT", "QUEUED"]).count(),
            "withheld": _by(Message.objects.filter(state="WITHHELD"), "withheld_why"),
        },
        "invariants": {name: finding.holds for name, finding in findings.items()},
        "invariants_rows": {name: finding.looked_at for name, finding in findings.items()},
        "invariants_broken": {
            name: finding.broken for name, finding in findings.items() if finding.broken
        },
    }


def _by(rows: Any, field: str) -> dict[str, int]:  # noqa: ANN401 (a queryset of any model)
    return dict(sorted(rows.values_list(field).annotate(n=Count("pk"))))
