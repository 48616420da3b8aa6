from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.models import Case
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of


class HandOverRefused(Refused):
    """The case cannot go to this person; the message says why."""


class SnoozeRefused(Refused):
    """The case cannot rest until then; the message says why."""


@transaction.atomic(durable=True)
def hand_over(*, case_id: int, to_id: int, text: str, member: Membership, at: datetime) -> Case:
    """
    Give a case to another member; the department that leads it, and the deadline, stay.

    :raises HandOverRefused: if the case is closed, or the other one does not work here any more
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id, entity_id=member.entity_id)
    to = (
        Membership.objects.filter(pk=to_id, entity_id=member.entity_id, is_active=True)
        .select_related("user")
        .first()
    )
    if to is None:
        raise HandOverRefused(_("This person does not work here."))
    if case.closed_at:
        raise HandOverRefused(_("A closed case has no owner to change."))
    before = case.owner
    case.owner = to
    case.save(update_fields=["owner"])
    data = {"to": to.user.name, "from": before.user.name if before else ""}
    act = Act("case.handed_over", "case", case.pk, data, text.strip())
    audit.log(entity_id=case.entity_id, actor=actor_of(member), at=at, acts=[act])
    return case


@transaction.atomic(durable=True)
def snooze(
    *, case_id: int, until: datetime | None, reason: str, member: Membership, at: datetime
) -> Case:
    """
    Hide a case from its owner's list until a moment; its deadline does not move.

    :param until: None brings it back at once
    :raises SnoozeRefused: if the moment is past, or the case is closed
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id, entity_id=member.entity_id)
    if case.closed_at:
        raise SnoozeRefused(_("A closed case waits for nobody."))
    if until is not None and until <= at:
        raise SnoozeRefused(_("Choose a day that is still to come."))
    case.snoozed_until_at = until
    case.save(update_fields=["snoozed_until_at"])
    data = {"until": until.isoformat()} if until else {}
    act = Act("case.snoozed" if until else "case.woken", "case", case.pk, data, reason.strip())
    audit.log(entity_id=case.entity_id, actor=actor_of(member), at=at, acts=[act])
    return case
