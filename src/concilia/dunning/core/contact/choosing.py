"""Which policies a contact is decided under: those of packs, and a company's own beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concilia.dunning.core.contact.packs import pack
from concilia.dunning.core.contact.policy import ContactPolicy, PolicyRefused, combine
from concilia.dunning.core.contact.terms import DebtorType


@dataclass(frozen=True, slots=True)
class Chosen:
    """
    The policies, and what the names of the packs say of the debtor.

    :param countries: of the packs; empty if none is named
    :param debtor_type: None if no name says it
    """

    policies: tuple[ContactPolicy, ...]
    countries: tuple[str, ...]
    debtor_type: DebtorType | None


def choose(packs: Sequence[str], own: Sequence[ContactPolicy]) -> Chosen:
    """
    Put packs and a company's own policies together.

    :raises PackUnknown: for a name that is none
    :raises PolicyRefused: if an own policy would loosen one of a pack, or two names disagree on
        who owes
    """
    found = [pack(name) for name in dict.fromkeys(packs)]
    kinds = {kind for _, kind in found if kind is not None}
    if len(kinds) > 1:
        raise PolicyRefused("the packs are for different debtors: choose B2C or B2B")
    # A pack may be named twice, as IT and as IT-B2C: its rows count once.
    law = {policy.id: policy for policies, _ in found for policy in policies}
    countries = dict.fromkeys(
        policy.jurisdiction for policy in law.values() if policy.jurisdiction is not None
    )
    return Chosen(
        policies=tuple(combine(law.values(), own)),
        countries=tuple(countries),
        debtor_type=next(iter(kinds), None),
    )


def why_not_for(chosen: Chosen, countries: frozenset[str]) -> str | None:
    """Say in a sentence which pack is for another country than the debtor's; None if none is."""
    others = [country for country in chosen.countries if country not in countries]
    if not others:
        return None
    return (
        f"the pack of {others[0]} is not for a debtor in {', '.join(sorted(countries))}: choose"
        " another pack, or add the country to the debtor's"
    )
