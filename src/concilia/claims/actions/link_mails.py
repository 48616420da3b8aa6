"""Mails that carry one-action links; the address itself is written in when they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import connection
from django.db.models import Exists, OuterRef

from concilia.cases.actions import Addressee, add_to_thread, link_to_answer, link_to_sign, put_into
from concilia.cases.actions.approvals import notice_key
from concilia.cases.actions.notices import mailed_otherwise
from concilia.cases.core.links import Purpose as LinkPurpose
from concilia.cases.models import (
    ActionLink,
    ApprovalSeat,
    NoticeKind,
    NoticePreference,
    Step,
)
from concilia.cases.queries.links import may_sign_by_link, place_of_link
from concilia.cases.queries.notices import reaches_of
from concilia.claims.models import Claim, Decision
from concilia.claims.queries.authority import today_of
from concilia.correspondence.actions import Outgoing, queue_message
from concilia.correspondence.core.letters import Template
from concilia.correspondence.core.letters_links import with_link
from concilia.correspondence.core.policy import Purpose
from concilia.correspondence.core.templates import Letter, Value, write_letter
from concilia.correspondence.models import Message
from concilia.identity.models import Membership, User
from concilia.kernel.money import Money
from concilia.kernel.reason_words import EVIDENCE_NAMES, Evidence

PURPOSES = {
    LinkPurpose.RESOLVE: Purpose.ASK_COLLEAGUE,
    LinkPurpose.PROVE: Purpose.ASK_THIRD_PARTY,
    LinkPurpose.TELL: Purpose.ASK_EVIDENCE,
    LinkPurpose.SIGN: Purpose.ASK_COLLEAGUE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedQuestion:
    """
    A question as it is mailed: what it opens, to whom, in which words.

    :param by: the member who asks; None where a rule does
    :param key: names the act it belongs to; empty for one of its own
    """

    step: Step
    to: Addressee
    subject: str
    body: str
    by: Membership | None
    template: str = ""
    purpose: Purpose | None = None
    key: str = ""


def mail_question(*, claim: Claim, question: LinkedQuestion, at: datetime) -> Message:
    """
    Send a question with a link to answer it, inside the caller's transaction.

    What goes to a colleague stays out of the thread: it is nobody's business outside.
    """
    assert connection.in_atomic_block, "a question is mailed with the step it opens"
    to, by = question.to, question.by
    link = link_to_answer(step=question.step, to=to, by=by, at=at)
    until = today_of(claim.entity, link.expires_at)
    outgoing = Outgoing(
        key=question.key or f"ask:{claim.pk}:{uuid4()}",
        purpose=question.purpose or PURPOSES[LinkPurpose(link.purpose)],
        to=to.address,
        subject=question.subject,
        body=with_link(question.body, to.language, link=place_of_link(), until=until),
        language=to.language,
        author=by.user if by else None,
        template=question.template,
    )
    return _queue(claim, link, outgoing, at)


def mail_link(*, claim: Claim, link: ActionLink, author: User | None, at: datetime) -> Message:
    """Send a link by itself, inside the caller's transaction: a question, or a signature."""
    assert connection.in_atomic_block, "a link is mailed with the act that makes it"
    letter = _letter(claim, link, author)
    outgoing = Outgoing(
        key=f"link:{link.pk}:{uuid4()}",
        purpose=PURPOSES[LinkPurpose(link.purpose)],
        to=link.address,
        subject=letter.subject,
        body=letter.body,
        language=link.language,
        author=author,
        template=letter.template,
    )
    return _queue(claim, link, outgoing, at)


def remind_by_link(
    *, claim: Claim, link: ActionLink, asked: Message, key: str, at: datetime
) -> Message:
    """
    Remind outsiders of a question, inside the caller's transaction, with the link to answer it.

    :param asked: the message that asked them first
    :param key: names the reminder; the same is sent once
    """
    assert link.step is not None, "only questions are chased by letter"
    values = _values(claim, link, None)
    values["question"] = question_words(link.step, link.language)
    values["asked_on"] = today_of(claim.entity, asked.written_at)
    letter = write_letter(Template.REMINDER_BY_LINK, link.language, values)
    outgoing = Outgoing(
        key=key,
        purpose=PURPOSES[LinkPurpose(link.purpose)],
        to=link.address,
        subject=letter.subject,
        body=letter.body,
        language=link.language,
        author=None,
        template=letter.template,
        in_reply_to=asked.message_id,
    )
    return _queue(claim, link, outgoing, at)


