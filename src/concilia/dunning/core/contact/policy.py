"""A contact policy: one row of law, of a code, or of a company's own rules (domain.md §4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from concilia.dunning.core.contact.terms import (
    ALL_CHANNELS,
    Actor,
    Ban,
    Channel,
    Content,
    ContentLimit,
    DebtorType,
    Flag,
    Per,
    Strength,
)

MINUTES_OF_A_DAY: Final = 24 * 60

# Minutes of the day from (with it) to (without it); one tuple for each day, Monday first.
Spans = tuple[tuple[int, int], ...]
Week = tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]


class PolicyRefused(ValueError):
    """A policy cannot be so; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `n` within `days` consecutive days, the day of the contact being one of them."""

    n: int
    days: int
    per: Per = Per.PERSON


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactPolicy:
    """
    What one source says about contacts, for some debtors and channels. What is empty is not said.

    Every key that says something becomes one rule or more, named `<id>.<key>`.

    :param jurisdiction: the country whose debtors are meant, ISO 3166; None for all
    :param checked_on: the day on which the source was looked at
    :param valid_from: the first day on which it holds; `valid_to` the last
    :param windows: hours in which a contact may happen, by the debtor's clock
    :param calendar: the country whose holidays count where `no_holidays`; `days_off` are more
    :param stops: what stops contacts, with the days it does from the day it became known; None:
        until somebody lifts it
    :param first_channels: the channels of a first contact, until the debtor was informed
    :param first_content: what a first contact must hold, until the debtor was informed
    :param opted_out: it keeps to what they opted out of; `wished_hours`: and to their hours
    :param on_request: contacts that were asked for within seven days know no caps and no cool-off
    :param replaces: the ids of COMPANY policies whose place it takes
    """

    id: str
    source: str
    strength: Strength
    checked_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    jurisdiction: str | None = None
    debtor_types: frozenset[DebtorType] = frozenset(DebtorType)
    actors: frozenset[Actor] = frozenset(Actor)
    channels: frozenset[Channel] = ALL_CHANNELS
    windows: Week | None = None
    no_holidays: bool = False
    calendar: str | None = None
    days_off: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))
    max_attempts: tuple[Cap, ...] = ()
    max_conversations: tuple[Cap, ...] = ()
    cool_off_days: int | None = None
    consent_required: bool = False
    opt_out_required: bool = False
    content_limits: tuple[ContentLimit, ...] = ()
    prerecorded: Ban = Ban.ALLOW
    third_parties: Ban = Ban.ALLOW
    workplace: Ban = Ban.ALLOW
    disputed: Ban = Ban.ALLOW
    stops: Mapping[Flag, int | None] = field(default_factory=lambda: MappingProxyType({}))
    min_days_past_due: int | None = None
    first_channels: frozenset[Channel] | None = None
    first_content: frozenset[Content] = frozenset()
    forbidden: bool = False
    opted_out: bool = False
    wished_hours: bool = False
    on_request: bool = False
    replaces: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.no_holidays and self.calendar is None:
            raise PolicyRefused(f"policy {self.id} forbids holidays but names no calendar")

    @property
    def longest_days(self) -> int:
        """How many days back it looks into the history."""
        days = [cap.days for cap in self.max_attempts + self.max_conversations]
        return max([*days, self.cool_off_days or 0], default=0)


def combine(law: Iterable[ContactPolicy], own: Iterable[ContactPolicy]) -> list[ContactPolicy]:
    """
    Put a company's own policies beside those of the law.

    :raises PolicyRefused: if one replaces what is unknown or no COMPANY row, or an id is there
        twice
    """
    own, law = list(own), list(law)
    strengths = {policy.id: policy.strength for policy in law}
    replaced = {name for policy in own for name in policy.replaces}
    for name in sorted(replaced):
        if name not in strengths:
            raise PolicyRefused(f"there is no policy {name[:60]!r} to replace")
        if strengths[name] is not Strength.COMPANY:
            raise PolicyRefused(
                f"{name} is of strength {strengths[name]}: a company can only be stricter"
            )
    kept = [policy for policy in law if policy.id not in replaced] + own
    names = [policy.id for policy in kept]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise PolicyRefused(f"there are two policies {twice[0][:60]!r}")
    return kept
