"""Who is asked to approve: whom a process names, a request's route, who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from concilia.cases.core.authority import Level
from concilia.cases.core.people import Request, delegations_to
from concilia.cases.core.planning import Asking, Stage
from concilia.cases.core.process.approvals import ApprovalAhead, approvals_ahead
from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.model import Who, WhoKind
from concilia.cases.core.routes import Company, Route, RouteState, Seat, SignOutcome
from concilia.cases.models import ApprovalRequest, ApprovalSeat, Case
from concilia.cases.queries.processes import standing_of
from concilia.identity.models import Membership, Role

# Who may be asked by a step of a company's own: not those who set the rules, nor those who check.
ASKED_ROLES = frozenset({Role.CLERK, Role.RESOLVER, Role.APPROVER})


@dataclass(frozen=True, slots=True)
class Members:
    """The people of an entity as a process may name them, read once."""

    rows: tuple[Membership, ...]

    def of(self, case: Case, who: Who, requester: int | None) -> frozenset[int]:
        """Whom `who` names about a case today; nobody where the one named has left."""
        named = {
            "owner": case.owner_id,
            "account-owner": case.customer.account_manager_id,
            "proposer": requester,
        }
        if who.kind is WhoKind.MANAGER:
            return self._manager(named[who.name])
        able = [row for row in self.rows if row.role in ASKED_ROLES]
        if who.kind in {WhoKind.DEPARTMENT, WhoKind.LEAST_LOADED, WhoKind.OWNER_DEPARTMENT}:
            department = who.name or case.department
            return _approvers(row for row in able if row.department == department)
        address, sells = who.name.lower(), named["account-owner"]
        return frozenset(
            row.pk
            for row in able
            if (who.kind is WhoKind.ROLE and row.role == who.name)
            or (who.kind is WhoKind.PERSON and row.user.email.lower() == address)
            or (who.kind is WhoKind.ACCOUNT and row.pk == sells)
        )

    def _manager(self, number: int | None) -> frozenset[int]:
        """The next level above somebody in their own department; above all of it, in credit."""
        person = next((row for row in self.rows if row.pk == number), None)
        if person is None:
            return frozenset()
        level = person.level if person.role == Role.APPROVER else 0
        for department in dict.fromkeys((person.department, "CRD")):
            above = [
                row
                for row in self.rows
                if row.role == Role.APPROVER and row.department == department and row.level > level
            ]
            if above:
                lowest = min(row.level for row in above)
                return frozenset(row.pk for row in above if row.level == lowest)
        return frozenset()


def members_to_ask(entity_id: int) -> Members:
    """Everybody who works for an entity. One query."""
    rows = Membership.objects.filter(entity=entity_id, is_active=True).select_related("user")
    return Members(tuple(rows.order_by("pk")))


def _approvers(rows: Iterable[Membership]) -> frozenset[int]:
    """Of a department its approvers; where it has none, everybody who works there."""
    found = list(rows)
    approvers = [row.pk for row in found if row.role == Role.APPROVER]
    return frozenset(approvers or [row.pk for row in found])


def stages_for(*, case: Case, facts: Facts | None, requester: int) -> tuple[Stage, ...]:
    """
    What a case's process asks between proposal and posting; the limits alone without one.

    :param facts: as they are once it is proposed
    """
    standing = standing_of(case)
    if standing is None:
        return (Stage(),)
    ahead = approvals_ahead(standing.definition, standing.state, facts or standing.state.facts)
    if all(one.is_matrix for one in ahead):
        return tuple(Stage(place=one.steps[0][0]) for one in ahead) or (Stage(),)
    members = members_to_ask(case.entity_id)
    return tuple(_stage(case, one, members, requester) for one in ahead)


def _stage(case: Case, one: ApprovalAhead, members: Members, requester: int) -> Stage:
    if one.is_matrix:
        return Stage(place=one.steps[0][0])
    return Stage(
        asking=tuple(
            Asking(place, members.of(case, who, requester), f"{who.kind} {who.name}".strip())
            for place, who in one.steps
        ),
        needed=one.needed,
    )


def route_of(row: ApprovalRequest, request: Request, members: Members | None = None) -> Route:
    """
    The pure route behind the rows; whom own steps ask is read as it is today.

    No query for a route of the limits alone beyond its seats.

    :param members: everybody to ask, where that was read already
    """
    seats = sorted(row.seats.all(), key=lambda seat: seat.n)
    if members is None and any(seat.asked_of for seat in seats):
        members = members_to_ask(row.case.entity_id)
    told = tuple(_seat(seat, row, members) for seat in seats)
    return Route(
        request=request,
        matrix_version=row.matrix_version,
        version=row.version,
        needed=max((seat.level for seat in told), default=Level.L0),
        seats=told,
        state=RouteState(row.state),
    )


def _seat(seat: ApprovalSeat, row: ApprovalRequest, members: Members | None) -> Seat:
    return Seat(
        n=seat.n,
        level=Level(seat.level),
        expected=seat.expected_id or 0,
        department=seat.department,
        is_delegated=seat.is_delegated,
        outcome=SignOutcome(seat.outcome) if seat.outcome else None,
        signed_by=seat.signed_by_id,
        signed_for=seat.signed_for_id,
        signed_at=seat.signed_at,
        approved_minor=seat.approved_minor,
        comment=seat.comment,
        turn=seat.turn,
        needed=seat.needed,
        asked=_asked(seat, row, members),
        place=seat.place,
        half_at=seat.half_at,
    )


def _asked(
    seat: ApprovalSeat, row: ApprovalRequest, members: Members | None
) -> frozenset[int] | None:
    if not seat.asked_of or members is None:
        return None
    kind, _, name = seat.asked_of.partition(" ")
    found = members.of(row.case, Who(WhoKind(kind), name), row.requested_by_id)
    handed = {seat.expected_id} if seat.is_delegated and seat.expected_id else set()
    return found | handed


def principal_of(
    seat: ApprovalSeat, member: Membership, company: Company, request: Request
) -> int | None:
    """Whom a member stands in for at a seat: its expected signer, if they left it to the member."""
    is_half_over = (
        company.at is not None and seat.half_at is not None and company.at >= seat.half_at
    )
    left = [
        item.person
        for item in delegations_to(
            member.pk, company.absences, company.on, is_half_over=is_half_over
        )
        if item.is_about(request) and item.person in company.people
    ]
    if seat.expected_id in left:
        return seat.expected_id
    if seat.expected_id not in (None, member.pk) or seat.asked_of:
        return None
    own = company.people.get(member.pk)
    lent = [number for number in left if company.people[number].level >= seat.level]
    return lent[0] if lent and own and own.level < seat.level else None
