"""
Whether something that arrived belongs to a case that is open already (domain.md §2.4, §2.6).

What fits one case beyond doubt is laid beside it; what fits several, or comes from somebody unknown
there, is only proposed: people decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Sign(StrEnum):
    """What ties an arrival to a case, the strongest first."""

    THREAD = "THREAD"
    CASE = "CASE"
    CLAIM = "CLAIM"
    DELIVERY = "DELIVERY"
    INVOICE = "INVOICE"
    ORDER = "ORDER"


class Course(StrEnum):
    """What to do with it."""

    ATTACH = "ATTACH"
    PROPOSE = "PROPOSE"
    LEAVE = "LEAVE"


class Doubt(StrEnum):
    """Why a person must say yes first."""

    SEVERAL = "SEVERAL"
    SENDER = "SENDER"
    FOREIGN = "FOREIGN"
    OTHER_MATTER = "OTHER_MATTER"
    READING = "READING"
    SIGNING = "SIGNING"


STRENGTH: Final = {sign: n for n, sign in enumerate(Sign)}
OURS: Final = frozenset({Sign.THREAD, Sign.CASE})  # they were told which case it is
NAMES_IT: Final = OURS | {Sign.CLAIM}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """
    What arrived, as far as it matters here.

    :param is_paper: it is, or brings, a paper of a kind that proves something
    :param is_claim: it contests something or asks for money back by itself
    :param is_sure: its kind was read with confidence, or a person said what it is
    :param has_foreign: it names numbers of another customer than its writer
    :param has_records: it names records of ours
    """

    is_paper: bool = True
    is_claim: bool = False
    is_sure: bool = True
    has_foreign: bool = False
    has_records: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """
    An open case something in the arrival points to.

    :param claim: its key
    :param signs: each with the number that was read; empty for the thread
    :param waits: a step of it waits for such a paper
    :param is_from_them: nobody unknown to this case wrote it
    :param is_signing: people are asked to sign what was decided without this paper
    :param same_amount: the arrival names no other amount than the case is about
    """

    claim: int
    signs: tuple[tuple[Sign, str], ...]
    waits: bool = False
    is_from_them: bool = True
    is_signing: bool = False
    same_amount: bool = True

    @property
    def kinds(self) -> frozenset[Sign]:
        """The signs without their numbers."""
        return frozenset(sign for sign, _ in self.signs)

    @property
    def best_sign(self) -> tuple[Sign, str]:
        """The strongest sign with its number."""
        return min(self.signs, key=lambda sign: STRENGTH[sign[0]])


@dataclass(frozen=True, slots=True)
class Settled:
    """What to do, why not more, and the cases it may belong to, the likeliest first."""

    course: Course
    doubt: Doubt | None = None
    candidates: tuple[Pointed, ...] = ()


def settle(arrived: Arrived, pointed: Sequence[Pointed]) -> Settled:
    """
    Decide what becomes of an arrival that may belong to an open case.

    A case is beyond doubt when everything that points elsewhere points to it, too. A claim of its
    own stays one unless it names the case, or the case waits for it.
    """
    if not pointed:
        return Settled(Course.LEAVE)
    ranked = tuple(sorted(pointed, key=_rank))
    best = ranked[0]
    if not _may_belong(arrived, best):
        return Settled(Course.LEAVE)
    doubt = _doubt(arrived, ranked)
    return Settled(Course.PROPOSE if doubt else Course.ATTACH, doubt, ranked)


def _rank(case: Pointed) -> tuple[int, int, bool, int]:
    return STRENGTH[case.best_sign[0]], -len(case.kinds), not case.waits, -case.claim


def _may_belong(arrived: Arrived, best: Pointed) -> bool:
    if best.kinds & OURS:
        return True
    if arrived.is_claim:
        # Another amount under the same number is another claim, or a twin to be merged by people.
        return best.same_amount and bool(best.waits or best.kinds & NAMES_IT)
    return arrived.is_paper


def _doubt(arrived: Arrived, ranked: Sequence[Pointed]) -> Doubt | None:
    best = ranked[0]
    doubts = (
        (Doubt.SEVERAL, any(not other.kinds < best.kinds for other in ranked[1:])),
        (Doubt.SENDER, not best.is_from_them),
        (Doubt.FOREIGN, arrived.has_foreign),
        (Doubt.OTHER_MATTER, _is_other_matter(arrived, best)),
        (Doubt.READING, not arrived.is_sure),
        (Doubt.SIGNING, best.is_signing),
    )
    return next((doubt for doubt, applies in doubts if applies), None)


def _is_other_matter(arrived: Arrived, best: Pointed) -> bool:
    """It says which case it answers, and speaks of something that case is not about."""
    speaks_of_others = arrived.has_records and best.kinds <= OURS
    return speaks_of_others or (arrived.is_claim and not best.same_amount)
