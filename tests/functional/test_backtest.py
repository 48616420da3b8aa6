"""A strategy tried on the past in a real browser: asked for, watched, read in both looks."""

from __future__ import annotations

from datetime import UTC, timedelta
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled
from tests.world.jobs import run_jobs
from tests.world.past_runs import Company

from concilia.dunning.actions import write_strategy_draft
from concilia.dunning.core.strategy.shipped import TEXT
from concilia.dunning.models import Backtest

CUT = """[...document.querySelectorAll('.x-scroll')]
    .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.ariaLabel)"""
BOTH_LOOKS = [(w, h, look) for w, h in ((1440, 900), (390, 844)) for look in ("light", "dark")]


@pytest.fixture
def house(transactional_db):
    """A company whose runs went for some weeks, and a draft that begins earlier."""
    began = timezone.now().astimezone(UTC).replace(hour=9) - timedelta(days=60)
    company, draw = Company(5, begins=began), Random(7)
    company.entity.settings = {"channel_costs": {"LETTER": 120, "CALL": 350}}
    company.entity.save(update_fields=["settings"])
    for n in range(5):
        company.owes(n, 1_400_000 + 130_000 * n, days_late=9 * n - 4)
    for _ in range(7):
        company.runs()
        company.passes(3)
        company.happens(draw)
        company.passes(3)
        company.does_by_hand("NO_ANSWER")
    sheet = TEXT.replace("  3 email letter T1", "  1 email letter T1")
    write_strategy_draft(sheet=sheet, why="Earlier", by=company.marta, at=company.at)
    return company


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


def test_a_draft_is_tried_and_read(page, live_server, house):
    page.goto(live_server.url + reverse("desk:strategy"))
    page.get_by_role("link", name="Try on the past").click()
    today = timezone.localdate()
    page.get_by_label("From", exact=True).fill((today - timedelta(days=62)).isoformat())
    page.get_by_label("To", exact=True).fill((today - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Try on the past").click()
    page.get_by_text("0 of 5 customers").wait_for()
    run_jobs()
    page.get_by_role("heading", name="First touches").wait_for()  # it asks for itself anew
    tried = Backtest.objects.get()
    assert (tried.state, tried.done) == ("DONE", 5)
    page.get_by_role("link", name="heard earlier").click()
    assert page.get_by_text("earlier").count()
    wrong = []
    for name, path in (
        ("backtests", reverse("desk:backtests")),
        ("backtest", reverse("desk:backtest", args=[tried.pk])),
    ):
        for width, height, look in BOTH_LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=look)
            page.goto(live_server.url + path)
            settled(page)
            keep_shot(page, f"{name}-{width}-{look}")
            wrong += [f"{name} {width} {look}: {each}" for each in violations(page)]
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            wrong += [f"{name} {width}: wider than the screen"] if wide else []
            wrong += [f"{name} {width}: “{each}” is cut" for each in page.evaluate(CUT)]
    assert not wrong, "\n".join(wrong)
    assert not page.problems
