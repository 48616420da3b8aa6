"""
How long the desk's pages take on the server, with a million open items and 100,000 claims.

    python tests/bench/bench_pages.py                # build once, then measure every page
    python tests/bench/bench_pages.py --only claims  # pages whose name contains this
    python tests/bench/bench_pages.py --plan customer --slow 20   # the slow statements of a page

The company stays in a database of its own (`concilia_bench` in the server of CONCILIA_HOME, or the
one DATABASE_URL names) until `--fresh`. Ends with 1 when the 95th percentile of a page is 200 ms
or more. A page that does not exist yet is said and left out.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

sys.path.insert(0, str(Path(__file__).parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concilia.config.settings")
os.environ.setdefault("CONCILIA_LOG_LEVEL", "error")

DATABASE = "concilia_bench"
P95_MS_MAX = 200


@dataclass(frozen=True, slots=True)
class PageUnderTest:
    """A page by its url name; `args` are names of examples or words, `queries` query strings."""

    name: str
    args: tuple[str, ...] = ()
    queries: tuple[str, ...] = ("",)
    role: str = "clerk"


PAGES = (
    PageUnderTest("home"),
    PageUnderTest("home", role="approver"),
    PageUnderTest("home", role="resolver"),
    PageUnderTest("inbox", queries=("", "?view=all&page=300", "?q=claim-4")),
    PageUnderTest("arrival", ("arrival",)),
    PageUnderTest("document", ("document",)),
    PageUnderTest(
        "claims",
        queries=("", "?q=Frischmarkt", "?q=CLM-000418", "?q=1284.00", "?reason=NC-01",
                 "?state=INVESTIGATING", "?sort=amount", "?sort=customer", "?view=mine",
                 "?view=late", "?country=DE&country=ES", "?page=300", "?view=closed&page=400",
                 "?view=closed&q=Frischmarkt"),
    ),
    PageUnderTest("claims", queries=("?view=resting", "?view=watched", "?view=asked",
                                     "?view=waiting", "?due=past&sort=due", "?owner=none")),
    PageUnderTest("claim-worth", ("claim",)),
    PageUnderTest("team", queries=("", "?team=all"), role="approver"),
    PageUnderTest("team-load", role="approver"),
    PageUnderTest("team-absences", role="approver"),
    PageUnderTest("team-hand-overs", role="approver"),
    PageUnderTest("team-hand-over", queries=("?of=1",), role="approver"),
    PageUnderTest("claim", ("claim",)),
    PageUnderTest("claim", ("decidable",)),
    PageUnderTest("claim", ("closed",)),
    PageUnderTest("claim-act", ("claim", "ask")),
    PageUnderTest("claim-act", ("claim", "hand-over")),
    PageUnderTest("claim-new", queries=("", "?q=maison")),
    PageUnderTest(
        "bank",
        queries=("", "?statement=all", "?statement=all&show=all&page=200", "?statement=all&q=payer",
                 "?statement=all&sort=amount", "?statement=all&show=all&sort=amount",
                 "?statement=all&show=all&sort=payer&page=200",
                 "?statement=all&show=all&sort=oldest", "?statement=all&show=returns",
                 "?statement=all&show=all&q=payer"),
    ),
    PageUnderTest("bank-figures", queries=("?statement=all",)),
    PageUnderTest("bank-payment", ("entry",), ("", "?statement=all")),
    PageUnderTest("bank-statements", queries=("", "?page=20")),
    *(PageUnderTest("bank-figure", (name,), ("", more))
      for name, more in (("payments", "?days=365"), ("unapplied", "?age=31-60&page=9"),
                         ("reversed", "?page=2"))),
    PageUnderTest(
        "customers",
        queries=("", "?q=maison", "?sort=-overdue", "?sort=-contested", "?country=DE", "?page=150",
                 "?show=overdue", "?show=contested", "?show=limit"),
    ),
    PageUnderTest("customer", ("customer",), ("", "?show=overdue", "?page=3")),
    PageUnderTest("customer-claims", ("customer",)),
    PageUnderTest("customer-payments", ("customer",)),
    PageUnderTest("customer-talk", ("customer",)),
    PageUnderTest(
        "dashboard",
        queries=("", "?period=30", "?period=365", "?open=dso", "?open=contested",
                 "?open=posted_untouched"),
    ),
    PageUnderTest("palette", queries=("?q=", "?q=CLM-000418", "?q=FT-00000418", "?q=maison",
                                      "?q=1284.00")),
    PageUnderTest("imports"),
    PageUnderTest("audit", queries=("", "?page=50")),
    PageUnderTest("settings", queries=("", "?section=work"), role="admin"),
)  # fmt: skip


@dataclass(slots=True)
class Measured:
    """
    What one address took, in milliseconds, and how many statements it ran.

    `busy_ms` is processor time, ours and the database's: other work on the machine adds little.
    """

    address: str
    status: int
    queries: int
    kilobytes: int
    times_ms: list[float] = field(default_factory=list)
    busy_ms: float = 0.0

    @property
    def best(self) -> float:
        """The quickest one: what it takes while nothing else keeps the machine busy."""
        return min(self.times_ms)

    @property
    def p50(self) -> float:
        """The middle one."""
        return statistics.median(self.times_ms)

    @property
    def p95(self) -> float:
        """Nineteen of twenty are at most this (nearest rank)."""
        ordered = sorted(self.times_ms)
        return ordered[-(-95 * len(ordered) // 100) - 1]


def say(text: str) -> None:
    """Write one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """Build the company where it is missing, measure, print, judge."""
    options = _options()
    _connect()
    examples = _company(options)
    say(f"load of this machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    say(
        f"{'page':64} {'status':>6} {'SQL':>4} {'kB':>5} {'CPU ms':>7} {'best ms':>8} "
        f"{'p50 ms':>8} {'p95 ms':>8}"
    )
    worst = 0.0
    broken = 0
    for page in PAGES:
        if options.only and options.only not in page.name:
            continue
        for measured in _measure(page, examples, options.times):
            say(
                f"{measured.address:64} {measured.status:>6} {measured.queries:>4} "
                f"{measured.kilobytes:>5} {measured.busy_ms:>7.1f} {measured.best:>8.1f} "
                f"{measured.p50:>8.1f} {measured.p95:>8.1f}",
            )
            broken += measured.status != 200
            worst = max(worst, measured.p95)
    if options.plan:
        _explain(options.plan, examples, options.slow)
    say(f"slowest p95 {worst:.1f} ms, allowed below {P95_MS_MAX}; {broken} pages failed")
    return int(worst >= P95_MS_MAX or broken > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--items", type=int, default=1_000_000, help="open items")
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--customers", type=int, default=5_000)
    parser.add_argument("--times", type=int, default=20, help="requests of each address")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--plan", default="", help="print the slow statements of this page")
    parser.add_argument("--slow", type=float, default=20, help="slow is this many milliseconds")
    parser.add_argument("--fresh", action="store_true", help="build the company anew")
    parser.add_argument("--build-only", action="store_true", help="build, and do not measure")
    options = parser.parse_args()
    if options.build_only:
        options.times = 0
    return options


def _connect() -> None:
    import django
    from django.conf import settings

    from concilia.foundation import embedded_postgres

    embedded_postgres.ensure()
    if not embedded_postgres.is_external():
        settings.DATABASES["default"]["NAME"] = DATABASE
    settings.ALLOWED_HOSTS.append("testserver")
    django.setup()
    importlib.import_module("concilia.config.wsgi")  # loaded as servers load it
    logging.disable(logging.CRITICAL)  # a page that fails is a line of the table


def _company(options: argparse.Namespace) -> dict[str, int]:
    import bulk_world
    from django.core.management import call_command
    from django.db import connection

    from concilia.identity.models import Entity

    _create_database(fresh=options.fresh)
    call_command("migrate", interactive=False, verbosity=0)
    size = bulk_world.Size(options.items, options.claims, options.customers)
    if not Entity.objects.filter(code=bulk_world.CODE).exists():
        begun = time.perf_counter()
        bulk_world.build(size, say)
        say(f"built in {time.perf_counter() - begun:.0f} s")
        _take_figures(bulk_world.NOW)
    with connection.cursor() as cursor:
        return {
            "claim": _one(cursor, "claims_claim", "state = 'INVESTIGATING'"),
            "decidable": _one(cursor, "claims_claim", "state = 'DECISION_PROPOSED'"),
            "closed": _one(cursor, "claims_claim", "state = 'CLOSED'"),
            "document": _one(cursor, "documents_document", "kind = 'claim'"),
            "entry": _one(cursor, "cash_match", "state = 'PROPOSED'", "bank_entry_id"),
            "arrival": _one(cursor, "intake_arrival", "state = 'WAITING'"),
            "customer": _one(cursor, "customers_customer", "number = 'C-000007'"),
        }


def _take_figures(at: object) -> None:
    from concilia.identity.models import Entity
    from concilia.reporting.actions import take_figures

    begun = time.perf_counter()
    for entity in Entity.objects.all():
        take_figures(entity_id=entity.pk, at=at)
    say(f"figures taken in {time.perf_counter() - begun:.1f} s")


def _create_database(*, fresh: bool) -> None:
    from concilia.foundation import embedded_postgres

    if embedded_postgres.is_external():
        return
    import psycopg
    from django.conf import settings

    own = settings.DATABASES["default"]
    address = f"host={own['HOST']} user={own['USER']} dbname={embedded_postgres.DATABASE}"
    with psycopg.connect(address, autocommit=True) as direct:
        if fresh:
            direct.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        known = direct.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            direct.execute(f"CREATE DATABASE {DATABASE}")


def _one(cursor: object, table: str, where: str, column: str = "id") -> int:
    cursor.execute(f"SELECT {column} FROM {table} WHERE {where} ORDER BY 1 LIMIT 1")  # type: ignore[attr-defined]
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]


