"""What a process wants asked of outsiders: whoever asks them hands the step over to them."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db import connection

from concilia.cases.actions.steps import NewStep, due_of
from concilia.cases.core.process.model import Kind
from concilia.cases.core.process.model import Step as ProcessStep
from concilia.cases.models import Case, Step
from concilia.cases.queries.processes import standing_of
from concilia.kernel.deadlines import Unit

ASKED: Final = MappingProxyType({"customer": Kind.ASK_CUSTOMER, "third": Kind.ASK_THIRD})


def wanted_of(*, case: Case, holder: str) -> Step | None:
    """The open step in our list with which the process wants outsiders asked; None without one."""
    standing = standing_of(case)
    if standing is None or holder not in ASKED:
        return None
    kinds = {step.id: step.kind for step in standing.definition.steps}
    rows = case.steps.filter(state=Step.State.OPEN, kind="question", holder="us", place__gt="")
    return next((row for row in rows if kinds.get(row.place) is ASKED[holder]), None)


def asks_outsiders(step: Step) -> bool:
    """Whether a step in our list is to ask outsiders: that is done at the desk, not answered."""
    standing = standing_of(step.case) if step.place else None
    if standing is None:
        return False
    kinds = {one.id: one.kind for one in standing.definition.steps}
    return kinds.get(step.place) in ASKED.values()


def hand_out(*, case: Case, step: Step, new: NewStep, at: datetime) -> Step:
    """
    Give such a step to the outsiders who are asked now, inside the caller's transaction.

    It is theirs from now on, for as long as the process gives them; their answer ends it.
    """
    assert connection.in_atomic_block, "a step is handed out with the question that does so"
    within = asked_with(step).within
    days = new.days if within is None or within.unit is Unit.HOURS else within.n
    step.holder, step.evidence = new.holder, new.evidence
    step.question = new.question or step.question
    step.assignee, step.opened_at, step.told_percent = None, at, 0
    step.due_at = due_of(case, NewStep(kind=step.kind, department=step.department, days=days), at)
    step.save(
        update_fields=[
            "holder", "evidence", "question", "assignee", "opened_at", "told_percent", "due_at",
        ]
    )  # fmt: skip
    return step


def asked_with(step: Step) -> ProcessStep:
    """The step of the process that a row of somebody's list stands for."""
    standing = standing_of(step.case)
    assert standing is not None, "a step of a process has one"
    return standing.definition.step(step.place)
