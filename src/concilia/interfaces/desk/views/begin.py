"""The first page of an empty installation: a company and the person who administers it."""

from __future__ import annotations

from typing import Final

from django import forms
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from concilia.identity.actions import (
    CUSTOMS,
    CodeRefused,
    NewCompany,
    NewPerson,
    SettingsRefused,
    found_company,
)
from concilia.identity.queries import is_founded
from concilia.interfaces.components.formats import base_language
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.settings_words import country_name

UNREADABLE: Final = 422
BACKEND: Final = "django.contrib.auth.backends.ModelBackend"


def countries() -> list[tuple[str, str]]:
    """The countries whose working days are known, by name in the reader's language."""
    language = base_language(get_language())
    named = [(code, country_name(code, language)) for code in CUSTOMS]
    return sorted(named, key=lambda choice: choice[1])


class BeginForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy(
            "The server printed it when it started; “concilia check” says it too."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "XXXX-XXXX"}),
        error_messages={"required": gettext_lazy("Write the code that the server printed.")},
    )
    company = forms.CharField(
        label=gettext_lazy("Company"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": gettext_lazy("Write the name of your company.")},
    )
    country = forms.ChoiceField(
        choices=countries,
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("Currency, working days and time of day follow it."),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write your name.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("This is not an e-mail address."),
        },
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=gettext_lazy("At least 10 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Choose a password.")},
    )


@sensitive_post_parameters("password", "code")
@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for the company and its first person, once; afterwards this is the log-in page."""
    if is_founded():
        return redirect("desk:login")
    form = BeginForm(request.POST if request.method == "POST" else None, initial=_likely())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            member = found_company(
                company=NewCompany(name=given["company"], country=given["country"]),
                person=NewPerson(
                    email=given["email"],
                    name=given["name"],
                    password=given["password"],
                    language=base_language(get_language()),
                ),
                code=given["code"],
                at=timezone.now(),
            )
        except CodeRefused as refusal:
            form.add_error("code", words_of(refusal))
        except SettingsRefused as refusal:
            form.add_error("password", words_of(refusal))
        else:
            login(request, member.user, backend=BACKEND)
            return redirect("desk:home")
    status = UNREADABLE if form.errors else 200
    return render(request, "desk/begin.html", {"form": form}, status=status)


def _likely() -> dict[str, str]:
    """The country most people who read this language are in; they change it with one click."""
    language = base_language(get_language())
    return {
        "country": next((c for c, custom in CUSTOMS.items() if custom.language == language), "")
    }
