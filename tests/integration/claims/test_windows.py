"""How long a trading partner leaves us to answer: counted, shown, reminded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_team

from concilia.cases.models import Case, CaseClock, Notice
from concilia.claims.actions.windows import (
    WindowRefused,
    date_paper,
    remind_of_windows,
    set_window,
)
from concilia.claims.models import Claim, ResponseWindow
from concilia.customers.models import PayerGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    entity = an_entity()
    group = PayerGroup.objects.create(entity=entity, code="G", name="Nordgruppe")
    parent = a_customer(entity, "Frischmarkt Holding")
    shop = a_customer(entity, "Frischmarkt Nord", parent=parent, payer_group=group)
    return entity, parent, shop, a_team(entity)


def agree(customer, days, by, unit="CD", *, group=False):
    return set_window(customer_id=customer.pk, days=days, unit=unit, of_group=group, by=by, at=NOON)


def answer_by(claim):
    return Claim.objects.get(pk=claim.pk).answer_by_date


def test_the_nearest_agreement_counts_for_claims_there_are_and_those_that_come(world):
    _entity, parent, shop, team = world
    giulia = team["giulia"]
    first = a_claim(giulia, an_invoice(shop))
    assert answer_by(first) is None

    assert agree(shop, 20, giulia, group=True) == 1
    assert answer_by(first) == date(2026, 12, 9)
    assert agree(parent, 30, giulia) == 1
    # The 19th of December is a Saturday: the last day on which somebody works counts.
    assert answer_by(first) == date(2026, 12, 18)
    assert agree(shop, 10, giulia, "BD") == 1
    second = a_claim(giulia, an_invoice(shop))
    assert answer_by(first) == answer_by(second) == date(2026, 12, 3)
    agree(shop, None, giulia)
    assert answer_by(second) == date(2026, 12, 18)


def test_it_is_counted_from_the_day_their_paper_bears(world):
    _entity, _parent, shop, team = world
    agree(shop, 30, team["giulia"])
    claim = a_claim(team["giulia"], an_invoice(shop))
    date_paper(claim_id=claim.pk, their_date=date(2026, 11, 3), by=team["giulia"], at=NOON)
    assert answer_by(claim) == date(2026, 12, 3)
    with pytest.raises(WindowRefused, match="still to come"):
        date_paper(claim_id=claim.pk, their_date=date(2026, 12, 3), by=team["giulia"], at=NOON)


@pytest.mark.parametrize(
    ("days", "unit", "group", "said"),
    [(0, "CD", False, "1 to 365"), (400, "CD", False, "1 to 365"), (30, "XX", False, "calendar"),
     (30, "CD", True, "no group")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(world, days, unit, group, said):
    _entity, parent, _shop, team = world
    with pytest.raises(WindowRefused, match=said):
        agree(parent, days, team["giulia"], unit, group=group)
    assert not ResponseWindow.objects.exists()


def test_the_owner_is_reminded_before_and_on_the_last_day_once(world):
    entity, _parent, shop, team = world
    agree(shop, 30, team["giulia"])
    claim = a_claim(team["giulia"], an_invoice(shop))
    for day in range(31):
        for _ in range(2):
            remind_of_windows(entity=entity, at=NOON + timedelta(days=day))
    rows = Notice.objects.filter(case=claim.case_id, key__startswith="window:").order_by("pk")
    assert [(row.kind, row.raised_at.date(), row.facts["answer_by"]) for row in rows] == [
        ("reminder", date(2026, 12, 11), "2026-12-18"),
        ("reminder", date(2026, 12, 17), "2026-12-18"),
        ("late", date(2026, 12, 18), "2026-12-18"),
    ]


def test_shown_where_people_look_and_set_on_the_customers_page(world, client):
    _entity, _parent, shop, team = world
    claim = a_claim(team["giulia"], an_invoice(shop))
    client.force_login(team["giulia"].user)
    client.post(
        reverse("desk:customer-window", args=[shop.pk]),
        {"days": "30", "unit": "CD", "whose": "customer"},
    )
    assert answer_by(claim) == date(2026, 12, 18)
    assert (
        "30 days from their paper"
        in client.get(reverse("desk:customer", args=[shop.pk])).content.decode()
    )
    assert 'id="clock"' in client.get(reverse("desk:claim", args=[claim.pk])).content.decode()
    client.post(reverse("desk:claim-their-date", args=[claim.pk]), {"their_date": "2026-11-03"})
    assert answer_by(claim) == date(2026, 12, 3)

    here = reverse("desk:claims")
    number = Case.objects.get(pk=claim.case_id).number
    assert number in client.get(f"{here}?view=open&answer=2026-12-03").content.decode()
    assert number not in client.get(f"{here}?view=open&answer=2026-12-02").content.decode()
    assert number not in client.get(f"{here}?view=open&likely=1").content.decode()
    CaseClock.objects.update_or_create(case_id=claim.case_id, defaults={"is_late_likely": True})
    listed = client.get(f"{here}?view=open&likely=1&sort=answer").content.decode()
    assert number in listed
    assert "likely late" in listed


def test_another_company_s_customer_is_not_there(world, client):
    _entity, _parent, shop, _team = world
    stranger = a_member(an_entity("borea"), "Sven Strange")
    client.force_login(stranger.user)
    answer = client.post(reverse("desk:customer-window", args=[shop.pk]), {"days": "30"})
    assert answer.status_code == 404
