"""A claim for missing goods that waits for the signed paper."""

from __future__ import annotations

import pytest
from tests.world.builders import a_member, an_invoice
from tests.world.claims import a_claim
from tests.world.waiting_case import open_steps

from concilia.claims.models import Claim
from concilia.identity.models import Membership
from concilia.receivables.models import Invoice


@pytest.fixture
def giulia(customer) -> Membership:
    return a_member(customer.entity)


@pytest.fixture
def invoice(customer) -> Invoice:
    return an_invoice(customer)


@pytest.fixture
def claim(giulia, invoice) -> Claim:
    """12 cartons short; nobody has the signed paper, logistics is asked for it."""
    claim = a_claim(giulia, invoice)
    assert (claim.state, open_steps(claim)) == ("WAITING_INTERNAL", [("evidence", "POD", "us")])
    return claim
