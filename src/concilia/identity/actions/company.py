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
from concilia.foundation.secrets import seal
from concilia.identity.models import (
    Department,
    Entity,
    Language,
    Membership,
    Role,
    User,
)
from concilia.identity.queries import actor_of

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
def change_erp(
    *, erp: str, values: Mapping[str, str], secrets: Mapping[str, str], by: Membership, at: datetime
) -> Entity:
    """
    Use another connector or other settings from the next posting on.

    Secrets are kept encrypted (`foundation.secrets`); the log names what changed, no value.
    """
    _require_admin(by)
    entity = Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)
    is_same = entity.erp == erp
    entity.erp = erp
    entity.erp_settings = {**(entity.erp_settings if is_same else {}), **values}
    sealed = {name: seal(secret) for name, secret in secrets.items()}
    entity.erp_secrets = {**(entity.erp_secrets if is_same else {}), **sealed}
    entity.save(update_fields=["erp", "erp_settings", "erp_secrets"])
    _log(by, at, "erp.changed", entity.pk, {"erp": erp, "settings": sorted({*values, *secrets})})
    return entity


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
