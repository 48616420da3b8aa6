"""What was decided in like cases, as numbers that open into claims."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_team, propose, sign
from tests.world.program import Program

from concilia.claims.core.decisions import Choice
from concilia.claims.models import Claim
from concilia.claims.queries.precedents import precedents_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


def decided(world, quantity, granted_minor, customer=None, days_ago=0, reason="NC-23"):
    """A claim of 10.00 a piece, decided some days ago."""
    _, known, team = world
    invoice = an_invoice(customer or known, [("PEN-500", "90", "10.00", 0)])
    claim = a_claim(team["giulia"], invoice, reason, [("PEN-500", quantity)])
    choice = Choice.BY_LINE if granted_minor else Choice.REFUSE
    approved = {1: granted_minor} if granted_minor else None
    sign(propose(claim, team["giulia"], choice, reason="So", approved=approved), team["marta"])
    claim.refresh_from_db()
    assert claim.approved_minor == granted_minor
    Claim.objects.filter(pk=claim.pk).update(decided_at=NOON - timedelta(days=days_ago))
    return claim


def waiting(world, quantity="20", reason="NC-23"):
    _, customer, team = world
    invoice = an_invoice(customer, [("PEN-500", "90", "10.00", 0)])
    return a_claim(team["giulia"], invoice, reason, [("PEN-500", quantity)])


def test_both_sides_are_counted_and_the_newest_three_named(world):
    other = a_customer(world[0], "Alimentari Sud")
    mine = [decided(world, "20", 10_000, days_ago=n) for n in range(4)]
    small = decided(world, "2", 2_000, days_ago=9)
    theirs = decided(world, "30", 0, customer=other, days_ago=5)
    decided(world, "20", 20_000, reason="NC-08")

    found = precedents_of(waiting(world), NOON)

    assert (found.least, found.most) == (100, 500)
    own = found.of_customer
    assert (own.count, own.claimed_minor, own.granted_minor) == (5, 82_000, 42_000)
    assert own.share == Decimal("0.5122")
    assert [one.pk for one in own.last] == [one.pk for one in mine[:3]]
    band = found.of_band
    assert (band.count, band.claimed_minor, band.granted_minor) == (5, 110_000, 40_000)
    assert small.pk not in {one.pk for one in band.last}
    assert theirs.pk not in {one.pk for one in own.last}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"decided_at": NOON - timedelta(days=731)}, "too old"),
        ({"decided_at": None}, "not decided"),
        ({"reason": "NC-08"}, "another reason"),
    ],
)
def test_others_do_not_count(world, change, why):
    claim = decided(world, "20", 10_000, days_ago=1)
    Claim.objects.filter(pk=claim.pk).update(**change)

    found = precedents_of(waiting(world), NOON)

    assert found.of_customer.count == found.of_band.count == 0, why
    assert found.of_band.share is None
    assert not found.of_band.last


def test_neither_another_company_s_nor_the_claim_itself(world):
    claim = decided(world, "20", 10_000)
    stranger = an_entity("boreale")
    there = (stranger, a_customer(stranger), a_team(stranger))

    assert precedents_of(waiting(there), NOON).of_band.count == 0
    assert precedents_of(claim, NOON).of_customer.count == 0


def test_four_statements_however_many(world, django_assert_num_queries):
    for n in range(5):
        decided(world, "20", 10_000, days_ago=n)
    claim = waiting(world)

    with django_assert_num_queries(4):
        precedents_of(claim, NOON)


class TestShown:
    def test_who_signs_sees_them_and_opens_them(self, world, client, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
        _, _, team = world
        before = decided(world, "20", 10_000, days_ago=1)
        claim = waiting(world)
        propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed")
        client.force_login(team["marta"].user)

        page = " ".join(client.get(f"/claims/{claim.pk}/").content.decode().split())

        assert "Decided in like cases" in page
        assert "1 decided, 50 % granted" in page.replace("\u202f", " ").replace("\xa0", " ")
        assert f'href="/claims/{before.pk}/"' in page
        assert "Proposed here: 100" in page

    def test_programs_read_them(self, world, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
        entity, _, _ = world
        before = decided(world, "20", 10_000, days_ago=1)
        claim = waiting(world)

        told = Program(a_member(entity, "Nora Neri")).get(f"/claims/{claim.case.number}/precedents")

        assert told.status_code == 200, told.content
        side = told.json()["of_customer"]
        assert (side["count"], side["granted"], side["share"]) == (1, "100.00", "0.5000")
        assert side["last"][0]["claim"] == before.case.number
