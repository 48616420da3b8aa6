"""A team lead's morning in a real browser: board, absence, hand-over, rest, many at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled
from tests.world.builders import today_here
from tests.world.claim_board import a_board

from concilia.cases.models import Case, HandOver, Watch
from concilia.identity.models import Absence

SHAPES = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]


@pytest.fixture
def board(transactional_db):
    return a_board()


def look(page, name):
    for width, scheme in SHAPES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        settled(page)
        keep_shot(page, f"{name}-{width}-{scheme}")
        said = [*violations(page), *page.problems]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            said.append("scrolls sideways")
        page.wrong += [(name, width, scheme, one) for one in said]
        page.problems.clear()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")


def lane(page, name):
    return page.locator(".crew-lane").filter(has=page.get_by_role("heading", name=name))


def test_a_morning_of_who_leads_the_team(window_of, board, live_server):
    Case.objects.filter(pk=board["main"].case_id).update(owner=None, department="CRD")
    page = window_of(board.team["marta"])("/team/?team=all")
    page.wrong = []

    deal(page, board)
    plan(page, board)
    hand_everything_over(page, board)
    do_many(page, board, live_server.url)
    assert page.wrong == []


def deal(page, board):
    """A case that nobody holds goes to a person by one key, comes back, and is dragged."""
    look(page, "team-board")
    number = board["main"].case.number
    free = lane(page, "With nobody")
    expect(free).to_contain_text(number)
    free.get_by_role("link", name=number, exact=True).focus()
    page.keyboard.press(lane(page, "Giulia Ferri").locator(".key-of kbd").inner_text())
    expect(page.locator("#notices")).to_contain_text("is with Giulia Ferri now")
    assert Case.objects.get(pk=board["main"].case_id).owner == board.team["giulia"]
    page.locator("#notices").get_by_role("button", name="Undo").click()
    expect(lane(page, "With nobody")).to_contain_text(number)
    page.set_viewport_size({"width": 2000, "height": 900})  # every lane in sight
    settled(page)
    card = lane(page, "With nobody").locator(".case-card").filter(has_text=number)
    card.hover()
    page.mouse.down()
    for _ in range(2):  # only the second move over a place says that something is dragged there
        lane(page, "Marco Bellini").hover()
    page.mouse.up()
    expect(page.locator("#notices")).to_contain_text("is with Marco Bellini now")
    assert Case.objects.get(pk=board["main"].case_id).owner == board.team["marco"]
    page.get_by_role("link", name="Workload").click()
    look(page, "team-load")


def plan(page, board):
    """An absence, refused once with what was typed still there, and then planned."""
    page.get_by_role("link", name="Absences").click()
    today = today_here()
    page.get_by_label("Who is away").select_option(label="Giulia Ferri")
    page.get_by_label("First day").fill(today.isoformat())
    page.get_by_label("Last day").fill((today + timedelta(days=70)).isoformat())
    page.get_by_label("Who stands in").select_option(label="Marta Conti")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("alert")).to_contain_text("60 days at most")
    page.problems.clear()  # the browser itself notes the 422 of a refusal
    page.get_by_label("Last day").fill((today + timedelta(days=12)).isoformat())
    page.get_by_role("button", name="Plan it").click()
    expect(page.locator(".sub")).to_contain_text("Marta Conti stands in for Giulia Ferri")
    look(page, "team-absences")
    assert Absence.objects.get().delegate == board.team["marta"]


def hand_everything_over(page, board):
    """Everything of Giulia goes to Marco, with a note, and comes back."""
    giulia, marco = board.team["giulia"], board.team["marco"]
    page.get_by_role("link", name="Hand-overs", exact=True).click()
    page.get_by_label("Everything of").select_option(label="Giulia Ferri")
    page.get_by_role("button", name="Hand over").click()
    look(page, "team-hand-over")
    page.get_by_label("Who gets it").select_option(value=str(marco.pk))
    page.get_by_label("A note for them").fill("Until I am back")
    page.get_by_role("button", name="Hand over").click()
    expect(page.locator("h1")).to_contain_text("to Marco Bellini")
    look(page, "team-handed")
    handed = HandOver.objects.get(note="Until I am back")
    assert not Case.objects.filter(owner=giulia, closed_at=None).exists()
    page.keyboard.press("u")
    expect(page.locator("#notices")).to_contain_text("went back")
    assert Case.objects.filter(owner=giulia, closed_at=None).count() == handed.cases


def do_many(page, board, url):
    """Ticked with the keyboard: watched, then put to rest; those due before say so. And why."""
    page.goto(f"{url}/claims/?view=open")
    settled(page)
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-bulk-text]")).to_contain_text("2 selected")
    look(page, "team-ticked")
    page.keyboard.press("e")
    expect(page.locator("#notices")).to_contain_text("2 more cases")
    assert Watch.objects.filter(member=board.team["marta"]).count() == 2
    page.keyboard.press("j")
    page.keyboard.press("h")
    expect(page.locator("#worth-of")).to_contain_text("Worth today")
    look(page, "team-worth")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.keyboard.press("s")
    until = today_here() + timedelta(days=60)
    page.get_by_label("Rest until").fill(until.isoformat())
    page.get_by_label("Why").fill("They are at the fair")
    look(page, "team-rest")
    page.get_by_role("button", name="Let it rest").click()
    expect(page.locator("#notices")).to_contain_text("Due before that day")
    page.goto(f"{url}/")
    look(page, "team-day")
