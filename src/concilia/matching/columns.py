"""
Columns of a ledger of a million items, as they are kept and as they travel between processes.

What is one piece of memory can be looked at by several processes without a copy; texts are made of
it by each for itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache
from typing import Final, TypeVar, overload

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Digests = npt.NDArray[np.uint64]
Key = TypeVar("Key", bound=Hashable)

_MARKS: Final = bytes(set(range(256)) - set(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ\n"))
_PIECE: Final = 1 << 16  # letters whose numbers stay in the processor's cache
_LINE: Final = 1 << 12  # what a line may be longer than the piece it begins in
_WIDE: Final = 64  # letters of a code
_FACTOR: Final = 0x9E3779B97F4A7C15  # odd, so that it can be divided by again
_ALL_BITS: Final = (1 << 64) - 1
_NONE: Final = np.zeros(1, dtype=np.uint64)


class Coded(Sequence[str]):
    """Texts of which many are equal: each is kept once, and its number for every row."""

    __slots__ = ("codes", "texts")

    def __init__(self, texts: Sequence[str], codes: Rows) -> None:
        self.texts, self.codes = texts, codes

    @classmethod
    def of(cls, column: Sequence[str]) -> Coded:
        """Return a column, its texts numbered in the order in which they come."""
        codes = Codes[str]()
        numbers = codes.of(column)
        return cls(list(codes), numbers)

    @classmethod
    def of_text(cls, text: bytes, count: int) -> Coded:
        """
        Return the column of which this is the text, a line for each of so many rows.

        Lines of one digest are compared letter by letter before they count as equal.
        """
        lines = _lines_side_by_side(text) if count else None
        if lines is None or len(lines) != count:
            return cls.of(text.decode().split("\n") if count else [])
        _, first, found = np.unique(_line_digests(lines), return_index=True, return_inverse=True)
        if not (lines == lines[first[found]]).all():
            return cls.of(text.decode().split("\n"))
        order = np.argsort(first)
        codes = np.empty(len(first), dtype=np.int64)
        codes[order] = np.arange(len(first))
        few = lines[first[order]].view(f"S{lines.shape[1]}")[:, 0]
        return cls([one.decode() for one in few.tolist()], codes[found])

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> Sequence[str]: ...

    def __getitem__(self, row: int | slice) -> str | Sequence[str]:
        if isinstance(row, slice):
            return Coded(self.texts, self.codes[row])
        return self.texts[int(self.codes[row])]

    def __iter__(self) -> Iterator[str]:
        return map(self.texts.__getitem__, self.codes.tolist())

    def renamed(self, texts: Sequence[str]) -> Coded:
        """Return the column in which every text stands for another one, given in the same order."""
        few = Coded.of(texts)
        return Coded(few.texts, few.codes[self.codes])


class Codes(dict[Key, int]):
    """Numbers for values, in the order in which they come: looked at once each."""

    def __missing__(self, key: Key) -> int:
        code = self[key] = len(self)
        return code

    def of(self, keys: Sequence[Key]) -> Rows:
        """Return the number of each."""
        return np.fromiter(map(self.__getitem__, keys), dtype=np.int64, count=len(keys))


def digests(text: bytes) -> Digests:
    """
    Return a number for each line: the same for the same letters and digits, whatever marks stand
    between them, and hardly ever the same for others; 0 for none.

    :param text: lines in capitals
    """
    bare = text.translate(None, _MARKS) + b"\n"
    found = []
    start = 0
    while start < len(bare):
        end = bare.find(b"\n", min(start + _PIECE, len(bare) - 1)) + 1
        found.append(_digests(np.frombuffer(bare, np.uint8, end - start, start)))
        start = end
    return np.concatenate(found)


def digest(word: str) -> int:
    """Return the number that `digests` gives a line of these letters and digits."""
    found, power = 0, 1
    for letter in word.encode():
        found += letter * power
        power = power * _FACTOR & _ALL_BITS
    return found & _ALL_BITS


def _digests(letters: npt.NDArray[np.uint8]) -> Digests:
    """
    Each line's sum of letters times powers of a factor, all from one running sum.

    The powers go on from line to line; what a line begins with is divided out again.
    """
    ends = (letters == ord("\n")).nonzero()[0]
    starts = np.concatenate(([0], ends[:-1] + 1))
    powers, inverses = _powers(max(len(letters), _PIECE + _LINE))
    parts = letters * powers[: len(letters)]
    parts[ends] = 0
    sums = np.concatenate((_NONE, np.cumsum(parts)))
    found: Digests = (sums[ends] - sums[starts]) * inverses[starts]
    return found


@lru_cache(maxsize=2)
def _powers(count: int) -> tuple[Digests, Digests]:
    """The powers of the factor and of its inverse, from the first."""
    found = []
    for factor in (_FACTOR, pow(_FACTOR, -1, _ALL_BITS + 1)):
        steps = np.full(count, factor, dtype=np.uint64)
        steps[0] = 1
        found.append(np.cumprod(steps))
    return found[0], found[1]


def numbered(numbers: Rows, limit: int) -> tuple[Rows, Rows]:
    """
    Give numbers below a limit new ones, in the order in which they come.

    :returns: the old ones by their new number, and the new one of each
    """
    first = np.full(limit, -1, dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)  # what is put last stays
    old = np.flatnonzero(first >= 0)
    old = old[np.argsort(first[old])]
    first[old] = np.arange(len(old))
    return old, first[numbers]


def _lines_side_by_side(text: bytes) -> npt.NDArray[np.uint8] | None:
    """Lines as rows of letters, filled up with zeros; None if that would be no help."""
    letters = np.frombuffer(text, dtype=np.uint8)
    ends = np.append((letters == ord("\n")).nonzero()[0], len(letters))
    lengths = np.diff(ends, prepend=-1) - 1
    width = int(lengths.max(initial=1))
    if width > _WIDE or b"\0" in text:
        return None
    width = -(-width // 8) * 8
    lines = np.zeros((len(ends), width), dtype=np.uint8)
    lines[np.arange(width) < lengths[:, None]] = letters[letters != ord("\n")]
    return lines


def _line_digests(lines: npt.NDArray[np.uint8]) -> Digests:
    """A number for each row of letters: all of them, or what is hardly ever that of others."""
    found = np.zeros(len(lines), dtype=np.uint64)
    for place in lines.view(np.uint64).T:
        found = found * np.uint64(_FACTOR) + place
    return found


def are_different(text: bytes) -> bool:
    """Whether surely no two lines of a text are equal."""
    lines = _lines_side_by_side(text)
    if lines is None:
        return len(set(text.split(b"\n"))) == text.count(b"\n") + 1
    found = np.sort(_line_digests(lines))
    return bool((found[1:] != found[:-1]).all())
