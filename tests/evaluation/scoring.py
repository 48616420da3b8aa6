"""What is right in a reading, and what a set of readings is worth: docs/reference/accuracy.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from tests.evaluation.source import LINE_AMOUNTS, Document, Reference

TOP: Final = 3
# Motives that come without words of paying later; "send it and I pay" is half a promise.
UNPROMISING: Final = frozenset(
    {"NR-00", "NR-01", "NR-08", *(f"NR-{number}" for number in range(11, 21))}
)
Reading = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.wrong + other.wrong, self.missed + other.missed
        )

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there was nothing to find."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One document: each figure True or False, None where it is not judged."""

    document: Document
    kind: bool
    reason: bool | None
    reason_among_three: bool | None
    motive: bool | None
    amount: bool | None
    currency: bool | None
    total: bool | None
    promise: bool | None
    language: bool | None
    references: Counts | None
    line_fields: Counts | None
    whole_lines: Counts | None
    passed: bool
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        """Kind, reason or motive, references and claimed amount, all of them."""
        checks = (self.kind, self.reason, self.motive, self.amount)
        refers = self.references is None or not (self.references.wrong or self.references.missed)
        return refers and all(check is not False for check in checks)


def judge(document: Document, reading: Reading) -> Verdict:
    """Compare a reading with what is right."""
    claims, replies = _claims(document), _replies(document)
    says = reading["kind"]
    among = [reading["reason"], *(each["reason"] for each in reading["alternatives"])][:TOP]
    # Where both kinds would do, the label that goes with the kind the reader chose is asked for.
    other_way = len(document.kinds) > 1 and says in document.kinds
    motive_right = says == "payment_reply" and reading["non_payment_reason"] in document.motives
    reason_right = reading["reason"] in document.reasons
    either = other_way and (motive_right if says == "payment_reply" else reason_right)
    amount = document.amount
    return Verdict(
        document=document,
        kind=says in document.kinds,
        reason=(reason_right or either) if claims else None,
        reason_among_three=(either or bool(set(among) & set(document.reasons))) if claims else None,
        motive=(motive_right or either) if replies else None,
        amount=None if amount is None else _same(amount[0], reading["claimed_amount"]),
        currency=_currency(document, reading),
        total=_total(document, reading),
        promise=_promise(document, reading),
        language=None if document.language is None else document.language == reading["language"],
        references=_references(document, reading["references"]),
        line_fields=_line_fields(document, reading["lines"]) if document.lines else None,
        whole_lines=_whole_lines(document, reading["lines"]) if document.lines else None,
        passed=not reading["needs_review"],
        said=reading,
    )


def confusions(verdicts: Iterable[Verdict]) -> Counter[tuple[str, str]]:
    """Count (right reason, reason said instead), where the reason is wrong."""
    return Counter(
        ("/".join(each.document.reasons), each.said["reason"] or "-")
        for each in verdicts
        if each.reason is False
    )


def figures(verdicts: list[Verdict]) -> dict[str, tuple[float | None, int]]:
    """Return each figure with how many documents (or references, or lines) it speaks of."""
    passed = [each for each in verdicts if each.passed]
    claiming = [each for each in verdicts if _claims(each.document)]
    return {
        "kind": _share(each.kind for each in verdicts),
        "reason": _share(each.reason for each in verdicts),
        "reason among three": _share(each.reason_among_three for each in verdicts),
        "motive": _share(each.motive for each in verdicts),
        "references F1": _f1(each.references for each in verdicts),
        "claimed amount": _share(each.amount for each in claiming),
        "currency": _share(each.currency for each in verdicts),
        "total": _share(each.total for each in verdicts),
        "promise": _share(each.promise for each in verdicts),
        "line fields F1": _f1(each.line_fields for each in verdicts),
        "whole lines F1": _f1(each.whole_lines for each in verdicts),
        "language": _share(each.language for each in verdicts),
        "without review": _share(each.passed for each in verdicts),
        "right without review": _share(each.right for each in passed),
    }


def _claims(document: Document) -> bool:
    return bool(document.reasons) and document.kinds[0] != "payment_reply"


def _replies(document: Document) -> bool:
    return document.kinds[0] == "payment_reply"


def _share(checks: Iterable[bool | None]) -> tuple[float | None, int]:
    judged = [check for check in checks if check is not None]
    return (sum(judged) / len(judged) if judged else None), len(judged)


def _f1(parts: Iterable[Counts | None]) -> tuple[float | None, int]:
    whole = sum((each for each in parts if each is not None), Counts())
    return whole.f1, whole.right + whole.missed


def _same(expected: str | None, said: str | None) -> bool:
    """Nothing and zero are the same amount."""
    return Decimal(expected or 0) == Decimal(said or 0)


def _currency(document: Document, reading: Reading) -> bool | None:
    amount = document.amount
    if amount is None or amount[1] is None:
        return None
    return bool(amount[1] == reading["currency"])


def _total(document: Document, reading: Reading) -> bool | None:
    total = document.total
    return None if total is None else _same(total[0], reading["total_amount"])


def _promise(document: Document, reading: Reading) -> bool | None:
    """Judged where one is made, and where nothing in the motive could be taken for one."""
    expected, said = document.promise, reading["promise"]
    if expected is None and not (set(document.motives) and set(document.motives) <= UNPROMISING):
        return None
    if expected is None or said is None:
        return expected is None and said is None
    return bool(expected[0] == said["date"]) and _same(expected[1], said["amount"])


def _references(document: Document, said: Mapping[str, list[str]]) -> Counts | None:
    if document.references is None:
        return None
    counts = Counts()
    for kind, expected in document.references.items():
        counts += _compare_numbers(expected, said.get(kind, []))
    return counts


def _compare_numbers(expected: tuple[Reference, ...], said: list[str]) -> Counts:
    left = [_plain(each) for each in said]
    right = missed = 0
    for reference in expected:
        found = next((s for s in map(_plain, reference.spellings) if s in left), None)
        if found is not None:
            left.remove(found)
            right += not reference.optional
        elif not reference.optional:
            missed += 1
    return Counts(right, len(left), missed)


def _plain(number: str) -> str:
    return "".join(number.split()).upper()


def _line_fields(document: Document, said: list[Mapping[str, Any]]) -> Counts:
    """Every amount and reason of every line; fields that the table does not print do not count."""
    printed = {name for line in document.lines for name in line.amounts}
    expected = Counter(
        (_plain(line.document), *item)
        for line in document.lines
        for item in [*_amounts(line.amounts, printed), ("reason", line.reason)]
        if item[1] is not None
    )
    found = Counter(
        (_plain(line["document"] or ""), *item)
        for line in said
        for item in [*_amounts(line, printed), ("reason", line["reason"])]
        if item[1] is not None
    )
    right = (expected & found).total()
    return Counts(right, found.total() - right, expected.total() - right)


def _whole_lines(document: Document, said: list[Mapping[str, Any]]) -> Counts:
    """Lines whose document and amounts are all right."""
    printed = {name for line in document.lines for name in line.amounts}
    expected = Counter(
        (_plain(line.document), *_amounts(line.amounts, printed)) for line in document.lines
    )
    found = Counter((_plain(line["document"] or ""), *_amounts(line, printed)) for line in said)
    right = (expected & found).total()
    return Counts(right, found.total() - right, expected.total() - right)


def _amounts(line: Mapping[str, Any], printed: set[str]) -> list[tuple[str, Decimal]]:
    return [
        (name, Decimal(line[name]))
        for name in LINE_AMOUNTS
        if name in printed and line.get(name) is not None and Decimal(line[name])
    ]
