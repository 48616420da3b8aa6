"""
Which of several amounts the words of a letter point at: what its writer wants, or cut.

Words before and after each amount speak for it or against it; arithmetic speaks too: what a product
or a sum comes to is meant rather than what goes into it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Final

from concilia.documents.core.amounts import Amount
from concilia.documents.core.lexicon.amount_words import (
    BASE,
    DIFFERENCE_AFTER,
    FACTOR_BEFORE,
    GROSS,
    GROSS_BEFORE,
    IN_BRACKETS,
    NET,
    NET_BEFORE,
    NOT_PAYING,
    NOT_PAYING_AFTER,
    OF_INVOICE,
    PAID_AFTER,
    PART,
    REFUND,
    REST_OF_PAYMENT,
    RESULT,
    UNIT_PRICE_AFTER,
    UNWANTED,
    VAT_BEFORE,
    VAT_WANTED,
    WANTED,
    WHOLE,
)
from concilia.documents.core.lexicon.labels import OF_OWN, OFFSET
from concilia.documents.core.words import fold

POINTED: Final = 1
POINTED_STRICTLY: Final = 2
DENIED: Final = -2  # at most this: the words say that it is something else
SURELY_DENIED: Final = -3
LONE: Final = -3  # the only amount of a claim is the claimed one, unless the words deny it
BEFORE_CHARS: Final = 90
AFTER_CHARS: Final = 45
WANTED_CHARS: Final = 60
WHOLE_CHARS: Final = 45
NEAR_CHARS: Final = 25
FACTOR_CHARS: Final = 28
SUMMANDS_MAX: Final = 12
AMOUNTS_MAX: Final = 60
CLAUSE_START: Final = re.compile(r"[.;!?]\s|\n\s*\n|\t")
CLAUSE_END: Final = re.compile(r"[.;!?](?:\s|$)|\n\s*\n|\t")
JOINED: Final = re.compile(r"\s?(?:,|and|und|et|e|y|&)\s?")
ANOTHER: Final = re.compile(r"\W{0,3}\d")  # the words belong to the next amount
COUNT: Final = re.compile(r"(?<![\d.,/-])\d{1,6}(?![\d/-]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the whole letter asks for: money that was paid back, or the tax."""

    refund: bool
    vat: bool


def pointed_at(
    text: str, amounts: Sequence[Amount], *, strict: bool, beside: Decimal | None = None
) -> Amount | None:
    """
    Return the amount its words make the claim; None if several do and none is a total.

    :param beside: an amount that is known to be something else, as what was paid
    :param strict: whether words must say so; else the only amount left is taken for it
    """
    usable = [each for each in amounts[:AMOUNTS_MAX] if each.value > 0 or not strict]
    plain = [replace(each, value=abs(each.value)) for each in usable if each.value]
    if not plain:
        return None
    counts = {Decimal(found[0]) for found in COUNT.finditer(text[: BEFORE_CHARS * 40])}
    sums = _sums(plain)
    plain = [each for each in plain if each.value != beside] or plain
    folded = fold(text)
    wishes = _Wishes(
        refund=REFUND.search(folded) is not None, vat=VAT_WANTED.search(folded) is not None
    )
    scored = [
        (_pull(text, each, wishes) + _reckoned(each, plain, counts, sums), each) for each in plain
    ]
    scored = _together(text, scored)
    best = max(pull for pull, _ in scored)
    left = {each.value for pull, each in scored if pull > DENIED}
    alone = len({each.value for each in plain}) == 1
    explained = all(pull <= SURELY_DENIED for pull, each in scored if each.value not in left)
    bare = alone and not any(each.currency for each in plain)
    needed = (
        DENIED + 1
        if bare
        else LONE
        if alone
        else DENIED + 1
        if len(left) == 1 and explained
        else POINTED
    )
    if best < (POINTED_STRICTLY if strict else needed):
        return None
    return _one_of([each for pull, each in scored if pull == best])


def _together(text: str, scored: list[tuple[int, Amount]]) -> list[tuple[int, Amount]]:
    """Amounts joined by `and` are of one kind: `21.40 and 18.20`."""
    done: list[tuple[int, Amount]] = []
    for pull, amount in scored:
        before = done[-1] if done else None
        joined = before and JOINED.fullmatch(fold(text[before[1].end : amount.start]))
        done.append((before[0] if before and joined else pull, amount))
    return done


