"""Two statements, two people, a person and the engine at once: nothing twice, no deadlock."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from tests.world.bank_day import OUR_IBAN, a_loaded_statement, paid
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
    load_statement,
    match_statement,
    post_match,
    post_split,
    reverse_match,
)
from concilia.cash.core.statements import StatementDraft
from concilia.cash.models import Match
from concilia.customers.models import PayerAlias
from concilia.foundation.blobs import store_blob
from concilia.ledger.models import JournalEntry
from concilia.receivables.models import BankEntry, OpenItem
from concilia.reporting.queries.invariants import check_invariants

pytestmark = pytest.mark.django_db(transaction=True)
IBAN = "DE89370400440532013000"


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run acts in threads that start together; what each returned or raised, in order."""
    start = threading.Barrier(len(acts))
    answers: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            answers[place] = act()
        except Exception as raised:  # noqa: BLE001 - it is the answer
            answers[place] = raised
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads), "they wait for each other"
    return answers


def all_holds() -> None:
    broken = [name for name, finding in check_invariants().items() if not finding.holds]
    assert broken == []


@pytest.fixture
def world():
    entity = an_entity()
    customer = a_customer(entity)
    an_iban(customer, IBAN)
    return entity, customer


def test_two_statements_that_want_the_same_items(world):
    entity, customer = world
    invoices = [an_invoice(customer, [("A", "1", f"{n}00.00", 0)]) for n in range(1, 13)]
    forward = [paid(i.gross_minor, i.number, payer_iban=IBAN, key=f"A{i.pk}") for i in invoices]
    backward = [
        paid(i.gross_minor, i.number, payer_iban=IBAN, key=f"B{i.pk}") for i in reversed(invoices)
    ]
    first = a_loaded_statement(entity, *forward, name="A", match=False)
    second = a_loaded_statement(entity, *backward, name="B", match=False)

    answers = at_once(
        lambda: match_statement(statement_id=first.pk, at=NOON),
        lambda: match_statement(statement_id=second.pk, at=NOON),
    )

    assert answers == [12, 12]
    assert set(OpenItem.objects.filter(kind="invoice").values_list("open_minor", flat=True)) == {0}
    assert Match.objects.filter(state="POSTED").count() == 12
    assert Match.objects.exclude(state="POSTED").count() == 12
    all_holds()


def test_the_same_statement_matched_by_two_workers(world):
    entity, customer = world
    invoices = [an_invoice(customer, [("A", "1", f"{n}00.00", 0)]) for n in range(1, 9)]
    entries = [paid(i.gross_minor, i.number, payer_iban=IBAN, key=f"A{i.pk}") for i in invoices]
    statement = a_loaded_statement(entity, *entries, match=False)

    answers = at_once(*[lambda: match_statement(statement_id=statement.pk, at=NOON)] * 3)

    assert sum(answer for answer in answers if isinstance(answer, int)) == 8
    assert Match.objects.filter(state="POSTED").count() == 8
    all_holds()


def test_the_same_statement_loaded_twice_at_once(world):
    entity, _ = world
    blob = store_blob(content=b"x", at=NOON)
    draft = StatementDraft(
        iban=OUR_IBAN,
        currency="EUR",
        identification="ST-1",
        statement_date=TODAY,
        entries=[paid(n, f"T{n}", key=f"K{n}") for n in range(1, 20)],
    )

    def load():
        return load_statement(entity_id=entity.pk, sha256=blob.sha256, draft=draft, at=NOON)

    at_once(load, load, load)

    assert BankEntry.objects.count() == 19
    assert JournalEntry.objects.filter(kind="CASH_RECEIVED").count() == 19
    all_holds()


def test_two_people_post_the_same_payment(world):
    entity, customer = world
    item = an_open_item(customer, 50_000)
    a_loaded_statement(entity, paid(50_000, "?", payer_name="?"))
    entry = BankEntry.objects.get()
    split = PersonsSplit(
        customer_id=customer.pk, lines=[PersonsLine(item_id=item.pk, applied_minor=50_000)]
    )
    people = [a_member(entity, name) for name in ("Giulia Ferri", "Marco Riva", "Anna Sala")]

    answers = at_once(
        *[
            lambda person=person: post_split(
                bank_entry_id=entry.pk, split=split, member=person, at=NOON
            )
            for person in people
        ]
    )

    assert sum(isinstance(answer, Match) for answer in answers) == 1
    assert sum(isinstance(answer, PostingRefused) for answer in answers) == 2
    all_holds()


