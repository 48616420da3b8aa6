"""Settings in words: what connectors ask for, in the reader's language, and names of countries."""

from __future__ import annotations

from typing import Final

from babel import Locale
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

MISSING: Final = " is missing"
# Connectors are plug-ins and speak English; what ours say is translated here.
KNOWN: Final = frozenset(
    {
        _("Folder"),
        _("An absolute path; it must exist"),
        _("Language of the readable file"),
        _("en, it, fr, es or de; en if left empty"),
        _("Address"),
        _("Database"),
        _("User"),
        _("A user of its own, in the group Accounting"),
        _("Password"),
        _("Accounts by role"),
        _("One line for each: PRICE_ALLOWANCE = 4.3.1"),
        _("Taxes by VAT code or rate"),
        _("One line for each: 22 = IVA 22%"),
        _("Sales journal (code)"),
        _("REV if left empty"),
        _("Journal for other entries (code)"),
        _("MISC if left empty"),
        _("Apply credits to the original invoice (yes or no)"),
        _("yes if left empty"),
    }
)


def setting_words(english: str) -> str:
    """What a connector says, translated where it is one of ours."""
    return gettext(english) if english in KNOWN else english


def said_of_settings(english: str) -> str:
    """Why a connector refuses its settings; what is missing is said in the reader's language."""
    name, said, rest = english.partition(MISSING)
    if said and not rest:
        return gettext("%(name)s is missing") % {"name": setting_words(name)}
    return english


def country_name(code: str, language: str) -> str:
    """`IT` as people say it: `Italy`, `Italien`; an unknown code stays."""
    return str(Locale.parse(language).territories.get(code.upper(), code))


def language_name(code: str, language: str) -> str:
    """`it` as people say it: `Italian`, `Italienisch`; an unknown code stays."""
    return str(Locale.parse(language).languages.get(code, code))
