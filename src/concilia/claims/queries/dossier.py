"""One claim with everything on it: papers, thread, steps, verdict, decision, route, settlements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Max, Q, QuerySet

from concilia.cases.models import (
    ApprovalSeat,
    CaseDocument,
    CaseMessage,
    ClockStop,
    HandedOver,
    Step,
)
from concilia.claims.core import codec
from concilia.claims.core.facts import ClaimFacts
from concilia.claims.core.findings import Verdict
from concilia.claims.core.rules.registry import RULES
from concilia.claims.core.verdict import replay
from concilia.claims.models import (
    Claim,
    ClaimLine,
    Decision,
    MergeProposal,
    Settlement,
    StoredVerdict,
)
from concilia.foundation.models import AuditEntry
from concilia.receivables.models import Delivery, Invoice, Order

# Records of ours that a verdict relies on, by the names their addresses have.
RECORDS: Final[Mapping[str, Any]] = {
    "invoice": Invoice,
    "delivery": Delivery,
    "order": Order,
}
EVENTS_MAX = 300
MESSAGES_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """
    A claim and what belongs to it, each list in the order people read it.

    `verdict` is the newest one if it is about the lines as they are now; `stored` the newest in
    any case. `decision` is the newest decision; its `seats` are those of its route, in order.
    """

    claim: Claim
    lines: Sequence[ClaimLine]
    stored: StoredVerdict | None
    verdict: Verdict | None
    facts: ClaimFacts | None
    decision: Decision | None
    seats: Sequence[ApprovalSeat]
    settlements: Sequence[Settlement]
    papers: Sequence[CaseDocument]
    thread: Sequence[CaseMessage]
    steps: Sequence[Step]
    stops: Sequence[ClockStop]
    twins: Sequence[MergeProposal]

    @property
    def open_steps(self) -> list[Step]:
        """What somebody still has to do."""
        return [step for step in self.steps if step.state == Step.State.OPEN]

    @property
    def paused_at(self) -> datetime | None:
        """Since when the clock stands; None while it runs."""
        return next((stop.started_at for stop in self.stops if stop.ended_at is None), None)


def dossier_of(*, entity_id: int, claim_id: int) -> Dossier:
    """
    Read a claim. As many statements however much hangs on it.

    :raises Claim.DoesNotExist: if the entity has no such claim
    """
    # What it points at is read by key: planning one join of sixteen tables costs 20 ms each time.
    claim = (
        Claim.objects.select_related(
            "entity",
            "case__owner__user",
            "case__process",
            "case__entity",
            "customer__account_manager__user",
            "customer__parent",
        )
        .prefetch_related(
            "document", "invoice__delivery", "order", "delivery", "duplicate_of__case"
        )
        .get(entity_id=entity_id, pk=claim_id)
    )
    lines = list(claim.lines.select_related("invoice"))
    stored = claim.verdicts.order_by("-version").first()
    verdict, facts = _judged(stored, lines)
    decision = (
        claim.decisions.select_related("proposed_by__user", "approval").order_by("-version").first()
    )
    return Dossier(
        claim=claim,
        lines=lines,
        stored=stored,
        verdict=verdict,
        facts=facts,
        decision=decision,
        seats=_seats(decision),
        settlements=list(
            Settlement.objects.filter(decision__claim=claim)
            .select_related("posting", "entry", "decision")
            .order_by("pk")
        ),
        papers=list(papers_of(claim).order_by("added_at", "pk")),
        thread=list(thread_of(claim).order_by("message__written_at", "pk")[:MESSAGES_MAX]),
        steps=list(
            Step.objects.filter(case=claim.case_id).select_related(
                "assignee__user", "done_by__user"
            )
        ),
        stops=list(ClockStop.objects.filter(case=claim.case_id).order_by("started_at")),
        twins=list(open_twins(claim)),
    )


def papers_of(claim: Claim) -> QuerySet[CaseDocument]:
    """The papers beside a claim, with who added them."""
    rows = CaseDocument.objects.filter(case=claim.case_id)
    return rows.select_related("document", "added_by__user")


def thread_of(claim: Claim) -> QuerySet[CaseMessage]:
    """What was written about a claim, inside and out."""
    return CaseMessage.objects.filter(case=claim.case_id).select_related("message__author")


def open_twins(claim: Claim) -> QuerySet[MergeProposal]:
    """Claims that may be about the same event, while nobody has said so or otherwise."""
    about = Q(claim=claim) | Q(twin=claim)
    rows = MergeProposal.objects.filter(about, state=MergeProposal.State.OPEN).order_by("pk")
    return rows.select_related("claim__case", "claim__customer", "twin__case", "twin__customer")


def mark_of(*, state: str, version: int | None) -> str:
    """Two marks of a claim differ when its state or its verdict is another one."""
    return f"{state}.{version or 0}"


def newest_mark(*, entity_id: int, claim_id: int) -> str:
    """The mark of a claim as it is now, in one statement; empty if the entity has no such claim."""
    rows = Claim.objects.filter(entity_id=entity_id, pk=claim_id)
    found = rows.annotate(version=Max("verdicts__version")).values("state", "version").first()
    return mark_of(state=found["state"], version=found["version"]) if found else ""


def newest_event(claim: Claim, *, after: int) -> AuditEntry | None:
    """The newest thing that happened to the case of a claim after entry number `after`."""
    return (
        AuditEntry.objects.filter(
            entity_id=claim.entity_id,
            subject_type="case",
            subject_id=claim.case_id,
            seq__gt=after,
        )
        .order_by("-seq")
        .first()
    )


def events_of(dossier: Dossier) -> list[AuditEntry]:
    """What happened to a claim and to its postings, newest first. Two statements."""
    postings = [one.posting_id for one in dossier.settlements if one.posting_id]
    return list(log_about(dossier.claim, postings).order_by("-seq")[:EVENTS_MAX])


def log_about(claim: Claim, postings: Iterable[int]) -> QuerySet[AuditEntry]:
    """What the log says of a claim and of its postings."""
    about = Q(subject_type="case", subject_id=claim.case_id)
    about |= Q(subject_type="posting", subject_id__in=postings)
    # Many that changed hands together are one entry, about none of them.
    handed = HandedOver.objects.filter(case=claim.case_id, step=None)
    if keys := list(handed.values_list("hand_over", flat=True)):
        about |= Q(subject_type="hand_over", subject_id__in=keys)
    return AuditEntry.objects.filter(about, entity_id=claim.entity_id)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What judging the stored facts again gave: the same, and by which rule over how many facts."""

    is_same: bool
    rule: str
    version: int
    facts: int


