"""Rules M6 to M10: the payer is known, and only the amount says what for (domain.md §6.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from operator import attrgetter
from typing import Final, NamedTuple

from concilia.matching.differences import COARSE, FINE, Settlement, exact, settle, small_difference
from concilia.matching.explanations import Part, part
from concilia.matching.findings import (
    Finding,
    among,
    by_elsewhere,
    found,
    name,
    names,
)
from concilia.matching.mentions import FAIR
from concilia.matching.periods import Period
from concilia.matching.reasons import PART_PAYMENT, speaks_of_other_money
from concilia.matching.subsets import NO_SOLUTION, SubsetAnswer, coincidences, find_subsets
from concilia.matching.workbench import (
    Candidate,
    Facts,
    Knowledge,
    Line,
    Statements,
    Workbench,
)

DUE_SOON: Final = timedelta(days=10)
STATEMENT_ITEMS_MIN: Final = 2
HOPELESS_MIN: Final = 1000  # where so many combinations are expected, none of them tells anything
SHOWN_MAX: Final = 2
_DUE_ON: Final = attrgetter("due_on")
_ISSUED_ON: Final = attrgetter("issued_on")
EVERYWHERE_MAX: Final = 5  # among so few items a combination is as likely meant as an equal amount


def doubts_of(bench: Workbench, facts: Facts, settlement: Settlement) -> list[Part]:
    """What speaks against settling by amount alone, and that nobody knows who pays."""
    doubts = speaks_against(bench, facts, settlement)
    if facts.knowledge < Knowledge.NAME:
        doubts.insert(0, part("payer_unsure", name=facts.payment.payer_name or "?"))
    return doubts


def speaks_against(bench: Workbench, facts: Facts, settlement: Settlement) -> list[Part]:
    """What in the text, or of other payments, speaks against settling by amount alone."""
    doubts = []
    if facts.foreign:
        doubts.append(part("other_customer", documents=facts.foreign))
    if facts.unknown_reference:
        doubts.append(part("unknown_number", numbers=facts.unknown_reference))
    doubts += _elsewhere(facts)
    mentions = bench.mentions(facts)
    if mentions.unknown:
        doubts.append(part("unknown_number", numbers=", ".join(mentions.unknown)))
    positions = settlement.positions
    others = [m for m in mentions.items if m.strength >= FAIR]
    if any(not positions.intersection(m.options) for m in others):
        named = {m.options[0] for m in others if not positions.intersection(m.options)}
        doubts.append(part("numbers", documents=name(bench, named)))
    if bench.claimed and not bench.claimed.isdisjoint(positions):
        doubts.append(part("contended"))
    if facts.periods and not any(
        _is_of(period, bench.candidates[position])
        for period in facts.periods
        for position in positions
    ):
        doubts.append(part("other_period", documents=name(bench, positions)))
    return doubts


def _is_of(period: Period, candidate: Candidate) -> bool:
    """Whether somebody may call this the item of a month: issued or due in it."""
    return period.has(candidate.issued_on) or period.has(candidate.due_on)


def _elsewhere(facts: Facts) -> list[Part]:
    """What says that the money is for something else than invoices."""
    if facts.rule_elsewhere is not None:
        return [by_elsewhere(facts.rule_elsewhere)]
    is_said = facts.scan.text and speaks_of_other_money(facts.scan.text)
    return [part("other_money")] if is_said else []


def by_amount(bench: Workbench, facts: Facts) -> Finding | None:
    """M6: one item has exactly this amount, and no two others make it together."""
    pool = bench.selectable(facts)
    equal = [candidate for candidate in pool if candidate.left == facts.amount]
    if not equal:
        return _contested_amount(bench, facts)
    settlement = exact(equal[:1])
    spent = bench.spent(facts)
    others = [exact([candidate]) for candidate in equal[1 : 1 + SHOWN_MAX]]
    doubts = doubts_of(bench, facts, settlement)
    twins = [candidate for candidate in spent if candidate.opened == facts.amount]
    rival = [] if others or twins else find_rival(bench, facts, [*pool, *spent], equal[0])
    if rival and all(candidate.left == candidate.opened for candidate in rival):
        others = [exact(rival)]
    elif rival or twins:
        doubts.append(part("taken", documents=names(rival or twins[:1])))
    told = part("one_of_several" if others else "amount", documents=names(equal[:1]))
    return among(found(bench, facts, "M6", settlement, told, doubts=doubts), bench, others)


def find_rival(
    bench: Workbench, facts: Facts, pool: Sequence[Candidate], single: Candidate
) -> list[Candidate]:
    """
    Return a combination without the single item that makes the same amount, if that tells.

    Two items always do. More only where so many items would hardly make it by chance: among two
    hundred open items some five always add up to anything.
    """
    others = [candidate for candidate in pool if candidate is not single]
    at = {candidate.opened: candidate for candidate in reversed(others)}
    for candidate in others:
        partner = at.get(facts.amount - candidate.opened)
        if partner is not None and partner is not candidate:
            return sorted([candidate, partner], key=lambda c: c.position)
    amounts = [candidate.opened for candidate in others]
    if coincidences(amounts, facts.amount, len(amounts)) > EVERYWHERE_MAX:
        return []
    answer = find_subsets(amounts, facts.amount, work_max=bench.policy.subset_work_max)
    return [others[place] for place in answer.solutions[0]] if answer.solutions else []


def _contested_amount(bench: Workbench, facts: Facts) -> Finding | None:
    """A disputed item is the last choice, and never without a person (R-6.3, R-6.4)."""
    planned = bench.planned if bench.plans else frozenset()
    equal = [c for c in bench.with_left(facts.amount) if c.is_last_choice or c.position in planned]
    if not equal:
        return None
    told = part("amount", documents=names(equal[:1]))
    finding = found(bench, facts, "M6", exact(equal[:1]), told, doubts=[part("review")])
    return among(finding, bench, [exact([c]) for c in equal[1 : 1 + SHOWN_MAX]])


def by_discounted_amount(bench: Workbench, facts: Facts) -> Finding | None:
    """M7: one item less the cash discount that is still allowed on the value date."""
    valued_on, policy = facts.payment.valued_on, bench.policy
    fitting = [
        candidate
        for candidate in bench.selectable(facts)
        if (earned := candidate.earned_minor(valued_on, policy))
        and candidate.left - earned == facts.amount
    ]
    settlements = [s for c in fitting if (s := settle(bench, facts, [c], FINE)) is not None]
    if not settlements:
        return None
    told = part("amount_discount", documents=name(bench, settlements[0].positions))
    doubts = doubts_of(bench, facts, settlements[0])
    finding = found(bench, facts, "M7", settlements[0], told, doubts=doubts)
    return among(finding, bench, settlements[1 : 1 + SHOWN_MAX])


def by_said_shortage(bench: Workbench, facts: Facts) -> Finding | None:
    """M6 where the text says how much is kept and why: item less that is exactly what was paid."""
    said = facts.scan.amounts
    reason = bench.reason(facts) if said else None
    if reason is None or reason.code == PART_PAYMENT:
        return None
    fitting = [c for c in bench.selectable(facts) if c.left - facts.amount in said]
    settlements = [s for c in fitting if (s := settle(bench, facts, [c], COARSE)) is not None]
    if not settlements:
        return None
    told = part("nearly", documents=name(bench, settlements[0].positions))
    doubts = doubts_of(bench, facts, settlements[0])
    finding = found(bench, facts, "M6", settlements[0], told, doubts=doubts)
    return among(finding, bench, settlements[1 : 1 + SHOWN_MAX])


class _Pool(NamedTuple):
    """What may be combined: items, and what each is worth to this payment."""

    candidates: Sequence[Candidate]
    values: list[int]
    takes_discount: bool


def by_combination(bench: Workbench, facts: Facts) -> Finding | None:
    """M8: exactly one combination of the payer's items makes the amount, and hardly by chance."""
    live, spent = bench.selectable(facts), bench.spent(facts)
    if coincidences([c.left for c in live], facts.amount, len(live)) > HOPELESS_MIN:
        return None
    distinct, is_complete = _solutions(bench, facts, live)
    if not distinct:
        return None
    best = distinct[0]
    doubts = doubts_of(bench, facts, best)
    if spent and len(distinct) == 1:
        others, is_complete = _solutions(bench, facts, [*live, *spent])
        if len(others) > 1:
            other = next(s for s in others if s.positions != best.positions)
            doubts.append(part("taken", documents=name(bench, other.positions)))
    values = [candidate.left for candidate in live]
    if coincidences(values, facts.amount, len(best.lines)) > bench.policy.coincidence_max:
        doubts.append(part("by_chance"))
    if not is_complete:
        doubts.append(part("gave_up"))
    if not bench.policy.post_subsets:
        doubts.append(part("review"))
    key = "one_of_several" if len(distinct) > 1 else "combination"
    told = part(key, documents=name(bench, best.positions))
    finding = found(bench, facts, "M8", best, told, doubts=doubts)
    return among(finding, bench, distinct[1 : 1 + SHOWN_MAX])


