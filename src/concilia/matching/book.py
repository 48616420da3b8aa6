"""
A whole ledger of open items as columns, with what finds an item among a million.

A tuple for each of a million items would be a gigabyte. Columns are lists of shared strings and
arrays of numbers; the rows of one payer group become tuples when that group is settled.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from concilia.kernel.references import is_valid_rf
from concilia.matching.check_digits import common_schemes
from concilia.matching.columns import Coded, Digests, Rows, digest, digests, numbered
from concilia.matching.numbering import compact
from concilia.matching.records import Asked, OpenItem

_NON_DIGITS: Final = bytes(set(range(256)) - set(b"0123456789\n"))
KEY_DIGITS_MAX: Final = 18
KEY_DIGITS_MIN: Final = 5
TWINS_MAX: Final = 8
MANY: Final = -1
CENTURY: Final = 20
SHORT_YEARS: Final = range(15, 36)
ORDER_LENGTH_MIN: Final = 6
RF_LENGTH_MIN: Final = 5
CHECKED_REFERENCES: Final = 300
CHECKED_REFERENCES_MIN: Final = 5  # fewer may have the same check digits by chance
TEXTS: Final = ("item_id", "number", "order_number", "delivery_number", "structured_reference")
# What takes time to make and needs no payer groups.
_MADE: Final = ("_keys", "_digits", "_twins", "_serials", "_widths")


@dataclass
class OpenItems:
    """
    Open items by column; every list is as long as `item_id`. Amounts are minor units.

    `hold` and `vat_minor` say by row what few items have, or what is rarely asked for.
    """

    item_id: list[str] = field(default_factory=list)
    customer_id: Sequence[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    number: list[str] = field(default_factory=list)
    order_number: list[str] = field(default_factory=list)
    delivery_number: list[str] = field(default_factory=list)
    issued_on: list[date | None] = field(default_factory=list)
    due_on: list[date | None] = field(default_factory=list)
    currency: list[str] = field(default_factory=list)
    original_minor: Sequence[int] = field(default_factory=lambda: array("q"))
    open_minor: Sequence[int] = field(default_factory=lambda: array("q"))
    disputed_minor: Sequence[int] = field(default_factory=lambda: array("q"))
    discount_bp: Sequence[int] = field(default_factory=lambda: array("i"))
    discount_until: list[date | None] = field(default_factory=list)
    structured_reference: list[str] = field(default_factory=list)
    hold: Mapping[int, str] = field(default_factory=dict)
    vat_minor: Mapping[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.open_minor)

    def extend(self, columns: Sequence[Sequence[Any]]) -> None:
        """This will add rows, given as columns in the order of the fields up to the reference."""
        for one, values in zip(fields(self), columns, strict=False):
            getattr(self, one.name).extend(values)

    @classmethod
    def of(cls, items: Iterable[OpenItem] | OpenItems) -> OpenItems:
        """Return the columns of a few items; columns stay as they are."""
        if isinstance(items, OpenItems):
            return items
        rows = list(items)
        columns = cls()
        for name in OpenItem._fields:
            values = [getattr(item, name) for item in rows]
            if name in {"hold", "vat_minor"}:
                setattr(columns, name, {n: v for n, v in enumerate(values) if v not in {"", None}})
            else:
                getattr(columns, name).extend(values)
        return columns

    def text_of(self, name: str) -> bytes:
        """A column of texts as one, each on a line."""
        column = getattr(self, name)
        text = "\n".join(column)
        if text.count("\n") >= max(len(column), 1):
            text = "\n".join(one.replace("\n", " ") for one in column)
        return text.encode("utf-8", "replace")

    def rows(self) -> list[OpenItem]:
        """Return the items, for those who have few."""
        columns = (getattr(self, name) for name in OpenItem._fields[:-2])
        return [
            OpenItem._make((*values, self.hold.get(row, ""), self.vat_minor.get(row)))
            for row, values in enumerate(zip(*columns, strict=True))
        ]


class PackedItems(OpenItems):
    """
    Open items as they come from another process: what is one piece of memory stays there.

    Texts are made of it a column at a time when one is asked for, in each process by itself.
    """

    def __init__(self, columns: Mapping[str, Any]) -> None:
        """:param columns: numbers are arrays; a column of texts may be the memory of `text_of`"""
        self._packed = {
            name: memoryview(columns[name]) for name in TEXTS if not isinstance(columns[name], list)
        }
        for name, column in columns.items():
            if name not in self._packed:
                is_numbers = isinstance(column, np.ndarray)
                setattr(self, name, memoryview(column) if is_numbers else column)

    def __getattr__(self, name: str) -> list[str]:
        packed = self.__dict__.get("_packed", {})
        if name not in packed:
            raise AttributeError(name)
        column = str(packed[name], "utf-8").split("\n") if len(self) else []
        setattr(self, name, column)
        return column

    def text_of(self, name: str) -> bytes:
        """A column of texts as one, each on a line."""
        packed = self._packed.get(name)
        return super().text_of(name) if packed is None else bytes(packed)


class Register:
    """Open items, found by number or reference among a million."""

    def __init__(self, items: OpenItems) -> None:
        self.items = items

    def rows_by_reference(self, reference: str) -> list[int]:
        """
        Return the rows that carry this structured payment reference.

        A reference in the form of ISO 11649 must also pass its own check.
        """
        if not self._references:
            return []
        key = _reference_key(reference)
        if not key or (_looks_like_rf(key) and not is_valid_rf(key)):
            return []
        found = self._references.get(key)
        if found is None:
            return []
        return [found] if isinstance(found, int) else list(found)

    def rows_asked(self, asked: Iterable[Asked]) -> list[int]:
        """Return the rows of the items that were asked for, as far as they are open."""
        return [self._ids[one.item_id] for one in asked if one.item_id in self._ids]

    def rows_by_digits(self, digits: str) -> list[int]:
        """Return the rows whose document number has these digits (five at least), a few at most."""
        if not KEY_DIGITS_MIN <= len(digits) <= KEY_DIGITS_MAX:
            return []
        row = self._digits.get(int(digits))
        if row is None:
            return []
        return [row] if row != MANY else self._twins.get(int(digits), [])

    def rows_by_serial(self, digits: str) -> list[int]:
        """Return the rows whose document number is a year and these digits (five at least)."""
        if not KEY_DIGITS_MIN <= len(digits) <= KEY_DIGITS_MAX:
            return []
        row = self._serials.get(int(digits))
        return [row] if row is not None and row != MANY else []

    def rows_of_year(self, serial: str, year: int) -> list[int]:
        """Return the rows whose document number is this year and these digits, in either order."""
        width = range(len(serial), KEY_DIGITS_MAX)
        readings = {f"{serial}{year}"}
        for digits in self._widths:
            for prefix in (str(year), f"{year % 100:02d}"):
                if digits - len(prefix) in width:
                    readings.add(f"{prefix}{serial.zfill(digits - len(prefix))}")
        return [row for digits in sorted(readings) for row in self.rows_by_digits(digits)]

    def rows_by_whole_number(self, word: str) -> list[int]:
        """Return the rows whose document number is this word, letters and all."""
        digits = "".join(character for character in word if character.isdecimal())
        if not digits or len(digits) > KEY_DIGITS_MAX or len(word) < KEY_DIGITS_MIN:
            return []
        row = self._digits.get(int(digits))
        rows = [] if row is None else [row] if row != MANY else self._twins.get(int(digits), [])
        return [row for row in rows if compact(self.items.number[row]) == word]

    @cached_property
    def has_numeric_references(self) -> bool:
        """Whether some payment references are digits only, which people type in groups."""
        return any(key.isdecimal() for key in self._references)

    @cached_property
    def schemes(self) -> frozenset[str]:
        """The check digits that our payment references have, judged by some hundred of them."""
        references = (one for one in self.items.structured_reference if one)
        some = list(islice(references, CHECKED_REFERENCES))
        enough = len(some) >= CHECKED_REFERENCES_MIN
        return common_schemes(map(compact, some)) if enough else frozenset()

    @cached_property
    def _widths(self) -> tuple[int, ...]:
        """How many digits our document numbers have."""
        powers = 10 ** np.arange(KEY_DIGITS_MAX + 1, dtype=np.int64)
        widths = np.unique(np.searchsorted(powers, self._keys, side="right"))
        return tuple(int(width) for width in widths if width)

    def numbers_ready(self) -> dict[str, Any]:
        """Make what finds document numbers now, and give it to another register of these items."""
        return {name: getattr(self, name) for name in _MADE}

    def orders_ready(self) -> None:
        """Make what finds orders now, before others share it."""
        assert self._orders is not None

    def take(self, ready: Mapping[str, Any]) -> None:
        """This will take what another register of the same items made ready."""
        self.__dict__.update(ready)

    @cached_property
    def _ids(self) -> dict[str, int]:
        """Rows by the id of their item: made only where a payment answers a request."""
        return {item_id: row for row, item_id in enumerate(self.items.item_id)}

    @cached_property
    def _references(self) -> dict[str, int | tuple[int, ...]]:
        found: dict[str, int | tuple[int, ...]] = {}
        for row, reference in enumerate(self.items.structured_reference):
            if not reference:
                continue
            key = _reference_key(reference)
            known = found.setdefault(key, row)
            if known != row:
                found[key] = (*known, row) if isinstance(known, tuple) else (known, row)
        return found

    @cached_property
    def _keys(self) -> npt.NDArray[np.int64]:
        """The digits of every document number as an integer; 0: there are none, or too many."""
        digits = self.items.text_of("number").translate(None, _NON_DIGITS)
        padded = b"0" + digits.replace(b"\n", b"\n0") if len(self.items) else b""
        keys = np.fromstring(padded, dtype=np.int64, sep="\n")
        if keys.max(initial=0) < 10**KEY_DIGITS_MAX:
            return keys
        short = (int(one) if len(one) <= KEY_DIGITS_MAX else 0 for one in padded.split(b"\n"))
        return np.fromiter(short, dtype=np.int64, count=len(self.items))

    @cached_property
    def _digits(self) -> _Unique:
        return _Unique(self._keys)

    @cached_property
    def _twins(self) -> dict[int, list[int]]:
        """Rows of numbers that share their digits, as `FT 7` and `NC 7` do."""
        shared = np.isin(self._keys, self._digits.shared).nonzero()[0]
        twins: dict[int, list[int]] = {}
        for row, key in zip(shared.tolist(), self._keys[shared].tolist(), strict=True):
            twins.setdefault(key, []).append(row)
        return {key: rows for key, rows in twins.items() if len(rows) <= TWINS_MAX}

    @cached_property
    def _serials(self) -> _Unique:
        """Rows by their number without a leading year of four digits, or of two."""
        keys = self._keys
        found = np.zeros_like(keys)
        for length in range(KEY_DIGITS_MIN + 2, KEY_DIGITS_MAX + 1):
            if length >= KEY_DIGITS_MIN + 4:
                power = 10 ** (length - 4)
                found = np.where(keys // power // 100 == CENTURY, keys % power, found)
            power = 10 ** (length - 2)
            leading = keys // power
            is_year = (leading >= SHORT_YEARS.start) & (leading < SHORT_YEARS.stop)
            found = np.where(is_year & (found == 0), keys % power, found)
        return _Unique(found)

    def rows_by_order(self, number: str) -> list[int]:
        """Return the rows of an order or delivery number without marks, a few at most."""
        count, items = len(self.items), self.items
        places = self._orders.places_of(number) if number else []
        numbers = [
            (items.order_number if place < count else items.delivery_number)[place % count]
            for place in places
        ]
        rows = [
            place % count
            for place, one in zip(places, numbers, strict=True)
            if compact(one) == number
        ]
        return rows if len(rows) <= TWINS_MAX else []

    @cached_property
    def _orders(self) -> _Orders:
        return _Orders(self.items)


class Book(Register):
    """A register that is cut by payer group and currency too."""

    def __init__(self, items: OpenItems, groups: Sequence[str]) -> None:
        """:param groups: the payer group of each row"""
        super().__init__(items)
        self.groups = groups
        self._codes, column = _coded(groups, items.currency)
        self._order: Rows = np.argsort(column, kind="stable")
        self._ends: list[int] = np.cumsum(np.bincount(column, minlength=len(self._codes))).tolist()

    @cached_property
    def only_currency(self) -> str | None:
        """The currency of all items, if it is one."""
        found = {currency for _, currency in self._codes}
        return found.pop() if len(found) == 1 else None

    @property
    def debtors(self) -> Iterable[str]:
        """The payer groups that owe something."""
        return self._currencies.keys()

    def currencies_of(self, group: str) -> Sequence[str]:
        """Return the currencies in which a payer group owes."""
        return self._currencies.get(group, [])

    @cached_property
    def _currencies(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for group, currency in self._codes:
            found.setdefault(group, []).append(currency)
        return found

    def rows_of(self, group: str, currency: str) -> list[int]:
        """Return the rows of a payer group in one currency."""
        code = self._codes.get((group, currency))
        if code is None:
            return []
        start = self._ends[code - 1] if code else 0
        rows: list[int] = self._order[start : self._ends[code]].tolist()
        return rows


class _Orders:
    """
    Where order and delivery numbers stand, by their digest.

    Few payments ask for them, and a ledger has millions: they are made ready a column at a time.
    """

    def __init__(self, items: OpenItems) -> None:
        found = np.concatenate(
            [_digests(items, "order_number"), _digests(items, "delivery_number")]
        )
        places = found.nonzero()[0]
        self._places: Rows = places[np.argsort(found[places], kind="stable")]
        self._digests = found[self._places]

    def places_of(self, number: str) -> list[int]:
        """Return where a number stands, and hardly ever another one."""
        wanted = np.uint64(digest(number))
        start = np.searchsorted(self._digests, wanted)
        end = np.searchsorted(self._digests, wanted, side="right")
        places: list[int] = self._places[start:end].tolist()
        return places


def _digests(items: OpenItems, name: str) -> Digests:
    """The digests of a column of numbers; short ones are nothing."""
    if not len(items):
        return np.zeros(0, dtype=np.uint64)
    text = items.text_of(name)
    if text.isascii() and text == text.upper():
        found = digests(text)
        ends = np.append((np.frombuffer(text, np.uint8) == ord("\n")).nonzero()[0], len(text))
        lengths = np.diff(ends, prepend=-1) - 1
    else:
        numbers = text.decode().split("\n")
        found = digests("\n".join(map(compact, numbers)).encode())
        lengths = np.fromiter(map(len, numbers), dtype=np.int64, count=len(numbers))
    return np.where(lengths < ORDER_LENGTH_MIN, 0, found)


def _coded(
    groups: Sequence[str], currencies: Sequence[str]
) -> tuple[dict[tuple[str, str], int], Rows]:
    """Number the payer groups with their currencies as they come, and say which each row has."""
    one = groups if isinstance(groups, Coded) else Coded.of(groups)
    other = Coded.of(currencies)
    ways = len(other.texts)
    pairs, column = numbered(one.codes * ways + other.codes, len(one.texts) * ways)
    return {
        (one.texts[pair // ways], other.texts[pair % ways]): code
        for code, pair in enumerate(pairs.tolist())
    }, column


class _Unique:
    """The row of each key, and MANY for keys that several rows share; nothing has the key 0."""

    def __init__(self, keys: npt.NDArray[np.int64]) -> None:
        self._keys, first, counts = np.unique(keys, return_index=True, return_counts=True)
        self._first = np.where(counts == 1, first, MANY)
        self.shared = self._keys[(counts > 1) & (self._keys != 0)]

    @cached_property
    def _values(self) -> memoryview:
        return self._keys.data

    @cached_property
    def _rows(self) -> memoryview:
        return self._first.data

    def get(self, key: int) -> int | None:
        """Return the row of a key; None if there is none."""
        place = bisect_left(self._values, key)
        if not key or place == len(self._values) or self._values[place] != key:
            return None
        row: int = self._rows[place]
        return row


def _reference_key(reference: str) -> str:
    """A reference without blanks and marks; one of digits without the zeros banks add and drop."""
    key = reference if reference.isdecimal() else compact(reference)
    return key.lstrip("0") if key.isdecimal() else key


def _looks_like_rf(key: str) -> bool:
    return key.startswith("RF") and len(key) >= RF_LENGTH_MIN and key[2:4].isdigit()
