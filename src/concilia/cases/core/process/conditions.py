"""
Conditions on what is known of a case: `reason in ("NC-01", "NC-02") and amount < 500.00`.

A small language, read by a parser of ours: facts, literals, comparisons, `and`, `or`, `not`, lists,
`missing("POD")`. Every fact has a type; comparing a text with an amount is refused when it is
read. What is not known is neither true nor false, and a condition with such a part may be neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from concilia.kernel.reason_words import Evidence
from concilia.kernel.reasons import REASONS

LENGTH_MAX: Final = 500
DEPTH_MAX: Final = 20


class Type(StrEnum):
    """What a fact can be compared with."""

    TEXT = "text"
    AMOUNT = "amount"
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """
    What is known of a case. None, or an empty text, is not known.

    `amount`: in the entity's currency, exact. `missing`: papers that would settle what is open;
    None before the first verdict. `signatures`: how many the matrix asks for. `money`: whether
    anything will be posted.
    """

    reason: str = ""
    amount: Decimal | None = None
    segment: str = ""
    customer: str = ""
    entity: str = ""
    country: str = ""
    verdict: str = ""
    qualified: bool | None = None
    money: bool | None = None
    signatures: int | None = None
    missing: frozenset[str] | None = None


FACTS: Final[Mapping[str, Type]] = MappingProxyType(
    {
        "reason": Type.TEXT,
        "amount": Type.AMOUNT,
        "segment": Type.TEXT,
        "customer": Type.TEXT,
        "entity": Type.TEXT,
        "country": Type.TEXT,
        "verdict": Type.TEXT,
        "qualified": Type.FLAG,
        "money": Type.FLAG,
        "signatures": Type.NUMBER,
    }
)
# Texts of which all possible values are known: a misspelt one would silently never hold.
VALUES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "reason": frozenset(REASONS),
        "verdict": frozenset({"VALID", "PARTLY_VALID", "NOT_VALID", "UNSUPPORTED"}),
    }
)
Value = str | Decimal | bool


class ConditionRefused(ValueError):
    """A condition that cannot be read: what is wrong, as a code, and the part that is."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(f"{code}: {part}")
        self.code = code
        self.part = part


@dataclass(frozen=True, slots=True)
class Compared:
    """A fact against one or more values: `=`, `!=`, `<`, `<=`, `>`, `>=` or `in`."""

    fact: str
    sign: str
    values: tuple[Value, ...]

    def holds(self, facts: Facts) -> bool | None:
        """Whether it is so; None if the fact is not known."""
        known = getattr(facts, self.fact)
        if known is None or known == "":
            return None
        return SIGNS[self.sign](known, self.values)


@dataclass(frozen=True, slots=True)
class Flag:
    """A fact that is true or not."""

    fact: str

    def holds(self, facts: Facts) -> bool | None:
        """Whether it is so; None if it is not known."""
        known: bool | None = getattr(facts, self.fact)
        return known


@dataclass(frozen=True, slots=True)
class Missing:
    """A paper that would settle what is open, and which nobody has."""

    evidence: str

    def holds(self, facts: Facts) -> bool | None:
        """Whether it is missing; None before the first verdict."""
        return None if facts.missing is None else self.evidence in facts.missing


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    part: Condition

    def holds(self, facts: Facts) -> bool | None:
        """The contrary of what is known; None if nothing is."""
        known = self.part.holds(facts)
        return None if known is None else not known


@dataclass(frozen=True, slots=True)
class Both:
    """All parts (`and`)."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool | None:
        """False as soon as one is; None if that is not known."""
        known = [part.holds(facts) for part in self.parts]
        if False in known:
            return False
        return None if None in known else True


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part (`or`)."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool | None:
        """True as soon as one is; None if that is not known."""
        known = [part.holds(facts) for part in self.parts]
        if True in known:
            return True
        return None if None in known else False


Condition = Compared | Flag | Missing | Not | Both | Either

SIGNS: Final[Mapping[str, Callable[..., bool]]] = MappingProxyType(
    {
        "=": lambda known, values: bool(known == values[0]),
        "!=": lambda known, values: bool(known != values[0]),
        "<": lambda known, values: bool(known < values[0]),
        "<=": lambda known, values: bool(known <= values[0]),
        ">": lambda known, values: bool(known > values[0]),
        ">=": lambda known, values: bool(known >= values[0]),
        "in": lambda known, values: known in values,
    }
)
ORDERED: Final = frozenset({"<", "<=", ">", ">="})
_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<word>[a-z][a-z-]*)|(?P<text>"[^"\n]{0,80}")|(?P<number>\d{1,15}(?:\.\d{1,4})?)"""
    r"""|(?P<sign>!=|<=|>=|[=<>(),]))""",
)
_WORDS: Final = frozenset({"and", "or", "not", "in", "missing"})


