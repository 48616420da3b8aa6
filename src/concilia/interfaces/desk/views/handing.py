"""Handing cases over: previewed, with a note, in one act; and taking it back."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.actions import HandOverRefused, hand_over_many, undo_hand_over
from concilia.cases.models import ApprovalSeat, HandOver, Step
from concilia.cases.queries.office import weights_of
from concilia.identity.models import Department, Membership, Role
from concilia.identity.queries import members_of
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, Seat, desk_page
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.inputs import key_in, words_in
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.selections import (
    Preview,
    Selection,
    case_keys,
    claims_of,
    member_of,
    preview_of,
    read_selection,
)
from concilia.interfaces.desk.views.team import ALL, tabs, team_chosen, teams_of
from concilia.reporting.queries.team import Lane, team_of

NOTE_MAX: Final = 4_000
UNREADABLE: Final = 422
ROWS_A_PAGE: Final = 25
ROWS_SHOWN: Final = 100


@require_GET
@desk_page(allow=WORKERS)
def hand_over_form(request: DeskRequest) -> HttpResponse:
    """What would go, to whom, and how full their days are; nothing happens yet."""
    return _form(request, read_selection(request.GET))


@require_POST
@desk_page(allow=WORKERS)
def hand_over_do(request: DeskRequest) -> HttpResponse:
    """Preview what a list sent, or hand it over once the form was filled in."""
    selection = read_selection(request.POST)
    if "to" not in request.POST:
        return _form(request, selection)
    at = timezone.now()
    try:
        done = hand_over_many(
            cases=_cases(request.seat, selection),
            everything_of=selection.everything_of,
            to_id=key_in(request.POST, "to") or 0,
            note=words_in(request.POST, "note", most=NOTE_MAX),
            member=request.seat.membership,
            at=at,
        )
    except HandOverRefused as refused:
        return _form(request, selection, error=words_of(refused))
    return redirect("desk:team-handed", done.pk)


@require_GET
@desk_page()
def handed(request: DeskRequest, handed_id: int) -> HttpResponse:
    """What became of a hand-over, row by row, with taking it back."""
    row = _row(request, handed_id)
    rows = (
        row.rows.filter(step=None)
        .select_related("case__customer", "case__owner__user", "before__user")
        .order_by("case_id")
    )
    stays = rows.filter(case__owner=row.to_id, case__closed_at=None)
    context = {
        "done": row,
        "rows": rows[:ROWS_SHOWN],
        "hidden": max(row.cases - ROWS_SHOWN, 0),
        "stays": row.undone_at is None and stays.count(),
        "may_undo": _may_undo(request.seat, row),
        "tabs": tabs("team-hand-overs", ALL),
    }
    return render(request, "desk/team/handed.html", context)


@require_GET
@desk_page()
def hand_overs(request: DeskRequest) -> HttpResponse:
    """The latest hand-overs, and who is away or has left with cases in their name."""
    seat = request.seat
    latest = HandOver.objects.filter(entity=seat.entity).select_related(
        "by__user", "to__user", "from_member__user"
    )
    chosen = team_chosen(request, request.GET.get("team", ALL))
    context = {
        "rows": latest.order_by("-handed_at", "-pk")[:ROWS_A_PAGE],
        "tabs": tabs("team-hand-overs", chosen),
        "teams": teams_of(request),
        "chosen": chosen,
        "people": members_of(entity_id=seat.entity.pk),
        "may_work": seat.may(*WORKERS),
    }
    return render(request, "desk/team/hand_overs.html", context)


@require_POST
@desk_page(allow=WORKERS)
def undo(request: DeskRequest, handed_id: int) -> HttpResponse:
    """Give back what is still where it was put."""
    row = _row(request, handed_id)
    try:
        back = undo_hand_over(
            hand_over_id=row.pk, member=request.seat.membership, at=timezone.now()
        )
    except HandOverRefused as refused:
        messages.error(request, words_of(refused))
    else:
        text = ngettext("%(n)s case went back.", "%(n)s cases went back.", back.cases)
        told = text % {"n": back.cases}
        if back.left:
            stay = ngettext(
                "%(n)s had moved on and stays.", "%(n)s had moved on and stay.", back.left
            )
            told = f"{told} {stay % {'n': back.left}}"
        messages.success(request, told)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    return redirect("desk:team-handed", row.pk)


def _form(request: DeskRequest, selection: Selection, error: str = "") -> HttpResponse:
    seat, at = request.seat, timezone.now()
    giver = member_of(seat, selection.everything_of)
    if selection.everything_of is not None and giver is None:
        raise Http404(gettext("There is no such person."))
    found = preview_of(claims_of(selection, seat, at), at)
    steps = _steps_of(giver) if giver else 0
    context = {
        "selection": selection,
        "giver": giver,
        "preview": found,
        "steps": steps,
        "seats": _seats_of(giver) if giver else 0,
        "people": _receivers(seat, giver, found),
        "given": request.POST,
        "error": error,
        "back": address("team") if giver else address("claims"),
        "tabs": tabs("team-hand-overs", ALL),
        "is_empty": not found.count - found.closed and not steps,
    }
    status = UNREADABLE if error else 200
    return render(request, "desk/team/hand_over.html", context, status=status)


def _receivers(
    seat: Seat, giver: Membership | None, preview: Preview
) -> list[tuple[Lane, int | None]]:
    """Who can have it, with how full their days would be; who is away is said to be."""
    at = timezone.now()
    team = team_of(entity=seat.entity, departments=list(Department.values), at=at, cards=False)
    lanes = [
        lane for lane in team.lanes
        if lane.member and lane.member.is_active and lane.member != giver
    ]  # fmt: skip
    minutes = weights_of(seat.entity).case_minutes
    return [
        (
            lane,
            (lane.load.minutes + preview.count * minutes) * 100 // lane.load.capacity
            if lane.load.capacity
            else None,
        )
        for lane in sorted(lanes, key=lambda one: str(one.member and one.member.user.name))
    ]


def _steps_of(giver: Membership) -> int:
    return Step.objects.filter(assignee=giver, state=Step.State.OPEN, case__closed_at=None).count()


def _seats_of(giver: Membership) -> int:
    return ApprovalSeat.objects.filter(expected=giver, is_open=True, request__state="OPEN").count()


def _cases(seat: Seat, selection: Selection) -> list[int]:
    if selection.everything_of is not None:
        return []
    return case_keys(claims_of(selection, seat, timezone.now()))


def _row(request: DeskRequest, key: int) -> HandOver:
    found = HandOver.objects.filter(pk=key, entity=request.seat.entity)
    row = found.select_related("by__user", "to__user", "from_member__user", "undone_by__user")
    if (one := row.first()) is None:
        raise Http404(gettext("There is no such hand-over."))
    return one


def _may_undo(seat: Seat, row: HandOver) -> bool:
    concerned = seat.membership.pk in {row.by_id, row.to_id} or seat.may(Role.APPROVER)
    return row.undone_at is None and concerned and seat.may(*WORKERS)
