"""What is wrong with a row, a column or a file: a sentence in five languages, the likely cure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from concilia.intake.core.imports.sentences import MONTH_NAMES, SENTENCES
from concilia.kernel.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One thing to put right.

    :param row: as a spreadsheet counts; 0 if the whole column or file is meant
    :param column: the place of the column in the file, from 0; -1 if none is meant
    :param value: what stands there
    :param repair: what is likely meant, as it would be typed; "" if nobody can know
    """

    row: int
    column: int
    field: str
    value: str
    key: str
    args: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    repair: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the form in which `ImportFile.errors` keeps it."""
        return {
            "row": self.row,
            "column": self.column,
            "field": self.field,
            "value": self.value,
            "key": self.key,
            "args": dict(self.args),
            "repair": self.repair,
        }


def sentence(key: str, args: Mapping[str, Any], language: str) -> str:
    """
    Return a sentence in `en it fr es de` (English for others).

    :raises KeyError: if there is no such sentence
    """
    short = language[:2].lower()
    place = LANGUAGES.index(short) if short in LANGUAGES else 0
    told = dict(args)
    if isinstance(told.get("month"), int):
        names = MONTH_NAMES[LANGUAGES[place]]
        month = told["month"]
        told["month"] = names[month - 1] if 0 < month <= len(names) else str(month)
    return SENTENCES[key][place].format(**told)


KEYS: Final = frozenset(SENTENCES)
