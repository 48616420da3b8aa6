"""Planning a run: everybody who is past due gets one touch or one reason, in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.queries.office import today_of
from concilia.dunning.actions.motives import require_collector
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.contact.asking import ContactDesk
from concilia.dunning.core.strategy.ladder import Why
from concilia.dunning.core.strategy.placing import PLACES, Debtor, Passed, Placer, Touch
from concilia.dunning.core.strategy.segments import Assigner
from concilia.dunning.core.strategy.terms import Strategy
from concilia.dunning.models import Run, RunTouch
from concilia.dunning.queries.plan_work import plans_to_look_at
from concilia.dunning.queries.run_debtors import (
    ITEMS,
    ITEMS_READY,
    LATE_ITEMS,
    SOON,
    SOON_ITEMS,
    company_minor,
    debtors_of,
    parameters_of_run,
)
from concilia.dunning.queries.run_numbers import carried_ways
from concilia.dunning.queries.strategies import strategy_in_force
from concilia.foundation import audit
from concilia.foundation.audit import SYSTEM, Act
from concilia.identity.models import Entity, Membership
from concilia.identity.queries import actor_of
from concilia.kernel.currencies import EXPONENTS

State = Run.State

DRAFTS: Final = """
CREATE TEMP TABLE run_drafts (customer_id bigint, currency text, contact_id bigint, plan text,
    rule text, arm text, who text, band text, stage text, step_day int, tone int, way text,
    template text, offer text, resumed_date date, not_before_at timestamptz) ON COMMIT DROP
"""
DRAFT: Final = "COPY run_drafts FROM STDIN"
PASSED: Final = """COPY dunning_runpass (run_id, customer_id, currency, amount_minor, why, detail,
    until_date) FROM STDIN"""
# What is disputed of them stands beside what is asked for: a message shows both.
TOUCHES: Final = """
INSERT INTO dunning_runtouch (run_id, customer_id, contact_id, currency, asked_minor, open_minor,
       disputed_minor, oldest_date, plan, rule, arm, who, band, stage, step_day, tone, way,
       template, offer, items_digest, resumed_date, not_before_at, state, why, note)
SELECT %(run)s, d.customer_id, d.contact_id, d.currency, i.asked, i.open, i.disputed, i.oldest,
       d.plan, d.rule, d.arm, d.who, d.band, d.stage, d.step_day, d.tone, d.way, d.template,
       d.offer, i.digest, d.resumed_date, d.not_before_at, 'PLANNED', '', ''
  FROM run_drafts d JOIN (
       SELECT customer_id, currency,
              sum(dunnable) FILTER (WHERE NOT rests) AS asked, sum(open) AS open,
              sum(disputed) AS disputed,
              min(due_date) FILTER (WHERE dunnable > 0 AND NOT rests) AS oldest,
              md5(string_agg(id::text, ',' ORDER BY id)
                  FILTER (WHERE dunnable > 0 AND NOT rests)) AS digest
         FROM run_items GROUP BY 1, 2
  ) i USING (customer_id, currency)
ON CONFLICT DO NOTHING
"""
ITEMS_OF_TOUCHES: Final = """
INSERT INTO dunning_runtouchitem (touch_id, item_id, asked_minor, disputed_minor)
SELECT t.id, i.id, CASE WHEN i.rests THEN 0 ELSE i.dunnable END, i.disputed
  FROM dunning_runtouch t JOIN run_items i USING (customer_id, currency)
 WHERE t.run_id = %(run)s AND (i.disputed > 0 OR (i.dunnable > 0 AND NOT i.rests))
"""
# The database did not let a second one of the same in; nobody is lost from the log for it.
SENT_ALREADY: Final = """
INSERT INTO dunning_runpass (run_id, customer_id, currency, amount_minor, why, detail)
SELECT %(run)s, d.customer_id, d.currency, i.minor, %(why)s, ''
  FROM run_drafts d JOIN (
       SELECT customer_id, currency, sum(dunnable) FILTER (WHERE NOT rests) AS minor
         FROM run_items GROUP BY 1, 2) i USING (customer_id, currency)
 WHERE NOT EXISTS (SELECT 1 FROM dunning_runtouch t WHERE t.run_id = %(run)s
                      AND t.customer_id = d.customer_id AND t.currency = d.currency)
