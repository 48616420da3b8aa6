"""
Why a payment was matched as it was: one line a clerk understands, in their language.

An explanation is kept as keys and arguments, so that it can be shown in any language later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from concilia.matching.sentences import SENTENCES

LANGUAGES: Final = ("en", "it", "fr", "es", "de")
LISTED_MAX: Final = 6


class Part(NamedTuple):
    """One sentence: its key and the words to fill in."""

    key: str
    arguments: Mapping[str, str] = {}


class Explanation(NamedTuple):
    """The sentences in the order they are read: what was found, what differs, what is in doubt."""

    parts: tuple[Part, ...]

    def to_json(self) -> list[dict[str, Any]]:
        """Return what a database or an API keeps of it."""
        return [{"key": part.key, "arguments": dict(part.arguments)} for part in self.parts]


def explain(*parts: Part | None) -> Explanation:
    """Put sentences together, leaving out what there is none of."""
    return Explanation(tuple(part for part in parts if part is not None))


def part(key: str, **arguments: str) -> Part:
    """Return one sentence; the key must exist."""
    assert key in SENTENCES, key
    return Part(key, arguments)


def from_json(kept: Iterable[Mapping[str, Any]]) -> Explanation:
    """Return the explanation that `to_json` gave."""
    return Explanation(tuple(Part(str(one["key"]), dict(one["arguments"])) for one in kept))


def render(explanation: Explanation, language: str = "en") -> str:
    """
    Return the explanation as one line of text.

    :param language: en, it, fr, es or de; anything else is read as English
    """
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    return " ".join(
        SENTENCES[part.key][place].format(**part.arguments) for part in explanation.parts
    )


def listing(words: Iterable[str]) -> str:
    """Return `A, B, C`, and how many more there are where the list is long."""
    names = list(words)
    if len(names) <= LISTED_MAX:
        return ", ".join(names)
    return f"{', '.join(names[:LISTED_MAX])} (+{len(names) - LISTED_MAX})"
