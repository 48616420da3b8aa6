"""What the database itself refuses, whoever asks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from tests.world.builders import NOON, TODAY, a_customer, an_entity, an_open_item

from concilia.foundation import audit
from concilia.foundation.audit import SYSTEM, Act
from concilia.foundation.models import AuditEntry
from concilia.ledger.actions import Booking, book_entries
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, Line
from concilia.ledger.models import JournalEntry, JournalLine
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db


def pay(item: OpenItem, minor: int, key: str = "pay") -> None:
    entry = Entry(
        kind=EntryKind.PAYMENT_APPLIED,
        currency=item.currency,
        lines=(
            Line(role=AccountRole.SUSPENSE, debit_minor=minor),
            Line(
                role=AccountRole.AR,
                credit_minor=minor,
                item_id=item.pk,
                customer_id=item.customer_id,
            ),
        ),
    )
    with transaction.atomic():
        book_entries(
            entity_id=item.entity_id,
            bookings=[Booking(key=key, entry=entry, posting_date=TODAY)],
            at=NOON,
        )


def an_entry(item: OpenItem, currency: str) -> JournalEntry:
    return JournalEntry.objects.create(
        entity=item.entity,
        key="x",
        kind="X",
        posting_date=TODAY,
        currency=currency,
        booked_at=NOON,
    )


@pytest.fixture
def item() -> OpenItem:
    return an_open_item(a_customer(an_entity()), 122_000)


class TestOpenItem:
    def test_follows_the_ledger(self, item):
        pay(item, 100_000)

        item.refresh_from_db()
        assert item.open_minor == 22_000

    def test_cannot_be_applied_beyond_what_is_open(self, item):
        with pytest.raises(IntegrityError, match="open_item_within_original"):
            pay(item, 122_001)

    def test_cannot_be_changed_without_an_entry(self, item):
        with pytest.raises(IntegrityError, match="book an entry"), transaction.atomic():
            OpenItem.objects.filter(pk=item.pk).update(open_minor=1)

    def test_cannot_be_disputed_beyond_what_is_open(self, item):
        with pytest.raises(IntegrityError, match="disputed"), transaction.atomic():
            OpenItem.objects.filter(pk=item.pk).update(disputed_minor=122_001)


class TestItemAfterItsLines:
    """An import writes both by the thousand: first what the ledger says, then the items."""

    def write(self, item: OpenItem, *, booked: int, stated: int, currency: str = "EUR") -> OpenItem:
        later = OpenItem(
            pk=item.pk + 1000,
            entity=item.entity,
            customer=item.customer,
            kind="invoice",
            document_number="LATER",
            number_key="LATER",
            issue_date=TODAY,
            due_date=TODAY,
            currency="EUR",
            original_minor=stated,
            open_minor=stated,
        )
        with transaction.atomic():
            entry = an_entry(item, currency)
            side = {"entry": entry, "entity": item.entity, "currency": currency}
            JournalLine.objects.bulk_create(
                [
                    JournalLine(account="AR", debit_minor=booked, item_id=later.pk, **side),
                    JournalLine(account="OPENING_BALANCE", credit_minor=booked, **side),
                ]
            )
            later.save(force_insert=True)
        return later

    def test_has_open_what_they_say(self, item):
        later = self.write(item, booked=700, stated=700)
        pay(later, 300)

        later.refresh_from_db()
        assert later.open_minor == 400

    def test_cannot_say_something_else(self, item):
        with pytest.raises(IntegrityError, match="book an entry"):
            self.write(item, booked=700, stated=701)

    def test_cannot_be_in_another_currency(self, item):
        with pytest.raises(IntegrityError, match="book an entry"):
            self.write(item, booked=700, stated=700, currency="USD")

    def test_without_lines_has_nothing_open(self, item):
        item.pk, item.document_number, item.open_minor = None, "ALONE", 5
        with pytest.raises(IntegrityError, match="book an entry"), transaction.atomic():
            item.save(force_insert=True)


class TestJournal:
    def test_the_same_act_is_booked_once(self, item):
        pay(item, 100, key="match:1")

        with pytest.raises(IntegrityError, match="journal_entry_key_once"):
            pay(item, 100, key="match:1")

    def test_refuses_an_entry_that_does_not_balance(self, item):
        entry = an_entry(item, "EUR")
        JournalLine.objects.create(
            entry=entry, entity=item.entity, account="BANK", currency="EUR", debit_minor=5
        )
        with pytest.raises(IntegrityError, match="does not balance"):
            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_a_later_line_unbalances_what_was_balanced(self, item):
        pay(item, 100)
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
        entry = JournalEntry.objects.get(key="pay")
        with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
            JournalLine.objects.create(
                entry=entry, entity=item.entity, account="BANK", currency="EUR", debit_minor=5
            )

    def test_may_be_written_line_by_line(self, item):
        entry = an_entry(item, "EUR")
        side = {"entry": entry, "entity": item.entity, "currency": "EUR"}
        JournalLine.objects.create(account="BANK", debit_minor=5, **side)
        JournalLine.objects.create(account="SUSPENSE", credit_minor=5, **side)

        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_every_line_is_of_the_entity_of_the_entry(self, item):
        other = an_entity("other")
        entry = an_entry(item, "EUR")
        side = {"entry": entry, "entity": other, "currency": "EUR"}
        JournalLine.objects.bulk_create(
            [
                JournalLine(account="BANK", debit_minor=5, **side),
                JournalLine(account="SUSPENSE", credit_minor=5, **side),
            ]
        )
        with pytest.raises(IntegrityError, match="2 of another currency or entity"):
            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_is_append_only(self, item):
        pay(item, 100)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            JournalLine.objects.update(debit_minor=7)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            JournalLine.objects.all().delete()

    def test_refuses_another_currency_on_an_item(self, item):
        def pay_in_dollars() -> None:
            JournalLine.objects.create(
                entry=an_entry(item, "USD"),
                entity=item.entity,
                account="AR",
                currency="USD",
                credit_minor=5,
                item=item,
            )

        with pytest.raises(IntegrityError, match="another currency"), transaction.atomic():
            pay_in_dollars()


class TestAuditChain:
    def write(self, entity_id: int, n: int) -> None:
        with transaction.atomic():
            acts = [Act("test.done", "case", 1, {"n": k, "text": "è"}) for k in range(n)]
            audit.log(entity_id=entity_id, actor=SYSTEM, at=NOON, acts=acts)

    def test_holds(self):
        self.write(1, 3)
        self.write(1, 2)

        assert audit.first_broken_link(entity_id=1) is None
        assert AuditEntry.objects.count() == 5

    def test_cannot_be_changed(self):
        self.write(1, 1)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            AuditEntry.objects.update(act="other")

    def test_shows_what_was_changed_behind_the_databases_back(self):
        self.write(1, 3)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE foundation_auditentry DISABLE TRIGGER USER")
            cursor.execute("UPDATE foundation_auditentry SET reason = 'x' WHERE seq = 2")
            cursor.execute("ALTER TABLE foundation_auditentry ENABLE TRIGGER USER")

        assert audit.first_broken_link(entity_id=1) == 2
