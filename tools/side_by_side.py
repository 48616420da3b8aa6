"""Work of the training tools on all cores: the answers stand in the order of what was asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from typing import Any, TypeVar

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")


class _Asked:
    """What children do, set before they are forked: any function, also one within another."""

    work: Callable[[Any], Any]


def side_by_side(work: Callable[[Piece], Answer], pieces: Sequence[Piece]) -> list[Answer]:
    """Return the answer to each piece, worked out in a process for each core."""
    cores = min(len(pieces), os.cpu_count() or 1)
    if cores <= 1:
        return [work(piece) for piece in pieces]
    _Asked.work = work
    with get_context("fork").Pool(cores) as pool:
        return pool.map(_answer, pieces, chunksize=1)


def _answer(piece: Any) -> Any:  # noqa: ANN401 - whatever is asked
    return _Asked.work(piece)