def _solutions(
    bench: Workbench, facts: Facts, candidates: Sequence[Candidate]
) -> tuple[list[Settlement], bool]:
    """Return the different combinations, the preferred first, and whether these are all or two."""
    pools = _pools(bench, facts, candidates)
    answers = [_search(bench, facts, pool) for pool in pools]
    found_ = {
        tuple(sorted(settlement.positions)): settlement
        for pool, answer in zip(reversed(pools), reversed(answers), strict=True)
        for settlement in (_combined(pool, places) for places in answer.solutions)
    }
    ordered = sorted(found_.values(), key=lambda s: _preference(bench, facts, s))
    return ordered, all(answer.is_complete for answer in answers)


def _pools(bench: Workbench, facts: Facts, candidates: Sequence[Candidate]) -> list[_Pool]:
    """All items at what is open, and once more less the discounts that can still be taken."""
    values = [candidate.left or candidate.opened for candidate in candidates]
    pools = [_Pool(candidates, values, takes_discount=False)]
    valued_on = facts.payment.valued_on
    earned = [candidate.earned_minor(valued_on, bench.policy) for candidate in candidates]
    if any(earned):
        less = [value - discount for value, discount in zip(values, earned, strict=True)]
        pools.append(_Pool(candidates, less, takes_discount=True))
    return pools


