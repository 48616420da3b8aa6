"""A run in a real browser: looked at in both widths and looks, one taken out, released, gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled
from tests.world.builders import a_customer, a_member, an_open_item
from tests.world.collecting import Debtor
from tests.world.jobs import run_jobs

from concilia.correspondence.models import Message
from concilia.dunning.actions import plan_run
from concilia.dunning.models import RunTouch
from concilia.receivables.models import OpenItem

BOTH_LOOKS = [(w, h, look) for w, h in ((1440, 900), (390, 844)) for look in ("light", "dark")]
DAY = timedelta(days=1)
NAMES = ("Frischmarkt Süd eG", "Maison Aubert SARL", "Harbour & Pike Ltd")


@pytest.fixture
def house(transactional_db):
    """A company that five customers owe, and the run of its day."""
    debtor, today = Debtor(), timezone.localdate()
    item = an_open_item(debtor.customer, 250_000, due_date=today - 24 * DAY)
    OpenItem.objects.filter(pk=item.pk).update(disputed_minor=30_000)
    for n, name in enumerate(NAMES):
        owing = a_customer(debtor.entity, name, vat_number="X1")
        an_open_item(owing, 90_000 + n, due_date=today - (9 + n) * DAY)
    little = a_customer(debtor.entity, "Bottega Minima", vat_number="X1")
    an_open_item(little, 450, due_date=today - 9 * DAY)
    debtor.marta = a_member(debtor.entity, "Marta Conti", role="approver", level=2)
    debtor.run = plan_run(entity=debtor.entity, at=timezone.now())
    return debtor


@pytest.fixture
def page(browser, live_server, client, house):
    client.force_login(house.marta.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies["sessionid"].value
    context = browser.new_context(reduced_motion="reduce", locale="en-GB")
    context.set_default_timeout(20_000)
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.problems = []
    page.on("console", lambda said: said.type == "error" and page.problems.append(said.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    yield page
    context.close()


def test_in_both_widths_and_looks(page, live_server, house):
    wrong, key = [], house.run.pk
    paths = {
        "runs": reverse("desk:runs"),
        "run": reverse("desk:run", args=[key]),
        "touches": reverse("desk:run-touches", args=[key]),
        "passes": reverse("desk:run-passes", args=[key]),
        "strategy": reverse("desk:strategy"),
    }
    for name, path in paths.items():
        page.goto(live_server.url + path)
        for width, height, look in BOTH_LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=look)
            settled(page)
            keep_shot(page, f"runs-{name}-{width}-{look}")
            said = [*violations(page), *page.problems]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                said.append("scrolls sideways")
            wrong += [(name, width, look, one) for one in said]
            page.problems.clear()
    assert not wrong


def test_one_is_taken_out_and_the_rest_is_released(page, live_server, house):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(live_server.url + reverse("desk:run-touches", args=[house.run.pk]))
    row = page.locator("tr", has_text="Harbour & Pike Ltd")
    row.get_by_text("Take out").first.click()
    row.get_by_placeholder("Why").fill("I speak with them on Friday")
    row.get_by_role("button", name="Take out").click()
    page.get_by_text("hears nothing").wait_for()

    page.goto(live_server.url + reverse("desk:run", args=[house.run.pk]))
    page.get_by_role("button", name="Release it").click()
    page.get_by_text("Released. It goes out now.").wait_for()
    run_jobs(at=timezone.now())

    assert RunTouch.objects.filter(state="QUEUED").count() == 3
    mails = Message.objects.filter(lane="out")
    assert {mail.state for mail in mails} == {"SENT"}
    assert not mails.filter(customer__name="Harbour & Pike Ltd").exists()
    part = mails.get(customer=house.customer)
    assert "2.200,00" in part.body
    assert "300,00" in part.body
    assert not page.problems
