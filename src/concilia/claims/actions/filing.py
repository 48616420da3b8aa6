"""A paper in the inbox that belongs to a claim we already have: a person says to which."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import add_to_thread
from concilia.claims.actions.evidence import receive_evidence
from concilia.claims.actions.moves import lock_claim
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.actions.papers import add_papers, evidence_of
from concilia.claims.models import Claim
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.actions import settle_arrival
from concilia.intake.models import Arrival


@transaction.atomic(durable=True)
def file_paper(*, arrival_id: int, claim_id: int, member: Membership, at: datetime) -> Claim:
    """
    Put what arrived beside a claim: its files as evidence, its message into the thread.

    A proof of delivery still needs somebody to read its quantities: its step stays open.

    :raises ClaimRefused: if the claim is closed, nothing has been read, or something came of it
    """
    arrival = (
        Arrival.objects.select_for_update(of=("self",), no_key=True)
        .select_related("message", "document")
        .filter(pk=arrival_id, entity_id=member.entity_id)
        .first()
    )
    if arrival is None or arrival.document is None:
        raise ClaimRefused(_("This has not been read yet."))
    if arrival.state == Arrival.State.DONE:
        raise ClaimRefused(_("Something came of this already."))
    try:
        claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    except Claim.DoesNotExist:
        raise ClaimRefused(_("There is no such claim.")) from None
    if claim.case.closed_at:
        raise ClaimRefused(_("This claim is closed; reopen it to add evidence."))
    document = arrival.document
    if document.customer_id is None:
        document.customer_id = claim.customer_id
        document.save(update_fields=["customer"])
    add_papers(claim=claim, document=document, member=member, at=at)
    if arrival.message:
        add_to_thread(case=claim.case, message=arrival.message)
    evidence = evidence_of(document)
    data = {"evidence": evidence, "file": document.filename}
    acts = [Act("case.evidence_added", "case", claim.case_id, data)]
    if evidence != "POD":
        acts += receive_evidence(claim=claim, evidence=evidence, member=member, at=at)
    settle_arrival(arrival_id=arrival.pk, state=Arrival.State.DONE, outcome="evidence", at=at)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return claim
