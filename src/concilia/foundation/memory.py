"""How much memory there is, when a process looks for cycles in its own, and when not."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

# A page makes some ten thousand objects, nearly all of which go by themselves.
YOUNG_MAX: Final = 20_000
# What a container may take, by version 2 and 1 of control groups.
LIMITS: Final = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def memory_bytes(limits: Sequence[Path] = LIMITS) -> int:
    """Return how much memory this machine has, or its container may take, in bytes."""
    sizes = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    for path in limits:
        try:
            sizes.append(int(path.read_text()))
        except (OSError, ValueError):  # not there, or "max"
            continue
    return min(sizes)


def keep_what_is_loaded() -> None:
    """
    This will tell the collector that what is loaded by now stays, and to look at the rest rarely.

    Else it goes through the few hundred thousand objects of the program itself time and again, in
    the middle of a page or a document: a fifth of the time a page took.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_MAX, *gc.get_threshold()[1:])


@contextmanager
def collector_rests() -> Iterator[None]:
    """
    Look for no cycles while some thousands of rows are made and written: a quarter of the time.

    What is let go is freed all the same; cycles are found by the next search after it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
