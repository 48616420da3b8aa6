"""What is decided on: a planned contact, the debtor it is for, and what went before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from concilia.dunning.core.contact.policy import Week
from concilia.dunning.core.contact.terms import (
    Actor,
    Channel,
    Content,
    DebtorType,
    Direction,
    Disputed,
    Flag,
    Outcome,
    Purpose,
    Recipient,
)
from concilia.kernel.calendars import TIME_ZONES
from concilia.kernel.holidays import country_code

# Where a country has several clocks and nobody says which: every one of them must agree.
SEVERAL_ZONES: Final[Mapping[str, tuple[str, ...]]] = {
    "ES": ("Europe/Madrid", "Atlantic/Canary"),
}
ZONE_NEEDED: Final = frozenset({"US"})


class TimeZoneMissing(ValueError):
    """Nobody says where the debtor's clock stands."""


@dataclass(frozen=True, slots=True)
class Debt:
    """A debt that a contact is about; without a due date it is never old enough."""

    id: str
    disputed: Disputed = Disputed.NONE
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """Since when a flag is known, and the last day on which it counts, if anybody said so."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Debtor:
    """
    What is known of who owes.

    :param zones: where the debtor may be; a contact must fit all of them
    :param details_agreed: channels by which they agreed to hear details of the debt
    :param recorded_agreed: whether they agreed to a recorded voice
    :param workplace_forbidden: they or their employer said no to contacts at work
    :param windows: hours they asked for
    :param informed: a first contact was made that held what the law wants said
    """

    type: DebtorType
    zones: tuple[ZoneInfo, ...]
    countries: frozenset[str] = frozenset()
    opted_out: frozenset[Channel] = frozenset()
    consents: frozenset[Channel] = frozenset()
    details_agreed: frozenset[Channel] = frozenset()
    recorded_agreed: bool = False
    workplace_forbidden: bool = False
    flags: Mapping[Flag, Raised] = field(default_factory=lambda: MappingProxyType({}))
    windows: Week | None = None
    informed: bool = False

    def __post_init__(self) -> None:
        if not self.zones:
            raise TimeZoneMissing("the debtor's time zone is missing")


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedContact:
    """
    A contact about to be made.

    :param person: who is contacted, where the debtor has several; None: the debtor
    :param prerecorded: a recorded voice speaks and no person
    :param voicemail: a message would be left on a machine
    :param at_work: at the place, by the telephone or the address of their work
    :param address_provided: the debtor gave this address for this
    :param requested_on: the day on which they asked for this contact
    """

    channel: Channel
    at: datetime
    purpose: Purpose = Purpose.COLLECT
    actor: Actor = Actor.CREDITOR
    recipient: Recipient = Recipient.DEBTOR
    person: str | None = None
    debts: tuple[Debt, ...] = ()
    content: frozenset[Content] = frozenset()
    prerecorded: bool = False
    voicemail: bool = False
    at_work: bool = False
    address_provided: bool = False
    requested_on: date | None = None


@dataclass(frozen=True, slots=True)
class PastContact:
    """
    A contact that was made. Nobody named is everybody, no debt named is every debt.

    What lies after the planned contact counts on its own day, like what is planned.
    """

    at: datetime
    channel: Channel
    direction: Direction = Direction.OUT
    outcome: Outcome = Outcome.SENT
    person: str | None = None
    debts: frozenset[str] = frozenset()

    @property
    def is_attempt(self) -> bool:
        """We tried, and it reached a line or a box: what connected to nothing troubled nobody."""
        return self.direction is Direction.OUT and self.outcome is not Outcome.NOT_CONNECTED

    @property
    def is_conversation(self) -> bool:
        """Somebody spoke with somebody, whoever began."""
        return self.outcome is Outcome.CONVERSATION


def zones_of(country: str) -> tuple[ZoneInfo, ...]:
    """
    Return the clocks of a country where nobody says more.

    :raises TimeZoneMissing: where a country has too many
    :raises CalendarUnknown: for a country we do not know
    """
    code = country_code(country)
    if code in ZONE_NEEDED:
        raise TimeZoneMissing(
            f"the debtor's time zone is missing, and {code} has several: name one, like"
            " America/Chicago"
        )
    return tuple(ZoneInfo(name) for name in SEVERAL_ZONES.get(code, (TIME_ZONES[code],)))
