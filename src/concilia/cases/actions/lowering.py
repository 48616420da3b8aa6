"""A signature for less, kept: the old version of the request as history, the next one in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from concilia.cases.actions.approvals import (
    asked_as_kept,
    kept_of,
    tell_signers,
    times_to_sign,
    void_approvals,
)
from concilia.cases.core.lowering import lower
from concilia.cases.core.people import Request
from concilia.cases.core.planning import Stage
from concilia.cases.core.routes import Company, Route, RouteState, Seat, Signature, SignOutcome
from concilia.cases.models import ApprovalRequest, ApprovalSeat
from concilia.cases.queries.approvers import principal_of, route_of
from concilia.identity.models import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowered:
    """A signature for less as it would be kept: the routes before and after, and what signed."""

    before: Route
    after: Route
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Less:
    """
    What a member grants of a request instead of the whole.

    `asked` is what was asked, `granted` what would be, as `Request`s; `stages`: whom the process of
    the case asks then.
    """

    seat: ApprovalSeat
    asked: Request
    granted: Request
    words: str
    stages: Sequence[Stage]


def try_less(*, less: Less, member: Membership, company: Company, at: datetime) -> Lowered:
    """
    The route as a signature for less would leave it; nothing is written.

    :raises RouteRefused: with one sentence, if this member may not grant less here
    """
    row = less.seat.request
    before = route_of(row, less.asked)
    signature = Signature(
        seat=less.seat.n,
        person=member.pk,
        outcome=SignOutcome.APPROVE,
        at=at,
        content=less.asked.content,
        comment=less.words,
        on_behalf_of=principal_of(less.seat, member, company, less.granted),
    )
    after = lower(before, less.granted, signature, company, less.stages)
    return Lowered(before=before, after=after, signature=signature)


def sign_for_less(
    *, less: Less, member: Membership, company: Company, at: datetime
) -> ApprovalSeat:
    """
    Keep a signature for less inside the caller's transaction.

    The old version is void and keeps who signed what; the next one carries the signatures on.

    :return: the seat that has just signed, of the next version of the request
    :raises RouteRefused: with one sentence, if this member may not grant less here
    """
    assert connection.in_atomic_block, "a signature is kept with what it allows"
    lowered = try_less(less=less, member=member, company=company, at=at)
    old, after = less.seat.request, lowered.after
    void_approvals(case=old.case, at=at)
    ApprovalSeat.objects.filter(pk=less.seat.pk).update(
        signed_by=member,
        signed_for=lowered.signature.on_behalf_of,
        signed_at=at,
        outcome=SignOutcome.APPROVE,
        approved_minor=less.granted.amount.minor,
        comment=less.words.strip(),
    )
    row = _next_version(old, after, at)
    words = {seat.place: seat.asked_of for seat in old.seats.exclude(asked_of="")}
    words |= {asking.place: asking.asked_of for stage in less.stages for asking in stage.asking}
    _keep_seats(row, after, words, at)
    if after.state is RouteState.OPEN:
        tell_signers(row, at=at)
    return row.seats.select_related("signed_for__user").get(signed_by=member, signed_at=at)


def _next_version(old: ApprovalRequest, after: Route, at: datetime) -> ApprovalRequest:
    request = after.request
    return ApprovalRequest.objects.create(
        case=old.case,
        version=old.version + 1,
        act=request.act,
        amount_minor=request.amount.minor,
        rolling_minor=request.amount.rolling_minor,
        currency=request.amount.currency,
        matrix_version=old.matrix_version,
        rate=old.rate,
        asked=[asked_as_kept(act, amount) for act, amount in request.asked],
        about=old.about,
        content_sha256=request.content,
        state=after.state,
        requested_by_id=old.requested_by_id,
        requested_at=at,
        settled_at=None if after.state is RouteState.OPEN else at,
    )


def _keep_seats(row: ApprovalRequest, after: Route, words: Mapping[str, str], at: datetime) -> None:
    due, half = times_to_sign(row.case.entity, at)
    open_now = {seat.n for seat in after.open_seats}
    ApprovalSeat.objects.bulk_create(
        [
            ApprovalSeat(
                request=row,
                n=seat.n,
                requested_by_id=row.requested_by_id,
                due_at=due,
                half_at=half,
                asked_of=_asked_of(seat, words),
                is_open=seat.n in open_now,
                **kept_of(seat),
            )
            for seat in after.seats
        ]
    )


def _asked_of(seat: Seat, words: Mapping[str, str]) -> str:
    return "" if seat.asked is None else words[seat.place]
