"""How was it? Two questions by a link, one answer, no account."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from concilia.dunning.actions import answer_survey
from concilia.dunning.core.satisfaction import SCORES, WORDS_MAX
from concilia.dunning.models import Survey
from concilia.dunning.queries.surveys import find_survey
from concilia.interfaces.components.refusals import REFUSALS, words_of
from concilia.interfaces.portal.access import refuse_unknown, sealed
from concilia.interfaces.portal.human import Limiter, is_by_hand, stamp_of
from concilia.interfaces.portal.views import ONCE_MORE, TOO_OFTEN

SENT: Final = Limiter(times=20, seconds=600)


@csrf_exempt  # nobody can forge what needs the address itself, and phones may keep no cookies
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """The two questions; only a form that a person sends answers them."""
    row = find_survey(token)
    if row is None:
        return sealed(refuse_unknown(request))
    with translation.override(row.language), timezone.override(ZoneInfo(row.entity.timezone)):
        return sealed(_answered(request, row) if request.method == "POST" else _page(request, row))


def _answered(request: HttpRequest, row: Survey) -> HttpResponse:
    at, sent = timezone.now(), request.POST
    if SENT.is_too_much(str(row.pk)):
        return _page(request, row, gettext(TOO_OFTEN), HTTPStatus.TOO_MANY_REQUESTS)
    if not is_by_hand(sent, link_id=row.pk, at=at):
        return _page(request, row, gettext(ONCE_MORE))
    score = sent.get("score", "")
    try:
        answer_survey(
            survey_id=row.pk,
            score=int(score) if score in {str(each) for each in SCORES} else 0,
            words=sent.get("words", "").replace("\x00", "")[:WORDS_MAX],
            at=at,
        )
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _page(request, row, words_of(refusal))
    return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)


def _page(
    request: HttpRequest, row: Survey, problem: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    at = timezone.now()
    context = {
        "entity": row.entity,
        "row": row,
        "is_over": row.answered_at is None and at >= row.expires_at,
        "scores": [
            (5, gettext("very well")),
            (4, gettext("well")),
            (3, gettext("so-so")),
            (2, gettext("not well")),
            (1, gettext("badly")),
        ],
        "problem": problem,
        "sent": request.POST,
        "stamp": stamp_of(link_id=row.pk, at=at),
    }
    return render(request, "portal/survey.html", context, status=status)
