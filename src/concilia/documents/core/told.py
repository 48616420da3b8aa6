"""
What people of a company said of earlier documents, as far as it bears on the one being read.

It comes into the sandbox as plain JSON (`to_json`). It can say what a document is, why, what a
column or a code means and which words stand before a number: every value is still read from the
document itself, with its place (docs/decisions/0061-learning-from-corrections.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from concilia.documents.core.scoring import Choice
from concilia.documents.core.words import Token, fold, tokenize

ANSWERS: Final = ("kind", "reason", "motive")
LABEL_WORDS_MAX: Final = 3
LABEL_CHARS: Final = 120  # of the line before a value
TELLING_LETTERS: Final = 4  # a label of small words only stands before anything
SPACE_CHARS_MAX: Final = 8
VALUE: Final = re.compile(r"[\W_]{0,8}?([A-Za-z0-9]+(?:[-/_.\\][A-Za-z0-9]+)*)")
SIGNATURE_CHARS: Final = 16
NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Told:
    """
    `codes` are reasons by what lines say, `columns` roles of columns by a header's signature.

    `labels` are (field, words): the field's value follows these words; a field with a minus before
    it has none there.
    """

    kind: Choice | None = None
    reason: Choice | None = None
    motive: Choice | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    labels: Sequence[tuple[str, str]] = ()

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Told:
        """What `to_json` made."""
        answers = {name: Choice(*value[name]) for name in ANSWERS if value.get(name)}
        columns = {
            signature: {int(column): str(role) for column, role in roles.items()}
            for signature, roles in (value.get("columns") or {}).items()
        }
        labels = [(str(name), str(words)) for name, words in value.get("labels") or ()]
        return cls(**answers, codes=value.get("codes") or {}, columns=columns, labels=labels)

    def to_json(self) -> dict[str, Any]:
        """Plain values; empty where nothing is told."""
        told: dict[str, Any] = {
            name: [choice.label, choice.confidence]
            for name in ANSWERS
            if (choice := getattr(self, name)) is not None
        }
        for name in ("codes", "columns", "labels"):
            if getattr(self, name):
                told[name] = getattr(self, name)
        return told

    def answering(self, choices: Mapping[str, Choice]) -> Told:
        """The same with answers to questions."""
        return Told(
            kind=choices.get("kind"),
            reason=choices.get("reason"),
            motive=choices.get("motive"),
            codes=self.codes,
            columns=self.columns,
            labels=self.labels,
        )

    def for_parts(self) -> Told:
        """What holds for attachments too: not what the message as a whole is."""
        return Told(codes=self.codes, columns=self.columns, labels=self.labels)


NOTHING: Final = Told()


def signature_of(names: Sequence[str]) -> str:
    """Name a table's header, so that the next file of the same layout is known by it."""
    plain = "|".join(_shape(" ".join(fold(name).split())) for name in names)
    return sha256(plain.rstrip("|").encode()).hexdigest()[:SIGNATURE_CHARS]


def code_keys(code: str | None, text: str | None) -> list[str]:
    """How a line's code and its reason's words are remembered, the code first."""
    said = (("c", code), ("t", text))
    return [f"{mark}:{' '.join(fold(each).split())[:80]}" for mark, each in said if each]


def _shape(words: str) -> str:
    """Words with each number as one mark: the next document has others."""
    return NUMBER.sub("#", words)


def label_before(text: str, start: int) -> str:
    """The words on the line before a value, numbers masked; empty if they say too little."""
    begin = max(text.rfind("\n", 0, start) + 1, start - LABEL_CHARS)
    words = [_shape(token.text) for token in tokenize(text[begin:start])][-LABEL_WORDS_MAX:]
    telling = [word for word in words if len(word) >= TELLING_LETTERS and "#" not in word]
    return " ".join(words) if telling else ""


def places_after(label: str, tokens: Sequence[Token]) -> list[int]:
    """Where in the text these words end, each time they stand there."""
    wanted = label.split()
    size = len(wanted)
    return [
        tokens[index + size - 1].end
        for index in range(len(tokens) - size + 1)
        if all(_shape(tokens[index + n].text) == word for n, word in enumerate(wanted))
    ]


def value_after(text: str, place: int) -> tuple[str, int, int] | None:
    """The number that follows a label on its line, with its place."""
    found = VALUE.match(text, place)
    if found is None or "\n" in text[place : found.start(1)]:
        return None
    value = found[1]
    return (value, found.start(1), found.end(1)) if any(map(str.isdigit, value)) else None
