"""Customers taken through past days under a strategy, by the very core that plans runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Final

import numpy as np

from concilia.dunning.core.backtest.columns import HELD_BACK, NOBODY, Sums, sums_of
from concilia.dunning.core.backtest.moments import Moments
from concilia.dunning.core.backtest.past import Group, Past, Person, RealTouch, Whole
from concilia.dunning.core.contact.asking import ContactDesk
from concilia.dunning.core.contact.terms import Direction, Outcome
from concilia.dunning.core.motives import Tone
from concilia.dunning.core.strategy.contacts import (
    LOOKS_BACK,
    Contact,
    exhausted_by,
    recent_of,
)
from concilia.dunning.core.strategy.ladder import Last, Why
from concilia.dunning.core.strategy.placing import Debtor, Passed, Placer, Touch
from concilia.dunning.core.strategy.segments import Assigner, Behaviour
from concilia.dunning.core.strategy.terms import BY_PROGRAM, CHANNEL_OF, Strategy, Way
from concilia.kernel.non_payment import UNKNOWN

# A touch that nobody made: a message is sent, a letter posted, a call not answered.
HYPOTHETICAL: Final = {
    Way.EMAIL: Outcome.SENT,
    Way.LETTER: Outcome.SENT,
    Way.CALL: Outcome.NO_ANSWER,
}
ValueOf = Callable[[int, str], int]


@dataclass(frozen=True, slots=True)
class Sent:
    """
    A touch that left, or would have; `minor` in the company's currency.

    :param on: the day it left, as an ordinal
    :param items: what was asked for, by item, in minor units of its own currency
    """

    customer_id: int
    currency: str
    on: int
    tone: int
    way: str
    minor: int
    items: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A touch that did not leave, and why."""

    why: str
    detail: str = ""


@dataclass(slots=True)
class Walked:
    """What the strategy makes of some customers: touches, and how often who heard nothing."""

    sent: list[Sent] = field(default_factory=list)
    passes: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)

    def take(self, found: Sent | Kept | Passed) -> None:
        """Count what became of a customer on a day."""
        if isinstance(found, Sent):
            self.sent.append(found)
            return
        self.passes[found.why] += 1
        if found.why == Why.POLICY:
            self.rules[found.detail] += 1


@dataclass(slots=True)
class _Ladder:
    """Where one customer stands in one currency."""

    last: Last | None = None
    rows: Whole = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    made: set[tuple[int, str, date | None, tuple[int, ...]]] = field(default_factory=set)


@dataclass(slots=True)
class _Own:
    """What the strategy did to one customer so far, and what came of it."""

    contacts: list[Contact] = field(default_factory=list)
    spoke_on: int = 0
    under_way_until: date = date.min

    def keep(self, contact: Contact | None) -> None:
        """Keep what counts as a contact; a call of which nobody said how it went is none yet."""
        if contact is None:
            return
        self.contacts.append(contact)
        _channel, _direction, outcome, on = contact
        if outcome == Outcome.CONVERSATION:
            self.spoke_on = max(self.spoke_on, on.toordinal())


