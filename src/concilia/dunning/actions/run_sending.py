"""A released run leaves: some hundred touches at a time, each once, each asked about once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from concilia.cases.queries.office import today_of
from concilia.correspondence.actions import (
    Outgoing,
    ToContact,
    hold_back,
    may_queue,
    queue_messages,
)
from concilia.correspondence.core.policy import POLICY, Purpose
from concilia.customers.models import Customer
from concilia.dunning.core.contact.asking import VERSION
from concilia.dunning.core.contact.terms import Direction, Outcome
from concilia.dunning.core.strategy.terms import CHANNEL_OF, SHORT, Way
from concilia.dunning.core.texts.composing import Composed
from concilia.dunning.core.texts.facts import TextIncomplete
from concilia.dunning.models import ContactMade, Run, RunTouch, RunTouchItem
from concilia.dunning.queries.run_checks import Checked, TouchChecks, number_of_touch
from concilia.dunning.queries.run_texts import (
    Desk,
    body_of,
    composed_touch,
    desk_of,
    items_of,
    language_of,
)
from concilia.foundation.jobs import defer, defer_many
from concilia.foundation.rows import insert_rows, update_rows
from concilia.identity.models import Entity
from concilia.receivables.models import OpenItem

CHUNK: Final = 200
ALLOWED_BY: Final = f"{POLICY} {VERSION}"
TASK: Final = "concilia.send_touches"
NO_TEXT: Final = "text"
State = RunTouch.State


@transaction.atomic(durable=True)
def send_touches(*, run_id: int, first: int, last: int, at: datetime) -> int:
    """
    Write the messages of some touches of a released run; how many were written.

    Message, state and contact are one transaction: a worker killed anywhere has written all of them
    or none, and who takes over writes the rest. Customers and items are locked, so that what was
    checked is true when it is written. What may not go any more is withheld, with the reason.
    """
    run = Run.objects.select_related("entity", "released_by__user").get(pk=run_id)
    if run.state != Run.State.RELEASED:
        return 0
    touches = list(
        RunTouch.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("customer", "contact", "run")
        .filter(
            Q(not_before_at=None) | Q(not_before_at__lte=at),
            run=run,
            state=State.RELEASED,
            pk__range=(first, last),
        )
        .order_by("pk")
    )
    if not touches:
        return 0
    items = items_of(touch.pk for touch in touches)
    _lock(touches, [part.item_id for parts in items.values() for part in parts])
    entity, today = run.entity, today_of(run.entity, at)
    checks = TouchChecks(entity=entity, touches=touches, today=today, at=at)
    assert run.released_by is not None, "somebody released the run"
    desk = desk_of(entity=entity, sender=run.released_by.user.name, today=today)
    sheaf = _Sheaf(run, desk, at)
    for touch in touches:
        parts = items.get(touch.pk, [])
        checked = checks.check(touch, parts)
        if checked.may_go:
            sheaf.take(touch, parts)
        else:
            _keep_from_going(touch, checked, at)
    written = sheaf.write(entity)
    update_rows(touches, ["state", "why", "note", "message", "ran_at", "not_before_at"])
    return written


@transaction.atomic(durable=True)
def check_leaving(*, message_id: int, at: datetime) -> bool:
    """
    Ask once more, as a message is handed to its carrier; whether it may leave now.

    One that waits for hours comes back then; one that may not go is withheld and troubled nobody.
    """
    touch = (
        RunTouch.objects.select_for_update(of=("self",), no_key=True)
        .select_related("customer", "contact", "run__entity", "message")
        .filter(message=message_id)
        .first()
    )
    if touch is None or touch.state != State.QUEUED:
        return touch is None
    entity = touch.run.entity
    checks = TouchChecks(entity=entity, touches=[touch], today=today_of(entity, at), at=at)
    checked = checks.check(touch, items_of([touch.pk]).get(touch.pk, []), is_written=True)
    if checked.may_go:
        return True
    if checked.waits_until is not None:
        defer("concilia.send_message", at=checked.waits_until, message_id=message_id)
        return False
    if hold_back(message_id=message_id, why=checked.why):
        _keep_from_going(touch, checked, at)
        touch.save(update_fields=["state", "why", "note", "ran_at"])
        ContactMade.objects.filter(touch=touch).update(outcome=Outcome.NOT_CONNECTED)
    return False


@transaction.atomic(durable=True)
def take_up_touches(*, run: Run, at: datetime) -> int:
    """Queue jobs for what of a released run may go now; a run with nothing left is done."""
    waiting = RunTouch.objects.filter(run=run, state=State.RELEASED)
    if not waiting.exists():
        Run.objects.filter(pk=run.pk, state=Run.State.RELEASED).update(
            state=Run.State.DONE, ended_at=at
        )
        return 0
    return queue_touches(run=run, at=at)


def queue_touches(*, run: Run, at: datetime) -> int:
    """Queue a job for each lot of touches that may go now, inside the caller's transaction."""
    may_go = RunTouch.objects.filter(
        Q(not_before_at=None) | Q(not_before_at__lte=at), run=run, state=State.RELEASED
    )
    keys = list(may_go.order_by("pk").values_list("pk", flat=True))
    lots = [keys[n : n + CHUNK] for n in range(0, len(keys), CHUNK)]
    defer_many(TASK, [{"run_id": run.pk, "first": lot[0], "last": lot[-1]} for lot in lots])
    return len(keys)


