"""From bytes to what they bring about, through the real reader in its sandbox."""

from __future__ import annotations

import base64

import pytest
from tests.world import edi
from tests.world.bank_files import IBAN, Credit, a_camt
from tests.world.builders import NOON, a_customer, a_member, an_invoice
from tests.world.einvoices import response
from tests.world.inbox import an_arrival
from tests.world.jobs import run_jobs
from tests.world.mails import a_mail

from concilia.cash.models import Match, Remittance
from concilia.claims.models import Claim
from concilia.correspondence.models import Message
from concilia.documents.models import Document
from concilia.foundation import events
from concilia.foundation.jobs import defer
from concilia.intake.actions import ArrivalRefused, accept_bank_file, confirm_reading
from concilia.intake.events import ArrivalStored, DocumentRead
from concilia.intake.models import Arrival
from concilia.interfaces.worker.routing import route_document
from concilia.interfaces.worker.subscriptions import SUBSCRIPTIONS
from concilia.receivables.models import BankEntry, BankStatement, OpenItem

pytestmark = pytest.mark.django_db


def a_complaint(customer, invoice, **changes) -> bytes:
    fields = {
        "sender": customer.contacts.get().email,
        "subject": f"Fehlmenge Rechnung {invoice.number}",
        "body": (
            f"Guten Tag,\n\nzu Ihrer Rechnung {invoice.number} fehlten bei der Lieferung 12 "
            "Kartons PEN-500. Wir bitten um eine Gutschrift über 259,20 EUR.\n\n"
            "Mit freundlichen Grüßen\nJens Albers\n"
        ),
        "message_id": "<complaint@frischmarkt.example>",
    }
    return a_mail(**fields | changes)


def test_every_event_has_its_line_in_the_table():
    assert set(SUBSCRIPTIONS) == set(events.Event.types.values())


class TestMails:
    def test_a_complaint_becomes_one_document_one_message_and_one_claim(self, customer, take):
        invoice = an_invoice(customer)

        arrival = take(
            a_complaint(customer, invoice, attachments={"lager.txt": b"12 Kartons fehlen"})
        )

        claim = Claim.objects.get()
        assert (arrival.state, arrival.outcome) == ("DONE", "claim_opened")
        assert (claim.customer, claim.invoice, claim.reason) == (customer, invoice, "NC-01")
        assert arrival.message.sender == customer.contacts.get().email
        assert arrival.message.message_id == "<complaint@frischmarkt.example>"
        assert arrival.message.body.startswith("Guten Tag")
        assert "Fehlmenge" in arrival.document.values["text"]
        part = arrival.document.parts.get()
        assert (part.n, part.filename, part.values["place"]) == (1, "lager.txt", "1")

    def test_every_job_done_again_changes_nothing(self, customer, take):
        arrival = take(a_complaint(customer, an_invoice(customer)))
        before = [model.objects.count() for model in (Document, Message, Claim)]

        defer("concilia.read_arrival", arrival_id=arrival.pk)
        for event in (ArrivalStored(arrival.pk), DocumentRead(arrival.pk, arrival.document_id)):
            events.record(event)
        run_jobs(at=NOON)

        assert [model.objects.count() for model in (Document, Message, Claim)] == before

    def test_what_is_quoted_is_not_said_again(self, customer, take):
        arrival = take(
            a_mail(
                sender=customer.contacts.get().email,
                subject="Re: Ihre Mahnung",
                body="Wir prüfen das.\n\nAm 12.11.2026 schrieb Giulia Ferri:\n> Bitte zahlen.\n",
            )
        )

        assert arrival.message.body == "Wir prüfen das."

    def test_an_auto_reply_opens_nothing(self, customer, take):
        arrival = take(
            a_complaint(
                customer, an_invoice(customer), subject="Abwesenheit", Auto_Submitted="auto-replied"
            )
        )

        assert (arrival.state, arrival.outcome) == ("NOTHING_TO_DO", "auto_reply")
        assert Claim.objects.count() == 0

    def test_a_newsletter_asks_nothing_of_us(self, take):
        arrival = take(
            a_mail(
                sender="news@packaging.example",
                subject="Our autumn catalogue is here",
                body="Discover the new boxes and ribbons for your shop window.\n",
                List_Unsubscribe="<https://packaging.example/bye>",
            )
        )

        assert (arrival.state, arrival.outcome) == ("NOTHING_TO_DO", "newsletter")

    def test_a_damaged_attachment_is_named_and_the_rest_is_read(self, customer, take):
        invoice = an_invoice(customer)

        arrival = take(
            a_complaint(customer, invoice, attachments={"foto.pdf": b"%PDF-1.4\n\x00\x00broken"})
        )

        assert arrival.document.reason == "NC-01"
        assert arrival.document.parts.get().error

    def test_text_with_nul_characters_is_kept_without_them(self, take):
        arrival = take(b"Rechnung\x00 FT-2026/00001 ist falsch\n" * 3, "note.txt")

        assert arrival.document_id is not None
        assert "\x00" not in arrival.document.values["text"]

    def test_an_mbox_is_taken_apart_into_its_mails(self, customer, take):
        invoice = an_invoice(customer)
        mails = [
            a_complaint(customer, invoice),
            a_mail(subject="Hello", body="Nothing in particular.\n", message_id="<2@x.example>"),
        ]
        mbox = b"".join(b"From x@y.example Thu Nov 19 12:00:00 2026\n" + m + b"\n" for m in mails)

        arrival = take(mbox, "november.mbox", "upload")

        assert (arrival.state, arrival.outcome) == ("DONE", "unpacked")
        inner = Arrival.objects.exclude(pk=arrival.pk)
        assert sorted(inner.values_list("source", flat=True)) == ["november.mbox"] * 2
        assert Claim.objects.count() == 1


