"""The past of some customers as a backtest wants it: what was known of them on each of its days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from concilia.cases.queries.calendars import clock_of
from concilia.dunning.core.backtest.columns import Span, in_force, laid, latest
from concilia.dunning.core.backtest.moments import Moments, Pace
from concilia.dunning.core.backtest.past import (
    Before,
    Group,
    Items,
    Past,
    Person,
    RealTouch,
    Reason,
    Whole,
)
from concilia.dunning.core.backtest.standing import (
    DEFAULTED,
    Allocated,
    Change,
    Judged,
    Phase,
    PlanPart,
    PlanTerms,
    Promised,
    judged_of,
    phases_of,
    planned_of,
    promised_of,
)
from concilia.dunning.core.contact.wishes import NO_WISHES
from concilia.dunning.core.strategy.contacts import LOOKS_BACK, Contact
from concilia.dunning.core.strategy.placing import NO_NUMBERS
from concilia.dunning.core.strategy.terms import SHORT
from concilia.dunning.queries import backtest_statements as sql
from concilia.dunning.queries.contacted import NO_CALL
from concilia.dunning.queries.dunnable import NO_DISPUTE, NOT_TOLD, TOLD_DAYS, least_of
from concilia.dunning.queries.run_numbers import numbers_of
from concilia.dunning.queries.wishes import wishes_of
from concilia.identity.models import Entity

YEAR: Final = timedelta(days=365)
GONE: Final = frozenset({"QUEUED", "BY_HAND", "DONE"})
Rows = Sequence[tuple[Any, ...]]


class PastReader:
    """
    Reads the past of some customers at a time: some twenty statements, however many they are.

    :param runs: the real runs of these days, by their keys; where the days are those of the runs,
        in their order
    """

    def __init__(
        self, *, entity: Entity, moments: Moments, pace: Pace, runs: Sequence[int], until: date
    ) -> None:
        self._entity, self._pace = entity, pace
        self._days = np.array([day.toordinal() for day in moments.days], dtype=np.int64)
        self._asked = _parameters(entity, moments, runs, until)

    def read(self, customers: Sequence[int]) -> Past:
        """What was known of these customers on each day."""
        asked = self._asked | {"customers": list(customers)}
        return _Reading(self._entity, self._pace, self._days, asked).past()


def _parameters(
    entity: Entity, moments: Moments, runs: Sequence[int], until: date
) -> dict[str, Any]:
    zone, calendar = ZoneInfo(entity.timezone), clock_of(entity).calendar
    told = [calendar.add_business_days(day, -TOLD_DAYS) for day in moments.days]
    year_ago = [(at - YEAR).astimezone(UTC).date() for at in moments.ats]
    return {
        "entity": entity.pk,
        "currency": entity.currency,
        "zone": entity.timezone,
        "moments": list(moments.ats),
        "days": len(moments),
        "first": moments.ats[0],
        "since": moments.ats[0] - LOOKS_BACK,
        "until": until + timedelta(days=1),
        "runs": list(runs),
        "told_since": [datetime.combine(day, time.min, tzinfo=zone) for day in told],
        "year_ago": year_ago,
        "first_year_ago": year_ago[0],
        "not_told": list(NOT_TOLD),
        "no_dispute": list(NO_DISPUTE),
        "but_not": NO_CALL,
    }


class _Motive(NamedTuple):
    """A row of `sql.MOTIVES`."""

    customer_id: int
    item_id: int | None
    code: str
    stops: bool
    holds: bool
    until: int
    said: int
    known: int
    end: int
    source: str
    leaves: int


class _Promise(NamedTuple):
    """A row of `sql.PROMISES`: it began as pending, and is now in the state it is in."""

    id: int
    customer_id: int
    state: str
    known: int
    judged: int
    judged_on: int
    leaves: int
    made: int
    due: int
    late: int


class _Plan(NamedTuple):
    """A plan: its parts by the rows of their items, and how it stood one after the other."""

    id: int
    customer_id: int
    kind: str
    parts: list[PlanPart]
    phases: list[Phase]


class _Reading:
    """One reading: the places of customers, groups and items, and what is laid over them."""

    def __init__(self, entity: Entity, pace: Pace, days: Whole, asked: Mapping[str, Any]) -> None:
        self._entity, self._pace, self._days, self._asked = entity, pace, days, asked
        self._n = len(days)
        self._lines, self._open = self._read_items()
        self._row: dict[int, int] = {line[0]: n for n, line in enumerate(self._lines)}
        self._read_items()
        self._people = self._read_people()
        self._person = {person.id: n for n, person in enumerate(self._people)}
        self._groups = list(self._read_groups())
        self._group = {
            (self._people[group.customer].id, group.currency): n
            for n, group in enumerate(self._groups)
        }
        self._money = self._read_money()
        self._changes = self._read_changes()
        self._plans = self._read_plans()

    def past(self) -> Past:
        """All of it together."""
        motives = [_Motive._make(row) for row in self._rows(sql.MOTIVES)]
        promises = [_Promise._make(row) for row in self._rows(sql.PROMISES)]
        phases = {one.id: self._phases_of(one) for one in promises}
        judged = judged_of((self._person[one.customer_id], phases[one.id])
                           for one in promises if one.customer_id in self._person)  # fmt: skip
        people, n = len(self._people), self._n
        return Past(
            people=self._people,
            groups=self._groups,
            items=self._items(motives, promises, phases),
            reasons=[
                Reason(one.code, one.stops, one.holds, one.until, one.said) for one in motives
            ],
            reason=in_force(self._in_force(motives, None), people, n),
            acted=latest(self._read_acted(), people, n),
            broken=latest(judged.broken_on, people, n),
            noted=latest(self._read_noted(), people, n),
            talk=self._talk(),
            behaviour=self._behaviour(motives, judged),
            waiting=laid(self._waiting(), len(self._groups), n),
            real=self._read_real(),
            before=self._read_before(),
            asked_before=frozenset(key for (key,) in self._rows(sql.ASKED_BEFORE)),
        )

    def _rows(self, statement: str, **changes: str) -> Rows:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(**changes) if changes else statement, self._asked)
            found: Rows = cursor.fetchall()
            return found

    def _booked(self, booked: str, dated: str) -> str:
        return sql.BOOKED[self._pace].format(booked=booked, dated=dated)

    def _read_items(self) -> tuple[list[tuple[Any, ...]], Whole]:
        """The items that were open on one of the days, and what was open of each."""
        rows = self._rows(sql.ITEMS, booked=self._booked("e.booked_at", "e.posting_date"))
        lines: list[tuple[Any, ...]] = []
        moves: list[Span] = []
        for row in rows:
            if not lines or lines[-1][0] != row[0]:
                lines.append(row)
            moves.append((len(lines) - 1, row[6], self._n, row[7]))
        return lines, laid(moves, len(lines), self._n)

    def _read_people(self) -> list[Person]:
        owing = {line[1] for line in self._lines}
        wishes = wishes_of(owing)
        numbers = numbers_of(entity=self._entity, customers=sorted(owing), ways=SHORT)
        contacts: dict[int, list[tuple[int, Contact]]] = defaultdict(list)
        for customer, known, *contact in self._rows(sql.CONTACTS):
            contacts[customer].append((known, tuple(contact)))
        return [
            Person(
                id=key,
                country=country,
                segment=segment,
                is_business=is_business,
                team=team,
                mail_until=mail_until,
                no_mails_from=no_mails_from,
                contacts=tuple(contacts.get(key, ())),
                wishes=wishes.get(key, NO_WISHES),
                numbers=numbers.working.get(key, NO_NUMBERS),
                unwanted=numbers.unwanted.get(key, frozenset()),
            )
            for key, country, segment, is_business, team, mail_until, no_mails_from in self._rows(
                sql.PEOPLE
            )
            if key in owing
        ]

    def _read_groups(self) -> Iterator[Group]:
        places = groupby(range(len(self._lines)), lambda n: self._lines[n][1:3])
        for (customer, currency), some in places:
            rows = list(some)
            least = least_of(currency)
            yield Group(self._person[customer], currency, rows[0], rows[-1] + 1, least)

    def _items(
        self,
        motives: Sequence[_Motive],
        promises: Sequence[_Promise],
        phases: Mapping[int, Sequence[Phase]],
    ) -> Items:
        rows, n = len(self._lines), self._n
        lines = np.array([(line[0], line[3], line[4], line[5]) for line in self._lines],
                         dtype=np.int64).reshape(-1, 4)  # fmt: skip
        groups = [group.end - group.first for group in self._groups]
        return Items(
            key=lines[:, 0],
            group=np.repeat(np.arange(len(groups)), groups),
            due=lines[:, 2],
            closed=lines[:, 3],
            is_deduction=lines[:, 1].astype(bool),
            open=self._open,
            disputed=laid(self._spans(sql.DISPUTES), rows, n),
            promised=self._promised(promises, phases),
            planned=self._planned(),
            placed=laid(self._spans(sql.PLACED), rows, n),
            reason=in_force(self._in_force(motives, self._row), rows, n),
        )

    def _spans(self, statement: str) -> Iterator[Span]:
        """What is laid over items, by their places."""
        for item, first, end, minor in self._rows(statement):
            if item in self._row:
                yield self._row[item], first, end, minor

    def _in_force(self, motives: Sequence[_Motive], items: Mapping[int, int] | None) -> list[Span]:
        """Reasons of items, or, without any, of customers; those that weigh less first."""
        places: Mapping[int | None, int] = self._person if items is None else items  # type: ignore[assignment]
        return [
            (places[key], one.known, one.end, n)
            for n, one in enumerate(motives)
            if (one.item_id is None) == (items is None)
            and (key := one.customer_id if items is None else one.item_id) in places
        ]

    def _read_money(self) -> dict[int, list[tuple[int, Allocated, int, int]]]:
        """By customer: of which item, the money, its last day of a year, and days late."""
        booked = self._booked("m.posted_at", "b.value_date")
        found: dict[int, list[tuple[int, Allocated, int, int]]] = defaultdict(list)
        for customer, item, known, end, leaves, value, late, minor in self._rows(
            sql.ALLOCATIONS, booked=booked
        ):
            found[customer].append((item, Allocated(known, end, value, minor), leaves, late))
        return found

    def _read_changes(self) -> dict[tuple[str, int], list[Change]]:
        """How promises and plans were judged, one after the other, by kind and key."""
        found: dict[tuple[str, int], list[Change]] = defaultdict(list)
        for act, key, state, known, on, leaves in self._rows(sql.JUDGED):
            found[act.partition(".")[0], key].append(Change(state, known, on, leaves))
        return found

    def _phases_of(self, one: _Promise) -> list[Phase]:
        begun = Change("PENDING", one.known, 0, 0)
        now = Change(one.state, one.judged, one.judged_on, one.leaves)
        return phases_of([begun, *self._changes.get(("promise", one.id), ()), now], self._n)

    def _promised(
        self, promises: Sequence[_Promise], phases: Mapping[int, Sequence[Phase]]
    ) -> Whole:
        known = {one.id: one for one in promises}
        order = {one.id: n for n, one in enumerate(promises)}
        by_item: dict[int, list[Promised]] = defaultdict(list)
        for promise, item, minor in self._rows(sql.PROMISED_ITEMS):
            if item in self._row:
                one = known[promise]
                by_item[item].append(Promised(promise, minor, one.made, one.late))
        found: Whole = np.zeros_like(self._open)
        for item, parts in by_item.items():
            customer = known[parts[0].promise].customer_id
            money = [paid for key, paid, *_ in self._money.get(customer, ()) if key == item]
            parts.sort(key=lambda part: order[part.promise])
            found[self._row[item]] = promised_of(parts, money, phases, self._n)
        return found

    def _planned(self) -> Whole:
        found: Whole = np.zeros_like(self._open)
        rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for plan, due, minor in self._rows(sql.PLAN_ROWS):
            rows[plan].append((due, minor))
        for one in self._plans:
            terms = PlanTerms(one.kind, one.parts, rows[one.id], one.phases)
            for row, kept in planned_of(terms, self._open, self._days):
                found[row] += kept
        return found

    def _read_plans(self) -> list[_Plan]:
        found = []
        for plan, some in groupby(self._rows(sql.PLANS), lambda row: row[0]):
            lines = list(some)
            _plan, customer, kind, state, agreed, judged, *_ = lines[0]
            begun, now = Change("ACTIVE", agreed, 0, 0), Change(state, judged, 0, 0)
            changes = [begun, *self._changes.get(("plan", plan), ()), now]
            parts = [
                PlanPart(self._row[item], minor + waived)
                for *_, item, minor, waived in lines
                if item in self._row
            ]
            found.append(_Plan(plan, customer, kind, parts, phases_of(changes, self._n)))
        return found

    def _talk(self) -> NDArray[np.bool_]:
        """Whose plan was not kept, while something of it is open and they said nothing since."""
        found = np.zeros((len(self._people), self._n), dtype=np.bool_)
        said: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for plan, broken, first, end in self._rows(sql.SAID_AFTER):
            said[plan, broken].append((first, end))
        for one in self._plans:
            for phase in one.phases:
                if phase.state != DEFAULTED or one.customer_id not in self._person:
                    continue
                waits = np.zeros(self._n, dtype=np.bool_)
                waits[phase.first : phase.end] = True
                for first, end in said[one.id, phase.first]:
                    waits[first:end] = False
                rows = [part.row for part in one.parts]
                found[self._person[one.customer_id]] |= waits & (self._open[rows] > 0).any(axis=0)
        return found

    def _read_noted(self) -> Iterator[Span]:
        for customer, known, on in self._rows(sql.NOTED):
            if customer in self._person:
                yield self._person[customer], known, self._n, on

    def _waiting(self) -> Iterator[Span]:
        """Payments that nobody has assigned; on Mondays they are in the books by their date."""
        if self._pace is Pace.RUNS:
            for customer, currency, first, end, minor in self._rows(sql.WAITING):
                if (customer, currency) in self._group:
                    yield self._group[customer, currency], first, end, minor
        for customer, currency, first, end, minor, items in self._rows(sql.PAID_ONLINE):
            rows = [self._row[item] for item in items or () if item in self._row]
            if rows and (customer, currency) in self._group:
                is_open = (self._open[rows] != 0).any(axis=0)
                for day in range(first, min(end, self._n)):
                    if is_open[day]:
                        yield self._group[customer, currency], day, day + 1, minor

    def _read_acted(self) -> Iterator[Span]:
        booked = self._booked("m.posted_at", "b.value_date")
        for customer, known, end, on in self._rows(sql.ACTED, booked=booked):
            if customer in self._person:
                yield self._person[customer], known, end, on

    def _behaviour(self, motives: Sequence[_Motive], judged: Judged) -> dict[str, Whole]:
        """How they paid in the twelve months before each day."""
        spans: dict[str, list[Span]] = defaultdict(list)
        for customer, each in self._money.items():
            if (row := self._person.get(customer)) is None:
                continue
            for _item, paid, leaves, late in each:
                first, end = paid.known, min(paid.end, leaves)
                spans["paid"].append((row, first, end, 1))
                spans["late"].append((row, first, end, int(late > 0)))
                spans["weighed"].append((row, first, end, late * paid.minor))
                spans["minor"].append((row, first, end, paid.minor))
        spans["returned"] = [
            (self._person[one.customer_id], one.known, one.leaves, 1)
            for one in motives
            if one.source == "bank_code" and one.customer_id in self._person
        ]
        spans["promises"], spans["broken"] = judged.promises, judged.broken
        names = ("paid", "late", "weighed", "minor", "returned", "promises", "broken")
        found = {name: laid(spans[name], len(self._people), self._n) for name in names}
        weighed, minor = found.pop("weighed"), found.pop("minor")
        # As the database rounds: half away from zero.
        found["days_late"] = (2 * weighed + minor) // np.maximum(2 * minor, 1)
        return found

    def _read_real(self) -> list[RealTouch]:
        items: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for touch, item, minor in self._rows(sql.REAL_ITEMS):
            items[touch].append((item, minor))
        return [self._real(row, tuple(items[row[0]])) for row in self._rows(sql.REAL)]

    def _real(self, row: tuple[Any, ...], items: tuple[tuple[int, int], ...]) -> RealTouch:
        _key, customer, currency, day, step_day, tone, way, state, why, minor, on, *made = row
        return RealTouch(
            customer_id=customer,
            currency=currency,
            day=day if self._pace is Pace.RUNS else -1,
            step_day=step_day,
            tone=tone,
            way=way,
            on=on if state in GONE else 0,
            minor=minor,
            why=why or state.lower(),
            contact=tuple(made) if made[0] else None,
            items=items,
        )

    def _read_before(self) -> dict[tuple[int, str], Before]:
        return {
            (customer, currency): Before(step_day, tone, on, frozenset(items or ()))
            for customer, currency, step_day, tone, on, items in self._rows(sql.BEFORE)
        }
