"""
The judge of numbers and sums: a model of two questions trained by `tools/train_picker.py`.

Whoever trains or measures puts another picker in the place of the shipped one (`using`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Protocol

from concilia.documents.core.claimed import CLAIM_KINDS, balance_left
from concilia.documents.core.classifier.model import NONE, Model, unpack
from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.labels import PREFIXES
from concilia.documents.core.picking.numbers import KEPT, LETTERS, Candidate, number_candidates
from concilia.documents.core.picking.sums import Candidate as SumCandidate
from concilia.documents.core.picking.sums import sum_candidates
from concilia.documents.core.references import Reference
from concilia.documents.core.scoring import Choice
from concilia.documents.core.totals import Found

FILE: Final = "picker.npz"
NUMBER: Final = "number"
SUM: Final = "sum"
PAPER_MIN: Final = 0.5
RULED_MIN: Final = 0.3
CALLED_MIN: Final = 0.1
CLEARLY: Final = 0.55
CLEARLY_OTHERWISE: Final = 0.8
CLAIMED: Final = "claimed"
CLAIMED_MIN: Final = 0.2
ALONE_MIN: Final = 0.05  # the only sum, and the rules take it
SURE_MIN: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Numbers:
    """
    The papers that are meant, and how sure that is: the log of the chance that all are right.
    `disputed` where the rules named others.
    """

    references: list[Reference]
    sure: float = 0.0
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """
    The sum that is claimed, if one is, and the log of the chance that it is right; `disputed` where
    the rules took another one.
    """

    claimed: Found | None
    sure: float = 0.0
    disputed: bool = False


class Picker(Protocol):
    """Who judges; `named` and `claimed` are what the rules propose, `why` what it is about."""

    def numbers(self, context: Context, kind: str, named: list[Reference]) -> Numbers: ...
    def claimed(self, context: Context, kind: str, claimed: Found | None, why: str = "") -> Sum: ...


@dataclass(frozen=True)
class TrainedPicker:
    """Judges each number and each sum by what stands around it."""

    model: Model

    def numbers(self, context: Context, kind: str, named: list[Reference]) -> Numbers:
        """Return what is meant: of numbers that overlap, the one that is surest."""
        candidates = number_candidates(context, kind, named)
        if not candidates:
            return Numbers(named)
        judged = [
            (_likeliest(self.model.choose(each.features, NUMBER), each), each)
            for each in candidates
        ]
        sure = sum(math.log(max(choice.confidence, SURE_MIN)) for choice, _ in judged)
        chosen: list[Reference] = []
        for choice, each in sorted(judged, key=_order):
            if choice.label != NONE and _is_free(each, chosen):
                chosen.append(_named(each, choice.label))
        places = {(each.start, each.end) for each in candidates}
        listed = [each for each in named if (each.start, each.end) not in places]
        picked = sorted([*chosen, *listed], key=lambda each: each.start)
        return Numbers(picked, sure, disputed=_papers(picked) != _papers(named))

    def claimed(self, context: Context, kind: str, claimed: Found | None, why: str = "") -> Sum:
        """Return the likeliest sum; one that was added up by the rules stays."""
        balance = balance_left(context) if kind in CLAIM_KINDS and context.is_letter else None
        if balance is not None:
            return Sum(balance, disputed=claimed is None or claimed.value != balance.value)
        candidates = sum_candidates(context, kind, claimed, why)
        values = {each.amount.value for each in candidates}
        if not candidates or (claimed is not None and abs(claimed.value) not in values):
            return Sum(claimed)
        chances = {at: self._chance(each) for at, each in enumerate(candidates)}
        best = max(chances, key=lambda at: (chances[at], -at))
        amount = candidates[best].amount
        alone = claimed is not None and len(values) == 1
        if chances[best] < (ALONE_MIN if alone else CLAIMED_MIN):
            sure = math.log(max(1 - chances[best], SURE_MIN))
            return Sum(None, sure, disputed=claimed is not None)
        others = [chances[at] for at in chances if candidates[at].amount.value != amount.value]
        sure = chances[best] * (1 - max(others, default=0.0))
        if claimed is not None and abs(claimed.value) == amount.value:
            return Sum(claimed, math.log(max(sure, SURE_MIN)))
        found = Found(amount.value, amount.currency, amount.start, amount.end)
        return Sum(found, math.log(max(sure, SURE_MIN)), disputed=True)

    def _chance(self, candidate: SumCandidate) -> float:
        choices = self.model.choose(candidate.features, SUM)
        return next(each.confidence for each in choices if each.label == CLAIMED)


def _papers(references: Sequence[Reference]) -> set[tuple[str, str]]:
    return {(each.kind, each.value) for each in references}


def _likeliest(choices: Sequence[Choice], candidate: Candidate) -> Choice:
    """
    A number is taken for a paper rather too often than too seldom: people see it and drop it. What
    a word calls a paper is one, unless much speaks against it; what the rules call it stands
    unless another kind is clearly likelier.
    """
    none = next(each for each in choices if each.label == NONE)
    paper = 1 - none.confidence
    least = RULED_MIN if candidate.status == KEPT else PAPER_MIN
    if paper < (CALLED_MIN if _is_called(candidate) else least):
        return none
    best = next(each for each in choices if each.label != NONE)
    rule = candidate.rule
    clearly = CLEARLY_OTHERWISE if rule is not None and _says_it_itself(rule) else CLEARLY
    if rule is not None and best.confidence < clearly * paper:
        return Choice(rule.kind, best.confidence)
    return best


def _says_it_itself(rule: Reference) -> bool:
    """Whether the letters a number begins with are short for its kind: `FT-889`, `INV 2041`."""
    letters = LETTERS.match(rule.value)
    return letters is not None and len(letters[0]) > 1 and PREFIXES.get(letters[0]) == rule.kind


def _is_called(candidate: Candidate) -> bool:
    rule = candidate.rule
    return rule is not None and rule.labelled and candidate.status == KEPT


def _order(judged: tuple[Choice, Candidate]) -> tuple[bool, float, int]:
    """Of numbers that overlap, what a word calls a paper comes first."""
    choice, candidate = judged
    return not _is_called(candidate), -choice.confidence, candidate.start


def _is_free(candidate: Candidate, chosen: Sequence[Reference]) -> bool:
    return not any(each.start < candidate.end and candidate.start < each.end for each in chosen)


def _named(candidate: Candidate, kind: str) -> Reference:
    rule = candidate.rule
    if rule is not None and rule.kind == kind:
        return rule
    labelled = _is_called(candidate)
    return Reference(kind, candidate.value, candidate.start, candidate.end, labelled=labelled)


@cache
def shipped_picker() -> TrainedPicker:
    """Return the picker of this version."""
    return TrainedPicker(unpack(files(__package__).joinpath(FILE).read_bytes()))


_chosen: ContextVar[Picker | None] = ContextVar("picker", default=None)


def picker() -> Picker:
    """Return who judges now."""
    return _chosen.get() or shipped_picker()


@contextmanager
def using(other: Picker) -> Iterator[None]:
    """Let another picker judge within."""
    token = _chosen.set(other)
    try:
        yield
    finally:
        _chosen.reset(token)
