"""The clock run over many open cases: reminders, escalations, time-outs, forecasts."""

from __future__ import annotations

import resource
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.world.builders import NOON, a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_team

from concilia.cases.actions import tell_process
from concilia.cases.core.process.model import Kind
from concilia.cases.core.process.state import ActDone
from concilia.cases.models import Case, CaseClock, Notice
from concilia.cases.queries.clocks import House
from concilia.interfaces.worker.clocks import run_clock

pytestmark = pytest.mark.django_db
SIZES = (10_000, 100_000)
COPY = """
INSERT INTO cases_case (entity_id, number, customer_id, department, owner_id, language, sla_days,
    opened_at, due_at, process_id, snoozed_why, process_state)
SELECT c.entity_id, 'B-' || n, c.customer_id, c.department,
    (SELECT array_agg(id) FROM identity_membership WHERE entity_id = c.entity_id)[1 + n %% 5],
    c.language, c.sla_days, c.opened_at + (n %% 240) * interval '1 hour',
    c.due_at + (n %% 240) * interval '1 hour', c.process_id, '',
    jsonb_set(c.process_state, '{open}', (
        SELECT jsonb_agg(jsonb_build_array(o->>0, to_jsonb(
            to_char((c.opened_at + (n %% 240) * interval '1 hour') AT TIME ZONE 'UTC',
                    'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')), 0))
        FROM jsonb_array_elements(c.process_state->'open') o))
FROM cases_case c, generate_series(1, %s) n WHERE c.id = %s
"""
STEPS = """
INSERT INTO cases_step (case_id, n, kind, place, evidence, department, assignee_id, holder,
    question, state, opened_at, due_at, answer, told_percent)
SELECT c.id, 1, 'evidence', s.place, s.evidence, s.department, s.assignee_id, s.holder, '', 'OPEN',
    c.opened_at, c.opened_at + interval '4 days', '', 0
FROM cases_case c, cases_step s
WHERE c.entity_id = %s AND c.number LIKE 'B-%%' AND s.case_id = %s AND s.place <> ''
  AND c.id %% 2 = 0 AND s.n = 1
"""
TIMES = """
INSERT INTO cases_steptime (entity_id, case_id, process_key, step, opened_at, closed_at,
    working_minutes)
SELECT %s, %s, 'shortage', step, %s::timestamptz - n * interval '1 hour',
    %s::timestamptz - n * interval '30 minutes', 60 + n
FROM generate_series(1, 200) n,
     unnest(ARRAY['pod', 'grn', 'propose', 'sign', 'post', 'answer', 'cause']) step
"""


def say(line):
    sys.stdout.write(f"{line}\n")


def taken(name, entity, at):
    """Run once; say how long it took on the clock and on the processor, and the peak of memory."""
    begun, worked = time.perf_counter(), time.process_time()
    run_clock(House(entity, at), at=at)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"{name}: {seconds:.1f} s, {cpu:.1f} s of processor time here, peak {peak:.0f} MB")
    return seconds


@pytest.mark.parametrize("count", SIZES)
def test_a_run_over_open_cases(count):
    entity = an_entity(f"clocks{count}")
    team = a_team(entity)
    claim = a_claim(team["giulia"], an_invoice(a_customer(entity)))
    with connection.cursor() as cursor:
        cursor.execute(COPY, [count, claim.case_id])
        cursor.execute(STEPS, [entity.pk, claim.case_id])
        cursor.execute(TIMES, [entity.pk, claim.case_id, NOON, NOON])
        cursor.execute("ANALYZE")
    say(f"\n{count} open cases")
    steps = [
        ("first run, nobody told yet, half the time gone", timedelta(days=8)),
        ("five minutes later", timedelta(days=8, minutes=5)),
        ("an hour later", timedelta(days=8, hours=1)),
        ("a night later: everything is late, most steps ran out", timedelta(days=20)),
        ("five minutes later", timedelta(days=20, minutes=5)),
    ]
    for name, passed in steps:
        taken(name, entity, NOON + passed)
    say(f"{Notice.objects.count()} notices, {CaseClock.objects.count()} clocks")
    _a_step(claim)


def _a_step(claim):
    case = Case.objects.select_related("process", "entity", "customer").get(pk=claim.case_id)
    worst = 0.0
    for n in range(20):
        begun = time.perf_counter()
        with transaction.atomic():
            kind = Kind.PROPOSE if n % 2 else Kind.VERDICT
            tell_process(case=case, events=(ActDone(kind),), at=NOON + timedelta(days=1, minutes=n))
        worst = max(worst, time.perf_counter() - begun)
    say(f"a step taken: {worst * 1000:.0f} ms at most")