class Walk:
    """
    Takes customers through the days, each day with what was known then.

    A touch that a real run made, too, at the same step by the same way on that day fares as it
    really fared; all others leave on their day.

    :param value_of: an amount in a currency in minor units of the company's currency
    :param unit: minor units in a whole one of the company's currency
    :param carried: the ways by which the program can send
    """

    def __init__(
        self,
        strategy: Strategy,
        moments: Moments,
        *,
        value_of: ValueOf,
        unit: int,
        carried: frozenset[Way] = BY_PROGRAM,
    ) -> None:
        self._moments, self._value_of, self._unit = moments, value_of, unit
        assigner, desk = Assigner(strategy), ContactDesk()
        self._placers = [
            Placer(assigner, desk, today=day, at=at, carried=carried)
            for day, at in zip(moments.days, moments.ats, strict=True)
        ]
        self._ordinals = np.array([day.toordinal() for day in moments.days], dtype=np.int64)

    def through(self, past: Past) -> Walked:
        """Take some customers through all days."""
        walked = Walked()
        if not past.groups:
            return walked
        sums = sums_of(past, self._ordinals)
        for place, n in zip(*np.unique(sums.held_back, return_counts=True), strict=True):
            if place >= 0:
                walked.passes[HELD_BACK[place].value] += int(n)
        real = {(one.customer_id, one.currency, one.day): one for one in past.real if one.day >= 0}
        for whose, some in groupby(range(len(past.groups)), lambda n: past.groups[n].customer):
            asked = _Asked(past, sums, past.people[whose], list(some), real)
            if asked.days:
                self._walk(asked, walked)
        return walked

    def _walk(self, asked: _Asked, walked: Walked) -> None:
        for day in asked.days:
            is_touched = False
            for view in asked.on(day):
                found = self._become(asked, view, day, is_touched=is_touched)
                is_touched |= isinstance(found, Sent)
                walked.take(found)

    def _become(
        self, asked: _Asked, view: _View, day: int, *, is_touched: bool
    ) -> Sent | Kept | Passed:
        if asked.waits_for_talk(day):
            return Passed(Why.PLAN_BROKEN, view.ready)
        value = self._value_of(view.ready, view.currency) // self._unit
        debtor = asked.debtor(view, day, self._moments.days[day], value)
        found = self._placers[day].place(debtor)
        if isinstance(found, Touch) and is_touched:
            return Passed(Why.OTHER_CURRENCY, view.ready)
        return self._make(asked, view, day, found) if isinstance(found, Touch) else found

    def _make(self, asked: _Asked, view: _View, day: int, touch: Touch) -> Sent | Kept:
        """Let it leave: as it really left, if a real run made it; else on its day."""
        rows, keys, minors = asked.items(view, day)
        ladder = asked.ladders[view.currency]
        once = touch.step.day, touch.way.value, touch.resumed_on, keys
        if once in ladder.made:
            return Kept(Why.RESTED)
        real = asked.real.get((asked.person.id, view.currency, day))
        is_real = real is not None and (real.step_day, real.way) == (
            touch.step.day, touch.way.value,
        )  # fmt: skip
        if real is not None and is_real and not real.on:
            return Kept(real.why)
        leaves = self._leaves(touch, day)
        if real is not None and is_real:
            leaves = date.fromordinal(real.on)
            asked.own.keep(real.contact)
        else:
            outcome = HYPOTHETICAL[touch.way].value
            channel = CHANNEL_OF[touch.way].value
            asked.own.keep((channel, Direction.OUT.value, outcome, leaves))
        if touch.not_before is not None:
            asked.own.under_way_until = leaves
        ladder.made.add(once)
        ladder.last = Last(touch.step.day, touch.step.tone, leaves)
        ladder.rows = rows
        return Sent(
            asked.person.id,
            view.currency,
            leaves.toordinal(),
            touch.step.tone.value,
            touch.way.value,
            self._value_of(view.ready, view.currency),
            tuple(zip(keys, minors, strict=True)),
        )

    def _leaves(self, touch: Touch, day: int) -> date:
        planned = self._moments.leaves[day]
        zone = self._moments.ats[day].tzinfo
        waits = touch.not_before.astimezone(zone).date() if touch.not_before else planned
        return max(planned, waits)


@dataclass(frozen=True, slots=True)
class _View:
    """A customer in one currency on one day."""

    group: Group
    place: int
    currency: str
    ready: int


