"""
The second look at what a document is: how sure the classifier is of each kind, of each reason and
each motive, weighed against what titles, phrases and the form of the document say.

A reason that is certain speaks for a claim, a motive for an answer to a reminder, a title for its
paper: how much, `tools/fit_kinds.py` learned from documents no classifier was trained on. Linear,
so that it can be read: signs × kinds, added to what the classifier said.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Final

import numpy as np

from concilia.documents.core.classifier.features import Features
from concilia.documents.core.classifier.lookup import Floats, found_in
from concilia.documents.core.classifier.model import NONE, ranked
from concilia.documents.core.scoring import Choice

FILE: Final = "weighing.npz"
GIVEN: Final = frozenset("kxmrf")  # phrase books and form
SHARE_MIN: Final = 5e-4
DOUBT: Final = 0.01
ALWAYS: Final = "always"

Answers = Mapping[str, Sequence[Choice]]


@dataclass(frozen=True)
class Weighing:
    """Weights (signs × kinds) by the names of the signs."""

    kinds: tuple[str, ...]
    signs: tuple[str, ...]
    weights: Floats

    def kinds_of(self, answers: Answers, features: Features) -> list[Choice]:
        """Return all kinds with their probabilities, the likeliest first."""
        rows, values = found_in(self._rows, signs_of_kind(answers, features))
        scores = values @ self.weights[rows]
        weights = np.exp(scores - scores.max())
        return ranked(self.kinds, np.asarray(weights / weights.sum(), dtype=np.float32))

    def to_bytes(self) -> bytes:
        """Return what its file holds; the same weights give the same bytes."""
        out = io.BytesIO()
        names = {"kinds": self.kinds, "signs": self.signs}
        arrays = {
            name: np.frombuffer("\n".join(each).encode(), dtype=np.uint8)
            for name, each in names.items()
        }
        np.savez_compressed(out, allow_pickle=False, **arrays, weights=self.weights)
        return out.getvalue()

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.signs)}


def signs_of_kind(answers: Answers, features: Features) -> dict[str, float]:
    """
    Return what is weighed.

    :param answers: the classifier's to its three questions
    """
    signs = {ALWAYS: 1.0}
    for each in answers["kind"]:
        signs[f"kind:{each.label}"] = math.log(max(each.confidence, SHARE_MIN))
    best = {"reason": 0.0, "motive": 0.0, NONE: 0.0}
    for name in ("reason", "motive"):
        for each in answers[name]:
            if each.confidence < SHARE_MIN:
                break  # they are in order
            signs[f"{name}:{each.label}"] = each.confidence
            which = NONE if each.label == NONE else name
            best[which] = max(best[which], each.confidence)
    signs |= {f"best {name}": math.log(share + DOUBT) for name, share in best.items()}
    for name, value in features.values.items():
        if name[1:2] == ":" and name[0] in GIVEN:
            signs[name] = value
    return signs


def from_bytes(content: bytes) -> Weighing:
    """Return what `to_bytes` gave."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        kinds, signs = (
            tuple(arrays[name].tobytes().decode().split("\n")) for name in ("kinds", "signs")
        )
        return Weighing(kinds, signs, arrays["weights"])


@cache
def shipped_weighing() -> Weighing:
    """Return the weighing of this version."""
    return from_bytes(files(__package__).joinpath(FILE).read_bytes())


_chosen: ContextVar[Weighing | None] = ContextVar("weighing", default=None)


def weighing() -> Weighing:
    """Return what weighs now."""
    return _chosen.get() or shipped_weighing()


@contextmanager
def weighed_by(other: Weighing) -> Iterator[None]:
    """Let another weighing judge within: whoever measures asks one that saw other documents."""
    token = _chosen.set(other)
    try:
        yield
    finally:
        _chosen.reset(token)
