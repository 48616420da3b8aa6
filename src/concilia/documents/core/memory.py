"""
What an entity's people said of documents, ready to be compared with the next one.

Every document a person put right is a lesson. A new one that says nearly the same is answered as
the lesson was (`recall`), one that does not is left as it was read. Lessons lie in one array, so
that a thousand of them cost less than a millisecond for each document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from concilia.documents.core.classifier.features import Features
from concilia.documents.core.classifier.lookup import Floats
from concilia.documents.core.classifier.model import Question
from concilia.documents.core.lexicon.small_words import SMALL_WORDS
from concilia.documents.core.scoring import Choice
from concilia.documents.core.told import Told

QUESTIONS: Final = ("kind", "reason", "motive")
LIKE_MIN: Final = 0.6  # how much of two texts must be the same, measured on the training material
SHORT_LIKE_MIN: Final = 0.85  # a one-liner has few words to be like another by
TELLING_MIN: Final = 6
SURE_MAX: Final = 0.97
SMALL: Final = 0.15  # what a word every letter has counts
PAIR: Final = 0.7
SHARPNESS: Final = 8.0
MARGIN: Final = 0.05  # a trained answer must be so much likelier than the one read
SHARE_MIN: Final = 1e-4
COMMON: Final = frozenset().union(*SMALL_WORDS.values()) | {"#", "subject"}


@dataclass(frozen=True, slots=True)
class Lesson:
    """
    What a person said of one document.

    `answers` are labels by question, `said` the words as `Signals` keeps them, `when` the ISO day,
    `name` what people call the document.
    """

    document_id: int
    said: str
    answers: Mapping[str, str]
    when: str = ""
    name: str = ""
    sender: str = ""
    given: Mapping[str, float] = field(default_factory=dict)
    scores: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Learned:
    """An answer that memory gives: to which question, which, and from which lesson or training."""

    question: str
    choice: Choice
    lesson: Lesson | None


@dataclass(frozen=True, slots=True)
class Habits:
    """What one sender's codes, columns and words before numbers mean, as people said."""

    codes: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    labels: Sequence[tuple[str, str]] = ()

    def told(self) -> Told:
        """The part of what is told that does not depend on the document's words."""
        return Told(codes=self.codes, columns=self.columns, labels=self.labels)


def words_of(said: str) -> dict[str, float]:
    """Return the words and neighbouring pairs of a text with their weights, of length 1."""
    found: dict[str, float] = {}
    for line in said.split("\n"):
        words = line.split()
        for word in words:
            found[word] = SMALL if word in COMMON or len(word) == 1 else 1.0
        for first, second in pairwise(words):
            if not (first in COMMON and second in COMMON):
                found[f"{first} {second}"] = PAIR
    length = float(np.sqrt(sum(value * value for value in found.values()))) or 1.0
    return {name: value / length for name, value in found.items()}


