"""Who reacts to what. This table is the only place where an event meets its handlers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from concilia.cash.actions import match_statement
from concilia.cash.events import DeductionOpened, DeductionWithdrawn, StatementLoaded
from concilia.claims.actions.following import follow_posting
from concilia.claims.actions.verdicts import compute_verdict
from concilia.claims.events import ClaimClosed, ClaimFactsChanged, ClaimOpened
from concilia.correspondence.events import MessageQueued
from concilia.foundation.events import Event
from concilia.interfaces.worker.posting import post_to_erp
from concilia.ledger.events import PostingRequested, PostingSettled

# A handler gets the event and the moment. It is idempotent: after a crash it is asked again.
Handler = Callable[[Any, datetime], None]


def _match(event: StatementLoaded, at: datetime) -> None:
    match_statement(statement_id=event.statement_id, at=at)


def _judge(event: ClaimOpened | ClaimFactsChanged, at: datetime) -> None:
    compute_verdict(claim_id=event.claim_id, at=at)


def _post(event: PostingRequested, at: datetime) -> None:
    post_to_erp(posting_id=event.posting_id, at=at)


def _follow(event: PostingSettled, at: datetime) -> None:
    follow_posting(posting_id=event.posting_id, at=at)


SUBSCRIPTIONS: Final[Mapping[type[Event], tuple[Handler, ...]]] = {
    StatementLoaded: (_match,),
    DeductionOpened: (),
    DeductionWithdrawn: (),
    ClaimOpened: (_judge,),
    ClaimFactsChanged: (_judge,),
    ClaimClosed: (),
    PostingRequested: (_post,),
    PostingSettled: (_follow,),
    MessageQueued: (),
}
