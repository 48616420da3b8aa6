"""Rule M5 where the payer names a customer: exactly what that customer owes, or one bill of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final

from concilia.matching.amounts import find_rival, of_named_periods, speaks_against
from concilia.matching.differences import exact
from concilia.matching.explanations import listing, part
from concilia.matching.findings import Finding, among, found, name, names
from concilia.matching.workbench import Candidate, Facts, Workbench

READINGS_MAX: Final = 256


def by_customer(bench: Workbench, facts: Facts) -> Finding | None:
    """
    M5: the text calls a number that of a customer, and the amount is what hangs on it.

    That is all the customer has open, or one item; of several equal ones that of the month named.
    """
    pools = [
        [c for c in bench.selectable(facts) if c.customer_id == customer]
        for customer in facts.named_customers
    ]
    if not pools or not all(pools):
        return None
    of_period = of_named_periods(facts, [c for pool in pools for c in pool])
    solutions = of_period if len(of_period) == 1 else _solutions(facts, pools)
    if not solutions:
        return None
    chosen, *others = solutions
    settlement = exact(chosen)
    doubts = speaks_against(bench, facts, settlement)
    if not of_period and not others and len(chosen) == 1:
        spent = [c for c in bench.spent(facts) if c.customer_id in facts.named_customers]
        rival = find_rival(bench, facts, [*pools[0], *spent], chosen[0])
        doubts += [part("taken", documents=names(rival))] if rival else []
    told = part(
        "customer_number",
        reference=listing(facts.named_customers),
        documents=name(bench, settlement.positions),
    )
    finding = found(bench, facts, "M5", settlement, told, doubts=doubts)
    return among(finding, bench, [exact(other) for other in others])


def _solutions(facts: Facts, pools: Sequence[list[Candidate]]) -> list[list[Candidate]]:
    """Of each customer named all items or one of them, so that together they make the amount."""
    options = [[pool, *([c] for c in pool if len(pool) > 1)] for pool in pools]
    count = 1
    for choice in options:
        count *= len(choice)
    if count > READINGS_MAX:
        options = [[pool] for pool in pools]
    return _fitting(facts.amount, options)


def _fitting(amount: int, options: Sequence[list[list[Candidate]]]) -> list[list[Candidate]]:
    found_: dict[tuple[int, ...], list[Candidate]] = {}
    for reading in product(*options):
        chosen = [candidate for part_ in reading for candidate in part_]
        if sum(candidate.left for candidate in chosen) == amount:
            found_.setdefault(tuple(sorted(c.position for c in chosen)), chosen)
    return [found_[key] for key in sorted(found_)]
