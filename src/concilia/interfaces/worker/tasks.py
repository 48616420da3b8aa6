"""
Every job by its name, as `foundation.jobs.defer` calls it, and those that come round by themselves.

A job is a function of keywords that is told the time; the clock is read here and nowhere below. A
job that raises is tried again, later and later; after the last time a person is told (`GIVE_UP`).
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import structlog
from django.db import OperationalError
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as QueuedJob

from concilia.cases.actions import fail_what_if, run_what_if
from concilia.cash.actions import (
    PostingRefused,
    fail_simulation,
    match_entry,
    place_remittance,
    reconsider_payment,
    simulate,
)
from concilia.claims.actions import fail_move, move_cases
from concilia.dunning.actions import fail_backtest, run_backtest
from concilia.foundation.events import Event, revive
from concilia.intake.actions import fail_reading, mark_arrival
from concilia.intake.events import ArrivalStored, DocumentRead
from concilia.intake.models import Arrival
from concilia.interfaces.worker.banking import load_bank_file
from concilia.interfaces.worker.bulk import go_on_bulk
from concilia.interfaces.worker.calls import give_up_call, make_call
from concilia.interfaces.worker.clocks import run_clocks
from concilia.interfaces.worker.figures import learn_all_odds, take_all_figures, tell_all_watchers
from concilia.interfaces.worker.folders import poll_folder, poll_folders
from concilia.interfaces.worker.following import follow_batch
from concilia.interfaces.worker.housekeeping import (
    forget_old_calls,
    forget_old_jobs,
    stop_holding_back,
    take_over_stalled,
    take_up_due_postings,
)
from concilia.interfaces.worker.importing import advance_import, save_import
from concilia.interfaces.worker.learning import train_all_readers
from concilia.interfaces.worker.mailboxes import poll_mailbox, poll_mailboxes
from concilia.interfaces.worker.notices import ask_fates, deliver_notices, forget_old_notices
from concilia.interfaces.worker.posting import give_up_posting, post_to_erp
from concilia.interfaces.worker.promises import (
    ask_all_how_it_was,
    judge_all_plans,
    judge_all_promises,
    sum_all_owing,
)
from concilia.interfaces.worker.proposing import ask_model, take_up_questions
from concilia.interfaces.worker.reading import read_anew, read_arrival
from concilia.interfaces.worker.runs import (
    forget_runs,
    plan_all_runs,
    take_up_all_touches,
    write_touches,
)
from concilia.interfaces.worker.sending import ask_message_fates, give_up_sending, send_message
from concilia.interfaces.worker.subscriptions import SUBSCRIPTIONS, TOLD
from concilia.interfaces.worker.webhooks import (
    call_webhook,
    forget_old_tellings,
    give_up_calling,
    take_up_due_calls,
    tell_programs,
)
from concilia.kernel.hashing import sha256_of

Job = Callable[..., None]
LOG: Final = structlog.get_logger("concilia.worker")

WAITS_SECONDS: Final = (2, 10, 60, 300, 1800, 7200)
COLLISIONS: Final = frozenset({"40001", "40P01"})  # serialization failure, deadlock
COLLISIONS_MAX: Final = 4
FIRST: Final = 10  # what comes round by itself does not queue up behind a thousand mails


def react(*, event: str, payload: dict[str, Any], at: datetime, key: str = "") -> None:
    """
    This will tell everybody who listens to a recorded event; a second telling changes nothing.

    :param key: names this event among all; events recorded by older versions have none
    :raises KeyError: if this version of the program knows no such event
    """
    fact = revive(event, payload)
    trouble = _tell(fact, key or sha256_of([event, payload])[:32], at)
    for handler in SUBSCRIPTIONS[type(fact)]:
        handler(fact, at)
    if trouble is not None:
        raise trouble  # so that it is told later; what was done above is not done twice


def _tell(fact: Event, key: str, at: datetime) -> Exception | None:
    """Programs first, for what is done next may take long; but they hold up no work of ours."""
    if type(fact) not in TOLD:
        return None
    kind, telling = TOLD[type(fact)]
    try:
        tell_programs(facts=lambda: telling(fact), kind=kind, key=key, at=at)
    except Exception as trouble:  # noqa: BLE001 - raised again once the work is done
        return trouble
    return None


def match_again(*, bank_entry_id: int, at: datetime) -> None:
    """This will put a payment to the engine again, unless somebody has posted it meanwhile."""
    try:
        match_entry(bank_entry_id=bank_entry_id, at=at)
    except PostingRefused:
        return


def look_at_posted(*, bank_entry_id: int, at: datetime) -> None:
    """This will hold what a payer said later against what was posted, for a person to see."""
    reconsider_payment(bank_entry_id=bank_entry_id, at=at)


def take_over(*, at: datetime) -> None:
    """This will put back the jobs of workers that were killed."""
    take_over_stalled(lambda task, arguments, why: give_up(task, json.loads(arguments), why, at))


JOBS: Final[Mapping[str, Job]] = {
    "concilia.react": react,
    "concilia.read_arrival": read_arrival,
    "concilia.read_anew": read_anew,
    "concilia.ask_model": ask_model,
    "concilia.match_entry": match_again,
    "concilia.place_remittance": place_remittance,
    "concilia.reconsider_payment": look_at_posted,
    "concilia.simulate": simulate,
    "concilia.what_if": run_what_if,
    "concilia.backtest": run_backtest,
    "concilia.move_cases": move_cases,
    "concilia.load_bank_file": load_bank_file,
    "concilia.advance_import": advance_import,
    "concilia.save_import": save_import,
    "concilia.post_to_erp": post_to_erp,
    "concilia.follow_batch": follow_batch,
    "concilia.send_message": send_message,
    "concilia.send_touches": write_touches,
    "concilia.make_call": make_call,
    "concilia.call_webhook": call_webhook,
    "concilia.go_on_bulk": go_on_bulk,
    "concilia.poll_mailbox": poll_mailbox,
    "concilia.poll_folder": poll_folder,
}
# Seconds are the sixth field.
ROUNDS: Final[Mapping[str, tuple[str, Job]]] = {
    "concilia.take_over_stalled": ("* * * * * */5", take_over),
    "concilia.poll_folders": ("* * * * * */10", poll_folders),
    "concilia.poll_mailboxes": ("* * * * * */30", poll_mailboxes),
    "concilia.take_up_due_postings": ("* * * * * */20", take_up_due_postings),
    "concilia.take_up_due_calls": ("* * * * * */15", take_up_due_calls),
    "concilia.take_up_questions": ("* * * * * */15", take_up_questions),
    "concilia.deliver_notices": ("* * * * * */10", deliver_notices),
    "concilia.ask_fates": ("* * * * *", ask_fates),
    "concilia.ask_message_fates": ("* * * * *", ask_message_fates),
    "concilia.forget_old_notices": ("7 3 * * *", forget_old_notices),
    "concilia.run_clocks": ("*/5 * * * *", run_clocks),
    "concilia.tell_watchers": ("* * * * * */30", tell_all_watchers),
    "concilia.take_figures": ("*/15 * * * *", take_all_figures),
    "concilia.judge_promises": ("11 * * * *", judge_all_promises),
    "concilia.judge_plans": ("12 * * * *", judge_all_plans),
    "concilia.sum_owing": ("14 * * * *", sum_all_owing),
    "concilia.plan_runs": ("20 * * * *", plan_all_runs),
    "concilia.take_up_touches": ("* * * * *", take_up_all_touches),
    "concilia.forget_old_runs": ("57 3 * * *", forget_runs),
    "concilia.ask_how_it_was": ("41 9-17 * * *", ask_all_how_it_was),
    "concilia.learn_odds": ("23 * * * *", learn_all_odds),
    "concilia.train_readers": ("47 2 * * *", train_all_readers),
    "concilia.forget_old_jobs": ("17 3 * * *", forget_old_jobs),
    "concilia.forget_old_calls": ("37 3 * * *", forget_old_calls),
    "concilia.forget_old_tellings": ("27 3 * * *", forget_old_tellings),
}


def _give_up_reading(*, arrival_id: int, error: str, at: datetime) -> None:
    fail_reading(arrival_id=arrival_id, error=error, at=at)


def _give_up_reacting(
    *, event: str, payload: dict[str, Any], error: str, at: datetime, key: str = ""
) -> None:
    if event == ArrivalStored.__name__:
        fail_reading(arrival_id=payload["arrival_id"], error=error, at=at)
    elif event == DocumentRead.__name__:
        arrival_id, state = payload["arrival_id"], Arrival.State.WAITING
        mark_arrival(arrival_id=arrival_id, state=state, outcome="trouble", at=at, error=error)


GIVE_UP: Final[Mapping[str, Job]] = {
    "concilia.react": _give_up_reacting,
    "concilia.simulate": fail_simulation,
    "concilia.what_if": fail_what_if,
    "concilia.backtest": fail_backtest,
    "concilia.move_cases": fail_move,
    "concilia.read_arrival": _give_up_reading,
    "concilia.post_to_erp": give_up_posting,
    "concilia.send_message": give_up_sending,
    "concilia.make_call": give_up_call,
    "concilia.call_webhook": give_up_calling,
}


def give_up(task: str, arguments: dict[str, Any], error: str, at: datetime) -> None:
    """This will show to a person, where one looks, that a job will not be tried any more."""
    if task in GIVE_UP:
        GIVE_UP[task](**arguments, error=error, at=at)


class Patience(BaseRetryStrategy):
    """Again after 2 s, 10 s, 1 min, 5 min, 30 min and 2 h: a database restarts, a bug does not."""

    def get_retry_decision(
        self,
        *,
        exception: BaseException,  # noqa: ARG002 - the library's signature
        job: QueuedJob,
    ) -> RetryDecision | None:
        """This will say when to try again; None after the last time."""
        if job.attempts >= len(WAITS_SECONDS):
            return None
        return RetryDecision(retry_in={"seconds": WAITS_SECONDS[job.attempts]})


def _run(name: str, job: Job, context: JobContext, arguments: dict[str, Any]) -> None:
    attempts = context.job.attempts
    if context.job.queueing_lock:
        stop_holding_back(job_id=context.job.id)
    try:
        _work(job, arguments)
    except Exception as error:
        LOG.warning("job failed", task=name, job=context.job.id, attempt=attempts, exc_info=True)
        if attempts >= len(WAITS_SECONDS):
            sentence = f"The program could not handle this ({type(error).__name__}: see its log)."
            give_up(name, arguments, sentence, datetime.now(UTC))
        raise


def _work(job: Job, arguments: dict[str, Any]) -> None:
    """Do a job; at once again if the database says that it got in the way of another one."""
    for _ in range(COLLISIONS_MAX):
        try:
            return job(**arguments, at=datetime.now(UTC))
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in COLLISIONS:
                raise
            time.sleep(random.uniform(0.01, 0.2))  # noqa: S311 - so that both do not meet again
    return job(**arguments, at=datetime.now(UTC))


def _define(name: str, job: Job) -> None:
    def run(context: JobContext, /, **arguments: Any) -> None:  # noqa: ANN401 - each has its own
        _run(name, job, context, arguments)

    app.task(name=name, pass_context=True, retry=Patience())(run)


def _define_round(name: str, cron: str, job: Job) -> None:
    def run(timestamp: int) -> None:
        _work(job, {})

    task = app.task(name=name, queueing_lock=name, priority=FIRST)(run)
    app.periodic(cron=cron)(task)


for _name, _job in JOBS.items():
    _define(_name, _job)
for _name, (_cron, _job) in ROUNDS.items():
    _define_round(_name, _cron, _job)