@dataclass
class _Sheaf:
    """The messages of one lot, written together."""

    run: Run
    desk: Desk
    at: datetime
    wanted: dict[str, tuple[RunTouch, ToContact]] = field(default_factory=dict)

    def take(self, touch: RunTouch, parts: Sequence[RunTouchItem]) -> None:
        """Write the text of a touch; without all its words it does not go."""
        assert touch.contact is not None, "who has no address was kept from going"
        entity = self.run.entity
        try:
            text = composed_touch(touch, parts, desk=self.desk)
        except TextIncomplete as missing:
            _keep_from_going(touch, Checked(NO_TEXT, missing.field), self.at)
            return
        outgoing = _outgoing(touch, text, self.run)
        wanted = ToContact(
            customer=touch.customer, contact=touch.contact, outgoing=outgoing, channel=touch.way
        )
        if touch.way == Way.EMAIL:
            answer = may_queue(entity=entity, wanted=wanted)
            if not answer.allowed:
                _keep_from_going(touch, Checked(str(answer.why)), self.at)
                return
        self.wanted[outgoing.key] = touch, wanted

    def write(self, entity: Entity) -> int:
        """Write them all: the messages, the contacts that caps count, the states."""
        wanted = [one for _touch, one in self.wanted.values()]
        messages = queue_messages(entity=entity, wanted=wanted, allowed_by=ALLOWED_BY, at=self.at)
        contacts = []
        for key, (touch, _one) in self.wanted.items():
            touch.state, touch.message, touch.ran_at = State.QUEUED, messages[key], self.at
            contacts.append(
                ContactMade(
                    entity=entity,
                    customer=touch.customer,
                    contact=touch.contact,
                    touch=touch,
                    channel=CHANNEL_OF[Way(touch.way)],
                    direction=Direction.OUT,
                    outcome=Outcome.SENT,
                    at=self.at,
                    by=self.run.released_by,
                )
            )
        insert_rows(contacts)
        return len(contacts)


def _outgoing(touch: RunTouch, text: Composed, run: Run) -> Outgoing:
    assert run.released_by is not None, "somebody released the run"
    assert touch.contact is not None, "a message goes to somebody"
    is_short = touch.way in SHORT
    return Outgoing(
        key=key_of(touch),
        purpose=Purpose.REMIND,
        to=number_of_touch(touch) if is_short else touch.contact.email,
        subject=text.subject,
        body=body_of(text, touch.customer),
        language=language_of(touch),
        author=run.released_by.user,
        # A messaging service knows its templates by the names of our texts.
        template=text.key.value if touch.way == Way.WHATSAPP else text.template,
    )


def key_of(touch: RunTouch) -> str:
    """The key of a touch's message: one for each number and way it is tried by."""
    if touch.way in SHORT:
        return f"touch:{touch.pk}:{touch.way}:{number_of_touch(touch)}"
    return f"touch:{touch.pk}"


def _keep_from_going(touch: RunTouch, checked: Checked, at: datetime) -> None:
    if checked.waits_until is not None:
        touch.not_before_at = checked.waits_until
        return
    touch.state, touch.why, touch.note = State.WITHHELD, checked.why, checked.detail[:200]
    touch.ran_at = at


def _lock(touches: Sequence[RunTouch], items: Sequence[int]) -> None:
    """Promises lock the customer; payments and disputes change the items: both wait for us."""
    customers = sorted({touch.customer_id for touch in touches})
    list(
        Customer.objects.select_for_update(no_key=True)
        .filter(pk__in=customers)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    list(
        OpenItem.objects.select_for_update(no_key=True)
        .filter(pk__in=sorted(set(items)))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
