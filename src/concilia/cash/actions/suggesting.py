"""A rule the system proposes: the same was decided often enough for the same words of a payer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Q

from concilia.cash.actions.posting import PostingRefused
from concilia.cash.actions.rules import keep_rule, unsaved_rule
from concilia.cash.core.rules import Decision, RuleDraft, key_of, suggested_words
from concilia.cash.models import NO_CUSTOMER_PAYMENT, RETURNED, Allocation, Match, TextRule
from concilia.cash.queries.candidates import claims_of, payer_name_of, policy_of
from concilia.foundation import audit
from concilia.foundation.audit import Act, rule_actor
from concilia.matching.reasons import UNIDENTIFIED, find_reason
from concilia.matching.rules import Meaning

LOOKED_AT: Final = 40  # what a payer paid before that was long ago


def suggest_rules(*, matches: Iterable[Match], at: datetime) -> None:
    """As `suggest_rule` for decisions taken together: once for each payer and what was decided."""
    kinds = {
        (
            entry.payer_name,
            entry.payer_iban,
            _meant(match),
            kept.deduction_reason if kept else "",
        ): (match)
        for match in matches
        for entry, kept in [(match.bank_entry, _kept(match))]
    }
    for match in kinds.values():
        suggest_rule(match=match, at=at)


def suggest_rule(*, match: Match, at: datetime) -> None:
    """
    Propose a rule if this decision is the third of its kind; nothing holds before it is accepted.

    What was proposed once, or is in force, is not proposed again.
    """
    assert connection.in_atomic_block, "a proposal stands or falls with the decision"
    entry = match.bank_entry
    decided = [
        one
        for one in [match, *_decided(match)]
        if one.bank_entry.payer_iban == entry.payer_iban and one.bank_entry.text
    ]
    draft = _draft(match, decided)
    if draft is None:
        return
    row = unsaved_rule(draft, match.entity_id)
    if TextRule.objects.filter(entity=match.entity_id, key=key_of(draft)).exists():
        return
    row.state, row.written_at = TextRule.State.PROPOSED, at
    row.decisions = _count(draft, match, decided)
    try:
        keep_rule(row)
    except PostingRefused:
        return  # somebody else's decision proposed it at this very moment
    act = Act("rule.proposed", "text_rule", row.number or row.pk, {"name": row.words})
    audit.log(entity_id=match.entity_id, actor=rule_actor("matching"), at=at, acts=[act])


def _decided(match: Match) -> list[Match]:
    """What else people decided about payments of this name, the latest first."""
    rows = Match.objects.filter(
        entity=match.entity_id,
        bank_entry__payer_name=match.bank_entry.payer_name,
        state=Match.State.POSTED,
        decided_by__isnull=False,
        bank_entry__is_return=False,
    )
    rows = rows.exclude(Q(rule=RETURNED) | Q(pk=match.pk))
    rows = rows.select_related("bank_entry").prefetch_related("allocations")
    return list(rows.order_by("-posted_at", "-pk")[:LOOKED_AT])


def _draft(match: Match, decided: Sequence[Match]) -> RuleDraft | None:
    if match.rule == NO_CUSTOMER_PAYMENT:
        return _elsewhere(match, decided)
    return _reason(match, decided) or _customer(match, decided)


def _elsewhere(match: Match, decided: Sequence[Match]) -> RuleDraft | None:
    words = suggested_words([Decision(one.bank_entry.text, _meant(one)) for one in decided])
    label = str(match.explanation.get("label", ""))
    return _about_payer(match, words, meaning=Meaning.ELSEWHERE, label=label)


def _customer(match: Match, decided: Sequence[Match]) -> RuleDraft | None:
    """Only where neither the account nor the name says already who pays."""
    owners = {claim.payer for claim in claims_of(match.entity, [match.bank_entry])}
    if len(owners) == 1 or match.customer_id is None:
        return None
    words = suggested_words([Decision(one.bank_entry.text, _meant(one)) for one in decided])
    return _about_payer(match, words, meaning=Meaning.CUSTOMER, customer_id=match.customer_id)


def _about_payer(
    match: Match,
    words: Sequence[str],
    *,
    meaning: Meaning,
    customer_id: int | None = None,
    label: str = "",
) -> RuleDraft | None:
    if not words:
        return None
    iban = match.bank_entry.payer_iban
    return RuleDraft(
        meaning=meaning,
        text=" ".join(words),
        payer_iban=iban,
        payer_name="" if iban else payer_name_of(match.bank_entry),
        customer_id=customer_id,
        label=label,
    )


def _reason(match: Match, decided: Sequence[Match]) -> RuleDraft | None:
    """A reason people gave for words that say nothing, or something else, to us."""
    kept = _kept(match)
    if kept is None or match.customer_id is None or kept.deduction_reason == UNIDENTIFIED:
        return None
    decisions = [
        Decision(_said(one, row), ("reason", row.deduction_reason))
        for one in decided
        if (row := _kept(one)) is not None and one.customer_id == match.customer_id
    ]
    words = suggested_words(decisions)
    said = find_reason(" ".join(words), policy_of(match.entity).reason_codes)
    if not words or (said is not None and said.code == kept.deduction_reason):
        return None
    return RuleDraft(
        meaning=Meaning.REASON,
        text=" ".join(words),
        customer_id=match.customer_id,
        reason=kept.deduction_reason,
    )


def _kept(match: Match) -> Allocation | None:
    """The only deduction of a posting."""
    rows = [row for row in match.allocations.all() if row.deduction_minor]
    return rows[0] if len(rows) == 1 else None


def _said(match: Match, row: Allocation) -> str:
    return row.deduction_text or match.bank_entry.text


def _meant(match: Match) -> tuple[str, str]:
    if match.rule == NO_CUSTOMER_PAYMENT:
        return ("elsewhere", str(match.explanation.get("label", "")).casefold())
    return ("customer", str(match.customer_id))


def _count(draft: RuleDraft, match: Match, decided: Sequence[Match]) -> int:
    """How often the same was decided."""
    if draft.meaning == Meaning.REASON:
        kept = [row for one in decided if (row := _kept(one)) is not None]
        return sum(row.deduction_reason == draft.reason for row in kept)
    return sum(_meant(one) == _meant(match) for one in decided)
