"""Papers as they came: the original beside what was read, its pages as pictures, its download."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from concilia.documents.models import Document
from concilia.interfaces.components.downloads import HARMLESS, download
from concilia.interfaces.components.originals import NotDrawn, draw_original, file_of
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.opened import open_document

THUMB: Final = 120
WIDTHS: Final = (THUMB, 360, 720, 1440)
PAGE_NUMBER_MAX: Final = 1000


def document_of(request: DeskRequest, document_id: int) -> Document:
    """
    This will be a document of the person's entity.

    :raises Http404: if there is none, or it is another creditor's
    """
    return get_object_or_404(Document, pk=document_id, entity=request.seat.entity)


@require_GET
@desk_page()
def document(request: DeskRequest, document_id: int) -> HttpResponse:
    """One paper, its original beside what was read; nothing can be changed here."""
    shown = document_of(request, document_id)
    context = {"document": shown, "opened": open_document(shown), "may_act": False}
    return render(request, "desk/document.html", context)


@require_GET
@desk_page()
def document_file(request: DeskRequest, document_id: int) -> HttpResponse:
    """Hand out the original, byte by byte as it came, as a download and nothing else."""
    document = document_of(request, document_id)
    return download(sha256=document.blob_id, filename=document.filename)


@require_GET
@desk_page()
def document_page(request: DeskRequest, document_id: int, page: int) -> HttpResponse:
    """Draw one page of the original anew, as an image; it never changes, so it is kept."""
    document = document_of(request, document_id)
    if not 1 <= page <= PAGE_NUMBER_MAX:
        raise Http404
    wanted = request.GET.get("width", "")
    width = next((w for w in WIDTHS if wanted.isdecimal() and int(wanted) <= w), WIDTHS[-1])
    tag = f'"{document.blob_id[:32]}-{page}-{width}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    try:
        image = draw_original(file_of(document), number=page, width=width)
    except NotDrawn as refusal:
        if width == THUMB:  # a card looks as well without its picture
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        raise Http404(gettext("This page cannot be drawn.")) from refusal
    response = HttpResponse(image, content_type="image/webp")
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=86400"
    response["Content-Security-Policy"] = HARMLESS
    return response
