"""Calls that we make: the contact policy is asked, they are made once; who is called back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.correspondence.core.numbers import international
from concilia.correspondence.queries.lines import is_on, reach_of
from concilia.customers.models import Contact, Customer
from concilia.dunning.actions.motives import NOTE_MAX, require_collector
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.calls.shipped import ACCOUNT
from concilia.dunning.core.calls.speaking import language_of
from concilia.dunning.core.contact.asking import VERSION
from concilia.dunning.core.contact.cases import PlannedContact
from concilia.dunning.core.contact.terms import Channel, Content
from concilia.dunning.models import Call, CallBack
from concilia.dunning.queries.calls import SETTING, number_of
from concilia.dunning.queries.contacting import Verdict, may_contact
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.jobs import defer
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of

DEAD: Final = "dead_number"
SAYS: Final = frozenset({Content.AMOUNT, Content.DEBT_DETAILS})


@transaction.atomic(durable=True)
def place_call(*, customer_id: int, contact_id: int, by: Membership, at: datetime) -> Call:
    """
    Have a contact called by the automatic line, if every rule of the contact policy allows it now.

    A refused call is kept as withheld, with the name of the rule; the same is asked again when it
    is about to be made. The customer is locked: two calls at once see each other.

    :raises CollectionRefused: if calls are not set up, or there is no number to call
    """
    require_collector(by)
    if not is_on(entity_id=by.entity_id, way="voice"):
        raise CollectionRefused(_("Calls are not set up."))
    customer = (
        Customer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("entity")
        .filter(pk=customer_id, entity=by.entity_id)
        .first()
    )
    contact = Contact.objects.filter(pk=contact_id, customer=customer_id).first()
    if customer is None or contact is None:
        raise CollectionRefused(_("There is no such customer."))
    number = number_of(contact)
    if not number:
        raise CollectionRefused(_("There is no telephone number with its country."))
    verdict = _asked(customer, number, by.user.language, at)
    call = Call.objects.create(
        entity=customer.entity,
        customer=customer,
        contact=contact,
        direction=Call.Direction.OUT,
        state=Call.State.WAITING if verdict.allowed else Call.State.WITHHELD,
        number=number,
        language=language_of(contact.language, customer.language).value,
        flow=ACCOUNT.name,
        allowed_by=VERSION if verdict.allowed else "",
        withheld_why=verdict.rule,
        withheld_until_at=verdict.earliest,
        currency=customer.entity.currency,
        asked_for_by=by,
        began_at=at,
        ended_at=None if verdict.allowed else at,
    )
    if verdict.allowed:
        name = f"call:{call.pk}"
        defer("concilia.make_call", lock=name, once=name, call_id=call.pk)
    data = {"call": call.pk, "number": number, "rule": verdict.rule}
    what = "call.placed" if verdict.allowed else "call.withheld"
    act = Act(what, "customer", customer.pk, data)
    audit.log(entity_id=customer.entity_id, actor=actor_of(by), at=at, acts=[act])
    return call


@transaction.atomic(durable=True)
def place_test_call(*, number: str, by: Membership, at: datetime) -> Call:
    """
    Have one's own telephone called, to hear the line; nobody's account is behind it.

    :raises CollectionRefused: if calls are not set up
    """
    require_collector(by)
    if not is_on(entity_id=by.entity_id, way="voice"):
        raise CollectionRefused(_("Calls are not set up."))
    call = Call.objects.create(
        entity=by.entity,
        direction=Call.Direction.OUT,
        state=Call.State.WAITING,
        number=number,
        language=language_of(by.user.language).value,
        flow=ACCOUNT.name,
        allowed_by="test",
        currency=by.entity.currency,
        asked_for_by=by,
        is_test=True,
        began_at=at,
    )
    name = f"call:{call.pk}"
    defer("concilia.make_call", lock=name, once=name, call_id=call.pk)
    act = Act("call.tested", "entity", by.entity_id, {"call": call.pk})
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return call


@transaction.atomic(durable=True)
def take_up_call(*, call_id: int, at: datetime) -> Call | None:
    """
    Say that a waiting call is being made now; None where it is not to be made any more.

    The policy is asked again: a worker that slept must not wake anybody at night. A worker killed
    after this rings nobody twice: the call stays as it is.
    """
    call = (
        Call.objects.select_for_update(of=("self",), no_key=True)
        .select_related("customer__entity", "entity")
        .filter(pk=call_id, state=Call.State.WAITING)
        .first()
    )
    if call is None:
        return None
    if call.customer is not None:
        verdict = _asked(call.customer, call.number, call.language, at, but_not=call.pk)
        if not verdict.allowed:
            call.state, call.ended_at, call.allowed_by = Call.State.WITHHELD, at, ""
            call.withheld_why, call.withheld_until_at = verdict.rule, verdict.earliest
            call.save()
            return None
    call.state = Call.State.RINGING
    call.save(update_fields=["state"])
    return call


@transaction.atomic(durable=True)
def record_call_made(*, call_id: int, reference: str) -> None:
    """Keep the carrier's reference; it may have told us of the call before it answered us."""
    Call.objects.filter(pk=call_id, reference="").update(reference=reference[:64])


