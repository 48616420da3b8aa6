"""How was it: the two questions on a phone, answered once by a person."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled
from tests.world.builders import an_open_item, today_here
from tests.world.collecting import DAY, Debtor

from concilia.dunning.actions import NewPromise, ask_how_it_was, record_promise
from concilia.dunning.models import Promise, Survey
from concilia.foundation.tokens import token_of


@pytest.fixture
def asked(transactional_db):
    """Somebody who kept a promise within the day, and was asked."""
    debtor, now = Debtor(), timezone.now()
    an_open_item(debtor.customer, 90_000, due_date=today_here() - 9 * DAY)
    new = NewPromise(
        customer_id=debtor.customer.pk,
        currency="EUR",
        due_date=today_here() + DAY,
        amount_minor=90_000,
    )
    row = record_promise(new=new, by=debtor.clerk, at=now)
    Promise.objects.filter(pk=row.pk).update(state="KEPT", place=None, judged_at=now)
    assert ask_how_it_was(entity=debtor.entity, at=now) == 1
    return Survey.objects.get()


def test_two_questions_are_answered_once(browser, live_server, asked):
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 390, "height": 844})
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{live_server.url}/v/{token_of(asked.seed)}")
    for look in ("light", "dark"):
        page.emulate_media(color_scheme=look)
        settled(page)
        keep_shot(page, f"survey-390-{look}")
        assert not violations(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.locator("[name=score][value='4']").check()
    page.locator("[name=words]").fill("Rispondere prima")
    page.wait_for_timeout(1_500)  # nobody reads faster
    page.locator("button[type=submit]").click()
    page.locator(".act-ok").wait_for()
    keep_shot(page, "survey-done")
    asked.refresh_from_db()
    assert (asked.score, asked.words) == (4, "Rispondere prima")
    context.close()
