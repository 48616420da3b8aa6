"""Offers to settle: worked out, signed by somebody else, waived only on receipt."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.world.builders import NOON, TODAY, a_member
from tests.world.collecting import DAY, Debtor, noon_of
from tests.world.kept import fresh, kept

from concilia.dunning.actions import (
    CollectionRefused,
    NewPlan,
    NewSettlement,
    accept_plan,
    agree_plan,
    book_waiver,
    offer_settlement,
    propose_plan,
)
from concilia.dunning.queries.plan_work import plans_to_look_at
from concilia.dunning.queries.settlements import draft_settlement
from concilia.foundation.audit import Actor
from concilia.identity.models import Role

pytestmark = pytest.mark.django_db


def a_debtor():
    debtor = Debtor()
    debtor.old, debtor.new = debtor.owes(1_200, 200), debtor.owes(800, 100)
    debtor.chief = a_member(debtor.entity, "Chiara Capo", role=Role.APPROVER, level=4)
    return debtor


built = kept(a_debtor)


@pytest.fixture
def debtor(built):
    return fresh(built)


def terms(debtor, **changes):
    fields = {
        "offer_minor": 150_000,
        "pay_by": TODAY + 10 * DAY,
        "probability_bp": 4_500,
        "rate_percent": Decimal(8),
        "months": 18,
        "cost_minor": 18_000,
    }
    return NewSettlement(customer_id=debtor.customer.pk, currency="EUR", **fields | changes)


def agreed(debtor):
    row = offer_settlement(new=terms(debtor), by=debtor.clerk, at=NOON)
    agree_plan(plan_id=row.pk, by=debtor.chief, at=NOON)
    return row


def state(plan):
    plan.refresh_from_db()
    return plan.state


def whys(debtor, on=TODAY):
    return [task.why for task in plans_to_look_at(entity_id=debtor.entity.pk, today=on)]


def test_the_arithmetic_is_that_of_the_domain(debtor):
    draft = draft_settlement(customer=debtor.customer, new=terms(debtor), today=TODAY)
    # The half-year's rate is not known, so no interest is part of the claim: TV-3.8.
    assert (draft.claim.minor, draft.expected.minor) == (200_000, 62_188)
    assert (draft.discount, draft.is_worth_it) == (Decimal("68.91"), True)
    assert (draft.waived.minor, draft.share_bp) == (50_000, 2_500)
    assert [(paid, waived) for _item, paid, waived in draft.parts] == [
        (120_000, 0),
        (30_000, 50_000),
    ]


def test_somebody_else_signs_what_is_given_up(debtor):
    row = offer_settlement(new=terms(debtor), by=debtor.chief, at=NOON)
    assert (row.state, debtor.may_be_chased().dunnable) == ("PROPOSED", 200_000)
    with pytest.raises(CollectionRefused, match="beyond your authority"):
        agree_plan(plan_id=row.pk, by=debtor.clerk, at=NOON)
    with pytest.raises(CollectionRefused, match="somebody else"):
        agree_plan(plan_id=row.pk, by=debtor.chief, at=NOON)
    accept_plan(
        plan_id=row.pk, customer_id=debtor.customer.pk, entity_id=debtor.entity.pk,
        actor=Actor("customer", "x"), at=NOON,
    )  # fmt: skip
    assert state(row) == "PROPOSED"  # the customer's yes signs for nobody

    other = a_member(debtor.entity, "Otto Other", role=Role.APPROVER, level=4)
    agree_plan(plan_id=row.pk, by=other, at=NOON)

    assert state(row) == "ACTIVE"
    assert (debtor.may_be_chased().planned, debtor.may_be_chased().dunnable) == (200_000, 0)


def test_the_rest_is_given_up_on_receipt_and_booked_by_a_person(debtor):
    row = agreed(debtor)
    with pytest.raises(CollectionRefused, match="before a settlement is paid"):
        book_waiver(plan_id=row.pk, by=debtor.clerk, at=NOON)
    # On which invoice it comes does not matter.
    for item, minor in (("old", 50), ("new", 40), ("old", 30), ("new", 20), ("old", 10)):
        debtor.pays(getattr(debtor, item), minor * 1_000, on=TODAY + DAY)

    assert state(row) == "COMPLETED"
    assert (debtor.may_be_chased().planned, debtor.may_be_chased().dunnable) == (50_000, 0)
    assert whys(debtor) == ["waive"]
    book_waiver(plan_id=row.pk, by=debtor.clerk, at=NOON)
    assert whys(debtor) == []
    with pytest.raises(CollectionRefused, match="done before"):
        book_waiver(plan_id=row.pk, by=debtor.clerk, at=NOON)


def test_not_paid_by_its_day_the_whole_debt_is_back(debtor):
    row = agreed(debtor)
    on = TODAY + 25 * DAY
    debtor.pays(debtor.old, 50_000, on=TODAY + DAY)
    debtor.judged(on)
    assert state(row) == "DEFAULTED"
    assert debtor.may_be_chased(on).dunnable == 150_000
    assert whys(debtor, on) == ["failed"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"offer_minor": 0}, "between nothing"),
        ({"offer_minor": 200_000}, "between nothing"),
        ({"pay_by": TODAY - DAY}, "has passed"),
        ({"pay_by": TODAY + 500 * DAY}, "too far"),
        ({"probability_bp": 10_001}, "chance"),
        ({"rate_percent": Decimal("Infinity")}, "chance"),
        ({"months": 10**9}, "chance"),
        ({"cost_minor": -1}, "chance"),
    ],
)
def test_what_is_no_offer_is_refused_in_a_sentence(debtor, changes, said):
    with pytest.raises(CollectionRefused, match=said):
        offer_settlement(new=terms(debtor, **changes), by=debtor.clerk, at=NOON)


def test_a_plan_is_not_turned_into_a_settlement(debtor):
    new = NewPlan(
        customer_id=debtor.customer.pk, currency="EUR", first_date=TODAY, kind="SETTLEMENT"
    )
    with pytest.raises(CollectionRefused, match="one of the list"):
        propose_plan(new=new, by=debtor.clerk, at=noon_of(TODAY))
