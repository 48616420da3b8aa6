"""Whatever happens and in whatever order: no message that should not have left (R-3.5, R-3.30)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.world import carrier as carriers
from tests.world.builders import TODAY, a_member, an_open_item
from tests.world.collecting import DAY, Debtor
from tests.world.inbox import an_arrival
from tests.world.lines import MOBILE

from concilia.correspondence.actions import TextDraft, change_texting, mark_reach
from concilia.correspondence.models import Message, Reach
from concilia.customers.models import Contact
from concilia.dunning.actions import (
    CollectionRefused,
    NewMotive,
    NewPromise,
    cancel_run,
    plan_run,
    publish_strategy,
    record_motive,
    record_promise,
    send_touches,
    sign_run,
    take_up_touches,
    write_strategy_draft,
)
from concilia.dunning.core.contact.cases import Debt, PlannedContact, zones_of
from concilia.dunning.core.contact.cases import Debtor as WhoOwes
from concilia.dunning.core.contact.deciding import decide
from concilia.dunning.core.contact.packs import PACKS
from concilia.dunning.core.contact.terms import Channel, Content, DebtorType
from concilia.dunning.core.strategy.shipped import SHIPPED
from concilia.dunning.models import ContactMade, Run, RunTouch
from concilia.dunning.queries.contacted import past_contacts
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

    channel, type, content = Channel.EMAIL, DebtorType.COMPANY, frozenset()

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
            may_be_asked, past = self._may_be_asked(), self._past(message)
            send_message(message_id=message.pk, at=self.at)
            message.refresh_from_db()
            if message.state == "SENT":
                self._hold_as_it_leaves(message, may_be_asked, past)

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
        tried = messages.exclude(state="FAILED")
        assert tried.count() == touches.filter(message__in=tried).count()
        left = [message.pk for message, _at in self.left]
        assert len(set(left)) == len(left), "a message left twice"
        same = touches.exclude(state__in=["TAKEN_OUT", "WITHHELD", "CANCELLED"]).values_list(
            "items_digest", "step_day", "way", "resumed_date"
        )
        assert len(set(same)) == len(same), "one touch twice"
        days = sorted(at.date() for _message, at in self.left)
        gaps = [(after - before).days for before, after in pairwise(days)]
        assert all(gap >= SHIPPED.rest_days for gap in gaps), days

    def _hold_as_it_leaves(self, message, may_be_asked, past) -> None:
        self.left.append((message, self.at))
        touch = RunTouch.objects.get(message=message)
        for part in touch.items.filter(asked_minor__gt=0):
            late, soon = may_be_asked.get(part.item_id, (0, 0))
            assert part.asked_minor <= (late if touch.tone else soon), "a cent too much"
        self._hold_to_wishes()
        assert touch.run.released_by is not None
        planned = PlannedContact(
            channel=self.channel, at=self.at, debts=(Debt("all"),), content=self.content
        )
        who = WhoOwes(type=self.type, zones=zones_of("IT"), countries=frozenset({"IT"}))
        assert decide(PACKS["IT"], planned, who, past).allowed
        assert ContactMade.objects.filter(touch=touch, outcome="SENT").count() == 1

    def _hold_to_wishes(self) -> None:
        contact = Contact.objects.get(pk=self.contact.pk)
        assert contact.opted_out_at is None
        assert contact.bounced_at is None

    def _past(self, message):
        """Every contact before this one: what caps count."""
        since = self.at - 40 * DAY
        made = past_contacts(customers=[self.debtor.customer.pk], since=since)
        found = list(made.get(self.debtor.customer.pk, ()))
        own = next(one for one in reversed(found) if one.channel is self.channel)
        found.remove(own)
        return found

    def _may_be_asked(self):
        """Of each item what may be asked for, and what falls due."""
        rows = dunnable_items(
            entity=self.debtor.entity, customers=[self.debtor.customer.pk], today=self.today
        )
        return {row.id: (0, 0) if row.rests else (row.dunnable, row.not_due) for row in rows}

    def _item(self, choice):
        rows = OpenItem.objects.filter(customer=self.debtor.customer, open_minor__gt=0)
        found = list(rows.exclude(kind="deduction").order_by("pk"))
        return found[choice % len(found)] if found else None


class ShortStory(Story):
    """A household that is reached by its telephone alone, and told before something falls due."""

    channel, type = Channel.SMS, DebtorType.CONSUMER
    content = frozenset({Content.OPT_OUT_NOTICE})

    def __init__(self, carrier) -> None:
        super().__init__()
        self.carrier = carrier
        entity, customer = self.debtor.entity, self.debtor.customer
        customer.vat_number = ""
        customer.save()
        Contact.objects.filter(pk=self.contact.pk).update(phone=MOBILE)
        values = {name: str(value) for name, value in carrier.values.items()}
        admin = a_member(entity, "Anna Villa", role="admin")
        draft = TextDraft(is_on=True, gateway="twilio", values=values)
        change_texting(draft=draft, by=admin, at=self.at)
        draft = write_strategy_draft(sheet=SHORT_SHEET, why="", by=self.marta, at=self.at)
        publish_strategy(seen_sha256=draft.sha256, by=admin, at=self.at)

    def say_no(self, choice, minor) -> None:
        self._mark("opted_out")

    def bounce(self, choice, minor) -> None:
        """The carrier knows of nobody there."""
        self.carrier.refuses[MOBILE] = 21614

    def say_yes(self, choice, minor) -> None:
        self.carrier.refuses.clear()
        self._mark("agreed")
        self._mark("wrote")

    def _mark(self, what) -> None:
        with transaction.atomic():
            mark_reach(
                entity_id=self.debtor.entity.pk, channel="SMS", number=MOBILE, at=self.at, what=what
            )

    def _hold_to_wishes(self) -> None:
        known = Reach.objects.filter(entity=self.debtor.entity, number=MOBILE).first()
        assert known is None or (known.opted_out_at is None and known.dead_at is None)
        assert MOBILE not in self.carrier.refuses

    def hold(self) -> None:
        super().hold()
        assert len(self.carrier.texts) == len(self.left), "the carrier took one twice"
        noted = RunTouch.objects.filter(
            run__entity=self.debtor.entity, tone=0, message__state="SENT"
        ).values_list("items__item", "message")
        items = [item for item, _message in noted]
        assert len(set(items)) == len(items), "one item noted twice"


LEFT: list[int] = []
SHORT_LEFT: list[int] = []
SHORT_SHEET = """\
name Short
rule all -> b2c
plan b2c
  -10 sms T0 courtesy
  3 sms T1 reminder
  6 sms T2 question
  12 sms T3 firm
"""


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


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
@given(seed=st.integers(0, 10**9))
def test_no_short_message_leaves_that_should_not(seed):
    with carriers.running() as carrier:
        story = ShortStory(carrier)
        for kind, choice, minor in happenings(seed):
            getattr(story, kind)(choice, minor)
            story.hold()
    SHORT_LEFT.append(len(story.left))


def test_and_messages_did_leave():
    assert not LEFT or sum(LEFT) >= 3
    assert not SHORT_LEFT or sum(SHORT_LEFT) >= 3
