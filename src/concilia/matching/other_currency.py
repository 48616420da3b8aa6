"""
Payments in another currency than the items they name (domain.md §6.5.2, R-6.2).

An amount of one currency is never set against one of another: at which rate is a person's to say.
So the money waits on account of the customer, and the answer says which items are meant and at what
rate they would be paid exactly; the person books the difference (FI-04).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Final

from concilia.kernel.currencies import exponent_of
from concilia.kernel.money import Money
from concilia.matching.book import Book
from concilia.matching.explanations import explain, part
from concilia.matching.findings import CONFIDENCE_BP, DOUBT_BP, names
from concilia.matching.mentions import FAIR, find_mentions
from concilia.matching.policy import Policy
from concilia.matching.records import Match, Status
from concilia.matching.workbench import Candidate, Facts, Workbench

RATE_DECIMALS: Final = Decimal("0.0001")


def propose_in_other_currency(
    book: Book, group: str, facts: Facts, match: Match, policy: Policy, settled: Collection[str]
) -> Match:
    """
    Return the answer to a payment that nothing of its own currency fits, with the items it names.

    :param settled: ids of the items that other payments of this run have settled
    """
    for currency in book.currencies_of(group):
        if currency == facts.payment.currency:
            continue
        bench = Workbench(book.items, book.rows_of(group, currency), policy)
        named = [one for one in _named(bench, facts) if one.item_id not in settled]
        if named and sum(candidate.left for candidate in named) > 0:
            return _proposal(facts, match, named, currency)
    return match


def _named(bench: Workbench, facts: Facts) -> Sequence[Candidate]:
    mentions = find_mentions(facts.scan, bench.index).items
    surely = [m for m in mentions if m.strength >= FAIR and len(m.options) == 1]
    return [bench.candidates[position] for position in sorted({m.options[0] for m in surely})]


def _proposal(facts: Facts, match: Match, named: Sequence[Candidate], currency: str) -> Match:
    open_minor, paid = sum(candidate.left for candidate in named), facts.payment.currency
    told = part(
        "other_currency",
        documents=names(named),
        open=str(Money(open_minor, currency)),
        paid=str(Money(facts.amount, paid)),
        rate=str(_rate(facts.amount, paid, open_minor, currency)),
    )
    return match._replace(
        status=Status.PROPOSED,
        rule="M4",
        confidence_bp=min(CONFIDENCE_BP["M4"], DOUBT_BP),
        customer_id=named[0].customer_id,
        explanation=explain(told),
    )


def _rate(paid_minor: int, paid: str, open_minor: int, currency: str) -> Decimal:
    """How much of the payment's currency one unit of the items' currency would cost."""
    shift = Decimal(10) ** (exponent_of(currency) - exponent_of(paid))
    return (Decimal(paid_minor) * shift / Decimal(open_minor)).quantize(RATE_DECIMALS)
