"""A team lead grants less than was proposed, in the browser: what follows is seen before it is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.functional.test_signatures import looks_right, window  # noqa: F401 - a fixture
from tests.world.builders import NOON, a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_team, propose, sign

from concilia.claims.core.decisions import Choice
from concilia.claims.queries.letters import Letter

EARLIER = NOON - timedelta(days=60)  # outside of the customer's 30 days


@pytest.fixture
def world(transactional_db):
    entity = an_entity()
    team = dict(a_team(entity))
    customer = a_customer(entity)
    invoice = an_invoice(customer, [("PEN-500", "900", "21.60", 0)])
    for quantity in ("20", "30"):
        before = a_claim(team["giulia"], invoice, "NC-23", [("PEN-500", quantity)], at=EARLIER)
        agreed = propose(before, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed", at=EARLIER)
        sign(agreed, team["marta"], at=EARLIER)
    claim = a_claim(team["giulia"], invoice, "NC-23", [("PEN-500", "150")])
    to = customer.contacts.get().email
    letter = Letter(to=to, language="de", subject="Ihre Reklamation", body="Guten Tag, 3.240,00.")
    propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Sales agreed", letter=letter)
    return team, claim


def test_a_signer_grants_less(world, window, live_server):  # noqa: F811
    team, claim = world
    page = window(team["marta"])
    page.goto(f"{live_server.url}/claims/{claim.pk}/")
    expect(page.locator("#precedents").get_by_text("2 decided, 100 % granted")).to_be_visible()
    page.locator("#decision").get_by_role("link", name="Grant less").click()
    sheet = page.locator("#act-body")
    expect(sheet.get_by_text("Giulia Ferri proposed")).to_be_visible()
    expect(sheet.get_by_text("what follows from it is shown here")).to_be_visible()
    for typed, told in (
        ("three", "An amount cannot be read."),
        ("9,000.00", "may get between nothing and the"),
        ("3,000.00", "Then Davide Rossi"),
        ("2,000.00", "Your signature decides it."),
    ):
        amount = sheet.get_by_label("of the 3,240.00 proposed")
        amount.fill(typed)
        amount.blur()
        expect(sheet.get_by_text(told)).to_be_visible()
    sheet.get_by_text("The letter, sent once all have signed").click()
    expect(sheet.get_by_label("Text")).to_have_value(re.compile(r"2\.000,00"))
    looks_right(page, "less")
    sheet.get_by_label("Why less").fill("Fifty of them were never ordered")
    sheet.get_by_role("button", name="Sign for less").click()

    expect(page.get_by_text("signed for less.")).to_be_visible()
    claim.refresh_from_db()
    assert (claim.state, claim.approved_minor, claim.denied_minor) == ("POSTING", 200_000, 124_000)
    expect(page.get_by_text("granted 2,000.00 instead of 3,240.00").first).to_be_visible()
    looks_right(page, "less-done")
