"""What is known of some customers on each day of a backtest, as columns and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from concilia.dunning.core.contact.wishes import NO_WISHES, Wishes
from concilia.dunning.core.strategy.contacts import Contact
from concilia.dunning.core.strategy.placing import NO_NUMBERS, Number
from concilia.dunning.core.strategy.terms import Way

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody does not pay; days as ordinals, 0 for none."""

    code: str
    stops: bool
    holds: bool
    until: int
    said: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """
    Open items in the order of customer, currency, due date; columns are the days.

    :param group: whose, in which currency: the place in `Past.groups`
    :param due: as ordinals
    :param closed: the day on which money closed it for good, as an ordinal; 0 if none did
    :param open: what was open, in minor units; credits are negative
    :param disputed: by claims; `promised`, `planned`, `placed` likewise, before any is cut to fit
    :param reason: its own reason in force, a place in `Past.reasons`; -1 for none
    """

    key: Whole
    group: Whole
    due: Whole
    closed: Whole
    is_deduction: Flags
    open: Whole
    disputed: Whole
    promised: Whole
    planned: Whole
    placed: Whole
    reason: Whole


@dataclass(frozen=True, slots=True)
class Group:
    """
    A customer in one currency.

    :param customer: the place in `Past.people`
    :param first: of its rows in `Items`; `end` is the one after the last
    :param least: for so little nothing is sent, in minor units
    """

    customer: int
    currency: str
    first: int
    end: int
    least: int


@dataclass(frozen=True, slots=True)
class Person:
    """
    A customer: the master data as they are today, the rest as it was.

    :param contacts: contacts that no run of these days made, by the day from which they are known
    :param mail_until: the first day on which no mail reaches them; `no_mails_from`: they said no
    :param team: of who goes on with them; empty for nobody
    :param numbers: whom a short message may go to, by way; `unwanted`: ways all of them refused
    """

    id: int
    country: str
    segment: str
    is_business: bool
    team: str = ""
    mail_until: int = 0
    no_mails_from: int = 0
    contacts: Sequence[tuple[int, Contact]] = ()
    wishes: Wishes = NO_WISHES
    numbers: Mapping[Way, Number] = field(default_factory=lambda: NO_NUMBERS)
    unwanted: frozenset[Way] = frozenset()


@dataclass(frozen=True, slots=True)
class RealTouch:
    """
    A touch that a real run of these days planned, and what became of it.

    :param day: the place of its run among the days; -1 if they are others
    :param on: when it left, as an ordinal; 0 if it did not
    :param why: why it did not leave
    :param contact: what of it counts as a contact
    :param items: what was asked for, by item, in minor units
    """

    customer_id: int
    currency: str
    day: int
    step_day: int
    tone: int
    way: str
    on: int
    minor: int
    why: str = ""
    contact: Contact | None = None
    items: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """The last touch before these days: where the ladder stood."""

    step_day: int
    tone: int
    on: int
    items: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """
    Some customers through the days of a backtest.

    By customer and day: `reason` (a place in `reasons`, -1 for none), `acted` and `broken` (the
    last such day as an ordinal, 0 for none), `noted` (likewise, the last courtesy note), `talk`
    (a plan was not kept, and nobody spoke since), `behaviour` by the names of `segments.Behaviour`.
    By group and day: `waiting`, payments that nobody has assigned.

    :param asked_before: items that were asked for before these days
    """

    people: Sequence[Person]
    groups: Sequence[Group]
    items: Items
    reasons: Sequence[Reason]
    reason: Whole
    acted: Whole
    broken: Whole
    noted: Whole
    talk: NDArray[np.bool_]
    behaviour: Mapping[str, Whole]
    waiting: Whole
    real: Sequence[RealTouch] = ()
    before: Mapping[tuple[int, str], Before] = field(default_factory=dict)
    asked_before: frozenset[int] = frozenset()