def ask_to_sign(*, claim: Claim, decision: Decision, at: datetime) -> list[Message]:
    """
    Mail their link to those whose turn to sign it is, inside the caller's transaction; each once.

    Nothing is sent where the entity keeps signatures to the desk (`sign_by_link`), or where the
    member hears of them otherwise.
    """
    asked = ActionLink.objects.filter(seat=OuterRef("pk"), member=OuterRef("expected"))
    seats = (
        ApprovalSeat.objects.filter(~Exists(asked), request=decision.approval_id, is_open=True)
        .filter(expected__isnull=False)
        .select_related("expected__user", "request__case")
        .order_by("n")
    )
    mails = []
    for seat in seats:
        assert seat.expected is not None, "only named members are asked"
        if not may_sign_by_link(seat=seat, member=seat.expected):
            continue
        if _wants_mail(seat.expected, NoticeKind.APPROVAL):
            link = link_to_sign(seat=seat, to=seat.expected, at=at)
            mails.append(mail_link(claim=claim, link=link, author=decision.proposed_by.user, at=at))
            key = notice_key(seat_id=seat.pk, person_id=seat.expected.pk)
            mailed_otherwise(person_id=seat.expected.pk, key=key)
    return mails


def refuse_signature_by_reply(
    *, claim: Claim, link: ActionLink, reply: Message, at: datetime
) -> Message:
    """Explain, once for each reply, that a mail signs nothing, and send the link again."""
    assert connection.in_atomic_block, "a reply is answered with the act that takes it"
    letter = write_letter(Template.NO_SIGNATURE_BY_REPLY, link.language, _values(claim, link, None))
    outgoing = Outgoing(
        key=f"link:{link.pk}:reply:{reply.pk}",
        purpose=Purpose.ASK_COLLEAGUE,
        to=link.address,
        subject=letter.subject,
        body=letter.body,
        language=link.language,
        author=None,
        template=letter.template,
        in_reply_to=reply.message_id,
    )
    return _queue(claim, link, outgoing, at)


def _wants_mail(member: Membership, kind: str) -> bool:
    """Whether a member wants mail at once when something of this kind waits for them."""
    reach = reaches_of(entity_id=member.entity_id, people=[member.pk]).get((member.pk, kind))
    return reach is not None and reach.mail == NoticePreference.Mail.NOW


def question_words(step: Step, language: str) -> str:
    """What a step asks, in one line: its words, or the paper it wants."""
    if step.question.strip():
        return " ".join(step.question.split())
    if step.evidence in set(Evidence):
        return EVIDENCE_NAMES[Evidence(step.evidence)].in_language(language)
    return step.kind


def _letter(claim: Claim, link: ActionLink, author: User | None) -> Letter:
    values = _values(claim, link, author)
    if link.step is not None:
        values["question"] = question_words(link.step, link.language)
        return write_letter(Template.QUESTION_BY_LINK, link.language, values)
    assert link.seat is not None, "a link asks for an answer or for a signature"
    decision = claim.decisions.get(approval=link.seat.request_id)
    amount = decision.approved_minor or decision.denied_minor
    values |= {
        "customer": claim.customer.name,
        "amount": Money(amount, decision.currency),
        "proposer": decision.proposed_by.user.name,
    }
    if decision.reason:
        values["reason"] = decision.reason
    return write_letter(Template.SIGNATURE_BY_LINK, link.language, values)


def _values(claim: Claim, link: ActionLink, author: User | None) -> dict[str, Value]:
    return {
        "claim": claim.case.number,
        "link": place_of_link(),
        "until": today_of(claim.entity, link.expires_at),
        "name": link.name,
        "sender": author.name if author else claim.entity.name,
        "company": claim.entity.name,
    }


def _queue(claim: Claim, link: ActionLink, outgoing: Outgoing, at: datetime) -> Message:
    message = queue_message(entity=claim.entity, customer=claim.customer, outgoing=outgoing, at=at)
    put_into(link=link, message=message)
    if link.member_id is None:
        add_to_thread(case=claim.case, message=message)
    return message
