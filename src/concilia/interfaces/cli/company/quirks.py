"""
The odd payments every credit department knows, each planted once where its customer pays anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from concilia.interfaces.cli.company.bank import BankBook
from concilia.interfaces.cli.company.facts import digits_of
from concilia.interfaces.cli.company.habits import Transfer
from concilia.interfaces.cli.company.registers import iban_of
from concilia.interfaces.cli.company.shapes import Customer, Entry, Sale
from concilia.interfaces.cli.company.workdays import shift_workdays

OVERPAID, ROUND_SUM = 8_000, 250_000
SMALL, CHARGES, CHARGES_HIDDEN = 84, 1_450, 1_200
RETURN_DAYS = 3
PRIVATE_ACCOUNTS = 66_000_000
INSUFFICIENT_FUNDS = "AM04"


def plant(transfers: Sequence[Transfer], book: BankBook, last: date) -> None:
    """Change some of the transfers of the window; `last` is its last day."""
    for slug, nth, change in QUIRKS:
        own = [row for row in transfers if row.payer.slug == slug and len(row.sales) == 1]
        if len(own) > nth:
            change(own[-1 - nth], book, last)


def net_credit_notes(transfers: Sequence[Transfer], notes: Sequence[Sale]) -> None:
    """
    Let payers take off the credit notes they hold from the next transfer that is large enough.
    """
    for note in sorted(notes, key=lambda sale: (sale.issued, sale.key)):
        payer = note.customer.payer_slug
        for transfer in transfers:
            fits = transfer.payer.slug == payer and transfer.day > note.issued
            if fits and transfer.payer.pays not in NEVER_NET and transfer.amount > 2 * note.total:
                transfer.sales.append(note)
                transfer.paid[note.number] = -note.total
                note.paid_on = transfer.day
                break


def _short_by(cents: int) -> Callable[[Transfer, BankBook, date], None]:
    def change(transfer: Transfer, book: BankBook, last: date) -> None:
        del book, last
        transfer.difference -= cents

    return change


def _charged(transfer: Transfer, book: BankBook, last: date) -> None:
    del book, last
    transfer.charges = CHARGES


def _typing_error(transfer: Transfer, book: BankBook, last: date) -> None:
    del book, last
    digits = digits_of(transfer.sales[0].number)
    transfer.text = f"SALDO FATT. {digits[:-2]}{digits[-1]}{digits[-2]}"


def _on_account(transfer: Transfer, book: BankBook, last: date) -> None:
    del book, last
    transfer.difference = ROUND_SUM - transfer.amount
    transfer.text = "ACCONTO"


def _by_another(transfer: Transfer, book: BankBook, last: date) -> None:
    del book, last
    transfer.ultimate = transfer.payer.legal_name
    transfer.payer = replace(transfer.payer, legal_name="PK Treuhand GbR", iban="")
    transfer.is_strange = True


def _from_own_pocket(name: str, text: str) -> Callable[[Transfer, BankBook, date], None]:
    """Shopkeepers sometimes pay from their private account."""

    def change(transfer: Transfer, book: BankBook, last: date) -> None:
        del book, last
        iban = iban_of("IT", PRIVATE_ACCOUNTS + sum(name.encode()))
        transfer.payer = replace(transfer.payer, legal_name=name, iban=iban)
        transfer.text = text
        transfer.is_strange = True

    return change


def _part_only(transfer: Transfer, book: BankBook, last: date) -> None:
    del book, last
    transfer.difference = -(transfer.amount // 2) // 1_000 * 1_000
    transfer.text = "ACCONTO, IL RESTO A FINE MESE"
    transfer.is_strange = True


def _twice(transfer: Transfer, book: BankBook, last: date) -> None:
    day = shift_workdays(transfer.day, 2)
    if day <= last:
        text = f"INV {transfer.sales[0].number}"
        book.receive(transfer.payer, day, transfer.amount, text=text)


def _returned(transfer: Transfer, book: BankBook, last: date) -> None:
    day = shift_workdays(transfer.day, RETURN_DAYS)
    if day <= last:
        book.add(returned_debit(transfer.payer, transfer.sales[0], day, transfer.amount))


def returned_debit(payer: Customer, sale: Sale, day: date, cents: int) -> Entry:
    """Give the entry by which the bank takes a direct debit back for want of funds."""
    ours = sale.number.replace("/", "-")
    return Entry(
        ref="",
        booking_date=day,
        amount=cents,
        is_credit=False,
        name=payer.legal_name.upper(),
        iban=payer.iban,
        text=(f"INSOLUTO SDD {ours}",),
        end_to_end=f"SDD-{ours}",
        return_reason=INSUFFICIENT_FUNDS,
        family="RETURN",
    )


NEVER_NET = ("rf", "sdd")
QUIRKS: tuple[tuple[str, int, Callable[[Transfer, BankBook, date], None]], ...] = (
    ("pennywick", 0, _charged),
    ("abbotrowe", 1, _short_by(CHARGES_HIDDEN)),
    ("mapleford", 1, _twice),
    ("locharden", 0, _short_by(CHARGES_HIDDEN)),
    ("rivabella", 1, _short_by(SMALL)),
    ("rheinfels", 0, _short_by(37)),
    ("bellprat", 1, _short_by(5)),
    ("miramonte", 0, _short_by(-OVERPAID)),
    ("calamarina", 0, _on_account),
    ("salentino", 0, _typing_error),
    ("kessler", 1, _by_another),
    ("valsorda", 1, _returned),
    ("sila", 2, _returned),
    ("montescuro", 0, _from_own_pocket("ODDONE LUIGI", "SALDO")),
    ("montescuro", 4, _from_own_pocket("ODDONE LUIGI", "SALDO FATTURA")),
    ("pardi", 1, _from_own_pocket("PARDI BRUNA", "GRAZIE E BUON LAVORO")),
    ("greco", 0, _part_only),
)
