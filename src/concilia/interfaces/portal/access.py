"""Who comes by a link: the link itself says who, in which language, and for what."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, Final, ParamSpec
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.module_loading import import_string
from django.views.decorators.debug import sensitive_variables

from concilia.cases.models import ActionLink
from concilia.cases.queries.links import find_link
from concilia.interfaces.portal.human import Limiter

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, ActionLink, P], HttpResponse]

# Whoever tries tokens is told less and less; a good link is opened whoever else tries.
FORGED: Final = Limiter(times=20, seconds=600)


def linked_page(view: View[P]) -> Callable[..., HttpResponse]:
    """
    Make a view of a page behind a link: the link found, its addressee's language and time chosen.

    The address is a secret. So nothing keeps the answer, no other page is told where its reader
    came from, no other page may show it in a frame, and no search engine lists it.
    """

    @wraps(view)
    @sensitive_variables("token")
    def guarded(
        request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        link = find_link(token)
        if link is None:
            return sealed(unknown(request))
        zone = ZoneInfo(link.entity.timezone)
        with translation.override(link.language), timezone.override(zone):
            if _is_of_somebody_else(request, link):
                return sealed(_not_yours(request, link))
            try:
                return sealed(view(request, link, *args, **kwargs))
            except Http404:
                return sealed(unknown(request))

    return guarded


def _is_of_somebody_else(request: HttpRequest, link: ActionLink) -> bool:
    """Who is logged in as another colleague acts as themselves, at the desk."""
    user = request.user
    return bool(link.member and user.is_authenticated and user.pk != link.member.user_id)


def _not_yours(request: HttpRequest, link: ActionLink) -> HttpResponse:
    return render(request, "portal/not_yours.html", {"link": link}, status=HTTPStatus.FORBIDDEN)


def unknown(request: HttpRequest) -> HttpResponse:
    asks = import_string(settings.AXES_CLIENT_IP_CALLABLE)(request)
    status = HTTPStatus.NOT_FOUND
    if FORGED.is_too_much(asks):
        status = HTTPStatus.TOO_MANY_REQUESTS
    return render(request, "portal/unknown.html", status=status)


def sealed(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["X-Frame-Options"] = "DENY"
    return response
