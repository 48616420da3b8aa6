"""Steps that only tell somebody: a notice to whoever they name, once for each life of a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from concilia.cases.actions.notices import NewNotice, record_notices
from concilia.cases.core.process.model import Definition
from concilia.cases.core.process.model import Step as ProcessStep
from concilia.cases.core.process.state import Do, Effect
from concilia.cases.models import Case, NoticeKind
from concilia.cases.queries.informed import informed_of


def inform(*, case: Case, definition: Definition, effects: Sequence[Effect], at: datetime) -> int:
    """
    Tell whomever the steps passed just now name, inside the caller's transaction.

    A step that is passed again, in a loop or by a job begun anew, is not told again; a reopened
    case tells anew.

    :return: how many notices were new
    """
    assert connection.in_atomic_block, "people are told with the step that tells them"
    names = dict.fromkeys(effect.step for effect in effects if effect.do is Do.INFORM)
    if not names:
        return 0
    notices = [one for name in names for one in _notices(case, definition.step(name), at)]
    return record_notices(entity_id=case.entity_id, notices=notices, at=at)


def _notices(case: Case, step: ProcessStep, at: datetime) -> Iterator[NewNotice]:
    begun = int(case.started_at.timestamp())
    for person in sorted(informed_of(case=case, who=step.who, at=at)):
        yield NewNotice(
            person_id=person,
            kind=NoticeKind.INFORMED,
            key=f"inform:{case.pk}:{step.id}:{begun}",
            case_id=case.pk,
            facts=_facts(case, step),
        )


def _facts(case: Case, step: ProcessStep) -> dict[str, Any]:
    """A step's name is for whoever writes processes; people are told its title, if it has one."""
    return {
        "number": case.number,
        "step": step.id if step.titles else "",
        "titles": dict(step.titles),
        "how": dict(step.instructions),
    }
