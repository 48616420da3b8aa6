"""Rules that time meets: hours, holidays, limits of number, cool-off, flags with an end."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from concilia.dunning.core.contact.cases import PastContact
from concilia.dunning.core.contact.clock import day_begins, is_open, next_open
from concilia.dunning.core.contact.policy import Cap, ContactPolicy, Week
from concilia.dunning.core.contact.rule import ONE_DAY, Case, Rule, Values
from concilia.dunning.core.contact.terms import Channel, Flag, Per, Purpose, Recipient
from concilia.kernel.holidays import national_holidays

REQUEST_DAYS: Final = 7  # how long a wish to be contacted stands (12 CFR 1006.14(b)(3)(i))
CLOSED_DAYS_MAX: Final = 370

Past = tuple[date, PastContact]


class Windows(Rule):
    """Only within these hours, by every clock the debtor may live by."""

    topic = "windows"
    recurs = True

    def __init__(self, policy: ContactPolicy, week: Week) -> None:
        super().__init__(policy)
        self.week = week

    def first_from(self, case: Case, moment: datetime) -> datetime | None:
        """The next opening; where there are several clocks, the latest of theirs."""
        return _latest(next_open(self.week, zone, moment) for zone in case.debtor.zones)

    def values(self, case: Case) -> Values:
        """The local time, of the clock that says no if one does, and the hours."""
        return {"time": _refused_time(case, self.week), "hours": self.week}


class WishedHours(Rule):
    """Only within the hours they asked for. A letter waits in the box by itself."""

    topic = "wished_hours"
    recurs = True

    def first_from(self, case: Case, moment: datetime) -> datetime | None:
        """The next opening, if they asked for hours."""
        week = case.debtor.windows
        if week is None or case.contact.channel is Channel.LETTER:
            return moment
        return _latest(next_open(week, zone, moment) for zone in case.debtor.zones)

    def values(self, case: Case) -> Values:
        """The local time and the hours, empty where any will do."""
        week = case.debtor.windows or ((),) * 7
        return {"time": _refused_time(case, week), "hours": week}


class Holidays(Rule):
    """Not on a holiday of the calendar, nor on a day off of one's own."""

    topic = "holidays"
    recurs = True

    def first_from(self, case: Case, moment: datetime) -> datetime | None:
        """The first moment of the next day that is none, by every clock."""
        found = moment
        for zone in case.debtor.zones:
            day = moment.astimezone(zone).date()
            begun = day
            while self._name(day):
                day += ONE_DAY
                if (day - begun).days > CLOSED_DAYS_MAX:
                    return None
            if day != begun:
                found = max(found, day_begins(day, zone))
        return found

    def values(self, case: Case) -> Values:
        """The day, and whose holiday it is."""
        return {"day": case.day_of(case.at), "calendar": self.policy.calendar or self.policy.id}

    def _name(self, day: date) -> str | None:
        policy = self.policy
        name = policy.days_off.get(day)
        if name is None and policy.no_holidays and policy.calendar is not None:
            name = national_holidays(policy.calendar, day.year).get(day)
        return name


class Counted(Rule):
    """At most so many within so many days."""

    def __init__(self, policy: ContactPolicy, cap: Cap) -> None:
        super().__init__(policy, f"{cap.n}_in_{cap.days}")
        self.cap = cap

    def first_from(self, case: Case, moment: datetime) -> datetime | None:
        """The first day on which one more is within the limit."""
        day = case.day_of(moment)
        if case.is_service or is_asked_for(self.policy, case, day):
            return moment
        days = [self._first_day(counted, day) for counted in self._counted(case)]
        if any(one is None for one in days):
            return None
        last = max(one for one in days if one is not None)
        return moment if last == day else case.begin_of(last)

    def values(self, case: Case) -> Values:
        """The number there is and the number allowed."""
        day = case.day_of(case.at)
        places = [_within(counted, day, self.cap.days) for counted in self._counted(case)]
        most = max(last - first for first, last in places)
        exempt = case.is_service or is_asked_for(self.policy, case, day)
        return {"count": most, "n": self.cap.n, "days": self.cap.days, "exempt": exempt}

    @abstractmethod
    def counts(self, past: PastContact) -> bool:
        """Whether a past contact is one of those the limit is for."""

    def _counted(self, case: Case) -> Iterator[list[date]]:
        """For each debt the days of the contacts that count; for all at once where none matters."""
        return days_by_debt(
            case, (past for past in case.recent if self.counts(past[1])), self.cap.per
        )

    def _first_day(self, days: list[date], day: date) -> date | None:
        cap = self.cap
        if cap.n == 0:
            return None
        while True:
            first, last = _within(days, day, cap.days)
            if last - first < cap.n:
                break
            day = days[last - cap.n] + timedelta(days=cap.days)  # when that one counts no more
        return day


