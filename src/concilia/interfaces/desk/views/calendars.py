"""Working calendars on the settings page: kept, and dropped."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from concilia.cases.actions import drop_calendar, set_calendar
from concilia.cases.core.calendars import COMPANY, TypedCalendar
from concilia.identity.models import Role
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.settings import back_to, page

SECTION: Final = "calendars"
TEXT_MAX: Final = 30_000


@require_POST
@desk_page(allow=(Role.ADMIN,))
def change(request: DeskRequest) -> HttpResponse:
    """Set the company's calendar or a team's; with the other button, drop it."""
    given, member = request.POST, request.seat.membership
    department = COMPANY if given.get("form") == "company" else given.get("department", "?")
    try:
        if given.get("act") == "drop":
            drop_calendar(department=department, by=member, at=timezone.now())
        else:
            typed = TypedCalendar(
                country=given.get("country", ""),
                opens=given.get("opens", ""),
                closes=given.get("closes", ""),
                cutoff=given.get("cutoff", ""),
                days=given.get("days", "")[:TEXT_MAX],
            )
            set_calendar(department=department, typed=typed, by=member, at=timezone.now())
    except REFUSALS as refusal:
        return page(request, SECTION, error=words_of(refusal))
    messages.success(request, gettext("Kept. It holds for deadlines that are set from now on."))
    return back_to(SECTION)
