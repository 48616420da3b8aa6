"""The search for cycles in memory, which looks at every row of a batch and finds nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
