"""Which mark stands before the cents in a column, and which part of a date is the day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from concilia.intake.core.imports.cells import DATE, NUMBER, clean

OTHER: Final = {".": ",", ",": "."}
MONTHS_MAX: Final = 12
EXAMPLES_MAX: Final = 5
_MARKS: Final = re.compile(r"[.,]")
_STRIP: Final = re.compile(r"[^0-9.,' \u00a0\u202f\u2009\u2019]")
_APOSTROPHE: Final = re.compile(r"[0-9]['\u2019][0-9]{3}(?![0-9])")
_PARTS: Final = re.compile(
    r"\s*([0-9]{1,4})[./\- ]+([0-9]{1,2}|[^\W\d_]{3,12})\.?[./\- ]+([0-9]{1,4})"
)
_SERIAL: Final = re.compile(r"[2-7][0-9]{4}")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a column's values say; `certain` is False where they can be read two ways."""

    value: str
    certain: bool
    key: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)


NOTHING: Final = Finding("", certain=False)


def decimal_mark(cells: Iterable[str]) -> Finding:
    """
    Tell whether a point or a comma stands before the cents.

    `1.234` can be read two ways: if nothing else is there, the finding is not certain and has no
    value; without any mark at all there is nothing to tell.
    """
    votes: Counter[str] = Counter()
    doubtful: list[str] = []
    total = 0
    for cell in cells:
        if not cell or cell.startswith(NUMBER):
            continue
        total += 1
        mark = _vote(cell)
        if mark == "?":
            doubtful.append(cell)
        elif mark:
            votes[mark] += 1
    if votes:
        mark = votes.most_common(1)[0][0]
        return Finding(mark, certain=True, key=_key(mark))
    if not doubtful:
        return NOTHING
    return _three_digits(doubtful, total)


def _three_digits(doubtful: Sequence[str], total: int) -> Finding:
    """All values have three digits behind one mark: decimals, if no value goes without a mark."""
    mark: str = _MARKS.findall(doubtful[0])[0]
    args = {"value": clean(doubtful[0])}
    guess = mark if len(doubtful) == total >= EXAMPLES_MAX else OTHER[mark]
    return Finding(guess, certain=False, key="thousands_or_cents", args=args)


def _vote(cell: str) -> str:
    """Return the mark before the cents, `?` if it can be read two ways, "" if nothing is said."""
    text = _STRIP.sub("", clean(cell)).strip()
    if _APOSTROPHE.search(text):
        return "."
    marks: list[str] = _MARKS.findall(text)
    if not marks:
        return ""
    last = marks[-1]
    if len(marks) > 1:
        grouped = len(set(marks)) == 1
        return OTHER[last] if grouped else last
    whole, _, fraction = text.partition(last)
    could_group = len(fraction) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0"  # noqa: PLR2004
    return "?" if could_group else last


def _key(mark: str) -> str:
    return "comma_for_cents" if mark == "," else "point_for_cents"


def date_order(cells: Iterable[str]) -> Finding:
    """
    Tell which part of a date is the day: dmy, mdy, ymd, or the day numbers of a spreadsheet.

    `03/04/2026` can be read two ways: if nothing else is there, the finding is not certain.
    """
    votes: dict[str, str] = {}
    counts: Counter[str] = Counter()
    doubtful = ""
    for cell in cells:
        if not cell or cell.startswith((NUMBER, DATE)):
            continue
        order, because = _order(cell)
        if order == "?":
            doubtful = doubtful or clean(cell)
        elif order:
            counts[order] += 1
            votes.setdefault(order, because)
    if counts:
        order = counts.most_common(1)[0][0]
        keys = {"dmy": "day_first", "mdy": "month_first", "ymd": "year_first"}
        key = keys.get(order, "day_numbers")
        return Finding(order, certain=True, key=key, args={"value": votes[order]})
    if doubtful:
        certain = "." in doubtful
        key = "day_first_usual" if certain else "day_or_month"
        return Finding("dmy", certain=certain, key=key, args={"value": doubtful})
    return NOTHING


def _order(cell: str) -> tuple[str, str]:
    """Return the order one date proves and the part that does; `?` if it can be read two ways."""
    found = _PARTS.match(cell)
    if not found:
        return ("serial", "") if _SERIAL.fullmatch(cell.strip()) else ("", "")
    first, middle, _ = found.groups()
    if len(first) > 2:  # noqa: PLR2004 - a year
        return "ymd", ""
    if not middle.isdigit() or first == middle:
        return "", ""
    return _day_or_month(int(first), int(middle))


def _day_or_month(first: int, second: int) -> tuple[str, str]:
    if first > MONTHS_MAX:
        return "dmy", str(first)
    return ("mdy", str(second)) if second > MONTHS_MAX else ("?", "")
