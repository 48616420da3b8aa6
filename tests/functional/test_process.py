"""A process is changed in the browser by one person and put in force by another."""

from __future__ import annotations

import os

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled, tab
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_team
from tests.world.jobs import run_jobs
from tests.world.past_cases import past_cases

from concilia.cases.actions import write_draft
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.validation import prove
from concilia.cases.models import ProcessDefinition

expect.set_options(timeout=20_000)
SHAPES = [(1440, 900, "light"), (390, 844, "dark")]
if "CONCILIA_SHOTS" in os.environ:
    SHAPES += [(1440, 900, "dark"), (390, 844, "light")]
LINES = [("PEN-500", "100", "21.60", 2200)]


@pytest.fixture
def world(transactional_db):
    entity = an_entity()
    team = a_team(entity)
    customer = a_customer(entity)
    a_claim(team["giulia"], an_invoice(customer, LINES))
    writer = a_member(entity, "Anna Berti", role="admin")
    past_cases(entity, [customer], writer, 40, timezone.now())
    return entity, writer, a_member(entity, "Ugo Sala", role="admin")


@pytest.fixture
def window(new_context, live_server, client):

    def open_for(member):
        client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies["sessionid"].value
        context = new_context()
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return tab(context)

    return open_for


def looks_right(page, name):
    for width, height, scheme in SHAPES:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        keep_shot(page, f"process-{name}-{width}-{scheme}")
        assert violations(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_one_changes_the_route_by_clicking_another_publishes(world, window, live_server):
    _entity, writer, publisher = world
    change_and_submit(window(writer), live_server)
    other = window(publisher)
    other.goto(f"{live_server.url}/process/shortage/")
    expect(other.locator("#h-diff")).to_be_visible()
    other.get_by_role("button", name="Publish", exact=True).click()
    expect(other.get_by_text("Version 1", exact=True)).to_be_visible()
    looks_right(other, "published")
    row = ProcessDefinition.objects.get(state="PUBLISHED")
    assert (row.written_by, row.published_by) == (writer, publisher)
    assert prove(row.text) == (read_process(row.text), [])
    answer = read_process(row.text).definition.step("answer")
    assert (answer.within.n, answer.who.kind) == (4, "system")
    take_running_cases_along(other)


def take_running_cases_along(page):
    page.get_by_role("link", name="Move 1 open case to version 1").click()
    expect(page.get_by_text("1 case moves")).to_be_visible()
    looks_right(page, "move")
    page.get_by_role("button", name="Move 1 case").click()
    expect(page.get_by_role("heading", name="Cases moved")).to_be_visible()
    run_jobs()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    looks_right(page, "moved")


def try_on_past_cases(page):
    page.get_by_role("link", name="Try on past cases").click()
    expect(page.locator("#w-key")).to_have_value("shortage")
    page.get_by_role("button", name="Try on past cases").click()
    expect(page.locator("#h-state")).to_be_visible()
    run_jobs()
    expect(page.locator("#h-loads")).to_be_visible()
    looks_right(page, "what-if")
    page.get_by_role("link", name="Logistics").first.click()
    expect(page.locator("#h-rows")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    expect(page.locator("#h-tried")).to_contain_text("Tried on")


def change_and_submit(page, live_server):
    page.goto(f"{live_server.url}/process/")
    looks_right(page, "list")
    page.get_by_role("link", name="Shortage", exact=True).click()
    expect(page.get_by_text("1 open case on the shipped one")).to_be_visible()
    page.locator("#card-sign").press("Enter")
    expect(page.locator("#inspected").get_by_role("heading", name="Sign")).to_be_visible()
    looks_right(page, "route")
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_text("Draft 1", exact=True)).to_be_visible()
    page.evaluate("window.stays = true")

    page.locator("#card-answer").click()
    expect(page.locator("#inspected").get_by_role("heading", name="Answer")).to_be_visible()
    page.locator("#p-by").fill("4")
    page.locator("#p-by").press("Tab")
    expect(page.locator("#card-answer")).to_contain_text("4 d")
    page.locator("#p-who").select_option("system")
    expect(page.locator("#card-answer")).to_contain_text("System")

    problems_are_pinned_and_undone(page)
    steps_come_move_and_go(page)
    assert page.evaluate("window.stays"), "the page was loaded anew"
    try_on_past_cases(page)
    looks_right(page, "draft")
    page.get_by_role("button", name="Ask for publication").click()
    expect(page.get_by_text("somebody else publishes it")).to_be_visible()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)


def problems_are_pinned_and_undone(page):
    page.locator("#card-sign").click()
    expect(page.locator("#p-skip")).to_have_value("signatures = 0")
    page.locator("#p-skip").fill("amount < 500.00")
    page.locator("#p-skip").press("Enter")
    expect(page.locator("#card-sign")).to_contain_text("A signature is skipped only where")
    looks_right(page, "wrong")
    page.locator("#card-sign").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("#card-sign")).not_to_contain_text("A signature is skipped")
    expect(page.locator("#h-wrong")).to_have_text("Nothing to put right")


def steps_come_move_and_go(page):
    page.locator("#card-propose").click()
    expect(page.locator("#inspected").get_by_role("heading")).to_have_text("Propose a decision")
    page.locator("#around-edit > summary").click()
    page.locator("#p-new").select_option("form")
    page.get_by_role("button", name="after").first.click()
    expect(page.locator("#card-form")).to_be_visible()
    page.locator("#fact-edit > summary").click()
    page.locator("#p-fact").select_option("country")
    page.locator("#p-value").fill("DE")
    page.get_by_role("button", name="Add with “and”").click()
    expect(page.locator("#p-skip")).to_have_value('country = "DE"')
    page.locator("#card-form").focus()
    page.keyboard.press("Alt+ArrowUp")
    settled(page)
    expect(page.locator("#card-form")).to_be_focused()
    page.locator("#card-form").drag_to(
        page.locator("#card-cause"), target_position={"x": 40, "y": 4}
    )
    expect(page.locator("li:has(#card-form) + li #card-cause")).to_have_count(1)
    expect(page.locator(".words").first).to_contain_text("is new.")
    page.locator("#card-form").focus()
    page.keyboard.press("Delete")
    expect(page.locator("#card-form")).to_have_count(0)


def test_a_draft_that_cannot_be_read_is_shown_with_what_is_wrong(world, window, live_server):
    _entity, writer, _publisher = world
    write_draft(text="process shortage\nstep a: walk\nwho: king\n", member=writer, at=NOON)
    page = window(writer)
    page.goto(f"{live_server.url}/process/shortage/")

    expect(page.get_by_text("2 things to put right")).to_be_visible()
    expect(page.get_by_text("There is no kind of step “walk”.")).to_be_visible()
    expect(page.get_by_role("button", name="Ask for publication")).to_be_disabled()
    looks_right(page, "unreadable")
