"""How far the answers of `concilia match` agree with the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.world.second_ledgers.book import Book
from tests.world.second_ledgers.records import Lack, Payment, Truth, Verdict

Answer = Mapping[str, Any]
BY_THE_CENT = 2  # per item: who rounds a percentage may round otherwise


def cents(text: str | None) -> int:
    return round(float(text or 0) * 100)


@dataclass(frozen=True, slots=True)
class Judged:
    """One payment beside its answer."""

    payment: Payment
    answer: Answer
    is_right: bool
    shortage: str  # "", "right", "wrong", "false"
    reason_is_right: bool = False

    @property
    def is_posted(self) -> bool:
        return bool(self.answer["status"] == "posted")


def applied_of(answer: Answer) -> dict[str, int]:
    totals: Counter[str] = Counter()
    for allocation in answer["allocations"]:
        totals[allocation["item_id"]] += cents(allocation["applied"])
    return {item: amount for item, amount in totals.items() if amount}


def granted_of(answer: Answer) -> int:
    return sum(
        cents(each.get("discount")) + cents(each.get("writeoff")) for each in answer["allocations"]
    )


def applies_rightly(truth: Truth, answer: Answer) -> bool:
    applied = applied_of(answer)
    if cents(answer["on_account"]) != truth.on_account:
        return any(applied == other for other in truth.others)
    if truth.spread:
        return set(applied) <= set(truth.applied) and sum(applied.values()) == sum(
            truth.applied.values()
        )
    return applied == truth.applied or applied in truth.others


def grants_rightly(truth: Truth, answer: Answer) -> bool:
    """No more is given away than is due or small."""
    most = sum(truth.discounts.values()) + sum(
        lack.amount for lack in truth.lacks if lack.may_be_written_off
    )
    return granted_of(answer) <= most + BY_THE_CENT * max(len(truth.discounts), 0)


def judge_shortage(truth: Truth, answer: Answer) -> tuple[str, bool]:
    """Whether what was kept back became the right deductions, with the right reasons."""
    found = [
        Lack(cents(each["amount"]), frozenset({each["reason"]}), each["item_id"])
        for each in answer["deductions"]
        if cents(each["amount"])
    ]
    if not found and truth.lacks and all(lack.may_be_written_off for lack in truth.lacks):
        return "", False
    if not truth.lacks:
        return ("false" if found and not truth.tolerates_lacks else ""), False
    readings = [compare(truth, lacks, found) for lacks in (truth.lacks, truth.other_lacks) if lacks]
    return min(readings, key=lambda reading: (reading[0] != "right", not reading[1]))


def compare(truth: Truth, lacks: list[Lack], found: list[Lack]) -> tuple[str, bool]:
    reasons = [pair_up(lack, found) for lack in lacks]
    amounts = sum(each.amount for each in found), sum(lack.amount for lack in lacks)
    slack = BY_THE_CENT * (len(lacks) + len(truth.discounts))
    if abs(amounts[0] - amounts[1]) > slack or (not truth.spread and None in reasons):
        return "wrong", False
    return "right", all(reasons)


def pair_up(lack: Lack, found: list[Lack]) -> bool | None:
    """Whether the deduction found for this lack has its reason; None: there is none."""
    on_item = [each for each in found if lack.item is None or each.item == lack.item]
    same = [each for each in on_item if lack.item is None or abs(each.amount - lack.amount) <= 2]
    if not same:
        return None
    return any(each.reasons & lack.reasons for each in same)


def judge(payment: Payment, answer: Answer) -> Judged:
    truth = payment.truth
    right = applies_rightly(truth, answer) and grants_rightly(truth, answer)
    shortage, reason = judge_shortage(truth, answer)
    return Judged(payment, answer, right, shortage, reason)


@dataclass
class Score:
    """Counts over one run; shares are None where there is nothing to count."""

    judged: list[Judged]
    per_behaviour: dict[str, Counter[str]] = field(init=False)
    total: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        self.per_behaviour = defaultdict(Counter)
        for each in self.judged:
            self.per_behaviour[each.payment.truth.behaviour].update(marks(each))
        self.total = sum(self.per_behaviour.values(), Counter())

    def share(self, part: str, whole: str) -> float:
        return self.total[part] / self.total[whole] if self.total[whole] else 0.0

    @property
    def posted_rightly(self) -> float:
        return self.share("knowable, right", "knowable")

    @property
    def wrong(self) -> float:
        return self.share("wrong", "posted")

    @property
    def unknowable_posted(self) -> int:
        return self.total["unknowable posted"]

    @property
    def right_deductions(self) -> float:
        return self.share("short, right", "short")

    @property
    def false_deductions(self) -> float:
        return self.share("false deduction", "posted")

    @property
    def right_reasons(self) -> float:
        return self.share("reason right", "short, right")

    def lines(self) -> list[str]:
        """A table, a line for each behaviour."""
        columns = [
            ("n", "all"), ("know", "knowable"), ("right", "knowable, right"),
            ("wrong", "wrong"), ("unkn.", "unknowable posted"), ("prop.", "proposed"),
            ("prop.ok", "proposed, right"), ("short", "short"), ("sh.ok", "short, right"),
            ("reason", "reason right"), ("false", "false deduction"),
        ]  # fmt: skip
        head = f"{'':32}" + "".join(f"{title:>8}" for title, _ in columns)
        rows = sorted(self.per_behaviour.items())
        return [head] + [
            f"{name:32}" + "".join(f"{counts[key]:8}" for _, key in columns)
            for name, counts in [*rows, ("ALL", self.total)]
        ]

    def summary(self) -> str:
        return (
            f"knowable posted rightly {self.posted_rightly:.2%} | wrong of posted {self.wrong:.3%}"
            f" | unknowable posted {self.unknowable_posted}"
            f" | short into right deduction {self.right_deductions:.1%}"
            f" | false deductions {self.false_deductions:.2%}"
            f" | reasons right {self.right_reasons:.1%}"
        )


def marks(each: Judged) -> Iterable[str]:
    verdict = each.payment.truth.verdict
    yield "all"
    if verdict is Verdict.MUST:
        yield "knowable"
    if each.answer["status"] == "proposed":
        yield "proposed"
        if each.is_right:
            yield "proposed, right"
    if each.is_posted:
        yield from marks_of_posted(each)


def marks_of_posted(each: Judged) -> Iterable[str]:
    verdict = each.payment.truth.verdict
    yield "posted"
    if verdict is Verdict.NEVER:
        yield "unknowable posted"
    elif not each.is_right:
        yield "wrong"
    elif verdict is Verdict.MUST:
        yield "knowable, right"
    if each.shortage in {"right", "wrong"}:
        yield "short"
    if each.shortage == "right":
        yield "short, right"
        if each.reason_is_right:
            yield "reason right"
    if each.shortage == "false":
        yield "false deduction"


def score(book: Book, answers: Iterable[Answer]) -> Score:
    """This will judge one answer for each payment, in the order of the payments."""
    pairs = list(zip(book.payments, answers, strict=True))
    assert all(payment.id == answer["payment_id"] for payment, answer in pairs)
    return Score([judge(payment, answer) for payment, answer in pairs])
