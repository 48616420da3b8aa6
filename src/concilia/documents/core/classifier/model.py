"""
A trained classifier: weights of features for labels, and how its scores become probabilities.

The file is a NumPy archive without pickles: feature names, labels, weights as small integers with
a scale for each label, the temperature of each question, version and digest of the training
material. It holds one `Question` each for kind, reason and motive, and networks (`nets.py`) that
are asked beside them.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from concilia.documents.core.classifier.features import Features
from concilia.documents.core.classifier.lookup import (
    Floats,
    Found,
    Lookup,
    Rows,
    Words,
    found_in,
)
from concilia.documents.core.classifier.nets import Nets, from_arrays, log_share, to_arrays
from concilia.documents.core.scoring import Choice

NONE: Final = "-"  # the label of "none of these"
STEPS: Final = 127  # weights are kept as signed bytes
NETS: Final = ""  # beside the names of the questions, the vocabulary of the networks


class ModelDamaged(ValueError):
    """The file is not a model this version can use."""


@dataclass(frozen=True)
class Question:
    """One thing the classifier decides: labels, weights (features × labels), sharpness."""

    labels: tuple[str, ...]
    vocabulary: Mapping[str, int]
    weights: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats
    temperature: float

    def scores(self, features: Features) -> Floats:
        """Return the log odds of each label, up to a common constant."""
        return self.scores_of(*found_in(self.vocabulary, features.values))

    def scores_of(self, rows: Rows, values: Floats) -> Floats:
        """Return `scores` of the features in these rows, with their values."""
        total = self.bias.copy()
        if len(rows):
            total += (values @ self.weights.take(rows, axis=0).astype(np.float32)) * self.scale
        return total

    def reasons_for(self, features: Features, label: str, most: int = 3) -> list[str]:
        """Return the words and pairs that spoke most for a label."""
        column = self.labels.index(label)
        found = []
        for name, value in features.values.items():
            row = self.vocabulary.get(name)
            if row is not None and name in features.places:
                found.append((value * float(self.weights[row, column]), name))
        return [name for weight, name in sorted(found, reverse=True)[:most] if weight > 0]


@dataclass(frozen=True)
class Model:
    """The questions by name, and what the model was made of."""

    questions: Mapping[str, Question]
    about: Mapping[str, Any]
    nets: Nets | None = None

    @cached_property
    def lookup(self) -> Lookup:
        """The vocabularies of all questions and of the networks; made when first asked for."""
        vocabularies = {name: each.vocabulary for name, each in self.questions.items()}
        return Lookup(vocabularies | ({NETS: self.nets.vocabulary} if self.nets else {}))

    def log_shares(self, features: Features) -> dict[str, Floats]:
        """Return what question and networks say together of each label, by question."""
        return self._shares(features, [*self.questions])

    def choose_all(self, features: Features) -> dict[str, list[Choice]]:
        """Return `choose` of each question, the networks asked but once."""
        return {
            name: self._ranked(name, shares) for name, shares in self.log_shares(features).items()
        }

    def choose(self, features: Features, name: str) -> list[Choice]:
        """Return all labels of a question with their probabilities, the likeliest first."""
        return self._ranked(name, self._shares(features, [name])[name])

    def _shares(self, features: Features, names: Sequence[str]) -> dict[str, Floats]:
        found = self.lookup.find(features.values, [*names, NETS] if self.nets else names)
        said = self.nets.shares_of(*found[NETS], names) if self.nets else {}
        return {name: self._joined(name, found[name], said) for name in names}

    def _joined(self, name: str, found: Found, said: Mapping[str, Floats]) -> Floats:
        """The mean of all voices: the linear question is one, each network another."""
        linear = log_share(self.questions[name].scores_of(*found))
        if self.nets is None:
            return linear
        voices = len(self.nets.members)
        return np.asarray((linear + voices * said[name]) / (1 + voices), dtype=np.float32)

    def _ranked(self, name: str, shares: Floats) -> list[Choice]:
        question = self.questions[name]
        return ranked(question.labels, probabilities(shares, question.temperature))

    @property
    def version(self) -> str:
        """What readings name as their reader: changes with training material and training."""
        return f"{self.about['name']}-{str(self.about['digest'])[:12]}"


def probabilities(scores: Floats, temperature: float) -> Floats:
    """Return the softmax of scores; a higher temperature is less sure."""
    shifted = (scores - scores.max()) / np.float32(temperature)
    weights = np.exp(shifted)
    return np.asarray(weights / weights.sum(), dtype=np.float32)


def ranked(labels: Sequence[str], shares: Floats) -> list[Choice]:
    """Return labels with their probabilities, the likeliest first."""
    order = np.argsort(-shares, kind="stable")
    sure = shares.tolist()
    return [Choice(labels[index], sure[index]) for index in order.tolist()]


def rounded(
    labels: tuple[str, ...], vocabulary: dict[str, int], weights: Floats, bias: Floats
) -> Question:
    """Return a question with its weights as bytes, a scale for each label."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6).astype(np.float32) / STEPS
    small = np.clip(np.rint(weights / scale), -STEPS, STEPS).astype(np.int8)
    return Question(labels, vocabulary, small, scale, bias.astype(np.float32), 1.0)


def pack(model: Model) -> bytes:
    """Return the model as the bytes of its file; the same model gives the same bytes."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    heads = {}
    for name, question in model.questions.items():
        arrays[f"{name}.weights"] = question.weights
        arrays[f"{name}.scale"] = question.scale
        arrays[f"{name}.bias"] = question.bias
        words = sorted(question.vocabulary, key=question.vocabulary.__getitem__)
        arrays[f"{name}.words"] = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
        heads[name] = {"labels": question.labels, "temperature": question.temperature}
    if model.nets is not None:
        arrays |= to_arrays(model.nets)
    nets = [*model.nets.labels] if model.nets is not None else []  # in the order of their answers
    members = len(model.nets.members) if model.nets is not None else 0
    known = {"about": dict(model.about), "questions": heads, "nets": nets, "members": members}
    head = json.dumps(known, sort_keys=True)
    arrays["head"] = np.frombuffer(head.encode(), dtype=np.uint8)
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **{name: arrays[name] for name in sorted(arrays)})
    return out.getvalue()


def unpack(content: bytes) -> Model:
    """
    Return the model in a file's bytes.

    :raises ModelDamaged: if it is none
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            head = json.loads(arrays["head"].tobytes())
            questions = {
                name: _question(name, known, arrays) for name, known in head["questions"].items()
            }
            labels = {name: questions[name].labels for name in head.get("nets", ())}
            nets = from_arrays(labels, head["members"], arrays) if labels else None
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise ModelDamaged(f"the classifier's file cannot be used: {error}") from error
    return Model(questions, head["about"], nets)


def _question(name: str, known: Mapping[str, Any], arrays: Any) -> Question:  # noqa: ANN401 - NumPy's archive
    return Question(
        labels=tuple(known["labels"]),
        vocabulary=Words(arrays[f"{name}.words"].tobytes()),
        weights=arrays[f"{name}.weights"],
        scale=arrays[f"{name}.scale"],
        bias=arrays[f"{name}.bias"],
        temperature=float(known["temperature"]),
    )
