"""The contact policy asked for many customers: what is alike is decided once (domain.md §4.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from concilia.dunning.core.contact.cases import (
    Debt,
    Debtor,
    PastContact,
    PlannedContact,
    TimeZoneMissing,
    zones_of,
)
from concilia.dunning.core.contact.content import IN_FULL
from concilia.dunning.core.contact.deciding import Decision, RuleBook
from concilia.dunning.core.contact.packs import law_of
from concilia.dunning.core.contact.policy import ContactPolicy, combine
from concilia.dunning.core.contact.terms import (
    Channel,
    Content,
    DebtorType,
    Direction,
    Disputed,
    Outcome,
    Purpose,
)
from concilia.dunning.core.contact.wishes import NO_WISHES, Wishes, flags_of
from concilia.kernel.holidays import CalendarUnknown, country_code

VERSION: Final = "contact-policy-1"
# What waits for hours and holidays goes as soon as they allow, if that is no longer than this.
WAITS_MAX: Final = timedelta(days=4)

Motives = tuple[tuple[str, date, date | None], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A past contact by its day: limits count days."""

    on: date
    channel: Channel
    direction: Direction = Direction.OUT
    outcome: Outcome = Outcome.SENT


@dataclass(frozen=True, slots=True)
class Answer:
    """
    Whether a contact may be made.

    :param waits: not now, for the hours; at `earliest`, which is soon
    :param rule: the first rule against it; empty if nobody knows where the debtor's clock stands
    """

    allowed: bool
    waits: bool = False
    earliest: datetime | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """
    A contact about to be made, as far as the policy asks.

    :param motives: reasons in force: code, since when, and the last day
    :param is_legal: a notice that the law requires
    :param wishes: what they and people said about contacts
    :param content: what it says of the debt
    """

    channel: Channel
    country: str
    is_business: bool
    at: datetime
    motives: Motives = ()
    is_disputed: bool = False
    is_legal: bool = False
    past: tuple[Asked, ...] = ()
    wishes: Wishes = NO_WISHES
    content: frozenset[Content] = IN_FULL


Book = tuple[RuleBook, tuple[ZoneInfo, ...]]


class ContactDesk:
    """
    Asks the contact policy for one customer after the other.

    Every past contact counts as one about every debt, with everybody there: rather one contact too
    few. So like customers get the same answer, and it is kept.

    :param own: the company's own policies, beside the packs of each country
    """

    def __init__(self, own: Iterable[ContactPolicy] = ()) -> None:
        self._own = tuple(own)
        self._books: dict[tuple[str, str], Book | None] = {}
        self._known: dict[Wanted, Answer] = {}

    def ask(self, wanted: Wanted) -> Answer:
        """Return whether this may be done at its moment."""
        known = self._known.get(wanted)
        if known is None:
            book = self._book(wanted.country, wanted.wishes.zone)
            known = Answer(allowed=False) if book is None else _decided(wanted, book)
            self._known[wanted] = known
        return known

    def _book(self, country: str, zone: str) -> Book | None:
        key = country, zone
        if key not in self._books:
            try:
                zones = (ZoneInfo(zone),) if zone else zones_of(country)
                code = country_code(country)
            except (TimeZoneMissing, CalendarUnknown):
                self._books[key] = None
            else:
                self._books[key] = RuleBook(combine(law_of(code), self._own)), zones
        return self._books[key]


def _decided(wanted: Wanted, book: Book) -> Answer:
    rules, zones = book
    planned = PlannedContact(
        channel=wanted.channel,
        at=wanted.at,
        purpose=Purpose.LEGAL_NOTICE if wanted.is_legal else Purpose.COLLECT,
        debts=(Debt("all", Disputed.PART if wanted.is_disputed else Disputed.NONE),),
        content=wanted.content,
    )
    debtor = Debtor(
        type=DebtorType.COMPANY if wanted.is_business else DebtorType.CONSUMER,
        zones=zones,
        countries=frozenset({country_code(wanted.country)}),
        opted_out=wanted.wishes.opted_out,
        consents=wanted.wishes.consents,
        details_agreed=wanted.wishes.details_agreed,
        flags=flags_of(wanted.wishes, wanted.motives),
    )
    history = [_past(one, zones[0]) for one in wanted.past]
    return _answer(rules.decide(planned, debtor, history), planned)


def _past(one: Asked, zone: ZoneInfo) -> PastContact:
    noon = datetime.combine(one.on, time(12), zone)
    return PastContact(noon, one.channel, one.direction, one.outcome)


def _answer(decision: Decision, planned: PlannedContact) -> Answer:
    if decision.allowed:
        return Answer(allowed=True)
    against = decision.refusals
    waits = (
        decision.earliest is not None
        and all(ruling.rule.recurs for ruling in against)
        and decision.earliest - planned.at <= WAITS_MAX
    )
    rule = against[0].rule.id
    return Answer(allowed=False, waits=waits, earliest=decision.earliest, rule=rule)