class TestStatuses:
    def test_a_customers_refusal_of_an_e_invoice_opens_a_claim(self, customer, take):
        invoice = an_invoice(customer)
        refusal = response("RE", why="REF", text="Order number missing")

        arrival = take(refusal.replace(b"FT-100", invoice.number.encode()), "r.xml", "upload")

        claim = Claim.objects.get()
        assert (arrival.document.kind, arrival.document.reason) == ("claim", "NC-24")
        assert (claim.customer, claim.invoice, claim.reason) == (customer, invoice, "NC-24")

    def test_progress_of_an_e_invoice_opens_nothing(self, customer, take):
        invoice = an_invoice(customer)

        take(response("AP").replace(b"FT-100", invoice.number.encode()), "r.xml", "upload")

        assert Claim.objects.count() == 0


class TestBankFiles:
    def test_a_statement_closes_what_it_pays(self, customer, take):
        invoice = an_invoice(customer)
        gross = f"{invoice.gross_minor / 100:.2f}"
        paid = Credit(amount=gross, text=f"RE {invoice.number}", iban="DE89370400440532013000")

        arrival = take(a_camt(paid), "statement.xml", "folder")

        assert (arrival.state, arrival.outcome) == ("DONE", "statement_loaded")
        assert Match.objects.get().state == "POSTED"
        assert OpenItem.objects.get(invoice=invoice).open_minor == 0
        statement = BankStatement.objects.get()
        assert (statement.account.iban, statement.identification) == (IBAN, "ST-1")
        assert statement.opening_minor == 100_000

    def test_a_payment_that_falls_short_opens_a_claim(self, customer, take):
        invoice = an_invoice(customer)
        short = f"{(invoice.gross_minor - 25_920) / 100:.2f}"
        paid = Credit(
            amount=short,
            text=f"{invoice.number} abzgl. Fehlmenge 259,20",
            iban="DE89370400440532013000",
        )

        take(a_camt(paid), "statement.xml", "folder")

        claim = Claim.objects.get()
        assert (claim.origin, claim.claimed_minor) == ("short_payment", 25_920)
        assert OpenItem.objects.get(kind="deduction").open_minor == 25_920

    def test_only_money_that_came_in_or_was_taken_back_is_loaded(self, take):
        file = a_camt(
            Credit(amount="10.00", text="a"),
            Credit(amount="20.00", text="salaries", direction="DBIT"),
            Credit(amount="30.00", text="taken back", direction="DBIT", reversal=True),
            Credit(amount="40.00", text="announced", status="PDNG"),
            Credit(amount="50.00000", text="five decimals"),
        )

        take(file, "statement.xml", "folder")

        found = BankEntry.objects.order_by("amount_minor").values_list("amount_minor", "is_return")
        assert list(found) == [(1_000, False), (3_000, True), (5_000, False)]

    def test_an_entry_that_cannot_be_booked_is_named_and_the_rest_is_loaded(self, take):
        file = a_camt(Credit(amount="10.005"), Credit(amount="20.00"))

        arrival = take(file, "statement.xml", "folder")

        assert (arrival.outcome, BankEntry.objects.get().amount_minor) == (
            "statement_loaded",
            2_000,
        )
        assert arrival.error.startswith("entry 1: '10.005' has 3 decimals")

    def test_a_file_that_breaks_off_is_not_loaded_by_half(self, take):
        file = a_camt(Credit(amount="10.00"), Credit(amount="20.00"))

        arrival = take(file[: file.rindex(b"<Ntry>") + 20], "statement.xml", "folder")

        assert (arrival.state, BankEntry.objects.count()) == ("FAILED", 0)
        assert "damaged XML" in arrival.error

        take(file, "statement.xml", "folder")

        assert BankEntry.objects.count() == 2

    def test_the_same_statement_twice_is_loaded_once(self, take):
        take(a_camt(Credit(amount="10.00")), "a.xml", "folder")
        take(a_camt(Credit(amount="10.00")) + b"\n", "b.xml", "folder")

        assert (BankStatement.objects.count(), BankEntry.objects.count()) == (1, 1)

    def test_one_that_comes_by_mail_waits_for_a_persons_word(self, customer, take):
        file = a_camt(Credit(amount="10.00"))
        mail = a_mail(
            sender=customer.contacts.get().email,
            subject="Statement",
            body="Please find it attached.\n",
            attachments={"statement.xml": file},
        )

        arrival = take(mail)

        assert (arrival.state, arrival.outcome) == ("WAITING", "statement_by_mail")
        assert BankEntry.objects.count() == 0

        member = a_member(customer.entity)
        accept_bank_file(arrival_id=arrival.pk, member=member, at=NOON)
        run_jobs(at=NOON)

        assert BankEntry.objects.count() == 1
        with pytest.raises(ArrivalRefused, match="No bank statement waits"):
            accept_bank_file(arrival_id=arrival.pk, member=member, at=NOON)

    def test_a_list_of_an_account_that_cannot_be_loaded_waits_for_a_person(self, take):
        lines = "Buchungstag;Valuta;Verwendungszweck;Betrag\n20.11.2026;20.11.2026;RE 1;4,00\n"
        for way in ("folder", "upload"):
            arrival = take(f"{lines}21.11.2026;21.11.2026;{way};5,00\n".encode(), "a.csv", way)
            assert (arrival.state, arrival.outcome) == ("WAITING", "no_bank_file")
        assert BankEntry.objects.count() == 0

    def test_a_file_in_which_nothing_came_in_asks_nothing_of_us(self, take):
        arrival = take(a_camt(Credit(amount="9.00", direction="DBIT")), "s.xml", "folder")

        assert (arrival.state, arrival.outcome) == ("NOTHING_TO_DO", "no_money_came_in")


