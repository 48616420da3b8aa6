"""
`concilia match` on ledgers whose truth is known, against a textbook baseline, in one run.

    python tests/bench/bench_matching.py                       # 100,000 payments, 1,000,000 items
    python tests/bench/bench_matching.py --payments 10000      # a tenth of everything
    python tests/bench/bench_matching.py --growth              # a tenth first, then the whole
    python tests/bench/bench_matching.py --workers 2           # with one process, then with two
    python tests/bench/bench_matching.py --ledger trade        # other ledgers, each habit a line
    python tests/bench/bench_matching.py --ledger utility      # households of a utility

The baseline is what one finds in open-source ledgers: the exact document number, else the exact
amount among the payer's items, else oldest first. Both start from the same CSV files and write the
same JSON Lines, each in a process of its own. Ends with 1 when a target of issue "Cash application"
is missed: 45 s and 3 GB on one core, at most 4 times the baseline, 12-fold growth, 90 % of what can
be known posted rightly, 0.1 % wrong; two workers 1.7 times as fast as one, by the clock.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

SECONDS_MAX, MEGABYTES_MAX = 45.0, 3_000
SLOWER_MAX, GROWTH_MAX = 4.0, 12.0
RIGHT_MIN, WRONG_MAX = 0.90, 0.001
FASTER_MIN = 1.7  # two workers
FILES = ("customers", "open_items", "payments", "remittances")


class Figures(NamedTuple):
    """How well payments were answered: shares, and the whole account in lines."""

    right: float  # of what can be known, posted rightly
    wrong: float  # of what was posted
    unknowable_posted: int
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: processor seconds, wall seconds, peak memory; and how well it did."""

    name: str
    cpu: float
    wall: float
    megabytes: int
    figures: Figures

    def line(self, payments: int) -> str:
        """One line of the table."""
        return (
            f"{self.name:10} {self.cpu:8.1f} s cpu {self.wall:8.1f} s wall {self.megabytes:6} MB "
            f"{payments / self.cpu:8.0f} payments/s   knowable right {self.figures.right:8.2%}   "
            f"wrong {self.figures.wrong:8.3%}   "
            f"unknowable posted {self.figures.unknowable_posted}"
        )


Answers = Iterable[Mapping[str, Any]]
Judge = Callable[[Answers], Figures]


def make_ledger(kind: str, folder: Path, payments: int, seed: int) -> Judge:
    """This will write a ledger's files and return what judges the answers to it."""
    if kind == "plain":
        return _plain_ledger(folder, payments, seed)
    from tests.world.second_ledgers import score, worlds

    make = worlds.make_trade_ledger if kind == "trade" else worlds.make_utility_ledger
    book = make(seed, payments)
    worlds.write_files(book, folder)

    def judge(answers: Answers) -> Figures:
        found = score.score(book, answers)
        lines = [*found.lines(), found.summary()]
        return Figures(found.posted_rightly, found.wrong, found.unknowable_posted, lines)

    return judge


def _plain_ledger(folder: Path, payments: int, seed: int) -> Judge:
    from tests.world.ledger_score import score
    from tests.world.ledgers import make_world

    world = make_world(seed=seed, customers=payments, items=payments * 10, payments=payments)
    world.write(folder)
    truths = world.truths

    def judge(answers: Answers) -> Figures:
        found = score(truths, answers)
        right = found.knowable_right / max(found.knowable, 1)
        wrong = found.wrong / max(found.posted, 1)
        return Figures(right, wrong, found.unknowable_posted, list(found.lines()))

    return judge


