"""Which kind of evidence (domain.md §2.4) a paper is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from concilia.documents.models import Document
from concilia.intake.core.reading import SURE_FROM

EVIDENCE_OF_KIND: Final = {
    "claim": "DN",
    "debit_note": "DN",
    "credit_request": "DN",
    "promotion_invoice": "CSI",
    "remittance_advice": "REM",
    "proof_of_delivery": "POD",
    "delivery_note": "DDT",
    "receiving_advice": "GRN",
    "order": "PO",
    "invoice": "INV",
}
CORRESPONDENCE: Final = "COR"
PHOTOS: Final = "PHO"
PICTURES: Final = frozenset({"jpg", "png", "tiff", "heic", "webp"})
MAILS: Final = frozenset({"eml", "msg"})
# A message of these kinds speaks for the one file it brings, where the file does not say itself.
SPEAKS_FOR_ITS_FILE: Final = frozenset(EVIDENCE_OF_KIND) - {"claim"}


def evidence_of(paper: Document) -> str:
    """The evidence a document is by itself: a picture is a photo unless it was read for sure."""
    if paper.parent_id is None and paper.format in MAILS:
        return CORRESPONDENCE
    code = EVIDENCE_OF_KIND.get(paper.kind, "")
    if paper.format in PICTURES and not (code and is_sure_of(paper)):
        return PHOTOS
    return code or CORRESPONDENCE


def evidence_in(papers: Sequence[Document]) -> list[tuple[Document, str]]:
    """A document and its parts, each with the evidence it is."""
    root, *parts = papers
    found = [(paper, evidence_of(paper)) for paper in papers]
    speaks = root.format in MAILS and root.kind in SPEAKS_FOR_ITS_FILE
    if len(parts) == 1 and speaks and found[1][1] == CORRESPONDENCE:
        found[1] = (parts[0], EVIDENCE_OF_KIND[root.kind])
    return found


def codes_of(papers: Sequence[Document]) -> tuple[str, ...]:
    """The kinds of evidence among a document and its parts, correspondence last."""
    codes = dict.fromkeys(code for _, code in evidence_in(papers))
    return tuple(sorted(codes, key=lambda code: code == CORRESPONDENCE))


def is_sure_of(paper: Document) -> bool:
    """Whether what kind of document it is was read with confidence, or said by a person."""
    if "kind" in (paper.values.get("corrected") or ()):
        return True
    confidence = paper.values.get("kind_confidence")
    return not isinstance(confidence, int | float) or confidence >= SURE_FROM
