"""
Decisions a second of the contact policy, with short and long histories.

    python tests/bench/bench_contact.py                    # 20,000 contacts
    python tests/bench/bench_contact.py --contacts 5000

For each pack, contacts spread over a fortnight are decided with 10 and with 1,000 past contacts of
the two years before. Says decisions a second, the share allowed, the peak of memory of the run, and
how the cost grows from 1,000 to 10,000 past contacts. Ends with 1 when fewer than 2,000 decisions
with 10 past contacts are made in a second of processor time, or ten times the history costs more
than 13 times as much.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import tracemalloc
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from concilia.dunning.core.contact.cases import Debt, Debtor, PastContact, PlannedContact
from concilia.dunning.core.contact.deciding import RuleBook
from concilia.dunning.core.contact.packs import PACKS
from concilia.dunning.core.contact.terms import Channel, Content, DebtorType, Outcome

PER_SECOND_MIN = 2_000
GROWTH_MAX = 13.0
START = datetime(2026, 11, 16, tzinfo=UTC)
ZONES = {"IT": "Europe/Rome", "US": "America/Chicago", "DE": "Europe/Berlin"}
CHANNELS = (Channel.CALL, Channel.SMS, Channel.EMAIL, Channel.LETTER)


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--contacts", type=int, default=20_000)
    options = parser.parse_args()
    slowest = min(_measure(country, 10, options.contacts) for country in ZONES)
    for country in ZONES:
        _measure(country, 1_000, options.contacts // 10)
    growth = _growth(max(options.contacts // 100, 20))
    say(f"peak memory of 1,000 decisions kept {_memory():.1f} MB")
    return int(slowest < PER_SECOND_MIN or growth > GROWTH_MAX)


def _measure(country: str, past: int, contacts: int) -> float:
    """Decide on so many contacts; return decisions a second of processor time."""
    rates = {}
    for kind in (DebtorType.CONSUMER, DebtorType.COMPANY):
        book, planned, debtor, history = _world(country, kind, past, contacts)
        begun, allowed = time.process_time(), 0
        for contact in planned:
            allowed += book.decide(contact, debtor, history).allowed
        seconds = time.process_time() - begun
        rates[kind] = len(planned) / seconds
        say(
            f"{country} {kind.lower():8} {past:>6,} past contacts: {rates[kind]:>8,.0f} decisions"
            f" a second, {100 * allowed // len(planned)} % allowed"
        )
    return min(rates.values())


def _growth(contacts: int) -> float:
    seconds = []
    for past in (1_000, 10_000):
        book, planned, debtor, history = _world("US", DebtorType.CONSUMER, past, contacts)
        begun = time.process_time()
        for contact in planned:
            book.decide(contact, debtor, history)
        seconds.append(time.process_time() - begun)
    growth = seconds[1] / seconds[0]
    say(f"ten times the history costs {growth:.1f} times as much")
    return growth


def _memory() -> float:
    book, planned, debtor, history = _world("IT", DebtorType.CONSUMER, 10, 1_000)
    tracemalloc.start()
    kept = [book.decide(contact, debtor, history) for contact in planned]
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    assert len(kept) == len(planned)
    return peak


def _world(
    country: str, kind: DebtorType, past: int, contacts: int
) -> tuple[RuleBook, list[PlannedContact], Debtor, Sequence[PastContact]]:
    draw = random.Random(f"{country} {kind} {past}")
    zone = ZoneInfo(ZONES[country])
    debtor = Debtor(type=kind, zones=(zone,), countries=frozenset({country}))
    history = sorted(
        (
            PastContact(
                at=START - timedelta(minutes=draw.randrange(2 * 365 * 24 * 60)),
                channel=draw.choice(CHANNELS),
                outcome=draw.choice((Outcome.NO_ANSWER, Outcome.CONVERSATION, Outcome.SENT)),
                debts=frozenset({draw.choice("ABC")}),
            )
            for _ in range(past)
        ),
        key=lambda one: one.at,
    )
    planned = [
        PlannedContact(
            channel=draw.choice(CHANNELS),
            at=START + timedelta(minutes=draw.randrange(14 * 24 * 60)),
            debts=(Debt(draw.choice("ABC")),),
            content=frozenset({Content.OPT_OUT_NOTICE}),
        )
        for _ in range(contacts)
    ]
    return RuleBook(PACKS[country]), planned, debtor, history


if __name__ == "__main__":
    sys.exit(main())
