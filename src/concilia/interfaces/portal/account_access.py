"""Who comes to a customer's account: a link, and after the light check a short session for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, Final, ParamSpec
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from concilia.dunning.core.account_links import account_path
from concilia.dunning.queries.accounts import Account, Standing, find_account
from concilia.identity.models import Language
from concilia.interfaces.portal.access import refuse_unknown, sealed

P = ParamSpec("P")
COOKIE: Final = "concilia_account"
SALT: Final = "concilia.portal.account"
SESSION_SECONDS: Final = 30 * 60
LANGUAGE_PARAMETER: Final = "language"


@dataclass(frozen=True, slots=True)
class Visit:
    """
    Somebody on an account's page.

    :param token: what stands in the address; kept out of everything but addresses
    :param passed: whether the light check was passed, with this link, lately
    """

    account: Account
    token: str
    language: str
    at: datetime
    passed: bool

    @property
    def root(self) -> str:
        """The path of the account's first page."""
        return account_path(self.token)


View = Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]


def account_page(view: View[P], *, is_open: bool = False) -> Callable[..., HttpResponse]:
    """
    Make a view of a page of an account: the link found, the check passed, the language set.

    Nobody can forge a form without knowing the address itself, so there is no CSRF token; phones
    may open mail in browsers that keep no cookie of other pages.

    :param is_open: whether the page is shown before the check, too; then it says nothing
    """

    @wraps(view)
    @csrf_exempt
    @sensitive_variables("token")
    def guarded(
        request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        at = timezone.now()
        account = find_account(token, at=at)
        if account is None:
            return sealed(refuse_unknown(request))
        visit = _visit(request, account, token, at)
        zone = ZoneInfo(account.entity.timezone)
        with translation.override(visit.language), timezone.override(zone):
            if account.standing is not Standing.READY:
                return sealed(_over(request, account))
            if not visit.passed and not is_open:
                return sealed(HttpResponseRedirect(visit.root, status=HTTPStatus.SEE_OTHER))
            try:
                response = view(request, visit, *args, **kwargs)
            except Http404:
                response = render(
                    request,
                    "portal/account/gone.html",
                    {"visit": visit},
                    status=HTTPStatus.NOT_FOUND,
                )
            return sealed(_kept(response, visit) if visit.passed else response)

    return guarded


def open_account_page(view: View[P]) -> Callable[..., HttpResponse]:
    """Make a view of the page where the light check is made."""
    return account_page(view, is_open=True)


def let_in(response: HttpResponse, visit: Visit) -> HttpResponse:
    """This will begin the session of a visit that passed the check."""
    return _kept(response, replace(visit, passed=True))


def let_out(response: HttpResponse, visit: Visit) -> HttpResponse:
    """This will end a session."""
    response.delete_cookie(COOKIE, path=visit.root)
    return response


def _visit(request: HttpRequest, account: Account, token: str, at: datetime) -> Visit:
    session = _session(request)
    passed = session.get("for") == _mark(token)
    asked = request.GET.get(LANGUAGE_PARAMETER, "")
    kept = session.get("language") if passed else ""
    language = next((one for one in (asked, kept) if one in Language.values), account.language)
    return Visit(account, token, language, at, passed)


def _session(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SESSION_SECONDS)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def _kept(response: HttpResponse, visit: Visit) -> HttpResponse:
    """The session goes on from now; it is good for this link alone, and in no other address."""
    if COOKIE in response.cookies:
        return response
    value = signing.dumps({"for": _mark(visit.token), "language": visit.language}, salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=SESSION_SECONDS,
        path=visit.root,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _mark(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def _over(request: HttpRequest, account: Account) -> HttpResponse:
    context = {"standing": account.standing.value}
    return render(request, "portal/account/over.html", context, status=HTTPStatus.GONE)
