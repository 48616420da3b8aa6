"""What a clerk can work out from amounts: whether one set of items explains a sum, or several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from tests.world.second_ledgers.records import Item, Verdict

SURVEYABLE = 10  # more open items than this nobody adds up in all ways


def count_sets(amounts: Sequence[int], target: int) -> int:
    """In how many ways items make up this sum; equal amounts count as different ways."""
    half = len(amounts) // 2
    left, right = sums(amounts[:half]), sums(amounts[half:])
    ways = sum(
        times * right[target - total] for total, times in left.items() if target - total in right
    )
    return ways - (target == 0)


def sums(amounts: Sequence[int]) -> Counter[int]:
    found: Counter[int] = Counter({0: 1})
    for amount in amounts:
        found = found + Counter({total + amount: times for total, times in found.items()})
    return found


def judge_sum(items: Sequence[Item], amount: int) -> Verdict:
    """Nothing is named: a sum that only one set of the payer's items makes is proof enough."""
    if len(items) > SURVEYABLE:
        return Verdict.MAY
    ways = count_sets([item.open for item in items], amount)
    return {0: Verdict.MAY, 1: Verdict.MUST}.get(ways, Verdict.NEVER)


def judge_rest(named: Sequence[Item], others: Sequence[Item], amount: int) -> Verdict:
    """Some numbers are legible; the others follow from the sum, if in one way only."""
    rest = amount - sum(item.open for item in named)
    return judge_sum(others, rest)


def is_sum_of_few(items: Sequence[Item], amount: int, *, most: int = 3) -> bool:
    """Whether up to `most` items happen to make this sum."""
    amounts = [item.open for item in items]
    return any(
        sum(chosen) == amount
        for size in range(1, most + 1)
        for chosen in combinations(amounts, size)
    )
