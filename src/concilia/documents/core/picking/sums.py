"""
Which of the sums of a text is the one that is claimed.

The rules (`claimed.py`, `pointing.py`) propose one or none; each sum is judged by what stands
around it, by arithmetic, and by what the rules made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import Amount
from concilia.documents.core.claimed import amounts_outside_tables
from concilia.documents.core.classifier.features import Features
from concilia.documents.core.context import Context
from concilia.documents.core.picking.surroundings import Signs, Surroundings
from concilia.documents.core.pointing import pulls
from concilia.documents.core.reckoning import Reckoning
from concilia.documents.core.totals import Found

AMOUNTS_MAX: Final = 24
COUNTED_MAX: Final = 6
PULL_MAX: Final = 9
STRONG: Final = 2.0
CLEAR: Final = 1.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sum where it stands, and its signs."""

    amount: Amount
    features: Features


def sum_candidates(
    context: Context, kind: str, claimed: Found | None, why: str = ""
) -> list[Candidate]:
    """
    Return the sums of the live text, outside of tables, that may be claimed, in order.

    :param why: what it is about: who misses a proof of delivery claims none of the sums
    :param claimed: what the rules take for the claim
    :return: nothing where the text is a list of sums, or the rules added the claim up from lines
    """
    if claimed is not None and claimed.start is None:
        return []
    amounts = [
        replace(each, value=abs(each.value))
        for each in amounts_outside_tables(context)
        if each.value
    ]
    if not amounts or len(amounts) > AMOUNTS_MAX:
        return []
    pulled, reckoned = pulls(context.live, amounts)
    around = Surroundings(context)
    return [
        Candidate(
            each,
            Features(
                around.signs(each.start, each.end)
                | _said(each, kind, claimed.value if claimed else None, pulled[at])
                | _about(why, chosen=claimed is not None and abs(claimed.value) == each.value)
                | _reckoned(each, reckoned)
                | _beside(amounts, at),
                {},
            ),
        )
        for at, each in enumerate(amounts)
    ]


def _said(amount: Amount, kind: str, claimed: Decimal | None, pull: int) -> Signs:
    """What the rules made of a sum, and of which kind its document is."""
    chosen = claimed is not None and abs(claimed) == amount.value
    signs: Signs = {
        f"k:{kind}": 1.0,
        f"r:{chosen}": STRONG,
        f"r:{chosen}:{kind}": STRONG,
        f"pull:{max(-PULL_MAX, min(PULL_MAX, pull))}": CLEAR,
    }
    if claimed is None:
        signs |= {"none said": 1.0, f"none said:{kind}": CLEAR}
    return signs


def _about(why: str, *, chosen: bool) -> Signs:
    return {f"why:{why}": CLEAR, f"why:{why}:{chosen}": CLEAR} if why else {}


def _reckoned(amount: Amount, reckoned: Reckoning) -> Signs:
    sets = {
        "net": reckoned.nets,
        "tax": reckoned.taxes,
        "gross": reckoned.grosses,
        "sum": reckoned.sums,
    }
    signs = {f"is {name}": CLEAR for name, values in sets.items() if amount.value in values}
    return signs | {
        f"adds:{max(-COUNTED_MAX, min(COUNTED_MAX, reckoned.pulls[amount.value]))}": 1.0
    }


def _beside(amounts: Sequence[Amount], at: int) -> Signs:
    """How a sum stands to the others."""
    amount, values = amounts[at], {each.value for each in amounts}
    signs: Signs = {f"n:{min(len(values), COUNTED_MAX)}": 1.0}
    marks = {
        "biggest": amount.value == max(values),
        "smallest": amount.value == min(values),
        "first": at == 0,
        "last": at == len(amounts) - 1,
        "currency": amount.currency is not None,
        "cents": amount.has_cents,
    }
    return signs | {name: 1.0 for name, holds in marks.items() if holds}
