"""
Fit the second look at what a document is, from annotated documents kept from the classifier.

    python tools/fit_kinds.py            # fit, print held-out figures, write
    python tools/fit_kinds.py --judge    # only print

Run it after `tools/train_reader.py`; `tools/train_picker.py` and `tools/fit_trust.py` come after
it. Documents of which each was to be like no other count less: they are no sample of what arrives.
Of rare kinds they count like others, or what is seldom would be taken for what is frequent.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from annotated import CONTRIVED, CONTRIVED_WEIGHT, fold_of, whole_texts
from concilia.documents.core.classifier.shipped import shipped_model
from concilia.documents.core.classifier.signs import describe
from concilia.documents.core.classifier.weighing import Weighing, signs_of_kind
from concilia.documents.core.context import Context
from concilia.documents.core.kinds import kind_scores
from side_by_side import side_by_side

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src/concilia/documents/core/classifier/weighing.npz"
LANGUAGES: Final = ("en", "it", "fr", "es", "de")
SEEN_MIN: Final = 15
PENALTY: Final = 30.0
RARE: Final = 150  # of kinds with fewer documents the contrived count in full: else none is left
STEPS: Final = 80
FOLDS: Final = 5
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A kept document: its signs, the kinds that are right, the fold it is kept in."""

    name: str
    fold: int
    signs: dict[str, float]
    kinds: tuple[str, ...]
    judged: str

    @property
    def weight(self) -> float:
        """How much it counts."""
        return CONTRIVED_WEIGHT if CONTRIVED in self.name else 1.0


def main() -> int:
    """Read, judge in folds, fit, write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    options.add_argument("--judge", action="store_true", help="do not write")
    chosen = options.parse_args()
    warnings.simplefilter("ignore")
    cases = kept_cases()
    _judge(cases)
    if not chosen.judge:
        TARGET.write_bytes(weighing_of(cases).to_bytes())
        sys.stdout.write(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size:,} bytes\n")
    return 0


def kept_cases() -> list[Case]:
    """Return the documents kept from the classifier that say it all in one part."""
    return [case for part in side_by_side(_cases, LANGUAGES) for case in part]


def weighing_of(cases: Sequence[Case]) -> Weighing:
    """
    Return a weighing that has learned these: multinomial logistic regression, with a quadratic
    penalty on how far it goes away from what the classifier says.
    """
    kinds = tuple(sorted({kind for case in cases for kind in case.kinds} | _labels()))
    seen = Counter(name for case in cases for name in case.signs)
    signs = tuple(sorted(name for name, times in seen.items() if times >= SEEN_MIN))
    table = np.array([[case.signs.get(name, 0.0) for name in signs] for case in cases])
    right = np.array([kinds.index(case.kinds[0]) for case in cases])
    often = Counter(case.kinds[0] for case in cases)
    counted = np.array([1.0 if often[case.kinds[0]] < RARE else case.weight for case in cases])
    start = np.array([[float(sign == f"kind:{kind}") for kind in kinds] for sign in signs])
    weights = start + _fit(table, right, counted, table @ start)
    return Weighing(kinds, signs, weights.astype(np.float32))


def weighings_of_others(cases: Sequence[Case]) -> dict[int, Weighing]:
    """Return for each kept fold a weighing that learned from the other ones."""
    return {
        fold: weighing_of([case for case in cases if case.fold != fold])
        for fold in sorted({case.fold for case in cases})
    }


def _fit(table: Doubles, right: npt.NDArray[np.int64], counted: Doubles, said: Doubles) -> Doubles:
    shape, rows = (table.shape[1], said.shape[1]), np.arange(len(right))

    def cost(flat: Doubles) -> tuple[float, Doubles]:
        scores = said + table @ flat.reshape(shape)
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        loss = -float(counted @ np.log(np.maximum(shares[rows, right], 1e-12)))
        shares[rows, right] -= 1
        slope = table.T @ (shares * counted[:, None])
        return loss + PENALTY / 2 * float(flat @ flat), slope.ravel() + PENALTY * flat

    start = np.zeros(shape[0] * shape[1])
    found = minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return np.asarray(found.x).reshape(shape)


def _labels() -> set[str]:
    return set(shipped_model().questions["kind"].labels)


def _cases(language: str) -> list[Case]:
    return [
        _case(document.name, fold_of(document), document.kinds, context)
        for document, context in whole_texts(language, kept=True)
    ]


def _case(name: str, fold: int, kinds: tuple[str, ...], context: Context) -> Case:
    features = describe(context, kind_scores(context))
    answers = shipped_model().choose_all(features)
    return Case(name, fold, signs_of_kind(answers, features), kinds, answers["kind"][0].label)


def _judge(cases: Sequence[Case]) -> None:
    """Print how often the classifier alone, and the second look at others, is right."""
    hits = {}
    for fold in range(FOLDS):
        others = weighing_of([case for place, case in enumerate(cases) if place % FOLDS != fold])
        for place in range(fold, len(cases), FOLDS):
            case = cases[place]
            rows = [row for row, name in enumerate(others.signs) if name in case.signs]
            values = np.array([case.signs[others.signs[row]] for row in rows])
            best = others.kinds[int((values @ others.weights[rows]).argmax())]
            hits[place] = best in case.kinds
    for name, weight in (("like mail", 1.0), ("contrived", CONTRIVED_WEIGHT)):
        of_it = [place for place, case in enumerate(cases) if case.weight == weight]
        before = np.mean([cases[place].judged in cases[place].kinds for place in of_it])
        after = np.mean([hits[place] for place in of_it])
        sys.stdout.write(f"kind, {name}: {len(of_it)} documents, {before:.1%} -> {after:.1%}\n")


if __name__ == "__main__":
    raise SystemExit(main())
