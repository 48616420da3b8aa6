"""Questions to outsiders that no person sends: those of a process to carriers, and reminders."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from concilia.cases.actions import Addressee, NewStep, link_to_answer
from concilia.cases.actions.links import LinkRefused
from concilia.cases.actions.outside import asked_with, hand_out
from concilia.cases.actions.step_notices import tell_of_step
from concilia.cases.models import ActionLink, LinkMail, Step
from concilia.claims.actions.evidence import WAITING
from concilia.claims.actions.link_mails import mail_link, remind_by_link
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.models import Claim
from concilia.claims.queries.partners import Partner, partner_of
from concilia.correspondence.models import Message
from concilia.foundation import audit
from concilia.foundation.audit import Act, rule_actor
from concilia.identity.models import Entity

OUTSIDERS: Final = ("customer", "third")
LATE: Final = 100
VERY_LATE: Final = 200
AT_ONCE: Final = 500


@transaction.atomic(durable=True)
def ask_partner(*, step_id: int, at: datetime) -> Message | None:
    """
    Mail what a process wants asked of the carrier, with a link, where we know their address.

    Otherwise, and where the contact policy withholds it, it stays with whom the process names, who
    is told and asks by hand. A customer is never asked so:
    people decide what they read.

    :return: the message; None where nobody was asked, or somebody had been already
    """
    case_id = Step.objects.values_list("case", flat=True).get(pk=step_id)
    row = Claim.objects.only("pk").filter(case=case_id).first()
    if row is None:
        return None
    claim = lock_claim(claim_id=row.pk)
    step = Step.objects.select_for_update(no_key=True).get(pk=step_id)
    if step.state != Step.State.OPEN or step.holder != "us":
        return None
    step.case = claim.case
    partner = partner_of(claim)
    message = _asked(claim, step, partner, at) if partner else None
    if message is None:
        step.refresh_from_db()
        tell_of_step(step=step, asked=asked_with(step), at=at)
    return message


def _asked(claim: Claim, step: Step, partner: Partner, at: datetime) -> Message | None:
    """The question on its way; None, and nothing has happened, where the policy withholds it."""
    with transaction.atomic():
        acts = []
        if claim.state in {ClaimState.INVESTIGATING, *WAITING} - {ClaimState.WAITING_THIRD_PARTY}:
            acts.append(move(claim=claim, action=ClaimAction.ASK_THIRD_PARTY, at=at))
        new = NewStep(kind=step.kind, holder="third", evidence=step.evidence, days=5)
        hand_out(case=claim.case, step=step, new=new, at=at)
        language = claim.entity.language
        to = Addressee(address=partner.email, name=partner.name, language=language)
        link = link_to_answer(step=step, to=to, at=at)
        message = mail_link(claim=claim, link=link, author=None, at=at)
        if message.state == Message.State.WITHHELD:
            transaction.set_rollback(True)
            return None
        data = {"holder": "third", "evidence": step.evidence, "step": step.pk}
        acts.insert(0, Act("case.asked", "case", claim.case_id, data, step.question))
        audit.log(entity_id=claim.entity_id, actor=rule_actor("process"), at=at, acts=acts)
    return message


def chase(*, entity: Entity, at: datetime) -> int:
    """
    Remind outsiders of what they were asked by mail and owe us: once it is due, once more when it
    has taken twice its time. Each reminder is a transaction and a message with a key of its own.

    :return: how many reminders were written
    """
    owed = Step.objects.filter(
        case__entity=entity,
        case__closed_at=None,
        state=Step.State.OPEN,
        kind="question",
        holder__in=OUTSIDERS,
        told_percent__gte=LATE,
    ).order_by("pk")
    found = {
        pk: f"chase:{pk}:{VERY_LATE if told >= VERY_LATE else LATE}"
        for pk, told in owed.values_list("pk", "told_percent")
    }
    said = set(
        Message.objects.filter(entity=entity, key__in=found.values()).values_list("key", flat=True)
    )
    new = [(pk, key) for pk, key in found.items() if key not in said][:AT_ONCE]
    return sum(_remind(pk, key, at) for pk, key in new)


@transaction.atomic(durable=True)
def _remind(step_id: int, key: str, at: datetime) -> bool:
    first = (
        LinkMail.objects.filter(link__step=step_id, link__member=None)
        .select_related("message")
        .order_by("pk")
        .first()
    )
    if first is None:
        return False
    case_id = Step.objects.values_list("case", flat=True).get(pk=step_id)
    claim = lock_claim(claim_id=Claim.objects.only("pk").get(case=case_id).pk)
    step = Step.objects.get(pk=step_id)
    last = ActionLink.objects.filter(step=step_id, member=None).order_by("-pk")[0]
    to = Addressee(address=last.address, name=last.name, language=last.language)
    try:
        link = link_to_answer(step=step, to=to, at=at)
    except LinkRefused:
        return False
    message = remind_by_link(claim=claim, link=link, asked=first.message, key=key, at=at)
    data = {"message": message.pk, "to": message.recipient, "state": message.state}
    act = Act("case.reminded", "case", claim.case_id, data)
    audit.log(entity_id=claim.entity_id, actor=rule_actor("reminder"), at=at, acts=[act])
    return True
