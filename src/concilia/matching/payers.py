"""Who paid: by IBAN, by what clerks taught us, by name; and which payer group that is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from concilia.matching.columns import Coded
from concilia.matching.names import NameIndex, letters_of, likeness, words_of
from concilia.matching.numbering import compact
from concilia.matching.policy import Policy
from concilia.matching.records import AgreedPlan, Customer, PayerAlias, PayerHabit, Payment
from concilia.matching.rules import Meaning, RuleBook, TextRule, first_meaning
from concilia.matching.workbench import Knowledge

IBAN_COUNTRY: Final = 2
CORROBORATED: Final = 75  # a name this alike, beside a document number of the same customer


class Payer(NamedTuple):
    """The payer group that pays, the customer where it is one, and how that is known."""

    group: str
    customer_id: str | None
    knowledge: Knowledge


Lesson = PayerAlias | PayerHabit | TextRule | AgreedPlan


class PayerDirectory:
    """All customers, by everything a payment may say about its payer."""

    def __init__(
        self,
        customers: Iterable[Customer],
        lessons: Sequence[Lesson],
        policy: Policy,
    ) -> None:
        """:param lessons: what clerks taught about payers, and what was agreed with them"""
        self.policy = policy
        self.customers: dict[str, Customer] = {}
        self.groups: dict[str, str] = {}
        self._by_iban: dict[str, set[str]] = defaultdict(set)
        self._aliases = [lesson for lesson in lessons if isinstance(lesson, PayerAlias)]
        for customer in customers:
            self.customers.setdefault(customer.customer_id, customer)
            self.groups[customer.customer_id] = _group_key(customer)
            for iban in customer.ibans:
                self._by_iban[tidy_iban(iban)].add(customer.customer_id)
        self.habits: dict[str, tuple[PayerHabit, ...]] = {}
        for habit in sorted(one for one in lessons if isinstance(one, PayerHabit)):
            group = self.group_of(habit.customer_id)
            self.habits[group] = (*self.habits.get(group, ()), habit)
        self.plans: dict[str, list[AgreedPlan]] = defaultdict(list)
        for plan in sorted(one for one in lessons if isinstance(one, AgreedPlan)):
            self.plans[self.group_of(plan.customer_id)].append(plan)
        self.rules = RuleBook.of(lesson for lesson in lessons if isinstance(lesson, TextRule))
        for alias in self._aliases:
            if alias.iban and alias.customer_id in self.customers:
                self._by_iban[tidy_iban(alias.iban)].add(alias.customer_id)

    def prepare(self) -> None:
        """This will make now what would be made at the first question, before others share it."""
        assert self.names is not None
        assert self.country is not None
        assert self.numbers is not None

    def group_of(self, customer_id: str) -> str:
        """Return the payer group of a customer; one that is not on file is a group alone."""
        return self.groups.get(customer_id) or f"customer {customer_id}"

    def groups_of(self, customer_ids: Sequence[str]) -> Coded:
        """Return the payer group of each of many customers."""
        column = customer_ids if isinstance(customer_ids, Coded) else Coded.of(customer_ids)
        return column.renamed([self.group_of(one) for one in column.texts])

    @cached_property
    def names(self) -> NameIndex:
        """The names of all customers and aliases; made when the first payment needs it."""
        known = [(c.customer_id, c.name) for c in self.customers.values() if c.name]
        known += [
            (alias.customer_id, alias.name)
            for alias in self._aliases
            if alias.name and alias.customer_id in self.customers
        ]
        return NameIndex(known)

    @cached_property
    def numbers(self) -> Mapping[str, Sequence[str]]:
        """The customers by their own number and VAT number, without marks."""
        known: dict[str, list[str]] = {}
        for customer in self.customers.values():
            for number in (customer.customer_id, customer.vat_number):
                if number:
                    known.setdefault(compact(number), []).append(customer.customer_id)
        return known

    @cached_property
    def country(self) -> str:
        """Where we bank: said by the policy, or where most customers do."""
        if self.policy.country:
            return self.policy.country
        counted = Counter(iban[:IBAN_COUNTRY] for iban in self._by_iban)
        return min(counted, key=lambda code: (-counted[code], code)) if counted else ""

    def by_account(self, iban: str, name: str) -> Payer | None:
        """Return the payer an account belongs to; where it is shared, the name decides."""
        customers = self._by_iban.get(tidy_iban(iban)) if iban else None
        if not customers:
            return None
        if len({self.groups[customer_id] for customer_id in customers}) > 1:
            customers = customers & self.names.exactly(name) if name else set()
        return self._payer(customers, Knowledge.ACCOUNT)

    def by_name(self, name: str) -> Payer | None:
        """Return the only payer group that has this name; of several the one that spells it so."""
        if not name:
            return None
        customers = self.names.exactly(name)
        if len({self.groups[customer_id] for customer_id in customers}) > 1:
            letters = letters_of(name)
            customers = {
                customer_id
                for customer_id in customers
                if letters_of(self.customers[customer_id].name) == letters
            }
        return self._payer(customers, Knowledge.NAME)

    def likely_group(self, payment: Payment) -> str:
        """Return the payer group of a payment by its account or name alone; nothing if unknown."""
        payer = self.by_account(payment.payer_iban, payment.payer_name)
        payer = payer or self.by_name(payment.payer_name)
        return payer.group if payer else ""

    def by_likeness(self, name: str) -> Payer | None:
        """Return the only payer group with a name like this one (M11)."""
        if not name:
            return None
        return self._payer(self.names.alike(name, self.policy.name_similarity), Knowledge.FUZZY)

    def by_rule(self, rules: Sequence[TextRule]) -> tuple[Payer, TextRule] | None:
        """Return who pays by the rules that fit a payment; nobody where they contradict."""
        fitting = first_meaning(rules, Meaning.CUSTOMER)
        payer = self._payer(
            {one.customer_id for one in fitting if one.customer_id in self.customers},
            Knowledge.NAME,
        )
        return (payer, fitting[0]) if payer else None

    def corroborates(self, customer_ids: Iterable[str], name: str) -> bool:
        """Whether a payer's name is near enough to a customer that a document number points to."""
        words = words_of(name) if name else ()
        return any(
            likeness(words, words_of(self.customers[customer_id].name)) >= CORROBORATED
            for customer_id in customer_ids
            if customer_id in self.customers
        )

    def _payer(self, customer_ids: set[str], knowledge: Knowledge) -> Payer | None:
        groups = {self.groups[customer_id] for customer_id in customer_ids}
        if len(groups) != 1:
            return None
        only = min(customer_ids)
        return Payer(groups.pop(), only, knowledge)


def tidy_iban(iban: str) -> str:
    """Return an IBAN without blanks, in capitals."""
    return "".join(iban.split()).upper()


def _group_key(customer: Customer) -> str:
    if customer.payer_group:
        return f"group {customer.payer_group}"
    return f"customer {customer.customer_id}"
