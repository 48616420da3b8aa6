"""
What was agreed: a row of a plan is a part of its items, and nothing is missing (domain.md §3.8).

Money for a plan goes to its items in the plan's order; interest of its rows waits on account. A
reference of ours, the plan's number, one of its items or the word for an instalment say which plan
is meant; without one the amount must be that of rows, and of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from concilia.kernel.money import Money
from concilia.kernel.numbers import BASIS_POINTS
from concilia.matching.amounts import (
    by_amount,
    by_combination,
    by_discounted_amount,
    by_period,
    by_statement,
    doubts_of,
    speaks_against,
)
from concilia.matching.differences import Settlement
from concilia.matching.explanations import Part, part
from concilia.matching.findings import Finding, among, found, names
from concilia.matching.mentions import FAIR, NONE, Mentions, find_mentions
from concilia.matching.naming import by_end_to_end, by_numbers, by_reference
from concilia.matching.numbering import NumberIndex
from concilia.matching.reasons import PART_PAYMENT
from concilia.matching.records import AgreedPlan, AgreedRow
from concilia.matching.remittances import by_remittance
from concilia.matching.workbench import Candidate, Facts, Knowledge, Line, Workbench

SHOWN_MAX: Final = 3
STATEMENT_MIN: Final = 2
_NAMING: Final = (by_reference, by_end_to_end, by_remittance, by_numbers)
_AMOUNTS: Final = (by_period, by_amount, by_discounted_amount, by_combination, by_statement)
# Plans by their number, as our letters and pages call them, in five languages.
_NUMBERED: Final = re.compile(
    r"\b(?:(?:RATEN|ZAHLUNGS|TILGUNGS)?PLAN|PIANO|ECHEANCIER|VERGLEICH|SETTLEMENT|ACCORDO|ACCORD|STRALCIO"
    r"|TRANSACTION|ACUERDO)(?: (?:DI|DE|OF|D'|RATEALE|RIENTRO|PAGOS?|PAIEMENT|PAGAMENTO))*"
    r"(?: (?:N|NO|NR|NUM|NUMERO))?[ .:#°]{0,3}([0-9]{1,12})\b"
)
_INSTALMENT: Final = re.compile(
    r"\b(?:RATA|RATE|RATEN\w*|TEILZAHLUNG|ECHEANCES?|MENSUALITES?|CUOTAS?|PLAZOS?|INSTALL?MENTS?"
    r"|RATEALE|ECHEANCIER)\b"
)


class _Standing(NamedTuple):
    """A plan as this run has left it: rows to pay, and what of its items is in them."""

    plan: AgreedPlan
    rows: tuple[AgreedRow, ...]
    parts: tuple[tuple[Candidate, int], ...]

    @property
    def positions(self) -> frozenset[int]:
        return frozenset(candidate.position for candidate, _minor in self.parts)

    def sums(self) -> Iterator[int]:
        """Yield what the first row takes, the first two, and so on."""
        total = 0
        for row in self.rows:
            total += row.minor
            yield total


class _Reading(NamedTuple):
    """An amount as money for a plan, and for items beside it that are settled whole."""

    standing: _Standing
    minor: int
    beside: tuple[Candidate, ...] = ()


def by_plan(bench: Workbench, facts: Facts) -> Finding | None:
    """
    M1, M2, M4, M6 or M8 for money of a customer with an agreed plan; never a short payment.

    What names items to the cent, of the plan or beside it, is left to the rules about names.
    """
    if not bench.plans:
        return None
    standings = [one for plan in bench.plans if (one := _standing(bench, plan)).rows and one.parts]
    if facts.payment.plan_id:
        return _requested(bench, facts, standings)
    numbers = set(_NUMBERED.findall(facts.scan.text)) if facts.scan.text else set()
    numbered = [one for one in standings if one.plan.plan_id in numbers]
    if len(numbered) == 1:
        return _named(bench, facts, _whole(facts, numbered[0]), "M4")
    said = _said(bench, facts)
    if said is not None and _closes(bench, said.settlement):
        return None
    return _by_meaning(bench, facts, standings, said)


def _by_meaning(
    bench: Workbench, facts: Facts, standings: Sequence[_Standing], said: Finding | None
) -> Finding | None:
    """By what the text names, by the word for an instalment, or by the amount alone."""
    named = _positions_named(bench, facts)
    touched = [
        one for one in standings if one.positions & named or _mentions(facts, one.plan).items
    ]
    readings = list(_readings(bench, facts, touched or standings))
    is_told = bool(touched) or _speaks_of_instalments(facts)
    if readings and not (said is not None and not touched and said.is_safe and _is_whole(said)):
        return _by_rows(bench, facts, readings, said, is_told=is_told)
    if is_told and len(touched or standings) == 1 and (said is None or touched):
        return _other_amount(bench, facts, (touched or standings)[0], named)
    return None


def _requested(bench: Workbench, facts: Facts, standings: Sequence[_Standing]) -> Finding | None:
    """The reference of a row we asked for: the plan is certain, whatever the amount."""
    mine = [one for one in standings if one.plan.plan_id == facts.payment.plan_id]
    if not mine:
        return None
    return _named(bench, facts, _whole(facts, mine[0]), facts.payment.asked_as)


def _named(bench: Workbench, facts: Facts, reading: _Reading, rule: str) -> Finding:
    doubts = []
    if facts.knowledge < Knowledge.NUMBER:
        doubts.append(part("payer_unsure", name=facts.payment.payer_name or "?"))
    if _is_far_too_much(bench, facts, reading):
        doubts.append(_agreed(facts, reading.standing))
    return _found(bench, facts, rule, reading, doubts)


def _by_rows(
    bench: Workbench,
    facts: Facts,
    readings: Sequence[_Reading],
    said: Finding | None,
    *,
    is_told: bool,
) -> Finding:
    """The amount is that of rows; what else it may be is shown beside."""
    best, others = readings[0], [_settlement(one, facts) for one in readings[1:]]
    doubts = _doubts(bench, facts, best, is_told=is_told)
    if said is not None and not said.settlement.positions & best.standing.positions:
        others.append(said.settlement)
    if not is_told:
        others += _rivals(bench, facts)
    if best.beside and not bench.policy.post_subsets:
        doubts.append(part("review"))
    rule = "M4" if is_told else "M8" if best.beside else "M6"
    mine = _settlement(best, facts)
    different = list(dict.fromkeys(one for one in others if one.lines != mine.lines))
    return among(_found(bench, facts, rule, best, doubts), bench, different[:SHOWN_MAX])


def _other_amount(
    bench: Workbench, facts: Facts, standing: _Standing, named: frozenset[int]
) -> Finding:
    """
    What is named is in a plan and the amount is no row's: still nothing is missing.

    Other items that are named go first. With a reason for paying less, or where not only items of
    the plan are named, a person looks.
    """
    left, beside = facts.amount, []
    for position in sorted(named - standing.positions):
        candidate = bench.candidates[position]
        if 0 < candidate.left <= left:
            beside.append(candidate)
            left -= candidate.left
    reading = _Reading(standing, left, tuple(beside))
    doubts = _doubts(bench, facts, reading, is_told=True)
    reason = bench.reason(facts)
    is_sure = named <= standing.positions and bool(named or _mentions(facts, standing.plan).items)
    is_short = reason is not None and reason.code != PART_PAYMENT
    if not is_sure or is_short or _is_far_too_much(bench, facts, reading):
        doubts.append(_agreed(facts, standing))
    return _found(bench, facts, "M4", reading, doubts)


def _doubts(bench: Workbench, facts: Facts, reading: _Reading, *, is_told: bool) -> list[Part]:
    """What speaks against it; a text may name the month of a row, and the payer's own numbers."""
    settlement = _settlement(reading, facts)
    against = (speaks_against if is_told else doubts_of)(bench, facts, settlement)
    days = [row.due_on for row in reading.standing.rows]
    is_of_row = any(period.has(day) for period in facts.periods for day in days)
    mine = reading.standing.positions | settlement.positions
    strange = {*bench.mentions(facts).unknown}
    if _mentions(facts, reading.standing.plan).items:
        strange &= {*_mentions(facts, reading.standing.plan).unknown}
    fits = {
        "other_period": is_of_row,
        "numbers": _positions_named(bench, facts) <= mine,
        "unknown_number": not strange and not facts.unknown_reference,
    }
    doubts = [one for one in against if not fits.get(one.key, False)]
    if is_told and facts.knowledge < Knowledge.NUMBER:
        doubts.append(part("payer_unsure", name=facts.payment.payer_name or "?"))
    return doubts


