"""
Bytes in, reading out: format, parser, judgement, parts. This is what runs inside the sandbox.

Nothing runs here but the parser plug-ins and the pure core; `reader.py` is what calls it.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from concilia.documents.core.combine import combine
from concilia.documents.core.context import Context
from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import Attachment, ParsedDocument, SeenPage, Source
from concilia.documents.core.reading import read_document
from concilia.documents.core.readings import Reading, failed
from concilia.documents.core.several import TAKEN_APART, Part
from concilia.documents.core.several_reading import several_of, taken_apart
from concilia.documents.core.signals import Signals
from concilia.documents.core.told import NOTHING, Told
from concilia.documents.core.trust import signs_of
from concilia.documents.ports import ParserFailed, PicturesParser, StatementParser, parser_for
from concilia.foundation.sandboxed import note

DEPTH_MAX: Final = 5
PARTS_MAX: Final = 200
PART_BYTES_MAX: Final = 25 << 20
SCANS_MAX: Final = 5  # parts of one document in which text is recognised, and pages of each
SCANNED_PAGES_MAX: Final = 10
SCAN_BYTES_MAX: Final = 10 << 20


@dataclass(slots=True)
class _Job:
    """What one call allows, and how many parts it has read."""

    skip: frozenset[str]
    written_on: dt.date | None
    with_contents: bool
    with_scans: bool = False
    seen: Mapping[str, tuple[SeenPage, ...]] = field(default_factory=dict)
    told: Told = NOTHING
    parts: int = 0
    scans: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    contents: list[dict[str, Any]] = field(default_factory=list)
    signals: dict[str, dict[str, Any]] = field(default_factory=dict)
    several: dict[str, tuple[tuple[Part, ...], Context]] = field(default_factory=dict)


def read_bytes(  # noqa: PLR0913 - each is one thing the near side may know
    payload: bytes,
    *,
    filename: str,
    skip: list[str] | None = None,
    written_on: str | None = None,
    with_contents: bool = False,
    seen: Mapping[str, list[Any]] | None = None,
    told: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """
    Read one document; runs inside the sandbox.

    :param skip: places of parts (`2`, `1.3`) not to touch: they made an earlier try fail
    :param written_on: ISO date relative dates count from, where the document has none
    :param with_contents: also return articles, the texts offsets count in, the bytes of parts, and
        what is kept for learning, by place
    :param seen: what was recognised in pictures, by part: pages of width, height and words; where
         it is given, even empty, files that are pictures and are not in it are returned as `scans`
    :param told: what people said of the like (`core.told.Told`)
    :return: `{"reading": ..., "scans": [...]}`, with contents also `texts`, `contents`, `signals`
        and the `signs` by which it is trusted or not
    """
    day = dt.date.fromisoformat(written_on) if written_on else None
    found = {place: tuple(map(_seen_page, pages)) for place, pages in (seen or {}).items()}
    job = _Job(
        frozenset(skip or ()),
        day,
        with_contents,
        seen is not None,
        found,
        Told.from_json(told or {}),
    )
    reading = _read(payload, filename, "", job)
    said = reading.to_dict(with_articles=with_contents)
    answer: dict[str, Any] = {"reading": said, "scans": job.scans}
    if with_contents:
        answer |= {"texts": job.texts, "contents": job.contents, "signals": job.signals}
        answer["reading"] = _taken_apart(said, job)
        answer["signs"] = signs_of(reading)
    return answer


def _taken_apart(said: dict[str, Any], job: _Job) -> dict[str, Any]:
    """The message's own claims, else those of the only file in it that has several."""
    place = "" if "" in job.several else next(iter(job.several), "")
    if not job.several or (place and len(job.several) > 1):
        return {**said, "further_claims": []}
    parts, context = job.several[place]
    return taken_apart(said, parts, context, place)


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


def pictures_of(payload: bytes, *, filename: str) -> Iterator[dict[str, Any]]:
    """Yield the pages of a file that are pictures, as grey pixels; runs inside the sandbox."""
    found = detect(payload, filename)
    parser = parser_for(found) if found else None
    if not isinstance(parser, PicturesParser) or found is None:
        raise ParserFailed("not a picture of text")
    pictures = parser.pictures(Source(payload, filename, found))
    for picture in itertools.islice(pictures, SCANNED_PAGES_MAX):
        pixels = base64.b64encode(picture.pixels).decode("ascii")
        yield {**asdict(replace(picture, pixels=b"")), "pixels": pixels}


def _read(content: bytes, filename: str, place: str, job: _Job) -> Reading:
    note(place)
    digest = hashlib.sha256(content).hexdigest()
    found = detect(content, filename)
    told = job.told.for_parts() if place else job.told
    signals = Signals() if job.with_contents else None
    try:
        parsed = _parse(content, filename, found, job.seen.get(place, ()))
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
    _keep_scan(parsed, content, filename, place, job)
    if job.with_contents:
        job.texts.append({"part": place or None, "text": parsed.text})
    if signals is not None:
        job.signals[place] = signals.to_json()
        _note_several(parsed, body, place, job)
    attached = [each for each in parsed.attachments if not each.inline]
    parts = [
        _read_part(attachment, f"{place}.{number}" if place else str(number), job)
        for number, attachment in enumerate(attached, start=1)
    ]
    return combine(body, parts, parsed, told)


def _note_several(parsed: ParsedDocument, body: Reading, place: str, job: _Job) -> None:
    if body.kind not in TAKEN_APART or parsed.stated is not None:
        return
    context = Context(parsed, job.written_on, job.told)
    parts = several_of(context, body)
    if parts:
        job.several[place] = (parts, context)


def _keep_scan(
    parsed: ParsedDocument, content: bytes, filename: str, place: str, job: _Job
) -> None:
    """Hand a file without any words to whoever can recognise some in its pictures."""
    if not job.with_scans or parsed.text.strip() or len(content) > SCAN_BYTES_MAX:
        return
    if len(job.scans) < SCANS_MAX and isinstance(parser_for(parsed.format), PicturesParser):
        encoded = base64.b64encode(content).decode("ascii")
        job.scans.append({"part": place, "filename": filename, "content": encoded})


def _seen_page(page: Mapping[str, Any]) -> SeenPage:
    words = tuple((str(text), *map(float, box)) for text, *box in page["words"])
    return SeenPage(float(page["width"]), float(page["height"]), words)  # type: ignore[arg-type]


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


def _parse(
    content: bytes, filename: str, found: str | None, seen: tuple[SeenPage, ...] = ()
) -> ParsedDocument:
    if not content.strip():
        raise ParserFailed("the file is empty")
    if found is None:
        raise ParserFailed("unknown binary format")
    parser = parser_for(found)
    if parser is not None:
        return parser.parse(Source(content, filename, found, seen=seen))
    raise ParserFailed(f"no parser for {found} files is installed")


def _plain(value: Any) -> Any:  # noqa: ANN401 - walks any JSON-like value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
