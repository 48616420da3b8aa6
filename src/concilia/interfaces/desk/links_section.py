"""Signing by link on the settings page: what is kept, or what was typed and refused."""

from __future__ import annotations

from typing import Final

from django.http import QueryDict

from concilia.cases.core.link_signing import HIGHEST, SETTING, SignByLink, read_setting
from concilia.cash.core.typed import amount_typed
from concilia.interfaces.components.formats import format_amount
from concilia.interfaces.desk.access import DeskRequest
from concilia.interfaces.desk.claim_words import language

UNREADABLE: Final = -1


def links_section(request: DeskRequest) -> dict[str, object]:
    """What the section shows."""
    entity, typed = request.seat.entity, request.POST
    kept = read_setting(entity.settings.get(SETTING))
    shown = typed_signing(typed, entity.currency) if typed else kept
    minor = shown.up_to_minor
    text = "" if minor is None else format_amount(minor, entity.currency, language())
    return {
        "signing": shown,
        "signing_up_to": typed.get("up_to", text) if typed else text,
        "signing_levels": range(1, HIGHEST),
        "signing_everybody": HIGHEST,
    }


def typed_signing(given: QueryDict, currency: str) -> SignByLink:
    """What was typed; an amount nobody can read becomes one that is refused."""
    text, level = given.get("up_to", "").strip(), given.get("level_max", "")
    minor = amount_typed(text, currency) if text else None
    return SignByLink(
        is_on=given.get("on") == "1",
        up_to_minor=UNREADABLE if text and minor is None else minor,
        level_max=int(level) if len(level) == 1 and level in "0123456789" else 0,
    )
