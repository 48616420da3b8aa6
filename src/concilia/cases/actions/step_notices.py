"""Whoever a step of a process is given to hears of it: once, and who stands in for them besides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from concilia.cases.actions.notices import NewNotice, record_notices
from concilia.cases.core.process.model import Step as ProcessStep
from concilia.cases.models import NoticeKind, Step
from concilia.cases.queries.office import office_on, today_of

OURS = "us"


def tell_of_step(*, step: Step, asked: ProcessStep, at: datetime) -> int:
    """
    Tell whoever a step was given to by a process that it is theirs, inside the caller's
    transaction. What nobody was given stands in the department's list; nobody is told.

    :param asked: what the process says of it
    :return: how many notices were new
    """
    assert connection.in_atomic_block, "people are told with the step that opens"
    if step.assignee_id is None or step.holder != OURS or step.state != Step.State.OPEN:
        return 0
    entity = step.case.entity
    office = office_on(entity_id=entity.pk, on=today_of(entity, at))
    people = {step.assignee_id, office.deputy_of(step.assignee_id)} - {None}
    notices = [
        NewNotice(
            person_id=person,
            kind=NoticeKind.STEP,
            key=f"step:{step.pk}:asked",
            case_id=step.case_id,
            facts=_facts(step, asked),
        )
        for person in sorted(one for one in people if one is not None)
    ]
    return record_notices(entity_id=entity.pk, notices=notices, at=at)


def _facts(step: Step, asked: ProcessStep) -> dict[str, Any]:
    return {
        "number": step.case.number,
        "question": step.pk,
        "step": asked.id if asked.titles or asked.code else "",
        "code": asked.code,
        "titles": dict(asked.titles),
        "how": dict(asked.instructions),
    }
