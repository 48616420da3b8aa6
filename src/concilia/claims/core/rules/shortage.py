"""
Shortage: NC-01 noted at delivery, NC-02 found later (domain.md §2.4).

NC-01: claimed ≤ invoiced - received by the signed proof of delivery (± tolerance).
NC-02: notified in the contractual time ∧ the weights at both gates explain the missing units.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from concilia.claims.core.facts import (
    ZERO,
    ClaimFacts,
    DeliveryFact,
    DeliveryLineFact,
    InvoiceLineFact,
    LineFact,
)
from concilia.claims.core.findings import LineVerdict, Rule
from concilia.claims.core.messages import day, quantity, say, text
from concilia.claims.core.rules.working import (
    NeedsPerson,
    Priced,
    Proof,
    Used,
    by_line,
    grant_quantity,
    granted_before,
    key_of,
    position_of,
    price_line,
)
from concilia.kernel.numbers import BASIS_POINTS

RULE_V1: Final = Rule("shortage", 1)
CONCEALED: Final = "NC-02"
SAME_EVENT: Final = frozenset({"NC-01", "NC-02", "NC-03"})

Carried = list[tuple[DeliveryFact, DeliveryLineFact]]


def shortage_v1(facts: ClaimFacts, lines: Sequence[LineFact]) -> tuple[LineVerdict, ...]:
    """Grant the units the proof of delivery, or the weights, show to be missing."""
    return by_line(RULE_V1, _judge, facts, lines)


def _judge(facts: ClaimFacts, line: LineFact, used: Used) -> LineVerdict:
    priced = price_line(facts, line)
    carried = carried_of(facts, line, position_of(facts, line))
    if facts.reason_of(line) == CONCEALED:
        missing, proof = _concealed(facts, carried)
    else:
        missing, proof = _noted(facts, priced, carried)
    earlier, said = granted_before(facts, line, SAME_EVENT)
    left = max(ZERO, missing - earlier - used[key_of(facts, line)])
    if left and ZERO < priced.quantity - left <= facts.tolerance.quantity:
        left = priced.quantity
    used[key_of(facts, line)] += min(left, priced.quantity)
    return grant_quantity(
        RULE_V1,
        facts,
        line,
        priced,
        Proof(left, proof.proven, (*proof.why, *said), proof.evidence, proof.missing),
    )


def carried_of(facts: ClaimFacts, line: LineFact, position: InvoiceLineFact) -> Carried:
    """
    Return the delivery positions of the article a line speaks of.

    :raises NeedsPerson: if we know no delivery of it, or one came back without its signed proof
    """
    sku = line.sku or position.sku
    carried = [
        (delivery, item)
        for delivery in facts.deliveries_of(line)
        for item in delivery.lines
        if item.sku == sku
    ]
    if not carried:
        raise NeedsPerson(say("delivery_unknown"), missing=("DDT", "POD"))
    unsigned = [delivery.number for delivery, _ in carried if not delivery.is_signed]
    if unsigned:
        raise NeedsPerson(
            say("pod_missing", text("delivery", ", ".join(unsigned))),
            missing=("POD",),
            evidence=facts.refs("DDT"),
        )
    return carried


def require_reserve_read(delivery: DeliveryFact, *, is_counted: bool) -> None:
    """
    Stop where a reserve was written but nobody has read quantities from it.

    Where it names other articles, this one was not reserved and arrived in order.
    :raises NeedsPerson: if no quantity of the reserve is known at all
    """
    was_read = any(item.received is not None or item.damaged is not None for item in delivery.lines)
    if delivery.reserve and not is_counted and not was_read:
        raise NeedsPerson(
            say("reserve_not_read", text("delivery", delivery.number)), missing=("POD",)
        )


def _received(delivery: DeliveryFact, item: DeliveryLineFact) -> Decimal:
    require_reserve_read(delivery, is_counted=item.received is not None)
    return item.shipped if item.received is None else item.received


def _noted(facts: ClaimFacts, priced: Priced, carried: Carried) -> tuple[Decimal, Proof]:
    received = sum((_received(delivery, item) for delivery, item in carried), ZERO)
    missing = max(ZERO, priced.invoiced - received)
    signed = max(delivery.signed_on for delivery, _ in carried if delivery.signed_on)
    has_reserve = any(delivery.reserve for delivery, _ in carried)
    if missing:
        key = "reserve_shows_missing" if has_reserve else "pod_shows_missing"
        proven = say(key, quantity("quantity", missing), day("date", signed))
    else:
        proven = say("pod_shows_all_arrived", quantity("quantity", received), day("date", signed))
    why = say(
        "claimed_more_than_missing",
        quantity("claimed", priced.quantity),
        quantity("missing", missing),
    )
    # A reserve on the signed paper says it all; without one their receiving note may still help.
    wanted = () if has_reserve else facts.lacks("GRN")
    return missing, Proof(missing, proven, (why,), facts.refs("POD", "DDT", "GRN"), wanted)


def _concealed(facts: ClaimFacts, carried: Carried) -> tuple[Decimal, Proof]:
    delivery, item = carried[0]
    told = delivery.notified_on or facts.received_on
    arrived = _arrival(delivery)
    last = arrived + timedelta(days=facts.tolerance.shortage_notice_days)
    evidence = facts.refs("PL", "POD", "DDT")
    if told > last:
        late = say("notice_late", day("told", told), day("last", last))
        return ZERO, Proof(ZERO, late, (late,), evidence)
    if (
        len(carried) > 1
        or delivery.weight_shipped is None
        or delivery.weight_received is None
        or not item.unit_weight
    ):
        raise NeedsPerson(say("weights_missing"), missing=facts.lacks("PL") or ("GRN",))
    lost = delivery.weight_shipped - delivery.weight_received
    grown = Fraction(lost) * Fraction(BASIS_POINTS + facts.tolerance.weight_bp, BASIS_POINTS)
    units = Decimal(max(0, grown // Fraction(item.unit_weight)))
    missing = min(units, item.shipped)
    proven = say("weights_show_missing", quantity("quantity", missing), quantity("weight", lost))
    why = say("weights_explain_no_more", quantity("weight", lost), quantity("missing", missing))
    return missing, Proof(missing, proven, (why,), evidence)


def _arrival(delivery: DeliveryFact) -> date:
    return delivery.delivered_on or delivery.signed_on or delivery.shipped_on
