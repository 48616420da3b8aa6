"""How our own document numbers are built, and an index of those that are open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from concilia.matching.scanning import plain

_RUN: Final = re.compile(r"[A-Z]+|[0-9]+")
_USUAL: Final = re.compile(r"([A-Z]{0,6})[-/ ]?(20[0-9]{2}|[1-3][0-9])[-/]([0-9]{3,10})", re.ASCII)
YEAR_DIGITS: Final = 4
YEARED_DIGITS_MIN: Final = 7


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
        return 0, only
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
    """The open numbers of one payer group: by what a payer may write to their positions."""

    __slots__ = (
        "by_delivery",
        "by_digits",
        "by_full",
        "by_order",
        "by_serial",
        "forms",
        "shapes",
        "yeared",
    )

    def __init__(self, forms: Iterable[NumberForm]) -> None:
        self.forms = list(forms)
        self.by_full: dict[str, list[int]] = defaultdict(list)
        self.by_digits: dict[str, list[int]] = defaultdict(list)
        self.by_serial: dict[str, list[int]] = defaultdict(list)
        self.by_order: dict[str, list[int]] = defaultdict(list)
        self.by_delivery: dict[str, list[int]] = defaultdict(list)
        self.shapes: set[tuple[str, int]] = set()  # letters, and how many digits
        self.yeared: set[tuple[str, int]] = set()  # leading year, and how many digits
        for position, form in enumerate(self.forms):
            if not form.full:
                continue
            self.by_full[form.full].append(position)
            if form.digits:
                self.by_digits[form.digits].append(position)
                self.by_serial[form.serial].append(position)
                self.shapes.add((form.prefix, len(form.digits)))
                if form.year and len(form.digits) >= YEARED_DIGITS_MIN:
                    self.yeared.add((form.digits[:YEAR_DIGITS], len(form.digits)))

    def add_orders(self, position: int, order_number: str, delivery_number: str) -> None:
        """This will make an item known by its order and its delivery note too."""
        if order_number:
            self.by_order[compact(order_number)].append(position)
        if delivery_number:
            self.by_delivery[compact(delivery_number)].append(position)


def compact(number: str) -> str:
    """Return the letters and digits of a number, in capitals."""
    if number.isascii() and number.isalnum():
        return number.upper()
    return "".join(_RUN.findall(plain(number)))
