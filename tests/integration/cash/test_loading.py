"""Statements taken in once, whatever the bank calls their entries; real files do not break us."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import Q, Sum
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import NOON, TODAY, a_customer, an_entity, an_iban, an_open_item

from concilia.cash.actions import drafts_from, load_statement, match_statement
from concilia.cash.models import Match
from concilia.documents.core.formats import BANK_FORMATS, detect
from concilia.documents.core.parsed import Source
from concilia.documents.ports import ParserFailed, parser_for
from concilia.foundation.blobs import store_blob
from concilia.ledger.models import JournalEntry
from concilia.receivables.models import BankEntry, BankStatement
from concilia.reporting.queries.invariants import check_invariants

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
REAL = Path(os.environ.get("CONCILIA_REAL_DATA", ROOT.parent / "shared/data/real"))


def bank_files() -> list[Path]:
    """The real files that some parser reads as a bank statement."""
    files = sorted((REAL / "02-bank-statements").glob("**/*"))
    return [path for path in files if path.is_file() and format_of(path) in BANK_FORMATS]


def format_of(path: Path) -> str:
    with path.open("rb") as file:
        return str(detect(file.read(8192), path.name))


STATEMENTS = bank_files()


@pytest.fixture
def entity():
    return an_entity()


def amounts() -> list[int]:
    return sorted(BankEntry.objects.values_list("amount_minor", flat=True))


class TestOnce:
    def test_an_entry_is_taken_once_whatever_statement_brings_it(self, entity):
        entry = paid(5_000, "X", key="B-1")
        a_loaded_statement(entity, entry, name="ST-1")
        a_loaded_statement(entity, entry, paid(6_000, "Y", key="B-2"), name="ST-2")

        assert amounts() == [5_000, 6_000]
        assert JournalEntry.objects.filter(kind="CASH_RECEIVED").count() == 2

    def test_a_reference_the_bank_gives_to_everything_names_nothing(self, entity):
        a_loaded_statement(entity, paid(5_000, key="NONREF"), name="ST-1")
        a_loaded_statement(
            entity, paid(6_000, key="NONREF"), paid(7_000, key="NONREF"), name="ST-2"
        )
        a_loaded_statement(
            entity, paid(6_000, key="NONREF"), paid(7_000, key="NONREF"), name="ST-2 again"
        )

        assert amounts() == [5_000, 6_000, 7_000]

    def test_the_same_reference_on_another_day_is_another_payment(self, entity):
        a_loaded_statement(entity, paid(5_000, key="B-1"), name="ST-1")
        later = paid(5_000, key="B-1", booking_date=TODAY + timedelta(days=1))
        a_loaded_statement(entity, later, name="ST-2")

        assert amounts() == [5_000, 5_000]

    def test_a_batch_booked_as_a_whole_is_not_booked_again_by_its_payments(self, entity):
        whole = paid(9_000, "BATCH", key="B-1")
        parts = [paid(amount, key=key) for amount, key in PARTS]
        a_loaded_statement(entity, whole, name="camt.053")
        a_loaded_statement(entity, *parts, name="camt.054")

        assert amounts() == [9_000]

    def test_nor_a_batch_booked_by_its_payments_as_a_whole(self, entity):
        whole = paid(9_000, "BATCH", key="B-1")
        parts = [paid(amount, key=key) for amount, key in PARTS]
        a_loaded_statement(entity, *parts, name="camt.054")
        a_loaded_statement(entity, whole, name="camt.053")

        assert amounts() == [2_000, 3_000, 4_000]

    def test_a_statement_that_grew_brings_what_is_new(self, entity):
        a_loaded_statement(entity, paid(1, key="A"), name="ST-1")
        a_loaded_statement(entity, paid(1, key="A"), paid(2, key="B"), name="ST-1")

        assert BankStatement.objects.count() == 1
        assert list(BankEntry.objects.order_by("n").values_list("n", "amount_minor")) == [
            (1, 1),
            (2, 2),
        ]

    def test_two_entities_have_each_their_own(self, entity):
        for one in (entity, an_entity("other")):
            a_loaded_statement(one, paid(5_000, key="B-1"))

        assert amounts() == [5_000, 5_000]

    def test_a_statement_without_entries_is_a_statement(self, entity):
        a_loaded_statement(entity)

        assert BankStatement.objects.count() == 1

    def test_the_number_of_statements_does_not_depend_on_the_entries(
        self, entity, django_assert_max_num_queries
    ):
        a_loaded_statement(entity, paid(1, key="warm"), name="warm")
        for count in (3, 30):
            entries = [paid(n, f"TEXT {n}", key=f"{count}-{n}") for n in range(1, count + 1)]
            with django_assert_max_num_queries(75):
                a_loaded_statement(entity, *entries, name=f"ST-{count}")


BANK = Q(lines__account="BANK")
IBAN = "DE89370400440532013000"
PARTS = [(2_000, "B-1"), (3_000, "B-1/2"), (4_000, "B-1/3")]


@pytest.mark.skipif(not STATEMENTS, reason="no real bank statements: set CONCILIA_REAL_DATA")
class TestRealFiles:
    @pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: path.name)
    def test_is_read_loaded_and_matched(self, entity, path):
        found = format_of(path)
        parser = parser_for(found)
        assert parser is not None
        source = Source(content=path.read_bytes(), filename=path.name, format=found)
        try:
            parsed = parser.parse(source)
        except ParserFailed:
            return  # said in one sentence; what parsers must do is tried with them
        assert parsed.statement is not None
        blob = store_blob(content=source.content, at=NOON)

        for _ in range(2):
            for draft in drafts_from(parsed.statement):
                statement = load_statement(
                    entity_id=entity.pk, sha256=blob.sha256, draft=draft, at=NOON
                )
                match_statement(statement_id=statement.pk, at=NOON)

        taken = sum(
            sum(e.amount_minor * (-1 if e.is_return else 1) for e in draft.entries)
            for draft in drafts_from(parsed.statement)
        )
        booked = JournalEntry.objects.aggregate(
            total=Sum("lines__debit_minor", filter=BANK),
            back=Sum("lines__credit_minor", filter=BANK),
        )
        assert (booked["total"] or 0) - (booked["back"] or 0) == taken
        assert Match.objects.count() == BankEntry.objects.count()
        assert all(finding.holds for finding in check_invariants().values())


class TestOddEntries:
    def test_words_where_an_amount_should_be_say_nothing(self, entity):
        lines = [{"number": "X-1", "gross": "n/a", "net": "1e999999", "discount": None}]

        a_loaded_statement(entity, paid(5_000, "X", remittance=lines))

        assert Match.objects.get().state == "OPEN"

    def test_one_entry_that_cannot_be_answered_does_not_hold_up_the_others(self, entity):
        customer = a_customer(entity)
        an_iban(customer)
        item = an_open_item(customer, 5_000)
        broken = paid(7_000, "BROKEN", remittance=["no line at all"], key="1")
        good = paid(5_000, f"RE {item.document_number}", payer_iban=IBAN, key="2")

        a_loaded_statement(entity, broken, good)

        states = dict(Match.objects.values_list("bank_entry__text", "state"))
        assert states == {"BROKEN": "OPEN", good.text: "POSTED"}
        parts = Match.objects.get(state="OPEN").explanation["parts"]
        assert parts[0]["key"] == "unreadable"
