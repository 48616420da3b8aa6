"""The bank desk's sum: what is taken, why it is more than was paid, and what is left to explain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from concilia.cash.core.splits import (
    WRITEOFF_KIND,
    WRITEOFF_REASON,
    DifferenceKind,
    PersonsLine,
    PersonsSplit,
    Refusal,
    SplitRefused,
)

DISCOUNT_UNEARNED: Final = "FI-02"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One reason why an item gets less money; `reason` and `text` are a deduction's."""

    kind: DifferenceKind
    item_id: int
    amount_minor: int
    reason: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stands on the desk before it is posted; `on_account_minor` is for the customer."""

    customer_id: int | None
    taken: tuple[int, ...] = ()
    differences: tuple[Difference, ...] = ()
    on_account_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """`items + on_account - differences - paid = left`; posting wants `left` to be zero."""

    items_minor: int
    differences_minor: int
    on_account_minor: int
    paid_minor: int

    @property
    def left_minor(self) -> int:
        """What nobody has explained yet: above zero too much is taken, below too little."""
        return self.items_minor + self.on_account_minor - self.differences_minor - self.paid_minor


def sum_of(draft: Draft, open_minor: Mapping[int, int], paid_minor: int) -> Sum:
    """
    Add up a draft; differences of items that are not taken do not count.

    :param open_minor: what each item that may be taken has open
    """
    taken = [item for item in dict.fromkeys(draft.taken) if item in open_minor]
    return Sum(
        items_minor=sum(open_minor[item] for item in taken),
        differences_minor=sum(one.amount_minor for one in counted(draft, taken)),
        on_account_minor=draft.on_account_minor,
        paid_minor=paid_minor,
    )


def counted(draft: Draft, taken: Iterable[int]) -> list[Difference]:
    """The differences of items that are taken."""
    known = set(taken)
    return [one for one in draft.differences if one.item_id in known]


def split_of(draft: Draft, open_minor: Mapping[int, int]) -> PersonsSplit:
    """
    What the draft does to each item: its open amount less its differences is money.

    :raises SplitRefused: if an item has two deductions, or two write-offs, of different reasons
    """
    lines = []
    for item in dict.fromkeys(draft.taken):
        if item not in open_minor:
            continue
        line = PersonsLine(item_id=item, applied_minor=open_minor[item])
        for one in counted(draft, [item]):
            line = _with(line, one)
        lines.append(line)
    return PersonsSplit(customer_id=draft.customer_id, lines=tuple(lines))


def _with(line: PersonsLine, one: Difference) -> PersonsLine:
    amount = one.amount_minor
    line = replace(line, applied_minor=line.applied_minor - amount)
    if one.kind is DifferenceKind.LATER:
        return line
    if one.kind is DifferenceKind.DISCOUNT:
        return replace(line, discount_minor=line.discount_minor + amount)
    if one.kind is DifferenceKind.DEDUCTION:
        if line.deduction_minor and line.deduction_reason != one.reason:
            raise SplitRefused(Refusal.TWO_REASONS)
        return replace(
            line,
            deduction_minor=line.deduction_minor + amount,
            deduction_reason=one.reason,
            deduction_text=line.deduction_text or one.text,
        )
    reason = WRITEOFF_REASON[one.kind]
    if line.writeoff_minor and line.writeoff_reason != reason:
        raise SplitRefused(Refusal.TWO_REASONS)
    return replace(line, writeoff_minor=line.writeoff_minor + amount, writeoff_reason=reason)


def draft_of(split: PersonsSplit, on_account_minor: int, open_minor: Mapping[int, int]) -> Draft:
    """The draft that a proposal or an alternative of the engine makes."""
    return Draft(
        customer_id=split.customer_id,
        taken=tuple(line.item_id for line in split.lines),
        differences=tuple(
            one for line in split.lines for one in _differences(line, open_minor.get(line.item_id))
        ),
        on_account_minor=on_account_minor,
    )


def _differences(line: PersonsLine, left: int | None) -> list[Difference]:
    said = [
        (DifferenceKind.DISCOUNT, line.discount_minor, "", ""),
        (
            DifferenceKind.DEDUCTION,
            line.deduction_minor,
            line.deduction_reason,
            line.deduction_text,
        ),
        (
            WRITEOFF_KIND.get(line.writeoff_reason, DifferenceKind.SMALL),
            line.writeoff_minor,
            "",
            "",
        ),
        (DifferenceKind.LATER, 0 if left is None else left - line.total_minor, "", ""),
    ]
    return [
        Difference(kind=kind, item_id=line.item_id, amount_minor=amount, reason=reason, text=text)
        for kind, amount, reason, text in said
        if amount
    ]


def with_deduction(draft: Draft, open_minor: Mapping[int, int], left_minor: int) -> Draft:
    """The draft with a deduction for what is left, on the largest item that can bear it."""
    rooms = {
        item: open_minor[item] - sum(one.amount_minor for one in counted(draft, [item]))
        for item in draft.taken
        if item in open_minor
    }
    if not rooms:
        return draft
    target = max(rooms, key=lambda item: (rooms[item], -item))
    amount = max(0, min(left_minor, rooms[target]))
    one = Difference(kind=DifferenceKind.DEDUCTION, item_id=target, amount_minor=amount)
    return replace(draft, differences=(*draft.differences, one))


def without_difference(draft: Draft, place: int) -> Draft:
    """The draft without its difference at a place; as it is where there is none."""
    kept: Sequence[Difference] = [one for at, one in enumerate(draft.differences) if at != place]
    return replace(draft, differences=tuple(kept))
