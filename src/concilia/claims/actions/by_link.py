"""What people do by a one-action link: answer, bring papers, sign; and what we do about links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import Answer, add_to_thread, answered, tell_owner
from concilia.cases.actions.links import (
    AT_THE_DESK,
    LinkRefused,
    add_paper_of,
    correct,
    lock_link,
    replace_link,
    use_up,
)
from concilia.cases.core.links import Purpose
from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ActionLink, CaseDocument, LinkPaper, Step
from concilia.cases.queries.links import may_sign_by_link
from concilia.cases.queries.processes import chosen_for
from concilia.claims.actions.asking import require_outcome
from concilia.claims.actions.evidence import receive_evidence
from concilia.claims.actions.laying import add_papers
from concilia.claims.actions.link_mails import mail_link
from concilia.claims.actions.moves import lock_claim
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.actions.signing import Said, put_signature
from concilia.claims.core.states import ClaimState
from concilia.claims.events import PaperCameByLink
from concilia.claims.models import Claim, Decision
from concilia.claims.queries.evidence_codes import CORRESPONDENCE
from concilia.claims.queries.recognition import OPEN_STATES
from concilia.correspondence.models import Message
from concilia.documents.models import Document
from concilia.foundation import audit, events
from concilia.foundation.audit import Act, Actor
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.actions import Incoming, keep_arrival, settle_arrival
from concilia.intake.models import Arrival

ANSWER_MAX = 4000
FILES_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAnswer:
    """
    What somebody answers by a link.

    :param text: their words, with what they chose among the answers offered
    :param files: what they attach, as it came: name and bytes
    :param is_settled: the customer says that nothing is left to settle
    :param outcome: of a form with several, which one
    """

    text: str
    files: Sequence[tuple[str, bytes]] = ()
    is_settled: bool = False
    outcome: str = ""


@transaction.atomic(durable=True)
def answer_by_link(*, link_id: int, answer: LinkAnswer, at: datetime) -> ActionLink:
    """
    Answer what a link asks: the step is done, files go to the reader as papers of the case.

    A customer's and a carrier's words join the thread; a colleague's stay with the step.

    :raises LinkEnded: if the link does nothing any more: used, over, taken back, answered already
    :raises ClaimRefused: if there is nothing in the answer, or too much
    """
    claim, link = locked_link(link_id)
    _require_answer(answer)
    step = end_step(link=link, text=answer.text, at=at, outcome=answer.outcome)
    _keep_files(link, answer.files, at)
    _say(claim, link, answer, at)
    data = {"step": step.pk, "link": link.pk, "files": len(answer.files)}
    acts = [Act("link.answered", "case", claim.case_id, data, answer.text.strip()[:ANSWER_MAX])]
    if is_in_work(claim):
        held = Answer(member=link.member)
        acts += receive_evidence(claim=claim, evidence=(), answer=held, at=at)
    audit.log(entity_id=claim.entity_id, actor=_actor(link), at=at, acts=acts)
    return link


def end_step(*, link: ActionLink, text: str, at: datetime, outcome: str = "") -> Step:
    """
    Use a link up and end the step it asks about, inside the caller's transaction.

    :raises LinkEnded: if the link does nothing any more
    :raises ClaimRefused: if the outcome is not one of those to choose among
    """
    use_up(link=link, said=text, at=at)
    step = link.step
    assert step is not None, "a signature is no answer"
    require_outcome(step, outcome)
    step.state, step.answer = Step.State.DONE, text.strip()[:ANSWER_MAX]
    step.done_at, step.done_by = at, link.member
    step.save(update_fields=["state", "answer", "done_at", "done_by"])
    answered(step=step, at=at, outcome=outcome)
    return step


@transaction.atomic(durable=True)
def correct_by_link(*, link_id: int, answer: LinkAnswer, at: datetime) -> ActionLink:
    """
    Put an answer given by a link right, within ten minutes; what was said before stays in the log.

    :raises LinkEnded: if the time is over
    :raises ClaimRefused: if there is nothing in the answer, or too much; or if it chooses another
        outcome, after the process has gone the way of the first
    """
    claim, link = locked_link(link_id)
    _require_answer(answer)
    if answer.outcome and link.step and chosen_for(link.step) != answer.outcome:
        raise ClaimRefused(
            _("What you chose has led on already. Leave it, and say in words what is different.")
        )
    correct(link=link, said=answer.text, at=at)
    step = link.step
    assert step is not None, "a signature cannot be corrected"
    Step.objects.filter(pk=step.pk).update(answer=answer.text.strip()[:ANSWER_MAX])
    _keep_files(link, answer.files, at)
    _say(claim, link, answer, at)
    data = {"step": step.pk, "link": link.pk, "files": len(answer.files)}
    act = Act("link.corrected", "case", claim.case_id, data, answer.text.strip()[:ANSWER_MAX])
    audit.log(entity_id=claim.entity_id, actor=_actor(link), at=at, acts=[act])
    return link


@transaction.atomic(durable=True)
def sign_by_link(*, link_id: int, outcome: SignOutcome, comment: str, at: datetime) -> Decision:
    """
    Sign, refuse or send back by a link, under the same rules as at the desk; the log says by link.

    :raises LinkEnded: if the link does nothing any more
    :raises LinkRefused: if the company has this signed at the desk by now
    :raises RouteRefused: if this member may not sign here or now (INV-17)
    :raises ClaimRefused: if the decision cannot be carried out any more
    """
    _claim, link = locked_link(link_id)
    assert link.member is not None, "only members sign"
    assert link.seat is not None, "an answer is no signature"
    if not may_sign_by_link(seat=link.seat, member=link.member):
        raise LinkRefused(AT_THE_DESK)
    use_up(link=link, said=comment, at=at)
    return put_signature(
        seat_id=link.seat.pk,
        said=Said(outcome=outcome, comment=comment[:ANSWER_MAX]),
        member=link.member,
        at=at,
        how={"link": link.pk},
    )


@transaction.atomic(durable=True)
def lay_paper_of_link(*, arrival_id: int, at: datetime) -> bool:
    """
    What came by a link becomes a paper of its case once it is read; the second time nothing new.

    Where the reader cannot tell what it is, it counts as what was asked for: a photograph of a
    signed paper is that paper.

    :return: whether it came by a link
    """
    brought = list(
        LinkPaper.objects.filter(arrival=arrival_id)
        .select_related("link__case", "link__step", "link__member")
        .order_by("pk")
    )
    for paper in brought:
        _lay(paper.link, arrival_id, at)
    return bool(brought)


@transaction.atomic(durable=True)
def keep_unread_paper(*, arrival_id: int, at: datetime) -> None:
    """
    What came by a link and cannot be read is a paper of its case all the same: people look at it.

    Nothing happens to what was read, or came otherwise.
    """
    failed = Arrival.objects.filter(pk=arrival_id, state=Arrival.State.FAILED)
    arrival = failed.filter(channel=Arrival.Channel.LINK).first()
    if arrival is None:
        return
    papers = list(LinkPaper.objects.filter(arrival=arrival).select_related("link__case"))
    for paper in papers:
        locked_link(paper.link_id)  # claims first, as whoever answers does
    if arrival.document is None:
        arrival.document, _is_new = Document.objects.get_or_create(
            entity_id=arrival.entity_id,
            blob_id=arrival.blob_id,
            parent=None,
            defaults={"filename": arrival.filename, "received_at": arrival.received_at},
        )
        arrival.save(update_fields=["document"])
    for paper in papers:
        _lay(paper.link, arrival.pk, at)


@transaction.atomic(durable=True)
def send_link_again(*, link_id: int, member: Membership, at: datetime) -> Message:
    """
    Send a new link in the place of an older one, which does nothing from then on.

    :raises LinkRefused: if what it asks is over
    """
    claim, link = locked_link(link_id, member.entity_id)
    fresh = replace_link(link=link, member=member, at=at)
    message = mail_link(claim=claim, link=fresh, author=member.user, at=at)
    data = {"link": fresh.pk, "name": fresh.name or fresh.address, "state": message.state}
    act = Act("link.sent_again", "case", claim.case_id, data)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=[act])
    return message


def locked_link(link_id: int, entity_id: int | None = None) -> tuple[Claim, ActionLink]:
    """The claim, what is asked and the link, locked in this order until the transaction ends."""
    case_id = ActionLink.objects.values_list("case", flat=True).get(pk=link_id)
    row = Claim.objects.only("pk").get(case=case_id)
    claim = lock_claim(claim_id=row.pk, entity_id=entity_id)
    link = lock_link(link_id=link_id)
    link.case = claim.case
    return claim, link


def _require_answer(answer: LinkAnswer) -> None:
    if not answer.text.strip() and not answer.files:
        raise ClaimRefused(_("Choose an answer, write a word, or add a photo."))
    if len(answer.text) > ANSWER_MAX:
        raise ClaimRefused(_("This is longer than {most} characters."), most=ANSWER_MAX)
    if len(answer.files) > FILES_MAX:
        raise ClaimRefused(_("These are more than {most} files."), most=FILES_MAX)


def _keep_files(link: ActionLink, files: Sequence[tuple[str, bytes]], at: datetime) -> None:
    for name, content in files:
        incoming = Incoming(
            channel=Arrival.Channel.LINK,
            filename=name,
            content=content,
            source=link.name or link.address,
        )
        arrival = keep_arrival(entity_id=link.entity_id, incoming=incoming, at=at)
        add_paper_of(link=link, arrival=arrival, at=at)
        if arrival.document_id is not None:
            events.record(PaperCameByLink(arrival.pk))


def _lay(link: ActionLink, arrival_id: int, at: datetime) -> None:
    claim, _link = locked_link(link.pk)
    arrival = Arrival.objects.select_for_update(of=("self",), no_key=True).get(pk=arrival_id)
    if arrival.document is None:
        return
    if arrival.document.customer_id is None:
        arrival.document.customer_id = claim.customer_id
        arrival.document.save(update_fields=["customer"])
    asked = link.step.evidence if link.step else ""
    added = add_papers(
        claim=claim, document=arrival.document, member=link.member, at=at, asked=asked
    )
    settle_arrival(arrival_id=arrival.pk, state=Arrival.State.DONE, outcome="evidence", at=at)
    if not added:
        return
    data = {"evidence": added[0].evidence, "file": arrival.document.filename, "link": link.pk}
    acts = [Act("case.evidence_added", "case", claim.case_id, data)]
    if is_in_work(claim):
        acts += receive_evidence(
            claim=claim,
            evidence=_codes(added),
            answer=Answer(member=link.member, document=arrival.document),
            at=at,
        )
    audit.log(entity_id=claim.entity_id, actor=_actor(link), at=at, acts=acts)


def _codes(added: Sequence[CaseDocument]) -> set[str]:
    return {row.evidence for row in added} - {CORRESPONDENCE}


def is_in_work(claim: Claim) -> bool:
    """Whether what comes now still counts for the decision."""
    return ClaimState(claim.state) in OPEN_STATES


def _say(claim: Claim, link: ActionLink, answer: LinkAnswer, at: datetime) -> None:
    """Outsiders' words join the thread as what they are; the owner learns who answered."""
    if link.member_id is None and answer.text.strip():
        message = Message.objects.create(
            entity_id=claim.entity_id,
            customer_id=claim.customer_id,
            lane=Message.Lane.IN,
            channel="link",
            state=Message.State.RECEIVED,
            sender=link.address,
            sender_name=link.name,
            subject=claim.case.number,
            body=answer.text.strip(),
            language=link.language,
            key=f"link:{link.pk}:{uuid4()}",
            written_at=at,
        )
        add_to_thread(case=claim.case, message=message)
    owner = claim.case.owner
    language = owner.user.language if owner else claim.entity.language
    with translation.override(language):
        words = gettext("%(name)s answered by the link we sent.") % {
            "name": link.name or link.address
        }
        if answer.is_settled:
            words = gettext(
                "%(name)s says that it is settled. If you agree, withdraw the claim or close it."
            ) % {"name": link.name or link.address}
    tell_owner(case=claim.case, text=words, language=language, at=at)


def _actor(link: ActionLink) -> Actor:
    """Who acted: the colleague; else the customer or third party, by the name we wrote to."""
    if link.member is not None:
        return actor_of(link.member)
    return Actor("customer" if link.purpose == Purpose.TELL else "third", link.name or link.address)
