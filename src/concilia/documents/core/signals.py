"""What of a document's reading is kept for learning: its words, its scores, its tables' heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from concilia.documents.core.classifier.features import TOKENS_MAX, masked
from concilia.documents.core.context import Context
from concilia.documents.core.judging import Judgement
from concilia.documents.core.scoring import Choice
from concilia.documents.core.tables import Head, heads_of

SHARE_MIN: Final = 0.0005
HEADS_MAX: Final = 5
CODES_MAX: Final = 500
GIVEN: Final = frozenset("kxmrf")  # phrase books and form; words follow from what was said


@dataclass(slots=True)
class Signals:
    """
    Filled while one part is read.

    `said` are the live words as the classifier counts them, a sentence a line; `scores` the share
    of each label by question; `codes` what each line gave as its reason's code.
    """

    said: str = ""
    given: dict[str, float] = field(default_factory=dict)
    scores: dict[str, dict[str, float]] = field(default_factory=dict)
    heads: list[Head] = field(default_factory=list)
    codes: list[str | None] = field(default_factory=list)

    def note(self, context: Context, judged: Judgement | None) -> None:
        """Keep what a document was judged by; a message that states what it is has no judgement."""
        self.heads = heads_of(context.parsed.tables, context.told.columns)[:HEADS_MAX]
        if judged is None:
            return
        self.said = _said(context)
        self.given = {
            name: round(value, 3)
            for name, value in judged.features.values.items()
            if name[0] in GIVEN and name[1] == ":"
        }
        questions = (("kind", judged.kinds), ("reason", judged.reasons), ("motive", judged.motives))
        self.scores = {name: _shares(choices) for name, choices in questions}

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "said": self.said,
            "given": self.given,
            "scores": self.scores,
            "heads": [head.to_json() for head in self.heads],
            "codes": self.codes[:CODES_MAX],
        }


def _said(context: Context) -> str:
    lines: list[list[str]] = []
    sentence = None
    for token in context.tokens[:TOKENS_MAX]:
        if token.sentence != sentence:
            lines.append([])
            sentence = token.sentence
        lines[-1].append(masked(token.text))
    return "\n".join(map(" ".join, lines))


def _shares(choices: Sequence[Choice]) -> dict[str, float]:
    return {
        each.label: round(each.confidence, 4) for each in choices if each.confidence >= SHARE_MIN
    }
