from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

# Always Django's own connection. The worker's app has another one for its own book-keeping: a job
# queued over it would exist before the change it belongs to, and also without it.
QUEUE = JobManager(DjangoConnector())

# A worker shows so often that it lives; its jobs are put back once it was silent for so long.
HEARTBEAT_SECONDS = 4.0
STALLED_SECONDS = 15.0


def defer(
    task: str,
    *,
    lock: str | None = None,
    once: str | None = None,
    at: datetime | None = None,
    **arguments: Any,  # noqa: ANN401 - JSON values, each job has its own
) -> bool:
    """
    Queue a job in the current transaction: it exists if and only if the transaction commits.

    :param task: the name given where the job is defined, in `interfaces/worker/tasks.py`
    :param lock: jobs with the same lock run one after the other
    :param once: while a job with this name waits, another one is not queued
    :param at: not before this moment (UTC)
    :return: False if an equal job was waiting already
    """
    job = configure_task(
        name=task, job_manager=QUEUE, lock=lock, queueing_lock=once, schedule_at=at
    )
    if once is None:
        job.defer(**arguments)
        return True
    try:
        with transaction.atomic():  # a refused duplicate must not spoil the caller's transaction
            job.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def defer_many(task: str, calls: Sequence[Mapping[str, Any]]) -> None:
    """
    Queue one job for each of some arguments in the current transaction, in one statement.

    :param calls: the arguments of each job, JSON values
    """
    if calls:
        configure_task(name=task, job_manager=QUEUE).batch_defer(*map(dict, calls))
