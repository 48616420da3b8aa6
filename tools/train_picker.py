"""
Train who picks the numbers and the sum that are meant, from annotated documents in `training/`.

    python tools/train_picker.py            # train, write
    python tools/train_picker.py --judge    # read each document by a picker that has not seen it

The documents lie in `training/<language>/documents`, in the form of tests/evaluation/README.md. Run
it after `tools/train_reader.py`, and when rules changed; `tools/fit_trust.py` comes after it.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.evaluation.scoring import figures, judge  # noqa: E402

from annotated import easy_lessons, held_out, lessons, picker_of, plain_texts  # noqa: E402 - it reads what tests define
from concilia.documents.core.classifier.model import pack  # noqa: E402
from fit_kinds import kept_cases, weighings_of_others  # noqa: E402

TARGET = ROOT / "src/concilia/documents/core/picking/picker.npz"


def main() -> int:
    """Read, then judge or train and write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    options.add_argument("--judge", action="store_true", help="print held-out figures only")
    chosen = options.parse_args()
    warnings.simplefilter("ignore")
    taught, easy = lessons(), easy_lessons(plain_texts())
    if chosen.judge:
        verdicts = [
            judge(document, answer["reading"])
            for document, answer in held_out(taught, easy, weighings_of_others(kept_cases()))
        ]
        for name, (share, count) in figures(verdicts).items():
            say(f"{name:24} {100 * (share or 0):6.1f}  of {count}")
        return 0
    TARGET.write_bytes(pack(picker_of(taught, easy).model))
    numbers, sums = (
        sum(len(each.numbers) for each in taught),
        sum(len(each.sums) for each in taught),
    )
    say(f"{len(taught)} documents, {numbers} numbers, {sums} sums -> {TARGET.stat().st_size} bytes")
    return 0


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
