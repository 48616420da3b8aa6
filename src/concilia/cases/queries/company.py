"""The company as the approval routes see it: members, absences, limits on a day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from concilia.cases.core.authority import Act, Level
from concilia.cases.core.limits import EVERYTHING, LimitTable, Subject
from concilia.cases.core.people import Absence, Duty, Person
from concilia.cases.core.routes import Company
from concilia.cases.queries.limits import table_for
from concilia.identity.models import Absence as AbsenceRow
from concilia.identity.models import Delegation, Department, Entity, Membership, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """
    What people would sign about: limits may differ by it, and who sells to the customer.

    `limits`: the version a request was put to signature with; empty for the one in force.
    """

    subject: Subject = EVERYTHING
    account_manager: int | None = None
    limits: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """Who could sign now, whatever about; read once for many requests."""

    entity: Entity
    people: tuple[Person, ...]
    absences: tuple[Absence, ...]
    at: datetime
    tables: dict[str, LimitTable] = field(default_factory=dict)

    def about(self, matter: Matter) -> Company:
        """Those people about one thing. One query for each version of limits."""
        seller = matter.account_manager
        people = [
            replace(one, is_account_seller=True) if one.id == seller else one for one in self.people
        ]
        if matter.limits not in self.tables:
            self.tables[matter.limits] = table_for(self.entity, matter.limits)
        matrix = self.tables[matter.limits].matrix_for(matter.subject)
        return Company.of(people, self.absences, matrix, self.on, self.at)

    @property
    def on(self) -> date:
        """The day it is where the entity works."""
        return self.at.astimezone(ZoneInfo(self.entity.timezone)).date()


def house_on(*, entity: Entity, at: datetime) -> House:
    """Read who could sign now. Three queries."""
    on = at.astimezone(ZoneInfo(entity.timezone)).date()
    members = Membership.objects.filter(entity=entity, is_active=True).select_related("user")
    people = tuple(_person(member) for member in members.order_by("pk"))
    away = AbsenceRow.objects.filter(entity=entity, starts_date__lte=on, ends_date__gte=on)
    absences = [
        Absence(row.member_id, row.delegate_id, row.starts_date, row.ends_date)
        for row in away.order_by("pk")
    ]
    left = Delegation.objects.filter(
        entity=entity, starts_date__lte=on, ends_date__gte=on, ended_at=None
    )
    absences += [_left(row) for row in left.order_by("pk")]
    return House(entity, people, tuple(absences), at)


def company_on(*, entity: Entity, at: datetime, matter: Matter) -> Company:
    """Read who could sign now about something (SoD-5). Four queries."""
    return house_on(entity=entity, at=at).about(matter)


def _left(row: Delegation) -> Absence:
    return Absence(
        row.member_id,
        row.delegate_id,
        row.starts_date,
        row.ends_date,
        limit_minor=row.limit_minor,
        acts=frozenset(map(Act, row.acts)),
        is_away=False,
        after_half=row.way == Delegation.Way.WHEN_LATE,
    )


def _person(member: Membership) -> Person:
    duties = set()
    if member.role == Role.ADMIN:
        duties.add(Duty.SETS_POLICY)
    if member.department == Department.TREASURY:
        duties.add(Duty.APPLIES_CASH)
    may_sign = member.role == Role.APPROVER
    return Person(
        id=member.pk,
        name=member.user.name,
        # A clerk's or a resolver's level says what they may propose, not what they may sign.
        level=Level(member.level if may_sign else 0),
        departments=frozenset({member.department}),
        duties=frozenset(duties),
    )
