"""
What a structured message (EDI, e-invoice, status message) states field by field.

A parser of such a format fills a `StatedPaper`; nothing in it is guessed from words. Each value
names its place [start, end) in the document's text, which the parser writes so that a person can
read it. `stated_reading.py` turns it into a reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from concilia.documents.core.french_motives import from_french_motive
from concilia.kernel.reasons import (
    InboundReason,
    from_peppol,
    from_uncl4465,
    from_walmart,
    from_x12,
)

Span = tuple[int, int]

CODE_LISTS: Final = {
    "x12-426": from_x12,
    "uncl4465": from_uncl4465,
    "peppol-reason": from_peppol,
    "walmart": from_walmart,
    "fr-motive": from_french_motive,
}


@dataclass(frozen=True, slots=True)
class StatedCode:
    """Why, in the words of a code list: one of `CODE_LISTS`, for example `uncl4465` and `9`."""

    scheme: str
    value: str
    place: Span

    @property
    def meaning(self) -> InboundReason | None:
        """The canonical reasons it may mean (R-2.2); None for a code the list does not have."""
        return CODE_LISTS[self.scheme](self.value)


@dataclass(frozen=True, slots=True)
class StatedReference:
    """
    A number as printed; `kind` is one of the contract's (`invoice`, `order`, `delivery` …).

    `own` is the paper's own number.
    """

    kind: str
    value: str
    place: Span
    own: bool = False


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """An amount with the sign of the contract, and where it stands."""

    value: Decimal
    place: Span


@dataclass(frozen=True, slots=True)
class StatedLine:
    """
    One document or position: `paid` negative for credit notes, `deducted` and `discount` positive.

    `places` are those of the values, by the name of the field (`document`, `paid` …). `reason` is
    set where the format itself says what is wrong (a quantity received short is NC-01).
    """

    document: str | None
    invoiced: Decimal | None = None
    paid: Decimal | None = None
    discount: Decimal | None = None
    deducted: Decimal | None = None
    code: StatedCode | None = None
    text: str | None = None
    places: Mapping[str, Span] = field(default_factory=dict)
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StatedPaper:
    """
    A message as its sender stated it.

    `kind` is the contract's. `codes` are reasons given for the whole; `notes` the places of free
    text, which are read for a reason where no code gives one. `reason` is set where the format
    itself fixes it (a French status *Rejetée* is NC-27). `claimed` and `total` as in the contract;
    where `claimed` is None, the deductions of the lines are added up. `motive` is that of a
    `payment_reply` (`NR-08` for a status *paid*). `subjects` are the places of what an invoice
    bills: one that bills promotions and nothing else is the customer's invoice to us.
    """

    kind: str
    kind_place: Span | None = None
    references: tuple[StatedReference, ...] = ()
    currency: str | None = None
    total: StatedAmount | None = None
    claimed: StatedAmount | None = None
    lines: tuple[StatedLine, ...] = ()
    codes: tuple[StatedCode, ...] = ()
    reason: str | None = None
    notes: tuple[Span, ...] = ()
    motive: str | None = None
    subjects: tuple[Span, ...] = ()
