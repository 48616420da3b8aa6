"""What can be done to a claim beside deciding it: each act with its words, its form, its roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concilia.cases.actions import hand_over, snooze, stop_watching, watch
from concilia.cases.models import Watch
from concilia.claims.actions import (
    Question,
    appeal_claim,
    ask,
    close_claim,
    give_reason,
    go_on,
    recall_decision,
    record_answer,
    record_repayment,
    reopen_claim,
    retry_posting,
    withdraw_claim,
)
from concilia.claims.core.states import ClaimAction, ClaimState, allowed_actions
from concilia.claims.models import Claim
from concilia.identity.models import Membership, Role
from concilia.interfaces.components.rights import HELPERS, WORKERS
from concilia.interfaces.desk import claim_forms as forms
from concilia.interfaces.desk.claim_forms import ClaimForm

Word = str | Promise
Do = Callable[[Claim, ClaimForm, Membership, datetime], object]
S = ClaimState


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """
    An act with its form.

    :param done: what happened, in words, after it was done
    :param says: what it means, above the form
    :param is_final: it cannot be taken back, and the form says so
    """

    name: str
    title: Word
    button: Word
    done: Word
    form: type[ClaimForm]
    do: Do
    icon: str
    says: Word = ""
    key: str = ""
    roles: Sequence[Role] = WORKERS


def _ask(claim: Claim, form: ClaimForm, member: Membership, at: datetime) -> object:
    assert isinstance(form, forms.AskForm)
    data = form.cleaned_data
    question = Question(
        holder=data["holder"],
        text=data["text"],
        to="" if data["holder"] == "us" else data["to"],
        subject=data["subject"],
        evidence=data["evidence"],
        department=claim.case.department if data["holder"] == "us" else "",
        assignee=form.members.get(data["assignee"]) if data["holder"] == "us" else None,
    )
    return ask(claim_id=claim.pk, question=question, member=member, at=at)


def _hand_over(claim: Claim, form: ClaimForm, member: Membership, at: datetime) -> object:
    to, text = int(form.cleaned_data["to"]), form.cleaned_data["reason"]
    return hand_over(case_id=claim.case_id, to_id=to, text=text, member=member, at=at)


def _snooze(claim: Claim, form: ClaimForm, member: Membership, at: datetime) -> object:
    assert isinstance(form, forms.SnoozeForm)
    return snooze(
        case_id=claim.case_id,
        until=form.moment(),
        reason=form.cleaned_data["reason"],
        past_deadline=form.cleaned_data["past_deadline"],
        member=member,
        at=at,
    )


def _wake(claim: Claim, _form: ClaimForm, member: Membership, at: datetime) -> object:
    return snooze(case_id=claim.case_id, until=None, reason="", member=member, at=at)


def _watch(claim: Claim, _form: ClaimForm, member: Membership, at: datetime) -> object:
    return watch(cases=[claim.case_id], member=member, at=at)


def _unwatch(claim: Claim, _form: ClaimForm, member: Membership, _at: datetime) -> object:
    return stop_watching(cases=[claim.case_id], member=member)


def _give_reason(claim: Claim, form: ClaimForm, member: Membership, at: datetime) -> object:
    data = form.cleaned_data
    return give_reason(
        claim_id=claim.pk, reason=data["reason"], words=data["words"], member=member, at=at
    )


def _close(claim: Claim, form: ClaimForm, member: Membership, at: datetime) -> object:
    cause = form.cleaned_data["root_cause"]
    return close_claim(claim_id=claim.pk, root_cause=cause, member=member, at=at)


def _with_reason(
    act: Callable[..., object],
) -> Do:
    def do(claim: Claim, form: ClaimForm, member: Membership, at: datetime) -> object:
        reason = form.cleaned_data["reason"]
        return act(claim_id=claim.pk, reason=reason, member=member, at=at)

    return do


def _plain(act: Callable[..., object], **more: object) -> Do:
    def do(claim: Claim, _form: ClaimForm, member: Membership, at: datetime) -> object:
        return act(claim_id=claim.pk, member=member, at=at, **more)

    return do


DEEDS: Final[Mapping[str, Deed]] = {
    deed.name: deed
    for deed in (
        Deed(
            name="ask",
            title=_("Ask a question"),
            button=_("Ask"),
            done=_("Asked. The claim waits for the answer."),
            says=_("The clock stops while the customer or a carrier has the ball."),
            form=forms.AskForm,
            do=_ask,
            icon="help-circle",
            key="q",
        ),
        Deed(
            name="hand-over",
            title=_("Hand over"),
            button=_("Hand over"),
            done=_("Handed over."),
            says=_("Owner and list change; the deadline and the leading department stay."),
            form=forms.HandOverForm,
            do=_hand_over,
            icon="user",
            key="w",
        ),
        Deed(
            name="snooze",
            title=_("Let it rest"),
            button=_("Let it rest"),
            done=_("It comes back on that day."),
            says=_("It leaves your list until that morning. The deadline does not move."),
            form=forms.SnoozeForm,
            do=_snooze,
            icon="clock",
            key="s",
        ),
        Deed(
            name="wake",
            title=_("Bring it back"),
            button=_("Bring it back"),
            done=_("It is back on the list."),
            form=forms.NothingForm,
            do=_wake,
            icon="clock",
        ),
        Deed(
            name="watch",
            title=_("Watch"),
            button=_("Watch"),
            done=_("You hear of what others do to it."),
            says=_("What others do to this case stands on your Home; nobody else notices."),
            form=forms.NothingForm,
            do=_watch,
            icon="eye",
            roles=HELPERS,
        ),
        Deed(
            name="unwatch",
            title=_("Watch no more"),
            button=_("Watch no more"),
            done=_("You hear of it no more."),
            form=forms.NothingForm,
            do=_unwatch,
            icon="eye",
            roles=HELPERS,
        ),
        Deed(
            name="reason",
            title=_("Another reason"),
            button=_("Keep this reason"),
            done=_("Reason kept. The verdict is computed again."),
            says=_("Lines with the old reason get the new one; signatures given so far are void."),
            form=forms.ReasonForm,
            do=_give_reason,
            icon="tag",
        ),
        Deed(
            name="go-on",
            title=_("Go on without the answer"),
            button=_("Go on"),
            done=_("Open questions are cancelled."),
            says=_("What was asked is cancelled and the clock runs again."),
            form=forms.MaybeWhyForm,
            do=_with_reason(go_on),
            icon="player-play",
        ),
        Deed(
            name="recall",
            title=_("Take the proposal back"),
            button=_("Take it back"),
            done=_("Taken back. Nobody is asked to sign any more."),
            says=_("Signatures given so far count no more."),
            form=forms.MaybeWhyForm,
            do=_with_reason(recall_decision),
            icon="arrow-back-up",
        ),
        Deed(
            name="withdraw",
            title=_("The customer takes it back"),
            button=_("Withdraw the claim"),
            done=_("Withdrawn. What was disputed is owed again."),
            says=_("This cannot be undone: a withdrawn claim stays withdrawn."),
            form=forms.WhyForm,
            do=_with_reason(withdraw_claim),
            icon="arrow-back-up",
        ),
        Deed(
            name="appeal",
            title=_("The customer appeals"),
            button=_("Check it again"),
            done=_("Checked again. Nobody is asked to pay it meanwhile."),
            says=_("A claim is appealed once. What was refused is open to judgement again."),
            form=forms.WhyForm,
            do=_with_reason(appeal_claim),
            icon="gavel",
        ),
        Deed(
            name="accepted",
            title=_("The customer accepts"),
            button=_("They accept"),
            done=_("Accepted. What they kept is collected back."),
            form=forms.NothingForm,
            do=_plain(record_answer, accepted=True),
            icon="check",
        ),
        Deed(
            name="legal",
            title=_("Hand it to legal"),
            button=_("Hand it to legal"),
            done=_("It is with legal now."),
            says=_("From now on only legal and management write to the customer about it."),
            form=forms.NothingForm,
            do=_plain(record_answer, accepted=False),
            icon="gavel",
        ),
        Deed(
            name="repaid",
            title=_("They have paid it back"),
            button=_("Paid back"),
            done=_("Paid back."),
            form=forms.NothingForm,
            do=_plain(record_repayment),
            icon="coins",
        ),
        Deed(
            name="retry",
            title=_("Post again"),
            button=_("Post again"),
            done=_("On its way to the ERP again."),
            says=_("The ERP is asked first whether it has it: nothing is posted twice."),
            form=forms.NothingForm,
            do=_plain(retry_posting),
            icon="refresh",
        ),
        Deed(
            name="close",
            title=_("Close the case"),
            button=_("Close the case"),
            done=_("Closed."),
            says=_("The cause is what corrective action is built on: choose what made it happen."),
            form=forms.CloseForm,
            do=_close,
            icon="lock",
        ),
        Deed(
            name="reopen",
            title=_("Open it again"),
            button=_("Open it again"),
            done=_("Open again."),
            says=_("Within 90 days, and only where nothing was granted."),
            form=forms.WhyForm,
            do=_with_reason(reopen_claim),
            icon="refresh",
        ),
    )
}
# Which act of the state machine stands behind a deed; a deed without one fits as `_fits` says.
MACHINE: Final[Mapping[str, ClaimAction]] = {
    "recall": ClaimAction.RETURN,
    "withdraw": ClaimAction.WITHDRAW,
    "appeal": ClaimAction.APPEAL,
    "accepted": ClaimAction.ACCEPT,
    "legal": ClaimAction.ESCALATE,
    "repaid": ClaimAction.REPAY,
    "reopen": ClaimAction.REOPEN,
}
CLOSABLE: Final = frozenset(
    {S.POSTED, S.CUSTOMER_NOTIFIED, S.ACCEPTED, S.COLLECT_BACK, S.ESCALATED_LEGAL, S.REPAID}
)
WAITING: Final = frozenset({S.WAITING_CUSTOMER, S.WAITING_INTERNAL, S.WAITING_THIRD_PARTY})
CHECKING: Final = frozenset({S.QUALIFYING, S.INVESTIGATING, S.DECISION_PROPOSED, *WAITING})


def deeds_for(claim: Claim, at: datetime, member: Membership) -> dict[str, Deed]:
    """What a member can do to a claim as it stands, by name; their role is looked at apart."""
    state = ClaimState(claim.state)
    allowed = allowed_actions(state, appeals=claim.appeals, closed_at=claim.case.closed_at, at=at)
    watches = Watch.objects.filter(case=claim.case_id, member=member).exists()
    nothing_granted = claim.approved_minor == 0
    fits = {
        "ask": state in CHECKING,
        "hand-over": claim.case.closed_at is None,
        "snooze": claim.case.closed_at is None and not _rests(claim, at),
        "wake": claim.case.closed_at is None and _rests(claim, at),
        "watch": claim.case.closed_at is None and not watches,
        "unwatch": watches,
        "reason": state in CHECKING or state is S.IN_APPROVAL,
        "go-on": state in WAITING,
        "retry": state is S.POSTING_FAILED,
        "close": state in CLOSABLE,
    } | {
        name: action in allowed and (nothing_granted or name in {"accepted", "legal", "repaid"})
        for name, action in MACHINE.items()
    }
    return {name: deed for name, deed in DEEDS.items() if fits.get(name)}


def _rests(claim: Claim, at: datetime) -> bool:
    until = claim.case.snoozed_until_at
    return until is not None and until > at


def done_words(deed: Deed, claim: Claim) -> str:
    """What a toast says after the act."""
    return gettext("%(case)s: %(done)s") % {"case": claim.case.number, "done": deed.done}
