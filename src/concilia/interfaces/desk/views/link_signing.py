"""Signing by link on the settings page: kept."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from concilia.cases.actions.link_signing import set_sign_by_link
from concilia.identity.models import Role
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.links_section import typed_signing
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.settings import back_to, page

SECTION: Final = "links"


@require_POST
@desk_page(allow=(Role.ADMIN,))
def change(request: DeskRequest) -> HttpResponse:
    """Set who may sign from a mail, and up to which amount."""
    wanted = typed_signing(request.POST, request.seat.entity.currency)
    try:
        set_sign_by_link(wanted=wanted, by=request.seat.membership, at=timezone.now())
    except REFUSALS as refusal:
        return page(request, SECTION, error=words_of(refusal))
    messages.success(request, gettext("Kept. It holds for links that are out, too."))
    return back_to(SECTION)
