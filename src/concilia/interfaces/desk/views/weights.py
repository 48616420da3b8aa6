"""The order of work: previewed on today's list, then kept."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from concilia.cases.actions import WeightsRefused, change_weights, read_weights
from concilia.identity.models import Role
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.views.settings import back_to, page
from concilia.interfaces.desk.weights_section import WORDS, today_by, typed_weights

SECTION: Final = "work"
UNREADABLE: Final = 422


@require_POST
@desk_page(allow=(Role.ADMIN,))
def change(request: DeskRequest) -> HttpResponse:
    """Keep the weights."""
    wanted = typed_weights(request.POST, request.seat.entity.currency)
    try:
        change_weights(wanted=wanted, by=request.seat.membership, at=timezone.now())
    except WeightsRefused as refused:
        return page(request, SECTION, error=_told(refused), wrong=refused.name)
    messages.success(request, gettext("Saved; lists are in the new order from now on."))
    return back_to(SECTION)


@require_POST
@desk_page(allow=(Role.ADMIN,))
def preview(request: DeskRequest) -> HttpResponse:
    """Today's list as it would be, each claim with where it stands now."""
    wanted = typed_weights(request.POST, request.seat.entity.currency)
    context: dict[str, object] = {"is_preview": True}
    try:
        context["moved"] = today_by(request, read_weights(wanted), timezone.now())
    except WeightsRefused as refused:
        context["error"] = _told(refused)
    status = UNREADABLE if "error" in context else 200
    return render(request, "desk/settings/work_today.html", context, status=status)


def _told(refused: WeightsRefused) -> str:
    name = str(WORDS[refused.name][0]) if refused.name else ""
    return f"{name}: {words_of(refused)}" if name else words_of(refused)
