"""Which mark stands before the cents in a column, and which part of a date is the day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from concilia.intake.core.cells import DATE, NUMBER, clean

MONTHS_MAX: Final = 12
EXAMPLES_MAX: Final = 5
_MARKS: Final = re.compile(r"[.,]")
_STRIP: Final = re.compile(r"[^0-9.,' \u00a0\u202f\u2009’]")
_APOSTROPHE: Final = re.compile(r"[0-9]['’][0-9]{3}(?![0-9])")
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
    mark = next(iter(_MARKS.findall(doubtful[0])), ".")
    args = {"value": clean(doubtful[0])}
    guess = mark if len(doubtful) == total >= EXAMPLES_MAX else ("," if mark == "." else ".")
    return Finding(guess, certain=False, key="thousands_or_cents", args=args)


def _vote(cell: str) -> str:
    """Return the mark before the cents, `?` if it can be read two ways, "" if nothing is said."""
    text = _STRIP.sub("", clean(cell))
    marks = _MARKS.findall(text)
    if _APOSTROPHE.search(text):
        return "."
    if not marks:
        return ""
    last = marks[-1]
    if len(set(marks)) > 1:
        return last
    if len(marks) > 1:
        return "," if last == "." else "."
    whole, _, fraction = text.strip().partition(last)
    if len(fraction.strip()) != 3 or not whole or len(whole) > 3 or whole.startswith("0"):  # noqa: PLR2004
        return last
    return "?"


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
    found = _PARTS.match(cell)
    if not found:
        return ("serial", "") if _SERIAL.fullmatch(cell.strip()) else ("", "")
    first, middle, _ = found.groups()
    if len(first) > 2:  # noqa: PLR2004
        return "ymd", ""
    if not middle.isdigit():
        return "", ""
    if int(first) > MONTHS_MAX:
        return "dmy", str(int(first))
    if int(middle) > MONTHS_MAX:
        return "mdy", str(int(middle))
    return ("", "") if first == middle else ("?", "")
