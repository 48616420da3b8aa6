"""Whole ledgers: which payers there are, and how many of each."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from tests.world.second_ledgers import (
    advised_payers,
    households,
    plain_payers,
    references,
    short_payers,
    traps,
    utility_payers,
    utility_traps,
)
from tests.world.second_ledgers.book import Book

Behaviour = Callable[[Book], None]

TRADE: dict[Behaviour, int] = {
    plain_payers.names_one: 170,
    plain_payers.names_many: 90,
    plain_payers.nets_credit_note: 40,
    plain_payers.shortens_run: 25,
    plain_payers.names_amounts: 30,
    plain_payers.names_in_field: 12,
    plain_payers.nets_unnamed_credit: 15,
    plain_payers.pays_in_halves: 8,
    plain_payers.text_is_cut: 35,
    plain_payers.names_order: 30,
    plain_payers.names_nothing: 60,
    plain_payers.name_and_sum: 20,
    plain_payers.pays_oldest: 20,
    plain_payers.pays_month: 25,
    plain_payers.pays_balance: 20,
    plain_payers.pays_on_account: 8,
    plain_payers.pays_too_much: 12,
    plain_payers.pays_cash: 10,
    short_payers.says_why: 45,
    short_payers.says_nothing: 20,
    short_payers.short_on_several: 8,
    short_payers.part_payment: 15,
    short_payers.discount_in_time: 40,
    short_payers.discount_on_several: 10,
    short_payers.discount_late: 12,
    short_payers.discount_too_high: 10,
    short_payers.bank_charges: 12,
    short_payers.other_currency: 8,
    short_payers.small_change: 12,
    short_payers.split_vat: 20,
    short_payers.withholding: 10,
    short_payers.pays_undisputed_part: 6,
    advised_payers.advised: 50,
    advised_payers.advised_late: 15,
    advised_payers.advised_with_credits: 15,
    advised_payers.advised_with_debit_note: 10,
    advised_payers.advised_with_discount: 10,
    advised_payers.advised_with_foreign_document: 6,
    advised_payers.one_advice_two_payments: 6,
    advised_payers.two_advices_one_payment: 6,
    advised_payers.office_pays_named: 12,
    advised_payers.office_pays_nothing_named: 6,
    traps.misleading_number: 10,
    traps.named_beside_misleading: 12,
    traps.same_sum_twice: 8,
    traps.several_sums: 6,
    traps.same_name_twice: 5,
    traps.stranger_with_our_sum: 8,
    traps.stranger_names_core: 6,
    traps.settled_before: 10,
    traps.pays_twice: 8,
    traps.wrong_digit: 10,
    traps.wrong_year: 8,
    traps.pays_for_another: 4,
    traps.pays_out_of_card_sales: 4,
    traps.sum_but_unknown_number: 8,
}
UTILITY: dict[Behaviour, int] = {
    utility_payers.by_reference: 330,
    utility_payers.reference_in_text: 150,
    utility_payers.reference_mistyped: 35,
    utility_payers.reference_of_two_months: 25,
    utility_payers.customer_number: 90,
    utility_payers.bill_number: 110,
    utility_payers.bill_numbers: 30,
    utility_payers.account_only: 70,
    utility_payers.instalment: 25,
    utility_payers.reference_part: 15,
    utility_payers.reference_more: 15,
    utility_payers.administrator: 20,
    utility_payers.after_returned_debit: 12,
    utility_payers.end_to_end: 12,
    utility_payers.relative_without_number: 15,
    utility_payers.slip_paid_twice: 8,
    utility_payers.old_slip: 8,
    utility_payers.unknown_payer: 12,
    utility_payers.number_cut: 10,
    utility_traps.daughter_pays_for_mother: 6,
    utility_traps.wrong_customer_number: 8,
    utility_traps.customer_number_alone: 12,
    utility_traps.telephone_number: 6,
    utility_traps.street_with_month: 5,
    utility_traps.names_two_months: 8,
    utility_traps.month_that_is_paid: 8,
    utility_traps.two_instalments: 6,
    utility_traps.takes_off_credit: 8,
    utility_traps.reference_cut: 6,
    utility_traps.fee_of_returned_debit: 8,
}


def make_trade_ledger(seed: int, payments: int) -> Book:
    """This will build a supplier's ledger with at least so many payments."""
    styles = sorted(references.STYLES)
    book = Book(seed, styles[seed % len(styles)], number_space=max(60_000, payments * 20))
    behave(book, TRADE, payments)
    for _ in range(payments // 3):
        book.stock(book.customer(), 1, 5)
    shuffle(book)
    return book


def make_utility_ledger(seed: int, payments: int, *, homes: int = 0) -> Book:
    """This will build a utility's ledger with so many households, by default ten for a payment."""
    book = Book(seed, ("digits", "INV", "RE")[seed % 3], number_space=10**8)
    book.make_reference = references.MAKERS[seed % len(references.MAKERS)]
    behave(book, UTILITY, payments)
    households.fill(book, homes or payments * 10)
    shuffle(book)
    return book


def behave(book: Book, weights: dict[Behaviour, int], payments: int) -> None:
    behaviours = list(weights)
    while len(book.payments) < payments:
        chosen = book.rng.choices(behaviours, list(weights.values()), k=200)
        for behaviour in chosen:
            if len(book.payments) >= payments:
                break
            behaviour(book)


def shuffle(book: Book) -> None:
    """No order of the files may tell what belongs together."""
    book.rng.shuffle(book.items)
    book.rng.shuffle(book.customers)
    book.rng.shuffle(book.payments)
    book.finish()


def money(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def write_files(book: Book, folder: Path) -> dict[str, Path]:
    """This will write the four files that `concilia match` reads."""
    tables = {
        "customers": customer_rows(book),
        "open_items": item_rows(book),
        "payments": payment_rows(book),
        "remittances": remittance_rows(book),
    }
    paths = {}
    for name, rows in tables.items():
        paths[name] = folder / f"{name}.csv"
        with paths[name].open("w", newline="", encoding="utf-8") as target:
            csv.writer(target).writerows(rows)
    return paths


def customer_rows(book: Book) -> list[list[str]]:
    header = "customer_id,name,payer_group,ibans,vat_number,email_domains"
    return [header.split(",")] + [
        [c.id, c.name, c.group, "|".join(c.ibans), c.vat_number, "|".join(c.domains)]
        for c in book.customers
    ]


def item_rows(book: Book) -> list[list[str]]:
    header = (
        "item_id,customer_id,document_kind,document_number,order_number,delivery_number,"
        "issue_date,due_date,currency,original_amount,open_amount,disputed_amount,"
        "discount_percent,discount_until,structured_reference"
    )
    return [header.split(",")] + [
        [
            *(i.id, i.customer.id, i.kind, i.number, i.order, i.delivery),
            *(f"{i.issued}", f"{i.due}", i.currency),
            *(money(i.original), money(i.open), money(i.disputed), i.discount_percent),
            *(f"{i.discount_until or ''}", i.reference),
        ]
        for i in book.items
    ]


def payment_rows(book: Book) -> list[list[str]]:
    header = (
        "payment_id,booking_date,value_date,currency,amount,payer_name,payer_iban,"
        "remittance_text,structured_reference,end_to_end_id"
    )
    return [header.split(",")] + [
        [
            *(p.id, f"{p.booked}", f"{p.booked}", p.currency, money(p.amount)),
            *(p.payer_name, p.payer_iban, p.text, p.reference, p.end_to_end),
        ]
        for p in book.payments
    ]


def remittance_rows(book: Book) -> list[list[str]]:
    header = (
        "remittance_id,payer_name,payer_iban,date,currency,total,line,document_number,"
        "gross,discount,deduction,reason_text,net"
    )
    rows = [header.split(",")]
    for a in book.advices:
        for place, line in enumerate(a.lines, 1):
            amounts = (line.gross, line.discount, line.deduction)
            rows.append(
                [
                    *(a.id, a.payer_name, a.payer_iban, f"{a.sent}", a.currency, money(a.total)),
                    *(f"{place}", line.number, *map(money, amounts)),
                    *(line.reason_text, money(line.net)),
                ]
            )
    return rows
