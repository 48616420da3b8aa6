"""Questions: the ball goes to the customer, a colleague or a carrier, and comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import (
    Addressee,
    Answer,
    NewStep,
    add_to_thread,
    answered,
    colleague,
    keep_note,
    open_step,
)
from concilia.cases.actions.outside import hand_out, wanted_of
from concilia.cases.models import ApprovalSeat, CaseMessage, NoteFile, Step
from concilia.cases.queries.processes import outcomes_of
from concilia.claims.actions.evidence import (
    WAITING,
    Paper,
    go_on_with,
    keep_paper,
    receive_evidence,
    stop_waiting,
)
from concilia.claims.actions.laying import lay_beside
from concilia.claims.actions.link_mails import LinkedQuestion, mail_question
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.models import Claim
from concilia.claims.queries.letters import name_of_address
from concilia.claims.queries.links import are_related, find_customer_of_sender
from concilia.correspondence.actions import Outgoing, queue_message
from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.quick_answers import open_fields
from concilia.correspondence.core.words_of_blame import blame_in
from concilia.correspondence.models import Message
from concilia.foundation import audit
from concilia.foundation.audit import SYSTEM, Act, rule_actor
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.models import Arrival

QUESTION_DAYS = 5
COLLEAGUE_DAYS = 2
ANSWER_MAX = 2000
COR = ("COR",)
ASKING = {
    "customer": (ClaimAction.ASK_CUSTOMER, QUESTION_DAYS),
    "us": (ClaimAction.ASK_INTERNAL, COLLEAGUE_DAYS),
    "third": (ClaimAction.ASK_THIRD_PARTY, QUESTION_DAYS),
}


class ToneDoubted(ClaimRefused):
    """A message to a customer may sound like blame; who means it sends it again and says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    What is asked of whom.

    :param holder: `customer`, `us` (a colleague) or `third` (a carrier, an agent)
    :param to: the address it is mailed to; a colleague who is named gets it at their own
    :param evidence: the kind of paper wanted, if it is one
    """

    holder: str
    text: str
    to: str = ""
    subject: str = ""
    evidence: str = ""
    department: str = ""
    assignee: Membership | None = None


@transaction.atomic(durable=True)
def ask(*, claim_id: int, question: Question, member: Membership, at: datetime) -> Step:
    """
    Ask somebody something about a claim; the clock stops while outsiders hold the ball.

    :raises ClaimRefused: if there are no words, or nobody to ask
    :raises TransitionRefused: if the claim is not being checked
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    _require_askable(question)
    action, days = ASKING[question.holder]
    acts = []
    if claim.state == ClaimState.DECISION_PROPOSED:
        acts.append(move(claim=claim, action=ClaimAction.RECONSIDER, at=at))
    # Before its reason is known a claim has no way to wait: the step alone says who has the ball.
    if claim.state not in {ClaimState.QUALIFYING, _state_after(action)}:
        acts.append(move(claim=claim, action=action, at=at))
    step = NewStep(
        kind="question",
        holder=question.holder,
        question=question.text.strip(),
        evidence=question.evidence,
        department=question.department,
        assignee=question.assignee,
        days=days,
    )
    wanted = wanted_of(case=claim.case, holder=question.holder)
    opened = (
        hand_out(case=claim.case, step=wanted, new=step, at=at)
        if wanted
        else open_step(case=claim.case, step=step, at=at)
    )
    _mail(claim, opened, question, member, at)
    data = {"holder": question.holder, "evidence": question.evidence, "step": opened.pk}
    acts.insert(0, Act("case.asked", "case", claim.case_id, data, question.text.strip()))
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return opened


