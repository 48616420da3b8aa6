"""The past under another strategy: as honest as what is known, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.world.past_runs import DAY, a_past

from concilia.dunning.core.backtest.moments import Pace
from concilia.dunning.core.backtest.walking import Walk
from concilia.dunning.core.strategy.shipped import SHIPPED
from concilia.dunning.models import RunPass, RunTouch
from concilia.dunning.queries.backtest_past import PastReader
from concilia.dunning.queries.backtests import real_runs

pytestmark = pytest.mark.django_db


def walked(company, strategy=SHIPPED, pace=Pace.RUNS):
    until = company.today
    since = until - 365 * DAY
    runs = real_runs(entity=company.entity, since=since, until=until)
    reader = PastReader(
        entity=company.entity, moments=runs.moments, pace=pace, runs=runs.keys, until=until
    )
    walk = Walk(strategy, runs.moments, value_of=lambda minor, _currency: minor, unit=100)
    past = reader.read([one.pk for one in company.customers])
    return past, walk.through(past)


@settings(
    max_examples=15, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(seed=st.integers(0, 10**6))
def test_the_very_sheet_gives_the_touches_that_the_runs_gave(seed):
    company = a_past(seed)
    _past, found = walked(company)
    real = RunTouch.objects.filter(
        run__entity=company.entity, state__in=["QUEUED", "BY_HAND", "DONE"]
    )
    wanted = sorted(
        (row.customer_id, row.ran_at.date(), row.tone, row.way, row.asked_minor) for row in real
    )
    from datetime import date

    assert (
        sorted(
            (one.customer_id, date.fromordinal(one.on), one.tone, one.way, one.minor)
            for one in found.sent
        )
        == wanted
    )
    passes = RunPass.objects.filter(run__entity=company.entity)
    kept = RunTouch.objects.filter(run__entity=company.entity, state="WITHHELD")
    assert found.passes.total() == passes.count() + kept.count()
