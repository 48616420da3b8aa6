"""Requests for payment: which one a bank entry answers, and what was asked under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from concilia.cash.models import PaymentRequest, RequestedItem
from concilia.identity.models import Entity
from concilia.receivables.models import BankEntry

BY_REFERENCE, BY_END_TO_END = "M1", "M2"
FORM = "RF"


@dataclass(frozen=True, slots=True)
class Requested:
    """
    What some entries answer.

    :param asked: by entry: the rule its reference belongs to, items with what was asked of each,
        and the number of the plan a row of which was asked for
    :param customers: who was asked
    """

    asked: Mapping[int, tuple[str, Sequence[tuple[int, int]], str]] = field(default_factory=dict)
    customers: frozenset[int] = frozenset()


def requested_by(
    entity: Entity, references: Mapping[int, set[str]], entries: Sequence[BankEntry]
) -> Requested:
    """
    The requests that these entries name by their references, in two queries; usually in one.

    :param references: what may be a structured reference in each entry, by its key
    """
    structured: dict[int, set[str]] = defaultdict(set)
    for key, found in references.items():
        structured[key] = {_bare(one) for one in found}
    ends = {entry.pk: _bare(entry.end_to_end_id) for entry in entries}
    wanted = {one for several in structured.values() for one in several} | set(ends.values())
    wanted = {one for one in wanted if one.startswith(FORM)}
    if not wanted:
        return Requested()
    rows = PaymentRequest.objects.filter(entity=entity, reference__any_of=wanted)
    known = {row.reference: row for row in rows}
    if not known:
        return Requested()
    parts: dict[int, list[tuple[int, int]]] = defaultdict(list)
    items = RequestedItem.objects.filter(request__any_of=[row.pk for row in known.values()])
    for key, item, minor in items.order_by("pk").values_list("request", "item", "amount_minor"):
        parts[key].append((item, minor))
    asked = {}
    for entry in entries:
        named = known.keys() & structured[entry.pk]
        rule = BY_REFERENCE if named else BY_END_TO_END
        named = named or known.keys() & {ends[entry.pk]}
        if len(named) == 1:
            request = known[named.pop()]
            plan = "" if request.plan_number is None else str(request.plan_number)
            asked[entry.pk] = (rule, parts[request.pk], plan)
    return Requested(asked, frozenset(row.customer_id for row in known.values()))


def may_name_one(entry: BankEntry) -> bool:
    """Whether an entry may carry a reference of ours at all; most do not, and cost nothing."""
    return FORM in f"{entry.structured_reference} {entry.text}".upper()


def _bare(reference: str) -> str:
    return "".join(reference.split()).upper()
