"""What a person adds to a reading: who it is from, that a value is right, that all of it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.foundation import audit, events
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.actions.arrivals import ArrivalRefused, settle_arrival
from concilia.intake.actions.learning import keep_correction
from concilia.intake.core.fields import CORRECTABLE, marked, value_in
from concilia.intake.events import DocumentRead
from concilia.intake.models import Arrival


@transaction.atomic(durable=True)
def choose_customer(
    *, document_id: int, customer_id: int, member: Membership, at: datetime
) -> Document:
    """
    Say which customer a document is from; from then on its numbers are compared with theirs.

    :raises ArrivalRefused: if there is no such customer
    """
    document = _locked(document_id, member)
    customer = Customer.objects.filter(pk=customer_id, entity_id=member.entity_id).first()
    if customer is None:
        raise ArrivalRefused(_("There is no such customer."))
    before = document.customer.number if document.customer else None
    document.customer = customer
    _mark(document, "customer")
    document.save(update_fields=["customer", "values"])
    _keep(document, "customer", (before, customer.number), member, at)
    return document


@transaction.atomic(durable=True)
def keep_as_read(*, document_id: int, field: str, member: Membership, at: datetime) -> Document:
    """
    Say that a doubtful value is right as it was read; nobody is asked about it again.

    :param field: one of `CORRECTABLE`
    :raises ArrivalRefused: if there is no such field
    """
    if field not in CORRECTABLE:
        raise ArrivalRefused(_("{field} cannot be confirmed."), field=field)
    document = _locked(document_id, member)
    value = value_in(document.values, field)
    _mark(document, field)
    document.save(update_fields=["values"])
    _keep(document, field, (value, value), member, at)
    return document


@transaction.atomic(durable=True)
def confirm_reading(*, arrival_id: int, member: Membership, at: datetime) -> Arrival:
    """
    Say that a reading is right as it stands now, and let the document go where its kind belongs.

    For whatever is no claim; a claim is confirmed by opening it.

    :raises ArrivalRefused: if it has not been read, or something came of it already
    """
    arrival = (
        Arrival.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=arrival_id, entity_id=member.entity_id)
        .first()
    )
    if arrival is None or arrival.document_id is None:
        raise ArrivalRefused(_("This has not been read yet."))
    if arrival.state == Arrival.State.DONE:
        raise ArrivalRefused(_("Something came of this already."))
    document = _locked(arrival.document_id, member)
    document.values = document.values | {"needs_review": False}
    document.needs_review = False
    document.save(update_fields=["values", "needs_review"])
    settle_arrival(arrival_id=arrival.pk, state=Arrival.State.WAITING, outcome="confirmed", at=at)
    events.record(DocumentRead(arrival.pk, document.pk))
    act = Act("document.confirmed", "document", document.pk, {"kind": document.kind})
    audit.log(entity_id=arrival.entity_id, actor=actor_of(member), at=at, acts=[act])
    arrival.refresh_from_db()
    return arrival


def _locked(document_id: int, member: Membership) -> Document:
    document = (
        Document.objects.select_for_update(of=("self",), no_key=True)
        .select_related("customer")
        .filter(pk=document_id, entity_id=member.entity_id)
        .first()
    )
    if document is None:
        raise ArrivalRefused(_("There is no such document."))
    return document


def _mark(document: Document, field: str) -> None:
    document.values = marked(document.values, field)


def _keep(
    document: Document,
    field: str,
    change: tuple[object, object],
    member: Membership,
    at: datetime,
) -> None:
    before, after = change
    keep_correction(document, field, before=before, after=after, member=member, at=at)
    data = {"field": field, "before": before, "after": after}
    act = Act("document.corrected", "document", document.pk, data)
    audit.log(entity_id=document.entity_id, actor=actor_of(member), at=at, acts=[act])
