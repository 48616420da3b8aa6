"""
`concilia import` of open items into embedded PostgreSQL, in a process of its own, a tenth first.

    python tests/bench/bench_import.py                   # 100,000, then 1,000,000 open items
    python tests/bench/bench_import.py --items 100000    # 10,000, then 100,000
    python tests/bench/bench_import.py --again           # the changed and the same file as well

The list is written as a German ERP would: its own headers, comma for cents, day first, Windows'
encoding. Ends with 1 when the target of issue "The main job" is missed: a million in minutes, and
flat memory: ten times the items may take 12 times as long and a quarter more memory.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS_MAX = 600
GROWTH_MAX, MEMORY_GROWTH_MAX = 12.0, 1.25
CUSTOMERS = 5_000
HEADER = (
    "Debitor;Belegart;Belegnummer;Belegdatum;Nettofälligkeit;Währung;Rechnungsbetrag;Restbetrag"
)
KINDS = (("Rechnung", 1), ("Rechnung", 1), ("Rechnung", 1), ("Gutschrift", -1))

# The peak of a child is only known to its parent: so there is one between.
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
HOLD = """
import sys
from concilia.foundation import embedded_postgres
embedded_postgres.ensure()
sys.stdin.read()
"""
FOUND = """
from concilia.foundation import embedded_postgres
embedded_postgres.ensure()
import django
django.setup()
from concilia.identity.models import Entity
Entity.objects.create(code="bench", name="Bench", legal_name="Bench", country="DE", currency="EUR",
                      language="de", timezone="Europe/Berlin")
