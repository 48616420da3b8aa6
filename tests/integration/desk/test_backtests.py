"""Backtests on the desk and by REST: asked for, watched, opened, taken along, stopped."""

from __future__ import annotations

import json
from datetime import UTC, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.world.builders import a_member, an_entity
from tests.world.jobs import run_jobs
from tests.world.kept import fresh, kept
from tests.world.past_runs import Company

from concilia.dunning.actions import write_strategy_draft
from concilia.dunning.core.strategy.shipped import TEXT
from concilia.dunning.models import Backtest
from concilia.identity.actions import issue_token

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def build():
    began = timezone.now().astimezone(UTC).replace(hour=9) - 40 * DAY
    company = Company(3, begins=began)
    for n in range(3):
        company.owes(n, 40_000 + 10_000 * n, days_late=2 + 9 * n)
    for _ in range(5):
        company.runs()
        company.passes(7)
    sheet = TEXT.replace("  3 email letter T1", "  1 email letter T1")
    company.draft = write_strategy_draft(sheet=sheet, why="x", by=company.marta, at=company.at)
    return company


built = kept(build)


@pytest.fixture
def desk(built, client):
    desk = fresh(built)
    desk.client = client
    client.force_login(desk.marta.user)
    return desk


def form(**changes):
    today = timezone.localdate()
    days = {"since": (today - 60 * DAY).isoformat(), "until": (today - DAY).isoformat()}
    return {"version": "1", "pace": "", **days, **changes}


def tried(desk):
    answer = desk.client.post(reverse("desk:backtest-ask"), form())
    row = Backtest.objects.get()
    assert answer.url == reverse("desk:backtest", args=[row.pk])
    return row


def page_of(desk, row, **query):
    answer = desk.client.get(reverse("desk:backtest", args=[row.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_draft_is_tried_watched_and_opened_into_customers(desk):
    row = tried(desk)
    assert "0 of 3 customers" in page_of(desk, row)
    run_jobs()
    said = page_of(desk, row)
    assert "With this plan" in said
    assert "Earlier than they did" in said
    assert "Bottega 0" in page_of(desk, row, so="earlier")
    assert "Bottega 2" not in page_of(desk, row, so="earlier")
    assert "Bottega 0" in page_of(desk, row, span="-1")
    assert "No customer is so." in page_of(desk, row, so="unneeded")
    export = desk.client.get(reverse("desk:backtest-export", args=[row.pk]), {"so": "earlier"})
    lines = b"".join(export.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(desk.customers[0].number)


@pytest.mark.parametrize("odd", ["x", "-1", "9" * 40])
def test_odd_addresses_are_answered(desk, odd):
    page_of(desk, tried(desk), so=odd, span=odd, page=odd)
    answer = desk.client.post(reverse("desk:backtest-ask"), form(version=odd))
    assert answer.status_code == 422


def test_days_that_are_not_over_are_refused_and_what_was_typed_stays(desk):
    answer = desk.client.post(reverse("desk:backtest-ask"), form(until="2099-01-01"))
    assert answer.status_code == 422
    assert b"Choose days that are over." in answer.content
    assert b"2099-01-01" in answer.content


def test_it_is_stopped_by_one_press(desk):
    row = tried(desk)
    desk.client.post(reverse("desk:backtest-cancel", args=[row.pk]))
    run_jobs()
    row.refresh_from_db()
    assert (row.state, row.done) == ("CANCELLED", 0)


def test_who_only_reads_asks_for_nothing_and_strangers_see_nothing(desk):
    row = tried(desk)
    auditor = a_member(desk.entity, "Ada Revisore", role="auditor")
    desk.client.force_login(auditor.user)
    assert "0 of 3" in page_of(desk, row)
    assert desk.client.post(reverse("desk:backtest-ask"), form()).status_code == 403
    stranger = a_member(an_entity("strange"), "Otto Fremd", role="admin")
    desk.client.force_login(stranger.user)
    for name in ("backtest", "backtest-export"):
        assert desk.client.get(reverse(f"desk:{name}", args=[row.pk])).status_code == 404


def test_by_rest_it_is_asked_for_read_and_stopped(desk):
    admin = a_member(desk.entity, "Sara Costa", role="admin")
    scopes = ["collections:read", "collections:write"]
    at = timezone.now()
    secret = issue_token(member_id=desk.clerk.pk, name="t", scopes=scopes, by=admin, at=at)[1]
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "k"}
    where = "/api/v1/collections/backtests"
    body = json.dumps(form(version=desk.draft.version, pace=None))
    made = desk.client.post(where, body, "application/json", headers=headers)
    assert made.status_code == 201
    run_jobs()
    one = desk.client.get(f"{where}/{made.json()['id']}", headers=headers).json()
    assert (one["state"], one["done"], one["real_versions"]) == ("DONE", 3, [0])
    assert one["figures"]["so"]["touches"] > 0
    rows = desk.client.get(
        f"{where}/{one['id']}/customers", {"which": "earlier"}, headers=headers
    ).json()["items"]
    assert [row["customer"] for row in rows] == [desk.customers[0].number]
    assert rows[0]["days_later"] < 0
    headers["Idempotency-Key"] = "l"
    bad = json.dumps(form(version=99, pace=None))
    refused = desk.client.post(where, bad, "application/json", headers=headers)
    assert refused.status_code in {409, 422}
    assert "no such version" in refused.content.decode()
