"""The queue itself: jobs live and die with their transaction, and outlive their worker."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job as QueuedJob
from tests.world.builders import NOON, an_entity
from tests.world.jobs import jobs_waiting

from concilia.foundation.jobs import STALLED_SECONDS, defer
from concilia.intake.actions import Incoming, receive
from concilia.intake.models import Arrival
from concilia.interfaces.worker import tasks
from concilia.interfaces.worker.housekeeping import (
    forget_old_jobs,
    stop_holding_back,
    take_over_stalled,
)
from concilia.interfaces.worker.tasks import JOBS, ROUNDS, WAITS_SECONDS, Patience, give_up

pytestmark = pytest.mark.django_db


def sql(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall()) if cursor.description else []


def a_running_job(silent_seconds: float, attempts: int = 0, once: str | None = None) -> int:
    """A job some worker took up, which has last been heard of so long ago."""
    defer("concilia.read_arrival", once=once, arrival_id=7)
    ((worker,),) = sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) "
        "VALUES (now() - make_interval(secs => %s)) RETURNING id",
        silent_seconds,
    )
    ((job,),) = sql(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s "
        "WHERE id = (SELECT max(id) FROM procrastinate_jobs) RETURNING id",
        worker,
        attempts,
    )
    return job


def status_of(job: int) -> str | None:
    rows = sql("SELECT status::text FROM procrastinate_jobs WHERE id = %s", job)
    return rows[0][0] if rows else None


def nobody(task: str, arguments: str, why: str) -> None:
    pytest.fail(f"{task} was given up: {why}")


class TestQueueing:
    def test_a_job_goes_with_its_transaction_also_inside_a_worker(self):
        worker = DjangoConnector().get_worker_connector()  # what `concilia worker` runs on
        with app.replace_connector(worker):
            with transaction.atomic():
                defer("concilia.poll_folder", folder_id=1)
                transaction.set_rollback(True)  # what was to be done did not happen
            assert jobs_waiting() == []
            defer("concilia.poll_folder", folder_id=1)

        assert jobs_waiting() == [("concilia.poll_folder", None)]

    def test_an_equal_job_that_waits_is_enough(self):
        assert defer("concilia.poll_folder", once="folder:1", folder_id=1)
        assert not defer("concilia.poll_folder", once="folder:1", folder_id=1)

        assert len(jobs_waiting()) == 1

    def test_a_job_taken_up_holds_nothing_back_any_more(self):
        defer("concilia.poll_folder", once="folder:1", folder_id=1)
        ((job,),) = sql("UPDATE procrastinate_jobs SET status = 'doing' RETURNING id")

        stop_holding_back(job_id=job)

        assert defer("concilia.poll_folder", once="folder:1", folder_id=1)
        sql("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", job)
        assert len(jobs_waiting()) == 2


class TestStalledJobs:
    def test_a_job_of_a_silent_worker_goes_on(self):
        job = a_running_job(silent_seconds=STALLED_SECONDS + 5)

        assert take_over_stalled(nobody) == 1

        assert status_of(job) == "todo"
        assert sql("SELECT attempts FROM procrastinate_jobs WHERE id = %s", job) == [(1,)]

    def test_a_job_whose_worker_is_alive_is_left_to_it(self):
        job = a_running_job(silent_seconds=1)

        assert take_over_stalled(nobody) == 0

        assert status_of(job) == "doing"

    def test_a_job_whose_equal_waits_already_is_ended(self):
        job = a_running_job(silent_seconds=STALLED_SECONDS + 5, once="read:7")
        defer("concilia.read_arrival", once="read:7", arrival_id=7)

        take_over_stalled(nobody)

        assert status_of(job) is None
        assert len(jobs_waiting()) == 1

    def test_a_job_that_kills_every_worker_is_given_up_and_shown(self):
        job = a_running_job(silent_seconds=STALLED_SECONDS + 5, attempts=10)
        told: list[tuple[str, str, str]] = []

        take_over_stalled(lambda *words: told.append(words))

        assert status_of(job) == "failed"
        ((task, arguments, why),) = told
        assert (task, json.loads(arguments)) == ("concilia.read_arrival", {"arrival_id": 7})
        assert why == "The worker died each time it tried this."


class TestGivingUp:
    def test_what_cannot_be_read_is_shown_as_failed(self):
        incoming = Incoming(channel="pipe", filename="mail.eml", content=b"Subject: x\n\nx")
        arrival = receive(entity_id=an_entity().pk, incoming=incoming, at=NOON)

        give_up("concilia.read_arrival", {"arrival_id": arrival.pk}, "It is hopeless.", NOON)

        arrival.refresh_from_db()
        assert (arrival.state, arrival.error) == (Arrival.State.FAILED, "It is hopeless.")

    def test_every_job_one_can_give_up_is_one_there_is(self):
        assert set(tasks.GIVE_UP) <= set(JOBS)

    def test_waits_grow_and_end(self):
        def after(attempts: int) -> timedelta | None:
            job = QueuedJob(
                id=1, queue="default", lock=None, queueing_lock=None, task_name="x",
                attempts=attempts,
            )  # fmt: skip
            decision = Patience().get_retry_decision(exception=OSError(), job=job)
            return decision and decision.retry_at - datetime.now(UTC)

        waits = [after(attempts) for attempts in range(len(WAITS_SECONDS))]
        assert waits == sorted(waits)
        assert after(len(WAITS_SECONDS)) is None


class TestForgetting:
    def test_what_ended_long_ago_is_dropped_and_what_waits_is_kept(self):
        gone, recent = a_running_job(1), a_running_job(1)
        for job in (gone, recent):
            sql("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", job)
        sql(
            "UPDATE procrastinate_events SET at = now() - interval '40 days' WHERE job_id = %s",
            gone,
        )
        defer("concilia.poll_folder", folder_id=1)

        forget_old_jobs(at=datetime.now(UTC))

        assert (status_of(gone), status_of(recent)) == (None, "failed")
        assert len(jobs_waiting()) == 1


class TestRegistration:
    def test_every_job_and_every_round_is_known_to_the_worker(self):
        assert set(JOBS) | set(ROUNDS) <= set(app.tasks)
        assert {name for name, _ in app.periodic_registry.periodic_tasks} >= set(ROUNDS)
