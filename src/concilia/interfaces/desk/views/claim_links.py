"""Taking a link back, and sending a new one in its place."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from concilia.cases.actions import revoke_link
from concilia.cases.models import ActionLink
from concilia.claims.actions import send_link_again
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.claim import read_dossier


@require_POST
@desk_page(allow=WORKERS)
def link(request: DeskRequest, claim_id: int, link_id: int) -> HttpResponse:
    """Do with a link what the pressed button says."""
    claim = read_dossier(request, claim_id).claim
    found = ActionLink.objects.filter(pk=link_id, case=claim.case_id).first()
    act = request.POST.get("act", "")
    if found is None or act not in {"again", "revoke"}:
        raise Http404(gettext("There is no such link."))
    member, at = request.seat.membership, timezone.now()
    said = {"name": found.name or found.address}
    try:
        if act == "again":
            send_link_again(link_id=found.pk, member=member, at=at)
            told = gettext(
                "A new link is on its way to %(name)s; the old one does nothing any more."
            )
        else:
            revoke_link(link_id=found.pk, member=member, at=at)
            told = gettext("The link of %(name)s does nothing any more.")
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    else:
        messages.success(request, told % said)
    return redirect("desk:claim", claim_id)
