"""
Training a question of the classifier: multinomial logistic regression by AdaGrad, in NumPy.

The same examples in the same order give the same weights to the last bit on one machine. Written
here because the same few lines also train a company's own corrections on its own server, where no
machine-learning library is installed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from concilia.documents.core.classifier.features import Features
from concilia.documents.core.classifier.model import STEPS, Floats, Question, probabilities

LABEL_SMOOTHING: Final = 0.02
PHRASE_BOOKS: Final = ("k", "x", "m")
SEED: Final = 20_261_129


@dataclass(frozen=True, slots=True)
class Example:
    """A document's features, what it is, and how much it counts."""

    features: Features
    label: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. `decay` pulls weights towards zero, `rate` is the size of a first step."""

    rounds: int = 7
    rate: float = 0.2
    decay: float = 5e-4
    trust: float = 4.0
    seen_min: int = 2
    kept: int = 40_000  # features


@dataclass(frozen=True, slots=True)
class _Rows:
    """Examples as rows of numbers: row i has features index[start[i]:start[i+1]]."""

    index: npt.NDArray[np.int32]
    value: Floats
    start: npt.NDArray[np.int64]
    label: npt.NDArray[np.int32]
    weight: Floats


def train(examples: Sequence[Example], labels: Sequence[str], plan: Plan | None = None) -> Question:
    """
    Return a question trained on examples, its weights rounded to bytes, temperature 1.

    :param labels: all labels it may answer; examples of others are an error
    """
    plan = plan or Plan()
    vocabulary = _vocabulary(examples, plan)
    rows = _rows(examples, vocabulary, labels)
    start = _prior(vocabulary, labels, plan)
    weights, bias = _descend(rows, start, plan)
    if len(vocabulary) > plan.kept:
        strength = np.abs(weights).max(axis=1)
        keep = np.sort(np.argsort(-strength, kind="stable")[: plan.kept])
        names = list(vocabulary)
        vocabulary = {names[old]: new for new, old in enumerate(keep)}
        weights = weights[keep]
    return rounded(tuple(labels), vocabulary, weights, bias)


def rounded(
    labels: tuple[str, ...], vocabulary: dict[str, int], weights: Floats, bias: Floats
) -> Question:
    """Return a question with its weights as bytes, a scale for each label."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6).astype(np.float32) / STEPS
    small = np.clip(np.rint(weights / scale), -STEPS, STEPS).astype(np.int8)
    return Question(labels, vocabulary, small, scale, bias.astype(np.float32), 1.0)


def fit_temperature(scores: Sequence[Floats], right: Sequence[int]) -> float:
    """
    Return the temperature under which held-out answers are as often right as they claim.

    :param scores: log odds of documents the question was not trained on
    :param right: the index of each one's true label
    """
    choices = np.geomspace(0.3, 4.0, 60)
    table, truth = np.stack(scores), np.asarray(right)
    return float(min(choices, key=lambda each: _loss(table, truth, float(each))))


def _loss(scores: Floats, right: npt.NDArray[np.int64], temperature: float) -> float:
    shifted = scores / temperature
    shifted = shifted - shifted.max(axis=1, keepdims=True)
    log_whole = np.log(np.exp(shifted).sum(axis=1))
    return float((log_whole - shifted[np.arange(len(right)), right]).mean())


def _vocabulary(examples: Sequence[Example], plan: Plan) -> dict[str, int]:
    seen: Counter[str] = Counter()
    for example in examples:
        seen.update(example.features.values.keys())
    kept = sorted(name for name, times in seen.items() if times >= plan.seen_min)
    return {name: row for row, name in enumerate(kept)}


def _rows(examples: Sequence[Example], vocabulary: dict[str, int], labels: Sequence[str]) -> _Rows:
    place = {label: number for number, label in enumerate(labels)}
    index: list[int] = []
    value: list[float] = []
    start = [0]
    for example in examples:
        for name, amount in example.features.values.items():
            row = vocabulary.get(name)
            if row is not None:
                index.append(row)
                value.append(amount)
        start.append(len(index))
    return _Rows(
        np.asarray(index, dtype=np.int32),
        np.asarray(value, dtype=np.float32),
        np.asarray(start, dtype=np.int64),
        np.asarray([place[example.label] for example in examples], dtype=np.int32),
        np.asarray([example.weight for example in examples], dtype=np.float32),
    )


def _prior(vocabulary: dict[str, int], labels: Sequence[str], plan: Plan) -> Floats:
    """Begin by believing the phrase books: what speaks for a label, speaks for it."""
    weights = np.zeros((len(vocabulary), len(labels)), dtype=np.float32)
    for column, label in enumerate(labels):
        for prefix in PHRASE_BOOKS:
            row = vocabulary.get(f"{prefix}:{label}")
            if row is not None:
                weights[row, column] = plan.trust
    return weights


def _descend(rows: _Rows, start: Floats, plan: Plan) -> tuple[Floats, Floats]:
    weights = start.copy()
    features, labels = weights.shape
    bias = np.zeros(labels, dtype=np.float32)
    moved = np.full((features, labels), 1e-3, dtype=np.float32)
    moved_bias = np.full(labels, 1e-3, dtype=np.float32)
    order = np.random.default_rng(SEED)
    count = len(rows.label)
    for _ in range(plan.rounds):
        for each in order.permutation(count):
            first, last = rows.start[each], rows.start[each + 1]
            index, value = rows.index[first:last], rows.value[first:last]
            part = weights[index]
            error = probabilities(value @ part + bias, 1.0)
            error -= np.float32(LABEL_SMOOTHING / labels)
            error[rows.label[each]] -= np.float32(1 - LABEL_SMOOTHING)
            error *= rows.weight[each]
            slope = value[:, None] * error[None, :] + plan.decay * (part - start[index])
            grown = moved[index] + slope * slope
            moved[index] = grown
            weights[index] = part - plan.rate * slope / np.sqrt(grown)
            moved_bias += error * error
            bias -= plan.rate * 0.3 * error / np.sqrt(moved_bias)
    return weights, bias
