"""
Cash discount: FI-01 earned, FI-02 unearned (domain.md §2.4, §6.5).

Earned if value date ≤ invoice date + discount days + grace, and no more than round(gross * rate)
plus one minor unit per item paid. One rule tests both reasons: the name a customer gives the
deduction does not make it earned.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from concilia.claims.core.facts import ClaimFacts, InvoiceFact, LineFact
from concilia.claims.core.findings import Factor, LineVerdict, Part, Rule
from concilia.claims.core.messages import day, money, rate, say, text
from concilia.claims.core.rules.working import NeedsPerson, Proof, Used, by_line, grant_amount
from concilia.kernel.numbers import BASIS_POINTS, round_half_up

RULE_V1: Final = Rule("discount", 1)
SAME_EVENT: Final = frozenset({"FI-01", "FI-02"})


def discount_v1(facts: ClaimFacts, lines: Sequence[LineFact]) -> tuple[LineVerdict, ...]:
    """Grant the discount that was agreed, if the money arrived in time for it."""
    return by_line(RULE_V1, _judge, facts, lines)


def _judge(facts: ClaimFacts, line: LineFact, used: Used) -> LineVerdict:
    invoice = facts.invoice_of(line)
    if invoice is None:
        raise NeedsPerson(say("invoice_unknown"), ("INV",))
    if invoice.discount_bp is None:
        raise NeedsPerson(say("terms_unknown", text("invoice", invoice.number)), ("CT",))
    evidence = facts.refs("CT", "INV", "BNK")
    if not invoice.discount_bp:
        why = say("no_discount_agreed", text("invoice", invoice.number))
        return _grant(facts, line, Factor(Part.VALID, 0), Proof(Decimal(0), why, (why,), evidence))
    if facts.payment is None:
        raise NeedsPerson(say("payment_unknown"), ("BNK",), evidence)
    last = _last_day(facts, invoice)
    paid = facts.payment.value_on
    if paid > last:
        why = say("paid_too_late", day("paid", paid), day("last", last))
        return _grant(facts, line, Factor(Part.VALID, 0), Proof(Decimal(0), why, (why,), evidence))
    proven = say("paid_in_time", day("paid", paid), day("last", last))
    why = say("discount_is", rate("rate", invoice.discount_bp), money("amount", _agreed(invoice)))
    taken = int(used[invoice.number, ""])
    earlier = sum(item.approved_minor for item in facts.earlier_of(line, SAME_EVENT))
    factor = _earned(facts, line, invoice, taken + earlier)
    used[invoice.number, ""] += factor.amount_minor
    return _grant(facts, line, factor, Proof(Decimal(0), proven, (why,), evidence))


def _grant(facts: ClaimFacts, line: LineFact, factor: Factor, proof: Proof) -> LineVerdict:
    return grant_amount(RULE_V1, facts, line, valid=factor, proof=proof)


def _last_day(facts: ClaimFacts, invoice: InvoiceFact) -> date:
    days = invoice.discount_days + facts.tolerance.discount_grace_days
    return invoice.issued_on + timedelta(days=days)


def _base(invoice: InvoiceFact) -> int:
    return invoice.gross_minor if invoice.settled_minor is None else invoice.settled_minor


def _agreed(invoice: InvoiceFact) -> int:
    return round_half_up(Fraction(_base(invoice) * (invoice.discount_bp or 0), BASIS_POINTS))


def _earned(facts: ClaimFacts, line: LineFact, invoice: InvoiceFact, before: int) -> Factor:
    """Write the discount out: base * rate, less what was granted before, plus their rounding."""
    agreed = _agreed(invoice)
    items = facts.payment.items if facts.payment else 1
    left = max(0, agreed - before)
    over = line.claimed_minor - left
    # The cent of tolerance is for rounding, so it needs a discount to round.
    if left and 0 < over <= items:
        left = line.claimed_minor
    granted = min(left, line.claimed_minor)
    rounding = granted - agreed
    if abs(rounding) > items:
        return Factor(Part.VALID, granted)
    return Factor(
        Part.VALID,
        granted,
        base_minor=_base(invoice),
        rate_bp=invoice.discount_bp,
        rounding_minor=rounding,
    )
