"""How well payments were matched, against a world whose truth is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.world.ledgers import Truth


def minor(text: str) -> int:
    """Read `1234.50`."""
    return int(text.replace(".", ""))


@dataclass
class Score:
    """Counts of payments. A posting is wrong if money or a deduction is on the wrong item."""

    payments: int = 0
    posted: int = 0
    wrong: int = 0
    knowable: int = 0
    knowable_right: int = 0
    unknowable: int = 0
    unknowable_posted: int = 0
    short: int = 0
    short_right: int = 0
    reason_right: int = 0
    false_deductions: int = 0
    deductions: int = 0
    by_behaviour: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    mistakes: list[tuple[Truth, Mapping[str, Any]]] = field(default_factory=list)

    def add(self, truth: Truth, answer: Mapping[str, Any]) -> None:
        """This will count one answer."""
        self.payments += 1
        is_posted = answer["status"] == "posted"
        is_right = is_posted and self._is_right(truth, answer)
        outcome = "right" if is_right else "WRONG" if is_posted else answer["status"]
        self.by_behaviour[f"{truth.behaviour} {truth.knowable}"][outcome] += 1
        self.posted += is_posted
        if is_posted and not is_right:
            self.wrong += 1
            self.mistakes.append((truth, answer))
        if truth.knowable:
            self.knowable += 1
            self.knowable_right += is_right
        if truth.knowable is False:
            self.unknowable += 1
            self.unknowable_posted += is_posted
        self._count_deductions(truth, answer)

    def _is_right(self, truth: Truth, answer: Mapping[str, Any]) -> bool:
        applied = {a["item_id"]: minor(a["applied"]) for a in answer["allocations"]}
        kept = {d["item_id"]: minor(d["amount"]) for d in answer["deductions"]}
        true_kept = {item_id: amount for item_id, (amount, _) in truth.deductions.items()}
        return applied == truth.allocations and kept == true_kept

    def _count_deductions(self, truth: Truth, answer: Mapping[str, Any]) -> None:
        kept = {d["item_id"]: (minor(d["amount"]), d["reason"]) for d in answer["deductions"]}
        self.deductions += len(kept)
        for item_id, (amount, _) in kept.items():
            self.false_deductions += truth.deductions.get(item_id, (0, ""))[0] != amount
        if truth.knowable:
            for item_id, (amount, reason) in truth.deductions.items():
                self.short += 1
                found = kept.get(item_id, (0, ""))
                self.short_right += found[0] == amount
                self.reason_right += found[0] == amount and found[1] == reason

    def lines(self) -> Iterable[str]:
        """Yield the figures as text."""
        yield f"payments {self.payments}, posted {self.posted}"
        yield f"knowable posted rightly {share(self.knowable_right, self.knowable)}"
        yield f"wrong postings {self.wrong} = {share(self.wrong, max(self.posted, 1))} of posted"
        yield f"unknowable posted {self.unknowable_posted} of {self.unknowable}"
        yield f"short payments with the right deduction {share(self.short_right, self.short)}"
        yield f"false deductions {share(self.false_deductions, self.deductions)}"
        yield f"reason right {share(self.reason_right, self.short)}"


def share(part: int, whole: int) -> str:
    """Return `97.31 %`."""
    return f"{100 * part / whole:.2f} %" if whole else "n/a"


def score(truths: Mapping[str, Truth], answers: Iterable[Mapping[str, Any]]) -> Score:
    """This will compare answers with what is true."""
    counted = Score()
    for answer in answers:
        counted.add(truths[answer["payment_id"]], answer)
    return counted
