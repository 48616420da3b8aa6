"""Rule M3: the payer's own list of what a payment settles, joined to it and read line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from concilia.matching.differences import Settlement
from concilia.matching.explanations import part
from concilia.matching.findings import Finding, found, name
from concilia.matching.mentions import FAIR, NONE, STRONG, find_mentions
from concilia.matching.numbering import compact
from concilia.matching.policy import Policy
from concilia.matching.reasons import DISCOUNT_UNEARNED, UNIDENTIFIED
from concilia.matching.records import Payment, Remittance, RemittanceLine
from concilia.matching.scanning import scan
from concilia.matching.subsets import find_subsets
from concilia.matching.workbench import Candidate, Facts, Knowledge, Line, Workbench

REFERENCE_CHARACTERS_MIN: Final = 4
JOINED_MAX: Final = 12
SPLIT_LINES_MAX: Final = 30


def join(bench: Workbench, facts: Sequence[Facts], remittances: Iterable[Remittance]) -> None:
    """
    This will tell each payment of a payer group which remittances speak of it.

    A remittance belongs to a payment that quotes its number, or to the only payment near its date
    with its total; several remittances belong to the only payment that is their sum. One that fits
    two payments equally is taken by the earlier of them, for two payments of one sum are alike.
    """
    policy = bench.policy
    waiting = sorted(remittances, key=lambda r: (r.dated_on is None, r.dated_on, r.remittance_id))
    ordered = sorted(facts, key=lambda one: one.order)
    waiting = _join_quoted(ordered, waiting)
    waiting = _join_equal(bench, ordered, waiting)
    waiting = _join_sums(ordered, waiting, policy)
    for remittance in waiting:
        _join_parts(ordered, remittance, policy)


def _join_quoted(facts: Sequence[Facts], waiting: list[Remittance]) -> list[Remittance]:
    left = []
    keys = [(one, _quotable(one.payment)) for one in facts] if waiting else []
    for remittance in waiting:
        key = compact(remittance.remittance_id)
        quoting = [
            one for one, text in keys if len(key) >= REFERENCE_CHARACTERS_MIN and key in text
        ]
        if quoting and not key.isdigit():
            for one in quoting:
                one.remittances = (*one.remittances, remittance)
        else:
            left.append(remittance)
    return left


def _quotable(payment: Payment) -> str:
    return "/".join(
        compact(text)
        for text in (payment.text, payment.structured_reference, payment.end_to_end_id)
    )


def _join_equal(
    bench: Workbench, facts: Sequence[Facts], waiting: list[Remittance]
) -> list[Remittance]:
    left = []
    for remittance in waiting:
        for one in facts:
            if (
                not one.remittances
                and one.amount == remittance.total_minor
                and _is_near(one.payment, remittance, bench.policy)
                and _speaks_of(bench, one, remittance)
            ):
                one.remittances = (remittance,)
                break
        else:
            left.append(remittance)
    return left


def _speaks_of(bench: Workbench, facts: Facts, remittance: Remittance) -> bool:
    """Whether payment and remittance can mean the same: a payment that names others does not."""
    named = {
        position
        for mention in bench.mentions(facts).items
        if mention.strength == STRONG
        for position in mention.options
    }
    if not named:
        return True
    return any(
        not named.isdisjoint(mention.options)
        for line in remittance.lines
        for mention in find_mentions(scan(line.number), bench.index).items
    )


def _join_sums(
    facts: Sequence[Facts], waiting: list[Remittance], policy: Policy
) -> list[Remittance]:
    for one in facts:
        pool = [r for r in waiting if _is_near(one.payment, r, policy)][:JOINED_MAX]
        if one.remittances or len(pool) <= 1:
            continue
        totals = [remittance.total_minor for remittance in pool]
        only = find_subsets(totals, one.amount, work_max=policy.subset_work_max).unique
        if only is not None:
            one.remittances = tuple(pool[place] for place in only)
            taken = {remittance.remittance_id for remittance in one.remittances}
            waiting = [r for r in waiting if r.remittance_id not in taken]
    return waiting


def _join_parts(facts: Sequence[Facts], remittance: Remittance, policy: Policy) -> None:
    """
    One remittance for several payments: each takes the only choice of lines that makes it.

    Where the payments or the lines of one of them are not the only choice, nothing is joined.
    """
    nets = [line.net_minor for line in remittance.lines]
    pool = [
        one
        for one in facts
        if not one.remittances
        and one.amount < remittance.total_minor
        and _is_near(one.payment, remittance, policy)
    ][:JOINED_MAX]
    if len(pool) <= 1 or None in nets or len(nets) > SPLIT_LINES_MAX:
        return
    amounts = [one.amount for one in pool]
    work = policy.subset_work_max
    chosen = find_subsets(amounts, remittance.total_minor, work_max=work).unique
    if chosen is None:
        return
    shares: list[tuple[Facts, tuple[int, ...]]] = []
    for one in (pool[place] for place in chosen):
        values = [net or 0 for net in nets]
        lines = find_subsets(values, one.amount, work_max=work).unique
        if lines is None or any(set(lines) & set(taken) for _, taken in shares):
            return
        shares.append((one, lines))
    for one, lines in shares:
        part_of = tuple(remittance.lines[line] for line in lines)
        one.remittances = (replace(remittance, total_minor=one.amount, lines=part_of),)


def _is_near(payment: Payment, remittance: Remittance, policy: Policy) -> bool:
    if remittance.currency != payment.currency:
        return False
    if remittance.dated_on is None:
        return True
    days = abs((payment.valued_on - remittance.dated_on).days)
    return min(days, abs((payment.booked_on - remittance.dated_on).days)) <= policy.remittance_days


class _Read(NamedTuple):
    """What the lines of a remittance do to our items, and what could not be placed."""

    lines: list[Line]
    lost: list[RemittanceLine]
    is_doubtful: bool


def by_remittance(bench: Workbench, facts: Facts) -> Finding | None:
    """M3: every line of the remittance is an item of ours, and they add up to the payment."""
    advised = [line for remittance in facts.remittances for line in remittance.lines]
    lines = advised or list(facts.payment.lines)
    if not lines:
        return None
    read = _read(bench, facts, lines)
    if not read.lines:
        return None
    applied = sum(line.applied for line in read.lines)
    reference = ", ".join(r.remittance_id for r in facts.remittances) or facts.payment.payment_id
    documents = name(bench, {line.position for line in read.lines})
    gap = sum(line.deduction for line in read.lines) + sum(line.discount for line in read.lines)
    agrees = applied == facts.amount and not read.lost
    if applied > facts.amount:
        return None
    settlement = Settlement(
        kind=_kind(read.lines),
        lines=tuple(read.lines),
        on_account=facts.amount - applied,
        is_safe=agrees and not read.is_doubtful,
        gap=gap,
    )
    told = part(
        "remittance" if agrees else "remittance_differs", reference=reference, documents=documents
    )
    unsure = facts.knowledge < Knowledge.NUMBER
    doubts = [part("payer_unsure", name=facts.payment.payer_name or "?")] if unsure else []
    return found(bench, facts, "M3", settlement, told, doubts=doubts)


def _kind(lines: Sequence[Line]) -> str:
    if any(line.deduction for line in lines):
        return "deduction"
    return "discount" if any(line.discount for line in lines) else "exact"


def _read(bench: Workbench, facts: Facts, lines: Sequence[RemittanceLine]) -> _Read:
    placed: dict[int, Line] = {}
    lost: list[RemittanceLine] = []
    doubtful = False
    for line in lines:
        candidate = _item_of(bench, line)
        read = _apply(bench, facts, candidate, line) if candidate else None
        if candidate is None or read is None or candidate.position in placed:
            lost.append(line)
            continue
        placed[candidate.position] = read
        doubtful = doubtful or (read.total != candidate.left and not _is_partial(line))
    spread = _spread(bench, placed, lost)
    if spread is not None:
        return spread._replace(is_doubtful=doubtful or spread.is_doubtful)
    return _Read(list(placed.values()), lost, doubtful)


def _is_partial(line: RemittanceLine) -> bool:
    """Whether the payer says that less than the item is meant."""
    return line.gross_minor is None or line.gross_minor == line.net_minor


def _item_of(bench: Workbench, line: RemittanceLine) -> Candidate | None:
    """The one open item a line's document number means; among several the one of its gross."""
    if not line.number:
        return None
    whole = _by_whole_number(bench, line.number)
    if whole is not None:
        return whole
    mentions = find_mentions(scan(line.number), bench.index).items
    options = {
        candidate.position: candidate
        for mention in mentions
        if mention.strength >= FAIR or len(mentions) == 1
        for candidate in bench.live(mention)
    }
    if len(options) > 1:
        gross = line.gross_minor
        options = {p: c for p, c in options.items() if gross is not None and c.left == gross}
    return next(iter(options.values())) if len(options) == 1 else None


