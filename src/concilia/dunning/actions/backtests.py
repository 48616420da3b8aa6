"""The past under another strategy: asked for, done by a job lot by lot, stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_noop as _

from concilia.cases.core.whatif.figures import added
from concilia.cases.queries.office import today_of
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.backtest.figures import THEN, Fared, figures_of
from concilia.dunning.core.backtest.moments import Pace
from concilia.dunning.core.backtest.walking import Walk
from concilia.dunning.core.strategy.sheet import read_strategy
from concilia.dunning.models import Backtest, BacktestCustomer
from concilia.dunning.queries.backtest_past import PastReader
from concilia.dunning.queries.backtests import (
    customers_of,
    known_of,
    moments_of,
    passes_of,
    real_runs,
    sheets_of,
)
from concilia.dunning.queries.run_debtors import company_minor
from concilia.dunning.queries.run_numbers import carried_ways
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.jobs import defer
from concilia.foundation.rows import insert_rows
from concilia.identity.models import Entity, Membership
from concilia.identity.queries import actor_of
from concilia.kernel.currencies import EXPONENTS

TASK: Final = "concilia.backtest"
DAYS_MAX: Final = 3 * 366
# Items times days that are held at once, some dozen numbers for each.
CELLS_MAX: Final = 600_000
# Of each version of a company's strategy, so many trials are kept [P]; each has a row a customer.
KEPT: Final = 5
State = Backtest.State


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBacktest:
    """
    What is tried on which past days.

    :param version: of the strategy; 0 is the one that came along
    :param pace: None: the days of the real runs where there were any, else every Monday
    """

    version: int
    since: date
    until: date
    pace: Pace | None = None


@transaction.atomic(durable=True)
def ask_backtest(*, new: NewBacktest, member: Membership, at: datetime) -> Backtest:
    """
    Have the past taken through a version of the strategy; a job does it.

    :raises CollectionRefused: if there is no such version, it is not sound, the days are not over
        or too many, no run was released in them, or nobody owed anything
    """
    entity = member.entity
    sheet = next((one.text for one in sheets_of(entity) if one.version == new.version), None)
    if sheet is None:
        raise CollectionRefused(_("There is no such version of the strategy."))
    if read_strategy(sheet).strategy is None:
        raise CollectionRefused(_("Something in this draft must be put right first."))
    _require_days(new, today_of(entity, at))
    runs = real_runs(entity=entity, since=new.since, until=new.until)
    pace = new.pace or (Pace.RUNS if runs.keys else Pace.WEEKS)
    if not len(moments_of(entity=entity, since=new.since, until=new.until, pace=pace, runs=runs)):
        raise CollectionRefused(_("No run was released in these days: try every Monday instead."))
    total = len(customers_of(entity=entity, until=new.until))
    if not total:
        raise CollectionRefused(_("Nobody owed anything in these days."))
    row = Backtest.objects.create(
        entity=entity,
        strategy_version=new.version,
        sheet=sheet,
        sha256=sha256(sheet.encode()).hexdigest(),
        real_versions=list(runs.versions),
        since_date=new.since,
        until_date=new.until,
        pace=pace,
        currency=entity.currency,
        total=total,
        known=known_of(entity=entity, since=new.since, at=at),
        asked_by=member,
        asked_at=at,
    )
    name = f"backtest:{row.pk}"
    defer(TASK, lock=name, once=name, backtest_id=row.pk)
    data = {"version": new.version, "since": str(new.since), "until": str(new.until)}
    acts = [Act("backtest.asked", "backtest", row.pk, data)]
    audit.log(entity_id=entity.pk, actor=actor_of(member), at=at, acts=acts)
    return row


@transaction.atomic(durable=True)
def cancel_backtest(*, backtest_id: int, member: Membership, at: datetime) -> None:
    """Stop it; what it found so far stays to be seen."""
    Backtest.objects.filter(pk=backtest_id, entity=member.entity_id, state=State.RUNNING).update(
        state=State.CANCELLED, ended_at=at
    )


@transaction.atomic(durable=True)
def fail_backtest(*, backtest_id: int, error: str, at: datetime) -> None:
    """Keep that it ended in an error of the program."""
    Backtest.objects.filter(pk=backtest_id, state=State.RUNNING).update(
        state=State.FAILED, error=error, ended_at=at
    )


def run_backtest(*, backtest_id: int, at: datetime) -> None:
    """
    Take the customers through, some thousand at a time, each lot kept as it is done.

    Killed and started again it goes on with the customers after the last that is kept; the same
    past gives the same figures.
    """
    tried = Backtest.objects.select_related("entity").get(pk=backtest_id)
    if tried.state != State.RUNNING:
        return
    lots = _Lots(tried)
    left = [one for one in customers_of(entity=tried.entity, until=tried.until_date)
            if one[0] > tried.reached]  # fmt: skip
    for customers in lots.of(left):
        if not _keep(tried.pk, customers, *lots.through(customers)):
            return
    with transaction.atomic(durable=True):
        kept = Backtest.objects.select_for_update(no_key=True).get(pk=tried.pk)
        if kept.state == State.RUNNING:
            kept.figures = lots.with_passes(kept.figures)
            kept.state, kept.ended_at = State.DONE, at
            kept.save(update_fields=["figures", "state", "ended_at"])


@transaction.atomic(durable=True)
def forget_old_backtests() -> int:
    """
    Drop all but the newest trials of each version of a strategy; how many were dropped.

    What runs stays, however old: its job writes to it. What was asked stays in the log.
    """
    place = Window(
        RowNumber(),
        partition_by=[F("entity"), F("strategy_version")],
        order_by=[F("asked_at").desc(), F("pk").desc()],
    )
    over = Backtest.objects.exclude(state=State.RUNNING).annotate(place=place)
    keys = list(over.filter(place__gt=KEPT).values_list("pk", flat=True))
    Backtest.objects.filter(pk__in=keys).delete()
    return len(keys)


class _Lots:
    """The past of one backtest, lot by lot."""

    def __init__(self, tried: Backtest) -> None:
        self._entity: Entity = tried.entity
        strategy = read_strategy(tried.sheet, version=tried.strategy_version).strategy
        assert strategy is not None, "only a sound sheet is tried"
        self._strategy = strategy
        since, until, pace = tried.since_date, tried.until_date, Pace(tried.pace)
        runs = real_runs(entity=tried.entity, since=since, until=until)
        self._runs = runs.keys
        self._moments = moments_of(
            entity=tried.entity, since=since, until=until, pace=pace, runs=runs
        )
        self._reader = PastReader(
            entity=tried.entity, moments=self._moments, pace=pace, runs=runs.keys,
            until=until,
        )  # fmt: skip
        self._value_of = partial(company_minor, tried.entity)

    def of(self, customers: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
        """Customers with their items in lots that fit into memory; a large one is a lot alone."""
        most = max(1, CELLS_MAX // len(self._moments))
        lot: list[int] = []
        count = 0
        for key, items in customers:
            if lot and count + items > most:
                yield lot
                lot, count = [], 0
            lot.append(key)
            count += items
        if lot:
            yield lot

    def through(self, customers: Sequence[int]) -> tuple[dict[str, Any], list[Fared]]:
        """The figures of some customers, and those who heard or would have heard."""
        past = self._reader.read(customers)
        unit: int = 10 ** EXPONENTS.get(self._entity.currency, 2)
        walk = Walk(
            self._strategy,
            self._moments,
            value_of=self._value_of,
            unit=unit,
            carried=carried_ways(entity=self._entity),
        )
        found = figures_of(past, walk.through(past), value_of=self._value_of)
        return found.figures, found.fared

    def with_passes(self, figures: dict[str, Any]) -> dict[str, Any]:
        """With who heard nothing in the real runs, which the runs counted themselves."""
        whys, rules = passes_of(runs=self._runs)
        return added(figures, {THEN: {"passes": whys, "rules": rules}}) if figures else figures


@transaction.atomic(durable=True)
def _keep(
    backtest_id: int, customers: Sequence[int], figures: dict[str, Any], fared: Sequence[Fared]
) -> bool:
    """One lot; False if somebody stopped it meanwhile."""
    kept = Backtest.objects.select_for_update(no_key=True).get(pk=backtest_id)
    if kept.state != State.RUNNING:
        return False
    insert_rows([_row(kept, one) for one in fared])
    kept.figures = added(kept.figures, figures)
    kept.done, kept.reached = kept.done + len(customers), customers[-1]
    kept.save(update_fields=["figures", "done", "reached"])
    return True


def _row(tried: Backtest, one: Fared) -> BacktestCustomer:
    both = one.first_so and one.first_then
    return BacktestCustomer(
        backtest=tried,
        customer_id=one.customer_id,
        touches_then=one.touches_then,
        touches_so=one.touches_so,
        first_then_date=date.fromordinal(one.first_then) if one.first_then else None,
        first_so_date=date.fromordinal(one.first_so) if one.first_so else None,
        days=one.first_so - one.first_then if both else None,
        firmest_then=one.firmest_then,
        firmest_so=one.firmest_so,
        unneeded=one.unneeded,
        minor=one.minor,
    )


def _require_days(new: NewBacktest, today: date) -> None:
    if new.since > new.until:
        raise CollectionRefused(_("The first day is after the last one."))
    if new.until >= today:
        raise CollectionRefused(_("Choose days that are over."))
    if (new.until - new.since).days > DAYS_MAX:
        raise CollectionRefused(_("These are too many days: choose three years at most."))
