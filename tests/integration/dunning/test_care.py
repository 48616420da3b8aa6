"""Who goes on with whom: what is somebody else's or left aside is not next for me."""

from __future__ import annotations

import pytest
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_open_item
from tests.world.collecting import DAY, Debtor
from tests.world.kept import fresh, kept

from concilia.dunning.actions import CollectionRefused, hand_over_customer, leave_aside
from concilia.dunning.queries.care import next_best, team_of

pytestmark = pytest.mark.django_db


def build():
    debtor = Debtor()
    debtor.customers = [debtor.customer]
    an_open_item(debtor.customer, 900_000, due_date=TODAY - 30 * DAY)
    for n, minor in enumerate((500_000, 100_000)):
        other = a_customer(debtor.entity, f"Bottega {n}")
        an_open_item(other, minor, due_date=TODAY - 30 * DAY)
        debtor.customers.append(other)
    debtor.colleague = a_member(debtor.entity, "Marta Riva")
    return debtor


built = kept(build)


@pytest.fixture
def debtor(built):
    return fresh(built)


def name_of_next(member, today=TODAY, after=0):
    found = next_best(member=member, today=today, after=after)
    return found.customer.name if found else None


def test_what_was_handed_over_is_next_for_the_colleague_alone(debtor):
    first = debtor.customers[0]
    hand_over_customer(
        customer_id=first.pk,
        to_id=debtor.colleague.pk,
        note="Speaks Italian",
        by=debtor.clerk,
        at=NOON,
    )
    assert name_of_next(debtor.clerk) == "Bottega 0"
    assert name_of_next(debtor.colleague) == first.name
    seats = {
        seat.member.pk: seat.customers
        for seat in team_of(entity=debtor.entity, today=TODAY, since=NOON)
    }
    assert seats == {debtor.clerk.pk: 0, debtor.colleague.pk: 1}


def test_who_was_left_aside_comes_back_on_the_day(debtor):
    first = debtor.customers[0]
    leave_aside(
        customer_id=first.pk, until=TODAY + 2 * DAY, why="Fair in Parma", by=debtor.clerk, at=NOON
    )
    assert name_of_next(debtor.clerk, TODAY + DAY) == "Bottega 0"
    assert name_of_next(debtor.clerk, TODAY + 2 * DAY) == first.name


def test_one_goes_on_from_where_one_is(debtor):
    assert name_of_next(debtor.clerk, after=debtor.customers[0].pk) == "Bottega 0"
    assert name_of_next(debtor.clerk, after=debtor.customers[-1].pk) is None


def test_what_cannot_be_is_refused(debtor):
    aside = {"customer_id": debtor.customer.pk, "by": debtor.clerk, "at": NOON}
    for wrong in (
        {"until": TODAY + DAY, "why": " "},
        {"until": TODAY, "why": "x"},
        {"until": TODAY + 31 * DAY, "why": "x"},
    ):
        with pytest.raises(CollectionRefused):
            leave_aside(**aside, **wrong)
    auditor = a_member(debtor.entity, "Ada Neri", role="auditor")
    with pytest.raises(CollectionRefused, match="works on collections"):
        hand_over_customer(to_id=auditor.pk, note="", **aside)