class TestRemittances:
    def test_an_advice_is_registered_for_its_customer(self, customer, take):
        invoice = an_invoice(customer)
        gross = f"{invoice.gross_minor / 100:.2f}"
        table = (
            "Zahlungsavis / Remittance advice\n"
            "Belegnummer;Rechnungsbetrag;Skonto;Abzug;Zahlbetrag\n"
            f"{invoice.number};{gross};0.00;0.00;{gross}\n"
            f"Summe;;;;{gross}\n"
        )
        mail = a_mail(
            sender=customer.contacts.get().email,
            subject="Zahlungsavis",
            body="Anbei unser Zahlungsavis zur Überweisung vom 18.11.2026.\n",
            attachments={"avis.csv": table.encode()},
        )

        arrival = take(mail)

        assert arrival.document.kind == "remittance_advice"
        assert (arrival.state, arrival.outcome) == ("DONE", "remittance")
        assert Remittance.objects.get().customer == customer

    @pytest.mark.parametrize(("sure", "state"), [(0.46, "WAITING"), (0.93, "DONE")])
    def test_what_may_be_no_advice_stays_with_people_until_one_says_so(self, customer, sure, state):
        told = {"kind": "remittance_advice", "kind_confidence": sure, "total_amount": "512.40"}
        arrival = an_arrival(customer, an_invoice(customer), **told)

        route_document(DocumentRead(arrival.pk, arrival.document_id), NOON)

        arrival.refresh_from_db()
        assert arrival.state == state

        if state == "WAITING":
            confirm_reading(arrival_id=arrival.pk, member=a_member(customer.entity), at=NOON)
            run_jobs(at=NOON)
            arrival.refresh_from_db()
        assert (arrival.state, arrival.outcome) == ("DONE", "remittance")

    def test_every_message_of_an_edi_file_arrives_by_itself(self, customer, take):
        invoices = [an_invoice(customer) for _ in range(2)]
        file = edi.two_in_one(*(an_advice(each, n) for n, each in enumerate(invoices, start=1)))

        arrival = take(file.encode(), "advices.edi", "folder")

        assert (arrival.state, arrival.outcome) == ("DONE", "unpacked")
        inner = Arrival.objects.exclude(pk=arrival.pk)
        assert sorted(inner.values_list("filename", "outcome")) == [
            ("advices.edi-remadv-1.edi", "remittance"),
            ("advices.edi-remadv-2.edi", "remittance"),
        ]
        totals = sorted(Remittance.objects.values_list("total_minor", flat=True))
        assert totals == sorted(each.gross_minor for each in invoices)

    def test_every_advice_of_an_edi_file_in_a_mail_is_kept(self, customer, take):
        invoices = [an_invoice(customer) for _ in range(2)]
        file = edi.two_in_one(*(an_advice(each, n) for n, each in enumerate(invoices, start=1)))
        mail = a_mail(
            sender=customer.contacts.get().email,
            subject="Zahlungsavis",
            body="Anbei unsere Avise.\n",
            attachments={"advices.edi": file.encode()},
        )

        arrival = take(mail)

        assert (arrival.state, arrival.outcome) == ("DONE", "remittance")
        assert Remittance.objects.filter(customer=customer).count() == 2

    def test_an_edi_file_with_one_message_is_that_message(self, customer, take):
        invoice = an_invoice(customer)
        file = f"UNB+UNOC:3+a+b+261120:0905+1'{an_advice(invoice, 1)}UNZ+1+1'"

        arrival = take(file.encode(), "advice.edi", "folder")

        assert (arrival.outcome, Arrival.objects.count()) == ("remittance", 1)
        assert Remittance.objects.get().lines[0]["number"] == invoice.number

    def test_reasons_for_one_document_are_one_line_for_the_bank(self, customer, take):
        file = edi.edifact(
            "REMADV", "BGM+481+R1", "CUX+2:EUR", "DOC+380+A-1", "MOA+9:100", "MOA+12:65",
            "AJT+4", "MOA+165:25", "FTX+AAI+++fehlt", "AJT+5", "MOA+165:10", "FTX+AAI+++Preis",
            "UNS+S", "MOA+12:65",
        )  # fmt: skip

        take(file.encode(), "advice.edi", "folder")

        (line,) = Remittance.objects.get().lines
        assert (line["deduction"], line["net"]) == ("35.00", "65.00")
        assert line["reason_text"] == "fehlt · Preis"


