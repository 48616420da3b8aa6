"""Text rules: which there are, and what one would have matched (decision 51)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet

from concilia.cash.core.rules import RuleDraft
from concilia.cash.models import NO_CUSTOMER_PAYMENT, RETURNED, Allocation, Match, TextRule
from concilia.cash.queries.candidates import payer_name_of
from concilia.customers.models import Customer
from concilia.identity.models import Entity
from concilia.matching.names import words_of
from concilia.matching.rules import Meaning, RuleBook
from concilia.matching.rules import TextRule as Rule
from concilia.receivables.models import BankEntry

LOOKED_AT_MAX: Final = 20_000
LOOKED_BACK: Final = timedelta(days=400)
SHOWN_MAX: Final = 8


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier payment a rule would have matched, and whether it was decided otherwise."""

    entry: BankEntry
    match: Match | None
    is_otherwise: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would have matched; `shown` are a few of them, those decided otherwise first."""

    matched: int
    otherwise: int
    shown: tuple[Earlier, ...]


def rules(*, entity_id: int) -> QuerySet[TextRule]:
    """Every version of every rule, the newest first."""
    rows = TextRule.objects.filter(entity=entity_id)
    return rows.select_related("customer", "written_by", "ended_by").order_by("-pk")


def proposed_count(*, entity_id: int) -> int:
    """How many rules wait for a person to accept them."""
    return TextRule.objects.filter(entity=entity_id, state=TextRule.State.PROPOSED).count()


def preview(*, entity: Entity, draft: RuleDraft, as_of: date) -> Preview:
    """What a rule would have matched of the last 400 days' payments; three queries."""
    book = RuleBook.of([_rule(draft)])
    entries = [
        entry
        for entry in _earlier(entity, as_of)
        if any(
            book.saying(text, entry.payer_iban, payer_name_of(entry))
            for text in _texts(entry, draft)
        )
    ]
    answers = {
        match.bank_entry_id: match
        for match in Match.objects.filter(
            bank_entry__in=[entry.pk for entry in entries], state=Match.State.POSTED
        ).select_related("customer")
    }
    found = _judged(draft, entries, answers)
    found.sort(key=lambda one: (not one.is_otherwise, -one.entry.pk))
    otherwise = sum(one.is_otherwise for one in found)
    return Preview(len(found), otherwise, tuple(found[:SHOWN_MAX]))


def _rule(draft: RuleDraft) -> Rule:
    """The rule for looking back: whose it is for is judged by what was decided."""
    return Rule(
        rule_id="1",
        meaning=draft.meaning,
        words=draft.words,
        iban=draft.payer_iban,
        name=words_of(draft.payer_name) if draft.payer_name else (),
    )


def _earlier(entity: Entity, as_of: date) -> Iterable[BankEntry]:
    rows = BankEntry.objects.filter(
        entity=entity, is_return=False, booking_date__gte=as_of - LOOKED_BACK
    )
    return rows.order_by("-booking_date")[:LOOKED_AT_MAX]


def _texts(entry: BankEntry, draft: RuleDraft) -> list[str]:
    if draft.meaning != Meaning.REASON:
        return [entry.text]
    return [entry.text, *(str(line.get("reason_text") or "") for line in entry.remittance)]


def _judged(
    draft: RuleDraft, entries: Sequence[BankEntry], answers: dict[int, Match]
) -> list[Earlier]:
    members = _members(draft.customer_id) if draft.customer_id else set()
    if draft.meaning != Meaning.REASON:
        return [
            Earlier(entry, match, _is_otherwise(draft, match, members))
            for entry in entries
            for match in [answers.get(entry.pk)]
        ]
    kept: dict[int, set[str]] = {}
    rows = Allocation.objects.filter(match__in=answers.values(), deduction_minor__gt=0)
    for match_id, reason in rows.values_list("match", "deduction_reason"):
        kept.setdefault(match_id, set()).add(reason)
    return [
        Earlier(entry, match, draft.reason not in kept[match.pk])
        for entry in entries
        for match in [answers.get(entry.pk)]
        if match is not None and match.pk in kept and match.customer_id in members
    ]


def _is_otherwise(draft: RuleDraft, match: Match | None, members: set[int]) -> bool:
    if match is None or match.rule == RETURNED:
        return False
    if draft.meaning == Meaning.ELSEWHERE:
        return match.rule != NO_CUSTOMER_PAYMENT
    return match.customer_id not in members


def _members(customer_id: int) -> set[int]:
    """The customers that pay together with this one."""
    row = Customer.objects.filter(pk=customer_id).values("payer_group", "entity").first()
    if row is None or row["payer_group"] is None:
        return {customer_id}
    return set(Customer.objects.filter(payer_group=row["payer_group"]).values_list("pk", flat=True))
