"""A run as people look at it: who gets what, who nothing, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from concilia.correspondence.models import Delivery
from concilia.dunning.core.strategy.arms import Arm, Share, Uplift, uplift_of
from concilia.dunning.core.strategy.terms import SHORT
from concilia.dunning.models import Run, RunPass, RunTouch
from concilia.dunning.queries.dunnable import rows_of
from concilia.identity.models import Entity

State = RunTouch.State
GONE: Final = (State.TAKEN_OUT, State.WITHHELD, State.CANCELLED)
RUNS_SHOWN: Final = 60
DAYS_AFTER: Final = 7
# What came of each message within a week: it left, came back, was answered, its items were paid.
CAME_OF_IT: Final = """
WITH sent AS (
    SELECT t.id, t.customer_id, t.ran_at, m.state, k.bounced_at
      FROM dunning_runtouch t JOIN correspondence_message m ON m.id = t.message_id
      LEFT JOIN customers_contact k ON k.id = t.contact_id
     WHERE t.run_id = %(run)s
), asked AS (
    SELECT s.id, s.ran_at, i.item_id, i.asked_minor
      FROM sent s JOIN dunning_runtouchitem i ON i.touch_id = s.id WHERE i.asked_minor > 0
), paid AS (
    SELECT q.id, sum(least(q.asked_minor, p.minor)) AS minor FROM asked q
      JOIN LATERAL (
        SELECT sum(a.applied_minor) AS minor
          FROM cash_allocation a JOIN cash_match m ON m.id = a.match_id
          JOIN receivables_bankentry b ON b.id = m.bank_entry_id
         WHERE a.item_id = q.item_id AND m.state = 'POSTED'
           AND b.value_date >= q.ran_at::date AND b.value_date <= q.ran_at::date + %(days)s
      ) p ON p.minor > 0 GROUP BY 1
)
SELECT count(*) AS written,
       count(*) FILTER (WHERE s.state = 'SENT') AS sent,
       count(*) FILTER (WHERE s.state = 'FAILED' OR s.bounced_at >= s.ran_at) AS came_back,
       count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM correspondence_message a
            WHERE a.customer_id = s.customer_id AND a.lane = 'in' AND a.written_at >= s.ran_at
              AND a.written_at < s.ran_at + make_interval(days => %(days)s))) AS answered,
       count(paid.id) AS paid
  FROM sent s LEFT JOIN paid ON paid.id = s.id
"""
# A touch whose number was dead goes again under its own key: all its messages are of its run.
CARRIED: Final = """
SELECT count(*) AS taken, count(*) FILTER (WHERE d.state IN ('ARRIVED', 'READ')) AS arrived,
       count(*) FILTER (WHERE d.state = 'LOST') AS lost,
       coalesce(sum(d.cost_minor), 0) AS cost_minor
  FROM dunning_runtouch t
  JOIN correspondence_message m ON m.customer_id = t.customer_id AND m.written_at >= %(since)s
       AND starts_with(m.key, 'touch:' || t.id || ':')
  JOIN correspondence_delivery d ON d.message_id = m.id
 WHERE t.run_id = %(run)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Touches of one kind: how many customers, how much, and how late they are."""

    tone: int
    way: str
    template: str
    currency: str
    customers: int
    minor: int
    days_least: int
    days_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Who hears nothing for one reason: how many, how much, and when the first may."""

    why: str
    currency: str
    customers: int
    minor: int
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a released run is, in touches."""

    planned: int
    waiting: int
    written: int
    by_hand: int
    by_hand_done: int
    withheld: int
    taken_out: int

    @property
    def by_program(self) -> int:
        """How many go by themselves, gone or not."""
        return self.waiting + self.written


@dataclass(frozen=True, slots=True, kw_only=True)
class CameOfIt:
    """What came of the messages of a run within a week, in messages."""

    written: int
    sent: int
    came_back: int
    answered: int
    paid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What carriers say of the short messages of a run, and what they cost in minor units."""

    taken: int
    arrived: int
    lost: int
    cost_minor: int


def carried_of(*, run: Run) -> Carried:
    """How the short messages of a run fared, those that were lost and went again too."""
    [row] = rows_of(CARRIED, {"run": run.pk, "since": run.released_at})
    return Carried(**{name: int(row[name]) for name in row})


def deliveries_of(touches: Iterable[RunTouch]) -> Mapping[int, Delivery]:
    """What carriers say of the messages of these touches, by message. One statement."""
    keys = [touch.message_id for touch in touches if touch.message_id and touch.way in SHORT]
    return {row.message_id: row for row in Delivery.objects.filter(message__in=keys)}


def runs_of(*, entity: Entity) -> QuerySet[Run]:
    """The last runs of an entity, newest first."""
    rows = Run.objects.filter(entity=entity).select_related("planned_by__user", "released_by__user")
    return rows.order_by("-planned_at")[:RUNS_SHOWN]


