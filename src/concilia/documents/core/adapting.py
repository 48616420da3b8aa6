"""
The nightly training on an entity's own corrections: what it adds to the classifier's answers.

Multinomial logistic regression by AdaGrad upon the shipped scores, in NumPy. Judged in five folds
on cases it was not trained with; two trainings on the same cases give the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from concilia.documents.core.classifier.features import Features
from concilia.documents.core.classifier.lookup import Floats
from concilia.documents.core.classifier.model import (
    Model,
    Question,
    probabilities,
    rounded,
)
from concilia.documents.core.memory import (
    QUESTIONS,
    SHARE_MIN,
    Lesson,
    features_from,
    rescored,
)

FOLDS: Final = 5
CASES_MIN: Final = 20  # fewer say nothing on held-out cases
CASES_MAX: Final = 5_000  # the newest
ROUNDS: Final = 6
RATE: Final = 0.3
DECAY: Final = 2e-3
SEEN_MIN: Final = 2
NAME: Final = "corrections"


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    How a question's held-out cases were answered.

    `current_right` of `newer` counts the cases the training in use has not seen; `newer_right` what
    the new one answers right of these.
    """

    cases: int
    shipped_right: int
    trained_right: int
    newer: int = 0
    newer_right: int = 0
    current_right: int = 0

    @property
    def is_better(self) -> bool:
        """More right than the shipped classifier, and no fewer than the training in use."""
        return self.trained_right > self.shipped_right and self.newer_right >= self.current_right

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the verdict."""
        return {**asdict(self), "is_better": self.is_better}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The questions that got better, and the figures of all that were tried."""

    questions: Mapping[str, Question]
    figures: Mapping[str, Comparison]

    def model(self, current: Mapping[str, Question], made: str) -> Model:
        """What is used from now on: a question that got no better stays as it was."""
        return Model({**current, **self.questions}, {"name": NAME, "digest": "", "made": made})


def train_on(
    lessons: Sequence[Lesson], current: Mapping[str, Question], since: str = ""
) -> Outcome:
    """
    Train each question on the lessons, and say whether it answers held-out ones better.

    :param current: the training in use
    :param since: ISO time of that training: what is newer, it has not seen
    """
    questions: dict[str, Question] = {}
    figures: dict[str, Comparison] = {}
    for question in QUESTIONS:
        cases = [
            lesson
            for lesson in lessons
            if lesson.answers.get(question) and (lesson.scores or {}).get(question)
        ][-CASES_MAX:]
        if len(cases) < CASES_MIN:
            continue
        labels = _labels(cases, question)
        figures[question] = _compare(cases, question, labels, current.get(question), since)
        if figures[question].is_better:
            questions[question] = _fit(cases, question, labels)
    return Outcome(questions, figures)


def _labels(cases: Sequence[Lesson], question: str) -> tuple[str, ...]:
    found = {case.answers[question] for case in cases}
    for case in cases:
        found.update(case.scores[question])
    return tuple(sorted(found))


def _compare(
    cases: Sequence[Lesson],
    question: str,
    labels: tuple[str, ...],
    current: Question | None,
    since: str,
) -> Comparison:
    shipped = trained = newer = newer_right = current_right = 0
    for fold in range(FOLDS):
        rest = [case for place, case in enumerate(cases) if place % FOLDS != fold]
        model = _fit(rest, question, labels)
        for case in cases[fold::FOLDS]:
            right = case.answers[question]
            shares = case.scores[question]
            is_right = _best(rescored(model, _signals(case), question)) == right
            shipped += _best(shares) == right
            trained += is_right
            if current is not None and case.when > since:
                newer += 1
                newer_right += is_right
                current_right += _best(rescored(current, _signals(case), question)) == right
    return Comparison(len(cases), shipped, trained, newer, newer_right, current_right)


def _best(shares: Mapping[str, float]) -> str:
    return max(shares, key=lambda label: shares[label])


def _signals(case: Lesson) -> dict[str, Any]:
    return {"said": case.said, "given": case.given, "scores": case.scores}


def _fit(cases: Sequence[Lesson], question: str, labels: tuple[str, ...]) -> Question:
    features = [features_from(_signals(case)) for case in cases]
    seen = Counter(name for each in features for name in each.values)
    names = sorted(name for name, times in seen.items() if times >= SEEN_MIN)
    vocabulary = {name: row for row, name in enumerate(names)}
    weights = np.zeros((max(len(vocabulary), 1), len(labels)), dtype=np.float32)
    bias = np.zeros(len(labels), dtype=np.float32)
    moved, moved_bias = np.full_like(weights, 1e-3), np.full_like(bias, 1e-3)
    rows = [_row(each, vocabulary) for each in features]
    offsets = [_offset(case, question, labels) for case in cases]
    for _ in range(ROUNDS):
        for (index, value), offset, case in zip(rows, offsets, cases, strict=True):
            part = weights[index]
            error = probabilities(offset + value @ part + bias, 1.0)
            error[labels.index(case.answers[question])] -= 1.0
            slope = value[:, None] * error[None, :] + DECAY * part
            moved[index] += slope * slope
            weights[index] = part - RATE * slope / np.sqrt(moved[index])
            moved_bias += error * error
            bias -= RATE * 0.1 * error / np.sqrt(moved_bias)
    return rounded(labels, vocabulary or {"": 0}, weights, bias)


def _row(features: Features, vocabulary: Mapping[str, int]) -> tuple[list[int], Floats]:
    known = [
        (vocabulary[name], value) for name, value in features.values.items() if name in vocabulary
    ]
    index = [row for row, _ in known]
    return index, np.asarray([value for _, value in known], dtype=np.float32)


def _offset(case: Lesson, question: str, labels: Sequence[str]) -> Floats:
    shares = case.scores[question]
    return np.asarray(
        [np.log(max(shares.get(label, 0.0), SHARE_MIN)) for label in labels], dtype=np.float32
    )
