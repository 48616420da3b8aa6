"""
What may be chased, of a million open items of 300,000 customers: one statement for all of them.

    python tests/bench/bench_dunnable.py                 # build once, then measure
    python tests/bench/bench_dunnable.py --items 100000  # fewer
    python tests/bench/bench_dunnable.py --fresh         # build the company anew

The company stays in a database of its own, `concilia_bench_dunnable`: every tenth item is disputed
in part, every twentieth promised, every eighth customer has a credit, every sixth a motive. The
floor is one pass over the items that sums what is open. Ends with 1 if a cent is in two places.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concilia.identity.models import Entity

sys.path.insert(0, str(Path(__file__).parent))

DATABASE = "concilia_bench_dunnable"
TODAY = date(2026, 11, 19)
ITEMS = 1_000_000
ITEMS_EACH = 10 / 3  # of a customer
PLACES = ("dunnable", "disputed", "promised", "planned", "not_due", "held")
T = TypeVar("T")
BUILD = """
INSERT INTO customers_customer (entity_id, number, name, legal_name, country, language, vat_number,
       segment, currency, payment_days, discount_bp, discount_days, risk_flag, email_domains)
SELECT %(entity)s, 'C-' || n, 'Customer ' || n, '', 'IT', 'it', 'IT' || n, '', 'EUR', 30, 0, 0, '',
       '[]' FROM generate_series(1, %(customers)s) n;
INSERT INTO receivables_openitem (entity_id, customer_id, kind, document_number, number_key,
       order_number, delivery_number, structured_reference, issue_date, due_date, currency,
       original_minor, open_minor, disputed_minor, discount_bp)
SELECT %(entity)s, (SELECT min(id) FROM customers_customer WHERE entity_id = %(entity)s)
       + n %% %(customers)s,
       CASE WHEN n %% 26 = 0 THEN 'credit_note' ELSE 'invoice' END, 'F-' || n, 'F' || n, '', '', '',
       date '2026-11-19' - (n %% 120 + 5)::int, date '2026-11-19' - (n %% 120 - 25)::int, 'EUR',
       CASE WHEN n %% 26 = 0 THEN -2000 ELSE 5000 + n %% 90000 END,
       CASE WHEN n %% 26 = 0 THEN -2000 ELSE 5000 + n %% 90000 END,
       CASE WHEN n %% 26 <> 0 AND n %% 10 = 1 THEN 1500 ELSE 0 END, 0
  FROM generate_series(1, %(items)s) n;
INSERT INTO dunning_promise (entity_id, customer_id, currency, amount_minor, tolerance_minor,
       made_date, due_date, last_date, late_date, method, channel, note, state, place, paid_minor,
       recorded_by_id, recorded_at, judged_at, ended_why)
SELECT DISTINCT ON (customer_id) entity_id, customer_id, 'EUR', open_minor - disputed_minor, 10,
       date '2026-11-10', date '2026-11-25', date '2026-11-30', date '2026-12-10', 'TRANSFER',
       'phone', id::text, 'PENDING', 1, 0, %(user)s, now(), now(), ''
  FROM receivables_openitem WHERE entity_id = %(entity)s AND open_minor > 0 AND id %% 20 = 0;
INSERT INTO dunning_promiseitem (promise_id, item_id, amount_minor, paid_minor)
SELECT id, note::bigint, amount_minor, 0 FROM dunning_promise WHERE entity_id = %(entity)s;
INSERT INTO dunning_motive (entity_id, customer_id, code, source, rank, confidence_bp,
       candidates, note, said_date, stops, holds, hold_until_date, next_date, recorded_by_id,
       recorded_at)
SELECT entity_id, id, CASE WHEN id %% 12 = 0 THEN 'NR-08' ELSE 'NR-07' END, 'agent', 2, 10000,
       '[]', '', date '2026-11-16', false, id %% 12 = 0,
       CASE WHEN id %% 12 = 0 THEN date '2026-11-23' END, date '2026-11-17', %(user)s, now()
  FROM customers_customer WHERE entity_id = %(entity)s AND id %% 6 = 0;
"""


def main() -> int:
    """Build the company where it is missing, measure, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--items", type=int, default=ITEMS, help="open items")
    parser.add_argument("--fresh", action="store_true", help="build the company anew")
    options = parser.parse_args()
    import bench_pages

    bench_pages.DATABASE = DATABASE
    bench_pages._connect()
    bench_pages._create_database(fresh=options.fresh)
    entity = _company(options.items)

    from concilia.dunning.actions import sum_owing
    from concilia.dunning.queries.dunnable import dunnable_of, dunnable_of_all
    from concilia.dunning.queries.work import next_customers

    floor, _ = _taken(lambda: _open_minor(entity))
    found_in, found = _taken(lambda: list(dunnable_of_all(entity=entity, today=TODAY)))
    one_in, _ = _taken(
        lambda: dunnable_of(entity=entity, customers=[found[0].customer_id], today=TODAY)
    )
    noon = datetime.combine(TODAY, time_of_day(12), tzinfo=UTC)
    kept_in, _ = _taken(lambda: sum_owing(entity=entity, at=noon))
    page_in, page = _taken(lambda: next_customers(entity=entity, today=TODAY))
    owes_in, _ = _taken(lambda: next_customers(entity=entity, today=TODAY, kind="owes"))
    say = bench_pages.say
    for name, seconds in (
        ("one pass over the items", floor),
        ("where each cent is, of all", found_in),
        ("where each cent is, of one", one_in),
        ("the hourly sum of who owes", kept_in),
        ("who only owes, first page", owes_in),
        ("who is next, first page", page_in),
    ):
        say(f"{name:32} {seconds:7.3f} s")
    say(f"{len(found):,} sums, {page.found:,} next, load {os.getloadavg()[0]:.1f}, {_peak()} MB")
    wrong = sum(
        each.open != sum(getattr(each, place) for place in PLACES)
        or min(getattr(each, place) for place in PLACES) < 0
        for each in found
    )
    is_whole = sum(each.open for each in found) == _open_minor(entity)
    say(f"{wrong} customers with a cent in two places; all together {is_whole}")
    return int(bool(wrong) or not is_whole)


def _company(items: int) -> Entity:
    import bench_pages
    from django.core.management import call_command
    from django.db import connection, transaction

    from concilia.identity.models import Entity, User

    call_command("migrate", interactive=False, verbosity=0)
    code = f"dunnable-{items}"
    known = Entity.objects.filter(code=code).first()
    if known is not None:
        return known
    begun = time.perf_counter()
    with transaction.atomic():
        entity = Entity.objects.create(
            code=code, name="Molino Aurora", legal_name="Molino Aurora S.r.l.", country="IT",
            currency="EUR", language="it", timezone="Europe/Rome",
        )  # fmt: skip
        user = User.objects.create(email=f"clerk@{code}.example", name="Clerk Bench")
        values = {
            "entity": entity.pk,
            "user": user.pk,
            "items": items,
            "customers": int(items / ITEMS_EACH),
        }
        with connection.cursor() as cursor:
            # The ledger is not what is measured: the trigger that compares with it is not asked.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in BUILD.split(";\n"):
                if statement.strip():
                    cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    bench_pages.say(f"built in {time.perf_counter() - begun:.0f} s")
    return entity


def _open_minor(entity: Entity) -> int:
    from django.db.models import Sum

    from concilia.receivables.models import OpenItem

    rows = OpenItem.objects.filter(entity=entity, open_minor__gt=0)
    return int(rows.aggregate(minor=Sum("open_minor"))["minor"])


def _taken(call: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    found = call()
    return time.perf_counter() - begun, found


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
