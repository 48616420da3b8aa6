"""What people do with a run: take one out, sign it, release it, cancel it; and calls they made."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.dunning.actions.motives import require_collector
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.run_planning import own_run
from concilia.dunning.actions.run_sending import queue_touches
from concilia.dunning.core.contact.terms import Direction, Outcome
from concilia.dunning.core.strategy.terms import BY_PROGRAM, CHANNEL_OF, Way
from concilia.dunning.models import ContactMade, Run, RunTouch
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership, Role
from concilia.identity.queries import actor_of

WHY_MAX: Final = 200
MAY_RELEASE: Final = frozenset({Role.APPROVER, Role.ADMIN})
WAITS: Final = frozenset({Run.State.PLANNED, Run.State.SIGNED})
BY_A_PERSON: Final = "person"
OUTCOMES: Final = frozenset(
    {Outcome.CONVERSATION, Outcome.MESSAGE_LEFT, Outcome.NO_ANSWER, Outcome.NOT_CONNECTED}
    | {Outcome.SENT}
)


def may_release(member: Membership) -> bool:
    """Whether somebody may let a run go that others planned."""
    return member.role in MAY_RELEASE and member.is_active


@transaction.atomic(durable=True)
def take_out(*, touch_id: int, why: str, by: Membership, at: datetime) -> RunTouch:
    """
    Take one customer out of a run that waits.

    :raises CollectionRefused: if the run does not wait any more, no reason is given, or the role
        does not collect
    """
    require_collector(by)
    touch = RunTouch.objects.filter(pk=touch_id, run__entity=by.entity_id).first()
    if touch is None:
        raise CollectionRefused(_("There is no such run."))
    run = own_run(run_id=touch.run_id, by=by)
    _require_waiting(run)
    if not why.strip():
        raise CollectionRefused(_("Say why."))
    if touch.state != RunTouch.State.PLANNED:
        raise CollectionRefused(_("This is not in the run any more."))
    touch.state, touch.why, touch.by = RunTouch.State.TAKEN_OUT, BY_A_PERSON, by
    touch.note, touch.ran_at = why.strip()[:WHY_MAX], at
    touch.save(update_fields=["state", "why", "by", "note", "ran_at"])
    _log(run, "run.taken_out", by, at, touch.note, touch=touch.pk, customer=touch.customer_id)
    return touch


@transaction.atomic(durable=True)
def sign_run(*, run_id: int, by: Membership, at: datetime) -> Run:
    """
    Release a run, or sign a large one first: then another person releases it.

    What goes by mail is queued; calls and letters become the work of people.

    :raises CollectionRefused: if the run does not wait, somebody planned it or signed it
        themselves, or may not release
    """
    if not may_release(by):
        raise CollectionRefused(_("An approver or an administrator releases runs."))
    run = own_run(run_id=run_id, by=by)
    _require_waiting(run)
    if run.planned_by_id == by.pk:
        raise CollectionRefused(_("You planned this run: somebody else releases it."))
    if run.wants_second and run.state == Run.State.PLANNED:
        run.state, run.signed_by, run.signed_at = Run.State.SIGNED, by, at
        run.save(update_fields=["state", "signed_by", "signed_at"])
        _log(run, "run.signed", by, at)
        return run
    if run.signed_by_id == by.pk:
        raise CollectionRefused(_("You signed this run: a second person releases it."))
    run.state, run.released_by, run.released_at = Run.State.RELEASED, by, at
    run.save(update_fields=["state", "released_by", "released_at"])
    planned = RunTouch.objects.filter(run=run, state=RunTouch.State.PLANNED)
    by_program = [way.value for way in BY_PROGRAM]
    planned.filter(way__in=by_program).update(state=RunTouch.State.RELEASED)
    planned.exclude(way__in=by_program).update(state=RunTouch.State.BY_HAND, ran_at=at)
    queue_touches(run=run, at=at)
    _log(run, "run.released", by, at, asked_minor=run.asked_minor)
    return run


@transaction.atomic(durable=True)
def cancel_run(*, run_id: int, why: str, by: Membership, at: datetime) -> Run:
    """
    Stop a run: what has not been written yet is not. What was written stays written.

    :raises CollectionRefused: if it is over, no reason is given, or the role does not collect
    """
    require_collector(by)
    run = own_run(run_id=run_id, by=by)
    if run.state not in {*WAITS, Run.State.RELEASED}:
        raise CollectionRefused(_("This run is over."))
    if not why.strip():
        raise CollectionRefused(_("Say why."))
    touches = RunTouch.objects.filter(
        run=run, state__in=[RunTouch.State.PLANNED, RunTouch.State.RELEASED]
    )
    stopped = touches.update(state=RunTouch.State.CANCELLED)
    run.state, run.ended_by, run.ended_at = Run.State.CANCELLED, by, at
    run.ended_why = why.strip()[:WHY_MAX]
    run.save(update_fields=["state", "ended_by", "ended_at", "ended_why"])
    _log(run, "run.cancelled", by, at, run.ended_why, stopped=stopped)
    return run


@transaction.atomic(durable=True)
def finish_by_hand(
    *, touch_id: int, outcome: str, by: Membership, at: datetime, note: str = ""
) -> RunTouch:
    """
    Write down what came of a call, or that a letter was posted; caps count it from then on.

    :raises CollectionRefused: if it is not for a person to do, done already, or the outcome unknown
    """
    require_collector(by)
    touch = (
        RunTouch.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=touch_id, run__entity=by.entity_id)
        .first()
    )
    if touch is None or touch.state != RunTouch.State.BY_HAND:
        raise CollectionRefused(_("This is not to be done any more."))
    if outcome not in OUTCOMES:
        raise CollectionRefused(_("Choose one of the list."))
    touch.state, touch.by, touch.note = RunTouch.State.DONE, by, note.strip()[:WHY_MAX]
    touch.save(update_fields=["state", "by", "note"])
    ContactMade.objects.create(
        entity_id=by.entity_id,
        customer_id=touch.customer_id,
        contact_id=touch.contact_id,
        touch=touch,
        channel=CHANNEL_OF[Way(touch.way)],
        direction=Direction.OUT,
        outcome=outcome,
        at=at,
        by=by,
        note=touch.note,
    )
    data = {"way": touch.way, "outcome": outcome, "touch": touch.pk}
    acts = [Act("contact.made", "customer", touch.customer_id, data, touch.note)]
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=acts)
    return touch


def _require_waiting(run: Run) -> None:
    if run.state not in WAITS:
        raise CollectionRefused(_("This run does not wait any more."))


def _log(run: Run, act: str, by: Membership, at: datetime, why: str = "", **data: int) -> None:
    acts = [Act(act, "run", run.pk, {"date": run.on_date.isoformat(), **data}, why)]
    audit.log(entity_id=run.entity_id, actor=actor_of(by), at=at, acts=acts)
