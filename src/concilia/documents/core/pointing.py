"""
Which of several amounts the words of a letter point at: what its writer wants, or cut.

Words before and after each amount speak for it or against it; arithmetic speaks too: what a product
or a sum comes to is meant rather than what goes into it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import Amount
from concilia.documents.core.lexicon.amount_words import (
    ACCEPTED,
    BASE,
    DIFFERENCE_AFTER,
    DIFFERENCE_BEFORE,
    FACTOR_BEFORE,
    FINE_AFTER,
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
from concilia.documents.core.reckoning import Reckoning, reckon
from concilia.documents.core.words import fold

POINTED: Final = 1
POINTED_STRICTLY: Final = 2
DENIED: Final = -2  # at most this: the words say that it is something else
SURELY_DENIED: Final = -3
LONE: Final = -3  # the only amount of a claim is the claimed one, unless the words deny it
BEFORE_CHARS: Final = 90
RECKONED_CHARS: Final = 4000
AFTER_CHARS: Final = 45
WANTED_CHARS: Final = 60
WHOLE_CHARS: Final = 45
NEAR_CHARS: Final = 25
FACTOR_CHARS: Final = 28
AMOUNTS_MAX: Final = 60
CLAUSE_START: Final = re.compile(r"[.;!?]\s|\n\s*\n|\t")
CLAUSE_END: Final = re.compile(r"[.;!?](?:\s|$)|\n\s*\n|\t")
JOINED: Final = re.compile(r"\s?(?:,|and|und|et|e|y|&)\s?")
LEADERS: Final = re.compile(r"[.\u2026_]{3,}")
DENYING: Final = re.compile(
    r"\b(?:not|cannot|can't|non|ne|no|nicht|kein\w*|nous n'|never)\s?(?:\w+\s)?$"
)
ANOTHER: Final = re.compile(r"\W{0,3}\d")  # the words belong to the next amount


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
    plain = [
        each if each.value > 0 else replace(each, value=-each.value)
        for each in usable
        if each.value
    ]
    if not plain:
        return None
    folded = without_leaders(fold(text))
    reckoned = reckon(folded[:RECKONED_CHARS], plain)
    others = [each for each in plain if each.value != beside]
    if strict and not others:
        return None
    strict = strict or not others  # words must say that it is not only what was paid
    plain = others or plain
    scored = list(zip(_pulls(folded, plain, reckoned), plain, strict=True))
    waved = {each.value for at, each in enumerate(plain) if _accepted(_before(folded, plain, at))}
    scored = [(pull - (5 if each.value in waved else 0), each) for pull, each in scored]
    scored = _together(folded, scored, reckoned)
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
    return _one_of(
        [each for pull, each in scored if pull == best],
        [each for pull, each in scored if POINTED <= pull < best],
    )


def pulls(text: str, amounts: Sequence[Amount]) -> tuple[list[int], Reckoning]:
    """Return how strongly words and arithmetic speak for each of a text's (positive) amounts."""
    folded = without_leaders(fold(text))
    reckoned = reckon(folded[:RECKONED_CHARS], amounts)
    return _pulls(folded, amounts, reckoned), reckoned


def _pulls(folded: str, amounts: Sequence[Amount], reckoned: Reckoning) -> list[int]:
    wishes = _Wishes(
        refund=REFUND.search(folded) is not None, vat=VAT_WANTED.search(folded) is not None
    )
    return [
        _pull(folded, amounts, at, wishes) + _reckoned(each.value, reckoned, wishes)
        for at, each in enumerate(amounts)
    ]


def without_leaders(text: str) -> str:
    """Return a text without the dots that lead to an amount (`Rebate ..... 36.00`), same places."""
    return LEADERS.sub(lambda found: " " * len(found[0]), text)


def _together(
    folded: str, scored: list[tuple[int, Amount]], reckoned: Reckoning
) -> list[tuple[int, Amount]]:
    """Amounts joined by `and` are of one kind, unless arithmetic tells them apart."""
    done: list[tuple[int, Amount]] = []
    for pull, amount in scored:
        before = done[-1] if done else None
        joined = (
            before
            and not reckoned.pulls[before[1].value]
            and not reckoned.pulls[amount.value]
            and JOINED.fullmatch(folded[before[1].end : amount.start])
        )
        done.append((before[0] if before and joined else pull, amount))
    return done


