"""
What learning from clerks costs: on a confirmation, and on matching with much that was learned.

    python tests/bench/bench_clerks.py                     # 200,000 open items, 500 payments
    python tests/bench/bench_clerks.py --fresh             # build the company anew

The same payments are put to the engine before and after 1,000 rules about texts and 10,000 habits
(two for each of 5,000 customers, 40,000 verdicts) are there; nothing is posted by it. Then the
acts by which decisions teach are timed. What was learned is rolled back at the end. Ends with 1
when what was learned makes matching 10 % slower or more.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concilia.cash.models import Match
    from concilia.identity.models import Entity, Membership
    from concilia.receivables.models import BankEntry

sys.path.insert(0, str(Path(__file__).parent))

RULES = 1_000
KINDS = ("oldest", "statement")
SLOWER_MAX = 1.10
HABITS_SQL = """
INSERT INTO cash_habitverdict (entity_id, bank_entry_id, customer_id, kind, agreed, judged_at)
SELECT e.entity_id, e.id, c.id, k.kind, e.id %% 20 > 0, now()
  FROM receivables_bankentry e
  JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS of
          FROM customers_customer WHERE entity_id = %s) c ON c.place = e.id %% c.of
 CROSS JOIN unnest(%s::text[]) AS k(kind)
 WHERE e.entity_id = %s
