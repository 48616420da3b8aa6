"""`concilia read`: what documents say, without database and network (interfaces.md)."""

from __future__ import annotations

import argparse
import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concilia.documents.core.formats import detect
from concilia.documents.queries.reader import Reader, unreadable

HELP = "say what documents claim, pay or promise; prints one JSON object for each"
NEEDS_DJANGO = False

OK, UNREADABLE, MISUSED = 0, 1, 2
WORKERS_MAX = 64
AHEAD = 4  # documents per worker that are read before the first of them is printed


def configure(parser: argparse.ArgumentParser) -> None:
    """This will add the paths and options."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file, folder or mbox")
    parser.add_argument(
        "--workers", type=_workers, default=1, metavar="N", help="documents read at once (1)"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write here, not to the screen")


def run(options: argparse.Namespace) -> int:
    """This will print one JSON object for each file, in input order."""
    try:
        target = options.out.open("w", encoding="utf-8") if options.out else nullcontext(sys.stdout)
    except OSError as error:
        print(f"concilia: {options.out} cannot be written: {error.strerror}", file=sys.stderr)
        return MISUSED
    broken = False
    with target as out, Reader(workers=options.workers) as reader:
        for reading in _readings(options.paths, reader, options.workers):
            broken = broken or reading["error"] is not None
            _tell(reading)
            out.write(json.dumps(reading, ensure_ascii=False) + "\n")
            out.flush()
    return UNREADABLE if broken else OK


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the walk; `problem` says why it cannot even be opened."""

    path: Path
    problem: str | None = None


def _readings(paths: Iterable[Path], reader: Reader, workers: int) -> Iterator[dict[str, Any]]:
    """Read ahead as far as the workers need, hand over in order."""
    with ThreadPoolExecutor(max_workers=workers) as pool:
        waiting: deque[Future[list[dict[str, Any]]]] = deque()
        for file in _walk(paths):
            waiting.append(pool.submit(_read, file, reader))
            if len(waiting) > workers * AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _walk(paths: Iterable[Path]) -> Iterator[_File]:
    for path in paths:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file():
                    yield _File(inner)
        elif path.exists():
            yield _File(path)
        else:
            yield _File(path, "there is no such file")


def _read(file: _File, reader: Reader) -> list[dict[str, Any]]:
    source = str(file.path)
    if file.problem is not None:
        return [unreadable(source, b"", file.problem)]
    try:
        content = file.path.read_bytes()
    except OSError as error:
        return [unreadable(source, b"", f"cannot be opened: {error.strerror}")]
    if detect(content, file.path.name) == "mbox":
        return list(reader.read_mailbox(content, source))
    return [reader.read(content, file.path.name, source=source)]


def _tell(reading: dict[str, Any]) -> None:
    if reading["error"] is not None:
        print(f"concilia: {reading['source']}: {reading['error']}", file=sys.stderr)
    for warning in reading["warnings"]:
        print(f"concilia: {reading['source']}: {warning}", file=sys.stderr)


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= WORKERS_MAX:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is not a number from 1 to {WORKERS_MAX}")
    return int(text)
