"""The page behind a link: opened however often, it acts once, when a person sends it."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from concilia.cases.core.links import LinkEnded, Standing, correctable_until
from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ActionLink
from concilia.cases.queries.links import is_to_sign, standing_of_link
from concilia.claims.actions import (
    ClaimRefused,
    LinkAnswer,
    answer_by_link,
    correct_by_link,
    sign_by_link,
)
from concilia.claims.models import Claim
from concilia.interfaces.components.refusals import REFUSALS, words_of
from concilia.interfaces.portal.access import linked_page
from concilia.interfaces.portal.asked import SETTLED, Asked, answer_words, asked_of
from concilia.interfaces.portal.human import Limiter, is_by_hand, stamp_of
from concilia.interfaces.portal.signing import to_sign

WORDS_MAX: Final = 4000
FILES_MAX: Final = 10
BYTES_MAX: Final = 50 * 1024**2
COUNT_DIGITS_MAX: Final = 7
OUTCOMES: Final = {
    one.value: one for one in (SignOutcome.APPROVE, SignOutcome.RETURN, SignOutcome.REJECT)
}
SENT: Final = Limiter(times=30, seconds=600)
ONCE_MORE: Final = _("Please send it once more: this went faster than anybody can read.")
TOO_OFTEN: Final = _("This was sent too often. Please wait a few minutes.")
GONE: Final = HTTPStatus.GONE


@csrf_exempt  # nobody can forge what needs the address itself, and phones may keep no cookies
@require_http_methods(["GET", "HEAD", "POST"])
@linked_page
def act(request: HttpRequest, link: ActionLink) -> HttpResponse:
    """What a link asks, or what became of it; only a form that a person sends does anything."""
    at = timezone.now()
    if request.method != "POST":
        return _shown(request, link, at)
    if SENT.is_too_much(str(link.pk)):
        return _asking(request, link, at, gettext(TOO_OFTEN), HTTPStatus.TOO_MANY_REQUESTS)
    try:
        if not is_by_hand(request.POST, link_id=link.pk, at=at):
            return _asking(request, link, at, gettext(ONCE_MORE))
        _do(request, link, at)
    except LinkEnded:
        pass  # the page itself says what became of it
    except REFUSALS as refusal:
        return _asking(request, link, at, words_of(refusal))
    return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)


def _do(request: HttpRequest, link: ActionLink, at: datetime) -> None:
    if is_to_sign(link):
        outcome = OUTCOMES.get(request.POST.get("outcome", ""))
        if outcome is None:
            raise ClaimRefused(_("Choose what you decide."))
        words = request.POST.get("words", "")[:WORDS_MAX]
        sign_by_link(link_id=link.pk, outcome=outcome, comment=words, at=at)
        return
    asked = asked_of(link, _claim(link))
    answer = _answer(request, asked)
    if standing_of_link(link, at) is Standing.USED:
        correct_by_link(link_id=link.pk, answer=answer, at=at)
    else:
        answer_by_link(link_id=link.pk, answer=answer, at=at)


def _answer(request: HttpRequest, asked: Asked) -> LinkAnswer:
    """
    What the form says.

    :raises ClaimRefused: if nothing was chosen, or the words that are the answer are missing
    """
    sent = request.POST
    choice = asked.choice(sent.get("choice", ""))
    if asked.choices and choice is None:
        raise ClaimRefused(_("Choose an answer."))
    files = request.FILES.getlist("files")
    words = [sent.get("words", "").strip()[:WORDS_MAX]]
    words += [
        f"{name}: {value}"
        for n, name in enumerate(asked.fields)
        if (value := sent.get(f"field-{n}", "").strip()[:WORDS_MAX])
    ]
    said = "\n".join(one for one in words if one)
    if not said and not files and not (choice and asked.choices):
        raise ClaimRefused(_("Write your answer, or add a photo."))
    if len(files) > FILES_MAX:
        raise ClaimRefused(_("These are more than {most} files."), most=FILES_MAX)
    if sum(file.size or 0 for file in files) > BYTES_MAX:
        raise ClaimRefused(_("All files together may have {size} MB."), size=BYTES_MAX // 1024**2)
    digits = sent.get("count", "").strip()[:COUNT_DIGITS_MAX]
    return LinkAnswer(
        text=answer_words(asked, choice, int(digits) if digits.isdecimal() else None, said),
        files=[(file.name or "photo", file.read()) for file in files if file.size],
        is_settled=bool(choice and choice.value == SETTLED),
        outcome=choice.value if choice and choice.value in asked.outcomes else "",
    )


def _shown(request: HttpRequest, link: ActionLink, at: datetime) -> HttpResponse:
    standing = standing_of_link(link, at)
    if standing is Standing.READY:
        return _asking(request, link, at)
    if standing is Standing.USED:
        until = correctable_until(link.life)
        may_correct = until is not None and at < until
        if may_correct and "again" in request.GET:
            return _asking(request, link, at)
        return _done(request, link, until if may_correct else None)
    return _over(request, link, standing)


def _asking(
    request: HttpRequest,
    link: ActionLink,
    at: datetime,
    problem: str = "",
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    """The form; with what was typed and what is wrong, if it was sent already."""
    standing = standing_of_link(link, at)
    until = correctable_until(link.life)
    corrects = standing is Standing.USED and until is not None and at < until
    if standing is not Standing.READY and not corrects:
        return _shown(request, link, at)
    claim = _claim(link)
    context: dict[str, Any] = {
        **_who(link, claim),
        "stamp": stamp_of(link.pk, at),
        "problem": problem,
        "sent": request.POST,
        "corrects": corrects,
    }
    code = status if problem else HTTPStatus.OK
    if is_to_sign(link):
        context["asked"] = to_sign(link, claim, at)
        return render(request, "portal/sign.html", context, status=code)
    context["asked"] = asked = asked_of(link, claim)
    context["fields"] = [
        (n, name, request.POST.get(f"field-{n}", "")) for n, name in enumerate(asked.fields)
    ]
    return render(request, "portal/ask.html", context, status=code)


def _done(request: HttpRequest, link: ActionLink, until: datetime | None) -> HttpResponse:
    """What was sent with a link that is used: this page is all that is left of it."""
    claim = _claim(link)
    papers = link.papers.select_related("arrival__document").order_by("pk")
    context = {
        **_who(link, claim),
        "said": link.said.splitlines(),
        "papers": list(papers),
        "until": until,
        "seat": link.seat if is_to_sign(link) else None,
    }
    return render(request, "portal/done.html", context)


def _over(request: HttpRequest, link: ActionLink, standing: Standing) -> HttpResponse:
    """Kindly: why nothing can be done here, and whom to ask."""
    claim = _claim(link)
    answered_by = link.step.done_by if link.step and standing is Standing.OVER else None
    context = {
        **_who(link, claim),
        "standing": standing.value,
        "answered_by": answered_by if link.member_id else None,
        "signed": link.seat if is_to_sign(link) else None,
    }
    return render(request, "portal/over.html", context, status=GONE)


def _who(link: ActionLink, claim: Claim) -> dict[str, Any]:
    """Whom the page is for, who asks, and where to write: on every page of a link."""
    asker = link.issued_by or claim.case.owner
    return {
        "link": link,
        "claim": claim,
        "entity": link.entity,
        "asker": asker,
        "asker_first": asker.user.name.split()[0] if asker else link.entity.name,
        "name": link.name.split()[0] if link.member_id and link.name else link.name,
        "write_to": link.entity.email,
    }


def _claim(link: ActionLink) -> Claim:
    rows = Claim.objects.select_related(
        "customer", "invoice__delivery", "delivery", "case__owner__user", "entity"
    )
    found = rows.filter(case=link.case_id).first()
    if found is None:
        raise Http404
    return found
