"""The page that tries other tolerances: the form, what it says, whom it lets."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.world.bank_day import a_bank_day
from tests.world.builders import TODAY, a_member, an_entity
from tests.world.jobs import run_jobs
from tests.world.kept import fresh, kept

from concilia.cash.models import Simulation

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
DAYS = {"since": TODAY.isoformat(), "until": TODAY.isoformat()}


built_day = kept(a_bank_day)


@pytest.fixture
def day(db, built_day):
    return fresh(built_day)


@pytest.fixture
def clerk(client, day):
    client.force_login(day.clerk.user, backend=BACKEND)
    return client


def test_a_form_shows_what_holds_now(clerk):
    text = clerk.get("/bank/simulations/").text

    assert "now 1.00" in text
    assert "Nothing was tried yet" in text
    assert "/bank/simulations/" in clerk.get("/bank/statements/").text


def test_it_is_asked_for_watched_and_opened(clerk):
    answer = clerk.post("/bank/simulations/try/", {**DAYS, "post_statements": "no"})
    simulation = Simulation.objects.get()
    assert answer.url == reverse("desk:bank-simulation", args=[simulation.pk])
    assert 'hx-trigger="every 2s"' in clerk.get(answer.url).text

    run_jobs()

    text = clerk.get(answer.url, headers={"HX-Request": "true"}).text
    assert "hx-trigger" not in text
    assert "Posted without a person" in text
    for query in ("?kind=less", "?verdict=wrong", "?kind=x&page=99", "?page=abc"):
        assert clerk.get(answer.url + query).status_code == 200


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Change at least one tolerance."),
        ({"small_difference_minor": "1.00"}, "Change at least one tolerance."),
        ({"small_difference_minor": "lots"}, "“lots” cannot be tried"),
        ({"discount_grace_days": "-1"}, "“-1” cannot be tried"),
        ({"post_subsets": "no", "since": "x"}, "Choose both days."),
        ({"post_subsets": "no", "since": "2099-01-01", "until": "2099-01-01"}, "No payment"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(clerk, said, told):
    answer = clerk.post("/bank/simulations/try/", {**DAYS, **said})

    assert (answer.status_code, told in answer.text) == (422, True)


def test_a_stopped_one_says_so(clerk):
    clerk.post("/bank/simulations/try/", {**DAYS, "post_subsets": "no"})
    simulation = Simulation.objects.get()

    clerk.post(reverse("desk:bank-simulation-cancel", args=[simulation.pk]))

    simulation.refresh_from_db()
    assert simulation.state == "CANCELLED"


def test_others_do_not_see_it_and_auditors_do_not_ask(client, day, clerk):
    clerk.post("/bank/simulations/try/", {**DAYS, "post_subsets": "no"})
    page = reverse("desk:bank-simulation", args=[Simulation.objects.get().pk])
    client.force_login(day.auditor.user, backend=BACKEND)
    assert client.get(page).status_code == 200
    assert client.post("/bank/simulations/try/", DAYS).status_code == 403

    client.force_login(a_member(an_entity("other")).user, backend=BACKEND)
    assert client.get(page).status_code == 404
    assert client.post(page + "cancel/").status_code == 404