def _one_of(chosen: list[Amount]) -> Amount | None:
    """Of several amounts claimed, the one that is the sum of the others is the total."""
    values = {amount.value for amount in chosen}
    if len(values) == 1:
        return chosen[-1]
    for amount in chosen:
        if sum(values - {amount.value}, Decimal(0)) == amount.value:
            return amount
    return None


def _pull(text: str, amount: Amount, wishes: _Wishes) -> int:
    """Return how strongly the words around an amount say that it is the claimed one."""
    begin = max(0, amount.start - BEFORE_CHARS)
    before = CLAUSE_START.split(fold(text[begin : amount.start]))[-1]
    after = CLAUSE_END.split(fold(text[amount.end : amount.end + AFTER_CHARS]))[0]
    pull = _wanted(before, after)
    pull += _taxed(before, after) + _offset(before, after)
    pull += 3 if DIFFERENCE_AFTER.match(after) else 0
    refused = NOT_PAYING.search(before) or NOT_PAYING_AFTER.match(after)
    pull += 4 if refused else 0
    if any(pattern.search(before) for pattern in (OF_INVOICE, PART, IN_BRACKETS, BASE)):
        pull -= 3
    else:
        pull += 3 if RESULT.search(before) else 0
        pull += 2 if WHOLE.search(before[-WHOLE_CHARS:]) or WHOLE.search(after[:NEAR_CHARS]) else 0
    pull -= 5 if not refused and _is_other(before, after, wishes) else 0
    if VAT_BEFORE.search(before) and not GROSS_BEFORE.search(before[-NEAR_CHARS:]):
        pull += 4 if wishes.vat else -5
    factor = FACTOR_BEFORE.search(before[-FACTOR_CHARS:]) or UNIT_PRICE_AFTER.search(after)
    return pull - (6 if factor else 0)


def _is_other(before: str, after: str, wishes: _Wishes) -> bool:
    """Whether it is what was paid, a price, a limit; what was paid counts if it is wanted back."""
    paid = PAID_AFTER.match(after) is not None and not wishes.refund
    said = UNWANTED.search(before) or REST_OF_PAYMENT.search(before)
    return paid or bool(said)


def _offset(before: str, after: str) -> int:
    """An invoice of the writer's own that they set off is what they claim."""
    own = OF_OWN.search(before)
    return 6 if own and OFFSET.search(before + after) else 0


def _wanted(before: str, after: str) -> int:
    if WANTED.search(before[-WANTED_CHARS:]):
        return 3
    return 2 if WANTED.search(before) or WANTED.search(after) else 0


def _taxed(before: str, after: str) -> int:
    """With tax rather than without, where both are printed."""
    if GROSS_BEFORE.search(before[-NEAR_CHARS:]):
        return 3
    if NET_BEFORE.search(before):
        return -1
    said = after[:NEAR_CHARS].lstrip(" (")
    gross = GROSS.match(said)
    if gross and not ANOTHER.match(said, gross.end()):
        return 3
    return -1 if NET.match(said) else 0


def _reckoned(
    amount: Amount, amounts: Sequence[Amount], counts: set[Decimal], sums: set[Decimal]
) -> int:
    """Return what arithmetic says: a sum of others is meant, or a count times a price."""
    others = {each.value for each in amounts} - {amount.value}
    if amount.value in sums:
        return 2
    if any(count > 1 and amount.value == count * each for count in counts for each in others):
        return 2
    if any(count > 1 and count * amount.value == each for count in counts for each in others):
        return -4  # it is the price of one
    repeated = Counter(each.value for each in amounts)[amount.value] > 1
    return 1 if repeated and len(others) > 0 else 0


def _sums(amounts: Sequence[Amount]) -> set[Decimal]:
    """Return the amounts that are the sum of all others, or of two that stand before."""
    values = list(dict.fromkeys(each.value for each in reversed(amounts)))[::-1]
    if len(values) > SUMMANDS_MAX:
        return set()
    whole = sum(values, Decimal(0))
    sums = {value for value in values if len(values) > 2 and whole - value == value}  # noqa: PLR2004
    if len(values) == 3:  # noqa: PLR2004 - a sum or a difference: what it comes to is said last
        return {values[-1]} if sums else set()
    differing = {abs(one - two) for one, two in combinations(values, 2)} & set(values)
    return sums | {value for value in differing if value < max(values) / 2}
