"""Telling the person what just happened, from an answer that replaces only a part of the page."""

from __future__ import annotations

import json
from typing import Final

from django.http import HttpResponse

UNDO_SECONDS: Final = 8


def notify(
    response: HttpResponse, text: str, *, undo: str = "", seconds: int = UNDO_SECONDS
) -> HttpResponse:
    """
    Add a toast to an htmx answer: what happened, and the address that takes it back.

    Never for errors: those stand at the field they belong to.
    """
    events = json.loads(response.headers.get("HX-Trigger", "{}"))
    events["notice"] = {"text": text, "undo": undo, "seconds": seconds}
    response.headers["HX-Trigger"] = json.dumps(events)
    return response
