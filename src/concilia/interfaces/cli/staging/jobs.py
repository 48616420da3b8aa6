"""Jobs worked off at a told time, as a worker would at that moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

TAKE = """
    UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (
        SELECT id FROM procrastinate_jobs
         WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
         ORDER BY priority DESC, id LIMIT 1)
    RETURNING id, task_name, args
"""
FINISH = "SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)"
FAIL = "SELECT procrastinate_finish_job_v1(%s, 'failed', false)"
logger = structlog.get_logger()


def work_off(at: datetime) -> int:
    """
    Do all that waits until `at`, and what comes of it; return how many jobs were done.

    A job that fails is kept as failed, as with a worker, and the others go on.
    """
    jobs: Mapping[str, Callable[..., None]] = import_string(settings.JOBS)
    done = 0
    while found := _take(at):
        number, name, arguments = found
        try:
            jobs[name](at=at, **arguments)
        except Exception:
            logger.exception("job failed", job=name)
            _finish(FAIL, number)
        else:
            _finish(FINISH, number)
        done += 1
    return done


def _take(at: datetime) -> tuple[int, str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [at])
        row = cursor.fetchone()
    return (row[0], row[1], json.loads(row[2])) if row else None


def _finish(statement: str, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])
