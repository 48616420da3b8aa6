"""What a rule found for a payment, and the words for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from concilia.kernel.money import Money
from concilia.matching.differences import Settlement
from concilia.matching.explanations import Part, listing, part
from concilia.matching.reasons import DISCOUNT_UNEARNED, UNIDENTIFIED
from concilia.matching.rules import TextRule
from concilia.matching.workbench import Candidate, Facts, Line, Workbench

CONFIDENCE_BP: Final = {
    "M1": 10_000,
    "M2": 10_000,
    "M3": 9_900,
    "M4": 9_700,
    "M5": 9_300,
    "M6": 9_200,
    "M7": 9_200,
    "M8": 9_000,
    "M9": 9_000,
    "M10": 8_500,
    "M11": 8_000,
    "M12": 9_800,
    "M13": 0,
}
DOUBT_BP: Final = 6_000  # what is left of a confidence when a person must choose
_KIND_RANK: Final = {"exact": 0, "discount": 1, "netting": 1, "unearned": 2, "tax": 2}
_OTHER_KIND: Final = 3


class Finding(NamedTuple):
    """
    One rule's answer. `is_safe` means that it may be posted; otherwise a person confirms.

    `others` are different answers of the same rule: a finding with others is never safe (R-6.1).
    `interest` is what of the money on account is interest of the plan it pays.
    """

    rule: str
    settlement: Settlement
    is_safe: bool
    parts: tuple[Part, ...]
    others: tuple[Settlement, ...] = ()
    remittance_id: str | None = None
    gave_up: bool = False
    confidence_bp: int = 0
    plan_id: str = ""
    interest: int = 0

    @property
    def rank(self) -> tuple[int, int]:
        """Which finding goes first where two want the same item: the surer rule, the exact sum."""
        return int(self.rule[1:]), _KIND_RANK.get(self.settlement.kind, _OTHER_KIND)


def found(
    bench: Workbench,
    facts: Facts,
    rule: str,
    settlement: Settlement,
    *parts: Part | None,
    doubts: Sequence[Part | None] = (),
) -> Finding:
    """
    Make a finding, safe if the settlement is and nothing stands against it.

    :param doubts: every part that is not None makes the finding unsafe and is told to the clerk
    """
    against = [doubt for doubt in doubts if doubt is not None]
    if any(bench.candidates[line.position].is_last_choice for line in settlement.lines):
        held = any(bench.candidates[line.position].hold for line in settlement.lines)
        if held or rule not in {"M1", "M2", "M3", "M4", "M5"}:
            against.append(part("contested"))
    is_safe = settlement.is_safe and not against
    difference = describe_difference(facts, settlement)
    told = [one for one in (*parts, difference, *against) if one is not None]
    if not is_safe and not against:
        told.append(part("review"))
    confidence = CONFIDENCE_BP[rule]
    return Finding(
        rule=rule,
        settlement=settlement,
        is_safe=is_safe,
        parts=tuple(told),
        confidence_bp=confidence if is_safe else min(confidence, 8_500),
    )


def among(finding: Finding, bench: Workbench, others: Iterable[Settlement]) -> Finding:
    """Return the finding as one of several: a proposal that shows the other solutions."""
    rest = tuple(others)
    if not rest:
        return finding
    shown = " / ".join(name(bench, settlement.positions) for settlement in rest)
    parts = tuple(one for one in finding.parts if one.key != "review")
    return finding._replace(
        is_safe=False,
        others=rest,
        parts=(*parts, part("ambiguous", others=shown)),
        confidence_bp=min(finding.confidence_bp, DOUBT_BP),
    )


def name(bench: Workbench, positions: Iterable[int]) -> str:
    """Return the document numbers of candidates, in the order of the workbench."""
    return names(bench.candidates[position] for position in sorted(positions))


def names(candidates: Iterable[Candidate]) -> str:
    """Return the document numbers of candidates, in the order given."""
    return listing(candidate.number or candidate.item_id for candidate in candidates)


def by_elsewhere(rule: TextRule) -> Part:
    """Return the sentence that a rule takes this for no customer payment."""
    return part("rule_elsewhere", words=" ".join(rule.words), label=rule.label)


def by_customer(rule: TextRule | None) -> Part | None:
    """Return the sentence that a rule says who pays; None without one."""
    if rule is None:
        return None
    return part("rule_customer", words=" ".join(rule.words), customer=rule.label)


def money(facts: Facts, minor: int) -> str:
    """Return an amount in the payment's currency as text."""
    return str(Money(minor, facts.payment.currency))


def describe_difference(facts: Facts, settlement: Settlement) -> Part | None:
    """Return the sentence about what is missing or too much; None if nothing is."""
    kind, gap = settlement.kind, abs(settlement.gap)
    if kind == "exact" or not gap:
        return None
    if kind == "tax":
        reason = settlement.lines[0].reason
        return part("tax", amount=money(facts, gap), reason=reason)
    if kind == "several":
        return _several(facts, settlement.lines)
    return _kept(facts, settlement) if kind == "deduction" else part(kind, amount=money(facts, gap))


def _kept(facts: Facts, settlement: Settlement) -> Part:
    """A deduction, in the payer's words where there are any."""
    amount = money(facts, abs(settlement.gap))
    line = next(line for line in settlement.lines if line.deduction)
    if line.reason == UNIDENTIFIED and not line.words:
        return part("unidentified", amount=amount)
    return part("deduction", amount=amount, reason=line.reason, words=line.words.lower())


def _several(facts: Facts, lines: Sequence[Line]) -> Part:
    """Discount in time, discount too late, and what else was kept."""
    late = sum(line.deduction for line in lines if line.reason == DISCOUNT_UNEARNED)
    kept = next(line for line in lines if line.deduction and line.reason != DISCOUNT_UNEARNED)
    return part(
        "several" if late else "discount_and_more",
        discount=money(facts, sum(line.discount for line in lines)),
        late=money(facts, late),
        amount=money(facts, kept.deduction),
        reason=kept.reason,
        words=kept.words.lower(),
    )
