"""Why a split cannot be booked, in one sentence that can be read in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from concilia.cash.actions.posting import PostingRefused
from concilia.cash.core.splits import Refusal, SplitRefused

WORDS: Final[Mapping[Refusal, str]] = {
    Refusal.NOT_OPEN: _("{item} gets more than it has open, or nothing."),
    Refusal.CREDIT: _("{item} is a credit: it has no discount and no deduction."),
    Refusal.NEGATIVE: _("{item}: discounts and deductions are not negative."),
    Refusal.TOO_LARGE: _("{item}: the differences are larger than the item."),
    Refusal.NO_DISCOUNT: _("{item} has no cash discount: make it a deduction."),
    Refusal.DISCOUNT_LATE: _("{item} was paid too late for its discount: make it a deduction."),
    Refusal.DISCOUNT_HIGH: _("{item}: this is more than its cash discount."),
    Refusal.NO_KIND: _("{item}: say what the difference is."),
    Refusal.BEYOND: _("{item}: too much to write off here. Make it a deduction: it is decided."),
    Refusal.NO_REASON: _("{item}: say why the customer kept this."),
    Refusal.TWO_REASONS: _("An item has one deduction and one other difference, not more."),
}


def refusal(error: SplitRefused) -> PostingRefused:
    """The same refusal in words."""
    return PostingRefused(WORDS[error.why], item=error.number)
