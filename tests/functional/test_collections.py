"""Collections in a real browser: who is next, a reason and a promise written down by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled
from tests.world.builders import a_customer, an_open_item, today_here
from tests.world.collecting import Debtor, an_answer

from concilia.customers.models import Contact
from concilia.dunning.actions import (
    NewMotive,
    NewPromise,
    judge_promises,
    record_motive,
    record_promise,
)
from concilia.dunning.models import Motive, Promise

BOTH_LOOKS = [(w, h, look) for w, h in ((1440, 900), (390, 844)) for look in ("light", "dark")]
DAY = timedelta(days=1)


@pytest.fixture
def house(transactional_db):
    """A company that four customers owe, each for a reason of their own, in today's world."""
    debtor = Debtor()
    today, now = today_here(), timezone.now()
    clerk = debtor.clerk
    owing = {}
    owed = {
        "Ingrosso Lariano": 0,
        "Frischmarkt Süd eG": 184_050,
        "Maison Aubert SARL": 92_000,
        "Harbour & Pike Ltd": 61_275,
    }
    for name, minor in owed.items():
        customer = a_customer(debtor.entity, name, vat_number="X1") if minor else debtor.customer
        an_open_item(customer, minor or 250_000, due_date=today - 24 * DAY)
        owing[name] = customer
    broken = NewPromise(
        customer_id=owing["Frischmarkt Süd eG"].pk, currency="EUR", due_date=today - 9 * DAY,
        amount_minor=100_000, method="INSTANT",
    )  # fmt: skip
    record_promise(new=broken, by=clerk, at=now - 14 * DAY)
    due = NewPromise(
        customer_id=owing["Maison Aubert SARL"].pk, currency="EUR", due_date=today,
        amount_minor=50_000,
    )  # fmt: skip
    record_promise(new=due, by=clerk, at=now - 4 * DAY)
    paid = NewMotive(
        customer_id=owing["Harbour & Pike Ltd"].pk, code="NR-08", source="customer",
        note="Paid on Tuesday, they say",
    )  # fmt: skip
    record_motive(new=paid, by=clerk, at=now - 3 * DAY)
    judge_promises(entity=debtor.entity, at=now)
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


def test_who_is_next_in_both_widths_and_looks(page, live_server, house):
    wrong = []
    paths = {"list": "/collections/", "customer": f"/customers/{house.customer.pk}/"}
    for name, path in paths.items():
        page.goto(live_server.url + path)
        for width, height, look in BOTH_LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=look)
            settled(page)
            keep_shot(page, f"collections-{name}-{width}-{look}")
            wrong += [(name, width, look, one) for one in (*violations(page), *page.problems)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append((name, width, look, "scrolls sideways"))
    assert not wrong

    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/collections/")
    names = page.locator("tbody a.go").all_inner_texts()
    assert names == [
        "Frischmarkt Süd eG", "Maison Aubert SARL", "Harbour & Pike Ltd",
        "Ingrosso Lariano S.r.l.",
    ]  # fmt: skip
    page.get_by_role("navigation", name="What is next").get_by_text("Promises due").click()
    settled(page)
    assert page.locator("tbody a.go").all_inner_texts() == ["Maison Aubert SARL"]


def test_a_reason_and_a_promise_are_written_down(page, live_server, house):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/customers/{house.customer.pk}/")
    page.get_by_role("button", name="Reason").click()
    page.locator("#motive select[name=code]").select_option("NR-09")
    page.locator("#motive [name=note]").fill("Their own customer pays late")
    keep_shot(page, "collections-sheet-motive")
    assert not violations(page)
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Their own customer pays late").wait_for()
    assert Motive.objects.get(customer=house.customer).code == "NR-09"

    page.get_by_role("button", name="Promise", exact=True).click()
    until = today_here() + 10 * DAY
    page.locator("#promise [name=due]").fill(until.isoformat())
    page.locator("#promise [name=amount]").fill("1,500.00")
    keep_shot(page, "collections-sheet-promise")
    page.get_by_role("button", name="Take it").click()
    page.get_by_text("is not asked for meanwhile").wait_for()
    promise = Promise.objects.get(customer=house.customer)
    assert (promise.amount_minor, promise.due_date) == (150_000, until)
    for width, height, look in ((1440, 900, "light"), (390, 844, "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=look)
        settled(page)
        keep_shot(page, f"collections-story-{width}-{look}")
        assert not violations(page)


def test_an_answer_is_confirmed_by_one_key(page, live_server, house):
    until = today_here() + 6 * DAY
    promise = {"date": until.isoformat(), "amount": "800.00"}
    arrival = an_answer(house, code="NR-09", promise=promise)
    page.goto(f"{live_server.url}/inbox/{arrival.pk}/")
    for width, height, look in BOTH_LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=look)
        settled(page)
        keep_shot(page, f"collections-answer-{width}-{look}")
        assert not violations(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.get_by_label("Promised until").input_value() == until.isoformat()
    assert not Promise.objects.filter(customer=house.customer).exists()

    page.keyboard.press("a")
    page.get_by_text("Written down: Short of cash for now.").wait_for()

    assert Motive.objects.get(customer=house.customer).source == "customer"
    made = Promise.objects.get(customer=house.customer)
    assert (made.amount_minor, made.due_date) == (80_000, until)


def test_a_call_is_written_down_by_one_key_and_taken_back(page, live_server, house):
    """Their call, since whether we may call depends on the hour at which the tests run."""
    Contact.objects.create(customer=house.customer, name="Paolo Neri", phone="+39 02 5550163")
    path = f"{live_server.url}/customers/{house.customer.pk}/phone/"
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(path)
    keep_shot(page, "collections-call-before")
    page.get_by_role("button", name="They are calling me").click()
    page.get_by_role("button", name="Nobody answered").wait_for()
    for width, height, look in BOTH_LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=look)
        settled(page)
        keep_shot(page, f"collections-call-{width}-{look}")
        assert not violations(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")

    page.set_viewport_size({"width": 1440, "height": 900})
    page.keyboard.press("2")
    page.locator("#o-reason select[name=code]").select_option("NR-09")
    keep_shot(page, "collections-call-reason")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Written down: they said why.").wait_for()
    assert Motive.objects.get(customer=house.customer).source == "customer"

    page.keyboard.press("u")
    page.get_by_text("It counts for nothing").wait_for()
    assert Motive.objects.get(customer=house.customer).withdrawn_at is not None


def test_their_wishes_are_written_down_and_hold(page, live_server, house):
    Contact.objects.create(customer=house.customer, name="Paolo Neri", phone="+39 02 5550163")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/customers/{house.customer.pk}/")
    page.get_by_role("button", name="Their wishes").click()
    page.locator("#contact-terms [name=opted_out][value=CALL]").check()
    keep_shot(page, "collections-wishes")
    assert not violations(page)
    page.locator("#contact-terms").get_by_role("button", name="Keep this").click()
    page.get_by_text("They opted out of this channel").wait_for()
    keep_shot(page, "collections-contact-today")
    assert not page.problems
