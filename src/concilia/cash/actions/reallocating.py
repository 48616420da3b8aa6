"""Late detail re-opens a match: what the payer says beside what was posted (domain.md §6.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cash.actions.deciding import lock_match, next_version
from concilia.cash.actions.learning import learn, unlearn
from concilia.cash.actions.matching import allocations_of, match_of
from concilia.cash.actions.posting import PostingRefused, post_matches
from concilia.cash.actions.reversing import take_back
from concilia.cash.events import PaymentReversed
from concilia.cash.models import NOT_APPLIED, Allocation, Match
from concilia.cash.queries.answers import answers_to
from concilia.cash.queries.hindsight import candidates_before
from concilia.foundation import audit, events
from concilia.foundation.audit import Act, rule_actor
from concilia.foundation.rows import give_keys
from concilia.identity.models import Entity, Membership
from concilia.identity.queries import actor_of
from concilia.matching import records
from concilia.receivables.models import BankEntry

ADVICE = "M3"


@transaction.atomic(durable=True)
def reconsider_payment(*, bank_entry_id: int, at: datetime) -> Match | None:
    """
    Hold what was joined to a posted payment against what was posted.

    Where the payer says otherwise, their answer is proposed beside the posting, once; nothing is
    booked. Where it says the same, or nothing that could be read, the posting stands.

    :return: the proposal, or None
    """
    entry = BankEntry.objects.select_for_update(no_key=True).get(pk=bank_entry_id)
    Match.objects.filter(bank_entry=entry, state=Match.State.ADVISED).update(
        state=Match.State.REPLACED
    )
    posted = (
        Match.objects.select_related("bank_entry")
        .filter(bank_entry=entry, state=Match.State.POSTED)
        .exclude(rule__in=NOT_APPLIED)
        .first()
    )
    if posted is None:
        return None
    entity = Entity.objects.get(pk=entry.entity_id)
    answer = _answer_before(entity, posted)
    if answer.rule != ADVICE or not answer.remittance_id:
        return None
    match = match_of(entity, entry, answer, next_version(entry.pk), at)
    give_keys([match])
    rows = allocations_of(match, answer)
    if not rows or _said(match, rows) == _said(posted, list(posted.allocations.all())):
        return None
    match.state = Match.State.ADVISED
    match.save(force_insert=True)
    Allocation.objects.bulk_create(rows)
    data = {"version": match.version, "posted": posted.version}
    act = Act("payment.advised", "bank_entry", entry.pk, data)
    audit.log(entity_id=entity.pk, actor=rule_actor("matching"), at=at, acts=[act])
    return match


@transaction.atomic(durable=True)
def accept_reallocation(*, match_id: int, member: Membership, at: datetime) -> Match:
    """
    Take over what the payer says: the posting is reversed and posted anew, on the same value date.

    A deduction of the same invoice carries its claim along; one that is no more ends its claim.

    :raises PostingRefused: if it is no proposal any more, a deduction was decided since, what stood
        on account was used, or an item has changed
    """
    match = lock_match(match_id, member)
    if match.state != Match.State.ADVISED:
        raise PostingRefused(_("This is no proposal any more: load the page again."))
    posted = _posted(match)
    after = {row.item_id for row in match.allocations.all() if row.deduction_minor}
    moved = {
        row.item_id: row.deduction_item_id
        for row in posted.allocations.all()
        if row.deduction_item_id and row.item_id in after
    }
    take_back(posted, posted.bank_entry.value_date, at, moved=moved.values())
    unlearn(match=posted, at=at)
    events.record(PaymentReversed(match.bank_entry_id))
    match.decided_by = member.user
    match.save(update_fields=["decided_by"])
    post_matches(matches=[match], at=at, moved=moved)
    learn(matches=[match], at=at)
    data = {"version": match.version, "instead_of": posted.version, "currency": match.currency}
    act = Act("payment.reallocated", "bank_entry", match.bank_entry_id, data)
    audit.log(entity_id=match.entity_id, actor=actor_of(member), at=at, acts=[act])
    return match


@transaction.atomic(durable=True)
def dismiss_reallocation(*, match_id: int, reason: str, member: Membership, at: datetime) -> Match:
    """
    Leave a payment as it was posted, although the payer says otherwise.

    :raises PostingRefused: if nothing is proposed any more, or nobody says why
    """
    match = lock_match(match_id, member)
    if match.state != Match.State.ADVISED:
        raise PostingRefused(_("This is no proposal any more: load the page again."))
    if not reason.strip():
        raise PostingRefused(_("Say why the posting stays as it is."))
    match.state, match.decided_by = Match.State.REPLACED, member.user
    match.save(update_fields=["state", "decided_by"])
    data = {"version": match.version}
    act = Act("payment.advice_dismissed", "bank_entry", match.bank_entry_id, data, reason.strip())
    audit.log(entity_id=match.entity_id, actor=actor_of(member), at=at, acts=[act])
    return match


def _posted(match: Match) -> Match:
    posted = (
        Match.objects.select_for_update(of=("self",), no_key=True)
        .select_related("bank_entry", "entry", "on_account_item")
        .filter(bank_entry=match.bank_entry_id, state=Match.State.POSTED)
        .first()
    )
    if posted is None:
        raise PostingRefused(_("Only a posted payment can be reversed."))
    return posted


def _answer_before(entity: Entity, posted: Match) -> records.Match:
    asked = candidates_before(entity=entity, match=posted)
    [answer] = answers_to(entity=entity, entries=[posted.bank_entry], asked=asked)
    return answer


def _said(match: Match, rows: Sequence[Allocation]) -> tuple[int | None, int, frozenset[object]]:
    """What an answer does, to be held against another one."""
    return (
        match.customer_id if match.on_account_minor else None,
        match.on_account_minor,
        frozenset(
            (
                row.item_id,
                row.applied_minor,
                row.discount_minor,
                row.writeoff_minor,
                row.deduction_minor,
                row.deduction_reason,
            )
            for row in rows
        ),
    )
