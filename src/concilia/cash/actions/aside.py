"""Money that is no customer's payment, or its return: set aside by a person, or by a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cash.actions.deciding import WAITING, lock_entry, next_version
from concilia.cash.actions.posting import PostingRefused
from concilia.cash.actions.suggesting import suggest_rule
from concilia.cash.core.rules import LABEL_MAX
from concilia.cash.models import NO_CUSTOMER_PAYMENT, Match, TextRule
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Entity, Membership
from concilia.identity.queries import actor_of
from concilia.ledger.models import JournalEntry
from concilia.matching import records
from concilia.matching.explanations import explain, part
from concilia.receivables.models import BankEntry


@transaction.atomic(durable=True)
def set_aside(*, bank_entry_id: int, label: str, member: Membership, at: datetime) -> Match:
    """
    Say that an entry is no customer's payment; its money stays on SUSPENSE under this label.

    So is money the bank took back that never was a payment here; then the label says why.

    :raises PostingRefused: without a label, or if it is posted
    """
    entry = lock_entry(bank_entry_id, member)
    words = label.strip()[:LABEL_MAX]
    if not words and entry.is_return:
        raise PostingRefused(_("Say why no payment is to be reversed."))
    if not words:
        raise PostingRefused(_("Say what the money is for, such as rent."))
    live = Match.objects.filter(bank_entry=entry, state__in=[*WAITING, "POSTED"]).first()
    if live and live.state == Match.State.POSTED:
        raise PostingRefused(_("This payment is posted: reverse it first."))
    if live:
        live.state = Match.State.REPLACED
        live.save(update_fields=["state"])
    told = "nothing_to_reverse" if entry.is_return else "set_aside"
    match = Match.objects.create(
        entity_id=entry.entity_id,
        bank_entry=entry,
        version=next_version(entry.pk),
        state=Match.State.POSTED,
        rule=NO_CUSTOMER_PAYMENT,
        confidence_bp=10_000,
        currency=entry.currency,
        applied_minor=entry.amount_minor,
        explanation={"parts": explain(part(told, label=words)).to_json(), "label": words},
        habits=live.habits if live else {},
        entry=JournalEntry.objects.get(entity_id=entry.entity_id, key=f"bank:{entry.pk}"),
        decided_by=member.user,
        matched_at=at,
        posted_at=at,
    )
    if not entry.is_return:  # rules are about what comes in
        suggest_rule(match=match, at=at)
    data = {"name": words, "amount": entry.amount_minor, "currency": entry.currency}
    act = Act("payment.set_aside", "bank_entry", entry.pk, data)
    audit.log(entity_id=entry.entity_id, actor=actor_of(member), at=at, acts=[act])
    return match


@dataclass(frozen=True, slots=True)
class Aside:
    """An entry that a rule sets aside: the rule, and the booking of the money when it came."""

    rule: TextRule
    received: JournalEntry


def asides_of(
    *, entity: Entity, entries: Sequence[BankEntry], answers: Sequence[records.Match]
) -> dict[int, Aside]:
    """
    The entries that a rule takes for no customer payment and nothing proves to be one.

    Two queries, none where no rule speaks.
    """
    said = {
        entry.pk: int(answer.elsewhere)
        for entry, answer in zip(entries, answers, strict=True)
        if answer.elsewhere and answer.status is not records.Status.POSTED and not entry.is_return
    }
    if not said:
        return {}
    rows = TextRule.objects.filter(
        entity=entity, state=TextRule.State.ACTIVE, number__in=set(said.values())
    )
    rules = {row.number: row for row in rows}
    keys = [f"bank:{key}" for key in said]
    booked = {row.key: row for row in JournalEntry.objects.filter(entity=entity, key__in=keys)}
    return {
        key: Aside(rules[number], booked[f"bank:{key}"])
        for key, number in said.items()
        if number in rules and f"bank:{key}" in booked
    }


def set_aside_by_rule(entry: BankEntry, aside: Aside, version: int, at: datetime) -> Match:
    """The answer of a rule, decided by the person who accepted it; not saved yet."""
    rule = aside.rule
    told = part("rule_elsewhere", words=rule.words, label=rule.label)
    return Match(
        entity_id=entry.entity_id,
        bank_entry=entry,
        version=version,
        state=Match.State.POSTED,
        rule=NO_CUSTOMER_PAYMENT,
        confidence_bp=10_000,
        currency=entry.currency,
        applied_minor=entry.amount_minor,
        explanation={
            "parts": explain(told).to_json(),
            "label": rule.label,
            "text_rule": [rule.number, rule.version],
        },
        entry=aside.received,
        decided_by_id=rule.written_by_id,
        matched_at=at,
        posted_at=at,
    )
