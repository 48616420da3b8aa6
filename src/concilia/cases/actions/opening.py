from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import F

from concilia.cases.actions.clocks import end_stop, stops_of
from concilia.cases.actions.running import begin_processes
from concilia.cases.core.process.conditions import Facts
from concilia.cases.models import Case, CaseClock
from concilia.cases.queries.calendars import clock_of
from concilia.customers.models import Customer
from concilia.foundation.rows import insert_rows
from concilia.identity.models import Entity, Membership
from concilia.kernel.deadlines import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """
    A case about to be opened, with the business days its deadline gives.

    `facts`: what is known of it; its reason says which process it follows, none without a reason.
    """

    customer: Customer
    department: str
    owner: Membership | None
    sla_days: int
    facts: Facts = field(default_factory=Facts)


def create_case(
    *,
    customer: Customer,
    department: str,
    owner: Membership | None,
    sla_days: int,
    at: datetime,
) -> Case:
    """
    Open a case inside the caller's transaction, with the entity's next number and its deadline.

    The deadline counts business days in the department's calendar (domain.md §8.5).
    """
    new = NewCase(customer=customer, department=department, owner=owner, sla_days=sla_days)
    [case] = create_cases(entity_id=customer.entity_id, cases=[new], at=at)
    return case


def create_cases(*, entity_id: int, cases: Sequence[NewCase], at: datetime) -> list[Case]:
    """Open cases of one entity inside the caller's transaction, in three statements for all."""
    assert connection.in_atomic_block, "a case opens with what it is about"
    entity = Entity.objects.select_for_update(no_key=True).get(pk=entity_id)
    Entity.objects.filter(pk=entity.pk).update(next_case_number=F("next_case_number") + len(cases))
    due = {
        (team, days): clock_of(entity, team).deadline(at, days, Unit.BUSINESS_DAYS).due
        for team, days in {(one.department, one.sla_days) for one in cases}
    }
    begun = begin_processes(entity_id=entity_id, facts=[one.facts for one in cases], at=at)
    rows = insert_rows(
        [
            Case(
                entity=entity,
                number=f"CLM-{number:04d}",
                customer=one.customer,
                department=one.department,
                owner=one.owner,
                language=one.customer.language,
                sla_days=one.sla_days,
                opened_at=at,
                due_at=due[one.department, one.sla_days],
                process=begin.row,
                process_state=begin.data,
            )
            for number, (one, begin) in enumerate(
                zip(cases, begun, strict=True), start=entity.next_case_number
            )
        ]
    )
    for case, begin in zip(rows, begun, strict=True):
        begin.ask(case, at)
    return rows


def close_case(*, case: Case, at: datetime) -> None:
    """Close a case inside the caller's transaction and keep its net working time."""
    assert connection.in_atomic_block, "a case closes with what it is about"
    end_stop(case, at)
    clock = clock_of(case.entity, case.department)
    seconds = clock.working_seconds(case.opened_at, at, stops_of(case, at))
    case.closed_at = at
    case.net_minutes = seconds // 60
    case.save(update_fields=["closed_at", "net_minutes"])
    case.steps.filter(state="OPEN").update(state="CANCELLED")


def reopen_case(*, case: Case, at: datetime) -> None:
    """Open a closed case again inside the caller's transaction; its days start anew."""
    assert connection.in_atomic_block, "a case reopens with what it is about"
    case.closed_at, case.net_minutes, case.restarted_at = None, None, at
    clock = clock_of(case.entity, case.department)
    case.due_at = clock.deadline(at, case.sla_days, Unit.BUSINESS_DAYS).due
    case.save(update_fields=["closed_at", "net_minutes", "restarted_at", "due_at"])
    CaseClock.objects.filter(case=case).update(told_percent=0, is_late_likely=False)
