"""From the mail on the phone: a paper is photographed, a decision signed, a question answered."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from PIL import Image, ImageDraw
from playwright.sync_api import expect
from tests.functional.look.test_gallery import looks_right
from tests.functional.settled import tab
from tests.world.builders import a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_proven_shortage, a_team, propose
from tests.world.jobs import run_jobs
from tests.world.links import a_link_to, path_of, step_of

from concilia.cases.models import ActionLink, CaseDocument

PAUSE = 2_200  # as long as a person needs at least


@pytest.fixture
def world(transactional_db):
    entity = an_entity(
        settings={"partners": [{"name": "Trasporti Alpe Nord", "email": "pod@alpe.example"}]}
    )
    team = a_team(entity)
    for member, language in ((team["marco"], "it"), (team["marta"], "en")):
        member.user.language = language
        member.user.save()
    return team, a_customer(entity)


@pytest.fixture
def phone(new_context, live_server):
    """A phone that knows nobody: no session, no cookie."""

    def opened(path: str, *, width: int = 390, scheme: str = "light", scripts: bool = True):
        context = new_context(width=width, scheme=scheme)
        page = tab(context)
        page.goto(live_server.url + path)
        return page

    return opened


def a_photo() -> bytes:
    picture = Image.new("RGB", (900, 1200), "#f4f1e8")
    pen = ImageDraw.Draw(picture)
    for row in range(9):
        pen.rectangle((90, 120 + row * 90, 90 + 60 * (9 - row), 140 + row * 90), fill="#44413a")
    kept = io.BytesIO()
    picture.save(kept, "JPEG")
    return kept.getvalue()


def test_a_colleague_photographs_the_paper(world, phone):
    team, customer = world
    claim = a_claim(team["giulia"], an_invoice(customer), at=timezone.now())
    words = {"evidence": "POD", "text": "Serve la bolla firmata."}
    link = a_link_to(claim, team["giulia"], assignee=team["marco"], **words)
    page = phone(path_of(link))
    looks_right(page, "link-ask-390-light")
    for width, scheme in ((390, "dark"), (1440, "light")):
        looks_right(phone(path_of(link), width=width, scheme=scheme), f"link-ask-{width}-{scheme}")

    page.get_by_text("Firmata, con riserva").click()
    page.get_by_label("Colli mancanti o danneggiati").fill("8")
    page.get_by_role("button", name="Uno in più").click()
    page.locator("#files").set_input_files(
        {"name": "bolla.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    expect(page.get_by_alt_text("bolla.jpg")).to_be_visible()
    looks_right(page, "link-ask-filled-390-light")
    page.wait_for_timeout(PAUSE)
    page.get_by_role("button", name="Invia a Giulia").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Grazie Marco, è arrivato.")
    looks_right(page, "link-done-390-light")
    run_jobs()

    assert step_of(link).answer == ("Firmata, con riserva\nColli mancanti o danneggiati: 9")
    paper = CaseDocument.objects.get(case=claim.case_id, evidence="POD")
    assert (paper.document.filename, paper.added_by) == ("bolla.jpg", team["marco"])
    page.get_by_role("link", name="Correggi").click()
    page.get_by_text("Firmata, senza riserva").click()
    page.get_by_label("Una parola in più").fill("Mi ero sbagliato.")
    page.wait_for_timeout(PAUSE)
    page.get_by_role("button", name="Invia a Giulia").click()
    expect(page.get_by_text("Mi ero sbagliato.")).to_be_visible()
    assert step_of(link).answer == "Firmata, senza riserva\nMi ero sbagliato."


def test_an_approver_signs_from_the_train(world, phone):
    team, customer = world
    claim = a_proven_shortage(customer, team)
    propose(claim, team["giulia"], reason="The driver signed for eight.", at=timezone.now())
    link = ActionLink.objects.get(purpose="sign")
    page = phone(path_of(link))
    looks_right(page, "link-sign-390-light")
    for width, scheme in ((390, "dark"), (1440, "light")):
        looks_right(phone(path_of(link), width=width, scheme=scheme), f"link-sign-{width}-{scheme}")
    page.locator("a.ev").first.click()
    looks_right(page, "link-paper-390-light")
    page.get_by_role("link", name="Back").click()

    page.get_by_text("I approve").click()
    page.wait_for_timeout(PAUSE)
    page.get_by_role("button", name="Decide so").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you Marta, it has arrived.")
    looks_right(page, "link-signed-390-light")
    claim.refresh_from_db()

    assert claim.decided_at is not None


def test_who_signs_by_link_is_set_on_a_page(world, window_of):
    team, _customer = world
    admin = a_member(team["marta"].entity, "Sara Costa", role="admin")
    window = window_of(admin)
    for width, scheme in ((1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")):
        page = window("/settings/?section=links", width=width, scheme=scheme)
        looks_right(page, f"settings-links-{width}-{scheme}")
    page.get_by_label("Up to").first.fill("1.500")
    page.get_by_label("Who").select_option(label="Up to level 4")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#notices")).to_contain_text("It holds for links that are out, too.")
    expect(page.get_by_label("Up to").first).to_have_value("1,500.00")


def test_a_customer_answers_without_scripts_and_late_ones_are_told(world, new_context, live_server):
    team, customer = world
    claim = a_claim(team["giulia"], an_invoice(customer), at=timezone.now())
    to = customer.contacts.get().email
    link = a_link_to(claim, team["giulia"], holder="customer", to=to, text="Haben Sie Fotos?")
    context = new_context(width=390)
    page = context.browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False
    ).new_page()
    page.goto(live_server.url + path_of(link))
    page.get_by_text("Es ist erledigt").click()
    page.locator("#files").set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    page.wait_for_timeout(PAUSE)
    page.get_by_role("button", name="An Giulia senden").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Danke")
    page.context.close()
    ActionLink.objects.update(ended_at=None, state="OPEN")

    seen = context.new_page()
    seen.problems = []
    seen.goto(live_server.url + path_of(link))
    looks_right(seen, "link-over-390-light")
    seen.goto(live_server.url + "/a/forged")
    looks_right(seen, "link-unknown-390-light")

    assert step_of(link).state == "DONE"
