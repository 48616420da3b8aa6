"""The rules in their order (domain.md §6.3). The first that reaches its threshold wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from concilia.matching.amounts import (
    by_age,
    by_amount,
    by_combination,
    by_discounted_amount,
    by_near_amount,
    by_period,
    by_said_shortage,
    by_statement,
)
from concilia.matching.customer_numbers import by_customer
from concilia.matching.findings import Finding
from concilia.matching.habits import by_habit, note_habits
from concilia.matching.naming import (
    by_end_to_end,
    by_mistyped_reference,
    by_numbers,
    by_order,
    by_reference,
)
from concilia.matching.plans import by_plan
from concilia.matching.remittances import by_remittance
from concilia.matching.requests import by_request
from concilia.matching.workbench import Facts, Workbench

Rule = Callable[[Workbench, Facts], Finding | None]

# The payment says itself what it settles.
NAMING: Final[tuple[Rule, ...]] = (
    by_plan,
    by_request,
    by_reference,
    by_mistyped_reference,
    by_end_to_end,
    by_remittance,
    by_numbers,
    by_order,
    by_customer,
)
# Only who pays and how much is known.
AMOUNTS: Final[tuple[Rule, ...]] = (
    by_period,
    by_amount,
    by_discounted_amount,
    by_said_shortage,
    by_combination,
    by_statement,
)
# Good enough to show to a person, never to post.
GUESSES: Final[tuple[Rule, ...]] = (by_age, by_near_amount)


def by_name(bench: Workbench, facts: Facts) -> Finding | None:
    """
    Return the first safe answer of the rules that read what the payer wrote, else the first at all.

    Several answers of one rule end it: what a payer named twice over is not guessed at by the next.
    So does any answer about a plan: what was agreed is never a short payment.
    """
    best: Finding | None = None
    for rule in NAMING:
        finding = rule(bench, facts)
        if finding is None:
            continue
        if finding.is_safe or finding.others or rule is by_plan:
            return best if best is not None and not finding.is_safe else finding
        best = best or finding
    return best


def by_sum(bench: Workbench, facts: Facts) -> Finding | None:
    """
    Return the answer of the first rule that finds the amount among the payer's items.

    Where it is not safe, a habit of the payer may be (M12), or is at least the better proposal.
    """
    if by_plan(bench, facts) is not None:  # a person chooses between rows and what else it may be
        return None
    finding = _first_sum(bench, facts)
    if facts.habits and (finding is None or not finding.is_safe):
        habitual = by_habit(bench, facts, finding)
        if habitual is not None:
            note_habits(bench, facts, finding)
            return habitual
    return finding


def _first_sum(bench: Workbench, facts: Facts) -> Finding | None:
    """
    Only a whole statement (M9) may overrule combinations (M8): where many items are open there are
    always several of these, and one statement.
    """
    for rule in AMOUNTS:
        finding = rule(bench, facts)
        if finding is None:
            continue
        if rule is by_combination and not finding.is_safe:
            statement = by_statement(bench, facts)
            return statement if statement is not None and statement.is_safe else finding
        return finding
    return None


def by_guess(bench: Workbench, facts: Facts) -> Finding | None:
    """Return the first guess worth showing to a person."""
    for rule in GUESSES:
        finding = rule(bench, facts)
        if finding is not None:
            return finding
    return None
