"""Who is there today, who stands in for whom, and whose cases a person sees."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from concilia.cases.core.holding import Colleague, InView, Office
from concilia.cases.core.people import Absence
from concilia.cases.core.worth import SHIPPED, WEIGHT_NAMES, Weights
from concilia.identity.models import Absence as AbsenceRow
from concilia.identity.models import Department, Entity, Membership


def today_of(entity: Entity, at: datetime) -> date:
    """The date where the entity works."""
    return at.astimezone(ZoneInfo(entity.timezone)).date()


def office_on(*, entity_id: int, on: date) -> Office:
    """The company on one day. Two queries."""
    people = [
        Colleague(pk, department, level, is_active)
        for pk, department, level, is_active in Membership.objects.filter(
            entity_id=entity_id
        ).values_list("pk", "department", "level", "is_active")
    ]
    away = AbsenceRow.objects.filter(entity_id=entity_id, starts_date__lte=on, ends_date__gte=on)
    absences = [
        Absence(row.member_id, row.delegate_id, row.starts_date, row.ends_date)
        for row in away.order_by("pk")
    ]
    return Office(people, absences, on)


def view_of(*, member: Membership, at: datetime) -> InView:
    """
    Whose cases a member sees today: theirs, those of who left them theirs, the department's.

    Two queries.
    """
    office = office_on(entity_id=member.entity_id, on=today_of(member.entity, at))
    return office.view_of(member.pk, office.everybody, Department.values)


def weights_of(entity: Entity) -> Weights:
    """How the entity orders its work; what it has not set is as Concilia came."""
    kept = entity.settings.get("work", {})
    values = {name: kept[name] for name in WEIGHT_NAMES if isinstance(kept.get(name), int)}
    return Weights(**values) if values else SHIPPED