def _addresses(page: PageUnderTest, examples: dict[str, int]) -> Iterator[str]:
    from django.urls import NoReverseMatch, reverse

    try:
        path = reverse(f"desk:{page.name}", args=[examples.get(name, name) for name in page.args])
    except NoReverseMatch:
        say(f"({page.name}: no such page yet)")
        return
    for query in page.queries:
        yield path + query


def _measure(page: PageUnderTest, examples: dict[str, int], times: int) -> Iterator[Measured]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client(page.role)
    for address in _addresses(page, examples):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        measured = Measured(address, answer.status_code, len(captured), len(answer.content) // 1024)
        busy = _processor_seconds()
        for _ in range(times):
            begun = time.perf_counter()
            client.get(address)
            measured.times_ms.append((time.perf_counter() - begun) * 1000)
        if times:
            measured.busy_ms = (_processor_seconds() - busy) * 1000 / times
            yield measured


def _processor_seconds() -> float:
    """Of this process and, where it runs on this machine, of the database's one for us."""
    from django.db import connection

    connection.ensure_connection()
    clock = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    of_server = int(clock.read_text().split()[0]) / 1e9 if clock.exists() else 0.0
    return time.process_time() + of_server


def _client(role: str) -> Client:
    from django.test import Client

    from concilia.identity.models import Membership

    seat = Membership.objects.filter(entity__code="bench", role=role).order_by("pk").first()
    assert seat is not None, role
    client = Client(raise_request_exception=False)
    client.force_login(seat.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _explain(name: str, examples: dict[str, int], slow_ms: float) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page = next(each for each in PAGES if each.name == name)
    client = _client(page.role)
    for address in _addresses(page, examples):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        say(f"\n── {address}")
        for query in captured.captured_queries:
            took = float(query["time"]) * 1000
            if took >= slow_ms:
                say(f"{took:.0f} ms  {query['sql']}\n")


if __name__ == "__main__":
    sys.exit(main())
