"""Instalment plans: agreed by whom, judged by money alone, ended by people."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from tests.world.builders import NOON, TODAY, a_member
from tests.world.collecting import DAY, Debtor, noon_of
from tests.world.kept import fresh, kept

from concilia.cash.actions import reverse_match
from concilia.cash.models import Match
from concilia.dunning.actions import (
    CollectionRefused,
    NewMotive,
    NewPlan,
    accelerate_plan,
    accept_plan,
    agree_plan,
    ask_for_plan,
    cancel_plan,
    record_motive,
)
from concilia.dunning.models import Plan, PlanItem, PlanRow
from concilia.dunning.queries.plan_work import plans_to_look_at
from concilia.dunning.queries.plans import plan_shown, plans_of
from concilia.dunning.queries.work import next_customers
from concilia.foundation.audit import Actor
from concilia.foundation.models import AuditEntry
from concilia.identity.models import Role
from concilia.ledger.actions import Booking, book_entries
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, Line

pytestmark = pytest.mark.django_db

CUSTOMER = Actor("customer", "Ingrosso Lariano S.r.l.")


def a_debtor():
    debtor = Debtor()
    debtor.item = debtor.owes(900)
    debtor.chief = a_member(debtor.entity, "Chiara Capo", role=Role.APPROVER, level=4)
    return debtor


built = kept(a_debtor)


@pytest.fixture
def debtor(built):
    return fresh(built)


def state(plan):
    plan.refresh_from_db()
    return plan.state


def rows(plan):
    found = PlanRow.objects.filter(plan=plan).order_by("n")
    return [(row.payment_minor, row.paid_minor) for row in found]


def asked(debtor, euros=300, count=3, days=10, **changes):
    new = NewPlan(
        customer_id=debtor.customer.pk,
        currency="EUR",
        amount_minor=euros * 100,
        count=count,
        first_date=TODAY + days * DAY,
        **changes,
    )
    return ask_for_plan(new=new, entity_id=debtor.entity.pk, actor=CUSTOMER, at=NOON)


def book_off(item, minor):
    """A credit of ours, booked."""
    entry = Entry(
        kind=EntryKind.ITEM_OPENED,
        currency=item.currency,
        lines=(
            Line(
                role=AccountRole.AR,
                item_id=item.pk,
                customer_id=item.customer_id,
                credit_minor=minor,
            ),
            Line(role=AccountRole.OPENING_BALANCE, debit_minor=minor),
        ),
    )
    with transaction.atomic():
        book_entries(
            entity_id=item.entity_id,
            bookings=[Booking(key=f"off:{item.pk}", entry=entry, posting_date=TODAY)],
            at=NOON,
        )


def changed_at_once(change):
    change()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class TestAgreeing:
    def test_a_clerk_with_the_customers_yes_puts_it_in_force(self, debtor):
        plan = debtor.plan(None)

        assert plan.state == "ACTIVE"
        assert rows(plan) == [(30_000, 0)] * 3
        assert (debtor.may_be_chased().planned, debtor.may_be_chased().dunnable) == (90_000, 0)
        acts = AuditEntry.objects.filter(act__startswith="plan.").order_by("seq")
        assert [entry.act for entry in acts] == ["plan.proposed", "plan.agreed"]

    def test_an_offer_waits_for_the_customers_yes(self, debtor):
        plan = debtor.plan(None, agrees=False)
        assert (plan.state, debtor.may_be_chased().dunnable) == ("PROPOSED", 90_000)

        accept_plan(
            plan_id=plan.pk, customer_id=debtor.customer.pk, entity_id=debtor.entity.pk,
            actor=CUSTOMER, at=NOON,
        )  # fmt: skip

        assert (state(plan), debtor.may_be_chased().dunnable) == ("ACTIVE", 0)

    def test_beyond_ones_authority_somebody_with_more_agrees(self, debtor):
        plan = debtor.plan(None, count=9)  # a clerk of level 1: six rows
        assert plan.state == "PROPOSED"
        with pytest.raises(CollectionRefused, match="beyond your authority"):
            agree_plan(plan_id=plan.pk, by=debtor.clerk, at=NOON)

        agree_plan(plan_id=plan.pk, by=debtor.chief, at=NOON)

        assert (state(plan), plan.agreed_by) == ("ACTIVE", debtor.chief.user)

    def test_two_people_look_at_what_is_large(self, debtor):
        debtor.owes(9_000)
        plan = debtor.plan(9_000, by=debtor.chief)
        assert plan.state == "PROPOSED"
        with pytest.raises(CollectionRefused, match="somebody else"):
            agree_plan(plan_id=plan.pk, by=debtor.chief, at=NOON)
        other = a_member(debtor.entity, "Otto Other", role=Role.APPROVER, level=4)

        agree_plan(plan_id=plan.pk, by=other, at=NOON)

        assert state(plan) == "ACTIVE"

    def test_what_a_customer_asked_for_and_is_large_is_seen_by_two_of_us(self, debtor):
        debtor.owes(9_000)
        plan = asked(debtor, 9_000)
        agree_plan(plan_id=plan.pk, by=debtor.chief, at=NOON)
        assert state(plan) == "PROPOSED"
        other = a_member(debtor.entity, "Otto Other", role=Role.APPROVER, level=4)

        agree_plan(plan_id=plan.pk, by=other, at=NOON)

        assert state(plan) == "ACTIVE"

    def test_splitting_a_debt_raises_no_authority(self, debtor):
        debtor.owes(700, 5)
        assert debtor.plan(900).state == "ACTIVE"
        assert debtor.plan(700).state == "PROPOSED"  # 1,600 within thirty days

    def test_the_customers_yes_binds_within_policy_and_waits_beyond_it(self, debtor):
        within = asked(debtor, 300, 3)
        assert (within.state, within.agreed_by) == ("ACTIVE", None)
        cancel_plan(plan_id=within.pk, why="Paid otherwise", by=debtor.clerk, at=NOON)

        for changes in ({"euros": 900}, {"count": 6}, {"days": 60}):
            beyond = asked(debtor, **changes)
            assert beyond.state == "PROPOSED", changes
            cancel_plan(plan_id=beyond.pk, why="Too long", by=debtor.clerk, at=NOON)

    def test_an_item_is_in_one_open_plan(self, debtor):
        plan = debtor.plan(500, agrees=False)
        with pytest.raises(CollectionRefused, match="another plan"):
            debtor.plan(300, items=[debtor.item.pk])
        cancel_plan(plan_id=plan.pk, why="No", by=debtor.clerk, at=NOON)
        assert debtor.plan(300, items=[debtor.item.pk]).state == "ACTIVE"

    def test_what_changed_since_is_proposed_anew(self, debtor):
        plan = debtor.plan(None, agrees=False)
        debtor.promises(400, items=[debtor.item.pk])
        with pytest.raises(CollectionRefused, match="changed since"):
            agree_plan(plan_id=plan.pk, by=debtor.clerk, at=NOON)

    def test_cents_of_a_plan_keep_no_promise_and_the_other_way_round(self, debtor):
        debtor.plan(500)
        with pytest.raises(CollectionRefused):
            debtor.promises(100, items=[debtor.item.pk])
        other = debtor.owes(400, 5)
        debtor.promises(100, items=[other.pk])
        with pytest.raises(CollectionRefused, match="promised"):
            debtor.plan(100, items=[other.pk])

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"euros": 0}, "above zero"),
            ({"euros": 901}, "more than"),
            ({"count": 0}, "instalments"),
            ({"count": 601}, "instalments"),
            ({"days": -1}, "has passed"),
            ({"days": 400}, "too far"),
            ({"rate_percent": Decimal(5)}, "rate"),
            ({"model": "linear"}, "rate"),
            ({"model": "linear", "rate_percent": Decimal("NaN")}, "Interest is"),
            ({"model": "usury", "rate_percent": Decimal(5)}, "one of the list"),
            ({"down_payment_minor": 90_000}, "first payment"),
            ({"items": [10**12]}, "not open"),
        ],
    )
    def test_what_makes_no_plan_is_refused_in_a_sentence(self, debtor, changes, said):
        terms = {"euros": 900, "count": 3, "days": 10} | changes
        with pytest.raises(CollectionRefused, match=said):
            debtor.plan(**terms)

    def test_a_due_date_is_moved_once_in_twelve_months(self, debtor):
        moved = debtor.plan(None, count=1, days=20, kind="NEW_DATE")
        assert (moved.state, rows(moved)) == ("ACTIVE", [(90_000, 0)])
        debtor.owes(100)
        with pytest.raises(CollectionRefused, match="at most 1 times"):
            debtor.plan(100, count=1, days=20, kind="NEW_DATE")


class TestMoney:
    def test_the_oldest_due_row_first_and_thanks_at_the_end(self, debtor):
        plan = debtor.plan(900, days=0)
        debtor.pays(debtor.item, 20_000, on=TODAY)
        assert rows(plan) == [(30_000, 20_000), (30_000, 0), (30_000, 0)]
        debtor.pays(debtor.item, 10_000, on=TODAY)
        debtor.pays(debtor.item, 30_000, on=TODAY + 28 * DAY)
        # Who pays a row before its day has paid that row.
        assert rows(plan) == [(30_000, 30_000), (30_000, 30_000), (30_000, 0)]
        debtor.pays(debtor.item, 30_000, on=TODAY + 32 * DAY)

        assert state(plan) == "COMPLETED"
        assert debtor.may_be_chased_or_none() is None
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE args->>'event' = 'PlanCompleted'"
            )
            assert cursor.fetchone() == (1,)

    def test_one_late_row_is_a_risk_two_are_a_default_and_its_items_come_back(self, debtor):
        plan = debtor.plan(900, days=0)
        assert debtor.judged(TODAY + 7 * DAY) == 0
        assert debtor.judged(TODAY + 8 * DAY) == 1  # five working days of grace
        assert (state(plan), debtor.may_be_chased().planned) == ("AT_RISK", 90_000)
        assert PlanRow.objects.get(plan=plan, n=1).was_late

        debtor.judged(TODAY + 45 * DAY)

        assert state(plan) == "DEFAULTED"
        # What is due comes back; the row to come falls due on its day, or by a person's act.
        found = debtor.may_be_chased(TODAY + 45 * DAY)
        assert (found.dunnable, found.planned) == (60_000, 30_000)
        assert debtor.may_be_chased(TODAY + 70 * DAY).dunnable == 90_000
        assert not PlanItem.objects.get(plan=plan).is_open

    def test_money_that_came_in_time_and_was_assigned_late_heals(self, debtor):
        plan = debtor.plan(900, days=0)
        debtor.judged(TODAY + 8 * DAY)
        debtor.pays(debtor.item, 30_000, on=TODAY)
        assert state(plan) == "ACTIVE"

    def test_money_that_goes_back_reopens_it(self, debtor):
        plan = debtor.plan(900, count=1, days=5)
        row = debtor.pays(debtor.item, 90_000, on=TODAY + 5 * DAY)
        assert state(plan) == "COMPLETED"

        [match] = Match.objects.filter(bank_entry=row, state="POSTED")
        reverse_match(match_id=match.pk, reason="Wrong", member=debtor.clerk, at=NOON)
        debtor.judged_by_money(row, TODAY + 6 * DAY)

        assert (state(plan), rows(plan)) == ("ACTIVE", [(90_000, 0)])
        assert debtor.may_be_chased().planned == 90_000

    def test_money_of_before_the_plan_pays_no_row(self, debtor):
        debtor.pays(debtor.item, 30_000, on=TODAY - DAY)
        plan = debtor.plan(600)
        debtor.pays(debtor.item, 10_000, on=TODAY + DAY)
        assert sum(paid for _due, paid in rows(plan)) == 10_000

    def test_what_is_credited_shortens_it_from_its_end(self, debtor):
        plan = debtor.plan(900, days=0)
        book_off(debtor.item, 10_000)
        debtor.judged(TODAY)
        assert rows(plan) == [(30_000, 0), (30_000, 0), (30_000, 10_000)]
        assert debtor.may_be_chased().planned == 80_000

    def test_what_comes_beyond_the_item_is_interest_of_the_plan(self, debtor):
        plan = debtor.plan(900, days=0, count=1, model="linear", rate_percent=Decimal(10))
        due = TODAY + 30 * DAY
        plan_2 = debtor.owes(300, 5)
        second = debtor.plan(
            300, items=[plan_2.pk], days=30, count=1, model="linear", rate_percent=Decimal(10)
        )
        [(payment, _)] = rows(second)
        assert payment == 30_247
        row = debtor.pays(plan_2, payment, on=due)
        match = Match.objects.get(bank_entry=row)
        assert (match.state, match.applied_minor, match.on_account_minor) == ("POSTED", 30_000, 247)
        assert (state(second), rows(second)) == ("COMPLETED", [(30_247, 30_247)])
        assert rows(plan) == [(90_000, 0)]

    def test_a_new_date_that_is_not_kept_is_over(self, debtor):
        plan = debtor.plan(None, count=1, days=5, kind="NEW_DATE")
        debtor.judged(TODAY + 15 * DAY)
        assert state(plan) == "DEFAULTED"

    def test_the_statements_do_not_grow_with_the_plans(self, debtor, django_assert_max_num_queries):
        for n in range(5):
            item = debtor.owes(100 + n, 5)
            debtor.plan(100, items=[item.pk], days=0)
        with django_assert_max_num_queries(26):
            assert debtor.judged(TODAY + 10 * DAY) == 5


class TestEnding:
    def test_a_cancelled_plan_gives_its_items_back(self, debtor):
        plan = debtor.plan(900)
        with pytest.raises(CollectionRefused, match="Say why"):
            cancel_plan(plan_id=plan.pk, why=" ", by=debtor.clerk, at=NOON)
        cancel_plan(plan_id=plan.pk, why="They sold the shop", by=debtor.clerk, at=NOON)
        assert debtor.may_be_chased().dunnable == 90_000
        with pytest.raises(CollectionRefused, match="over"):
            cancel_plan(plan_id=plan.pk, why="Again", by=debtor.clerk, at=NOON)

    def test_calling_in_is_a_noticed_act_of_an_approver_and_asks_no_future_interest(self, debtor):
        plan = debtor.plan(900, days=0, model="linear", rate_percent=Decimal("10"))
        on = TODAY + 45 * DAY
        call = {"plan_id": plan.pk, "why": "Two rows missed", "noticed_date": on - 7 * DAY}
        debtor.judged(TODAY + 8 * DAY)
        with pytest.raises(CollectionRefused, match="not kept"):
            accelerate_plan(**call, by=debtor.chief, at=noon_of(on))
        debtor.judged(on)
        with pytest.raises(CollectionRefused, match="approver"):
            accelerate_plan(**call, by=debtor.clerk, at=noon_of(on))
        for day in (TODAY - DAY, on):
            unnoticed = call | {"noticed_date": day}
            with pytest.raises(CollectionRefused, match="in writing"):
                accelerate_plan(**unnoticed, by=debtor.chief, at=noon_of(on))

        accelerate_plan(**call, by=debtor.chief, at=noon_of(on))

        plan.refresh_from_db()
        assert plan.state == "ACCELERATED"
        assert plan.accelerated_minor == 91_110  # 45 days of 10 % on what is unpaid, no more
        assert debtor.may_be_chased(on).dunnable == 90_000

    def test_another_company_ends_nothing(self, debtor):
        plan = debtor.plan(900)
        stranger = Debtor("other", iban="DE02120300000000202051").clerk
        for act in (
            lambda: cancel_plan(plan_id=plan.pk, why="x", by=stranger, at=NOON),
            lambda: agree_plan(plan_id=plan.pk, by=stranger, at=NOON),
        ):
            with pytest.raises(CollectionRefused, match="no such plan"):
                act()

    def test_paying_early_ends_it_without_interest_to_come(self, debtor):
        plan = debtor.plan(900, days=30, model="linear", rate_percent=Decimal("10.15"))
        [shown] = plans_of(customer=debtor.customer, today=TODAY)
        assert (shown.plan, shown.pay_off.minor, shown.open_minor > 90_000) == (plan, 90_000, True)
        assert plan_shown(plan, TODAY + 10 * DAY).pay_off.minor == 90_250


class TestTheDatabase:
    def test_rows_and_items_that_do_not_add_up_are_refused(self, debtor):
        plan = debtor.plan(900)
        for change in (
            lambda: PlanRow.objects.filter(plan=plan, n=1).update(principal_minor=1),
            lambda: PlanRow.objects.filter(plan=plan, n=1).delete(),
            lambda: PlanItem.objects.filter(plan=plan).update(amount_minor=1),
            lambda: PlanItem.objects.filter(plan=plan).update(is_open=False),
            lambda: Plan.objects.filter(pk=plan.pk).update(principal_minor=1),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                changed_at_once(change)

    def test_the_dates_keep_their_day(self, debtor):
        plan = debtor.plan(900, days=(date(2026, 12, 31) - TODAY).days)
        due = PlanRow.objects.filter(plan=plan).order_by("n").values_list("due_date", flat=True)
        assert list(due) == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]
        collected = PlanRow.objects.get(plan=plan, n=2).collect_date
        assert collected == date(2027, 1, 31) + timedelta(days=1)  # a Sunday


class TestWork:
    def whys(self, debtor, on=TODAY):
        found = plans_to_look_at(entity_id=debtor.entity.pk, today=on)
        page = next_customers(entity=debtor.entity, today=on, kind="plan")
        assert len(page.rows) == page.found == page.counts.get("plan", 0) == bool(found)
        assert [task for row in page.rows for task in row.plans] == found
        return [task.why for task in found]

    def test_what_a_customer_asked_for_waits_for_a_person(self, debtor):
        asked(debtor, 900)
        assert self.whys(debtor) == ["asked"]

    def test_an_offer_waits_for_the_customer_until_its_first_day(self, debtor):
        debtor.plan(900, agrees=False)
        assert self.whys(debtor) == []
        assert self.whys(debtor, TODAY + 11 * DAY) == ["asked"]

    def test_what_breaks_is_a_task_until_somebody_speaks(self, debtor):
        debtor.plan(900, days=0)
        on = TODAY + 8 * DAY
        assert self.whys(debtor, on) == []
        debtor.judged(on)
        assert self.whys(debtor, on) == ["risk"]
        new = NewMotive(customer_id=debtor.customer.pk, code="NR-10")
        record_motive(new=new, by=debtor.clerk, at=noon_of(on + DAY))
        assert self.whys(debtor, on + DAY) == []
        # Their next row falls due, and the last was late: one calls before it breaks.
        assert self.whys(debtor, TODAY + 28 * DAY) == ["soon"]
        debtor.judged(TODAY + 60 * DAY)
        assert self.whys(debtor, TODAY + 60 * DAY) == ["failed"]
