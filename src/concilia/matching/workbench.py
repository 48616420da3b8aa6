"""One payer group on the table: its open items as they go down, and what is known of a payment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Final, NamedTuple

from concilia.kernel.numbers import BASIS_POINTS
from concilia.matching.mentions import NONE, Mention, Mentions, find_mentions
from concilia.matching.numbering import NumberIndex, take_apart
from concilia.matching.policy import Policy
from concilia.matching.reasons import Reason, find_reason
from concilia.matching.records import ItemKind, OpenItem, Payment, Remittance
from concilia.matching.scanning import NOTHING, Scan, scan

_CREDITS: Final = frozenset({ItemKind.CREDIT_NOTE, ItemKind.ON_ACCOUNT})
_FAR: Final = date.max
_EARLY: Final = date.min


class Knowledge(IntEnum):
    """How the payer is known; from NAME up a rule may rely on it."""

    NOBODY = 0
    FUZZY = 1  # a name alike (M11)
    NUMBER = 2  # only by a document number in the text
    NAME = 3  # exactly one customer has this name
    ACCOUNT = 4  # the IBAN, or a reference that only this payer has


class Candidate:
    """An open item of the group and what is left of it. `left` changes as payments settle it."""

    __slots__ = ("due_on", "is_last_choice", "issued_on", "item", "left", "position", "sort_key")

    def __init__(self, position: int, item: OpenItem) -> None:
        self.position = position
        self.item = item
        self.left = item.open_minor
        self.issued_on = item.issued_on or _EARLY
        self.due_on = item.due_on or item.issued_on or _FAR
        self.is_last_choice = bool(
            item.disputed_minor or item.hold or item.kind == ItemKind.DEDUCTION
        )

    @property
    def is_credit(self) -> bool:
        """Whether it lowers what is owed."""
        return self.item.open_minor < 0

    def discount_minor(self) -> int:
        """The cash discount our terms allow on it, earned or not; 0 if there is none."""
        item = self.item
        if not item.discount_bp or self.left <= 0:
            return 0
        base = item.original_minor if self.left == item.original_minor else self.left
        return (base * item.discount_bp * 2 + BASIS_POINTS) // (2 * BASIS_POINTS)

    def earns_discount(self, valued_on: date, policy: Policy) -> bool:
        """Whether a payment of that value date is in time for the discount (domain.md §6.5)."""
        until = self.item.discount_until
        return until is not None and (valued_on - until).days <= policy.discount_grace_days

    def earned_minor(self, valued_on: date, policy: Policy) -> int:
        """The cash discount a payment of that value date may take."""
        if not self.item.discount_bp or not self.earns_discount(valued_on, policy):
            return 0
        return self.discount_minor()


class Facts:
    """A payment and all that is known about it before any rule is tried."""

    __slots__ = (
        "__dict__",
        "amount",
        "candidate_customer",
        "cross_border",
        "foreign",
        "italian",
        "knowledge",
        "payment",
        "references",
        "remittances",
    )

    def __init__(self, payment: Payment, knowledge: Knowledge) -> None:
        self.payment = payment
        self.amount = payment.amount_minor
        self.knowledge = knowledge
        self.candidate_customer: str | None = None
        self.cross_border = False
        self.foreign = ""  # another customer's document, named and of exactly this amount
        self.italian = False
        self.references: tuple[int, ...] = ()  # positions found by a structured reference
        self.remittances: tuple[Remittance, ...] = ()

    @cached_property
    def scan(self) -> Scan:
        """The numbers in what the payer wrote."""
        return scan(self.payment.text) if self.payment.text else NOTHING

    @property
    def order(self) -> tuple[date, str]:
        """Payments take turns by booking date, then by their id: the documented tie-break."""
        return (self.payment.booked_on, self.payment.payment_id)


class Line(NamedTuple):
    """What a payment does to one candidate; `discount`, `writeoff`, `deduction` reduce it too."""

    position: int
    applied: int
    discount: int = 0
    writeoff: int = 0
    writeoff_reason: str = ""
    deduction: int = 0
    reason: str = ""
    words: str = ""

    @property
    def total(self) -> int:
        """By how much the item goes down, with its sign."""
        return self.applied + self.discount + self.writeoff + self.deduction


class Workbench:
    """
    The open items of one payer group in one currency, sorted by due date and id.

    Nothing outside sees it: it lives as long as the group's payments are being settled.
    """

    def __init__(self, items: Iterable[OpenItem], policy: Policy) -> None:
        ordered = sorted(
            items, key=lambda item: (item.due_on or item.issued_on or _FAR, item.item_id)
        )
        self.policy = policy
        self.candidates = [Candidate(position, item) for position, item in enumerate(ordered)]
        self.small_differences: dict[tuple[str, int, int], int] = {}
        self.named_by: dict[int, list[int]] = {}  # position → amounts of payments that name it
        self.version = 0  # counts what was settled: a finding is good for its version
        self.claimed: set[int] = set()  # what payments name that could not be settled safely
        self.settled_by: dict[int, str] = {}  # position → the payment that closed it

    @cached_property
    def index(self) -> NumberIndex:
        """The numbers of all candidates."""
        index = NumberIndex(take_apart(c.item.number, c.item.issued_on) for c in self.candidates)
        for candidate in self.candidates:
            item = candidate.item
            if item.order_number or item.delivery_number:
                index.add_orders(candidate.position, item.order_number, item.delivery_number)
        return index

    @cached_property
    def by_id(self) -> dict[str, Candidate]:
        """Candidates by item id."""
        return {candidate.item.item_id: candidate for candidate in self.candidates}

    def mentions(self, facts: Facts) -> Mentions:
        """Return what the payment's text names; found once, whatever is left by then."""
        known: Mentions | None = facts.__dict__.get("mentions")
        if known is None:
            known = find_mentions(facts.scan, self.index) if facts.scan.numbers else NONE
            facts.__dict__["mentions"] = known
        return known

    def reason(self, facts: Facts) -> Reason | None:
        """Return the reason for paying less that stands in the payment's text."""
        if "reason" not in facts.__dict__:
            facts.__dict__["reason"] = find_reason(facts.payment.text, self.policy.reason_codes)
        found: Reason | None = facts.__dict__["reason"]
        return found

    def amounts_naming(self, candidate: Candidate) -> Sequence[int]:
        """The amounts of all payments that name this item."""
        return self.named_by.get(candidate.position, ())

    def is_paid_in_parts(self, candidate: Candidate) -> bool:
        """Whether several payments name this item and together do not exceed it."""
        amounts = self.amounts_naming(candidate)
        return len(amounts) > 1 and sum(amounts) <= candidate.item.open_minor

    def live(self, mention: Mention) -> list[Candidate]:
        """The items a mention can mean of which something is left."""
        return [self.candidates[p] for p in mention.options if self.candidates[p].left]

    def selectable(self, facts: Facts) -> list[Candidate]:
        """What a payment that names nothing may settle: issued by then, not contested, not held."""
        valued_on = facts.payment.valued_on
        return [
            candidate
            for candidate in self.candidates
            if candidate.left and not candidate.is_last_choice and candidate.issued_on <= valued_on
        ]

    def spent(self, facts: Facts) -> list[Candidate]:
        """
        What other payments of this run have closed and this one could have meant.

        An amount that two items had when the run began is not made certain by who came first.
        """
        valued_on = facts.payment.valued_on
        return [
            candidate
            for candidate in self.candidates
            if not candidate.left
            and candidate.item.open_minor
            and not candidate.is_last_choice
            and candidate.issued_on <= valued_on
        ]

    def credits(self, facts: Facts, named: Sequence[Candidate]) -> list[Candidate]:
        """The credits the payer may have netted without saying so."""
        taken = {candidate.position for candidate in named}
        return [
            candidate
            for candidate in self.selectable(facts)
            if candidate.left < 0 and candidate.position not in taken
        ]
