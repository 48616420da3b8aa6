"""
Messages of collections written a second.

    python tests/bench/bench_texts.py                   # 20,000 mails a language
    python tests/bench/bench_texts.py --mails 2000

Each mail has other facts. Says mails a second of processor time by language, short messages,
letters with 300 items, lints, and the peak of memory. Ends with 1 when fewer than 2,000 mails a
second are written in any language.
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

from tests.world.dunning_texts import facts, items

from concilia.correspondence.core.figures import Language
from concilia.dunning.core.texts import Key, Way, compose, wording_of
from concilia.dunning.core.texts.lints import lint

PER_SECOND_MIN = 2_000


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--mails", type=int, default=20_000)
    count: int = parser.parse_args().mails
    slowest = min(_mails(language, count) for language in Language)
    known = facts()
    short = _rate(lambda _: compose(Key.REMINDER, Way.SMS, "it", known), count)
    say(f"short messages: {short:,.0f} a second")
    long = facts(items=items(300))
    letters = _rate(lambda _: compose(Key.FIRM, Way.LETTER, "de", long), max(count // 100, 10))
    say(f"letters with 300 items: {letters:,.0f} a second")
    ours = wording_of(Key.FIRM, Way.EMAIL, Language.FR)
    checked = _rate(lambda _: lint(Key.FIRM, Way.EMAIL, Language.FR, ours), max(count // 20, 10))
    say(f"lints: {checked:,.0f} texts a second")
    say(f"peak memory of 1,000 mails kept {_memory():.1f} MB")
    return int(slowest < PER_SECOND_MIN)


def _mails(language: Language, count: int) -> float:
    known = facts()
    own = items(3)

    def write(place: int) -> object:
        changed = (replace(own[0], number=f"2026/{place}", open=999_999, asked=place), *own[1:])
        one = replace(known, customer=f"Cliente {place}", items=changed)
        return compose(Key.QUESTION, Way.EMAIL, language, one)

    rate = _rate(write, count)
    say(f"mails in {language}: {rate:,.0f} a second")
    return rate


def _rate(act: Callable[[int], object], count: int) -> float:
    act(0)
    begun = time.process_time()
    for place in range(count):
        act(place)
    return count / (time.process_time() - begun)


def _memory() -> float:
    known = facts()
    tracemalloc.start()
    kept = [compose(Key.REMINDER, Way.EMAIL, "en", known) for _ in range(1_000)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(kept) == 1_000
    return peak / 1e6


if __name__ == "__main__":
    raise SystemExit(main())
