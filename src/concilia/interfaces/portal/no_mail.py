"""Refusing further mails by the link of one: a page, or a request of a mail program (RFC 8058)."""

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

from concilia.dunning.actions.self_service import refuse_mail
from concilia.dunning.core.account_links import WAY_OUT
from concilia.dunning.queries.accounts import Account, Standing, find_account
from concilia.interfaces.components.refusals import REFUSALS, words_of
from concilia.interfaces.portal.access import refuse_unknown, sealed
from concilia.interfaces.portal.human import Limiter, is_by_hand, stamp_of
from concilia.interfaces.portal.views import ONCE_MORE, TOO_OFTEN

SENT: Final = Limiter(times=20, seconds=600)
# What a mail program posts whose reader pressed its own button; nothing on our page says it.
BY_PROGRAM: Final = ("List-Unsubscribe", "One-Click")


@csrf_exempt  # nobody can forge what needs the address itself, and mail programs keep no cookies
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def no_mail(request: HttpRequest, token: str) -> HttpResponse:
    """
    No more mails to this address, without the light check: it tells neither who nor whose.

    Opening it changes nothing; a link whose time is over still refuses.
    """
    account = find_account(token, at=timezone.now())
    if account is None:
        return sealed(refuse_unknown(request))
    zone = ZoneInfo(account.entity.timezone)
    with translation.override(account.language), timezone.override(zone):
        return sealed(
            _refused(request, account) if request.method == "POST" else _page(request, account)
        )


def _refused(request: HttpRequest, account: Account) -> HttpResponse:
    name, value = BY_PROGRAM
    is_program = request.POST.get(name) == value
    if SENT.is_too_much(str(account.link.contact)):
        return _page(request, account, gettext(TOO_OFTEN), HTTPStatus.TOO_MANY_REQUESTS)
    if not is_program and not is_by_hand(
        request.POST, link_id=account.link.contact, at=timezone.now()
    ):
        return _page(request, account, gettext(ONCE_MORE), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        refuse_mail(account=account, at=timezone.now())
    except REFUSALS as refusal:
        return _page(request, account, words_of(refusal), HTTPStatus.UNPROCESSABLE_ENTITY)
    if is_program:  # it follows no redirect
        return HttpResponse(status=HTTPStatus.OK)
    return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)


def _page(
    request: HttpRequest, account: Account, problem: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    contact = account.contact
    context = {
        "contact": contact,
        "is_refused": contact is not None and contact.opted_out_at is not None,
        "root": request.path.removesuffix(WAY_OUT),
        "has_account": account.standing is Standing.READY,
        "problem": problem,
        "stamp": stamp_of(account.link.contact, timezone.now()),
    }
    return render(request, "portal/account/no_mail.html", context, status=status)
