"""What has been read goes where its kind belongs (the table of docs/decisions/0010)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from concilia.claims.actions.by_link import lay_paper_of_link
from concilia.claims.actions.filing import attach_paper
from concilia.claims.actions.further import open_further_claim
from concilia.claims.actions.papers import CLAIM_KINDS, open_claim_from_document
from concilia.claims.core.arriving import Course, Doubt
from concilia.claims.models import Claim
from concilia.claims.queries.recognition import NOTHING_PROVED, Recognised, recognise
from concilia.dunning.actions import await_answer
from concilia.dunning.actions.account_papers import lay_paper_of_account
from concilia.intake.actions import mark_arrival
from concilia.intake.events import DocumentRead
from concilia.intake.models import Arrival
from concilia.interfaces.worker.banking import has_bank_file, register_advice, take_bank_file
from concilia.interfaces.worker.replies import (
    claim_answered_by,
    take_bounce,
    take_link_reply,
    take_reply,
)

Route = Callable[[Arrival, datetime], None]


def route_document(event: DocumentRead, at: datetime) -> None:
    """
    This will let a document do what its kind asks for; whatever is not certain waits in the inbox.

    What belongs to an open case is laid beside it before anything else is made of it. What
    something came of already, what a person took back and what could not be read, is left alone.
    """
    rows = Arrival.objects.select_related("document", "message")
    arrival = rows.get(pk=event.arrival_id)
    if arrival.state != Arrival.State.WAITING or arrival.document is None:
        return
    if lay_paper_of_link(arrival_id=arrival.pk, at=at):
        return
    if lay_paper_of_account(arrival_id=arrival.pk, at=at):
        return
    kind = arrival.document.kind
    if kind in MACHINES:
        MACHINES[kind](arrival, at)
    elif arrival.outcome != "taken_back" and not take_link_reply(arrival, at):
        _route(arrival, kind, at)


def _route(arrival: Arrival, kind: str, at: datetime) -> None:
    if Claim.objects.filter(document=arrival.document_id).exists():
        _open_claim(arrival, at)  # ended between the first claim of a message and the next
        return
    found = recognise(arrival=arrival)
    claim = claim_answered_by(arrival)
    if found.course is Course.ATTACH and _is_paper(arrival, found):
        attach_paper(arrival_id=arrival.pk, at=at)
    elif claim is not None and found.doubt not in FOR_PEOPLE:
        take_reply(arrival, claim, at)
    elif found.course is Course.PROPOSE and kind not in OF_THEIR_OWN:
        _wait(arrival, "evidence_proposed", at)
    else:
        ROUTES.get(kind, _leave)(arrival, at)


def _is_paper(arrival: Arrival, found: Recognised) -> bool:
    """A mail without a paper is an answer, not evidence."""
    return arrival.message is None or bool(set(found.codes) - NOTHING_PROVED)


def _say_nothing(arrival: Arrival, at: datetime) -> None:
    mark_arrival(
        arrival_id=arrival.pk, state=Arrival.State.NOTHING_TO_DO, outcome="auto_reply", at=at
    )


def _open_claim(arrival: Arrival, at: datetime) -> None:
    assert arrival.document is not None
    if open_claim_from_document(arrival_id=arrival.pk, at=at) is None:
        return
    for n, _said in enumerate(arrival.document.values.get("further_claims") or (), start=1):
        open_further_claim(arrival_id=arrival.pk, n=n, at=at)


def _attach(arrival: Arrival, at: datetime) -> None:
    attach_paper(arrival_id=arrival.pk, at=at)


def _wait_as_payment_reply(arrival: Arrival, at: datetime) -> None:
    await_answer(arrival_id=arrival.pk, at=at)


def _leave(arrival: Arrival, at: datetime) -> None:
    """Newsletters ask nothing of us; whatever else this is, a person sees it."""
    assert arrival.document is not None
    if has_bank_file(arrival):
        take_bank_file(arrival, at)
    elif arrival.document.values.get("bulk"):
        mark_arrival(
            arrival_id=arrival.pk, state=Arrival.State.NOTHING_TO_DO, outcome="newsletter", at=at
        )
    else:
        _wait(arrival, "unsure" if arrival.document.needs_review else "not_a_claim", at)


def _wait(arrival: Arrival, outcome: str, at: datetime) -> None:
    mark_arrival(arrival_id=arrival.pk, state=Arrival.State.WAITING, outcome=outcome, at=at)


# Written by machines: nobody's answer, whatever they refer to.
MACHINES: Final[Mapping[str, Route]] = {
    "bounce": take_bounce,
    "auto_reply": _say_nothing,
    "bank_statement": take_bank_file,
}
# An answer that may also be something else is not only an answer: people say what it is.
FOR_PEOPLE: Final = frozenset({Doubt.SEVERAL, Doubt.OTHER_MATTER, Doubt.FOREIGN})
# What these state is kept whatever case they name.
OF_THEIR_OWN: Final = frozenset({"remittance_advice"})
PAPERS: Final = (
    "proof_of_delivery",
    "delivery_note",
    "receiving_advice",
    "order",
    "invoice",
    "credit_note",
)
ROUTES: Final[Mapping[str, Route]] = {
    **dict.fromkeys(sorted(CLAIM_KINDS), _open_claim),
    **dict.fromkeys(PAPERS, _attach),
    "remittance_advice": register_advice,
    "payment_reply": _wait_as_payment_reply,
}
