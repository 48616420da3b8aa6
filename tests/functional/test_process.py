"""A process is changed in the browser by one person and put in force by another."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import keep_shot, violations
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_team

from concilia.cases.actions import write_draft
from concilia.cases.models import ProcessDefinition
from concilia.cases.queries.processes import shipped

SHAPES = [(1440, 900, "light"), (1440, 900, "dark"), (390, 844, "light"), (390, 844, "dark")]
LINES = [("PEN-500", "100", "21.60", 2200)]
CHANGED = (
    shipped()["shortage"]
    .text.replace("who: department CUS\n  within: 1 working day", "who: system\n  within: 4 hours")
    .replace("at most 9 times\n  rejected", "at most 2 times\n  rejected")
)


@pytest.fixture
def world(transactional_db):
    entity = an_entity()
    team = a_team(entity)
    a_claim(team["giulia"], an_invoice(a_customer(entity), LINES))
    writer = a_member(entity, "Anna Berti", role="admin")
    return entity, writer, team["davide"]


@pytest.fixture
def window(browser, live_server, client):
    contexts = []

    def open_for(member):
        client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies["sessionid"].value
        context = browser.new_context(reduced_motion="reduce", locale="en-GB")
        context.set_default_timeout(20_000)
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield open_for
    for context in contexts:
        context.close()


def looks_right(page, name):
    for width, height, scheme in SHAPES:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        keep_shot(page, f"process-{name}-{width}-{scheme}")
        assert violations(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_one_writes_another_publishes(world, window, live_server):
    _entity, writer, publisher = world
    write_and_submit(window(writer), live_server)
    other = window(publisher)
    other.goto(f"{live_server.url}/process/shortage/")
    other.get_by_role("button", name="Publish", exact=True).click()
    expect(other.get_by_text("Version 1")).to_be_visible()
    looks_right(other, "published")
    row = ProcessDefinition.objects.get(state="PUBLISHED")
    assert (row.text, row.written_by, row.published_by) == (CHANGED, writer, publisher)


def write_and_submit(page, live_server):
    page.goto(f"{live_server.url}/process/")
    looks_right(page, "list")
    page.get_by_role("link", name="Shortage", exact=True).click()
    expect(page.get_by_role("heading", name="Shortage")).to_be_visible()
    expect(page.get_by_text("1 open case on the shipped one")).to_be_visible()
    page.locator("#card-sign").press("Enter")
    expect(page.locator("#inspected").get_by_role("heading", name="Sign")).to_be_visible()
    looks_right(page, "route")

    page.get_by_role("link", name="Change").click()
    text = page.locator("#process-text")
    text.fill(CHANGED.replace("signatures = 0", "amount < 500.00"))
    expect(page.locator("#checked")).to_contain_text("A signature is skipped only where")
    looks_right(page, "text")
    text.fill(CHANGED)
    expect(page.locator("#checked")).to_contain_text("Nothing to put right")
    expect(page.locator("#checked")).to_contain_text("goes to System instead of Customer care")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("Draft 1", exact=True)).to_be_visible()
    looks_right(page, "draft")
    page.get_by_role("button", name="Ask for publication").click()
    expect(page.get_by_text("somebody else publishes it")).to_be_visible()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)


def test_a_draft_that_cannot_be_read_is_shown_with_what_is_wrong(world, window, live_server):
    _entity, writer, _publisher = world
    write_draft(text="process shortage\nstep a: walk\nwho: king\n", member=writer, at=NOON)
    page = window(writer)
    page.goto(f"{live_server.url}/process/shortage/")

    expect(page.get_by_text("2 things to put right")).to_be_visible()
    expect(page.get_by_text("There is no kind of step “walk”.")).to_be_visible()
    expect(page.get_by_role("button", name="Ask for publication")).to_be_disabled()
    looks_right(page, "unreadable")
