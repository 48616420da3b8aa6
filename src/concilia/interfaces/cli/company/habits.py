"""
When and how each customer pays what nobody disputes, and the odd things that happen on the way.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from concilia.interfaces.cli.company.bank import BankBook, credit
from concilia.interfaces.cli.company.facts import digits_of
from concilia.interfaces.cli.company.shapes import Customer, Entry, Sale, share
from concilia.interfaces.cli.company.workdays import last_workday, shift_workdays, workday_from

ONE_BY_ONE = ("exact", "mute", "rf", "sdd")
STATEMENT_DAYS = (5, 20)
FORGOTTEN_SHARE = 0.035
DISCOUNT_SHARE = 0.82
MONTHS = {
    "it": "GENNAIO FEBBRAIO MARZO APRILE MAGGIO GIUGNO LUGLIO AGOSTO SETTEMBRE OTTOBRE "
    "NOVEMBRE DICEMBRE",
    "es": "ENERO FEBRERO MARZO ABRIL MAYO JUNIO JULIO AGOSTO SEPTIEMBRE OCTUBRE "
    "NOVIEMBRE DICIEMBRE",
}
STATEMENT = {"it": "ESTRATTO CONTO {month}", "es": "PAGO FACTURAS {month}"}
ONE = {
    "it": ("SALDO FATTURA {inv}", "PAG. FT {n} DEL {day}", "BONIFICO {inv} SALDO", "FATT. {n}"),
    "de": ("RECHNUNG {inv}", "RE {n} VOM {day}", "RG-NR {inv} KD {customer}", "RE-NR. {n}"),
    "fr": ("FACTURE {inv}", "VIR FACT {n}", "REGLEMENT FACT {inv} DU {day}", "FACT {n}"),
    "es": ("PAGO FACTURA {inv}", "FRA {n}", "TRANSF. FRA. {inv} DE {day}", "FACTURA {n}"),
    "en": ("INVOICE {inv}", "INV {n}", "YOUR INV {inv} {day}", "PAYMENT INV {n}"),
}
MANY = {
    "it": "SALDO FATTURE {all}",
    "de": "RECHNUNGEN {all}",
    "fr": "VIR FACT {all}",
    "es": "PAGO FRAS {all}",
    "en": "INVS {all}",
}
LESS_DISCOUNT = {"it": "SCONTO", "de": "SKONTO", "fr": "ESCOMPTE", "es": "DTO PP", "en": "DISC"}
MUTE = {
    "it": "BONIFICO SALDO FATTURA",
    "es": "PAGO",
    "de": "ZAHLUNG",
    "fr": "VIREMENT",
    "en": "PAYMENT",
}
REMITTANCE = {
    "it": "DISTINTA PAGAMENTI {day}",
    "de": "ZAHLUNGSAVIS {day}",
    "fr": "AVIS DE REGLEMENT {day}",
    "es": "RELACION DE PAGOS {day}",
    "en": "REMITTANCE {day}",
}


@dataclass(slots=True)
class Transfer:
    """
    A payment of one day: the invoices and credit notes it settles, what it is short or over by.
    """

    payer: Customer
    day: date
    sales: list[Sale]
    difference: int = 0
    text: str | None = None
    charges: int = 0
    ultimate: str = ""
    ref: str = ""
    is_strange: bool = False
    paid: dict[str, int] = field(default_factory=dict)

    @property
    def is_doubtful(self) -> bool:
        """Say whether no rule alone should settle it: a whole statement, or an unknown hand."""
        return self.is_strange or self.payer.pays == "statement"

    @property
    def amount(self) -> int:
        """Give what arrives, in cents."""
        return sum(self.paid.values()) + self.difference


def plan_payments(rng: Random, sales: list[Sale]) -> None:
    """Decide for every invoice nobody disputes when it is paid; it may be after today."""
    for sale in sales:
        if sale.kind == "invoice" and not sale.is_story:
            sale.paid_on = _pay_day(rng, sale)


def transfers(
    sales: list[Sale], customers: dict[str, Customer], window: tuple[date, date]
) -> list[Transfer]:
    """Group what is paid within the window (both ends included) as each payer groups it."""
    groups: dict[tuple[str, date, str], list[Sale]] = defaultdict(list)
    for sale in sales:
        if sale.is_story or sale.paid_on is None or not window[0] <= sale.paid_on <= window[1]:
            continue
        payer = customers[sale.customer.payer_slug]
        single = sale.number if payer.pays in ONE_BY_ONE else ""
        groups[payer.slug, sale.paid_on, single].append(sale)
    found = []
    for (slug, day, _), group in sorted(groups.items(), key=lambda pair: (pair[0][1], pair[0])):
        transfer = Transfer(customers[slug], day, group)
        transfer.paid = {sale.number: paid_for(sale, day) for sale in group}
        found.append(transfer)
    return found


def paid_for(sale: Sale, day: date) -> int:
    """
    Give what a transfer on a day pays for a document: less the discount in time, minus for
    credits.
    """
    if sale.kind == "credit_note":
        return -sale.total
    customer = sale.customer
    in_time = customer.discount_bp and day <= sale.issued + timedelta(days=customer.discount_days)
    return sale.total - (share(sale.total, customer.discount_bp) if in_time else 0)


def book_transfer(rng: Random, book: BankBook, transfer: Transfer) -> Entry:
    """Book a transfer with the words its payer uses, and remember the bank's reference in it."""
    payer = transfer.payer
    text = transfer.text if transfer.text is not None else _text(rng, transfer)
    entry = credit(payer, transfer.day, transfer.amount - transfer.charges, text=text)
    first = transfer.sales[0] if transfer.sales else None
    changes: dict[str, object] = {"charges": transfer.charges, "ultimate": transfer.ultimate}
    if payer.pays == "rf" and first is not None and transfer.text is None:
        changes |= {"reference": first.reference, "text": ()}
    elif payer.pays == "sdd" and first is not None:
        ours = first.number.replace("/", "-")
        changes |= {"end_to_end": f"SDD-{ours}", "family": "RDDT", "text": (f"SDD {ours}",)}
    elif payer.pays == "structured":
        changes["documents"] = tuple(
            ("CREN" if sale.kind == "credit_note" else "CINV", sale.number, sale.total, paid)
            for sale, paid in zip(transfer.sales, transfer.paid.values(), strict=True)
        )
        changes["text"] = ()
    entry = replace(entry, **changes)  # type: ignore[arg-type]
    transfer.ref = book.add(entry)
    return replace(entry, ref=transfer.ref)


