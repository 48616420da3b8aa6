"""
Whether a contact is allowed, and if not, when it will be (domain.md §4.5).

Every rule moves the moment forward as little as it can, until none moves it any more: that is the
first moment that all of them allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from concilia.dunning.core.contact.cases import Debtor, PastContact, PlannedContact
from concilia.dunning.core.contact.conditions import (
    ConsentRequired,
    ContentLimits,
    DisputedDebt,
    FirstContactChannel,
    FirstContactContent,
    Forbidden,
    OptedOut,
    OptOutRequired,
    Prerecorded,
    ThirdPartyDisclosure,
    Workplace,
)
from concilia.dunning.core.contact.everywhere import EVERYWHERE
from concilia.dunning.core.contact.policy import ContactPolicy
from concilia.dunning.core.contact.rule import Case, Rule
from concilia.dunning.core.contact.terms import Actor, Ban, Channel, DebtorType, Verdict
from concilia.dunning.core.contact.waiting import (
    CoolOff,
    Holidays,
    MaxAttempts,
    MaxConversations,
    MinDaysPastDue,
    Stop,
    Windows,
    WishedHours,
)
from concilia.dunning.core.contact.wording import sentence

# Hours and holidays of a year meet, or never do.
SEARCHED: Final = timedelta(days=370)
FIRST_YEAR, LAST_YEAR = 1990, 2150


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one rule says of a contact; `earliest` is when it alone would allow it."""

    rule: Rule
    case: Case
    earliest: datetime | None

    @property
    def verdict(self) -> Verdict:
        """ALLOW or DENY."""
        return Verdict.ALLOW if self.earliest == self.case.at else Verdict.DENY

    def why(self, language: str) -> str:
        """Say it in one sentence of `en it fr es de`."""
        return sentence(self.rule.topic, self.verdict, self.rule.values(self.case), language)


@dataclass(frozen=True, slots=True)
class Decision:
    """
    The answer to a planned contact.

    :param earliest: the first moment at which it is allowed, in UTC: its own if it is allowed; None
        if no waiting helps
    :param rulings: every rule that was asked, in the order of the policies
    """

    allowed: bool
    earliest: datetime | None
    rulings: tuple[Ruling, ...]

    @property
    def refusals(self) -> tuple[Ruling, ...]:
        """The rules against it."""
        return tuple(each for each in self.rulings if each.verdict is Verdict.DENY)


Applies = tuple[Channel, DebtorType, Actor, frozenset[str]]


class RuleBook:
    """Policies made ready to be asked, for many contacts; what holds everywhere is always in it."""

    def __init__(self, policies: Iterable[ContactPolicy]) -> None:
        self.policies = (*EVERYWHERE, *policies)
        self._applying: dict[Applies, tuple[tuple[Rule, ...], int]] = {}

    def decide(
        self, contact: PlannedContact, debtor: Debtor, history: Sequence[PastContact]
    ) -> Decision:
        """
        Decide on one contact; the time is the contact's own.

        Linear in the history: what lies further back than the longest limit costs a comparison.

        :raises ValueError: if the time has no zone, or a year outside 1990-2150
        """
        if contact.at.tzinfo is None or not FIRST_YEAR <= contact.at.year <= LAST_YEAR:
            raise ValueError(
                f"{contact.at} is no time with a zone between {FIRST_YEAR} and {LAST_YEAR}"
            )
        rules, days = self._rules((contact.channel, debtor.type, contact.actor, debtor.countries))
        case = Case.of(contact, debtor, history, days=days)
        today = case.day_of(case.at)
        rulings = tuple(
            Ruling(rule, case, rule.allowed_from(case, case.at))
            for rule in rules
            if rule.is_in_force(today)
        )
        return Decision(
            allowed=all(each.earliest == case.at for each in rulings),
            earliest=_earliest(rules, case, rulings),
            rulings=rulings,
        )

    def _rules(self, applies: Applies) -> tuple[tuple[Rule, ...], int]:
        if applies not in self._applying:
            chosen = [policy for policy in self.policies if _is_for(policy, applies)]
            rules = tuple(rule for policy in chosen for rule in rules_of(policy))
            days = max((policy.longest_days for policy in chosen), default=0)
            self._applying[applies] = rules, days
        return self._applying[applies]


def decide(
    policies: Iterable[ContactPolicy],
    contact: PlannedContact,
    debtor: Debtor,
    history: Sequence[PastContact],
) -> Decision:
    """Decide on one contact under these policies and what holds everywhere (`RuleBook.decide`)."""
    return RuleBook(policies).decide(contact, debtor, history)


def rules_of(policy: ContactPolicy) -> Iterator[Rule]:
    """Yield a rule for each key by which a policy says something."""
    yield from _waiting(policy)
    yield from _conditions(policy)


def _waiting(policy: ContactPolicy) -> Iterator[Rule]:
    if policy.windows is not None:
        yield Windows(policy, policy.windows)
    if policy.wished_hours:
        yield WishedHours(policy)
    if policy.no_holidays or policy.days_off:
        yield Holidays(policy)
    yield from (MaxAttempts(policy, cap) for cap in policy.max_attempts)
    yield from (MaxConversations(policy, cap) for cap in policy.max_conversations)
    if policy.cool_off_days is not None:
        yield CoolOff(policy, policy.cool_off_days)
    if policy.min_days_past_due is not None:
        yield MinDaysPastDue(policy, policy.min_days_past_due)
    yield from (Stop(policy, flag, days) for flag, days in policy.stops.items())


def _conditions(policy: ContactPolicy) -> Iterator[Rule]:
    says: list[tuple[bool, type[Rule]]] = [
        (policy.forbidden, Forbidden),
        (policy.opted_out, OptedOut),
        (policy.consent_required, ConsentRequired),
        (policy.opt_out_required, OptOutRequired),
        (policy.prerecorded is not Ban.ALLOW, Prerecorded),
        (policy.third_parties is not Ban.ALLOW, ThirdPartyDisclosure),
        (policy.workplace is not Ban.ALLOW, Workplace),
        (policy.disputed is not Ban.ALLOW, DisputedDebt),
        (policy.first_channels is not None, FirstContactChannel),
        (bool(policy.first_content), FirstContactContent),
    ]
    yield from (rule(policy) for is_said, rule in says if is_said)
    yield from (ContentLimits(policy, limit) for limit in policy.content_limits)


def _is_for(policy: ContactPolicy, applies: Applies) -> bool:
    channel, debtor_type, actor, countries = applies
    return (
        channel in policy.channels
        and debtor_type in policy.debtor_types
        and actor in policy.actors
        and (policy.jurisdiction is None or not countries or policy.jurisdiction in countries)
    )


def _earliest(rules: Sequence[Rule], case: Case, rulings: Sequence[Ruling]) -> datetime | None:
    """Move the moment until no rule moves it; give up a year after the last wait has ended."""
    if any(each.earliest is None for each in rulings):
        return None
    moment, last = case.at, case.at + SEARCHED
    moved = any(each.earliest != case.at for each in rulings)
    while moved and moment <= last:
        moved = False
        for rule in rules:
            found = rule.allowed_from(case, moment)
            if found is None:
                return None
            if found > moment:
                moment, moved = found, True
                last = last if rule.recurs else moment + SEARCHED
    return None if moved else moment.astimezone(UTC)