def _search(bench: Workbench, facts: Facts, pool: _Pool) -> SubsetAnswer:
    if len(pool.candidates) < STATEMENT_ITEMS_MIN:
        return NO_SOLUTION
    return find_subsets(pool.values, facts.amount, work_max=bench.policy.subset_work_max)


def _combined(pool: _Pool, places: Sequence[int]) -> Settlement:
    chosen = [(pool.candidates[place], pool.values[place]) for place in places]
    if not pool.takes_discount:
        lines = tuple(Line(candidate.position, value) for candidate, value in chosen)
        return Settlement("exact", lines, 0, is_safe=True)
    lines = tuple(Line(c.position, value, max(c.left - value, 0)) for c, value in chosen)
    gap = sum(line.discount for line in lines)
    return Settlement("discount" if gap else "exact", lines, 0, is_safe=True, gap=gap)


def _preference(bench: Workbench, facts: Facts, settlement: Settlement) -> tuple[object, ...]:
    """Among proposals: what is due first, then few items, then old ones (domain.md §6.4)."""
    horizon = facts.payment.valued_on + DUE_SOON
    due = [bench.candidates[line.position].due_on for line in settlement.lines]
    return (sum(day > horizon for day in due), len(due), sorted(due), sorted(settlement.positions))


def by_period(bench: Workbench, facts: Facts) -> Finding | None:
    """M9: all items of the months, or all up to the day, that the text names."""
    solutions = of_named_periods(facts, bench.selectable(facts))
    if not solutions:
        return None
    chosen, *others = solutions
    settlement = exact(chosen)
    doubts = doubts_of(bench, facts, settlement)
    if not bench.policy.post_statements:
        doubts.append(part("review"))
    told = part("period", documents=names(chosen))
    finding = found(bench, facts, "M9", settlement, told, doubts=doubts)
    return among(finding, bench, [exact(other) for other in others])


def of_named_periods(facts: Facts, pool: Sequence[Candidate]) -> list[list[Candidate]]:
    """
    Return the different ways in which the amount is all of what the text names a time for.

    A month is that of issue or that of payment. Only if it is neither, the text may mean a balance:
    everything up to the end of the month, or to a day.
    """
    return _making(facts.amount, _within(facts.periods, pool)) or _making(
        facts.amount, _up_to([*(p.last for p in facts.periods[-1:]), *facts.days], pool)
    )


def _making(amount: int, choices: Iterable[list[Candidate]]) -> list[list[Candidate]]:
    found_: dict[tuple[int, ...], list[Candidate]] = {}
    for chosen in choices:
        if chosen and sum(candidate.left for candidate in chosen) == amount:
            found_.setdefault(tuple(sorted(c.position for c in chosen)), chosen)
    return [found_[key] for key in sorted(found_)]