class MaxAttempts(Counted):
    """A limit on how often we try."""

    topic = "max_attempts"

    def counts(self, past: PastContact) -> bool:
        """Our own attempts on the channels of the policy."""
        return past.is_attempt and past.channel in self.policy.channels


class MaxConversations(Counted):
    """A limit on how often we speak with somebody."""

    topic = "max_conversations"

    def counts(self, past: PastContact) -> bool:
        """Conversations on the channels of the policy, whoever began."""
        return past.is_conversation and past.channel in self.policy.channels


class CoolOff(Rule):
    """Not for so many days after a conversation about the debt, its own day being the first."""

    topic = "cool_off_after_conversation_days"

    def __init__(self, policy: ContactPolicy, days: int) -> None:
        super().__init__(policy)
        self.days = days

    def first_from(self, case: Case, moment: datetime) -> datetime | None:
        """The day after the last of them."""
        day = case.day_of(moment)
        if case.is_service or is_asked_for(self.policy, case, day):
            return moment
        spoken = self._spoken(case)
        while (last := _last_until(spoken, day)) and day < last + timedelta(days=self.days):
            day = last + timedelta(days=self.days)
        return moment if day == case.day_of(moment) else case.begin_of(day)

    def values(self, case: Case) -> Values:
        """The day of the last conversation before."""
        day = case.day_of(case.at)
        last = _last_until(self._spoken(case), day)
        exempt = case.is_service or is_asked_for(self.policy, case, day)
        return {"days": self.days, "day": last, "exempt": exempt}

    def _spoken(self, case: Case) -> list[date]:
        spoken = (
            past
            for past in case.recent
            if past[1].is_conversation and past[1].channel in self.policy.channels
        )
        return sorted({day for days in days_by_debt(case, spoken, Per.DEBT_PERSON) for day in days})


# Which contacts a flag leaves possible: for another purpose, or with who stands in for them.
_OTHER_PURPOSES: Final[Mapping[Flag, frozenset[Purpose]]] = {
    Flag.CEASE: frozenset({Purpose.LEGAL_NOTICE}),
    Flag.COMPLAINT: frozenset({Purpose.LEGAL_NOTICE, Purpose.SERVICE}),
    Flag.VULNERABLE: frozenset({Purpose.LEGAL_NOTICE, Purpose.SERVICE}),
    Flag.BREATHING_SPACE: frozenset({Purpose.LEGAL_NOTICE, Purpose.SERVICE}),
    Flag.DEBT_ADVISER: frozenset({Purpose.LEGAL_NOTICE, Purpose.SERVICE}),
    Flag.FRAUD: frozenset({Purpose.SERVICE}),
}
_STAND_IN: Final[Mapping[Flag, Recipient]] = {
    Flag.DECEASED: Recipient.EXECUTOR,
    Flag.INSOLVENT: Recipient.ADMINISTRATOR,
    Flag.REPRESENTED: Recipient.LAWYER,
    Flag.DEBT_ADVISER: Recipient.ADVISER,
}


