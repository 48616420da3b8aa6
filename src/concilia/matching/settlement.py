"""
All payments of one payer group against its open items: no item twice, no good match blocked.

First the payments that say what they settle, the surest first, whatever day they came; then those
that only have an amount, judged by what the first left open; then proposals from what remains.
Payments take turns by rule, exactness, booking date and id, so the order of rows means nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from concilia.matching.cascade import by_guess, by_name, by_sum
from concilia.matching.differences import Settlement
from concilia.matching.explanations import Part, explain, part
from concilia.matching.findings import CONFIDENCE_BP, Finding, by_customer, name
from concilia.matching.habits import note_habits
from concilia.matching.mentions import FAIR, STRONG
from concilia.matching.reasons import SMALL_DIFFERENCE
from concilia.matching.records import Allocation, Alternative, Deduction, Match, Status
from concilia.matching.workbench import Facts, Knowledge, Workbench

Finder = Callable[[Workbench, Facts], Finding | None]
FUZZY_RULES: Final = frozenset({"M4", "M5", "M6", "M7", "M8"})


def settle_group(bench: Workbench, payments: Sequence[Facts]) -> list[Match]:
    """This will answer every payment of one payer group in one currency."""
    ordered = sorted(payments, key=lambda facts: facts.order)
    waiting = [facts for facts in ordered if facts.amount > 0]
    _note_names(bench, waiting)
    answers, waiting = _post(bench, waiting, by_name, again=True)
    waiting, doubles = _part_duplicates(bench, waiting)
    _note_claims(bench, waiting)
    posted, waiting = _post(bench, waiting, by_sum, again=False)
    answers += posted
    answers += _propose(bench, waiting)
    answers += [_answer_duplicate(bench, facts, position) for facts, position in doubles]
    returned = [facts for facts in ordered if facts.amount <= 0]
    return answers + [_answer_return(facts, ordered) for facts in returned]


def _note_names(bench: Workbench, waiting: Iterable[Facts]) -> None:
    """Note which payments name the same item: together they may pay it in parts."""
    for facts in waiting:
        named = [m for m in bench.mentions(facts).items if m.strength >= FAIR]
        single = {m.options[0] for m in named if len(m.options) == 1}
        for position in single.union(facts.references):
            bench.named_by.setdefault(position, []).append(facts.amount)


def _post(
    bench: Workbench, waiting: Sequence[Facts], find: Finder, *, again: bool
) -> tuple[list[Match], list[Facts]]:
    """
    Post what is safe, the surest first. Who finds an item gone looks again.

    :param again: whether a second look may post; where only an amount decides, what became the only
        solution because another payment took the other one is for a person
    """
    findings = [(facts, _find(bench, facts, find)) for facts in waiting]
    safe = [(facts, one) for facts, one in findings if one is not None and one.is_safe]
    safe.sort(key=lambda pair: (pair[1].rank, pair[0].order))
    before = bench.version
    answers, done = [], set()
    for facts, finding in safe:
        fresh: Finding | None = finding
        if len(safe) > 1 and (
            finding.settlement.kind == "rounding"  # the month's allowance may be spent by now
            or any(
                bench.changed.get(line.position, before) > before
                for line in finding.settlement.lines
            )
        ):
            fresh = _find(bench, facts, find) if again else None
        if fresh is not None and fresh.is_safe:
            answers.append(_apply(bench, facts, fresh, Status.POSTED))
            done.add(id(facts))
    return answers, [facts for facts in waiting if id(facts) not in done]


def _find(bench: Workbench, facts: Facts, find: Finder) -> Finding | None:
    """Ask once for the same question: as long as nothing was settled, the answer stays."""
    memo: dict[Finder, tuple[int, Finding | None]] = facts.__dict__.setdefault("memo", {})
    known = memo.get(find)
    if known is None or known[0] != bench.version:
        known = memo[find] = (bench.version, find(bench, facts))
    return known[1]


def _apply(bench: Workbench, facts: Facts, finding: Finding, status: Status) -> Match:
    """Take what a finding settles off the items, and make the answer of it."""
    settlement = finding.settlement
    assert sum(line.applied for line in settlement.lines) + settlement.on_account == facts.amount
    for line in settlement.lines:
        bench.take_off(line.position, line.total)
        bench.settled_by.setdefault(line.position, facts.payment.payment_id)
        if line.writeoff_reason == SMALL_DIFFERENCE:
            _count_small_difference(bench, facts, line.position, line.writeoff)
    if finding.interest:
        known = bench.plan_interest.get(finding.plan_id, 0)
        bench.plan_interest[finding.plan_id] = known + finding.interest
    return _match(bench, facts, finding, status)


def _count_small_difference(bench: Workbench, facts: Facts, position: int, amount: int) -> None:
    customer_id = bench.candidates[position].customer_id
    booked_on = facts.payment.booked_on
    month = (customer_id, booked_on.year, booked_on.month)
    bench.small_differences[month] = bench.small_differences.get(month, 0) + amount


def _match(bench: Workbench, facts: Facts, finding: Finding, status: Status) -> Match:
    allocations, deductions = _entries(bench, finding.settlement)
    confidence = finding.confidence_bp
    rule, parts = finding.rule, finding.parts
    by_rule = facts.rule_customer is not None
    if (
        facts.knowledge == Knowledge.FUZZY
        and not by_rule
        and status != Status.POSTED
        and rule in FUZZY_RULES
    ):
        rule, confidence = "M11", min(confidence, CONFIDENCE_BP["M11"])
    return Match(
        payment_id=facts.payment.payment_id,
        status=status,
        rule=rule,
        confidence_bp=confidence,
        customer_id=_customer_of(bench, facts, finding.settlement),
        allocations=allocations,
        deductions=deductions,
        on_account_minor=finding.settlement.on_account,
        explanation=explain(by_customer(facts.rule_customer), *parts),
        alternatives=tuple(_alternative(bench, facts, other) for other in finding.others),
        remittance_id=facts.remittances[0].remittance_id if facts.remittances else None,
        gave_up=finding.gave_up,
        habits=facts.habits_said or {},
        elsewhere=facts.rule_elsewhere.rule_id if facts.rule_elsewhere else "",
    )


def _entries(
    bench: Workbench, settlement: Settlement
) -> tuple[tuple[Allocation, ...], tuple[Deduction, ...]]:
    allocations, deductions = [], []
    for line in settlement.lines:
        item_id = bench.candidates[line.position].item_id
        allocations.append(
            Allocation(item_id, line.applied, line.discount, line.writeoff, line.writeoff_reason)
        )
        if line.deduction:
            deductions.append(Deduction(item_id, line.deduction, line.reason, line.words))
    return tuple(allocations), tuple(deductions)


def _customer_of(bench: Workbench, facts: Facts, settlement: Settlement) -> str | None:
    """The customer whose items are settled; where there are several, the one that paid."""
    customers = {bench.candidates[line.position].customer_id for line in settlement.lines}
    if len(customers) == 1:
        return customers.pop()
    return facts.candidate_customer or (min(customers) if customers else None)


def _alternative(bench: Workbench, facts: Facts, settlement: Settlement) -> Alternative:
    allocations, deductions = _entries(bench, settlement)
    customer_id = _customer_of(bench, facts, settlement)
    return Alternative(customer_id, allocations, deductions, settlement.on_account)


def _part_duplicates(
    bench: Workbench, waiting: Sequence[Facts]
) -> tuple[list[Facts], list[tuple[Facts, int]]]:
    """Payments that name only what another payment has settled: probably paid twice."""
    others, doubles = [], []
    for facts in waiting:
        named = [m.options for m in bench.mentions(facts).items if m.strength == STRONG]
        named += [facts.references] if facts.references else []
        gone = [
            position
            for options in named
            for position in options
            if not bench.candidates[position].left and position in bench.settled_by
        ]
        open_still = any(bench.candidates[p].left for options in named for p in options)
        if gone and not open_still:
            doubles.append((facts, gone[0]))
        else:
            others.append(facts)
    return others, doubles


def _note_claims(bench: Workbench, waiting: Iterable[Facts]) -> None:
    """What a payment names is not for another payment's arithmetic."""
    for facts in waiting:
        for mention in bench.mentions(facts).items:
            if mention.strength == STRONG:
                bench.claimed.update(p for p in mention.options if bench.candidates[p].left)
    if bench.claimed:
        bench.version += 1


