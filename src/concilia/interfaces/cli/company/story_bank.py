"""
The payments the stories are about: short, too late for a discount, repaid, or simply the rest.
"""

from __future__ import annotations

from datetime import date, timedelta

from concilia.interfaces.cli.company.bank import BankBook, credit
from concilia.interfaces.cli.company.facts import Facts, digits_of, discount_of, facts_of
from concilia.interfaces.cli.company.plots import Plot
from concilia.interfaces.cli.company.routes import state_of
from concilia.interfaces.cli.company.shapes import Customer, Sale
from concilia.interfaces.cli.company.workdays import shift_workdays, workday_from

SETTLED = ("CLOSED", "POSTED", "WITHDRAWN")
BIG_GRANTS = ("CO-03", "CO-05")
LINDNER = "RE {late} {n} U {early} ABZGL 2% SKONTO UND BELASTUNG 4471 FEHLM"
REPAID = {
    "it": "SALDO DIFFERENZA FT {n}",
    "de": "NACHZAHLUNG RE {n}",
    "fr": "COMPLEMENT FACT {n}",
    "es": "RESTO FRA {n}",
    "en": "BALANCE OF {inv}",
}
REST = {
    "it": "SALDO FT {inv}",
    "de": "RE {inv}",
    "fr": "FACTURE {inv}",
    "es": "FRA {inv}",
    "en": "INV {inv}",
}


def pay_stories(
    plots: list[Plot],
    book: BankBook,
    as_of: date,
    sales: list[Sale],
    customers: dict[str, Customer],
) -> dict[str, str]:
    """Book the payments scripts tell of, and give the bank's reference of each by script."""
    refs = {}
    for plot in plots:
        pay = plot.script.pay
        if pay is None:
            continue
        payer = customers[plot.customer.payer_slug]
        day = shift_workdays(as_of, -pay.day)
        facts = facts_of(plot, sales, day)
        if plot.companions:
            cents, text = _three_at_once(plot, facts)
        else:
            cents = _paid(plot, facts)
            text = pay.text.format(n=digits_of(plot.sale.number), inv=plot.sale.number)
        refs[plot.script.key] = book.receive(payer, day, cents, text=text)
        for sale in (plot.sale, *plot.companions):
            sale.paid_on = day
    return refs


def pay_extras(extras: list[Sale], book: BankBook, as_of: date) -> None:
    """Book one transfer that fits two invoices of the same amount equally well."""
    sale = extras[0]
    day = shift_workdays(as_of, -1)
    book.receive(sale.customer, day, sale.total, text="BONIFICO SALDO FATTURA")


def pay_after(
    book: BankBook, plot: Plot, facts: Facts, payer: Customer, last: date, settled_on: date
) -> None:
    """Book what the customer pays once the claim is settled: the invoice less what was credited."""
    sale, customer = plot.sale, plot.customer
    if sale.paid_on is not None or state_of(plot, facts) not in SETTLED:
        return
    due = sale.due + timedelta(days=customer.lateness)
    day = workday_from(max(due, shift_workdays(settled_on, 2)))
    is_full = plot.twin is not None or plot.script.reason in BIG_GRANTS
    cents = sale.total if is_full else sale.total - facts.valid
    if cents <= 0 or day > last or plot.companions:
        return
    words = {"inv": sale.number, "n": digits_of(sale.number)}
    book.receive(payer, day, cents, text=REST[customer.language].format(**words))
    sale.paid_on = day


def repay(book: BankBook, plot: Plot, facts: Facts, payer: Customer, day: date) -> str:
    """Book the transfer by which a refused deduction, or a whole invoice, is paid after all."""
    words = {"inv": plot.sale.number, "n": digits_of(plot.sale.number)}
    text = REPAID[plot.sender.language].format(**words)
    if plot.sale.paid_on is None:
        plot.sale.paid_on = day
    return book.add(credit(payer, day, facts.claimed, text=text))


def _paid(plot: Plot, facts: Facts) -> int:
    assert plot.script.pay is not None
    if plot.script.pay.how == "late-discount":
        return plot.sale.total - discount_of(plot.sale)
    return plot.sale.total - facts.claimed


def _three_at_once(plot: Plot, facts: Facts) -> tuple[int, str]:
    """
    One transfer for three invoices: discounts earned on two, one taken too late, cartons missing.
    """
    sales = (plot.sale, *plot.companions)
    cents = sum(sale.total - discount_of(sale) for sale in sales) - facts.claimed
    late, early = plot.companions
    text = LINDNER.format(
        n=digits_of(plot.sale.number), late=digits_of(late.number), early=digits_of(early.number)
    )
    return cents, text