"""


KEPT: Final = timedelta(days=30)
PASSES_KEPT: Final = timedelta(days=400)
_OLD: Final = """IN (SELECT id FROM dunning_run
    WHERE state = 'REPLACED' AND ended_at < %(month_ago)s)"""
FORGET: Final = (
    f"""DELETE FROM dunning_runtouchitem WHERE touch_id IN (
        SELECT id FROM dunning_runtouch WHERE run_id {_OLD})""",  # noqa: S608 - our own words only
    f"DELETE FROM dunning_runtouch WHERE run_id {_OLD}",  # noqa: S608
    f"DELETE FROM dunning_runpass WHERE run_id {_OLD}",  # noqa: S608
    f"DELETE FROM dunning_run WHERE id {_OLD}",  # noqa: S608
    """DELETE FROM dunning_runpass WHERE run_id IN (
        SELECT id FROM dunning_run WHERE planned_at < %(year_ago)s)""",
)


@transaction.atomic(durable=True)
def plan_run(*, entity: Entity, at: datetime, by: Membership | None = None) -> Run:
    """
    Plan the touches of today for everybody who is past due; nothing leaves before people say so.

    Of whom nothing is late, who shall hear before something falls due gets a courtesy note.
    A run that waited takes no further part: its place is taken. Set-based: the number of statements
    does not grow with the customers, and memory holds some thousand of them at a time.

    :param by: who asked for it; None for the daily round
    :raises CollectionRefused: for a role that does not collect
    """
    if by is not None:
        require_collector(by)
    entity = Entity.objects.select_for_update(no_key=True).get(pk=entity.pk)
    _replace(entity, by, at)
    strategy, sheet = strategy_in_force(entity=entity)
    today = today_of(entity, at)
    run = Run.objects.create(
        entity=entity,
        on_date=today,
        strategy_version=strategy.version,
        sheet=sheet,
        currency=entity.currency,
        planned_by=by,
        planned_at=at,
    )
    broken = plans_to_look_at(entity_id=entity.pk, today=today)
    placer = Placer(
        Assigner(strategy),
        ContactDesk(),
        today=today,
        at=at,
        carried=carried_ways(entity=entity),
        talk_first=frozenset(task.plan.customer_id for task in broken if task.why == "failed"),
    )
    placing = _Placing(run, placer)
    asked = parameters_of_run(entity=entity, today=today, at=at) | {"run": run.pk}
    _plan_touches(placing, asked | _soon(placer, today))
    run.sums = placing.sums
    run.asked_minor = sum(
        company_minor(entity, sums["asked"], currency) for currency, sums in placing.sums.items()
    )
    run.wants_second = _is_large(run, strategy)
    run.save(update_fields=["sums", "asked_minor", "wants_second"])
    actor = SYSTEM if by is None else actor_of(by)
    data = {"date": today.isoformat(), "strategy": strategy.version, "asked_minor": run.asked_minor}
    acts = [Act("run.planned", "run", run.pk, data)]
    audit.log(entity_id=entity.pk, actor=actor, at=at, acts=acts)
    return run


def _plan_touches(placing: _Placing, asked: dict[str, Any]) -> None:
    """Everybody past due first; then, of whom nothing is late, the courtesy notes."""
    entity, placer = placing.run.entity, placing.placer
    plans = placer.assigner.strategy.plans
    ways = {way for steps in plans.values() for step in steps for way in step.ways}
    told: dict[str, Any] = {"entity": entity, "asked": asked, "today": placer.today, "ways": ways}
    with connection.cursor() as cursor:
        # Sorting a million items on disk takes longer than holding them.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(ITEMS, asked)
        cursor.execute(ITEMS_READY)
        cursor.execute(DRAFTS)
        cursor.execute(SOON, asked)
        for debtors in debtors_of(**told):
            placing.place(debtors)
        cursor.execute(TOUCHES, asked)
        cursor.execute(ITEMS_OF_TOUCHES, asked)
        cursor.execute(SENT_ALREADY, asked | {"why": Why.RESTED})
        cursor.execute("TRUNCATE run_drafts")
        cursor.execute("SELECT EXISTS (SELECT FROM soon_items)")
        if cursor.fetchone() == (True,):
            for debtors in debtors_of(**told, items=SOON_ITEMS):
                placing.note(debtors)
            cursor.execute(TOUCHES.replace(LATE_ITEMS, SOON_ITEMS), asked)
            cursor.execute(ITEMS_OF_TOUCHES.replace(LATE_ITEMS, SOON_ITEMS), asked)
        cursor.execute("DROP TABLE run_items, soon_items, run_drafts")


def _soon(placer: Placer, today: date) -> dict[str, Any]:
    """How far ahead notes look, and whether some go to who did not ask for them."""
    notes = placer.notes.values()
    ahead = max((-step.day for step in notes), default=-1)
    to_all = any(not step.wished for step in notes)
    return {"soon": today + timedelta(days=ahead), "to_all": to_all}


class _Placing:
    """Places debtors lot by lot, and writes down what becomes of each."""

    def __init__(self, run: Run, placer: Placer) -> None:
        self.run, self.placer = run, placer
        self.sums: dict[str, dict[str, int]] = defaultdict(
            lambda: dict.fromkeys(("open", "asked", *PLACES), 0)
        )
        self._last_touched = 0

    def place(self, debtors: Sequence[Debtor]) -> None:
        """Place some customers; the same customer's currencies come one after the other."""
        drafts, passes = [], []
        for debtor in debtors:
            found = self.placer.place(debtor)
            if isinstance(found, Touch) and debtor.customer_id == self._last_touched:
                found = Passed(Why.OTHER_CURRENCY, debtor.ready)
            self._sum(debtor, found)
            if isinstance(found, Touch):
                self._last_touched = debtor.customer_id
                drafts.append(_draft(debtor, found))
            else:
                passes.append((
                    self.run.pk, debtor.customer_id, debtor.currency, found.minor, found.why.value,
                    found.detail[:60], found.until,
                ))  # fmt: skip
        _copy(DRAFT, drafts)
        _copy(PASSED, passes)

    def note(self, debtors: Sequence[Debtor]) -> None:
        """Draft the courtesy notes to some customers; who gets none was asked for nothing."""
        drafts = []
        for debtor in debtors:
            found = self.placer.note(debtor)
            if found is not None and debtor.customer_id != self._last_touched:
                self._last_touched = debtor.customer_id
                drafts.append(_draft(debtor, found))
        _copy(DRAFT, drafts)

    def _sum(self, debtor: Debtor, found: Touch | Passed) -> None:
        sums = self.sums[debtor.currency]
        sums["open"] += debtor.open
        for place in PLACES:
            sums[place] += getattr(debtor, place)
        if isinstance(found, Touch):
            sums["asked"] += debtor.ready


