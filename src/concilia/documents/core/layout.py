"""Write text and cells side by side, so that every cell knows its place in the text."""

from __future__ import annotations

from collections.abc import Iterable

from concilia.documents.core.parsed import Cell, Table


class TextWriter:
    """Collects text; what is written into a cell can be found again by its offsets."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0

    def write(self, text: str) -> int:
        """Append text and return where it starts."""
        start = self.length
        self._pieces.append(text)
        self.length += len(text)
        return start

    def row(self, values: Iterable[str]) -> tuple[Cell, ...]:
        """Append one line of cells, a tab between them."""
        cells = []
        for column, value in enumerate(values):
            if column:
                self.write("\t")
            start = self.write(value)
            cells.append(Cell(value, start, self.length))
        self.write("\n")
        return tuple(cells)

    def table(self, rows: Iterable[Iterable[str]], name: str = "") -> Table:
        """Append a table, one line for each row."""
        return Table(tuple(self.row(values) for values in rows), name=name)

    def text(self) -> str:
        """Return everything written so far."""
        return "".join(self._pieces)
