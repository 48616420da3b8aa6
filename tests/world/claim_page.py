"""The page of a claim: who looks at it, its addresses, what it says."""

from __future__ import annotations

import html

from django.urls import reverse

from concilia.claims.models import Claim


def enter(client, member):
    """Log a member in."""
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")


def at(name: str, claim: Claim, *more: object) -> str:
    """The address of a claim's page or of an act on it."""
    return reverse(f"desk:{name}", args=[claim.pk, *more])


def text(response) -> str:
    """The page as it is read, entities resolved."""
    return html.unescape(response.content.decode())
