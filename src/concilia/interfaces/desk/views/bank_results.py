"""What became of the payments of a statement, or of some days, as a CSV file."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from concilia.cash.queries.bank import statements
from concilia.cash.queries.bank_figures import SPAN_DAYS, Scope
from concilia.cash.queries.results import HEAD, Results
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.bank_forms import key_of
from concilia.interfaces.desk.exports import csv_response

DATE_LENGTH: Final = 10


@require_GET
@desk_page()
def results(request: DeskRequest) -> HttpResponseBase:
    """The payments of the statement the address names, of its days, or of the last thirty."""
    scope = _scope(request)
    rows = Results(entity_id=request.seat.entity.pk, scope=scope)
    cells = ([getattr(row, name) for name in HEAD] for row in rows)
    return csv_response("bank-results.csv", HEAD, cells)


def _scope(request: DeskRequest) -> Scope:
    key = key_of(request.GET.get("statement"))
    if key is not None:
        rows = statements(entity_id=request.seat.entity.pk)
        if not rows.filter(pk=key).exists():
            raise Http404
        return Scope(statement_id=key)
    since, until = _day(request.GET.get("from")), _day(request.GET.get("to"))
    if since or until:
        return Scope(since=since, until=until)
    return Scope.last(SPAN_DAYS, timezone.localdate())


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text and len(text) == DATE_LENGTH else None
    except ValueError:
        return None
