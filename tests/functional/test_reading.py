"""The page *Reading* and a table's columns in a browser: both widths and looks, axe, an undo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled, tab
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_iban, an_invoice
from tests.world.inbox import an_arrival

from concilia.documents.models import Correction, Training
from concilia.intake.actions import confirm_reading, correct_reading
from concilia.intake.models import Arrival

SHAPES = [(1440, 900, "light"), (390, 844, "dark"), (390, 844, "light"), (1440, 900, "dark")]


@pytest.fixture
def company(transactional_db):
    """Fifty readings somebody looked at, some of them put right, one with a table."""
    customer = a_customer(an_entity())
    an_iban(customer)
    member = a_member(customer.entity, "Giulia Ferri")
    for n in range(50):
        at = NOON - timedelta(days=n)
        sure = 0.5 + (n % 10) / 20
        reading = {"kind_confidence": sure, "reason_confidence": sure, "needs_review": n % 3 == 0}
        if n % 5 == 0:
            reading["needs_review"] = True
        else:
            reading |= {"kind": "order", "reason": None}
        arrival = an_arrival(customer, an_invoice(customer), at=at, **reading)
        if n % 5 == 0:
            document = arrival.document
            correct_reading(
                document_id=document.pk, field="reason", value="NC-03", member=member, at=NOON
            )
        else:
            confirm_reading(arrival_id=arrival.pk, member=member, at=NOON)
    Training.objects.create(
        entity=customer.entity,
        made_at=NOON,
        cases=24,
        is_kept=True,
        figures={"reason": {"cases": 24, "shipped_right": 18, "trained_right": 22}},
    )
    head = {"signature": "0" * 16, "names": ["Fattura", "Colonna F"], "roles": {"0": "document"}}
    document.readings.update(signals={"heads": [head]})
    return member, document


@pytest.fixture
def page(new_context, live_server, client, company):
    client.force_login(company[0].user, backend="django.contrib.auth.backends.ModelBackend")
    context = new_context()
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return tab(context)


def test_the_figures_and_an_undo(page, live_server):
    page.goto(live_server.url + "/reading/")
    for width, height, scheme in SHAPES:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        settled(page)
        keep_shot(page, f"reading-{width}-{scheme}")
        assert not violations(page), (width, scheme)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert page.locator("#chart-curve svg").count() == 1

    page.get_by_role("button", name="Undo").first.click()

    page.get_by_text("taken back by Giulia Ferri").wait_for()
    assert Correction.objects.exclude(undone_at=None).count() == 1
    assert not page.problems


def test_a_column_is_given_its_meaning(page, live_server, company):
    _, document = company
    arrival = Arrival.objects.get(document=document)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/inbox/{arrival.pk}/")
    page.get_by_text("What the columns mean").click()

    page.get_by_label("Colonna F").select_option("deducted")

    page.locator(".columns-of[open]").wait_for()
    settled(page)
    keep_shot(page, "reading-columns-1440-light")
    said = Correction.objects.get(field="columns.0000000000000000.1")
    assert said.after == "deducted"
    assert page.get_by_label("Colonna F").input_value() == "deducted"
    assert not violations(page)
    assert not page.problems
