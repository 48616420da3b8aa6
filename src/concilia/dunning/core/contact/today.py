"""What may be said to a customer now, and by which way: the contact policy asked way by way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from concilia.dunning.core.contact.cases import (
    Debt,
    Debtor,
    PastContact,
    PlannedContact,
    Raised,
    TimeZoneMissing,
    zones_of,
)
from concilia.dunning.core.contact.content import content_of
from concilia.dunning.core.contact.deciding import Decision, RuleBook, Ruling
from concilia.dunning.core.contact.packs import code_of, law_of
from concilia.dunning.core.contact.terms import (
    Channel,
    DebtorType,
    Flag,
)
from concilia.dunning.core.contact.wording_names import Five
from concilia.kernel.holidays import CalendarUnknown

WAYS: Final = (
    Channel.CALL,
    Channel.EMAIL,
    Channel.SMS,
    Channel.WHATSAPP,
    Channel.LETTER,
    Channel.VISIT,
)
# Flags that people raise and lift by hand.
OWN_FLAGS: Final = (
    Flag.REPRESENTED,
    Flag.DEBT_ADVISER,
    Flag.BREATHING_SPACE,
    Flag.CEASE,
    Flag.COMPLAINT,
)
NO_CLOCK: Final = "TIME-ZONE"
NO_ADDRESS: Final = "ADDRESS"
NO_RULE: Final = "NO-RULE"
# An answer that permits is best explained by the hours, then by what is left of a limit.
TELLING: Final = ("windows", "max_attempts", "max_conversations")
_SENTENCES: Final[Mapping[str, Five]] = {
    NO_CLOCK: (
        "Nobody knows where their clock stands: write down their time zone.",
        "Non si sa quale sia il loro fuso orario: va indicato.",
        "On ne connaît pas leur fuseau horaire : indiquez-le.",
        "No se sabe cuál es su huso horario: indíquelo.",
        "Ihre Zeitzone ist nicht bekannt: bitte eintragen.",
    ),
    NO_ADDRESS: (
        "No address or number for this is known.",
        "Non è noto alcun recapito per questa via.",
        "Aucune adresse ni aucun numéro n’est connu pour cela.",
        "No se conoce ninguna dirección ni número para esta vía.",
        "Dafür ist keine Adresse oder Nummer bekannt.",
    ),
    NO_RULE: (
        "No rule limits it.",
        "Nessuna regola lo limita.",
        "Aucune règle ne le limite.",
        "Ninguna regla lo limita.",
        "Keine Regel schränkt das ein.",
    ),
}
_LANGUAGES: Final = ("en", "it", "fr", "es", "de")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """
    All that the policy asks of a customer.

    :param zone: where their clock stands, as somebody wrote it down; empty: the country's
    :param reachable: the ways for which an address or a number is known
    :param debts: what would be asked for
    """

    country: str
    is_business: bool
    zone: str = ""
    reachable: frozenset[Channel] = frozenset(WAYS)
    opted_out: frozenset[Channel] = frozenset()
    consents: frozenset[Channel] = frozenset()
    details_agreed: frozenset[Channel] = frozenset()
    flags: Mapping[Flag, Raised] = field(default_factory=lambda: MappingProxyType({}))
    debts: tuple[Debt, ...] = ()
    past: tuple[PastContact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToday:
    """
    Whether a customer may be contacted this way at a moment.

    :param earliest: from when it may; None if no waiting helps
    :param rule: what says so: the first rule against it, or the most telling one for it
    :param strength: LAW, CODE or COMPANY; empty where no policy speaks
    """

    channel: Channel
    allowed: bool
    earliest: datetime | None
    rule: str
    strength: str = ""
    source: str = ""
    ruling: Ruling | None = None

    def why(self, language: str) -> str:
        """Say it in one sentence of `en it fr es de`."""
        if self.ruling is not None:
            return self.ruling.why(language)
        short = language[:2].lower()
        place = _LANGUAGES.index(short) if short in _LANGUAGES else 0
        return _SENTENCES[self.rule][place]


def ways_today(known: Known, at: datetime) -> tuple[WayToday, ...]:
    """Ask the policy for each way in the order of `WAYS`; linear in the history."""
    return tuple(way_today(known, channel, at) for channel in WAYS)


def way_today(known: Known, channel: Channel, at: datetime) -> WayToday:
    """Ask the policy for one way, as a run would: a contact that asks for money, as it is made."""
    if channel not in known.reachable:
        return WayToday(channel=channel, allowed=False, earliest=None, rule=NO_ADDRESS)
    zones = zones_known(known)
    if not zones:
        return WayToday(channel=channel, allowed=False, earliest=None, rule=NO_CLOCK)
    content = content_of(channel, known.country, is_business=known.is_business)
    planned = PlannedContact(channel=channel, at=at, debts=known.debts, content=content)
    decision = _book(code_of(known.country)).decide(planned, _debtor(known, zones), known.past)
    return _answer(channel, decision)


def zones_known(known: Known) -> tuple[ZoneInfo, ...]:
    """Where their clock stands; empty if nobody knows."""
    if known.zone:
        return (ZoneInfo(known.zone),)
    try:
        return zones_of(known.country)
    except (TimeZoneMissing, CalendarUnknown):
        return ()


@lru_cache(maxsize=64)
def _book(country: str) -> RuleBook:
    """The policies of a country and what holds everywhere."""
    return RuleBook(law_of(country))


def _debtor(known: Known, zones: tuple[ZoneInfo, ...]) -> Debtor:
    return Debtor(
        type=DebtorType.COMPANY if known.is_business else DebtorType.CONSUMER,
        zones=zones,
        countries=frozenset(filter(None, [code_of(known.country)])),
        opted_out=known.opted_out,
        consents=known.consents,
        details_agreed=known.details_agreed,
        flags=known.flags,
    )


def _answer(channel: Channel, decision: Decision) -> WayToday:
    telling = decision.refusals or sorted(
        (each for each in decision.rulings if each.rule.topic in TELLING),
        key=lambda each: TELLING.index(each.rule.topic),
    )
    if not telling:
        return WayToday(channel=channel, allowed=True, earliest=decision.earliest, rule=NO_RULE)
    first = telling[0]
    return WayToday(
        channel=channel,
        allowed=decision.allowed,
        earliest=decision.earliest,
        rule=first.rule.id,
        strength=first.rule.policy.strength,
        source=first.rule.policy.source,
        ruling=first,
    )
