from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import Answer, answered, finish_steps
from concilia.cases.models import CaseDocument
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.actions.process import follow_papers
from concilia.claims.actions.recalling import take_back
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.events import ClaimFactsChanged
from concilia.claims.models import Claim
from concilia.documents.models import Document
from concilia.foundation import audit, events
from concilia.foundation.audit import Act
from concilia.foundation.blobs import store_blob
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.kernel.reason_words import Evidence
from concilia.receivables.models import Delivery, DeliveryLine

WAITING = {
    ClaimState.WAITING_CUSTOMER,
    ClaimState.WAITING_INTERNAL,
    ClaimState.WAITING_THIRD_PARTY,
}
ASKED = {
    "customer": (ClaimAction.ASK_CUSTOMER, ClaimState.WAITING_CUSTOMER),
    "third": (ClaimAction.ASK_THIRD_PARTY, ClaimState.WAITING_THIRD_PARTY),
    "us": (ClaimAction.ASK_INTERNAL, ClaimState.WAITING_INTERNAL),
}
SAYS_MAX = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """
    A paper somebody adds to a case.

    :param document_id: one that arrived already; else `filename` and `content` are the upload
    :param evidence: its code of domain.md §2.4, for example `POD`
    :param says: what matters in it, quoted, in its own `language`
    """

    evidence: str
    document_id: int | None = None
    filename: str = ""
    content: bytes = b""
    says: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedDelivery:
    """What a signed proof of delivery says: by article, units received and units damaged."""

    signed_by: str
    signed_on: date
    reserve: str = ""
    received: Mapping[str, Decimal] = field(default_factory=dict)
    damaged: Mapping[str, Decimal] = field(default_factory=dict)


