"""
Whom we may write to about a claim (domain.md §4.5, §4.6, INV-18, INV-19). The strictest rule wins.

An answer about somebody's own claim needs no consent and knows no quiet hours, for it is not read
until they look. But it goes only to an address we know, never to a machine, never round in circles,
and nothing about a complaint leaves without a person (R-2.20).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

POLICY: Final = "claim-mail-1"
SAME_DAY_MAX: Final = 5
ADDRESS_LENGTH_MAX: Final = 254


class Purpose(StrEnum):
    """Why we write."""

    ACKNOWLEDGE = "ACKNOWLEDGE"
    ASK_EVIDENCE = "ASK_EVIDENCE"
    DECISION = "DECISION"
    COLLECT_BACK = "COLLECT_BACK"
    REMIND = "REMIND"
    ASK_REMITTANCE = "ASK_REMITTANCE"
    ASK_THIRD_PARTY = "ASK_THIRD_PARTY"
    ASK_COLLEAGUE = "ASK_COLLEAGUE"
    PERSONAL = "PERSONAL"


class Party(StrEnum):
    """Who an address belongs to, by our own master data."""

    CUSTOMER = "CUSTOMER"
    THIRD_PARTY = "THIRD_PARTY"
    COLLEAGUE = "COLLEAGUE"
    UNKNOWN = "UNKNOWN"


class Stop(StrEnum):
    """A flag that ends every contact until somebody clears it."""

    DECEASED = "DECEASED"
    INSOLVENT = "INSOLVENT"
    STOP = "STOP"


class Why(StrEnum):
    """Why a message is withheld; the key of the sentence people read."""

    NO_ADDRESS = "no_address"
    ADDRESS_WRONG = "address_wrong"
    ADDRESS_UNKNOWN = "address_unknown"
    WRONG_PARTY = "wrong_party"
    OWN_ADDRESS = "own_address"
    NO_REPLY_ADDRESS = "no_reply_address"
    AUTO_REPLY = "auto_reply"
    BOUNCED = "bounced"
    OPTED_OUT = "opted_out"
    CONTACT_STOPPED = "contact_stopped"
    NOBODY_ANSWERS_FOR_IT = "nobody_answers_for_it"
    TOO_MANY_TODAY = "too_many_today"


@dataclass(frozen=True, slots=True)
class Planned:
    """
    A message about to be written, and what we know of its recipient.

    :param person: whether a person wrote, chose or approved it
    :param answers_machine: it would answer an auto-reply, a bounce or a newsletter
    :param opted_out: they asked for no more e-mail, and have not written to us since
    :param sent_today: messages that left for this address today without a person
    """

    address: str
    party: Party
    purpose: Purpose
    person: bool
    own_addresses: frozenset[str] = frozenset()
    answers_machine: bool = False
    opted_out: bool = False
    bounced: bool = False
    sent_today: int = 0
    stops: frozenset[Stop] = frozenset()


@dataclass(frozen=True, slots=True)
class Contact:
    """The policy's answer: allowed, or withheld and why; always with the policy's version."""

    allowed: bool
    policy: str
    why: Why | None = None


_ADDRESS: Final = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_MACHINE: Final = re.compile(
    r"(?:no|not|do[-_.]?not|dont)[-_.]?reply|no[-_.]?responder|non[-_.]?rispondere"
    r"|ne[-_.]?pas[-_.]?repondre|(?:nicht|keine)[-_.]?antwort(?:en)?"
    r"|mailer[-_.]?daemon|postmaster|bounces?|auto[-_.]?(?:reply|mailer)"
)
# An answer, or a request for what only they know, may go out by rule; what hurts needs a person.
_MAY_GO_BY_RULE: Final = frozenset(
    {Purpose.ACKNOWLEDGE, Purpose.ASK_EVIDENCE, Purpose.ASK_REMITTANCE}
    | {Purpose.ASK_THIRD_PARTY, Purpose.ASK_COLLEAGUE}
)
_PARTY_OF: Final[Mapping[Purpose, Party]] = {
    Purpose.ASK_THIRD_PARTY: Party.THIRD_PARTY,
    Purpose.ASK_COLLEAGUE: Party.COLLEAGUE,
}


def may_write(planned: Planned) -> Contact:
    """Decide on one message; the first rule against it is the reason people see."""
    why = next((why for why, applies in _RULES.items() if applies(planned)), None)
    return Contact(why is None, POLICY, why)


def is_machine(address: str) -> bool:
    """Say whether an address is one nobody reads: no-reply, mailer-daemon and their like."""
    local = address.strip().lower().partition("@")[0].partition("+")[0]
    return _MACHINE.fullmatch(local) is not None


def _is_well_formed(address: str) -> bool:
    return len(address) <= ADDRESS_LENGTH_MAX and _ADDRESS.fullmatch(address) is not None


def _is_wrong_party(planned: Planned) -> bool:
    """A customer's matter is not for a carrier to read, nor a colleague's question for anyone."""
    if planned.purpose is Purpose.PERSONAL:
        return False
    return planned.party is not _PARTY_OF.get(planned.purpose, Party.CUSTOMER)


def _is_to_customer(planned: Planned) -> bool:
    return planned.party is Party.CUSTOMER


_RULES: Final[Mapping[Why, Callable[[Planned], bool]]] = {
    Why.NO_ADDRESS: lambda planned: not planned.address.strip(),
    Why.ADDRESS_WRONG: lambda planned: not _is_well_formed(planned.address),
    Why.OWN_ADDRESS: lambda planned: (
        planned.address.lower() in {address.lower() for address in planned.own_addresses}
    ),
    Why.CONTACT_STOPPED: lambda planned: bool(planned.stops) and _is_to_customer(planned),
    Why.ADDRESS_UNKNOWN: lambda planned: planned.party is Party.UNKNOWN,
    Why.WRONG_PARTY: _is_wrong_party,
    Why.NO_REPLY_ADDRESS: lambda planned: is_machine(planned.address),
    Why.AUTO_REPLY: lambda planned: planned.answers_machine and not planned.person,
    Why.BOUNCED: lambda planned: planned.bounced,
    Why.OPTED_OUT: lambda planned: planned.opted_out and _is_to_customer(planned),
    Why.NOBODY_ANSWERS_FOR_IT: lambda planned: (
        not planned.person and planned.purpose not in _MAY_GO_BY_RULE
    ),
    Why.TOO_MANY_TODAY: lambda planned: not planned.person and planned.sent_today >= SAME_DAY_MAX,
}
