"""Nothing an allocation moved is moved twice, and the ledger always says what is open."""

from __future__ import annotations

import itertools

import pytest
from django.db import transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world.builders import NOON, TODAY, a_customer, an_entity, an_invoice, an_open_item
from tests.world.imports import CUSTOMERS, counts, said, take, take_items

from concilia.identity.models import Entity
from concilia.intake.actions.imports import taking
from concilia.intake.models import StatedItem
from concilia.ledger.actions import Booking, book_entries
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, Line
from concilia.ledger.models import JournalEntry, JournalLine
from concilia.receivables.models import Invoice, OpenItem

pytestmark = pytest.mark.django_db
NUMBERS = itertools.count(1)
INVOICE = "C-00412,invoice,F1,2026-10-01,2026-11-30,100.00,{}"


@pytest.fixture
def entity() -> Entity:
    entity = an_entity()
    take(entity, {"customers.csv": CUSTOMERS})
    return entity


def item(number: str = "F1") -> OpenItem:
    return OpenItem.objects.get(document_number=number)


def pay(item: OpenItem, minor: int) -> None:
    """Money applied here, which the ERP will hear of later."""
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
    key = f"pay:{JournalEntry.objects.count()}"
    with transaction.atomic():
        book_entries(
            entity_id=item.entity_id,
            bookings=[Booking(key=key, entry=entry, posting_date=TODAY)],
            at=NOON,
        )


def require_ledger_agrees() -> None:
    lines = JournalLine.objects.filter(item__isnull=False)
    moved = lines.aggregate(total=Sum(F("debit_minor") - F("credit_minor")))["total"] or 0
    still = OpenItem.objects.aggregate(total=Sum("open_minor"))["total"] or 0
    assert moved == still
    everything = JournalLine.objects.aggregate(total=Sum(F("debit_minor") - F("credit_minor")))
    assert not everything["total"]


class TestOpening:
    def test_debits_and_credits_open_on_their_own_side(self, entity):
        file = take_items(
            entity,
            INVOICE.format("60.00"),
            "C-00412,credit_note,N1,2026-10-02,2026-11-30,-20.00,-20.00",
            "C-00412,Nota di credito,N2,2026-10-02,2026-11-30,5.00,5.00",
            "C-00412,debit_note,D1,2026-10-02,2026-11-30,7.00,7.00",
            "C-00087,on_account,Z1,2026-10-02,2026-10-02,-30.00,-30.00",
        )

        assert counts(file) == ("SAVED", 5, 0, 0)
        assert list(OpenItem.objects.order_by("pk").values_list("kind", "open_minor")) == [
            ("invoice", 6000),
            ("credit_note", -2000),
            ("credit_note", -500),
            ("debit_note", 700),
            ("on_account", -3000),
        ]
        unapplied = JournalLine.objects.get(account="UNAPPLIED_CASH")
        assert (unapplied.credit_minor, unapplied.item.document_number) == (3000, "Z1")
        opening = JournalLine.objects.filter(account="OPENING_BALANCE")
        assert opening.aggregate(n=Sum("credit_minor") - Sum("debit_minor"))["n"] == 1200
        require_ledger_agrees()

    def test_items_open_on_the_day_they_bear(self, entity):
        take_items(entity, INVOICE.format("60.00"))

        entry = JournalLine.objects.get(account="AR").entry
        assert (entry.kind, entry.posting_date.isoformat()) == ("ITEM_OPENED", "2026-10-01")

    def test_terms_and_numbers_come_from_the_invoice(self):
        customer = a_customer(an_entity(), discount_bp=200, discount_days=10)
        invoice = an_invoice(customer)
        number = invoice.number + "-2"
        Invoice.objects.filter(pk=invoice.pk).update(number=number)
        row = f"{customer.number},invoice,{number},{invoice.issue_date},,10.00,10.00"

        assert take_items(customer.entity, row).state == "SAVED"

        made = item(number)
        assert made.invoice_id == invoice.pk
        assert (made.order_number, made.delivery_number) == (
            invoice.order.number,
            invoice.delivery.number,
        )
        assert made.discount_bp == 200
        assert (made.discount_until_date - made.issue_date).days == 10

    def test_without_invoice_the_customers_terms_hold(self, entity):
        take_items(entity, "C-00087,invoice,F9,2026-10-01,,100.00,100.00")

        made = item("F9")
        assert made.due_date.isoformat() == "2026-10-31"
        assert (made.discount_bp, made.discount_until_date.isoformat()) == (200, "2026-10-11")

    def test_an_invoice_that_comes_later_lends_its_terms(self, entity):
        take_items(entity, "C-00412,invoice,F1,2026-10-01,,122.00,122.00")
        take(
            entity,
            {
                "invoices.csv": "invoice_number,customer_number,issue_date,discount_percent,"
                "discount_days,quantity,unit_price,vat_rate\nF1,C-00412,2026-10-01,3.00,8,1,100.00,22\n"
            },
        )

        made = item()
        assert made.invoice.number == "F1"
        assert (made.discount_bp, made.discount_until_date.isoformat()) == (300, "2026-10-09")


