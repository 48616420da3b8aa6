"""Everything that was said in conversations, found by words and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from concilia.cases.queries.talk_search import LETTERS_MIN, TYPED_MAX, Talked, find_talk
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.addresses import address
from concilia.reporting.queries.home import claims_of_cases

ON_PAGE: Final = 40
LANES: Final[Sequence[tuple[str, str | Promise, str]]] = (
    ("", _("All"), ""),
    ("in", _("Came in"), "mail"),
    ("out", _("Sent"), "send"),
    ("note", _("Internal"), "lock"),
)


@require_GET
@desk_page()
def talk(request: DeskRequest) -> HttpResponse:
    """What was said about this, in every conversation of the company, the newest first."""
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:TYPED_MAX]
    lane = request.GET.get("lane", "")
    lane = lane if lane in {code for code, _word, _icon in LANES} else ""
    found = find_talk(
        entity_id=request.seat.entity.pk,
        text=typed,
        most=ON_PAGE + 1,
        lanes=[lane] if lane else [],
        until=_moment(request.GET.get("before", "")),
    )
    shown, more = found[:ON_PAGE], found[ON_PAGE:]
    claims = claims_of_cases([one.case_id for one in shown])
    context = {
        "typed": typed,
        "is_short": 0 < len(typed) < LETTERS_MIN,
        "lane": lane,
        "lanes": LANES,
        "found": [(one, _href(one, claims)) for one in shown],
        "query": urlencode({"q": typed, "lane": lane}),
        "before": shown[-1].written_at.isoformat() if more else "",
    }
    return render(request, "desk/talk.html", context)


def _href(one: Talked, claims: dict[int, int]) -> str:
    claim = claims.get(one.case_id)
    return f"{address('claim', claim)}#msg-{one.entry_id}" if claim else ""


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text[:40])
    except ValueError:
        return None
    return found if found and found.tzinfo else None
