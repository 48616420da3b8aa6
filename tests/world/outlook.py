"""Files of Outlook and old Excel, written as their specifications say: `.msg`, `.xls`."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime

SECTOR, MINI, CUTOFF = 512, 64, 4096
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Folder = dict[str, "bytes | Folder"]


def compound(root: Folder) -> bytes:
    """A compound file ([MS-CFB], version 3) with these folders and files."""
    return _Writer().file(root)


class _Writer:
    def __init__(self) -> None:
        self.entries: list[list[int | str]] = []
        self.mini = bytearray()
        self.mini_fat: list[int] = []
        self.sectors: list[bytes] = []
        self.fat: list[int] = []

    def file(self, root: Folder) -> bytes:
        self.entries.append(["Root Entry", 5, FREE, FREE, FREE, END, 0])
        self._folder(0, root)
        self.entries[0][5:] = [self._chain(bytes(self.mini)), len(self.mini)]
        mini_table = self._chain(struct.pack(f"<{len(self.mini_fat)}I", *self.mini_fat))
        directory = self._chain(b"".join(self._entry(*each) for each in self.entries))
        tables = -(-(len(self.fat) + 2) // 128)
        start = len(self.fat)
        self.fat += [TABLE] * tables
        padded = self.fat + [FREE] * (tables * 128 - len(self.fat))
        self.sectors.append(struct.pack(f"<{len(padded)}I", *padded))
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory, 0,
                            CUTOFF, mini_table, len(self.mini_fat) // 128 + 1, END, 0,
                            start)  # fmt: skip
        places = [start + number for number in range(1, tables)]
        head += struct.pack(f"<{len(places)}I", *places)
        return head.ljust(SECTOR, b"\xff") + b"".join(self.sectors)

    def _folder(self, index: int, folder: Folder) -> None:
        previous = None
        for name, content in folder.items():
            at = len(self.entries)
            self.entries.append(
                [name, 1 if isinstance(content, dict) else 2, FREE, FREE, FREE, 0, 0]
            )
            if previous is None:
                self.entries[index][4] = at
            else:
                self.entries[previous][3] = at
            previous = at
            if isinstance(content, dict):
                self._folder(at, content)
            else:
                self.entries[at][5:] = [self._stream(content), len(content)]

    def _stream(self, content: bytes) -> int:
        if len(content) >= CUTOFF:
            return self._chain(content)
        if not content:
            return END
        start = len(self.mini_fat)
        count = -(-len(content) // MINI)
        self.mini += content.ljust(count * MINI, b"\0")
        self.mini_fat += [*range(start + 1, start + count), END]
        return start

    def _chain(self, content: bytes) -> int:
        if not content:
            return END
        start = len(self.fat)
        count = -(-len(content) // SECTOR)
        self.sectors += [content.ljust(count * SECTOR, b"\0")]
        self.fat += [*range(start + 1, start + count), END]
        return start

    @staticmethod
    def _entry(name: str, *numbers: int) -> bytes:
        encoded = name.encode("utf-16-le")
        kind, left, right, child, start, size = numbers
        head = struct.pack("<HBBIII36x", len(encoded) + 2, kind, 1, left, right, child)
        return encoded.ljust(64, b"\0") + head + struct.pack("<III", start, size, 0)


@dataclass
class Mail:
    """A message as Outlook saves it; `files` are (name, content) or messages."""

    subject: str = "Fattura 12 – merce mancante"
    body: str = "Manca un collo della fattura 12.\r\n"
    sender: tuple[str, str] = ("Anna Bianchi", "anna@cliente.example")
    to: tuple[str, str] = ("Crediti", "crediti@fornitore.example")
    html: str = ""
    rich: bytes = b""
    message_class: str = "IPM.Note"
    sent: datetime = field(default_factory=lambda: datetime(2026, 11, 26, 9, tzinfo=UTC))
    files: tuple[tuple[str, bytes] | Mail, ...] = ()


def msg(mail: Mail) -> bytes:
    """A `.msg` file."""
    return compound(_message(mail, 32))


def _message(mail: Mail, head: int) -> Folder:
    words = {0x001A: mail.message_class, 0x0037: mail.subject, 0x1000: mail.body}
    words |= {0x0C1A: mail.sender[0], 0x5D01: mail.sender[1]}
    folder: Folder = {
        f"__substg1.0_{tag:04X}001F": text.encode("utf-16-le")
        for tag, text in words.items()
        if text
    }
    if mail.html:
        folder["__substg1.0_10130102"] = mail.html.encode()
    if mail.rich:
        folder["__substg1.0_10090102"] = mail.rich
    ticks = int((mail.sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    table = bytes(head) + struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks)
    folder["__properties_version1.0"] = table + struct.pack("<HHIQ", 3, 0x3FDE, 6, 65001)
    folder["__recip_version1.0_#00000000"] = {
        "__substg1.0_3001001F": mail.to[0].encode("utf-16-le"),
        "__substg1.0_39FE001F": mail.to[1].encode("utf-16-le"),
        "__properties_version1.0": bytes(8) + struct.pack("<HHIQ", 3, 0x0C15, 6, 1),
    }
    for number, each in enumerate(mail.files):
        inside: Folder
        if isinstance(each, Mail):
            inside = {"__substg1.0_3701000D": _message(each, 24)}
        else:
            inside = {
                "__substg1.0_3707001F": each[0].encode("utf-16-le"),
                "__substg1.0_37010102": each[1],
            }
        folder[f"__attach_version1.0_#{number:08X}"] = {
            **inside,
            "__properties_version1.0": bytes(8),
        }
    return folder


def plain_lzfu(rich: bytes) -> bytes:
    """Rich text in the frame of compressed rich text, stored as it is."""
    return struct.pack("<II4sI", len(rich) + 12, len(rich), b"MELA", 0) + rich


def lzfu(rich: bytes) -> bytes:
    """Compressed rich text: its first eleven bytes are those the ring starts with, a run."""
    assert rich.startswith(b"{\\rtf1\\ansi\\")
    tokens = [b"\0\x09", *(bytes([each]) for each in rich[11:])]
    out = b""
    for at in range(0, len(tokens), 8):
        chunk = tokens[at : at + 8]
        out += bytes([at == 0]) + b"".join(chunk)
    return struct.pack("<II4sI", len(out) + 12, len(rich), b"LZFu", 0) + out


def tnef(*attributes: tuple[int, int, bytes]) -> bytes:
    """A `winmail.dat` of attributes: level, number, value."""
    out = b"\x78\x9f\x3e\x22\x01\x00"
    for level, name, value in attributes:
        out += struct.pack("<BII", level, name, len(value)) + value
        out += struct.pack("<H", sum(value) & 0xFFFF)
    return out


def xls(rows: list[list[str | float]]) -> bytes:
    """An Excel 97 workbook ([MS-XLS]) of one sheet."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    width = max(len(row) for row in rows)
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                head = struct.pack("<HHHHB", y, x, 0, len(value), 1)
                sheet += _record(0x0204, head + text)
            else:
                sheet += _record(0x0203, struct.pack("<HHHd", y, x, 0, value))
    sheet += _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    start += _record(0x0042, struct.pack("<H", 1200))
    name = struct.pack("<IBBBB", 0, 0, 0, 6, 0) + b"Sheet1"
    offset = len(start) + len(_record(0x0085, name)) + 4
    start += _record(0x0085, struct.pack("<I", offset) + name[4:]) + _record(0x000A, b"")
    return compound({"Workbook": (start + sheet).ljust(CUTOFF, b"\0")})


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
