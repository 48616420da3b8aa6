"""Other tolerances in a real browser: asked for, watched while they are tried, opened."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import looks_right
from tests.world.bank_day import a_bank_day
from tests.world.builders import TODAY
from tests.world.jobs import run_jobs


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_it_is_tried_and_read(window_of, transactional_db, width, scheme):
    day = a_bank_day()
    page = window_of(day.clerk)("/bank/simulations/", width=width, scheme=scheme)
    looks_right(page, f"bank-simulations-{width}-{scheme}")
    for name in ("since", "until"):
        page.locator(f"[name={name}]").fill(TODAY.isoformat())
    page.locator("[name=post_statements]").select_option("no")
    page.get_by_role("button", name="Try").click()
    expect(page.locator("#simulated")).to_contain_text("0 of 6")

    run_jobs()

    expect(page.locator("#simulated")).to_contain_text("left to a person")
    page.get_by_role("link", name="left to a person").first.click()
    expect(page.locator("#h-rows")).to_be_visible()
    expect(page.get_by_role("link", name="Supermercados La Ribera")).to_be_visible()
    looks_right(page, f"bank-simulation-{width}-{scheme}")