def _draft(debtor: Debtor, touch: Touch) -> tuple[Any, ...]:
    place, step, assigned = touch.place, touch.step, touch.assigned
    return (
        debtor.customer_id, debtor.currency, touch.contact_id, assigned.plan, assigned.rule,
        assigned.arm.value, place.who.value, place.band.value, place.stage.value, step.day,
        step.tone.value, touch.way.value, step.template, step.offer, touch.resumed_on,
        touch.not_before,
    )  # fmt: skip


def _copy(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _replace(entity: Entity, by: Membership | None, at: datetime) -> None:
    """What waited for release was planned on an older ledger: it goes no further."""
    waiting = Run.objects.filter(entity=entity, state__in=[State.PLANNED, State.SIGNED])
    for run in waiting:
        run.state, run.ended_at, run.ended_by = State.REPLACED, at, by
        run.save(update_fields=["state", "ended_at", "ended_by"])
        RunTouch.objects.filter(run=run, state=RunTouch.State.PLANNED).update(
            state=RunTouch.State.CANCELLED
        )


def _is_large(run: Run, strategy: Strategy) -> bool:
    unit: int = 10 ** EXPONENTS.get(run.currency, 2)
    return run.asked_minor > strategy.second_above * unit


def own_run(*, run_id: int, by: Membership) -> Run:
    """
    The run, locked until the transaction ends.

    :raises CollectionRefused: if it is none of theirs
    """
    run = (
        Run.objects.select_for_update(of=("self",), no_key=True)
        .select_related("entity")
        .filter(pk=run_id, entity=by.entity_id)
        .first()
    )
    if run is None:
        raise CollectionRefused(_("There is no such run."))
    return run


@transaction.atomic(durable=True)
def forget_old_runs(*, at: datetime) -> None:
    """
    Drop runs that others took the place of a month ago, and who was passed over a year ago.

    What was released stays: it says why somebody was written to.
    """
    with connection.cursor() as cursor:
        for statement in FORGET:
            cursor.execute(statement, {"month_ago": at - KEPT, "year_ago": at - PASSES_KEPT})
