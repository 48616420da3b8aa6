"""Who is asking, when a reverse proxy stands in between."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via")


def client_address(request: HttpRequest) -> str:
    """
    This will name the address of the machine that asks.

    The last address of X-Forwarded-For is the one our proxy saw itself; those before it are what
    the client claims. Without CONCILIA_BEHIND_PROXY nothing of it is believed.
    """
    seen: str = request.META.get("REMOTE_ADDR") or ""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or seen
    return seen


def is_from_beside(request: HttpRequest) -> bool:
    """This will say whether a program on this machine asks, and not through a proxy."""
    if any(name in request.headers for name in FORWARDED):
        return False
    return request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}
