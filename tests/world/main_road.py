"""
A company with everything around it for the main road: a mailbox, a mail server, an ERP, a worker.

Supermercati Rossi were billed 100 cartons of penne and 50 of biscuits; the ERP holds the invoice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.world import dovecot, smtp, tryton, tryton_company
from tests.world.builders import a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_team
from tests.world.dovecot import ImapServer
from tests.world.inbox import a_pdf
from tests.world.mails import a_mail
from tests.world.smtp import MailServer
from tests.world.tryton import TrytonServer
from tests.world.tryton_company import CUSTOMERS, Sale, post_invoice
from tests.world.workers import Fleet

from concilia.customers.models import Customer
from concilia.identity.models import Entity, Membership
from concilia.kernel.references import normalise_reference
from concilia.receivables.models import Invoice

MAILBOX = "crediti"
NUMBER_OF_CUSTOMER = "1001"
WRITER = "p.rinaldi@supermercatirossi.example"
THEIR_MESSAGE_ID = "<20261128.4471@supermercatirossi.example>"
BODY = """\
Buongiorno,

in allegato trovate la nostra nota di addebito per la merce mancante nell'ultima consegna.
Restiamo in attesa della vostra nota di credito.

Cordiali saluti
Paola Rinaldi
Supermercati Rossi S.r.l.
"""
PAPER = (
    "SUPERMERCATI ROSSI S.r.l.",
    "NOTA DI ADDEBITO N. NA-4471",
    "Vostra fattura {invoice}",
    "Merce mancante alla consegna: 12 cartoni PEN-500 a 21,60 EUR",
    "Importo totale IVA inclusa: 269,57 EUR",
    "Vi preghiamo di emettere nota di credito.",
)
PROOF = (
    "DDT {delivery} - Trasporti Alpe Nord",
    "Destinatario: Supermercati Rossi S.r.l.",
    "Riserva: {reserve}",
    "Firmato: L. Moretti",
)
RESERVE = "mancano 8 cartoni PEN-500"


@dataclass(frozen=True, kw_only=True)
class Road:
    """Who and what takes part."""

    entity: Entity
    team: Mapping[str, Membership]
    customer: Customer
    invoice: Invoice
    mailbox: ImapServer
    post_office: MailServer
    erp: TrytonServer
    workers: Fleet

    def erp_settings(self) -> dict[str, str]:
        """This will be what an administrator types to connect the ERP, by label of the field."""
        values = self.erp.settings()
        return {
            "Address": str(values["url"]),
            "Database": str(values["database"]),
            "User": tryton_company.CLERK,
            "Password": tryton_company.CLERK_PASSWORD,
            "Accounts by role": _lines(tryton_company.ACCOUNTS),
            "Taxes by VAT code or rate": _lines(tryton_company.TAXES),
        }

    @property
    def number_as_they_wrote_it(self) -> str:
        """The invoice's number with its last digit doubled."""
        return self.invoice.number + self.invoice.number[-1]

    def their_mail(self) -> bytes:
        """This will be their debit note: a slip in a number, and four cartons too many."""
        paper = [line.format(invoice=self.number_as_they_wrote_it) for line in PAPER]
        return a_mail(
            subject="Nota di addebito NA-4471, merce mancante",
            body=BODY,
            sender=f"Paola Rinaldi <{WRITER}>",
            message_id=THEIR_MESSAGE_ID,
            attachments={"NA-4471.pdf": a_pdf(paper)},
        )

    def proof_of_delivery(self) -> bytes:
        """This will be the signed paper as the carrier scanned it: eight cartons are missing."""
        assert self.invoice.delivery is not None
        delivery = self.invoice.delivery.number
        return a_pdf([line.format(delivery=delivery, reserve=RESERVE) for line in PROOF])


@contextmanager
def a_road(folder: Path) -> Iterator[Road]:
    """This will run all servers and one worker for as long as the block runs."""
    with ExitStack() as stack:
        erp = stack.enter_context(tryton.running(folder / "tryton"))
        post_office = stack.enter_context(smtp.running())
        certificate = dovecot.a_certificate(folder)
        mailbox = stack.enter_context(dovecot.running(certificate))
        # The ERP takes no document dated after its own day, which is that of the machine's clock.
        entity = an_entity(timezone="UTC")
        customer = _a_customer(entity)
        invoice = _an_invoice_in_both(customer, erp)
        home = folder / "home"
        home.mkdir()
        workers = Fleet(
            count=1,
            home=home,
            CONCILIA_SMTP_HOST=post_office.host,
            CONCILIA_SMTP_PORT=str(post_office.port),
            CONCILIA_SMTP_SECURITY="none",
            SSL_CERT_FILE=str(certificate[0]),
        )
        stack.callback(workers.stop)
        yield Road(
            entity=entity,
            team={**a_team(entity), "sara": a_member(entity, "Sara Costa", role="admin")},
            customer=customer,
            invoice=invoice,
            mailbox=mailbox,
            post_office=post_office,
            erp=erp,
            workers=workers,
        )


def _lines(pairs: Mapping[str, str]) -> str:
    return "\n".join(f"{key} = {value}" for key, value in pairs.items())


def _a_customer(entity: Entity) -> Customer:
    customer = a_customer(
        entity,
        CUSTOMERS[NUMBER_OF_CUSTOMER],
        number=NUMBER_OF_CUSTOMER,
        country="IT",
        language="it",
        email_domains=["supermercatirossi.example"],
    )
    customer.contacts.update(name="Paola Rinaldi", email=WRITER)
    return customer


def _an_invoice_in_both(customer: Customer, erp: TrytonServer) -> Invoice:
    on = date.today() - timedelta(days=20)  # noqa: DTZ011 - Tryton's own day
    sales = [
        Sale(quantity=100, unit_price="21.60", vat="4"),
        Sale(quantity=50, unit_price="27.00", vat="10"),
    ]
    number = post_invoice(erp.client(), customer=customer.number, on=on, sales=sales)
    lines = [("PEN-500", "100", "21.60", 400), ("FRO-350", "50", "27.00", 1000)]
    key = normalise_reference(number)
    return an_invoice(customer, lines, issue_date=on, number=number, number_key=key)
