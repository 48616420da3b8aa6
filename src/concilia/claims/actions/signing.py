"""Sign, refuse or send back what is put to signature; ask first, hand over, add somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import NewStep, open_step, tell_or_refuse
from concilia.cases.actions.approvals import Signing, pause_seat, sign_seat
from concilia.cases.core.process.model import Kind
from concilia.cases.core.process.state import ActDone, Event, EventRefused, Returned, StepDone
from concilia.cases.core.routes import RouteState, SignOutcome
from concilia.cases.models import ApprovalRequest, ApprovalSeat
from concilia.claims.actions.deciding import carry_out, request_of
from concilia.claims.actions.granting import AtSeat, Granted, grant_less
from concilia.claims.actions.link_mails import ask_to_sign
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.actions.process import follow_signature, require_turn
from concilia.claims.core.states import ClaimAction
from concilia.claims.models import Claim, Decision
from concilia.claims.queries.authority import company_for
from concilia.customers.models import Customer
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Department, Membership
from concilia.identity.queries import actor_of

NAMING: Final = frozenset({SignOutcome.DELEGATE, SignOutcome.ADD})  # these name a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    What a member does with their seat.

    `to`: the member who shall sign instead (DELEGATE) or too (ADD). `of`: the department asked
    (ASK). `back_to`: the step of the process the case goes back to (RETURN); empty is the usual.
    `less`: what is granted instead of what was proposed (APPROVE), with words; None is all of it.
    """

    outcome: SignOutcome
    comment: str = ""
    to: int | None = None
    of: str = ""
    back_to: str = ""
    less: Granted | None = None


@transaction.atomic(durable=True)
def sign_decision(*, seat_id: int, said: Said, member: Membership, at: datetime) -> Decision:
    """
    Sign, refuse or return a decision from a seat of its route; ask first, hand over, add somebody.

    The last signature decides the claim and writes ledger entries and ERP postings in the same
    transaction (P-2). A refusal or a return brings the claim back to those who check it. Who grants
    less signs for it, and the rest of the route follows from the less.

    :raises RouteRefused: if this member may not sign here (INV-17), whoever calls
    :raises ClaimRefused: if the decision cannot be carried out any more: its content changed since
        it was put to signature, a twin turned up, or an invoice has less left to credit
    """
    return put_signature(seat_id=seat_id, said=said, member=member, at=at, how={})


def put_signature(
    *,
    seat_id: int,
    said: Said,
    member: Membership,
    at: datetime,
    how: Mapping[str, object],
) -> Decision:
    """
    Sign inside the caller's transaction; see `sign_decision`.

    :param how: what the log tells of the signature besides, such as the link it was given by
    """
    assert connection.in_atomic_block, "a signature is given with the act that brings it"
    seat = ApprovalSeat.objects.select_related("request__case").get(
        pk=seat_id, request__case__entity_id=member.entity_id
    )
    claim = lock_claim(claim_id=Claim.objects.get(case=seat.request.case_id).pk)
    # Two claims of one customer signed at once would each see the 30-day total without the other.
    Customer.objects.select_for_update(no_key=True).get(pk=claim.customer_id)
    row = ApprovalRequest.objects.select_for_update(no_key=True).get(pk=seat.request_id)
    row.case = claim.case
    seat.request = row
    decision = claim.decisions.select_for_update(of=("self",), no_key=True).get(approval=row)
    request = request_of(claim=claim, decision=decision, at=at)
    if request.content != row.content_sha256:
        if said.outcome is SignOutcome.APPROVE and row.state == ApprovalRequest.State.OPEN:
            raise ClaimRefused(
                _("The decision changed after it was put to signature: send it back.")
            )
        request = replace(request, content=row.content_sha256)
    if said.outcome is SignOutcome.APPROVE:
        require_turn(claim=claim, seat=seat)
    here = AtSeat(claim=claim, decision=decision, seat=seat, asked=request)
    if said.less is not None and said.outcome is SignOutcome.APPROVE:
        less = replace(said.less, words=said.comment)
        here, acts = grant_less(here=here, granted=less, member=member, at=at)
        state = RouteState(here.seat.request.state)
    else:
        state, acts = _sign(here, said, member, at)
    acts = [replace(act, data={**act.data, **how}) for act in acts]
    acts += _go_on(here, state, said, at)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return here.decision


def _sign(
    here: AtSeat, said: Said, member: Membership, at: datetime
) -> tuple[RouteState, list[Act]]:
    claim, seat, row = here.claim, here.seat, here.seat.request
    signing = Signing(
        seat_id=seat.pk,
        outcome=said.outcome,
        content=row.content_sha256,
        comment=said.comment,
        to=said.to,
    )
    route = sign_seat(
        row=row,
        request=here.asked,
        signing=signing,
        member=member,
        company=company_for(claim, at, limits=row.matrix_version),
        at=at,
    )
    seat.refresh_from_db()
    data = {
        "outcome": said.outcome.value,
        "version": here.decision.version,
        "for": _name_of(seat.signed_for_id),
        "to": _name_of(said.to) if said.outcome in NAMING else "",
    }
    act = Act("decision.signed", "case", claim.case_id, data, said.comment.strip())
    return route.state, [act]


def _go_on(here: AtSeat, state: RouteState, said: Said, at: datetime) -> list[Act]:
    """What follows from what somebody said: the process goes on, the claim is decided or back."""
    claim, decision, seat = here.claim, here.decision, here.seat
    if said.outcome is SignOutcome.APPROVE:
        follow_signature(claim=claim, seat=seat, at=at)
    if state is RouteState.APPROVED:
        return carry_out(claim=claim, decision=decision, at=at)
    if state in {RouteState.REJECTED, RouteState.RETURNED}:
        decision.state = Decision.State.RETURNED
        decision.save(update_fields=["state"])
        _tell_returned(claim, state, seat.place, said.back_to, at)
        return [move(claim=claim, action=ClaimAction.RETURN, at=at)]
    if said.outcome is SignOutcome.ASK:
        _ask(claim, seat, said, at)
    else:
        ask_to_sign(claim=claim, decision=decision, at=at)
    return []


def _ask(claim: Claim, seat: ApprovalSeat, said: Said, at: datetime) -> None:
    """Put a question to a department; the time of the signature stands until it is answered."""
    if said.of not in Department.values:
        raise ClaimRefused(_("Say which department is asked."))
    question = NewStep(kind="question", department=said.of, question=said.comment.strip())
    pause_seat(seat_id=seat.pk, step=open_step(case=claim.case, step=question, at=at), at=at)


def _tell_returned(claim: Claim, state: RouteState, place: str, back_to: str, at: datetime) -> None:
    """Back to where people or the process say; it says as well how often that may be."""
    outcome = "rejected" if state is RouteState.REJECTED else "returned"
    event: Event = StepDone(place, outcome) if place else ActDone(Kind.APPROVAL, outcome)
    if back_to and state is RouteState.RETURNED:
        event = Returned(back_to)
    try:
        tell_or_refuse(case=claim.case, event=event, at=at)
    except EventRefused as refused:
        if refused.code in {"not_before", "step_unknown"}:
            raise ClaimRefused(_("It can go back to a step before this one only.")) from refused
        if refused.code == "loop_used_up":
            raise ClaimRefused(
                _("It was sent back as often as the process allows: sign it, or have it recalled.")
            ) from refused


def _name_of(member_id: int | None) -> str:
    if member_id is None:
        return ""
    found = Membership.objects.filter(pk=member_id).select_related("user").first()
    return found.user.name if found else ""
