"""How the memory of a process that serves, or reads, for long is looked after."""

from __future__ import annotations

import gc
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
