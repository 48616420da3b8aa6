"""
Texts people send often, with the values of a case put in.

What has no value stays in braces, for the writer to see; whatever still has a brace field never
leaves (`open_fields`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from concilia.correspondence.core import figures
from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.quick_texts import TEXTS, TITLES
from concilia.correspondence.core.templates import one_line
from concilia.kernel.money import Money

FIELD: Final = re.compile(r"\{([a-z][a-z_]{1,29})\}")
# name: who wrote to us · claim: our number · about: the number they know · amount: what they claim
# until: our next deadline · owner: who works on it · sender, company: who writes
FIELDS: Final = frozenset(
    {"name", "claim", "about", "amount", "until", "owner", "sender", "company", "customer"}
)
CODES: Final = tuple(TEXTS)


def open_fields(text: str) -> frozenset[str]:
    """Return the names of the fields a text still asks for."""
    return frozenset(FIELD.findall(text))


def fill(text: str, language: Language | str, values: Mapping[str, str | Money | date]) -> str:
    """
    Put values into a text, each on one line; what has none stays as it is.

    Values come from papers and strangers: a brace in one of them is no field.
    """
    tongue = Language(language)
    written = {name: _written(value, tongue) for name, value in values.items()}
    return FIELD.sub(lambda match: written.get(match.group(1)) or match.group(0), text)


def _written(value: str | Money | date, tongue: Language) -> str:
    if isinstance(value, Money):
        return figures.money(value.minor, value.currency, tongue)
    if isinstance(value, date):
        return figures.day(value, tongue)
    return one_line(value).replace("{", "(").replace("}", ")")


def shipped_text(code: str, language: Language | str) -> str:
    """Return a text Concilia comes with; empty for an unknown code."""
    return TEXTS.get(code, {}).get(Language(language), "")


def shipped_title(code: str, language: Language | str) -> str:
    """Return what a text Concilia comes with is called; empty for an unknown code."""
    return TITLES.get(code, {}).get(Language(language), "")
