"""Why something cannot be booked, in the language of whoever asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concilia.cash.actions.posting import PostingRefused
from concilia.cash.core.splits import Refusal, SplitRefused

WORDS: Final[Mapping[Refusal, Promise]] = {
    Refusal.NOT_OPEN: _("%(item)s gets more than it has open, or nothing."),
    Refusal.CREDIT: _("%(item)s is a credit: it has no discount and no deduction."),
    Refusal.NEGATIVE: _("%(item)s: discounts and deductions are not negative."),
    Refusal.TOO_LARGE: _("%(item)s: the differences are larger than the item."),
    Refusal.NO_DISCOUNT: _("%(item)s has no cash discount: make it a deduction."),
    Refusal.DISCOUNT_LATE: _("%(item)s was paid too late for its discount: make it a deduction."),
    Refusal.DISCOUNT_HIGH: _("%(item)s: this is more than its cash discount."),
    Refusal.NO_KIND: _("%(item)s: say what the difference is."),
    Refusal.BEYOND: _("%(item)s: too much to write off here. Make it a deduction: it is decided."),
    Refusal.NO_REASON: _("%(item)s: say why the customer kept this."),
    Refusal.TWO_REASONS: _("An item has one deduction and one other difference, not more."),
}


def refusal(error: SplitRefused) -> PostingRefused:
    """The same refusal in words."""
    return PostingRefused(str(WORDS[error.why]) % {"item": error.number})
