"""Texts and letters in a real browser: words checked while typed, letters printed and posted."""

from __future__ import annotations

import pytest
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled, tab
from tests.world.builders import a_member
from tests.world.collecting import Debtor
from tests.world.letters import a_letter

from concilia.dunning.models import Letter, OwnText

BOTH_LOOKS = [(w, h, look) for w, h in ((1440, 900), (390, 844)) for look in ("light", "dark")]


@pytest.fixture
def house(transactional_db):
    debtor = Debtor()
    debtor.owes(1000)
    debtor.sara = a_member(debtor.entity, "Sara Costa", role="admin")
    debtor.luca = a_member(debtor.entity, "Luca Neri", role="admin")
    for place in range(3):
        a_letter(debtor.customer, debtor.clerk, name=f"run-{place}", is_registered=place == 0)
    return debtor


@pytest.fixture
def page(new_context, house):
    page = tab(new_context())
    page.house = house
    return page


def enter(page, client, live_server, member):
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def looked_at(page, name):
    """Every width and look: nothing axe finds, nothing cut."""
    wrong = []
    for width, height, look in BOTH_LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=look)
        settled(page)
        keep_shot(page, f"{name}-{width}-{look}")
        wrong += violations(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{name} scrolls sideways at {width}")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")
    assert not wrong
    assert page.problems == []


def test_words_are_checked_while_they_are_typed_and_need_two_people(page, client, live_server):
    enter(page, client, live_server, page.house.sara)
    page.goto(f"{live_server.url}/settings/texts/")
    looked_at(page, "texts")
    page.get_by_role("link", name="Question: what keeps you?, English:").click()
    looked_at(page, "text")

    page.get_by_label("Try it on").select_option(label="Ingrosso Lariano S.r.l.")
    page.get_by_text("1,000.00").first.wait_for()
    page.get_by_label("Subject").fill("Your debt")
    page.get_by_text("“debt” blames the customer.").wait_for()
    looked_at(page, "text-wrong")
    page.get_by_label("Subject").fill("{invoices}: may we help?")
    page.get_by_text("Nothing found").wait_for()
    settled(page).get_by_role("button", name="Save the draft").click()
    page.get_by_text("The draft is saved.").wait_for()
    assert OwnText.objects.get().state == "DRAFT"

    enter(page, client, live_server, page.house.luca)
    page.goto(f"{live_server.url}/settings/texts/question/email/en/")
    page.get_by_role("button", name="Put in force").click()
    page.get_by_text("In force for what is written from now on.").wait_for()
    looked_at(page, "text-own")
    assert OwnText.objects.get().subject == "{invoices}: may we help?"


def test_letters_are_printed_as_one_file_and_posted(page, client, live_server):
    enter(page, client, live_server, page.house.sara)
    page.goto(f"{live_server.url}/letters/")
    looked_at(page, "letters")
    with page.expect_download() as got:
        page.get_by_role("button", name="Print as one file").click()
    assert got.value.path().read_bytes().startswith(b"%PDF-")

    page.goto(f"{live_server.url}/letters/?show=post")
    row = page.locator("tr[data-row]").first
    row.locator("summary", has_text="Posted").click()
    row.get_by_label("Number of the registered letter").fill("RA 77")
    looked_at(page, "letters-post")
    row.get_by_role("button", name="Note it").click()
    page.get_by_text("Noted: posted.").wait_for()
    assert Letter.objects.filter(state="POSTED", registered_number="RA 77").exists()

    page.goto(f"{live_server.url}/letters/?show=posted")
    looked_at(page, "letters-posted")
