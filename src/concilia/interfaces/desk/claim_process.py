"""Where a claim stands in the process of its case: what is open, with whom, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from concilia.cases.actions import clock_of
from concilia.cases.core.process.model import Kind, Step, WhoKind
from concilia.cases.core.process.state import UNANSWERED, OpenStep
from concilia.cases.models import Case
from concilia.cases.queries.processes import Standing, standing_of
from concilia.interfaces.desk.process_route import icon_of
from concilia.interfaces.desk.process_words import process_title, step_title, who_words

# What the chain of signatures and the ERP show in a row of their own.
SHOWN_ELSEWHERE: Final = frozenset(
    {Kind.VERDICT, Kind.PROPOSE, Kind.APPROVAL, Kind.POST, Kind.NOTIFY, Kind.ROOT_CAUSE}
)

OF_A_TEAM: Final = frozenset({WhoKind.DEPARTMENT, WhoKind.LEAST_LOADED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A step of the process that is open or over; `due_at` is empty where nobody is waited for."""

    title: str
    who: str
    icon: str
    is_open: bool
    is_done: bool
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessShown:
    """The process of a case: its name, the steps that are open, and the last one, if it has one."""

    key: str
    title: str
    version: int
    turns: Sequence[Turn]
    cause: Turn | None


def process_shown(case: Case) -> ProcessShown | None:
    """Where a case stands; None for one older than processes."""
    standing = standing_of(case)
    if standing is None:
        return None
    definition = standing.definition
    waiting = [(one, definition.step(one.step)) for one in standing.state.open]
    causes = [step for step in definition.steps if step.kind is Kind.ROOT_CAUSE]
    return ProcessShown(
        key=definition.key,
        title=process_title(definition),
        version=standing.version,
        turns=[
            _turn(case, standing, step, one)
            for one, step in waiting
            if step.kind not in SHOWN_ELSEWHERE
        ],
        cause=_turn(case, standing, causes[-1], _open(standing, causes[-1])) if causes else None,
    )


def _open(standing: Standing, step: Step) -> OpenStep | None:
    return next((one for one in standing.state.open if one.step == step.id), None)


def _turn(case: Case, standing: Standing, step: Step, waiting: OpenStep | None) -> Turn:
    ends = [one.outcome for one in standing.state.passed if one.step == step.id]
    due = None
    if waiting is not None and step.within is not None:
        within = step.within
        team = step.who.name if step.who and step.who.kind in OF_A_TEAM else case.department
        due = clock_of(case.entity, team).deadline(waiting.at, within.n, within.unit).due
    return Turn(
        title=step_title(step),
        who=who_words(step.who),
        icon=icon_of(step),
        is_open=waiting is not None,
        is_done=waiting is None and bool(ends) and ends[-1] not in UNANSWERED,
        due_at=due,
    )
