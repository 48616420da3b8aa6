"""People at their browsers: each has a window of their own and comes in through the log-in page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, expect

from concilia.identity.models import Membership

PASSWORD = "sesame-opens-1"  # that of `builders.a_member`


@dataclass
class Desk:
    """The desk at an address, and the windows that were opened there."""

    browser: Browser
    url: str
    windows: list[BrowserContext] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def sign_in(self, member: Membership) -> Page:
        """This will open a window, log in by typing, and wait for the person's home page."""
        window = self.browser.new_context(
            viewport={"width": 1440, "height": 900},
            reduced_motion="reduce",
            color_scheme="light",
            locale="en-GB",
        )
        self.windows.append(window)
        window.set_default_timeout(20_000)
        page = window.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(self.url)
        page.get_by_label("E-mail").fill(member.user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        first_name = member.user.name.split()[0]
        expect(page.locator("h1")).to_have_text(re.compile(rf", {first_name}$"))
        return page

    def close(self) -> None:
        """This will close every window, and with it its connections to the server."""
        for window in self.windows:
            window.close()

    def _note(self, said) -> None:
        if said.type == "error":
            self.problems.append(said.text)


def go_to(page: Page, place: str) -> None:
    """This will follow a link of the main menu."""
    page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name=place).click()
