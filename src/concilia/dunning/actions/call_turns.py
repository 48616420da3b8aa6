"""A call as the carrier tells it: it begins, keys are pressed, it ends. Each turn is done once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from concilia.correspondence.core.figures import Language, day
from concilia.correspondence.core.numbers import NUMBER
from concilia.correspondence.ports import CallReport, CallState
from concilia.correspondence.queries.lines import cost_of
from concilia.customers.models import Customer
from concilia.dunning.actions.call_deeds import Doing, do
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.calls.shipped import ACCOUNT
from concilia.dunning.core.calls.speaking import (
    TEXTS,
    language_of,
    spoken,
    spoken_dates,
    spoken_money,
    spoken_sums,
)
from concilia.dunning.core.calls.terms import Fact, Line
from concilia.dunning.core.calls.walking import Step, begun, done, heard
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.models import Call
from concilia.dunning.queries.calls import (
    contacts_with,
    is_office_open,
    owed_by,
    person_number,
    whose_call,
)
from concilia.foundation import audit
from concilia.foundation.audit import SYSTEM, Act
from concilia.identity.models import Entity

ENDED: Final = frozenset({"OVER", "MACHINE", "BUSY", "NO_ANSWER", "FAILED", "WITHHELD"})
STATE_OF: Final[Mapping[CallState, Call.State]] = {
    CallState.RINGING: Call.State.RINGING,
    CallState.ANSWERED: Call.State.ANSWERED,
    CallState.OVER: Call.State.OVER,
    CallState.BUSY: Call.State.BUSY,
    CallState.NO_ANSWER: Call.State.NO_ANSWER,
    CallState.FAILED: Call.State.FAILED,
}
NOT_MADE: Final = "The carrier could not connect the call."


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    What is said next in a call, and what then.

    :param serial: of the turn that comes next; a carrier that asks for one twice hears it twice
    :param digits: keys to wait for; 0: none
    :param hand_to: the number of a person who takes over
    """

    call_id: int
    serial: int
    language: str
    says: tuple[str, ...]
    digits: int = 0
    hand_to: str = ""

    @property
    def is_over(self) -> bool:
        """Nothing more is asked: the call ends."""
        return not self.digits and not self.hand_to


@transaction.atomic(durable=True)
def begin_call(*, entity: Entity, report: CallReport, at: datetime) -> Said:
    """
    Take a call that comes in; the same one asked for again goes on where it stands.

    The number says whose it may be, never who it is.
    """
    call = Call.objects.select_for_update(no_key=True).filter(
        entity=entity, reference=report.reference
    )
    known = call.first()
    if known is not None:
        return _again(known)
    number = report.caller if NUMBER.fullmatch(report.caller) else ""
    people = contacts_with(entity=entity, number=number)
    whose = {one.customer_id for one in people}
    person = people[0] if len(whose) == 1 else None
    spoken_there = (person.language, person.customer.language) if person else ()
    row = Call.objects.create(
        entity=entity,
        customer=person.customer if person else None,
        contact=person,
        direction=Call.Direction.IN,
        state=Call.State.ANSWERED,
        number=number,
        reference=report.reference,
        language=language_of(*spoken_there, entity.language).value,
        flow=ACCOUNT.name,
        currency=entity.currency,
        began_at=at,
    )
    return _taken(row, begun(ACCOUNT, _facts(row, at)), at)


@transaction.atomic(durable=True)
def take_turn(
    *, entity: Entity, call_id: int, serial: int, report: CallReport, at: datetime
) -> Said:
    """
    Go on with what was pressed. A turn asked for again is answered again and nothing is done twice.

    A machine that answers hears no word of any debt.

    :raises CollectionRefused: if there is no such call
    """
    call = _locked(entity, call_id, report)
    if call.last and serial < call.serial:
        return _again(call)
    if call.state in ENDED:
        raise CollectionRefused("This call is over.")
    if not call.node:
        call.state = Call.State.MACHINE if report.is_machine else Call.State.ANSWERED
        step = begun(ACCOUNT, _facts(call, at))
    else:
        taken = report.was_taken
        step = heard(ACCOUNT, _line(call), report.digits, _facts(call, at), was_taken=taken)
    return _taken(call, step, at)


@transaction.atomic(durable=True)
def note_call_state(
    *, entity: Entity, call_id: int | None, report: CallReport, at: datetime
) -> None:
    """
    Keep what the carrier says became of a call; what it says of an end counts once.

    :param call_id: None for a call that came in: the carrier's own reference names it
    """
    rows = Call.objects.select_for_update(no_key=True).filter(entity=entity)
    named = rows.filter(pk=call_id) if call_id else rows.filter(reference=report.reference)
    call = named.first()
    if call is None or call.ended_at is not None:
        return
    state = STATE_OF[report.state]
    if call.state != Call.State.MACHINE and not (
        call.state == Call.State.ANSWERED and state == Call.State.RINGING
    ):
        call.state = state
    if report.is_machine and call.state == Call.State.OVER:
        call.state = Call.State.MACHINE
    call.seconds = max(call.seconds, report.seconds)
    if state in ENDED:
        call.ended_at = at
        call.cost_minor = cost_of(entity, Channel.IVR) if call.seconds else 0
        call.error = NOT_MADE if state == Call.State.FAILED else call.error
        _log(call, at, [])
    call.save()


