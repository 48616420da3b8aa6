"""
Bytes in, reading out: format, parser, judgement, parts; inside the sandbox and from outside of it.

Inside (`read_bytes` and its like) nothing runs but the parser plug-ins and the pure core.
Outside, `Reader` keeps warm sandboxed processes and turns failures into readings with an `error`.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from types import TracebackType
from typing import Any, Final

from concilia.documents.core.combine import combine
from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import Attachment, ParsedDocument, Source
from concilia.documents.core.reading import Reading, failed, read_document
from concilia.documents.core.signals import Signals
from concilia.documents.core.told import NOTHING, Told
from concilia.documents.ports import ParserFailed, StatementParser, parser_for
from concilia.foundation.sandbox import Limits, Sandbox, SandboxFailed
from concilia.foundation.sandboxed import note

READER_VERSION: Final = "lexicon-1"
DEPTH_MAX: Final = 5
PARTS_MAX: Final = 200
PART_BYTES_MAX: Final = 25 << 20
RETRIES_MAX: Final = 3
PICTURES: Final = frozenset({"png", "jpg", "gif", "tiff"})
INSIDE: Final = "concilia.documents.queries.reader"
PRELOAD: Final = (INSIDE, "concilia.documents.core.classifier.preloaded")


@dataclass(slots=True)
class _Job:
    """What one call allows, and how many parts it has read."""

    skip: frozenset[str]
    written_on: dt.date | None
    with_contents: bool
    told: Told = NOTHING
    parts: int = 0
    texts: list[dict[str, Any]] = field(default_factory=list)
    contents: list[dict[str, Any]] = field(default_factory=list)
    signals: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_bytes(
    payload: bytes,
    *,
    filename: str,
    skip: list[str] | None = None,
    written_on: str | None = None,
    with_contents: bool = False,
    told: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """
    Read one document; runs inside the sandbox.

    :param skip: places of parts (`2`, `1.3`) not to touch: they made an earlier try fail
    :param written_on: ISO date relative dates count from, where the document has none
    :param with_contents: also return the texts offsets count in, the bytes of every part, and what
        is kept for learning, by place
    :param told: what people said of the like (`core.told.Told`)
    :return: `{"reading": ..., "texts": [...], "contents": [...], "signals": {...}}`
    """
    day = dt.date.fromisoformat(written_on) if written_on else None
    job = _Job(frozenset(skip or ()), day, with_contents, Told.from_json(told or {}))
    reading = _read(payload, filename, "", job)
    answer: dict[str, Any] = {"reading": reading.to_dict()}
    if with_contents:
        answer |= {"texts": job.texts, "contents": job.contents, "signals": job.signals}
    return answer


def read_mailbox(payload: bytes, *, filename: str) -> Iterator[dict[str, Any]]:
    """Yield the reading of each message of an mbox; runs inside the sandbox."""
    parsed = _parse(payload, filename, "mbox")
    for number, attachment in enumerate(parsed.attachments, start=1):
        job = _Job(frozenset(), None, with_contents=False)
        reading = _read(attachment.content, attachment.filename, "", job)
        yield {"reading": replace(reading, source=f"{filename}#{number}").to_dict()}


def read_statement_entries(payload: bytes, *, filename: str) -> Iterator[dict[str, Any]]:
    """Yield every entry of a bank statement as a dict; runs inside the sandbox, in flat memory."""
    found = detect(payload, filename)
    parser = parser_for(found) if found else None
    if not isinstance(parser, StatementParser) or found is None:
        raise ParserFailed(f"not a bank statement that can be read ({found or 'unknown format'})")
    for account, entry in parser.entries(Source(payload, filename, found)):
        head = {"account": account.identification, "statement": account.statement_id}
        yield {**head, **_plain(asdict(entry))}


def unreadable(source: str, content: bytes, problem: str) -> dict[str, Any]:
    """Return the reading of a file that could not even be opened."""
    digest = hashlib.sha256(content).hexdigest()
    return failed(source=source, sha256=digest, document_format=None, error=problem).to_dict()


def _read(content: bytes, filename: str, place: str, job: _Job) -> Reading:
    note(place)
    digest = hashlib.sha256(content).hexdigest()
    found = detect(content, filename)
    told = job.told.for_parts() if place else job.told
    signals = Signals() if job.with_contents else None
    try:
        parsed = _parse(content, filename, found)
        body = read_document(
            parsed,
            source=filename,
            sha256=digest,
            written_on=job.written_on,
            told=told,
            signals=signals,
        )
    except ParserFailed as error:
        return failed(source=filename, sha256=digest, document_format=found, error=str(error))
    except MemoryError:
        raise  # the process is spent; the near side says so
    except Exception as error:  # noqa: BLE001 - one damaged part must not cost the message
        said = f"damaged {found} file, not read ({type(error).__name__})"
        return failed(source=filename, sha256=digest, document_format=found, error=said)
    if job.with_contents:
        job.texts.append({"part": place or None, "text": parsed.text})
    if signals is not None:
        job.signals[place] = signals.to_json()
    attached = [each for each in parsed.attachments if not each.inline]
    parts = [
        _read_part(attachment, f"{place}.{number}" if place else str(number), job)
        for number, attachment in enumerate(attached, start=1)
    ]
    return combine(body, parts, parsed, told)


def _read_part(attachment: Attachment, place: str, job: _Job) -> Reading:
    job.parts += 1
    if job.with_contents:
        encoded = base64.b64encode(attachment.content).decode("ascii")
        job.contents.append({"part": place, "filename": attachment.filename, "content": encoded})
    refusal = _refusal(attachment, place, job)
    if refusal is None:
        return _read(attachment.content, attachment.filename, place, job)
    return failed(
        source=attachment.filename,
        sha256=hashlib.sha256(attachment.content).hexdigest(),
        document_format=detect(attachment.content, attachment.filename),
        error=refusal,
    )


def _refusal(attachment: Attachment, place: str, job: _Job) -> str | None:
    """Return in words why a part is not read; None if it is."""
    if place in job.skip:
        return "could not be read within the limits, skipped"
    if place.count(".") >= DEPTH_MAX:
        return f"nested more than {DEPTH_MAX} levels deep, skipped"
    if job.parts > PARTS_MAX:
        return f"more than {PARTS_MAX} parts, skipped"
    if len(attachment.content) > PART_BYTES_MAX:
        return f"attachment over {PART_BYTES_MAX >> 20} MB skipped"
    return None


def _parse(content: bytes, filename: str, found: str | None) -> ParsedDocument:
    if not content.strip():
        raise ParserFailed("the file is empty")
    if found is None:
        raise ParserFailed("unknown binary format")
    parser = parser_for(found)
    if parser is not None:
        return parser.parse(Source(content, filename, found))
    if found in PICTURES:
        return ParsedDocument(found, warnings=("a picture: no text is read from it",))
    raise ParserFailed(f"no parser for {found} files is installed")


def _plain(value: Any) -> Any:  # noqa: ANN401 - walks any JSON-like value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


class Reader:
    """
    Reads documents in confined processes; safe to share between threads, needs no database.

    Never raises for a document's sake: what cannot be read comes back with an `error`.
    """

    def __init__(self, workers: int = 1, limits: Limits | None = None) -> None:
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
        skip: list[str] = []
        while True:
            try:
                return self._sandbox.run(f"{INSIDE}:read_bytes", content, {**args, "skip": skip})
            except SandboxFailed as failure:
                if not failure.noted or failure.noted in skip or len(skip) >= RETRIES_MAX:
                    reading = self._failed(content, filename, failure)
                    return {"reading": reading, "texts": [], "contents": [], "signals": {}}
                skip.append(failure.noted)

    def _failed(self, content: bytes, filename: str, failure: SandboxFailed) -> dict[str, Any]:
        return failed(
            source=filename,
            sha256=hashlib.sha256(content).hexdigest(),
            document_format=detect(content, filename),
            error=str(failure),
        ).to_dict()
