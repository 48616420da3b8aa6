"""The language model on the settings page: kept as it is set, and tried."""

from __future__ import annotations

from math import ceil
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from concilia.identity.models import Role
from concilia.intake.actions import ModelDraft, change_model_access
from concilia.intake.actions.asking import Tried, try_model
from concilia.intake.actions.model_access import USUAL
from concilia.interfaces.components.formats import format_number
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.claim_words import language
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.settings import back_to, page

SECTION: Final = "model"
DIGITS_MAX: Final = 9
NONSENSE: Final = -1  # a number that no act accepts


@require_POST
@desk_page(allow=(Role.ADMIN,))
def change(request: DeskRequest) -> HttpResponse:
    """Keep what is set; with the other button, ask about a letter of ours as well."""
    member, at = request.seat.membership, timezone.now()
    try:
        access = change_model_access(draft=_draft(request), by=member, at=at)
        if request.POST.get("act") != "try":
            done = gettext("The language model is asked from now on.")
            off = gettext("Saved. No language model is asked.")
            messages.success(request, done if access.is_on else off)
            return back_to(SECTION)
        tried = try_model(by=member, at=timezone.now())
    except REFUSALS as refusal:
        return page(request, SECTION, error=words_of(refusal))
    messages.success(request, _tried_words(tried))
    return back_to(SECTION)


def _draft(request: DeskRequest) -> ModelDraft:
    given = request.POST
    count = "".join(given.get("calls_max", "").split())
    is_count = count.isascii() and count.isdecimal() and len(count) <= DIGITS_MAX
    return ModelDraft(
        is_on=given.get("on") == "1",
        url=given.get("url", ""),
        model=given.get("model", ""),
        key=given.get("key", ""),
        forgets_key=given.get("forget") == "1",
        kinds=given.getlist("kinds"),
        calls_max=int(count) if is_count else NONSENSE,
        connector=given.get("connector") or USUAL,
    )


def _tried_words(tried: Tried) -> str:
    rounded = ceil(tried.seconds)
    seconds = format_number(rounded, language())
    told = ngettext(
        "%(model)s answered within %(seconds)s second and found %(found)s of %(of)s values.",
        "%(model)s answered within %(seconds)s seconds and found %(found)s of %(of)s values.",
        rounded,
    )
    return told % {
        "model": tried.model,
        "seconds": seconds,
        "found": tried.found,
        "of": tried.of,
    }