def measure(name: str, command: list[str], out: Path, judge: Judge) -> Run:
    """This will run one engine in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    peak = int(
        subprocess.run(
            [sys.executable, "-c", PEAK, *command],
            check=True,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        ).stdout.split()[-1]
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    with out.open(encoding="utf-8") as file:
        figures = judge(json.loads(line) for line in file)
    return Run(name, cpu, wall, peak // 1024, figures)


# The peak of a child is only known to its parent: so there is one between.
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def all_of(folder: Path, *, ledger: str, payments: int, seed: int, workers: int) -> list[Run]:
    """This will make a ledger and let both engines answer it, ours with more workers as well."""
    judge = make_ledger(ledger, folder, payments, seed)
    words = [f"--{name.replace('_', '-')}={folder / name}.csv" for name in FILES]
    out = folder / "ours.jsonl"
    ours = [sys.executable, "-m", "concilia.interfaces.cli", "match", *words, f"--out={out}"]
    theirs = [sys.executable, str(Path(__file__)), "--baseline", str(folder)]
    runs = [
        measure("baseline", theirs, folder / "baseline.jsonl", judge),
        measure("concilia", ours, out, judge),
    ]
    if workers > 1:
        runs.append(measure(f"{workers} workers", [*ours, f"--workers={workers}"], out, judge))
    return runs


def baseline(folder: Path) -> None:
    """Exact number, else exact amount, else oldest first: one pass, in the order of the bank."""
    customers = {}
    with (folder / "customers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for iban in row["ibans"].split("|"):
                customers[iban] = row["customer_id"]
            customers[row["name"].upper()] = row["customer_id"]
    by_number, by_customer = {}, defaultdict(list)
    with (folder / "open_items.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            item = [
                row["item_id"],
                row["due_date"],
                Decimal(row["open_amount"]),
                row["customer_id"],
            ]
            by_number[row["document_number"].upper()] = item
            by_customer[row["customer_id"]].append(item)
    with (
        (folder / "payments.csv").open(encoding="utf-8", newline="") as file,
        (folder / "baseline.jsonl").open("w", encoding="utf-8") as out,
    ):
        for row in csv.DictReader(file):
            amount = Decimal(row["amount"])
            named = [
                by_number[word]
                for word in re.findall(r"[A-Z0-9/-]+", row["remittance_text"].upper())
                if word in by_number
            ]
            payer = customers.get(row["payer_iban"]) or customers.get(row["payer_name"].upper())
            chosen = named or list(_by_amount(by_customer.get(payer, []), amount))
            applied = []
            for item in chosen:
                part = min(item[2], amount)
                if part > 0:
                    item[2] -= part
                    amount -= part
                    applied.append({"item_id": item[0], "applied": f"{part:.2f}"})
            answer = {
                "payment_id": row["payment_id"],
                "status": "posted" if applied else "unmatched",
                "allocations": applied,
                "deductions": [],
                "on_account": f"{amount:.2f}",
            }
            out.write(json.dumps(answer) + "\n")


def _by_amount(items: list, amount: Decimal) -> Iterator[list]:
    equal = [item for item in items if item[2] == amount]
    if equal:
        yield equal[0]
        return
    yield from sorted(items, key=lambda item: item[1])


def say(*lines: str) -> None:
    """This will print lines at once, also into a file."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def check(name: str, value: float, limit: float, *, least: bool = False) -> bool:
    """This will print one target and say whether it is met."""
    is_met = value >= limit if least else value <= limit
    say(f"  {'ok  ' if is_met else 'MISS'} {name}: {value:.4g} (target {limit:g})")
    return is_met


def main() -> int:
    """This will run the bench and return 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--payments", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--ledger", choices=["plain", "trade", "utility"], default="plain")
    parser.add_argument("--growth", action="store_true", help="run a tenth first")
    parser.add_argument("--baseline", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.baseline:
        baseline(options.baseline)
        return 0
    sizes = [options.payments // 10] * options.growth + [options.payments]
    ours: list[Run] = []
    met = True
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-matching-") as folder:
            say(f"{size} payments, ledger “{options.ledger}”")
            theirs, own, *shared = all_of(
                Path(folder),
                ledger=options.ledger,
                payments=size,
                seed=options.seed,
                workers=options.workers,
            )
        say(*(run.line(size) for run in (theirs, own, *shared)), *own.figures.lines)
        ours.append(own)
        met &= check("times the baseline", own.cpu / theirs.cpu, SLOWER_MAX)
        for run in shared:
            met &= check("times one worker", own.wall / run.wall, FASTER_MIN, least=True)
        met &= check("knowable right", own.figures.right, RIGHT_MIN, least=True)
        met &= check("wrong", own.figures.wrong, WRONG_MAX)
    if options.payments >= 100_000:
        met &= check("seconds", ours[-1].cpu, SECONDS_MAX)
        met &= check("megabytes", ours[-1].megabytes, MEGABYTES_MAX)
    if len(ours) > 1:
        met &= check("growth", ours[1].cpu / ours[0].cpu, GROWTH_MAX)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