def read_condition(text: str) -> Condition:
    """
    Read a condition.

    :raises ConditionRefused: with a code and the part that cannot be read
    """
    if len(text) > LENGTH_MAX:
        raise ConditionRefused("condition_too_long")
    reader = _Reader(_tokens(text))
    condition = reader.either(0)
    if reader.ahead:
        raise ConditionRefused("condition_goes_on", reader.ahead)
    return condition


def write_condition(condition: Condition) -> str:
    """Write a condition as `read_condition` reads it."""
    if isinstance(condition, Both | Either):
        word = " and " if isinstance(condition, Both) else " or "
        return word.join(_inner(part) for part in condition.parts)
    if isinstance(condition, Not):
        return f"not {_inner(condition.part)}"
    return _leaf(condition)


def _leaf(condition: Compared | Flag | Missing) -> str:
    if isinstance(condition, Flag):
        return condition.fact
    if isinstance(condition, Missing):
        return f'missing("{condition.evidence}")'
    if condition.sign == "in":
        return f"{condition.fact} in ({', '.join(map(_written, condition.values))})"
    return f"{condition.fact} {condition.sign} {_written(condition.values[0])}"


def _inner(condition: Condition) -> str:
    written = write_condition(condition)
    return f"({written})" if isinstance(condition, Both | Either) else written


def _written(value: Value) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise ConditionRefused("condition_sign", text[at:].strip()[:20])
        found.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    return found


@dataclass(slots=True)
class _Reader:
    """Reads tokens from the left, by recursive descent; depth is limited."""

    tokens: list[tuple[str, str]]
    at: int = field(default=0)

    @property
    def ahead(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> bool:
        """Go on if the next token is one of these."""
        is_text = self.at < len(self.tokens) and self.tokens[self.at][0] == "text"
        if self.ahead not in wanted or is_text:
            return False
        self.at += 1
        return True

    def next(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise ConditionRefused("condition_ends")
        self.at += 1
        return self.tokens[self.at - 1]

    def need(self, sign: str) -> None:
        if not self.take(sign):
            raise ConditionRefused("condition_needs", sign)

    def either(self, depth: int) -> Condition:
        parts = [self.both(depth)]
        while self.take("or"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self, depth: int) -> Condition:
        parts = [self.single(depth)]
        while self.take("and"):
            parts.append(self.single(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def single(self, depth: int) -> Condition:
        if depth >= DEPTH_MAX:
            raise ConditionRefused("condition_too_deep")
        if self.take("not"):
            return Not(self.single(depth + 1))
        if self.take("("):
            inner = self.either(depth + 1)
            self.need(")")
            return inner
        if self.take("missing"):
            return self.missing()
        return self.compared()

    def missing(self) -> Missing:
        self.need("(")
        kind, code = self.next()
        code = code.strip('"')
        if kind != "text" or code not in set(Evidence):
            raise ConditionRefused("evidence_unknown", code)
        self.need(")")
        return Missing(code)

    def compared(self) -> Condition:
        kind, fact = self.next()
        if kind != "word" or fact in _WORDS:
            raise ConditionRefused("condition_fact", fact)
        if fact not in FACTS:
            raise ConditionRefused("fact_unknown", fact)
        if FACTS[fact] is Type.FLAG:
            return Flag(fact)
        if self.take("in"):
            return Compared(fact, "in", self.listed(fact))
        kind, sign = self.next()
        if sign not in SIGNS or kind != "sign":
            raise ConditionRefused("condition_needs", "=")
        if sign in ORDERED and FACTS[fact] is Type.TEXT:
            raise ConditionRefused("fact_has_no_order", fact)
        return Compared(fact, sign, (self.value(fact),))

    def listed(self, fact: str) -> tuple[Value, ...]:
        self.need("(")
        values = [self.value(fact)]
        while self.take(","):
            values.append(self.value(fact))
        self.need(")")
        return tuple(values)

    def value(self, fact: str) -> Value:
        kind, written = self.next()
        wanted = "text" if FACTS[fact] is Type.TEXT else "number"
        if kind != wanted:
            raise ConditionRefused(f"fact_wants_{wanted}", fact)
        if kind == "number":
            if FACTS[fact] is Type.NUMBER and "." in written:
                raise ConditionRefused("fact_wants_number", fact)
            return Decimal(written)
        known = VALUES.get(fact)
        text = written.strip('"')
        if known is not None and text not in known:
            raise ConditionRefused(f"{fact}_unknown", text)
        return text
