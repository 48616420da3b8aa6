"""What arrived is laid beside a claim: its files as evidence, its message into the thread."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from concilia.cases.actions import Answer, add_to_thread
from concilia.cases.models import CaseDocument
from concilia.claims.actions.evidence import receive_evidence
from concilia.claims.models import Claim
from concilia.claims.queries.evidence_codes import (
    CORRESPONDENCE,
    PHOTOS,
    evidence_in,
    is_sure_of,
)
from concilia.documents.models import Document
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.intake.models import Arrival

# What says nothing about which paper it is; whoever tells of missing goods seems to claim them.
UNCLEAR = frozenset({CORRESPONDENCE, PHOTOS, "DN"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """What was laid beside a claim now: the kinds of evidence, and what the log says of it."""

    codes: tuple[str, ...]
    acts: tuple[Act, ...]


def lay_beside(
    *, claim: Claim, arrival: Arrival, answer: Answer, why: Mapping[str, Any], at: datetime
) -> Laid:
    """
    Lay an arrival beside a claim inside the caller's transaction, and end what waited for it.

    The same file, however often it comes, lies there once and ends nothing twice. A paper whose
    kind is unsure ends no step unless a person laid it there.

    :param why: what the log tells of it besides the paper
    """
    document = arrival.document
    assert document is not None, "what has not been read is laid nowhere"
    if document.customer_id is None:
        document.customer_id = claim.customer_id
        document.save(update_fields=["customer"])
    added = add_papers(claim=claim, document=document, member=answer.member, at=at)
    joins = arrival.message is not None
    if arrival.message:
        joins = add_to_thread(case=claim.case, message=arrival.message).case_id == claim.case_id
    if not added and not joins:
        return Laid(codes=(), acts=())
    codes = dict.fromkeys(row.evidence for row in added)
    told = [code for code in codes if code != CORRESPONDENCE] or list(codes)
    data = {"evidence": told[0] if told else CORRESPONDENCE, "file": document.filename, **why}
    acts = [Act("case.evidence_added", "case", claim.case_id, data)]
    sure = {row.evidence for row in added if answer.member or _is_sure(row)}
    answered = replace(answer, document=document)
    acts += receive_evidence(claim=claim, evidence=sure - {CORRESPONDENCE}, answer=answered, at=at)
    return Laid(codes=tuple(told), acts=tuple(acts))


def _is_sure(row: CaseDocument) -> bool:
    return row.evidence == PHOTOS or is_sure_of(row.document)


def add_papers(
    *,
    claim: Claim,
    document: Document,
    member: Membership | None,
    at: datetime,
    asked: str = "",
) -> list[CaseDocument]:
    """
    A document and its parts become evidence, each as what it is, in the act's transaction.

    :param asked: the kind of evidence it was brought as; counts where reading cannot tell
    :return: what was added; a file the case holds already as such evidence is not
    """
    assert connection.in_atomic_block, "papers are added with what brought them"
    papers = [document, *document.parts.order_by("n")]
    held = set(
        CaseDocument.objects.filter(case=claim.case_id).values_list("document__blob", "evidence")
    )
    rows = [
        CaseDocument(
            case=claim.case,
            document=paper,
            evidence=code,
            says=str(paper.values.get("summary") or "")[:500],
            says_language=paper.language,
            added_by=member,
            added_at=at,
        )
        for paper, code in _brought_as(evidence_in(papers), asked)
        if (paper.blob_id, code) not in held
    ]
    CaseDocument.objects.bulk_create(rows, ignore_conflicts=True)
    return rows


def _brought_as(
    found: Collection[tuple[Document, str]], asked: str
) -> Iterator[tuple[Document, str]]:
    for paper, code in found:
        is_unclear = code in UNCLEAR or not is_sure_of(paper)
        yield paper, asked if asked and is_unclear else code


def holds_all(*, claim: Claim, papers: Collection[Document]) -> bool:
    """Whether the case has every one of these files already."""
    blobs = {paper.blob_id for paper in papers}
    rows = CaseDocument.objects.filter(case=claim.case_id, document__blob__in=blobs)
    return blobs <= set(rows.values_list("document__blob", flat=True))
