"""A call about what is owed: allowed or withheld, written down in one act, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from concilia.cases.queries.office import today_of
from concilia.customers.models import Contact, Customer
from concilia.dunning.actions.contact_terms import locked_customer, opt_in, opt_out
from concilia.dunning.actions.motives import (
    NOTE_MAX,
    NewMotive,
    keep_motive,
    recorded,
    require_collector,
)
from concilia.dunning.actions.promises import NewPromise, keep_promise, promised, take_back_promise
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.voices import voice_of
from concilia.dunning.core.contact.terms import Channel, Direction, Outcome
from concilia.dunning.core.contact.today import WayToday, way_today
from concilia.dunning.core.contact_notes import lint_note
from concilia.dunning.core.motives import Source
from concilia.dunning.models import CallBack, ContactMade, Motive, PhoneCall, Promise
from concilia.dunning.queries.contacts import CALL_LASTS, known_of
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.secrets import seal
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of

VULNERABLE: Final = "NR-12"
UNDONE_WITHIN: Final = timedelta(minutes=15)
SEALED_MAX: Final = 2_000
CALL_BACK_AHEAD: Final = timedelta(days=60)
Result = PhoneCall.Result
# What the policy counts each result as; a stranger's line rang, too.
OUTCOMES: Final = {
    Result.NO_ANSWER: Outcome.NO_ANSWER,
    Result.WRONG_NUMBER: Outcome.NO_ANSWER,
    Result.MESSAGE: Outcome.MESSAGE_LEFT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOutcome:
    """
    What came of a call.

    :param note: facts only; health goes into `protected`, which is kept sealed
    :param callback_at: when they want to be called
    :param code: why they do not pay, for REASON
    :param due_date: with `amount_minor` and `currency`, for PROMISED; no amount: all that is due
    """

    result: str
    note: str = ""
    protected: str = ""
    callback_at: datetime | None = None
    code: str = ""
    due_date: date | None = None
    amount_minor: int | None = None
    currency: str = ""
    method: str = Promise.Method.TRANSFER


@transaction.atomic(durable=True)
def start_call(
    *,
    customer_id: int,
    by: Membership,
    at: datetime,
    contact_id: int | None = None,
    is_incoming: bool = False,
) -> PhoneCall:
    """
    Ask the policy whether a customer may be called now, and begin if so; else the call is withheld.

    It counts as an attempt from now on. Customers who call are never refused.

    :return: the call, STARTED or WITHHELD by its `rule`
    :raises CollectionRefused: if somebody else speaks with them, or the contact has no number
    """
    require_collector(by)
    customer = locked_customer(customer_id, by)
    running = _running(customer, by, at)
    if running is not None:
        return running
    contact = _contact(customer, contact_id, is_incoming=is_incoming)
    row = PhoneCall(
        entity=customer.entity,
        customer=customer,
        contact=contact,
        phone=contact.phone if contact else "",
        direction=Direction.IN if is_incoming else Direction.OUT,
        state=PhoneCall.State.STARTED,
        by=by,
        started_at=at,
    )
    if not is_incoming:
        _ask(row, customer, at)
    if row.state == PhoneCall.State.STARTED:
        row.made = ContactMade.objects.create(
            entity=customer.entity,
            customer=customer,
            contact=contact,
            channel=Channel.CALL,
            direction=row.direction,
            outcome=Outcome.CONVERSATION if is_incoming else Outcome.NO_ANSWER,
            at=at,
            by=by,
        )
    row.save()
    name = "phone_call.started" if row.state == PhoneCall.State.STARTED else "phone_call.withheld"
    _log(row, by, at, [Act(name, "customer", customer.pk, {"rule": row.rule})])
    return row


@transaction.atomic(durable=True)
def end_call(*, call_id: int, outcome: CallOutcome, by: Membership, at: datetime) -> PhoneCall:
    """
    Write down what came of a call, with all that follows from it: one act.

    :raises CollectionRefused: if it is not running, the note judges or tells of health, or what
        follows (a promise, a reason) cannot be
    """
    require_collector(by)
    row = _locked(call_id, by)
    if row.state != PhoneCall.State.STARTED:
        raise CollectionRefused(_("This call is over."))
    _require_fit(outcome, at)
    row.result, row.note = outcome.result, outcome.note.strip()
    row.state, row.ended_at = PhoneCall.State.ENDED, at
    row.sealed = seal(outcome.protected.strip()) if outcome.protected.strip() else ""
    acts = [*_followed(row, outcome, by, at), _ended(row)]
    row.save()
    _settle_call_backs(row, outcome, by, at)
    if row.made is not None:
        row.made.outcome = OUTCOMES.get(Result(row.result), Outcome.CONVERSATION)
        row.made.key = f"call:{row.pk}"
        row.made.save(update_fields=["outcome", "key"])
    _log(row, by, at, acts)
    return row


@transaction.atomic(durable=True)
def undo_call(*, call_id: int, why: str, by: Membership, at: datetime) -> PhoneCall:
    """
    Take a call back that was written down wrongly, with all that followed from it.

    :param why: what a promise that goes with it says of its end

    :raises CollectionRefused: if it is another's, too long ago, or what followed has gone on
    """
    require_collector(by)
    row = _locked(call_id, by)
    if row.state not in {PhoneCall.State.STARTED, PhoneCall.State.ENDED}:
        raise CollectionRefused(_("This call is over."))
    if row.by_id != by.pk or at - (row.ended_at or at) > UNDONE_WITHIN:
        raise CollectionRefused(_("Only who wrote it down takes it back, within 15 minutes."))
    if row.promise is not None:
        take_back_promise(row.promise, why, by, at)
    if row.motive is not None and row.motive.withdrawn_at is None:
        row.motive.withdrawn_at, row.motive.withdrawn_by = at, by.user
        row.motive.save(update_fields=["withdrawn_at", "withdrawn_by"])
    if row.result == Result.OPT_OUT:
        opt_in(customer=row.customer, channel=Channel.CALL, by=by, at=at)
    CallBack.objects.filter(phone_call=row).delete()
    _named(row).filter(done_at=row.ended_at, done_by=by).update(done_at=None, done_by=None)
    made, row.made, row.state = row.made, None, PhoneCall.State.UNDONE
    row.save(update_fields=["state", "made"])
    if made is not None:
        made.delete()
    _log(
        row, by, at, [Act("phone_call.undone", "customer", row.customer_id, {"result": row.result})]
    )
    return row


def _named(row: PhoneCall) -> QuerySet[CallBack]:
    """The moments for which they were promised another call, in earlier ones."""
    return CallBack.objects.filter(customer=row.customer_id, phone_call__lt=row.pk)


def _settle_call_backs(row: PhoneCall, outcome: CallOutcome, by: Membership, at: datetime) -> None:
    """A call is the call they were promised; one that promises another puts it on the list."""
    _named(row).filter(done_at=None).update(done_at=at, done_by=by)
    if outcome.result != Result.CALL_BACK or outcome.callback_at is None:
        return
    CallBack.objects.create(
        entity=row.entity,
        customer=row.customer,
        phone_call=row,
        number=row.phone,
        why=CallBack.Why.PERSON,
        wanted_at=at,
        call_at=outcome.callback_at,
        due_date=today_of(row.customer.entity, outcome.callback_at),
    )


def _ask(row: PhoneCall, customer: Customer, at: datetime) -> None:
    known = known_of(entity=customer.entity, customers=[customer], at=at)[customer.pk]
    said: WayToday = way_today(known, Channel.CALL, at)
    if not said.allowed:
        row.state, row.rule, row.earliest_at = PhoneCall.State.WITHHELD, said.rule, said.earliest


def _running(customer: Customer, by: Membership, at: datetime) -> PhoneCall | None:
    """The call that is going on, if it is this person's; one that was left lying is ended."""
    row = PhoneCall.objects.filter(customer=customer, state=PhoneCall.State.STARTED).first()
    if row is None:
        return None
    if at - row.started_at < CALL_LASTS:
        if row.by_id != by.pk:
            raise CollectionRefused(_("A colleague is speaking with them."))
        return row
    row.state, row.result, row.ended_at = PhoneCall.State.ENDED, Result.NO_ANSWER, at
    row.save(update_fields=["state", "result", "ended_at"])
    return None


