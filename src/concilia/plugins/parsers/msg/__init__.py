"""Messages saved from Outlook (`.msg`, [MS-OXMSG])."""

from __future__ import annotations

import re
import struct
from typing import ClassVar, Final

from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.mapi.message import (
    DATA,
    MapiFile,
    MapiMessage,
    Value,
    document_of,
    fixed,
)
from concilia.plugins.parsers.msg.compound import CompoundFile

PROPERTIES: Final = "__properties_version1.0"
VARIABLE: Final = re.compile(r"__substg1\.0_([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})\Z")
RECIPIENT, FILE = "__recip_version1.0_", "__attach_version1.0_"
TOP_HEAD, NESTED_HEAD, PART_HEAD = 32, 24, 8
PROPERTY_BYTES: Final = 16
STRING8, UNICODE, BINARY, OBJECT = 0x001E, 0x001F, 0x0102, 0x000D
DEPTH_MAX: Final = 8
FILES_MAX: Final = 500
RECIPIENTS_MAX: Final = 1000


class MsgParser:
    """Subject and body are the text, files its attachments; a nested message becomes an e-mail."""

    formats: ClassVar[tuple[str, ...]] = ("msg",)

    def parse(self, source: Source) -> ParsedDocument:
        """Return the message."""
        file = CompoundFile(source.content)
        if PROPERTIES not in file.children():
            raise ParserFailed("not a message of Outlook: it has no properties")
        return document_of(_message(file, 0, TOP_HEAD, 0), "msg")


def _message(file: CompoundFile, index: int, head: int, depth: int) -> MapiMessage:
    inside = file.children(index)
    message = MapiMessage(_properties(file, inside, head))
    people = [at for name, at in inside.items() if name.startswith(RECIPIENT)]
    files = [at for name, at in inside.items() if name.startswith(FILE)]
    for at in people[:RECIPIENTS_MAX]:
        message.recipients.append(_properties(file, file.children(at), PART_HEAD))
    for at in files[:FILES_MAX]:
        message.files.append(_file(file, at, depth, message))
    if len(files) > FILES_MAX:
        message.warnings.append(f"{len(files)} attachments, only the first {FILES_MAX} are read")
    return message


def _file(file: CompoundFile, index: int, depth: int, message: MapiMessage) -> MapiFile:
    inside = file.children(index)
    attached = MapiFile(_properties(file, inside, PART_HEAD))
    nested = inside.get(f"__substg1.0_{DATA:04X}{OBJECT:04X}")
    if nested is None or not file.is_folder(nested):
        return attached
    if PROPERTIES not in file.children(nested):
        message.warnings.append("an object inside the message is no file and was not read")
    elif depth >= DEPTH_MAX:
        message.warnings.append(f"messages nested more than {DEPTH_MAX} deep are not read")
    else:
        attached.message = _message(file, nested, NESTED_HEAD, depth + 1)
    return attached


def _properties(file: CompoundFile, inside: dict[str, int], head: int) -> dict[int, Value]:
    """Numbers stand in one table, words and bytes in a file each."""
    found: dict[int, Value] = {}
    table = file.read(inside[PROPERTIES]) if PROPERTIES in inside else b""
    for at in range(head, len(table) - PROPERTY_BYTES + 1, PROPERTY_BYTES):
        kind, tag = struct.unpack_from("<HH", table, at)
        value = fixed(kind, table[at + 8 : at + PROPERTY_BYTES])
        if value is not None:
            found[tag] = value
    for name, index in inside.items():
        named = VARIABLE.match(name)
        if named is None or file.is_folder(index):
            continue
        tag, kind = int(named[1], 16), int(named[2], 16)
        if kind == UNICODE:
            found[tag] = file.read(index).decode("utf-16-le", "replace")
        elif kind in {STRING8, BINARY} and not isinstance(found.get(tag), str):
            found[tag] = file.read(index)
    return found