def _locked(entity: Entity, call_id: int, report: CallReport) -> Call:
    call = Call.objects.select_for_update(no_key=True).filter(pk=call_id, entity=entity).first()
    if call is None or (call.reference and call.reference != report.reference):
        raise CollectionRefused("There is no such call.")
    call.reference = report.reference
    return call


def _taken(call: Call, step: Step, at: datetime) -> Said:
    """Walk on through what the program does, keep where the call stands, and say it."""
    says: list[tuple[str, Mapping[str, str]]] = []
    acts: list[Act] = []
    while True:
        _stand(call, step.line)
        says += [(key, {}) for key in step.says]
        if step.deed is None:
            break
        doing = Doing(call, dict(call.kept), at)
        outcome = do(step.deed, doing)
        acts += doing.acts
        step = done(ACCOUNT, step.line, outcome, doing.keeps, _facts(call, at))
    language = language_of(call.language)
    words = spoken([key for key, _values in says], _values(call, language, at), language)
    said = Said(
        call_id=call.pk,
        serial=call.serial + 1,
        language=language.value,
        says=words,
        digits=step.asks.digits if step.asks else 0,
        hand_to=person_number(call.entity) if step.hands else "",
    )
    call.serial += 1
    call.last = {"says": list(words), "digits": said.digits, "hand_to": said.hand_to}
    call.save()
    _log(call, at, acts)
    return said


def _again(call: Call) -> Said:
    return Said(
        call_id=call.pk,
        serial=call.serial,
        language=call.language,
        says=tuple(call.last.get("says", ())),
        digits=call.last.get("digits", 0),
        hand_to=call.last.get("hand_to", ""),
    )


def _line(call: Call) -> Line:
    return Line(call.node, call.kept, call.asked, call.turns)


def _stand(call: Call, line: Line) -> None:
    call.node, call.kept = line.node, dict(line.kept)
    call.asked, call.turns = line.asked, line.turns


def _facts(call: Call, at: datetime) -> frozenset[Fact]:
    facts = {
        Fact.OUTBOUND: call.direction == Call.Direction.OUT,
        Fact.MACHINE: call.state == Call.State.MACHINE,
        Fact.OWES: bool(call.identified_at and call.customer and _due(call.customer, at)),
        Fact.PERSON_NOW: bool(person_number(call.entity))
        and is_office_open(entity=call.entity, at=at),
    }
    return frozenset(fact for fact, holds in facts.items() if holds)


def _due(customer: Customer, at: datetime) -> list[tuple[int, str]]:
    owed = owed_by(customer=customer, at=at)
    return [(row.dunnable, row.currency) for row in owed if row.dunnable > 0]


def _values(call: Call, language: Language, at: datetime) -> dict[str, str]:
    """What stands in the sentences; of the account only once somebody has shown who they are."""
    entity, kept = call.entity, call.kept
    texts = TEXTS[language]
    number = person_number(entity)
    values = {
        "company": entity.name,
        "customer": call.customer.name if call.customer and not call.identified_at else "",
        "last_four": texts["last_four"] if whose_call(call=call) else "",
        "on_number": texts["on_number"].format(number=" ".join(number)) if number else "",
        "in_hours": "" if is_office_open(entity=entity, at=at) else texts["in_hours"],
    }
    if call.identified_at is None or call.customer is None:
        return values
    owed = owed_by(customer=call.customer, at=at)
    disputed = any(row.disputed for row in owed)
    values["amount"] = spoken_sums(_due(call.customer, at), language)
    values["disputed"] = texts["balance_disputed"] if disputed else ""
    return values | _promise_values(kept, language)


def _promise_values(kept: Mapping[str, Any], language: Language) -> dict[str, str]:
    days = [date.fromisoformat(kept[name]) for name in ("day1", "day2", "day3") if kept.get(name)]
    values = {"dates": spoken_dates(days, language)}
    chosen = kept.get(f"day{kept.get('date', '')}", "")
    if chosen:
        values["date"] = day(date.fromisoformat(chosen), language)
    if kept.get("promised"):
        values["promised"] = spoken_money(int(kept["promised"]), kept["currency"], language)
    return values


def _log(call: Call, at: datetime, acts: list[Act]) -> None:
    if call.ended_at is not None and call.customer_id is not None:
        data = {"call": call.pk, "state": call.state, "direction": call.direction}
        acts = [*acts, Act("call.ended", "customer", call.customer_id, data)]
    actor = SYSTEM
    if call.identified_at is not None and call.customer is not None and call.ended_at is None:
        actor = audit.Actor("customer", call.customer.name, call.customer.pk)
    audit.log(entity_id=call.entity_id, actor=actor, at=at, acts=acts)
