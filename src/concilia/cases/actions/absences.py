from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.core.absences import AbsenceProblem, problem_with
from concilia.cases.core.people import DELEGATION_DAYS_MAX
from concilia.cases.core.people import Absence as Away
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Absence, Entity, Membership, Role
from concilia.identity.queries import actor_of

REASON_LENGTH_MAX: Final = 200
LEADS: Final = frozenset({Role.ADMIN, Role.APPROVER})
P = AbsenceProblem
SENTENCES: Final[Mapping[AbsenceProblem, str]] = {
    P.DATES: _("The last day comes before the first."),
    P.PAST: _("These days are over."),
    P.TOO_LONG: _("Somebody stands in for {days} days at most: appoint somebody instead."),
    P.ONESELF: _("Nobody stands in for themselves."),
    P.OVERLAPS: _("{person} is away already from {first} to {last}."),
    P.DEPUTY_AWAY: _("{deputy} is away, too, from {first} to {last}: choose somebody else."),
    P.STANDS_IN: _("{person} stands in for {other} from {first} to {last}: find them another."),
}


class AbsenceRefused(Refused):
    """The absence cannot be planned so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAbsence:
    """Who is away from which day to which, both included, and who stands in; None: not said."""

    member_id: int
    delegate_id: int
    starts: date | None
    ends: date | None
    reason: str = ""


@transaction.atomic(durable=True)
def plan_absence(*, new: NewAbsence, by: Membership, at: datetime) -> Absence:
    """
    Plan an absence: meanwhile the deputy sees the cases and signs up to the lower of both limits.

    One absence at a time is planned in an entity, so that no two can make a chain between them.

    :raises AbsenceRefused: if it is too long, meets another one, makes a chain, or is not theirs
        to plan
    """
    entity = Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)
    people = {
        row.pk: row
        for row in Membership.objects.filter(
            entity=entity, pk__in=[new.member_id, new.delegate_id], is_active=True
        ).select_related("user")
    }
    if new.member_id not in people or new.delegate_id not in people:
        raise AbsenceRefused(_("Choose who is away and who stands in."))
    _require_concerned(new.member_id, by)
    if people[new.delegate_id].role == Role.AUDITOR:
        name = people[new.delegate_id].user.name
        raise AbsenceRefused(_("{name} only reads here, and stands in for nobody."), name=name)
    away = _fitting(new, entity, at)
    row = Absence.objects.create(
        entity=entity,
        member_id=new.member_id,
        delegate_id=new.delegate_id,
        starts_date=away.starts_on,
        ends_date=away.ends_on,
        reason=new.reason.strip()[:REASON_LENGTH_MAX],
    )
    _log("absence.planned", row, by, at)
    return row


@transaction.atomic(durable=True)
def end_absence(*, absence_id: int, by: Membership, at: datetime) -> None:
    """
    Let somebody be back: a planned absence is dropped, a running one ended with yesterday.

    :raises AbsenceRefused: if it is over, or not theirs to change
    """
    entity = Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)
    row = Absence.objects.select_related("member__user", "delegate__user").get(
        pk=absence_id, entity=entity
    )
    _require_concerned(row.member_id, by)
    today = at.astimezone(ZoneInfo(entity.timezone)).date()
    if row.ends_date < today:
        raise AbsenceRefused(_("These days are over."))
    _log("absence.ended", row, by, at)
    if row.starts_date >= today:
        row.delete()
    else:
        row.ends_date = today - timedelta(days=1)
        row.save(update_fields=["ends_date"])


def _require_concerned(member_id: int, by: Membership) -> None:
    if by.pk != member_id and by.role not in LEADS:
        raise AbsenceRefused(_("Only who leads the team plans the absence of a colleague."))


def _fitting(new: NewAbsence, entity: Entity, at: datetime) -> Away:
    if new.starts is None or new.ends is None:
        raise AbsenceRefused(_("Choose the first and the last day."))
    rows = {
        key: row
        for row in Absence.objects.filter(
            entity=entity, ends_date__gte=new.starts, starts_date__lte=new.ends
        )
        .select_related("member__user", "delegate__user")
        .order_by("pk")
        for key in [(row.member_id, row.delegate_id, row.starts_date, row.ends_date)]
    }
    today = at.astimezone(ZoneInfo(entity.timezone)).date()
    asked = Away(new.member_id, new.delegate_id, new.starts, new.ends)
    wrong = problem_with(asked, [Away(*key) for key in rows], today)
    if wrong is None:
        return asked
    problem, other = wrong
    values: dict[str, object] = {"days": DELEGATION_DAYS_MAX} if problem is P.TOO_LONG else {}
    if other is not None:
        row = rows[other.person, other.delegate or 0, other.starts_on, other.ends_on]
        values = _of_other(problem, row)
    raise AbsenceRefused(SENTENCES[problem], **values)


def _of_other(problem: AbsenceProblem, row: Absence) -> dict[str, object]:
    values: dict[str, object] = {
        "first": row.starts_date.isoformat(),
        "last": row.ends_date.isoformat(),
    }
    if problem is P.DEPUTY_AWAY:
        return values | {"deputy": row.member.user.name}
    if problem is P.STANDS_IN:
        return values | {"person": row.delegate.user.name, "other": row.member.user.name}
    return values | {"person": row.member.user.name}


def _log(name: str, row: Absence, by: Membership, at: datetime) -> None:
    data = {
        "name": row.member.user.name,
        "deputy": row.delegate.user.name,
        "from": row.starts_date.isoformat(),
        "to": row.ends_date.isoformat(),
    }
    act = Act(name, "member", row.member_id, data, row.reason)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
