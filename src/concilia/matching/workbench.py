"""One payer group on the table: its open items as they go down, and what is known of a payment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum
from typing import Final, NamedTuple, overload

from concilia.kernel.numbers import BASIS_POINTS
from concilia.kernel.once import once
from concilia.matching.book import OpenItems
from concilia.matching.mentions import NONE, Mention, Mentions, OrderIndex, find_mentions
from concilia.matching.numbering import NumberIndex
from concilia.matching.periods import Period, find_days, find_periods
from concilia.matching.policy import Policy
from concilia.matching.reasons import Reason
from concilia.matching.records import AgreedPlan, ItemKind, PayerHabit, Payment, Remittance
from concilia.matching.rules import RuleBook, TextRule
from concilia.matching.scanning import NOTHING, Scan, scan

_CREDITS: Final = frozenset({ItemKind.CREDIT_NOTE, ItemKind.ON_ACCOUNT})
_DEDUCTION: Final = ItemKind.DEDUCTION.value
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
        "_items",
        "_row",
        "due_on",
        "is_last_choice",
        "issued_on",
        "left",
        "opened",
        "position",
    )

    def __init__(self, items: OpenItems, row: int, position: int) -> None:
        self.position = position
        self._items, self._row = items, row
        self.opened = self.left = items.open_minor[row]
        issued_on = items.issued_on[row]
        self.issued_on = issued_on or _EARLY
        self.due_on = items.due_on[row] or issued_on or _FAR
        self.is_last_choice = bool(
            items.disputed_minor[row]
            or items.kind[row] == _DEDUCTION
            or (items.hold and row in items.hold)
        )

    @property
    def item_id(self) -> str:
        """Its id."""
        return self._items.item_id[self._row]

    @property
    def number(self) -> str:
        """Its document number."""
        return self._items.number[self._row]

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

    @property
    def structured_reference(self) -> str:
        """The payment reference that was given with it."""
        return self._items.structured_reference[self._row]

    @property
    def discount_until(self) -> date | None:
        """Until when the cash discount is allowed."""
        return self._items.discount_until[self._row]

    @property
    def vat_minor(self) -> int | None:
        """The VAT in what it was made out for, where that is known."""
        return self._items.vat_minor.get(self._row)

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
        until = self.discount_until
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

    @once
    def scan(self) -> Scan:
        """The numbers in what the payer wrote."""
        return scan(self.payment.text) if self.payment.text else NOTHING

    @once
    def periods(self) -> tuple[Period, ...]:
        """The months that the payer names."""
        return find_periods(self.scan.text, self.payment.valued_on) if self.scan.text else ()

    @once
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


class _Candidates(Sequence[Candidate]):
    """Candidates by position, each made when somebody looks at it."""

    def __init__(self, items: OpenItems, rows: Sequence[int]) -> None:
        self._items, self._rows = items, rows
        self._made: list[Candidate | None] = [None] * len(rows)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, position: int) -> Candidate: ...

    @overload
    def __getitem__(self, position: slice) -> Sequence[Candidate]: ...

    def __getitem__(self, position: int | slice) -> Candidate | Sequence[Candidate]:
        if isinstance(position, slice):
            return [self[place] for place in range(*position.indices(len(self)))]
        known = self._made[position]
        if known is None:
            known = self._made[position] = Candidate(self._items, self._rows[position], position)
        return known

    def __iter__(self) -> Iterator[Candidate]:
        items, made = self._items, self._made
        for position, row in enumerate(self._rows):
            known = made[position]
            if known is None:
                known = made[position] = Candidate(items, row, position)
            yield known


# Items by day, and by their sum how many of them make it, and up to which day.
Statements = tuple[list[Candidate], dict[int, list[tuple[int, date]]]]


class Workbench:
    """
    The open items of one payer group in one currency, sorted by due date and id.

    Nothing outside sees it: it lives as long as the group's payments are being settled.
    """

    def __init__(
        self,
        items: OpenItems,
        rows: Iterable[int],
        policy: Policy,
        rules: RuleBook | None = None,
        plans: Sequence[AgreedPlan] = (),
    ) -> None:
        """:param plans: what was agreed with these customers in this currency"""
        due_on, issued_on, ids = items.due_on, items.issued_on, items.item_id
        self._rows = [
            row
            for _, _, row in sorted(
                [(due_on[row] or issued_on[row] or _FAR, ids[row], row) for row in rows]
            )
        ]
        self.candidates: Sequence[Candidate] = _Candidates(items, self._rows)
        self.policy = policy
        self._items = items
        self._rules = rules or RuleBook()
        self.plans = plans
        self.plan_interest: dict[str, int] = {}  # plan → what of its interest this run has paid
        self.small_differences: dict[tuple[str, int, int], int] = {}
        self.named_by: dict[int, list[int]] = {}  # position → amounts of payments that name it
        self.version = 0  # counts what was settled: a finding is good for its version
        self.changed: dict[int, int] = {}  # position → the version in which it last went down
        self._known: tuple[date, Sequence[Candidate]] | None = None
        self._chosen: tuple[tuple[int, date], Sequence[Candidate], Sequence[Candidate]] | None = (
            None
        )
        self.statements: dict[tuple[int, date, bool], Statements] = {}
        self.claimed: set[int] = set()  # what payments name that could not be settled safely
        self.settled_by: dict[int, str] = {}  # position → the payment that closed it

    @once
    def index(self) -> NumberIndex:
        """The numbers of all candidates."""
        numbers, issued_on = self._items.number, self._items.issued_on
        return NumberIndex([(numbers[row], issued_on[row]) for row in self._rows])

    @once
    def orders(self) -> OrderIndex:
        """The orders and deliveries of all candidates."""
        return OrderIndex(self._orders())

    def _orders(self) -> Iterator[tuple[int, str, str]]:
        orders, deliveries = self._items.order_number, self._items.delivery_number
        for position, row in enumerate(self._rows):
            yield (position, orders[row], deliveries[row])

    @once
    def position_of(self) -> dict[str, int]:
        """The positions of candidates by item id."""
        ids = self._items.item_id
        return {ids[row]: position for position, row in enumerate(self._rows)}

    @once
    def planned(self) -> frozenset[int]:
        """The positions of what is in a plan: no amount alone settles it but that of rows."""
        ids = {part.item_id for plan in self.plans for part in plan.parts}
        return frozenset(self.position_of[one] for one in ids if one in self.position_of)

    @once
    def _opened(self) -> list[int]:
        amounts = self._items.open_minor
        return [amounts[row] for row in self._rows]

    @once
    def _has_credits(self) -> bool:
        """Whether any candidate lowers what is owed: most payers have none."""
        return min(self._opened, default=0) < 0

    @once
    def _originals(self) -> list[int]:
        amounts = self._items.original_minor
        return [amounts[row] for row in self._rows]

    def with_left(self, amount: int) -> list[Candidate]:
        """The candidates of which this amount is left."""
        changed = self.changed
        some = [p for p, opened in enumerate(self._opened) if opened == amount or p in changed]
        return [one for one in map(self.candidates.__getitem__, some) if one.left == amount]

    def is_recurring(self, candidate: Candidate) -> bool:
        """Whether the customer gets this amount again and again."""
        return self._originals.count(candidate.original) > 1

    def take_off(self, position: int, amount: int) -> None:
        """Let an item go down by what settles it, with its sign."""
        candidate = self.candidates[position]
        left = candidate.left - amount
        assert left == 0 or (
            (left > 0) == (candidate.left > 0) and abs(left) <= abs(candidate.left)
        )
        candidate.left = left
        self.version += 1
        if amount:
            self.changed[position] = self.version

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

    @once
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
        """
        What a payment that names nothing may settle: issued by then, not contested, not held, and
        in no plan.
        """
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
            if self._known is None or self._known[0] != day:
                known = [c for c in self.candidates if not c.is_last_choice and c.issued_on <= day]
                if self.plans:
                    known = [c for c in known if c.position not in self.planned]
                self._known = (day, tuple(known))
            live = tuple([c for c in self._known[1] if c.left])
            spent = tuple([c for c in self._known[1] if not c.left and c.opened])
            self._chosen = ((self.version, day), live, spent)
        return self._chosen[1:]

    def credits(self, facts: Facts, named: Sequence[Candidate]) -> list[Candidate]:
        """The credits the payer may have netted without saying so."""
        if not self._has_credits:
            return []
        taken = {candidate.position for candidate in named}
        return [
            candidate
            for candidate in self.selectable(facts)
            if candidate.left < 0 and candidate.position not in taken
        ]
