from __future__ import annotations

from concilia.cases.core.calendars import (
    COMPANY,
    WorkCalendar,
    calendars_of,
    clock_for,
)
from concilia.identity.models import Entity
from concilia.kernel.deadlines import SlaClock

SETTING = "calendars"


def calendars_kept(entity: Entity) -> dict[str, WorkCalendar]:
    """The calendars an entity has set, by department; its own under the empty name. No query."""
    return calendars_of(entity.settings.get(SETTING, {}))


def clock_of(entity: Entity, department: str = COMPANY) -> SlaClock:
    """
    The working clock of a department, or of the entity as a whole; no query.

    Euro settlement days where the country has no calendar here.
    """
    return clock_for(
        calendars_kept(entity), department, country=entity.country, zone=entity.timezone
    )