def _propose(bench: Workbench, waiting: Sequence[Facts]) -> list[Match]:
    """The best answer from what is left for each payment, shown to a person."""
    findings = [(facts, _best(bench, facts)) for facts in waiting]
    for facts, _finding in findings:
        if _find(bench, facts, by_name) is None:
            note_habits(bench, facts, _find(bench, facts, by_sum))
    findings.sort(key=lambda pair: (-pair[1].confidence_bp if pair[1] else 0, pair[0].order))
    answers = []
    for facts, finding in findings:
        fresh = finding
        if finding is not None and not _still_fits(bench, finding.settlement):
            fresh = _best(bench, facts)
        if fresh is None:
            answers.append(_answer_nothing(bench, facts))
        else:
            answers.append(_apply(bench, facts, _as_proposal(fresh), Status.PROPOSED))
    return answers


def _as_proposal(finding: Finding) -> Finding:
    if not finding.is_safe:
        return finding
    confidence = min(finding.confidence_bp, CONFIDENCE_BP["M10"])
    return finding._replace(
        is_safe=False,
        parts=(*finding.parts, part("review")),
        confidence_bp=confidence,
    )


def _best(bench: Workbench, facts: Facts) -> Finding | None:
    for find in (by_name, by_sum, by_guess):
        finding = _find(bench, facts, find)
        if finding is not None:
            return finding
    return None


