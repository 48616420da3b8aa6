"""How our own document numbers are built, and an index of those that are open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from concilia.kernel.once import once
from concilia.matching.scanning import plain

_DIGITS: Final = re.compile(r"[0-9]+")
_RUN: Final = re.compile(r"[A-Z]+|[0-9]+")
# Numbers of a range as SAP gives them, `1900054012`: people write what comes after the zeros.
_RANGED: Final = re.compile(r"[1-9][0-9]?00+([1-9][0-9]{2,})")
_USUAL: Final = re.compile(r"([A-Z]{0,6})[-/ ]?(20[0-9]{2}|[1-3][0-9])[-/]([0-9]{3,10})", re.ASCII)
_PREFIXES: Final = re.compile(r"^[^A-Z0-9\n]*([A-Z]*)", re.MULTILINE)
_SERIES: Final = re.compile(r"^[^A-Z0-9\n]*([A-Z]*)[^1-9\n]*[1-9]", re.MULTILINE)
_NO_DIGITS: Final = bytes(set(range(256)) - set(b"0123456789\n"))
# What stands for a letter in the shape of numbers: 0 for a digit, a blank for what is none.
_SHAPE: Final = bytes(
    ord("0") if chr(one).isdecimal() else one if chr(one) == "\n" else ord(" ")
    for one in range(256)
)
DIGITS: Final = frozenset("0123456789")
YEAR_DIGITS: Final = 4
YEARED_DIGITS_MIN: Final = 7
RANGED_DIGITS_MIN: Final = 9


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

    The numbers are one text that is searched for the few digits a payer wrote: that is far less
    than to take apart those that nobody names.
    """

    def __init__(self, numbers: Iterable[tuple[str, date | None]]) -> None:
        """:param numbers: document number and issue date of every position"""
        self._numbers = list(numbers)
        self._forms: dict[int, NumberForm] = {}
        self._positions: dict[str, list[int]] = {}
        self._are_yeared: dict[tuple[str, int], bool] = {}

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
            found = self._ending_with(key)
            forms = [(position, self.form(position)) for position in found]
            known = [position for position, form in forms if key in (form.digits, form.serial)]
            self._positions[key] = known
        return known

    def _ending_with(self, key: str) -> list[int]:
        """The positions of numbers with a group of digits, or all digits, that may be this key."""
        if not key:  # every line ends with nothing
            keys = [_keys_of(number) for number, _ in self._numbers]
            return [place for place, each in enumerate(keys) if "" in each]
        found = set(_lines_with(self._digits, b"%b\n" % key.encode()))
        if self._has_groups:
            found.update(_lines_with(self._text, key.encode(), at_end=True))
        return [place for place in sorted(found) if key in _keys_of(self._numbers[place][0])]

    def whole(self, word: str) -> list[int]:
        """Return the positions of numbers that have just these letters and digits."""
        digits = "".join(character for character in word if character in DIGITS)
        if self._is_ascii:
            places = _lines_with(self._digits, b"\n%b\n" % digits.encode())
        else:
            places = list(range(len(self._numbers)))
        return [position for position in places if self.form(position).full == word]

    def holding(self, digits: str) -> Iterable[int]:
        """Return the positions of numbers in which these digits stand, and maybe others."""
        if not self._is_ascii:
            return range(len(self._numbers))
        return _lines_with(self._digits, digits.encode())

    def is_yeared(self, start: str, length: int) -> bool:
        """Whether one of our numbers starts with this year and has so many digits."""
        known = self._are_yeared.get((start, length))
        if known is None:
            known = self._are_yeared[start, length] = any(
                form.year and form.digits.startswith(start) and len(form.digits) == length
                for form in map(self.form, self.holding(start))
            )
        return known

    @once
    def shapes(self) -> set[tuple[str, int]]:
        """The letters before, and how many digits, of all numbers."""
        if not self._is_ascii:
            forms = map(self.form, range(len(self._numbers)))
            return {(form.prefix, len(form.digits)) for form in forms if form.digits}
        prefixes = _PREFIXES.findall(self._text[1:-1].decode().upper())
        digits = self._digits[1:-1].split(b"\n")
        lengths = (len(line.lstrip(b"0")) for line in digits)
        return {(prefix, n) for prefix, n in zip(prefixes, lengths, strict=True) if n}

    @once
    def series(self) -> set[str]:
        """The letters before the digits, of all numbers."""
        if not self._is_ascii:
            return {prefix for prefix, _ in self.shapes}
        return set(_SERIES.findall(self._text[1:-1].decode().upper()))

    @once
    def lengths(self) -> set[int]:
        """How many digits our numbers have."""
        return {length for _, length in self.shapes}

    @once
    def _text(self) -> bytes:
        """All numbers, each on a line of its own, lines before and behind."""
        text = "\n".join([number for number, _ in self._numbers])
        if text.count("\n") >= max(len(self._numbers), 1):
            text = "\n".join(number.replace("\n", " ") for number, _ in self._numbers)
        return b"\n%b\n" % text.encode("utf-8", "replace")

    @once
    def _digits(self) -> bytes:
        """The digits of all numbers, each on a line of its own."""
        return self._text.translate(None, _NO_DIGITS)

    @once
    def _is_ascii(self) -> bool:
        return self._text.isascii()

    @once
    def _has_groups(self) -> bool:
        """Whether in some number something stands between digits."""
        shape = self._text.translate(_SHAPE)
        groups = shape.count(b"0 ") + shape.count(b"0\n")
        return groups > sum(map(bool, self._digits.split(b"\n")))


def _lines_with(text: bytes, wanted: bytes, *, at_end: bool = False) -> list[int]:
    """
    The lines in which some bytes stand, in order, each once.

    :param at_end: only where no digit comes after them
    """
    found: list[int] = []
    line, counted, start = -1, 0, text.find(wanted)
    while start >= 0:
        # What is wanted may begin with the end of the line before.
        place = start + wanted.startswith(b"\n")
        line += text.count(b"\n", counted, place)
        counted = place
        end = start + len(wanted)
        is_again = found and found[-1] == line
        if not is_again and not (at_end and text[end : end + 1].isdigit()):
            found.append(line)
        start = text.find(wanted, start + 1)
    return found


def _keys_of(number: str) -> set[str]:
    """What of a number its digits, or what comes behind its year, may be."""
    groups = _DIGITS.findall(number)
    if len(groups) == 1:
        return _keys_of_one(groups[0])
    keys = {group.lstrip("0") for group in groups}
    keys.add("".join(groups).lstrip("0"))
    return keys


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
