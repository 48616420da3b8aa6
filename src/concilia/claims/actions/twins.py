"""The double-dip guard: one event that arrives as message, deduction and debit note (R-2.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from concilia.claims.core.linking import (
    DATE_WINDOW_DAYS,
    ClaimedEvent,
    Twin,
    find_twins,
    require_paid_once,
)
from concilia.claims.models import Claim, MergeProposal
from concilia.foundation.audit import Act

WINDOW = timedelta(days=DATE_WINDOW_DAYS + 1)
OVER_WITHOUT_MONEY = ("WITHDRAWN", "DUPLICATE")


def events_near(*, claim: Claim) -> dict[str, Claim]:
    """Other claims of the same payer group around the same time, by case number. Two queries."""
    group = Q(customer=claim.customer_id)
    if claim.customer.payer_group_id:
        group |= Q(customer__payer_group=claim.customer.payer_group_id)
    rows = (
        Claim.objects.filter(
            group,
            entity_id=claim.entity_id,
            currency=claim.currency,
            received_at__range=(claim.received_at - WINDOW, claim.received_at + WINDOW),
        )
        .exclude(pk=claim.pk)
        .exclude(state__in=OVER_WITHOUT_MONEY)
        .select_related("case", "customer", "entity", "invoice", "order", "delivery")
        .prefetch_related("lines")
        .order_by("pk")
    )
    return {row.case.number: row for row in rows}


def event_of(*, claim: Claim) -> ClaimedEvent:
    """A claim reduced to the economic event behind it."""
    zone = ZoneInfo(claim.entity.timezone)
    group = claim.customer.payer_group_id
    lines = list(claim.lines.all())
    return ClaimedEvent(
        reference=claim.case.number,
        group=f"group:{group}" if group else f"customer:{claim.customer_id}",
        currency=claim.currency,
        amount_minor=claim.claimed_minor,
        reasons=frozenset({claim.reason, *(line.reason for line in lines)}),
        on=claim.received_at.astimezone(zone).date(),
        invoices=_numbers(claim.invoice),
        orders=_numbers(claim.order),
        deliveries=_numbers(claim.delivery),
        vat_bps=frozenset(line.vat_bp for line in lines),
    )


def propose_merges(*, claim: Claim, at: datetime) -> list[Act]:
    """Put every possible twin before a person, inside the caller's transaction; returns the log."""
    others = events_near(claim=claim)
    acts = []
    for twin in find_twins(
        event_of(claim=claim), [event_of(claim=other) for other in others.values()]
    ):
        _propose(claim, others[twin.reference], twin, at)
        data = {"twin": twin.reference, "why": list(twin.why)}
        acts.append(Act("claim.twin_found", "case", claim.case_id, data))
    return acts


def is_blocked_by_twin(*, claim: Claim) -> bool:
    """Whether a possible twin waits for a person: until then neither may be approved."""
    waiting = MergeProposal.objects.filter(state=MergeProposal.State.OPEN)
    return waiting.filter(Q(claim=claim) | Q(twin=claim)).exists()


def require_granted_once(*, claim: Claim) -> None:
    """
    Refuse to approve an event that another claim has granted already.

    :raises PaidTwice: naming the other claim
    """
    others = events_near(claim=claim)
    granted = [event_of(claim=other) for other in others.values() if other.approved_minor > 0]
    apart = MergeProposal.objects.filter(state=MergeProposal.State.APART).filter(
        Q(claim=claim) | Q(twin=claim)
    )
    looked_at = {number for row in _numbers_of(apart) for number in row}
    require_paid_once(event_of(claim=claim), granted, kept_apart=frozenset(looked_at))


def _propose(claim: Claim, other: Claim, twin: Twin, at: datetime) -> None:
    known = Q(claim=claim, twin=other) | Q(claim=other, twin=claim)
    if not MergeProposal.objects.filter(known).exists():
        MergeProposal.objects.create(
            claim=claim, twin=other, why=list(twin.why), score_bp=twin.score_bp, proposed_at=at
        )


def _numbers_of(rows: Iterable[MergeProposal]) -> Iterable[tuple[str, str]]:
    for row in rows:
        yield row.claim.case.number, row.twin.case.number


def _numbers(record: object | None) -> frozenset[str]:
    return frozenset({str(record)}) if record else frozenset()
