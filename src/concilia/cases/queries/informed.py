"""Whom a step that only tells somebody tells."""

from __future__ import annotations

from datetime import datetime

from concilia.cases.core.process.model import Who, WhoKind
from concilia.cases.models import ApprovalRequest, Case
from concilia.cases.queries.approvers import members_to_ask
from concilia.cases.queries.clocks import people_of
from concilia.cases.queries.office import office_on, today_of
from concilia.identity.models import Membership, Role

OF_A_TEAM = frozenset({WhoKind.DEPARTMENT, WhoKind.OWNER_DEPARTMENT})


def informed_of(*, case: Case, who: Who | None, at: datetime) -> frozenset[int]:
    """
    Whom `who` names about a case today, by membership: a role or a department is all of its people.

    Who is away is told, and who stands in for them besides. Where nobody is found (the one named
    has left, nobody has the role) whoever holds the case is told.
    """
    office = office_on(entity_id=case.entity_id, on=today_of(case.entity, at))
    named = _named(case, who, at) or frozenset(office.holders_of(case.owner_id, case.department))
    deputies = (office.deputy_of(person) for person in named)
    return named | {deputy for deputy in deputies if deputy is not None}


def _named(case: Case, who: Who | None, at: datetime) -> frozenset[int]:
    if who is None:
        return frozenset()
    if who.kind is WhoKind.LEAST_LOADED:
        people = [one for one in people_of(case.entity, at) if one.department == who.name]
        here = [one for one in people if not one.is_away] or people
        least = min(here, key=lambda one: (one.load, one.id), default=None)
        return frozenset() if least is None else frozenset({least.id})
    members = members_to_ask(case.entity_id)
    if who.kind is WhoKind.MANAGER:
        return members.of(case, who, _proposer(case))
    name = who.name.lower()
    team = who.name or case.department
    return frozenset(
        row.pk
        for row in members.rows
        if (who.kind is WhoKind.OWNER and row.pk == case.owner_id)
        or (who.kind is WhoKind.ACCOUNT and row.pk == case.customer.account_manager_id)
        or (who.kind is WhoKind.PERSON and row.user.email.lower() == name)
        or (who.kind is WhoKind.ROLE and row.role == who.name)
        or (who.kind in OF_A_TEAM and _works_in(row, team))
    )


def _works_in(row: Membership, team: str) -> bool:
    """Who checks the books works in no team."""
    return row.department == team and row.role != Role.AUDITOR


def _proposer(case: Case) -> int | None:
    """Who proposed last what was put to signature."""
    asked = ApprovalRequest.objects.filter(case=case).order_by("-pk")
    return asked.values_list("requested_by", flat=True).first()
