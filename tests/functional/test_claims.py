"""The claims pages in a real browser: they look right, their keys work, a decision can be taken."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import in_looks, keep_shot, looks_right, violations
from tests.functional.settled import settled, tab
from tests.world.claim_board import a_board

WIDTHS = (1440, 390)
SHAPES = [(1440, "light"), (1440, "dark"), (1024, "light"), (390, "light"), (390, "dark")]


@pytest.fixture
def board(transactional_db):
    return a_board()


@pytest.fixture
def window(new_context, live_server, board, client):
    """Call it with a path (and width, scheme, who) to get a page that is logged in."""

    def opened(path, *, width=1440, scheme="light", who="giulia"):
        user = board.team[who].user
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies["sessionid"].value
        context = new_context(width=width, scheme=scheme, whose=who)
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = tab(context)
        page.goto(live_server.url + path)
        settled(page)
        return page

    return opened


STATES = (
    *("late", "customer", "carrier", "unexplained", "approval"),
    *("failed", "posted", "refused", "twin", "huge"),
)


class TestLook:
    def test_every_page_in_every_state(self, window, board):
        self.see_the_list_and_a_claim_to_decide(window, board)
        self.see_a_claim_in_every_other_state(window, board)
        self.see_forms(window, board)
        self.see_a_signature_as_the_signer(window, board)

    def see_the_list_and_a_claim_to_decide(self, window, board):
        for name, path in (("claims", "/claims/"), ("claim", f"/claims/{board['main'].pk}/")):
            for page, width, scheme in in_looks(window, path, SHAPES):
                looks_right(page, f"{name}-{width}-{scheme}")

    def see_a_claim_in_every_other_state(self, window, board):
        for name, width in product(STATES, WIDTHS):
            page = window(f"/claims/{board[name].pk}/", width=width)
            looks_right(page, f"claim-{name}-{width}")

    def see_forms(self, window, board):
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
        for (name, path), width in product(paths.items(), WIDTHS):
            looks_right(window(path, width=width), f"claims-{name}-{width}")

    def test_longer_words_and_the_smallest_screen_lose_nothing(self, window, board):
        user = board.team["giulia"].user
        paths = ["/claims/", "/claims/new/", f"/claims/{board['huge'].pk}/act/ask/"]
        paths += [f"/claims/{board[name].pk}/" for name in ("main", "huge", "failed")]
        for language, (n, path) in product(("de", "fr"), enumerate(paths)):
            user.language = language
            user.save()
            page = window(path, width=320)
            keep_shot(page, f"claims-{language}-{n}-320")
            assert page.problems == []
            fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert fits, f"{path} scrolls sideways"

    def see_a_signature_as_the_signer(self, window, board):
        page = window(f"/claims/{board['approval'].pk}/", who="marta")
        looks_right(page, "claim-sign-1440")
        expect(page.get_by_role("button", name="Sign", exact=False).first).to_be_visible()


class TestActs:
    def test_a_decision_is_sent(self, window, board):
        page = window(f"/claims/{board['main'].pk}/")
        rail = page.locator("#decision")

        page.get_by_role("link", name="Replay").click()
        expect(page.locator("#replayed")).to_contain_text("same result, to the cent")
        rail.get_by_label("Line by line").check()
        line = rail.get_by_label("Line 1, of 259.20")
        line.fill("200.00")
        line.blur()
        expect(rail.locator("dl.pairs")).to_contain_text("578.00")
        expect(page.locator("#route .limit")).to_contain_text("578.00 of 2,500.00")
        rail.get_by_label("Accept the valid part").check()
        expect(rail.locator("dl.pairs")).to_contain_text("550.80")
        expect(rail.get_by_label("Accept the valid part")).to_be_focused()
        rail.get_by_role("button", name="Preview").click()
        letter = rail.get_by_label("Text")
        expect(letter).to_be_visible()
        assert letter.input_value().startswith("Guten Tag")
        keep_shot(page, "claim-letter-1440")
        assert violations(page) == []
        letter.fill("Guten Tag Herr Albers, wir schreiben 550,80 EUR gut.")
        page.locator("h1").click()
        page.keyboard.press("a")
        expect(page.locator("#notices")).to_contain_text("sent to Marta Conti")
        assert page.problems == []
        decision = board["main"].decisions.get()
        assert decision.letter_body.startswith("Guten Tag Herr Albers")

    def test_and_signed_by_whose_turn_it_is(self, window, board):
        page = window(f"/claims/{board['approval'].pk}/", who="marta")

        expect(page.get_by_role("heading", name="Your signature")).to_be_visible()
        page.keyboard.press("a")
        expect(page.locator("#notices")).to_contain_text("signed")
        assert board["approval"].state == "POSTING"

    def test_on_the_phone_the_decision_is_a_sheet(self, window, board):
        page = window(f"/claims/{board['main'].pk}/", width=390)

        page.get_by_role("button", name="Decide · 550.80").click()
        sheet = page.locator("#decide")
        expect(sheet.get_by_role("heading", name="Your decision")).to_be_visible()
        keep_shot(page, "claim-sheet-390")
        assert violations(page) == []
        sheet.get_by_role("button", name="Send for approval").click()
        expect(page.locator("#notices")).to_contain_text("sent to Marta Conti")

    def test_an_act_opens_in_a_sheet_and_its_refusal_stays_there(self, window, board):
        page = window(f"/claims/{board['main'].pk}/")

        page.keyboard.press("q")
        sheet = page.locator("#act")
        expect(sheet.get_by_role("heading", name="Ask a question")).to_be_visible()
        keep_shot(page, "claim-ask-sheet-1440")
        assert violations(page) == []
        sheet.get_by_label("Whom").select_option("customer")
        sheet.get_by_label("Question").fill("Bitte senden Sie den Wareneingang")
        sheet.get_by_label("E-mail address").fill("")
        sheet.get_by_role("button", name="Ask").click()
        expect(sheet).to_contain_text("to which address")
        sheet.get_by_label("E-mail address").fill("jens.albers@frischmarkt.example")
        sheet.get_by_role("button", name="Ask").click()
        expect(page.locator(".claim-top")).to_contain_text("With customer")
        # The browser itself notes the 422 that kept the sheet open; nothing else went wrong.
        assert [problem for problem in page.problems if "422" not in problem] == []

    def test_the_keys_of_the_list_and_many_at_once(self, window, board):
        page = window("/claims/?sort=newest&reason=NC-08")

        page.keyboard.press("j")
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("x")
        bar = page.locator("[data-bulk]")
        expect(bar).to_contain_text("2 selected")
        keep_shot(page, "claims-selected-1440")
        page.keyboard.press("w")
        expect(page.get_by_role("heading", name="Hand over")).to_be_visible()
        page.get_by_label("Who gets it").select_option(value=str(board.team["marta"].pk))
        page.get_by_role("button", name="Hand over").click()
        expect(page.locator("h1")).to_contain_text("to Marta Conti")
        page.get_by_role("link", name="Claims").click()
        settled(page).keyboard.press("c")
        expect(page.get_by_role("heading", name="Open a claim")).to_be_visible()

    def test_a_proposal_is_taken_back_by_undo(self, window, board):
        page = window(f"/claims/{board['main'].pk}/")
        page.keyboard.press("a")
        page.get_by_role("button", name="Undo").click()

        expect(page.locator(".claim-top")).to_contain_text("Checking")
        assert board["main"].state == "INVESTIGATING"
