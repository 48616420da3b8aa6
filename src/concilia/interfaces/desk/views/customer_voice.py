"""What customers say of us, and why they did not pay, by month, with the answers behind it."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from concilia.cases.queries.office import today_of
from concilia.dunning.queries.surveys import answers_in, voice_by_month
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.collection_words import motive_words

SHOWN: Final = 100


@require_GET
@desk_page()
def voice(request: DeskRequest) -> HttpResponse:
    """Satisfaction and reasons by month; a month opens its answers."""
    entity = request.seat.entity
    months = voice_by_month(entity=entity, today=today_of(entity, timezone.now()))
    chosen = _chosen(request.GET.get("month", ""), [month.first for month in months])
    context = {
        "months": [
            (
                month,
                [(motive_words(code), n) for code, n in month.motives],
                None if month.share is None else float(month.share),
            )
            for month in months
        ],
        "chosen": chosen,
        "answers": answers_in(entity=entity, first=chosen)[:SHOWN],
    }
    return render(request, "desk/customer_voice.html", context)


def _chosen(text: str, months: list[date]) -> date:
    """The month asked for, if it is one of those shown; else the newest."""
    return next((month for month in months if f"{month:%Y-%m}" == text), months[0])
