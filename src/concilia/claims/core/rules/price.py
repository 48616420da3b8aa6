"""Price error: NC-08. Invoiced above the contract price of the order date; Δ * quantity (§2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from concilia.claims.core.facts import ZERO, ClaimFacts, LineFact, PriceFact, VatBasis
from concilia.claims.core.findings import LineVerdict, Rule
from concilia.claims.core.messages import Message, day, price, quantity, say, text
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
    unit_price_of,
)

RULE_V1: Final = Rule("price", 1)
SAME_EVENT: Final = frozenset({"NC-08", "NC-09", "NC-10", "CO-01"})


def price_v1(facts: ClaimFacts, lines: Sequence[LineFact]) -> tuple[LineVerdict, ...]:
    """Grant the difference between the invoiced and the agreed price."""
    return by_line(RULE_V1, _judge, facts, lines)


def _judge(facts: ClaimFacts, line: LineFact, used: Used) -> LineVerdict:
    position = position_of(facts, line)
    on = order_date(facts, line)
    agreed = _agreed_price(facts, line.sku or position.sku, position.quantity, on)
    charged = unit_price_of(position, facts.currency)
    evidence = facts.refs("CT", "PO", "OC", "INV")
    if charged <= agreed.unit_price:
        return no_difference(
            RULE_V1,
            facts,
            line,
            say(
                "price_as_agreed",
                price("charged", charged),
                price("agreed", agreed.unit_price),
                day("date", on),
            ),
            evidence,
        )
    proven = say(
        "price_above_agreed",
        price("charged", charged),
        price("agreed", agreed.unit_price),
        day("date", on),
    )
    proof = Proof(position.quantity, proven, evidence=evidence)
    return grant_difference(RULE_V1, facts, line, used, (agreed.unit_price, proof))


def order_date(facts: ClaimFacts, line: LineFact) -> date:
    """
    Return the day whose price counts: the order's, or the invoice's where no order is known.

    :raises NeedsPerson: if the invoice is not known
    """
    invoice = facts.invoice_of(line)
    if invoice is None:
        raise NeedsPerson(say("invoice_unknown"), missing=("INV",))
    return invoice.ordered_on or invoice.issued_on


def no_difference(
    rule: Rule, facts: ClaimFacts, line: LineFact, why: Message, evidence: tuple[str, ...]
) -> LineVerdict:
    """Find nothing valid: the price charged is the price agreed."""
    position = position_of(facts, line)
    priced = Priced(
        quantity=line.claimed_quantity or position.quantity,
        invoiced=position.quantity,
        unit_price=unit_price_of(position, facts.currency),
        vat_bp=position.vat_bp,
        basis=facts.vat_basis or VatBasis.NO_VAT,
        basis_is_assumed=False,
    )
    return grant_quantity(rule, facts, line, priced, Proof(ZERO, why, (why,), evidence))


def grant_difference(
    rule: Rule, facts: ClaimFacts, line: LineFact, used: Used, agreed: tuple[Decimal, Proof]
) -> LineVerdict:
    """
    Grant (charged - agreed price) * units, for no more units than were invoiced.

    :param agreed: the price that should have been charged, and what proves it for how many units
    """
    agreed_price, proof = agreed
    position = position_of(facts, line)
    whole = (
        line if line.claimed_quantity is not None else _over_the_position(line, position.quantity)
    )
    priced = price_line(facts, whole, less=agreed_price)
    earlier, said = granted_before(facts, line, SAME_EVENT)
    left = max(ZERO, min(proof.quantity, position.quantity) - earlier - used[key_of(facts, line)])
    used[key_of(facts, line)] += min(left, priced.quantity)
    why = [*proof.why, *said]
    if priced.quantity > position.quantity:
        why.append(
            say(
                "claimed_more_than_invoiced",
                quantity("claimed", priced.quantity),
                quantity("invoiced", position.quantity),
            )
        )
    why.append(say("difference_is", price("difference", priced.value)))
    return grant_quantity(
        rule, facts, whole, priced, Proof(left, proof.proven, tuple(why), proof.evidence)
    )


def _over_the_position(line: LineFact, units: Decimal) -> LineFact:
    """A price claim without a quantity speaks of everything invoiced."""
    return replace(line, claimed_quantity=units)


def _agreed_price(facts: ClaimFacts, sku: str, units: Decimal, on: date) -> PriceFact:
    known = [
        item
        for item in facts.prices
        if item.sku == sku and item.covers(on) and item.min_quantity <= units
    ]
    if not known:
        raise NeedsPerson(
            say("no_agreed_price", text("article", sku), day("date", on)),
            missing=facts.lacks("CT") or ("OC",),
            evidence=facts.refs("CT"),
        )
    step = max(item.min_quantity for item in known)
    best = [item for item in known if item.min_quantity == step]
    if len({item.unit_price for item in best}) > 1:
        raise NeedsPerson(
            say("two_agreed_prices", text("article", sku), day("date", on)),
            evidence=facts.refs("CT"),
        )
    return best[0]
