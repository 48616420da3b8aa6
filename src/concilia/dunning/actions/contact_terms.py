"""How a customer may be contacted, as a person wrote it down: clock, wishes, who stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.customers.models import Customer
from concilia.dunning.actions.motives import require_collector
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.contact.today import OWN_FLAGS
from concilia.dunning.models import ContactTerms
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContactTerms:
    """
    All of it at once, as it is from now on.

    :param flags: those that are raised, each with the last day on which it counts, or None
    :param preferred: the channel they like to be written to by
    :param courtesy: whether they want a note before something falls due
    """

    customer_id: int
    time_zone: str = ""
    opted_out: Sequence[str] = ()
    consents: Sequence[str] = ()
    details_agreed: Sequence[str] = ()
    flags: dict[str, date | None] = field(default_factory=dict)
    preferred: str = ""
    courtesy: bool = False


@transaction.atomic(durable=True)
def set_contact_terms(*, new: NewContactTerms, by: Membership, at: datetime) -> ContactTerms:
    """
    Write down how a customer may be contacted.

    :raises CollectionRefused: for a zone, channel or flag nobody knows, another creditor's customer
    """
    require_collector(by)
    customer = locked_customer(new.customer_id, by)
    _require_known(new)
    row = terms_locked(customer, by, at)
    before = row.flags
    row.time_zone = new.time_zone
    row.opted_out, row.consents = sorted(set(new.opted_out)), sorted(set(new.consents))
    row.details_agreed = sorted(set(new.details_agreed))
    row.preferred, row.courtesy = new.preferred, new.courtesy
    row.flags = {
        name: {
            "since": before.get(name, {}).get("since") or at.date().isoformat(),
            "until": until.isoformat() if until else None,
        }
        for name, until in sorted(new.flags.items())
    }
    _save(row, by, at)
    return row


def opt_out(*, customer: Customer, channel: Channel, by: Membership, at: datetime) -> None:
    """Keep, inside the caller's transaction, that they want no contact by a channel any more."""
    assert connection.in_atomic_block, "kept with the act it belongs to"
    row = terms_locked(customer, by, at)
    row.opted_out = sorted({*row.opted_out, channel.value})
    row.consents = [name for name in row.consents if name != channel.value]
    _save(row, by, at)


def opt_in(*, customer: Customer, channel: Channel, by: Membership, at: datetime) -> None:
    """Take that back, inside the caller's transaction."""
    row = terms_locked(customer, by, at)
    row.opted_out = [name for name in row.opted_out if name != channel.value]
    _save(row, by, at)


def locked_customer(customer_id: int, by: Membership) -> Customer:
    """
    A customer of the person's entity, locked until the end of the transaction.

    :raises CollectionRefused: if there is none
    """
    found = (
        Customer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("entity")
        .filter(pk=customer_id, entity=by.entity_id)
        .first()
    )
    if found is None:
        raise CollectionRefused(_("There is no such customer."))
    return found


def terms_locked(customer: Customer, by: Membership, at: datetime) -> ContactTerms:
    """The row of a customer who is locked; a new one if there is none."""
    found = ContactTerms.objects.filter(customer=customer).first()
    return found or ContactTerms(customer=customer, changed_by=by, changed_at=at)


def _save(row: ContactTerms, by: Membership, at: datetime) -> None:
    row.changed_by, row.changed_at = by, at
    row.save()
    data = {
        "time_zone": row.time_zone,
        "opted_out": row.opted_out,
        "consents": row.consents,
        "flags": sorted(row.flags),
        "preferred": row.preferred,
        "courtesy": row.courtesy,
    }
    act = Act("contact_terms.changed", "customer", row.customer_id, data)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])


def _require_known(new: NewContactTerms) -> None:
    named = {*new.opted_out, *new.consents, *new.details_agreed}
    named |= {new.preferred} if new.preferred else set()
    if named - {each.value for each in Channel} or set(new.flags) - {*map(str, OWN_FLAGS)}:
        raise CollectionRefused(_("Choose one of the list."))
    try:
        if new.time_zone:
            ZoneInfo(new.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise CollectionRefused(
            _("There is no time zone {name}: write one like America/Chicago."),
            name=new.time_zone[:40],
        ) from unknown
