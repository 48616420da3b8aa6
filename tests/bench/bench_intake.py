"""
How many inputs a second one worker takes from bytes to claims, letters and matched payments.

    python tests/bench/bench_intake.py              # 500 inputs, one worker, two jobs at a time
    python tests/bench/bench_intake.py --inputs 2000 --concurrency 4

A day's post of mails, PDF, CSV and bank files is received (committed one by one, as channels do),
then a real `concilia worker` process does everything that follows. The database is made anew for
each run: `concilia_bench_intake` in the server of CONCILIA_HOME, or the one DATABASE_URL names,
which has to be empty. Ends with 1 when fewer than 5 inputs a second come through.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from tests.world.inputs import Input

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concilia.config.settings")
os.environ.setdefault("CONCILIA_LOG_LEVEL", "error")

DATABASE = "concilia_bench_intake"
INPUTS_A_SECOND_MIN = 5


def say(text: str) -> None:
    """Write one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """Build the day, receive it, let the worker work, count."""
    options = _options()
    _connect()
    entity_id, post = _build(options.inputs)
    received = _receive(entity_id, post)
    worked = _work(options.concurrency)
    rate = options.inputs / (received + worked)
    say(f"received  {options.inputs / received:8.1f} inputs/s")
    say(f"worked    {options.inputs / worked:8.1f} inputs/s with {options.concurrency} at a time")
    say(f"together  {rate:8.1f} inputs/s")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime
    say(f"the worker used {1000 * seconds / options.inputs:.0f} ms of processor time an input")
    _tell_outcome()
    return int(rate < INPUTS_A_SECOND_MIN)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--inputs", type=int, default=500)
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at a time")
    return parser.parse_args()


def _connect() -> None:
    """Everything, the worker included, finds the database by DATABASE_URL."""
    from concilia.foundation import embedded_postgres

    if not embedded_postgres.is_external():
        import psycopg

        embedded_postgres.ensure()
        folder = embedded_postgres.socket_directory(embedded_postgres.home_directory())
        address = f"host={folder} user=postgres dbname={embedded_postgres.DATABASE}"
        with psycopg.connect(address, autocommit=True) as direct:
            direct.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            direct.execute(f"CREATE DATABASE {DATABASE}")
        host = quote(str(folder), safe="")
        os.environ["DATABASE_URL"] = f"postgresql://postgres@/{DATABASE}?host={host}"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def _build(inputs: int) -> tuple[int, list[Input]]:
    from tests.world.builders import an_entity
    from tests.world.inputs import INVOICES_AN_INPUT, customers_with_invoices, some_post

    begun = time.perf_counter()
    entity = an_entity()
    each = 20
    customers = int(inputs * INVOICES_AN_INPUT / each) + 1
    post = some_post(customers_with_invoices(entity, customers, each), inputs)
    kinds = dict(Counter(one.kind for one in post))
    say(f"built in {time.perf_counter() - begun:.0f} s: {kinds}")
    return entity.pk, post


def _receive(entity_id: int, post: list[Input]) -> float:
    from concilia.intake.actions import Incoming, receive

    begun = time.perf_counter()
    for one in post:
        channel = "pipe" if one.is_mail else "folder"
        incoming = Incoming(channel=channel, filename=one.filename, content=one.content)
        receive(entity_id=entity_id, incoming=incoming, at=datetime.now(UTC))
    return time.perf_counter() - begun


def _work(concurrency: int) -> float:
    begun = time.perf_counter()
    command = [sys.executable, "-m", "concilia.interfaces.cli", "worker", "--once"]
    subprocess.run([*command, f"--concurrency={concurrency}"], cwd=ROOT, check=True)
    return time.perf_counter() - begun


def _tell_outcome() -> None:
    from concilia.claims.models import Claim
    from concilia.intake.models import Arrival

    outcomes = Counter(Arrival.objects.values_list("outcome", flat=True))
    say(f"{Claim.objects.count()} claims; arrivals: {dict(outcomes)}")


if __name__ == "__main__":
    sys.exit(main())