def _contact(customer: Customer, contact_id: int | None, *, is_incoming: bool) -> Contact | None:
    if contact_id is None:
        if is_incoming:
            return None
        return Contact.objects.filter(customer=customer).exclude(phone="").order_by("name").first()
    found = Contact.objects.filter(pk=contact_id, customer=customer).first()
    if found is None or not (found.phone or is_incoming):
        raise CollectionRefused(_("No telephone number is known."))
    return found


def _require_fit(outcome: CallOutcome, at: datetime) -> None:
    if outcome.result not in Result.values:
        raise CollectionRefused(_("Choose one of the list."))
    if len(outcome.note) > NOTE_MAX or len(outcome.protected) > SEALED_MAX:
        raise CollectionRefused(_("A note has at most {most} characters."), most=NOTE_MAX)
    lint = lint_note(outcome.note)
    if lint.judging:
        raise CollectionRefused(
            _("A note says what happened and does not judge: {words}."),
            words=", ".join(lint.judging),
        )
    if lint.health:
        raise CollectionRefused(
            _("Health belongs in the protected field and nowhere else: {words}."),
            words=", ".join(lint.health),
        )
    if outcome.protected and outcome.result != Result.VULNERABLE:
        raise CollectionRefused(_("The protected field is for people who need special care."))
    if outcome.result == Result.CALL_BACK:
        _require_moment(outcome.callback_at, at)


