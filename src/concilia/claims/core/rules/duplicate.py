"""Double billing: NC-17. Same delivery or order, same lines, same amount on two invoices (§2.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from concilia.claims.core.facts import ClaimFacts, InvoiceFact, InvoiceLineFact, LineFact
from concilia.claims.core.findings import Factor, LineVerdict, Part, Rule
from concilia.claims.core.messages import Message, money, say, text
from concilia.claims.core.rules.working import NeedsPerson, Proof, Used, by_line, grant_amount
from concilia.kernel.numbers import BASIS_POINTS, round_half_up

RULE_V1: Final = Rule("duplicate", 1)
SAME_EVENT: Final = frozenset({"NC-17"})


def duplicate_v1(facts: ClaimFacts, lines: Sequence[LineFact]) -> tuple[LineVerdict, ...]:
    """Grant what the contested invoice bills a second time."""
    return by_line(RULE_V1, _judge, facts, lines)


@dataclass(frozen=True, slots=True)
class _Pair:
    contested: InvoiceFact
    other: InvoiceFact

    def names(self) -> tuple[str, str]:
        return self.contested.number, self.other.number


def _judge(facts: ClaimFacts, line: LineFact, used: Used) -> LineVerdict:
    pair = _pair(facts, line)
    evidence = facts.refs("INV", "PO", "DDT")
    refusal = _difference(pair)
    if refusal:
        return _grant(facts, line, 0, Proof(Decimal(0), refusal, (refusal,), evidence))
    twice = _billed_twice(pair, line)
    key = (pair.contested.number, line.sku)
    left = max(0, twice - _credited(facts, line, pair) - int(used[key]))
    granted = min(left, line.claimed_minor)
    used[key] += granted
    contested, other = pair.names()
    proven = say(
        "billed_twice",
        text("invoice", contested),
        text("other", other),
        text("order", pair.contested.order_number or pair.contested.delivery_number),
    )
    why = [say("billed_twice_amount", money("amount", twice))]
    if twice - left:
        why.append(say("already_credited", money("amount", twice - left)))
    return _grant(facts, line, granted, Proof(Decimal(0), proven, tuple(why), evidence))


def _grant(facts: ClaimFacts, line: LineFact, granted: int, proof: Proof) -> LineVerdict:
    return grant_amount(RULE_V1, facts, line, valid=Factor(Part.VALID, granted), proof=proof)


def _pair(facts: ClaimFacts, line: LineFact) -> _Pair:
    contested = facts.invoice_of(line)
    if contested is None or facts.other_invoice is None:
        raise NeedsPerson(say("second_invoice_unknown"), ("INV",), facts.refs("INV"))
    return _Pair(contested, facts.other_invoice)


def _difference(pair: _Pair) -> Message | None:
    """
    Say why two invoices do not bill the same thing; None where they may.

    :raises NeedsPerson: where the same lines may have been delivered twice, and no paper says so
    """
    contested, other = pair.names()
    if contested == other:
        return say("same_invoice_twice", text("invoice", contested))
    delivery = _same(pair.contested.delivery_number, pair.other.delivery_number)
    order = _same(pair.contested.order_number, pair.other.order_number)
    if delivery is False or (delivery is None and order is False):
        return say("other_delivery", text("invoice", contested), text("other", other))
    if not _common_lines(pair):
        return say("other_articles", text("invoice", contested), text("other", other))
    if delivery is None:
        raise NeedsPerson(say("deliveries_unknown", text("invoice", contested)), ("DDT",))
    return None


def _same(one: str, two: str) -> bool | None:
    return one == two if one and two else None


def _identity(item: InvoiceLineFact) -> tuple[str, Decimal, int]:
    return item.sku or item.description, item.quantity, item.net_minor


def _common_lines(pair: _Pair) -> Counter[tuple[str, Decimal, int]]:
    return Counter(map(_identity, pair.contested.lines)) & Counter(map(_identity, pair.other.lines))


def _billed_twice(pair: _Pair, line: LineFact) -> int:
    """Return the gross amount both invoices bill: whole invoices, or the positions they share."""
    common = _common_lines(pair)
    if not line.sku:
        is_whole = common.total() == len(pair.contested.lines)
        if is_whole and pair.contested.gross_minor == pair.other.gross_minor:
            return pair.contested.gross_minor
    left = Counter(common)
    total = 0
    for item in pair.contested.lines:
        if line.sku in ("", item.sku) and left[_identity(item)] > 0:
            left[_identity(item)] -= 1
            total += item.net_minor + round_half_up(
                Fraction(item.net_minor * item.vat_bp, BASIS_POINTS)
            )
    return total


def _credited(facts: ClaimFacts, line: LineFact, pair: _Pair) -> int:
    earlier = sum(item.approved_minor for item in facts.earlier_of(line, SAME_EVENT))
    return max(pair.contested.credited_minor if not line.sku else 0, earlier)
