"""Rules M1, M2, M4 and M5: the payment says what it settles (domain.md §6.3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final

from rapidfuzz.distance import OSA

from concilia.matching.differences import (
    COARSE,
    FINE,
    Settlement,
    exact,
    settle,
)
from concilia.matching.explanations import Part, part
from concilia.matching.findings import Finding, among, found, name, names
from concilia.matching.mentions import BARE, FAIR, STRONG, Mention, find_hints
from concilia.matching.numbering import compact
from concilia.matching.subsets import coincidences, find_subsets
from concilia.matching.workbench import Candidate, Facts, Knowledge, Workbench

READINGS_MAX: Final = 64
NAMED_MAX: Final = 40
REST_POOL_MAX: Final = 60
END_TO_END_MIN: Final = 5
NOBODYS: Final = frozenset({"", "NOTPROVIDED", "NONREF", "UNKNOWN"})
# Differences that can be nothing else: they are safe although only a number tells who pays.
_SELF_EVIDENT: Final = frozenset({"exact", "discount", "netting", "rounding", "charges", "tax"})


def by_reference(bench: Workbench, facts: Facts) -> Finding | None:
    """M1: a structured reference that is only ours; what differs is settled by §6.5."""
    if facts.payment.asked:  # `by_request` has said what is settled
        return None
    referred = [bench.candidates[position] for position in facts.references]
    live = [candidate for candidate in referred if candidate.left]
    if not live:
        return None
    told = part("reference", reference=_shown_reference(facts), documents=names(live))
    exactly = [candidate for candidate in live if candidate.left == facts.amount]
    if len(exactly) == 1:
        return found(bench, facts, "M1", exact(exactly), told)
    settlement = settle(bench, facts, live, FINE) if len(live) == 1 else None
    if settlement is not None:
        return found(bench, facts, "M1", settlement, told, doubts=_another_pays(facts))
    return _referred_with_others(bench, facts, live, told)


def by_mistyped_reference(bench: Workbench, facts: Facts) -> Finding | None:
    """
    M1 with one wrong character: the check digits say that it is wrong, the payer's only item of
    this amount and nearly this reference says what was meant.
    """
    if not facts.is_mistyped or facts.knowledge < Knowledge.NAME:
        return None
    typed = compact(facts.unknown_reference)
    near = [
        candidate
        for candidate in bench.selectable(facts)
        if candidate.left == facts.amount
        and OSA.distance(typed, compact(candidate.structured_reference), score_cutoff=1) <= 1
    ]
    if len(near) != 1:
        return None
    told = part("damaged_number", documents=names(near))
    return found(bench, facts, "M1", exact(near), told)


def _referred_with_others(
    bench: Workbench, facts: Facts, live: list[Candidate], told: Part
) -> Finding | None:
    """One reference, and an amount that is not the item's: others are paid along, or it differs."""
    named = _with_mentions(bench, facts, live)
    if sum(candidate.left for candidate in named) == facts.amount:
        return found(bench, facts, "M1", exact(named), told)
    rest = _rest(bench, facts, named) if len(named) == 1 else None
    if rest is not None:
        return rest
    settlement = settle(bench, facts, named, COARSE)
    if settlement is None:
        return None
    safe = settlement.is_safe and len(named) == 1
    doubts = _another_pays(facts)
    return found(bench, facts, "M1", settlement._replace(is_safe=safe), told, doubts=doubts)


def _another_pays(facts: Facts) -> list[Part]:
    """A reference of somebody else than the owner of the account, and not its amount: mistyped?"""
    return [_unsure(facts)] if facts.knowledge < Knowledge.NAME else []


def _shown_reference(facts: Facts) -> str:
    return facts.payment.structured_reference or facts.payment.text[:35].strip()


def _with_mentions(bench: Workbench, facts: Facts, live: list[Candidate]) -> list[Candidate]:
    more = [
        options[0]
        for mention in bench.mentions(facts).items
        if mention.strength == STRONG and len(options := bench.live(mention)) == 1
    ]
    return list(dict.fromkeys([*live, *more]))


