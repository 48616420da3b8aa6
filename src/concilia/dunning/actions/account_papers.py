"""Files that came by a customer's page: raw first, then read, then papers of their case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from concilia.cases.actions import Answer
from concilia.cases.models import Case
from concilia.claims.actions.evidence import receive_evidence
from concilia.claims.actions.laying import add_papers
from concilia.claims.actions.moves import lock_claim
from concilia.claims.core.states import ClaimState
from concilia.claims.models import Claim
from concilia.claims.queries.evidence_codes import CORRESPONDENCE
from concilia.claims.queries.recognition import OPEN_STATES
from concilia.documents.models import Document
from concilia.dunning.events import PaperCameByAccount
from concilia.dunning.models import AccountPaper
from concilia.foundation import audit, events
from concilia.foundation.audit import Act, Actor
from concilia.intake.actions import Incoming, keep_arrival, settle_arrival
from concilia.intake.models import Arrival

File = tuple[str, bytes]


def keep_files(
    *, entity_id: int, source: str, case: Case | None, files: Sequence[File], at: datetime
) -> None:
    """
    Keep files as they came, inside the caller's transaction; without a case they go to the inbox.

    :param source: whose page they came by
    """
    assert connection.in_atomic_block, "files are kept with the act that brings them"
    for filename, content in files:
        incoming = Incoming(
            channel=Arrival.Channel.PORTAL, filename=filename, content=content, source=source
        )
        arrival = keep_arrival(entity_id=entity_id, incoming=incoming, at=at)
        if case is None:
            continue
        AccountPaper.objects.get_or_create(case=case, arrival=arrival, defaults={"added_at": at})
        if arrival.document_id is not None:  # it was read long ago: nothing reads it again
            events.record(PaperCameByAccount(arrival.pk))


@transaction.atomic(durable=True)
def lay_paper_of_account(*, arrival_id: int, at: datetime) -> bool:
    """
    What came by a customer's page becomes a paper of its case once it is read; once only.

    :return: whether it came so
    """
    papers = list(AccountPaper.objects.filter(arrival=arrival_id).order_by("case_id"))
    for paper in papers:
        _lay(paper.case_id, arrival_id, at)
    return bool(papers)


@transaction.atomic(durable=True)
def keep_unread_paper_of_account(*, arrival_id: int, at: datetime) -> None:
    """What cannot be read is a paper of its case all the same: people look at it."""
    papers = list(AccountPaper.objects.filter(arrival=arrival_id).order_by("case_id"))
    arrival = Arrival.objects.filter(pk=arrival_id, state=Arrival.State.FAILED).first()
    if not papers or arrival is None:
        return
    if arrival.document is None:
        arrival.document, _is_new = Document.objects.get_or_create(
            entity_id=arrival.entity_id,
            blob_id=arrival.blob_id,
            parent=None,
            defaults={"filename": arrival.filename, "received_at": arrival.received_at},
        )
        arrival.save(update_fields=["document"])
    for paper in papers:
        _lay(paper.case_id, arrival_id, at)


def _lay(case_id: int, arrival_id: int, at: datetime) -> None:
    claim_id = Claim.objects.values_list("pk", flat=True).get(case=case_id)
    claim = lock_claim(claim_id=claim_id, entity_id=None)
    arrival = Arrival.objects.select_for_update(of=("self",), no_key=True).get(pk=arrival_id)
    document = arrival.document
    if document is None:
        return
    if document.customer_id is None:
        document.customer_id = claim.customer_id
        document.save(update_fields=["customer"])
    added = add_papers(claim=claim, document=document, member=None, at=at)
    settle_arrival(arrival_id=arrival.pk, state=Arrival.State.DONE, outcome="evidence", at=at)
    if not added:
        return
    data = {"evidence": added[0].evidence, "file": document.filename}
    acts = [Act("case.evidence_added", "case", claim.case_id, data)]
    codes = {row.evidence for row in added} - {CORRESPONDENCE}
    if ClaimState(claim.state) in OPEN_STATES:
        answer = Answer(document=document)
        acts += receive_evidence(claim=claim, evidence=codes, answer=answer, at=at)
    actor = Actor("customer", arrival.source or claim.customer.name, claim.customer_id)
    audit.log(entity_id=claim.entity_id, actor=actor, at=at, acts=acts)
