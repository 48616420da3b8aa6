"""Why somebody does not pay: written down, withdrawn, and what was to be done about it done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.queries.calendars import clock_of
from concilia.cases.queries.office import today_of
from concilia.cash.models import Match
from concilia.customers.models import Customer
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.voices import Voice, voice_of
from concilia.dunning.core.courses import SURE, course_of, outranks_model, word_of_bank
from concilia.dunning.core.motives import Source
from concilia.dunning.core.protocols import PROTOCOLS
from concilia.dunning.models import Motive
from concilia.foundation import audit
from concilia.foundation.audit import Act, rule_actor
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of
from concilia.receivables.models import BankEntry, OpenItem

MAY_COLLECT: Final = frozenset({Role.CLERK, Role.APPROVER, Role.ADMIN})
LACKS_FUNDS: Final = "AM04"
REMEMBERED: Final = timedelta(days=365)
NOTE_MAX: Final = 500
HALF_SURE: Final = SURE // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMotive:
    """
    A reason as somebody says it.

    :param item_id: the one open item it is about; None for the customer as a whole
    :param document_id: the paper or mail that says so
    """

    customer_id: int
    code: str
    source: Source = Source.AGENT
    item_id: int | None = None
    note: str = ""
    document_id: int | None = None
    message_id: int | None = None


def require_collector(member: Membership) -> None:
    """
    Let clerks, approvers and administrators in.

    :raises CollectionRefused: for others
    """
    if member.role not in MAY_COLLECT or not member.is_active:
        raise CollectionRefused(_("Your role does not change this."))


@transaction.atomic(durable=True)
def record_motive(*, new: NewMotive, by: Membership, at: datetime) -> Motive:
    """
    Write down why a customer does not pay, as a person heard it or found it.

    :raises CollectionRefused: for an unknown reason, another creditor's customer or item, or a role
        that may not
    """
    require_collector(by)
    row = keep_motive(new=new, by=voice_of(by), at=at)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[recorded(row)])
    return row


def keep_motive(*, new: NewMotive, by: Voice, at: datetime) -> Motive:
    """
    Write a motive inside the caller's transaction; the caller logs it.

    :raises CollectionRefused: as `record_motive`
    """
    assert connection.in_atomic_block, "a motive is kept with the act it belongs to"
    if new.code not in PROTOCOLS:
        raise CollectionRefused(_("There is no such reason: {code}."), code=new.code[:10])
    if len(new.note) > NOTE_MAX:
        raise CollectionRefused(_("A note has at most {most} characters."), most=NOTE_MAX)
    customer = Customer.objects.filter(pk=new.customer_id, entity=by.entity).first()
    if customer is None:
        raise CollectionRefused(_("There is no such customer."))
    if new.item_id is not None:
        items = OpenItem.objects.filter(pk=new.item_id, customer=customer)
        if not items.exists():
            raise CollectionRefused(_("This customer has no such item."))
    row = _draft(by.entity, customer, new.code, new.source, at)
    row.item_id, row.note, row.recorded_by = new.item_id, new.note.strip(), by.user
    row.document_id, row.message_id = new.document_id, new.message_id
    row.save()
    return row


@transaction.atomic(durable=True)
def withdraw_motive(*, motive_id: int, by: Membership, at: datetime) -> Motive:
    """
    Say that a motive does not hold any more; the one before it is in force again.

    :raises CollectionRefused: if it was withdrawn before
    """
    require_collector(by)
    row = _locked(motive_id, by)
    row.withdrawn_at, row.withdrawn_by = at, by.user
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    act = Act("motive.withdrawn", "customer", row.customer_id, {"name": row.code})
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=[act])
    return row


@transaction.atomic(durable=True)
def finish_next_act(*, motive_id: int, by: Membership, at: datetime) -> Motive:
    """
    Say that what the protocol wants next was done; nobody is reminded of it any more.

    :raises CollectionRefused: if it was withdrawn, or done before
    """
    require_collector(by)
    row = _locked(motive_id, by)
    if row.acted_at is not None:
        raise CollectionRefused(_("This was done before."))
    row.acted_at, row.acted_by = at, by.user
    row.save(update_fields=["acted_at", "acted_by"])
    act = Act("motive.acted", "customer", row.customer_id, {"name": row.code})
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=[act])
    return row


@transaction.atomic(durable=True)
def note_bank_return(*, bank_entry_id: int, paid_entry_id: int, at: datetime) -> Motive | None:
    """
    Write down what the bank's code of a returned debit says of its payer, once for each return.

    :param bank_entry_id: the money that went back
    :param paid_entry_id: the payment it had been, which says whose it was
    :return: None if the code says nothing, or nobody knows whose payment it was
    """
    entry = BankEntry.objects.select_related("entity").get(pk=bank_entry_id)
    customer = _payer_of(paid_entry_id)
    known = Motive.objects.filter(bank_entry=entry, source=Source.BANK_CODE).first()
    if known or customer is None:
        return known
    was_short = Motive.objects.filter(
        customer=customer,
        source=Source.BANK_CODE,
        bank_entry__return_reason=LACKS_FUNDS,
        said_date__gt=entry.booking_date - REMEMBERED,
    )
    word = word_of_bank(entry.return_reason, was_short_before=was_short.exists())
    if word is None:
        return None
    row = _draft(entry.entity, customer, word.code, Source.BANK_CODE, at)
    row.bank_entry, row.note = entry, entry.return_reason
    row.candidates = list(word.candidates)
    row.confidence_bp = HALF_SURE if word.candidates else SURE
    row.save()
    actor = rule_actor("matching")
    audit.log(entity_id=row.entity_id, actor=actor, at=at, acts=[recorded(row)])
    return row


def recorded(row: Motive) -> Act:
    """The act of writing a motive down, as the log keeps it."""
    data = {"name": row.code, "source": row.source, "item": row.item_id}
    return Act("motive.recorded", "customer", row.customer_id, data, row.note[:200])


def _draft(entity: Entity, customer: Customer, code: str, source: Source, at: datetime) -> Motive:
    today = today_of(entity, at)
    course = course_of(code, today, clock_of(entity).calendar)
    return Motive(
        entity=entity,
        customer=customer,
        code=code,
        source=source,
        outranks_model=outranks_model(code, Source(source)),
        confidence_bp=SURE,
        said_date=today,
        stops=course.stops,
        holds=course.holds,
        hold_until_date=course.hold_until_date,
        next_date=course.next_date,
        recorded_at=at,
    )


def _locked(motive_id: int, by: Membership) -> Motive:
    row = (
        Motive.objects.select_for_update(no_key=True)
        .filter(pk=motive_id, entity_id=by.entity_id)
        .first()
    )
    if row is None:
        raise CollectionRefused(_("There is no such reason any more."))
    if row.withdrawn_at is not None:
        raise CollectionRefused(_("This was withdrawn before."))
    return row


def _payer_of(paid_entry_id: int) -> Customer | None:
    match = (
        Match.objects.filter(bank_entry=paid_entry_id, customer__isnull=False)
        .select_related("customer")
        .order_by("-version")
        .first()
    )
    if match is not None:
        return match.customer
    return BankEntry.objects.select_related("customer").get(pk=paid_entry_id).customer