def _by_whole_number(bench: Workbench, number: str) -> Candidate | None:
    """The item whose number is written as we write it, the most usual case."""
    key = compact(number)
    digits = "".join(character for character in key if character.isdecimal()).lstrip("0")
    index = bench.index
    positions = [p for p in index.positions(digits) if index.form(p).full == key]
    candidate = bench.candidates[positions[0]] if len(positions) == 1 else None
    return candidate if candidate is not None and candidate.left else None


def _apply(
    bench: Workbench, facts: Facts, candidate: Candidate, line: RemittanceLine
) -> Line | None:
    """One line on one item: what is paid, the discount if it is earned, and what is kept."""
    gross = line.gross_minor
    net = line.net_minor
    if net is None:
        net = (gross if gross is not None else candidate.left) - (
            line.discount_minor + line.deduction_minor
        )
    if (net > 0) != (candidate.left > 0) or abs(net) > abs(candidate.left):
        return None
    kept = candidate.left - net
    discount, deduction, reason = 0, 0, ""
    if line.discount_minor:
        allowed = candidate.earned_minor(facts.payment.valued_on, bench.policy)
        discount = min(line.discount_minor, allowed + 1 if allowed else 0, kept)
        deduction, reason = line.discount_minor - discount, DISCOUNT_UNEARNED
    if line.deduction_minor:
        said = bench.reason_in(line.reason_text)
        deduction += line.deduction_minor
        reason = said.code if said else UNIDENTIFIED
    if not 0 <= discount + deduction <= abs(kept):
        return None
    words = line.reason_text if deduction else ""
    return Line(
        candidate.position, net, discount, 0, "", deduction, reason if deduction else "", words
    )


