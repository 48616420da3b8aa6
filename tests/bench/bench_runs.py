"""
A run of collections: a million open items of 300,000 customers planned, its mails written.

    python tests/bench/bench_runs.py                 # plan for 100,000 and 1,000,000 items
    python tests/bench/bench_runs.py --items 100000  # one size
    python tests/bench/bench_runs.py --fresh         # build the company anew
    python tests/bench/bench_runs.py --mails 20000   # how many are written, by two processes

The companies stay in a database of their own, `concilia_bench_runs`: as in `bench_dunnable`, and
each customer has a contact. The floor is the one statement that says where each cent is. Ends with
1 if a cent that is disputed or promised is asked for, if somebody past due is in no place of the
run or in two, or if a million items take more than a minute.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concilia.dunning.models import Run
    from concilia.identity.models import Entity

sys.path.insert(0, str(Path(__file__).parent))

DATABASE = "concilia_bench_runs"
SIZES = (100_000, 1_000_000)
SECONDS_MAX = 60.0
MAILS, WORKERS, MAILS_SECONDS_MAX = 100_000, 2, 300.0
LOT = 200
MORNING = datetime(2026, 11, 19, 8, tzinfo=UTC)
CONTACTS = """
INSERT INTO customers_contact (customer_id, name, email, phone, role, language)
SELECT id, 'Contact ' || number, 'ap@' || lower(number) || '.example', '+39 02 99 00 00', 'AP', ''
  FROM customers_customer WHERE entity_id = %(entity)s
"""
ASKED_WRONGLY = """
SELECT count(*) FROM dunning_runtouchitem i JOIN dunning_runtouch t ON t.id = i.touch_id
  JOIN receivables_openitem o ON o.id = i.item_id
  LEFT JOIN (SELECT item_id, sum(i.amount_minor) AS minor FROM dunning_promiseitem i
               JOIN dunning_promise p ON p.id = i.promise_id AND p.state IN ('PENDING', 'DUE')
              GROUP BY 1) p ON p.item_id = o.id
 WHERE t.run_id = %s
   AND i.asked_minor > o.open_minor - o.disputed_minor - coalesce(p.minor, 0)
"""
IN_NO_PLACE = """
SELECT count(*) FROM (
    SELECT customer_id, currency FROM receivables_openitem
     WHERE entity_id = %s AND open_minor > 0 AND due_date < date '2026-11-19' GROUP BY 1, 2
) due LEFT JOIN (
    SELECT customer_id, currency, count(*) AS n FROM (
        SELECT customer_id, currency FROM dunning_runtouch WHERE run_id = %s
        UNION ALL SELECT customer_id, currency FROM dunning_runpass WHERE run_id = %s
    ) each GROUP BY 1, 2
) said USING (customer_id, currency) WHERE coalesce(n, 0) <> 1
"""


def main() -> int:
    """Build what is missing, measure, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--items", type=int, nargs="*", default=list(SIZES), help="open items")
    parser.add_argument("--fresh", action="store_true", help="build the companies anew")
    parser.add_argument("--mails", type=int, default=MAILS, help="messages to write")
    options = parser.parse_args()
    import bench_dunnable
    import bench_pages

    bench_pages.DATABASE = DATABASE
    bench_pages._connect()
    bench_pages._create_database(fresh=options.fresh)
    is_right = True
    for items in options.items:
        entity = bench_dunnable._company(items)
        _contacts(entity)
        is_right &= _measured(entity, items)
    if options.mails:
        is_right &= _written(entity, options.mails)
    return int(not is_right)


