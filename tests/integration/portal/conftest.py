from __future__ import annotations

import pytest
from django.utils import timezone
from tests.world.builders import a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_team

from concilia.interfaces.portal.access import FORGED
from concilia.interfaces.portal.views import SENT


@pytest.fixture(autouse=True)
def nobody_tried_before():
    FORGED.forget()
    SENT.forget()


@pytest.fixture
def entity(db):
    return an_entity(
        settings={"partners": [{"name": "Trasporti Alpe Nord", "email": "pod@alpe.example"}]}
    )


@pytest.fixture
def team(entity):
    return a_team(entity)


@pytest.fixture
def customer(entity):
    return a_customer(entity)


@pytest.fixture
def claim(team, customer):
    return a_claim(team["giulia"], an_invoice(customer), at=timezone.now())
