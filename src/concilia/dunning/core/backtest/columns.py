"""
Where each cent was on each day: the buckets of `queries.dunnable`, for all days in one pass.

Rows are open items, columns the days of a backtest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from concilia.dunning.core.backtest.past import Flags, Past, Whole
from concilia.dunning.core.strategy.ladder import Why

NOBODY: Final = -1
NOT_LATE: Final = -2
FAR: Final = np.iinfo(np.int64).max
# As `placing._held_back` looks at them: of those that are as large the first.
PLACES: Final = (Why.DISPUTED, Why.PROMISED, Why.PLANNED, Why.PLACED, Why.HELD)
HELD_BACK: Final = (*PLACES, Why.STOPPED, Why.RESTING, Why.LITTLE)

# A row, the first day, the day after the last, and an amount in minor units.
Span = tuple[int, int, int, int]


def laid(spans: Iterable[Span], rows: int, days: int) -> Whole:
    """Return by row and day the sum of what is laid over them."""
    edges = np.zeros((rows, days + 1), dtype=np.int64)
    found = np.array(list(spans), dtype=np.int64).reshape(-1, 4)
    found = found[(found[:, 1] < found[:, 2]) & (found[:, 1] < days)]
    row, first, end, minor = found.T
    np.add.at(edges, (row, first), minor)
    np.add.at(edges, (row, np.minimum(end, days)), -minor)
    return edges.cumsum(axis=1)[:, :days]


def latest(events: Iterable[Span], rows: int, days: int) -> Whole:
    """
    Return by row and day the latest of the days that are known by then.

    :param events: a row, from when on it is known, until when it counts, and its day
    """
    found = np.array(list(events), dtype=np.int64).reshape(-1, 4)
    found = found[(found[:, 1] < found[:, 2]) & (found[:, 1] < days)]
    known = np.zeros((rows, days), dtype=np.int64)
    lasting = found[found[:, 2] >= days]
    np.maximum.at(known, (lasting[:, 0], lasting[:, 1]), lasting[:, 3])
    known = np.maximum.accumulate(known, axis=1)
    for row, first, end, day in found[found[:, 2] < days].tolist():
        known[row, first:end] = np.maximum(known[row, first:end], day)
    return known


def in_force(spans: Sequence[Span], rows: int, days: int) -> Whole:
    """
    Return by row and day which of some things is in force; -1 for none.

    :param spans: those that weigh less first; the last number is which
    """
    known = np.full((rows, days), NOBODY, dtype=np.int64)
    for row, first, end, which in spans:
        known[row, first:end] = which
    return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """
    By group and day, of what was past due, in minor units; of items: what may be asked for.

    :param ready: what of `dunnable` no reason holds
    :param motive: the reason of what is ready, a place in `codes`; -1 for none
    :param oldest: the oldest due date of what is ready, as an ordinal
    :param held_back: why nothing is asked for, a place in `HELD_BACK`; -1: the ladder decides, -2:
        nothing was past due
    :param of_items: by item and day what may be asked for; `asked` of it now
    """

    open: Whole
    disputed: Whole
    ready: Whole
    dunnable: Whole
    codes: Sequence[str]
    motive: Whole
    oldest: Whole
    held_back: Whole
    of_items: Whole
    asked: Whole


def sums_of(past: Past, days: Whole) -> Sums:
    """
    Deal out what was open on each day, as `queries.dunnable.BUCKETS` does, and sum it by group.

    :param days: as ordinals
    """
    items = past.items
    positive = np.maximum(items.open, 0)
    is_late = (items.open > 0) & (items.due[:, None] < days[None, :])
    wanted = np.where(items.is_deduction[:, None], positive, items.disputed)
    disputed = np.minimum(positive, wanted)
    rest = positive - disputed
    parts = [disputed]
    for part in (items.promised, items.planned, items.placed):
        parts.append(np.minimum(rest, part))
        rest = rest - parts[-1]
    firsts = np.array([group.first for group in past.groups], dtype=np.int64)
    clear = np.where(is_late, rest, 0)
    held = _held(past, clear, firsts)
    dunnable = clear - held
    rests, stops, codes, motive = _reasons(past, days)
    asked = np.where(rests, 0, dunnable)

    def summed(amounts: Whole) -> Whole:
        return np.add.reduceat(np.where(is_late, amounts, 0), firsts, axis=0)

    in_places = np.stack([*map(summed, parts), np.add.reduceat(held, firsts, axis=0)])
    ready = np.add.reduceat(asked, firsts, axis=0)
    all_dunnable = np.add.reduceat(dunnable, firsts, axis=0)
    all_open = summed(positive)
    stopped = np.logical_or.reduceat(is_late & stops, firsts, axis=0)
    held_back = _held_back(past, in_places, all_dunnable, ready, stopped)
    held_back[all_open == 0] = NOT_LATE
    due = np.where(asked > 0, items.due[:, None], FAR)
    return Sums(
        open=all_open,
        disputed=in_places[0],
        ready=ready,
        dunnable=all_dunnable,
        codes=codes,
        motive=np.maximum.reduceat(np.where(asked > 0, motive, NOBODY), firsts, axis=0),
        oldest=np.minimum.reduceat(due, firsts, axis=0),
        held_back=held_back,
        of_items=dunnable,
        asked=asked,
    )


def _held_back(
    past: Past, in_places: Whole, dunnable: Whole, ready: Whole, stopped: Flags
) -> Whole:
    """Why nothing is asked for, as `placing` says it of one customer."""
    least = np.array([group.least for group in past.groups], dtype=np.int64)[:, None]
    found = np.full(ready.shape, NOBODY, dtype=np.int64)
    found[ready <= least] = HELD_BACK.index(Why.LITTLE)
    is_resting = ready == 0
    found[is_resting] = HELD_BACK.index(Why.RESTING)
    found[is_resting & stopped] = HELD_BACK.index(Why.STOPPED)
    nothing = dunnable == 0
    found[nothing] = in_places.argmax(axis=0)[nothing]
    return found


def _held(past: Past, clear: Whole, firsts: Whole) -> Whole:
    """Credits and payments nobody assigned hold back the oldest of what is past due."""
    items = past.items
    waiting = np.add.reduceat(-np.minimum(items.open, 0), firsts, axis=0) + past.waiting
    before = clear.cumsum(axis=0) - clear
    before -= before[firsts][items.group]
    held: Whole = np.minimum(clear, np.maximum(0, waiting[items.group] - before))
    return held


def _reasons(past: Past, days: Whole) -> tuple[Flags, Flags, Sequence[str], Whole]:
    """By item and day: whether its reason rests, whether all stops, and which reason it is."""
    items = past.items
    whose = np.array([group.customer for group in past.groups], dtype=np.int64)
    of_customer = past.reason[whose][items.group]
    which = np.where(items.reason == NOBODY, of_customer, items.reason)
    codes = sorted({reason.code for reason in past.reasons})
    # The one more row is for -1: no reason.
    stop = np.array([*(one.stops for one in past.reasons), False])
    hold = np.array([*(one.holds for one in past.reasons), False])
    until = np.array([*(one.until or FAR for one in past.reasons), 0])
    code = np.array([*(codes.index(one.code) for one in past.reasons), NOBODY])
    stops = stop[which]
    rests = stops | (hold[which] & (until[which] >= days[None, :]))
    return rests, stops, codes, code[which]
