"""How payers pay, rules about texts, thresholds: pages in a real browser, and the way to a rule."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import in_looks, keep_shot, looks_right
from tests.functional.settled import settled, tab
from tests.world.builders import NOON, a_member
from tests.world.paying_office import PayingOffice, live

from concilia.cash.actions import add_alias, set_aside, write_rule
from concilia.cash.core.rules import RuleDraft
from concilia.cash.models import Match, TextRule

SHAPES = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]
STRANGER = {"payer_iban": "", "payer_name": "ACCREDITO 000812 AGENZIA 14"}


@pytest.fixture
def office(transactional_db) -> PayingOffice:
    """A payer with a habit, a rent that was set aside three times, and rules."""
    office = PayingOffice()
    items = office.items(20)
    for place in range(0, 8, 2):
        office.decide(office.pay(20_000), *items[place : place + 2])
    office.decide(office.pay(20_000), *items[17:19])
    for month in ("SETTEMBRE", "OTTOBRE", "NOVEMBRE"):
        entry = office.pay(90_000, text=f"CANONE {month} 2026 VIA ROMA", **STRANGER)
        set_aside(bank_entry_id=entry.pk, label="Rent", member=office.member, at=NOON)
    for draft in (
        RuleDraft(meaning="customer", text="Filiale Trastevere", customer_id=office.customer.pk),
        RuleDraft(meaning="reason", text="K77", customer_id=office.customer.pk, reason="NC-05"),
        RuleDraft(meaning="elsewhere", text="Prestito soci", label="Loan"),
    ):
        write_rule(draft=draft, member=office.member, at=NOON)
    add_alias(
        customer_id=office.customer.pk,
        kind="name",
        value="Mercato Centrale",
        member=office.member,
        at=NOON,
    )
    return office


@pytest.fixture
def window(new_context, live_server, office, client):
    """Call it with a path (and width, scheme) to get a page that is logged in."""

    def opened(path, *, width=1440, scheme="light", who=None):
        user = (who or office.member).user
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies["sessionid"].value
        context = new_context(width=width, scheme=scheme, whose=user.pk)
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = tab(context)
        page.goto(live_server.url + path)
        settled(page)
        return page

    return opened


def test_the_pages(window, office):
    admin = a_member(office.entity, "Sara Costa", role="admin")
    rule = TextRule.objects.filter(state="ACTIVE").first()
    waits = office.pay(20_000)
    aside = Match.objects.filter(rule="NOT").first()
    paths = {
        "learned": f"/customers/{office.customer.pk}/learned/?habit=oldest",
        "rules": "/bank/rules/",
        "rule": f"/bank/rules/{rule.pk}/",
        "thresholds": "/settings/?section=matching",
        "habit": f"/bank/payments/{waits.pk}/",
        "aside": f"/bank/payments/{aside.bank_entry_id}/",
    }
    for name, path in paths.items():
        for page, width, scheme in in_looks(window, path, SHAPES, who=admin):
            looks_right(page, f"learning-{name}-{width}-{scheme}")


def test_from_a_payment_to_a_rule_and_back(window, office):
    """A clerk sets a payment aside, says why, sees what that would have matched, and keeps it."""
    entry = office.pay(7_000, text="RIMBORSO ACCISE 2026", **STRANGER)
    page = window(f"/bank/payments/{entry.pk}/")

    page.get_by_role("button", name="No customer's payment").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("What the money is for").fill("Refund of duties")
    sheet.get_by_label("Then write a rule for this text").check()
    keep_shot(page, "learning-sheet-1440-light")
    sheet.get_by_role("button", name="Set aside").click()

    expect(page.get_by_label("The text contains these words")).to_have_value("RIMBORSO ACCISE 2026")
    page.get_by_label("The text contains these words").fill("Rimborso accise")
    page.get_by_role("button", name="What it would have matched").click()
    expect(page.get_by_text("It would have matched 1 payment")).to_be_visible()
    keep_shot(page, "learning-preview-1440-light")
    page.get_by_role("button", name="Save the rule").click()
    expect(page.get_by_role("link", name="RIMBORSO ACCISE")).to_be_visible()

    assert page.problems == []
    assert live(office.pay(9_000, text="Rimborso accise dic.", **STRANGER)).rule == "NOT"