def test_two_payments_of_people_for_the_same_item(world):
    entity, customer = world
    item = an_open_item(customer, 50_000)
    a_loaded_statement(
        entity, paid(50_000, "a", key="a", payer_name="?"), paid(50_000, "b", key="b")
    )
    member = a_member(entity)
    split = PersonsSplit(
        customer_id=customer.pk, lines=[PersonsLine(item_id=item.pk, applied_minor=50_000)]
    )

    answers = at_once(
        *[
            lambda entry=entry: post_split(
                bank_entry_id=entry.pk, split=split, member=member, at=NOON
            )
            for entry in BankEntry.objects.all()
        ]
    )

    assert sum(isinstance(answer, Match) for answer in answers) == 1
    assert sum(isinstance(answer, PostingRefused) for answer in answers) == 1
    item.refresh_from_db()
    assert item.open_minor == 0
    all_holds()


def test_posting_and_reversing_cross_each_other(world):
    entity, customer = world
    items = [an_open_item(customer, 10_000) for _ in range(6)]
    a_loaded_statement(
        entity, *[paid(30_000, f"?{n}", key=f"k{n}", payer_name="?") for n in range(2)]
    )
    member = a_member(entity)
    one, two = BankEntry.objects.order_by("pk")

    def post(entry, rows):
        lines = [PersonsLine(item_id=item.pk, applied_minor=10_000) for item in rows]
        return post_split(
            bank_entry_id=entry.pk,
            split=PersonsSplit(customer_id=customer.pk, lines=lines),
            member=member,
            at=NOON,
        )

    first = post(one, items[:3])
    for _ in range(3):
        at_once(
            lambda: reverse_match(match_id=first.pk, reason="wrong", member=member, at=NOON),
            lambda: post(two, list(reversed(items[1:4]))),
        )
    all_holds()


def test_a_person_confirms_while_the_engine_asks_again(world):
    entity, customer = world
    for _ in range(2):
        an_open_item(customer, 10_000)
    statement = a_loaded_statement(entity, paid(10_000, "X", payer_iban=IBAN, key="1"))
    match = Match.objects.get()
    member = a_member(entity)
    a_loaded_statement(entity, paid(10_000, "Y", payer_iban=IBAN, key="2"), name="2", match=False)
    other = BankEntry.objects.latest("pk").statement_id

    answers = at_once(
        lambda: post_match(match_id=match.pk, member=member, at=NOON),
        lambda: match_statement(statement_id=other, at=NOON),
        lambda: match_statement(statement_id=statement.pk, at=NOON),
    )

    assert all(not isinstance(answer, Exception) for answer in answers), answers
    all_holds()


def test_what_clerks_teach_and_take_back_at_once_is_counted(world):
    entity, customer = world
    items = [an_open_item(customer, 10_000 + n) for n in range(8)]
    same = {"payer_iban": "FR1420041010050500013M02606", "payer_name": "MERCATO CENTRALE"}
    a_loaded_statement(entity, *[paid(10_000 + n, f"?{n}", key=f"k{n}", **same) for n in range(8)])
    entries = list(BankEntry.objects.order_by("pk"))
    members = [a_member(entity), a_member(entity, "Nora Neri")]

    def post(place, member):
        line = PersonsLine(item_id=items[place].pk, applied_minor=10_000 + place)
        split = PersonsSplit(customer_id=customer.pk, lines=[line])
        return post_split(bank_entry_id=entries[place].pk, split=split, member=member, at=NOON)

    def post_and_take_back(places, member):
        posted = [post(place, member) for place in places]
        for match in posted[1:]:
            reverse_match(match_id=match.pk, reason="wrong", member=member, at=NOON)

    answers = at_once(
        lambda: post_and_take_back(range(4), members[0]),
        lambda: post_and_take_back(range(7, 3, -1), members[1]),
    )

    assert answers == [None, None]
    learned = PayerAlias.objects.exclude(value=IBAN).values_list("kind", "hits")
    assert sorted(learned) == [("iban", 2), ("name", 2)]
    all_holds()
