"""A document's features as rows of the tables of a model: each name is looked up but once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, count, repeat
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int32]
Found = tuple[Rows, Floats]
ABSENT: Final = -1


def found_in(vocabulary: Mapping[str, int], values: Mapping[str, float]) -> Found:
    """Return the rows of the names a vocabulary knows, in the order of the names, and values."""
    table = vocabulary.table if isinstance(vocabulary, Words) else vocabulary
    size = len(values)
    rows = np.fromiter(map(table.get, values, repeat(ABSENT)), np.int32, size)
    return _known(rows, np.fromiter(values.values(), np.float32, size))


class Words(Mapping[str, int]):
    """
    The rows of a vocabulary as a file has it, a word on each line.

    Who looks words up by `Lookup` needs no table of its own: it is made when first asked.
    """

    def __init__(self, lines: bytes) -> None:
        self._lines = lines

    def __getitem__(self, word: str) -> int:
        return self.table[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines.decode().split("\n"))

    def __len__(self) -> int:
        return self._lines.count(b"\n") + 1

    @cached_property
    def table(self) -> dict[str, int]:
        """The rows by word."""
        return {word: row for row, word in enumerate(self)}


class Lookup:
    """Several vocabularies as one: whatever any of them knows has one place here."""

    def __init__(self, vocabularies: Mapping[str, Mapping[str, int]]) -> None:
        known = {which: [*each] for which, each in vocabularies.items()}
        union = dict.fromkeys(chain.from_iterable(known.values()))
        self._places = dict(zip(union, count(), strict=False))
        self._rows = {
            which: self._rows_of(names, vocabularies[which]) for which, names in known.items()
        }

    def find(self, values: Mapping[str, float], which: Iterable[str]) -> dict[str, Found]:
        """Return what `found_in` gives for these of the vocabularies."""
        places, weights = found_in(self._places, values)
        return {name: _known(self._rows[name][places], weights) for name in which}

    def _rows_of(self, names: list[str], vocabulary: Mapping[str, int]) -> Rows:
        size = len(names)
        rows = np.full(len(self._places), ABSENT, np.int32)
        places = np.fromiter(map(self._places.__getitem__, names), np.int32, size)
        listed = isinstance(vocabulary, Words)
        rows[places] = np.fromiter(range(size) if listed else vocabulary.values(), np.int32, size)
        return rows


def _known(rows: Rows, weights: Floats) -> Found:
    known = rows >= 0
    return rows[known], weights[known]
