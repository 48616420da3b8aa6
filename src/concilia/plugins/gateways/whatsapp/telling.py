"""What WhatsApp tells: messages that came, what became of ours; JSON of strangers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from concilia.correspondence.ports import Fate, NotUnderstood, TextReport

BODY_MAX: Final = 4096
REPORTS_MAX: Final = 1000
FATES: Final[Mapping[str, Fate]] = {
    "sent": Fate.ON_ITS_WAY,
    "delivered": Fate.ARRIVED,
    "read": Fate.ARRIVED,
    "failed": Fate.LOST,
}


def reports(
    told: object, *, number_id: str, dead: Collection[int], sentences: Mapping[int, str]
) -> list[TextReport]:
    """
    This will be what a webhook says of one business number.

    :raises NotUnderstood: if it is none of WhatsApp's
    """
    if not isinstance(told, dict) or told.get("object") != "whatsapp_business_account":
        raise NotUnderstood("This is no message of WhatsApp.")
    found: list[TextReport] = []
    for value in _values(told):
        meta = value.get("metadata")
        if not isinstance(meta, dict) or str(meta.get("phone_number_id")) != number_id:
            continue
        found += [_incoming(one) for one in _dicts(value.get("messages")) if one.get("id")]
        found += [
            _state(one, dead, sentences)
            for one in _dicts(value.get("statuses"))
            if one.get("id") and one.get("status") in FATES
        ]
    return found[:REPORTS_MAX]


def _values(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in _dicts(told.get("entry")):
        for change in _dicts(entry.get("changes")):
            value = change.get("value")
            if change.get("field") == "messages" and isinstance(value, dict):
                yield value


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _incoming(one: Mapping[str, Any]) -> TextReport:
    return TextReport(
        reference=str(one["id"])[:120],
        other=f"+{str(one.get('from', ''))[:20]}",
        body=_words(one)[:BODY_MAX],
        is_incoming=True,
    )


def _words(one: Mapping[str, Any]) -> str:
    """What they wrote, or the words of the button they pressed; of a picture its caption."""
    for kind, name in (("text", "body"), ("button", "text")):
        held = one.get(kind)
        if isinstance(held, dict):
            return str(held.get(name, ""))
    pressed = one.get("interactive")
    if isinstance(pressed, dict):
        held = pressed.get("button_reply") or pressed.get("list_reply")
        return str(held.get("title", "")) if isinstance(held, dict) else ""
    held = one.get(str(one.get("type", "")))
    return str(held.get("caption", "")) if isinstance(held, dict) else ""


def _state(
    one: Mapping[str, Any], dead: Collection[int], sentences: Mapping[int, str]
) -> TextReport:
    fate = FATES[one["status"]]
    errors = _dicts(one.get("errors"))
    code = errors[0].get("code") if errors else None
    said = str(errors[0].get("title", "")) if errors else ""
    known = sentences.get(code, said) if isinstance(code, int) else said
    return TextReport(
        reference=str(one["id"])[:120],
        other=f"+{str(one.get('recipient_id', ''))[:20]}",
        fate=fate,
        is_read=one["status"] == "read",
        code=str(code or "")[:20],
        error=(known or "WhatsApp did not deliver it.")[:300] if fate is Fate.LOST else "",
        dead=fate is Fate.LOST and code in dead,
    )