class Stop(Rule):
    """Not while a flag is raised: until its last day is over, or until somebody lifts it."""

    topic = "stops"

    def __init__(self, policy: ContactPolicy, flag: Flag, days: int | None) -> None:
        super().__init__(policy, flag.lower())
        self.flag = flag
        self.days = days

    def first_from(self, case: Case, moment: datetime) -> datetime | None:
        """The day after the last on which it counts; never, if nobody knows that day."""
        if self.flag not in case.debtor.flags or self._leaves_possible(case):
            return moment
        last = self._last_day(case)
        if last is None:
            return None
        return moment if case.day_of(moment) > last else case.begin_of(last + ONE_DAY)

    def values(self, case: Case) -> Values:
        """The flag, and its last day if there is one."""
        raised = self.flag in case.debtor.flags
        return {
            "flag": self.flag,
            "raised": raised,
            "day": self._last_day(case) if raised else None,
        }

    def _leaves_possible(self, case: Case) -> bool:
        contact = case.contact
        return (
            contact.purpose in _OTHER_PURPOSES.get(self.flag, ())
            or _STAND_IN.get(self.flag) is contact.recipient
        )

    def _last_day(self, case: Case) -> date | None:
        raised = case.debtor.flags[self.flag]
        if self.days is None:
            return raised.until
        if raised.since is None:
            return raised.until
        held = raised.since + timedelta(days=self.days - 1)
        return max(held, raised.until) if raised.until else held


class MinDaysPastDue(Rule):
    """Not before every debt it is about is so many days late."""

    topic = "min_days_past_due"

    def __init__(self, policy: ContactPolicy, days: int) -> None:
        super().__init__(policy)
        self.days = days

    def first_from(self, case: Case, moment: datetime) -> datetime | None:
        """The day on which the youngest debt is old enough; never, where a due date is unknown."""
        debts = case.contact.debts
        if case.is_service:
            return moment
        if not debts or any(debt.due is None for debt in debts):
            return None
        first = max(debt.due for debt in debts if debt.due) + timedelta(days=self.days)
        return moment if case.day_of(moment) >= first else case.begin_of(first)

    def values(self, case: Case) -> Values:
        """The number of days."""
        return {
            "days": self.days,
            "channel": case.contact.channel,
            "exempt": case.is_service,
        }


def is_asked_for(policy: ContactPolicy, case: Case, day: date) -> bool:
    """Whether they asked for this contact themselves, and lately, and the policy minds it."""
    wished = case.contact.requested_on
    return policy.on_request and wished is not None and (day - wished).days < REQUEST_DAYS


def days_by_debt(case: Case, past: Iterable[Past], per: Per) -> Iterator[list[date]]:
    """Yield the sorted days of those past contacts that concern this contact, debt by debt."""
    person = case.contact.person
    if per is not Per.DEBTOR and person is not None:
        past = (one for one in past if one[1].person in {None, person})
    debts = case.contact.debts
    if per is not Per.DEBT_PERSON or not debts:
        yield sorted(day for day, _ in past)
        return
    days: dict[str, list[date]] = {debt.id: [] for debt in debts}
    for day, one in past:
        for debt in one.debts.intersection(days) if one.debts else days:
            days[debt].append(day)
    for one_debt in days.values():
        yield sorted(one_debt)


def _refused_time(case: Case, week: Week) -> datetime:
    times = [case.at.astimezone(zone) for zone in case.debtor.zones]
    refused = (time for time in times if not is_open(week[time.weekday()], time))
    return next(refused, times[0])


def _within(days: list[date], day: date, length: int) -> tuple[int, int]:
    """Where in the sorted days those begin and end that lie on this day or `length - 1` before."""
    first = bisect_left(days, day - timedelta(days=length - 1))
    return first, bisect_right(days, day, first)


def _last_until(days: list[date], day: date) -> date | None:
    index = bisect_right(days, day)
    return days[index - 1] if index else None


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    found = list(moments)
    if any(one is None for one in found):
        return None
    return max(one for one in found if one is not None)
