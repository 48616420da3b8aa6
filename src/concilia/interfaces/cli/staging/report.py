"""What the demonstration did, as the JSON of `concilia demo --check` (docs: command line)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, F

from concilia.cash.models import Match
from concilia.claims.models import Claim
from concilia.correspondence.models import Message
from concilia.documents.models import Document
from concilia.dunning.models import PhoneCall, Placement, Plan, Promise, Survey, Waiver
from concilia.intake.models import Arrival
from concilia.ledger.models import Posting
from concilia.receivables.models import OpenItem
from concilia.reporting.queries.invariants import check_invariants
from concilia.reporting.queries.invariants_of_collections import check_collections


def report() -> dict[str, Any]:
    """
    Count what was done, over every entity, and look at the 26 invariants and those of collections.

    Counts are integers; `invariants` maps each of the 26 to true or false, and `collections_hold`
    each of the others.
    """
    seen = {name: (one.looked_at, one.broken) for name, one in check_invariants().items()}
    collections = check_collections(datetime.now(UTC))
    of_all = {**seen, **collections}
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
        "plans": _by(Plan.objects.all(), "state"),
        "promises": _by(Promise.objects.all(), "state"),
        "calls": _by(PhoneCall.objects.all(), "result"),
        "surveys_answered": Survey.objects.filter(answered_at__isnull=False).count(),
        "hand_overs": _by(Placement.objects.all(), "state"),
        "written_off": Waiver.objects.filter(taken_back=None).count(),
        "invariants": {name: not broken for name, (_seen, broken) in seen.items()},
        "collections_hold": {name: not broken for name, (_seen, broken) in collections.items()},
        "invariants_rows": {name: looked_at for name, (looked_at, _broken) in of_all.items()},
        "invariants_broken": {name: broken for name, (_seen, broken) in of_all.items() if broken},
    }


def _by(rows: Any, field: str) -> dict[str, int]:  # noqa: ANN401 (a queryset of any model)
    return dict(sorted(rows.values_list(field).annotate(n=Count("pk"))))
