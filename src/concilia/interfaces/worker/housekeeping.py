"""What keeps the queue honest: dead workers' jobs go on, late postings are taken up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper

from concilia.foundation.jobs import STALLED_SECONDS, defer
from concilia.foundation.models import IdempotentCall
from concilia.ledger.models import Posting

STALLS_MAX: Final = 10
FAILED_DAYS_KEPT: Final = 30
DUE_MAX: Final = 500
CALLS_KEPT: Final = timedelta(days=7)

STALLED: Final = """
    SELECT job.id, job.task_name, job.args::text, job.attempts
    FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing' AND (
        worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s)
    )
    ORDER BY job.id FOR UPDATE OF job SKIP LOCKED
"""
GO_ON: Final = "SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)"
END: Final = "SELECT procrastinate_finish_job_v1(%s, %s::procrastinate_job_status, %s)"
UNNAME: Final = "UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = %s"
FORGET: Final = """
    DELETE FROM procrastinate_jobs job
    WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted') AND NOT EXISTS (
        SELECT 1 FROM procrastinate_events event
        WHERE event.job_id = job.id AND event.at > %s
    )
"""

GiveUp = Callable[[str, str, str], None]


def stop_holding_back(*, job_id: int | None) -> None:
    """
    This will let a job that has been taken up no longer keep its equals from waiting.

    Its name (`defer(once=…)`) counts while it waits. Kept any longer, it would clash with the equal
    that waits by then, the moment this one has to be tried again.
    """
    with connection.cursor() as cursor:
        cursor.execute(UNNAME, [job_id])


def take_over_stalled(give_up: GiveUp) -> int:
    """
    This will put back the jobs of workers that show no sign of life; returns how many there were.

    A job whose equal waits already is ended instead; one that has taken ten workers with it is
    given up, through `give_up(task, arguments as JSON, sentence)`.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STALLED, [STALLED_SECONDS])
        stalled: list[tuple[int, str, str, int]] = cursor.fetchall()
        lost = [job for job in stalled if job[3] >= STALLS_MAX]
        for key, _, _, _ in lost:
            cursor.execute(END, [key, "failed", False])
        for key, _, _, attempts in stalled:
            if attempts < STALLS_MAX and not _goes_on(cursor, key):
                cursor.execute(END, [key, "aborted", True])
    for _, task, arguments, _ in lost:
        give_up(task, arguments, "The worker died each time it tried this.")
    return len(stalled)


def take_up_due_postings(*, at: datetime) -> None:
    """This will put to the ERP again what waits for its next attempt, once its moment has come."""
    waiting = Posting.objects.filter(
        state__in=[Posting.State.PENDING, Posting.State.SENT, Posting.State.UNKNOWN],
        next_attempt_at__lte=at,
    )
    for key in waiting.order_by("next_attempt_at").values_list("pk", flat=True)[:DUE_MAX]:
        name = f"posting:{key}"
        defer("concilia.post_to_erp", lock=name, once=name, posting_id=key)


def forget_old_jobs(*, at: datetime) -> None:
    """This will drop what ended thirty days ago; what succeeded is dropped at once anyway."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [at - timedelta(days=FAILED_DAYS_KEPT)])


def forget_old_calls(*, at: datetime) -> None:
    """This will drop what programs were answered under their keys, after seven days."""
    IdempotentCall.objects.filter(called_at__lt=at - CALLS_KEPT).delete()


def _goes_on(cursor: CursorWrapper, key: int) -> bool:
    """Queue a job again, unless an equal one (its queueing lock) is waiting."""
    try:
        with transaction.atomic():
            cursor.execute(GO_ON, [key])
    except IntegrityError:
        return False
    return True
