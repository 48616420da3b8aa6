"""The past under another strategy: as honest as what is known, and nothing else is touched."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import numpy as np
import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.world.jobs import run_jobs
from tests.world.kept import fresh, kept
from tests.world.past_runs import DAY, Company, a_past

from concilia.dunning.actions import (
    CollectionRefused,
    NewBacktest,
    ask_backtest,
    backtests,
    cancel_backtest,
    run_backtest,
    write_strategy_draft,
)
from concilia.dunning.core.backtest.columns import sums_of
from concilia.dunning.core.backtest.moments import Pace
from concilia.dunning.core.backtest.walking import Walk
from concilia.dunning.core.strategy.sheet import read_strategy
from concilia.dunning.core.strategy.shipped import SHIPPED, TEXT
from concilia.dunning.models import Backtest, BacktestCustomer, RunPass, RunTouch
from concilia.dunning.queries.backtest_past import PastReader
from concilia.dunning.queries.backtests import real_runs
from concilia.foundation.models import AuditEntry
from concilia.interfaces.worker.runs import forget_runs

pytestmark = pytest.mark.django_db
SENT = ("QUEUED", "BY_HAND", "DONE")
SOONER = TEXT.replace("  3 email letter T1", "  1 email letter T1")
OWN = {
    "dunning_backtest", "dunning_backtestcustomer", "foundation_auditentry",
    "foundation_audithead", "procrastinate_jobs", "procrastinate_events",
}  # fmt: skip
CHANGED = """
SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
"""
company = kept(lambda: a_past(4711))
anything = settings(
    max_examples=5, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


@pytest.fixture
def past(company):
    return fresh(company)


def read(company, pace=Pace.RUNS):
    since, until = company.today - 365 * DAY, company.today
    runs = real_runs(entity=company.entity, since=since, until=until)
    reader = PastReader(
        entity=company.entity, moments=runs.moments, pace=pace, runs=runs.keys, until=until
    )
    return reader.read([one.pk for one in company.customers]), runs.moments


def walked(past, moments, strategy=SHIPPED):
    return Walk(strategy, moments, value_of=lambda minor, _: minor, unit=100).through(past)


def asked(company, version=0, **changes):
    fields = {"since": company.today - 365 * DAY, "until": company.today - DAY, **changes}
    new = NewBacktest(version=version, **fields)
    return ask_backtest(new=new, member=company.marta, at=company.at)


def done(company, version=0, **changes):
    row = asked(company, version, **changes)
    run_backtest(backtest_id=row.pk, at=company.at)
    row.refresh_from_db()
    assert row.state == "DONE"
    return row


@anything
@given(seed=st.integers(0, 10**6))
def test_the_very_sheet_gives_the_touches_that_the_runs_gave(seed):
    company = a_past(seed)
    past, moments = read(company)
    found = walked(past, moments)
    touches = RunTouch.objects.filter(run__entity=company.entity)
    assert sorted(
        (one.customer_id, date.fromordinal(one.on), one.tone, one.way, one.minor)
        for one in found.sent
    ) == sorted(
        (row.customer_id, row.ran_at.date(), row.tone, row.way, row.asked_minor)
        for row in touches.filter(state__in=SENT)
    )
    passes = Counter(
        RunPass.objects.filter(run__entity=company.entity).values_list("why", flat=True)
    )
    passes += Counter(touches.exclude(state__in=SENT).values_list("why", flat=True))
    assert found.passes == passes


@anything
@given(seed=st.integers(0, 10**6))
def test_each_cent_was_where_the_program_said_it_was_on_that_day(seed):
    company = a_past(seed, days=40)
    past, moments = read(company)
    sums = sums_of(past, np.array([day.toordinal() for day in moments.days]))
    for day, at in enumerate(moments.ats):
        seen = company.seen[at.astimezone(UTC)]
        for row, key in enumerate(past.items.key.tolist()):
            was = seen.get(key, (0, 0))
            assert (sums.of_items[row, day], sums.asked[row, day]) == was


def test_another_sheet_asks_for_no_cent_that_was_not_free(past):
    strategy = read_strategy(SOONER).strategy
    known, moments = read(past)
    by_day = {leaves: past.seen[at.astimezone(UTC)]
              for leaves, at in zip(moments.leaves, moments.ats, strict=True)}  # fmt: skip
    sent = walked(known, moments, strategy).sent
    assert sent
    for one in sent:
        seen = by_day[date.fromordinal(one.on)]
        assert all(minor == seen[key][1] for key, minor in one.items)
        assert one.minor == sum(minor for _key, minor in one.items)


def test_figures_of_the_very_sheet_are_the_same_on_both_sides_and_add_up(past):
    row = done(past)
    then, so = row.figures["then"], row.figures["so"]
    assert (row.pace, row.real_versions, row.done) == ("RUNS", [0], row.total)
    assert then == so
    assert sum(so["ways"].values()) == sum(so["tones"].values()) == so["touches"] > 0
    assert sum(so["firmest"].values()) == so["customers"] == row.customers.count()
    assert row.figures["first"]["same"] == so["customers"]
    by_hand = {way: sum(days.values()) for way, days in so["load"].items()}
    assert by_hand == {way: n for way, n in so["ways"].items() if way != "email"}
    assert sum(row.customers.values_list("touches_so", flat=True)) == so["touches"]


def test_a_sooner_sheet_reaches_customers_sooner_and_says_by_how_much(past):
    draft = write_strategy_draft(sheet=SOONER, why="Sooner", by=past.marta, at=past.at)
    row = done(past, draft.version)
    first = row.figures["first"]
    assert row.sheet == draft.sheet
    assert sum(first["spans"].values()) == first["earlier"] + first["same"] + first["later"]
    for one in row.customers.exclude(days=None):
        assert one.days == (one.first_so_date - one.first_then_date).days


def test_it_changes_no_row_but_its_own(past):
    def changed():
        with connection.cursor() as cursor:
            cursor.execute(CHANGED)
            return dict(cursor.fetchall())

    before = changed()
    asked(past)
    run_jobs(at=past.at)
    after = changed()
    assert Backtest.objects.get().state == "DONE"
    assert {name for name, n in after.items() if n != before.get(name, 0)} <= OWN


def test_killed_in_the_middle_it_goes_on_and_counts_nobody_twice(past, monkeypatch):
    whole = done(past)
    monkeypatch.setattr(backtests, "CELLS_MAX", 1)
    row, keep = asked(past), backtests._keep
    kept_so_far = []

    def killed(backtest_id, customers, *found):
        if kept_so_far:
            raise SystemExit
        kept_so_far.append(customers)
        return keep(backtest_id, customers, *found)

    monkeypatch.setattr(backtests, "_keep", killed)
    with pytest.raises(SystemExit):
        run_backtest(backtest_id=row.pk, at=past.at)
    monkeypatch.setattr(backtests, "_keep", keep)
    row.refresh_from_db()
    assert (row.state, row.done) == ("RUNNING", 1)
    run_backtest(backtest_id=row.pk, at=past.at)
    run_backtest(backtest_id=row.pk, at=past.at)
    row.refresh_from_db()
    assert (row.state, row.figures, row.done) == ("DONE", whole.figures, whole.total)
    names = ("customer", "touches_then", "touches_so", "days", "unneeded", "minor")
    assert list(row.customers.order_by("customer").values_list(*names)) == list(
        whole.customers.order_by("customer").values_list(*names)
    )


def test_of_each_version_the_newest_are_kept_and_what_runs_is_never_dropped(past):
    draft = write_strategy_draft(sheet=SOONER, why="Earlier", by=past.marta, at=past.at)
    running = asked(past)
    shipped = [done(past) for _ in range(backtests.KEPT + 2)]
    other = done(past, draft.version)
    dropped = BacktestCustomer.objects.filter(backtest__in=shipped[:2])
    assert dropped.exists()

    forget_runs(at=past.at)

    left = set(Backtest.objects.values_list("pk", flat=True))
    assert left == {running.pk, other.pk, *(row.pk for row in shipped[2:])}
    assert not dropped.exists()
    assert BacktestCustomer.objects.filter(backtest=other).exists()
    assert AuditEntry.objects.filter(act="backtest.asked").count() == len(shipped) + 2


def test_what_is_stopped_stays_stopped(past):
    row = asked(past)
    cancel_backtest(backtest_id=row.pk, member=past.marta, at=past.at)
    run_backtest(backtest_id=row.pk, at=past.at)
    row.refresh_from_db()
    assert (row.state, row.done) == ("CANCELLED", 0)


def test_every_monday_counts_what_bears_an_earlier_date(past):
    row = done(past, pace=Pace.WEEKS)
    assert row.figures["so"]["touches"] > 0
    days = {day for way in row.figures["so"]["load"].values() for day in way}
    assert all(date.fromisoformat(day).weekday() == 0 for day in days)


def test_a_touch_for_what_was_paid_within_a_week_unasked_is_not_needed():
    company = Company(1, begins=datetime(2026, 3, 2, 7, tzinfo=UTC))
    item = company.owes(0, 50_000, days_late=5)
    company.passes(3)
    company.pays(0, item, 50_000)
    company.passes(60)
    row = done(company)
    assert row.pace == "WEEKS"
    assert row.figures["unneeded"] == {"touches": 1, "minor": 50_000}
    assert row.customers.get().unneeded == 1
    assert row.known["since"]["runs"] is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"version": 9}, "no such version"),
        ({"until": date(2030, 1, 1)}, "days that are over"),
        ({"since": date(2026, 6, 2), "until": date(2026, 6, 1)}, "after the last"),
        ({"since": date(2001, 1, 1)}, "too many days"),
        ({"since": date(2025, 6, 1), "until": date(2025, 7, 1), "pace": Pace.RUNS}, "No run"),
        ({"since": date(2025, 6, 1), "until": date(2025, 7, 1)}, "Nobody owed"),
    ],
)
def test_what_cannot_be_tried_is_refused_in_a_sentence(past, changes, why):
    with pytest.raises(CollectionRefused, match=why):
        asked(past, **changes)


def test_a_draft_that_is_wrong_is_not_tried(past):
    draft = write_strategy_draft(sheet="name x", why="", by=past.marta, at=past.at)
    with pytest.raises(CollectionRefused, match="put right"):
        asked(past, draft.version)
