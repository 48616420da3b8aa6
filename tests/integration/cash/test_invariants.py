"""
Whatever is loaded, matched, posted, split, reversed and returned, in any order: the books hold.

INV-01, 02, 03, 08, 09, 12, 13, 14, 21 and 25 of domain.md §7.7, over random histories on the real
database.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager, suppress

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import (
    NOON,
    TODAY,
    a_customer,
    a_member,
    an_entity,
    an_iban,
    an_invoice,
    an_open_item,
)

from concilia.cash.actions import (
    PersonsLine,
    PersonsSplit,
    PostingRefused,
    match_statement,
    post_match,
    post_proposals,
    post_split,
    reverse_match,
    settle_return,
)
from concilia.cash.models import Match
from concilia.cash.queries.bank_figures import Rate, Scope, figures
from concilia.cash.queries.second_looks import origins_of
from concilia.cash.queries.unapplied import UnappliedRows, unapplied_totals
from concilia.ledger.models import JournalEntry, JournalLine
from concilia.receivables.models import BankEntry, BankStatement, OpenItem
from concilia.reporting.queries.invariants import SQL

pytestmark = pytest.mark.django_db
CASH = ("INV-01", "INV-02", "INV-03", "INV-07", "INV-08", "INV-09", "INV-13", "INV-14", "INV-21")
IBANS = ("DE89370400440532013000", "IT28W8000000292100645211")

cents = st.integers(1, 200_000)
places = st.integers(0, 5)
words = st.sampled_from(["named", "short", "nothing", "wrong"])
invoice = st.tuples(st.just("invoice"), places, cents)
credit = st.tuples(st.just("credit"), places, cents)
pay = st.tuples(st.just("pay"), places, places, words, st.integers(-300, 300))
pay_any = st.tuples(st.just("pay_any"), places, cents)
confirm = st.tuples(st.just("confirm"), places)
confirm_all = st.just(("confirm_all",))
split = st.tuples(st.just("split"), places, places, places, st.integers(0, 3), cents)
reverse = st.tuples(st.just("reverse"), places)
give_back = st.tuples(st.just("give_back"), places, st.integers(0, 2_000))
reload = st.just(("reload",))
histories = st.lists(
    st.one_of(
        invoice,
        credit,
        pay,
        pay,
        pay_any,
        confirm,
        confirm_all,
        split,
        split,
        reverse,
        give_back,
        reload,
    ),
    min_size=4,
    max_size=14,
)


@contextmanager
def a_world_of_its_own():
    """A transaction that is rolled back, in which durable acts may run as in a test of Django."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


class Books:
    """Two customers, their items and payments, and the acts that change them."""

    def __init__(self) -> None:
        self.entity = an_entity()
        self.customers = [a_customer(self.entity, name) for name in ("Markt Eins", "Due S.r.l.")]
        for customer, iban in zip(self.customers, IBANS, strict=True):
            an_iban(customer, iban)
        self.member = a_member(self.entity)
        self.loaded = 0

    def items(self):
        return list(OpenItem.objects.filter(entity=self.entity).order_by("pk"))

    def pick(self, rows, place):
        return rows[place % len(rows)] if rows else None

    def invoice(self, place, amount):
        customer = self.customers[place % 2]
        an_invoice(customer, [("A", "1", f"{amount // 100}.{amount % 100:02d}", 2200)])

    def credit(self, place, amount):
        an_open_item(self.customers[place % 2], -amount)

    def pay(self, first, second, text, off):
        rows = [row for row in self.items() if row.open_minor > 0]
        one, two = self.pick(rows, first), self.pick(rows, second)
        if one is None:
            return
        chosen = {row.pk: row for row in (one, two) if row.customer_id == one.customer_id}
        amount = sum(row.open_minor for row in chosen.values()) + off
        numbers = " ".join(row.document_number for row in chosen.values())
        said = {
            "named": numbers,
            "short": f"{numbers} MANCA MERCE",
            "nothing": "BONIFICO",
            "wrong": "RE 99999999",
        }
        self.load(amount, said[text], self.customers.index(one.customer))

    def pay_any(self, place, amount):
        self.load(amount, "", place % 2)

    def load(self, amount, text, place, **changes):
        if amount <= 0:
            return
        self.loaded += 1
        entry = paid(
            amount,
            text,
            key=f"K{self.loaded}",
            payer_iban=IBANS[place],
            payer_name=self.customers[place].name,
            **changes,
        )
        a_loaded_statement(self.entity, entry, name=f"ST-{self.loaded}")

    def waiting(self):
        return list(
            Match.objects.filter(entity=self.entity, state__in=["OPEN", "PROPOSED"]).order_by("pk")
        )

    def confirm(self, place):
        match = self.pick([m for m in self.waiting() if m.state == "PROPOSED"], place)
        if match:
            post_match(match_id=match.pk, member=self.member, at=NOON)

    def confirm_all(self):
        proposals = [match.pk for match in self.waiting() if match.state == "PROPOSED"]
        if proposals:
            post_proposals(match_ids=proposals, member=self.member, at=NOON)

    def split(self, place, first, second, kind, amount):
        match = self.pick(self.waiting(), place)
        rows = [row for row in self.items() if row.open_minor]
        chosen = {row.pk: row for row in (self.pick(rows, first), self.pick(rows, second)) if row}
        if match is None:
            return
        lines = [self.line(row, kind, amount, match) for row in chosen.values()]
        post_split(
            bank_entry_id=match.bank_entry_id,
            split=PersonsSplit(customer_id=self.customers[place % 2].pk, lines=lines),
            member=self.member,
            at=NOON,
        )

    def line(self, row, kind, amount, match):
        left = row.open_minor
        most = min(left, match.bank_entry.amount_minor)
        if left < 0 or kind == 0:
            return PersonsLine(item_id=row.pk, applied_minor=left)
        if kind == 1:  # a part of it, the rest stays open
            return PersonsLine(item_id=row.pk, applied_minor=min(most, amount))
        if kind == 2:
            kept = min(amount, left)
            return PersonsLine(
                item_id=row.pk,
                applied_minor=left - kept,
                deduction_minor=kept,
                deduction_reason="NC-01",
            )
        small = min(amount % 120, left)
        return PersonsLine(item_id=row.pk, applied_minor=left - small, writeoff_minor=small)

    def posted(self):
        rows = Match.objects.filter(entity=self.entity, state="POSTED").exclude(rule="RET")
        return list(rows.order_by("posted_at", "pk"))

    def reverse(self, place):
        match = self.pick(self.posted(), place)
        if match:
            reverse_match(match_id=match.pk, reason="wrong", member=self.member, at=NOON)

    def give_back(self, place, charges):
        entries = list(BankEntry.objects.filter(entity=self.entity, is_return=False).order_by("pk"))
        one = self.pick(entries, place)
        if one is None:
            return
        self.load(one.amount_minor + charges, "UNPAID", IBANS.index(one.payer_iban), is_return=True)
        back = BankEntry.objects.filter(is_return=True).latest("pk")
        assert len(origins_of(entity_id=self.entity.pk, returns=[back])) == 1
        settle_return(bank_entry_id=back.pk, paid_entry_id=one.pk, member=self.member, at=NOON)

    def reload(self):
        before = JournalEntry.objects.count(), Match.objects.count()
        for statement in BankStatement.objects.filter(entity=self.entity):
            assert match_statement(statement_id=statement.pk, at=NOON) == 0
        assert (JournalEntry.objects.count(), Match.objects.count()) == before


