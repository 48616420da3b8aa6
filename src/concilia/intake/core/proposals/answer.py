"""A model's answer, taken apart strictly: one JSON object of the form asked for, or nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

CONTENT_CHARS_MAX: Final = 40_000
ITEMS_MAX: Final = 60
FIELD_CHARS_MAX: Final = 40
VALUE_CHARS_MAX: Final = 200
QUOTE_CHARS_MAX: Final = 500
SUMMARY_CHARS_MAX: Final = 1_000
FENCE: Final = "```"
OBJECT: Final = {"fields", "summary"}
ITEM: Final = {"field": FIELD_CHARS_MAX, "value": VALUE_CHARS_MAX, "quote": QUOTE_CHARS_MAX}


class NotTheForm(ValueError):
    """An answer is not of the form that was asked for."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a model says; checked by nobody."""

    field: str
    value: str
    quote: str


@dataclass(frozen=True, slots=True)
class Answered:
    """All a model says of a document; checked by nobody."""

    said: Sequence[Said]
    summary: str


def parse_answer(content: str) -> Answered:
    """
    Take a model's answer apart.

    Around the object there may be white space, or one pair of code fences; nothing else.

    :raises NotTheForm: if it is no JSON, has another form, or is too long in any part
    """
    if len(content) > CONTENT_CHARS_MAX:
        raise NotTheForm("too long")
    try:
        found = json.loads(
            _unfenced(content), object_pairs_hook=_object, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        raise NotTheForm("no JSON") from error
    if not isinstance(found, dict) or set(found) != OBJECT or not isinstance(found["fields"], list):
        raise NotTheForm("another form")
    if len(found["fields"]) > ITEMS_MAX:
        raise NotTheForm("too many fields")
    summary = _text(found["summary"], SUMMARY_CHARS_MAX)
    return Answered([_said(each) for each in found["fields"]], summary)


def _said(item: Any) -> Said:  # noqa: ANN401 (any JSON value)
    if not isinstance(item, dict) or set(item) != set(ITEM):
        raise NotTheForm("another form")
    return Said(**{name: _text(item[name], most) for name, most in ITEM.items()})


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise NotTheForm("another form")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise NotTheForm("half a character") from error
    return value.replace("\x00", "").strip()


def _unfenced(content: str) -> str:
    text = content.strip()
    first, _, rest = text.partition("\n")
    is_fenced = first.strip() in {FENCE, f"{FENCE}json"} and rest.endswith(FENCE)
    return rest.removesuffix(FENCE) if is_fenced else text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotTheForm("a name twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise NotTheForm(name)
