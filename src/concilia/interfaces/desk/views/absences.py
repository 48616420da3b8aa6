"""Who is away when, who stands in, and planning it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.actions import AbsenceRefused, NewAbsence, clock_of, end_absence, plan_absence
from concilia.cases.core.people import DELEGATION_DAYS_MAX
from concilia.identity.models import Absence, Membership, Role
from concilia.identity.queries import members_of
from concilia.interfaces.components.formats import format_day, weekday_letter
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.claim_words import language
from concilia.interfaces.desk.inputs import key_in, words_in
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.views.team import ALL, tabs, team_chosen, teams_of
from concilia.reporting.queries.team import absences_between

LEADS: Final = (Role.APPROVER,)
UNREADABLE: Final = 422
YEARS_AHEAD: Final = 5
REASON_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a person; an absence is one cell of `span` days."""

    day: date
    is_closed: bool
    away: Absence | None
    span: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the head of the calendar; `letter` is its weekday's."""

    day: date
    letter: str
    is_closed: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month as it is shown, with the addresses before and after it."""

    first: date
    last: date
    before: str
    after: str
    days: Sequence[Day]


@require_GET
@desk_page()
def absences(request: DeskRequest) -> HttpResponse:
    """A month of the team."""
    return render(request, "desk/team/absences.html", _context(request, request.GET, {}))


@require_POST
@desk_page()
def plan(request: DeskRequest) -> HttpResponse:
    """Plan an absence; refused it stays on the page with what was typed."""
    given = request.POST
    new = NewAbsence(
        member_id=key_in(given, "member") or 0,
        delegate_id=key_in(given, "delegate") or 0,
        starts=_day(given.get("starts", "")),
        ends=_day(given.get("ends", "")),
        reason=words_in(given, "reason", most=REASON_MAX),
    )
    try:
        row = plan_absence(new=new, by=request.seat.membership, at=timezone.now())
    except AbsenceRefused as refused:
        shown = {name: _shown(str(value)) for name, value in refused.values.items()}
        error = gettext(refused.sentence).format(**shown)
        context = _context(request, given, given.dict()) | {"error": error}
        return render(request, "desk/team/absences.html", context, status=UNREADABLE)
    told = gettext("%(deputy)s stands in for %(name)s from %(first)s to %(last)s.") % {
        "deputy": row.delegate.user.name,
        "name": row.member.user.name,
        "first": _shown(row.starts_date.isoformat()),
        "last": _shown(row.ends_date.isoformat()),
    }
    messages.success(request, told)
    team = team_chosen(request, given.get("team", ""))
    return redirect(address("team-absences", team=team, month=f"{row.starts_date:%Y-%m}"))


@require_POST
@desk_page()
def end(request: DeskRequest, absence_id: int) -> HttpResponse:
    """Let somebody be back, or forget what was planned."""
    try:
        end_absence(absence_id=absence_id, by=request.seat.membership, at=timezone.now())
    except Absence.DoesNotExist:
        return HttpResponse(status=404)
    except AbsenceRefused as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, gettext("Back again: nobody stands in any more."))
    team = team_chosen(request, request.POST.get("team", ""))
    return redirect(address("team-absences", team=team))


def _context(request: DeskRequest, asked: object, given: dict[str, str]) -> dict[str, object]:
    seat, today = request.seat, timezone.localdate()
    wanted = getattr(asked, "get", lambda *_: "")
    chosen = team_chosen(request, wanted("team", "") or ALL)
    month = _month(request, wanted("month", ""), chosen, today)
    people = [
        one
        for one in members_of(entity_id=seat.entity.pk)
        if one.role != Role.AUDITOR and chosen in {ALL, one.department}
    ]
    rows = absences_between(
        entity_id=seat.entity.pk, first=min(month.first, today), last=max(month.last, today)
    )
    may_lead = seat.may(*LEADS)
    return {
        "month": month,
        "rows": [(one, _cells(one, month, rows)) for one in people],
        "standing_in": [row for row in rows if row.starts_date <= today <= row.ends_date],
        "planned": [
            (row, may_lead or row.member_id == seat.membership.pk)
            for row in absences_between(
                entity_id=seat.entity.pk, first=today, last=today + timedelta(days=400)
            )
            if chosen in {ALL, row.member.department}
        ],
        "people": _choices(request, may_lead=may_lead),
        "deputies": _choices(request, may_lead=True),
        "given": given,
        "own": seat.membership.pk,
        "today": today,
        "days_max": DELEGATION_DAYS_MAX,
        "tabs": tabs("team-absences", chosen),
        "teams": teams_of(request),
        "chosen": chosen,
        "error": "",
    }


def _choices(request: DeskRequest, *, may_lead: bool) -> list[Membership]:
    people = members_of(entity_id=request.seat.entity.pk).exclude(role=Role.AUDITOR)
    return list(people if may_lead else people.filter(pk=request.seat.membership.pk))


def _month(request: DeskRequest, asked: str, chosen: str, today: date) -> Month:
    first = _day(f"{asked}-01") or today.replace(day=1)
    if abs(first.year - today.year) > YEARS_AHEAD:
        first = today.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    last = after - timedelta(days=1)
    before = (first - timedelta(days=1)).replace(day=1)
    calendar = clock_of(request.seat.entity).calendar
    days = [
        Day(day, weekday_letter(day, language()), not calendar.is_business_day(day), day == today)
        for day in (first + timedelta(days=n) for n in range(last.day))
    ]
    return Month(
        first,
        last,
        address("team-absences", team=chosen, month=f"{before:%Y-%m}"),
        address("team-absences", team=chosen, month=f"{after:%Y-%m}"),
        days,
    )


def _cells(one: Membership, month: Month, rows: Sequence[Absence]) -> list[Cell]:
    """A cell for each day; an absence is one cell as wide as its days of the month."""
    own = [row for row in rows if row.member_id == one.pk]
    cells: list[Cell] = []
    taken = month.first - timedelta(days=1)
    for head in month.days:
        day = head.day
        if day <= taken:
            continue
        away = next((row for row in own if row.starts_date <= day <= row.ends_date), None)
        taken = min(away.ends_date, month.last) if away else day
        span = (taken - day).days + 1
        cells.append(Cell(day, head.is_closed, away, span))
    return cells


def _shown(value: str) -> str:
    """A value of a refusal as people write it: a date in their way, the rest as it is."""
    day = _day(value)
    return value if day is None else str(format_day(day, timezone.localdate(), language()))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
