"""A colleague answers the mail of their link by mail: that answers, but it signs nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from concilia.cases.actions import Answer, keep_note
from concilia.cases.core.links import Purpose, Standing
from concilia.cases.models import ActionLink, CaseDocument
from concilia.cases.queries.links import standing_of_link
from concilia.cases.queries.processes import outcomes_of
from concilia.claims.actions.by_link import ANSWER_MAX, end_step, is_in_work, locked_link
from concilia.claims.actions.evidence import receive_evidence
from concilia.claims.actions.laying import add_papers
from concilia.claims.actions.link_mails import refuse_signature_by_reply
from concilia.claims.models import Claim
from concilia.claims.queries.evidence_codes import CORRESPONDENCE
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.queries import actor_of
from concilia.intake.actions import settle_arrival
from concilia.intake.models import Arrival


@transaction.atomic(durable=True)
def take_colleagues_reply(*, link_id: int, arrival_id: int, at: datetime) -> None:
    """
    A colleague's mail answers the step their link asks about; its files become papers of the case.

    The words are kept as an internal note: they are nobody's business outside. A mail signs
    nothing: whoever replies to a request for a signature gets an explanation and the link again.
    """
    claim, link = locked_link(link_id)
    arrival = (
        Arrival.objects.select_for_update(of=("self",), no_key=True)
        .select_related("message", "document")
        .get(pk=arrival_id)
    )
    member = link.member
    assert arrival.message is not None, "only mails are replies"
    assert member is not None, "outsiders' replies join the thread"
    if arrival.state == Arrival.State.DONE:
        return
    acts: list[Act] = []
    if words := arrival.message.body.strip()[:ANSWER_MAX]:
        _placed, noted = keep_note(case=claim.case, text=words, member=member, at=at)
        acts.append(noted)
    is_good = standing_of_link(link, at) is Standing.READY
    if link.purpose == Purpose.SIGN:
        if is_good:
            refuse_signature_by_reply(claim=claim, link=link, reply=arrival.message, at=at)
        acts.append(Act("link.reply_signs_nothing", "case", claim.case_id, {"link": link.pk}))
    else:
        acts += _answer(claim, link, arrival, at, is_good=is_good)
    settle_arrival(arrival_id=arrival.pk, state=Arrival.State.DONE, outcome="answered", at=at)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)


def _answer(
    claim: Claim,
    link: ActionLink,
    arrival: Arrival,
    at: datetime,
    *,
    is_good: bool,
) -> list[Act]:
    added = _lay(claim, link, arrival, at)
    words = arrival.message.body.strip()[:ANSWER_MAX] if arrival.message else ""
    acts = []
    # Free words choose no way: the link does, and what was written stands beside the case.
    if is_good and (words or added) and not (link.step and outcomes_of(link.step)):
        step = end_step(link=link, text=words or added[0].document.filename, at=at)
        data = {"step": step.pk, "link": link.pk, "files": len(added)}
        acts.append(Act("link.replied", "case", claim.case_id, data, words))
    if is_in_work(claim) and (acts or added):
        codes = {row.evidence for row in added} - {CORRESPONDENCE}
        answer = Answer(member=link.member, document=added[0].document if added else None)
        acts += receive_evidence(claim=claim, evidence=codes, answer=answer, at=at)
    return acts


def _lay(claim: Claim, link: ActionLink, arrival: Arrival, at: datetime) -> list[CaseDocument]:
    """The files of a mail, not the mail: what a colleague writes is no evidence."""
    if arrival.document is None:
        return []
    asked = link.step.evidence if link.step else ""
    added = []
    for part in arrival.document.parts.order_by("n"):
        added += add_papers(claim=claim, document=part, member=link.member, at=at, asked=asked)
    return added