def an_advice(invoice, number: int) -> str:
    """A REMADV message that pays one invoice."""
    gross = f"{invoice.gross_minor / 100:.2f}"
    return edi.message(
        "REMADV",
        f"BGM+481+RA-{number}",
        "CUX+2:EUR",
        f"DOC+380+{invoice.number}",
        f"MOA+9:{gross}",
        f"MOA+12:{gross}",
        "UNS+S",
        f"MOA+12:{gross}",
        number=str(number),
    )


class TestOtherFiles:
    def test_what_cannot_be_read_says_why(self, take):
        arrival = take(base64.b64decode("UEsDBAoAAAAAAA==") + b"\x00" * 40, "broken.zip", "upload")

        assert arrival.state == "FAILED"
        assert arrival.error

    def test_a_paper_nobody_asked_for_waits_in_the_inbox(self, take):
        text = "LIEFERSCHEIN Nr. 4711\nEmpfangen: 10 Kartons\nUnterschrift: Albers\n"

        arrival = take(text.encode(), "scan.txt", "upload")

        assert arrival.state == "WAITING"

    def test_a_number_of_another_customer_waits(self, customer, take):
        stranger = a_customer(customer.entity, "Coop Est S.p.A.")

        arrival = take(a_complaint(customer, an_invoice(stranger)))

        assert (arrival.state, arrival.outcome) == ("WAITING", "foreign_number")
