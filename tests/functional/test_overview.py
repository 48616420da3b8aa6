"""Home, customers and the dashboard in a real browser: they look right and shut nobody out."""

from __future__ import annotations

import re
from itertools import product

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.functional.look.test_gallery import in_looks, keep_shot, looks_right
from tests.functional.settled import settled, tab
from tests.world.day import MORNING, a_day

SHAPES = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]
PAGES = ["home", "customers", "customer", "claims", "payments", "talk", "dashboard"]


@pytest.fixture
def day(transactional_db, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: MORNING)
    return a_day()


@pytest.fixture
def paths(day):
    customer = f"/customers/{day.customers['Consorzio'].pk}/"
    return {
        "home": "/",
        "customers": "/customers/",
        "customer": customer,
        "claims": f"{customer}claims/",
        "payments": f"{customer}payments/",
        "talk": f"/customers/{day.customers['Maison'].pk}/talk/",
        "dashboard": "/dashboard/?open=contested",
    }


@pytest.fixture
def window(new_context, live_server, day, client):
    """Call it with a path (and width, scheme) to get a page that is logged in."""
    client.force_login(day.giulia.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": session, "url": live_server.url}

    def opened(path, *, width=1440, scheme="light"):
        context = new_context(width=width, scheme=scheme, whose="giulia")
        context.add_cookies([cookie])
        page = tab(context)
        page.goto(live_server.url + path)
        return page

    return opened


class TestLook:
    def test_each_page_renders_without_complaint_in_every_shape(self, window, paths):
        for name in PAGES:
            for page, width, scheme in in_looks(window, paths[name], SHAPES):
                looks_right(page, f"{name}-{width}-{scheme}")

    def test_longer_words_and_the_smallest_screen_lose_nothing(self, window, day, paths):
        names = ("home", "customers", "customer", "dashboard")
        for language, name in product(("de", "fr"), names):
            day.giulia.user.language = language
            day.giulia.user.save()
            page = window(paths[name], width=320)
            settled(page)
            keep_shot(page, f"{name}-320-{language}")

            assert page.problems == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


class TestWork:
    def test_the_keys_walk_the_list_and_open_a_line(self, window, paths):
        page = window(paths["home"])
        settled(page)
        page.keyboard.press("j")
        page.keyboard.press("Enter")

        expect(page.locator(".todo")).to_have_count(0)
        expect(page.locator("h1")).to_be_visible()

    def test_a_mention_goes_away_where_it_stands(self, window, paths):
        page = window(paths["home"])
        settled(page)
        page.get_by_role("button", name="Read: what Marco Bellini wrote").click()

        expect(page.locator("#mentions")).to_contain_text("Nobody asked you anything")

    def test_a_figure_opens_its_rows_in_place(self, window, paths):
        page = window("/dashboard/?open=none")
        settled(page)
        expect(page.locator("#rows")).to_have_count(0)
        page.get_by_role("link", name="Contested, open").click()

        expect(page.locator("#rows h2")).to_have_text("Contested, open")
        expect(page.locator("#chart-weeks svg")).to_be_visible()
        page.get_by_role("link", name="Close the rows").click()
        expect(page.locator("#rows")).to_have_count(0)

    def test_the_palette_finds_a_customer(self, window, paths):
        page = window(paths["home"])
        settled(page)
        page.keyboard.press("Control+k")
        page.keyboard.type("valdarno")

        # Before anything is typed the latest claims stand there, without a customer's number.
        found = page.locator("#palette-list [role=option]").first
        expect(found).to_contain_text(re.compile(r"Consorzio Valdarno\s*C-\d"))
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Consorzio Valdarno")
