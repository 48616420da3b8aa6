"""The inbox: what arrived, and the original beside what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from concilia.claims.queries.inbox import Became, became, known_claim_names
from concilia.intake.core.reading import CLAIM_KINDS
from concilia.intake.models import Arrival
from concilia.intake.queries.inbox import (
    ORDERS,
    VIEWS,
    ArrivalRow,
    Wanted,
    arrivals,
    being_read,
    count_views,
    count_waiting,
    neighbours,
    rows_of,
)
from concilia.interfaces.components.downloads import download
from concilia.interfaces.components.formats import format_amount
from concilia.interfaces.components.rights import HELPERS
from concilia.interfaces.desk import inbox_words
from concilia.interfaces.desk.access import DeskRequest, Seat, desk_page
from concilia.interfaces.desk.exports import csv_response
from concilia.interfaces.desk.inbox_words import channel_words, icon_of, kind_words, outcome_words
from concilia.interfaces.desk.navigation import count_with
from concilia.interfaces.desk.opened import Asked, open_arrival
from concilia.interfaces.desk.pages import KeysFirst
from concilia.interfaces.desk.readings import Edit
from concilia.interfaces.desk.saved_views import own_views

ROWS_MAX: Final = 40
EXPORT_MAX: Final = 20_000
READING_MAX: Final = timedelta(minutes=2)  # what takes longer is not watched for
NOTHING_NEW: Final = 204
SAVED_AS: Final = "inbox"
# What an address may carry from one page of the inbox to the next.
KEPT: Final = ("view", "channel", "kind", "q", "order", "page")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list with the words around it."""

    row: ArrivalRow
    icon: str
    what: str
    became: Became | None
    has_twin: bool


def may_act(seat: Seat) -> bool:
    """Whether the person works on what arrives; an auditor only reads."""
    return seat.may(*HELPERS)


def wanted_of(request: DeskRequest) -> Wanted:
    """What of the inbox the address asks for; what it cannot ask for is left out."""
    asked = request.GET
    view, order = asked.get("view", ""), asked.get("order", "")
    channel, kind = asked.get("channel", ""), asked.get("kind", "")
    return Wanted(
        view=view if view in VIEWS else "look",
        channel=channel if channel in Arrival.Channel.values else "",
        kind=kind if kind in inbox_words.KINDS else "",
        text=asked.get("q", "").strip()[:100],
        order=order if order in ORDERS else "new",
    )


def kept_query(request: DeskRequest, without: Sequence[str] = ()) -> str:
    """The part of the address that says which list the person works through."""
    names = [name for name in KEPT if request.GET.get(name) and name not in without]
    return urlencode({name: request.GET[name][:100] for name in names})


def arrival_of(request: DeskRequest, arrival_id: int) -> Arrival:
    """
    This will be an arrival of the person's entity.

    :raises Http404: if there is none, or it is another creditor's
    """
    rows = Arrival.objects.select_related("document__customer", "message", "uploaded_by")
    return get_object_or_404(rows, pk=arrival_id, entity=request.seat.entity)


@require_GET
@desk_page()
def inbox(request: DeskRequest) -> HttpResponse:
    """The list; where there is room, the first of it stands open beside it."""
    if _is_nothing_new(request):
        return HttpResponse(status=NOTHING_NEW)
    page = _page(request)
    first = page.object_list[0] if page.object_list else None
    return answer(request, first, page=page)


@require_GET
@desk_page()
def arrival(request: DeskRequest, arrival_id: int) -> HttpResponse:
    """One arrival: its original, what was read, and what can be done."""
    if _is_nothing_new(request):
        return HttpResponse(status=NOTHING_NEW)
    asked = request.GET
    edit = Edit(key=asked.get("edit", "") if may_act(request.seat) else "")
    return answer(request, arrival_of(request, arrival_id), edit=edit, is_chosen=True)


@require_GET
@desk_page()
def arrival_file(request: DeskRequest, arrival_id: int) -> HttpResponse:
    """Hand out what arrived as it came, also when nobody could read it."""
    arrived = arrival_of(request, arrival_id)
    return download(sha256=arrived.blob_id, filename=arrived.filename)


