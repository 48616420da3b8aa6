"""
Every rule ever released, by name and version, and which one judges which reason.

To change a rule: write `…_v2` beside it, register it, and point a new `by_reason_v2` at it. Nothing
here is ever edited or removed, for stored verdicts name it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from concilia.claims.core.facts import ClaimFacts, LineFact
from concilia.claims.core.findings import LineVerdict, Rule
from concilia.claims.core.rules import (
    charge,
    damage,
    discount,
    duplicate,
    person,
    price,
    promotion,
    shortage,
)
from concilia.claims.core.rules.working import JudgeLines

BY_REASON_V1: Final = Rule("by_reason", 1)
_V1_OF_REASON: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "NC-01": shortage.RULE_V1,
        "NC-02": shortage.RULE_V1,
        "NC-05": damage.RULE_V1,
        "NC-08": price.RULE_V1,
        "NC-17": duplicate.RULE_V1,
        "NC-21": charge.RULE_V1,
        "NC-23": charge.RULE_V1,
        "CO-01": promotion.RULE_V1,
        "FI-01": discount.RULE_V1,
        "FI-02": discount.RULE_V1,
    }
)


def by_reason_v1(facts: ClaimFacts, lines: Sequence[LineFact]) -> tuple[LineVerdict, ...]:
    """Judge each line by the first version of the rule for its own reason."""
    found: dict[int, LineVerdict] = {}
    for rule in dict.fromkeys(rule_of_v1(facts.reason_of(line)) for line in lines):
        own = [line for line in lines if rule_of_v1(facts.reason_of(line)) == rule]
        found |= {verdict.n: verdict for verdict in RULES[rule](facts, own)}
    return tuple(found[line.n] for line in lines)


def rule_of_v1(reason: str) -> Rule:
    """Name the rule for a reason; a reason without a test goes to a person."""
    return _V1_OF_REASON.get(reason, person.RULE_V1)


def rule_for(facts: ClaimFacts) -> Rule:
    """Name the current rule for a claim: its reason's, or `by_reason` where lines differ."""
    rules = {rule_of_v1(facts.reason_of(line)) for line in facts.lines}
    return rules.pop() if len(rules) == 1 else BY_REASON_V1


RULES: Final[Mapping[Rule, JudgeLines]] = MappingProxyType(
    {
        shortage.RULE_V1: shortage.shortage_v1,
        damage.RULE_V1: damage.damage_v1,
        price.RULE_V1: price.price_v1,
        promotion.RULE_V1: promotion.promotion_v1,
        duplicate.RULE_V1: duplicate.duplicate_v1,
        discount.RULE_V1: discount.discount_v1,
        charge.RULE_V1: charge.charge_v1,
        person.RULE_V1: person.person_v1,
        BY_REASON_V1: by_reason_v1,
    }
)
