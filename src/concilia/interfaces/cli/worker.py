"""`concilia worker`: do the jobs that wait in the database."""

from __future__ import annotations

import argparse

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from concilia.foundation.jobs import HEARTBEAT_SECONDS, STALLED_SECONDS

HELP = "do the jobs that wait in the database"
NEEDS_DJANGO = True

GRACE_SECONDS = 30.0


def configure(parser: argparse.ArgumentParser) -> None:
    """This will add the number of jobs done at a time, and an end when there are none left."""
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at a time (default: 2)")
    parser.add_argument("--once", action="store_true", help="end when no job is waiting")


def run(options: argparse.Namespace) -> int:
    """
    This will work until SIGTERM or SIGINT.

    A running job then gets 30 seconds to finish. What is cut off, here or by a crash, is noticed by
    its missing heartbeat and queued again.
    """
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
