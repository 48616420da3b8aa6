"""What arrived belongs to a claim that is open: recognised, filed by a person, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import Answer, reopen_steps, tell_owner
from concilia.cases.models import CaseDocument, CaseMessage, Step
from concilia.claims.actions.evidence import ASKED, WAITING
from concilia.claims.actions.laying import Laid, holds_all, lay_beside
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.actions.recalling import take_back
from concilia.claims.core.arriving import Course
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.events import ClaimFactsChanged
from concilia.claims.models import Claim
from concilia.claims.queries.links import are_related, find_customer_of_sender
from concilia.claims.queries.recognition import OPEN_STATES, Recognised, recognise
from concilia.claims.queries.recognition_words import recognised_words, told_of
from concilia.documents.models import Document
from concilia.foundation import audit, events
from concilia.foundation.audit import Act, rule_actor
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.actions import settle_arrival
from concilia.intake.models import Arrival
from concilia.receivables.models import Delivery, DeliveryLine

FILED = ("evidence", "answered")


@transaction.atomic(durable=True)
def attach_paper(*, arrival_id: int, at: datetime) -> Claim | None:
    """
    Lay what arrived beside the one open claim it belongs to; else it waits in the inbox.

    What waited for it is fulfilled, the clock goes on, the owner is told, and the log says by which
    sign it was recognised. The same file twice does nothing twice.
    """
    arrival = _locked(arrival_id)
    assert arrival.document is not None
    if arrival.state == Arrival.State.DONE:
        return None
    found = recognise(arrival=arrival)
    if found.course is not Course.ATTACH:
        _wait(arrival, found, at)
        return None
    best = found.candidates[0]
    claim = lock_claim(claim_id=best.claim.pk, entity_id=arrival.entity_id)
    if ClaimState(claim.state) not in OPEN_STATES:
        _wait(arrival, found, at)  # decided between the look and the lock
        return None
    if arrival.message is None and holds_all(claim=claim, papers=_papers(arrival.document)):
        state = Arrival.State.NOTHING_TO_DO
        settle_arrival(arrival_id=arrival.pk, state=state, outcome="duplicate", at=at)
        return claim
    answer = Answer(holders=_holders(arrival, claim))
    why = told_of(best, found.codes[0])
    laid = lay_beside(claim=claim, arrival=arrival, answer=answer, why=why, at=at)
    _tell(claim, laid, at)
    settle_arrival(arrival_id=arrival.pk, state=Arrival.State.DONE, outcome="evidence", at=at)
    audit.log(entity_id=claim.entity_id, actor=rule_actor("evidence"), at=at, acts=laid.acts)
    return claim


@transaction.atomic(durable=True)
def file_paper(*, arrival_id: int, claim_id: int, member: Membership, at: datetime) -> Claim:
    """
    A person puts what arrived beside a claim: its files as evidence, its message into the thread.

    :raises ClaimRefused: if the claim is closed, nothing has been read, or something came of it
    """
    arrival = _locked(arrival_id, member)
    if arrival.document is None:
        raise ClaimRefused(_("This has not been read yet."))
    if arrival.state == Arrival.State.DONE:
        raise ClaimRefused(_("Something came of this already."))
    claim = _claim(claim_id, member)
    if claim.case.closed_at:
        raise ClaimRefused(_("This claim is closed; reopen it to add evidence."))
    found = recognise(arrival=arrival)
    known = next((one for one in found.candidates if one.claim.pk == claim.pk), None)
    why = told_of(known, found.codes[0]) if known else {}
    answer = Answer(member=member, holders=_holders(arrival, claim))
    laid = lay_beside(claim=claim, arrival=arrival, answer=answer, why=why, at=at)
    settle_arrival(arrival_id=arrival.pk, state=Arrival.State.DONE, outcome="evidence", at=at)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=laid.acts)
    return claim


@transaction.atomic(durable=True)
def take_paper_back(*, arrival_id: int, reason: str, member: Membership, at: datetime) -> Claim:
    """
    A person takes back what was laid beside a claim: it waits in the inbox again.

    What it had fulfilled is open again, what was typed from it is forgotten, and the verdict is
    computed without it. Nothing of what was read or sent is deleted.

    :raises ClaimRefused: if it lies beside no claim, opened one, or the claim is decided
    """
    arrival = _locked(arrival_id, member)
    papers = _papers(arrival.document) if arrival.document else []
    row = CaseDocument.objects.filter(document__in=papers).order_by("-pk").first()
    if row is None or arrival.outcome not in FILED:
        raise ClaimRefused(_("This lies beside no claim."))
    claim = lock_claim(claim_id=Claim.objects.get(case=row.case_id).pk, entity_id=member.entity_id)
    if ClaimState(claim.state) not in OPEN_STATES:
        raise ClaimRefused(_("This claim is decided: what it rests on stays beside it."))
    CaseDocument.objects.filter(case=claim.case_id, document__in=papers).delete()
    CaseMessage.objects.filter(case=claim.case_id, message=arrival.message_id).delete()
    _forget_signed(claim, papers)
    reopened = reopen_steps(case=claim.case, documents=[paper.pk for paper in papers])
    data = {"evidence": row.evidence, "file": arrival.filename}
    acts = [Act("case.evidence_taken_back", "case", claim.case_id, data, reason.strip())]
    acts += take_back(claim=claim, why="evidence", at=at)
    acts += _wait_again(claim, reopened, at)
    events.record(ClaimFactsChanged(claim.pk))
    settle_arrival(arrival_id=arrival.pk, state=Arrival.State.WAITING, outcome="taken_back", at=at)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return claim


def _locked(arrival_id: int, member: Membership | None = None) -> Arrival:
    rows = Arrival.objects.select_for_update(of=("self",), no_key=True)
    if member is not None:
        rows = rows.filter(entity_id=member.entity_id)
    arrival = rows.select_related("message", "document").filter(pk=arrival_id).first()
    if arrival is None:
        raise ClaimRefused(_("This has not been read yet."))
    return arrival


def _claim(claim_id: int, member: Membership) -> Claim:
    try:
        return lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    except Claim.DoesNotExist:
        raise ClaimRefused(_("There is no such claim.")) from None


def _papers(document: Document) -> list[Document]:
    return [document, *document.parts.order_by("n")]


def _wait(arrival: Arrival, found: Recognised, at: datetime) -> None:
    outcome = "evidence_proposed" if found.candidates else "which_case"
    settle_arrival(arrival_id=arrival.pk, state=Arrival.State.WAITING, outcome=outcome, at=at)


def _holders(arrival: Arrival, claim: Claim) -> set[str]:
    """Who answers with it, where it is a mail: what was asked of them is answered."""
    if arrival.message is None:
        return set()
    sender = arrival.message.sender
    writer = find_customer_of_sender(entity_id=arrival.entity_id, sender=sender)
    if writer is None:
        asked = CaseMessage.objects.filter(
            case=claim.case_id, message__lane="out", message__recipient__iexact=sender
        )
        return {"third"} if sender and asked.exists() else set()
    return {"customer"} if are_related(writer, claim.customer) else set()


def _tell(claim: Claim, laid: Laid, at: datetime) -> None:
    """The owner reads it on their home page, in their language, and everybody in the thread."""
    if not laid.acts:
        return
    owner = claim.case.owner
    language = owner.user.language if owner else claim.entity.language
    words = recognised_words({**laid.acts[0].data}, language)
    tell_owner(case=claim.case, text=words, language=language, at=at)


def _forget_signed(claim: Claim, papers: Sequence[Document]) -> None:
    """What somebody typed from a signed paper that is no longer here proves nothing."""
    blobs = [paper.blob_id for paper in papers]
    keys = {claim.delivery_id, claim.invoice.delivery_id if claim.invoice else None}
    signed = Delivery.objects.filter(pk__in=[key for key in keys if key], pod_blob__in=blobs)
    lines = DeliveryLine.objects.filter(delivery__in=signed)
    lines.update(pod_quantity=None, pod_damaged=None)
    signed.update(pod_signed_by="", pod_date=None, pod_reserve="", pod_blob=None)


def _wait_again(claim: Claim, reopened: Sequence[Step], at: datetime) -> list[Act]:
    """Whoever is asked again has the ball again."""
    holders = {step.holder for step in reopened}
    asked = [pair for holder, pair in ASKED.items() if holder in holders]
    state = ClaimState(claim.state)
    if not asked or state is asked[0][1] or state is ClaimState.QUALIFYING:
        return []
    acts = []
    if state is ClaimState.DECISION_PROPOSED:
        acts.append(move(claim=claim, action=ClaimAction.RECONSIDER, at=at))
    elif state not in {*WAITING, ClaimState.INVESTIGATING}:
        return []
    return [*acts, move(claim=claim, action=asked[0][0], at=at)]
