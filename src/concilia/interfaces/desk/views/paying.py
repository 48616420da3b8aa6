"""How customers pay, on the settings page: kept as set."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from concilia.dunning.actions.paying import PayingDraft, change_paying
from concilia.dunning.core.pay_to import FIELDS
from concilia.identity.models import Role
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.paying_section import currencies_of
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.settings import back_to, page

SECTION: Final = "paying"
VALUE_MAX: Final = 300


@require_POST
@desk_page(allow=(Role.ADMIN,))
def change(request: DeskRequest) -> HttpResponse:
    """Let customers pay to these accounts, and online by this provider or not at all."""
    given = request.POST
    provider = given.get("provider", "")
    draft = PayingDraft(
        is_on=given.get("on") == "1",
        provider=provider,
        values={
            key.removeprefix(f"{provider}-"): str(value)[:VALUE_MAX]
            for key, value in given.items()
            if key.startswith(f"{provider}-")
        },
        pay_to={
            currency: {
                name: str(given.get(f"{currency}-{name}", ""))[:VALUE_MAX] for name in FIELDS
            }
            for currency in currencies_of(request)
        },
    )
    try:
        change_paying(draft=draft, by=request.seat.membership, at=timezone.now())
    except REFUSALS as refusal:
        return page(request, SECTION, error=words_of(refusal))
    messages.success(request, gettext("Saved. Customers see it on their page from now on."))
    return back_to(SECTION)
