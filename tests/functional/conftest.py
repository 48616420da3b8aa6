"""A real browser against a running server; without Chromium or the pages' files tests skip."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from concilia.identity.models import Membership

# Playwright keeps an event loop running in the test's thread; the ORM is used there on purpose.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "src/concilia/interfaces/components/static/vendor"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]


@pytest.fixture(scope="session", autouse=True)
def truncate_between_tests() -> Iterator[None]:
    """
    A server in another thread sees only what was committed, so tables are emptied after each test.

    The append-only tables let that happen for one transaction that says it is a test.
    """
    operations = type(
        connection.ops
    )  # the class: a running event loop brings connections of its own
    plainly = operations.execute_sql_flush

    def flush(self: object, statements: list[str]) -> None:
        plainly(self, ["SET LOCAL concilia.tests_may_truncate = 'on'", *statements])

    operations.execute_sql_flush = flush
    yield
    operations.execute_sql_flush = plainly


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session."""
    found = os.environ.get("CONCILIA_CHROMIUM") or shutil.which("chromium")
    if found is None:
        pytest.skip("no Chromium: install it, or name one in CONCILIA_CHROMIUM")
    if not (VENDOR / "icons.svg").exists():
        pytest.skip("the pages' files are missing: run `make static`")
    with sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(executable_path=found, args=FLAGS)
        except Error as refusal:
            pytest.skip(f"Chromium does not start: {refusal}")
        yield running
        running.close()


@pytest.fixture
def new_context(browser) -> Iterator[Callable[..., BrowserContext]]:
    """
    Browsers of people who know nothing of each other, of a width and a look.

    Somebody who is named (`whose`) finds the own browser again, with what it keeps of the pages.
    """
    opened: list[BrowserContext] = []
    found: dict[tuple[object, int, str], BrowserContext] = {}

    def a_context(
        *, width: int = 1440, scheme: str = "light", whose: object = None
    ) -> BrowserContext:
        if whose is not None and (whose, width, scheme) in found:
            return found[whose, width, scheme]
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="en-GB",
            has_touch=width < 600,
        )
        context.set_default_timeout(20_000)
        opened.append(context)
        found[whose, width, scheme] = context
        return context

    yield a_context
    for context in opened:
        context.close()


@pytest.fixture
def window_of(new_context, live_server, client) -> Callable[..., Callable[..., Page]]:
    """Call it with somebody to get a function that opens an address as them, wide or narrow."""

    def of(member: Membership) -> Callable[..., Page]:
        client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies["sessionid"].value

        def opened(path: str, *, width: int = 1440, scheme: str = "light") -> Page:
            context = new_context(width=width, scheme=scheme, whose=member.pk)
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            page = context.new_page()
            page.problems = []
            page.on(
                "console", lambda said: said.type == "error" and page.problems.append(said.text)
            )
            page.on("pageerror", lambda error: page.problems.append(str(error)))
            page.goto(live_server.url + path)
            return page

        return opened

    return of
