"""Somebody leaves their signature to a colleague for a while, and takes it back (§8.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Delegation, Entity, Membership, Role
from concilia.identity.queries import actor_of

DAYS_MAX: Final = 60
REASON_MAX: Final = 200


class DelegationRefused(Refused):
    """A signature cannot be left so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """
    What is left to whom: both days included; `acts` empty is everything, `limit_minor` None is all
    one may sign oneself.
    """

    delegate_id: int
    starts: date
    ends: date
    reason: str
    way: str = Delegation.Way.MANUAL
    acts: tuple[str, ...] = ()
    limit_minor: int | None = None


@transaction.atomic(durable=True)
def leave_signature(*, leaving: Leaving, member: Membership, at: datetime) -> Delegation:
    """
    Leave one's signature to a colleague. They sign within the lower of both authorities.

    :raises DelegationRefused: if it lasts more than 60 days or is over already, has no reason, goes
        to oneself or to somebody who does not sign, or would be a chain or a circle
    """
    if member.role != Role.APPROVER or not member.is_active:
        raise DelegationRefused(_("Only who may sign can leave their signature to somebody."))
    entity = Entity.objects.select_for_update(no_key=True).get(pk=member.entity_id)
    delegate = _delegate(leaving, member)
    _require_days(leaving, at.astimezone(ZoneInfo(entity.timezone)).date())
    _require_no_chain(leaving, member, delegate)
    if not leaving.reason.strip():
        raise DelegationRefused(_("Say why, for those who read the log."))
    if leaving.limit_minor is not None and leaving.limit_minor < 0:
        raise DelegationRefused(_("A limit is not below zero."))
    row = Delegation.objects.create(
        entity=entity,
        member=member,
        delegate=delegate,
        way=leaving.way,
        acts=list(leaving.acts),
        limit_minor=leaving.limit_minor,
        starts_date=leaving.starts,
        ends_date=leaving.ends,
        reason=leaving.reason.strip()[:REASON_MAX],
        given_at=at,
    )
    _log(row, "signature.left", member, at)
    return row


@transaction.atomic(durable=True)
def take_signature_back(*, delegation_id: int, member: Membership, at: datetime) -> Delegation:
    """
    End a delegation of one's own; what was signed under it stays signed.

    An administrator may end anybody's: who left it may be out of reach.
    """
    mine = Q() if member.role == Role.ADMIN else Q(member=member)
    row = Delegation.objects.select_for_update(no_key=True, of=("self",)).get(
        mine, pk=delegation_id, entity_id=member.entity_id
    )
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        _log(row, "signature.taken_back", member, at)
    return row


def _delegate(leaving: Leaving, member: Membership) -> Membership:
    found = Membership.objects.filter(
        pk=leaving.delegate_id, entity_id=member.entity_id, is_active=True, role=Role.APPROVER
    )
    delegate = found.select_related("user").first()
    if delegate is None:
        raise DelegationRefused(_("Choose somebody who may sign themselves."))
    if delegate.pk == member.pk:
        raise DelegationRefused(_("Nobody stands in for themselves."))
    return delegate


def _require_days(leaving: Leaving, today: date) -> None:
    if leaving.ends < leaving.starts or leaving.ends < today:
        raise DelegationRefused(_("The last day lies before the first, or in the past."))
    if (leaving.ends - leaving.starts).days >= DAYS_MAX:
        raise DelegationRefused(
            _("At most {days} days: for longer, appoint somebody instead."), days=DAYS_MAX
        )


def _require_no_chain(leaving: Leaving, member: Membership, delegate: Membership) -> None:
    """The database refuses these, too; here they are said in a sentence."""
    at_once = Delegation.objects.filter(
        entity_id=member.entity_id,
        ended_at=None,
        starts_date__lte=leaving.ends,
        ends_date__gte=leaving.starts,
    )
    if at_once.filter(member=delegate).exists():
        raise DelegationRefused(
            _("{name} has left their own signature to somebody then: choose another."),
            name=delegate.user.name,
        )
    to_me = at_once.filter(delegate=member).select_related("member__user").first()
    if to_me:
        raise DelegationRefused(
            _("{name} has left their signature to you then: it is not left on."),
            name=to_me.member.user.name,
        )


def _log(row: Delegation, act: str, member: Membership, at: datetime) -> None:
    data = {
        "from": row.member.user.name,
        "to": row.delegate.user.name,
        "starts": row.starts_date.isoformat(),
        "ends": row.ends_date.isoformat(),
        "way": row.way,
    }
    acts = [Act(act, "member", row.member_id, data, row.reason)]
    audit.log(entity_id=row.entity_id, actor=actor_of(member), at=at, acts=acts)
