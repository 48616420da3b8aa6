from __future__ import annotations

from dataclasses import dataclass

from concilia.foundation.events import Event


@dataclass(frozen=True, slots=True)
class StatementLoaded(Event):
    """New bank entries are here and want to be matched."""

    statement_id: int


@dataclass(frozen=True, slots=True)
class DeductionsOpened(Event):
    """Payments fell short: what was kept back of each is an open item of its own, by its key."""

    item_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DeductionWithdrawn(Event):
    """The posting that opened a deduction was reversed: there is nothing to contest any more."""

    item_id: int


@dataclass(frozen=True, slots=True)
class DeductionMoved(Event):
    """A payment was applied anew: `item_id` holds what the deduction `before_item_id` held."""

    item_id: int
    bank_entry_id: int
    reason: str
    text: str
    before_item_id: int


@dataclass(frozen=True, slots=True)
class PaymentsPosted(Event):
    """Payments were applied to open items: the matches, by their keys."""

    match_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PaymentReturned(Event):
    """The bank took a payment back, and a person said which payment it had been."""

    bank_entry_id: int
    paid_entry_id: int


@dataclass(frozen=True, slots=True)
class PaymentReversed(Event):
    """A posting was taken back, by a person or by the bank."""

    bank_entry_id: int
