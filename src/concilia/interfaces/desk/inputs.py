"""Words from forms and addresses, as the database can keep them."""

from __future__ import annotations

from django.http import QueryDict


def words_in(sent: QueryDict, name: str, *, most: int) -> str:
    """
    What was typed into a field: line ends as one character, no NUL, at most so many characters.

    A missing field is empty words.
    """
    text = sent.get(name) or ""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()[:most]
