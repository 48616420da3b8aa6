"""
Match payments to open items: for a whole ledger as for one payer's few (domain.md §6).

Payments are first given to payer groups; then each group is settled by itself, for money never
crosses a group. That also is where the work can be cut for several processes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from concilia.matching.book import Book, OpenItems
from concilia.matching.check_digits import schemes_of
from concilia.matching.labels import CUSTOMER
from concilia.matching.names import words_of
from concilia.matching.naming import NOBODYS
from concilia.matching.numbering import compact
from concilia.matching.other_currency import propose_in_other_currency
from concilia.matching.payers import IBAN_COUNTRY, Lesson, Payer, PayerDirectory, tidy_iban
from concilia.matching.policy import DEFAULT, Policy
from concilia.matching.records import (
    Customer,
    Match,
    OpenItem,
    Payment,
    Remittance,
    Status,
)
from concilia.matching.remittances import join
from concilia.matching.rules import Meaning, TextRule, first_meaning
from concilia.matching.settlement import settle_group
from concilia.matching.workbench import Facts, Knowledge, Workbench

_RF: Final = re.compile(r"RF[0-9]{2}(?:\s?[0-9A-Z]){1,21}")
_IN_PIECES: Final = re.compile(
    r"(?<![0-9])(?<![0-9][/.-])[0-9]{2,5}(?: [0-9]{2,7}){1,7}(?![0-9]|[/.-][0-9])"
)
SURE_REFERENCE_MIN: Final = 12
OWN_NUMBER_DIGITS_MIN: Final = 7
VAT_NUMBER_MIN: Final = 11
RF_LENGTHS: Final = range(25, 4, -1)
LONG_REFERENCE_MIN: Final = 8
REFERENCE_DIGITS_MIN: Final = 5
ITALY: Final = "IT"
NO_GROUP: Final = ""

Work = dict[tuple[str, str], list[Facts]]


def match_payments(
    payments: Sequence[Payment],
    open_items: Iterable[OpenItem] | OpenItems,
    customers: Iterable[Customer],
    remittances: Iterable[Remittance] = (),
    policy: Policy = DEFAULT,
    *,
    lessons: Sequence[Lesson] = (),
) -> list[Match]:
    """
    This will answer every payment, in the order given, from these open items alone.

    For one payer group with a few hundred items it takes milliseconds: what a web page or a posting
    job calls with what the database says. It changes nothing and remembers nothing.

    :param customers: at least those of the open items; their payer groups bind the money
    :param lessons: what clerks taught: whose an IBAN or a name is, how payers pay (M12), and what
        words mean; and what was agreed with customers
    """
    directory = PayerDirectory(customers, lessons, policy)
    columns = OpenItems.of(open_items)
    book = Book(columns, directory.groups_of(columns.customer_id))
    return match_book(payments, book, directory, remittances)


def match_book(
    payments: Sequence[Payment],
    book: Book,
    directory: PayerDirectory,
    remittances: Iterable[Remittance] = (),
) -> list[Match]:
    """This will answer every payment, in the order given, from a ledger held as columns."""
    assignment = Assignment(book, directory, remittances)
    work = assignment.assign(payments)
    matches = settle_work(book, directory, work, assignment.advised)
    answers = {match.payment_id: match for match in matches}
    return [answers[payment.payment_id] for payment in payments]


def settle_work(
    book: Book,
    directory: PayerDirectory,
    work: Work,
    advised: Mapping[str, Sequence[Remittance]],
) -> Iterator[Match]:
    """
    Yield the answers of one payer group after the other.

    Groups do not touch each other: any part of the work can be settled anywhere. What names items
    of another currency is answered last, when it is known which of them are still open.
    """
    foreign: list[tuple[str, Facts, Match]] = []
    settled: set[str] = set()
    ways = Counter(group for group, _ in work)
    for (group, currency), facts in work.items():
        matches = _settle(book, directory, (group, currency), facts, advised.get(group, ()))
        if ways[group] > 1:
            settled.update(a.item_id for match in matches for a in match.allocations)
        if currency == book.only_currency or book.currencies_of(group) in ([], [currency]):
            yield from matches
            continue
        by_id = {one.payment.payment_id: one for one in facts}
        for match in matches:
            one = by_id[match.payment_id]
            if match.status is Status.UNMATCHED and match.duplicate_of is None and one.scan.numbers:
                foreign.append((group, one, match))
            else:
                yield match
    for group, one, match in foreign:
        yield propose_in_other_currency(book, group, one, match, directory.policy, settled)


def _settle(
    book: Book,
    directory: PayerDirectory,
    key: tuple[str, str],
    facts: Sequence[Facts],
    advised: Sequence[Remittance],
) -> list[Match]:
    group, currency = key
    rows = book.rows_of(group, currency) if group else []
    plans = [one for one in directory.plans.get(group, ()) if one.currency == currency]
    bench = Workbench(book.items, rows, directory.policy, directory.rules, plans)
    for one in facts:
        ids = [book.items.item_id[row] for row in one.__dict__.get("rows", ())]
        one.references = tuple(sorted(bench.position_of[item_id] for item_id in ids))
    if group:
        join(bench, [one for one in facts if one.amount > 0], advised)
    return settle_group(bench, facts)


class Assignment:
    """Gives every payment and every remittance to a payer group."""

    def __init__(
        self, book: Book, directory: PayerDirectory, remittances: Iterable[Remittance]
    ) -> None:
        self.book = book
        self.directory = directory
        self.advised: dict[str, list[Remittance]] = defaultdict(list)
        self._by_total: dict[tuple[str, int], list[tuple[str, Remittance]]] = defaultdict(list)
        for remittance in remittances:
            group = self._group_of_remittance(remittance)
            if group:
                self.advised[group].append(remittance)
                key = (remittance.currency, remittance.total_minor)
                self._by_total[key].append((group, remittance))

    def group_hint(self, payment: Payment) -> str:
        """The payer group by the account alone, cheaply; nothing where the account says nothing."""
        payer = self.directory.by_account(payment.payer_iban, payment.payer_name)
        return payer.group if payer else NO_GROUP

    def assign(self, payments: Iterable[Payment]) -> Work:
        """Return the payments by payer group and currency; group `` is nobody's."""
        work: Work = {}
        for payment in payments:
            group, facts = self._facts(payment)
            facts.cross_border = self._is_cross_border(payment)
            facts.italian = self._is_italian(payment)
            facts.habits = self.directory.habits.get(group, ())
            work.setdefault((group, payment.currency), []).append(facts)
        return work

    def _facts(self, payment: Payment) -> tuple[str, Facts]:
        rows = list(self._rows_by_reference(payment))
        groups = {self.book.groups[row] for row in rows}
        if len(groups) == 1:
            facts = Facts(payment, Knowledge.ACCOUNT)
            facts.__dict__["rows"] = tuple(rows)
            facts.candidate_customer = self.book.items.customer_id[min(rows)]
            if self.group_hint(payment) not in {NO_GROUP, *groups}:
                facts.knowledge = Knowledge.NUMBER  # another customer's account
            return groups.pop(), facts
        reference = payment.structured_reference
        if reference:  # not one of ours: then it is what the payer wrote
            payment = payment._replace(text=f"{reference} {payment.text}".strip())
        elif not payment.text and payment.end_to_end_id.upper() not in NOBODYS:
            payment = payment._replace(text=payment.end_to_end_id)
        group, facts = self._by_payer(payment)
        if sum(character.isdecimal() for character in reference) >= REFERENCE_DIGITS_MIN:
            facts.unknown_reference = reference
            facts.is_mistyped = not self.book.schemes <= schemes_of(compact(reference))
        return group, facts

    def _by_payer(self, payment: Payment) -> tuple[str, Facts]:
        """By account or name; a rule of a person knows better, but not than the account."""
        directory, iban = self.directory, tidy_iban(payment.payer_iban)
        payer = directory.by_account(payment.payer_iban, payment.payer_name)
        payer = payer or directory.by_name(payment.payer_name)
        rules = directory.rules.saying(payment.text, iban, payment.payer_name)
        ruled = directory.by_rule(rules)
        if ruled is not None:
            payer = _less_sure(payer, *ruled)
        group, facts = self._known(payment, payer) if payer else self._unknown(payment)
        elsewhere = first_meaning(rules, Meaning.ELSEWHERE)
        facts.rule_customer = ruled[1] if ruled else None
        facts.rule_elsewhere = elsewhere[0] if elsewhere else None
        return group, facts

    def _known(self, payment: Payment, payer: Payer) -> tuple[str, Facts]:
        facts = Facts(payment, payer.knowledge)
        facts.candidate_customer = payer.customer_id
        facts.named_customers = self._named_customers(facts)
        if payer.knowledge == Knowledge.NAME and not self._names_own(facts, payer.group):
            group, rows = self._group_by_numbers(facts)
            if rows and facts.amount == self._sum_of(rows):
                facts.knowledge = Knowledge.NUMBER  # the number and the sum know better
                facts.candidate_customer = self.book.items.customer_id[min(rows)]
                return group, facts
        foreign = self._foreign_row(facts, payer.group)
        if foreign is None:
            foreign = self._row_of_foreign_customer(facts, payer.group)
        if foreign is None:
            return payer.group, facts
        open_minor = self.book.items.open_minor
        own = self.book.rows_of(payer.group, payment.currency)
        if any(open_minor[row] == payment.amount_minor for row in own):
            facts.foreign = self.book.items.number[foreign]
            return payer.group, facts
        facts.knowledge = Knowledge.FUZZY  # somebody else's invoice, to the cent: a person looks
        return self.book.groups[foreign], facts

    def _foreign_row(self, facts: Facts, group: str) -> int | None:
        """An item of another group that is named and has exactly this amount."""
        book, amount = self.book, facts.amount
        for number in facts.scan.numbers:
            if len(number.key) < OWN_NUMBER_DIGITS_MIN:
                continue
            for row in book.rows_by_digits(number.key):
                if (
                    book.items.open_minor[row] == amount
                    and book.groups[row] != group
                    and book.items.currency[row] == facts.payment.currency
                ):
                    return row
        return None

    def _names_own(self, facts: Facts, group: str) -> bool:
        return any(self.book.groups[row] == group for _, row in self._named_rows(facts))

    def _sum_of(self, rows: Iterable[int]) -> int:
        return sum(self.book.items.open_minor[row] for row in rows)

    def _row_of_foreign_customer(self, facts: Facts, group: str) -> int | None:
        """An item of exactly this amount of a customer of another group who is named."""
        groups = {self.directory.group_of(customer_id) for customer_id in facts.named_customers}
        rows = (
            row
            for foreign in sorted(groups - {group})
            for row in self.book.rows_of(foreign, facts.payment.currency)
            if self.book.items.open_minor[row] == facts.amount
        )
        return next(rows, None)

    def _unknown(self, payment: Payment) -> tuple[str, Facts]:
        """Nobody has this IBAN or name: the numbers in the text, a remittance, a name alike."""
        facts = Facts(payment, Knowledge.NOBODY)
        group, rows = self._group_by_numbers(facts)
        if group:
            customers = {self.book.items.customer_id[row] for row in rows}
            facts.candidate_customer = min(customers)
            facts.is_alike = self.directory.corroborates(customers, payment.payer_name)
            facts.knowledge = Knowledge.NAME if facts.is_alike else Knowledge.NUMBER
            return group, facts
        group = self._group_by_remittance(payment) or self._group_by_order(facts)
        if group:
            facts.knowledge = Knowledge.NUMBER
            return group, facts
        facts.named_customers = self._named_customers(facts)
        payer = self._by_customer_number(facts) or self.directory.by_likeness(payment.payer_name)
        if payer is None:
            return NO_GROUP, facts
        facts.knowledge = payer.knowledge
        facts.candidate_customer = payer.customer_id
        return payer.group, facts

    def _group_by_numbers(self, facts: Facts) -> tuple[str, list[int]]:
        """
        The one group whose document numbers stand in the text.

        Of several the one they add up for, else the one that explains all numbers of the others.
        """
        book, currency = self.book, facts.payment.currency
        spots: dict[str, set[int]] = defaultdict(set)
        by_group: dict[str, dict[int, None]] = defaultdict(dict)
        for start, row in self._named_rows(facts):
            if book.items.currency[row] == currency:
                by_group[book.groups[row]][row] = None
                spots[book.groups[row]].add(start)
        groups = list(by_group)
        if len(groups) > 1:
            amounts = book.items.open_minor
            groups = [
                group
                for group, rows in by_group.items()
                if facts.amount in {amounts[row] for row in rows}
                or facts.amount == sum(amounts[row] for row in rows)
            ] or [
                group
                for group in by_group
                if all(spots[group] > spots[other] for other in by_group if other != group)
            ]
        return (groups[0], list(by_group[groups[0]])) if len(groups) == 1 else ("", [])

    def _named_rows(self, facts: Facts) -> Iterator[tuple[int, int]]:
        """Where a document number stands in the text, and the row it can mean in the whole book."""
        book = self.book
        for number in facts.scan.numbers:
            rows = [*book.rows_by_digits(number.key)]
            if not number.joined:
                rows += book.rows_by_serial(number.key)
            if not rows and number.year and not number.dateish:
                rows += book.rows_of_year(number.key, number.year)
            yield from ((number.start, row) for row in rows)
        for word, start, _ in facts.scan.tokens:
            if word.isdecimal():
                continue
            yield from ((start, row) for row in book.rows_by_whole_number(word))

    def _group_by_order(self, facts: Facts) -> str:
        """The group of an order or delivery in the text, if one of its items has this amount."""
        book, payment = self.book, facts.payment
        groups = {
            book.groups[row]
            for word in dict.fromkeys(word for word, _, _ in facts.scan.tokens)
            for row in book.rows_by_order(word)
            if book.items.open_minor[row] == facts.amount
            and book.items.currency[row] == payment.currency
        }
        return groups.pop() if len(groups) == 1 else ""

    def _group_by_remittance(self, payment: Payment) -> str:
        """The group whose remittance has this total and this very payer name."""
        words = words_of(payment.payer_name) if payment.payer_name else ()
        iban = tidy_iban(payment.payer_iban)
        groups = {
            group
            for group, remittance in self._by_total.get(
                (payment.currency, payment.amount_minor), ()
            )
            if (words and words_of(remittance.payer_name) == words)
            or (iban and tidy_iban(remittance.payer_iban) == iban)
        }
        return groups.pop() if len(groups) == 1 else ""

    def _named_customers(self, facts: Facts) -> tuple[str, ...]:
        """Customers whose number the text calls so, or whose VAT number it gives."""
        numbers = facts.scan.numbers
        called = [number.start for number in numbers if number.label == CUSTOMER]
        if not called and all(len(number.key) < VAT_NUMBER_MIN for number in numbers):
            return ()
        return tuple(
            dict.fromkeys(
                customer_id
                for word, start, end in facts.scan.tokens
                if len(word) >= REFERENCE_DIGITS_MIN
                and (len(word) >= VAT_NUMBER_MIN or any(start <= at < end for at in called))
                for customer_id in self.directory.numbers.get(word, ())
            )
        )

    def _by_customer_number(self, facts: Facts) -> Payer | None:
        """A customer number or VAT number in the text; said to be one, if it is short."""
        customers = set(facts.named_customers) or {
            customer_id
            for word, _, _ in facts.scan.tokens
            if len(word) >= OWN_NUMBER_DIGITS_MIN
            for customer_id in self.directory.numbers.get(word, ())
        }
        groups = {self.directory.group_of(customer_id) for customer_id in customers}
        if len(groups) != 1:
            return None
        knowledge = Knowledge.NUMBER if facts.named_customers else Knowledge.FUZZY
        return Payer(groups.pop(), min(customers), knowledge)

    def _rows_by_reference(self, payment: Payment) -> Iterator[int]:
        rows = self.book.rows_asked(payment.asked) if payment.asked else []
        if not rows and payment.structured_reference:
            rows = self.book.rows_by_reference(payment.structured_reference)
        if not rows and payment.text:
            rows = next((r for key in _references_in(payment.text) if (r := self._rows(key))), [])
        if not rows and payment.text and self.book.has_numeric_references:
            rows = self._rows_by_pieces(payment)
        for row in rows:
            if self.book.items.currency[row] == payment.currency:
                yield row

    def _rows_by_pieces(self, payment: Payment) -> list[int]:
        """Digits in groups, as on the slip: so many, or the sum, must show that they are meant."""
        for run in _IN_PIECES.findall(payment.text):
            pieces = re.findall("[0-9]+", run)
            for first, last in combinations(range(len(pieces) + 1), 2):
                key = "".join(pieces[first:last])
                rows = self._rows(key) if len(key) >= LONG_REFERENCE_MIN else []
                amounts = {self.book.items.open_minor[row] for row in rows}
                if rows and (len(key) >= SURE_REFERENCE_MIN or payment.amount_minor in amounts):
                    return rows
        return []

    def _rows(self, key: str) -> list[int]:
        return self.book.rows_by_reference(key)

    def _group_of_remittance(self, remittance: Remittance) -> str:
        directory = self.directory
        payer = directory.by_account(remittance.payer_iban, remittance.payer_name)
        payer = payer or directory.by_name(remittance.payer_name)
        if payer is not None:
            return payer.group
        counts: dict[str, int] = defaultdict(int)
        for line in remittance.lines:
            digits = "".join(character for character in line.number if character.isdigit())
            for group in {
                self.book.groups[r] for r in self.book.rows_by_digits(digits.lstrip("0"))
            }:
                counts[group] += 1
        if not counts:
            return ""
        return min(counts, key=lambda group: (-counts[group], group))

    def _is_cross_border(self, payment: Payment) -> bool:
        country = tidy_iban(payment.payer_iban)[:IBAN_COUNTRY]
        return bool(country and self.directory.country) and country != self.directory.country

    def _is_italian(self, payment: Payment) -> bool:
        country = tidy_iban(payment.payer_iban)[:IBAN_COUNTRY]
        return (country or self.directory.country) == ITALY


def _less_sure(known: Payer | None, ruled: Payer, rule: TextRule) -> Payer:
    """Who pays by a rule; only a guess where the account is somebody else's and no rule says so."""
    is_other = known is not None and known.group != ruled.group
    if known is None or not is_other or known.knowledge < Knowledge.ACCOUNT or rule.iban:
        return ruled
    return ruled._replace(knowledge=Knowledge.FUZZY)


def _references_in(text: str) -> Iterator[str]:
    """Yield what may be a structured reference in free text, the longest reading first."""
    capital = text.upper()
    if "RF" in capital:
        for found in _RF.finditer(capital):
            key = compact(found[0])
            for length in RF_LENGTHS:
                if length <= len(key):
                    yield key[:length]
    squeezed = re.sub(r"(?<=[0-9])[ /](?=[0-9])", "", capital) if "+++" in capital else capital
    yield from re.findall(rf"[0-9]{{{LONG_REFERENCE_MIN},}}", squeezed)
