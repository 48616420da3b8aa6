"""Runs on the desk and by REST: looked at, one taken out, released, followed; the strategy too."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.world.builders import NOON, a_customer, a_member, an_open_item
from tests.world.collecting import DAY, Debtor

from concilia.dunning.actions import plan_run
from concilia.dunning.core.strategy.shipped import TEXT
from concilia.dunning.models import Run, RunTouch, StrategyVersion
from concilia.dunning.queries.strategies import strategy_in_force
from concilia.identity.actions import issue_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    debtor, today = Debtor(), timezone.localdate()
    an_open_item(debtor.customer, 90_000, due_date=today - 20 * DAY)
    another = a_customer(debtor.entity, "Bottega <b>Zwei</b>", vat_number="IT2")
    an_open_item(another, 700, due_date=today - 20 * DAY)
    debtor.marta = a_member(debtor.entity, "Marta Conti", role="approver", level=2)
    debtor.client = client
    debtor.run = plan_run(entity=debtor.entity, at=timezone.now())
    return debtor


def page_of(desk, name, *keys, by=None, **query):
    desk.client.force_login((by or desk.marta).user)
    answer = desk.client.get(reverse(f"desk:{name}", args=keys), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(desk, name, *keys, by=None, **sent):
    desk.client.force_login((by or desk.marta).user)
    answer = desk.client.post(reverse(f"desk:{name}", args=keys), sent, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_who_gets_what_and_who_nothing(desk):
    said = page_of(desk, "run", desk.run.pk)
    assert "Friendly reminder" in said
    assert "Too little" in said
    assert desk.customer.name in said  # the preview
    assert "Release it" in said
    assert "Release it" not in page_of(desk, "run", desk.run.pk, by=desk.clerk)
    assert "Bottega &lt;b&gt;Zwei" in page_of(desk, "run-passes", desk.run.pk, why="little")
    assert desk.customer.name in page_of(desk, "run-touches", desk.run.pk, tone=1, way="email")
    assert "Waits for release" in page_of(desk, "runs")


@pytest.mark.parametrize("n", ["0", "-1", "x", "9" * 30])
def test_odd_addresses_are_answered(desk, n):
    for name in ("run", "run-touches", "run-passes"):
        page_of(desk, name, desk.run.pk, n=n, page=n, tone=n, way=n, why=n, state=n)


def test_it_is_released_by_one_press(desk):
    said = post(desk, "run-act", desk.run.pk, act="release")
    assert "Released. It goes out now." in said
    desk.run.refresh_from_db()
    assert (desk.run.state, desk.run.released_by) == ("RELEASED", desk.marta)
    assert "0 of 1 messages written" in said


def test_one_is_taken_out_with_a_reason(desk):
    touch = RunTouch.objects.get(run=desk.run)
    assert "Say why." in post(desk, "touch-act", touch.pk, act="take-out", why=" ")
    said = post(desk, "touch-act", touch.pk, act="take-out", why="I call them", by=desk.clerk)
    assert "I call them" in said
    touch.refresh_from_db()
    assert touch.state == "TAKEN_OUT"


def test_another_creditors_run_is_not_there(desk):
    stranger = a_member(Debtor(code="strange").entity, "Otto Fremd", role="admin")
    desk.client.force_login(stranger.user)
    for name in ("run", "run-touches", "run-passes"):
        assert desk.client.get(reverse(f"desk:{name}", args=[desk.run.pk])).status_code == 404


def test_a_strategy_is_put_in_force_by_a_second_person(desk):
    sheet = TEXT.replace("  7 call T1 reminder", "  8 call T1 reminder", 1)
    said = post(desk, "strategy-act", sheet=sheet, why="A day later", act="write")
    assert "8 call T1 reminder" in said
    draft = StrategyVersion.objects.get()
    assert "somebody else" in post(desk, "strategy-act", act="publish", sha256=draft.sha256)
    davide = a_member(desk.entity, "Davide Rossi", role="approver", level=4)
    post(desk, "strategy-act", act="publish", sha256=draft.sha256, by=davide)
    strategy, _sheet = strategy_in_force(entity=desk.entity)
    assert (strategy.version, strategy.ladder("b2b")[1].day) == (1, 8)


def test_a_trial_says_what_it_is_worth(desk):
    sheet = TEXT + "experiment softer: b2b against key 50%\n"
    post(desk, "strategy-act", sheet=sheet, why="Try it", act="write")
    draft = StrategyVersion.objects.get()
    davide = a_member(desk.entity, "Davide Rossi", role="approver", level=4)
    post(desk, "strategy-act", act="publish", sha256=draft.sha256, by=davide)
    assert "plan “key” 0 of 0" in page_of(desk, "strategy")


def test_a_wrong_draft_says_what_to_put_right(desk):
    said = post(desk, "strategy-act", sheet="name <x>\nrule all -> nowhere", act="write")
    assert "There is no plan “nowhere”." in said
    assert "Put in force" not in said


def test_by_rest_runs_are_planned_and_read_but_not_released(desk, client):
    admin = a_member(desk.entity, "Sara Costa", role="admin")
    scopes = ["collections:read", "collections:write"]
    secret = issue_token(member_id=desk.clerk.pk, name="t", scopes=scopes, by=admin, at=NOON)[1]
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "k"}
    where = "/api/v1/collections/runs"
    made = client.post(where, "", "application/json", headers=headers)
    assert made.status_code == 201
    run = made.json()
    assert run["sums"][0]["asked"] == "900.00"
    [touch] = client.get(f"{where}/{run['id']}/touches", headers=headers).json()["items"]
    assert (touch["tone"], touch["way"], touch["asked"]) == ("T1", "email", "900.00")
    assert touch["items"][0]["asked"] == "900.00"
    [passed] = client.get(f"{where}/{run['id']}/passes", headers=headers).json()["items"]
    assert (passed["why"], passed["amount"]) == ("little", "7.00")
    body = json.dumps({"reason": "I call them"})
    path = f"{where}/touches/{touch['id']}/take-out"
    headers["Idempotency-Key"] = "l"
    out = client.post(path, body, "application/json", headers=headers)
    assert out.json()["state"] == "TAKEN_OUT"
    paths = Run.objects.filter(state="RELEASED")
    assert not paths.exists()