def by_end_to_end(bench: Workbench, facts: Facts) -> Finding | None:
    """M2: the end-to-end reference is one that we gave: an item's id or its whole number."""
    candidate = _ours(bench, facts.payment.end_to_end_id)
    if candidate is None or not candidate.left:
        return None
    settlement = settle(bench, facts, [candidate], FINE + COARSE)
    if settlement is None:
        return None
    reference = facts.payment.end_to_end_id
    told = part("end_to_end", reference=reference, documents=names([candidate]))
    return found(bench, facts, "M2", settlement, told)


def _ours(bench: Workbench, reference: str) -> Candidate | None:
    if reference.upper() in NOBODYS:
        return None
    position = bench.position_of.get(reference)
    candidate = None if position is None else bench.candidates[position]
    key = compact(reference)
    if candidate is not None or len(key) < END_TO_END_MIN or key.isdigit():
        return candidate
    digits = "".join(character for character in key if character.isdecimal()).lstrip("0")
    index = bench.index
    positions = [p for p in index.positions(digits) if index.form(p).full == key]
    return bench.candidates[positions[0]] if len(positions) == 1 else None


def by_numbers(bench: Workbench, facts: Facts) -> Finding | None:
    """
    M4: document numbers in the text, and an amount that agrees or a difference that explains it.

    First what is exact, by all readings; then what is exact with a discount or credits; then with a
    rest that only one choice of other items makes; at last what is short or too much.
    """
    mentions = [m for m in bench.mentions(facts).items if bench.live(m)][:NAMED_MAX]
    finding = _exactly(bench, facts, mentions) if mentions else None
    if finding is not None:
        return finding
    named = _surely_named(bench, mentions)
    if not named:
        return _by_damaged_number(bench, facts)
    told = part("numbers", documents=names(named))
    settlement = settle(bench, facts, named, FINE)
    if settlement is not None:
        return found(bench, facts, "M4", settlement, told, doubts=_payer_doubts(facts, settlement))
    return _rest(bench, facts, named) or _differently(bench, facts, mentions, named)


def _differently(
    bench: Workbench, facts: Facts, mentions: Sequence[Mention], named: Sequence[Candidate]
) -> Finding | None:
    """What is named does not make the amount: short, or too much."""
    settlement = settle(bench, facts, named, COARSE)
    if settlement is None:
        return None
    told = part("numbers", documents=names(named))
    doubts = [*_payer_doubts(facts, settlement), *_text_doubts(bench, facts, mentions, settlement)]
    return found(bench, facts, "M4", settlement, told, doubts=doubts)


def _exactly(bench: Workbench, facts: Facts, mentions: Sequence[Mention]) -> Finding | None:
    """What is named makes the amount: all of it, or the only part of it that does."""
    for least in sorted({mention.strength for mention in mentions}, reverse=True):
        chosen = [mention for mention in mentions if mention.strength >= least]
        solutions = _readings_that_fit(bench, facts.amount, chosen)
        if solutions:
            return _named_exactly(bench, facts, chosen, solutions)
    pool = list(dict.fromkeys(c for mention in mentions for c in bench.live(mention)))
    work = bench.policy.subset_work_max
    answer = find_subsets([c.left for c in pool], facts.amount, work_max=work)
    if not answer.solutions or not answer.is_complete:
        return None
    solutions = [[pool[place] for place in places] for places in answer.solutions]
    return _named_exactly(bench, facts, mentions, solutions)


def _readings_that_fit(
    bench: Workbench, amount: int, mentions: Sequence[Mention]
) -> list[list[Candidate]]:
    options = [bench.live(mention) for mention in mentions]
    count = 1
    for choice in options:
        count *= len(choice)
    if not options or count > READINGS_MAX:
        return []
    readings = {
        tuple(sorted({c.position for c in reading})): reading
        for reading in product(*options)
        if sum({c.position: c.left for c in reading}.values()) == amount
    }
    return [list(dict.fromkeys(reading)) for _, reading in sorted(readings.items())]


