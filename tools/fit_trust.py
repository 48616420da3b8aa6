"""
Fit how far a reading can be trusted as a whole, from annotated documents in `training/`.

    python tools/fit_trust.py            # fit, print held-out figures, write the weights
    python tools/fit_trust.py --judge    # only print

The documents lie in `training/<language>/documents`, in the form of tests/evaluation/README.md; the
classifier was not trained on them, and each is read by a picker that was not either. Run it after
`tools/train_picker.py`, and when rules changed.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.evaluation.scoring import judge  # noqa: E402
from tests.evaluation.source import Document  # noqa: E402

from annotated import (  # noqa: E402 - it reads what tests define
    CONTRIVED,
    CONTRIVED_WEIGHT,
    Answer,
    easy_lessons,
    held_out,
    lessons,
    plain_texts,
)
from fit_kinds import kept_cases, weighings_of_others  # noqa: E402

TARGET = ROOT / "src/concilia/documents/core/trust_weights.py"
FOLDS: Final = 10
FREEDOM: Final = 2.0
IS: Final = "is "
THRESHOLDS: Final = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98)
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A document's signs, and whether its reading was right in every part."""

    name: str
    signs: dict[str, float]
    is_right: bool


def main() -> int:
    """Read, fit, print, write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    options.add_argument("--judge", action="store_true", help="do not write the weights")
    chosen = options.parse_args()
    warnings.simplefilter("ignore")
    weighings = weighings_of_others(kept_cases())
    read = held_out(lessons(), easy_lessons(plain_texts()), weighings)
    cases = [_case(*each) for each in read]
    names = sorted({name for case in cases for name in case.signs})
    table = np.array([[case.signs.get(name, 0.0) for name in names] for case in cases])
    right = np.array([case.is_right for case in cases], dtype=np.float64)
    counted = np.array([CONTRIVED_WEIGHT if CONTRIVED in c.name else 1.0 for c in cases])
    said = _held_out(cases, table, right, counted)
    _tell("all", said, right)
    mail = counted == 1
    _tell("like mail", said[mail], right[mail])
    groups = np.array([_group(case) for case in cases])
    for group in sorted(set(groups)):
        _tell(group, said[mail & (groups == group)], right[mail & (groups == group)])
    if not chosen.judge:
        weights = fit(table, right, counted)
        TARGET.write_text(_written(dict(zip(names, weights, strict=True))), "utf-8")
    return 0


def fit(table: Doubles, right: Doubles, counted: Doubles) -> Doubles:
    """
    Return the weights of a logistic regression with a quadratic penalty.

    :param counted: how much each document counts
    """

    def cost(weights: Doubles) -> tuple[float, Doubles]:
        score = table @ weights
        loss = counted * (np.logaddexp(0, score) - right * score)
        slope = table.T @ (counted * (1 / (1 + np.exp(-score)) - right)) + weights / FREEDOM
        return float(loss.sum() + 0.5 / FREEDOM * (weights @ weights)), slope

    found = minimize(cost, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x)


def _case(document: Document, answer: Answer) -> Case:
    verdict = judge(document, answer["reading"])
    return Case(document.name, answer["signs"], verdict.right)


def _group(case: Case) -> str:
    """The group of kinds it was taken for."""
    return next(name for name in case.signs if name.startswith(IS) and ": " not in name)


def _held_out(cases: Sequence[Case], table: Doubles, right: Doubles, counted: Doubles) -> Doubles:
    folds = np.array([int(hashlib.sha256(c.name.encode()).hexdigest(), 16) % FOLDS for c in cases])
    said = np.zeros(len(cases))
    for fold in range(FOLDS):
        rest = folds != fold
        said[~rest] = 1 / (1 + np.exp(-table[~rest] @ fit(table[rest], right[rest], counted[rest])))
    return said


def _tell(which: str, said: Doubles, right: Doubles) -> None:
    say(f"{which}: {len(right)} documents, {right.mean():.1%} right in every part")
    for threshold in THRESHOLDS:
        sure = said >= threshold
        share = f"{right[sure].mean():.1%}" if sure.any() else "n/a"
        say(f"  from {threshold}: {sure.mean():.1%} of all, right {share}")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _written(weights: dict[str, float]) -> str:
    lines = "".join(f'    "{name}": {value:.3f},\n' for name, value in sorted(weights.items()))
    return (
        '"""How much each sign of a reading speaks for it: written by `tools/fit_trust.py`."""\n\n'
        "from __future__ import annotations\n\nfrom typing import Final\n\n"
        f"WEIGHTS: Final[dict[str, float]] = {{\n{lines}}}\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