def _spread(
    bench: Workbench, placed: dict[int, Line], lost: Sequence[RemittanceLine]
) -> _Read | None:
    """
    Lines that name nothing of ours but take money off are deductions of the payer.

    They fall on the item their reason names, else on the largest one, which a person confirms; a
    person also looks where the number may be that of a credit note of ours.
    """
    taken = [line for line in lost if (line.net_minor or 0) < 0 or _is_bare_deduction(line)]
    if not taken or len(taken) != len(lost) or not placed:
        return None
    lines = dict(placed)
    doubtful = False
    for line in taken:
        amount = -line.net_minor if line.net_minor else line.deduction_minor
        able = {p: one for p, one in lines.items() if not one.deduction and one.applied > amount}
        named = find_mentions(scan(line.reason_text), bench.index).items
        meant = [p for m in named if len(m.options) == 1 for p in m.options if p in lines]
        if len(meant) != 1:
            is_ours = find_mentions(scan(line.number), bench.index) != NONE
            doubtful = doubtful or is_ours or len(lines) > 1
            meant = sorted(able, key=lambda p: (-able[p].applied, p))[:1]
        if not able.keys() & meant:
            return None
        position = meant[0]
        target = lines[position]
        said = bench.reason_in(f"{line.reason_text} {line.number}")
        lines[position] = target._replace(
            applied=target.applied - amount,
            deduction=amount,
            reason=said.code if said else UNIDENTIFIED,
            words=line.reason_text or line.number,
        )
    return _Read(list(lines.values()), [], doubtful)


def _is_bare_deduction(line: RemittanceLine) -> bool:
    return not line.net_minor and not line.gross_minor and line.deduction_minor > 0