def _named_exactly(
    bench: Workbench,
    facts: Facts,
    mentions: Sequence[Mention],
    solutions: Sequence[Sequence[Candidate]],
) -> Finding:
    settlements = [exact(solution) for solution in solutions]
    positions = settlements[0].positions
    strengths = [m.strength for m in mentions if positions.intersection(m.options)]
    doubts = list(_payer_doubts(facts, settlements[0]))
    is_weak = max(strengths) < FAIR and len(positions) == 1
    if is_weak and (max(strengths) < BARE or facts.knowledge < Knowledge.NAME):
        doubts.append(part("review"))
    if min(strengths) < STRONG and facts.knowledge < Knowledge.NAME:
        doubts.append(_unsure(facts))
    if any(bench.is_recurring(c) and _is_contradicted(bench, facts, c) for c in solutions[0]):
        doubts.append(part("recurring"))
    told = part("numbers", documents=names(solutions[0]))
    finding = found(bench, facts, "M4", settlements[0], told, doubts=doubts)
    return among(finding, bench, settlements[1:])


def _is_contradicted(bench: Workbench, facts: Facts, candidate: Candidate) -> bool:
    """Whether the text gives this number only with another year, or the letters of other series."""
    form = bench.index.form(candidate.position)
    numbers = [one for one in facts.scan.numbers if one.key in {form.serial, form.digits}]
    years = {one.year for one in numbers if one.key == form.serial}
    is_whole = any(one.key == form.digits for one in numbers)
    if form.year and years - {0} and form.year not in years and not is_whole:
        return True
    prefixes = {one.prefix for one in numbers}
    # Its own letters are those of a series: these of all numbers are found only where others stand.
    return form.prefix not in prefixes and not prefixes.isdisjoint(bench.index.series)


def _surely_named(bench: Workbench, mentions: Sequence[Mention]) -> list[Candidate]:
    """Items named by long numbers or after the word invoice, each by a number of its own."""
    named = [
        options[0]
        for mention in mentions
        if mention.strength >= FAIR and len(options := bench.live(mention)) == 1
    ]
    return list(dict.fromkeys(named))


def _unsure(facts: Facts) -> Part:
    return part("payer_unsure", name=facts.payment.payer_name or "?")


def _payer_doubts(facts: Facts, settlement: Settlement) -> list[Part]:
    """A number alone tells who pays only where the amount confirms it."""
    far_too_much = -settlement.gap * 10 > facts.amount
    if facts.knowledge >= Knowledge.NAME and not (facts.is_alike and far_too_much):
        return []
    if facts.knowledge == Knowledge.NUMBER and settlement.kind in _SELF_EVIDENT:
        return []
    if settlement.gap > 0 and settlement.gap in facts.scan.amounts:
        return []
    return [_unsure(facts)]


def _text_doubts(
    bench: Workbench, facts: Facts, mentions: Sequence[Mention], settlement: Settlement
) -> list[Part]:
    """Where the text may name more than we could read, a rest or a shortage proves nothing."""
    doubts: list[Part] = []
    positions = settlement.positions
    unread = [m for m in mentions if m.strength >= BARE and not positions.intersection(m.options)]
    unknown = bench.mentions(facts).unknown
    if settlement.gap < 0 and unknown:
        doubts.append(part("unknown_number", numbers=", ".join(unknown)))
    if unread or (settlement.gap < 0 and facts.scan.is_cut):
        doubts.append(part("review"))
    exact_elsewhere = [
        candidate
        for candidate in bench.with_left(facts.amount)
        if candidate.position not in positions
    ]
    if exact_elsewhere:
        doubts.append(part("exact_elsewhere", documents=names(exact_elsewhere[:1])))
    return doubts


