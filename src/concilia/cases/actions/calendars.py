from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.core.calendars import COMPANY, CalendarRefused, TypedCalendar, read_calendar
from concilia.cases.queries.calendars import SETTING
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Department, Entity, Membership, Role
from concilia.identity.queries import actor_of

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "country_unknown": _("There is no calendar for “{text}”."),
        "no_time": _("“{text}” is no time of the day, such as 17:00."),
        "hours_out_of_order": _("A day begins before its cut-off, and ends at it or later."),
        "too_many_days": _("A calendar has at most {text} days of its own."),
        "no_day": _("“{text}” is no day: write 2026-12-24, 12-07 for every year, or easter+60."),
    }
)


class CalendarsRefused(Refused):
    """A calendar cannot be so; the message says why."""


@transaction.atomic(durable=True)
def set_calendar(*, department: str, typed: TypedCalendar, by: Membership, at: datetime) -> Entity:
    """
    Set when the company works, or one of its teams; it holds for deadlines set from now on.

    :param department: empty for the company as a whole
    :raises CalendarsRefused: for an unknown country, hours out of order, or a line that is no day
    """
    _require(by, department)
    try:
        calendar = read_calendar(typed)
    except CalendarRefused as refusal:
        raise CalendarsRefused(SENTENCES[refusal.code], text=refusal.text) from refusal
    entity = _locked(by)
    kept = dict(entity.settings.get(SETTING, {}))
    kept[department] = calendar.to_data()
    return _keep(entity, kept, by, at, department)


@transaction.atomic(durable=True)
def drop_calendar(*, department: str, by: Membership, at: datetime) -> Entity:
    """
    Let a team, or the company, work as usual again.

    :raises CalendarsRefused: if the caller is no administrator
    """
    _require(by, department)
    entity = _locked(by)
    kept = dict(entity.settings.get(SETTING, {}))
    if kept.pop(department, None) is None:
        return entity
    return _keep(entity, kept, by, at, department)


def _require(by: Membership, department: str) -> None:
    if by.role != Role.ADMIN or not by.is_active:
        raise CalendarsRefused(_("Only an administrator changes this."))
    if department != COMPANY and department not in Department.values:
        raise CalendarsRefused(_("There is no such department."))


def _locked(by: Membership) -> Entity:
    return Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)


def _keep(
    entity: Entity, kept: dict[str, object], by: Membership, at: datetime, department: str
) -> Entity:
    before = entity.settings.get(SETTING, {}).get(department)
    entity.settings = entity.settings | {SETTING: kept}
    entity.save(update_fields=["settings"])
    data = {"department": department, "before": before, "after": kept.get(department)}
    act = Act("calendar.changed", "entity", entity.pk, data)
    audit.log(entity_id=entity.pk, actor=actor_of(by), at=at, acts=[act])
    return entity
