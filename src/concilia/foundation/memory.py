"""When a process looks for cycles in its memory, and when not."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# A page makes some ten thousand objects, nearly all of which go by themselves.
YOUNG_MAX: Final = 20_000


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