def _rest(bench: Workbench, facts: Facts, named: Sequence[Candidate]) -> Finding | None:
    """More is paid than is named: the rest is the only choice of other items that makes it."""
    rest = facts.amount - sum(candidate.left for candidate in named)
    taken = {candidate.position for candidate in named}
    pool = [c for c in bench.selectable(facts) if c.position not in taken] if rest > 0 else []
    if not pool or len(pool) > REST_POOL_MAX:
        return None
    amounts = [candidate.left for candidate in pool]
    answer = find_subsets(amounts, rest, work_max=bench.policy.subset_work_max)
    if not answer.solutions:
        return None
    solutions = [[pool[place] for place in places] for places in answer.solutions]
    singles = [candidate for candidate in pool if candidate.left == rest]
    hinted = find_hints(facts.scan, bench.index, [c.position for c in singles])
    rivals = [c.position for solution in solutions if len(solution) > 1 for c in solution]
    if len(hinted) == 1 and not find_hints(facts.scan, bench.index, rivals):
        solutions = [[bench.candidates[hinted[0]]]]
    others = solutions[0]
    settlement = exact([*named, *others])
    doubts = _payer_doubts(facts, settlement)
    # What is named already proves whose money it is: chance weighs less than for M8.
    chance = coincidences(amounts, rest, len(others)) > 5 * bench.policy.coincidence_max
    if (chance and not hinted) or not answer.is_complete:
        doubts.append(part("by_chance"))
    spent = [candidate for candidate in bench.spent(facts) if candidate.opened == rest]
    if spent and not hinted:
        doubts.append(part("taken", documents=names(spent[:1])))
    told = part("named_and_rest", documents=names(named), others=names(others))
    finding = found(bench, facts, "M4", settlement, told, doubts=doubts)
    return among(finding, bench, [exact([*named, *solution]) for solution in solutions[1:]])


def _by_damaged_number(bench: Workbench, facts: Facts) -> Finding | None:
    """A number that is cut or mistyped, and one item with exactly this amount that it can mean."""
    if facts.knowledge < Knowledge.FUZZY or not facts.scan.numbers:
        return None
    valued_on = facts.payment.valued_on
    full = [c for c in bench.selectable(facts) if c.left == facts.amount]
    less = [
        candidate
        for candidate in bench.selectable(facts)
        if candidate.left - candidate.earned_minor(valued_on, bench.policy) == facts.amount
        and candidate not in full
    ]
    hinted = find_hints(facts.scan, bench.index, [c.position for c in (*full, *less)])
    if len(hinted) != 1:
        return None
    candidate = bench.candidates[hinted[0]]
    settlement = settle(bench, facts, [candidate], FINE)
    if settlement is None:
        return None
    told = part("damaged_number", documents=names([candidate]))
    doubts = [] if facts.knowledge >= Knowledge.NAME else [_unsure(facts)]
    if facts.unknown_reference and not facts.is_mistyped:  # whole, only not open: settled before
        doubts.append(part("unknown_number", numbers=facts.unknown_reference))
    if bench.is_recurring(candidate):  # the number may be a paid one's
        doubts.append(part("recurring"))
    return found(bench, facts, "M4", settlement, told, doubts=doubts)


def by_order(bench: Workbench, facts: Facts) -> Finding | None:
    """M5: an order, a delivery or a contract, and exactly the amount of what hangs on it."""
    if not facts.scan.tokens:
        return None
    solutions: dict[tuple[int, ...], tuple[str, Settlement]] = {}
    for number, positions in bench.orders.find(facts.scan).items():
        live = [bench.candidates[p] for p in positions if bench.candidates[p].left]
        singles = [[c] for c in live if c.left == facts.amount] if len(live) > 1 else []
        for chosen in ([live] if live else []) + singles:
            settlement = settle(bench, facts, chosen, FINE)
            if settlement is not None:
                key = tuple(sorted(settlement.positions))
                solutions.setdefault(key, (number, settlement))
    if not solutions:
        return None
    (number, settlement), *rest = [solutions[key] for key in sorted(solutions)]
    told = part("order", reference=number, documents=name(bench, settlement.positions))
    doubts = [] if facts.knowledge >= Knowledge.NUMBER else [_unsure(facts)]
    finding = found(bench, facts, "M5", settlement, told, doubts=doubts)
    return among(finding, bench, [other for _, other in rest])