@require_GET
@desk_page()
def export(request: DeskRequest) -> HttpResponseBase:
    """The list as a CSV file, amounts as decimal numbers."""
    entity_id = request.seat.entity.pk
    found = list(arrivals(entity_id=entity_id, wanted=wanted_of(request))[:EXPORT_MAX])
    head = ("received", "channel", "from", "subject", "kind", "amount", "currency")
    rows = (
        (
            timezone.localtime(row.received_at).isoformat(timespec="minutes"),
            row.channel,
            row.sender,
            row.subject,
            row.kind,
            _plain_amount(row),
            row.currency,
            row.state,
            row.outcome,
            row.doubts,
        )
        for row in rows_of(entity_id=entity_id, arrivals=found)
    )
    return csv_response("inbox.csv", (*head, "state", "outcome", "unsure"), rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why an act was refused, and with which status the page says so."""

    sentence: str = ""
    status: int = 200


def answer(
    request: DeskRequest,
    arrived: Arrival | None,
    *,
    page: Page[Arrival] | None = None,
    edit: Edit | None = None,
    refusal: Refusal | None = None,
    is_chosen: bool = False,
) -> HttpResponse:
    """
    This will be the whole page; a part of it is taken out by whoever asked for a part.

    :param is_chosen: the person opened this arrival, it does not merely stand beside the list
    """
    refusal = refusal or Refusal()
    asked, seat = request.GET, request.seat
    wanted = wanted_of(request)
    page = page or _page(request)
    part = asked.get("part", "")
    question = Asked(
        part=int(part) if part.isdecimal() else None,
        edit=edit or Edit(),
        find=asked.get("find", "").strip()[:100],
    )
    before, after = _neighbours(seat, wanted, arrived, is_chosen=is_chosen)
    context = {
        "arrival": arrived,
        "opened": open_arrival(arrived, question) if arrived else None,
        "lines": _lines(seat, list(page.object_list)),
        "page": page,
        "wanted": wanted,
        "kept": kept_query(request),
        "is_chosen": is_chosen,
        "reading": _reading(seat),
        "before": before,
        "after": after,
        "may_act": may_act(seat),
        "refusal": refusal.sentence,
        "kept_view": kept_query(request, without=("page",)),
        "came": channel_words(arrived.channel) if arrived else "",
        "error": gettext(arrived.error) if arrived and arrived.error else "",
        "is_claim": bool(arrived and arrived.document and arrived.document.kind in CLAIM_KINDS),
        "saved": own_views(request, SAVED_AS),
        **_list_words(seat, wanted),
    }
    return render(request, "desk/inbox.html", context, status=refusal.status)


def _is_nothing_new(request: DeskRequest) -> bool:
    """Whether a page that waits for the reader shows what there is already."""
    return bool(seen := request.GET.get("seen")) and seen == _reading(request.seat)


def _reading(seat: Seat) -> str:
    return being_read(entity_id=seat.entity.pk, since=timezone.now() - READING_MAX)


def line_of(seat: Seat, arrived: Arrival) -> Line:
    """This will be one arrival as a line of the list."""
    return _lines(seat, [arrived])[0]


def _page(request: DeskRequest) -> Page[Arrival]:
    rows = arrivals(entity_id=request.seat.entity.pk, wanted=wanted_of(request))
    return KeysFirst(rows, ROWS_MAX).get_page(request.GET.get("page"))


def _neighbours(
    seat: Seat, wanted: Wanted, arrived: Arrival | None, *, is_chosen: bool
) -> tuple[int | None, int | None]:
    if arrived is None or not is_chosen:
        return None, None
    return neighbours(entity_id=seat.entity.pk, wanted=wanted, arrival=arrived)


def _lines(seat: Seat, found: list[Arrival]) -> list[Line]:
    entity_id = seat.entity.pk
    rows = rows_of(entity_id=entity_id, arrivals=found)
    belongs = became(entity_id=entity_id, arrivals=found)
    waiting = [row for row in rows if row.pk not in belongs]
    names = known_claim_names(
        entity_id=entity_id, names=[name for row in waiting for name in row.names]
    )
    return [_line(row, belongs.get(row.pk), names) for row in rows]


def _line(row: ArrivalRow, belongs: Became | None, names: frozenset[str]) -> Line:
    is_twin = belongs.has_twin if belongs else any(name in names for name in row.names)
    return Line(row, icon_of(row), _what(row, belongs), belongs, is_twin)


def _what(row: ArrivalRow, belongs: Became | None) -> str:
    """What it is, in the few words of the list's last line."""
    if row.state == Arrival.State.RECEIVED:
        return str(inbox_words.STATES[row.state])
    if row.state == Arrival.State.NOTHING_TO_DO and row.outcome:
        return str(outcome_words(row.outcome)).rstrip(".")
    if row.state == Arrival.State.FAILED:
        return str(outcome_words("unreadable")).rstrip(".")
    kind = str(kind_words(row.kind)) if row.kind else ""
    return " · ".join(part for part in (kind, belongs.number if belongs else "") if part)


def _list_words(seat: Seat, wanted: Wanted) -> dict[str, Any]:
    counts = count_views(entity_id=seat.entity.pk)
    return {
        "views": [
            (view, words, counts.get(view), view == wanted.view)
            for view, words in inbox_words.VIEWS.items()
        ],
        "waiting": counts["look"],
        "channels": [(name, words[0]) for name, words in inbox_words.CHANNELS.items()],
        "kinds": list(inbox_words.KINDS.items()),
        "orders": list(inbox_words.ORDERS.items()),
        "asides": list(inbox_words.ASIDE.items()),
        "bulk_acts": [
            {"label": gettext("Open the sure ones"), "icon": "scale", "value": "open"},
            {"label": gettext("Not a claim"), "icon": "archive", "value": "aside", "key": "r"},
        ],
        "is_narrowed": wanted != replace(Wanted(), view=wanted.view, order=wanted.order),
    }


def _plain_amount(row: ArrivalRow) -> str:
    if row.amount_minor is None or not row.currency:
        return ""
    return str(format_amount(row.amount_minor, row.currency, "en")).replace(",", "")


count_with("inbox", lambda seat: count_waiting(entity_id=seat.entity.pk))