def invoice_text(language: str, n: int, sale: Sale) -> str:
    """Give the words of a payment for one invoice, in one of four manners."""
    patterns = ONE[language]
    return patterns[n % len(patterns)].format(
        inv=sale.number,
        n=digits_of(sale.number),
        day=f"{sale.issued:%d/%m/%Y}",
        customer=sale.customer.number,
    )


def _pay_day(rng: Random, sale: Sale) -> date:
    customer = sale.customer
    if customer.pays == "sdd":
        return workday_from(sale.due)
    if customer.discount_bp and rng.random() < DISCOUNT_SHARE:
        target = sale.issued + timedelta(days=customer.discount_days - rng.randint(0, 3))
        return last_workday(target)
    late = round(rng.gauss(customer.lateness, 1.5 + customer.lateness / 3))
    if rng.random() < FORGOTTEN_SHARE:
        late += rng.randint(35, 190)
    target = sale.due + timedelta(days=max(late, -2))
    if customer.pays == "statement":
        while target.day not in STATEMENT_DAYS:
            target += timedelta(days=1)
    elif customer.pays not in ONE_BY_ONE:
        run_day = int(customer.number) % 5
        target += timedelta(days=(run_day - target.weekday()) % 7)
    return workday_from(max(target, shift_workdays(sale.issued, 2)))


def _text(rng: Random, transfer: Transfer) -> str:
    payer, sales = transfer.payer, transfer.sales
    language = payer.language
    if payer.pays == "mute":
        return MUTE[language]
    if payer.pays == "remittance":
        return REMITTANCE[language].format(day=f"{transfer.day:%d/%m/%Y}")
    if payer.pays == "statement":
        month = (transfer.day.replace(day=1) - timedelta(days=1)).month
        return STATEMENT[language].format(month=MONTHS[language].split()[month - 1])
    if len(sales) == 1:
        text = invoice_text(language, rng.randrange(4), sales[0])
    else:
        numbers = " ".join(
            digits_of(sale.number) if payer.pays == "terse" else sale.number for sale in sales
        )
        text = MANY[language].format(all=numbers)
    if any(transfer.paid[sale.number] < sale.total for sale in sales if sale.kind == "invoice"):
        text += f" ./. {payer.discount_bp // 100}% {LESS_DISCOUNT[language]}"
    return text
