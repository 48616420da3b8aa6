from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def defer(
    task: str,
    *,
    lock: str | None = None,
    once: str | None = None,
    at: datetime | None = None,
    **arguments: Any,
) -> bool:
    """
    Queue a job in the current transaction: it exists if and only if the transaction commits.

    :param task: the name given where the job is defined, in `interfaces/worker/tasks.py`
    :param lock: jobs with the same lock run one after the other
    :param once: while a job with this name waits, another one is not queued
    :param at: not before this moment (UTC)
    :return: False if an equal job was waiting already
    """
    job = app.configure_task(
        task, allow_unknown=True, lock=lock, queueing_lock=once, schedule_at=at
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
