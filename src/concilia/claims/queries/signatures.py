"""What waits for somebody's signature: one by one, and by what is alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery

from concilia.cases.core.sampling import ALIKE_MIN, Alike, Judged, band_of, judged, sample_size
from concilia.cases.models import ApprovalBatch, ApprovalSeat
from concilia.claims.models import Claim, StoredVerdict
from concilia.claims.queries.authority import today_of
from concilia.identity.models import Absence, Delegation, Membership

LESS: Final = "LESS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A signature that waits: of which claim, for whom it would be given, and what it is like."""

    seat: ApprovalSeat
    claim: Claim
    alike: Alike
    verdict: str
    stands_in_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Signatures that are alike; few ones are signed one by one."""

    alike: Alike
    rows: Sequence[Waiting]
    total_minor: int
    currency: str

    @property
    def may_batch(self) -> bool:
        """Whether there are enough to sign them together."""
        return len(self.rows) >= ALIKE_MIN and sample_size(len(self.rows)) < len(self.rows)

    @property
    def sample(self) -> int:
        """How many would be judged one by one."""
        return sample_size(len(self.rows))


def waiting_for(*, member: Membership, at: datetime, most: int = 0) -> list[Waiting]:
    """
    What waits for a member, also what colleagues left to them, the most urgent first.

    :param most: how many at most; 0 is all
    """
    rows = (
        seats_waiting(member=member, at=at)
        .select_related("request__case__customer", "request__requested_by__user", "expected__user")
        .order_by("due_at", "pk")
    )
    seats = list(rows[:most] if most else rows)
    newest = StoredVerdict.objects.filter(claim=OuterRef("pk")).order_by("-version")
    claims = {
        claim.case_id: claim
        for claim in Claim.objects.filter(case__in=[seat.request.case_id for seat in seats])
        .select_related("case", "customer")
        .annotate(verdict=Subquery(newest.values("outcome")[:1]))
    }
    return [
        _waiting(seat, claims[seat.request.case_id], member)
        for seat in seats
        if seat.request.case_id in claims
    ]


def seats_waiting(*, member: Membership, at: datetime) -> QuerySet[ApprovalSeat]:
    """The seats whose turn it is and that are a member's, or were left to them."""
    today = today_of(member.entity, at)
    now = {"delegate": member, "starts_date__lte": today, "ends_date__gte": today}
    left = Delegation.objects.filter(**now, ended_at=None, way=Delegation.Way.MANUAL)
    mine = (
        Q(expected=member)
        | Q(expected__in=Absence.objects.filter(**now).values("member"))
        | Q(expected__in=left.values("member"))
    )
    return ApprovalSeat.objects.filter(
        mine,
        is_open=True,
        waits_since_at=None,
        request__state="OPEN",
        request__case__entity=member.entity_id,
    )


def _waiting(seat: ApprovalSeat, claim: Claim, member: Membership) -> Waiting:
    request = seat.request
    verdict = getattr(claim, "verdict", None) or ""
    return Waiting(
        seat=seat,
        claim=claim,
        verdict=verdict,
        alike=Alike(
            claim.reason, verdict, request.act, band_of(request.amount_minor, request.currency)
        ),
        stands_in_for=seat.expected.user.name
        if seat.expected and seat.expected_id != member.pk
        else "",
    )


def alike_groups(rows: Sequence[Waiting]) -> list[Group]:
    """What is alike, the largest group first."""
    found: defaultdict[Alike, list[Waiting]] = defaultdict(list)
    for row in rows:
        found[row.alike].append(row)
    groups = [
        Group(
            alike=alike,
            rows=told,
            total_minor=sum(one.seat.request.amount_minor for one in told),
            currency=told[0].seat.request.currency,
        )
        for alike, told in found.items()
    ]
    return sorted(groups, key=lambda group: (-len(group.rows), group.alike))


def is_for_less(seat: ApprovalSeat) -> bool:
    """Whether a seat signed for less than was asked; needs its request."""
    return seat.approved_minor is not None and seat.approved_minor < seat.request.amount_minor


def judged_of(batch: ApprovalBatch) -> Judged:
    """
    How far the sample of a batch has come, as its member judged it. One query.

    Whoever granted less found wrong what was proposed.
    """
    sample = batch.items.filter(is_sample=True).values_list(
        "seat__outcome", "seat__signed_by", "seat__approved_minor", "seat__request__amount_minor"
    )
    return judged(
        [
            (LESS if (approved or asked) < asked else outcome) if by == batch.member_id else None
            for outcome, by, approved, asked in sample
        ]
    )
