"""The log: everything that changed something, who did it, and the proof that it still says so."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from concilia.foundation.models import AuditEntry
from concilia.interfaces.components.rights import LOG_READERS
from concilia.interfaces.desk.access import DeskRequest, Seat, desk_page
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.log_words import actor_of, detail_of, sentence_of
from concilia.reporting.queries.log import (
    FAMILIES,
    LogFilter,
    Subject,
    check_chain,
    log_of,
    subjects_of,
)

PAGE = 50
PAGES = {
    "case": "claim",
    "document": "document",
    "arrival": "arrival",
    "bank_entry": "bank-payment",
    "import": "import-run",
}


@require_GET
@desk_page(allow=LOG_READERS)
def audit(request: DeskRequest) -> HttpResponse:
    """The log, newest first, with its filters."""
    asked = _asked(request)
    rows = log_of(entity_id=request.seat.entity.pk, asked=asked)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    entries = list(page.object_list)
    context = {
        "page": page,
        "lines": _lines(request.seat, entries),
        "asked": asked,
        "families": FAMILIES,
        "since": request.GET.get("since", ""),
        "is_filtered": asked != LogFilter(),
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/audit.html", context)


@require_GET
@desk_page(allow=LOG_READERS)
def audit_chain(request: DeskRequest) -> HttpResponse:
    """Compute the whole chain again and say whether it holds."""
    chain = check_chain(entity_id=request.seat.entity.pk)
    return render(request, "desk/audit_chain.html", {"chain": chain})


@require_GET
@desk_page(allow=LOG_READERS)
def audit_file(request: DeskRequest) -> HttpResponseBase:
    """The filtered log as CSV, with the digests, streamed."""
    rows = log_of(entity_id=request.seat.entity.pk, asked=_asked(request))
    answer = StreamingHttpResponse(_csv(rows.iterator(2000)), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="log-{request.seat.entity.code}.csv"'
    return answer


def _asked(request: DeskRequest) -> LogFilter:
    given = request.GET
    return LogFilter(
        family=given.get("family", ""),
        who=given.get("who", "").strip()[:80].replace("\x00", ""),
        people_only=bool(given.get("people")),
        since=_midnight(given.get("since", ""), request.seat),
    )


def _midnight(text: str, seat: Seat) -> datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(seat.entity.timezone))


def _lines(seat: Seat, entries: list[AuditEntry]) -> list[dict[str, Any]]:
    subjects = subjects_of(entity_id=seat.entity.pk, entries=entries)
    return [
        {
            "entry": entry,
            "who": actor_of(entry),
            "what": sentence_of(entry),
            "detail": detail_of(entry),
            "about": (about := subjects.get((entry.subject_type, entry.subject_id))),
            "href": _href(about),
        }
        for entry in entries
    ]


def _href(about: Subject | None) -> str:
    """Where the thing an entry is about is shown; some have no page of their own."""
    return address(PAGES[about.kind], about.page_key) if about and about.kind in PAGES else ""


class _Line:
    """What `csv.writer` writes to: hands every line on."""

    def write(self, value: str) -> str:
        return value


def _csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    writer = csv.writer(_Line())
    names = ("seq", "at", "actor", "kind", "act", "subject", "data", "reason", "previous", "hash")
    yield writer.writerow(names)
    for entry in entries:
        yield writer.writerow(
            [
                entry.seq,
                entry.at.isoformat(),
                _safe(entry.actor_name),
                entry.actor_kind,
                entry.act,
                f"{entry.subject_type}:{entry.subject_id}",
                _safe(str(entry.data)),
                _safe(entry.reason),
                entry.previous_hash,
                entry.hash,
            ]
        )


def _safe(text: str) -> str:
    """A spreadsheet must not take a stranger's words for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
