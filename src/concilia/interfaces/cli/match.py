"""`concilia match`: cash application without a database (interfaces.md)."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from concilia.interfaces.cli.items_beside import ShareFailed, read_beside, read_here
from concilia.interfaces.cli.tables import Problems, TableUnreadable
from concilia.matching.explanations import LANGUAGES

HELP = "say which payment settles which open items, from files"
NEEDS_DJANGO = False


def configure(parser: argparse.ArgumentParser) -> None:
    """This will add the files."""
    parser.add_argument("--customers", required=True, type=Path, metavar="F", help="customers, CSV")
    parser.add_argument(
        "--open-items", required=True, type=Path, metavar="F", help="open items, CSV"
    )
    parser.add_argument(
        "--payments",
        required=True,
        type=Path,
        metavar="F",
        help="CSV or a bank statement (camt, MT940, BAI2, CODA, CFONB, Norma 43, OFX)",
    )
    parser.add_argument("--remittances", type=Path, metavar="F", help="remittance advices, CSV")
    parser.add_argument("--out", type=Path, metavar="F", help="write here, not to standard output")
    parser.add_argument(
        "--workers", type=int, default=1, metavar="N", help="processes (default: 1)"
    )
    parser.add_argument(
        "--language", choices=LANGUAGES, default="en", help="of the explanations (default: en)"
    )


def run(options: argparse.Namespace) -> int:
    """This will print one JSON object for each payment, in input order."""
    problems = Problems(tell=_tell)
    reading = read_beside if options.workers > 1 else read_here
    gc.disable()  # millions of small values and no cycles: looking for these takes a third
    try:
        with reading(options.open_items) as read_items:
            # Another process reads already while this one gets to know how to match.
            from concilia.interfaces.cli.match_run import Run

            read = Run(options, read_items, problems)
        with _opened(options.out) as file:
            for line in read.lines():
                file.write(line + "\n")
    except (TableUnreadable, ShareFailed) as error:
        _tell(str(error))
        return 1
    finally:
        gc.enable()
    return 1 if problems.count else 0


def _tell(sentence: str) -> None:
    print(f"concilia: {sentence}", file=sys.stderr)


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8") as file:
        yield file
