"""Late detail in a real browser: seen beside the posting, taken over by a key, dismissed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import SHAPES, looks_right
from tests.world.bank_day import a_bank_day
from tests.world.jobs import run_jobs
from tests.world.remittances import a_remittance, an_advice_that_says_otherwise

from concilia.cash.models import Match


@pytest.fixture
def day(transactional_db):
    """640.00 put on account; the payer's list says which two invoices it was for."""
    day = a_bank_day()
    an_advice_that_says_otherwise(day)
    run_jobs()
    return day


@pytest.fixture
def window(window_of, day):
    return window_of(day.clerk)


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_both_answers_stand_side_by_side(window, day, width, scheme):
    entry = day.entry("NESSUNA")
    page = window(f"/bank/payments/{entry.pk}/?show=all", width=width, scheme=scheme)
    page.locator(".advice summary").click()
    looks_right(page, f"bank-late-{width}-{scheme}")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_list_that_may_be_meant_and_what_is_set_aside(window, day, width):
    a_remittance(day.customers["sestri"], "700.00", (day.invoices["sestri1"], "700.00"))
    page = window(f"/bank/payments/{day.entry('BONIFICO').pk}/", width=width)
    looks_right(page, f"bank-near-{width}")
    page.evaluate("() => window.concilia.open('aside')")
    looks_right(page, f"bank-aside-{width}")


def test_a_takes_over_and_n_keeps(window, day):
    entry = day.entry("NESSUNA")
    page = window("/bank/")
    page.get_by_role("link", name="The payer says otherwise: 1").click()
    page.locator(f"#line-{entry.pk}").click()
    page.keyboard.press("n")
    page.keyboard.press("Escape")

    page.keyboard.press("a")

    expect(page.locator(".notice")).to_contain_text("Posted anew, as the payer says.")
    match = Match.objects.get(bank_entry=entry, state="POSTED")
    assert (match.rule, match.applied_minor) == ("M3", 64_000)


def test_kept_as_posted_it_is_gone_from_the_list(window, day):
    page = window(f"/bank/payments/{day.entry('NESSUNA').pk}/?show=advised&statement=all")
    page.keyboard.press("n")
    page.locator("dialog[open] [name=reason]").fill("Agreed on the phone")
    page.locator("dialog[open] button.btn-primary").click()

    expect(page.locator(".notice")).to_contain_text("The posting stays as it is.")
    assert not Match.objects.filter(state="ADVISED").exists()