class TestRestating:
    def test_only_the_difference_is_booked(self, entity):
        take_items(entity, INVOICE.format("100.00"))

        file = take_items(entity, INVOICE.format("40.00"))

        assert counts(file) == ("SAVED", 0, 1, 0)
        assert item().open_minor == 4000
        line = JournalLine.objects.get(entry__kind="ITEM_RESTATED", account="AR")
        assert (line.credit_minor, line.entry.posting_date) == (6000, TODAY)
        require_ledger_agrees()

    def test_the_same_list_in_other_bytes_changes_nothing(self, entity):
        take_items(entity, INVOICE.format("60.00"))
        before = JournalEntry.objects.count()

        file = take_items(entity, INVOICE.format("60.00"), "")

        assert counts(file) == ("SAVED", 0, 0, 1)
        assert JournalEntry.objects.count() == before

    def test_a_payment_the_erp_has_not_heard_of_stays(self, entity):
        take_items(entity, INVOICE.format("100.00"))
        pay(item(), 6000)

        take_items(entity, INVOICE.format("100.00"), "")

        assert item().open_minor == 4000

    def test_a_payment_the_erp_hears_of_is_not_booked_twice(self, entity):
        take_items(entity, INVOICE.format("100.00"))
        pay(item(), 6000)

        take_items(entity, INVOICE.format("40.00"))
        assert item().open_minor == 4000
        take_items(entity, INVOICE.format("40.00"), "")
        assert item().open_minor == 4000

    def test_what_the_erp_moved_beyond_our_payment_is_booked(self, entity):
        take_items(entity, INVOICE.format("100.00"))
        pay(item(), 6000)

        take_items(entity, INVOICE.format("0.00"))

        assert item().open_minor == 0

    def test_a_payment_heard_of_in_two_parts(self, entity):
        take_items(entity, INVOICE.format("100.00"))
        pay(item(), 6000)

        take_items(entity, INVOICE.format("70.00"))
        assert item().open_minor == 4000
        take_items(entity, INVOICE.format("40.00"))
        assert item().open_minor == 4000

    def test_a_short_payment_leaves_its_rest_to_the_deduction(self, entity):
        """Applied in full here: what is missing is an item of its own; open with a rest there."""
        take_items(entity, INVOICE.format("100.00"))
        pay(item(), 10_000)

        take_items(entity, INVOICE.format("10.00"))

        assert item().open_minor == 0

    def test_the_erp_takes_a_payment_back(self, entity):
        take_items(entity, INVOICE.format("40.00"))

        take_items(entity, INVOICE.format("100.00"))

        assert item().open_minor == 10_000

    def test_an_item_of_another_source_is_measured_from_its_original(self):
        customer = a_customer(an_entity())
        made = an_open_item(customer, 10_000, document_number="F1", number_key="1")
        pay(made, 6000)
        row = f"{customer.number},invoice,F1,{made.issue_date},{made.due_date},100.00,40.00"

        take_items(customer.entity, row)

        assert item().open_minor == 4000

    def test_a_corrected_document_changes_original_and_rest(self, entity):
        take_items(entity, INVOICE.format("100.00"))
        smaller = INVOICE.replace("100.00", "80.00").format("80.00")

        take_items(entity, smaller)
        assert (item().original_minor, item().open_minor) == (8000, 8000)
        take_items(entity, INVOICE.replace("100.00", "120.00").format("110.00"))
        assert (item().original_minor, item().open_minor) == (12_000, 11_000)
        require_ledger_agrees()

    def test_a_payment_applied_while_the_list_is_read_counts(self, entity, monkeypatch):
        take_items(entity, INVOICE.format("100.00"))
        save = taking.SAVERS["open_items"]

        def paid_meanwhile(cursor, stage, params):
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            pay(item(), 6000)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            save(cursor, stage, params)

        monkeypatch.setitem(taking.SAVERS, "open_items", paid_meanwhile)

        take_items(entity, INVOICE.format("40.00"))

        assert item().open_minor == 4000

    def test_what_is_disputed_here_is_left_and_said_and_tried_again(self, entity):
        take_items(entity, INVOICE.format("100.00"))
        OpenItem.objects.update(disputed_minor=8000)

        file = take_items(entity, INVOICE.format("40.00"))

        assert (file.state, file.left_out_rows, item().open_minor) == ("SAVED", 1, 10_000)
        assert file.notes[0]["key"] == "disputed_here"
        OpenItem.objects.update(disputed_minor=0)
        again = take_items(entity, INVOICE.format("40.00"))
        assert (again.state, again.changed_rows, item().open_minor) == ("SAVED", 1, 4000)

    def test_items_a_list_lacks_are_left_alone_and_counted(self, entity):
        take_items(entity, INVOICE.format("100.00"), INVOICE.replace("F1", "F2").format("50.00"))

        file = take_items(entity, INVOICE.replace("F1", "F2").format("50.00"))

        assert item("F1").open_minor == 10_000
        assert file.notes == [{"key": "absent_items", "args": {"count": 1}}]

    def test_an_older_list_dropped_again_is_what_the_erp_says_now(self, entity):
        for amount in ("100.00", "40.00", "100.00"):
            file = take_items(entity, INVOICE.format(amount))

        assert counts(file) == ("SAVED", 0, 1, 0)
        assert item().open_minor == 10_000

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        acts=st.lists(
            st.tuples(st.sampled_from(["pay", "hear", "erp"]), st.integers(1, 4000)), max_size=8
        )
    )
    def test_two_sides_that_hear_of_each_other_end_at_the_same(self, entity, acts):
        """
        We pay and the ERP hears of it; the ERP moves and we hear of it by its lists. Once all has
        been heard of, both say the same, whatever came in which order.
        """
        number = f"P{next(NUMBERS)}"
        row = INVOICE.replace("F1", number)
        take_items(entity, row.format("100.00"))
        theirs, unheard = 10_000, 0
        for act, amount in acts:
            if act == "pay" and item(number).open_minor >= amount:
                pay(item(number), amount)
                unheard += amount
            elif act == "hear" and unheard:
                theirs, unheard = theirs - unheard, 0
            elif act == "erp" and not unheard and theirs >= amount:
                theirs -= amount
            take_items(entity, row.format(f"{theirs / 100:.2f}"))
            require_ledger_agrees()
            assert item(number).open_minor == theirs - unheard
        assert StatedItem.objects.get(item=item(number)).stated_minor == theirs