def _still_fits(bench: Workbench, settlement: Settlement) -> bool:
    for line in settlement.lines:
        left = bench.candidates[line.position].left
        if abs(line.total) > abs(left) or (left > 0) != (line.total > 0):
            return False
    return True


def unmatched(facts: Facts, *parts: Part, duplicate_of: str | None = None) -> Match:
    """Return the answer that all of it waits on account, or for somebody to say whose it is."""
    return Match(
        payment_id=facts.payment.payment_id,
        status=Status.UNMATCHED,
        rule="M13",
        confidence_bp=0,
        customer_id=facts.candidate_customer if facts.knowledge >= Knowledge.NUMBER else None,
        allocations=(),
        deductions=(),
        on_account_minor=facts.amount,
        explanation=explain(by_customer(facts.rule_customer), *parts),
        habits=facts.habits_said or {},
        duplicate_of=duplicate_of,
        elsewhere=facts.rule_elsewhere.rule_id if facts.rule_elsewhere else "",
    )


def _answer_nothing(bench: Workbench, facts: Facts) -> Match:
    if facts.knowledge <= Knowledge.FUZZY and not bench.candidates:
        return unmatched(facts, part("nobody"))
    if not bench.candidates:
        return unmatched(facts, part("no_currency", currency=facts.payment.currency))
    unknown = bench.mentions(facts).unknown
    doubt = [part("unknown_number", numbers=", ".join(unknown))] if unknown else []
    return unmatched(facts, part("no_fit"), *doubt)


def _answer_duplicate(bench: Workbench, facts: Facts, position: int) -> Match:
    first = bench.settled_by[position]
    told = part("duplicate", documents=name(bench, [position]), payment=first)
    return unmatched(facts, told, duplicate_of=first)


def _answer_return(facts: Facts, payments: Sequence[Facts]) -> Match:
    """Money taken back belongs to the one payment of that amount before it."""
    twins = [
        other.payment.payment_id
        for other in payments
        if other.amount == -facts.amount and other.payment.booked_on <= facts.payment.booked_on
    ]
    if facts.amount and len(twins) == 1:
        return unmatched(facts, part("taken_back_of", payment=twins[0]))
    return unmatched(facts, part("taken_back"))
