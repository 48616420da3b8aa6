"""A language model in a browser: switched on and tried, its proposal accepted, its score read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled, tab
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.inbox import an_arrival
from tests.world.model_server import a_model, saying
from tests.world.proposals import a_proposal

from concilia.documents.models import Correction, ModelAccess
from concilia.intake.actions import confirm_reading

SHAPES = [(1440, 900, "light"), (1440, 900, "dark"), (390, 844, "light"), (390, 844, "dark")]


@pytest.fixture
def customer(transactional_db):
    return a_customer(an_entity(), "Grossmarkt Lindner GmbH")


@pytest.fixture
def admin(customer):
    return a_member(customer.entity, "Sara Costa", role="admin")


@pytest.fixture
def clerk(customer):
    return a_member(customer.entity, "Giulia Ferri")


@pytest.fixture
def window(new_context, live_server, client):
    """Call it with somebody to get a page that is logged in."""

    def opened(member):
        client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        context = new_context()
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return tab(context)

    return opened


def look(page, name):
    for width, height, scheme in SHAPES:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        settled(page)
        keep_shot(page, f"{name}-{width}-{scheme}")
        assert not violations(page), (width, scheme)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_an_administrator_switches_it_on_and_tries_it(window, live_server, admin):
    with a_model([saying(("claimed_amount", "43.20", "43.20 EUR"))]) as model:
        page = window(admin)
        page.goto(live_server.url + "/settings/?section=model")
        look(page, "model-off")
        page.get_by_label("Ask a language model").check()
        page.get_by_label("Address").fill(model.url)
        page.get_by_label("Name of the model").fill("marmotta")
        page.get_by_role("textbox", name="Key").fill("sk-una-chiave-9")
        page.get_by_label("Debit note").check()
        page.get_by_role("button", name="Save and try it").click()
        expect(page.get_by_text("found 1 of 4 values")).to_be_visible()
        look(page, "model-on")

    access = ModelAccess.objects.get()
    assert (access.is_on, access.kinds) == (True, ["debit_note"])
    assert "sk-una-chiave-9" not in page.content()
    assert not page.problems


def test_a_clerk_accepts_what_it_proposes(window, live_server, customer, clerk):
    arrival = an_arrival(
        customer, an_invoice(customer), reason=None, reason_confidence=None, claimed_amount=None
    )
    a_proposal(
        arrival,
        summary="The customer charges back 259.20 EUR because 12 cartons of the order are missing.",
        kind=("debit_note", "Bitte 259,20 EUR gutschreiben"),
        reason=("NC-01", "12 Kartons fehlen"),
        claimed_amount=("259.20", "259,20 EUR"),
        references__claim=(["BA-4471", "BA-4472"], "BA-4471"),
        promise__date=("2026-12-04", "den Rest zahlen wir am 4. Dezember"),
        dropped=(("references.invoice", "FT-2026/99999", "not_in_quote"),),
    )
    page = window(clerk)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/inbox/{arrival.pk}/")
    page.get_by_role("heading", name="A language model proposes").scroll_into_view_if_needed()
    look(page, "proposal")

    page.get_by_role("button", name="Accept Reason").click()
    expect(page.get_by_text("accepted", exact=True)).to_be_visible()
    page.get_by_role("button", name="259.20 EUR", exact=True).click()  # in the open field itself
    expect(page.get_by_text("accepted", exact=True)).to_have_count(2)
    keep_shot(page, "proposal-accepted-1440-light")

    said = dict(Correction.objects.values_list("field", "after"))
    assert said == {"reason": "NC-01", "claimed_amount": "259.20"}
    assert not page.problems


def test_how_often_it_was_kept_stands_beside_the_reader(window, live_server, customer, clerk):
    for n in range(12):
        at = NOON - timedelta(days=n)
        arrival = an_arrival(customer, an_invoice(customer), at=at)
        says = "NC-01" if n % 4 else "NC-03"
        a_proposal(arrival, reason=(says, "fehlen"), claimed_amount=("259.20", "259,20"))
        confirm_reading(arrival_id=arrival.pk, member=clerk, at=at)
    page = window(clerk)
    page.goto(live_server.url + "/reading/")
    expect(page.get_by_text("Reader and language model").first).to_be_visible()
    look(page, "reading-model")
    assert not page.problems