class TestRefusing:
    @pytest.mark.parametrize(
        ("row", "field", "key"),
        [
            ("C-00412,invoice,X,2026-10-01,,-5,-5", "document_kind", "invoice_below_zero"),
            ("C-00412,invoice,X,2026-10-01,,5,-5", "open_amount", "signs_differ"),
            ("C-00412,invoice,X,2026-10-01,,5,6", "open_amount", "more_open_than_original"),
            ("C-00412,invoice,X,2026-10-01,,0,0", "original_amount", "nothing_original"),
            ("X-9,invoice,X,2026-10-01,,5,5", "customer_number", "unknown_customer"),
            ("C-0O412,invoice,X,2026-10-01,,5,5", "customer_number", "unknown_customer_letter"),
            ("C-00412,foo,X,2026-10-01,,5,5", "document_kind", "unknown_document_kind"),
        ],
    )
    def test_one_wrong_row_keeps_all_of_the_file_out(self, entity, row, field, key):
        file = take_items(entity, INVOICE.format("100.00"), row)

        assert (file.state, file.error_rows) == ("YOURS", 1)
        assert said(file) == [(3, field, key)]
        assert not OpenItem.objects.exists()
        assert not JournalEntry.objects.exists()

    def test_the_customer_meant_is_offered(self, entity):
        file = take_items(entity, "C-0O412,invoice,X,2026-10-01,,5,5")

        assert file.errors[0]["repair"] == "C-00412"
        assert file.errors[0]["args"] == {"found": "C-00412"}

    def test_one_document_twice_with_two_amounts(self, entity):
        file = take_items(
            entity,
            INVOICE.format("100.00"),
            INVOICE.format("60.00"),
        )

        assert said(file) == [(3, "open_amount", "twice_differs")]
        assert file.errors[0]["args"] == {"row": 2, "other": "100.00"}

    def test_word_by_word_the_same_counts_once(self, entity):
        assert counts(take_items(entity, INVOICE.format("60.00"), INVOICE.format("60.00"))) == (
            "SAVED",
            1,
            0,
            1,
        )
        assert item().open_minor == 6000

    def test_a_number_that_belongs_to_another_customer(self, entity):
        take_items(entity, INVOICE.format("100.00"))

        file = take_items(entity, INVOICE.replace("C-00412", "C-00087").format("100.00"))

        assert said(file) == [(2, "customer_number", "other_customer")]
        assert file.errors[0]["repair"] == "C-00412"

    def test_a_number_that_is_here_in_another_currency(self, entity):
        take_items(entity, INVOICE.format("100.00"))
        header = "customer_number,document_number,issue_date,open_amount,currency"

        file = take_items(entity, "C-00412,F1,2026-10-01,100.00,GBP", header=header)

        assert said(file) == [(2, "currency", "other_currency")]