"""


def main() -> int:
    """Build the company where it is missing, measure, print, judge."""
    import bench_cash

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--items", type=int, default=200_000, help="open items")
    parser.add_argument("--times", type=int, default=9, help="how often each is done")
    parser.add_argument("--fresh", action="store_true", help="build the company anew")
    options = parser.parse_args()
    entity, member = bench_cash._company(options)
    from django.db import transaction

    entries = _entries(entity, 500)
    with transaction.atomic():
        slower = _matching(entity, member, entries, options.times)
        _learn_much(entity, member)
        _confirming(entity, member, options.times * 3)
        transaction.set_rollback(True)
    bench_cash.say(f"load {os.getloadavg()[0]:.1f}")
    return int(slower >= SLOWER_MAX)


def _matching(entity: Entity, member: Membership, entries: list[BankEntry], times: int) -> float:
    """How many times longer the same payments take with much that was learned."""
    import bench_cash
    from django.db import transaction

    _think(entity, entries)
    plain: list[float] = []
    learned: list[float] = []
    asked: list[float] = []
    for _ in range(times):  # in turns: a busy machine is busy for both
        plain.append(_think(entity, entries))
        begun = transaction.savepoint()
        verdicts = _learn_much(entity, member)
        learned.append(_think(entity, entries))
        asked.append(_ask(entity))
        transaction.savepoint_rollback(begun)
    bench_cash.say(f"{verdicts:,} verdicts, {RULES:,} rules")
    before, after = statistics.median(plain), statistics.median(learned)
    bench_cash.say(f"matching {len(entries)}: {before:.0f} ms before, {after:.0f} ms after (CPU)")
    bench_cash.say(f"at best {min(plain):.0f} and {min(learned):.0f} ms")
    bench_cash.say(f"the habits of 500 customers are read in {min(asked):.1f} ms at best")
    return after / before


def _ask(entity: Entity) -> float:
    """Milliseconds to read the habits of as many customers as a chunk of payments has."""
    from concilia.cash.queries.habits import habits_of
    from concilia.customers.models import Customer

    payers = dict.fromkeys(
        Customer.objects.filter(entity=entity).values_list("pk", flat=True)[:500], ""
    )
    begun = time.perf_counter()
    habits_of(payers)
    return (time.perf_counter() - begun) * 1000


def _learn_much(entity: Entity, member: Membership) -> int:
    """Rules and verdicts; how many of these."""
    from django.db import connection

    _write_rules(entity, member)
    with connection.cursor() as cursor:
        cursor.execute(HABITS_SQL, [entity.pk, list(KINDS), entity.pk])
        count = cursor.rowcount
        cursor.execute("ANALYZE cash_habitverdict, cash_textrule")
    return int(count)


def _think(entity: Entity, entries: list[BankEntry]) -> float:
    """Milliseconds of processor from the entries to the answers; nothing is written."""
    from concilia.cash.queries.candidates import candidates_for
    from concilia.cash.queries.second_looks import second_looks
    from concilia.matching.engine import match_payments

    gc.collect()
    gc.disable()  # it would fall on one of both by chance
    begun = time.process_time()
    asked = candidates_for(entity=entity, entries=entries)
    answers = match_payments(
        asked.payments,
        asked.items,
        asked.customers,
        asked.remittances,
        asked.policy,
        lessons=asked.lessons,
    )
    second_looks(entity=entity, entries=entries, answers=answers, policy=asked.policy)
    took = (time.process_time() - begun) * 1000
    gc.enable()
    return took


def _entries(entity: Entity, count: int) -> list[BankEntry]:
    """Payments of every kind of `bench_cash`, loaded; some of their texts hold words of rules."""
    import bench_cash

    from concilia.receivables.models import BankEntry, OpenItem

    draw = random.Random(time.time_ns())
    first = OpenItem.objects.earliest("pk").pk
    rows = OpenItem.objects.filter(
        entity=entity, kind="invoice", currency="EUR", open_minor__gt=10_000, disputed_minor=0
    )
    items = list(rows.filter(pk__gte=first).select_related("customer").order_by("pk")[:count])
    drafts = [bench_cash._entry(draw, item) for item in items]
    statement = bench_cash._load(entity, drafts)
    return list(BankEntry.objects.filter(statement=statement).order_by("pk"))


def _write_rules(entity: Entity, member: Membership) -> None:
    from concilia.cash.actions.rules import unsaved_rule
    from concilia.cash.core.rules import RuleDraft
    from concilia.cash.models import TextRule

    rows = []
    for n in range(RULES):
        text = f"SALDO {n}" if n % 50 == 0 else f"SALDO WORT{n}"  # a few look as if they fitted
        draft = RuleDraft(meaning="elsewhere", text=text, label="Rent")
        row = unsaved_rule(draft, entity.pk)
        row.number, row.state, row.written_by = n + 1, "ACTIVE", member.user
        row.written_at = _now()
        rows.append(row)
    TextRule.objects.bulk_create(rows)


def _confirming(entity: Entity, member: Membership, times: int) -> None:
    """What learning takes of a decision, and in how many statements."""
    import bench_cash
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from concilia.cash.actions.learning import learn, unlearn
    from concilia.cash.actions.suggesting import suggest_rule
    from concilia.matching.habits import HABITS

    watch = bench_cash.Stopwatch()
    counts: dict[str, set[int]] = {}
    matches = _decided(times)
    for match in matches:
        match.habits = dict.fromkeys(HABITS, "0")
        acts = {
            "learn": lambda one=match: learn(matches=[one], at=_now()),
            "look for a rule": lambda one=match: suggest_rule(match=one, at=_now()),
            "unlearn": lambda one=match: unlearn(match=one, at=_now()),
        }
        for name, act in acts.items():
            watch.time(name, act)
            with CaptureQueriesContext(connection) as seen:
                act()
            counts.setdefault(name, set()).add(len(seen))
    watch.time(f"learn {len(matches)} at once", lambda: learn(matches=matches, at=_now()))
    watch.medians()
    bench_cash.say(f"statements: {counts}")


def _decided(count: int) -> list[Match]:
    from concilia.cash.models import Match

    rows = Match.objects.filter(state="POSTED", customer__isnull=False)
    rows = rows.select_related("bank_entry", "customer", "entity").order_by("-pk")
    return list(rows[:count])


def _now() -> Any:
    import bulk_world

    return bulk_world.NOW


if __name__ == "__main__":
    sys.exit(main())
