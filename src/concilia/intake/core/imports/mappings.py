"""Which column becomes which field: as recognised, as remembered, as a person set it."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from concilia.intake.core.imports.datasets import Dataset
from concilia.intake.core.imports.rows import Place
from concilia.intake.core.imports.values import Reading
from concilia.intake.core.imports.words import fold

SURE: Final = 100
DOUBTFUL_BELOW: Final = 75
DEFAULT_READING: Final = Reading()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    One column of a file and what becomes of it.

    :param field: of the dataset; "" if it is left out
    :param sure: in percent
    :param source: `name` (ours), `words` (recognised), `remembered`, `person`, or `none`
    :param is_doubtful: a person must confirm it before anything is saved
    """

    place: int
    header: str
    samples: tuple[str, ...] = ()
    field: str = ""
    sure: int = 0
    source: str = "none"
    is_doubtful: bool = False
    reading: Reading = DEFAULT_READING
    why_key: str = ""
    why_args: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    others: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the form in which `ImportFile.mapping` keeps it."""
        return {
            "column": self.place,
            "header": self.header,
            "samples": list(self.samples),
            "field": self.field,
            "sure": self.sure,
            "source": self.source,
            "doubt": self.is_doubtful,
            "decimal": self.reading.decimal,
            "order": self.reading.order,
            "fraction": self.reading.is_fraction,
            "why": {"key": self.why_key, "args": dict(self.why_args)} if self.why_key else None,
            "others": list(self.others),
        }


def places_of(mapping: Sequence[Mapping[str, Any]], dataset: Dataset) -> list[Place]:
    """Return where each mapped field stands, in the order of the file."""
    return [
        Place(
            dataset.field(column["field"]),
            int(column["column"]),
            Reading(
                decimal=column.get("decimal") or ".",
                order=column.get("order") or "dmy",
                is_fraction=bool(column.get("fraction")),
            ),
        )
        for column in mapping
        if column.get("field")
    ]


def missing_fields(mapping: Sequence[Mapping[str, Any]], dataset: Dataset) -> list[str]:
    """Return the fields that no column was found for and that are needed."""
    mapped = {column.get("field") for column in mapping}
    return [name for name in dataset.required if name not in mapped]


def doubtful_columns(mapping: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the headers of the columns that a person must confirm."""
    return [str(column["header"]) for column in mapping if column.get("doubt")]


def header_digest(headers: Sequence[str]) -> str:
    """Return what files with this header share, whatever the case and the marks."""
    text = "\x1f".join(fold(header) or header.strip() for header in headers)
    return hashlib.sha256(text.encode()).hexdigest()
