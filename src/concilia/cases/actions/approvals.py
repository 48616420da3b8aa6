"""Approvals: the pure route of `cases.core.approvals` kept as rows the database checks again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import connection
from django.db.models import Max

from concilia.cases.actions.notices import NewNotice, record_notices
from concilia.cases.core.approvals import sign
from concilia.cases.core.authority import Act, Amount
from concilia.cases.core.limits import EVERYTHING, Subject
from concilia.cases.core.people import Refusal, Request, RouteRefused
from concilia.cases.core.planning import BY_LIMITS, Stage, plan_route
from concilia.cases.core.routes import Company, Route, RouteState, Seat, Signature, SignOutcome
from concilia.cases.models import ApprovalRequest, ApprovalSeat, Case, NoticeKind, Step
from concilia.cases.queries.approvers import principal_of, route_of
from concilia.cases.queries.calendars import clock_of
from concilia.identity.models import Entity, Membership
from concilia.kernel.deadlines import Unit

SIGN_WITHIN_DAYS: Final = 2
HALF_DAYS: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """
    What a member does with their seat, with words.

    `to`: who shall sign instead (DELEGATE) or too (ADD).
    """

    seat_id: int
    outcome: SignOutcome
    content: str
    comment: str = ""
    to: int | None = None


@dataclass(frozen=True, slots=True)
class About:
    """
    What a request is about, kept as it is today.

    `rate`: company currency for one unit of the claim's; None where they are the same. `stages`:
    what the case's process asks.
    """

    subject: Subject = EVERYTHING
    rate: Decimal | None = None
    stages: Sequence[Stage] = (BY_LIMITS,)


def request_approval(
    *, case: Case, request: Request, company: Company, about: About, at: datetime
) -> Route:
    """
    Put a decision to those who may sign it, inside the caller's transaction.

    An open request of the case is voided first: a changed decision needs new signatures.

    :raises RouteRefused: with one sentence, if nobody may or can sign
    """
    assert connection.in_atomic_block, "an approval is asked for with the decision"
    assert request.requester is not None, "people ask for signatures"
    last = case.approvals.aggregate(last=Max("version"))["last"] or 0
    route = plan_route(request, company, version=last + 1, stages=about.stages)
    void_approvals(case=case, at=at)
    row = ApprovalRequest.objects.create(
        case=case,
        version=route.version,
        act=request.act,
        amount_minor=request.amount.minor,
        rolling_minor=request.amount.rolling_minor,
        currency=request.amount.currency,
        matrix_version=route.matrix_version,
        rate=about.rate,
        asked=[asked_as_kept(act, amount) for act, amount in request.asked],
        about=asdict(about.subject),
        content_sha256=request.content,
        state=route.state,
        requested_by_id=request.requester,
        requested_at=at,
    )
    due, half = times_to_sign(case.entity, at)
    words = {asking.place: asking.asked_of for stage in about.stages for asking in stage.asking}
    ApprovalSeat.objects.bulk_create(
        [
            ApprovalSeat(
                request=row,
                n=seat.n,
                requested_by_id=request.requester,
                due_at=due,
                half_at=half,
                asked_of="" if seat.asked is None else words[seat.place],
                is_open=seat in route.open_seats,
                **kept_of(seat),
            )
            for seat in route.seats
        ]
    )
    tell_signers(row, at=at)
    return route


def notice_key(*, seat_id: int, person_id: int) -> str:
    """What names the notice that a seat waits for somebody's signature."""
    return f"approval:{seat_id}:{person_id}"


def tell_signers(row: ApprovalRequest, *, at: datetime) -> None:
    """Tell those whose turn it is that something waits for their signature; each seat once."""
    case = row.case
    facts = {
        "case": case.number,
        "customer": case.customer.name,
        "amount_minor": row.amount_minor,
        "currency": row.currency,
        "who": row.requested_by.user.name,
    }
    record_notices(
        entity_id=case.entity_id,
        notices=[
            NewNotice(
                person_id=seat.expected_id,
                kind=NoticeKind.APPROVAL,
                key=notice_key(seat_id=seat.pk, person_id=seat.expected_id),
                case_id=case.pk,
                facts=facts,
            )
            for seat in row.seats.filter(is_open=True)
            if seat.expected_id is not None
        ],
        at=at,
    )


def times_to_sign(entity: Entity, at: datetime) -> tuple[datetime, datetime]:
    """Until when a signature is due, and when half of that time has passed."""
    clock = clock_of(entity)
    return (
        clock.deadline(at, SIGN_WITHIN_DAYS, Unit.BUSINESS_DAYS).due,
        clock.deadline(at, HALF_DAYS, Unit.BUSINESS_DAYS).due,
    )


def asked_as_kept(act: Act, amount: Amount) -> list[str | int]:
    return [act.value, amount.minor, amount.rolling_minor, amount.share_bp, amount.rows]


def kept_of(seat: Seat) -> dict[str, object]:
    """What of a seat is kept as it is."""
    return {
        "level": seat.level,
        "department": seat.department,
        "expected_id": seat.expected,
        "turn": seat.turn,
        "needed": seat.needed,
        "place": seat.place,
        "is_delegated": seat.is_delegated,
        "signed_by_id": seat.signed_by,
        "signed_for_id": seat.signed_for,
        "signed_at": seat.signed_at,
        "outcome": seat.outcome or "",
        "approved_minor": seat.approved_minor,
        "comment": seat.comment,
    }


