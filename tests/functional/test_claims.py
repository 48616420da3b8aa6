"""The claims pages in a real browser: they look right, their keys work, a decision can be taken."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import keep_shot, violations
from tests.world.claim_board import a_board

SHAPES = [(1440, "light"), (1440, "dark"), (1024, "light"), (390, "light"), (390, "dark")]


@pytest.fixture
def board(transactional_db):
    return a_board()


@pytest.fixture
def window(browser, live_server, board, client):
    """Call it with a path (and width, scheme, who) to get a page that is logged in."""
    contexts = []

    def opened(path, *, width=1440, scheme="light", who="giulia"):
        user = board.team[who].user
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies["sessionid"].value
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="en-GB",
            has_touch=width < 600,
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.problems = []
        page.on("console", lambda said: said.type == "error" and page.problems.append(said.text))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


def check(page, name):
    keep_shot(page, name)
    assert page.problems == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name}: sideways"
    assert violations(page) == [], name


STATES = (
    *("late", "customer", "carrier", "unexplained", "approval"),
    *("failed", "posted", "refused", "twin", "huge"),
)


class TestLook:
    @pytest.mark.parametrize(("width", "scheme"), SHAPES)
    def test_the_list_and_a_claim_to_decide(self, window, board, width, scheme):
        check(window("/claims/", width=width, scheme=scheme), f"claims-{width}-{scheme}")
        page = window(f"/claims/{board['main'].pk}/", width=width, scheme=scheme)
        check(page, f"claim-{width}-{scheme}")

    @pytest.mark.parametrize("width", [1440, 390])
    def test_a_claim_in_every_other_state(self, window, board, width):
        for name in STATES:
            page = window(f"/claims/{board[name].pk}/", width=width)
            check(page, f"claim-{name}-{width}")

    @pytest.mark.parametrize("width", [1440, 390])
    def test_forms(self, window, board, width):
        main = board["main"]
        paths = {
            "new": "/claims/new/?find=Frisch",
            "new-invoice": f"/claims/new/?customer={main.customer_id}&invoice={main.invoice_id}",
            "paper": f"/claims/{main.pk}/papers/?kind=POD",
            "ask": f"/claims/{main.pk}/act/ask/",
            "close": f"/claims/{board['posted'].pk}/act/close/",
            "record": f"/claims/{main.pk}/records/invoice/{main.invoice_id}/",
            "empty": "/claims/?view=closed",
            "filtered": "/claims/?country=DE,ES&reason=NC-08&q=Korn",
        }
        for name, path in paths.items():
            check(window(path, width=width), f"claims-{name}-{width}")

    def test_the_signer_sees_a_signature(self, window, board):
        page = window(f"/claims/{board['approval'].pk}/", who="marta")
        check(page, "claim-sign-1440")
        expect(page.get_by_role("button", name="Sign", exact=False).first).to_be_visible()
