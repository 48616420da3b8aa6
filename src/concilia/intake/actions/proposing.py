"""
What a language model proposes for a document: wanted, kept, given up, and taken over by a person.

Nothing here opens, denies, posts or writes. A proposal changes a document only by a person's word,
and that word is a correction like any other.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.documents.models import Document, ModelAccess, Proposal
from concilia.foundation import audit
from concilia.foundation.audit import Act, rule_actor
from concilia.foundation.jobs import defer
from concilia.identity.models import Membership
from concilia.intake.actions.arrivals import ArrivalRefused
from concilia.intake.actions.readings import put_right
from concilia.intake.core.proposals.checking import Checked
from concilia.intake.core.proposals.patience import again_at
from concilia.intake.models import Arrival
from concilia.intake.ports import Failure, ModelFailed

State = Proposal.State
WHO: Final = "language model"
PAUSE: Final = timedelta(hours=1)  # after a refusal that only a person can put right


@transaction.atomic(durable=True)
def want_proposal(*, arrival_id: int, at: datetime) -> bool:
    """
    Note that a model is to be asked about what arrived, with the job that does it.

    Only where the company has switched it on, the reader left the document for review, it still
    waits for a person, and its kind may be sent. Once for a document, however often this runs.

    :return: whether it is to be asked now
    """
    arrival = Arrival.objects.select_related("document").get(pk=arrival_id)
    document = arrival.document
    if document is None or not document.needs_review or not settings.LANGUAGE_MODEL:
        return False
    if arrival.state != Arrival.State.WAITING:
        return False
    access = ModelAccess.objects.filter(entity_id=arrival.entity_id, is_on=True).first()
    if access is None or document.kind not in access.kinds:
        return False
    defaults = {"entity_id": arrival.entity_id, "wanted_at": at, "next_attempt_at": at}
    _proposal, is_new = Proposal.objects.get_or_create(document=document, defaults=defaults)
    if is_new:
        defer("concilia.ask_model", once="ask_model")
    return is_new


@transaction.atomic(durable=True)
def record_proposal(*, proposal_id: int, checked: Checked, model: str, at: datetime) -> None:
    """Keep what a model proposes, as far as it stood the check; nothing else changes."""
    proposal = _waiting(proposal_id)
    if proposal is None:
        return
    proposal.attempts += 1
    proposal.state, proposal.values, proposal.model = State.ANSWERED, checked.to_json(), model[:100]
    proposal.error, proposal.next_attempt_at, proposal.ended_at = "", None, at
    proposal.save()
    data = {
        "model": proposal.model,
        "fields": [each.field for each in checked.fields],
        "dropped": len(checked.dropped),
    }
    act = Act("document.proposed", "document", proposal.document_id, data)
    audit.log(entity_id=proposal.entity_id, actor=rule_actor(WHO), at=at, acts=[act])


@transaction.atomic(durable=True)
def record_failure(*, proposal_id: int, failed: ModelFailed, at: datetime) -> None:
    """
    Keep that a model did not answer, and when it is asked again, if at all.

    A server in trouble is left alone by the company's other documents, too.
    """
    proposal = _waiting(proposal_id)
    if proposal is None:
        return
    proposal.attempts += 1
    again = _again(proposal, failed, at)
    proposal.error, proposal.next_attempt_at = str(failed)[:300], again
    if again is None:
        proposal.state, proposal.ended_at = State.GIVEN_UP, at
    proposal.save()
    pause = again if failed.failure == Failure.LATER else None
    if failed.failure == Failure.NEVER:
        pause = at + PAUSE
    if pause is not None:
        Proposal.objects.filter(
            entity_id=proposal.entity_id, state=State.WAITING, next_attempt_at__lt=pause
        ).update(next_attempt_at=pause)


@transaction.atomic(durable=True)
def give_up_proposal(*, proposal_id: int, why: str, at: datetime) -> None:
    """Keep that a model is not asked about a document any more, and why."""
    Proposal.objects.filter(pk=proposal_id, state=State.WAITING).update(
        state=State.GIVEN_UP, error=why[:300], next_attempt_at=None, ended_at=at
    )


@transaction.atomic(durable=True)
def accept_proposed(*, document_id: int, field: str, member: Membership, at: datetime) -> Document:
    """
    Make a proposed value a person's word: a correction like any other, learned from like any other.

    :raises ArrivalRefused: if nothing is proposed there, or a person has spoken about it already
    """
    document = (
        Document.objects.select_for_update(no_key=True)
        .filter(pk=document_id, entity_id=member.entity_id)
        .first()
    )
    proposal = Proposal.objects.filter(document=document, state=State.ANSWERED).first()
    said = proposal.values.get("fields") or [] if document and proposal else []
    value = next((each["value"] for each in said if each["field"] == field), None)
    if document is None or proposal is None or value is None:
        raise ArrivalRefused(_("The language model proposes nothing for this."))
    if field in (document.values.get("corrected") or ()):
        raise ArrivalRefused(_("A person has said what this is, and that stands."))
    fields = {each["field"] for each in said}
    if field.endswith("amount") and "currency" in fields and not document.values.get("currency"):
        raise ArrivalRefused(_("Accept the currency first."))
    put_right(document, field, value, member=member, at=at, source={"proposed_by": proposal.model})
    return document


def _waiting(proposal_id: int) -> Proposal | None:
    rows = Proposal.objects.select_for_update(no_key=True)
    return rows.filter(pk=proposal_id, state=State.WAITING).first()


def _again(proposal: Proposal, failed: ModelFailed, at: datetime) -> datetime | None:
    if failed.failure == Failure.NEVER:
        return None
    return again_at(
        attempts=proposal.attempts,
        at=at,
        wait_seconds=failed.wait_seconds,
        is_nonsense=failed.failure == Failure.NONSENSE,
    )
