"""What a text of collections is about: plain values, no rows of tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from concilia.dunning.core.texts.keys import Form, Option


class TextIncomplete(ValueError):
    """
    A text has no value for something it says; nothing may leave so.

    :param field: the name of what is missing
    """

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """
    An open item as a message shows it, in minor units.

    :param asked: what may be asked for of it (domain.md R-3.30); never what is disputed
    :param days_late: below 1 while it is not late
    :param link: where its document can be looked at
    """

    number: str
    currency: str
    due: date
    open: int
    asked: int
    disputed: int = 0
    issued: date | None = None
    days_late: int = 0
    link: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.asked <= self.open or not 0 <= self.disputed <= self.open:
            raise ValueError(f"{self.number[:40]}: more is asked for or disputed than is open")
        if self.asked + self.disputed > self.open:
            raise ValueError(f"{self.number[:40]}: what is disputed cannot be asked for")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One instalment: its day, principal and interest together in minor units, what came of it."""

    number: int
    due: date
    amount: int
    paid: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """
    What a message is made of. What a text does not speak of may stay empty.

    Totals are summed from `items`, by currency: there is no second truth.

    :param sender: the person who signs; empty: the company alone
    :param country: whose law a formal notice follows, ISO 3166 (`GB` or `UK`)
    :param motive_links: `NR-08` → where they can say so
    :param interest: accrued by `interest_until`; shown as information, never added to what is asked
    :param amount: of a promise, a payment, an instalment or a credit, in minor units of `currency`
    :param day: when it is due or came
    :param offer: a settlement: what closes the matter; `waived` is what is then given up
    :param until: by when the other side acts: we answer, an offer ends
    :param holder: the one person who looks after them
    :param mandate: under what the next holder acts (number, day)
    :param options: what may be chosen; empty: what is usual for the text
    """

    creditor: str
    customer: str
    items: tuple[Item, ...] = ()
    currency: str = ""
    contact: str = ""
    sender: str = ""
    is_consumer: bool = False
    country: str = ""
    account_link: str = ""
    pay_link: str = ""
    motive_links: Mapping[str, str] = field(default_factory=dict)
    reply_to: str = ""
    phone: str = ""
    account_holder: str = ""
    iban: str = ""
    bank_details: str = ""
    reference: str = ""
    deadline: date | None = None
    interest: int | None = None
    interest_until: date | None = None
    compensation: int | None = None
    next_holder: str = ""
    mandate: str = ""
    advice: tuple[str, ...] = ()
    amount: int | None = None
    day: date | None = None
    new_day: date | None = None
    rows: tuple[PlanRow, ...] = ()
    offer: int | None = None
    waived: int | None = None
    until: date | None = None
    claim: str = ""
    invoice: str = ""
    holder: str = ""
    options: tuple[Option, ...] = ()

    @property
    def form(self) -> Form:
        """How they are addressed."""
        return Form.CONSUMER if self.is_consumer else Form.COMPANY

    @property
    def asked(self) -> dict[str, int]:
        """What is asked for, by currency."""
        return self._sums("asked")

    @property
    def disputed(self) -> dict[str, int]:
        """What is disputed and not asked for, by currency; empty when nothing is."""
        return self._sums("disputed")

    @property
    def still_open(self) -> dict[str, int]:
        """What is open in all, by currency."""
        return self._sums("open")

    def _sums(self, part: str) -> dict[str, int]:
        sums: dict[str, int] = {}
        for item in self.items:
            if minor := getattr(item, part):
                sums[item.currency] = sums.get(item.currency, 0) + minor
        return sums
