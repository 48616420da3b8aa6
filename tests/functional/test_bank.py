"""The bank desk in a real browser: it looks right, its sum is live, its keys do what they say."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import in_looks, keep_shot, looks_right, violations
from tests.functional.settled import settled
from tests.world.bank_day import IBANS, a_bank_day, a_loaded_statement, dispute, paid

from concilia.cash.models import Match
from concilia.receivables.models import OpenItem

WIDTHS = (1440, 390)
SHAPES = [(1440, "light"), (1440, "dark"), (1024, "light"), (390, "light"), (390, "dark")]


@pytest.fixture
def day(transactional_db):
    day = a_bank_day()
    dispute(OpenItem.objects.get(invoice=day.invoices["lindner4"]), 91_200)
    return day


@pytest.fixture
def window(window_of, day):
    """Call it with a path (and width, scheme) to get a page of the clerk's."""
    return window_of(day.clerk)


class TestLook:
    def test_the_desk(self, window):
        for page, width, scheme in in_looks(window, "/bank/", SHAPES):
            looks_right(page, f"bank-{width}-{scheme}")

    def test_other_states_of_the_desk(self, window, day):
        a_loaded_statement(
            day.entity,
            paid(
                945_205,
                "RUECKLASTSCHRIFT",
                is_return=True,
                return_reason="AC04",
                payer_name="HARTLEY AND SONS",
                payer_iban=IBANS["hartley"],
            ),
            name="ST-2",
        )
        paths = {
            "twins": f"/bank/payments/{day.entry('BONIFICO').pk}/",
            "unknown": f"/bank/payments/{day.entry('NESSUNA').pk}/?find=Hartley",
            "posted": f"/bank/payments/{day.entry('VIR').pk}/?show=all",
            "return": f"/bank/payments/{day.entry('RUECK').pk}/",
            "statements": "/bank/statements/",
            "figure": "/bank/figures/payments/",
            "unapplied": "/bank/figures/unapplied/",
        }
        for (name, path), width in product(paths.items(), WIDTHS):
            looks_right(window(path, width=width), f"bank-{name}-{width}")

    def test_the_dialogs(self, window, day):
        for width in WIDTHS:
            page = settled(window(f"/bank/payments/{day.entry('BONIFICO').pk}/", width=width))
            for name in ("ask", "upload"):
                page.evaluate("name => window.concilia.open(name)", name)
                keep_shot(page, f"bank-{name}-{width}")
                assert violations(page) == [], (name, width)
                page.keyboard.press("Escape")

    def test_a_filter_that_finds_nothing_offers_to_drop_it(self, window):
        page = settled(window("/bank/?show=returns"))
        keep_shot(page, "bank-empty")
        assert violations(page) == []


class TestWork:
    def test_the_sum_is_live_and_post_wakes_up_at_zero(self, window, day):
        page = settled(window(f"/bank/payments/{day.entry('BONIFICO').pk}/"))
        post = page.locator("[data-post]")
        expect(page.locator("[data-out=left]")).to_have_text("0.00")
        expect(post).to_be_enabled()

        page.get_by_label("Take FT-2026/02977").uncheck()

        expect(page.locator("[data-out=left]")).to_have_text("\u22121,220.00")
        expect(post).to_be_disabled()

    def test_keys_take_an_item_put_the_rest_on_account_and_post(self, window, day):
        page = settled(window(f"/bank/payments/{day.entry('BONIFICO').pk}/"))
        page.get_by_label("Take FT-2026/02977").uncheck()
        page.keyboard.press("o")
        expect(page.locator("[name=on_account]")).to_have_value("1,220.00")
        expect(page.locator("[data-out=left]")).to_have_text("0.00")

        page.keyboard.press("a")

        expect(page.locator(".notice")).to_contain_text("posted")
        assert OpenItem.objects.filter(kind="on_account", original_minor=-122_000).exists()

    def test_d_opens_a_deduction_with_the_amount_that_is_missing(self, window, day):
        page = settled(window(f"/bank/payments/{day.entry('NESSUNA').pk}/?find=02981"))
        page.get_by_label("Take FT-2026/02981").check()
        expect(page.locator("[data-out=left]")).to_have_text("580.00")

        page.keyboard.press("d")

        expect(page.locator("[name=da]")).to_have_value("580.00")
        page.locator("[name=dr]").select_option("NC-01")
        expect(page.locator("[data-out=left]")).to_have_text("0.00")
        page.keyboard.press("Escape")
        page.locator("[data-post]").click()
        expect(page.locator(".notice")).to_contain_text("posted")
        assert OpenItem.objects.get(kind="deduction").original_minor == 58_000

    def test_j_walks_and_enter_opens(self, window, day):
        page = settled(window("/bank/"))
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("Enter")

        expect(page.locator("#h-match")).to_have_text("Panificio Sestri S.r.l.")

    def test_undo_takes_the_posting_back(self, window, day):
        page = settled(window(f"/bank/payments/{day.entry('BONIFICO').pk}/"))
        page.keyboard.press("a")
        page.locator("[data-undo]").click()
        expect(page.locator("#h-match")).to_have_text("Panificio Sestri S.r.l.")
        states = Match.objects.filter(bank_entry=day.entry("BONIFICO"))
        assert sorted(states.values_list("state", flat=True)) == ["OPEN", "REVERSED"]