def _one_of(chosen: list[Amount], others: list[Amount]) -> Amount | None:
    """Of several amounts claimed, the one that is the sum of the others is the total."""
    values = {amount.value for amount in chosen}
    if len(values) == 1:
        return chosen[-1]
    whole = sum(values, Decimal(0))
    for amount in chosen:
        if whole - amount.value == amount.value:
            return amount
    return next((amount for amount in others if amount.value == whole), None)


def _pull(folded: str, amounts: Sequence[Amount], at: int, wishes: _Wishes) -> int:
    """Return how strongly the words around an amount say that it is the claimed one."""
    amount = amounts[at]
    before = _before(folded, amounts, at)
    stop = amounts[at + 1].start if at + 1 < len(amounts) else len(folded)
    after = CLAUSE_END.split(folded[amount.end : min(stop, amount.end + AFTER_CHARS)])[0]
    pull = _wanted(before, after)
    pull += _taxed(before, after) + _offset(before, after)
    differs = DIFFERENCE_BEFORE.search(before) is not None and not (
        REST_OF_PAYMENT.search(before) or PAID_AFTER.match(after)
    )
    pull += 3 if differs or DIFFERENCE_AFTER.match(after) else 0
    refused = NOT_PAYING.search(before) or NOT_PAYING_AFTER.match(after)
    pull += 4 if refused else 0
    if not differs and any(each.search(before) for each in (OF_INVOICE, PART, IN_BRACKETS, BASE)):
        pull -= 3
    elif not NET_BEFORE.search(before) and (not wishes.vat or VAT_BEFORE.search(before)):
        pull += 3 if RESULT.search(before) else 0
        pull += (
            2
            if WHOLE.search(before[-WHOLE_CHARS:])
            or WHOLE.search(after[:NEAR_CHARS].split("\n")[0])
            else 0
        )
    pull -= 5 if not (refused or differs) and _is_other(before, after, wishes) else 0
    if VAT_BEFORE.search(before) and not GROSS_BEFORE.search(before[-NEAR_CHARS:]):
        pull += 4 if wishes.vat else -5
    factor = FACTOR_BEFORE.search(before[-FACTOR_CHARS:]) or UNIT_PRICE_AFTER.search(after)
    return pull - (6 if factor else 0)


def _before(folded: str, amounts: Sequence[Amount], at: int) -> str:
    """Return what is said before an amount in its clause."""
    start = amounts[at].start
    return CLAUSE_START.split(folded[max(0, start - BEFORE_CHARS) : start])[-1]


def _is_other(before: str, after: str, wishes: _Wishes) -> bool:
    """Whether it is what was paid, a price, a limit; what was paid counts if it is wanted back."""
    paid = PAID_AFTER.match(after) is not None and not wishes.refund
    said = UNWANTED.search(before) or REST_OF_PAYMENT.search(before) or _accepted(before)
    return paid or bool(said) or FINE_AFTER.match(after) is not None


def _accepted(before: str) -> bool:
    """Whether the writer agrees to it: `I don't mind the 3.17`, unlike `we do not accept`."""
    found = ACCEPTED.search(before)
    return found is not None and not DENYING.search(before[: found.start()])


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


def _reckoned(value: Decimal, reckoned: Reckoning, wishes: _Wishes) -> int:
    """Return what arithmetic says of a value; of tax, by what the letter is about."""
    pull = reckoned.pulls[value]
    if wishes.vat:
        pull += 3 if value in reckoned.taxes else 0
        return pull - (4 if value in reckoned.nets | reckoned.grosses else 0)
    pull += 2 if value in reckoned.grosses else 0
    pull -= 3 if value in reckoned.taxes - reckoned.grosses else 0
    return pull - (3 if value in reckoned.nets - reckoned.grosses else 0)