def void_approvals(*, case: Case, at: datetime) -> int:
    """
    Void what is put to signature, inside the caller's transaction; signatures stay as history.

    :return: how many requests were open
    """
    assert connection.in_atomic_block, "an approval is voided with the change that voids it"
    open_now = case.approvals.filter(state=RouteState.OPEN)
    ApprovalSeat.objects.filter(request__in=open_now, is_open=True).update(is_open=False)
    return open_now.update(state=RouteState.INVALIDATED, settled_at=at)


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

    Who stands in for a colleague signs for them without saying so: the seat knows.

    :param request: as `request_of` gives it
    :raises RouteRefused: with one sentence, if this person may not sign here or now
    """
    assert connection.in_atomic_block, "a signature is kept with what it allows"
    route = route_of(row, request)
    seat = row.seats.filter(pk=signing.seat_id).first()
    if seat is None:
        raise RouteRefused(Refusal.NOT_YOUR_TURN, "this request has no such signature")
    after = sign(
        route,
        Signature(
            seat=seat.n,
            person=member.pk,
            outcome=signing.outcome,
            at=at,
            content=signing.content,
            comment=signing.comment,
            on_behalf_of=principal_of(seat, member, company, request),
            to=signing.to,
        ),
        company,
    )
    _keep(row, route, after, at)
    if after.state is not RouteState.OPEN:
        row.state, row.settled_at = after.state, at
        row.save(update_fields=["state", "settled_at"])
    else:
        tell_signers(row, at=at)
    return after


def _keep(row: ApprovalRequest, before: Route, after: Route, at: datetime) -> None:
    """Keep what a signature changed; an added seat moves those behind it by one."""
    known = {seat.n: seat for seat in before.seats}
    changed = [seat for seat in after.seats if known.get(seat.n) != seat]
    is_longer = len(after.seats) > len(before.seats)
    if is_longer:
        _insert(row, changed[0], at)
    else:
        for seat in changed:
            row.seats.filter(n=seat.n).update(is_open=False, **kept_of(seat))
    numbers = [seat.n for seat in after.open_seats]
    row.seats.filter(is_open=True).exclude(n__in=numbers).update(is_open=False)
    row.seats.filter(is_open=False, n__in=numbers).update(is_open=True)


def sign_seats(done: Sequence[tuple[ApprovalRequest, Route, Route]], *, at: datetime) -> None:
    """
    Keep one approval each of many requests, inside the caller's transaction; three statements.

    :param done: the request with its seats read, its route before and after the approval
    """
    assert connection.in_atomic_block, "signatures are kept with what they allow"
    changed: list[ApprovalSeat] = []
    for row, before, after in done:
        rows = {seat.n: seat for seat in row.seats.all()}
        open_now = {seat.n for seat in after.open_seats}
        for was, seat in zip(before.seats, after.seats, strict=True):
            kept = rows[seat.n]
            if was == seat and kept.is_open == (seat.n in open_now):
                continue
            kept.is_open = seat.n in open_now
            for name, value in kept_of(seat).items():
                setattr(kept, name, value)
            changed.append(kept)
    ApprovalSeat.objects.bulk_update(
        changed,
        ["is_open", "signed_by", "signed_for", "signed_at", "outcome", "approved_minor"],
        batch_size=1000,
    )
    ended = [row.pk for row, _before, after in done if after.state is RouteState.APPROVED]
    ApprovalRequest.objects.filter(pk__in=ended).update(state=RouteState.APPROVED, settled_at=at)


def _insert(row: ApprovalRequest, added: Seat, at: datetime) -> None:
    # From behind, so that no two seats have one number, not even for a moment.
    for moved in row.seats.filter(n__gte=added.n).order_by("-n"):
        turn = moved.turn and moved.turn + 1
        ApprovalSeat.objects.filter(pk=moved.pk).update(n=moved.n + 1, turn=turn)
    due, half = times_to_sign(row.case.entity, at)
    ApprovalSeat.objects.create(
        request=row,
        n=added.n,
        requested_by_id=row.requested_by_id,
        due_at=due,
        half_at=half,
        **kept_of(added),
    )


def pause_seat(*, seat_id: int, step: Step, at: datetime) -> None:
    """Let the time of a signature stand until a question is answered; the caller's transaction."""
    assert connection.in_atomic_block, "time stands with the question that stops it"
    ApprovalSeat.objects.filter(pk=seat_id).update(waits_for=step, waits_since_at=at)


def resume_seats(*, step: Step, at: datetime) -> None:
    """A question is answered: signatures that waited for it get back the time they waited."""
    assert connection.in_atomic_block, "time goes on with the answer"
    for seat in ApprovalSeat.objects.filter(waits_for=step, waits_since_at__isnull=False):
        assert seat.waits_since_at is not None, "asked for just now"
        waited = max(at - seat.waits_since_at, timedelta())
        seat.due_at = seat.due_at and seat.due_at + waited
        seat.half_at = seat.half_at and seat.half_at + waited
        seat.waits_since_at = None
        seat.save(update_fields=["due_at", "half_at", "waits_since_at"])
