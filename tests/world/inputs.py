"""
A day's post of a busy credit department: hundreds of different mails, papers and bank files.

Every input is its own document; no two are alike.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from tests.world.bank_files import Credit, a_camt
from tests.world.builders import a_customer, an_iban, an_invoice
from tests.world.mails import a_mail

from concilia.customers.models import Customer
from concilia.identity.models import Entity
from concilia.receivables.models import Invoice

CREDITS_A_FILE = 3
INVOICES_AN_INPUT = 0.85  # what complaints and payments use up, with a little to spare
COMPLAINTS = {
    "Fehlmenge Rechnung {number}": (
        "Guten Tag,\n\nzu Ihrer Rechnung {number} fehlten bei der Lieferung {n} Kartons PEN-500. "
        "Wir bitten um eine Gutschrift über {amount} EUR.\n\nMit freundlichen Grüßen\n"
    ),
    "Merce mancante fattura {number}": (
        "Buongiorno,\n\nnella consegna della fattura {number} mancavano {n} cartoni PEN-500. "
        "Chiediamo una nota di credito di {amount} EUR.\n\nCordiali saluti\n"
    ),
    "Short delivery, invoice {number}": (
        "Hello,\n\n{n} cases of PEN-500 were missing from the delivery of your invoice {number}. "
        "Please issue a credit note for EUR {amount}.\n\nKind regards\n"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One thing that arrives: a mail for the mailbox or a file for the folder."""

    kind: str
    filename: str
    content: bytes

    @property
    def is_mail(self) -> bool:
        """Whether it comes by mail."""
        return self.filename.endswith(".eml")


class _Shelf:
    """Invoices to write about: some are contested or paid once, any can be mentioned."""

    def __init__(self, invoices: Sequence[Invoice]) -> None:
        self.all = itertools.cycle(invoices)
        self.unused = iter(invoices)


def customers_with_invoices(entity: Entity, count: int, each: int) -> list[Invoice]:
    """So many customers with so many open invoices each, mixed as post is."""
    invoices: list[list[Invoice]] = []
    for n in range(count):
        customer = a_customer(entity, f"Kaufhaus {n:03d} GmbH")
        an_iban(customer, f"DE{n:020d}")
        invoices.append([an_invoice(customer) for _ in range(each)])
    return list(itertools.chain.from_iterable(zip(*invoices, strict=True)))


def some_post(invoices: Sequence[Invoice], count: int) -> list[Input]:
    """
    So many inputs: of ten, five complaints by mail, one with a paper, and one each of a CSV file, a
    PDF, a note, an auto-reply or a bank file (payments in full, and every fifth of them short).
    """
    waiting = _Shelf(invoices)
    makers = itertools.cycle(
        (_complaint, _csv, _complaint, _pdf, _complaint, _with_paper, _complaint, _note,
         _auto_reply, _bank_file, _complaint)
    )  # fmt: skip
    return [maker(n, waiting) for n, maker in zip(range(count), makers, strict=False)]


FONTS = b"<</Font<</F1 5 0 R>>>>"


def a_pdf(*lines: str) -> bytes:
    """A small PDF whose text can be read."""
    shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET".encode("cp1252")
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %s>>" % FONTS,
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (n, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + rows + end


def _complaint(n: int, shelf: _Shelf, paper: bytes = b"") -> Input:
    invoice = next(shelf.unused)
    subject, body = list(COMPLAINTS.items())[n % len(COMPLAINTS)]
    pieces = n % 9 + 2
    values = {"number": invoice.number, "n": pieces, "amount": f"{pieces * 21.60:.2f}"}
    mail = a_mail(
        subject=subject.format(**values),
        body=body.format(**values),
        sender=_writer(invoice.customer),
        message_id=f"<complaint-{n}@post.example>",
        attachments={f"paper-{n}.pdf": paper} if paper else None,
    )
    return Input(kind="complaint", filename=f"{n:04d}.eml", content=mail)


def _with_paper(n: int, shelf: _Shelf) -> Input:
    return _complaint(n, shelf, a_pdf(f"Warehouse report {n}", "Boxes counted at the ramp"))


def _csv(n: int, shelf: _Shelf) -> Input:
    number = next(shelf.all).number
    rows = f"Rechnung;Artikel;Menge;Betrag\n{number};PEN-500;{n};{n}.00\n{number};FRO-350;2;9.90\n"
    return Input(kind="csv", filename=f"{n:04d}.csv", content=rows.encode())


def _pdf(n: int, shelf: _Shelf) -> Input:
    lines = ("BELASTUNGSANZEIGE", f"Nr. BA-{n}", f"Rechnung {next(shelf.all).number}",
             "Grund: Preisdifferenz", f"Betrag {n + 10},00 EUR")  # fmt: skip
    return Input(kind="pdf", filename=f"{n:04d}.pdf", content=a_pdf(*lines))


def _note(n: int, shelf: _Shelf) -> Input:
    text = f"Notiz {n}: Anruf zu {next(shelf.all).number}, Rückruf erbeten.\n"
    return Input(kind="note", filename=f"{n:04d}.txt", content=text.encode())


def _auto_reply(n: int, shelf: _Shelf) -> Input:
    mail = a_mail(
        subject="Automatische Antwort",
        body=f"Ich bin bis Montag nicht im Büro ({n}).\n",
        sender=_writer(next(shelf.all).customer),
        message_id=f"<away-{n}@post.example>",
        Auto_Submitted="auto-replied",
    )
    return Input(kind="auto_reply", filename=f"{n:04d}.eml", content=mail)


def _bank_file(n: int, shelf: _Shelf) -> Input:
    credits_ = []
    for k, invoice in enumerate(itertools.islice(shelf.unused, CREDITS_A_FILE)):
        kept = 2_160 if k == 0 else 0
        alias = invoice.customer.aliases.get(kind="iban")
        credits_.append(
            Credit(
                amount=f"{(invoice.gross_minor - kept) / 100:.2f}",
                text=f"Rechnung {invoice.number}",
                payer=invoice.customer.name,
                iban=alias.value,
                reference=f"BK-{n}-{k}",
            )
        )
    content = a_camt(*credits_, name=f"ST-{n:04d}")
    return Input(kind="bank_file", filename=f"{n:04d}.xml", content=content)


def _writer(customer: Customer) -> str:
    return customer.contacts.get().email


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
