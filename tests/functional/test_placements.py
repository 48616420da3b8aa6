"""Handing over in a real browser: what is missing is said, papers are laid in, another signs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled
from tests.world.builders import a_member, an_open_item, today_here
from tests.world.collecting import Debtor

from concilia.dunning.actions import (
    NewMotive,
    NewPaper,
    PlacementTerms,
    add_partner,
    lay_paper,
    record_motive,
    say_terms,
)
from concilia.dunning.models import Placement

BOTH_LOOKS = [(w, h, look) for w, h in ((1440, 900), (390, 844)) for look in ("light", "dark")]
DAY = timedelta(days=1)


@pytest.fixture
def house(transactional_db):
    debtor = Debtor()
    today, now = today_here(), timezone.now()
    an_open_item(debtor.customer, 250_000, due_date=today - 90 * DAY)
    debtor.boss = a_member(debtor.entity, "Sara Costa", role="admin", level=5)
    debtor.agency = add_partner(name="Recuperi Riuniti", email="", by=debtor.clerk, at=now)
    new = NewMotive(customer_id=debtor.customer.pk, code="NR-15")
    record_motive(new=new, by=debtor.clerk, at=now)
    return debtor


def page_of(context, live_server, client, member):
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return context.new_page()


def looked_at(page, name):
    for width, height, look in BOTH_LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=look)
        settled(page)
        keep_shot(page, f"placement-{name}-{width}-{look}")
        assert not violations(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.set_viewport_size({"width": 1440, "height": 900})


def completed(house):
    """All that the gate wants, laid in as the pages do."""
    row, today, now = Placement.objects.get(), today_here(), timezone.now()
    terms = PlacementTerms(
        delivered=today - 40 * DAY, until=today - 10 * DAY, partner_id=house.agency.pk
    )
    say_terms(placement_id=row.pk, terms=terms, by=house.clerk, at=now)
    for kind in ("INVOICE", "NOTICE", "NOTICE_PROOF"):
        paper = NewPaper(kind=kind, upload=(f"{kind}.pdf", kind.encode()))
        lay_paper(placement_id=row.pk, new=paper, by=house.clerk, at=now)
    return row


def test_a_debt_is_handed_over_once_all_is_there_and_another_signed(
    browser, live_server, client, house
):
    context = browser.new_context(reduced_motion="reduce", locale="en-GB")
    context.set_default_timeout(20_000)
    page = page_of(context, live_server, client, house.clerk)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/customers/{house.customer.pk}/")
    page.get_by_role("button", name="Agency or court").click()
    page.get_by_role("button", name="Put it together").click()
    page.get_by_text("No formal notice is proven to have arrived.").wait_for()
    looked_at(page, "missing")

    row = completed(house)
    page.reload()
    page.get_by_text("Ready but for a signature").wait_for()
    page.keyboard.press("a")
    page.get_by_text("Put to signature. Nothing leaves").wait_for()

    page = page_of(context, live_server, client, house.boss)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/collections/placements/{row.pk}/")
    page.keyboard.press("a")
    page.get_by_text("Signed. It is handed over").wait_for()
    looked_at(page, "placed")
    with page.expect_download() as got:
        page.get_by_role("link", name="Evidence").click()
    assert got.value.suggested_filename == "MAN-000001-evidence.zip"

    report(page, live_server)
    looked_at(page, "list")
    page.goto(f"{live_server.url}/customers/{house.customer.pk}/")
    settled(page)
    keep_shot(page, "placement-customer")
    context.close()


def report(page, live_server):
    """What an agency sends, loaded on the list."""
    today = today_here()
    page.goto(f"{live_server.url}/collections/placements/")
    results = f"mandate,reference,date,status,paid\nMAN-000001,R1,{today},PAID,10.00\nX,R2,?,?,?\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "results.csv", "mimeType": "text/csv", "buffer": results.encode()}
    )
    page.get_by_role("button", name="Load").click()
    page.get_by_text("1 new lines").wait_for()
    page.get_by_text("Line 3 was not taken").wait_for()
