"""Reasons without an automatic test: a person judges, with the papers the reason asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from concilia.claims.core.facts import ClaimFacts, LineFact
from concilia.claims.core.findings import LineVerdict, Rule
from concilia.claims.core.messages import say, text
from concilia.claims.core.rules.working import NeedsPerson, undecided
from concilia.kernel.reasons import REASONS

RULE_V1: Final = Rule("person", 1)


def person_v1(facts: ClaimFacts, lines: Sequence[LineFact]) -> tuple[LineVerdict, ...]:
    """Leave every line to a person and name the papers the reason asks for."""
    return tuple(_hand_over(facts, line) for line in lines)


def _hand_over(facts: ClaimFacts, line: LineFact) -> LineVerdict:
    reason = facts.reason_of(line)
    known = REASONS.get(reason)
    wanted = known.evidence if known else ()
    stop = NeedsPerson(
        say("no_automatic_test", text("reason", reason)), facts.lacks(*wanted), facts.refs(*wanted)
    )
    return undecided(RULE_V1, facts, line, stop)
