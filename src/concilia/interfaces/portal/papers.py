"""The papers a signature rests on, drawn anew; only for who is asked to sign, while they are."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from concilia.cases.core.links import Standing
from concilia.cases.models import ActionLink, CaseDocument
from concilia.cases.queries.links import is_to_sign, standing_of_link
from concilia.claims.models import Claim
from concilia.interfaces.components.downloads import HARMLESS
from concilia.interfaces.components.originals import (
    NotDrawn,
    draw_original,
    file_of,
    open_original,
)
from concilia.interfaces.portal.access import linked_page
from concilia.interfaces.portal.signing import paper_of

WIDTH: Final = 720
THUMB: Final = 120
PAGES_MAX: Final = 20
TEXT_MAX: Final = 20_000


@require_safe
@linked_page
def paper(request: HttpRequest, link: ActionLink, paper_id: int) -> HttpResponse:
    """One paper of the case, its pages below each other; what has no pages, as text."""
    row = _paper(link, paper_id)
    opened = open_original(file_of(row.document))
    pages = range(1, min(len(opened.pages), PAGES_MAX) + 1)
    context = {
        "link": link,
        "entity": link.entity,
        "row": row,
        "token": request.path.split("/")[2],
        "pages": list(pages),
        "text": opened.text[:TEXT_MAX],
    }
    return render(request, "portal/paper.html", context)


@require_safe
@linked_page
def page(request: HttpRequest, link: ActionLink, paper_id: int, page: int) -> HttpResponse:
    """One page of a paper as a picture."""
    row = _paper(link, paper_id)
    width = THUMB if request.GET.get("small") else WIDTH
    try:
        image = draw_original(file_of(row.document), number=page, width=width)
    except NotDrawn as refusal:
        raise Http404 from refusal
    response = HttpResponse(image, content_type="image/webp")
    response["Content-Security-Policy"] = HARMLESS
    return response


def _paper(link: ActionLink, paper_id: int) -> CaseDocument:
    if not is_to_sign(link) or standing_of_link(link, timezone.now()) is not Standing.READY:
        raise Http404
    row = paper_of(Claim.objects.get(case=link.case_id), paper_id)
    if row is None:
        raise Http404
    return row
