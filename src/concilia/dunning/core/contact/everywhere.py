"""What holds for every debtor in every country, whatever else is chosen (domain.md §4.5)."""

from __future__ import annotations

from datetime import date
from typing import Final

from concilia.dunning.core.contact.policy import ContactPolicy
from concilia.dunning.core.contact.terms import Ban, Channel, DebtorType, Flag, Strength

CHECKED: Final = date(2026, 11, 21)

EVERYWHERE: Final = (
    ContactPolicy(
        id="ALL-OWN-WISH",
        source="GDPR art. 21; 12 CFR 1006.14(h); FCA CONC 7.9: channels and hours they refused",
        strength=Strength.LAW,
        checked_on=CHECKED,
        opted_out=True,
        wished_hours=True,
    ),
    ContactPolicy(
        id="ALL-PRIVACY",
        source="GDPR arts. 5(1)(f), 6; 15 USC 1692c(b): nobody else hears of a debt",
        strength=Strength.LAW,
        checked_on=CHECKED,
        third_parties=Ban.FORBID,
    ),
    ContactPolicy(
        id="ALL-NO-PUBLIC",
        source="12 CFR 1006.22(f)(4); house rule E7: never in public",
        strength=Strength.COMPANY,
        checked_on=CHECKED,
        channels=frozenset({Channel.SOCIAL}),
        forbidden=True,
    ),
    ContactPolicy(
        id="ALL-OPT-IN",
        source="terms of the messaging services; house rule: only who agreed is written to there",
        strength=Strength.COMPANY,
        checked_on=CHECKED,
        channels=frozenset({Channel.WHATSAPP, Channel.PUSH}),
        consent_required=True,
    ),
    ContactPolicy(
        id="ALL-STOPS",
        source="insolvency, succession and agency law of each country; house rule: motives NR-12,"
        " NR-13, NR-14, NR-17, NR-20",
        strength=Strength.COMPANY,
        checked_on=CHECKED,
        stops={
            Flag.DECEASED: None,
            Flag.INSOLVENT: None,
            Flag.REPRESENTED: None,
            Flag.DEBT_ADVISER: 30,
            Flag.BREATHING_SPACE: 60,
            Flag.CEASE: None,
            Flag.COMPLAINT: None,
            Flag.VULNERABLE: None,
            Flag.FRAUD: None,
            Flag.WRONG_PERSON: None,
        },
    ),
    ContactPolicy(
        id="ALL-DISPUTES",
        source="house rule R-3.31: what is disputed is not asked for; FCA CONC 7.14; only debts"
        " certain, liquid and due",
        strength=Strength.COMPANY,
        checked_on=CHECKED,
        disputed=Ban.DISPUTED_PART,
    ),
)
PERSONS: Final = frozenset({DebtorType.CONSUMER, DebtorType.SOLE_TRADER})
