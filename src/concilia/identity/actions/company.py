from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import (
    ApprovalLimit,
    Department,
    Entity,
    Language,
    Membership,
    Role,
    User,
)
from concilia.identity.queries import actor_of
from concilia.kernel.money import AmountUnreadable, Money

PASSWORD_LENGTH_MIN = 10
LEVEL_MAX = 6


class SettingsRefused(Refused):
    """Something cannot be set so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """What somebody does here: role, department and authority level 1 to 6."""

    role: str
    department: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody who gets a log-in; an address known here already keeps its password."""

    email: str
    name: str
    password: str
    language: str = "en"


@transaction.atomic(durable=True)
def add_member(*, person: NewPerson, seating: Seating, by: Membership, at: datetime) -> Membership:
    """
    Give somebody a seat in the administrator's entity.

    :raises SettingsRefused: if an entry is missing or unknown, or they have a seat already
    """
    _require_admin(by)
    _check_seating(seating)
    email = person.email.strip().lower()
    user = User.objects.filter(email=email).first() or new_user(person, email)
    member, is_new = Membership.objects.get_or_create(
        entity=by.entity,
        user=user,
        defaults={
            "role": seating.role,
            "department": seating.department,
            "level": seating.level,
        },
    )
    if not is_new:
        raise SettingsRefused(_("{name} has a seat here already."), name=user.name)
    _log(by, at, "member.added", member.pk, {"name": user.name, "role": seating.role})
    return member


@transaction.atomic(durable=True)
def change_member(
    *, member_id: int, seating: Seating, is_active: bool, by: Membership, at: datetime
) -> Membership:
    """
    Change somebody's seat, or let them go; what they did stays theirs.

    :raises SettingsRefused: if it would leave the entity without an administrator
    """
    _require_admin(by)
    _check_seating(seating)
    member = (
        Membership.objects.select_for_update(of=("self",), no_key=True)
        .select_related("user")
        .get(pk=member_id, entity_id=by.entity_id)
    )
    before = {"role": member.role, "level": member.level, "active": member.is_active}
    member.role, member.department = seating.role, seating.department
    member.level, member.is_active = seating.level, is_active
    member.save(update_fields=["role", "department", "level", "is_active"])
    admins = Membership.objects.filter(entity_id=by.entity_id, role=Role.ADMIN, is_active=True)
    if not admins.exists():
        raise SettingsRefused(_("Somebody must stay administrator."))
    after = {"role": member.role, "level": member.level, "active": member.is_active}
    data = {"name": member.user.name, "before": before, "after": after}
    _log(by, at, "member.changed", member.pk, data)
    return member


@transaction.atomic(durable=True)
def change_limits(*, wanted: Mapping[tuple[int, str], str], by: Membership, at: datetime) -> None:
    """
    Set the delegation-of-authority matrix of an entity (domain.md §8.1).

    :param wanted: (level, act) to an amount such as `2500.00`; empty: no authority, `*`: any
    :raises SettingsRefused: for what is no amount, or a level that may less than the one below
    """
    _require_admin(by)
    entity = by.entity
    limits = {cell: _limit(text, entity.currency) for cell, text in wanted.items()}
    for act in {act for _level, act in limits}:
        _require_rising([limits[level, act] for level in range(1, LEVEL_MAX + 1)])
    ApprovalLimit.objects.filter(entity=entity, act__in={act for _level, act in limits}).delete()
    ApprovalLimit.objects.bulk_create(
        [
            ApprovalLimit(
                entity=entity,
                level=level,
                act=act,
                limit_minor=None if limit == ANY else limit,
                currency=entity.currency,
            )
            for (level, act), limit in limits.items()
            if limit is not None
        ]
    )
    data = {f"{act}-L{level}": text for (level, act), text in wanted.items() if text}
    _log(by, at, "limits.changed", entity.pk, data)


@transaction.atomic(durable=True)
def change_erp(*, erp: str, values: Mapping[str, str], by: Membership, at: datetime) -> Entity:
    """Use another connector or other settings from the next posting on; no secret is logged."""
    _require_admin(by)
    entity = Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)
    kept = entity.erp_settings if entity.erp == erp else {}
    entity.erp = erp
    entity.erp_settings = {**kept, **values}
    entity.save(update_fields=["erp", "erp_settings"])
    _log(by, at, "erp.changed", entity.pk, {"erp": erp, "settings": sorted(values)})
    return entity


ANY = -1


def _limit(text: str, currency: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if text == "*":
        return ANY
    try:
        amount = Money.parse(text, currency).minor
    except AmountUnreadable as error:
        raise SettingsRefused(_("“{text}” is no amount."), text=text[:20]) from error
    if amount < 0:
        raise SettingsRefused(_("A limit of {text} is below zero."), text=text[:20])
    return amount


def _require_rising(row: list[int | None]) -> None:
    known = [float("inf") if limit == ANY else limit for limit in row if limit is not None]
    if known != sorted(known):
        raise SettingsRefused(_("A level may never sign for less than the level below it."))


def _check_seating(seating: Seating) -> None:
    if seating.role not in Role.values or seating.department not in Department.values:
        raise SettingsRefused(_("Choose a role and a department."))
    if not 1 <= seating.level <= LEVEL_MAX:
        raise SettingsRefused(_("Levels go from 1 to {highest}."), highest=LEVEL_MAX)


def new_user(person: NewPerson, email: str) -> User:
    """
    Make a log-in; the caller's transaction.

    :raises SettingsRefused: if the address is none, the name is missing or the password too short
    """
    try:
        validate_email(email)
    except ValidationError:
        raise SettingsRefused(_("“{email}” is no e-mail address."), email=email[:80]) from None
    if not person.name.strip():
        raise SettingsRefused(_("A person needs a name."))
    if len(person.password) < PASSWORD_LENGTH_MIN:
        raise SettingsRefused(
            _("A password has at least {least} characters."), least=PASSWORD_LENGTH_MIN
        )
    language = person.language if person.language in Language.values else Language.ENGLISH
    return User.objects.create_user(
        email, person.password, name=person.name.strip()[:120], language=language
    )


def _require_admin(by: Membership) -> None:
    if by.role != Role.ADMIN or not by.is_active:
        raise SettingsRefused(_("Only an administrator changes this."))


def _log(by: Membership, at: datetime, act: str, subject: int, data: Mapping[str, object]) -> None:
    kind = act.partition(".")[0]
    entry = Act(act, kind if kind == "member" else "entity", subject, dict(data))
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[entry])
