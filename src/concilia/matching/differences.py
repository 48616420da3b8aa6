"""
What the difference between items and a payment means (domain.md §6.5): discount, netting, charges,
tax, a few cents, a deduction, a part payment, or money on account.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from concilia.kernel.numbers import BASIS_POINTS
from concilia.matching.reasons import (
    BANK_CHARGES,
    DISCOUNT_UNEARNED,
    PART_PAYMENT,
    SMALL_DIFFERENCE,
    SPLIT_VAT,
    UNIDENTIFIED,
    WITHHOLDING,
    Reason,
    find_second_reason,
)
from concilia.matching.subsets import coincidences, find_subsets
from concilia.matching.workbench import Candidate, Facts, Line, Workbench

DISCOUNT_CHOICES_MAX: Final = 10
NETTED_CREDITS_MAX: Final = 12
VAT_RATES_BP: Final = (2200, 1000, 500, 400, 0)
WITHHOLDING_RATES_BP: Final = (2000, 400)
TAKEN_DISCOUNTS_BP: Final = (100, 200, 250, 300, 400, 500)
ROUND_FEE: Final = 50
# A deduction with these reasons is what the rule for discounts, charges and taxes already refused.
_OWN_RULES: Final = frozenset({BANK_CHARGES, PART_PAYMENT})


class Settlement(NamedTuple):
    """
    One way to spend a payment. `kind` names the difference, `is_safe` says that nobody need look.

    `gap` is what was missing (positive) or too much (negative).
    """

    kind: str
    lines: tuple[Line, ...]
    on_account: int
    is_safe: bool
    gap: int = 0

    @property
    def positions(self) -> frozenset[int]:
        """The candidates it settles."""
        return frozenset(line.position for line in self.lines)


Rule = Callable[[Workbench, Facts, Sequence[Candidate], int], Settlement | None]


def settle(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], rules: Sequence[Rule]
) -> Settlement | None:
    """
    This will explain a payment by these items and the first difference that fits.

    None where the items are worth nothing together: a payment cannot settle credits alone.

    :param rules: `FINE` (differences that are exact to the cent), `COARSE` (the others), or both
    """
    gap = sum(candidate.left for candidate in named) - facts.amount
    if gap == 0:
        return exact(named)
    if facts.amount + gap <= 0:
        return None
    for rule in rules:
        settlement = rule(bench, facts, named, gap)
        if settlement is not None:
            return settlement
    return None


def exact(named: Sequence[Candidate], kind: str = "exact") -> Settlement:
    """The items and nothing else."""
    lines = tuple(Line(candidate.position, candidate.left) for candidate in named)
    return Settlement(kind, lines, 0, is_safe=True)


def _whole_parts(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """Several payments name this item and together are exactly it: then nothing is missing."""
    if gap <= 0 or len(named) != 1 or sum(bench.amounts_naming(named[0])) != named[0].opened:
        return None
    return _part_payment(facts, named, gap)


def _some_parts(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """Several payments name this item and do not exceed it."""
    if gap <= 0 or len(named) != 1 or not bench.is_paid_in_parts(named[0]):
        return None
    reason = bench.reason(facts)
    if reason is not None and reason.code != PART_PAYMENT:
        return None
    return _part_payment(facts, named, gap)


def _discount(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """§6.5.1: what our terms allow, a cent for each item apart; late, it is unearned."""
    if gap <= 0:
        return None
    offered = [candidate for candidate in named if candidate.discount_minor()]
    if not offered:
        return None
    chosen = _who_took_it(bench, facts, offered, gap)
    if chosen is None:
        return None
    taken = {candidate.position: candidate.discount_minor() for candidate in chosen}
    cents = gap - sum(taken.values())
    lines = []
    valued_on = facts.payment.valued_on
    for candidate in named:
        discount = taken.get(candidate.position, 0)
        odd, cents = (cents, 0) if discount else (0, cents)
        applied = candidate.left - discount - odd
        oddity = SMALL_DIFFERENCE if odd else ""
        if candidate.earns_discount(valued_on, bench.policy) or not discount:
            lines.append(Line(candidate.position, applied, discount, odd, oddity))
        else:
            kept = (discount + odd, DISCOUNT_UNEARNED, "")
            lines.append(Line(candidate.position, applied, 0, 0, "", *kept))
    kind = "discount" if not any(line.deduction for line in lines) else "unearned"
    return Settlement(kind, tuple(lines), 0, is_safe=True, gap=gap)


def _who_took_it(
    bench: Workbench, facts: Facts, offered: list[Candidate], gap: int
) -> tuple[Candidate, ...] | None:
    """All who earned it, all who were offered it, or the one choice of them that fits."""
    valued_on = facts.payment.valued_on
    earned = tuple(c for c in offered if c.earned_minor(valued_on, bench.policy))
    for group in (earned, tuple(offered)):
        if group and abs(gap - sum(c.discount_minor() for c in group)) <= len(group):
            return group
    if len(offered) > DISCOUNT_CHOICES_MAX:
        return None
    found = [
        choice
        for size in range(1, len(offered))
        for choice in combinations(offered, size)
        if sum(c.discount_minor() for c in choice) == gap
    ]
    return found[0] if len(found) == 1 else None


def _undisputed(
    _: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """What is disputed already was left out to the cent: no second deduction for it (R-6.4)."""
    if gap <= 0 or gap != sum(candidate.disputed for candidate in named):
        return None
    lines = tuple(Line(c.position, c.left - c.disputed) for c in named if c.left != c.disputed)
    assert sum(line.applied for line in lines) == facts.amount
    return Settlement("undisputed", lines, 0, is_safe=True, gap=gap)


def _netting(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """Credits the payer took off without naming them, if one choice of them fits to the cent."""
    if gap <= 0 or (len(named) == 1 and bench.is_paid_in_parts(named[0])):
        return None
    pool = bench.credits(facts, named)[:NETTED_CREDITS_MAX]
    if not pool:
        return None
    work = bench.policy.subset_work_max
    amounts = [-candidate.left for candidate in pool]
    answer = find_subsets(amounts, gap, work_max=work)
    if not answer.solutions:
        return None
    netted = [pool[place] for place in answer.solutions[0]]
    chance = coincidences(amounts, gap, len(netted)) > bench.policy.coincidence_max
    is_safe = answer.unique is not None and (len(netted) == 1 or not chance)
    # A shortage, or what banks take, may have the credit's amount.
    is_fee = gap <= bench.policy.bank_charge_minor and _looks_like_charges(bench, facts, gap)
    is_safe = is_safe and bench.reason(facts) is None and not is_fee
    return exact([*named, *netted], "netting")._replace(is_safe=is_safe, gap=gap)


def _said_deduction(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """The payer says what is missing: neither charges nor cents then (§6.5.6 before §6.5.3)."""
    reason = bench.reason(facts)
    if gap <= 0 or reason is None or reason.code in _OWN_RULES:
        return None
    if reason.code in {WITHHOLDING, SPLIT_VAT, DISCOUNT_UNEARNED}:
        tax = _tax(bench, facts, named, gap)
        if tax is not None:
            return tax
    return _deduct(bench, facts, named, gap)


def _discount_and_more(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """
    The payer speaks of cash discount and of something else: §6.5.1 by item, §6.5.6 for the rest.

    Only a person knows whether they meant it so: it is proposed, never posted by itself.
    """
    said = bench.reason(facts)
    if gap <= 0 or said is None or said.code != DISCOUNT_UNEARNED:
        return None
    other = find_second_reason(facts.payment.text, said)
    taken = {candidate.position: candidate.discount_minor() for candidate in named}
    rest = gap - sum(taken.values())
    if other is None or other.code in _OWN_RULES or rest <= len(named) or not any(taken.values()):
        return None
    late = {
        candidate.position: taken[candidate.position]
        for candidate in named
        if not candidate.earns_discount(facts.payment.valued_on, bench.policy)
    }
    # An item holds one deduction: what is late and what else is missing stand on different ones.
    able = [c for c in named if not late.get(c.position) and c.left > taken[c.position] + rest]
    target = (able and _pointed_at(bench, facts, able, other)) or max(
        able, key=lambda c: (c.left, -c.position), default=None
    )
    if target is None:
        return None
    lines = []
    for each in named:
        position, left = each.position, each.left - taken[each.position]
        if each is target:
            kept = (rest, other.code, other.words)
            lines.append(Line(position, left - rest, taken[position], 0, "", *kept))
        elif late.get(position):
            lines.append(Line(position, left, 0, 0, "", late[position], DISCOUNT_UNEARNED, ""))
        else:
            lines.append(Line(position, left, taken[position]))
    return Settlement("several", tuple(lines), 0, is_safe=False, gap=gap)


def _charges(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """§6.5.3: the banks between us and a payer abroad take their fee out of the payment."""
    reason = bench.reason(facts)
    said = reason is not None and reason.code == BANK_CHARGES
    if not 0 < gap <= bench.policy.bank_charge_minor:
        return None
    if not said and not _looks_like_charges(bench, facts, gap):
        return None
    return _write_off(named, gap, BANK_CHARGES, "charges")


def _looks_like_charges(bench: Workbench, facts: Facts, gap: int) -> bool:
    """Whether nobody need say that banks took this: it is little, and the text has no such sum."""
    is_little = gap * BASIS_POINTS <= (facts.amount + gap) * bench.policy.bank_charge_bp
    return facts.cross_border and is_little and gap not in facts.scan.amounts


def _more_than_allowed(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """A whole percentage was taken off items that have a discount, only not so much: unearned."""
    reason = bench.reason(facts)
    is_tax = reason is not None and reason.code in {WITHHOLDING, SPLIT_VAT}
    if gap <= 0 or is_tax or any(not candidate.discount_minor() for candidate in named):
        return None
    allowed = sum(candidate.discount_minor() for candidate in named)
    # A round sum from abroad may as well be a bank's fee.
    is_fee = gap % ROUND_FEE == 0 and gap <= bench.policy.bank_charge_minor and reason is None
    is_safe = not (is_fee and _looks_like_charges(bench, facts, gap))
    for rate in TAKEN_DISCOUNTS_BP:
        kept = [_part(candidate.left, rate) for candidate in named]
        if gap > allowed and abs(sum(kept) - gap) <= len(named):
            exactly = [kept[0] + gap - sum(kept), *kept[1:]]
            lines = tuple(
                Line(c.position, c.left - amount, deduction=amount, reason=DISCOUNT_UNEARNED)
                for c, amount in zip(named, exactly, strict=True)
            )
            return Settlement("unearned", lines, 0, is_safe=is_safe, gap=gap)
    return None


def _tax(_: Workbench, facts: Facts, named: Sequence[Candidate], gap: int) -> Settlement | None:
    """§6.5.4: Italian withholding (20 % or 4 % of the base) or split VAT, by the exact formula."""
    if gap <= 0 or not facts.italian or any(candidate.left <= 0 for candidate in named):
        return None
    for reason, kept in _tax_formulas(named):
        if abs(sum(kept) - gap) <= len(named) - 1:
            exactly = [kept[0] + gap - sum(kept), *kept[1:]]
            lines = tuple(
                Line(c.position, c.left - amount, deduction=amount, reason=reason)
                for c, amount in zip(named, exactly, strict=True)
            )
            return Settlement("tax", lines, 0, is_safe=True, gap=gap)
    return None


def _tax_formulas(named: Sequence[Candidate]) -> list[tuple[str, list[int]]]:
    formulas: list[tuple[str, list[int]]] = []
    if all(candidate.vat_minor is not None for candidate in named):
        bases = [[c.left - (c.vat_minor or 0) for c in named]]
    else:
        bases = [[_without_vat(c.left, rate) for c in named] for rate in VAT_RATES_BP]
    for base in bases:
        vat = [c.left - net for c, net in zip(named, base, strict=True)]
        if any(vat):
            formulas.append((SPLIT_VAT, vat))
        formulas.extend(
            (WITHHOLDING, [_part(net, rate) for net in base]) for rate in WITHHOLDING_RATES_BP
        )
    return formulas


def _without_vat(gross: int, rate_bp: int) -> int:
    whole = BASIS_POINTS + rate_bp
    return (gross * BASIS_POINTS * 2 + whole) // (2 * whole)


def _part(amount: int, rate_bp: int) -> int:
    return (amount * rate_bp * 2 + BASIS_POINTS) // (2 * BASIS_POINTS)


def _rounding(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """§6.5.5: a few cents, as long as the customer does not make a habit of it (anti-salami)."""
    if gap <= 0 or gap > small_difference(bench, facts.amount):
        return None
    settlement = _write_off(named, gap, SMALL_DIFFERENCE, "rounding")
    if settlement is None:
        return None
    position = next(line.position for line in settlement.lines if line.writeoff)
    booked_on = facts.payment.booked_on
    month = (bench.candidates[position].customer_id, booked_on.year, booked_on.month)
    spent = bench.small_differences.get(month, 0)
    return settlement._replace(is_safe=spent + gap <= bench.policy.small_difference_month_minor)


def small_difference(bench: Workbench, amount: int) -> int:
    """The largest difference that is small for a payment of this amount."""
    policy = bench.policy
    return min(policy.small_difference_minor, _part(abs(amount), policy.small_difference_bp))


def without_charges(item: Candidate, gap: int) -> Settlement | None:
    """One item, of which the banks on the way kept the gap."""
    return _write_off([item], gap, BANK_CHARGES, "charges")


def _write_off(named: Sequence[Candidate], gap: int, reason: str, kind: str) -> Settlement | None:
    """Take a difference off the largest item."""
    target = max(named, key=lambda c: (c.left, -c.position))
    if target.left <= gap:
        return None
    lines = tuple(
        Line(c.position, c.left - gap, writeoff=gap, writeoff_reason=reason)
        if c is target
        else Line(c.position, c.left)
        for c in named
    )
    return Settlement(kind, lines, 0, is_safe=True, gap=gap)


def _short(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """§6.5.6: a part payment where the payer says so or keeps most of it, else a deduction."""
    if gap <= 0:
        return None
    reason = bench.reason(facts)
    is_part = reason is not None and reason.code == PART_PAYMENT
    keeps_most = gap * BASIS_POINTS > (facts.amount + gap) * bench.policy.part_payment_bp
    if is_part or (keeps_most and reason is None):
        return _part_payment(facts, named, gap)
    return _deduct(bench, facts, named, gap)


def _part_payment(facts: Facts, named: Sequence[Candidate], gap: int) -> Settlement:
    """Oldest first, the last one in part; what stays open is not contested."""
    credit = [candidate for candidate in named if candidate.left < 0]
    rest = facts.amount - sum(candidate.left for candidate in credit)
    lines = [Line(candidate.position, candidate.left) for candidate in credit]
    debit = [candidate for candidate in named if candidate.left > 0]
    for candidate in sorted(debit, key=lambda c: c.position):
        paid = min(rest, candidate.left)
        if paid:
            lines.append(Line(candidate.position, paid))
        rest -= paid
    return Settlement("part", tuple(lines), 0, is_safe=len(debit) == 1, gap=gap)


def _deduct(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """Close the items and open a deduction for what is missing, with the reason given or FI-16."""
    reason = bench.reason(facts)
    code = reason.code if reason and reason.code != BANK_CHARGES else UNIDENTIFIED
    target, is_sure = _contested(bench, facts, named, gap, reason)
    if target is None:
        return None
    words = reason.words if reason else ""
    lines = tuple(
        Line(c.position, c.left - gap, deduction=gap, reason=code, words=words)
        if c is target
        else Line(c.position, c.left)
        for c in named
    )
    return Settlement("deduction", lines, 0, is_safe=is_sure, gap=gap)


def _contested(
    bench: Workbench,
    facts: Facts,
    named: Sequence[Candidate],
    gap: int,
    reason: Reason | None,
) -> tuple[Candidate | None, bool]:
    """The item the missing amount belongs to, and whether that is sure."""
    able = [candidate for candidate in named if candidate.left > gap]
    if len(named) == 1 or not able:
        return (able[0], True) if able else (None, False)
    if len(able) == 1 and all(candidate.left > 0 for candidate in named):
        return able[0], reason is not None
    if reason is not None:
        pointed = _pointed_at(bench, facts, able, reason)
        if pointed is not None:
            return pointed, True
    return max(able, key=lambda c: (c.left, -c.position)), False


def _pointed_at(
    bench: Workbench, facts: Facts, able: list[Candidate], reason: Reason
) -> Candidate | None:
    """The item named right before the reason, if another is named after it; else unknown."""
    positions = {candidate.position: candidate for candidate in able}
    mentions = bench.mentions(facts).items
    if not any(mention.start > reason.start for mention in mentions):
        return None
    before = [mention for mention in mentions if mention.end <= reason.start]
    if not before or len(before[-1].options) != 1:
        return None
    return positions.get(before[-1].options[0])


def _over(
    bench: Workbench, facts: Facts, named: Sequence[Candidate], gap: int
) -> Settlement | None:
    """§6.5.7: what is too much waits on account; far too much is asked about."""
    if gap >= 0:
        return None
    settled = facts.amount + gap
    is_safe = -gap * BASIS_POINTS <= settled * bench.policy.overpayment_bp
    return exact(named, "over")._replace(on_account=-gap, is_safe=is_safe, gap=gap)


FINE: Final[tuple[Rule, ...]] = (_whole_parts, _undisputed, _discount, _netting)
COARSE: Final[tuple[Rule, ...]] = (
    _some_parts,
    _discount_and_more,
    _more_than_allowed,
    _said_deduction,
    _charges,
    _tax,
    _rounding,
    _short,
    _over,
)
