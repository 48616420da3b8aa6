"""
Prints how well the reader reads the set: `make evaluate`, or `python -m tests.evaluation`.

    make evaluate ARGS="--jsonl /tmp/verdicts.jsonl"   # also every document's verdict, a line each
    make evaluate ARGS="--language it"                 # one language only
    make evaluate ARGS="--folder /tmp/set"             # write the built files there, read nothing
    make evaluate ARGS="--documents training"          # another set of the same form

The figures are defined in docs/reference/accuracy.md. The set is never used to train or tune.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.evaluation.build import build
from tests.evaluation.scoring import Verdict, confusions, figures, judge
from tests.evaluation.source import DOCUMENTS, LANGUAGES, Document, load

from concilia.documents.queries.reader import Reader

CONFUSIONS_SHOWN = 40


def main() -> int:
    """Read the set, print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--jsonl", type=Path, help="write every document's verdict there")
    options.add_argument("--language", choices=LANGUAGES)
    options.add_argument("--folder", type=Path, help="only write the files of the set there")
    options.add_argument("--documents", type=Path, default=DOCUMENTS, help="read another set")
    options.add_argument("--workers", type=int, default=1)
    chosen = options.parse_args()
    documents = [each for each in load(chosen.documents) if chosen.language in (None, each.folder)]
    if chosen.folder:
        write(documents, chosen.folder)
        return 0
    verdicts = read(documents, chosen.workers)
    show(verdicts)
    if chosen.jsonl:
        lines = (json.dumps(detail(each), ensure_ascii=False) for each in verdicts)
        chosen.jsonl.write_text("\n".join([*lines, ""]), "utf-8")
    return 0


def read(documents: list[Document], workers: int = 1) -> list[Verdict]:
    """Read every document as users' files are read, and judge it."""
    with Reader(workers=workers) as reader, ThreadPoolExecutor(workers) as threads:

        def verdict(document: Document) -> Verdict:
            name, content = build(document)
            day = dt.date.fromisoformat(document.date)
            return judge(document, reader.read(content, name, written_on=day))

        return list(threads.map(verdict, documents))


def write(documents: list[Document], folder: Path) -> None:
    """Write the files of the set, for other programs to read."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        name, content = build(document)
        (folder / f"{document.name}{Path(name).suffix}").write_bytes(content)


def show(verdicts: list[Verdict]) -> None:
    """Print figures over all and per language, then what was taken for what."""
    columns = {"all": verdicts}
    for language in LANGUAGES:
        of_it = [each for each in verdicts if each.document.folder == language]
        if of_it:
            columns[language] = of_it
    tables = {name: figures(of_it) for name, of_it in columns.items()}
    sys.stdout.write(f"{'':22}{'n':>6}" + "".join(f"{name:>8}" for name in columns) + "\n")
    sys.stdout.write(f"{'documents':22}{len(verdicts):6}")
    sys.stdout.write("".join(f"{len(of_it):8}" for of_it in columns.values()) + "\n")
    for figure, (_, count) in tables["all"].items():
        shares = (table[figure][0] for table in tables.values())
        printed = "".join(f"{'-' if s is None else f'{100 * s:.1f}':>8}" for s in shares)
        sys.stdout.write(f"{figure:22}{count:6}{printed}\n")
    sys.stdout.write("\nreasons taken for others (right, said, how often)\n")
    for (right, said), times in confusions(verdicts).most_common(CONFUSIONS_SHOWN):
        sys.stdout.write(f"  {right:28}{said:8}{times:3}\n")


def detail(verdict: Verdict) -> dict[str, Any]:
    """Return what is known about one document, for a line of JSON."""
    document, said = verdict.document, verdict.said
    names = ("kind", "reason", "reason_among_three", "motive", "amount", "currency", "total")
    return {
        "id": document.name,
        "language": document.folder,
        "medium": document.medium,
        "right": verdict.right,
        "passed": verdict.passed,
        **{name: getattr(verdict, name) for name in (*names, "promise")},
        "language_right": verdict.language,
        "references_right": verdict.references and verdict.references.f1,
        "expected": {
            "kind": document.kinds,
            "reason": document.reasons,
            "motive": document.motives,
            "said": document.said,
        },
        "reading": {key: value for key, value in said.items() if key not in {"evidence", "parts"}},
    }


if __name__ == "__main__":
    raise SystemExit(main())