def groups_of(*, run: Run) -> Sequence[Group]:
    """Who gets what; those taken out or withheld are none of them. One statement."""
    rows = (
        RunTouch.objects.filter(run=run)
        .exclude(state__in=[State.TAKEN_OUT, State.WITHHELD])
        .values("tone", "way", "template", "currency")
        .annotate(
            customers=Count("pk"),
            minor=Sum("asked_minor"),
            latest=Max("oldest_date"),
            earliest=Min("oldest_date"),
        )
        .order_by("currency", "tone", "way", "template")
    )
    return [
        Group(
            tone=row["tone"],
            way=row["way"],
            template=row["template"],
            currency=row["currency"],
            customers=row["customers"],
            minor=int(row["minor"]),
            days_least=(run.on_date - row["latest"]).days,
            days_most=(run.on_date - row["earliest"]).days,
        )
        for row in rows
    ]


def silences_of(*, run: Run) -> Sequence[Silence]:
    """Who hears nothing, by reason. One statement."""
    rows = (
        RunPass.objects.filter(run=run)
        .values("why", "currency")
        .annotate(customers=Count("pk"), minor=Sum("amount_minor"), until=Min("until_date"))
        .order_by("currency", "-minor")
    )
    return [
        Silence(
            why=row["why"],
            currency=row["currency"],
            customers=row["customers"],
            minor=int(row["minor"]),
            until=row["until"],
        )
        for row in rows
    ]


def progress_of(*, run: Run) -> Progress:
    """How far it is. One statement."""

    def count(*states: str) -> Count:
        return Count("pk", filter=Q(state__in=states))

    return Progress(
        **RunTouch.objects.filter(run=run).aggregate(
            planned=count(State.PLANNED),
            waiting=count(State.RELEASED),
            written=count(State.QUEUED),
            by_hand=count(State.BY_HAND),
            by_hand_done=count(State.DONE),
            withheld=count(State.WITHHELD),
            taken_out=count(State.TAKEN_OUT),
        )
    )


def came_of(*, run: Run) -> CameOfIt:
    """What came of its messages within a week. One statement."""
    [row] = rows_of(CAME_OF_IT, {"run": run.pk, "days": DAYS_AFTER})
    return CameOfIt(**row)


def touches_of(*, run: Run, **only: Any) -> QuerySet[RunTouch]:  # noqa: ANN401 - values of columns
    """The touches of a run, those who owe most first; `only` narrows by columns."""
    wanted = {name: value for name, value in only.items() if value not in (None, "")}
    rows = RunTouch.objects.filter(run=run, **wanted).select_related(
        "customer", "contact", "message", "by__user"
    )
    return rows.order_by("-asked_minor", "pk")


def passes_of(*, run: Run, why: str = "", named: str = "") -> QuerySet[RunPass]:
    """Who hears nothing, those who owe most first."""
    rows = RunPass.objects.filter(run=run).select_related("customer")
    if why:
        rows = rows.filter(why=why)
    if named:
        rows = rows.filter(customer__name__icontains=named)
    return rows.order_by("-amount_minor", "pk")


def seconds_left(*, run: Run, progress: Progress, at: datetime) -> int | None:
    """How long the rest takes at the pace so far; None while there is none."""
    if run.released_at is None or not progress.written or not progress.waiting:
        return None
    taken = (at - run.released_at).total_seconds()
    return round(taken / progress.written * progress.waiting)


TRIED: Final = """
WITH sent AS (
    SELECT t.id, t.arm, t.ran_at::date AS day
      FROM dunning_runtouch t JOIN dunning_run r ON r.id = t.run_id
     WHERE r.entity_id = %(entity)s AND r.strategy_version = %(version)s AND t.arm <> ''
       AND t.state IN ('QUEUED', 'DONE') AND t.ran_at < %(over)s
)
SELECT s.arm, count(*) AS of, count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM dunning_runtouchitem i JOIN cash_allocation a ON a.item_id = i.item_id
             JOIN cash_match m ON m.id = a.match_id AND m.state = 'POSTED'
             JOIN receivables_bankentry b ON b.id = m.bank_entry_id
            WHERE i.touch_id = s.id AND i.asked_minor > 0 AND a.applied_minor > 0
              AND b.value_date >= s.day AND b.value_date <= s.day + %(days)s)) AS good
  FROM sent s GROUP BY 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A trial of one plan against another: of how many touches something was paid in a week."""

    champion: Share
    challenger: Share

    @property
    def uplift(self) -> Uplift:
        """What the challenger is better by, with its interval."""
        return uplift_of(self.champion, self.challenger)


def tried(*, entity: Entity, version: int, at: datetime) -> Tried:
    """What came of the trial of a version of the strategy so far. One statement."""
    asked = {
        "entity": entity.pk,
        "version": version,
        "days": DAYS_AFTER,
        "over": at - timedelta(days=DAYS_AFTER),
    }
    found = {row["arm"]: Share(row["good"], row["of"]) for row in rows_of(TRIED, asked)}
    nothing = Share(0, 0)
    return Tried(
        champion=found.get(Arm.CHAMPION, nothing), challenger=found.get(Arm.CHALLENGER, nothing)
    )
