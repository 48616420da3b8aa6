"""
How often a reading like this one is right in every part: what decides whether a person looks.

A logistic regression over signs of a reading (how sure its kind and its reason are, numbers without
a word for what they are, several sums …), each weighed over all and for its group of kinds, fitted
by `tools/fit_trust.py` on annotated documents no classifier was trained on. Domain.md R-2.20: below
the threshold, a person looks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from concilia.documents.core.trust_weights import WEIGHTS

CLAIMS: Final = frozenset({"claim", "credit_request", "debit_note", "promotion_invoice"})
REPLY: Final = "payment_reply"
GROUPS: Final = frozenset({REPLY, "remittance_advice", "other"})
REASONS: Final = ("reason", "reason of a cut", "motive")
OWN: Final = ("is ", "kind of ", "claim of ")  # signs that name their group themselves
NUMBERS_MAX: Final = 4
SURE_MAX: Final = 0.999
UNSURE_MOST: Final = -4.0
# All parts together: below, a person looks at the document. What a group is worth at a bar differs
# (docs/decisions/0068): claims say most, and most can be wrong about them.
BARS: Final = {"claim": 0.75, REPLY: 0.8, "remittance_advice": 0.9, "other": 0.8, "paper": 0.8}


@dataclass(frozen=True, slots=True)
class Seen:
    """
    What a reading rests on beside its values.

    :param motive: how sure the motive of non-payment is
    :param unlabelled: how many of its references stood there without a word for what they are
    :param dropped: how many numbers of papers were found and left out
    :param loose: how many other long numbers stand there, of which none knows what they are
    :param amounts: how many different sums the live text names
    :param words: how long the live text is
    :param numbers_sure, claim_sure: the log of the chance that the right numbers, and the right sum
        or none, were picked (`picking`)
    :param lines_sure: the log of the chance that the least sure reason of a cut line is right
    :param numbers_disputed, sum_disputed: whether the rules named other numbers, another sum
    :param kind_disputed: whether the words alone say another kind
    :param reason_disputed, reason_unheard: whether phrases give another reason, or none
    """

    motive: float = 0.0
    unlabelled: int = 0
    dropped: int = 0
    loose: int = 0
    amounts: int = 0
    words: int = 0
    numbers_sure: float = 0.0
    claim_sure: float = 0.0
    lines_sure: float = 0.0
    numbers_disputed: bool = False
    sum_disputed: bool = False
    kind_disputed: bool = False
    reason_disputed: bool = False
    reason_unheard: bool = False

    def joined(self, part: Seen) -> Seen:
        """What a message rests on together with a part of it."""
        return Seen(
            motive=max(self.motive, part.motive),
            unlabelled=self.unlabelled + part.unlabelled,
            dropped=self.dropped + part.dropped,
            loose=self.loose + part.loose,
            amounts=max(self.amounts, part.amounts),
            words=max(self.words, part.words),
            numbers_sure=self.numbers_sure + part.numbers_sure,
            claim_sure=min(self.claim_sure, part.claim_sure),
            lines_sure=min(self.lines_sure, part.lines_sure),
            numbers_disputed=self.numbers_disputed or part.numbers_disputed,
            sum_disputed=self.sum_disputed or part.sum_disputed,
            kind_disputed=self.kind_disputed and part.kind_disputed,
            reason_disputed=self.reason_disputed and part.reason_disputed,
            reason_unheard=self.reason_unheard and part.reason_unheard,
        )


NOTHING_SEEN: Final = Seen()


class Line(Protocol):
    """The sums of a line, decimal strings."""

    @property
    def invoiced(self) -> str | None: ...
    @property
    def paid(self) -> str | None: ...
    @property
    def discount(self) -> str | None: ...
    @property
    def deducted(self) -> str | None: ...


class Read(Protocol):
    """The values of a reading that say how far it can be trusted (`reading.Reading`)."""

    @property
    def kind(self) -> str: ...
    @property
    def kind_confidence(self) -> float: ...
    @property
    def reason_confidence(self) -> float | None: ...
    @property
    def references(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def claimed_amount(self) -> str | None: ...
    @property
    def total_amount(self) -> str | None: ...
    @property
    def promise(self) -> object | None: ...
    @property
    def lines(self) -> Sequence[Line]: ...
    @property
    def parts(self) -> Sequence[object]: ...
    @property
    def seen(self) -> Seen: ...


def chance(signs: Mapping[str, float]) -> float:
    """Return how often a reading with such signs is right in every part, between 0 and 1."""
    score = sum(WEIGHTS.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + math.exp(-score))


def is_trusted(reading: Read) -> bool:
    """Whether readings like this one are right in every part often enough to pass unseen."""
    return chance(signs_of(reading)) >= BARS[group_of(reading.kind)]


def group_of(kind: str) -> str:
    """Return the group of kinds whose readings are trusted alike."""
    if kind in CLAIMS:
        return "claim"
    return kind if kind in GROUPS else "paper"


def signs_of(reading: Read) -> dict[str, float]:
    """Return the signs of a reading by name."""
    kind, seen = reading.kind, reading.seen
    numbers = sum(len(each) for each in reading.references.values())
    group = group_of(kind)
    signs = {
        f"is {group}": 1.0,
        f"kind of {group}": log_odds(reading.kind_confidence),
        "no numbers": float(not numbers),
        "numbers": float(min(max(numbers - 1, 0), NUMBERS_MAX)),
        "unlabelled": float(min(seen.unlabelled, NUMBERS_MAX)),
        "some unlabelled": float(seen.unlabelled > 0),
        "dropped": float(min(seen.dropped, NUMBERS_MAX)),
        "loose": float(min(seen.loose, NUMBERS_MAX)),
        "some loose": float(seen.loose > 0),
        "numbers sure": max(seen.numbers_sure, UNSURE_MOST),
        "numbers in doubt": math.sqrt(-max(seen.numbers_sure, UNSURE_MOST)),
        "length": math.log1p(seen.words) / 5,
        "numbers disputed": float(seen.numbers_disputed),
        "kind disputed": float(seen.kind_disputed),
    }
    if group == "claim":
        signs["reason"] = log_odds(reading.reason_confidence or 0.0)
        signs["reason disputed"] = float(seen.reason_disputed)
        signs["reason unheard"] = float(seen.reason_unheard)
    if group == "remittance_advice" and reading.claimed_amount is not None:
        signs["reason of a cut"] = log_odds(reading.reason_confidence or 0.0)
    if group == REPLY:
        signs["motive"] = log_odds(seen.motive)
        signs["promise"] = float(reading.promise is not None)
    if group in {"claim", REPLY, "remittance_advice"}:
        signs["one amount"] = float(seen.amounts == 1)
        signs["several amounts"] = float(seen.amounts > 1)
        signs["amounts, none claimed"] = float(seen.amounts > 0 and reading.claimed_amount is None)
        signs["lines"] = float(bool(reading.lines))
        signs["lines add up"] = float(adds_up(reading))
        signs[f"claim of {group} sure"] = max(seen.claim_sure, UNSURE_MOST)
        signs["sum disputed"] = float(seen.sum_disputed)
        signs["lines in doubt"] = -max(seen.lines_sure, UNSURE_MOST)
        signs["claim in doubt"] = math.sqrt(-max(seen.claim_sure, UNSURE_MOST))
        signs["total"] = float(reading.total_amount is not None)
        signs["parts"] = float(bool(reading.parts))
    elif seen.amounts or numbers:
        signs["something named"] = 1.0
    return signs | _of_group(signs, group)


def adds_up(reading: Read) -> bool:
    """Whether lines come to the total, or the claim, and each to what was paid of it."""
    paid = [_value(each.paid) for each in reading.lines if each.paid]
    cut = [_value(each.deducted) for each in reading.lines if each.deducted]
    if reading.kind == "remittance_advice":
        whole, printed = sum(paid, Decimal(0)), reading.total_amount
        each_does = all(
            _value(each.invoiced) - _value(each.discount) - _value(each.deducted)
            == _value(each.paid)
            for each in reading.lines
            if each.invoiced and each.paid
        )
        return len(paid) > 1 and each_does and whole == _value(printed)
    whole, printed = sum(cut, Decimal(0)), reading.claimed_amount
    return len(cut) > 1 and whole == _value(printed)


def _value(printed: str | None) -> Decimal:
    return Decimal(printed or 0)


def _of_group(signs: Mapping[str, float], group: str) -> dict[str, float]:
    """
    Return the chance that all is right if each part is so by itself, and each sign for its group:
    that no number is named says one thing of a claim, another of an advice.
    """
    together = _log_share(signs[f"kind of {group}"]) + signs["numbers sure"]
    together += signs.get(f"claim of {group} sure", 0.0)
    together += sum(_log_share(signs[name]) for name in REASONS if name in signs)
    whole = {"whole": math.exp(together), "whole in doubt": together}
    shared = {name: value for name, value in signs.items() if not name.startswith(OWN)}
    return whole | {f"{name}: {group}": value for name, value in (shared | whole).items()}


def _log_share(odds: float) -> float:
    """Return the log of a confidence, of its log odds."""
    return -math.log1p(math.exp(-odds))


def log_odds(share: float) -> float:
    """Return the log odds of a confidence, bounded, so that none decides alone."""
    bounded = min(max(share, 1 - SURE_MAX), SURE_MAX)
    return math.log(bounded / (1 - bounded))
