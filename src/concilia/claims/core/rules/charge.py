"""
Charges: NC-21 freight, NC-23 charge not agreed (domain.md §2.4).

A charge the contract does not know may not be made: ours to the customer (then the claim is valid),
nor theirs to us (then it is not). Without a clause that speaks of it a person reads the contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from concilia.claims.core.facts import ChargedBy, ClaimFacts, ClauseFact, LineFact
from concilia.claims.core.findings import Factor, LineVerdict, Part, Rule
from concilia.claims.core.messages import Message, money, say, text
from concilia.claims.core.rules.working import NeedsPerson, Proof, Used, by_line, grant_amount

RULE_V1: Final = Rule("charge", 1)


def charge_v1(facts: ClaimFacts, lines: Sequence[LineFact]) -> tuple[LineVerdict, ...]:
    """Test a charge against the clauses of the contract."""
    return by_line(RULE_V1, _judge, facts, lines)


def _judge(facts: ClaimFacts, line: LineFact, used: Used) -> LineVerdict:
    if line.charged_by is None:
        raise NeedsPerson(say("charge_by_whom"), ("DN",), facts.refs("DN", "INV"))
    clause = _clause(facts, line)
    if clause is None:
        raise NeedsPerson(say("contract_silent"), facts.lacks("CT"), facts.refs("CT"))
    agreed = _agreed(clause, line, used)
    valid = agreed if line.charged_by is ChargedBy.CUSTOMER else line.claimed_minor - agreed
    key = "charge_agreed" if clause.agreed else "charge_not_agreed"
    said = say(key, text("where", clause.where))
    why: tuple[Message, ...] = (said,)
    if clause.agreed and clause.max_minor is not None:
        why = (said, say("charge_is_capped", money("most", clause.max_minor)))
    return grant_amount(
        RULE_V1,
        facts,
        line,
        valid=Factor(Part.VALID, valid),
        proof=Proof(Decimal(0), said, why, facts.refs("CT")),
    )


def _agreed(clause: ClauseFact, line: LineFact, used: Used) -> int:
    """Return the part of the charge the contract allows, a cap counted once over all lines."""
    if not clause.agreed:
        return 0
    if clause.max_minor is None:
        return line.claimed_minor
    key = ("", clause.charge_code)
    allowed = max(0, min(line.claimed_minor, clause.max_minor - int(used[key])))
    used[key] += allowed
    return allowed


def _clause(facts: ClaimFacts, line: LineFact) -> ClauseFact | None:
    """A clause about this very charge goes before one about charges of every kind."""
    named = [
        item for item in facts.clauses if item.charge_code and item.charge_code == line.charge_code
    ]
    general = [item for item in facts.clauses if not item.charge_code]
    return next(iter([*named, *general]), None)
