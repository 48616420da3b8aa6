"""The page of a call: what the guide says of a plan, by what came in of it."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.world.builders import TODAY
from tests.world.collecting import DAY, Debtor, noon_of

pytestmark = pytest.mark.django_db
RISK = TODAY + 8 * DAY  # five working days after the first row


@pytest.fixture
def debtor():
    """A wholesaler with a plan of three instalments of 300, the first due today."""
    debtor = Debtor()
    debtor.customer.language = "en"
    debtor.customer.save()
    debtor.item = debtor.owes(900)
    debtor.agreed = debtor.plan(900, days=0)
    return debtor


@pytest.fixture
def shown(debtor, monkeypatch):
    """The page on a day, as the clerk sees it."""

    def page(on):
        debtor.judged(on)
        monkeypatch.setattr("django.utils.timezone.now", lambda: noon_of(on))
        clerk = Client()
        user = debtor.clerk.user
        clerk.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        answer = clerk.get(
            f"/customers/{debtor.customer.pk}/phone/", headers={"accept-language": "en"}
        )
        debtor.agreed.refresh_from_db()
        return " ".join(answer.content.decode().replace("\xa0", " ").split())

    return page


def test_on_a_plan_at_risk_it_says_the_missed_instalment_and_what_is_to_be_paid_now(debtor, shown):
    page = shown(RISK)
    assert debtor.agreed.state == "AT_RISK"
    assert "instalment 1 of 3, due on" in page
    assert "300.00 EUR missing of the plan" in page
    assert "To be paid now: 300.00 EUR." in page
    assert "nothing to pay" not in page


def test_of_one_that_came_in_part_the_rest(debtor, shown):
    debtor.pays(debtor.item, 10_000)
    page = shown(RISK)
    assert "only a part has come in" in page
    assert "To be paid now: 200.00 EUR." in page


def test_in_the_days_of_grace_it_is_not_said_that_nothing_is_to_pay(debtor, shown):
    page = shown(TODAY + 4 * DAY)
    assert debtor.agreed.state == "ACTIVE"
    assert "To be paid now: 300.00 EUR." in page


def test_what_came_late_is_not_asked_for_again(debtor, shown):
    shown(RISK)
    debtor.pays(debtor.item, 30_000, on=RISK)
    page = shown(RISK + DAY)
    assert debtor.agreed.state == "AT_RISK"
    assert "There is nothing to pay today." in page


def test_a_plan_that_is_kept_asks_for_nothing(debtor, shown):
    debtor.pays(debtor.item, 30_000)
    assert "There is nothing to pay today." in shown(TODAY + 4 * DAY)


def test_what_is_late_beside_the_plan_is_said_after_it(debtor, shown):
    debtor.owes(120, days_late=3)
    page = shown(RISK)
    assert page.index("To be paid now: 300.00 EUR.") < page.index(
        "Besides the plan it is about 120.00 EUR"
    )
