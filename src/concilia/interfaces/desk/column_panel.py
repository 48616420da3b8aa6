"""What the columns of a customer's table mean, for a person to put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from concilia.documents.models import Document
from concilia.interfaces.desk.field_words import COLUMNS, Word

COLUMNS_MAX: Final = 24


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name in the file, and the role it was given."""

    field: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ColumnsPanel:
    """The columns of a message's tables; it stands open once a person has said something."""

    columns: Sequence[Column] = ()
    is_open: bool = False

    @property
    def roles(self) -> Sequence[tuple[str, Word]]:
        """What a column can mean."""
        return tuple(COLUMNS.items())


def columns_of(document: Document, heads: Iterable[Mapping[str, Any]]) -> ColumnsPanel:
    """This will be the columns as read, a person's word over the reader's."""
    said = document.values.get("columns") or {}
    found = []
    for head in heads:
        own = said.get(head["signature"]) or {}
        for number, name in enumerate(head["names"]):
            role = own.get(str(number), (head.get("roles") or {}).get(str(number), ""))
            if name:
                field = f"columns.{head['signature']}.{number}"
                found.append(Column(field, name, role if role in COLUMNS else ""))
    return ColumnsPanel(tuple(found[:COLUMNS_MAX]), is_open=bool(said))