def _require_moment(moment: datetime | None, at: datetime) -> None:
    if moment is None or not at < moment <= at + CALL_BACK_AHEAD:
        raise CollectionRefused(_("Say when they want to be called: within 60 days from now."))


def _followed(row: PhoneCall, outcome: CallOutcome, by: Membership, at: datetime) -> list[Act]:
    """Do what follows from an outcome; each is an act of its own in the log."""
    acts: list[Act] = []
    code = {Result.VULNERABLE: VULNERABLE, Result.REASON: outcome.code}.get(
        Result(outcome.result), ""
    )
    if outcome.result == Result.REASON or code:
        new = NewMotive(
            customer_id=row.customer_id, code=code, source=Source.CUSTOMER, note=row.note
        )
        motive: Motive = keep_motive(new=new, by=voice_of(by), at=at)
        row.motive = motive
        acts.append(recorded(motive))
    if outcome.result == Result.PROMISED:
        if outcome.due_date is None:
            raise CollectionRefused(_("Say until when."))
        made = NewPromise(
            customer_id=row.customer_id,
            currency=outcome.currency or row.customer.currency,
            due_date=outcome.due_date,
            amount_minor=outcome.amount_minor,
            method=outcome.method,
            channel=Promise.Channel.PHONE,
            note=row.note,
        )
        row.promise = keep_promise(new=made, by=voice_of(by), at=at)
        acts.append(promised(row.promise))
    if outcome.result == Result.OPT_OUT:
        opt_out(customer=row.customer, channel=Channel.CALL, by=by, at=at)
    return acts


def _ended(row: PhoneCall) -> Act:
    return Act(
        "phone_call.ended", "customer", row.customer_id, {"result": row.result}, row.note[:200]
    )


def _log(row: PhoneCall, by: Membership, at: datetime, acts: list[Act]) -> None:
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=acts)


def _locked(call_id: int, by: Membership) -> PhoneCall:
    row = (
        PhoneCall.objects.select_for_update(of=("self",), no_key=True)
        .select_related("customer__entity", "made", "motive", "promise")
        .filter(pk=call_id, entity=by.entity_id)
        .first()
    )
    if row is None:
        raise CollectionRefused(_("There is no such call."))
    return row
