"""
How often people kept what the reader said, and what a language model said, of the same documents.

What nobody touched counts as the reader's: so the figures favour the reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from concilia.reporting.core.quality import Share

FIELDS: Final = (
    "kind",
    "reason",
    "non_payment_reason",
    "claimed_amount",
    "references.invoice",
    "references.order",
    "references.delivery",
    "references.claim",
    "promise.date",
    "promise.amount",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One document somebody looked at: what each said of a field, and what is so."""

    reader: Mapping[str, Any]
    model: Mapping[str, Any]
    so: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """Of a field: how much of what each said people kept."""

    field: str
    reader: Share
    model: Share

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "field": self.field,
            "reader": self.reader.to_json(),
            "model": self.model.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """All fields of which either said anything, and over how many documents."""

    documents: int
    fields: Sequence[Kept]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"documents": self.documents, "fields": [each.to_json() for each in self.fields]}


def compare(cases: Sequence[Compared]) -> Comparison:
    """This will count what was kept of what each said."""
    found = [
        Kept(
            name,
            _kept(name, [(case.reader, case.so) for case in cases]),
            _kept(name, [(case.model, case.so) for case in cases]),
        )
        for name in FIELDS
    ]
    said = [each for each in found if each.reader.cases or each.model.cases]
    return Comparison(len(cases), said)


def _kept(name: str, pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Share:
    spoken = [(said[name], so.get(name)) for said, so in pairs if said.get(name)]
    return Share(sum(_plain(said) == _plain(so) for said, so in spoken), len(spoken))


def _plain(value: Any) -> Any:  # noqa: ANN401 (any JSON value)
    """Numbers in whatever order."""
    return sorted(map(str, value)) if isinstance(value, list) else value
