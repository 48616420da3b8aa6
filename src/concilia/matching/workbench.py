"""One payer group on the table: its open items as they go down, and what is known of a payment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Final, NamedTuple

from concilia.kernel.numbers import BASIS_POINTS
from concilia.matching.book import OpenItems
from concilia.matching.mentions import NONE, Mention, Mentions, OrderIndex, find_mentions
from concilia.matching.numbering import NumberIndex
from concilia.matching.periods import Period, find_days, find_periods
from concilia.matching.policy import Policy
from concilia.matching.reasons import Reason
from concilia.matching.records import ItemKind, OpenItem, PayerHabit, Payment, Remittance
from concilia.matching.rules import RuleBook, TextRule
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
    """
    An open item of the group and what is left of it. `left` changes as payments settle it.

    `opened` is what was open when the run began. The rest of the item is read when it is asked for:
    most items of a group are looked at for their amount and date alone.
    """

    __slots__ = (
        "_item",
        "_items",
        "_row",
        "due_on",
        "is_last_choice",
        "issued_on",
        "item_id",
        "left",
        "number",
        "opened",
        "position",
    )

    def __init__(self, items: OpenItems, row: int) -> None:
        self.position = 0
        self._items, self._row = items, row
        self._item: OpenItem | None = None
        self.item_id, self.number = items.item_id[row], items.number[row]
        self.opened = self.left = items.open_minor[row]
        issued_on = items.issued_on[row]
        self.issued_on = issued_on or _EARLY
        self.due_on = items.due_on[row] or issued_on or _FAR
        self.is_last_choice = bool(
            items.disputed_minor[row]
            or items.kind[row] == ItemKind.DEDUCTION
            or (items.hold and row in items.hold)
        )

    @property
    def item(self) -> OpenItem:
        """The whole item."""
        if self._item is None:
            self._item = self._items.row(self._row)
        return self._item

    @property
    def customer_id(self) -> str:
        """Whose it is."""
        return self._items.customer_id[self._row]

    @property
    def original(self) -> int:
        """What it was made out for."""
        return self._items.original_minor[self._row]

    @property
    def disputed(self) -> int:
        """What of it is contested already."""
        return self._items.disputed_minor[self._row]

    @property
    def hold(self) -> str:
        """Why no machine may settle it, or nothing."""
        return self._items.hold.get(self._row, "")

    def orders(self) -> tuple[str, str]:
        """Its order number and its delivery number."""
        return self._items.order_number[self._row], self._items.delivery_number[self._row]

    @property
    def is_credit(self) -> bool:
        """Whether it lowers what is owed."""
        return self.opened < 0

    def discount_minor(self) -> int:
        """The cash discount our terms allow on it, earned or not; 0 if there is none."""
        points = self._items.discount_bp[self._row]
        if not points or self.left <= 0:
            return 0
        return (self.left * points * 2 + BASIS_POINTS) // (2 * BASIS_POINTS)

    def earns_discount(self, valued_on: date, policy: Policy) -> bool:
        """Whether a payment of that value date is in time for the discount (domain.md §6.5)."""
        until = self._items.discount_until[self._row]
        return until is not None and (valued_on - until).days <= policy.discount_grace_days

    def earned_minor(self, valued_on: date, policy: Policy) -> int:
        """The cash discount a payment of that value date may take."""
        if not self._items.discount_bp[self._row] or not self.earns_discount(valued_on, policy):
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
        "habits",
        "habits_said",
        "is_alike",
        "is_mistyped",
        "italian",
        "knowledge",
        "named_customers",
        "payment",
        "references",
        "remittances",
        "rule_customer",
        "rule_elsewhere",
        "unknown_reference",
    )

    def __init__(self, payment: Payment, knowledge: Knowledge) -> None:
        self.payment = payment
        self.amount = payment.amount_minor
        self.knowledge = knowledge
        self.candidate_customer: str | None = None
        self.cross_border = False
        self.unknown_reference = ""  # a payment reference that is not one of ours
        self.habits: tuple[PayerHabit, ...] = ()
        self.named_customers: tuple[str, ...] = ()  # whose numbers the text gives as such
        self.is_alike = False  # a number tells who pays, and the name is not unlike
        self.is_mistyped = False  # the payment reference fails the check that all of ours pass
        self.habits_said: Mapping[str, str] | None = None  # what each would have answered
        self.rule_customer: TextRule | None = None
        self.rule_elsewhere: TextRule | None = None  # says that this is no customer payment
        self.foreign = ""  # another customer's document, named and of exactly this amount
        self.italian = False
        self.references: tuple[int, ...] = ()  # positions found by a structured reference
        self.remittances: tuple[Remittance, ...] = ()

    @cached_property
    def scan(self) -> Scan:
        """The numbers in what the payer wrote."""
        return scan(self.payment.text) if self.payment.text else NOTHING

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The months that the payer names."""
        return find_periods(self.scan.text, self.payment.valued_on) if self.scan.text else ()

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The dates that the payer names."""
        return find_days(self.scan.text) if self.scan.text else ()

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


# Items by day, and by their sum how many of them make it, and up to which day.
Statements = tuple[list[Candidate], dict[int, list[tuple[int, date]]]]


class Workbench:
    """
    The open items of one payer group in one currency, sorted by due date and id.

    Nothing outside sees it: it lives as long as the group's payments are being settled.
    """

    def __init__(
        self, items: OpenItems, rows: Iterable[int], policy: Policy, rules: RuleBook | None = None
    ) -> None:
        self.candidates = [Candidate(items, row) for row in rows]
        self.candidates.sort(key=lambda candidate: (candidate.due_on, candidate.item_id))
        for position, candidate in enumerate(self.candidates):
            candidate.position = position
        self.policy = policy
        self._items = items
        self._rules = rules or RuleBook()
        self.small_differences: dict[tuple[str, int, int], int] = {}
        self.named_by: dict[int, list[int]] = {}  # position → amounts of payments that name it
        self.version = 0  # counts what was settled: a finding is good for its version
        self._chosen: (
            tuple[tuple[int, date], tuple[Candidate, ...], tuple[Candidate, ...]] | None
        ) = None
        self.statements: dict[tuple[int, date, bool], Statements] = {}
        self.claimed: set[int] = set()  # what payments name that could not be settled safely
        self.settled_by: dict[int, str] = {}  # position → the payment that closed it

    @cached_property
    def index(self) -> NumberIndex:
        """The numbers of all candidates."""
        return NumberIndex([(one.number, one.issued_on) for one in self.candidates])

    @cached_property
    def orders(self) -> OrderIndex:
        """The orders and deliveries of all candidates."""
        return OrderIndex(self._orders())

    def _orders(self) -> Iterator[tuple[int, str, str]]:
        for candidate in self.candidates:
            yield (candidate.position, *candidate.orders())

    @cached_property
    def by_id(self) -> dict[str, Candidate]:
        """Candidates by item id."""
        return {candidate.item_id: candidate for candidate in self.candidates}

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
            facts.__dict__["reason"] = self.reason_in(facts.payment.text)
        found: Reason | None = facts.__dict__["reason"]
        return found

    def reason_in(self, text: str) -> Reason | None:
        """Return the reason a text of this payer group gives, by a person's rule before ours."""
        return self._rules.reason(text, self._customers, self.policy.reason_codes)

    @cached_property
    def _customers(self) -> frozenset[str]:
        if not self._rules.by_word:
            return frozenset()
        return frozenset(candidate.customer_id for candidate in self.candidates)

    def amounts_naming(self, candidate: Candidate) -> Sequence[int]:
        """The amounts of all payments that name this item."""
        return self.named_by.get(candidate.position, ())

    def is_paid_in_parts(self, candidate: Candidate) -> bool:
        """Whether several payments name this item and together do not exceed it."""
        amounts = self.amounts_naming(candidate)
        return len(amounts) > 1 and sum(amounts) <= candidate.opened

    def live(self, mention: Mention) -> list[Candidate]:
        """The items a mention can mean of which something is left."""
        return [self.candidates[p] for p in mention.options if self.candidates[p].left]

    def selectable(self, facts: Facts) -> Sequence[Candidate]:
        """What a payment that names nothing may settle: issued by then, not contested, not held."""
        return self._choices(facts.payment.valued_on)[0]

    def spent(self, facts: Facts) -> Sequence[Candidate]:
        """
        What other payments of this run have closed and this one could have meant.

        An amount that two items had when the run began is not made certain by who came first.
        """
        return self._choices(facts.payment.valued_on)[1]

    def _choices(self, day: date) -> tuple[Sequence[Candidate], Sequence[Candidate]]:
        """What is open on a day, and what was; kept until something is settled."""
        if self._chosen is None or self._chosen[0] != (self.version, day):
            known = [c for c in self.candidates if not c.is_last_choice and c.issued_on <= day]
            live = tuple(candidate for candidate in known if candidate.left)
            spent = tuple(c for c in known if not c.left and c.opened)
            self._chosen = ((self.version, day), live, spent)
        return self._chosen[1:]

    def credits(self, facts: Facts, named: Sequence[Candidate]) -> list[Candidate]:
        """The credits the payer may have netted without saying so."""
        taken = {candidate.position for candidate in named}
        return [
            candidate
            for candidate in self.selectable(facts)
            if candidate.left < 0 and candidate.position not in taken
        ]
