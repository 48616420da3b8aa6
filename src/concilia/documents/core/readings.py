"""A reading and where its values were read, as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from concilia.documents.core.trust import NOTHING_SEEN, Seen

if TYPE_CHECKING:  # whoever only carries readings about needs not load what makes them
    from concilia.documents.core.articles import Article
    from concilia.documents.core.line_reading import ReadLine
    from concilia.documents.core.replies import Promise
    from concilia.documents.core.scoring import Choice

KINDS: Final = ("invoice", "order", "delivery", "customer", "claim", "promotion", "return")


class Evidence(NamedTuple):
    """
    Where a value was read: characters [start, end) of a text.

    `part` is the place of the part in the message (`1`, `2.1`), None for the document itself.
    """

    field: str
    text: str
    part: str | None
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One document's reading; the fields are those of the contract, in its order.

    Beyond it: `articles`, rows of articles, kept for the claim that is opened from them; `seen`:
    what the reading rests on beside its values.
    """

    source: str
    sha256: str
    format: str | None
    language: str | None = None
    kind: str = "other"
    kind_confidence: float = 0.0
    reason: str | None = None
    reason_confidence: float | None = None
    alternatives: tuple[Choice, ...] = ()
    non_payment_reason: str | None = None
    promise: Promise | None = None
    references: dict[str, tuple[str, ...]] = field(default_factory=dict)
    claimed_amount: str | None = None
    currency: str | None = None
    total_amount: str | None = None
    lines: tuple[ReadLine, ...] = ()
    needs_review: bool = False
    evidence: tuple[Evidence, ...] = ()
    parts: tuple[Reading, ...] = ()
    warnings: tuple[str, ...] = ()
    error: str | None = None
    articles: tuple[Article, ...] = ()
    seen: Seen = NOTHING_SEEN

    def to_dict(self, *, with_articles: bool = False) -> dict[str, Any]:
        """Return the JSON object of the contract, on demand with the articles."""
        value = _fields(self)
        del value["articles"], value["seen"]
        if with_articles:
            value["articles"] = [_fields(article) for article in self.articles]
        value["references"] = {kind: list(self.references.get(kind, ())) for kind in KINDS}
        value["kind_confidence"] = round(self.kind_confidence, 3)
        if self.reason_confidence is not None:
            value["reason_confidence"] = round(self.reason_confidence, 3)
        value["alternatives"] = [
            {"reason": choice.label, "confidence": round(choice.confidence, 3)}
            for choice in self.alternatives
        ]
        value["promise"] = _fields(self.promise) if self.promise else None
        value["lines"] = [_fields(line) for line in self.lines]
        value["evidence"] = [each._asdict() for each in self.evidence]
        value["parts"] = [part.to_dict(with_articles=with_articles) for part in self.parts]
        value["warnings"] = list(self.warnings)
        return value


def _fields(value: Reading | Promise | ReadLine | Article) -> dict[str, Any]:
    """Return the fields as they are; `dataclasses.asdict` copies deeply and takes far longer."""
    kind: Any = type(value)
    names, read = _reader_of(kind)
    return dict(zip(names, read(value), strict=True))


@cache
def _reader_of(kind: type[Any]) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    names = tuple(each.name for each in fields(kind))
    return names, attrgetter(*names)


def failed(*, source: str, sha256: str, document_format: str | None, error: str) -> Reading:
    """Return the reading of a document that could not be read."""
    return Reading(
        source=source, sha256=sha256, format=document_format, needs_review=True, error=error
    )
