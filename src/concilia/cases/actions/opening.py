from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import F

from concilia.cases.models import Case, ClockStop
from concilia.customers.models import Customer
from concilia.foundation.rows import insert_rows
from concilia.identity.models import Entity, Membership
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.deadlines import SlaClock, Unit
from concilia.kernel.holidays import CalendarUnknown

FALLBACK_CALENDAR = "TARGET"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case about to be opened, with the business days its deadline gives."""

    customer: Customer
    department: str
    owner: Membership | None
    sla_days: int


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

    The deadline counts business days in the entity's calendar (domain.md §8.5).
    """
    new = NewCase(customer=customer, department=department, owner=owner, sla_days=sla_days)
    [case] = create_cases(entity_id=customer.entity_id, cases=[new], at=at)
    return case


def create_cases(*, entity_id: int, cases: Sequence[NewCase], at: datetime) -> list[Case]:
    """Open cases of one entity inside the caller's transaction, in three statements for all."""
    assert connection.in_atomic_block, "a case opens with what it is about"
    entity = Entity.objects.select_for_update(no_key=True).get(pk=entity_id)
    Entity.objects.filter(pk=entity.pk).update(next_case_number=F("next_case_number") + len(cases))
    clock = clock_of(entity)
    due = {
        days: clock.deadline(at, days, Unit.BUSINESS_DAYS).due
        for days in {one.sla_days for one in cases}
    }
    return insert_rows(
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
                due_at=due[one.sla_days],
            )
            for number, one in enumerate(cases, start=entity.next_case_number)
        ]
    )


def clock_of(entity: Entity) -> SlaClock:
    """The entity's working clock; euro settlement days where its country has no calendar here."""
    zone = ZoneInfo(entity.timezone)
    try:
        return SlaClock(BusinessCalendar(entity.country), zone)
    except CalendarUnknown:
        return SlaClock(BusinessCalendar(FALLBACK_CALENDAR), zone)


def stop_clock(*, case: Case, why: str, at: datetime) -> None:
    """
    Stop a case's clock inside the caller's transaction: others hold the ball (domain.md §2.2).

    A clock that stands already keeps standing, for the new reason from now on.
    """
    assert connection.in_atomic_block, "a clock stops with the question that stops it"
    standing = ClockStop.objects.filter(case=case, ended_at=None).first()
    if standing and standing.why == why:
        return
    _end_stop(case, at)
    ClockStop.objects.create(case=case, why=why, started_at=at)


def resume_clock(*, case: Case, at: datetime) -> None:
    """Let a case's clock run again, inside the caller's transaction; the deadline moves with it."""
    assert connection.in_atomic_block, "a clock resumes with the answer that resumes it"
    if not _end_stop(case, at):
        return
    entity = case.entity
    stops = _stops(case, at)
    case.due_at = (
        clock_of(entity).deadline(case.opened_at, case.sla_days, Unit.BUSINESS_DAYS, stops).due
    )
    case.save(update_fields=["due_at"])


def close_case(*, case: Case, at: datetime) -> None:
    """Close a case inside the caller's transaction and keep its net working time."""
    assert connection.in_atomic_block, "a case closes with what it is about"
    _end_stop(case, at)
    seconds = clock_of(case.entity).working_seconds(case.opened_at, at, _stops(case, at))
    case.closed_at = at
    case.net_minutes = seconds // 60
    case.save(update_fields=["closed_at", "net_minutes"])
    case.steps.filter(state="OPEN").update(state="CANCELLED")


def reopen_case(*, case: Case, at: datetime) -> None:
    """Open a closed case again inside the caller's transaction; its days start anew."""
    assert connection.in_atomic_block, "a case reopens with what it is about"
    case.closed_at, case.net_minutes = None, None
    case.due_at = clock_of(case.entity).deadline(at, case.sla_days, Unit.BUSINESS_DAYS).due
    case.save(update_fields=["closed_at", "net_minutes", "due_at"])


def _end_stop(case: Case, at: datetime) -> int:
    # An answer in the same second as the question still ends after it began.
    stops = ClockStop.objects.filter(case=case, ended_at=None)
    return sum(
        ClockStop.objects.filter(pk=stop.pk).update(
            ended_at=max(at, stop.started_at + timedelta(microseconds=1))
        )
        for stop in stops
    )


def _stops(case: Case, at: datetime) -> list[tuple[datetime, datetime]]:
    rows = ClockStop.objects.filter(case=case).values_list("started_at", "ended_at")
    return [(started, ended or at) for started, ended in rows]
