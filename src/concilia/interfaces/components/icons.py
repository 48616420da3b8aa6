"""The icons of the product: one sprite, made at build time from the names in `icons.txt`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

NAMES_FILE = Path(__file__).with_name("icons.txt")


class UnknownIcon(LookupError):
    """The name is not in `components/icons.txt`, so the sprite does not hold it."""


@cache
def icon_names() -> frozenset[str]:
    """Every icon the sprite holds, by its Tabler name."""
    return frozenset(NAMES_FILE.read_text(encoding="utf-8").split())


@cache
def icon_html(name: str, *, small: bool = False) -> SafeString:
    """
    The markup of one decorative icon; what it means must stand beside it in words.

    :raises UnknownIcon: if the sprite does not hold it
    """
    if name not in icon_names():
        raise UnknownIcon(f"{name}: add it to components/icons.txt and make the sprite again")
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        "i i-sm" if small else "i",
        static("vendor/icons.svg"),
        name,
    )
