"""Working calendars on the settings page: the company's own, and those of teams."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concilia.cases.core.calendars import COMPANY, COUNTRIES, WorkCalendar, days_typed
from concilia.cases.queries.calendars import calendars_kept, clock_of
from concilia.identity.models import Department, Entity
from concilia.interfaces.components.formats import base_language, format_full_date
from concilia.interfaces.desk.access import DeskRequest
from concilia.interfaces.desk.claim_words import department_name, language
from concilia.interfaces.desk.settings_words import country_name
from concilia.kernel.deadlines import CLOSES, CUTOFF, OPENS, Unit
from concilia.kernel.holidays import SATURDAY

DAYS_AHEAD: Final = 200
SHOWN: Final = 6
EXAMPLE_DAYS: Final = 5
EURO: Final = _("Euro settlement (TARGET)")


def calendar_section(request: DeskRequest) -> dict[str, object]:
    """What the section shows: what is kept, or what was typed and refused."""
    entity = request.seat.entity
    kept = calendars_kept(entity)
    teams = sorted((name for name in kept if name != COMPANY), key=department_name)
    free = [(code, department_name(code)) for code in Department.values if code not in kept]
    return {
        "calendars": [_shown(request, name, kept.get(name)) for name in (COMPANY, *teams)],
        "new_team": _shown(request, "new", None),
        "free_teams": sorted(free, key=lambda one: one[1]),
        "countries": sorted(((code, _country(code)) for code in COUNTRIES), key=lambda one: one[1]),
        "usual_hours": {"opens": OPENS, "closes": CLOSES, "cutoff": CUTOFF},
        "ahead": _ahead(entity),
        "example": _example(entity),
    }


def _shown(request: DeskRequest, name: str, calendar: WorkCalendar | None) -> dict[str, Any]:
    calendar = calendar or WorkCalendar()
    hours = {"opens": calendar.opens, "closes": calendar.closes, "cutoff": calendar.cutoff}
    values = {
        "country": calendar.country,
        **{key: f"{hour:%H:%M}" if hour else "" for key, hour in hours.items()},
        "days": days_typed(calendar),
    }
    typed = request.POST
    is_typed = typed.get("form") == (name or "company")
    if is_typed:
        values = {key: typed.get(key, value) for key, value in values.items()}
    return {
        "name": name,
        "words": department_name(name) if name in Department.values else "",
        "is_own": calendar != WorkCalendar(),
        "is_typed": is_typed,
        "department": typed.get("department", "") if is_typed else name,
        **values,
    }


def _country(code: str) -> str:
    return str(EURO) if code == "TARGET" else country_name(code, base_language(language()))


def _ahead(entity: Entity) -> list[tuple[str, str]]:
    """The next days from Monday to Friday on which nobody works; a day of its own by its name."""
    clock, today = clock_of(entity), timezone.localdate()
    own = {name for one in calendars_kept(entity).values() for name in one.days.values()}
    skipped = clock.calendar.skipped(today, today + timedelta(days=DAYS_AHEAD))
    shown = [one for one in skipped if one.day.weekday() < SATURDAY]
    return [
        (format_full_date(one.day, base_language(language())), one.why if one.why in own else "")
        for one in shown[:SHOWN]
    ]


def _example(entity: Entity) -> dict[str, object]:
    now = timezone.now()
    return {
        "days": EXAMPLE_DAYS,
        "due": clock_of(entity).deadline(now, EXAMPLE_DAYS, Unit.BUSINESS_DAYS).due,
    }
