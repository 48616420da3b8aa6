"""Law packs: which policies a name stands for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from concilia.dunning.core.contact.packs_eu import FRANCE, GERMANY, ITALY, SPAIN
from concilia.dunning.core.contact.packs_us_uk import UNITED_KINGDOM, UNITED_STATES
from concilia.dunning.core.contact.policy import ContactPolicy
from concilia.dunning.core.contact.terms import DebtorType
from concilia.kernel.holidays import ALIASES, CalendarUnknown, country_code

PACKS: Final[Mapping[str, tuple[ContactPolicy, ...]]] = MappingProxyType(
    {
        "IT": ITALY,
        "FR": FRANCE,
        "ES": SPAIN,
        "DE": GERMANY,
        "UK": UNITED_KINGDOM,
        "US": UNITED_STATES,
    }
)
# `IT-B2C` is the pack of Italy for a consumer.
_KINDS: Final = {"B2C": DebtorType.CONSUMER, "B2B": DebtorType.COMPANY}
_NAMES: Final = {code: name for name, code in ALIASES.items()}


def law_of(country: str) -> tuple[ContactPolicy, ...]:
    """Return the policies of a country by its ISO code; none where we have no pack."""
    return PACKS.get(_NAMES.get(country, country), ())


def code_of(country: str) -> str:
    """The calendar's name of a country; empty where we have none, and then no pack."""
    try:
        return country_code(country)
    except CalendarUnknown:
        return ""


class PackUnknown(LookupError):
    """There is no law pack of this name."""


def pack(name: str) -> tuple[tuple[ContactPolicy, ...], DebtorType | None]:
    """
    Return the policies of a pack, and the kind of debtor its name says: `IT`, `IT-B2C`, `US-B2B`.

    :raises PackUnknown: for another name
    """
    country, _, kind = name.strip().upper().partition("-")
    policies = PACKS.get(_NAMES.get(country, country))
    if policies is None or (kind and kind not in _KINDS):
        raise PackUnknown(
            f"there is no pack {name[:40]!r}; there are {', '.join(PACKS)}, each also with -B2C or"
            " -B2B"
        )
    return policies, _KINDS.get(kind)
