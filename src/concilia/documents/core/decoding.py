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
    return tidy(content.decode("cp1252", "replace"))


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


def tidy(text: str) -> str:
    """
    Return the text in the one form readers expect: NFC, `\\n`, nothing invisible.

    All offsets of a reading count the characters of tidy text.
    """
    if text.isascii():
        return INVISIBLE.sub("", LINE_ENDS.sub("\n", text))
    composed = unicodedata.normalize("NFC", text)
    return INVISIBLE.sub("", LINE_ENDS.sub("\n", composed)).replace("\u00a0", " ")
