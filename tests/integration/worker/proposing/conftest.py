"""A company that asks a language model about everything."""

from __future__ import annotations

import pytest
from tests.world.asking import (
    switch,
)
from tests.world.builders import a_member
from tests.world.model_server import a_model

from concilia.identity.models import Membership


@pytest.fixture
def model():
    with a_model() as served:
        yield served


@pytest.fixture
def admin(customer) -> Membership:
    return a_member(customer.entity, "Sara Costa", role="admin")


@pytest.fixture
def on(admin, model) -> Membership:
    """The company asks the model about everything."""
    switch(admin, model)
    return admin