@transaction.atomic(durable=True)
def answer_step(
    *, step_id: int, text: str, member: Membership, at: datetime, outcome: str = ""
) -> Step:
    """
    Answer a question or say that a paper cannot be had; the claim goes on when nothing is open.

    :param outcome: of a form with several, which one; its process goes that way
    :raises ClaimRefused: if there are no words, the step is done already, or the outcome is not one
        of those to choose among
    """
    case_id = Step.objects.get(pk=step_id, case__entity_id=member.entity_id).case_id
    claim = lock_claim(claim_id=Claim.objects.get(case=case_id).pk, entity_id=member.entity_id)
    step = Step.objects.get(pk=step_id)  # read after the lock: two colleagues may answer at once
    if step.state != Step.State.OPEN:
        raise ClaimRefused(_("Somebody has answered this already."))
    if not text.strip():
        raise ClaimRefused(_("An answer needs words."))
    require_outcome(step, outcome)
    step.state, step.answer = Step.State.DONE, text.strip()
    step.done_at, step.done_by = at, member
    step.save(update_fields=["state", "answer", "done_at", "done_by"])
    answered(step=step, at=at, outcome=outcome)
    data = {"step": step.pk, **({"outcome": outcome} if outcome else {})}
    acts = [Act("case.answered", "case", claim.case_id, data, text.strip())]
    # What a signer wanted to know changes nothing of what is put to signature.
    if not ApprovalSeat.objects.filter(waits_for=step, request__state="OPEN").exists():
        acts += receive_evidence(claim=claim, evidence=(), answer=Answer(member=member), at=at)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return step


def require_outcome(step: Step, outcome: str) -> None:
    """
    Refuse an answer that does not say which way it leads, where there are several.

    :raises ClaimRefused: if none of them is chosen, or one is where there is nothing to choose
    """
    choices = outcomes_of(step)
    if outcome not in (choices or ("",)):
        if not choices:
            raise ClaimRefused(_("There is nothing to choose in this answer."))
        raise ClaimRefused(_("Choose one of: {outcomes}."), outcomes=", ".join(choices))


@transaction.atomic(durable=True)
def go_on(*, claim_id: int, reason: str, member: Membership, at: datetime) -> Claim:
    """
    Go on with a claim without the answers it waits for; what was asked is cancelled.

    :raises ClaimRefused: if it waits for nobody
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    if claim.state not in WAITING:
        raise ClaimRefused(_("This claim waits for nobody."))
    acts = stop_waiting(claim=claim, at=at, why=reason)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return claim


@transaction.atomic(durable=True)
def go_on_in_time(*, case_id: int, at: datetime) -> None:
    """
    Let the claim of a case go on whose process did not wait any longer for an outsider.

    Nothing happens while somebody else is still asked; the second time nothing new.
    """
    row = Claim.objects.only("pk").filter(case=case_id).first()
    if row is None:
        return
    claim = lock_claim(claim_id=row.pk)
    acts = go_on_with(claim=claim, at=at)
    audit.log(entity_id=claim.entity_id, actor=rule_actor("time-out"), at=at, acts=acts)


@transaction.atomic(durable=True)
def add_note(
    *, claim_id: int, text: str, files: Sequence[Paper], member: Membership, at: datetime
) -> CaseMessage:
    """
    Keep an internal note about a claim, with the files dropped on it as papers of the case.

    :raises NoteRefused: if it has no words, or too many
    :raises ClaimRefused: if a file is empty
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    placed, noted = keep_note(case=claim.case, text=text, member=member, at=at)
    acts = [noted]
    for paper in files:
        row, added = keep_paper(claim=claim, paper=paper, member=member, at=at)
        NoteFile.objects.get_or_create(case_message=placed, paper=row)
        acts.append(added)
    if files:
        acts += receive_evidence(claim=claim, evidence=(), answer=Answer(member=member), at=at)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return placed


@transaction.atomic(durable=True)
def receive_reply(
    *, claim_id: int, message_id: int, at: datetime, with_papers: bool = True
) -> None:
    """
    An outsider's mail about a claim joins its thread and ends what was asked of them.

    :param with_papers: the mail and its files become papers of the case, and end what waited for
        such papers
    """
    claim = lock_claim(claim_id=claim_id)
    message = Message.objects.get(pk=message_id, entity_id=claim.entity_id)
    arrival = Arrival.objects.filter(message=message).select_related("document", "message").first()
    answer = Answer(text=message.body[:ANSWER_MAX], holders={_writer_of(message, claim)})
    acts = [Act("case.reply_received", "case", claim.case_id, {"message": message.pk})]
    if with_papers and arrival is not None and arrival.document is not None:
        laid = lay_beside(claim=claim, arrival=arrival, answer=answer, why={}, at=at)
        acts += [act for act in laid.acts if act.act != "case.evidence_added" or laid.codes != COR]
    else:
        add_to_thread(case=claim.case, message=message)
        acts += receive_evidence(claim=claim, evidence=(), answer=answer, at=at)
    audit.log(entity_id=claim.entity_id, actor=SYSTEM, at=at, acts=acts)


