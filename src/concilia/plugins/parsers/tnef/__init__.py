"""`winmail.dat` ([MS-OXTNEF]): what Outlook puts a message's files and its rich text into."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import ClassVar, Final

from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.mapi.message import (
    BODY,
    CLASS,
    DATA,
    LONG_NAME,
    MESSAGE_CODEPAGE,
    SHORT_NAME,
    SUBJECT,
    MapiFile,
    MapiMessage,
    Value,
    document_of,
    filename_of,
)
from concilia.plugins.parsers.tnef.properties import properties_of, recipients_of

MAGIC: Final = b"\x78\x9f\x3e\x22"
HEAD_BYTES: Final = 6
ATTRIBUTE: Final = struct.Struct("<BII")
OF_MESSAGE, OF_FILE = 1, 2
A_CLASS, A_SUBJECT, A_BODY, A_CODEPAGE = 0x8008, 0x8004, 0x800C, 0x9007
A_PROPERTIES, A_RECIPIENTS = 0x9003, 0x9004
A_FILE, A_FILE_DATA, A_FILE_NAME, A_FILE_PROPERTIES = 0x9002, 0x800F, 0x8010, 0x9005
GUID_BYTES: Final = 16
FILES_MAX: Final = 500
WORDS: Final = {A_SUBJECT: SUBJECT, A_BODY: BODY, A_CLASS: CLASS}


class TnefParser:
    """The message's own words, and its files under their long names."""

    formats: ClassVar[tuple[str, ...]] = ("tnef",)

    def parse(self, source: Source) -> ParsedDocument:
        """Return what is inside; what is cut off or damaged is named."""
        if not source.content.startswith(MAGIC):
            raise ParserFailed("not a winmail.dat file")
        message = MapiMessage({})
        properties: dict[int, Value] = {}
        files: list[dict[int, Value]] = []
        for level, attribute, value in _attributes(source.content, message.warnings):
            if level == OF_MESSAGE:
                _of_message(attribute, value, properties, message)
            elif attribute == A_FILE:
                files.append({})
            elif files:
                _of_file(attribute, value, files[-1], properties)
        if not properties and not files:
            raise ParserFailed("damaged winmail.dat: nothing in it can be read")
        message.properties = properties
        message.files = [MapiFile(each) for each in files[:FILES_MAX]]
        return document_of(message, "tnef")


def _attributes(content: bytes, warnings: list[str]) -> Iterator[tuple[int, int, bytes]]:
    """Yield level, number and value of every attribute; a wrong check sum is no reason to stop."""
    at = HEAD_BYTES
    while at + ATTRIBUTE.size <= len(content):
        level, name, length = ATTRIBUTE.unpack_from(content, at)
        if level not in {OF_MESSAGE, OF_FILE}:
            warnings.append("what follows the message in winmail.dat is not read")
            return
        at += ATTRIBUTE.size
        value = content[at : at + length]
        if len(value) < length:
            warnings.append("winmail.dat is cut off")
        yield level, name & 0xFFFF, value
        at += length + 2


def _of_message(
    attribute: int, value: bytes, properties: dict[int, Value], message: MapiMessage
) -> None:
    if attribute in WORDS:
        properties.setdefault(WORDS[attribute], value.split(b"\0", 1)[0])
    elif attribute == A_CODEPAGE and len(value) >= 4:  # noqa: PLR2004 - a number of four bytes
        properties[MESSAGE_CODEPAGE] = int.from_bytes(value[:4], "little")
    elif attribute == A_PROPERTIES:
        properties.update(properties_of(value, message.warnings))
    elif attribute == A_RECIPIENTS:
        message.recipients += recipients_of(value, message.warnings)


def _of_file(
    attribute: int, value: bytes, file: dict[int, Value], properties: dict[int, Value]
) -> None:
    if attribute == A_FILE_DATA:
        file[DATA] = value
    elif attribute == A_FILE_NAME:
        file.setdefault(SHORT_NAME, value.split(b"\0", 1)[0])
        file.setdefault(MESSAGE_CODEPAGE, properties.get(MESSAGE_CODEPAGE, 1252))
    elif attribute == A_FILE_PROPERTIES:
        found = properties_of(value, [])
        nested = found.get(DATA)
        if isinstance(nested, bytes) and nested[GUID_BYTES:].startswith(MAGIC):
            found[DATA] = nested[GUID_BYTES:]
            name = filename_of(found) or "message"
            found[LONG_NAME] = f"{name.removesuffix('.msg')}.tnef"
        elif DATA in file:
            found.pop(DATA, None)
        file.update(found)
