"""
The bank account of the company: entries in the order they were booked, and the files they make.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from random import Random

from concilia.interfaces.cli.company.camt import Account, BankDay, write_statement
from concilia.interfaces.cli.company.registers import iban_of
from concilia.interfaces.cli.company.shapes import Customer, Entry, Statement
from concilia.interfaces.cli.company.workdays import shift_workdays

OPENING_BALANCE = 41_273_655
PAYEES = (
    ("Energia Cuneese S.p.A.", "FATTURA ENERGIA", 780_000, 2_600_000),
    ("Semole del Tavoliere S.c.", "SALDO FORNITURA GRANO DURO", 1_900_000, 7_400_000),
    ("Cartotecnica Bormida S.r.l.", "PAGAMENTO IMBALLI", 120_000, 980_000),
    ("Trasporti Alpe Nord S.r.l.", "NOLI E TRASPORTI", 210_000, 1_400_000),
    ("Mulini Meccanica Prato S.r.l.", "MANUTENZIONE LINEA 2", 90_000, 650_000),
    ("Spedition Brennerhof GmbH", "FRACHT", 80_000, 420_000),
)
STRANGERS = (
    (1, 64_000, "", "ACCREDITO 000812 AGENZIA 14"),
    (1, 18_550, "T. MARENGO", "CESTI NATALE DIPENDENTI"),
    (2, 92_430, "GASTRO MANAGEMENT SARL", "VIR 55120 REF CLIENT 8841"),
    (9, 31_200, "BONIFICO ESTERO ORDINANTE N.D.", "INVOICE PAYMENT"),
)


@dataclass(slots=True)
class BankBook:
    """Collects entries; each gets its reference at once, so that acts can name it."""

    prefix: str = "MV"
    days: dict[date, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def add(self, entry: Entry) -> str:
        """Book an entry and give the bank's reference of it."""
        entries = self.days[entry.booking_date]
        ref = f"{self.prefix}{entry.booking_date:%y%m%d}{len(entries) + 1:04d}"
        entries.append(replace(entry, ref=ref))
        return ref

    def receive(self, payer: Customer, day: date, cents: int, *, text: str = "") -> str:
        """Book a plain transfer of a customer and give its reference."""
        return self.add(credit(payer, day, cents, text=text))


def credit(payer: Customer, day: date, cents: int, *, text: str = "") -> Entry:
    """Give a transfer of a customer, upper case as banks print it, not yet booked."""
    assert cents > 0, (payer.slug, day, cents)
    words = text.split()
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + len(word) < 70:  # noqa: PLR2004 - banks cut near there
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return Entry(
        ref="",
        booking_date=day,
        amount=cents,
        is_credit=True,
        name=payer.legal_name.upper(),
        iban=payer.iban,
        text=tuple(lines),
    )


def add_strangers(book: BankBook, as_of: date) -> None:
    """Book what nobody can place: payers without a name, private people, foreign transfers."""
    for days, cents, name, text in STRANGERS:
        day = shift_workdays(as_of, -days)
        iban = iban_of("IT", 77_000_000 + cents) if name else ""
        book.add(Entry("", day, cents, True, name, iban, (text,)))  # noqa: FBT003 - a credit


def add_outgoing(rng: Random, book: BankBook, window: list[date]) -> None:
    """Book what the company pays: suppliers, wages on the 27th, the bank's own fees."""
    for n, day in enumerate(window):
        for name, text, low, high in rng.sample(PAYEES, 1 + n % 2):
            iban = iban_of("IT", 55_000_000 + len(name))
            cents = rng.randint(low, high)
            book.add(Entry("", day, cents, False, name, iban, (text,), family="ICDT"))  # noqa: FBT003
    for before, day in pairwise(window):
        if before.day < 27 <= day.day:  # noqa: PLR2004 - pay day
            wages = rng.randint(14_000_000, 15_500_000)
            book.add(Entry("", day, wages, False, "STIPENDI", "", ("EMOLUMENTI",), family="ICDT"))  # noqa: FBT003
        if before.month != day.month:
            book.add(Entry("", day, 4_850, False, "", "", ("COMMISSIONI E SPESE",), family="CHRG"))  # noqa: FBT003


def statements(
    book: BankBook, account: Account, window: list[date], opening: int = OPENING_BALANCE
) -> list[Statement]:
    """Give one file for each day of the window; every booked entry lies within it."""
    stray = book.days.keys() - set(window)
    assert not stray, f"entries booked outside the window: {sorted(stray)}"
    files = []
    for number, day in enumerate(window, start=1):
        bank_day = BankDay(day, number, opening, tuple(book.days.get(day, ())))
        name = f"EC_{account.iban[-6:]}_{day:%Y%m%d}.xml"
        files.append(Statement(f"bank:{day}", day, name, write_statement(account, bank_day)))
        opening = bank_day.closing
    return files
