"""
Contact rules of Italy, France, Spain and Germany (domain.md §4.5, as of November 2026).

Rows of strength COMPANY are defaults of this product where no source gives a number.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from concilia.dunning.core.contact.everywhere import PERSONS
from concilia.dunning.core.contact.hours import business_hours, week
from concilia.dunning.core.contact.policy import Cap, ContactPolicy
from concilia.dunning.core.contact.terms import (
    Actor,
    Ban,
    Channel,
    Content,
    ContentLimit,
    DebtorType,
    Strength,
)

CONSUMER: Final = frozenset({DebtorType.CONSUMER})
AGENCY: Final = frozenset({Actor.AGENCY})
# Somebody rings or stands at the door; a device sounds.
SPOKEN: Final = frozenset({Channel.CALL, Channel.IVR, Channel.VISIT})
SOUNDING: Final = frozenset({Channel.SMS, Channel.WHATSAPP, Channel.PUSH})
DAILY_AND_WEEKLY: Final = (Cap(1, 1), Cap(3, 7))
# The day on which the sources were looked at, and our own defaults set.
CHECKED: Final = date(2026, 11, 21)

_ITALIAN_HOURS: Final = week({"MON..FRI": ["08:30-21:00"], "SAT": ["08:30-15:00"]})
_UNIREC: Final = (
    "UNIREC and consumer associations, code of conduct for fair collection (numbers of 2017; those"
    " of 2025 are not verified)"
)

ITALY: Final = (
    ContactPolicy(
        id="IT-UNIREC",
        source=_UNIREC,
        strength=Strength.CODE,
        valid_from=date(2017, 1, 1),
        checked_on=CHECKED,
        jurisdiction="IT",
        debtor_types=CONSUMER,
        channels=SPOKEN,
        windows=_ITALIAN_HOURS,
        no_holidays=True,
        calendar="IT",
        max_conversations=DAILY_AND_WEEKLY,
    ),
    ContactPolicy(
        id="IT-UNIREC-VISIT",
        source=f"{_UNIREC}: visits from about the fourth month",
        strength=Strength.CODE,
        valid_from=date(2017, 1, 1),
        checked_on=CHECKED,
        jurisdiction="IT",
        debtor_types=CONSUMER,
        channels=frozenset({Channel.VISIT}),
        min_days_past_due=90,
    ),
    ContactPolicy(
        id="IT-UNIREC-DETAILS",
        source=f"{_UNIREC}: details of the debt by e-mail and SMS only if agreed",
        strength=Strength.CODE,
        valid_from=date(2017, 1, 1),
        checked_on=CHECKED,
        jurisdiction="IT",
        debtor_types=CONSUMER,
        channels=frozenset({Channel.SMS, Channel.EMAIL, Channel.WHATSAPP}),
        content_limits=(ContentLimit.NO_AMOUNT,),
    ),
    ContactPolicy(
        id="IT-GARANTE",
        source="Garante per la protezione dei dati personali, 30 November 2005 (doc. web 1213644)"
        " and vademecum 2016",
        strength=Strength.LAW,
        valid_from=date(2005, 11, 30),
        checked_on=CHECKED,
        jurisdiction="IT",
        debtor_types=PERSONS,
        prerecorded=Ban.FORBID,
        third_parties=Ban.FORBID,
        workplace=Ban.IF_PROVIDED,
    ),
    ContactPolicy(
        id="IT-MESSAGES",
        source="product default: messages in the hours of the UNIREC code",
        strength=Strength.COMPANY,
        checked_on=CHECKED,
        jurisdiction="IT",
        debtor_types=CONSUMER,
        channels=SOUNDING,
        windows=_ITALIAN_HOURS,
        no_holidays=True,
        calendar="IT",
    ),
    *business_hours("IT", CHECKED),
)


def _default_hours(country: str, hours: dict[str, list[str]], why: str) -> ContactPolicy:
    return ContactPolicy(
        id=f"{country}-HOURS",
        source=why,
        strength=Strength.COMPANY,
        checked_on=CHECKED,
        jurisdiction=country,
        debtor_types=CONSUMER,
        channels=SPOKEN | SOUNDING,
        windows=week(hours),
        no_holidays=True,
        calendar=country,
        max_conversations=DAILY_AND_WEEKLY,
    )


FRANCE: Final = (
    ContactPolicy(
        id="FR-CPCE",
        source="Code des procédures civiles d'exécution R124-1 to R124-7: the first contact is a"
        " letter with identity, basis, amounts and the text of L111-8",
        strength=Strength.LAW,
        valid_from=date(2012, 6, 1),
        checked_on=CHECKED,
        jurisdiction="FR",
        actors=AGENCY,
        first_channels=frozenset({Channel.LETTER}),
        first_content=frozenset({Content.STATUTORY_INFORMATION}),
    ),
    _default_hours(
        "FR",
        {"MON..SAT": ["08:00-20:00"]},
        "product default; accord of ASF and consumer associations: contacts reduced to strict need",
    ),
    *business_hours("FR", CHECKED),
)

SPAIN: Final = (
    _default_hours(
        "ES",
        {"MON..FRI": ["09:00-21:00"]},
        "product default: prudential hours, no law sets any",
    ),
    ContactPolicy(
        id="ES-WORK",
        source="product default: no contact with employer or family",
        strength=Strength.COMPANY,
        checked_on=CHECKED,
        jurisdiction="ES",
        debtor_types=CONSUMER,
        workplace=Ban.IF_PROVIDED,
    ),
    *business_hours("ES", CHECKED),
)

GERMANY: Final = (
    ContactPolicy(
        id="DE-RDG",
        source="§ 13a RDG: information with the first demand to a private person",
        strength=Strength.LAW,
        valid_from=date(2021, 10, 1),
        checked_on=CHECKED,
        jurisdiction="DE",
        debtor_types=CONSUMER,
        actors=AGENCY,
        first_content=frozenset({Content.STATUTORY_INFORMATION}),
    ),
    _default_hours("DE", {"MON..SAT": ["08:00-20:00"]}, "product default: no law sets hours"),
    *business_hours("DE", CHECKED),
)
