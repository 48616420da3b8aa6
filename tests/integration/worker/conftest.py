from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.world.builders import NOON, a_customer, an_entity, an_iban
from tests.world.jobs import run_jobs

from concilia.customers.models import Customer
from concilia.intake.actions import Incoming, receive
from concilia.intake.models import Arrival

Take = Callable[..., Arrival]


@pytest.fixture
def customer() -> Customer:
    customer = a_customer(an_entity())
    an_iban(customer)
    return customer


@pytest.fixture
def take(customer: Customer) -> Take:
    """Let something arrive and the worker do all that follows."""

    def take(content: bytes, filename: str = "mail.eml", channel: str = "pipe") -> Arrival:
        incoming = Incoming(channel=channel, filename=filename, content=content)
        arrival = receive(entity_id=customer.entity_id, incoming=incoming, at=NOON)
        run_jobs(at=NOON)
        return Arrival.objects.get(pk=arrival.pk)

    return take
