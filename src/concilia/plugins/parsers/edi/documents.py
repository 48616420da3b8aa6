"""From interchanges to documents: one message is the document, several are parts of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

from concilia.documents.core.parsed import Attachment, ParsedDocument, Source
from concilia.documents.core.stated import StatedPaper
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.edi.envelopes import Interchange, Message
from concilia.plugins.parsers.edi.papers import Draft
from concilia.plugins.parsers.edi.segments import clean
from concilia.plugins.parsers.edi.transcript import Line, Transcript, Words

MESSAGES_MAX: Final = 200  # as many as a document may have parts
WARNINGS_MAX: Final = 50
ATTACHED_CHARS_MAX: Final = 80
KIND_CHARS_MAX: Final = 12
SUFFIX: Final = ".edi"


@dataclass(frozen=True, slots=True)
class Standard:
    """One of the two standards: how to cut it, its words, and who reads which message."""

    name: str
    read: Callable[[bytes], list[Interchange]]
    words: Words
    kinds: Mapping[str, str]
    readers: Mapping[str, Callable[[Draft, list[Line]], object]]


def parse(source: Source, standard: Standard) -> ParsedDocument:
    """
    Return a file's one message in words, or of several the list, each message being a part.

    :raises ParserFailed: if there is no message
    """
    interchanges = standard.read(source.content)
    found = list(islice(_numbered(interchanges), 2))
    warnings = [said for each in interchanges for said in each.warnings]
    if not found:
        reason = f" ({warnings[0]})" if warnings else ""
        raise ParserFailed(f"an EDI file without a message in it{reason}")
    if len(found) == 1:
        return _one(source, standard, *found[0], warnings)
    return _several(source, standard, interchanges, warnings)


def _one(
    source: Source,
    standard: Standard,
    interchange: Interchange,
    message: Message,
    warnings: list[str],
) -> ParsedDocument:
    transcript = Transcript(standard.words)
    lines = [transcript.add(segment) for segment in message.segments]
    draft = Draft()
    draft.describe("other", lines[0].place(*_kind_place(standard)))
    reader = standard.readers.get(message.kind)
    if reader is not None:
        reader(draft, lines)
        draft.settle()
    if transcript.is_full:
        draft.warnings.append("the message is too long to be shown whole")
    return ParsedDocument(
        source.format,
        transcript.text,
        attachments=tuple(_attached(*each) for each in interchange.attached),
        metadata=_metadata(standard, interchange, message, draft),
        stated=draft.paper,
        warnings=tuple([*warnings, *message.warnings, *draft.warnings][:WARNINGS_MAX]),
    )


def _kind_place(standard: Standard) -> tuple[int, int]:
    return (1, 1) if standard.name == "x12" else (2, 1)


def _metadata(
    standard: Standard, interchange: Interchange, message: Message, draft: Draft
) -> dict[str, str]:
    """`date` is that of the document, from which relative dates count."""
    kind = standard.kinds.get(message.kind, message.kind)
    found = {**interchange.metadata, "message": message.number, "message_type": kind}
    found |= {name: value for name, value in draft.metadata.items() if name != "date"}
    date = draft.metadata.get("date", "")
    if date:
        found["date"] = date
    return {name: value for name, value in found.items() if value}


def _several(
    source: Source,
    standard: Standard,
    interchanges: list[Interchange],
    warnings: list[str],
) -> ParsedDocument:
    """The file itself only lists its messages; what they state is in the parts."""
    transcript = Transcript(standard.words)
    count = sum(len(each.messages) for each in interchanges)
    attachments = list(islice(_alone(interchanges), MESSAGES_MAX))
    for attachment, (_, message) in zip(attachments, _numbered(interchanges), strict=False):
        kind = standard.kinds.get(message.kind, "Message")
        said = f"{kind} ({message.kind}), message {message.number}: {attachment.filename}"
        transcript.say(clean(said))
    if count > MESSAGES_MAX:
        warnings.append(f"{count} messages in the file, only the first {MESSAGES_MAX} are read")
    return ParsedDocument(
        source.format,
        transcript.text,
        attachments=tuple(attachments),
        stated=StatedPaper("other"),
        warnings=tuple(warnings[:WARNINGS_MAX]),
    )


def messages(source: Source, standard: Standard) -> Iterator[Attachment]:
    """
    Yield every message of a file with several, and the files that stand beside them.

    :raises ParserFailed: if there is no readable header
    """
    interchanges = standard.read(source.content)
    if sum(len(each.messages) for each in interchanges) > 1:
        yield from _alone(interchanges)


def _alone(interchanges: list[Interchange]) -> Iterator[Attachment]:
    for number, (interchange, message) in enumerate(_numbered(interchanges), start=1):
        name = clean(message.kind.lower())[:KIND_CHARS_MAX].replace("/", "") or "message"
        content = message.alone.encode(interchange.encoding, "replace")
        yield Attachment(f"{name}-{number}{SUFFIX}", "", content)
    for interchange in interchanges:
        yield from (_attached(*each) for each in interchange.attached)


def _numbered(interchanges: list[Interchange]) -> Iterator[tuple[Interchange, Message]]:
    return ((each, message) for each in interchanges for message in each.messages)


def _attached(name: str, content: bytes) -> Attachment:
    plain = PurePosixPath(clean(name).replace("\\", "/")).name[:ATTACHED_CHARS_MAX]
    return Attachment(plain or "object", "", content)
