"""What the sandbox says a message was judged by, as memory takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

SAID_CHARS_MAX: Final = 8_000
FIELDS: Final = {"kind": "kind", "reason": "reason", "motive": "non_payment_reason"}


def whole_signals(signals: Mapping[str, Any]) -> dict[str, Any]:
    """This will be what a message was judged by, its attachments' words after its own."""
    whole = dict(signals.get("") or {})
    parts = [each for place, each in signals.items() if place and "." not in place]
    said = [str(each.get("said") or "") for each in (whole, *parts)]
    whole["said"] = "\n".join(filter(None, said))[:SAID_CHARS_MAX]
    whole["heads"] = [head for each in (whole, *parts) for head in each.get("heads") or ()]
    whole["codes"] = whole.get("codes") or next(
        (each["codes"] for each in parts if each.get("codes")), []
    )
    return whole


def answers_in(reading: Mapping[str, Any]) -> dict[str, str | None]:
    """This will be what a reading says to the questions that memory answers."""
    return {question: reading.get(name) for question, name in FIELDS.items()}