def _measured(entity: Entity, items: int) -> bool:
    from bench_dunnable import TODAY, _peak, _taken
    from bench_pages import say

    from concilia.dunning.actions import plan_run
    from concilia.dunning.queries.dunnable import dunnable_of_all

    floor, _ = _taken(lambda: list(dunnable_of_all(entity=entity, today=TODAY)))
    _forget(entity)
    seconds, run = _taken(lambda: plan_run(entity=entity, at=MORNING))
    wrong, lost = _counted(ASKED_WRONGLY, run.pk), _counted(IN_NO_PLACE, entity.pk, run.pk, run.pk)
    say(
        f"{items:>9,} items: where each cent is {floor:6.1f} s, the run {seconds:6.1f} s,"
        f" {items / seconds:,.0f} items/s, {_reached(run)}, {_peak()} MB,"
        f" load {os.getloadavg()[0]:.1f}"
    )
    say(f"          {wrong} items asked for too much, {lost} customers in no place or in two")
    return not wrong and not lost and (items > max(SIZES) or seconds < SECONDS_MAX)


def _written(entity: Entity, mails: int) -> bool:
    """Release the last run and let two processes write its messages, as two workers would."""
    from bench_pages import say
    from django.db import connections

    from concilia.dunning.models import Run, RunTouch
    from concilia.identity.models import Membership, User

    run = Run.objects.filter(entity=entity).order_by("-pk")[0]
    user = User.objects.get(email=f"clerk@{entity.code}.example")
    member, _ = Membership.objects.get_or_create(
        entity=entity, user=user, defaults={"role": "approver", "department": "CRD", "level": 5}
    )
    Run.objects.filter(pk=run.pk).update(
        state="RELEASED", released_by=member, released_at=MORNING, wants_second=False
    )
    keys = list(
        RunTouch.objects.filter(run=run, way="email").order_by("pk").values_list("pk", flat=True)
    )[:mails]
    RunTouch.objects.filter(pk__in=keys).update(state="RELEASED")
    connections.close_all()
    begun = time.perf_counter()
    lots = [keys[n : n + LOT] for n in range(0, len(keys), LOT)]
    halves = [lots[n::WORKERS] for n in range(WORKERS)]
    with ProcessPoolExecutor(WORKERS) as pool:
        written = sum(pool.map(_write, [run.pk] * WORKERS, halves))
    seconds = time.perf_counter() - begun
    say(
        f"{written:>9,} of {len(keys):,} mails written and queued in {seconds:.0f} s by {WORKERS}"
        f" processes, {written / seconds:,.0f}/s, load {os.getloadavg()[0]:.1f}"
    )
    wanted = MAILS_SECONDS_MAX * mails / MAILS
    return written == len(keys) and seconds < max(wanted, 30)


def _write(run_id: int, lots: list[list[int]]) -> int:
    import bench_pages

    bench_pages.DATABASE = DATABASE
    bench_pages._connect()
    from concilia.dunning.actions import send_touches

    return sum(
        send_touches(run_id=run_id, first=lot[0], last=lot[-1], at=MORNING) for lot in lots if lot
    )


def _reached(run: Run) -> str:
    touches, passes = (
        run.touches.count(),
        _counted("SELECT count(*) FROM dunning_runpass WHERE run_id = %s", run.pk),
    )
    return f"{touches:,} touches, {passes:,} hear nothing"


def _contacts(entity: Entity) -> None:
    from django.db import connection

    from concilia.customers.models import Contact

    if not Contact.objects.filter(customer__entity=entity).exists():
        with connection.cursor() as cursor:
            cursor.execute(CONTACTS, {"entity": entity.pk})
            cursor.execute("ANALYZE customers_contact")


def _forget(entity: Entity) -> None:
    """Every measuring begins with a company that has never asked for anything."""
    from concilia.dunning.models import ContactMade, Run

    ContactMade.objects.filter(entity=entity).delete()
    for run in Run.objects.filter(entity=entity):
        for table, column in (("runtouchitem", "touch_id"), ("runtouch", "run_id")):
            whose = (
                "= %s"
                if column == "run_id"
                else ("IN (SELECT id FROM dunning_runtouch WHERE run_id = %s)")
            )
            _run(f"DELETE FROM dunning_{table} WHERE {column} {whose}", run.pk)
        _run("DELETE FROM dunning_runpass WHERE run_id = %s", run.pk)
        run.delete()


def _run(sql: str, *values: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _counted(sql: str, *values: int) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
