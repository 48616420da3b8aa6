"""A running case on another version of its process, and its steps in people's lists with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from concilia.cases.actions.clocks import clock_of
from concilia.cases.actions.running import new_step_of, show_steps
from concilia.cases.core.process.codec import to_data
from concilia.cases.core.process.migrating import Moves
from concilia.cases.core.process.model import Definition
from concilia.cases.core.process.state import Do, Effect
from concilia.cases.models import Case, MovedCase, ProcessDefinition, Step
from concilia.cases.queries.processes import definition_of
from concilia.kernel.deadlines import Unit

Kept = list[list[Any]]


def put_on_version(
    *, case: Case, row: ProcessDefinition, found: Moves, at: datetime
) -> tuple[dict[str, Any], Kept]:
    """
    Put a case on another version inside the caller's transaction.

    Steps that stay open go to whom the new version names, by when it says; those that are over are
    asked of nobody any more; new ones are asked.

    :return: the state it has now, and the rows of its open steps as they were
    """
    assert connection.in_atomic_block, "a case and its steps go together"
    before = _rows(case)
    definition = definition_of(row.text)
    case.process, case.process_state = row, to_data(found.state)
    case.save(update_fields=["process", "process_state"])
    case.steps.filter(place__in=found.closed, state=Step.State.OPEN).update(
        state=Step.State.CANCELLED
    )
    _hand_on(case, definition, found.kept)
    opened = [Effect(Do.OPEN, name) for name in found.opened]
    show_steps(case=case, definition=definition, effects=opened, at=at)
    return case.process_state, before


def put_back(*, moved: MovedCase, row: ProcessDefinition) -> bool:
    """
    Put a case back where it stood, inside the caller's transaction; False if it went on since.
    """
    assert connection.in_atomic_block, "a case and its steps go together"
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=moved.case_id)
    if case.process_state != moved.after or case.process_id == row.pk:
        return False
    case.process, case.process_state = row, moved.before
    case.save(update_fields=["process", "process_state"])
    known = [pk for pk, *_values in moved.steps]
    case.steps.filter(state=Step.State.OPEN).exclude(place="").exclude(pk__in=known).update(
        state=Step.State.CANCELLED
    )
    for pk, state, department, assignee, due in moved.steps:
        case.steps.filter(pk=pk).exclude(state=Step.State.DONE).update(
            state=state,
            department=department,
            assignee=assignee,
            due_at=datetime.fromisoformat(due) if due else None,
        )
    return True


def _rows(case: Case) -> Kept:
    open_steps = case.steps.filter(state=Step.State.OPEN).exclude(place="").order_by("pk")
    return [
        [one.pk, one.state, one.department, one.assignee_id, one.due_at and one.due_at.isoformat()]
        for one in open_steps
    ]


def _hand_on(case: Case, definition: Definition, kept: Sequence[str]) -> None:
    """Who has a step that stays, and by when, as the new version says; its time began long ago."""
    clock = clock_of(case.entity)
    for row in case.steps.filter(place__in=kept, state=Step.State.OPEN):
        new = new_step_of(case=case, step=definition.step(row.place), kind=row.kind)
        row.department, row.assignee = new.department, new.assignee
        row.due_at = clock.deadline(row.opened_at, new.days, Unit.BUSINESS_DAYS).due
        row.save(update_fields=["department", "assignee", "due_at"])
