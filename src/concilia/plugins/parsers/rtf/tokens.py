"""Rich text as what it says: control words undone, characters decoded by the font's own set."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from typing import Final

TOKEN: Final = re.compile(
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|[\r\n]+"
    rb"|([^\\{}\r\n]+)",
    re.DOTALL,
)
DEPTH_MAX: Final = 500
TEXT_CHARS_MAX: Final = 20_000_000
# Groups that are not what the document says.
_SILENT: Final = """
    fonttbl colortbl stylesheet info pict object objdata themedata colorschememapping datastore
    listtable listoverridetable rsidtbl generator xmlnstbl latentstyles filetbl revtbl fldinst
    mmathPr pgptbl footnote annotation atnid atnauthor bkmkstart bkmkend nonshppict
"""
SILENT: Final = frozenset(word.encode() for word in _SILENT.split())
SPOKEN: Final = frozenset({b"shppict", b"shptxt", b"fldrslt", b"htmltag"})  # kept though optional
SIGNS: Final = {
    b"par": "\n",
    b"line": "\n",
    b"sect": "\n",
    b"page": "\n",
    b"row": "\n",
    b"nestrow": "\n",
    b"tab": "\t",
    b"cell": "\t",
    b"nestcell": "\t",
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",  # noqa: RUF001 - the sign itself
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"emspace": " ",
    b"enspace": " ",
}
SYMBOLS: Final = {b"~": " ", b"_": "-", b"-": "", b"\n": "\n", b"\r": "\n", b"\t": "\t"}
ESCAPED: Final = frozenset({b"\\", b"{", b"}"})
CHARSETS: Final = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
SURROGATES: Final = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class RichText:
    """The words; `is_html` where the rich text only wraps a page (RFC-like `\\fromhtml1`)."""

    text: str
    is_html: bool


@dataclass(slots=True)
class _Group:
    """What holds inside one pair of braces."""

    silent: bool = False
    starred: bool = False  # `\*`: what follows may be skipped by whoever does not know it
    in_fonts: bool = False
    in_tag: bool = False
    rtf_only: bool = False
    encoding: str = ""
    skip: int = 1


@dataclass(slots=True)
class _Reader:
    encoding: str = "cp1252"
    is_html: bool = False
    group: _Group = field(default_factory=_Group)
    stack: list[_Group] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    pending: bytearray = field(default_factory=bytearray)
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    to_skip: int = 0
    high: int = 0


def read_rich_text(content: bytes) -> RichText:
    """Return what a rich text says, damaged or not; nothing in it is run or fetched."""
    reader = _Reader()
    at = 0
    while at < len(content) and reader.length < TEXT_CHARS_MAX:
        found = TOKEN.match(content, at)
        if found is None:
            at += 1
            continue
        at = found.end()
        if found[1] == b"bin":
            at += max(int(found[2] or 0), 0)
        else:
            _take(reader, found)
    _flush(reader)
    return RichText("".join(reader.pieces), reader.is_html)


def _take(reader: _Reader, found: re.Match[bytes]) -> None:
    if found[1] is not None:
        _word(reader, found[1], int(found[2]) if found[2] else None)
    elif found[3] is not None:
        _byte(reader, int(found[3], 16))
    elif found[4] is not None:
        _symbol(reader, found[4])
    elif found[5] is not None:
        _brace(reader, found[5])
    elif found[6] is not None:
        _plain(reader, found[6])


def _brace(reader: _Reader, brace: bytes) -> None:
    _flush(reader)
    reader.to_skip = 0
    if brace == b"{":
        if len(reader.stack) < DEPTH_MAX:
            reader.stack.append(replace(reader.group))
            reader.group.starred = False
    elif reader.stack:
        reader.group = reader.stack.pop()


def _word(reader: _Reader, word: bytes, value: int | None) -> None:
    group = reader.group
    if word == b"u" and value is not None:
        _unicode(reader, value)
        return
    _flush(reader)
    if word in SIGNS:
        _write(reader, SIGNS[word])
    elif word in SILENT:
        group.silent = True
        group.in_fonts = group.in_fonts or word == b"fonttbl"
    elif word == b"htmltag":
        group.in_tag, group.silent, group.starred = True, False, False
    elif group.starred and word not in SPOKEN:
        group.silent = True
    else:
        _setting(reader, word, value)
    group.starred = False


def _setting(reader: _Reader, word: bytes, value: int | None) -> None:
    group = reader.group
    if word == b"fromhtml":
        reader.is_html = value != 0
    elif word == b"htmlrtf":
        group.rtf_only = value != 0
    elif word == b"uc":
        group.skip = max(value or 0, 0)
    elif word == b"ansicpg":
        reader.encoding = _known(f"cp{value}") or reader.encoding
    elif word in {b"f", b"fcharset"}:
        _font(reader, word, value or 0)


def _font(reader: _Reader, word: bytes, value: int) -> None:
    if word == b"fcharset":
        reader.fonts[reader.font] = CHARSETS.get(value, "")
    elif reader.group.in_fonts:
        reader.font = value
    else:
        reader.group.encoding = reader.fonts.get(value, "")


def _known(name: str) -> str:
    try:
        return codecs.lookup("utf-8" if name == "cp65001" else name).name
    except LookupError:
        return ""


def _unicode(reader: _Reader, value: int) -> None:
    """A character by its number; characters beyond 65535 come in two halves."""
    _flush(reader)
    code = value % 0x10000
    reader.to_skip = reader.group.skip
    if 0xD800 <= code < 0xDC00:  # noqa: PLR2004 - the first halves
        reader.high = code
        return
    if code in SURROGATES:
        code = 0x10000 + ((reader.high - 0xD800) << 10) + code - 0xDC00 if reader.high else 0xFFFD
    reader.high = 0
    _write(reader, chr(code))


def _symbol(reader: _Reader, symbol: bytes) -> None:
    if symbol == b"*":
        reader.group.starred = True
    elif symbol in ESCAPED:
        _plain(reader, symbol)
    else:
        _flush(reader)
        _write(reader, SYMBOLS.get(symbol, ""))


def _byte(reader: _Reader, value: int) -> None:
    if reader.to_skip:
        reader.to_skip -= 1
    else:
        reader.pending.append(value)


def _plain(reader: _Reader, text: bytes) -> None:
    skipped = min(reader.to_skip, len(text))
    reader.to_skip -= skipped
    reader.pending += text[skipped:]


def _flush(reader: _Reader) -> None:
    """Decode the bytes read so far; characters may have two."""
    if reader.pending:
        encoding = reader.group.encoding or reader.encoding
        text = bytes(reader.pending).decode(encoding, "replace")
        reader.pending.clear()
        _write(reader, text)


def _write(reader: _Reader, text: str) -> None:
    group = reader.group
    if group.silent or (reader.is_html and group.rtf_only):
        return
    reader.pieces.append(text)
    reader.length += len(text)