@transaction.atomic(durable=True)
def record_call_failed(*, call_id: int, error: str, at: datetime) -> None:
    """Keep why a call was not made; nobody was troubled, so it counts against no limit."""
    Call.objects.filter(pk=call_id, ended_at=None).update(
        state=Call.State.FAILED, error=error[:300], ended_at=at
    )


@transaction.atomic(durable=True)
def set_person(*, number: str, by: Membership, at: datetime) -> None:
    """
    Keep the number calls are put through to while people work; empty: nobody takes them.

    :raises CollectionRefused: for what is no number, or a role that may not
    """
    if by.role != Role.ADMIN or not by.is_active:
        raise CollectionRefused(_("Your role does not change this."))
    entity = Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)
    found = international(number, entity.country) if number else ""
    if number and not found:
        raise CollectionRefused(_("There is no telephone number with its country."))
    entity.settings = {**entity.settings, SETTING: {"person": found}}
    entity.save(update_fields=["settings"])
    act = Act("settings.calls", "entity", entity.pk, {"person": found})
    audit.log(entity_id=entity.pk, actor=actor_of(by), at=at, acts=[act])


@transaction.atomic(durable=True)
def finish_call_back(*, call_back_id: int, note: str, by: Membership, at: datetime) -> CallBack:
    """
    Say that somebody was called back, and what came of it.

    :raises CollectionRefused: if it was done before
    """
    require_collector(by)
    row = (
        CallBack.objects.select_for_update(no_key=True)
        .filter(pk=call_back_id, entity=by.entity_id)
        .first()
    )
    if row is None or row.done_at is not None:
        raise CollectionRefused(_("This was done before."))
    row.done_at, row.done_by, row.note = at, by, note.strip()[: min(NOTE_MAX, 300)]
    row.save(update_fields=["done_at", "done_by", "note"])
    subject = ("customer", row.customer_id) if row.customer_id else ("entity", row.entity_id)
    act = Act("call.called_back", *subject, {"why": row.why}, row.note)
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=[act])
    return row


def _asked(
    customer: Customer, number: str, language: str, at: datetime, *, but_not: int | None = None
) -> Verdict:
    known = reach_of(entity_id=customer.entity_id, number=number).get(Channel.IVR)
    if known is not None and known.dead_at is not None:
        return Verdict(allowed=False, rule=DEAD)
    planned = PlannedContact(channel=Channel.IVR, at=at, content=SAYS, prerecorded=True)
    return may_contact(
        customer=customer, number=number, planned=planned, language=language, but_not=but_not
    )
