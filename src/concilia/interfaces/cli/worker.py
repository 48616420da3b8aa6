"""`concilia worker`: do the jobs that wait in the database."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Final

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from concilia.foundation.jobs import HEARTBEAT_SECONDS, STALLED_SECONDS
from concilia.interfaces.cli.supervision import Program, Supervisor

HELP = "do the jobs that wait in the database"
NEEDS_DJANGO = True

GRACE_SECONDS = 30.0
JOBS_AT_A_TIME: Final = 2
PROCESSES: Final = min(os.cpu_count() or 1, 2)


def configure(parser: argparse.ArgumentParser) -> None:
    """This will add the processes, the jobs each does at a time, and an end when none are left."""
    parser.add_argument(
        "--processes",
        type=int,
        default=PROCESSES,
        help="how many processes work (default: one for each core, up to 2)",
    )
    parser.add_argument(
        "--concurrency",
        type=int,
        default=JOBS_AT_A_TIME,
        help=f"jobs of each process at a time (default: {JOBS_AT_A_TIME})",
    )
    parser.add_argument(
        "--once", action="store_true", help="one process, which ends when no job is waiting"
    )


def run(options: argparse.Namespace) -> int:
    """
    This will work until SIGTERM or SIGINT.

    A running job then gets 30 seconds to finish. What is cut off, here or by a crash, is noticed by
    its missing heartbeat and queued again.
    """
    if options.processes > 1 and not options.once:
        return Supervisor(worker_programs(options.processes, options.concurrency)).run()
    connector = DjangoConnector().get_worker_connector()  # one that can wait for notifications
    with app.replace_connector(connector) as worker:
        worker.run_worker(
            concurrency=options.concurrency,
            wait=not options.once,
            listen_notify=not options.once,
            shutdown_graceful_timeout=GRACE_SECONDS,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
            delete_jobs="successful",
        )
    return 0


def worker_programs(processes: int = PROCESSES, concurrency: int = JOBS_AT_A_TIME) -> list[Program]:
    """Return the processes that work, each by itself: Python uses one core in each."""
    command = [sys.executable, "-m", "concilia.interfaces.cli", "worker", "--processes=1"]
    command.append(f"--concurrency={concurrency}")
    return [
        Program(name=f"worker {n}", command=command, environment=os.environ)
        for n in range(1, processes + 1)
    ]
