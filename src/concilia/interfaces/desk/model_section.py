"""The language model on the settings page: what is kept, or what was typed and refused."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from concilia.documents.models import ModelAccess
from concilia.intake.core.proposals.question import SENDABLE
from concilia.intake.ports import LANGUAGE_MODELS
from concilia.intake.queries.proposals import access_of, calls_in, month_of
from concilia.interfaces.desk.access import DeskRequest
from concilia.interfaces.desk.inbox_words import kind_words


def model_section(request: DeskRequest) -> dict[str, object]:
    """What the section shows: what is kept, or what was typed and refused."""
    entity, at = request.seat.entity, timezone.now()
    access = access_of(entity_id=entity.pk)
    return {
        "is_forbidden": not settings.LANGUAGE_MODEL,
        "access": access,
        "trouble": gettext(access.error) if access.error else "",
        "shown": _typed(request) if request.POST else _kept(access),
        "used": calls_in(entity_id=entity.pk, first_date=month_of(entity=entity, at=at)),
        "kinds": [(kind, kind_words(kind)) for kind in SENDABLE],
        "connectors": list(LANGUAGE_MODELS),
    }


def _kept(access: ModelAccess) -> dict[str, Any]:
    return {
        "is_on": access.is_on,
        "url": access.url,
        "model": access.model,
        "kinds": access.kinds,
        "calls_max": access.calls_max,
        "connector": access.connector,
    }


def _typed(request: DeskRequest) -> dict[str, Any]:
    """What was typed stays after a refusal, but no key."""
    given = request.POST
    return {
        "is_on": given.get("on") == "1",
        "url": given.get("url", ""),
        "model": given.get("model", ""),
        "kinds": given.getlist("kinds"),
        "calls_max": given.get("calls_max", ""),
        "connector": given.get("connector", ""),
    }