def _found(
    bench: Workbench, facts: Facts, rule: str, reading: _Reading, doubts: Sequence[Part]
) -> Finding:
    settlement = _settlement(reading, facts)
    _taken, interest, rows = _dealt(reading, facts)
    told = [_told(facts, reading.standing, rows)]
    if reading.beside:
        told.append(part("beside_plan", documents=names(reading.beside)))
    finding = found(bench, facts, rule, settlement, *told, doubts=doubts)
    return finding._replace(plan_id=reading.standing.plan.plan_id, interest=interest)


def _told(facts: Facts, standing: _Standing, rows: Sequence[AgreedRow]) -> Part:
    """The sentence that names the plan and the rows it pays."""
    plan, currency = standing.plan, facts.payment.currency
    total = str(Money(plan.principal_minor, currency))
    first, last = rows[0], rows[-1]
    if plan.is_settlement:
        return part("settlement_row", plan=plan.plan_id, day=first.due_on.isoformat(), amount=total)
    if first is last:
        day = first.due_on.isoformat()
        return part("plan_row", plan=plan.plan_id, row=str(first.n), day=day, amount=total)
    return part("plan_rows", plan=plan.plan_id, rows=f"{first.n}-{last.n}", amount=total)


def _agreed(facts: Facts, standing: _Standing) -> Part:
    row = standing.rows[0]
    return part("plan_other", amount=str(Money(row.minor, facts.payment.currency)))


