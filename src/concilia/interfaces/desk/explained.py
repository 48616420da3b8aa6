"""What the matching engine found, as a person reads it: amounts and days in their way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.timezone import localdate
from django.utils.translation import get_language

from concilia.interfaces.components.formats import base_language, format_day, money_text
from concilia.kernel.currencies import UnknownCurrency, exponent_of
from concilia.matching.explanations import Explanation, from_json, render

# The engine writes for every reader at once: `1458.50 EUR`, `2026-10-21`.
AMOUNT: Final = re.compile(r"(?<![\w.-])(-?\d+(?:\.\d+)?) ([A-Z]{3})\b")
DAY: Final = re.compile(r"\b(\d{4}-\d\d-\d\d)\b")


def explained(kept: Iterable[Mapping[str, Any]]) -> str:
    """This will be the explanation in the reader's language; nothing for an empty one."""
    language = base_language(get_language())
    parts = tuple(
        part._replace(
            arguments={name: _written(said, language) for name, said in part.arguments.items()}
        )
        for part in from_json(kept).parts
    )
    return render(Explanation(parts), language)


def _written(said: str, language: str) -> str:
    return DAY.sub(
        lambda found: _day(found, language), AMOUNT.sub(lambda f: _money(f, language), said)
    )


def _money(found: re.Match[str], language: str) -> str:
    try:
        minor = Decimal(found[1]).scaleb(exponent_of(found[2]))
    except UnknownCurrency:
        return found[0]
    return money_text(int(minor), found[2], language) if minor == int(minor) else found[0]


def _day(found: re.Match[str], language: str) -> str:
    try:
        return format_day(date.fromisoformat(found[1]), localdate(), language)
    except ValueError:
        return found[0]
