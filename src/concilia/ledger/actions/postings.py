from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from concilia.foundation import audit, events
from concilia.foundation.audit import SYSTEM, Act, Actor
from concilia.kernel.machine import TransitionRefused
from concilia.ledger.core.posting_states import (
    POSTING_MACHINE,
    Attempt,
    PostingAct,
    PostingState,
    after_acceptance,
    after_failure,
)
from concilia.ledger.events import PostingRequested, PostingSettled
from concilia.ledger.models import JournalEntry, Posting
from concilia.ledger.ports import PostingFailed, PostingRequest, PostingResult


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingOrder:
    """A posting to write beside its entry: for whom, by which connector, what exactly."""

    entity_id: int
    customer_id: int
    connector: str
    request: PostingRequest


def request_posting(*, order: PostingOrder, entry: JournalEntry, at: datetime) -> Posting:
    """
    Write a job for the ERP inside the transaction of the decision it carries out (P-2).

    :raises IntegrityError: if this decision was put to the ERP before (P-1)
    """
    assert connection.in_atomic_block, "a posting is written with its decision"
    posting = Posting.objects.create(
        entity_id=order.entity_id,
        posting_id=UUID(order.request.posting_id),
        idempotency_key=order.request.idempotency_key,
        external_ref=order.request.external_ref,
        entry=entry,
        customer_id=order.customer_id,
        connector=order.connector,
        document_type=order.request.document_type,
        currency=order.request.currency,
        amount_minor=order.request.totals.gross_minor,
        request=order.request.as_json(),
        requested_at=at,
    )
    events.record(PostingRequested(posting.pk))
    return posting


@transaction.atomic(durable=True)
def mark_sent(*, posting_id: int) -> Posting | None:
    """
    Take a posting up before the ERP is called, so that a death during the call is seen afterwards.

    :return: None if there is nothing left to do (posted, or refused and waiting for a person)
    """
    posting = Posting.objects.select_for_update(no_key=True).get(pk=posting_id)
    state = PostingState(posting.state)
    if state in {PostingState.POSTED, PostingState.REJECTED}:
        return None
    if state is PostingState.SENT:  # whoever sent it died: only a look-up can tell
        state = POSTING_MACHINE.after(state, PostingAct.LOSE)
    if state is PostingState.PENDING:
        state = POSTING_MACHINE.after(state, PostingAct.SEND)
    posting.state = state
    posting.attempts += 1
    posting.next_attempt_at = None
    posting.save(update_fields=["state", "attempts", "next_attempt_at"])
    return posting


@transaction.atomic(durable=True)
def record_missing(*, posting_id: int) -> Posting:
    """
    The look-up found nothing in the ERP: the posting may be sent again.

    :raises TransitionRefused: if it was not in doubt
    """
    posting = Posting.objects.select_for_update(no_key=True).get(pk=posting_id)
    state = POSTING_MACHINE.after(PostingState(posting.state), PostingAct.MISS)
    posting.state = POSTING_MACHINE.after(state, PostingAct.SEND)
    posting.save(update_fields=["state"])
    return posting


@transaction.atomic(durable=True)
def record_posting_result(*, posting_id: int, result: PostingResult, at: datetime) -> Posting:
    """
    Keep the number the ERP gave the document; the same result twice changes nothing.

    :raises TransitionRefused: if the posting was never sent
    """
    posting = Posting.objects.select_for_update(no_key=True).get(pk=posting_id)
    if posting.state == Posting.State.POSTED:
        return posting
    act = PostingAct.FIND if posting.state == PostingState.UNKNOWN else PostingAct.CONFIRM
    posting.state = POSTING_MACHINE.after(PostingState(posting.state), act)
    posting.erp_document = result.erp_document
    posting.erp_number = result.erp_number
    posting.error = ""
    posting.posted_at = at
    posting.save(update_fields=["state", "erp_document", "erp_number", "error", "posted_at"])
    _settle(posting, SYSTEM, at, "posting.posted", {"number": result.erp_number})
    return posting


