"""Returns without a payment, late advices on Home, payments to the ERP, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import looks_right
from tests.world.bank_day import a_bank_day, a_loaded_statement, paid
from tests.world.builders import a_member
from tests.world.jobs import run_jobs
from tests.world.remittances import an_advice_that_says_otherwise

from concilia.cash.models import Match

SHAPES = [(1440, "light"), (390, "dark")]


@pytest.fixture
def day(transactional_db):
    """A payer says otherwise about 640.00, and the bank took back what never came in here."""
    day = a_bank_day()
    an_advice_that_says_otherwise(day)
    back = paid(31_415, "STORNO SDD 0815", payer_name="Panificio Sestri", is_return=True)
    a_loaded_statement(day.entity, back, name="ST-BACK")
    run_jobs()
    return day


@pytest.fixture
def window(window_of, day):
    return window_of(day.clerk)


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_a_return_without_its_payment_is_set_aside_and_taken_back(window, day, width, scheme):
    entry = day.entry("STORNO")
    page = window(f"/bank/payments/{entry.pk}/", width=width, scheme=scheme)
    looks_right(page, f"bank-return-{width}-{scheme}")
    page.get_by_role("button", name="No payment to reverse").click()
    page.get_by_label("Why there is none").fill("Paid before we began here")
    looks_right(page, f"bank-return-aside-{width}-{scheme}")
    page.get_by_role("button", name="Set aside", exact=True).click()
    expect(page.locator(".toast, [role=status]").first).to_contain_text("no payment to reverse")
    page.goto(f"{page.url.split('/bank')[0]}/bank/payments/{entry.pk}/?show=all")
    expect(page.locator("#match")).to_contain_text("Set aside as: Paid before we began here.")
    looks_right(page, f"bank-return-set-aside-{width}-{scheme}")
    page.get_by_role("button", name="Take back").first.click()
    page.get_by_label("Why").fill("It came in")
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    expect(page.get_by_role("button", name="No payment to reverse")).to_be_visible()
    states = Match.objects.filter(bank_entry=entry).order_by("version")
    assert list(states.values_list("state", flat=True))[-2:] == ["REVERSED", "OPEN"]


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_what_a_payer_says_late_stands_on_home(window, day, width, scheme):
    page = window("/", width=width, scheme=scheme)
    line = page.locator("li[data-row]", has_text="The payer says otherwise")
    expect(line).to_have_count(1)
    looks_right(page, f"home-late-{width}-{scheme}")
    line.get_by_role("link").click()
    expect(page).to_have_url(
        f"{page.url.split('/bank')[0]}/bank/payments/{day.entry('NESSUNA').pk}/"
    )


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_payments_to_the_erp_are_switched_on(window_of, day, width, scheme):
    page = window_of(a_member(day.entity, role="admin"))(
        "/settings/?section=erp", width=width, scheme=scheme
    )
    panel = page.locator("section", has_text="Payments to the ERP").last
    panel.get_by_role("checkbox").check()
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_role("checkbox")).to_be_checked()
    looks_right(page, f"settings-erp-payments-{width}-{scheme}")
    day.entity.refresh_from_db()
    assert day.entity.settings["post_payments"] is True