@transaction.atomic(durable=True)
def add_evidence(
    *,
    claim_id: int,
    paper: Paper,
    member: Membership,
    at: datetime,
    signed: SignedDelivery | None = None,
) -> CaseDocument:
    """
    Put a paper beside a claim; the steps that waited for it end, and the verdict is computed anew.

    A proof of delivery with `signed` also states what the delivery's paper says.

    :raises ClaimRefused: if the claim is closed, the kind of evidence is unknown, quantities do not
        fit the delivery, or there is nothing to add
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    if claim.case.closed_at:
        raise ClaimRefused(_("This claim is closed; reopen it to add evidence."))
    if signed and paper.evidence != Evidence.POD:
        raise ClaimRefused(_("Quantities are stated by a proof of delivery only."))
    row, added = keep_paper(claim=claim, paper=paper, member=member, at=at)
    if signed:
        _state_delivery(claim, row.document, signed)
    answer = Answer(member=member, document=row.document)
    acts = receive_evidence(claim=claim, evidence={paper.evidence}, answer=answer, at=at)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=[added, *acts])
    return row


def keep_paper(
    *, claim: Claim, paper: Paper, member: Membership, at: datetime
) -> tuple[CaseDocument, Act]:
    """
    Put a paper beside a claim inside the caller's transaction; returns it with its log.

    :raises ClaimRefused: if the kind of evidence is unknown, or there is nothing to add
    """
    if paper.evidence not in set(Evidence):
        raise ClaimRefused(_("There is no kind of evidence {kind}."), kind=paper.evidence)
    document = _document(claim, paper, at)
    row, _is_new = CaseDocument.objects.update_or_create(
        case=claim.case,
        document=document,
        evidence=paper.evidence,
        defaults={
            "says": paper.says.strip()[:SAYS_MAX],
            "says_language": paper.language,
            "added_by": member,
            "added_at": at,
        },
    )
    data = {"evidence": paper.evidence, "file": document.filename}
    return row, Act("case.evidence_added", "case", claim.case_id, data, paper.says.strip())


def receive_evidence(
    *, claim: Claim, evidence: Collection[str], answer: Answer, at: datetime
) -> list[Act]:
    """
    End what waited for these kinds of evidence, inside the caller's transaction; returns the log.

    When nothing is waited for any more the claim goes on. A decision that waits for signatures
    comes back: they were asked for what was known before.
    """
    theirs = claim.case.steps.filter(
        state="OPEN", kind="question", holder__in=answer.holders, place__gt=""
    )
    of_process = list(theirs) if answer.holders else []
    finish_steps(case=claim.case, evidence=evidence, answer=answer, at=at)
    for step in of_process:
        answered(step=step, at=at)
    follow_papers(case=claim.case, evidence=evidence, at=at)
    acts = [*take_back(claim=claim, why="evidence", at=at), *go_on_with(claim=claim, at=at)]
    events.record(ClaimFactsChanged(claim.pk))
    return acts


def go_on_with(*, claim: Claim, at: datetime) -> list[Act]:
    """
    Let a claim wait for whom something is still asked of, or go on, in the caller's transaction.

    Our clock runs again as soon as no outsider is asked for anything.
    """
    state = ClaimState(claim.state)
    if state not in WAITING:
        return []
    steps = claim.case.steps.filter(state="OPEN")
    holders = set(steps.values_list("holder", flat=True))
    if any(after is state and holder in holders for holder, (_action, after) in ASKED.items()):
        return []
    asked = [action for holder, (action, _after) in ASKED.items() if holder in holders]
    return [move(claim=claim, action=asked[0] if asked else ClaimAction.RESUME, at=at)]


def stop_waiting(*, claim: Claim, at: datetime, why: str = "") -> list[Act]:
    """
    Go on without what a claim waits for, inside the caller's transaction; returns the log.

    What was asked is cancelled. Nothing happens to a claim that waits for nobody.
    """
    if claim.state not in WAITING:
        return []
    claim.case.steps.filter(state="OPEN").update(state="CANCELLED")
    gone_on = Act("case.gone_on", "case", claim.case_id, {}, why.strip())
    return [gone_on, move(claim=claim, action=ClaimAction.RESUME, at=at)]


def _document(claim: Claim, paper: Paper, at: datetime) -> Document:
    if paper.document_id:
        known = Document.objects.filter(pk=paper.document_id, entity_id=claim.entity_id).first()
        if known is None:
            raise ClaimRefused(_("There is no such document."))
        return known
    if not paper.content:
        raise ClaimRefused(_("There is no file to add, or it is empty."))
    document, _is_new = Document.objects.get_or_create(
        entity_id=claim.entity_id,
        blob=store_blob(content=paper.content, at=at),
        parent=None,
        defaults={
            "filename": paper.filename[:255] or "evidence",
            "customer_id": claim.customer_id,
            "received_at": at,
        },
    )
    return document


def _state_delivery(claim: Claim, document: Document, signed: SignedDelivery) -> None:
    delivery = claim.delivery or (claim.invoice.delivery if claim.invoice else None)
    if delivery is None:
        raise ClaimRefused(_("This claim has no delivery to sign for; link it first."))
    Delivery.objects.filter(pk=delivery.pk).update(
        pod_signed_by=signed.signed_by[:120],
        pod_date=signed.signed_on,
        pod_reserve=signed.reserve,
        pod_blob=document.blob_id,
    )
    lines = list(DeliveryLine.objects.select_for_update(no_key=True).filter(delivery=delivery))
    for line in lines:
        received = signed.received.get(line.sku, line.quantity)
        damaged = signed.damaged.get(line.sku, Decimal(0))
        if not 0 <= received <= line.quantity or not 0 <= damaged <= received:
            raise ClaimRefused(
                _("{sku}: {received} received and {damaged} damaged do not fit {sent} delivered."),
                sku=line.sku,
                received=received,
                damaged=damaged,
                sent=line.quantity,
            )
        line.pod_quantity, line.pod_damaged = received, damaged
    DeliveryLine.objects.bulk_update(lines, ["pod_quantity", "pod_damaged"])
    strangers = {*signed.received, *signed.damaged} - {line.sku for line in lines}
    if strangers:
        raise ClaimRefused(
            _("{articles}: not on delivery {delivery}."),
            articles=", ".join(sorted(strangers)),
            delivery=delivery.number,
        )