class _Asked:
    """One customer, with what the strategy did to them so far."""

    def __init__(
        self,
        past: Past,
        sums: Sums,
        person: Person,
        places: Sequence[int],
        real: Mapping[tuple[int, str, int], RealTouch],
    ) -> None:
        self.person, self.real, self._past, self._sums = person, real, past, sums
        self._places, self._whose = places, past.groups[places[0]].customer
        is_asked = sums.held_back[places] == NOBODY
        self.days = np.nonzero(is_asked.any(axis=0))[0].tolist()
        self.own = _Own()
        self.ladders = {past.groups[n].currency: self._begun(past.groups[n]) for n in places}

    def on(self, day: int) -> Iterator[_View]:
        """Each currency in which the ladder decides on a day."""
        for place in self._places:
            if self._sums.held_back[place, day] == NOBODY:
                group = self._past.groups[place]
                yield _View(group, place, group.currency, int(self._sums.ready[place, day]))

    def items(self, view: _View, day: int) -> tuple[Whole, tuple[int, ...], list[int]]:
        """What is asked for: its rows, its keys, and the amounts."""
        asked = self._sums.asked[view.group.first : view.group.end, day]
        rows = np.nonzero(asked)[0]
        found = rows + view.group.first
        return found, tuple(self._past.items.key[found].tolist()), asked[rows].tolist()

    def waits_for_talk(self, day: int) -> bool:
        """Whether a person speaks with them before anything is sent."""
        return bool(self._past.talk[self._whose, day])

    def debtor(self, view: _View, day: int, today: date, value: int) -> Debtor:
        """What the run would have seen of them; `value` in whole units of the company's money."""
        past, sums, person = self._past, self._sums, self.person
        motive = int(sums.motive[view.place, day])
        contacts = self._contacts(day, today)
        acted = max(self._lately(day, today), self._spoken(today))
        broken, noted = int(past.broken[self._whose, day]), int(past.noted[self._whose, day])
        behaviour = {name: int(of[self._whose, day]) for name, of in past.behaviour.items()}
        return Debtor(
            customer_id=person.id,
            currency=view.currency,
            country=person.country,
            segment=person.segment,
            is_business=person.is_business,
            open=int(sums.open[view.place, day]),
            disputed=int(sums.disputed[view.place, day]),
            promised=0,
            planned=0,
            placed=0,
            held=0,
            dunnable=int(sums.dunnable[view.place, day]),
            ready=view.ready,
            least=view.group.least,
            value=value,
            oldest_due=date.fromordinal(int(sums.oldest[view.place, day])),
            motive=sums.codes[motive] if motive != NOBODY else UNKNOWN,
            motives=self._motives(day),
            last=self._last(view, day),
            acted_on=date.fromordinal(acted) if acted else None,
            broken_on=date.fromordinal(broken) if broken else None,
            noted_on=date.fromordinal(noted) if noted else None,
            exhausted=bool(contacts) and exhausted_by(contacts, today),
            behaviour=Behaviour(**behaviour),
            is_under_way=self.own.under_way_until > today,
            email_contact=1 if day < person.mail_until else None,
            opted_out=day >= person.no_mails_from,
            numbers=person.numbers,
            unwanted=person.unwanted,
            past=recent_of(contacts, today),
            wishes=person.wishes,
        )

    def _begun(self, group: Group) -> _Ladder:
        before = self._past.before.get((self.person.id, group.currency))
        if before is None:
            return _Ladder()
        keys = self._past.items.key[group.first : group.end]
        rows = np.nonzero(np.isin(keys, list(before.items)))[0] + group.first
        last = Last(before.step_day, Tone(before.tone), date.fromordinal(before.on))
        return _Ladder(last, rows)

    def _last(self, view: _View, day: int) -> Last | None:
        ladder = self.ladders[view.currency]
        if ladder.last is None:
            return None
        is_open = bool(self._sums.of_items[ladder.rows, day].any())
        return replace(ladder.last, is_settled=not is_open)

    def _lately(self, day: int, today: date) -> int:
        on = int(self._past.acted[self._whose, day])
        return on if today.toordinal() - on <= LOOKS_BACK.days else 0

    def _spoken(self, today: date) -> int:
        return self.own.spoke_on if self.own.spoke_on <= today.toordinal() else 0

    def _contacts(self, day: int, today: date) -> list[Contact]:
        if not self.person.contacts and not self.own.contacts:
            return []
        known = [contact for first, contact in self.person.contacts if first <= day]
        known += [contact for contact in self.own.contacts if contact[3] <= today]
        return sorted(
            (contact for contact in known if today - contact[3] <= LOOKS_BACK),
            key=lambda contact: contact[3],
        )

    def _motives(self, day: int) -> tuple[tuple[str, date, date | None], ...]:
        which = int(self._past.reason[self._whose, day])
        if which == NOBODY:
            return ()
        one = self._past.reasons[which]
        until = date.fromordinal(one.until) if one.until else None
        return ((one.code, date.fromordinal(one.said), until),)
