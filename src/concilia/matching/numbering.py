"""How our own document numbers are built, and an index of those that are open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from concilia.matching.scanning import plain

_DIGITS: Final = re.compile(r"[0-9]+")
_RUN: Final = re.compile(r"[A-Z]+|[0-9]+")
# Numbers of a range as SAP gives them, `1900054012`: people write what comes after the zeros.
_RANGED: Final = re.compile(r"[1-9][0-9]?00+([1-9][0-9]{2,})")
_USUAL: Final = re.compile(r"([A-Z]{0,6})[-/ ]?(20[0-9]{2}|[1-3][0-9])[-/]([0-9]{3,10})", re.ASCII)
YEAR_DIGITS: Final = 4
YEARED_DIGITS_MIN: Final = 7
RANGED_DIGITS_MIN: Final = 9
NOWHERE: Final[tuple[int, ...]] = ()


class NumberForm(NamedTuple):
    """
    A document number taken apart: `FT-2025/001234` has prefix FT, year 2025 and serial 1234.

    `full` is all letters and digits, `digits` all digits without leading zeros. `year` is 0 where
    the number has none.
    """

    full: str
    prefix: str
    digits: str
    serial: str
    year: int


EMPTY: Final = NumberForm("", "", "", "", 0)


def take_apart(number: str, issued_on: date | None) -> NumberForm:
    """Return the parts of one of our numbers; the issue date says which of them is the year."""
    usual = _USUAL.fullmatch(number)
    if usual is not None:
        form = _take_apart_usual(usual, issued_on.year if issued_on else 0)
        if form is not None:
            return form
    if not number:
        return EMPTY
    runs = _RUN.findall(number if number.isascii() and number.isupper() else plain(number))
    groups = [run for run in runs if run[0].isdigit()]
    if not groups:
        return NumberForm("".join(runs), "".join(runs), "", "", 0)
    prefix = runs[0] if not runs[0][0].isdigit() else ""
    year, serial = _year_and_serial(groups, issued_on.year if issued_on else 0)
    digits = "".join(groups).lstrip("0")
    return NumberForm("".join(runs), prefix, digits, serial.lstrip("0"), year)


def _take_apart_usual(found: re.Match[str], issued: int) -> NumberForm | None:
    """`FT2026/000123`, `RE-26-123`: a prefix, the year of issue, and a number behind it."""
    prefix, short, serial = found[1], found[2], found[3]
    year = int(short) if len(short) == YEAR_DIGITS else 2000 + int(short)
    if issued and abs(year - issued) > 1:
        return None
    digits = (short + serial).lstrip("0")
    return NumberForm(prefix + short + serial, prefix, digits, serial.lstrip("0"), year)


def _year_and_serial(groups: Sequence[str], issued: int) -> tuple[int, str]:
    if len(groups) == 1:
        only = groups[0]
        if len(only) >= YEARED_DIGITS_MIN and only.startswith("20"):
            year = int(only[:YEAR_DIGITS])
            if not issued or abs(year - issued) <= 1:
                return year, only[YEAR_DIGITS:]
        if issued and len(only) >= YEARED_DIGITS_MIN and only[:2] == f"{issued % 100:02d}":
            return issued, only[2:]
        ranged = _RANGED.fullmatch(only) if len(only) >= RANGED_DIGITS_MIN else None
        return 0, ranged[1] if ranged else only
    for place in (0, len(groups) - 1, 1):
        year = _as_year(groups[place], issued)
        if year:
            rest = [group for index, group in enumerate(groups) if index != place]
            return year, max(reversed(rest), key=len)
    return 0, max(reversed(groups), key=len)


def _as_year(group: str, issued: int) -> int:
    if len(group) == YEAR_DIGITS and group.startswith("20"):
        year = int(group)
        return year if not issued or abs(year - issued) <= 1 else 0
    if issued and group == f"{issued % 100:02d}":
        return issued
    return 0


class NumberIndex:
    """
    The open numbers of one payer group: by what a payer may write to their positions.

    A number is taken apart only when a text may mean it; until then its digit groups are enough.
    """

    def __init__(self, numbers: Iterable[tuple[str, date | None]]) -> None:
        """:param numbers: document number and issue date of every position"""
        self._numbers = list(numbers)
        self._forms: dict[int, NumberForm] = {}
        self._by_key: dict[str, list[int]] = {}
        self._positions: dict[str, list[int]] = {}
        add = self._by_key.setdefault
        for position, (number, _) in enumerate(self._numbers):
            groups = _DIGITS.findall(number)
            if len(groups) == 1:
                keys = _keys_of_one(groups[0])
            else:
                keys = {group.lstrip("0") for group in groups}
                keys.add("".join(groups).lstrip("0"))
            for key in keys:
                add(key, []).append(position)

    def __len__(self) -> int:
        return len(self._numbers)

    def form(self, position: int) -> NumberForm:
        """Return the number at a position, taken apart."""
        known = self._forms.get(position)
        if known is None:
            known = self._forms[position] = take_apart(*self._numbers[position])
        return known

    def positions(self, key: str) -> Sequence[int]:
        """Return whose digits, all or without the year, these are."""
        known = self._positions.get(key)
        if known is None:
            found = self._by_key.get(key)
            if not found:
                return NOWHERE
            forms = [(position, self.form(position)) for position in found]
            known = [position for position, form in forms if key in (form.digits, form.serial)]
            self._positions[key] = known
        return known

    @cached_property
    def by_full(self) -> dict[str, list[int]]:
        """Positions by all letters and digits of their numbers."""
        found: dict[str, list[int]] = defaultdict(list)
        for position in range(len(self._numbers)):
            found[self.form(position).full].append(position)
        found.pop("", None)
        return found

    @cached_property
    def shapes(self) -> set[tuple[str, int]]:
        """The letters before, and how many digits, of all numbers."""
        forms = map(self.form, range(len(self._numbers)))
        return {(form.prefix, len(form.digits)) for form in forms if form.digits}

    @cached_property
    def lengths(self) -> set[int]:
        """How many digits our numbers have."""
        return {length for _, length in self.shapes}

    @cached_property
    def yeared(self) -> set[tuple[str, int]]:
        """The leading year, and how many digits, of numbers that start with a year."""
        forms = map(self.form, range(len(self._numbers)))
        return {
            (form.digits[:YEAR_DIGITS], len(form.digits))
            for form in forms
            if form.year and len(form.digits) >= YEARED_DIGITS_MIN
        }


def _keys_of_one(group: str) -> set[str]:
    keys = {group.lstrip("0")}
    if len(group) >= YEARED_DIGITS_MIN:
        keys.add(group[2:].lstrip("0"))
        keys.add(group[YEAR_DIGITS:].lstrip("0"))
    if len(group) >= RANGED_DIGITS_MIN and (ranged := _RANGED.fullmatch(group)):
        keys.add(ranged[1])
    return keys


def compact(number: str) -> str:
    """Return the letters and digits of a number, in capitals."""
    if number.isascii() and number.isalnum():
        return number.upper()
    return "".join(_RUN.findall(plain(number)))
