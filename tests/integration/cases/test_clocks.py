"""The clock run: it reminds, tells those above, hands over, and never decides."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_team

from concilia.cases.actions import clock_of, set_calendar
from concilia.cases.actions.clock_run import tell_of_cases
from concilia.cases.core.calendars import TypedCalendar
from concilia.cases.models import ApprovalRequest, Case, CaseClock, ClockStop, Notice, StepTime
from concilia.cases.queries.clocks import House, open_cases
from concilia.cases.queries.processes import standing_of
from concilia.foundation.models import AuditEntry
from concilia.identity.models import Absence
from concilia.interfaces.worker.clocks import run_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


@pytest.fixture
def claim(world):
    """Twelve pieces missing, told on 19 November at one in Rome; eight working days."""
    _entity, customer, team = world
    return a_claim(team["giulia"], an_invoice(customer))


def run(entity, at):
    entity.refresh_from_db()
    run_clock(House(entity, at), at=at)


def told(team, since=0):
    """Who was told what of the case, by name."""
    names = {member.pk: name for name, member in team.items()}
    rows = Notice.objects.filter(pk__gt=since, key__startswith="case:").order_by("pk")
    return [(names[row.person_id], row.kind, row.facts["percent"]) for row in rows]


def at_percent(claim, percent):
    """The moment at which so much of the working time is gone."""
    case = Case.objects.get(pk=claim.case_id)
    clock = clock_of(case.entity, case.department)
    wanted = clock.working_time(case.opened_at, case.due_at) * percent / 100
    return clock._worked(case.opened_at, wanted, []) + timedelta(minutes=1)


class TestCases:
    def test_reminded_then_late_then_up_the_ladder(self, world, claim):
        entity, _customer, team = world
        for percent in (49, 50, 80, 100, 120, 200):
            run(entity, at_percent(claim, percent))

        assert told(team) == [
            ("giulia", "reminder", 50),
            ("giulia", "reminder", 80),
            ("giulia", "late", 100),
            ("davide", "escalation", 100),
            ("giulia", "late", 120),
            ("carla", "escalation", 120),
            ("giulia", "late", 200),
            ("carla", "escalation", 200),
        ]

    def test_run_twice_nothing_is_said_twice(self, world, claim):
        entity, _customer, _team = world
        for _ in range(2):
            run(entity, at_percent(claim, 130))
        before = Notice.objects.count()
        CaseClock.objects.update(told_percent=0)  # as if it had been killed before it kept that
        run(entity, at_percent(claim, 130))
        assert Notice.objects.count() == before

    def test_while_the_clock_stands_nobody_is_reminded(self, world, claim):
        entity, _customer, _team = world
        ClockStop.objects.create(case_id=claim.case_id, why="customer", started_at=NOON)
        run(entity, at_percent(claim, 300))
        assert not Notice.objects.filter(key__startswith="case:").exists()

    def test_a_team_that_rests_is_not_late(self, world, claim):
        entity, _customer, _team = world
        admin = a_member(entity, "Sara Costa", role="admin")
        days = "\n".join(f"2026-11-{day} Flood" for day in range(20, 31))
        moment = at_percent(claim, 60)
        set_calendar(department="LOG", typed=TypedCalendar(days=days), by=admin, at=NOON)
        run(entity, moment)
        assert not Notice.objects.filter(key__startswith="case:").exists()

    def test_who_is_away_is_stood_in_for(self, world, claim):
        entity, _customer, team = world
        Absence.objects.create(
            entity=entity, member=team["davide"], delegate=team["marco"],
            starts_date=date(2026, 11, 1), ends_date=date(2026, 12, 31),
        )  # fmt: skip
        run(entity, at_percent(claim, 110))
        assert ("marco", "escalation", 100) in told(team)

    def test_a_closed_case_is_left_alone_even_if_it_closed_meanwhile(self, world, claim):
        entity, _customer, _team = world
        at = at_percent(claim, 110)
        rows = open_cases(entity_id=entity.pk, after=0)
        Case.objects.filter(pk=claim.case_id).update(closed_at=NOON)
        CaseClock.objects.all().delete()
        tell_of_cases(house=House(entity, at), rows=rows, at=at)
        assert not CaseClock.objects.exists()


def open_places(claim):
    case = Case.objects.select_related("process").get(pk=claim.case_id)
    return {one.step: one.late for one in standing_of(case).state.open}


class TestProcesses:
    def test_time_runs_out_once_for_each_share_and_signs_nothing(self, world, claim):
        entity, _customer, _team = world
        first = open_places(claim)
        assert set(first.values()) == {0}
        for _ in range(2):
            run(entity, NOON + timedelta(days=60))

        # Papers of others may be gone on without; what waits for us waits.
        late = open_places(claim)
        assert all(runs <= 3 for runs in late.values())
        assert not ApprovalRequest.objects.exists()
        claim.refresh_from_db()
        assert claim.decided_at is None

    def test_handed_over_to_a_colleague_and_logged(self, world, claim):
        entity, _customer, team = world
        colleague = a_member(entity, "Luca Moro", role="resolver", department="LOG")
        case = Case.objects.get(pk=claim.case_id)
        step = case.steps.filter(state="OPEN", place="pod").first()
        assert step, list(case.steps.values_list("place", "kind", "state"))
        case.steps.filter(pk=step.pk).update(assignee=team["marco"])

        run(entity, NOON + timedelta(days=6))

        step.refresh_from_db()
        assert step.assignee == colleague
        assert Notice.objects.filter(person=colleague, kind="handed-over").count() == 1
        act = AuditEntry.objects.get(entity_id=entity.pk, act="step.handed_over")
        assert (act.actor_kind, act.data["to"]) == ("rule", "Luca Moro")

    def test_a_second_look_hands_over_no_more(self, world, claim):
        entity, _customer, team = world
        a_member(entity, "Luca Moro", role="resolver", department="LOG")
        for days in (6, 7, 40):
            run(entity, NOON + timedelta(days=days))
        steps = Case.objects.get(pk=claim.case_id).steps.filter(place="pod")
        acts = AuditEntry.objects.filter(entity_id=entity.pk, act="step.handed_over")
        assert acts.count() <= steps.count()
        assert not Notice.objects.filter(person=team["carla"], kind="handed-over").exists()


class TestForecasts:
    def test_history_says_which_case_will_be_late_and_when(self, world, claim):
        entity, _customer, _team = world
        case = Case.objects.select_related("process").get(pk=claim.case_id)
        run(entity, NOON)
        clock = CaseClock.objects.get(case=case)
        assert (clock.is_late_likely, clock.expected_at) == (False, None)

        for n in range(6):
            StepTime.objects.create(
                entity=entity, case=case, process_key=case.process.key, step="propose",
                opened_at=NOON - timedelta(days=n + 9), closed_at=NOON - timedelta(days=n + 1),
                working_minutes=9 * 60 * 12,
            )  # fmt: skip
        run(entity, NOON)

        clock.refresh_from_db()
        assert clock.is_late_likely
        assert clock.net_minutes == 9 * 60 * 12
        assert clock.expected_at > case.due_at
        assert clock.expected_at == datetime(2026, 12, 7, 12, 0, tzinfo=UTC)
