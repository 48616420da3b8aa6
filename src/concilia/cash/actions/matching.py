"""The engine's answers as rows: posted where that is safe, else proposed to a person."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext_noop as _

from concilia.cash.actions.aside import Aside, asides_of, set_aside_by_rule
from concilia.cash.actions.posting import ItemsChanged, PostingRefused, post_matches
from concilia.cash.models import NO_CUSTOMER_PAYMENT, Allocation, Match, Remittance, RemittanceJoin
from concilia.cash.queries.advices import keys_of
from concilia.cash.queries.answers import answers_to
from concilia.cash.queries.candidates import candidates_for
from concilia.cash.queries.item_columns import key_of_item
from concilia.foundation import audit
from concilia.foundation.audit import Act, rule_actor
from concilia.foundation.memory import collector_rests
from concilia.foundation.rows import give_keys, insert_rows
from concilia.identity.models import Entity
from concilia.matching import records
from concilia.matching.explanations import Explanation, Part, part
from concilia.receivables.models import BankEntry

T = TypeVar("T")
logger = logging.getLogger(__name__)
# What an entry nobody has thought of may bring about; a database that is away is none of it.
UNANSWERABLE = (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, AssertionError)
CHUNK = 2_000
TRIES = 5
BANK_ENTRY = Match.bank_entry.field
LIVE = (Match.State.POSTED, Match.State.PROPOSED, Match.State.OPEN)


def match_statement(*, statement_id: int, at: datetime) -> int:
    """
    Match a statement's entries that have no answer yet, some thousands in one transaction.

    Can be stopped anywhere and started again: what is answered is not asked twice. Returns how many
    were answered.
    """
    done = 0
    while True:
        try:
            answered = _patiently(lambda: _match_some(statement_id=statement_id, at=at))
        except ItemsChanged:
            raise  # others are busy with the same items: the job comes back later
        except (*UNANSWERABLE, PostingRefused):
            answered = _one_by_one(statement_id, at)
        done += answered
        if answered < CHUNK:
            return done


def _one_by_one(statement_id: int, at: datetime) -> int:
    """One entry spoils the answers to hundreds: the others get theirs, it waits for a person."""
    entries = _unanswered(statement_id).values_list("pk", flat=True)[:CHUNK]
    answered = 0
    for entry_id in list(entries):
        try:
            _patiently(partial(_match_one, bank_entry_id=entry_id, at=at))
        except ItemsChanged:
            raise
        except (*UNANSWERABLE, PostingRefused) as trouble:
            _leave_open(bank_entry_id=entry_id, trouble=trouble, at=at)
        answered += 1
    return answered


@transaction.atomic(durable=True)
def _leave_open(*, bank_entry_id: int, trouble: Exception, at: datetime) -> None:
    entry = BankEntry.objects.select_for_update(no_key=True).get(pk=bank_entry_id)
    if Match.objects.filter(bank_entry=entry, state__in=LIVE).exists():
        return
    logger.error("payment_not_matched", exc_info=trouble, extra={"entry": bank_entry_id})
    told = part("unreadable", problem=type(trouble).__name__)
    answer = _unmatched(entry, told)
    entity = Entity.objects.get(pk=entry.entity_id)
    matches = _rows(entity, [entry], [answer], {}, at)
    insert_rows(matches)
    _log(entity, matches, at)


def match_entry(*, bank_entry_id: int, at: datetime) -> Match:
    """
    Ask the engine again about one entry nobody has posted: a remittance came, or an item.

    :raises PostingRefused: if it is posted
    """
    return _patiently(lambda: _match_one(bank_entry_id=bank_entry_id, at=at))


def _patiently(act: Callable[[], T]) -> T:
    """Somebody may settle an item between our reading and our posting: then we read again."""
    for _again in range(TRIES - 1):
        with suppress(ItemsChanged):
            return act()
    return act()


@transaction.atomic(durable=True)
def _match_one(*, bank_entry_id: int, at: datetime) -> Match:
    entry = BankEntry.objects.select_for_update(no_key=True).get(pk=bank_entry_id)
    live = Match.objects.filter(bank_entry=entry, state__in=LIVE).first()
    if live and live.state == Match.State.POSTED:
        raise PostingRefused(_("This payment is posted: reverse it first."))
    if live:
        live.state = Match.State.REPLACED
        live.save(update_fields=["state"])
    entity = Entity.objects.get(pk=entry.entity_id)
    return _answer(entity, [entry], at)[0]


@collector_rests()
@transaction.atomic(durable=True)
def _match_some(*, statement_id: int, at: datetime) -> int:
    entries = list(
        _unanswered(statement_id).select_for_update(skip_locked=True, no_key=True)[:CHUNK]
    )
    if not entries:
        return 0
    _answer(Entity.objects.get(pk=entries[0].entity_id), entries, at)
    return len(entries)


def _unanswered(statement_id: int) -> QuerySet[BankEntry]:
    answered = Match.objects.filter(bank_entry=OuterRef("pk"), state__in=LIVE)
    return BankEntry.objects.filter(~Exists(answered), statement=statement_id).order_by("n")


def _unmatched(entry: BankEntry, *told: Part) -> records.Match:
    """The answer that nobody could be found for an entry, and why."""
    return records.Match(
        payment_id=str(entry.pk),
        status=records.Status.UNMATCHED,
        rule="M13",
        confidence_bp=0,
        customer_id=None,
        allocations=(),
        deductions=(),
        on_account_minor=entry.amount_minor,
        explanation=Explanation(told),
    )


def _answer(entity: Entity, entries: Sequence[BankEntry], at: datetime) -> list[Match]:
    asked = candidates_for(entity=entity, entries=entries)
    answers = answers_to(entity=entity, entries=entries, asked=asked)
    asides = asides_of(entity=entity, entries=entries, answers=answers)
    matches = _rows(entity, entries, answers, asides, at)
    give_keys(matches)
    drafts = {
        match.pk: allocations_of(match, answer)
        for match, answer in zip(matches, answers, strict=True)
    }
    safe = [
        match
        for match, answer in zip(matches, answers, strict=True)
        if answer.status is records.Status.POSTED and not match.bank_entry.is_return
    ]
    # What is safe is written as posted at once; its allocations first, so that the database finds
    # with the match what adds up to it.
    post_matches(matches=safe, at=at, drafts=drafts)
    insert_rows([row for rows in drafts.values() for row in rows])
    insert_rows(matches)
    _join(matches, answers, at)
    _log(entity, matches, at)
    return matches


def _rows(
    entity: Entity,
    entries: Sequence[BankEntry],
    answers: Sequence[records.Match],
    asides: Mapping[int, Aside],
    at: datetime,
) -> list[Match]:
    """Every answer as a proposal, or set aside; not saved yet."""
    versions = dict(
        Match.objects.filter(bank_entry__any_of=[entry.pk for entry in entries])
        .values_list("bank_entry")
        .annotate(last=Max("version"))
    )
    return [
        (
            set_aside_by_rule(entry, asides[entry.pk], versions.get(entry.pk, 0) + 1, at)
            if entry.pk in asides
            else match_of(entity, entry, answer, versions.get(entry.pk, 0) + 1, at)
        )
        for entry, answer in zip(entries, answers, strict=True)
    ]


def _join(matches: Sequence[Match], answers: Sequence[records.Match], at: datetime) -> None:
    """Note which remittances the answers rest on: they are about these payments, and no others."""
    about = {
        key: match.bank_entry_id
        for match, answer in zip(matches, answers, strict=True)
        for key in keys_of(answer.remittance_id)
    }
    if not about:
        return
    locked = Remittance.objects.select_for_update(no_key=True).filter(pk__in=about).order_by("pk")
    known = set(locked.values_list("pk", flat=True))
    known -= set(
        RemittanceJoin.objects.filter(remittance__in=known).values_list("remittance", flat=True)
    )
    RemittanceJoin.objects.bulk_create(
        [
            RemittanceJoin(remittance_id=key, bank_entry_id=about[key], joined_at=at)
            for key in sorted(known)
        ]
    )


def match_of(
    entity: Entity, entry: BankEntry, answer: records.Match, version: int, at: datetime
) -> Match:
    """An answer of the engine as a row that waits for a person; not saved yet."""
    applied = sum(one.applied_minor for one in answer.allocations)
    customer = int(answer.customer_id) if answer.customer_id else None
    is_proposal = bool(answer.allocations) or (
        customer is not None and answer.on_account_minor == entry.amount_minor
    )
    is_open = entry.is_return or not is_proposal
    match = Match(
        entity_id=entity.pk,
        bank_entry_id=entry.pk,
        version=version,
        customer_id=customer,
        state=Match.State.OPEN if is_open else Match.State.PROPOSED,
        rule=answer.rule,
        confidence_bp=answer.confidence_bp,
        currency=entry.currency,
        applied_minor=0 if is_open else applied,
        on_account_minor=0 if is_open else answer.on_account_minor,
        explanation={
            "parts": answer.explanation.to_json(),
            "duplicate_of": answer.duplicate_of,
            "gave_up": answer.gave_up,
        },
        alternatives=[_plain(one) for one in answer.alternatives],
        habits=dict(answer.habits),
        matched_at=at,
    )
    BANK_ENTRY.set_cached_value(match, entry)  # to set it as such takes as long as all the rest
    return match


def allocations_of(match: Match, answer: records.Match) -> list[Allocation]:
    """The rows of an answer; what was kept back sits on the item it was kept from."""
    if match.state == Match.State.OPEN or match.rule == NO_CUSTOMER_PAYMENT:
        return []
    kept = {one.item_id: one for one in answer.deductions}
    return [
        Allocation(
            match_id=match.pk,
            item_id=key_of_item(one.item_id),
            currency=match.currency,
            applied_minor=one.applied_minor,
            discount_minor=one.discount_minor,
            writeoff_minor=one.writeoff_minor,
            writeoff_reason=one.writeoff_reason,
            deduction_minor=kept[one.item_id].amount_minor if one.item_id in kept else 0,
            deduction_reason=kept[one.item_id].reason if one.item_id in kept else "",
            deduction_text=kept[one.item_id].text[:200] if one.item_id in kept else "",
        )
        for one in answer.allocations
    ]


def _plain(alternative: records.Alternative) -> dict[str, Any]:
    values = asdict(alternative)
    return {
        "customer": values["customer_id"],
        "allocations": [
            one._asdict() | {"item_id": str(key_of_item(one.item_id))}
            for one in alternative.allocations
        ],
        "deductions": [
            one._asdict() | {"item_id": str(key_of_item(one.item_id))}
            for one in alternative.deductions
        ],
        "on_account": values["on_account_minor"],
    }


def _done(match: Match) -> str:
    is_aside = match.rule == NO_CUSTOMER_PAYMENT
    return "payment.set_aside" if is_aside else f"payment.{match.state.lower()}"


def _log(entity: Entity, matches: Sequence[Match], at: datetime) -> None:
    acts = [
        Act(
            _done(match),
            "bank_entry",
            match.bank_entry_id,
            {
                "rule": match.rule,
                "applied": match.applied_minor,
                "on_account": match.on_account_minor,
                "currency": match.currency,
            },
        )
        for match in matches
    ]
    audit.log(entity_id=entity.pk, actor=rule_actor("matching"), at=at, acts=acts)
