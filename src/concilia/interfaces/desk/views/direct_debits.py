"""Files of direct debits: written for a day, fetched for the bank."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET, require_POST

from concilia.dunning.actions.mandates import make_direct_debits
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.models import DirectDebitFile
from concilia.foundation.blobs import read_blob
from concilia.interfaces.components.refusals import REFUSALS, words_of
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page


@require_POST
@desk_page(allow=WORKERS)
def make(request: DeskRequest) -> HttpResponse:
    """Write the file that collects what is due by mandate on a day."""
    try:
        day = _day(request.POST.get("day", ""))
        row = make_direct_debits(by=request.seat.membership, collection_date=day, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    else:
        said = gettext("Written: %(file)s. Fetch it below and give it to your bank.")
        messages.success(request, said % {"file": row.identification})
    return redirect("desk:collections")


@require_GET
@desk_page(allow=WORKERS)
def fetch(request: DeskRequest, file_id: int) -> HttpResponse:
    """The file as it was written."""
    rows = DirectDebitFile.objects.select_related("blob")
    row = get_object_or_404(rows, pk=file_id, entity=request.seat.entity)
    response = HttpResponse(
        read_blob(sha256=row.blob.sha256), content_type="application/xml; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{row.identification}.xml"'
    return response


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as no_day:
        raise CollectionRefused(gettext_noop("Choose a day.")) from no_day
