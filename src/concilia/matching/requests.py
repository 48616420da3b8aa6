"""Rules M1 and M2 for what we asked for ourselves: a request's reference says what is settled."""

from __future__ import annotations

from collections.abc import Sequence

from concilia.kernel.money import Money
from concilia.matching.differences import FINE, Settlement, settle
from concilia.matching.explanations import part
from concilia.matching.findings import Finding, found, names
from concilia.matching.workbench import Candidate, Facts, Line, Workbench


def by_request(bench: Workbench, facts: Facts) -> Finding | None:
    """
    M1 or M2: a request for payment of ours, item by item.

    What was asked for is settled to the cent and no more: the disputed rest of an item stays open.
    Another amount goes to the oldest of the items first, and a person looks.
    """
    payment = facts.payment
    asked = [
        (bench.candidates[bench.position_of[one.item_id]], one.minor)
        for one in payment.asked
        if one.item_id in bench.position_of
    ]
    live = [(candidate, min(candidate.left, minor)) for candidate, minor in asked]
    live = [(candidate, minor) for candidate, minor in live if minor > 0]
    if not live:
        return None
    named = [candidate for candidate, _minor in live]
    reference = payment.structured_reference or payment.end_to_end_id or payment.text[:35].strip()
    told = part("asked", reference=reference, documents=names(named))
    total = sum(minor for _candidate, minor in live)
    if total == facts.amount:
        return found(bench, facts, payment.asked_as, _dealt(live, total), told)
    if all(candidate.left == minor for candidate, minor in live):
        settlement = settle(bench, facts, named, FINE)
        if settlement is not None:
            return found(bench, facts, payment.asked_as, settlement, told)
    wanted = Money(sum(one.minor for one in payment.asked), payment.currency)
    differs = part("asked_other", amount=str(wanted))
    return found(bench, facts, payment.asked_as, _dealt(live, facts.amount), told, doubts=[differs])


def _dealt(live: Sequence[tuple[Candidate, int]], amount: int) -> Settlement:
    """The amount dealt out, what was due first before the others; what is left is theirs."""
    left, lines = amount, []
    for candidate, minor in sorted(live, key=lambda one: (one[0].due_on, one[0].position)):
        share = min(left, minor)
        if share:
            lines.append(Line(candidate.position, share))
        left -= share
    return Settlement("exact", tuple(lines), left, is_safe=True)
