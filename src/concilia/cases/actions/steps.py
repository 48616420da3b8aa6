from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max, Q

from concilia.cases.models import Case, Step
from concilia.cases.queries.calendars import clock_of
from concilia.documents.models import Document
from concilia.identity.models import Membership
from concilia.kernel.deadlines import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """
    Something somebody has to do.

    :param kind: `evidence`, `read`, `question`, `approval`, `qualify`, `notify`
    :param holder: `us`, `customer` or `third`
    :param days: business days until it is due
    :param hours: working hours until it is due, instead of days
    :param place: the step of the case's process this is; empty for what people ask
    """

    kind: str
    department: str = ""
    assignee: Membership | None = None
    evidence: str = ""
    holder: str = "us"
    question: str = ""
    days: int = 2
    hours: int = 0
    place: str = ""


def open_step(*, case: Case, step: NewStep, at: datetime) -> Step:
    """Add a step to a case inside the caller's transaction; an equal open step is kept instead."""
    assert connection.in_atomic_block, "a step opens with what needs it"
    same = case.steps.filter(
        state=Step.State.OPEN, kind=step.kind, evidence=step.evidence, holder=step.holder
    )
    if step.evidence and (open_already := same.first()):
        return open_already
    last = case.steps.aggregate(last=Max("n"))["last"] or 0
    due = due_of(case, step, at)
    return Step.objects.create(
        case=case,
        n=last + 1,
        kind=step.kind,
        place=step.place,
        evidence=step.evidence,
        department=step.department,
        assignee=step.assignee,
        holder=step.holder,
        question=step.question,
        opened_at=at,
        due_at=due,
    )


def due_of(case: Case, step: NewStep, at: datetime) -> datetime:
    """When a step is due, in the calendar of whoever has it; in hours where the process says so."""
    clock = clock_of(case.entity, step.department or case.department)
    if step.hours:
        return clock.deadline(at, step.hours, Unit.HOURS).due
    return clock.deadline(at, step.days, Unit.BUSINESS_DAYS).due


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    What ends a step: a member's doing, a stranger's words, a paper; each may be missing.

    :param holders: who answers; what was asked of them without naming a paper is answered, too
    """

    member: Membership | None = None
    text: str = ""
    document: Document | None = None
    holders: Collection[str] = ()


def finish_steps(*, case: Case, evidence: Collection[str], answer: Answer, at: datetime) -> int:
    """
    Close the open steps of a case that waited for one of these papers, or for who answers.

    :return: how many did
    """
    assert connection.in_atomic_block, "a step ends with the act that ends it"
    waited = Q(evidence__in=evidence)
    if answer.holders:
        waited |= Q(kind="question", holder__in=answer.holders)
    # What the process asks of our own people is answered by whoever it asks, one by one.
    return (
        case.steps.filter(waited, state=Step.State.OPEN)
        .exclude(kind="question", evidence="", place__gt="", holder="us")
        .update(
            state=Step.State.DONE,
            done_at=at,
            done_by=answer.member,
            answer=answer.text,
            answered_with=answer.document,
        )
    )


def reopen_steps(*, case: Case, documents: Collection[int]) -> list[Step]:
    """
    Open again what these documents had fulfilled: they were taken back.

    What was read in them is not: there is nothing to read any more.
    """
    assert connection.in_atomic_block, "a step opens again with the act that spoils its answer"
    done = case.steps.filter(state=Step.State.DONE, answered_with__in=documents)
    rows = list(done.exclude(kind="read"))
    case.steps.filter(pk__in=[row.pk for row in rows]).update(
        state=Step.State.OPEN, done_at=None, done_by=None, answer="", answered_with=None
    )
    return rows
