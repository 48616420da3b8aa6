"""Writing on a claim page: a note that stays inside, or words to the customer. Never by mistake."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST

from concilia.claims.actions import (
    ClaimRefused,
    Paper,
    ToneDoubted,
    add_note,
    write_to_customer,
)
from concilia.claims.models import Claim
from concilia.claims.queries.letters import own_words
from concilia.correspondence.models import Message
from concilia.interfaces.components.rights import HELPERS, WORKERS
from concilia.interfaces.components.uploads import require_size
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.claim_thread import thread_of
from concilia.interfaces.desk.claim_words import about_what
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.claim import page, read_dossier

UNREADABLE: Final = 422
FILES_MAX: Final = 10
TEXT_MAX: Final = 20_001  # one more than a note may have, so that it is told
OUT: Final = "out"


@require_POST
@desk_page(allow=HELPERS)
def say(request: DeskRequest, claim_id: int) -> HttpResponse:
    """
    Keep an internal note, or write to the customer: only if lane and pressed button agree.

    Without both saying so nothing leaves; a page that lost one of them writes nothing at all.
    """
    claim = read_dossier(request, claim_id).claim
    at = timezone.now()
    is_out = request.POST.get("lane") == OUT
    try:
        if is_out != (request.POST.get("as") == OUT):
            raise ClaimRefused(_("Say again who shall read this: nothing was written."))
        told = _write_out(request, claim, at) if is_out else _write_note(request, claim, at)
    except REFUSALS as refusal:
        errors = {
            "composer": words_of(refusal),
            "text": request.POST.get("text", ""),
            "lane": OUT if is_out else "note",
            "tone": "yes" if isinstance(refusal, ToneDoubted) else "",
        }
        if request.headers.get("HX-Request"):
            return _part(request, claim_id, errors, UNREADABLE)
        return page(request, claim_id, errors=errors, status=UNREADABLE)
    if request.headers.get("HX-Request"):
        response = _part(request, claim_id, {}, 200)
        response["HX-Trigger"] = json.dumps({"notice": {"text": told}})
        return response
    messages.success(request, told)
    return redirect(reverse("desk:claim", args=[claim_id]) + "#conversation")


def _part(request: DeskRequest, claim_id: int, errors: dict[str, str], status: int) -> HttpResponse:
    """The conversation alone, with the composer as it has to be now."""
    dossier = read_dossier(request, claim_id)
    context = {
        "claim": dossier.claim,
        "dossier": dossier,
        "thread": thread_of(dossier, "", request.seat.membership),
        "lane": "",
        "may_work": request.seat.may(*WORKERS),
        "may_help": request.seat.may(*HELPERS),
        "errors": errors,
    }
    return render(request, "desk/claims/thread.html", context, status=status)


def _write_note(request: DeskRequest, claim: Claim, at: datetime) -> str:
    text = words_in(request.POST, "text", most=TEXT_MAX)
    papers = [_paper(file) for file in _files(request)]
    add_note(claim_id=claim.pk, text=text, files=papers, member=request.seat.membership, at=at)
    return gettext("Note kept. It stays inside.")


def _write_out(request: DeskRequest, claim: Claim, at: datetime) -> str:
    if not request.seat.may(*WORKERS):
        raise ClaimRefused(_("Your role may write notes, not to customers."))
    if _files(request):
        raise ClaimRefused(_("Files are not sent from here: add them as evidence instead."))
    outgoing = own_words(
        claim=claim,
        member=request.seat.membership,
        body=words_in(request.POST, "text", most=TEXT_MAX),
        to=words_in(request.POST, "to", most=254),
        subject=f"{claim.case.number} · {about_what(claim)}",
    )
    message = write_to_customer(
        claim_id=claim.pk,
        outgoing=outgoing,
        member=request.seat.membership,
        at=at,
        may_blame=request.POST.get("may_blame") == "1",
    )
    if message.state == Message.State.WITHHELD:
        return gettext("The message was held back; the conversation says why.")
    return gettext("On its way to %(to)s.") % {"to": outgoing.to}


def _files(request: DeskRequest) -> list[UploadedFile[bytes]]:
    return request.FILES.getlist("files")[:FILES_MAX]


def _paper(file: UploadedFile[bytes]) -> Paper:
    """A file of a note; what the note says of it stays in the note."""
    require_size(file)
    return Paper(evidence="COR", filename=file.name or "", content=file.read())