"""
SUMS = """
from concilia.foundation import embedded_postgres
embedded_postgres.ensure()
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*), coalesce(sum(open_minor), 0) FROM receivables_openitem")
    items, open_minor = cursor.fetchone()
    cursor.execute("SELECT coalesce(sum(debit_minor - credit_minor), 0) FROM ledger_journalline "
                   "WHERE account = 'AR'")
    print(items, open_minor, cursor.fetchone()[0])
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one import took: seconds, and the peak of its process in megabytes."""

    name: str
    rows: int
    seconds: float
    megabytes: int

    def line(self) -> str:
        """One line of the table."""
        speed = self.rows / self.seconds
        return (
            f"{self.name:28} {self.rows:>9,} rows {self.seconds:8.1f} s {speed:8,.0f} rows/s "
            f"{self.megabytes:6} MB"
        )


def main() -> int:
    """This will measure, and say whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--again", action="store_true", help="changed and same files as well")
    options = parser.parse_args()
    small, large = (
        measure_at(options.items // 10, again=False),
        measure_at(options.items, again=options.again),
    )
    growth = large[0].seconds / small[0].seconds
    memory = large[0].megabytes / small[0].megabytes
    say(f"ten times the rows: {growth:.1f} times the time, {memory:.2f} times the memory")
    per_million = large[0].seconds * 1_000_000 / large[0].rows
    good = per_million <= SECONDS_MAX and growth <= GROWTH_MAX and memory <= MEMORY_GROWTH_MAX
    say("targets met" if good else "TARGET MISSED")
    return 0 if good else 1


def measure_at(items: int, *, again: bool) -> list[Run]:
    """This will import so many open items into a new database, and perhaps once more."""
    with tempfile.TemporaryDirectory(prefix="concilia-bench-") as home, database(Path(home)) as env:
        folder = Path(home)
        write_customers(folder / "debitoren.csv")
        total = write_items(folder / "offene_posten.csv", items, paid_every=0)
        python(FOUND, env)
        runs_import("customers", folder / "debitoren.csv", CUSTOMERS, env)
        runs = [runs_import("open items, all new", folder / "offene_posten.csv", items, env)]
        require_sums(env, items, total)
        if again:
            total = write_items(folder / "offene_posten.csv", items, paid_every=20)
            runs.append(
                runs_import("one in twenty changed", folder / "offene_posten.csv", items, env)
            )
            require_sums(env, items, total)
            with (folder / "offene_posten.csv").open("a", encoding="cp1252") as file:
                file.write("\r\n")  # other bytes, the same rows
            runs.append(runs_import("all as before", folder / "offene_posten.csv", items, env))
            require_sums(env, items, total)
        return runs


@contextmanager
def database(home: Path) -> Iterator[dict[str, str]]:
    """This will give the environment of a database of its own, which goes at the end."""
    env = {
        **os.environ,
        "CONCILIA_HOME": str(home),
        "CONCILIA_LOG_LEVEL": "error",
        "DJANGO_SETTINGS_MODULE": "concilia.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    env.pop("DATABASE_URL", None)
    holder = subprocess.Popen([sys.executable, "-c", HOLD], env=env, stdin=subprocess.PIPE)
    try:
        python("from concilia.interfaces.cli import main; main(['migrate'])", env)
        yield env
    finally:
        holder.communicate()
        while (home / "pg/postmaster.pid").exists():  # it goes when its last user has gone
            time.sleep(0.1)


def runs_import(name: str, path: Path, rows: int, env: dict[str, str]) -> Run:
    """This will import one file and print what it took."""
    command = [sys.executable, "-m", "concilia.interfaces.cli", "import", str(path)]
    started = time.perf_counter()
    answer = subprocess.run(
        [sys.executable, "-c", PEAK, *command], check=True, stdout=subprocess.PIPE, env=env
    )
    seconds = time.perf_counter() - started
    run = Run(name, rows, seconds, int(answer.stdout.split()[-1]) // 1024)
    say(run.line())
    return run


def require_sums(env: dict[str, str], items: int, total: int) -> None:
    """This will stop if what is open differs from the file, or from the ledger."""
    found = python(SUMS, env).split()
    expected = [str(items), str(total), str(total)]
    if found != expected:
        raise SystemExit(f"items, open, ledger: {found}, expected {expected}")


def python(text: str, env: dict[str, str]) -> str:
    """This will run a few lines in a process of their own."""
    answer = subprocess.run(
        [sys.executable, "-c", text], check=True, stdout=subprocess.PIPE, text=True, env=env
    )
    return answer.stdout


def write_customers(path: Path) -> None:
    """This will write the customers."""
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write("Debitor;Name;Land;Zahlungsziel\r\n")
        for n in range(CUSTOMERS):
            file.write(f"{10_000 + n};Müller & Söhne {n} GmbH;DE;30\r\n")


def write_items(path: Path, items: int, *, paid_every: int) -> int:
    """This will write the list, some of it half paid; returns the sum of what is open, in cents."""
    rng = random.Random(7)
    first, total = date(2025, 5, 1), 0
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(HEADER + "\r\n")
        for n in range(items):
            kind, sign = KINDS[n % len(KINDS)]
            day = first + timedelta(days=rng.randrange(500))
            amount = sign * rng.randrange(1_000, 2_000_000)
            left = amount // 2 if paid_every and n % paid_every == 0 else amount
            total += left
            cells = (10_000 + rng.randrange(CUSTOMERS), kind, f"RE-{1_800_000_000 + n}")
            dates = (german(day), german(day + timedelta(days=30)), "EUR")
            file.write(";".join(map(str, (*cells, *dates, comma(amount), comma(left)))) + "\r\n")
    return total


def say(line: str) -> None:
    """This will print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def german(day: date) -> str:
    """`31.12.2026`."""
    return f"{day.day:02d}.{day.month:02d}.{day.year}"


def comma(minor: int) -> str:
    """`1.234,50`, as the country writes it."""
    text = f"{abs(minor) // 100:,}".replace(",", ".")
    return f"{'-' if minor < 0 else ''}{text},{abs(minor) % 100:02d}"


if __name__ == "__main__":
    raise SystemExit(main())
