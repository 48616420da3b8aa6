"""
Small neural networks beside the linear questions: they know what only several signs together mean.

A member sums a vector of each feature, then asks two layers; all questions share its vectors, so
what reasons teach serves for kinds. Members differ by chance only; the mean of their log shares is
more often right than any of them (docs/decisions/0066).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from concilia.documents.core.classifier.lookup import Floats, Rows, Words

STEPS: Final = 127  # vectors are kept as signed bytes
LAYERS: Final = ("bias", "inner", "inner_bias", "outer", "outer_bias")


@dataclass(frozen=True)
class Member:
    """
    One network: vectors (features × width, bytes) with a scale for each place, then `layers`: the
    bias of the sum, weights and bias of the inner layer, weights and bias of the answers.
    """

    vectors: npt.NDArray[np.int8]
    scale: Floats
    layers: tuple[Floats, ...]

    def answers(self, rows: Rows, values: Floats) -> Floats:
        """Return the scores of all labels of all questions."""
        bias, inner, inner_bias, outer, outer_bias = self.layers
        summed = (values @ self.vectors.take(rows, axis=0).astype(np.float32)) * self.scale
        hidden = np.maximum(np.maximum(summed + bias, 0) @ inner + inner_bias, 0)
        return np.asarray(hidden @ outer + outer_bias, dtype=np.float32)


@dataclass(frozen=True)
class Nets:
    """Networks over the same features and the same questions, in the order of their answers."""

    labels: Mapping[str, tuple[str, ...]]
    vocabulary: Mapping[str, int]
    members: Sequence[Member]

    def shares_of(self, rows: Rows, values: Floats, names: Sequence[str]) -> dict[str, Floats]:
        """Return the mean log share of each label of some questions, for features by their rows."""
        answers = [member.answers(rows, values) for member in self.members]
        return {name: self._mean_share(self._places[name], answers) for name in names}

    def _mean_share(self, place: slice, answers: Sequence[Floats]) -> Floats:
        found = [log_share(each[place]) for each in answers]
        return np.asarray(np.mean(found, axis=0), dtype=np.float32)

    @cached_property
    def _places(self) -> dict[str, slice]:
        """Where the answers to each question stand among all."""
        places, start = {}, 0
        for name, labels in self.labels.items():
            places[name] = slice(start, start + len(labels))
            start += len(labels)
        return places


def log_share(scores: Floats) -> Floats:
    """Return the logarithms of the softmax of scores."""
    shifted = scores - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)


def as_bytes(vectors: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return vectors as signed bytes, and the scale of each place."""
    scale = np.maximum(np.abs(vectors).max(axis=0), 1e-6).astype(np.float32) / STEPS
    return np.clip(np.rint(vectors / scale), -STEPS, STEPS).astype(np.int8), scale


def to_arrays(nets: Nets) -> dict[str, npt.NDArray[Any]]:
    """Return what is written into the file of a model."""
    words = sorted(nets.vocabulary, key=nets.vocabulary.__getitem__)
    arrays: dict[str, npt.NDArray[Any]] = {
        "nets.words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    }
    for number, member in enumerate(nets.members):
        arrays[f"net{number}.vectors"] = member.vectors
        arrays[f"net{number}.scale"] = member.scale
        for name, layer in zip(LAYERS, member.layers, strict=True):
            arrays[f"net{number}.{name}"] = layer
    return arrays


def from_arrays(labels: Mapping[str, Sequence[str]], members: int, arrays: Any) -> Nets:  # noqa: ANN401 - NumPy's archive
    """
    Return what `to_arrays` gave.

    :raises KeyError: if a part is missing
    """
    return Nets(
        {name: tuple(of_it) for name, of_it in labels.items()},
        Words(arrays["nets.words"].tobytes()),
        [
            Member(
                arrays[f"net{number}.vectors"],
                arrays[f"net{number}.scale"],
                tuple(arrays[f"net{number}.{name}"] for name in LAYERS),
            )
            for number in range(members)
        ],
    )
