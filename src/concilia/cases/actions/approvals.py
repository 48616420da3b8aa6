"""Approvals: the pure route of `cases.core.approvals` kept as rows the database checks again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max

from concilia.cases.core.approvals import sign
from concilia.cases.core.authority import Level
from concilia.cases.core.people import Refusal, Request, RouteRefused
from concilia.cases.core.planning import plan_route
from concilia.cases.core.routes import Company, Route, RouteState, Seat, Signature, SignOutcome
from concilia.cases.models import ApprovalRequest, ApprovalSeat, Case
from concilia.cases.queries.calendars import clock_of
from concilia.identity.models import Membership
from concilia.kernel.deadlines import Unit

SIGN_WITHIN_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What a member does with their seat: approve, reject or return, with words."""

    seat_id: int
    outcome: SignOutcome
    content: str
    comment: str = ""


def request_approval(*, case: Case, request: Request, company: Company, at: datetime) -> Route:
    """
    Put a decision to those who may sign it, inside the caller's transaction.

    An open request of the case is voided first: a changed decision needs new signatures.

    :raises RouteRefused: with one sentence, if nobody may or can sign
    """
    assert connection.in_atomic_block, "an approval is asked for with the decision"
    assert request.requester is not None, "people ask for signatures"
    last = case.approvals.aggregate(last=Max("version"))["last"] or 0
    route = plan_route(request, company, version=last + 1)
    void_approvals(case=case, at=at)
    row = ApprovalRequest.objects.create(
        case=case,
        version=route.version,
        act=request.act,
        amount_minor=request.amount.minor,
        rolling_minor=request.amount.rolling_minor,
        currency=request.amount.currency,
        content_sha256=request.content,
        state=route.state,
        requested_by_id=request.requester,
        requested_at=at,
    )
    due = clock_of(case.entity).deadline(at, SIGN_WITHIN_DAYS, Unit.BUSINESS_DAYS).due
    ApprovalSeat.objects.bulk_create(
        [
            ApprovalSeat(
                request=row,
                n=seat.n,
                level=seat.level,
                department=seat.department,
                expected_id=seat.expected,
                requested_by_id=request.requester,
                due_at=due,
            )
            for seat in route.seats
        ]
    )
    return route


def void_approvals(*, case: Case, at: datetime) -> int:
    """
    Void what is put to signature, inside the caller's transaction; signatures stay as history.

    :return: how many requests were open
    """
    assert connection.in_atomic_block, "an approval is voided with the change that voids it"
    return case.approvals.filter(state=RouteState.OPEN).update(
        state=RouteState.INVALIDATED, settled_at=at
    )


def sign_seat(
    *,
    row: ApprovalRequest,
    request: Request,
    signing: Signing,
    member: Membership,
    company: Company,
    at: datetime,
) -> Route:
    """
    Apply one signature inside the caller's transaction and return the route after it.

    Who stands in for an absent colleague signs for them without saying so: the seat knows.

    :param request: as `request_of` gives it
    :raises RouteRefused: with one sentence, if this person may not sign here or now
    """
    assert connection.in_atomic_block, "a signature is kept with what it allows"
    route = route_of(row, request)
    seat = row.seats.filter(pk=signing.seat_id).first()
    if seat is None:
        raise RouteRefused(Refusal.NOT_YOUR_TURN, "this request has no such signature")
    principal = principal_of(seat, member, company)
    after = sign(
        route,
        Signature(
            seat=seat.n,
            person=member.pk,
            outcome=signing.outcome,
            at=at,
            content=signing.content,
            comment=signing.comment,
            on_behalf_of=principal,
        ),
        company,
    )
    seat.signed_by, seat.signed_for_id = member, principal
    seat.outcome, seat.comment, seat.signed_at = signing.outcome, signing.comment, at
    seat.save(update_fields=["signed_by", "signed_for", "outcome", "comment", "signed_at"])
    if after.state is not RouteState.OPEN:
        row.state, row.settled_at = after.state, at
        row.save(update_fields=["state", "settled_at"])
    return after


def route_of(row: ApprovalRequest, request: Request) -> Route:
    """The pure route behind the rows."""
    seats = tuple(
        Seat(
            n=seat.n,
            level=Level(seat.level),
            expected=seat.expected_id or 0,
            department=seat.department,
            signed_by=seat.signed_by_id,
            signed_for=seat.signed_for_id,
            signed_at=seat.signed_at,
            comment=seat.comment,
        )
        for seat in row.seats.order_by("n")
    )
    return Route(
        request=request,
        matrix_version="",
        version=row.version,
        needed=max((seat.level for seat in seats), default=Level.L0),
        seats=seats,
        state=RouteState(row.state),
    )


def principal_of(seat: ApprovalSeat, member: Membership, company: Company) -> int | None:
    """Whom a member stands in for at a seat: its expected signer, if they left it to the member."""
    if seat.expected_id in (None, member.pk):
        away = [
            absence.person
            for absence in company.absences
            if absence.covers(company.on) and absence.delegate == member.pk
        ]
        lent = [number for number in away if company.people[number].level >= seat.level]
        own = company.people.get(member.pk)
        return lent[0] if lent and own and own.level < seat.level else None
    for absence in company.absences:
        is_left = absence.covers(company.on) and absence.delegate == member.pk
        if absence.person == seat.expected_id and is_left:
            return absence.person
    return None
