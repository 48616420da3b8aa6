"""
The arithmetic of a claim: what is wanted, what the records prove, and the words a letter fills
in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from concilia.interfaces.cli.company.catalogue import short_name
from concilia.interfaces.cli.company.plots import HOME_VAT, Plot
from concilia.interfaces.cli.company.script import Item
from concilia.interfaces.cli.company.shapes import ClaimLine, Sale, SaleLine, share

REDUCED_VAT = 400
THOUSANDS = {"it": ".", "de": ".", "es": ".", "fr": "\N{NO-BREAK SPACE}", "en": ","}
DECIMALS = {"it": ",", "de": ",", "es": ",", "fr": ",", "en": "."}


@dataclass(frozen=True, slots=True)
class Facts:
    """The lines of a claim and its sums in gross cents, and the words for its letters."""

    lines: tuple[ClaimLine, ...]
    claimed: int
    valid: int
    words: dict[str, str]


def money_text(cents: int, language: str) -> str:
    """Write an amount as people of a language do."""
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", THOUSANDS[language])
    return f"{'-' if cents < 0 else ''}{grouped}{DECIMALS[language]}{rest:02d}"


def date_text(day: date, language: str) -> str:
    """Write a date in figures as people of a language do."""
    mark = "." if language == "de" else "/"
    return f"{day.day:02d}{mark}{day.month:02d}{mark}{day.year}"


def digits_of(number: str) -> str:
    """Give the serial of a document number as people quote it: FT-2026/03187 → 3187."""
    return number.rpartition("/")[2].lstrip("0")


def facts_of(plot: Plot, sales: list[Sale], written: date) -> Facts:
    """Compute the claim of a plot and the words for a letter written on a day."""
    lines = tuple(_line(plot, item, sales) for item in plot.script.items)
    claimed, valid = sum(line.claimed for line in lines), sum(line.valid for line in lines)
    language = plot.sender.language
    sale = plot.sale
    words = {
        "inv": sale.number,
        "digits": digits_of(sale.number),
        "inv_date": date_text(sale.issued, language),
        "due": date_text(sale.due, language),
        "total": money_text(sale.total, language),
        "ddt": sale.delivery_number,
        "ddt_n": sale.delivery_number.removeprefix("DDT "),
        "po": sale.customer_order,
        "delivered": date_text(sale.delivered or sale.issued, language),
        "amount": money_text(claimed, language),
        "valid": money_text(valid, language),
        "dn": plot.script.dn.format(year=sale.issued.year),
        "twin": plot.twin.number if plot.twin else "",
        "year": str(sale.issued.year),
        "deadline": date_text(written + timedelta(days=14), language),
    }
    for n, other in enumerate(plot.companions, start=2):
        words[f"inv{n}"] = other.number
    for n, (item, line) in enumerate(zip(plot.script.items, lines, strict=True), start=1):
        words |= _line_words(plot, item, line, n)
    return Facts(lines, claimed, valid, words)


def half_year_turnover(plot: Plot, sales: list[Sale]) -> list[tuple[date, int]]:
    """Give our net turnover with a customer by month, the six months before the plot's invoice."""
    first = plot.sale.issued.replace(day=1)
    months = []
    for _ in range(6):
        last = first
        first = (first - timedelta(days=1)).replace(day=1)
        ours = (
            sale.net
            for sale in sales
            if sale.customer is plot.customer
            and sale.kind == "invoice"
            and first <= sale.issued < last
        )
        months.append((first, sum(ours)))
    return months[::-1]


def discount_of(sale: Sale) -> int:
    """Give the cash discount of an invoice in cents, whether still due or not."""
    return share(sale.total, sale.customer.discount_bp)


def _line(plot: Plot, item: Item, sales: list[Sale]) -> ClaimLine:
    line = plot.sale.line(item.sku) if item.sku else None
    quantity, proven, unit, claimed, valid = _amounts(plot, item, line, sales)
    rate = line.vat_bp if line and item.kind != "vat" else 0
    return ClaimLine(
        reason=item.reason,
        sku=item.sku,
        quantity=quantity,
        proven_quantity=proven,
        unit_price=unit,
        claimed=claimed + share(claimed, rate),
        valid=valid + share(valid, rate),
    )


def _amounts(
    plot: Plot, item: Item, line: SaleLine | None, sales: list[Sale]
) -> tuple[int, int, int, int, int]:
    if line is None:
        claimed, valid = _unlined(plot, item, sales)
        return 0, 0, 0, claimed, valid
    return _lined(plot, item, line)


def _lined(plot: Plot, item: Item, line: SaleLine) -> tuple[int, int, int, int, int]:
    quantity, unit = line.quantity, line.unit_price
    if item.kind == "price":
        quantity += sum(sale.line(item.sku).quantity for sale in plot.companions)
        return quantity, quantity, unit, quantity * item.cents, quantity * item.valid
    if item.kind == "promo":
        cut = share(line.net, item.cents)
        return quantity, quantity, unit, cut, cut if item.valid else 0
    if item.kind == "vat":
        extra = share(line.net, HOME_VAT) - share(line.net, REDUCED_VAT)
        return quantity, quantity, unit, extra, extra
    if item.kind == "charge":
        return 1, 1, unit, item.cents, item.valid
    return item.claimed, item.proven, unit, item.claimed * unit, item.proven * unit


def _unlined(plot: Plot, item: Item, sales: list[Sale]) -> tuple[int, int]:
    if item.kind == "whole":
        return plot.sale.total, plot.sale.total if item.valid else 0
    if item.kind == "paper":
        return plot.sale.total if item.reason == "NC-25" else 0, 0
    if item.kind == "rebate":
        turnover = sum(amount for _, amount in half_year_turnover(plot, sales))
        above = share(turnover, item.valid)
        return share(turnover + above, item.cents), share(turnover, item.cents)
    if item.note == "late-discount":
        return discount_of(plot.sale), 0
    return item.cents, item.valid


def _line_words(plot: Plot, item: Item, line: ClaimLine, n: int) -> dict[str, str]:
    language = plot.sender.language
    rate = f"{item.cents / 100:g}".replace(".", DECIMALS[language])
    words = {f"a{n}": money_text(line.claimed, language), f"r{n}": f"{rate}%"}
    if item.sku:
        words |= {
            f"sku{n}": item.sku,
            f"product{n}": short_name(plot.sale.line(item.sku).description),
            f"q{n}": str(line.quantity),
            f"u{n}": money_text(line.unit_price, language),
            f"c{n}": money_text(line.unit_price - item.cents, language),
            f"d{n}": money_text(item.cents, language),
        }
    return words
