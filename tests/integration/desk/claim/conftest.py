"""A company with a team and a claim that waits for a decision."""

from __future__ import annotations

import pytest
from tests.world.builders import a_customer, an_entity
from tests.world.claims import a_proven_shortage, a_team


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


@pytest.fixture
def proposed(world):
    _, customer, team = world
    return a_proven_shortage(customer, team)