def _within(periods: tuple[Period, ...], pool: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    if not periods:
        return
    whole = Period(periods[0].first, periods[-1].last)
    for times in {(whole,), periods}:
        yield [c for c in pool if any(period.has(c.issued_on) for period in times)]
        yield [c for c in pool if any(period.has(c.due_on) for period in times)]


def _up_to(ends: Iterable[date], pool: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    for end in ends:
        issued = [c for c in pool if c.issued_on <= end]
        due = [c for c in pool if c.due_on <= end]
        yield from (chosen for chosen in (issued, due) if len(chosen) >= STATEMENT_ITEMS_MIN)


def by_statement(bench: Workbench, facts: Facts) -> Finding | None:
    """M9: everything open, or everything due (or issued) up to a day, to the cent."""
    pool = bench.selectable(facts)
    if len(pool) < STATEMENT_ITEMS_MIN:
        return None
    cuts: dict[tuple[int, ...], tuple[date, list[Candidate]]] = {}
    for chosen, day in (
        *_cut(bench, facts, by_due=True),
        *_cut(bench, facts, by_due=False),
    ):
        cuts.setdefault(tuple(sorted(c.position for c in chosen)), (day, chosen))
    if not cuts:
        return None
    (day, chosen), *others = cuts.values()
    settlement = exact(chosen)
    doubts = doubts_of(bench, facts, settlement)
    if not _stands_out(bench, facts, pool, chosen):
        doubts.append(part("by_chance"))
    if not bench.policy.post_statements:
        doubts.append(part("review"))
    told = part("statement", date=day.isoformat(), documents=names(chosen))
    finding = found(bench, facts, "M9", settlement, told, doubts=doubts)
    return among(finding, bench, [exact(other) for _, other in others])


def _cut(bench: Workbench, facts: Facts, *, by_due: bool) -> list[tuple[list[Candidate], date]]:
    """The parts of the pool up to a day, by due or by issue date, whose sum is the amount."""
    key = (bench.version, facts.payment.valued_on, by_due)
    known = bench.statements.get(key)
    if known is None:
        known = bench.statements[key] = _statements(bench.selectable(facts), by_due=by_due)
    ordered, cuts = known
    return [
        (ordered[:count], day)
        for count, day in cuts.get(facts.amount, ())
        if count >= STATEMENT_ITEMS_MIN
    ]


def _statements(pool: Sequence[Candidate], *, by_due: bool) -> Statements:
    """:param pool: in the order of the workbench"""
    day_of = _DUE_ON if by_due else _ISSUED_ON
    ordered = sorted(pool, key=day_of)
    days = list(map(day_of, ordered))
    sums = accumulate(candidate.left for candidate in ordered)
    cuts: dict[int, list[tuple[int, date]]] = {}
    for count, (total, day) in enumerate(zip(sums, days, strict=True), start=1):
        if count == len(days) or days[count] != day:
            cuts.setdefault(total, []).append((count, day))
    return ordered, cuts


def _stands_out(
    bench: Workbench, facts: Facts, pool: Sequence[Candidate], chosen: Sequence[Candidate]
) -> bool:
    """
    Whether a statement is more than one of many combinations.

    It is where no item in it could be exchanged for an equal one outside, and where other
    combinations either do not exist or are so many that they mean nothing beside it.
    """
    inside = {candidate.left for candidate in chosen}
    taken = {candidate.position for candidate in chosen}
    outside = [candidate for candidate in pool if candidate.position not in taken]
    if any(candidate.opened in inside for candidate in (*outside, *bench.spent(facts))):
        return False
    spent = bench.spent(facts)
    if not outside and not spent:
        return True
    # What others have settled in this run was as good when it began.
    amounts = [*(candidate.left for candidate in pool), *(candidate.opened for candidate in spent)]
    if coincidences(amounts, facts.amount, len(amounts)) > EVERYWHERE_MAX:
        return True
    answer = find_subsets(amounts, facts.amount, work_max=bench.policy.subset_work_max)
    return answer.unique is not None


def by_age(bench: Workbench, facts: Facts) -> Finding | None:
    """M10: the oldest items one after the other make the amount; a person confirms."""
    total = 0
    chosen: list[Candidate] = []
    for candidate in bench.selectable(facts):
        total += candidate.left
        chosen.append(candidate)
        if total == facts.amount:
            told = part("oldest", documents=names([candidate]))
            return found(bench, facts, "M10", exact(chosen), told, doubts=[part("review")])
    return None


def by_near_amount(bench: Workbench, facts: Facts) -> Finding | None:
    """The one item that differs by no more than cents or bank charges; a person confirms."""
    limit = small_difference(bench, facts.amount)
    if facts.cross_border:
        limit = max(limit, bench.policy.bank_charge_minor)
    near = [c for c in bench.selectable(facts) if 0 < c.left - facts.amount <= limit]
    if len(near) != 1:
        return None
    settlement = settle(bench, facts, near, COARSE)
    if settlement is None or settlement.kind == "deduction":
        return None  # neither cents nor charges: then the amount says nothing
    told = part("nearly", documents=names(near))
    return found(bench, facts, "M6", settlement, told, doubts=[part("review")])
