"""Proposals alike in a real browser: found by a key, ticked, posted together by a key."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import in_looks, looks_right
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import a_customer, a_member, an_entity, an_iban, an_invoice

from concilia.cash.models import Match
from concilia.customers.models import Customer

IBAN = "DE89370400440532013000"
SEEN_FIRST = {"post_subsets": False, "coincidence_max": "10"}
PRICES = (100, 201, 403, 807, 1611, 3217)


@pytest.fixture
def member(transactional_db):
    """A payer who paid three times two invoices together; the company wants to see that first."""
    member = a_member(an_entity(settings={"matching": SEEN_FIRST}))
    customer = a_customer(member.entity)
    an_iban(customer, IBAN)
    for price in PRICES:
        an_invoice(customer, [("A", "1", f"{price}.00", 0)])
    entries = [
        paid(100 * sum(PRICES[n : n + 2]), f"ABSCHLAG {n}", payer_iban=IBAN, key=f"K{n}")
        for n in range(0, len(PRICES), 2)
    ]
    a_loaded_statement(member.entity, *entries)
    return member


def test_they_look_right(window_of, member):
    opened = window_of(member)
    customer = Customer.objects.get()
    group = f"/bank/alike/group/?rule=M8&customer={customer.pk}&currency=EUR"
    for name, address in (("groups", "/bank/alike/"), ("group", group)):
        for page, width, scheme in in_looks(opened, address, [(1440, "light"), (390, "dark")]):
            looks_right(page, f"bank-alike-{name}-{width}-{scheme}")


def test_keys_open_tick_and_post(window_of, member):
    page = window_of(member)("/bank/")
    page.keyboard.press("g")
    page.wait_for_url("**/bank/alike/")
    page.keyboard.press("j")
    page.locator("[data-row].cursor a").click()
    page.wait_for_url("**/bank/alike/group/**")
    page.locator("[name=match]").last.uncheck()
    page.locator("h1").click()

    page.keyboard.press("a")

    expect(page.locator(".notice").last).to_contain_text("2 payments posted.")
    assert Match.objects.filter(state="PROPOSED").count() == 1
