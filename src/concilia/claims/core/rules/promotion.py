"""
Promotion not applied on the invoice: CO-01 (domain.md §2.4).

The promotion runs on the order or the shipping date ∧ covers the article ∧ is this customer's;
Δ = Σ quantity * (invoiced price - promotional price).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from concilia.claims.core.facts import ClaimFacts, LineFact, PromotionFact
from concilia.claims.core.findings import LineVerdict, Rule
from concilia.claims.core.messages import Message, day, price, quantity, say, text
from concilia.claims.core.rules.price import grant_difference, no_difference, order_date
from concilia.claims.core.rules.working import (
    PRICE_PLACES,
    NeedsPerson,
    Proof,
    Used,
    by_line,
    position_of,
    unit_price_of,
)
from concilia.kernel.numbers import BASIS_POINTS, to_places

RULE_V1: Final = Rule("promotion", 1)


def promotion_v1(facts: ClaimFacts, lines: Sequence[LineFact]) -> tuple[LineVerdict, ...]:
    """Grant the part of the price a running promotion should have taken off."""
    return by_line(RULE_V1, _judge, facts, lines)


def _judge(facts: ClaimFacts, line: LineFact, used: Used) -> LineVerdict:
    position = position_of(facts, line)
    charged = unit_price_of(position, facts.currency)
    offered = [item for item in facts.promotions if item.sku in ("", line.sku or position.sku)]
    if not offered:
        raise NeedsPerson(
            say("no_promotion_known", text("article", line.sku or position.sku)), ("PRM",)
        )
    evidence = facts.refs("PRM", "PO", "INV")
    running = [item for item in offered if any(item.covers(on) for on in _dates(facts, line))]
    if not running:
        return no_difference(RULE_V1, facts, line, _not_running(facts, line, offered[0]), evidence)
    promotion = _only(running, charged, facts)
    if position.promotion == promotion.code:
        why = say("promotion_already_invoiced", text("promotion", promotion.code))
        return no_difference(RULE_V1, facts, line, why, evidence)
    promised = promised_price(promotion, charged)
    if promised >= charged:
        why = say(
            "promotion_price_charged", price("charged", charged), text("promotion", promotion.code)
        )
        return no_difference(RULE_V1, facts, line, why, evidence)
    proven = say(
        "promotion_not_applied",
        text("promotion", promotion.code),
        price("charged", charged),
        price("promised", promised),
    )
    units = position.quantity
    why_not_more: tuple[Message, ...] = ()
    if promotion.max_quantity is not None and promotion.max_quantity < units:
        units = promotion.max_quantity
        why_not_more = (say("promotion_is_capped", quantity("most", units)),)
    return grant_difference(
        RULE_V1, facts, line, used, (promised, Proof(units, proven, why_not_more, evidence))
    )


def promised_price(promotion: PromotionFact, charged: Decimal) -> Decimal:
    """Return the net price per unit the promotion promises."""
    if promotion.unit_price is not None:
        return promotion.unit_price
    start = charged if promotion.list_price is None else promotion.list_price
    kept = Fraction(BASIS_POINTS - promotion.discount_bp, BASIS_POINTS)
    return to_places(Fraction(start) * kept, PRICE_PLACES)


def _dates(facts: ClaimFacts, line: LineFact) -> tuple[date, ...]:
    shipped = (delivery.shipped_on for delivery in facts.deliveries_of(line))
    return (order_date(facts, line), *shipped)


def _not_running(facts: ClaimFacts, line: LineFact, promotion: PromotionFact) -> Message:
    return say(
        "promotion_not_running",
        text("promotion", promotion.code),
        day("starts", promotion.starts_on),
        day("ends", promotion.ends_on),
        day("date", order_date(facts, line)),
    )


def _only(running: Sequence[PromotionFact], charged: Decimal, facts: ClaimFacts) -> PromotionFact:
    if len({promised_price(item, charged) for item in running}) > 1:
        codes = ", ".join(sorted(item.code for item in running))
        raise NeedsPerson(
            say("two_promotions", text("promotions", codes)), evidence=facts.refs("PRM")
        )
    return running[0]