def _settlement(reading: _Reading, facts: Facts) -> Settlement:
    """Whole items beside the plan, then its items in its order; the rest waits on account."""
    lines = [Line(candidate.position, candidate.left) for candidate in reading.beside]
    principal, _interest, _rows = _dealt(reading, facts)
    for candidate, room in reading.standing.parts:
        share = min(principal, room)
        if share:
            lines.append(Line(candidate.position, share))
        principal -= share
    rest = facts.amount - sum(line.applied for line in lines)
    return Settlement("plan", tuple(lines), rest, is_safe=True)


def _dealt(reading: _Reading, facts: Facts) -> tuple[int, int, tuple[AgreedRow, ...]]:
    """
    Return what of the money is principal, what interest, and the rows it reaches.

    Interest is due with its row, and with the one whose time runs; with later ones only where the
    money is what so many rows take, for interest of the future is never due (domain.md R-3.26).
    """
    standing, left = reading.standing, reading.minor
    is_rows = left in set(standing.sums())
    principal = interest = 0
    reached, runs = [], True
    for row in standing.rows:
        if not left:
            break
        is_due = row.due_on <= facts.payment.valued_on
        charged = min(left, row.interest_minor) if is_rows or is_due or runs else 0
        runs = runs and is_due
        taken = min(left - charged, row.principal_minor)
        principal, interest = principal + taken, interest + charged
        left -= charged + taken
        reached.append(row)
    return principal, interest, tuple(reached)


def _is_far_too_much(bench: Workbench, facts: Facts, reading: _Reading) -> bool:
    """Whether more than a tolerated share of the payment is nothing the plan has a use for."""
    principal, interest, _rows = _dealt(reading, facts)
    over = reading.minor - principal - interest
    return over * BASIS_POINTS > (facts.amount - over) * bench.policy.overpayment_bp


def _standing(bench: Workbench, plan: AgreedPlan) -> _Standing:
    """Where a plan is after what this run has settled of its items."""
    gone, parts = 0, []
    for one in plan.parts:
        position = bench.position_of.get(one.item_id)
        if position is None:
            continue
        candidate = bench.candidates[position]
        went = min(candidate.opened - candidate.left, one.minor)
        gone += went
        room = min(one.minor - went, candidate.left)
        if room > 0:
            parts.append((candidate, room))
    interest = bench.plan_interest.get(plan.plan_id, 0)
    return _Standing(plan, tuple(_rows_left(plan.rows, gone, interest)), tuple(parts))