def replay_newest(stored: StoredVerdict) -> Replayed:
    """
    Judge the stored facts again by the rule version that judged them first; nothing is written.

    :raises UnknownRule: if this program no longer has that rule
    """
    first = codec.from_data(Verdict, stored.result)
    facts = codec.from_data(ClaimFacts, stored.facts)
    again = replay(codec.to_json(facts), first.rule.rule_id, first.rule.version)
    return Replayed(
        is_same=codec.to_json(again) == codec.to_json(first)
        and codec.digest(facts) == stored.facts_sha256,
        rule=first.rule.rule_id,
        version=first.rule.version,
        facts=count_facts(facts),
    )


def count_facts(facts: ClaimFacts) -> int:
    """How many records a verdict looked at."""
    groups = (
        facts.lines,
        facts.invoices,
        facts.deliveries,
        facts.prices,
        facts.promotions,
        facts.clauses,
        facts.earlier,
        facts.evidence,
    )
    return sum(map(len, groups)) + bool(facts.payment) + bool(facts.other_invoice)


def _judged(
    stored: StoredVerdict | None, lines: Sequence[ClaimLine]
) -> tuple[Verdict | None, ClaimFacts | None]:
    if stored is None:
        return None, None
    verdict = codec.from_data(Verdict, stored.result)
    if verdict.rule not in RULES:
        return None, None
    now = {(line.n, line.claimed_minor) for line in lines}
    if {(line.n, line.claimed_minor) for line in verdict.lines} != now:
        return None, None
    return verdict, codec.from_data(ClaimFacts, stored.facts)


def _seats(decision: Decision | None) -> list[ApprovalSeat]:
    if decision is None or decision.approval_id is None:
        return []
    rows = ApprovalSeat.objects.filter(request=decision.approval_id)
    return list(
        rows.select_related("expected__user", "signed_by__user", "signed_for__user").order_by("n")
    )