def _writer_of(message: Message, claim: Claim) -> str:
    """Who answers: the customer, or the third party that was asked."""
    writer = find_customer_of_sender(entity_id=claim.entity_id, sender=message.sender)
    return "customer" if writer and are_related(writer, claim.customer) else "third"


@transaction.atomic(durable=True)
def write_to_customer(
    *,
    claim_id: int,
    outgoing: Outgoing,
    member: Membership,
    at: datetime,
    may_blame: bool = False,
) -> Message:
    """
    Send a person's own words about a claim; the contact policy may withhold them, visibly.

    :param may_blame: the writer has seen which words sound like blame, and means them
    :raises ClaimRefused: if there are no words, or a field that nobody filled in
    :raises ToneDoubted: if a word blames or threatens (domain.md §3.4 E5)
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    _require_sendable(outgoing, may_blame=may_blame)
    message = queue_message(entity=claim.entity, customer=claim.customer, outgoing=outgoing, at=at)
    add_to_thread(case=claim.case, message=message)
    data = {"message": message.pk, "to": message.recipient, "state": message.state}
    act = Act("case.wrote_to_customer", "case", claim.case_id, data)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=[act])
    return message


def _require_sendable(outgoing: Outgoing, *, may_blame: bool) -> None:
    said = f"{outgoing.subject}\n{outgoing.body}"
    if not outgoing.body.strip():
        raise ClaimRefused(_("A message needs words."))
    if still_open := sorted(open_fields(said)):
        raise ClaimRefused(
            _("Nobody has filled in {fields} yet."),
            fields=", ".join(f"{{{name}}}" for name in still_open),
        )
    language = outgoing.language if outgoing.language in set(Language) else Language.EN
    if not may_blame and (found := blame_in(said, language)):
        raise ToneDoubted(
            _("“{words}” may sound like blame. Say it otherwise, or send it as it is."),
            words="”, “".join(found),
        )


def _require_askable(question: Question) -> None:
    if question.holder not in ASKING:
        raise ClaimRefused(_("Choose whom to ask: the customer, a colleague or somebody else."))
    if not question.text.strip():
        raise ClaimRefused(_("A question needs words."))
    if question.holder == "customer" and not question.to.strip():
        raise ClaimRefused(_("Say to which address the question goes."))


def _state_after(action: ClaimAction) -> ClaimState:
    return {
        ClaimAction.ASK_CUSTOMER: ClaimState.WAITING_CUSTOMER,
        ClaimAction.ASK_INTERNAL: ClaimState.WAITING_INTERNAL,
        ClaimAction.ASK_THIRD_PARTY: ClaimState.WAITING_THIRD_PARTY,
    }[action]


def _mail(claim: Claim, step: Step, question: Question, member: Membership, at: datetime) -> None:
    """With a link to answer by; a colleague without a name finds the question in the list."""
    to = _addressee(claim, question)
    if to is None:
        return
    asked = LinkedQuestion(
        step=step,
        to=to,
        subject=question.subject or claim.case.number,
        body=question.text.strip(),
        by=member,
    )
    mail_question(claim=claim, question=asked, at=at)


def _addressee(claim: Claim, question: Question) -> Addressee | None:
    if question.holder == "us":
        return colleague(member=question.assignee) if question.assignee else None
    if not question.to.strip():
        return None
    language = claim.customer.language if question.holder == "customer" else claim.entity.language
    name = name_of_address(claim=claim, address=question.to)
    return Addressee(address=question.to, name=name, language=language)
