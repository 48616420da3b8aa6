"""
How the small networks of the classifier are trained: Adam over mini-batches, in NumPy and SciPy.

Vectors of features that a batch does not hold stay as they are, so a batch costs what stands in
it. Signs are dropped by chance (`forgotten`), places of both layers too (`dropped`): no sign may
be the only one an answer rests on. Chance comes from a seed: the same samples give the same nets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from concilia.documents.core.classifier.lookup import Floats
from concilia.documents.core.classifier.nets import Member, Nets, as_bytes
from side_by_side import side_by_side

BATCH: Final = 128
RATE: Final = 2e-3
WARMING_STEPS: Final = 200
COOLED_RATE: Final = 0.02
FIRST, SECOND, TINY = 0.9, 0.999, 1e-8
START: Final = 0.05
NOT_ASKED: Final = -1
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NetPlan:
    """
    How large networks are and how they are trained: places of a feature's vector and of the inner
    layer, rounds over all samples, which share of signs and of places is left out by chance.
    """

    members: int = 2
    width: int = 96
    inner: int = 192
    rounds: int = 7
    forgotten: float = 0.4
    dropped: float = 0.4


@dataclass(frozen=True)
class Lessons:
    """
    Samples as a table of features; for each question of `labels` a column of `truth` with the
    number of the right label (or NOT_ASKED) and one of `weight` with how much it counts.
    """

    table: csr_matrix[np.float32]
    vocabulary: Mapping[str, int]
    labels: Mapping[str, tuple[str, ...]]
    truth: Longs
    weight: Floats


def train_nets(lessons: Lessons, plan: NetPlan) -> Nets:
    """Return networks trained on the same lessons, each from another seed."""
    trained = side_by_side(lambda seed: train_member(lessons, plan, seed), range(plan.members))
    return Nets(lessons.labels, lessons.vocabulary, trained)


def train_member(lessons: Lessons, plan: NetPlan, seed: int) -> Member:
    """Return one network."""
    return _Training(lessons, plan, seed).run()


class _Weights:
    """Weights with Adam's moments: what of them is asked for is moved, the rest stays."""

    def __init__(self, start: Floats) -> None:
        self.values = start
        self.mean = np.zeros_like(start)
        self.square = np.zeros_like(start)

    def move(self, slope: Floats, step: int, rate: float, rows: Longs | None = None) -> None:
        """Go one step down a slope, of all or of some rows."""
        at: Longs | slice = slice(None) if rows is None else rows
        mean = self.mean[at] + np.float32(1 - FIRST) * (slope - self.mean[at])
        square = self.square[at] + np.float32(1 - SECOND) * (slope * slope - self.square[at])
        self.mean[at], self.square[at] = mean, square
        even_mean = mean / np.float32(1 - FIRST**step)
        even_square = square / np.float32(1 - SECOND**step)
        self.values[at] -= np.float32(rate) * even_mean / (np.sqrt(even_square) + np.float32(TINY))


class _Training:
    """One network on its way."""

    def __init__(self, lessons: Lessons, plan: NetPlan, seed: int) -> None:
        self.lessons = lessons
        self.plan = plan
        self.chance = np.random.default_rng(seed)
        sizes = [len(labels) for labels in lessons.labels.values()]
        self.edges = np.cumsum([0, *sizes])
        self.vectors = _Weights(self._random((lessons.table.shape[1], plan.width), START))
        self.layers = [
            _Weights(each)
            for each in (
                np.zeros(plan.width, dtype=np.float32),
                self._random((plan.width, plan.inner), (2 / plan.width) ** 0.5),
                np.zeros(plan.inner, dtype=np.float32),
                self._random((plan.inner, sum(sizes)), (1 / plan.inner) ** 0.5),
                np.zeros(sum(sizes), dtype=np.float32),
            )
        ]
        self.step = 0
        self.steps = plan.rounds * (lessons.table.shape[0] // BATCH)

    def run(self) -> Member:
        for _ in range(self.plan.rounds):
            for batch in self._batches():
                self.step += 1
                self._learn(batch)
        vectors, scale = as_bytes(self.vectors.values)
        return Member(vectors, scale, tuple(each.values for each in self.layers))

    def _random(self, shape: tuple[int, int], spread: float) -> Floats:
        return self.chance.normal(0, spread, shape).astype(np.float32)

    def _batches(self) -> Iterator[Longs]:
        order = self.chance.permutation(self.lessons.table.shape[0])
        for start in range(0, len(order) - BATCH + 1, BATCH):
            yield order[start : start + BATCH]

    def _learn(self, batch: Longs) -> None:
        signs, used = self._signs(batch)
        bias, inner, inner_bias, outer, outer_bias = (each.values for each in self.layers)
        summed = np.asarray(signs @ self.vectors.values[used]) + bias
        first_mask = self._mask(summed)
        first = np.maximum(summed, 0) * first_mask
        met = first @ inner + inner_bias
        second_mask = self._mask(met)
        second = np.maximum(met, 0) * second_mask
        blame = self._blame(second @ outer + outer_bias, batch)
        back = (blame @ outer.T) * second_mask * (met > 0)
        below = (back @ inner.T) * first_mask * (summed > 0)
        slopes = [below.sum(0), first.T @ back, back.sum(0), second.T @ blame, blame.sum(0)]
        rate = self._rate()
        for weights, slope in zip(self.layers, slopes, strict=True):
            weights.move(slope, self.step, rate)
        self.vectors.move(np.asarray(signs.T @ below), self.step, rate, used)

    def _signs(self, batch: Longs) -> tuple[csr_matrix[np.float32], Longs]:
        """Return the signs of a batch that are not forgotten, and which features they are."""
        table = self.lessons.table
        spans = [slice(table.indptr[row], table.indptr[row + 1]) for row in batch]
        column = np.concatenate([table.indices[span] for span in spans])
        value = np.concatenate([table.data[span] for span in spans])
        row = np.repeat(np.arange(len(batch)), [span.stop - span.start for span in spans])
        kept = self.chance.random(len(column), dtype=np.float32) > self.plan.forgotten
        used, place = np.unique(column[kept], return_inverse=True)
        amount = (value[kept] / np.float32(1 - self.plan.forgotten)).astype(np.float32)
        return csr_matrix((amount, (row[kept], place)), shape=(len(batch), len(used))), used

    def _mask(self, like: Floats) -> Floats:
        kept = self.chance.random(like.shape, dtype=np.float32) > self.plan.dropped
        return kept.astype(np.float32) / np.float32(1 - self.plan.dropped)

    def _blame(self, answers: Floats, batch: Longs) -> Floats:
        """Return how far each answer is off, of the questions a sample was asked."""
        blame = np.zeros_like(answers)
        for number, (start, end) in enumerate(zip(self.edges[:-1], self.edges[1:], strict=True)):
            truth = self.lessons.truth[batch, number]
            asked = np.flatnonzero(truth != NOT_ASKED)
            shares = np.exp(answers[asked, start:end] - answers[asked, start:end].max(1)[:, None])
            shares /= shares.sum(1)[:, None]
            shares[np.arange(len(asked)), truth[asked]] -= 1
            weight = self.lessons.weight[batch[asked], number]
            blame[asked, start:end] = shares * weight[:, None] / len(batch)
        return blame

    def _rate(self) -> float:
        left = max(COOLED_RATE, 1 - self.step / self.steps)
        return RATE * min(1, self.step / WARMING_STEPS) * left
