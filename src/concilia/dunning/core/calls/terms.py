"""The parts of a call flow: say, ask for digits, branch, act, hand over, end (domain.md §3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

REPEATS_MAX: Final = 3
TURNS_MAX: Final = 40  # who is asked more often than that is spoken to by a person
DIGITS_MAX: Final = 20
NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Fact(StrEnum):
    """What a flow may branch on: true or not of this call."""

    OUTBOUND = "OUTBOUND"
    MACHINE = "MACHINE"
    OWES = "OWES"
    PERSON_NOW = "PERSON_NOW"  # somebody takes calls at this hour, and at which number is known


class Deed(StrEnum):
    """What the program does during a call."""

    IDENTIFY = "IDENTIFY"
    SEND_LINK = "SEND_LINK"
    OFFER_DATES = "OFFER_DATES"
    PROMISE = "PROMISE"
    OFFER_PLAN = "OFFER_PLAN"
    SAY_WHY = "SAY_WHY"
    CALL_BACK = "CALL_BACK"
    OPT_OUT = "OPT_OUT"
    WRONG_PERSON = "WRONG_PERSON"


# What each can come to; a flow has a way on from all of it.
OUTCOMES: Final[Mapping[Deed, frozenset[str]]] = MappingProxyType(
    {
        Deed.IDENTIFY: frozenset({"ok", "wrong", "too_often"}),
        Deed.SEND_LINK: frozenset({"sent", "not_sent"}),
        Deed.OFFER_DATES: frozenset({"dates", "none"}),
        Deed.PROMISE: frozenset({"kept", "refused"}),
        Deed.OFFER_PLAN: frozenset({"sent", "asked"}),
        Deed.SAY_WHY: frozenset({"noted", "disputed"}),
        Deed.CALL_BACK: frozenset({"asked"}),
        Deed.OPT_OUT: frozenset({"done"}),
        Deed.WRONG_PERSON: frozenset({"noted"}),
    }
)
# What tells of a debt, or changes something: only once somebody has shown who they are.
NEEDS_IDENTITY: Final = frozenset(
    {Deed.SEND_LINK, Deed.OFFER_DATES, Deed.PROMISE, Deed.OFFER_PLAN, Deed.SAY_WHY}
)


@dataclass(frozen=True, slots=True)
class Say:
    """
    Something is said, and on it goes.

    :param text: the key of its words
    :param tells: it says something of the debt
    """

    text: str
    then: str
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """
    Something is said and keys are waited for.

    :param choices: where each key leads; none: up to `digits` of any, ended by #, lead to `then`
    :param keep: under which name what was pressed is kept
    :param otherwise: where it goes after `repeats` times of silence or a key that is none
    """

    text: str
    otherwise: str
    choices: Mapping[str, str] = field(default_factory=lambda: NONE)
    then: str = ""
    digits: int = 1
    keep: str = ""
    repeats: int = 2
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """On it goes one way or the other."""

    on: Fact
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Do:
    """The program does something; each outcome has its way."""

    deed: Deed
    ways: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hand:
    """The call is put through to a person: `taken` once they spoke, `then` if nobody took it."""

    text: str
    then: str
    taken: str


@dataclass(frozen=True, slots=True)
class End:
    """The last words."""

    text: str


Node = Say | Ask | Branch | Do | Hand | End


@dataclass(frozen=True, slots=True)
class Flow:
    """
    A call from its first word to its last.

    :param rescue: where it goes when somebody went round too often
    """

    name: str
    start: str
    rescue: str
    nodes: Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class Line:
    """Where a call stands: its node, what was kept of it, and how often it was asked there."""

    node: str
    kept: Mapping[str, str] = field(default_factory=lambda: NONE)
    asked: int = 0
    turns: int = 0


def ways_of(node: Node) -> tuple[str, ...]:
    """Return every node to which one leads."""
    found: tuple[str, ...] = ()
    match node:
        case Ask():
            then = (node.then,) if node.then else ()
            found = (*node.choices.values(), *then, node.otherwise)
        case Branch():
            found = (node.yes, node.no)
        case Do():
            found = tuple(node.ways.values())
        case Hand():
            found = (node.then, node.taken)
        case Say():
            found = (node.then,)
        case End():
            pass
    return found
