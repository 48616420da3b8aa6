"""Who goes on with a customer: handed over to a colleague, or left aside for a while."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.queries.office import today_of
from concilia.dunning.actions.contact_terms import locked_customer
from concilia.dunning.actions.motives import MAY_COLLECT, NOTE_MAX, require_collector
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.models import CustomerCare
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of

RESTS_MOST: Final = timedelta(days=30)
WHY_MAX: Final = 200


@transaction.atomic(durable=True)
def hand_over_customer(
    *, customer_id: int, to_id: int | None, note: str, by: Membership, at: datetime
) -> CustomerCare:
    """
    Give a customer who owes to a colleague, or to whoever comes to it.

    :raises CollectionRefused: if the colleague does not work on collections
    """
    require_collector(by)
    row = _row(customer_id, by, at)
    to = None
    if to_id is not None:
        to = Membership.objects.filter(
            pk=to_id, entity=by.entity_id, is_active=True, role__in=MAY_COLLECT
        ).first()
        if to is None:
            raise CollectionRefused(_("Nobody of that name works on collections."))
    row.member, row.note = to, note.strip()[:NOTE_MAX]
    row.save()
    _log(row, "collection.handed_over", {"to": to.pk if to else None}, row.note[:200], by, at)
    return row


@transaction.atomic(durable=True)
def leave_aside(
    *, customer_id: int, until: date, why: str, by: Membership, at: datetime
) -> CustomerCare:
    """
    Leave a customer out of what is next until a day, with the reason.

    :raises CollectionRefused: without a reason, for a day that has come, or beyond 30 days
    """
    require_collector(by)
    if not why.strip():
        raise CollectionRefused(_("Say why not now."))
    row = _row(customer_id, by, at)
    today = today_of(by.entity, at)
    if not today < until <= today + RESTS_MOST:
        raise CollectionRefused(_("Choose a day of the next 30."))
    row.rests_until_date, row.rest_why = until, why.strip()[:WHY_MAX]
    row.save()
    data = {"to": until.isoformat()}
    _log(row, "collection.left_aside", data, row.rest_why, by, at)
    return row


def _row(customer_id: int, by: Membership, at: datetime) -> CustomerCare:
    customer = locked_customer(customer_id, by)
    row = CustomerCare.objects.filter(customer=customer).first()
    if row is None:
        row = CustomerCare(entity=customer.entity, customer=customer)
    row.changed_by, row.changed_at = by, at
    return row


def _log(
    row: CustomerCare, name: str, data: Mapping[str, object], why: str, by: Membership, at: datetime
) -> None:
    act = Act(name, "customer", row.customer_id, data, why)
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=[act])
