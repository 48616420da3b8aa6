"""What people who no longer work here still hold: cases, steps, signatures that wait for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from concilia.cases.models import ApprovalRequest, ApprovalSeat, Case, Step
from concilia.identity.models import Entity, Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class StillHeld:
    """A member who is switched off, and how much hangs on them."""

    member: Membership
    cases: int
    steps: int
    seats: int


def still_held(entity: Entity) -> list[StillHeld]:
    """Members who are switched off and hold something, by name. Four queries."""
    gone = {
        row.pk: row
        for row in Membership.objects.filter(entity=entity, is_active=False).select_related("user")
    }
    if not gone:
        return []
    open_cases = Case.objects.filter(owner__in=gone, closed_at=None)
    open_steps = Step.objects.filter(assignee__in=gone, state=Step.State.OPEN, case__closed_at=None)
    open_seats = ApprovalSeat.objects.filter(
        expected__in=gone, signed_by=None, request__state=ApprovalRequest.State.OPEN
    )
    cases = dict(open_cases.order_by().values_list("owner").annotate(Count("pk")))
    steps = dict(open_steps.order_by().values_list("assignee").annotate(Count("pk")))
    seats = dict(open_seats.order_by().values_list("expected").annotate(Count("pk")))
    found = [
        StillHeld(
            member=member,
            cases=cases.get(key, 0),
            steps=steps.get(key, 0),
            seats=seats.get(key, 0),
        )
        for key, member in gone.items()
        if key in {*cases, *steps, *seats}
    ]
    return sorted(found, key=lambda one: one.member.user.name)
