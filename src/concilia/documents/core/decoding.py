"""Bytes to text, whatever their encoding, and text to the one form everything else expects."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
INVISIBLE: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff\ufffe]")
LINE_ENDS: Final = re.compile("\r\n?|\u2028|\u2029|\x85")
UTF16_SAMPLE: Final = 400
ONE_BYTE_SAMPLE: Final = 1 << 16
ONE_BYTE_SETS: Final = ("cp1252", "mac_roman", "cp850")
BETTER: Final = 1.5  # what another set must explain more than Windows-1252
RARER: Final = 0.4  # capitals and signs, against small letters
ASCII: Final = bytes(range(128))
USUAL: Final = frozenset(
    "\u00e0\u00e2\u00e4\u00e1\u00e7\u00e9\u00e8\u00ea\u00eb\u00ed\u00ee\u00ef\u00ec\u00f1\u00f3\u00f2\u00f4\u00f6\u00f9\u00fb\u00fc\u00fa\u0153\u00df"
    "\u00c0\u00c2\u00c4\u00c1\u00c7\u00c9\u00c8\u00ca\u00cb\u00cd\u00ce\u00d1\u00d3\u00d4\u00d6\u00d9\u00dc\u00da\u00a0\u20ac\u00a3\u00b0\u00ba\u00aa\u00a7\u00ab\u00bb\u2019\u2013\u00b7\u00bf\u00a1"
)
# UTF-8 that some program took for Windows-1252: letters and signs became two or three.
CONTINUED: Final = re.escape(
    "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
)
TWICE_ENCODED: Final = re.compile(f"[\u00c2\u00c3][{CONTINUED}]|\u00e2[{CONTINUED}]{{2}}")


def decode(content: bytes, declared: str | None = None) -> str:
    """
    Return the text of bytes: by their mark, as declared where that works, UTF-8, else Windows-1252.

    :param declared: what the sender said; believed only if the bytes agree
    """
    for mark, name in BOMS:
        if content.startswith(mark):
            return tidy(content.decode(name, "replace"))
    sample = content[:UTF16_SAMPLE]
    if sample.count(b"\0") > len(sample) // 3:
        name = "utf-16-le" if sample[1:2] == b"\0" else "utf-16-be"
        return tidy(content.decode(name, "replace"))
    for candidate in _candidates(declared):
        try:
            return tidy(content.decode(candidate))
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return tidy(_of_one_byte(content))


def _of_one_byte(content: bytes) -> str:
    """
    Return the text in the set of single bytes whose letters beyond ASCII are those people write.

    Windows-1252 where nothing speaks against it; old programs still write those of DOS and of Macs.
    """
    sample = content[:ONE_BYTE_SAMPLE]
    beyond = len(sample.translate(None, ASCII))
    best, best_weight = "cp1252", 0.0
    for name in ONE_BYTE_SETS:
        usual = [char for char in sample.decode(name, "replace") if char in USUAL]
        if name == best and len(usual) == beyond:
            break
        weight = sum(1.0 if char.islower() else RARER for char in usual)
        if weight > best_weight * BETTER:
            best, best_weight = name, weight
    return content.decode(best, "replace")


def _candidates(declared: str | None) -> tuple[str, ...]:
    """A declared single-byte set never fails, so UTF-8, which does, is tried before it."""
    if not declared:
        return ("utf-8",)
    name = declared.strip().strip("\"'").lower()
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ("utf-8",)
    if codec in {"ascii", "iso8859-1", "cp1252", "latin-1"}:
        return ("utf-8", "cp1252")
    return (codec, "utf-8") if codec.startswith("utf") else ("utf-8", codec)


ENCODED_TIMES_MAX: Final = 3  # what programs did more often to a text, nobody can read


def tidy(text: str) -> str:
    """
    Return the text in the one form readers expect: NFC, `\\n`, nothing invisible.

    All offsets of a reading count the characters of tidy text.
    """
    seen = _plain(text)
    if seen.isascii():
        return seen
    for _ in range(ENCODED_TIMES_MAX):
        if not ("\u00c3" in seen or "\u00c2" in seen or "\u00e2" in seen):
            break
        once = TWICE_ENCODED.sub(_encoded_once, seen)
        if once == seen:
            break
        seen = _plain(once)
    return seen.replace("\u00a0", " ")


def _plain(text: str) -> str:
    """What is invisible goes first: letters and their accents may stand at both sides of it."""
    seen = INVISIBLE.sub("", LINE_ENDS.sub("\n", text))
    return seen if seen.isascii() else unicodedata.normalize("NFC", seen)


def _encoded_once(found: re.Match[str]) -> str:
    """Return the letter that was encoded twice."""
    encoded = b"".join(
        char.encode("cp1252", "ignore") or char.encode("latin-1", "ignore") for char in found[0]
    )
    try:
        return encoded.decode()
    except UnicodeDecodeError:
        return found[0]
