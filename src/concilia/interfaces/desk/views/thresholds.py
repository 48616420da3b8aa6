"""Cash application on the settings page: thresholds, and whether payments go to the ERP."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from concilia.cash.actions import (
    ExportRefused,
    ThresholdsRefused,
    change_payment_export,
    change_thresholds,
)
from concilia.cash.core.thresholds import THRESHOLDS
from concilia.identity.models import Role
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.threshold_words import NAMES
from concilia.interfaces.desk.views.settings import back_to, page

SECTION: Final = "matching"
ERP: Final = "erp"


@require_POST
@desk_page(allow=(Role.ADMIN,))
def change(request: DeskRequest) -> HttpResponse:
    """Set the thresholds; a value that cannot be is told with its name."""
    wanted = {name: request.POST[name][:20_000] for name in THRESHOLDS if name in request.POST}
    try:
        change_thresholds(wanted=wanted, by=request.seat.membership, at=timezone.now())
    except ThresholdsRefused as refused:
        label = str(NAMES[refused.name][0]) if refused.name else ""
        told = f"{label}: {words_of(refused)}" if label else words_of(refused)
        return page(request, SECTION, error=told, wrong=refused.name)
    messages.success(request, gettext("Thresholds saved; they hold from the next payment on."))
    return back_to(SECTION)


@require_POST
@desk_page(allow=(Role.ADMIN,))
def payments_to_erp(request: DeskRequest) -> HttpResponse:
    """Hand posted payments over to the ERP from now on, or no more."""
    wanted = request.POST.get("on") == "1"
    try:
        change_payment_export(is_wanted=wanted, by=request.seat.membership, at=timezone.now())
    except ExportRefused as refused:
        return page(request, ERP, error=words_of(refused))
    told = (
        gettext("Payments go to the ERP from the next one on.")
        if wanted
        else gettext("Payments stay here from now on.")
    )
    messages.success(request, told)
    return back_to(ERP)
