"""
Which combinations of open items make an amount: all of them up to two, with proof (domain.md §6.4).

Two answers are as good as none: the search stops at the second. It also stops before it starts
where the work would exceed its budget, and says so; it never guesses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from math import gcd
from typing import Final

import numpy as np
import numpy.typing as npt

ENUMERATED_MAX: Final = 15  # 2^15 sums are made at once
HALVED_MAX: Final = 34  # two halves of 2^17 sums meet in the middle
SOLUTIONS_MAX: Final = 2
CERTAINLY: Final = 1_000_000
ROUND_AMOUNT: Final = 10_000
AMOUNT_MAX: Final = 2**56

Sums = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SubsetAnswer:
    """
    `solutions` are sorted positions, at most two, in a fixed order. `is_complete` is false where
    the search gave up; then there may be more of them, or some where there seem to be none.
    """

    solutions: tuple[tuple[int, ...], ...]
    is_complete: bool = True

    @property
    def unique(self) -> tuple[int, ...] | None:
        """The one solution, if it is proved that there is no other."""
        return self.solutions[0] if self.is_complete and len(self.solutions) == 1 else None


NO_SOLUTION: Final = SubsetAnswer(())
GAVE_UP: Final = SubsetAnswer((), is_complete=False)


def find_subsets(amounts: Sequence[int], target: int, *, work_max: int) -> SubsetAnswer:
    """
    This will find the non-empty sets of positions whose amounts add up to the target.

    :param amounts: minor units; negative for credits
    :param work_max: the budget in bits of work; see `Policy.subset_work_max`
    """
    useful = _useful(amounts, target)
    if useful is None:
        return NO_SOLUTION
    positions, divisor = useful
    values = [amounts[position] // divisor for position in positions]
    goal = target // divisor
    if len(values) <= ENUMERATED_MAX:
        found = _enumerate(values, goal)
    elif _reach(values, goal) * len(values) <= min(work_max, _halving_work(len(values))):
        found = _fill(values, goal)
    elif len(values) <= HALVED_MAX and _halving_work(len(values)) <= work_max:
        found = _meet(values, goal)
    else:
        return GAVE_UP
    solutions = [tuple(positions[place] for place in places) for places in found]
    return SubsetAnswer(tuple(sorted(solutions, key=lambda s: (len(s), s))))


def coincidences(amounts: Sequence[int], target: int, size: int) -> Decimal:
    """
    Return how many combinations of up to `size` items would hit the target by chance.

    This is the number of such combinations over the number of sums they can make: a bound to judge
    by, not a probability. One solution among many thousand combinations is likely an accident,
    although it is the only one.
    """
    count = sum(1 for amount in amounts if amount)
    step = gcd(target, *amounts) or 1
    if count == 1:  # of one item alone its own amount is no step
        step = gcd(step, ROUND_AMOUNT)
    spread = max(abs(target), *(abs(amount) for amount in amounts), 1) // step or 1
    tries, ways = 0, 1
    for chosen in range(1, min(size, count) + 1):
        ways = ways * (count - chosen + 1) // chosen
        tries += ways
        if tries > CERTAINLY * spread:
            break  # so many that one more makes no difference
    return Decimal(tries) / Decimal(spread)


def _useful(amounts: Sequence[int], target: int) -> tuple[list[int], int] | None:
    """Which amounts can take part, and what all of them are multiples of; None: none can."""
    credit = sum(amount for amount in amounts if amount < 0)
    positions = [
        position
        for position, amount in enumerate(amounts)
        if amount and amount <= target - credit and abs(amount) < AMOUNT_MAX
    ]
    if not positions or not target:
        return None
    chosen = [amounts[position] for position in positions]
    divisor = gcd(*chosen)
    debit = sum(amount for amount in chosen if amount > 0)
    if target % divisor or target > debit or target < credit:
        return None
    return positions, divisor


def _all_sums(values: Sequence[int]) -> Sums:
    """The sums of all subsets; the bits of an index say which values are in it."""
    sums = np.zeros(1, dtype=np.int64)
    for value in values:
        sums = np.concatenate((sums, sums + value))
    return sums


def _members(mask: int, count: int, offset: int = 0) -> list[int]:
    return [offset + bit for bit in range(count) if mask >> bit & 1]


def _enumerate(values: Sequence[int], goal: int) -> list[list[int]]:
    hits = np.flatnonzero(_all_sums(values) == goal)
    return [_members(int(mask), len(values)) for mask in hits[:SOLUTIONS_MAX] if mask]


def _halving_work(count: int) -> int:
    return (1 << (count + 1) // 2) * 64 * count


def _meet(values: Sequence[int], goal: int) -> list[list[int]]:
    """Meet in the middle: every sum of the left half looks for its rest among the right ones."""
    half = len(values) // 2
    left, right = _all_sums(values[:half]), _all_sums(values[half:])
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    first = np.searchsorted(ordered, goal - left, side="left")
    last = np.searchsorted(ordered, goal - left, side="right")
    found: list[list[int]] = []
    for mask in np.flatnonzero(last > first)[: SOLUTIONS_MAX + 1].tolist():
        stop = min(int(last[mask]), int(first[mask]) + SOLUTIONS_MAX + 1)
        places: list[int] = order[int(first[mask]) : stop].tolist()
        found += [
            _members(mask, half) + _members(place, len(values) - half, half)
            for place in places
            if mask or place
        ]
    return found[:SOLUTIONS_MAX]


def _reach(values: Sequence[int], goal: int) -> int:
    """How many sums lie between nothing and what must be reached, credits turned round."""
    return goal - sum(value for value in values if value < 0) + 1


def _fill(values: Sequence[int], goal: int) -> list[list[int]]:
    """
    Mark every sum that can be reached, one item after the other, as the bits of one long integer.

    A credit is taken from the start and *not* taking it costs its amount, so that all steps go up.
    """
    goal = _reach(values, goal) - 1
    window = (1 << (goal + 1)) - 1
    reached = [1]
    for value in values:
        reached.append((reached[-1] | reached[-1] << abs(value)) & window)
    credits_ = frozenset(place for place, value in enumerate(values) if value < 0)
    walks = _walk_back(values, reached, len(values), goal)
    solutions = (sorted(credits_.symmetric_difference(walk)) for walk in walks)
    return list(islice((solution for solution in solutions if solution), SOLUTIONS_MAX))


def _walk_back(
    values: Sequence[int], reached: Sequence[int], level: int, rest: int
) -> Iterator[tuple[int, ...]]:
    """Yield the ways to a sum; no step leads into a dead end, for only reached sums are entered."""
    stack: list[tuple[int, int, tuple[int, ...]]] = [(level, rest, ())]
    while stack:
        level, rest, taken = stack.pop()
        if level == 0:
            yield taken
            continue
        step = abs(values[level - 1])
        if rest >= step and reached[level - 1] >> (rest - step) & 1:
            stack.append((level - 1, rest - step, (level - 1, *taken)))
        if reached[level - 1] >> rest & 1:
            stack.append((level - 1, rest, taken))
