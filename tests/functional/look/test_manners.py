"""What pages do without writing a script: keys, selection, toasts, lanes, drops, sums, themes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def worklist(window):
    return window("/gallery/worklist/")


class TestKeys:
    def test_j_and_k_walk_the_rows_and_the_focus_follows(self, worklist):
        worklist.keyboard.press("j")
        worklist.keyboard.press("j")
        expect(worklist.locator("tr.cursor")).to_contain_text("CLM-0397")
        worklist.keyboard.press("k")
        expect(worklist.locator("tr.cursor")).to_contain_text("CLM-0402")
        expect(worklist.get_by_role("link", name="CLM-0402")).to_be_focused()

    def test_enter_opens_the_row(self, worklist):
        worklist.keyboard.press("j")
        worklist.keyboard.press("Enter")
        expect(worklist).to_have_url(re.compile("/gallery/case/"))

    def test_x_selects_the_row_under_the_cursor(self, worklist):
        worklist.keyboard.press("j")
        worklist.keyboard.press("x")
        expect(worklist.locator("[data-bulk-text]")).to_have_text("4 selected · 1,311.34 EUR")

    def test_a_key_presses_the_button_it_is_printed_on(self, worklist):
        worklist.keyboard.press("c")
        expect(worklist.get_by_role("dialog", name="Open a claim")).to_be_visible()

    def test_no_key_acts_while_somebody_types(self, worklist):
        worklist.keyboard.press("/")
        search = worklist.get_by_placeholder("Find case, invoice, customer")
        expect(search).to_be_focused()
        worklist.keyboard.type("cjx")
        expect(search).to_have_value("cjx")
        expect(worklist.locator("dialog[open]")).to_have_count(0)

    def test_the_question_mark_lists_the_keys(self, worklist):
        worklist.keyboard.press("?")
        expect(worklist.get_by_role("dialog", name="Keys")).to_be_visible()


class TestSelection:
    def test_says_count_and_sum_and_disappears_when_cleared(self, worklist):
        bar = worklist.locator("[data-bulk]")
        expect(bar).to_contain_text("3 selected · 27.34 EUR")
        worklist.get_by_label("Clear selection").click()
        expect(bar).to_be_hidden()

    def test_all_rows_at_once(self, worklist):
        worklist.get_by_label("Select all").check()
        expect(worklist.locator("[data-bulk-text]")).to_have_text("15 selected · 13,715.44 EUR")


class TestToast:
    def test_undo_takes_it_back(self, worklist):
        worklist.keyboard.press("u")
        expect(worklist.locator("#notices")).to_contain_text("Taken back")
        expect(worklist.locator("#notices")).not_to_contain_text("Marta Conti")
        assert worklist.problems == []


class TestPalette:
    def test_opens_by_keyboard_finds_and_goes(self, worklist):
        worklist.keyboard.press("Control+k")
        box = worklist.get_by_role("combobox", name="Search or go to")
        expect(box).to_be_focused()
        expect(worklist.locator("#palette-list [role=option]").first).to_have_attribute(
            "aria-selected", "true"
        )
        box.fill("custom")
        expect(worklist.locator("#palette-list [role=option]")).to_have_count(1)
        box.press("Enter")
        expect(worklist).to_have_url(re.compile("/customers/$"))

    def test_says_so_when_it_finds_nothing(self, worklist):
        worklist.get_by_role("button", name="Search or go to").click()
        worklist.get_by_role("combobox", name="Search or go to").fill("<b>zzz")
        expect(worklist.locator("#palette-list")).to_contain_text("Nothing found for “<b>zzz”.")


class TestComposer:
    def test_switching_the_lane_changes_everything_and_empties_nothing(self, window):
        page = window("/gallery/case/")
        composer = page.locator(".compose")
        composer.locator("textarea").fill("Wir prüfen.")
        composer.get_by_role("button", name="To the customer").click()
        expect(composer).to_have_attribute("data-lane", "out")
        expect(composer.get_by_role("button", name="Send to Jens Albers")).to_be_visible()
        expect(composer.get_by_role("button", name="Add note")).to_be_hidden()
        expect(composer.locator("textarea")).to_have_value("Wir prüfen.")

    def test_a_note_joins_the_thread_without_a_reload(self, window):
        page = window("/gallery/case/")
        page.locator(".compose textarea").fill("Vier Kartons fehlen noch.")
        page.get_by_role("button", name="Add note").click()
        expect(page.locator("#thread .msg").last).to_contain_text("Vier Kartons fehlen noch.")
        expect(page.locator("#thread .msg").last).to_have_attribute("data-lane", "note")
        expect(page.locator("#notices")).to_contain_text("Saved")
        expect(page.locator(".compose textarea")).to_have_value("")
        # And once more: a form that was sent is not stuck.
        page.locator(".compose textarea").fill("Zweite Notiz.")
        page.get_by_role("button", name="Add note").click()
        expect(page.locator("#thread .msg").last).to_contain_text("Zweite Notiz.")
        assert page.problems == []


class TestFailure:
    def test_a_form_with_errors_comes_back_in_place_without_the_red_line(self, window):
        page = window("/gallery/case/")
        page.locator(".compose textarea").fill("no")
        page.get_by_role("button", name="Add note").click()
        expect(page.locator("#thread")).to_contain_text("Too short.")
        expect(page.locator(".failed")).to_have_count(0)

    def test_leaves_the_old_content_and_offers_to_try_again(self, window):
        page = window("/gallery/case/")
        page.get_by_role("button", name="Ask Frischmarkt for it").click()
        expect(page.locator(".failed")).to_contain_text("This did not work.")
        expect(page.get_by_text("receiving note")).to_be_visible()
        expect(page.locator(".failed").get_by_role("button", name="Try again")).to_be_visible()


class TestDrop:
    def test_files_become_lines_and_a_refusal_says_why(self, window):
        page = window("/gallery/parts/")
        page.locator(".drop input[type=file]").set_input_files(
            [
                {"name": "items.csv", "mimeType": "text/csv", "buffer": b"a,b\n"},
                {"name": "setup.exe", "mimeType": "application/x-dosexec", "buffer": b"MZ"},
            ]
        )
        expect(page.locator("#files li")).to_have_text("items.csv 4")
        expect(page.locator(".drop-jobs")).to_contain_text("Programs are not read.")
        expect(page.locator(".drop-jobs").get_by_role("button", name="Try again")).to_be_visible()


class TestLiveSum:
    def test_post_wakes_up_only_when_nothing_is_left(self, window):
        page = window("/gallery/bank/")
        post = page.get_by_role("button", name="Post")
        left = page.locator("[data-out=left]")
        expect(left).to_have_text("0.00")
        expect(post).to_be_enabled()
        page.get_by_label("Take NC-2026/0231").check()
        expect(left).to_have_text("\u2212148.80")
        expect(post).to_be_disabled()
        page.get_by_label("Take NC-2026/0231").uncheck()
        expect(page.locator("[data-out=items]")).to_have_text("15,462.50")
        expect(post).to_be_enabled()


class TestReading:
    def test_a_value_and_its_place_light_up_together(self, window):
        page = window("/gallery/reading/")
        page.locator(".fld[data-ref=amt]").hover()
        expect(page.locator(".hl[data-ref=amt]")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".hl[data-ref=po]")).to_have_attribute("aria-pressed", "false")
        page.locator(".hl[data-ref=po]").click()
        expect(page.locator("#f-po")).to_be_focused()
        expect(page.locator(".fld[data-ref=po]")).to_have_class(re.compile("lit"))


class TestCharts:
    def test_are_drawn_as_svg_and_again_when_the_theme_changes(self, window):
        page = window("/gallery/dashboard/")
        expect(page.locator(".plot svg")).to_have_count(4)
        light = page.locator("#chart-weeks svg path[fill='rgb(47, 128, 85)']")
        dark = page.locator("#chart-weeks svg path[fill='rgb(79, 168, 115)']")
        expect(light).not_to_have_count(0)
        expect(dark).to_have_count(0)
        page.locator(".me-open").click()
        page.locator(".menu .float").get_by_role("button", name="Dark").click()
        expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
        expect(dark).not_to_have_count(0)
        expect(light).to_have_count(0)
        assert page.problems == []

    def test_tiles_open_their_rows(self, window):
        page = window("/gallery/dashboard/")
        tile = page.get_by_role("button", name="DSO in dispute")
        tile.click()
        expect(page.locator("#rows")).to_be_hidden()
        tile.click()
        expect(page.locator("#rows")).to_be_visible()


class TestPersonalChoices:
    def test_the_theme_stays_with_the_person(self, window, member):
        page = window("/gallery/worklist/")
        page.locator(".me-open").click()
        with page.expect_response(re.compile("/theme/")):
            page.locator(".menu .float").get_by_role("button", name="Dark").click()
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
        member.user.refresh_from_db()
        assert member.user.theme == "dark"

    def test_the_language_changes_at_once(self, window, member):
        page = window("/gallery/worklist/")
        page.locator(".me-open").click()
        page.locator("#language-menu").select_option("it")
        expect(page.locator("html")).to_have_attribute("lang", "it")
        expect(page.get_by_role("link", name="Reclami")).to_be_visible()

    def test_on_a_phone_the_rest_of_the_ways_is_under_more(self, window):
        page = window("/gallery/worklist/", width=390)
        page.get_by_role("button", name="More").click()
        sheet = page.locator("#more")
        expect(sheet.get_by_role("link", name="Customers")).to_be_visible()
        expect(sheet.get_by_role("button", name="Log out")).to_be_visible()


class TestLogin:
    def test_brings_to_the_page_that_was_wanted(self, window, member):
        page = window("/gallery/worklist/?view=mine", logged_in=False)
        expect(page).to_have_url(re.compile(r"/login/\?next="))
        page.get_by_label("E-mail").fill(member.user.email.upper())
        page.get_by_label("Password").fill("sesame-opens-1")
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(re.compile(r"/gallery/worklist/\?view=mine$"))

    def test_says_at_the_field_what_is_wrong(self, window, member):
        page = window("/login/", logged_in=False)
        page.get_by_label("E-mail").fill(member.user.email)
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("E-mail or password is wrong.")).to_be_visible()
        expect(page.get_by_label("E-mail")).to_have_value(member.user.email)

    def test_speaks_the_language_chosen_at_its_foot(self, window):
        page = window("/login/", logged_in=False)
        page.locator("#lang").select_option("de")
        expect(page.get_by_role("button", name="Anmelden")).to_be_visible()

    def test_going_out_ends_the_session(self, window):
        page = window("/gallery/worklist/")
        page.locator(".me-open").click()
        page.locator(".menu .float").get_by_role("button", name="Log out").click()
        expect(page).to_have_url(re.compile("/login/$"))
        page.go_back()
        page.reload()
        expect(page).to_have_url(re.compile("/login/"))
