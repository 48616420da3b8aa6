"""Cells as they come out of a file, and as they are shown."""

from __future__ import annotations

import re
from typing import Final

# A workbook knows which of its cells are numbers and dates. They go on in one form, `1220.5`
# and `2026-10-15`, behind a mark that no text can hold, so that nobody guesses again.
NUMBER: Final = "\x1d"
DATE: Final = "\x1e"
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff\ufffe]+")
SHOWN_MAX: Final = 120
# What a spreadsheet would take for a formula when a person opens a file of errors.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9.,' ]*")


def clean(cell: str) -> str:
    """Return a cell's text in one line, without marks and whatever cannot be seen."""
    if cell.isalnum():
        return cell
    return " ".join(_CONTROLS.sub(" ", cell).replace("\u00a0", " ").split())


def shown(cell: str) -> str:
    """Return a cell as a person sees it, cut where it is too long."""
    text = clean(cell)
    return text if len(text) <= SHOWN_MAX else f"{text[: SHOWN_MAX - 1]}…"


def defused(text: str) -> str:
    """Return a text for a CSV file that people open with a spreadsheet: never a formula."""
    if text.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text
