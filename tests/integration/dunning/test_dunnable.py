"""Each open cent is in exactly one place, whatever was paid, contested, promised and said."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world.builders import (
    NOON,
    TODAY,
    a_bank_entry,
    a_customer,
    an_invoice,
    an_open_item,
)
from tests.world.claims import a_claim, a_team
from tests.world.collecting import DAY, Debtor, noon_of

from concilia.cash.models import Match
from concilia.claims.models import Claim, DisputedItem
from concilia.dunning.actions import NewPlan, cancel_plan, propose_plan
from concilia.dunning.actions.motives import NewMotive, keep_motive
from concilia.dunning.actions.promises import NewPromise, keep_promise
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.models import Plan
from concilia.dunning.queries.dunnable import (
    dunnable_items,
    dunnable_of,
    dunnable_of_all,
    least_of,
)
from concilia.receivables.models import OpenItem
from concilia.reporting.queries.customer import may_ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def debtor():
    return Debtor()


def buckets(found):
    return (
        found.dunnable, found.disputed, found.promised, found.planned, found.not_due, found.held,
    )  # fmt: skip


def an_unassigned_payment(debtor, minor):
    """Money of the customer that waits for a person at the bank desk."""
    Match.objects.create(
        entity=debtor.entity,
        bank_entry=a_bank_entry(debtor.entity, minor),
        version=1,
        customer=debtor.customer,
        state="PROPOSED",
        rule="M7",
        on_account_minor=minor,
        currency="EUR",
        matched_at=NOON,
    )


class TestOneCustomer:
    def test_every_place_is_told_apart(self, debtor):
        contested, promised = debtor.owes(500, 30), debtor.owes(400, 20)
        plain = debtor.owes(300, 10)
        debtor.owes(200, days_late=-15)
        OpenItem.objects.filter(pk=contested.pk).update(disputed_minor=12_000)
        debtor.promises(400, items=[promised.pk])
        planned = debtor.owes(600, 25)
        debtor.plan(450, items=[planned.pk])
        an_open_item(debtor.customer, -5_000)
        an_unassigned_payment(debtor, 7_000)

        found = debtor.may_be_chased()

        assert found.open == 200_000
        assert buckets(found) == (71_000, 12_000, 40_000, 45_000, 20_000, 12_000)
        held = {
            row.id: row.held
            for row in dunnable_items(
                entity=debtor.entity, customers=[debtor.customer.pk], today=TODAY
            )
        }
        assert (held[contested.pk], held[plain.pk]) == (12_000, 0)

    def test_nothing_is_sent_for_ten_units_or_less(self, debtor):
        debtor.owes(10)
        assert debtor.may_be_chased().why_not == "little"
        assert (least_of("EUR"), least_of("JPY"), least_of("KWD")) == (1_000, 10, 10_000)

    def test_a_decided_dispute_rests_until_they_were_told_and_five_working_days_more(self, debtor):
        team = a_team(debtor.entity)
        invoice = an_invoice(debtor.customer, issue_date=TODAY - 60 * DAY)
        claim = a_claim(team["giulia"], invoice)
        disputed = DisputedItem.objects.get(claim=claim).disputed_minor
        assert debtor.may_be_chased().disputed == disputed > 0

        DisputedItem.objects.update(released_at=NOON)
        OpenItem.objects.update(disputed_minor=0)
        Claim.objects.update(state="DENIED", decided_at=NOON)
        assert debtor.may_be_chased(TODAY + 30 * DAY).disputed == disputed  # nobody was told
        Claim.objects.update(state="CUSTOMER_NOTIFIED")
        assert debtor.may_be_chased(TODAY + 7 * DAY).disputed == disputed
        assert debtor.may_be_chased(TODAY + 8 * DAY).disputed == 0
        Claim.objects.update(state="WITHDRAWN")
        assert debtor.may_be_chased(TODAY).disputed == 0

    def test_the_customers_page_says_the_same(self, debtor):
        item = debtor.owes(500)
        debtor.owes(300)
        debtor.promises(200, items=[item.pk])
        found = debtor.may_be_chased()
        [shown] = may_ask(customer=debtor.customer, today=TODAY)
        assert buckets(found) == (
            shown.ask, shown.disputed, shown.promised, shown.planned, shown.not_due, shown.held,
        )  # fmt: skip


_codes = count(1)
# What can happen to a debtor, in any order: kind, a choice, an amount.
KINDS = (
    "invoice", "credit", "dispute", "promise", "plan", "no_plan", "pay", "wait", "motive", "passes",
)  # fmt: skip
HAPPENS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, 20),
        st.integers(1, 60_000),
    ),
    min_size=3,
    max_size=14,
)


class Story:
    """A customer to whom things happen."""

    def __init__(self) -> None:
        self.debtor = Debtor(code=f"c{next(_codes)}")
        self.other = a_customer(self.debtor.entity, "Somebody else")
        self.day = TODAY
        an_open_item(self.other, 12_345, due_date=TODAY - 9 * DAY)

    def invoice(self, choice, minor) -> None:
        due = TODAY + timedelta(days=choice - 12)
        an_open_item(self.debtor.customer, minor, due_date=due)

    def credit(self, choice, minor) -> None:
        an_open_item(self.debtor.customer, -(minor % 9_000 + 1))

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
            due_date=self.day + choice * DAY,
        )
        try:
            with transaction.atomic():
                keep_promise(new=new, by=self.debtor.clerk, at=NOON)
        except CollectionRefused:
            return

    def plan(self, choice, minor) -> None:
        new = NewPlan(
            customer_id=self.debtor.customer.pk,
            currency="EUR",
            amount_minor=minor,
            count=choice % 4 + 1,
            first_date=self.day + choice * DAY,
        )
        with contextlib.suppress(CollectionRefused):
            propose_plan(
                new=new, by=self.debtor.clerk, at=noon_of(self.day), customer_agrees=choice % 5 > 0
            )

    def no_plan(self, choice, minor) -> None:
        found = list(Plan.objects.filter(customer=self.debtor.customer).order_by("pk"))
        if found:
            plan = found[choice % len(found)]
            with contextlib.suppress(CollectionRefused):
                cancel_plan(plan_id=plan.pk, why="x", by=self.debtor.clerk, at=noon_of(self.day))

    def pay(self, choice, minor) -> None:
        item = self._item(choice)
        room = item.open_minor - item.disputed_minor if item else 0
        if room > 0:
            self.debtor.pays(item, min(minor, room))

    def wait(self, choice, minor) -> None:
        an_unassigned_payment(self.debtor, minor)

    def motive(self, choice, minor) -> None:
        item = self._item(choice) if minor % 2 else None
        new = NewMotive(
            customer_id=self.debtor.customer.pk,
            code=f"NR-{choice:02}",
            item_id=item.pk if item else None,
        )
        with transaction.atomic():
            keep_motive(new=new, by=self.debtor.clerk, at=NOON)

    def _item(self, choice):
        rows = OpenItem.objects.filter(customer=self.debtor.customer, open_minor__gt=0)
        found = list(rows.exclude(kind="deduction").order_by("pk"))
        return found[choice % len(found)] if found else None

    def passes(self, choice, minor) -> None:
        self.day += choice * DAY
        self.debtor.judged(self.day)

    def hold(self) -> None:
        """What must be true, whatever happened."""
        entity, customers = self.debtor.entity, [self.debtor.customer.pk]
        rows = dunnable_items(entity=entity, customers=customers, today=self.day)
        opened = dict(
            OpenItem.objects.filter(customer__in=customers, open_minor__gt=0).values_list(
                "pk", "open_minor"
            )
        )
        assert {row.id: sum(buckets(row)) for row in rows} == opened
        assert all(part >= 0 for row in rows for part in buckets(row))
        sums = dunnable_of(entity=entity, customers=customers, today=self.day)
        assert sum(each.open for each in sums) == sum(opened.values())
        assert sum(each.dunnable for each in sums) == sum(row.dunnable for row in rows)
        assert all(each.ready <= each.dunnable for each in sums)
        assigned = -sum(
            OpenItem.objects.filter(customer__in=customers, open_minor__lt=0).values_list(
                "open_minor", flat=True
            )
        )
        waiting = sum(
            Match.objects.filter(customer__in=customers, state__in=["PROPOSED", "OPEN"])
            .values_list("bank_entry__amount_minor", flat=True)
        )  # fmt: skip
        assert sum(row.held for row in rows) <= assigned + waiting
        self.plans_hold({row.id: row for row in rows})
        of_all = {each.customer_id: each for each in dunnable_of_all(entity=entity, today=self.day)}
        assert [of_all[each.customer_id] for each in sums] == sums

    def plans_hold(self, rows) -> None:
        """What a plan is about and what was paid of it are the same money (R-3.28)."""
        for plan in Plan.objects.filter(customer=self.debtor.customer):
            parts = list(plan.items.all())
            in_rows = list(plan.rows.all())
            assert sum(row.principal_minor for row in in_rows) == plan.principal_minor
            assert sum(part.amount_minor for part in parts) == plan.principal_minor
            paid = sum(row.principal_paid_minor for row in in_rows)
            assert paid == sum(part.paid_minor for part in parts)
            if plan.state == "DEFAULTED":
                kept = sum(row.planned for row in rows.values())
                to_come = [row for row in in_rows if row.due_date > self.day]
                others = Plan.objects.filter(customer=plan.customer).exclude(pk=plan.pk)
                if not others.filter(state__in=["ACTIVE", "AT_RISK", "DEFAULTED"]).exists():
                    assert kept <= sum(
                        row.principal_minor - row.principal_paid_minor for row in to_come
                    )
            if plan.is_in_force:
                for part in parts:
                    left = part.amount_minor - part.paid_minor
                    planned = rows[part.item_id].planned if part.item_id in rows else 0
                    assert planned <= left


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(happens=HAPPENS)
def test_no_cent_is_in_two_places_or_in_none(happens):
    story = Story()
    for kind, choice, minor in happens:
        getattr(story, kind)(choice, minor)
        story.hold()
