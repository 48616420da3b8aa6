"""Whatever happens and in whatever order: no message that should not have left (R-3.5, R-3.30)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.world.builders import TODAY, a_member, an_open_item
from tests.world.collecting import DAY, Debtor
from tests.world.inbox import an_arrival

from concilia.correspondence.models import Message
from concilia.customers.models import Contact
from concilia.dunning.actions import (
    CollectionRefused,
    NewMotive,
    NewPromise,
    cancel_run,
    plan_run,
    record_motive,
    record_promise,
    send_touches,
    sign_run,
    take_up_touches,
)
from concilia.dunning.core.contact.cases import Debt, PlannedContact, zones_of
from concilia.dunning.core.contact.cases import Debtor as WhoOwes
from concilia.dunning.core.contact.deciding import decide
from concilia.dunning.core.contact.packs import PACKS
from concilia.dunning.core.contact.terms import Channel, DebtorType
from concilia.dunning.core.strategy.shipped import SHIPPED
from concilia.dunning.models import ContactMade, Run, RunTouch
from concilia.dunning.queries.dunnable import dunnable_items
from concilia.interfaces.worker.sending import send_message
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db
_codes = count(1)
BETWEEN = (
    "invoice", "dispute", "promise", "pay", "say_no", "bounce", "say_yes", "write", "explain",
    "plan", "release", "cancel",
)  # fmt: skip
DAYS, OFTEN = 8, 0.3


def happenings(seed):
    """
    Some days of a company, drawn from a number; things happen between planning, writing, leaving.

    What keeps messages back is made good again now and then: what must not leave is worth nothing
    if nothing ever does.
    """
    draw = Random(seed)
    for _ in range(DAYS):
        steps = ["wait", "say_yes", "calm", "morning", "write_some", "deliver"]
        for place in (6, 5, 4, 1):
            if draw.random() < OFTEN:
                steps.insert(place, draw.choice(BETWEEN))
        yield from ((one, draw.randrange(1, 15), draw.randrange(100, 90_000)) for one in steps)


class Story:
    """A customer to whom things happen while runs go out."""

    def __init__(self) -> None:
        self.debtor = Debtor(code=f"r{next(_codes)}")
        self.marta = a_member(self.debtor.entity, "Marta Conti", role="approver", level=2)
        self.davide = a_member(self.debtor.entity, "Davide Rossi", role="approver", level=4)
        self.at = datetime.combine(TODAY, datetime.min.time(), tzinfo=UTC) + timedelta(hours=12)
        self.left: list[tuple[Message, datetime]] = []
        self.contact = Contact.objects.get(customer=self.debtor.customer)
        an_open_item(self.debtor.customer, 250_000, due_date=TODAY - 20 * DAY)

    @property
    def today(self):
        return self.at.date()

    def invoice(self, choice, minor) -> None:
        due = self.today + timedelta(days=choice - 18)
        an_open_item(self.debtor.customer, minor, due_date=due)

    def dispute(self, choice, minor) -> None:
        item = self._item(choice)
        if item:
            item.disputed_minor = min(minor, item.open_minor)
            item.save(update_fields=["disputed_minor"])

    def promise(self, choice, minor) -> None:
        new = NewPromise(
            customer_id=self.debtor.customer.pk,
            currency="EUR",
            amount_minor=minor,
            due_date=self.today + choice * DAY,
        )
        try:
            record_promise(new=new, by=self.debtor.clerk, at=self.at)
        except CollectionRefused:
            return

    def pay(self, choice, minor) -> None:
        item = self._item(choice)
        room = item.open_minor - item.disputed_minor if item else 0
        if room > 0:
            self.debtor.pays(item, min(minor, room), on=self.today)

    def say_no(self, choice, minor) -> None:
        Contact.objects.filter(pk=self.contact.pk).update(opted_out_at=self.at)

    def bounce(self, choice, minor) -> None:
        Contact.objects.filter(pk=self.contact.pk).update(bounced_at=self.at)

    def say_yes(self, choice, minor) -> None:
        Contact.objects.filter(pk=self.contact.pk).update(opted_out_at=None, bounced_at=None)

    def write(self, choice, minor) -> None:
        an_arrival(self.debtor.customer, kind="payment_reply", reason=None, claimed_amount=None)

    def explain(self, choice, minor) -> None:
        new = NewMotive(
            customer_id=self.debtor.customer.pk,
            code=f"NR-{choice:02}",
            source="customer" if minor % 2 else "agent",
        )
        record_motive(new=new, by=self.debtor.clerk, at=self.at)

    def calm(self, choice, minor) -> None:
        """A person notes that it was forgotten: nothing rests for it."""
        new = NewMotive(customer_id=self.debtor.customer.pk, code="NR-15", source="agent")
        record_motive(new=new, by=self.debtor.clerk, at=self.at)

    def wait(self, choice, minor) -> None:
        self.at += choice * DAY + timedelta(hours=minor % 24)
        self.debtor.judged(self.today)

    def plan(self, choice, minor) -> None:
        plan_run(entity=self.debtor.entity, at=self.at)

    def release(self, choice, minor) -> None:
        run = Run.objects.filter(entity=self.debtor.entity).order_by("pk").last()
        for by in (self.marta, self.davide):
            try:
                if run:
                    sign_run(run_id=run.pk, by=by, at=self.at)
            except CollectionRefused:
                continue

    def morning(self, choice, minor) -> None:
        self.plan(choice, minor)
        self.release(choice, minor)

    def write_some(self, choice, minor) -> None:
        for run in Run.objects.filter(entity=self.debtor.entity, state="RELEASED"):
            keys = list(run.touches.order_by("pk").values_list("pk", flat=True))
            if keys:
                send_touches(run_id=run.pk, first=keys[0], last=keys[-1], at=self.at)
            take_up_touches(run=run, at=self.at)

    def deliver(self, choice, minor) -> None:
        for message in Message.objects.filter(
            entity=self.debtor.entity, lane="out", state="QUEUED"
        ).order_by("pk"):
            asked_before = self._may_be_asked()
            send_message(message_id=message.pk, at=self.at)
            message.refresh_from_db()
            if message.state == "SENT":
                self._hold_as_it_leaves(message, asked_before)

    def cancel(self, choice, minor) -> None:
        run = Run.objects.filter(entity=self.debtor.entity).order_by("pk").last()
        try:
            if run:
                cancel_run(run_id=run.pk, why="Not today", by=self.marta, at=self.at)
        except CollectionRefused:
            return

    def hold(self) -> None:
        """What must be true at any time."""
        touches = RunTouch.objects.filter(run__entity=self.debtor.entity)
        messages = Message.objects.filter(entity=self.debtor.entity, lane="out")
        assert messages.count() == touches.exclude(message=None).count()
        left = [message.pk for message, _at in self.left]
        assert len(set(left)) == len(left), "a message left twice"
        same = touches.exclude(state__in=["TAKEN_OUT", "WITHHELD", "CANCELLED"]).values_list(
            "items_digest", "step_day", "way", "resumed_date"
        )
        assert len(set(same)) == len(same), "one touch twice"
        days = sorted(at.date() for _message, at in self.left)
        gaps = [(after - before).days for before, after in pairwise(days)]
        assert all(gap >= SHIPPED.rest_days for gap in gaps), days

    def _hold_as_it_leaves(self, message, may_be_asked) -> None:
        self.left.append((message, self.at))
        touch = RunTouch.objects.get(message=message)
        for part in touch.items.filter(asked_minor__gt=0):
            assert part.asked_minor <= may_be_asked.get(part.item_id, 0), "a cent too much"
        contact = Contact.objects.get(pk=self.contact.pk)
        assert contact.opted_out_at is None
        assert contact.bounced_at is None
        assert touch.run.released_by is not None
        zones = zones_of("IT")
        planned = PlannedContact(channel=Channel.EMAIL, at=self.at, debts=(Debt("all"),))
        who = WhoOwes(type=DebtorType.COMPANY, zones=zones, countries=frozenset({"IT"}))
        assert decide(PACKS["IT"], planned, who, []).allowed
        assert ContactMade.objects.filter(touch=touch, outcome="SENT").count() == 1

    def _may_be_asked(self):
        rows = dunnable_items(
            entity=self.debtor.entity, customers=[self.debtor.customer.pk], today=self.today
        )
        return {row.id: 0 if row.rests else row.dunnable for row in rows}

    def _item(self, choice):
        rows = OpenItem.objects.filter(customer=self.debtor.customer, open_minor__gt=0)
        found = list(rows.exclude(kind="deduction").order_by("pk"))
        return found[choice % len(found)] if found else None


LEFT: list[int] = []


# A story takes a second: to make a failing one shorter would take minutes.
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
@given(seed=st.integers(0, 10**9))
def test_nothing_leaves_that_should_not(seed):
    story = Story()
    for kind, choice, minor in happenings(seed):
        getattr(story, kind)(choice, minor)
        story.hold()
    LEFT.append(len(story.left))


def test_and_messages_did_leave():
    assert not LEFT or sum(LEFT) >= 3
