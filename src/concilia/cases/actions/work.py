from __future__ import annotations

from datetime import datetime

from django.db import transaction

from concilia.cases.models import Case
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of


class HandOverRefused(ValueError):
    """The case cannot go to this person; the message says why."""


@transaction.atomic(durable=True)
def hand_over(*, case_id: int, to_id: int, text: str, member: Membership, at: datetime) -> Case:
    """
    Give a case to another member; the reason stays in its log.

    :raises HandOverRefused: if the case is closed, or the other one does not work here any more
    """
    case = Case.objects.select_for_update().get(pk=case_id, entity_id=member.entity_id)
    to = (
        Membership.objects.filter(pk=to_id, entity_id=member.entity_id, is_active=True)
        .select_related("user")
        .first()
    )
    if to is None:
        raise HandOverRefused("This person does not work here.")
    if case.closed_at:
        raise HandOverRefused("A closed case has no owner to change.")
    case.owner = to
    case.department = to.department
    case.save(update_fields=["owner", "department"])
    act = Act("case.handed_over", "case", case.pk, {"to": to.user.name}, text)
    audit.log(entity_id=case.entity_id, actor=actor_of(member), at=at, acts=[act])
    return case


@transaction.atomic(durable=True)
def snooze(*, case_id: int, until: datetime, reason: str, member: Membership, at: datetime) -> Case:
    """Hide a case from its owner's list until a moment; its deadline does not move."""
    case = Case.objects.select_for_update().get(pk=case_id, entity_id=member.entity_id)
    case.snoozed_until_at = until
    case.save(update_fields=["snoozed_until_at"])
    act = Act("case.snoozed", "case", case.pk, {"until": until.isoformat()}, reason)
    audit.log(entity_id=case.entity_id, actor=actor_of(member), at=at, acts=[act])
    return case
