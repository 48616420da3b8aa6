"""Where things are on the desk, for pages that lead to other pages."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def address(page: str, *keys: int, **query: str) -> str:
    """
    This will be the path of a page of the desk with its query string.

    Empty while there is no such page: then the words stand without a link, never with a broken one.
    """
    try:
        path = reverse(f"desk:{page}", args=keys)
    except NoReverseMatch:
        return ""
    return f"{path}?{urlencode(query)}" if query else path
