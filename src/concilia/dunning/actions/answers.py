"""An answer to a reminder, confirmed by a person: the motive it gives and the promise it makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.claims.actions.papers import keep_customer, links_of
from concilia.documents.models import Document
from concilia.dunning.actions.motives import (
    NewMotive,
    keep_motive,
    recorded,
    require_collector,
)
from concilia.dunning.actions.promises import NewPromise, keep_promise, promised
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.voices import voice_of
from concilia.dunning.core.motives import Source
from concilia.dunning.models import Motive, Promise
from concilia.foundation import audit
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.actions import settle_arrival
from concilia.intake.models import Arrival

ANSWERED = "motive_recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMeans:
    """
    What a person confirms that an answer means.

    :param due_date: the promised day; None: nothing is promised
    :param amount_minor: in the currency of the document, else the customer's; None: all that is due
    """

    code: str
    due_date: date | None = None
    amount_minor: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What came of an answer."""

    motive: Motive
    promise: Promise | None


@transaction.atomic(durable=True)
def await_answer(*, arrival_id: int, at: datetime) -> None:
    """Let an answer to a reminder wait for a person, with whose it is where that is plain."""
    rows = Arrival.objects.select_related("message__customer", "document__customer")
    arrival = rows.get(pk=arrival_id)
    assert arrival.document is not None, "what answers something was read"
    _say_whose(arrival, arrival.document)
    settle_arrival(
        arrival_id=arrival.pk, state=Arrival.State.WAITING, outcome="payment_reply", at=at
    )


def _say_whose(arrival: Arrival, document: Document) -> None:
    links = links_of(arrival, document, None)
    if not links.foreign:
        keep_customer(document, links)
    message = arrival.message
    if document.customer is None and message is not None and message.customer is not None:
        document.customer = message.customer  # whose number a short message came from is plain
        document.save(update_fields=["customer"])


@transaction.atomic(durable=True)
def confirm_answer(
    *, arrival_id: int, means: AnswerMeans, by: Membership, at: datetime
) -> Confirmed:
    """
    Take an answer for what it means: the customer's motive, and their promise where they make one.

    Both or neither; the arrival is done with it.

    :raises CollectionRefused: if something came of it already, nobody knows whose it is, or the
        promise cannot be taken
    """
    require_collector(by)
    arrival = (
        Arrival.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=arrival_id, entity=by.entity_id)
        .first()
    )
    if arrival is None or arrival.document_id is None:
        raise CollectionRefused(_("This has not been read yet."))
    if arrival.state == Arrival.State.DONE:
        raise CollectionRefused(_("Something came of this already."))
    document = Document.objects.select_related("customer").get(pk=arrival.document_id)
    if document.customer is None:
        _say_whose(arrival, document)
    if document.customer is None:
        raise CollectionRefused(_("Say which customer this is from."))
    new = NewMotive(
        customer_id=document.customer.pk,
        code=means.code,
        source=Source.CUSTOMER,
        document_id=document.pk,
        message_id=arrival.message_id,
    )
    motive = keep_motive(new=new, by=voice_of(by), at=at)
    acts, promise = [recorded(motive)], None
    if means.due_date is not None:
        made = NewPromise(
            customer_id=document.customer.pk,
            currency=means.currency or document.currency or document.customer.currency,
            due_date=means.due_date,
            amount_minor=means.amount_minor,
            channel=Promise.Channel.MAIL,
            document_id=document.pk,
        )
        promise = keep_promise(new=made, by=voice_of(by), at=at)
        acts.append(promised(promise))
    settle_arrival(arrival_id=arrival.pk, state=Arrival.State.DONE, outcome=ANSWERED, at=at)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=acts)
    return Confirmed(motive, promise)
