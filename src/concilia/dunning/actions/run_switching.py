"""A touch whose number turned out to be dead: it goes another way, or says why it does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from concilia.cases.queries.office import today_of
from concilia.correspondence.core.numbers import international
from concilia.correspondence.models import Message
from concilia.customers.models import Contact
from concilia.dunning.actions.run_sending import TASK
from concilia.dunning.core.contact.terms import Outcome
from concilia.dunning.core.strategy.ladder import Why
from concilia.dunning.core.strategy.sheet import read_strategy
from concilia.dunning.core.strategy.terms import Way
from concilia.dunning.models import ContactMade, Run, RunTouch
from concilia.dunning.queries.run_checks import TouchChecks
from concilia.dunning.queries.run_texts import items_of
from concilia.foundation.jobs import defer_many

State = RunTouch.State
GOES_ON = frozenset({Run.State.RELEASED, Run.State.DONE})


def touch_of(message: Message) -> RunTouch | None:
    """The touch whose message this is, locked; None where it is none of a run."""
    return (
        RunTouch.objects.select_for_update(of=("self",), no_key=True)
        .select_related("customer", "contact", "run__entity")
        .filter(message=message)
        .first()
    )


def go_another_way(*, touch: RunTouch, at: datetime) -> None:
    """
    Let a touch whose message reached nobody go again, inside the caller's transaction.

    To a company's next number, else by mail, else as a letter where its step has one; the first
    that every rule allows now or soon. It is asked about again as it is written and as it leaves.
    """
    assert connection.in_atomic_block, "the other way is chosen with the loss of the first"
    lost = touch.message
    assert lost is not None, "what was lost had been written"
    run, entity = touch.run, touch.run.entity
    ContactMade.objects.filter(touch=touch).update(
        touch=None, key=f"lost:{lost.pk}", outcome=Outcome.NOT_CONNECTED
    )
    touch.message, touch.not_before_at = None, None
    items, today = items_of([touch.pk]).get(touch.pk, []), today_of(entity, at)
    others = list(_others(touch, lost)) if run.state in GOES_ON else []
    for way, contact in others:
        touch.way, touch.contact = way.value, contact
        if _is_there_already(touch):
            continue
        checks = TouchChecks(entity=entity, touches=[touch], today=today, at=at)
        checked = checks.check(touch, items)
        if checked.why:
            continue
        is_ours = way is not Way.LETTER
        touch.not_before_at = checked.waits_until if is_ours else None
        touch.state, touch.ran_at = (State.RELEASED, None) if is_ours else (State.BY_HAND, at)
        touch.save()
        if is_ours:
            _take_up(touch, run)
        return
    touch.way, touch.state = Way(lost.channel).value, State.WITHHELD
    touch.why, touch.ran_at = Why.DEAD_NUMBER, at
    touch.save()


def _take_up(touch: RunTouch, run: Run) -> None:
    Run.objects.filter(pk=run.pk, state=Run.State.DONE).update(
        state=Run.State.RELEASED, ended_at=None
    )
    if touch.not_before_at is None:
        defer_many(TASK, [{"run_id": run.pk, "first": touch.pk, "last": touch.pk}])


def _others(touch: RunTouch, lost: Message) -> Iterator[tuple[Way, Contact | None]]:
    """A consumer's other contacts may be family or neighbours: they hear nothing."""
    customer, first = touch.customer, touch.contact
    people = list(Contact.objects.filter(customer=customer).order_by("pk"))
    if not customer.vat_number:
        people = [one for one in people if first is not None and one.pk == first.pk]
    numbers = {lost.recipient}
    for one in people:
        number = international(one.phone, customer.country)
        if number and number not in numbers:
            numbers.add(number)
            yield Way(touch.way), one
    people.sort(key=lambda one: first is None or one.pk != first.pk)
    yield from ((Way.EMAIL, one) for one in people if one.email)
    if Way.LETTER in _ways_of_step(touch):
        yield Way.LETTER, None


def _ways_of_step(touch: RunTouch) -> tuple[Way, ...]:
    read = read_strategy(touch.run.sheet).strategy
    steps = read.plans.get(touch.plan, ()) if read else ()
    return next((step.ways for step in steps if step.day == touch.step_day), ())


def _is_there_already(touch: RunTouch) -> bool:
    """The same items at the same step by this way, from another run."""
    live = [State.PLANNED, State.RELEASED, State.QUEUED, State.BY_HAND, State.DONE]
    same = RunTouch.objects.filter(
        customer=touch.customer_id,
        currency=touch.currency,
        items_digest=touch.items_digest,
        step_day=touch.step_day,
        way=touch.way,
        resumed_date=touch.resumed_date,
        state__in=live,
    )
    return same.exclude(pk=touch.pk).exists()
