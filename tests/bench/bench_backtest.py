"""
A backtest of a strategy: twelve months of a million items of 300,000 customers, every Monday.

    python tests/bench/bench_backtest.py                 # 100,000 and 1,000,000 items
    python tests/bench/bench_backtest.py --items 100000  # one size
    python tests/bench/bench_backtest.py --fresh         # build the companies anew

The companies stay in a database of their own, `concilia_bench_backtest`: items due through thirteen
months, most of them paid days or weeks late, each with its entries in the ledger, its bank entry,
match and allocation; every sixth customer has a motive, every twentieth item was promised. Says
items a second, the peak of memory, and the growth from one size to the next. Ends with 1 if ten
times the items take more than thirteen times as much of the process's own time, or a million more
than ten minutes of it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concilia.identity.models import Entity, Membership

sys.path.insert(0, str(Path(__file__).parent))

DATABASE = "concilia_bench_backtest"
SIZES = (100_000, 1_000_000)
ITEMS_EACH = 10 / 3  # of a customer
SECONDS_MAX, GROWTH_MAX = 600.0, 13.0
SINCE, UNTIL = date(2025, 11, 1), date(2026, 10, 31)
NOW = datetime(2026, 11, 19, 8, tzinfo=UTC)
PAID = "n %% 10 < 9"
LATE = "(n * 7919 %% 61 - 6)::int"
BUILD = f"""
INSERT INTO customers_customer (entity_id, number, name, legal_name, country, language, vat_number,
       segment, currency, payment_days, discount_bp, discount_days, risk_flag, email_domains)
SELECT %(entity)s, 'C-' || n, 'Customer ' || n, '', 'IT', 'it',
       CASE WHEN n %% 4 = 0 THEN '' ELSE 'IT' || n END, '', 'EUR', 30, 0, 0, '', '[]'
  FROM generate_series(1, %(customers)s) n;
INSERT INTO customers_contact (customer_id, name, email, phone, role, language)
SELECT id, 'Contact ' || number, 'ap@' || lower(number) || '.example', '+39 02 99 00 00', 'AP', ''
  FROM customers_customer WHERE entity_id = %(entity)s;
CREATE TEMP TABLE made AS
SELECT n, %(base)s + n AS id, (SELECT min(id) FROM customers_customer WHERE entity_id = %(entity)s)
       + n %% %(customers)s AS customer_id, date '2025-10-01' + (n * 104729 %% 395)::int AS due,
       5000 + n %% 90000 AS minor
  FROM generate_series(1::bigint, %(items)s) n;
INSERT INTO receivables_openitem (id, entity_id, customer_id, kind, document_number, number_key,
       order_number, delivery_number, structured_reference, issue_date, due_date, currency,
       original_minor, open_minor, disputed_minor, discount_bp)
SELECT id, %(entity)s, customer_id, 'invoice', 'F-' || id, 'F' || id, '', '', '', due - 30, due,
       'EUR', minor, CASE WHEN {PAID} THEN 0 ELSE minor END, 0, 0 FROM made;
INSERT INTO ledger_journalentry (id, entity_id, key, kind, posting_date, currency, text, booked_at)
SELECT 2 * id, %(entity)s, 'open:' || id, 'ITEM_OPENED', due - 30, 'EUR', '', due - 30 FROM made
 UNION ALL
SELECT 2 * id + 1, %(entity)s, 'match:' || id, 'PAYMENT_APPLIED', due + {LATE}, 'EUR', '',
       due + {LATE} FROM made WHERE {PAID};
INSERT INTO ledger_journalline (entry_id, entity_id, account, currency, debit_minor, credit_minor,
       item_id, customer_id)
SELECT 2 * id, %(entity)s, 'AR', 'EUR', minor, 0, id, customer_id FROM made UNION ALL
SELECT 2 * id + 1, %(entity)s, 'AR', 'EUR', 0, minor, id, customer_id FROM made WHERE {PAID};
INSERT INTO receivables_bankentry (id, entity_id, account_id, statement_id, entry_key, n,
       booking_date, value_date, currency, amount_minor, is_return, return_reason, charges_minor,
       payer_name, payer_iban, ultimate_debtor, end_to_end_id, structured_reference, text,
       remittance)
SELECT id, %(entity)s, 0, 0, 'B-' || id, n, due + {LATE}, due + {LATE}, 'EUR', minor, false, '', 0,
       '', '', '', '', '', '', '[]' FROM made WHERE {PAID};
INSERT INTO cash_match (id, entity_id, bank_entry_id, version, customer_id, state, rule,
       confidence_bp, currency, applied_minor, on_account_minor, explanation, alternatives, habits,
       entry_id, matched_at, posted_at)
SELECT id, %(entity)s, id, 1, customer_id, 'POSTED', 'M-1', 10000, 'EUR', minor, 0, '{{}}', '[]',
       '{{}}', 2 * id + 1, due + {LATE}, due + {LATE} FROM made WHERE {PAID};
INSERT INTO cash_allocation (match_id, item_id, currency, applied_minor, discount_minor,
       writeoff_minor, writeoff_reason, deduction_minor, deduction_reason, deduction_text)
