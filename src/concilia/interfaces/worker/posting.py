"""Putting a settlement into the ERP: looked up where in doubt, sent once, its answer kept."""

from __future__ import annotations

from datetime import datetime

from concilia.foundation.locks import alone
from concilia.foundation.plugins import UnknownPlugin
from concilia.ledger.actions import (
    mark_sent,
    record_acceptance,
    record_missing,
    record_posting_failure,
    record_posting_result,
)
from concilia.ledger.core.posting_states import PostingState
from concilia.ledger.models import Posting
from concilia.ledger.ports import (
    ConfigurationInvalid,
    Erp,
    PostingFailed,
    PostingRequest,
    PostingResult,
    PostingStatus,
    require_same_amounts,
)
from concilia.ledger.queries.connectors import erp_of


def post_to_erp(*, posting_id: int, at: datetime) -> None:
    """
    This will see to it that the ERP holds a posting once, and keep what it answered.

    Whatever goes wrong is kept with the posting, with the moment of the next attempt; whoever dies
    here leaves it SENT, and the next attempt looks it up first (domain.md §7.4, P-1 to P-5).
    """
    with alone(f"posting:{posting_id}") as is_ours:
        posting = mark_sent(posting_id=posting_id) if is_ours else None
        if posting is None:
            return
        try:
            result = _ask(posting)
        except PostingFailed as failure:
            record_posting_failure(posting_id=posting_id, failure=failure, at=at)
            return
        if result.is_booked:
            record_posting_result(posting_id=posting_id, result=result, at=at)
        elif result.status is PostingStatus.ACCEPTED:
            record_acceptance(posting_id=posting_id, at=at)
        else:
            refusal = PostingFailed(result.error or "the ERP refused it", permanent=True)
            record_posting_failure(posting_id=posting_id, failure=refusal, at=at)


def give_up_posting(*, posting_id: int, error: str, at: datetime) -> None:
    """This will keep that every attempt ended in an error of the program; nobody knows how far."""
    failure = PostingFailed(error, permanent=False, lost=True, code="program")
    record_posting_failure(posting_id=posting_id, failure=failure, at=at)


def _ask(posting: Posting) -> PostingResult:
    is_in_doubt = posting.state == PostingState.UNKNOWN
    try:
        erp = erp_of(entity=posting.entity, connector=posting.connector)
    except (ConfigurationInvalid, UnknownPlugin) as problem:
        raise PostingFailed(
            str(problem), permanent=True, lost=is_in_doubt, code="settings"
        ) from problem
    request = PostingRequest.from_json(posting.request)
    if is_in_doubt:
        found = _look_up(erp, request.external_ref)
        if found is not None:
            return require_same_amounts(request, found)
        record_missing(posting_id=posting.pk)
    return erp.post(request)


def _look_up(erp: Erp, external_ref: str) -> PostingResult | None:
    """A look-up that fails, however, leaves the doubt as it was."""
    try:
        return erp.find(external_ref)
    except PostingFailed as failure:
        raise PostingFailed(
            str(failure), permanent=failure.permanent, lost=True, code=failure.code
        ) from failure
