"""Settings say what people who were switched off still hold, and offer the hand-over."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from tests.world.builders import NOON, a_customer, a_member, an_entity
from tests.world.claims import a_proven_shortage, a_team, propose

from concilia.cases.actions import NewStep, open_step
from concilia.cases.queries.gone import still_held
from concilia.identity.models import Membership

pytestmark = pytest.mark.django_db
PEOPLE = "/settings/?section=people"


@pytest.fixture
def world(client):
    entity = an_entity()
    team = dict(a_team(entity))
    claim = a_proven_shortage(a_customer(entity), team)
    client.force_login(a_member(entity, "Anna Berti", role="admin").user)
    return entity, team, claim


def switch_off(client, member):
    fields = {"role": member.role, "department": member.department, "level": member.level}
    assert client.post(reverse("desk:settings-person", args=[member.pk]), fields).status_code == 302


def says(client):
    return " ".join(client.get(PEOPLE).content.decode().split())


def test_who_is_here_is_not_warned_about(world, client):
    assert "still holds" not in says(client)


def test_cases_steps_and_signatures_are_counted_and_handed_over(world, client):
    entity, team, claim = world
    propose(claim, team["giulia"])
    claim.case.owner = team["marta"]
    claim.case.save(update_fields=["owner"])
    question = NewStep(kind="question", assignee=team["marta"], question="Why?")
    with transaction.atomic():
        open_step(case=claim.case, step=question, at=NOON)

    switch_off(client, team["marta"])

    page = says(client)
    assert "Marta Conti no longer works here and still holds" in page
    for held in ("1 case", "1 step", "1 signature"):
        assert held in page
    where = reverse("desk:team-hand-over") + f"?of={team['marta'].pk}"
    assert where in page
    assert client.get(where).status_code == 200
    given = {"of": team["marta"].pk, "to": team["giulia"].pk, "note": "Marta has left"}
    assert client.post(reverse("desk:team-hand-over-do"), given).status_code == 302
    (left,) = still_held(entity)
    assert (left.cases, left.steps, left.seats) == (0, 0, 1)


def test_as_many_statements_for_many_as_for_few(world, client, django_assert_num_queries):
    entity, team, _claim = world
    Membership.objects.filter(pk__in=[one.pk for one in team.values()]).update(is_active=False)

    with django_assert_num_queries(4):
        still_held(entity)