SELECT id, id, 'EUR', minor, 0, 0, '', 0, '', '' FROM made WHERE {PAID};
INSERT INTO dunning_motive (entity_id, customer_id, code, source, rank, confidence_bp,
       candidates, note, said_date, stops, holds, hold_until_date, next_date, recorded_by_id,
       recorded_at)
SELECT entity_id, id, CASE WHEN id %% 12 = 0 THEN 'NR-08' ELSE 'NR-07' END, 'agent', 2, 10000,
       '[]', '', date '2026-03-16', false, id %% 12 = 0,
       CASE WHEN id %% 12 = 0 THEN date '2026-03-23' END, date '2026-03-17', %(user)s,
       date '2026-03-16'
  FROM customers_customer WHERE entity_id = %(entity)s AND id %% 6 = 0;
INSERT INTO dunning_promise (entity_id, customer_id, currency, amount_minor, tolerance_minor,
       made_date, due_date, last_date, late_date, method, channel, note, state, place, paid_minor,
       recorded_by_id, recorded_at, judged_at, ended_why)
SELECT %(entity)s, customer_id, 'EUR', minor, 10, due + 10, due + 20, due + 25, due + 35,
       'TRANSFER', 'phone', id::text, CASE WHEN {PAID} THEN 'KEPT' ELSE 'BROKEN' END, NULL,
       CASE WHEN {PAID} THEN minor ELSE 0 END, %(user)s, due + 10, due + 25, ''
  FROM made WHERE n %% 20 IN (0, 9) AND due < date '2026-10-01';
INSERT INTO dunning_promiseitem (promise_id, item_id, amount_minor, paid_minor)
SELECT id, note::bigint, amount_minor, paid_minor FROM dunning_promise
 WHERE entity_id = %(entity)s;
DROP TABLE made
"""
TABLES = (
    "receivables_openitem", "ledger_journalentry", "receivables_bankentry", "cash_match",
)  # fmt: skip


def main() -> int:
    """Build what is missing, measure, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--items", type=int, nargs="*", default=list(SIZES), help="items")
    parser.add_argument("--fresh", action="store_true", help="build the companies anew")
    options = parser.parse_args()
    import bench_pages

    bench_pages.DATABASE = DATABASE
    bench_pages._connect()
    bench_pages._create_database(fresh=options.fresh)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    taken = [(items, _measured(_company(items), items)) for items in options.items]
    is_right = all(seconds <= SECONDS_MAX * items / max(SIZES) for items, seconds in taken)
    for (few, before), (many, after) in pairwise(taken):
        bench_pages.say(f"{many / few:.0f} times the items take {after / before:.1f} times as long")
        is_right &= after / before <= GROWTH_MAX * many / few / 10
    return int(not is_right)


def _measured(member: Membership, items: int) -> float:
    from bench_dunnable import _peak
    from bench_pages import say

    from concilia.dunning.actions import NewBacktest, ask_backtest, run_backtest

    new = NewBacktest(version=0, since=SINCE, until=UNTIL)
    row = ask_backtest(new=new, member=member, at=NOW)
    begun, busy = time.perf_counter(), time.process_time()
    run_backtest(backtest_id=row.pk, at=NOW)
    seconds, own = time.perf_counter() - begun, time.process_time() - busy
    row.refresh_from_db()
    assert row.state == "DONE", row.error
    so = row.figures["so"]
    assert sum(so["ways"].values()) == sum(so["tones"].values()) == so["touches"]
    say(
        f"{items:>9,} items: {seconds:6.1f} s, {items / seconds:,.0f} items/s"
        f" ({own:.1f} s of this process's own time),"
        f" {row.done:,} customers, {so['touches']:,} touches,"
        f" {sum(so['passes'].values()):,} times nothing, {_peak()} MB,"
        f" load {os.getloadavg()[0]:.1f}"
    )
    return own


def _company(items: int) -> Membership:
    from bench_pages import say
    from django.db import connection, transaction

    from concilia.identity.models import Entity, Membership, User

    code = f"backtest-{items}"
    known = Membership.objects.filter(entity__code=code).first()
    if known is not None:
        return known
    begun = time.perf_counter()
    with transaction.atomic():
        entity = Entity.objects.create(
            code=code, name="Molino Aurora", legal_name="Molino Aurora S.r.l.", country="IT",
            currency="EUR", language="it", timezone="Europe/Rome",
        )  # fmt: skip
        user = User.objects.create(email=f"clerk@{code}.example", name="Clerk Bench")
        member = Membership.objects.create(
            entity=entity, user=user, role="admin", department="CRD", level=5
        )
        with connection.cursor() as cursor:
            # The ledger is not what is measured: the triggers that guard it are not asked.
            cursor.execute("SET LOCAL session_replication_role = replica")
            values = _values(entity, user.pk, items)
            for statement in BUILD.split(";\n"):
                cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    say(f"{items:,} items built in {time.perf_counter() - begun:.0f} s")
    return member


def _values(entity: Entity, user_id: int, items: int) -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        bases = []
        for table in TABLES:
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
            bases.append(int(cursor.fetchone()[0]))
    return {
        "entity": entity.pk,
        "user": user_id,
        "items": items,
        "customers": int(items / ITEMS_EACH),
        "base": max(bases),
    }


if __name__ == "__main__":
    sys.exit(main())
