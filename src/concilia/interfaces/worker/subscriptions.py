"""Who reacts to what. This table is the only place where an event meets its handlers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from concilia.cases.events import ThirdPartyWanted, TimeWentOn
from concilia.cash.actions import (
    match_statement,
    order_payments,
    order_reversals,
    place_after_statement,
)
from concilia.cash.events import (
    DeductionMoved,
    DeductionsOpened,
    DeductionWithdrawn,
    PaymentReturned,
    PaymentReversed,
    PaymentsPosted,
    StatementLoaded,
)
from concilia.claims.actions.asking import go_on_in_time
from concilia.claims.actions.asking_outside import ask_partner
from concilia.claims.actions.by_link import keep_unread_paper, lay_paper_of_link
from concilia.claims.actions.following import follow_posting
from concilia.claims.actions.papers import withdraw_deduction
from concilia.claims.actions.repointing import Moved, repoint_claim
from concilia.claims.actions.short_payments import open_claims_for_deductions
from concilia.claims.actions.verdicts import compute_verdict
from concilia.claims.events import (
    ClaimClosed,
    ClaimDecided,
    ClaimFactsChanged,
    ClaimOpened,
    DecisionProposed,
    PaperCameByLink,
)
from concilia.correspondence.events import MessageQueued
from concilia.dunning.actions import note_bank_return
from concilia.dunning.actions.account_papers import (
    keep_unread_paper_of_account,
    lay_paper_of_account,
)
from concilia.dunning.events import PaperCameByAccount, PlanBroken, PlanCompleted
from concilia.foundation.events import Event
from concilia.foundation.jobs import defer
from concilia.intake.events import ArrivalStored, DocumentRead, ImportSaved
from concilia.interfaces.worker import tellings
from concilia.interfaces.worker.promises import (
    judge_after_payments,
    judge_after_reversal,
    thank_after_payments,
    thank_after_plan,
)
from concilia.interfaces.worker.proposing import propose
from concilia.interfaces.worker.reading import read_arrival
from concilia.interfaces.worker.routing import route_document
from concilia.ledger.events import PostingRequested, PostingSettled

# A handler gets the event and the moment. It is idempotent: after a crash it is asked again.
Handler = Callable[[Any, datetime], None]


def _read(event: ArrivalStored, at: datetime) -> None:
    read_arrival(arrival_id=event.arrival_id, at=at)
    keep_unread_paper(arrival_id=event.arrival_id, at=at)
    keep_unread_paper_of_account(arrival_id=event.arrival_id, at=at)


def _match(event: StatementLoaded, at: datetime) -> None:
    match_statement(statement_id=event.statement_id, at=at)
    place_after_statement(statement_id=event.statement_id)


def _judge(event: ClaimOpened | ClaimFactsChanged, at: datetime) -> None:
    compute_verdict(claim_id=event.claim_id, at=at)


def _contest(event: DeductionsOpened, at: datetime) -> None:
    open_claims_for_deductions(item_ids=event.item_ids, at=at)


def _order_payments(event: PaymentsPosted, at: datetime) -> None:
    order_payments(match_ids=event.match_ids, at=at)


def _order_reversals(event: PaymentReversed, at: datetime) -> None:
    order_reversals(bank_entry_id=event.bank_entry_id, at=at)


def _note_return(event: PaymentReturned, at: datetime) -> None:
    note_bank_return(bank_entry_id=event.bank_entry_id, paid_entry_id=event.paid_entry_id, at=at)


def _judge_paid(event: PaymentsPosted, at: datetime) -> None:
    judge_after_payments(match_ids=event.match_ids, at=at)


def _thank_paid(event: PaymentsPosted, at: datetime) -> None:
    thank_after_payments(match_ids=event.match_ids, at=at)


def _thank_completed(event: PlanCompleted, at: datetime) -> None:
    thank_after_plan(plan_id=event.plan_id, at=at)


def _judge_reversed(event: PaymentReversed, at: datetime) -> None:
    judge_after_reversal(bank_entry_id=event.bank_entry_id, at=at)


def _repoint(event: DeductionMoved, at: datetime) -> None:
    repoint_claim(
        moved=Moved(
            item_id=event.item_id,
            before_item_id=event.before_item_id,
            bank_entry_id=event.bank_entry_id,
            reason=event.reason,
            text=event.text,
        ),
        at=at,
    )


def _withdraw(event: DeductionWithdrawn, at: datetime) -> None:
    withdraw_deduction(item_id=event.item_id, at=at)


def _post(event: PostingRequested, at: datetime) -> None:
    name = f"posting:{event.posting_id}"
    defer("concilia.post_to_erp", lock=name, once=name, posting_id=event.posting_id)


def _send(event: MessageQueued, at: datetime) -> None:
    name = f"message:{event.message_id}"
    defer("concilia.send_message", lock=name, once=name, message_id=event.message_id)


def _lay_of_account(event: PaperCameByAccount, at: datetime) -> None:
    lay_paper_of_account(arrival_id=event.arrival_id, at=at)


def _lay(event: PaperCameByLink, at: datetime) -> None:
    lay_paper_of_link(arrival_id=event.arrival_id, at=at)


def _ask_partner(event: ThirdPartyWanted, at: datetime) -> None:
    ask_partner(step_id=event.step_id, at=at)


def _go_on(event: TimeWentOn, at: datetime) -> None:
    go_on_in_time(case_id=event.case_id, at=at)


def _follow(event: PostingSettled, at: datetime) -> None:
    follow_posting(posting_id=event.posting_id, at=at)


SUBSCRIPTIONS: Final[Mapping[type[Event], tuple[Handler, ...]]] = {
    ArrivalStored: (_read,),
    DocumentRead: (route_document, propose),
    StatementLoaded: (_match,),
    DeductionsOpened: (_contest,),
    DeductionMoved: (_repoint,),
    DeductionWithdrawn: (_withdraw,),
    PaymentsPosted: (_order_payments, _judge_paid, _thank_paid),
    PaymentReversed: (_order_reversals, _judge_reversed),
    PaymentReturned: (_note_return,),
    ClaimOpened: (_judge,),
    ClaimFactsChanged: (_judge,),
    DecisionProposed: (),
    PaperCameByLink: (_lay,),
    PaperCameByAccount: (_lay_of_account,),
    ThirdPartyWanted: (_ask_partner,),
    TimeWentOn: (_go_on,),
    ClaimDecided: (),
    ClaimClosed: (),
    PostingRequested: (_post,),
    PostingSettled: (_follow,),
    MessageQueued: (_send,),
    PlanBroken: (),  # nothing by itself: it stands on the list of a person, and runs wait for them
    PlanCompleted: (_thank_completed,),
    ImportSaved: (),
}

# What other programs may ask to be told of (webhooks): its public name, and what of it they are
# told. The name is one of `identity.core.webhooks.KINDS`.
TOLD: Final[Mapping[type[Event], tuple[str, tellings.Telling]]] = {
    ArrivalStored: ("arrival.received", tellings.of_arrival),
    DocumentRead: ("arrival.read", tellings.of_reading),
    ClaimOpened: ("claim.opened", tellings.of_claim),
    DecisionProposed: ("claim.approval_asked", tellings.of_decision),
    ClaimDecided: ("claim.decided", tellings.of_decision),
    ClaimClosed: ("claim.closed", tellings.of_claim),
    DeductionsOpened: ("deduction.opened", tellings.of_deductions),
    PaymentsPosted: ("payment.posted", tellings.of_payments),
    PaymentReversed: ("payment.reversed", tellings.of_reversal),
    PostingSettled: ("posting.settled", tellings.of_posting),
    ImportSaved: ("import.saved", tellings.of_import),
}
