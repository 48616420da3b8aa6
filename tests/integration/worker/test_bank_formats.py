"""A Belgian statement from the file to the ledger: paid, taken back, the next day, one cut off."""

from __future__ import annotations

import pytest
from tests.world.bank_lines import CODA_ACCOUNT, Moved, coda
from tests.world.builders import an_invoice

from concilia.cash.models import Match
from concilia.receivables.models import BankEntry, BankStatement, OpenItem

pytestmark = pytest.mark.django_db
REFERENCE = "090933755493"


@pytest.fixture
def invoice(customer):
    made = an_invoice(customer)
    OpenItem.objects.filter(invoice=made).update(structured_reference="+++090/9337/55493+++")
    return made


def total(invoice) -> str:
    minor = OpenItem.objects.get(invoice=invoice).original_minor
    return f"{minor // 100}.{minor % 100:02d}"


class TestCoda:
    def test_a_structured_communication_closes_its_invoice_and_a_return_opens_it(
        self, invoice, take
    ):
        amount = total(invoice)
        paid = Moved(amount, f"101{REFERENCE}", structured=True, payer="DUPONT", reference="B1")
        ours = Moved("-20.00", "our supplier", code="00101000", reference="B2")
        arrival = take(coda(paid, ours, old="100.00").encode(), "monday.cod", "folder")

        assert (arrival.state, arrival.outcome, arrival.error) == ("DONE", "statement_loaded", "")
        monday = BankStatement.objects.get()
        assert (monday.account.iban, monday.identification) == (CODA_ACCOUNT, "2026-045")
        assert BankEntry.objects.get().structured_reference == REFERENCE
        assert (Match.objects.get().state, Match.objects.get().rule) == ("POSTED", "M1")
        assert OpenItem.objects.get(invoice=invoice).open_minor == 0

        old = f"{monday.closing_minor / 100:.2f}"
        back = Moved(f"-{amount}", f"101{REFERENCE}", structured=True, returned="2AC04")
        take(coda(back, old=old, number="046", date="251126").encode(), "tuesday.cod", "folder")

        tuesday = BankStatement.objects.exclude(pk=monday.pk).get()
        assert tuesday.opening_minor == monday.closing_minor
        assert tuesday.closing_minor == monday.opening_minor - 2_000
        returned = BankEntry.objects.get(statement=tuesday)
        assert (returned.is_return, returned.return_reason) == (True, "AC04")

    def test_a_statement_that_does_not_add_up_is_loaded_and_says_so(self, take):
        file = coda(Moved("10.00", "INV 1", reference="B1"), new="5000.00").encode()

        arrival = take(file, "monday.cod", "folder")

        assert arrival.outcome == "statement_loaded"
        assert "the new balance 5000.00 is not the old one" in arrival.error
        assert BankEntry.objects.get().amount_minor == 1_000
