"""How it is spoken with customers: calls, call-backs, wishes, what they say of us, another plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from concilia.customers.models import Customer
from concilia.dunning.actions import (
    CallOutcome,
    CollectionRefused,
    NewContactTerms,
    answer_survey,
    ask_how_it_was,
    end_call,
    publish_strategy,
    set_contact_terms,
    start_call,
    write_strategy_draft,
)
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.strategy.shipped import TEXT
from concilia.dunning.models import PhoneCall, Survey
from concilia.dunning.queries.work import next_customers
from concilia.identity.models import Membership
from concilia.interfaces.cli.staging.play import Stage

ASKED_FROM: Final = 40  # days before the visitor comes
CALLED_FROM: Final = 13
TRIED_FROM: Final = 11
TRIED_TO: Final = 2
TRIES: Final = 2  # of an evening
A_CALL: Final = timedelta(minutes=4)
ANSWERED_AFTER: Final = timedelta(hours=20)
# One plan against a softer one: every fifth business hears less, and later.
TRIAL: Final = """\
plan b2b-soft
  5 email letter T1 reminder
  14 call T1 reminder
  25 email letter T2 question offer PLAN
  35 call T3 firm
  45 letter T4 formal_notice
experiment softer: b2b against b2b-soft 40%
"""
ANSWERS: Final[Sequence[tuple[int, str]]] = (
    (3, ""),
    (5, "Risolto in due giorni, grazie."),
    (4, ""),
    (4, "Merci pour votre patience."),
    (2, "Ho dovuto spiegare tutto due volte."),
    (5, "Freundlich und schnell."),
)
CALLS: Final = ("NO_ANSWER", "PROMISED", "CALL_BACK", "REASON", "MESSAGE", "OPT_OUT", "SPOKE")


def talk(stage: Stage, clerk: Membership, signers: Sequence[Membership], at: datetime) -> None:
    """Customers are asked how it was and answer; late payers are called; a plan is tried."""
    before = (stage.ends_at - at).days
    if before > ASKED_FROM:
        return
    ask_how_it_was(entity=stage.entity, at=at)
    _answer(stage, at)
    if before <= CALLED_FROM:
        _call(stage, clerk, at)
    if len(signers) > 1:
        _try_a_strategy(stage, signers, before, at)


def _answer(stage: Stage, at: datetime) -> None:
    """Two of three answer, a day later."""
    asked = Survey.objects.filter(
        entity=stage.entity, answered_at=None, asked_at__lt=at - ANSWERED_AFTER, expires_at__gt=at
    )
    for row in asked.order_by("pk"):
        if row.pk % 3:
            score, words = ANSWERS[row.pk % len(ANSWERS)]
            answer_survey(survey_id=row.pk, score=score, words=words, at=at)


def _call(stage: Stage, clerk: Membership, at: datetime) -> None:
    """One late payer is called, whom the policy lets be called and nobody has called yet."""
    made = PhoneCall.objects.filter(entity=stage.entity, state="ENDED").count()
    if made >= len(CALLS):
        return
    tried = 0
    for row in next_customers(entity=stage.entity, today=at.date(), kind="owes").rows:
        if tried >= TRIES:
            return
        if PhoneCall.objects.filter(customer=row.customer).exists():
            continue
        tried += 1
        try:
            call = start_call(customer_id=row.customer.pk, by=clerk, at=at)
            if call.state == PhoneCall.State.STARTED:
                outcome = _outcome(stage, CALLS[made], row.customer, at)
                end_call(call_id=call.pk, outcome=outcome, by=clerk, at=at + A_CALL)
                _wish(row.customer, CALLS[made], clerk, at + A_CALL)
                return
        except CollectionRefused as refusal:
            stage.refusals.append(f"call of {row.customer.number}: {refusal}")


def _outcome(stage: Stage, result: str, customer: Customer, at: datetime) -> CallOutcome:
    notes = {
        "PROMISED": "Pays next week",
        "CALL_BACK": "Bookkeeping is in the morning",
        "REASON": "Their own customers pay late",
        "SPOKE": "Looks for the invoice and writes",
    }
    return CallOutcome(
        result=result,
        note=notes.get(result, ""),
        callback_at=stage.ends_at + timedelta(hours=4) if result == "CALL_BACK" else None,
        code="NR-09" if result == "REASON" else "",
        due_date=at.date() + timedelta(days=7) if result == "PROMISED" else None,
        currency=customer.currency,
    )


def _wish(customer: Customer, result: str, clerk: Membership, at: datetime) -> None:
    """Who wants no calls wants no short messages either."""
    if result == "OPT_OUT":
        out = [Channel.CALL.value, Channel.IVR.value, Channel.SMS.value]
        new = NewContactTerms(customer_id=customer.pk, opted_out=out)
        set_contact_terms(new=new, by=clerk, at=at)


def _try_a_strategy(stage: Stage, signers: Sequence[Membership], before: int, at: datetime) -> None:
    """A softer plan is tried against the usual one, and rests when the visitor comes."""
    if before <= TRIED_FROM and "trial" not in stage.agreed:
        sheet, why, key = TEXT + TRIAL, "Fewer letters, the same money?", "trial"
    elif before <= TRIED_TO and "trial over" not in stage.agreed:
        sheet, why, key = TEXT, "Rests until the figures are looked at", "trial over"
    else:
        return
    draft = write_strategy_draft(sheet=sheet, why=why, by=signers[0], at=at)
    publish_strategy(seen_sha256=draft.sha256, by=signers[-1], at=at)
    stage.agreed[key] = draft.pk
