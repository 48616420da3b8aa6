"""
Rule M12: how a payer was seen to pay (domain.md §6.3), and what each habit would have answered.

A habit that a payer does not have yet is asked too: when a person decides, its answer is what the
decision agrees with or not.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from concilia.kernel.numbers import BASIS_POINTS
from concilia.matching.amounts import by_age, by_near_amount, by_statement, doubts_of
from concilia.matching.differences import (
    COARSE,
    FINE,
    Rule,
    Settlement,
    exact,
    settle,
    without_charges,
)
from concilia.matching.explanations import part
from concilia.matching.findings import Finding, among, found, name
from concilia.matching.records import PayerHabit
from concilia.matching.workbench import Candidate, Facts, Knowledge, Workbench

TOLD_MIN: Final = 3  # what was seen less often is no habit
TOLD_BP: Final = 5_000  # nor what is rather not so
UNIT: Final = 100
TENS: Final = 1_000
DIGEST_LENGTH: Final = 16
# What the amount alone says needs no habit, and confirms none.
_BY_ONE_AMOUNT: Final = frozenset({"M6", "M7"})

# Item, applied, discount, write-off and its reason, deduction and its reason.
SettledLine = tuple[str, int, int, int, str, int, str]
Answers = Sequence[Settlement]


def probability_bp(confirmations: int, contradictions: int) -> int:
    """
    This will be how surely a habit holds, in basis points: Wilson's lower bound at one deviation.

    Fifty confirmations without a contradiction are 98 %.
    """
    n = confirmations + contradictions
    if not n:
        return 0
    spread = math.sqrt(confirmations * contradictions / n + 0.25)
    return math.floor(BASIS_POINTS * (confirmations + 0.5 - spread) / (n + 1))


def digest_of(lines: Iterable[SettledLine]) -> str:
    """This will be what two answers share if and only if they do the same to the same items."""
    text = "\n".join("\t".join(map(str, line)) for line in sorted(lines))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def is_told(habit: PayerHabit) -> bool:
    """Whether a habit was seen often enough to be proposed by."""
    return habit.confirmations >= TOLD_MIN and habit.probability_bp >= TOLD_BP


def by_habit(bench: Workbench, facts: Facts, finding: Finding | None) -> Finding | None:
    """
    M12: the way this payer was seen to pay before, and people agreed.

    It posts only what people confirmed often enough (`habit_confirmations_min`,
    `habit_probability_bp`), never where the habit finds several answers, and never where another
    habit that may post says otherwise.

    :param finding: what the amount says by itself; a habit goes before it that is more probable, or
        that chooses where the amount has several answers
    """
    spoken = [
        (habit, answer)
        for habit in _surest_first(facts)
        if (answer := _one(bench, facts, habit.kind))
    ]
    if not spoken:
        return None
    habit, settlement = spoken[0]
    doubts = doubts_of(bench, facts, settlement)
    rivals = [one for other, one in spoken if _may_post(bench, other)]
    if not _may_post(bench, habit) or any(one.lines != settlement.lines for one in rivals):
        doubts.append(part("review"))
    told = part(
        f"habit_{habit.kind}",
        documents=name(bench, settlement.positions),
        times=str(habit.confirmations),
        of=str(habit.confirmations + habit.contradictions),
    )
    habitual = found(bench, facts, "M12", settlement, told, doubts=doubts)
    habitual = habitual._replace(confidence_bp=habit.probability_bp)
    if habitual.is_safe or finding is None:
        return habitual
    if not finding.others and habit.probability_bp <= finding.confidence_bp:
        return None
    rest = [one for one in (finding.settlement, *finding.others) if one.lines != settlement.lines]
    ranked = among(habitual, bench, rest)
    return ranked._replace(confidence_bp=min(habit.probability_bp, habitual.confidence_bp))


def note_habits(bench: Workbench, facts: Facts, finding: Finding | None) -> None:
    """Note what every habit would have answered as things stand, for whoever decides."""
    if facts.habits_said is not None or facts.knowledge < Knowledge.NAME or facts.amount <= 0:
        return
    plain = (
        finding.settlement.lines
        if finding is not None and finding.rule in _BY_ONE_AMOUNT and not finding.others
        else None
    )
    facts.habits_said = {
        kind: digest_of(lines_of(bench, settlement))
        for kind in HABITS
        if (settlement := _one(bench, facts, kind)) and settlement.lines != plain
    }


def lines_of(bench: Workbench, settlement: Settlement) -> list[SettledLine]:
    """What a settlement does, by item."""
    return [
        (
            bench.candidates[line.position].item_id,
            line.applied,
            line.discount,
            line.writeoff,
            line.writeoff_reason,
            line.deduction,
            line.reason if line.deduction else "",
        )
        for line in settlement.lines
    ]


def _surest_first(facts: Facts) -> list[PayerHabit]:
    told = [one for one in facts.habits if is_told(one) and one.kind in HABITS]
    return sorted(told, key=lambda one: (-one.probability_bp, -one.confirmations, one.kind))


def _may_post(bench: Workbench, habit: PayerHabit) -> bool:
    policy = bench.policy
    return (
        habit.confirmations >= policy.habit_confirmations_min
        and habit.probability_bp >= policy.habit_probability_bp
    )


def _one(bench: Workbench, facts: Facts, kind: str) -> Settlement | None:
    """The only answer of a habit; none where it has several or none. Asked once as things stand."""
    memo: dict[tuple[str, int], Settlement | None] = facts.__dict__.setdefault("habit_memo", {})
    key = (kind, bench.version)
    if key not in memo:
        answers = HABITS[kind](bench, facts)
        memo[key] = answers[0]._replace(is_safe=True) if len(answers) == 1 else None
    return memo[key]


def _statement(bench: Workbench, facts: Facts) -> Answers:
    return _settlements(by_statement(bench, facts))


def _oldest(bench: Workbench, facts: Facts) -> Answers:
    return _settlements(by_age(bench, facts))


def _settlements(finding: Finding | None) -> Answers:
    return (finding.settlement, *finding.others) if finding else ()


def _credits(bench: Workbench, facts: Facts) -> Answers:
    """Every credit is used up, and with one item, or with the oldest ones, it makes the amount."""
    pool = bench.selectable(facts)
    credit = [candidate for candidate in pool if candidate.left < 0]
    debit = [candidate for candidate in pool if candidate.left > 0]
    wanted = facts.amount - sum(candidate.left for candidate in credit)
    if not credit:
        return ()
    equal = [candidate for candidate in debit if candidate.left == wanted]
    if equal:
        return [exact([one, *credit]) for one in equal]
    total = 0
    for count, candidate in enumerate(debit, start=1):
        total += candidate.left
        if total >= wanted:
            return [exact([*debit[:count], *credit])] if total == wanted else ()
    return ()


def _rounds(bench: Workbench, facts: Facts) -> Answers:
    """The cents are left out: within what we tolerate."""
    if facts.amount % UNIT:
        return ()
    return _settlements(by_near_amount(bench, facts))


def _rounds_tens(bench: Workbench, facts: Facts) -> Answers:
    """The units are left out: tolerated, or an unexplained deduction (domain.md §6.5)."""
    if facts.amount % TENS:
        return ()
    near = [c for c in bench.selectable(facts) if UNIT <= c.left - facts.amount < TENS]
    return _settled(bench, facts, near, COARSE)


def _late_discount(bench: Workbench, facts: Facts) -> Answers:
    """One item less the discount that was offered on it, some days too late."""
    policy, valued_on = bench.policy, facts.payment.valued_on
    fitting = [
        candidate
        for candidate in bench.selectable(facts)
        if (until := candidate.discount_until) is not None
        and candidate.left - candidate.discount_minor() == facts.amount
        and policy.discount_grace_days < (valued_on - until).days <= policy.habit_late_days
    ]
    return _settled(bench, facts, [c for c in fitting if c.discount_minor()], FINE)


def _charges(bench: Workbench, facts: Facts) -> Answers:
    """One item less what banks take: the payer lets us bear the charges."""
    limit = bench.policy.bank_charge_minor
    near = [c for c in bench.selectable(facts) if 0 < c.left - facts.amount <= limit]
    found_ = [without_charges(one, one.left - facts.amount) for one in near]
    return [one for one in found_ if one is not None]


def _settled(
    bench: Workbench, facts: Facts, near: Sequence[Candidate], rules: Sequence[Rule]
) -> Answers:
    found_ = [settle(bench, facts, [one], rules) for one in near]
    return [one for one in found_ if one is not None]


HABITS: Final[Mapping[str, Callable[[Workbench, Facts], Answers]]] = {
    "statement": _statement,
    "oldest": _oldest,
    "credits": _credits,
    "rounds": _rounds,
    "rounds_tens": _rounds_tens,
    "late_discount": _late_discount,
    "charges": _charges,
}
