"""Why a line was cut, where its row does not say: a legend of codes, a sentence below the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from concilia.documents.core.table_rows import Line

CODE_CHARS_MAX: Final = 6
CODES_MAX: Final = 40
CODES_LISTED_MIN: Final = 2
UNEXPLAINED_MAX: Final = 20  # more cuts than these nobody explains in sentences
PLACES_MAX: Final = 4
EXPLAINED: Final = r"[ ]?(?:=|:|->|\u2192|-|\u2013|\t)[ ]?(?P<words>[^\n\t,;|=\d][^\n\t;|=]{2,80})"
NEXT_CODE: Final = re.compile(r"[\s\u00b7|]+$|,\s*\w{1,6}\s?(?:=|:|\u2013|-)\s.*$|[,.\s]+$")
LAST_WORD: Final = re.compile(r"[,\s]+\S{1,6}$")
WORDY: Final = re.compile(r"[^\W\d_]{3,}")


def explained_codes(text: str, lines: Sequence[Line]) -> dict[str, str]:
    """
    Return what the legend of a document says its codes mean: `A1 = quantity not received`.

    :param text: the live text, tables and all
    """
    codes = dict.fromkeys(line.reason_code.strip() for line in lines if line.reason_code)
    found: dict[str, str] = {}
    for code in list(codes)[:CODES_MAX]:
        if not code or len(code) > CODE_CHARS_MAX:
            continue
        bracketed = rf"[(\[]{re.escape(code)}[)\]][ ]?(?P<words>[^\n\t()=\d][^\n\t(=]{{2,120}})"
        plain = rf"(?<![\w.,-]){re.escape(code)}{EXPLAINED}"
        listed = _listed(code, list(codes))
        for match in (
            *re.finditer(bracketed, text),
            *re.finditer(plain, text),
            *re.finditer(listed, text),
        ):
            words = NEXT_CODE.sub("", match["words"]).strip()
            if text[match.end() : match.end() + 1] in {"=", "|"}:  # the next code was taken along
                words = LAST_WORD.sub("", words)
            if WORDY.search(words):
                found[code] = words
                break
    return found


def _listed(code: str, codes: Sequence[str]) -> str:
    """`A short received B price above agreed cost`: each up to the next code of its make."""
    parted = r"[\s:;,.\u2013\u00b7|/-]"
    following = r"[A-Z]" if code.isalpha() and len(code) == 1 else r"[A-Z]?\d{1,3}"
    if len(codes) < CODES_LISTED_MIN and not code.isalpha():
        following = re.escape(code)
    return (
        rf"(?:^|{parted}){re.escape(code)}[ ](?P<words>[^\W\d_][^\n\t=]{{2,80}}?)"
        rf"(?={parted}+{following}[ ][^\W\d_]|[\n\t]|\.\s|$)"
    )


def said_below(text: str, lines: Sequence[Line]) -> dict[str, str]:
    """Return what is said of cut documents on lines of their own, outside the rows of the table."""
    open_ones = [
        line
        for line in lines
        if (line.deducted or (line.paid or 0) < 0) and line.document and not line.reason_text
    ]
    if not 0 < len(open_ones) <= UNEXPLAINED_MAX:
        return {}
    rows = {_line_start(text, cell.start) for line in lines for cell in line.cells.values()}
    found: dict[str, str] = {}
    for line in open_ones:
        words = _beside(text, line.document or "", rows)
        if words:
            found[line.document or ""] = words
    return found


def _beside(text: str, document: str, rows: set[int]) -> str | None:
    """Return the rest of a line that names a document and is no row."""
    pattern = re.compile(rf"(?<![\w.,/-]){re.escape(document)}(?![\w/-])")
    for count, match in enumerate(pattern.finditer(text)):
        if count >= PLACES_MAX:
            break
        start = _line_start(text, match.start())
        if start in rows:
            continue
        end = text.find("\n", match.end())
        words = f"{text[start : match.start()]} {text[match.end() : end if end >= 0 else None]}"
        if WORDY.search(words):
            return " ".join(words.split())[:200]
    return None


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1