class TestMinimum:
    def test_four_columns_are_enough(self, entity):
        header = "customer_number,document_number,issue_date,open_amount"

        file = take_items(
            entity, "C-00500,F1,2026-10-01,100.00", "C-00087,N1,2026-10-01,-9.00", header=header
        )

        assert file.state == "SAVED"
        assert (item().kind, item().currency, item().original_minor) == ("invoice", "GBP", 10_000)
        assert item().due_date.isoformat() == "2026-11-15"
        assert (item("N1").kind, item("N1").open_minor) == ("credit_note", -900)

    def test_a_german_list_as_it_comes(self, entity):
        text = (
            "Offene Posten zum 31.10.2026\r\n\r\n"
            "Debitor;Belegart;Belegnr.;Belegdatum;Nettofälligkeit;Währung;Betrag;Restbetrag\r\n"
            "C-00087;Rechnung;1800001;01.10.2026;31.10.2026;EUR;1.190,00;1.190,00\r\n"
            "C-00087;Gutschrift;1800002;13.10.2026;31.10.2026;EUR;119,00-;119,00-\r\n"
            "Summe;;;;;;;1.071,00\r\n"
        )

        file = take(entity, {"opos.csv": text.encode("cp1252")})["open_items"]

        assert counts(file) == ("SAVED", 2, 0, 0)
        assert file.notes == [{"key": "totals_left_out", "args": {"count": 1}}]
        assert OpenItem.objects.aggregate(total=Sum("open_minor"))["total"] == 107_100

    def test_what_a_later_file_leaves_open_stays_as_it_is(self, entity):
        take_items(
            entity,
            "C-00412,debit_note,D1,2026-10-01,2026-12-24,100.00,100.00",
            "C-00412,on_account,Z1,2026-10-01,2026-10-01,-50.00,-50.00",
        )
        header = "customer_number,document_number,issue_date,open_amount"

        file = take_items(
            entity, "C-00412,D1,2026-10-01,40.00", "C-00412,Z1,2026-10-01,-20.00", header=header
        )

        assert counts(file) == ("SAVED", 0, 2, 0)
        note = item("D1")
        assert (note.kind, note.original_minor, note.open_minor) == ("debit_note", 10_000, 4000)
        assert note.due_date.isoformat() == "2026-12-24"
        assert (item("Z1").kind, item("Z1").open_minor) == ("on_account", -2000)

    def test_the_invoice_says_what_the_list_leaves_open(self):
        customer = a_customer(an_entity())
        invoice = an_invoice(customer)
        Invoice.objects.filter(pk=invoice.pk).update(number="F-2")
        header = "customer_number,document_number,issue_date,open_amount"

        take_items(
            customer.entity, f"{customer.number},F-2,{invoice.issue_date},1.00", header=header
        )

        made = item("F-2")
        assert (made.original_minor, made.open_minor) == (invoice.gross_minor, 100)
        assert made.due_date == invoice.due_date

    def test_many_items_in_several_portions(self, entity, monkeypatch):
        monkeypatch.setattr("concilia.intake.actions.imports.open_items.BATCH_ROWS", 7)
        rows = [
            f"C-00412,invoice,F{n},2026-10-{n % 28 + 1:02d},,{n}.00,{n}.00" for n in range(1, 60)
        ]

        assert counts(take_items(entity, *rows)) == ("SAVED", 59, 0, 0)

        assert OpenItem.objects.aggregate(total=Sum("open_minor"))["total"] == 100 * 59 * 60 // 2
        require_ledger_agrees()