def balance(account: str) -> int:
    sums = JournalLine.objects.filter(account=account).aggregate(
        d=Sum("debit_minor"), c=Sum("credit_minor")
    )
    return (sums["d"] or 0) - (sums["c"] or 0)


def counted_one_by_one(books: Books) -> tuple[Rate, Rate, dict[str, Rate]]:
    """What was posted without a person, by the definition: payment after payment."""
    whole, part = Counter(), Counter()
    for entry in BankEntry.objects.filter(entity=books.entity, is_return=False):
        live = Match.objects.filter(bank_entry=entry, state__in=["POSTED", "PROPOSED", "OPEN"])
        if live.filter(rule="RET", state="POSTED").exists():
            continue
        lines = {one: max(1, one.allocations.count()) for one in live.exclude(rule="RET")}
        alone = [one for one in lines if one.state == "POSTED" and one.decided_by is None]
        whole.update(payments=1, lines=sum(lines.values()) or 1, amount=entry.amount_minor)
        for one in alone:
            part.update(payments=1, lines=lines[one], amount=entry.amount_minor)
    rates = {name: Rate(part[name], whole[name]) for name in ("payments", "lines", "amount")}
    amounts = {"EUR": rates["amount"]} if whole else {}
    return rates["payments"], rates["lines"], amounts


def check(books: Books) -> None:
    """The invariants that the cash desk could break, and what the page says of the same rows."""
    with connection.cursor() as cursor:
        for name in CASH:
            cursor.execute(SQL[name])
            looked_at, broken = cursor.fetchone()
            assert broken == 0, f"{name}: {broken} of {looked_at}"
    received = BankEntry.objects.filter(is_return=False).aggregate(s=Sum("amount_minor"))["s"] or 0
    returned = BankEntry.objects.filter(is_return=True).aggregate(s=Sum("amount_minor"))["s"] or 0
    assert balance("BANK") == received - returned
    unapplied = -balance("SUSPENSE") - balance("UNAPPLIED_CASH")
    assert sum(unapplied_totals(entity_id=books.entity.pk).values()) == unapplied
    rows = UnappliedRows(entity_id=books.entity.pk, as_of=TODAY)
    assert sum(row.amount_minor for row in rows) == unapplied
    assert sum(sum(each.minor.values()) for each in rows.sums().values()) == unapplied
    told = figures(entity_id=books.entity.pk, scope=Scope(since=TODAY), as_of=TODAY)
    assert (told.payments, told.lines, told.amounts) == counted_one_by_one(books)
    for rate in (told.payments, told.lines, *told.amounts.values()):
        assert 0 <= rate.part <= rate.whole


@settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each example is a hundred statements
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories)
def test_the_books_hold_whatever_happens(db, history):
    with a_world_of_its_own():
        books = Books()
        for name, *arguments in [("invoice", 0, 122_000), ("invoice", 1, 50_000), *history]:
            # A refusal is an answer too: it must have changed nothing.
            with suppress(PostingRefused):
                getattr(books, name)(*arguments)
            check(books)
        for match in reversed(books.posted()):
            reverse_match(match_id=match.pk, reason="undo all", member=books.member, at=NOON)
        check(books)
        assert balance("AR_DEDUCTION") == balance("UNAPPLIED_CASH") == 0
        for item in books.items():
            born_by_payment = item.kind in {"deduction", "on_account"}
            assert item.open_minor == (0 if born_by_payment else item.original_minor)
