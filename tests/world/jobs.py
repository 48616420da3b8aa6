"""
Jobs done inside a test: what a worker would do with what has been queued, in the test's own thread
and database transaction.

    receive(entity_id=…, incoming=…, at=NOON)
    run_jobs(at=NOON)          # reads it, opens the claim, computes the verdict, posts, writes …
    assert Claim.objects.get().state == …

Jobs run in the order a worker would take them, with the jobs they queue themselves, until none is
left. An exception of a job is the test's exception. Jobs for later (`defer(at=…)`) run only once
their time has come: `run_jobs(at=NOON + timedelta(hours=1))`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from concilia.interfaces.worker.tasks import JOBS

NEXT = """
    SELECT id, task_name, args FROM procrastinate_jobs
    WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
    ORDER BY priority DESC, id LIMIT 1
"""
WAITING = """
    SELECT task_name, scheduled_at FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id
"""
TAKE = "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s"
FINISH = "SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)"


def run_jobs(*, at: datetime | None = None, limit: int = 1000) -> list[str]:
    """
    This will do the jobs that wait, and those they bring about, and return what was done.

    :param at: the moment the jobs are told, and up to which planned jobs run (default: now)
    :param limit: more jobs than this mean that they bring each other about for ever
    :return: the names of the jobs in order; a reaction as its event, for example `ClaimOpened`
    """
    done: list[str] = []
    while found := _take(at or datetime.now(UTC)):
        job, name, arguments = found
        assert len(done) < limit, f"jobs without end; the last were {done[-10:]}"
        JOBS[name](at=at or datetime.now(UTC), **arguments)
        with connection.cursor() as cursor:
            cursor.execute(FINISH, [job])
        done.append(arguments["event"] if name == "concilia.react" else name)
    return done


def jobs_waiting() -> list[tuple[str, datetime | None]]:
    """This will be the jobs nobody has done yet: name and the moment they are planned for."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return list(cursor.fetchall())


def _take(at: datetime) -> tuple[int, str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [at + timedelta(microseconds=1)])
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute(TAKE, [row[0]])
    return row[0], row[1], json.loads(row[2])
