"""Columns of open items put together from pieces of some hundred rows, as a file is read."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from concilia.matching.book import TEXTS, OpenItems, PackedItems
from concilia.matching.columns import Coded, are_different

_NAMES: Final = tuple(one.name for one in fields(OpenItems))[:-2]  # without what few items have
_ID: Final = "item_id"
_CODED: Final = "customer_id"
_NUMBERS: Final = {
    one.name: column.typecode
    for one in fields(OpenItems)
    if isinstance(column := getattr(OpenItems(), one.name), array)
}


# Texts, days; or amounts, as one piece of numbers.
Column = Sequence[Any] | npt.NDArray[np.int64]


class Columns:
    """
    Columns as a run of one process wants them: lists of texts.

    Customers and ids are looked at when all have come: together that is quicker.
    """

    def __init__(self) -> None:
        self._columns: dict[str, Any] = {name: [] for name in _NAMES}
        self._columns |= {name: array(code) for name, code in _NUMBERS.items()}

    def add(self, columns: Sequence[Column]) -> None:
        """This will add rows, given as columns in the order of the fields up to the reference."""
        for name, values in zip(_NAMES, columns, strict=True):
            if isinstance(values, np.ndarray):
                self._columns[name].frombytes(values.tobytes())
            elif name == _CODED:
                self._columns[name].append(_piece(values))
            else:
                self._put(name, values)

    def _put(self, name: str, values: Sequence[Any]) -> None:
        self._columns[name].extend(values)

    def are_unique(self) -> bool:
        """Whether surely no two rows have the same id."""
        return len(set(self._columns[_ID])) == len(self)

    def items(self) -> OpenItems:
        """Return what has come together."""
        return OpenItems(**self._finished())

    def _finished(self) -> dict[str, Any]:
        customers = _one(self._columns[_CODED])
        if isinstance(customers, bytes):
            return {**self._columns, _CODED: Coded.of_text(customers, len(self))}
        return {**self._columns, _CODED: Coded.of(customers)}

    def __len__(self) -> int:
        return len(self._columns["open_minor"])


class PackedColumns(Columns):
    """Columns as they go to another process: texts that nobody here looks at again stay one."""

    def _put(self, name: str, values: Sequence[Any]) -> None:
        if name in TEXTS:
            self._columns[name].append(_piece(values))
        else:
            self._columns[name].extend(values)

    def are_unique(self) -> bool:
        """Whether surely no two rows have the same id."""
        ids = _one(self._columns[_ID])
        return are_different(ids) if isinstance(ids, bytes) else len(set(ids)) == len(ids)

    def items(self) -> OpenItems:
        """Return what has come together."""
        return PackedItems(self.pieces())

    def pieces(self) -> dict[str, Any]:
        """Return what `PackedItems` are made of; `bytes` and arrays travel as they are."""
        columns = self._finished()
        for name in TEXTS:
            columns[name] = _one(columns[name])
        for name, code in _NUMBERS.items():
            columns[name] = np.frombuffer(columns[name], dtype=code)
        return {**columns, "hold": {}, "vat_minor": {}}


def _piece(values: Sequence[str]) -> str | list[str]:
    """Texts as one, each on a line, where all of them have one line."""
    text = "\n".join(values)
    return text if text.count("\n") == len(values) - 1 else list(values)


def _one(pieces: Sequence[str | list[str]]) -> bytes | list[str]:
    """All pieces as one text; as a list if a text has more than a line."""
    if all(isinstance(piece, str) for piece in pieces):
        return "\n".join(map(str, pieces)).encode()
    lists = (piece.split("\n") if isinstance(piece, str) else piece for piece in pieces)
    return [text for piece in lists for text in piece]
