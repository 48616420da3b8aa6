from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max

from concilia.cases.actions.opening import clock_of
from concilia.cases.models import Case, Step
from concilia.identity.models import Membership
from concilia.kernel.deadlines import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """
    Something somebody has to do.

    :param kind: `evidence`, `question`, `approval`, `qualify`, `notify`
    :param holder: `us`, `customer` or `third`
    :param days: business days until it is due
    """

    kind: str
    department: str = ""
    assignee: Membership | None = None
    evidence: str = ""
    holder: str = "us"
    question: str = ""
    days: int = 2


def open_step(*, case: Case, step: NewStep, at: datetime) -> Step:
    """Add a step to a case inside the caller's transaction; an equal open step is kept instead."""
    assert connection.in_atomic_block, "a step opens with what needs it"
    same = case.steps.filter(
        state=Step.State.OPEN, kind=step.kind, evidence=step.evidence, holder=step.holder
    )
    if step.evidence and (open_already := same.first()):
        return open_already
    last = case.steps.aggregate(last=Max("n"))["last"] or 0
    due = clock_of(case.entity).deadline(at, step.days, Unit.BUSINESS_DAYS).due
    return Step.objects.create(
        case=case,
        n=last + 1,
        kind=step.kind,
        evidence=step.evidence,
        department=step.department,
        assignee=step.assignee,
        holder=step.holder,
        question=step.question,
        opened_at=at,
        due_at=due,
    )


def finish_steps(
    *, case: Case, evidence: str, member: Membership | None, at: datetime, answer: str = ""
) -> int:
    """Close the open steps of a case that waited for this evidence; returns how many did."""
    assert connection.in_atomic_block, "a step ends with the act that ends it"
    return case.steps.filter(state=Step.State.OPEN, evidence=evidence).update(
        state=Step.State.DONE, done_at=at, done_by=member, answer=answer
    )
