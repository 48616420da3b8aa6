"""The team: the board of who holds what, and how full everybody's days are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.actions import HandOverRefused, hand_over
from concilia.cases.models import Case, HandOver
from concilia.identity.models import Department, Membership
from concilia.interfaces.components.feedback import notify
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.claim_words import department_name
from concilia.interfaces.desk.exports import csv_response
from concilia.interfaces.desk.inputs import key_in
from concilia.interfaces.desk.refusals import words_of
from concilia.reporting.queries.team import Lane, Team, team_of

ALL: Final = "all"
KEYED: Final = 9
REFUSED: Final = 409
TABS: Final[Mapping[str, str | Promise]] = {
    "team": _("Board"),
    "team-load": _("Workload"),
    "team-absences": _("Absences"),
    "team-hand-overs": _("Hand-overs"),
}


@require_GET
@desk_page()
def team(request: DeskRequest) -> HttpResponse:
    """The board of a department: a lane for each person, one for what nobody holds."""
    return render(request, "desk/team/board.html", _board(request, request.GET.get("team", "")))


@require_POST
@desk_page(allow=WORKERS)
def give(request: DeskRequest) -> HttpResponse:
    """Hand a card to the person of a lane; the board comes back, with Undo."""
    seat, at = request.seat, timezone.now()
    keys = [key_in(request.POST, name) or 0 for name in ("case", "to")]
    case = Case.objects.filter(pk=keys[0], entity=seat.entity).first()
    if case is None:
        return HttpResponse(status=404)
    note = gettext("On the board")
    try:
        hand_over(case_id=case.pk, to_id=keys[1], text=note, member=seat.membership, at=at)
    except HandOverRefused as refused:
        return notify(HttpResponse(status=204), words_of(refused))
    answer = render(request, "desk/team/lanes.html", _board(request, request.POST.get("team", "")))
    handed = HandOver.objects.filter(entity=seat.entity, by=seat.membership).order_by("-pk")[0]
    told = gettext("%(case)s is with %(name)s now.") % {
        "case": case.number,
        "name": Membership.objects.select_related("user").get(pk=keys[1]).user.name,
    }
    return notify(answer, told, undo=address("team-undo", handed.pk))


@require_GET
@desk_page()
def load(request: DeskRequest) -> HttpResponseBase:
    """How full everybody's next days are, the fullest first."""
    seat = request.seat
    chosen = team_chosen(request, request.GET.get("team", ALL))
    found = team_of(
        entity=seat.entity, departments=_departments(chosen), at=timezone.now(), cards=False
    )
    if request.GET.get("as") == "csv":
        return _as_csv(found)
    context = {
        "team": found,
        "tabs": tabs("team-load", chosen),
        "teams": teams_of(request),
        "chosen": chosen,
        "may_work": seat.may(*WORKERS),
    }
    return render(request, "desk/team/load.html", context)


def team_chosen(request: DeskRequest, asked: str) -> str:
    """The department asked for, `all`, or the person's own."""
    known = asked in Department.values or asked == ALL
    return asked if known else str(request.seat.membership.department)


def teams_of(request: DeskRequest) -> Sequence[tuple[str, str]]:
    """The departments that have people, by name, and all of them together."""
    found = (
        Membership.objects.filter(entity=request.seat.entity, is_active=True)
        .values_list("department", flat=True)
        .distinct()
    )
    named = sorted(((str(department_name(code)), code) for code in found), key=lambda one: one[0])
    return [*((code, name) for name, code in named), (ALL, gettext("Everybody"))]


def tabs(current: str, chosen: str) -> list[tuple[str, str | Promise, bool]]:
    """The pages of the team, on the same department: address, words, whether it is this one."""
    return [
        (f"{address(page)}?team={chosen}", words, page == current)
        for page, words in TABS.items()
        if address(page)
    ]


def _departments(chosen: str) -> list[str]:
    return list(Department.values) if chosen == ALL else [chosen]


def _board(request: DeskRequest, asked: str) -> dict[str, object]:
    seat, at = request.seat, timezone.now()
    chosen = team_chosen(request, asked)
    found = team_of(entity=seat.entity, departments=_departments(chosen), at=at)
    keys = iter(range(1, KEYED + 1))
    lanes = [(lane, next(keys, 0) if _can_get(lane) else 0) for lane in found.lanes]
    return {
        "lanes": lanes,
        "free": found.free,
        "now": at,
        "late": sum(lane.late for lane in found.lanes) + found.free.late,
        "cases": sum(lane.cases for lane in found.lanes) + found.free.cases,
        "tabs": tabs("team", chosen),
        "teams": teams_of(request),
        "chosen": chosen,
        "may_work": seat.may(*WORKERS),
    }


def _can_get(lane: Lane) -> bool:
    return lane.member is not None and lane.member.is_active


def _as_csv(found: Team) -> HttpResponseBase:
    head = [
        gettext("Name"), gettext("Department"), gettext("Cases"), gettext("To work on"),
        gettext("Late"), gettext("Ends today"), gettext("Resting"), gettext("Asked in others"),
        gettext("Minutes of work"), gettext("Minutes at work"),
    ]  # fmt: skip
    rows = [
        [
            lane.member.user.name, department_name(lane.member.department), lane.cases, lane.ours,
            lane.late, lane.today, lane.resting, lane.steps, lane.load.minutes, lane.load.capacity,
        ]
        for lane in found.lanes
        if lane.member is not None
    ]  # fmt: skip
    return csv_response(f"team-{timezone.localdate():%Y-%m-%d}.csv", head, rows)
