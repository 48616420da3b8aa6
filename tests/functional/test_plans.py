"""Plans and settlements in a real browser: rows while one types, in both widths and looks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled
from tests.world.builders import a_customer, an_open_item
from tests.world.collecting import Debtor

from concilia.dunning.models import Plan

BOTH_LOOKS = [(w, h, look) for w, h in ((1440, 900), (390, 844)) for look in ("light", "dark")]
DAY = timedelta(days=1)


@pytest.fixture
def house(transactional_db):
    """A company, a customer with a VAT number, and a person without one."""
    debtor = Debtor()
    today = timezone.localdate()
    an_open_item(debtor.customer, 90_000, due_date=today - 24 * DAY)
    debtor.person = a_customer(debtor.entity, "Anna Rossi", vat_number="")
    an_open_item(debtor.person, 60_000, due_date=today - 24 * DAY)
    return debtor


@pytest.fixture
def page(browser, live_server, client, house):
    client.force_login(house.clerk.user, backend="django.contrib.auth.backends.ModelBackend")
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


def in_all_looks(page, name):
    wrong = []
    for width, height, look in BOTH_LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=look)
        settled(page)
        keep_shot(page, f"{name}-{width}-{look}")
        wrong += [(width, look, one) for one in (*violations(page), *page.problems)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append((width, look, "scrolls sideways"))
    page.set_viewport_size({"width": 1440, "height": 900})
    return wrong


def test_a_plan_is_made_while_its_rows_are_shown_and_ended(page, live_server, house):
    page.goto(f"{live_server.url}/customers/{house.customer.pk}/plan/")
    page.locator("[name=parts]").fill("4")
    page.locator("#plan-preview td.amt").nth(3).wait_for()
    assert page.locator("#plan-preview td.amt").all_inner_texts() == ["225.00"] * 4
    page.get_by_label("or at most a month").fill("200")
    page.get_by_text("Say the amount where you say").wait_for()
    page.get_by_label("Amount EUR").fill("900")
    page.locator("#plan-preview td.amt").nth(4).wait_for()
    assert page.locator("#plan-preview td.amt").all_inner_texts() == ["180.00"] * 5
    assert in_all_looks(page, "plan-form") == []

    page.get_by_text("The customer said yes").click()
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_text("The plan runs").first.wait_for()
    plan = Plan.objects.get(customer=house.customer)
    assert (plan.state, plan.count, plan.principal_minor) == ("ACTIVE", 5, 90_000)
    assert in_all_looks(page, "plan-story") == []

    page.get_by_text("End this plan").click()
    page.get_by_role("textbox", name="Why").fill("They sold the shop")
    page.get_by_role("button", name="End it").click()
    page.get_by_text("The plan is over.").first.wait_for()
    plan.refresh_from_db()
    assert (plan.state, plan.ended_why) == ("CANCELLED", "They sold the shop")


def test_a_person_may_say_what_is_left_and_nobody_keeps_it(page, live_server, house):
    page.goto(f"{live_server.url}/customers/{house.person.pk}/plan/")
    page.get_by_label("Income a month").fill("1200")
    page.get_by_label("Outgoings a month").fill("1,050")
    page.get_by_text("150.00 EUR a month is left").wait_for()
    assert page.locator("#plan-preview p.warn-t").count() == 1  # 200.00 a month is more
    page.locator("[name=parts]").fill("4")
    page.locator("#plan-preview td.amt").nth(3).wait_for()
    assert page.locator("#plan-preview p.warn-t").count() == 0
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_text("once the customer says yes").first.wait_for()
    plan = Plan.objects.get(customer=house.person)
    assert (plan.state, plan.note) == ("PROPOSED", "")


def test_a_settlement_is_held_against_what_going_on_is_worth(page, live_server, house):
    page.goto(f"{live_server.url}/customers/{house.customer.pk}/settlement/")
    page.get_by_label("They pay EUR").fill("300")
    page.get_by_text("Going on is worth more than the offer.").wait_for()
    page.get_by_label("They pay EUR").fill("700")
    page.get_by_text("The offer is worth more than going on.").wait_for()
    assert in_all_looks(page, "settlement") == []
    page.get_by_role("button", name="Offer it").click()
    page.get_by_text("Offered. Somebody else").first.wait_for()
    plan = Plan.objects.get(customer=house.customer)
    assert (plan.state, plan.settlement.waived_minor) == ("PROPOSED", 20_000)
