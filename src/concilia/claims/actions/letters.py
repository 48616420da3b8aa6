from __future__ import annotations

from datetime import datetime

from concilia.cases.actions import add_to_thread
from concilia.cases.models import CaseMessage
from concilia.claims.models import Claim, Decision
from concilia.correspondence.actions import Outgoing, queue_message
from concilia.correspondence.core.policy import Purpose
from concilia.correspondence.models import Message
from concilia.foundation.audit import Act


def queue_letter(*, claim: Claim, decision: Decision, at: datetime) -> list[Act]:
    """
    Send the letter everybody signed, inside the caller's transaction; returns the log.

    Once for a decision, however often it is called. Nothing is sent where nothing was written.
    """
    if not decision.letter_body.strip():
        return []
    outgoing = Outgoing(
        key=f"claim:{claim.pk}:decision:{decision.version}:letter",
        purpose=Purpose.DECISION,
        to=decision.letter_to,
        subject=decision.letter_subject,
        body=decision.letter_body,
        language=decision.letter_language,
        author=decision.proposed_by.user,
        template=f"decision_{decision.outcome.lower()}",
        in_reply_to=_last_message_id(claim),
    )
    message = queue_message(entity=claim.entity, customer=claim.customer, outgoing=outgoing, at=at)
    add_to_thread(case=claim.case, message=message)
    data = {"message": message.pk, "to": message.recipient, "state": message.state}
    return [Act("claim.answered", "case", claim.case_id, data)]


def _last_message_id(claim: Claim) -> str:
    placed = (
        CaseMessage.objects.filter(case=claim.case_id, message__lane=Message.Lane.IN)
        .select_related("message")
        .order_by("-message__written_at")
        .first()
    )
    return placed.message.message_id if placed else ""
