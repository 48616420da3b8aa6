"""What stands between the bytes of a file and its segments: character sets and line ends."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from concilia.plugins.parsers.edi.segments import Separators

WRAP_SHARE_MIN: Final = 0.9
WRAP_COLUMNS_MIN: Final = 40
WRAPPED_LINES_MIN: Final = 2
BLANK: Final = "\r\n\t \0\ufeff"
BEFORE_CHARS: Final = 16
_LINE_END: Final = re.compile(r"\r\n?")
# Where released characters wait while a text is cut (`segments.HIDDEN`).
_PRIVATE: Final = re.compile("[\U000f0000-\U0010ffff]")
_MARKED_16: Final = (b"\xff\xfe", b"\xfe\xff")


def decode(content: bytes, declared: str) -> tuple[str, str]:
    """
    Return the text and the encoding it was in: UTF-8 if it is, else as declared, else Windows-1252.

    Separators may be control characters, so nothing is made tidy here.
    """
    if content.startswith(_MARKED_16):
        return _PRIVATE.sub("", content.decode("utf-16", "replace")), "utf-16"
    for name in ("utf-8-sig", declared, "cp1252"):
        try:
            return _PRIVATE.sub("", content.decode(name)), name.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"


def next_start(text: str, start: int, begins: re.Pattern[str], terminator: str) -> int:
    """Return where the next interchange begins after `start`, else the end of the text."""
    for found in begins.finditer(text, start + 3):
        before = text[max(start, found.start() - BEFORE_CHARS) : found.start()]
        bare = before.rstrip(BLANK)
        if bare.endswith(terminator) or (terminator == "\n" and "\n" in before[len(bare) :]):
            return found.start()
    return len(text)


def unwrapped(text: str, separators: Separators) -> tuple[str, str]:
    """
    Return the text without line ends that mean nothing, and its segment terminator.

    A file wrapped at a column is put together again; a line end inside a value is a blank; where
    the declared terminator never comes, or was forgotten at the end of a line, the line end is it.
    """
    text = _LINE_END.sub("\n", text)
    terminator = separators.segment
    if terminator in {"\r", "\n"} or terminator not in text:
        return text, "\n"
    if "\n" not in text:
        return text, terminator
    if _is_wrapped(text):
        return text.replace("\n", ""), terminator
    text = re.sub(r"\n[\n\t ]+", "\n", text).replace(f"{terminator}\n", terminator)
    text = re.sub(re.escape(terminator) + r"[ \t]{1,99}\n", lambda _: terminator, text)
    begun = f"\n(?=[A-Z][A-Z0-9]{{1,2}}{re.escape(separators.element)})"
    text = re.sub(begun, lambda _: terminator, text)
    return text.rstrip("\n").replace("\n", " "), terminator


def _is_wrapped(text: str) -> bool:
    *whole, last = (len(line) for line in text.rstrip("\n").split("\n"))
    if len(whole) < WRAPPED_LINES_MIN:
        return False
    columns, count = Counter(whole).most_common(1)[0]
    return (
        columns >= WRAP_COLUMNS_MIN
        and count >= WRAP_SHARE_MIN * len(whole)
        and max(*whole, last) <= columns
    )
