"""How a person wants to hear of what concerns them: by mail, as a short message, once a day."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.actions import Habits, set_habits
from concilia.cases.core.notices import NEVER
from concilia.cases.queries.deliveries import last_deliveries
from concilia.cases.queries.notices import habits_of
from concilia.correspondence.queries.texting import sends_texts
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.notice_words import KINDS, MAIL, SMS
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.texting_section import STATES

HOURS: Final = range(24)
# One zone for each hour there are people at a desk; any other the browser names is kept as well.
ZONES: Final = (
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Rome",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Berlin",
    "Europe/Athens",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
)


@require_GET
@desk_page()
def own_notices(request: DeskRequest) -> HttpResponse:
    """What reaches oneself how, and a form to change it."""
    return _page(request)


@require_POST
@desk_page()
def keep_own(request: DeskRequest) -> HttpResponse:
    """Keep how one wants to be reached."""
    given = request.POST
    hour = given.get("digest_hour", "")
    habits = Habits(
        ways={
            kind: (given.get(f"mail-{kind}", ""), given.get(f"sms-{kind}", NEVER)) for kind in KINDS
        },
        phone=given.get("phone", ""),
        time_zone=given.get("time_zone", ""),
        digest_hour=int(hour) if hour.isdecimal() else -1,
    )
    try:
        set_habits(habits=habits, member=request.seat.membership)
    except REFUSALS as refusal:
        return _page(request, error=words_of(refusal))
    messages.success(request, _("Kept. It holds from the next notice on."))
    return redirect("desk:own-notices")


def _page(request: DeskRequest, *, error: str = "") -> HttpResponse:
    shown, typed = habits_of(request.seat.membership), request.POST
    zone = typed.get("time_zone", shown.time_zone)
    context = {
        "rows": [
            {
                "kind": str(kind),
                "words": words,
                "help": help_text,
                "mail": typed.get(f"mail-{kind}", shown.ways[kind][0]),
                "sms": typed.get(f"sms-{kind}", shown.ways[kind][1]),
            }
            for kind, (words, help_text) in KINDS.items()
        ],
        "mails": MAIL.items(),
        "texts": SMS.items(),
        "phone": typed.get("phone", shown.phone),
        "zone": zone,
        "zones": sorted({*ZONES, request.seat.entity.timezone, *([zone] if zone else [])}),
        "entity_zone": request.seat.entity.timezone,
        "hours": [(hour, f"{hour:02}:00") for hour in HOURS],
        "digest_hour": typed.get("digest_hour", str(shown.digest_hour)),
        "sends_texts": sends_texts(entity_id=request.seat.entity.pk),
        "deliveries": [
            (row, *STATES[row.state]) for row in last_deliveries(request.seat.membership)
        ],
        "error": error,
    }
    return render(request, "desk/own_notices.html", context, status=422 if error else 200)
