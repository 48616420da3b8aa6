"""The texts a company sends often, on the settings page."""

from __future__ import annotations

import re
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from concilia.claims.queries.answers import LANGUAGES
from concilia.correspondence.actions import AnswerRefused, keep_answer, reset_answer
from concilia.identity.models import Role
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.views.settings import back_to, page

SECTION: Final = "answers"
TEXT_MAX: Final = 4000
TITLE_MAX: Final = 80
CODE_MAX: Final = 40


@require_POST
@desk_page(allow=(Role.ADMIN,))
def keep(request: DeskRequest) -> HttpResponse:
    """Write a quick answer, or over one that came with the program."""
    given = request.POST
    titles = {code: words_in(given, f"title-{code}", most=TITLE_MAX) for code in LANGUAGES}
    texts = {code: words_in(given, f"text-{code}", most=TEXT_MAX) for code in LANGUAGES}
    code = given.get("code", "")[:CODE_MAX] or _code_of(next(filter(None, titles.values()), ""))
    try:
        keep_answer(
            code=code,
            titles=titles,
            texts=texts,
            is_active=given.get("active") == "1",
            member=request.seat.membership,
            at=timezone.now(),
        )
    except AnswerRefused as refusal:
        return page(request, SECTION, error=words_of(refusal))
    messages.success(request, gettext("Quick answer saved."))
    return back_to(SECTION)


@require_POST
@desk_page(allow=(Role.ADMIN,))
def drop(request: DeskRequest) -> HttpResponse:
    """Drop the company's own text."""
    code = request.POST.get("code", "")[:CODE_MAX]
    reset_answer(code=code, member=request.seat.membership, at=timezone.now())
    messages.success(request, gettext("Your own text was dropped."))
    return back_to(SECTION)


def _code_of(title: str) -> str:
    code = re.sub(r"[^a-z0-9]+", "_", slugify(title)).strip("_")[: CODE_MAX - 2]
    return code if code[:1].isalpha() else f"a_{code}"
