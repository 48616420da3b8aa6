"""Coming in, going out, and what a person sets for themselves: language, theme, whose books."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concilia.identity.models import Language, User
from concilia.identity.queries import is_founded
from concilia.interfaces.desk.access import ENTITY_KEY, DeskRequest, desk_page, find_seat
from concilia.interfaces.desk.palette import palette_groups
from concilia.interfaces.desk.recent import opened_lately

THEMES: Final = frozenset({"system", "light", "dark"})
LANGUAGE_COOKIE_SECONDS: Final = 365 * 24 * 3600
NOON, EVENING = 12, 18


class LoginForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        widget=forms.EmailInput(
            attrs={"autocomplete": "username", "placeholder": "name@company.example"}
        ),
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("This is not an e-mail address."),
        },
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Write your password.")},
    )


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The log-in page; after it, the page the person wanted."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    if not is_founded():
        return redirect("desk:begin")
    form = LoginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(
            request,
            email=form.cleaned_data["email"].lower(),
            password=form.cleaned_data["password"],
        )
        if isinstance(user, User):
            login(request, user)
            return _remember_language(redirect(_next(request)), user.language)
        form.add_error("password", _refusal(request))
    status = 422 if form.errors else 200
    context = {"form": form, "greeting": _greeting(), "next": _next(request)}
    return render(request, "desk/login.html", context, status=status)


def _refusal(request: HttpRequest) -> str:
    if getattr(request, "axes_locked_out", False):
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        return gettext("Too many tries. Wait %(minutes)s minutes, then try again.") % {
            "minutes": minutes
        }
    return gettext("E-mail or password is wrong.")


def say_wait(
    request: HttpRequest, answer: HttpResponse, credentials: dict[str, str] | None = None
) -> HttpResponse:
    """After too many tries the log-in page itself says how long to wait, with the right status."""
    answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return answer


def _greeting() -> str:
    hour = timezone.localtime().hour
    if hour < NOON:
        return gettext("Good morning")
    return gettext("Good afternoon") if hour < EVENING else gettext("Good evening")


def _next(request: HttpRequest) -> str:
    """Where to go on; never to another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else settings.LOGIN_REDIRECT_URL


@require_POST
def log_out(request: HttpRequest) -> HttpResponseRedirect:
    """End the session. A GET would let any page end it."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _remember_language(response: HttpResponseRedirect, language: str) -> HttpResponseRedirect:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=LANGUAGE_COOKIE_SECONDS,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponseRedirect:
    """Keep the language: in this browser, and with the person once they are logged in."""
    response = redirect(_next(request))
    language = request.POST.get("language", "")
    if language not in Language.values:
        return response
    if isinstance(request.user, User):
        User.objects.filter(pk=request.user.pk).update(language=language)
    return _remember_language(response, language)


@require_POST
@desk_page()
def set_theme(request: DeskRequest) -> HttpResponse:
    """Keep light, dark or the system's choice with the person."""
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        User.objects.filter(pk=request.user.pk).update(theme=theme)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return redirect(_next(request))


@require_POST
@desk_page()
def set_entity(request: DeskRequest) -> HttpResponseRedirect:
    """Change to the books of another creditor the person works for; always starts at its home."""
    wanted = request.POST.get("entity", "")
    seat = find_seat(request.user, int(wanted)) if wanted.isdecimal() else None
    if seat and str(seat.entity.pk) == wanted:
        request.session[ENTITY_KEY] = seat.entity.pk
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_GET
@desk_page()
def palette(request: DeskRequest) -> HttpResponse:
    """The lines of the command palette for what was typed."""
    typed = request.GET.get("q", "")
    lately = [] if typed.strip() else opened_lately(request, timezone.now())
    groups = palette_groups(request.seat, typed, request.path, lately)
    return render(request, "desk/palette.html", {"groups": groups, "typed": typed.strip()})
