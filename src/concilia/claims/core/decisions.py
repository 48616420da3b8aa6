"""
What a person decides about a claim: all of it, the valid part, line by line, or nothing.

Every claimed cent is either approved or denied. Whoever departs from what the rules found, or
decides what the rules could not, says why; whoever refuses gives a ground and words for the
customer (R-2.12).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from concilia.claims.core.amounts import ClaimBuckets, add_claims
from concilia.claims.core.findings import Verdict
from concilia.claims.core.states import CLAIM_MACHINE, ClaimAction, ClaimState


class Choice(StrEnum):
    """What the person picked."""

    ACCEPT_VALID = "ACCEPT_VALID"
    ACCEPT_ALL = "ACCEPT_ALL"
    REFUSE = "REFUSE"
    BY_LINE = "BY_LINE"


class Ground(StrEnum):
    """Why a claim is refused, in one word; the customer reads the words beside it."""

    NOT_PROVEN = "NOT_PROVEN"
    RECORDS_DIFFER = "RECORDS_DIFFER"
    NOT_AGREED = "NOT_AGREED"
    NOTICE_LATE = "NOTICE_LATE"
    DISCOUNT_EXPIRED = "DISCOUNT_EXPIRED"
    SETTLED_BEFORE = "SETTLED_BEFORE"
    AGAINST_THE_LAW = "AGAINST_THE_LAW"
    OTHER = "OTHER"


class Outcome(StrEnum):
    """How the decision ends if it is approved."""

    APPROVED = "APPROVED"
    PARTLY = "PARTLY"
    DENIED = "DENIED"


class Departure(StrEnum):
    """Where the decision leaves what the rules found."""

    NONE = "NONE"
    ABOVE = "ABOVE"
    BELOW = "BELOW"
    BOTH = "BOTH"
    UNSUPPORTED = "UNSUPPORTED"


class Refusal(StrEnum):
    """Why a decision cannot be taken as it stands."""

    ABOVE_CLAIMED = "ABOVE_CLAIMED"
    BELOW_ZERO = "BELOW_ZERO"
    UNKNOWN_LINE = "UNKNOWN_LINE"
    LINE_LEFT_OUT = "LINE_LEFT_OUT"
    REASON_NEEDED = "REASON_NEEDED"
    GROUND_NEEDED = "GROUND_NEEDED"
    NO_LINES = "NO_LINES"
    NOT_NOW = "NOT_NOW"


class DecisionRefused(ValueError):
    """The decision cannot be taken so: `code` for translations, one English sentence as text."""

    def __init__(self, code: Refusal, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class LineToDecide:
    """A claim line as the person sees it: claimed, found valid, left undecided by the rules."""

    n: int
    claimed_minor: int
    valid_minor: int
    undecided_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Decision:
    """
    A person's choice. `approved` gives minor units by line number for BY_LINE.

    `reason` is in the person's words; `ground` is needed where nothing is granted.
    """

    choice: Choice
    approved: Mapping[int, int] | None = None
    reason: str = ""
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class LineDecided:
    """One line after the decision: approved + denied = claimed."""

    n: int
    claimed_minor: int
    approved_minor: int
    denied_minor: int


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """
    What the decision would do. It changes nothing until it is signed.

    `actions` bring the claim into approval now; `conclusion` ends it once all have signed.
    """

    outcome: Outcome
    departure: Departure
    approved_minor: int
    denied_minor: int
    currency: str
    lines: tuple[LineDecided, ...]
    actions: tuple[ClaimAction, ...]
    conclusion: ClaimAction
    reason: str
    ground: Ground | None


_WAY_INTO_APPROVAL: Final[Mapping[ClaimState, tuple[ClaimAction, ...]]] = {
    ClaimState.INVESTIGATING: (ClaimAction.PROPOSE, ClaimAction.SUBMIT),
    ClaimState.DECISION_PROPOSED: (ClaimAction.SUBMIT,),
}
_CONCLUSION: Final[Mapping[Outcome, ClaimAction]] = {
    Outcome.APPROVED: ClaimAction.APPROVE,
    Outcome.PARTLY: ClaimAction.APPROVE_PART,
    Outcome.DENIED: ClaimAction.DENY,
}


def lines_of(verdict: Verdict) -> tuple[LineToDecide, ...]:
    """Return the lines a person decides on, from the verdict proposed to them."""
    return tuple(
        LineToDecide(
            line.n, line.claimed_minor, line.valid_minor, line.undecided_minor, verdict.currency
        )
        for line in verdict.lines
    )


def decide(
    *, state: ClaimState, lines: Sequence[LineToDecide], decision: Decision
) -> DecisionResult:
    """
    Split every line into what we grant and what we refuse.

    :raises DecisionRefused: if a line would get more than claimed, is left out or unknown, if a
        reason or a ground is missing, or the claim is in a state in which nobody can decide
    """
    actions = _WAY_INTO_APPROVAL.get(state)
    if actions is None:
        raise DecisionRefused(
            Refusal.NOT_NOW, f"a claim that is {state} cannot be decided: it must be checked first"
        )
    if not lines:
        raise DecisionRefused(Refusal.NO_LINES, "a claim without lines cannot be decided")
    decided = tuple(_decided(line, decision) for line in lines)
    _require_known_lines(lines, decision)
    buckets = add_claims(
        ClaimBuckets(
            line.claimed_minor, line.approved_minor, line.denied_minor, 0, lines[0].currency
        )
        for line in decided
    )
    outcome = _outcome(buckets, decision)
    departure = _departure(lines, decided)
    _require_words(decision, outcome, departure)
    after = state
    for action in actions:
        after = CLAIM_MACHINE.after(after, action)
    assert after is ClaimState.IN_APPROVAL
    return DecisionResult(
        outcome=outcome,
        departure=departure,
        approved_minor=buckets.approved,
        denied_minor=buckets.denied,
        currency=buckets.currency,
        lines=decided,
        actions=actions,
        conclusion=_CONCLUSION[outcome],
        reason=decision.reason.strip(),
        ground=decision.ground if outcome is Outcome.DENIED else None,
    )


def _decided(line: LineToDecide, decision: Decision) -> LineDecided:
    approved = _approved(line, decision)
    if approved < 0:
        raise DecisionRefused(Refusal.BELOW_ZERO, f"line {line.n}: {approved} is below zero")
    if approved > line.claimed_minor:
        raise DecisionRefused(
            Refusal.ABOVE_CLAIMED,
            f"line {line.n}: {approved} is more than the {line.claimed_minor} they claim",
        )
    return LineDecided(line.n, line.claimed_minor, approved, line.claimed_minor - approved)


def _approved(line: LineToDecide, decision: Decision) -> int:
    if decision.choice is Choice.ACCEPT_ALL:
        return line.claimed_minor
    if decision.choice is Choice.ACCEPT_VALID:
        return line.valid_minor
    if decision.choice is Choice.REFUSE:
        return 0
    given = decision.approved or {}
    if line.n not in given:
        raise DecisionRefused(Refusal.LINE_LEFT_OUT, f"line {line.n} has not been decided")
    return given[line.n]


def _require_known_lines(lines: Sequence[LineToDecide], decision: Decision) -> None:
    unknown = set(decision.approved or {}) - {line.n for line in lines}
    if unknown:
        raise DecisionRefused(Refusal.UNKNOWN_LINE, f"the claim has no line {min(unknown)}")


def _outcome(buckets: ClaimBuckets, decision: Decision) -> Outcome:
    # A claim without money (a missing paper) is granted unless somebody refuses it outright.
    if buckets.denied == 0 and decision.choice is not Choice.REFUSE:
        return Outcome.APPROVED
    return Outcome.PARTLY if buckets.approved else Outcome.DENIED


def _departure(lines: Sequence[LineToDecide], decided: Sequence[LineDecided]) -> Departure:
    pairs = list(zip(lines, decided, strict=True))
    # What the rules left open is nobody's finding: granting or refusing it is the person's own act.
    above = any(
        done.approved_minor > line.valid_minor + line.undecided_minor for line, done in pairs
    )
    below = any(done.approved_minor < line.valid_minor for line, done in pairs)
    if above and below:
        return Departure.BOTH
    if above or below:
        return Departure.ABOVE if above else Departure.BELOW
    return Departure.UNSUPPORTED if any(line.undecided_minor for line in lines) else Departure.NONE


def _require_words(decision: Decision, outcome: Outcome, departure: Departure) -> None:
    if outcome is Outcome.DENIED and decision.ground is None:
        raise DecisionRefused(
            Refusal.GROUND_NEEDED, "nothing is granted: say on which ground the claim is refused"
        )
    if decision.reason.strip():
        return
    if outcome is Outcome.DENIED:
        raise DecisionRefused(
            Refusal.REASON_NEEDED, "nothing is granted: say why, in words the customer can read"
        )
    if departure is not Departure.NONE:
        raise DecisionRefused(
            Refusal.REASON_NEEDED,
            "this is not what the rules found, or they found nothing: say why",
        )


def approved_by(
    lines: Sequence[LineToDecide], choice: Choice, amounts: Mapping[int, int | None]
) -> dict[int, int]:
    """What a choice would grant, line by line, never more than is claimed."""
    if choice is Choice.ACCEPT_ALL:
        return {line.n: line.claimed_minor for line in lines}
    if choice is Choice.ACCEPT_VALID:
        return {line.n: line.valid_minor for line in lines}
    if choice is Choice.REFUSE:
        return {line.n: 0 for line in lines}
    return {
        line.n: min(max(amounts.get(line.n, line.valid_minor) or 0, 0), line.claimed_minor)
        for line in lines
    }
