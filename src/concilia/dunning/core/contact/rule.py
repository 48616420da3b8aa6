"""What every rule is: from a moment on, the first that it allows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from concilia.dunning.core.contact.cases import Debtor, PastContact, PlannedContact
from concilia.dunning.core.contact.clock import day_begins
from concilia.dunning.core.contact.policy import ContactPolicy
from concilia.dunning.core.contact.terms import Purpose

ONE_DAY = timedelta(days=1)
# A day of margin for clocks east and west of Greenwich, and one for the day itself.
MARGIN = timedelta(days=2)
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Case:
    """
    What one decision is on, prepared once for all rules.

    :param recent: the past contacts any rule can still look at, with the day of each
    """

    contact: PlannedContact
    debtor: Debtor
    at: datetime
    recent: Sequence[tuple[date, PastContact]]

    @classmethod
    def of(
        cls,
        contact: PlannedContact,
        debtor: Debtor,
        history: Sequence[PastContact],
        *,
        days: int,
    ) -> Case:
        """Prepare a decision; only the last `days` of the history are kept. Linear in it."""
        at, zone = contact.at.astimezone(UTC), debtor.zones[0]
        since = at - timedelta(days=days) - MARGIN
        recent = [(past.at.astimezone(zone).date(), past) for past in history if past.at >= since]
        return cls(contact, debtor, at, recent)

    @property
    def zone(self) -> ZoneInfo:
        """Where days are counted: the debtor's first place."""
        return self.debtor.zones[0]

    def day_of(self, moment: datetime) -> date:
        """Return the debtor's day of a moment."""
        return moment.astimezone(self.zone).date()

    def begin_of(self, day: date) -> datetime:
        """Return the first moment of a day of the debtor's."""
        return day_begins(day, self.zone)

    @property
    def is_service(self) -> bool:
        """It is about something they asked for or did, and no dunning."""
        return self.contact.purpose is Purpose.SERVICE


class Rule(ABC):
    """One key of one policy."""

    topic: ClassVar[str]
    # Hours and holidays come back for ever; what all other rules wait for ends.
    recurs: ClassVar[bool] = False

    def __init__(self, policy: ContactPolicy, detail: str = "") -> None:
        self.policy = policy
        self.id = f"{policy.id}.{self.topic}{f'.{detail}' if detail else ''}"

    @abstractmethod
    def first_from(self, case: Case, moment: datetime) -> datetime | None:
        """Return the first moment allowed, from this one on, were the policy for ever in force."""

    @abstractmethod
    def values(self, case: Case) -> Values:
        """Return what its sentences need."""

    def allowed_from(self, case: Case, moment: datetime) -> datetime | None:
        """Return the first moment it allows, from this one on; None if there never is one."""
        begins, ends = self.policy.valid_from, self.policy.valid_to
        if begins is not None or ends is not None:
            day = case.day_of(moment)
            if (begins is not None and day < begins) or (ends is not None and day > ends):
                return moment
        found = self.first_from(case, moment)
        if ends is None:
            return found
        over = case.begin_of(ends + ONE_DAY)
        return over if found is None else min(found, over)

    def is_in_force(self, day: date) -> bool:
        """Whether the policy holds on a day."""
        begins, ends = self.policy.valid_from, self.policy.valid_to
        return not (begins is not None and day < begins) and not (ends is not None and day > ends)


class Condition(Rule):
    """A rule that no waiting meets: it holds, or something has to be done."""

    @abstractmethod
    def holds(self, case: Case) -> bool:
        """Whether the contact is as the rule wants it."""

    def first_from(self, case: Case, moment: datetime) -> datetime | None:
        """Now, or never."""
        return moment if self.holds(case) else None

    def values(self, case: Case) -> Values:
        """The channel, which most sentences name."""
        return {"channel": case.contact.channel}
