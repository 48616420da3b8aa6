"""Words from forms and addresses, as the database can keep them."""

from __future__ import annotations

from typing import Final

from django.http import QueryDict

KEY_DIGITS_MAX: Final = 18


def words_in(sent: QueryDict, name: str, *, most: int) -> str:
    """
    What was typed into a field: line ends as one character, no NUL, at most so many characters.

    A missing field is empty words.
    """
    text = sent.get(name) or ""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()[:most]


def key_in(sent: QueryDict, name: str) -> int | None:
    """The key of a row that a field names; None for what is none."""
    text = sent.get(name) or ""
    return int(text) if is_key(text) else None


def is_key(text: str) -> bool:
    """Whether a text can be the key of a row."""
    return text.isascii() and text.isdecimal() and len(text) <= KEY_DIGITS_MAX