class Memory:
    """The lessons of one entity, and what a training made of them (`trained`, by question)."""

    def __init__(
        self,
        lessons: Sequence[Lesson] = (),
        *,
        habits: Mapping[str, Habits] | None = None,
        trained: Mapping[str, Question] | None = None,
    ) -> None:
        self.lessons = tuple(lessons)
        self.habits = dict(habits or {})
        self.trained = dict(trained or {})
        self._vocabulary: dict[str, int] = {}
        index: list[int] = []
        value: list[float] = []
        start: list[int] = []
        least: list[float] = []
        for lesson in self.lessons:
            start.append(len(index))
            telling = sum(word not in COMMON for word in set(lesson.said.split()))
            least.append(LIKE_MIN if telling >= TELLING_MIN else SHORT_LIKE_MIN)
            for name, weight in words_of(lesson.said).items():
                index.append(self._vocabulary.setdefault(name, len(self._vocabulary)))
                value.append(weight)
            index.append(0)  # so that no lesson is empty, which `reduceat` cannot have
            value.append(0.0)
        self._index: npt.NDArray[np.int32] = np.asarray(index, dtype=np.int32)
        self._value: Floats = np.asarray(value, dtype=np.float32)
        self._least: Floats = np.asarray(least, dtype=np.float32)
        self._start: npt.NDArray[np.int64] = np.asarray(start, dtype=np.int64)

    @property
    def is_empty(self) -> bool:
        """Whether nobody taught it anything."""
        return not (self.lessons or self.habits or self.trained)

    def habits_of(self, keys: Iterable[str]) -> Habits:
        """What is known of a sender, by the most particular name there is something under."""
        return next((self.habits[key] for key in keys if key in self.habits), Habits())

    def likeness(self, said: str) -> Floats:
        """Return how much of each lesson a text says, from 0 to 1."""
        if not self.lessons:
            return np.zeros(0, dtype=np.float32)
        asked = np.zeros(max(len(self._vocabulary), 1), dtype=np.float32)
        for name, weight in words_of(said).items():
            row = self._vocabulary.get(name)
            if row is not None:
                asked[row] = weight
        return np.asarray(
            np.add.reduceat(self._value * asked[self._index], self._start), dtype=np.float32
        )

    def recall(
        self, signals: Mapping[str, Any], read: Mapping[str, str | None]
    ) -> dict[str, Learned]:
        """
        Return the answers that differ from those read, by question.

        :param signals: what was kept of the document (`Signals.to_json`)
        :param read: the answers it was read with; a question without an answer is None
        """
        if self.is_empty or not signals.get("said"):
            return {}
        alike = self.likeness(str(signals["said"]))
        found: dict[str, Learned] = {}
        for question in QUESTIONS:
            learned = self._nearest(question, alike)
            if learned is None:
                learned = self._by_training(question, signals, read.get(question))
            if learned is not None and learned.choice.label != read.get(question):
                found[question] = learned
        return found

    def _nearest(self, question: str, alike: Floats) -> Learned | None:
        """The answer of the lesson most like it, newest first; doubtful where lessons differ."""
        shares: dict[str, float] = {}
        best: tuple[float, str, Lesson] | None = None
        for row in np.flatnonzero(alike >= self._least):
            lesson, likeness = self.lessons[row], float(alike[row])
            label = lesson.answers.get(question)
            if label is None:
                continue
            shares[label] = shares.get(label, 0.0) + likeness**SHARPNESS
            rank = (round(likeness, 3), lesson.when)
            if best is None or rank >= (round(best[0], 3), best[2].when):
                best = (likeness, label, lesson)
        if best is None:
            return None
        likeness, label, lesson = best
        agreed = shares[label] / sum(shares.values())
        return Learned(question, Choice(label, min(likeness, SURE_MAX) * agreed), lesson)

    def _by_training(
        self, question: str, signals: Mapping[str, Any], read: str | None
    ) -> Learned | None:
        trained = self.trained.get(question)
        if trained is None or read is None:
            return None
        shares = rescored(trained, signals, question)
        best = max(shares, key=lambda label: shares[label], default=None)
        if best is None or shares[best] < shares.get(read, 0.0) + MARGIN:
            return None
        return Learned(question, Choice(best, min(shares[best], SURE_MAX)), None)


def features_from(signals: Mapping[str, Any]) -> Features:
    """Return what a training looks at: the words and pairs, and what phrase books gave."""
    words = {f"w:{name}": value for name, value in words_of(str(signals.get("said") or "")).items()}
    return Features({**words, **dict(signals.get("given") or {})}, {})


def rescored(trained: Question, signals: Mapping[str, Any], question: str) -> dict[str, float]:
    """Return the shares of a question's labels after a training's word."""
    known = dict((signals.get("scores") or {}).get(question) or {})
    if not known:
        return {}
    extra = trained.scores(features_from(signals))
    scores = np.asarray(
        [np.log(max(known.get(label, 0.0), SHARE_MIN)) for label in trained.labels],
        dtype=np.float32,
    )
    whole = np.exp((scores + extra) - (scores + extra).max())
    shares = whole / whole.sum()
    return {label: float(share) for label, share in zip(trained.labels, shares, strict=True)}
