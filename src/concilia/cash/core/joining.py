"""Which payments a remittance is about, where the sums leave one answer only (domain.md §6.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from concilia.matching.subsets import find_subsets

TOGETHER_MAX: Final = 12  # payments or remittances one of the other may be made of
LINES_MAX: Final = 30
WORK_MAX: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class Advice:
    """A remittance: its total and what each line pays, minor units; None where a line is silent."""

    key: int
    total_minor: int
    nets: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment and its amount in minor units."""

    key: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Share:
    """What of a remittance is about a payment: the places of its lines, or nothing for all."""

    advice: int
    paid: int
    lines: tuple[int, ...] = ()


def shares_of(advice: Advice, payments: Sequence[Paid]) -> tuple[Share, ...]:
    """
    Cut one remittance over several payments that add up to its total.

    The payments must be the only choice that makes the total, and each one's lines the only choice
    that makes its amount, apart from each other; else nothing is cut, and a person chooses.
    """
    pool = [one for one in payments if 0 < one.amount_minor < advice.total_minor]
    if not 1 < len(pool) <= TOGETHER_MAX or not 0 < len(advice.nets) <= LINES_MAX:
        return ()
    if None in advice.nets:
        return ()
    nets = [net or 0 for net in advice.nets]
    chosen = _only([one.amount_minor for one in pool], advice.total_minor)
    if len(chosen) <= 1:
        return ()
    shares: list[Share] = []
    taken: set[int] = set()
    for paid in (pool[place] for place in chosen):
        lines = _only(nets, paid.amount_minor)
        if not lines or taken & set(lines):
            return ()
        taken |= set(lines)
        shares.append(Share(advice.key, paid.key, lines))
    return tuple(shares)


def parts_of(paid: Paid, advices: Sequence[Advice]) -> tuple[Share, ...]:
    """
    Find the several remittances that add up to one payment, if they are the only choice.

    More of them than `TOGETHER_MAX` are not tried: one of the others might fit as well.
    """
    pool = [one for one in advices if one.total_minor]
    if not 1 < len(pool) <= TOGETHER_MAX:
        return ()
    chosen = _only([one.total_minor for one in pool], paid.amount_minor)
    if len(chosen) <= 1:
        return ()
    return tuple(Share(pool[place].key, paid.key) for place in chosen)


def _only(amounts: Sequence[int], target: int) -> tuple[int, ...]:
    return find_subsets(amounts, target, work_max=WORK_MAX).unique or ()
