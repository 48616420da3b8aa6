"""Cases on their process: what happened is told to the engine, and what it asks for is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Count, QuerySet

from concilia.cases.actions.approvals import resume_seats
from concilia.cases.actions.histories import keep_road, keep_times
from concilia.cases.actions.informing import inform
from concilia.cases.actions.processes import process_row_for
from concilia.cases.actions.step_notices import tell_of_step
from concilia.cases.actions.steps import NewStep, open_step
from concilia.cases.core.forecast import road_of
from concilia.cases.core.process.codec import to_data
from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.engine import advance, start
from concilia.cases.core.process.model import Definition, Holder, Kind, Who, WhoKind
from concilia.cases.core.process.model import Step as ProcessStep
from concilia.cases.core.process.state import (
    Do,
    Effect,
    Event,
    EventRefused,
    FactsChanged,
    State,
    StepDone,
)
from concilia.cases.events import ThirdPartyWanted
from concilia.cases.models import Case, ProcessDefinition, Step
from concilia.cases.queries.processes import (
    Standing,
    definition_for,
    definition_of,
    standing_of,
)
from concilia.foundation import events
from concilia.identity.models import Membership
from concilia.kernel.deadlines import Unit

# What people find in their list as something to answer. Papers are asked for by the verdict, which
# knows what is missing; all else has a place of its own on the pages.
ASKED_IN_LISTS: Final = frozenset({Kind.FORM, Kind.ASK_CUSTOMER, Kind.ASK_THIRD})


@dataclass(frozen=True, slots=True)
class Begun:
    """Where a new case begins on its process; nothing where it follows none."""

    row: ProcessDefinition | None = None
    data: dict[str, Any] | None = None
    effects: tuple[Effect, ...] = ()

    def ask(self, case: Case, at: datetime) -> None:
        """Put the first steps into people's lists."""
        if self.row is not None:
            _carry_out(case, definition_of(self.row.text), list(self.effects), at)


def begin_processes(*, entity_id: int, facts: Sequence[Facts], at: datetime) -> list[Begun]:
    """
    Where new cases begin, inside the caller's transaction; one query for each reason among them.

    A case without a reason follows no process.
    """
    rows = {
        reason: process_row_for(entity_id=entity_id, reason=reason, at=at)
        for reason in {one.reason for one in facts} - {""}
    }
    return [_begun(rows[one.reason], one, at) if one.reason else Begun() for one in facts]


def _begun(row: ProcessDefinition, facts: Facts, at: datetime) -> Begun:
    state, effects = start(definition_of(row.text), facts, at)
    return Begun(row, to_data(state), effects)


def tell_process(*, case: Case, events: tuple[Event, ...], at: datetime) -> None:
    """
    Tell a case's process what happened, inside the caller's transaction, in order.

    What does not fit where the case stands is passed over: the acts of the claim have rules of
    their own. Nothing happens to a case older than processes.
    """
    assert connection.in_atomic_block, "a process goes on with what brings it on"
    standing = _standing_now(case)
    if standing is None:
        return
    state = standing.state
    effects: list[Effect] = []
    definition = standing.definition
    for event in events:
        if isinstance(event, FactsChanged) and _is_of_others(definition, event.facts):
            definition, state, done = _begin_anew(case, event.facts, state, at)
        else:
            try:
                state, done = advance(definition, state, event, at)
            except EventRefused:
                continue
        effects += done
    keep_standing(case, definition, state, at, effects)


def tell_or_refuse(*, case: Case, event: Event, at: datetime) -> None:
    """
    Tell a case's process what people are about to do.

    :raises EventRefused: if the process does not allow it, for example once too often
    """
    standing = _standing_now(case)
    if standing is not None:
        state, effects = advance(standing.definition, standing.state, event, at)
        keep_standing(case, standing.definition, state, at, list(effects))


def facts_known(case: Case) -> Facts | None:
    """What a case's process knows of it now; None for one older than processes."""
    standing = _standing_now(case)
    return standing.state.facts if standing else None


def answered(*, step: Step, at: datetime, outcome: str = "") -> None:
    """
    Tell the process that a step of it, answered from somebody's list, is done.

    Signatures that waited for the answer get their time back.

    :param outcome: of a form with several, what was chosen; empty for the usual one
    """
    resume_seats(step=step, at=at)
    standing = _standing_now(step.case)
    if standing is None or not step.place:
        return
    if step.place in {one.step for one in standing.state.open}:
        usual = standing.definition.step(step.place).ways[0].outcome
        tell_process(case=step.case, events=(StepDone(step.place, outcome or usual),), at=at)


def papers_asked_of(*, case: Case, reason: str) -> dict[str, ProcessStep]:
    """
    The papers our own people are asked for, by kind of evidence.

    What only the customer has, the owner of the case asks for, with a letter.
    """
    standing = standing_of(case)
    definition = (
        standing.definition if standing else definition_for(entity_id=case.entity_id, reason=reason)
    )
    return {
        step.code: step
        for step in definition.steps
        if step.kind is Kind.EVIDENCE and step.clock is not Holder.CUSTOMER
    }


def new_step_of(*, case: Case, step: ProcessStep, kind: str, question: str = "") -> NewStep:
    """What a step of the process asks of whom until when, as a row of somebody's list."""
    department, assignee = whom(case=case, who=step.who)
    within = step.within
    is_hours = within is not None and within.unit is Unit.HOURS
    n = 0 if within is None else within.n
    return NewStep(
        kind=kind,
        department=department,
        assignee=assignee,
        evidence=step.code,
        question=question,
        days=max(1, n),
        hours=n if is_hours else 0,
        place=step.id,
    )


