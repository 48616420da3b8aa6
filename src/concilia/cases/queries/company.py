"""The company as the approval routes see it: members, absences, limits on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from concilia.cases.core.authority import SHIPPED_MATRIX, Act, AuthorityMatrix, Level, Limit
from concilia.cases.core.people import Absence, Duty, Person
from concilia.cases.core.routes import Company
from concilia.identity.models import Absence as AbsenceRow
from concilia.identity.models import ApprovalLimit, Department, Entity, Membership, Role
from concilia.identity.queries import limits_of
from concilia.kernel.money import Money

# What an entity sets limits for, and for which levels.
LIMITED_ACTS: Final = ("APPROVE_CLAIM", "DENY_CLAIM", "WRITE_OFF", "GOODWILL")
LEVELS: Final = range(1, 7)


def company_on(*, entity: Entity, on: date, account_manager: int | None = None) -> Company:
    """
    Read who could sign on a day. Three queries.

    :param account_manager: the membership that sells to the customer at hand (SoD-5)
    """
    members = Membership.objects.filter(entity=entity, is_active=True).select_related("user")
    people = [_person(member, account_manager) for member in members.order_by("pk")]
    away = AbsenceRow.objects.filter(entity=entity, starts_date__lte=on, ends_date__gte=on)
    absences = [
        Absence(row.member_id, row.delegate_id, row.starts_date, row.ends_date)
        for row in away.order_by("pk")
    ]
    return Company.of(people, absences, matrix_of(entity), on)


def matrix_of(entity: Entity) -> AuthorityMatrix:
    """The entity's own limits; the shipped ones, in its currency, where it has set none."""
    rows = list(ApprovalLimit.objects.filter(entity=entity).order_by("act", "level"))
    if not rows:
        return AuthorityMatrix("shipped-1", entity.currency, SHIPPED_MATRIX.limits)
    limits = {
        (Act(row.act), Level(row.level)): Limit(row.limit_minor)
        for row in rows
        if row.act in set(Act)
    }
    return AuthorityMatrix("own", entity.currency, MappingProxyType(limits))


@dataclass(frozen=True, slots=True)
class LimitsShown:
    """
    Who may sign for how much, as people write it.

    :param texts: (level, act) to an amount such as `2500.00`; `*` is any, empty no authority
    :param are_own: whether the entity has set them; else they are those Concilia came with
    """

    texts: Mapping[tuple[int, str], str]
    are_own: bool


def limits_shown(entity: Entity) -> LimitsShown:
    """The limits in force, for those who change them. Two queries."""
    kept = limits_of(entity_id=entity.pk)
    shown = kept or {
        (level.value, act.value): limit.minor
        for (act, level), limit in matrix_of(entity).limits.items()
    }
    texts = {
        (level, act): _limit_text(shown, (level, act), entity.currency)
        for level in LEVELS
        for act in LIMITED_ACTS
    }
    return LimitsShown(texts, bool(kept))


def _limit_text(
    limits: Mapping[tuple[int, str], int | None], cell: tuple[int, str], currency: str
) -> str:
    if cell not in limits:
        return ""
    limit = limits[cell]
    return "*" if limit is None else Money(limit, currency).to_decimal_string()


def _person(member: Membership, account_manager: int | None) -> Person:
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
        is_account_seller=member.pk == account_manager,
    )
