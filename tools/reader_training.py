"""
How a question of the classifier is trained: multinomial logistic regression with a quadratic
penalty, by L-BFGS.

The whole loss is convex and the start is zero, so the same examples give the same weights on one
machine. SciPy is needed here only; an installation gets the weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from concilia.documents.core.classifier.features import Features
from concilia.documents.core.classifier.lookup import Floats
from concilia.documents.core.classifier.model import Question, rounded

Doubles = npt.NDArray[np.float64]
REMEMBERED_STEPS: Final = 4
SETTLED: Final = 1e-5  # a step that gains less, relatively, is the last


@dataclass(frozen=True, slots=True)
class Example:
    """
    A document's features, what it is, and how much it counts.

    A variant of another example brings no features of its own into the vocabulary.
    """

    features: Features
    label: str
    weight: float = 1.0
    is_variant: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """
    How to train: `freedom` is the inverse of the penalty, `steps` the most steps of the descent;
    features of fewer than `seen_min` examples are left out, and of all `kept` strongest stay.
    """

    freedom: float = 5.0
    steps: int = 90
    seen_min: int = 3
    kept: int = 80_000


def train(examples: Sequence[Example], labels: Sequence[str], plan: Plan | None = None) -> Question:
    """
    Return a question trained on examples, its weights rounded to bytes, temperature 1.

    :param labels: all labels it may answer; examples of others are an error
    """
    plan = plan or Plan()
    known = vocabulary(examples, plan.seen_min)
    weights, bias = _fit(table(examples, known), _truth(examples, labels), plan)
    if len(known) > plan.kept:
        strength = np.abs(weights).max(axis=1)
        keep = np.sort(np.argsort(-strength, kind="stable")[: plan.kept])
        names = list(known)
        known = {names[old]: new for new, old in enumerate(keep)}
        weights = weights[keep]
    return rounded(tuple(labels), known, weights, bias)


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


@dataclass(frozen=True, slots=True)
class _Truth:
    """The right label of each example by number, how much it counts, and how many labels are."""

    label: npt.NDArray[np.int64]
    weight: Floats
    labels: int


def vocabulary(examples: Sequence[Example], seen_min: int) -> dict[str, int]:
    """Number the features that so many examples have; variants do not count."""
    seen: Counter[str] = Counter()
    for example in examples:
        if not example.is_variant:
            seen.update(example.features.values.keys())
    kept = sorted(name for name, times in seen.items() if times >= seen_min)
    return {name: row for row, name in enumerate(kept)}


def table(examples: Sequence[Example], known: dict[str, int]) -> csr_matrix[np.float32]:
    """Return examples × features as far as they are known."""
    index: list[int] = []
    value: list[float] = []
    start = [0]
    for example in examples:
        for name, amount in example.features.values.items():
            column = known.get(name)
            if column is not None:
                index.append(column)
                value.append(amount)
        start.append(len(index))
    cells = (np.asarray(value, dtype=np.float32), np.asarray(index), np.asarray(start))
    return csr_matrix(cells, shape=(len(examples), len(known)))


def _truth(examples: Sequence[Example], labels: Sequence[str]) -> _Truth:
    place = {label: number for number, label in enumerate(labels)}
    return _Truth(
        np.asarray([place[example.label] for example in examples]),
        np.asarray([example.weight for example in examples], dtype=np.float32),
        len(labels),
    )


def _fit(given: csr_matrix[np.float32], truth: _Truth, plan: Plan) -> tuple[Floats, Floats]:
    features = given.shape[1]
    shape = (features + 1, truth.labels)
    rows, across = np.arange(len(truth.label)), given.T.tocsr()

    def cost(flat: Doubles) -> tuple[float, Doubles]:
        whole = flat.reshape(shape).astype(np.float32)
        weights, bias = whole[:features], whole[features]
        shares = np.asarray(given @ weights) + bias
        shares -= shares.max(axis=1, keepdims=True)
        np.exp(shares, out=shares)
        shares /= shares.sum(axis=1, keepdims=True)
        said = np.maximum(shares[rows, truth.label], 1e-12)
        penalty = 0.5 / plan.freedom * float((weights * weights).sum(dtype=np.float64))
        loss = penalty - float((truth.weight * np.log(said)).sum(dtype=np.float64))
        shares[rows, truth.label] -= 1
        shares *= truth.weight[:, None]
        slope = np.asarray(across @ shares) + weights / np.float32(plan.freedom)
        return loss, np.vstack([slope, shares.sum(axis=0)]).ravel().astype(np.float64)

    found = minimize(
        cost,
        np.zeros(shape[0] * shape[1]),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": plan.steps, "maxcor": REMEMBERED_STEPS, "ftol": SETTLED},
    )
    best = np.asarray(found.x, dtype=np.float32).reshape(shape)
    return best[:features], best[features]
