"""A real browser against a running server; without Chromium or the pages' files tests skip."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright
from tests.functional.settled import forget, tab

from concilia.identity.models import Membership

# Playwright keeps an event loop running in the test's thread; the ORM is used there on purpose.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
ROOT = Path(__file__).parents[2]
Kind = tuple[int, str]  # width and look
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


@pytest.fixture(scope="session")
def lying_ready(browser, live_server) -> Iterator[dict[Kind, list]]:
    """Browsers that others have left, by width and look: they know the style and the scripts."""
    ready = defaultdict(list)
    yield ready
    for context in [context for left in ready.values() for context in left]:
        context.close()


@pytest.fixture
def new_context(browser, live_server, lying_ready) -> Iterator[Callable[..., BrowserContext]]:
    """
    Browsers of people who know nothing of each other, of a width and a look.

    Somebody who is named (`whose`) finds the own browser again, with what it keeps of the pages.
    A new browser would fetch and compile all style and scripts again, which takes longer than most
    of what a test does; so one is handed on, with nothing left of who logged in and what was set.
    """
    opened: list[tuple[Kind, BrowserContext]] = []
    found: dict[tuple[object, int, str], BrowserContext] = {}

    def a_context(
        *, width: int = 1440, scheme: str = "light", whose: object = None
    ) -> BrowserContext:
        if whose is not None and (whose, width, scheme) in found:
            return found[whose, width, scheme]
        kind = (width, scheme)
        context = lying_ready[kind].pop() if lying_ready[kind] else make(width, scheme)
        opened.append((kind, context))
        found[whose, width, scheme] = context
        return context

    def make(width: int, scheme: str) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="en-GB",
            has_touch=width < 600,
        )
        context.set_default_timeout(20_000)
        context.kind = (width, scheme)
        return context

    yield a_context
    for kind, context in opened:
        if context not in browser.contexts:  # the test has closed it
            continue
        try:
            forget(context, live_server.url)
        except Error:  # a page that does not let go is no page for others
            context.close()
            continue
        if lying_ready[kind]:  # one of a kind is enough: each keeps threads of the server busy
            context.close()
        else:
            lying_ready[kind].append(context)


@pytest.fixture
def window_of(new_context, live_server, client) -> Callable[..., Callable[..., Page]]:
    """Call it with somebody to get a function that opens an address as them, wide or narrow."""

    def of(member: Membership) -> Callable[..., Page]:
        client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies["sessionid"].value

        def opened(path: str, *, width: int = 1440, scheme: str = "light") -> Page:
            context = new_context(width=width, scheme=scheme, whose=member.pk)
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            page = tab(context)
            page.goto(live_server.url + path)
            return page

        return opened

    return of
