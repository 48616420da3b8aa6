"""Limits changed by two people, like claims signed together, a signature left: in the browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled, tab
from tests.world.builders import a_customer, a_member, an_entity
from tests.world.claims import a_proven_shortage, a_team, propose

from concilia.cases.models import ApprovalBatch, LimitVersion
from concilia.identity.models import Delegation

SHAPES = [(1440, 900, "light"), (1440, 900, "dark"), (390, 844, "light"), (390, 844, "dark")]


@pytest.fixture
def world(transactional_db):
    entity = an_entity()
    team = dict(a_team(entity))
    team["anna"] = a_member(entity, "Anna Berti", role="admin")
    team["enzo"] = a_member(entity, "Enzo Villa", role="approver", level=5)
    for n in range(6):
        claim = a_proven_shortage(a_customer(entity, f"Alimentari {n}"), team)
        propose(claim, team["giulia"])
    return team


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
        keep_shot(page, f"signatures-{name}-{width}-{scheme}")
        assert violations(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_limits_and_signatures(world, window, live_server):
    change_limits(window(world["anna"]), live_server)
    chief = window(world["enzo"])
    chief.goto(f"{live_server.url}/settings/limits/")
    chief.get_by_role("button", name="Put in force").click()
    expect(chief.get_by_text("confirmed by Enzo Villa")).to_be_visible()
    assert LimitVersion.objects.get().published_by == world["enzo"]

    marta = window(world["marta"])
    sign_alike(marta, live_server)
    assert ApprovalBatch.objects.get().state == "SIGNED"
    marta.goto(f"{live_server.url}/signatures/")
    marta.get_by_label("To whom").select_option(label="Davide Rossi, L3")
    marta.get_by_label("Why", exact=True).fill("Fair in Parma")
    marta.get_by_role("button", name="Leave it").click()
    expect(marta.get_by_text("Davide Rossi signs for you")).to_be_visible()
    assert Delegation.objects.get().delegate == world["davide"]


def change_limits(page, live_server):
    page.goto(f"{live_server.url}/settings/limits/?as=form")
    page.locator("[name=L1-0]").fill("120")
    page.locator("[name=L2-0]").fill("150")
    page.locator("[name=why]").fill("Board of Monday")
    looks_right(page, "form")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("6 open requests", exact=True)).to_be_visible()
    expect(page.get_by_text("would need another signature")).to_be_visible()
    looks_right(page, "draft")
    page.get_by_role("button", name="Ask a second person").click()
    expect(page.get_by_text("somebody else puts them in force")).to_be_visible()


def sign_alike(page, live_server):
    page.goto(f"{live_server.url}/signatures/")
    expect(page.get_by_text("6 wait for you")).to_be_visible()
    looks_right(page, "list")
    page.get_by_role("button", name="Lay together").click()
    expect(page.get_by_text("0 of 5 judged")).to_be_visible()
    looks_right(page, "batch")
    for n in range(5):
        page.get_by_role("link", name="Judge the next").click()
        expect(page.locator("[data-key=a]").first).to_be_visible()
        settled(page)
        if n == 0:
            looks_right(page, "claim")
        page.keyboard.press("a")
        expect(page.get_by_text(f"{n + 1} of 5 judged")).to_be_visible()
    page.get_by_role("button", name="Sign the other").click()
    expect(page.get_by_text("1 signed together.")).to_be_visible()
