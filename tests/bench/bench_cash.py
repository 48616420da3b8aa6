"""
Payments a second from the statement to the claims, with a million open items in the database.

    python tests/bench/bench_cash.py                       # 10,000 payments, 1,000,000 open items
    python tests/bench/bench_cash.py --payments 2000 --items 100000 --statement 500
    python tests/bench/bench_cash.py --fresh               # build the company anew
    python tests/bench/bench_cash.py --fresh --customers 5000   # two hundred items each, not ten
    python tests/bench/bench_cash.py --processes 1 --at-once 1   # one statement after the other

Statements are loaded, matched and posted, and what they fell short of becomes claims, through the
acts the worker calls, by as many processes, each with as many jobs at a time, as `concilia worker`
has unless told otherwise. Then single payments, as a person waits for them: match one, confirm one,
split one, take one back, show one. The company
stays in a database of its own (`concilia_bench_cash` in the server of CONCILIA_HOME) until
`--fresh`. Ends with 1 when a payment alone takes 50 ms or more at the median, or less than 1,000
a second go all the way.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concilia.cash.core.statements import StatementEntry
    from concilia.identity.models import Entity, Membership
    from concilia.receivables.models import BankStatement, OpenItem

sys.path.insert(0, str(Path(__file__).parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concilia.config.settings")
os.environ.setdefault("CONCILIA_LOG_LEVEL", "error")

DATABASE = "concilia_bench_cash"
# A worker has loaded it before the first statement.
CODE = (
    "concilia.cash.actions",
    "concilia.claims.actions.papers",
    "concilia.claims.actions.short_payments",
)
ALONE_MS_MAX = 50
PER_SECOND_MIN = 1_000
PROCESSES = min(os.cpu_count() or 1, 2)


def say(text: str) -> None:
    """Write one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """Build the company where it is missing, measure, print, judge."""
    options = _options()
    entity, member = _company(options)
    rate = _many(entity, options)
    alone = _alone(entity, member, options.times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    say(f"peak memory of this process {peak} MB, load {os.getloadavg()[0]:.1f}")
    return int(rate < PER_SECOND_MIN or max(alone.values()) >= ALONE_MS_MAX)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--items", type=int, default=1_000_000, help="open items")
    parser.add_argument("--customers", type=int, default=100_000, help="who owe them")
    parser.add_argument("--payments", type=int, default=10_000)
    parser.add_argument("--statement", type=int, default=2_000, help="payments of one statement")
    parser.add_argument("--processes", type=int, default=PROCESSES, help="that work")
    parser.add_argument("--at-once", type=int, default=2, help="statements of each at a time")
    parser.add_argument("--times", type=int, default=30, help="how often each single act is done")
    parser.add_argument("--fresh", action="store_true", help="build the company anew")
    return parser.parse_args()


def _company(options: argparse.Namespace) -> tuple[Entity, Membership]:
    import bench_pages
    import django
    from django.conf import settings

    from concilia.foundation import embedded_postgres

    bench_pages.DATABASE = DATABASE
    embedded_postgres.ensure()
    if not embedded_postgres.is_external():
        settings.DATABASES["default"]["NAME"] = DATABASE
    django.setup()
    import bulk_world
    from django.core.management import call_command

    from concilia.identity.models import Entity, Membership

    for name in CODE:
        import_module(name)
    bench_pages._create_database(fresh=options.fresh)
    call_command("migrate", interactive=False, verbosity=0)
    if not Entity.objects.filter(code=bulk_world.CODE).exists():
        begun = time.perf_counter()
        bulk_world.build(bulk_world.Size(options.items, 10_000, options.customers), say)
        say(f"built in {time.perf_counter() - begun:.0f} s")
    entity = Entity.objects.get(code=bulk_world.CODE)
    member = Membership.objects.select_related("user", "entity").filter(
        entity=entity, role="clerk"
    )[0]
    return entity, member


def _many(entity: Entity, options: argparse.Namespace) -> float:
    """Load and match statements and open their claims; payments a second of all together."""
    from concilia.cash.models import Match
    from concilia.receivables.models import OpenItem

    draw = random.Random(time.time_ns())
    first = OpenItem.objects.earliest("pk").pk
    items = _open_items(entity, draw, first, options.payments)
    say(f"{OpenItem.objects.exclude(open_minor=0).count():,} open items; {len(items):,} payments")
    entries = [_entry(draw, item) for item in items]
    days = [
        entries[start : start + options.statement]
        for start in range(0, len(entries), options.statement)
    ]
    begun = time.perf_counter()
    done, own = _by_processes(entity, days, options)
    took = time.perf_counter() - begun
    states = Counter[str]()
    for one in done:
        rows = Match.objects.filter(bank_entry__statement=one.statement)
        states.update(rows.values_list("state", flat=True))
    for name in ("loading", "matching", "claiming"):
        each = sum(getattr(one, name) for one in done) / options.processes / options.at_once
        say(f"{name:9} {len(items) / each:8.0f} a second")
    say(
        f"together  {len(items) / took:8.0f} a second (at least {PER_SECOND_MIN}), "
        f"{options.processes} processes, {options.at_once} statements each at a time; "
        f"{dict(states)}, {sum(one.claims for one in done):,} claims"
    )
    say(f"          {len(items) / own:8.0f} a second of the processes' own time")
    theirs = sum(one.database_seconds for one in done)
    say(f"          {len(items) / (own + theirs):8.0f} a second of theirs and the database's")
    return len(items) / took


@dataclass(frozen=True, slots=True)
class Done:
    """A statement, how many claims it gave, and what its parts took in seconds."""

    statement: BankStatement
    claims: int
    loading: float
    matching: float
    claiming: float
    database_seconds: float


def _by_processes(
    entity: Entity, days: Sequence[list[StatementEntry]], options: argparse.Namespace
) -> tuple[list[Done], float]:
    """Work statements as workers do; also the processor seconds that all of them took."""
    from django.db import connections

    connections.close_all()  # a forked process opens its own
    context = get_context("fork")
    queue = context.Manager().Queue()
    for day in days:
        queue.put(day)
    if options.processes == 1:
        return _by_threads(entity, queue, options.at_once)
    with ProcessPoolExecutor(options.processes, mp_context=context) as workers:
        parts = [
            workers.submit(_by_threads, entity, queue, options.at_once)
            for _ in range(options.processes)
        ]
        answers = [part.result() for part in parts]
    return [one for done, _ in answers for one in done], sum(own for _, own in answers)


def _by_threads(
    entity: Entity, queue: Queue[list[StatementEntry]], at_once: int
) -> tuple[list[Done], float]:
    busy = time.process_time()
    with ThreadPoolExecutor(at_once) as jobs:
        parts = [jobs.submit(_until_empty, entity, queue) for _ in range(at_once)]
        done = [one for part in parts for one in part.result()]
    return done, time.process_time() - busy


def _until_empty(entity: Entity, queue: Queue[list[StatementEntry]]) -> list[Done]:
    """Each takes the next statement when it is free, as workers do."""
    done = []
    while True:
        try:
            entries = queue.get_nowait()
        except Empty:
            return done
        done.append(_statement(entity, entries))


def _statement(entity: Entity, entries: list[StatementEntry]) -> Done:
    from django.db import connection

    from concilia.cash.actions import match_statement

    theirs, begun = _database_seconds(), time.perf_counter()
    statement = _load(entity, entries)
    loaded = time.perf_counter()
    match_statement(statement_id=statement.pk, at=_now())
    matched = time.perf_counter()
    claims = _claim(statement)
    claimed = time.perf_counter()
    theirs = _database_seconds() - theirs
    connection.close()
    return Done(statement, claims, loaded - begun, matched - loaded, claimed - matched, theirs)


def _database_seconds() -> float:
    """Processor seconds that the other end of our connection has taken; 0 where none can tell."""
    from django.db import connection

    connection.ensure_connection()
    process = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not process.exists():
        return 0.0
    user, system = process.read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _claim(statement: BankStatement) -> int:
    """Open the claims as the reaction to the posting does."""
    from concilia.cash.models import Allocation
    from concilia.claims.actions.short_payments import open_claims_for_deductions

    rows = Allocation.objects.filter(
        match__bank_entry__statement=statement, deduction_item__isnull=False
    )
    items = list(rows.values_list("deduction_item", flat=True))
    return open_claims_for_deductions(item_ids=items, at=_now())


def _open_items(entity: Entity, draw: random.Random, first: int, count: int) -> list[OpenItem]:
    from concilia.receivables.models import OpenItem

    rows = OpenItem.objects.filter(
        entity=entity, kind="invoice", currency="EUR", open_minor__gt=10_000, disputed_minor=0
    ).select_related("customer")
    start = first + draw.randrange(0, max(1, rows.count() - 2 * count))
    return list(rows.filter(pk__gte=start).order_by("pk")[:count])


def _entry(draw: random.Random, item: OpenItem) -> StatementEntry:
    """Mostly the number and the amount; some short with a reason, some by amount, some unknown."""
    from concilia.cash.core.statements import StatementEntry

    chance = draw.random()
    amount, text = item.open_minor, f"RE {item.document_number}"
    name, iban = item.customer.name.upper(), _iban(item)
    if chance < 0.15:
        amount, text = amount - draw.randrange(1, 5_000), f"{text} MANCA MERCE"
    elif chance < 0.25:
        text = "SALDO"
    elif chance < 0.30:
        text, iban, name = "BONIFICO", "", f"UNBEKANNT {draw.randrange(10**9)}"
    return StatementEntry(
        amount_minor=amount,
        currency=item.currency,
        booking_date=_now().date(),
        value_date=_now().date(),
        key=f"bench-{draw.randrange(10**15)}",
        payer_name=name,
        payer_iban=iban,
        text=text,
    )


def _iban(item: OpenItem) -> str:
    return f"DE{int(item.customer.number.removeprefix('C-')):020d}"


def _now() -> Any:
    import bulk_world

    return bulk_world.NOW


def _load(entity: Entity, entries: list[StatementEntry]) -> BankStatement:
    from concilia.cash.actions import StatementDraft, load_statement
    from concilia.foundation.blobs import store_blob

    name = f"bench {time.time_ns()}"
    blob = store_blob(content=name.encode(), at=_now())
    draft = StatementDraft(
        iban="IT60X0542811101000099999999",
        currency="EUR",
        identification=name,
        statement_date=_now().date(),
        entries=entries,
    )
    return load_statement(entity_id=entity.pk, sha256=blob.sha256, draft=draft, at=_now())


class Stopwatch:
    """Times acts by name; the middle of each is what counts."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = {}

    def time(self, name: str, act: Callable[[], Any]) -> Any:
        """Do an act, keep what it took in milliseconds, return its answer."""
        begun = time.perf_counter()
        answer = act()
        self.took.setdefault(name, []).append((time.perf_counter() - begun) * 1000)
        return answer

    def medians(self) -> dict[str, float]:
        """Print the table and return the median of each act."""
        for name, values in self.took.items():
            ordered = sorted(values)
            p95 = ordered[-(-95 * len(ordered) // 100) - 1]
            say(
                f"{name:20} best {ordered[0]:7.1f} ms   p50 {statistics.median(values):7.1f} ms"
                f"   p95 {p95:7.1f} ms"
            )
        say(f"allowed below {ALONE_MS_MAX} ms at the median")
        return {name: statistics.median(values) for name, values in self.took.items()}


def _alone(entity: Entity, member: Membership, times: int) -> dict[str, float]:
    """What a person waits for: one payment at a time, the median of each act in milliseconds."""
    from concilia.receivables.models import OpenItem

    draw = random.Random(time.time_ns())
    first = OpenItem.objects.earliest("pk").pk
    watch = Stopwatch()
    for item in _open_items(entity, draw, first, times):
        _by_the_engine(watch, entity, _entry(draw, item))
        other = OpenItem.objects.filter(
            customer=item.customer_id, currency="EUR", open_minor__gt=0, disputed_minor=0
        ).first()
        if other is not None:
            _by_a_person(watch, member, other, _unknown(draw, other))
    return watch.medians()


def _by_the_engine(watch: Stopwatch, entity: Entity, entry: StatementEntry) -> None:
    from concilia.cash.actions import match_statement
    from concilia.cash.queries.payment import Asked, payment_on_desk
    from concilia.receivables.models import BankEntry

    statement = watch.time("load one", lambda: _load(entity, [entry]))
    watch.time("match and post one", lambda: match_statement(statement_id=statement.pk, at=_now()))
    loaded = BankEntry.objects.get(statement=statement).pk
    watch.time("show one", lambda: payment_on_desk(entity=entity, entry_id=loaded, asked=Asked()))


def _by_a_person(
    watch: Stopwatch, member: Membership, item: OpenItem, entry: StatementEntry
) -> None:
    from concilia.cash.actions import (
        PersonsLine,
        PersonsSplit,
        match_statement,
        post_split,
        reverse_match,
    )
    from concilia.receivables.models import BankEntry

    statement = _load(member.entity, [entry])
    match_statement(statement_id=statement.pk, at=_now())
    waiting = BankEntry.objects.get(statement=statement).pk
    line = PersonsLine(item_id=item.pk, applied_minor=item.open_minor)
    split = PersonsSplit(customer_id=item.customer_id, lines=[line])
    match = watch.time(
        "split and post one",
        lambda: post_split(bank_entry_id=waiting, split=split, member=member, at=_now()),
    )
    watch.time(
        "take one back",
        lambda: reverse_match(match_id=match.pk, reason="bench", member=member, at=_now()),
    )


def _unknown(draw: random.Random, item: OpenItem) -> StatementEntry:
    from concilia.cash.core.statements import StatementEntry

    return StatementEntry(
        amount_minor=item.open_minor,
        currency=item.currency,
        booking_date=_now().date(),
        value_date=_now().date(),
        key=f"bench-{draw.randrange(10**15)}",
        text="???",
    )


if __name__ == "__main__":
    sys.exit(main())