def _rows_left(rows: Iterable[AgreedRow], principal: int, interest: int) -> Iterator[AgreedRow]:
    for row in rows:
        paid = min(principal, row.principal_minor)
        charged = min(interest, row.interest_minor)
        principal, interest = principal - paid, interest - charged
        left = row._replace(
            principal_minor=row.principal_minor - paid,
            interest_minor=row.interest_minor - charged,
        )
        if left.minor:
            yield left


def _readings(bench: Workbench, facts: Facts, standings: Sequence[_Standing]) -> Iterator[_Reading]:
    """
    Yield the ways in which an amount is that of rows: the oldest ones, or with items beside.

    Who owes the rest of a row may pay a whole one again, as every month.
    """
    beside = _beside(bench, facts) if standings else []
    for standing in standings:
        sums = list(standing.sums())
        whole = {row.whole_minor for row in standing.rows[:2]}
        if facts.amount in sums or (facts.amount in whole and facts.amount < sums[-1]):
            yield _Reading(standing, facts.amount)
        due = sum(row.due_on <= facts.payment.valued_on for row in standing.rows)
        counts = {1, due, due + 1, len(sums)} & set(range(1, len(sums) + 1))
        for minor in [sums[count - 1] for count in sorted(counts)]:
            for chosen in beside:
                if minor + sum(candidate.left for candidate in chosen) == facts.amount:
                    yield _Reading(standing, minor, chosen)


def _beside(bench: Workbench, facts: Facts) -> list[tuple[Candidate, ...]]:
    """What may be paid along: one item beside the plans, or all of them that are due."""
    pool = [candidate for candidate in bench.selectable(facts) if candidate.left > 0]
    due = tuple(c for c in bench.selectable(facts) if c.due_on <= facts.payment.valued_on)
    single: list[tuple[Candidate, ...]] = [(candidate,) for candidate in pool]
    return [*single, due] if len(due) >= STATEMENT_MIN else single


def _whole(facts: Facts, standing: _Standing) -> _Reading:
    return _Reading(standing, facts.amount)


def _said(bench: Workbench, facts: Facts) -> Finding | None:
    """What the rules about names say, the first that is safe."""
    if not (facts.scan.numbers or facts.scan.tokens or facts.references or facts.remittances):
        return by_end_to_end(bench, facts)
    heard = [finding for rule in _NAMING if (finding := rule(bench, facts)) is not None]
    return next((one for one in heard if one.is_safe), heard[0] if heard else None)


def _closes(bench: Workbench, settlement: Settlement) -> bool:
    """Whether items are settled whole, and nothing is kept of them."""
    return (
        bool(settlement.lines)
        and not settlement.on_account
        and all(
            line.total == bench.candidates[line.position].left and not line.deduction
            for line in settlement.lines
        )
    )


def _is_whole(finding: Finding) -> bool:
    return not any(line.deduction for line in finding.settlement.lines)


def _rivals(bench: Workbench, facts: Facts) -> list[Settlement]:
    """What the amount alone would be beside all plans."""
    for rule in _AMOUNTS:
        finding = rule(bench, facts)
        if finding is not None and not finding.settlement.positions & bench.planned:
            return [finding.settlement]
    return []


def _positions_named(bench: Workbench, facts: Facts) -> frozenset[int]:
    """The items a payment names by a reference or by a number, open ones alone."""
    named = {
        m.options[0]
        for m in bench.mentions(facts).items
        if m.strength >= FAIR and len(m.options) == 1
    }
    position = bench.position_of.get(facts.payment.end_to_end_id)
    named |= {*facts.references, *([] if position is None else [position])}
    return frozenset(one for one in named if bench.candidates[one].left)


def _mentions(facts: Facts, plan: AgreedPlan) -> Mentions:
    """What a text names of the documents of a plan, whether they are paid or not."""
    if not facts.scan.numbers or not plan.documents:
        return NONE
    known: dict[str, Mentions] = facts.__dict__.setdefault("plans", {})
    if plan.plan_id not in known:
        index = NumberIndex([(number, None) for number in plan.documents])
        found = find_mentions(facts.scan, index)
        sure = tuple(one for one in found.items if one.strength >= FAIR)
        known[plan.plan_id] = found._replace(items=sure)
    return known[plan.plan_id]


def _speaks_of_instalments(facts: Facts) -> bool:
    return bool(facts.scan.text) and _INSTALMENT.search(facts.scan.text) is not None
