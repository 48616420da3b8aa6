"""Short messages on the settings page: kept as set, once the gateway answered."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from concilia.correspondence.actions import TextDraft, change_texting
from concilia.identity.models import Role
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.settings import back_to, page

SECTION: Final = "texting"
VALUE_MAX: Final = 200


@require_POST
@desk_page(allow=(Role.ADMIN,))
def change(request: DeskRequest) -> HttpResponse:
    """Send short messages by this gateway from now on, or no more."""
    given = request.POST
    gateway = given.get("gateway", "")
    draft = TextDraft(
        is_on=given.get("on") == "1",
        gateway=gateway,
        values={
            key.removeprefix(f"{gateway}-"): str(value)[:VALUE_MAX]
            for key, value in given.items()
            if key.startswith(f"{gateway}-")
        },
    )
    try:
        access = change_texting(draft=draft, by=request.seat.membership, at=timezone.now())
    except REFUSALS as refusal:
        return page(request, SECTION, error=words_of(refusal))
    done = gettext("The gateway answers. Short messages leave from now on.")
    off = gettext("Saved. No short messages leave.")
    messages.success(request, done if access.is_on else off)
    return back_to(SECTION)