def whom(*, case: Case, who: Who | None) -> tuple[str, Membership | None]:
    """
    The department and the person a step goes to; the case's own where nobody is found.

    Who is named but left, and roles nobody has, leave the step with the owner of the case: somebody
    holds the ball.
    """
    if who is None or who.kind in {WhoKind.OWNER, WhoKind.SYSTEM, WhoKind.MATRIX}:
        return case.department, case.owner
    if who.kind is WhoKind.DEPARTMENT:
        return who.name, None
    members = Membership.objects.filter(entity=case.entity_id, is_active=True)
    found: Membership | None
    if who.kind is WhoKind.ACCOUNT:
        found = case.customer.account_manager
    elif who.kind is WhoKind.PERSON:
        found = members.filter(user__email__iexact=who.name).first()
    elif who.kind is WhoKind.ROLE:
        found = _least_loaded(members.filter(role=who.name))
    else:
        return who.name, _least_loaded(members.filter(department=who.name))
    if found is None:
        return case.department, case.owner
    return found.department, found


def _least_loaded(members: QuerySet[Membership]) -> Membership | None:
    open_steps = dict(
        Step.objects.filter(assignee__in=members, state=Step.State.OPEN)
        .order_by()
        .values_list("assignee")
        .annotate(n=Count("pk"))
    )
    return min(members.order_by("pk"), key=lambda one: open_steps.get(one.pk, 0), default=None)


def _standing_now(case: Case) -> Standing | None:
    """
    Where a case stands, read anew: whoever waited for the claim's lock has an old row in hand.

    Its row is locked: the clock run moves it as well, and knows nothing of claims.
    """
    rows = Case.objects.select_for_update(of=("self",), no_key=True).select_related("process")
    fresh = rows.only("process", "process_state").get(pk=case.pk)
    case.process, case.process_state = fresh.process, fresh.process_state
    return standing_of(case)


def _is_of_others(definition: Definition, facts: Facts) -> bool:
    """Whether a claim's reason has become one this process does not speak of."""
    return bool(facts.reason) and facts.reason not in definition.reasons


def _begin_anew(
    case: Case, facts: Facts, before: State, at: datetime
) -> tuple[Definition, State, tuple[Effect, ...]]:
    """Go on by the process of the new reason; what was open of the old one is over."""
    row = process_row_for(entity_id=case.entity_id, reason=facts.reason, at=at)
    case.process = row
    definition = definition_of(row.text)
    state, effects = start(definition, facts, at)
    closed = tuple(Effect(Do.CLOSE, one.step, "cancelled") for one in before.open)
    return definition, state, (*closed, *effects)


def keep_standing(
    case: Case, definition: Definition, state: State, at: datetime, effects: list[Effect]
) -> None:
    """Write where a case stands, and do what the engine asks for, in the caller's transaction."""
    data = to_data(state)
    if data != case.process_state:
        keep_times(case=case, before=case.process_state, state=state, at=at)
        case.process_state = data
        case.save(update_fields=["process", "process_state"])
        keep_road(case_id=case.pk, road=road_of(definition, state))
    _carry_out(case, definition, effects, at)


def show_steps(
    *, case: Case, definition: Definition, effects: Sequence[Effect], at: datetime
) -> None:
    """
    Put what these effects open into people's lists, inside the caller's transaction; papers too.
    """
    assert connection.in_atomic_block, "steps open with what needs them"
    _carry_out(case, definition, list(effects), at)
    asked = {effect.step for effect in effects if effect.do is Do.OPEN}
    for step in definition.steps:
        is_ours = step.kind is Kind.EVIDENCE and step.clock is not Holder.CUSTOMER
        if is_ours and step.id in asked:
            new = new_step_of(case=case, step=step, kind="evidence")
            tell_of_step(step=open_step(case=case, step=new, at=at), asked=step, at=at)


def _carry_out(case: Case, definition: Definition, effects: list[Effect], at: datetime) -> None:
    for effect in effects:
        if effect.do is Do.CLOSE:
            rows = case.steps.filter(place=effect.step, kind="question", state=Step.State.OPEN)
            rows.update(state=Step.State.CANCELLED)
    for step in _to_ask(definition, effects):
        words = step.titles.get(case.entity.language) or next(iter(step.titles.values()), "")
        how = step.instructions.get(case.entity.language, "")
        question = "\n".join(part for part in (words, how, ", ".join(step.fields)) if part)
        new = new_step_of(case=case, step=step, kind="question", question=question or step.id)
        opened = open_step(case=case, step=new, at=at)
        if step.kind is Kind.ASK_THIRD:
            events.record(ThirdPartyWanted(opened.pk))  # who has it hears if nobody can be asked
        else:
            tell_of_step(step=opened, asked=step, at=at)
    inform(case=case, definition=definition, effects=effects, at=at)


def _to_ask(definition: Definition, effects: list[Effect]) -> Iterator[ProcessStep]:
    """What these effects leave open of what people find in their lists."""
    opened: dict[str, bool] = {}
    for effect in effects:
        if effect.do in {Do.OPEN, Do.CLOSE}:
            opened[effect.step] = effect.do is Do.OPEN
    for name, is_open in opened.items():
        if is_open and any(step.id == name for step in definition.steps):
            step = definition.step(name)
            if step.kind in ASKED_IN_LISTS:
                yield step
