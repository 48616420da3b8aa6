"""
How well the reader reads a company's own documents: what people found when they looked.

Only documents somebody looked at count: confirmed, put right, or opened as a claim by a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Any, Final

RECENT: Final = timedelta(days=30)
DRIFT_CASES_MIN: Final = 20  # on either side, before an alarm says anything
Z: Final = 1.96  # 95 %
STEPS: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)


@dataclass(frozen=True, slots=True)
class Case:
    """
    One document somebody looked at: what the machine said, what is so, how sure it was.

    `wrong` names all fields people put right.
    """

    read_at: datetime
    kind_read: str
    kind: str
    reason_read: str
    reason: str
    confidence: float
    needed_review: bool
    wrong: frozenset[str] = frozenset()

    @property
    def is_right(self) -> bool:
        """Whether nothing had to be put right, kind and reason above all."""
        return self.kind_read == self.kind and self.reason_read == self.reason and not self.wrong


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the interval (Wilson, 95 %) it tells of."""

    hits: int
    cases: int

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.hits / self.cases if self.cases else None

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the true one lies; 0 to 1 when nothing is known."""
        if not self.cases:
            return (0.0, 1.0)
        n, p, z2 = self.cases, self.hits / self.cases, Z * Z
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        return (max(0.0, middle - half), min(1.0, middle + half))

    def to_json(self) -> dict[str, Any]:
        """Plain values, four decimals."""
        low, high = self.interval
        value = None if self.value is None else round(self.value, 4)
        return {
            "hits": self.hits,
            "cases": self.cases,
            "value": value,
            "interval": [round(low, 4), round(high, 4)],
        }


@dataclass(frozen=True, slots=True)
class ClassQuality:
    """
    One kind or reason.

    `found` are the true ones that were read so (recall), `right` those read so that are (precision)
    """

    label: str
    found: Share
    right: Share

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "label": self.label,
            "recall": self.found.to_json(),
            "precision": self.right.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Step:
    """At this confidence and above: the share of documents, and how many of them are right."""

    confidence: float
    coverage: Share
    precision: Share

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "confidence": self.confidence,
            "coverage": self.coverage.to_json(),
            "precision": self.precision.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Drift:
    """What people put right lately, against before; an alarm when it is more beyond chance."""

    recent: Share
    earlier: Share

    @property
    def is_alarm(self) -> bool:
        """Whether the intervals of the two shares do not even touch, the recent one above."""
        enough = min(self.recent.cases, self.earlier.cases) >= DRIFT_CASES_MIN
        return enough and self.recent.interval[0] > self.earlier.interval[1]


@dataclass(frozen=True, slots=True)
class Quality:
    """All figures of `concilia evaluate` and of the page *Reading*."""

    cases: int
    kind: Share
    reason: Share
    whole: Share
    unreviewed: Share
    unreviewed_right: Share
    kinds: Sequence[ClassQuality]
    reasons: Sequence[ClassQuality]
    curve: Sequence[Step]
    fields: Sequence[tuple[str, int]]
    drift: Drift

    def to_json(self) -> dict[str, Any]:
        """The answer of `concilia evaluate` and of REST."""
        return {
            "documents": self.cases,
            "kind": self.kind.to_json(),
            "reason": self.reason.to_json(),
            "nothing_to_correct": self.whole.to_json(),
            "without_review": self.unreviewed.to_json(),
            "right_without_review": self.unreviewed_right.to_json(),
            "kinds": [each.to_json() for each in self.kinds],
            "reasons": [each.to_json() for each in self.reasons],
            "curve": [each.to_json() for each in self.curve],
            "corrected_fields": dict(self.fields),
            "drift": {
                "recent": self.drift.recent.to_json(),
                "earlier": self.drift.earlier.to_json(),
                "alarm": self.drift.is_alarm,
            },
        }


def quality_of(cases: Sequence[Case], now: datetime) -> Quality:
    """This will add up what people found."""
    reasoned = [case for case in cases if case.reason or case.reason_read]
    passed = [case for case in cases if not case.needed_review]
    recent = [case for case in cases if case.read_at > now - RECENT]
    earlier = [case for case in cases if case.read_at <= now - RECENT]
    wrong: dict[str, int] = defaultdict(int)
    for case in cases:
        for name in case.wrong:
            wrong[name] += 1
    return Quality(
        cases=len(cases),
        kind=_share(cases, lambda case: case.kind_read == case.kind),
        reason=_share(reasoned, lambda case: case.reason_read == case.reason),
        whole=_share(cases, lambda case: case.is_right),
        unreviewed=Share(len(passed), len(cases)),
        unreviewed_right=_share(passed, lambda case: case.is_right),
        kinds=_classes((case.kind_read, case.kind) for case in cases),
        reasons=_classes((case.reason_read, case.reason) for case in reasoned),
        curve=[_step(cases, confidence) for confidence in STEPS],
        fields=sorted(wrong.items(), key=lambda pair: (-pair[1], pair[0])),
        drift=Drift(
            _share(recent, lambda case: not case.is_right),
            _share(earlier, lambda case: not case.is_right),
        ),
    )


def _share(cases: Sequence[Case], is_hit: Callable[[Case], bool]) -> Share:
    return Share(sum(map(is_hit, cases)), len(cases))


def _step(cases: Sequence[Case], confidence: float) -> Step:
    sure = [case for case in cases if case.confidence >= confidence]
    right = _share(
        sure, lambda case: case.kind_read == case.kind and case.reason_read == case.reason
    )
    return Step(confidence, Share(len(sure), len(cases)), right)


def _classes(pairs: Iterable[tuple[str, str]]) -> list[ClassQuality]:
    read: dict[str, int] = defaultdict(int)
    true: dict[str, int] = defaultdict(int)
    both: dict[str, int] = defaultdict(int)
    for said, is_so in pairs:
        read[said] += 1
        true[is_so] += 1
        both[said] += said == is_so
    labels = {label for label in (*read, *true) if label}
    found = [
        ClassQuality(label, Share(both[label], true[label]), Share(both[label], read[label]))
        for label in labels
    ]
    return sorted(found, key=lambda each: (-each.found.cases, each.label))