@transaction.atomic(durable=True)
def record_acceptance(*, posting_id: int, at: datetime) -> Posting:
    """
    The ERP has the posting and will answer later: keep when to look again; it is not sent again.

    :raises TransitionRefused: if the posting was never sent
    """
    posting = Posting.objects.select_for_update(no_key=True).get(pk=posting_id)
    if posting.state == Posting.State.POSTED:
        return posting
    attempt = Attempt(requested_at=posting.requested_at, attempts=posting.attempts, at=at)
    after = after_acceptance(attempt, state=PostingState(posting.state))
    posting.state, posting.next_attempt_at, posting.error = after.state, after.next_attempt_at, ""
    posting.save(update_fields=["state", "next_attempt_at", "error"])
    return posting


@transaction.atomic(durable=True)
def record_posting_failure(*, posting_id: int, failure: PostingFailed, at: datetime) -> Posting:
    """
    Keep why the ERP did not confirm, and when to try again (back-off of §7.4).

    Without a next attempt a person is asked: the claim shows “Posting failed”.
    """
    posting = Posting.objects.select_for_update(no_key=True).get(pk=posting_id)
    if posting.state == Posting.State.POSTED:
        return posting
    attempt = Attempt(requested_at=posting.requested_at, attempts=posting.attempts, at=at)
    if posting.state == PostingState.UNKNOWN and failure.permanent and not failure.lost:
        # The look-up itself brought the refusal: the ERP certainly does not hold it.
        posting.state = POSTING_MACHINE.after(PostingState.UNKNOWN, PostingAct.REJECT)
        posting.next_attempt_at = None
    elif posting.state == PostingState.UNKNOWN:
        posting.next_attempt_at = after_failure(attempt, permanent=False, lost=True).next_attempt_at
    else:
        after = after_failure(attempt, permanent=failure.permanent, lost=failure.lost)
        posting.state, posting.next_attempt_at = after.state, after.next_attempt_at
    posting.error = str(failure)[:2000]
    posting.save(update_fields=["state", "next_attempt_at", "error"])
    if posting.next_attempt_at is None:
        _settle(posting, SYSTEM, at, "posting.failed", {"error": posting.error})
    return posting


@transaction.atomic(durable=True)
def retry_posting(*, posting_id: int, actor: Actor, at: datetime) -> Posting:
    """A person sends a refused or forgotten posting again, after mending what was wrong."""
    act = put_again(posting_id=posting_id, at=at)
    posting = Posting.objects.get(pk=posting_id)
    audit.log(entity_id=posting.entity_id, actor=actor, at=at, acts=[act])
    return posting


def put_again(*, posting_id: int, at: datetime) -> Act:
    """
    Put a posting to the ERP again inside the caller's transaction; returns the log.

    One in doubt is looked up first, as always (P-1).

    :raises TransitionRefused: if the ERP has it already
    """
    assert connection.in_atomic_block, "a posting is put again with the act that mends it"
    posting = Posting.objects.select_for_update(no_key=True).get(pk=posting_id)
    if posting.state == PostingState.POSTED:
        raise TransitionRefused(f"{posting.external_ref} is posted already")
    if posting.state == PostingState.REJECTED:
        posting.state = POSTING_MACHINE.after(PostingState.REJECTED, PostingAct.RETRY)
    posting.requested_at = at
    posting.attempts = 0
    posting.next_attempt_at = None
    posting.save(update_fields=["state", "requested_at", "attempts", "next_attempt_at"])
    events.record(PostingRequested(posting.pk))
    return Act("posting.retried", "posting", posting.pk, {"ref": posting.external_ref})


def _settle(posting: Posting, actor: Actor, at: datetime, act: str, data: dict[str, str]) -> None:
    events.record(PostingSettled(posting.pk))
    data = {"ref": posting.external_ref, "connector": posting.connector} | data
    audit.log(
        entity_id=posting.entity_id,
        actor=actor,
        at=at,
        acts=[Act(act, "posting", posting.pk, data)],
    )
