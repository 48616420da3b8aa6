"""
Transport damage: NC-05 (domain.md §2.4).

A reserve on the proof of delivery, or a notice in CMR time with photographs that let one count.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from concilia.claims.core.facts import ZERO, ClaimFacts, DeliveryFact, DeliveryLineFact, LineFact
from concilia.claims.core.findings import LineVerdict, Rule
from concilia.claims.core.messages import day, quantity, say
from concilia.claims.core.rules.shortage import carried_of, require_reserve_read
from concilia.claims.core.rules.working import (
    NeedsPerson,
    Proof,
    Used,
    by_line,
    grant_quantity,
    granted_before,
    key_of,
    position_of,
    price_line,
)

RULE_V1: Final = Rule("damage", 1)
SAME_EVENT: Final = frozenset({"NC-05", "NC-06"})
SUNDAY: Final = 6


def damage_v1(facts: ClaimFacts, lines: Sequence[LineFact]) -> tuple[LineVerdict, ...]:
    """Grant the units that a reserve, or a notice in time with photographs, shows damaged."""
    return by_line(RULE_V1, _judge, facts, lines)


def _judge(facts: ClaimFacts, line: LineFact, used: Used) -> LineVerdict:
    priced = price_line(facts, line)
    proofs = [
        _proof(facts, delivery, item)
        for delivery, item in carried_of(facts, line, position_of(facts, line))
    ]
    damaged = sum((proof.quantity for proof in proofs), ZERO)
    # The delivery that proves most speaks for the line.
    speaker = max(proofs, key=lambda proof: proof.quantity)
    earlier, said = granted_before(facts, line, SAME_EVENT)
    left = max(ZERO, damaged - earlier - used[key_of(facts, line)])
    used[key_of(facts, line)] += min(left, priced.quantity)
    why = (
        say(
            "claimed_more_than_damaged",
            quantity("claimed", priced.quantity),
            quantity("damaged", damaged),
        ),
    )
    return grant_quantity(
        RULE_V1,
        facts,
        line,
        priced,
        Proof(
            left,
            speaker.proven,
            (*(speaker.why or why), *said),
            speaker.evidence,
            facts.lacks("PHO"),
        ),
    )


def _proof(facts: ClaimFacts, delivery: DeliveryFact, item: DeliveryLineFact) -> Proof:
    if delivery.reserve:
        require_reserve_read(delivery, is_counted=item.damaged is not None)
        if item.damaged:
            return _shown(facts, delivery, item.damaged)
    return _told_later(facts, delivery, item)


def _shown(facts: ClaimFacts, delivery: DeliveryFact, damaged: Decimal) -> Proof:
    signed = delivery.signed_on
    assert signed is not None, "only signed deliveries come here"
    key = "reserve_and_photos_show_damage" if facts.refs("PHO") else "reserve_shows_damage"
    return Proof(
        damaged,
        say(key, quantity("quantity", damaged), day("date", signed)),
        evidence=facts.refs("POD", "PHO", "CMR", "BOL"),
    )


def _told_later(facts: ClaimFacts, delivery: DeliveryFact, item: DeliveryLineFact) -> Proof:
    told = delivery.notified_on or facts.received_on
    arrived = delivery.delivered_on or delivery.signed_on or delivery.shipped_on
    last = notice_until(arrived, facts.tolerance.damage_notice_days, facts.tolerance.rest_days)
    evidence = facts.refs("POD", "CMR", "COR", "PHO")
    if told > last:
        late = say("no_reserve_and_notice_late", day("told", told), day("last", last))
        return Proof(ZERO, late, (late,), evidence)
    if not facts.refs("PHO"):
        raise NeedsPerson(say("photos_missing", day("told", told)), ("PHO",), evidence)
    if item.damaged is None:
        raise NeedsPerson(say("photos_not_counted"), evidence=evidence)
    return Proof(
        item.damaged,
        say("notice_and_photos_show_damage", quantity("quantity", item.damaged), day("told", told)),
        evidence=evidence,
    )


def notice_until(arrived: date, days: int, rest_days: Sequence[date]) -> date:
    """Return the last day for a notice: `days` after arrival, Sundays and holidays not counted."""
    last, left = arrived, days
    while left:
        last += timedelta(days=1)
        if last.weekday() != SUNDAY and last not in rest_days:
            left -= 1
    return last
