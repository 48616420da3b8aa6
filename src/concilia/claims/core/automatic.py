"""When a claim may be granted without a person (R-2.10); none is ever denied so (R-2.12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from concilia.claims.core.findings import Outcome, Verdict
from concilia.claims.core.messages import Message, money, rate, say, text
from concilia.kernel.numbers import BASIS_POINTS, round_half_up


@dataclass(frozen=True, slots=True)
class AutomaticPolicy:
    """
    The entity's rules: limit by reason in minor units (a reason not listed is never automatic).

    `claims_to_turnover_bp` is the most the claims of 90 days may be of the turnover of 90 days.
    """

    currency: str
    limits_minor: Mapping[str, int]
    claims_to_turnover_bp: int


@dataclass(frozen=True, slots=True)
class CustomerStanding:
    """What counts against an automatic approval: a risk flag, the sums of the last 90 days."""

    is_flagged: bool
    claimed_90_days_minor: int
    turnover_90_days_minor: int


@dataclass(frozen=True, slots=True)
class Automatic:
    """Whether no person is needed; else every reason why one is."""

    allowed: bool
    why_not: tuple[Message, ...]


def may_auto_approve(
    verdict: Verdict, policy: AutomaticPolicy, standing: CustomerStanding
) -> Automatic:
    """
    Say whether a claim may be approved by rule: every line's reason listed, every cent proven
    valid, within the limit, customer not flagged, few claims for their turnover.

    :raises ValueError: if the policy's limits are in another currency than the claim
    """
    if verdict.currency != policy.currency:
        raise ValueError(f"limits in {policy.currency} cannot judge a claim in {verdict.currency}")
    why_not = (
        *_reasons(verdict, policy),
        *(() if verdict.outcome is Outcome.VALID else (say("auto_not_fully_valid"),)),
        *((say("auto_customer_flagged"),) if standing.is_flagged else ()),
        *_ratio(policy, standing),
    )
    return Automatic(not why_not, why_not)


def _reasons(verdict: Verdict, policy: AutomaticPolicy) -> tuple[Message, ...]:
    reasons = dict.fromkeys(line.reason for line in verdict.lines)
    unlisted = [reason for reason in reasons if reason not in policy.limits_minor]
    if unlisted:
        return tuple(say("auto_reason_not_listed", text("reason", reason)) for reason in unlisted)
    most = min(policy.limits_minor[reason] for reason in reasons)
    if verdict.claimed_minor > most:
        return (
            say("auto_over_limit", money("amount", verdict.claimed_minor), money("most", most)),
        )
    return ()


def _ratio(policy: AutomaticPolicy, standing: CustomerStanding) -> tuple[Message, ...]:
    if standing.turnover_90_days_minor <= 0:
        return (say("auto_no_turnover"),)
    exact = Fraction(standing.claimed_90_days_minor * BASIS_POINTS, standing.turnover_90_days_minor)
    if exact <= policy.claims_to_turnover_bp:
        return ()
    return (
        say(
            "auto_many_claims",
            rate("ratio", round_half_up(exact)),
            rate("most", policy.claims_to_turnover_bp),
        ),
    )
