"""What came of each way to contact, by kind of customer, and the best way for one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from concilia.correspondence.queries.lines import cost_of, is_on, reach_of
from concilia.correspondence.queries.texting import sends_texts
from concilia.customers.models import Contact, Customer
from concilia.dunning.core.contact.asking import VERSION
from concilia.dunning.core.contact.cases import PlannedContact
from concilia.dunning.core.contact.content import content_of
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.ways import Choice, Option, choose_way
from concilia.dunning.queries.calls import number_of, owed_by
from concilia.dunning.queries.contacting import may_contact
from concilia.identity.models import Entity

LOOKS_BACK: Final = timedelta(days=365)
PAYS_WITHIN: Final = timedelta(days=7)
NO_ADDRESS: Final = "no_address"
DEAD: Final = "dead_number"
NOT_SET_UP: Final = "not_set_up"
# A segment is a business or a household, with the name the company gave it.
TRIED: Final = """
WITH touched AS (
    SELECT customer_id, written_at AS at,
           CASE channel WHEN 'sms' THEN 'SMS' WHEN 'whatsapp' THEN 'WHATSAPP'
                ELSE 'EMAIL' END AS way
      FROM correspondence_message
     WHERE entity_id = %(entity)s AND lane = 'out' AND strpos(allowed_by, %(policy)s) > 0
       AND state = 'SENT' AND customer_id IS NOT NULL AND written_at BETWEEN %(since)s AND %(until)s
    UNION ALL
    SELECT customer_id, began_at, 'IVR' FROM dunning_call
     WHERE entity_id = %(entity)s AND direction = 'OUT' AND NOT is_test AND customer_id IS NOT NULL
       AND state IN ('OVER', 'MACHINE', 'BUSY', 'NO_ANSWER')
       AND began_at BETWEEN %(since)s AND %(until)s
)
SELECT t.way, count(*) AS tried,
       count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM cash_match m
            WHERE m.customer_id = t.customer_id AND m.state = 'POSTED'
              AND m.posted_at > t.at AND m.posted_at <= t.at + %(within)s
       )) AS paid
  FROM touched t JOIN customers_customer c ON c.id = t.customer_id
 WHERE (c.vat_number <> '') = %(is_business)s AND c.segment = %(segment)s
 GROUP BY 1
"""


def history_of(
    *, entity: Entity, is_business: bool, segment: str, at: datetime
) -> Mapping[Channel, tuple[int, int]]:
    """How often each way was tried in a segment, a week ago or longer, and how many paid."""
    asked: dict[str, Any] = {
        "entity": entity.pk,
        "policy": VERSION,
        "since": at - LOOKS_BACK,
        "until": at - PAYS_WITHIN,
        "within": PAYS_WITHIN,
        "is_business": is_business,
        "segment": segment,
    }
    with connection.cursor() as cursor:
        cursor.execute(TRIED, asked)
        return {Channel(way): (tried, paid) for way, tried, paid in cursor.fetchall()}


def best_way(*, customer: Customer, contact: Contact, at: datetime) -> Choice:
    """Weigh every way to a contact that could be taken now, with the rule against each other."""
    history = history_of(
        entity=customer.entity,
        is_business=bool(customer.vat_number),
        segment=customer.segment,
        at=at,
    )
    asked = next(
        (row.dunnable for row in owed_by(customer=customer, at=at)
         if row.currency == customer.entity.currency), 0
    )  # fmt: skip
    options = []
    for channel in (Channel.EMAIL, Channel.SMS, Channel.WHATSAPP, Channel.IVR):
        tried, paid = history.get(channel, (0, 0))
        option = Option(
            channel=channel,
            tried=tried,
            paid=paid,
            cost_minor=cost_of(customer.entity, channel),
            refused=_refused(customer, contact, channel, at),
        )
        options.append(option)
    return choose_way(options, asked)


def _refused(customer: Customer, contact: Contact, channel: Channel, at: datetime) -> str:
    number = number_of(contact)
    if channel is Channel.EMAIL:
        why = _no_mail(contact)
    elif not number:
        why = NO_ADDRESS
    else:
        why = "" if _is_set_up(customer.entity_id, channel) else NOT_SET_UP
    if why:
        return why
    known = reach_of(entity_id=customer.entity_id, number=number).get(channel) if number else None
    if known is not None and known.dead_at is not None:
        return DEAD
    planned = PlannedContact(
        channel=channel,
        at=at,
        content=content_of(channel, customer.country, is_business=bool(customer.vat_number)),
        prerecorded=channel is Channel.IVR,
    )
    return may_contact(customer=customer, number=number, planned=planned).rule


def _no_mail(contact: Contact) -> str:
    if not contact.email or contact.bounced_at is not None:
        return NO_ADDRESS
    return "ALL-OWN-WISH.opted_out" if contact.opted_out_at is not None else ""


def _is_set_up(entity_id: int, channel: Channel) -> bool:
    if channel is Channel.SMS:
        return sends_texts(entity_id=entity_id)
    return is_on(entity_id=entity_id, way="chat" if channel is Channel.WHATSAPP else "voice")
