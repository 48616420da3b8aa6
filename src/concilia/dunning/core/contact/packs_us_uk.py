"""
Contact rules of the United Kingdom and the United States (domain.md §4.5, as of November 2026).

Regulation F binds those who collect consumers' debts for others. For creditors the same limits are
a default of this product.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from concilia.dunning.core.contact.everywhere import PERSONS
from concilia.dunning.core.contact.hours import business_hours, week
from concilia.dunning.core.contact.policy import Cap, ContactPolicy
from concilia.dunning.core.contact.terms import (
    ELECTRONIC,
    Actor,
    Ban,
    Channel,
    ContentLimit,
    DebtorType,
    Flag,
    Per,
    Strength,
)

CONSUMER: Final = frozenset({DebtorType.CONSUMER})
CALLS: Final = frozenset({Channel.CALL, Channel.IVR})
SPOKEN: Final = CALLS | {Channel.VISIT}
SOUNDING: Final = SPOKEN | {Channel.SMS, Channel.WHATSAPP, Channel.PUSH}
CHECKED: Final = date(2026, 11, 21)
REG_F: Final = date(2021, 11, 30)

UNITED_KINGDOM: Final = (
    ContactPolicy(
        id="UK-CONC",
        source="FCA CONC 7.9: no disclosure, no embarrassment, reasonable requests on where",
        strength=Strength.LAW,
        valid_from=date(2014, 4, 1),
        checked_on=CHECKED,
        jurisdiction="GB",
        debtor_types=PERSONS,
        third_parties=Ban.FORBID,
        workplace=Ban.IF_PROVIDED,
    ),
    ContactPolicy(
        id="UK-CONC-ADVISER",
        source="FCA CONC 7.3.11: pursuit is suspended, for about 30 days, when a debt adviser"
        " helps",
        strength=Strength.LAW,
        valid_from=date(2014, 4, 1),
        checked_on=CHECKED,
        jurisdiction="GB",
        debtor_types=PERSONS,
        stops={Flag.DEBT_ADVISER: 30},
    ),
    ContactPolicy(
        id="UK-CONC-DISPUTE",
        source="FCA CONC 7.14.1: recovery is suspended on valid or possibly valid grounds",
        strength=Strength.LAW,
        valid_from=date(2014, 4, 1),
        checked_on=CHECKED,
        jurisdiction="GB",
        debtor_types=PERSONS,
        disputed=Ban.DISPUTED_PART,
    ),
    ContactPolicy(
        id="UK-BREATHING-SPACE",
        source="SI 2020/1311, Debt Respite Scheme: 60 days without demands",
        strength=Strength.LAW,
        valid_from=date(2021, 5, 4),
        checked_on=CHECKED,
        jurisdiction="GB",
        debtor_types=PERSONS,
        stops={Flag.BREATHING_SPACE: 60},
    ),
    ContactPolicy(
        id="UK-HOURS",
        source="product default: CONC 7.9 forbids unreasonable times and names none",
        strength=Strength.COMPANY,
        checked_on=CHECKED,
        jurisdiction="GB",
        debtor_types=CONSUMER,
        channels=SOUNDING,
        windows=week({"MON..FRI": ["08:00-20:00"], "SAT": ["09:00-17:00"]}),
        no_holidays=True,
        calendar="UK",
        max_attempts=(Cap(3, 1),),
        max_conversations=(Cap(1, 1),),
    ),
    *business_hours("UK", CHECKED),
)

_AGENCY_LAW: Final = (
    ContactPolicy(
        id="US-REG-F",
        source="12 CFR 1006.14(b)(2): seven calls in seven days for one debt, none within seven"
        " days of a conversation about it",
        strength=Strength.LAW,
        valid_from=REG_F,
        checked_on=CHECKED,
        jurisdiction="US",
        debtor_types=CONSUMER,
        channels=CALLS,
        max_attempts=(Cap(7, 7, Per.DEBT_PERSON),),
        cool_off_days=7,
        on_request=True,
    ),
    ContactPolicy(
        id="US-REG-F-TIMES",
        source="12 CFR 1006.6(b)(1): after 8 a.m. and before 9 p.m. at the consumer's location",
        strength=Strength.LAW,
        valid_from=REG_F,
        checked_on=CHECKED,
        jurisdiction="US",
        debtor_types=CONSUMER,
        channels=SOUNDING | {Channel.EMAIL},
        windows=week({"MON..SUN": ["08:00-21:00"]}),
    ),
    ContactPolicy(
        id="US-REG-F-ELECTRONIC",
        source="12 CFR 1006.6(e): each electronic message says how to opt out",
        strength=Strength.LAW,
        valid_from=REG_F,
        checked_on=CHECKED,
        jurisdiction="US",
        debtor_types=CONSUMER,
        channels=ELECTRONIC,
        opt_out_required=True,
    ),
    ContactPolicy(
        id="US-REG-F-WORK",
        source="12 CFR 1006.6(b)(3), 1006.22(f)(3): the place and the e-mail of work",
        strength=Strength.LAW,
        valid_from=REG_F,
        checked_on=CHECKED,
        jurisdiction="US",
        debtor_types=CONSUMER,
        workplace=Ban.IF_PROVIDED,
    ),
    ContactPolicy(
        id="US-REG-F-VOICEMAIL",
        source="12 CFR 1006.2(j), 1006.6(d): limited-content message",
        strength=Strength.LAW,
        valid_from=REG_F,
        checked_on=CHECKED,
        jurisdiction="US",
        debtor_types=CONSUMER,
        channels=CALLS,
        content_limits=(ContentLimit.LIMITED_CONTENT,),
    ),
    ContactPolicy(
        id="US-REG-F-STOPS",
        source="12 CFR 1006.6(b)(2) lawyer, 1006.6(c) cease, 1006.6(a)(4) deceased",
        strength=Strength.LAW,
        valid_from=REG_F,
        checked_on=CHECKED,
        jurisdiction="US",
        debtor_types=CONSUMER,
        third_parties=Ban.FORBID,
        stops={Flag.REPRESENTED: None, Flag.CEASE: None, Flag.DECEASED: None},
    ),
    ContactPolicy(
        id="US-REG-F-DISPUTE",
        source="12 CFR 1006.38: collection ceases until a disputed debt is verified",
        strength=Strength.LAW,
        valid_from=REG_F,
        checked_on=CHECKED,
        jurisdiction="US",
        debtor_types=CONSUMER,
        disputed=Ban.FORBID,
    ),
)


def _for_creditors(policy: ContactPolicy) -> ContactPolicy:
    """The same limits as a company's own, for whom the regulation does not bind."""
    return replace(
        policy,
        id=policy.id.replace("US-REG-F", "US-OWN-DEBTS"),
        source=f"product default for own debts, after {policy.source}",
        strength=Strength.COMPANY,
        valid_from=None,
        actors=frozenset({Actor.CREDITOR}),
    )


UNITED_STATES: Final = (
    *(replace(policy, actors=frozenset({Actor.AGENCY})) for policy in _AGENCY_LAW),
    *(_for_creditors(policy) for policy in _AGENCY_LAW),
    ContactPolicy(
        id="US-TCPA",
        source="47 CFR 64.1200(a), (b): recorded and artificial voices need consent",
        strength=Strength.LAW,
        valid_from=date(2013, 10, 16),
        checked_on=CHECKED,
        jurisdiction="US",
        debtor_types=PERSONS,
        channels=CALLS,
        prerecorded=Ban.IF_CONSENTED,
    ),
    ContactPolicy(
        id="US-BANKRUPTCY",
        source="11 USC 362, 524: the automatic stay and the discharge",
        strength=Strength.LAW,
        valid_from=date(1979, 10, 1),
        checked_on=CHECKED,
        jurisdiction="US",
        stops={Flag.INSOLVENT: None},
    ),
    *business_hours("US", CHECKED),
)
