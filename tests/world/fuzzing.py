"""
Damaged files through parsers in this process, under a watch-dog for time and memory.

What a parser may do with any bytes is to read them or to refuse them with `ParserFailed`, soon and
in little memory; and what it read must be fit for everything after it.
"""

from __future__ import annotations

import contextlib
import random
import resource
import signal
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import FrameType

from tests.world.mutations import damaged
from tests.world.samples import MORE, SAMPLES

from concilia.documents.core.decoding import tidy
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.core.reading import read_document
from concilia.documents.ports import PARSERS, ParserFailed, parser_for

SECONDS_MAX = 5.0
TEXT_CHARS_MAX = 30_000_000
CONTENT_BYTES_MAX = 200 << 20


class TooLong(BaseException):
    """The watch-dog barked; no `except Exception` may swallow it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An input that a parser neither read nor refused, and where it went wrong."""

    format: str
    number: int
    problem: str
    place: str
    content: bytes

    @property
    def kind(self) -> tuple[str, str, str]:
        """Return what makes it the same as another finding."""
        return self.format, self.problem.split(":")[0], self.place


def formats() -> list[str]:
    """Return every format of every registered parser that has a sample."""
    known = {name for parser in PARSERS for name in PARSERS[parser].formats}
    return sorted(known & set(SAMPLES))


def inputs(name: str, count: int, seed: int = 0, more: Sequence[bytes] = ()) -> Iterator[bytes]:
    """Yield damaged files of a format; the same ones for the same seed."""
    seeds = [SAMPLES[name], *(content for kind, content in MORE if kind == name), *more]
    others = [*SAMPLES.values()]
    for number in range(count):
        chance = random.Random(f"{seed}:{name}:{number}")
        pool = seeds if chance.random() < 0.8 else others
        yield damaged(chance.choice(seeds), pool, chance)


def examine(
    name: str, content: bytes, number: int = 0, seconds: float = SECONDS_MAX
) -> Finding | None:
    """Give one file to the parser of a format; return what it did that none may do."""
    problem, place = "", ""
    try:
        with watched(seconds):
            problem = _problem(name, content)
    except ParserFailed as refusal:
        problem = "" if len(str(refusal)) > 8 else "refused without a reason"
    except (Exception, TooLong, RecursionError) as error:  # noqa: BLE001 - that is the question
        problem = f"{type(error).__name__}: {str(error)[:150]}"
        place = _place(error)
    return Finding(name, number, problem, place, content) if problem else None


@contextlib.contextmanager
def watched(seconds: float) -> Iterator[None]:
    """Raise `TooLong` in the block after so many seconds of processor time."""

    def bark(number: int, frame: FrameType | None) -> None:
        raise TooLong(f"more than {seconds:g} seconds")

    before = signal.signal(signal.SIGPROF, bark)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def limit_memory(megabytes: int) -> None:
    """Make allocations beyond this fail with `MemoryError`, in this process, for good."""
    size = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _problem(name: str, content: bytes) -> str:
    """Parse and judge; what is wrong with the answer, an empty string if nothing is."""
    parser = parser_for(name)
    assert parser is not None
    parsed = parser.parse(Source(content, f"sample.{name}", name))
    unfit = _unfit(parsed)
    if not unfit:
        reading = read_document(parsed, source="x", sha256="0")
        reading.to_dict()
        for each in reading.evidence:
            if parsed.text[each.start : each.end] != each.text:
                return f"evidence of {each.field} is not what stands there"
    return unfit


def _unfit(parsed: ParsedDocument) -> str:
    if len(parsed.text) > TEXT_CHARS_MAX:
        return f"a text of {len(parsed.text)} characters"
    if sum(len(each.content) for each in parsed.attachments) > CONTENT_BYTES_MAX:
        return "attachments far larger than the file"
    if any("/" in each.filename or not each.filename for each in parsed.attachments):
        return "an attachment whose name is a path, or none"
    return "" if parsed.text == tidy(parsed.text) else "a text that is not tidy"


def _place(error: BaseException) -> str:
    """Our innermost line in the way of the error."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "concilia" in frame.filename
    ]
    if not frames:
        return "?"
    last = frames[-1]
    return f"{last.filename.rpartition('concilia/')[2]}:{last.lineno}"
