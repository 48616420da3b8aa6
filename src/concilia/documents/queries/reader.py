"""
Documents read in confined processes: what others call.

`Reader` keeps warm sandboxed processes, in which `reading.py` runs, and turns failures into
readings with an `error`. It imports little itself, so that the first process starts at once.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from types import TracebackType
from typing import Any, Final

from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import Picture
from concilia.documents.core.readings import failed
from concilia.documents.core.told import NOTHING, Told
from concilia.documents.ports import RecognitionFailed, TextRecogniser, ready_recogniser
from concilia.foundation.sandbox import Limits, Sandbox, SandboxFailed

RETRIES_MAX: Final = 3
SCANNED_PAGES_MAX: Final = 10
INSIDE: Final = "concilia.documents.queries.reading"
PRELOAD: Final = (INSIDE, "concilia.documents.core.preloaded")


def unreadable(source: str, content: bytes, problem: str) -> dict[str, Any]:
    """Return the reading of a file that could not even be opened."""
    digest = hashlib.sha256(content).hexdigest()
    return failed(source=source, sha256=digest, document_format=None, error=problem).to_dict()


def _picture(drawn: Mapping[str, Any]) -> Picture:
    pixels = base64.b64decode(drawn["pixels"])
    return Picture(int(drawn["width"]), int(drawn["height"]), int(drawn["dpi"]), pixels)


class Reader:
    """
    Reads documents in confined processes; safe to share between threads, needs no database.

    Never raises for a document's sake: what cannot be read comes back with an `error`.
    """

    def __init__(
        self,
        workers: int = 1,
        limits: Limits | None = None,
        recogniser: TextRecogniser | None = None,
    ) -> None:
        """
        :param recogniser: recognises text in pictures; the one installed here if left out
        """
        self._recogniser = recogniser or ready_recogniser()
        self._sandbox = Sandbox(workers=workers, limits=limits, preload=PRELOAD)

    def read(
        self,
        content: bytes,
        filename: str,
        *,
        source: str | None = None,
        written_on: dt.date | None = None,
    ) -> dict[str, Any]:
        """
        Return the reading of a document, the JSON object of `concilia read`.

        :param filename: its name, for telling text formats apart
        :param source: what the reading calls it; the filename if left out
        :param written_on: the day relative dates count from, where the document has none
        """
        answer = self._call(content, filename, written_on, with_contents=False)
        reading: dict[str, Any] = answer["reading"]
        return {**reading, "source": source or filename}

    def read_with_contents(
        self,
        content: bytes,
        filename: str,
        *,
        written_on: dt.date | None = None,
        told: Told = NOTHING,
    ) -> dict[str, Any]:
        """
        Return `{"reading", "texts", "contents", "signals"}`: also the texts evidence counts in,
        parts, and what is kept for learning by place ("" is the document itself).

        `texts` are `{"part", "text"}`, `contents` `{"part", "filename", "content"}` in base64; the
        `part` is the place evidence names, None for the document itself.
        """
        return self._call(content, filename, written_on, with_contents=True, told=told)

    def read_mailbox(self, content: bytes, filename: str) -> Iterator[dict[str, Any]]:
        """Yield the reading of each message of an mbox; the last one has an `error` if it broke."""
        function = f"{INSIDE}:read_mailbox"
        try:
            for answer in self._sandbox.stream(function, content, {"filename": filename}):
                yield answer["reading"]
        except SandboxFailed as failure:
            yield self._failed(content, filename, failure)

    def statement_entries(self, content: bytes, filename: str) -> Iterator[Mapping[str, Any]]:
        """
        Yield the entries of a bank statement (fields of `banking.BankEntry`, amounts as strings).

        :raises SandboxFailed: if the file is no statement, or damaged; entries before are yielded
        """
        function = f"{INSIDE}:read_statement_entries"
        yield from self._sandbox.stream(function, content, {"filename": filename})

    def close(self) -> None:
        """End the processes."""
        self._sandbox.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _call(
        self,
        content: bytes,
        filename: str,
        written_on: dt.date | None,
        *,
        with_contents: bool,
        told: Told = NOTHING,
    ) -> dict[str, Any]:
        """Call the far side; a part that breaks it is left out in another try."""
        args: dict[str, object] = {
            "filename": filename,
            "written_on": written_on.isoformat() if written_on else None,
            "with_contents": with_contents,
            "told": told.to_json(),
        }
        if self._recogniser is None:
            return self._tried(content, filename, args)
        answer = self._tried(content, filename, {**args, "seen": {}})
        seen = self._seen(answer.pop("scans", []))
        if not seen:
            return answer
        again = self._tried(content, filename, {**args, "seen": seen})
        return answer if again["reading"]["error"] else again

    def _tried(self, content: bytes, filename: str, args: dict[str, object]) -> dict[str, Any]:
        skip: list[str] = []
        while True:
            try:
                return self._sandbox.run(f"{INSIDE}:read_bytes", content, {**args, "skip": skip})
            except SandboxFailed as failure:
                if not failure.noted or failure.noted in skip or len(skip) >= RETRIES_MAX:
                    reading = self._failed(content, filename, failure)
                    return {"reading": reading, "texts": [], "contents": [], "signals": {}}
                skip.append(failure.noted)

    def _seen(self, scans: list[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
        """Recognise the text of a document's pictures; what cannot be recognised stays unread."""
        seen: dict[str, list[dict[str, Any]]] = {}
        room = SCANNED_PAGES_MAX
        for scan in scans:
            content = base64.b64decode(scan["content"])
            pages = self._pages(content, str(scan["filename"]), room)
            room -= len(pages)
            if any(page["words"] for page in pages):
                seen[str(scan["part"])] = pages
        return seen

    def _pages(self, content: bytes, filename: str, room: int) -> list[dict[str, Any]]:
        assert self._recogniser is not None
        function = f"{INSIDE}:pictures_of"
        try:
            # All pages first: the far side's clocks run while it waits to be asked.
            drawn = list(self._sandbox.stream(function, content, {"filename": filename}))
            pictures = (_picture(each) for each in drawn[:room])
            return [asdict(self._recogniser.recognise(each)) for each in pictures]
        except (SandboxFailed, RecognitionFailed, ValueError, KeyError, TypeError):
            return []  # It stays what it was: a file without text, and says so.

    def _failed(self, content: bytes, filename: str, failure: SandboxFailed) -> dict[str, Any]:
        return failed(
            source=filename,
            sha256=hashlib.sha256(content).hexdigest(),
            document_format=detect(content, filename),
            error=str(failure),
        ).to_dict()
