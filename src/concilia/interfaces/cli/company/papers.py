"""
Papers with text in them: debit notes, service invoices, signed delivery notes, contracts,
receipts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache

import typst

from concilia.interfaces.cli.company.facts import Facts, date_text, money_text
from concilia.interfaces.cli.company.layouts import DESIGNS
from concilia.interfaces.cli.company.paper_words import (
    CLOSINGS,
    COUNTED_COLUMNS,
    HEADINGS,
    INTROS,
    OURS,
    REASON_CELLS,
    REASON_COLUMN,
    TITLES,
)
from concilia.interfaces.cli.company.plots import Plot
from concilia.interfaces.cli.company.script import Item
from concilia.interfaces.cli.company.shapes import ClaimLine, Customer, Sale, share

DESIGN_OF = {
    "frischmarkt": "grid", "lindner": "letter", "kornhaus": "letter", "lindner-wkz": "letter",
    "frischmarkt-poenale": "grid", "valdarno": "printout", "bonfanti": "grid",
    "pontalto-servizi": "letter", "abruzzo": "printout", "hartley": "form", "thornbury": "form",
    "marceau": "letter", "marceau-penalite": "printout", "dorval": "grid", "vauclerc": "form",
    "ormesson-coop": "printout", "laribera": "printout", "peralta": "letter",
    "laribera-servicios": "grid",
}  # fmt: skip
SERVICE_VAT = 2200


@dataclass(frozen=True, slots=True)
class Page:
    """What a page design needs; every text is already in the writer's language."""

    lang: str
    brand: str
    issuer: str
    vat: str
    phone: str
    place: str
    to: Sequence[str]
    title: str
    number: str
    date: str
    refs: Sequence[Sequence[str]]
    intro: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    totals: Sequence[Sequence[str]]
    closing: str
    signer: str


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(ignore_system_fonts=True)


def to_pdf(design: str, page: Page) -> bytes:
    """Give a page as PDF: the same bytes for the same page, with the fonts Typst brings along."""
    data = json.dumps(asdict(page), ensure_ascii=False)
    made = _compiler().compile(
        input=DESIGNS[design].encode(), sys_inputs={"data": data}, format="pdf"
    )
    assert isinstance(made, bytes), "one file, given back and not written"
    return made


def issuer_of(customer: Customer) -> dict[str, str]:
    """Give the letterhead of a customer."""
    return {
        "lang": customer.language,
        "brand": customer.name,
        "issuer": f"{customer.legal_name} · {customer.street} · {customer.city}",
        "vat": customer.vat_number,
        "phone": customer.people[0].phone,
        "place": customer.city,
    }


def debit_note(plot: Plot, facts: Facts, written: date) -> bytes:
    """
    Give the customer's debit note, penalty or service invoice for a claim, in their own layout.
    """
    language = plot.sender.language
    kind = _kind_of(plot)
    words = facts.words | {"order_printed": _order_as_printed(plot, facts)}
    refs = [[label, text.format_map(words)] for label, text in HEADINGS[language]["refs"]]
    service = plot.script.reason == "CO-03"
    counts = plot.script.layout == "lindner"
    columns = COUNTED_COLUMNS if counts else HEADINGS[language]["columns"]
    row = _counted_row if counts else _row
    rows = [
        row(plot, item, line, language)
        for item, line in zip(plot.script.items, facts.lines, strict=True)
    ]
    if len({item.reason for item in plot.script.items}) > 1:
        columns = [*columns[:2], REASON_COLUMN[language], *columns[2:]]
        rows = [
            [*cells[:2], REASON_CELLS.get(item.reason, {}).get(language, ""), *cells[2:]]
            for cells, item in zip(rows, plot.script.items, strict=True)
        ]
    page = Page(
        **issuer_of(plot.sender),
        to=OURS,
        title=TITLES[language][kind],
        number=facts.words["dn"],
        date=date_text(written, language),
        refs=refs[:1] if service else refs,
        intro=INTROS[language][kind].format_map(words),
        columns=columns,
        rows=rows,
        totals=_totals(plot, facts, language),
        closing=CLOSINGS[language].format_map(words),
        signer=plot.sender.people[0].name,
    )
    return to_pdf(DESIGN_OF[plot.script.layout], page)


def signed_note(plot: Plot, facts: Facts, language: str) -> bytes:
    """Give the carrier's copy of the delivery note, with the receiver's reserve and name."""
    sale = plot.sale
    lines = [line for line in sale.lines if not line.is_service]
    reserve = "; ".join(line.pod_reserve for line in lines if line.pod_reserve)
    page = Page(
        lang=language,
        brand=sale.carrier,
        issuer="",
        vat="",
        phone="",
        place=plot.customer.city,
        to=OURS,
        title="DDT / CMR",
        number=sale.delivery_number,
        date=date_text(sale.delivered or sale.issued, language),
        refs=[
            ["Mittente", "Molino Aurora S.r.l."],
            ["Destinatario", plot.customer.legal_name],
            ["Ordine", f"{sale.order_number} / {sale.customer_order}"],
            ["Colli", str(sum(line.quantity for line in lines))],
        ],
        intro="Riserve del destinatario / remarks of the consignee",
        columns=["Cod.", "Descrizione", "Colli"],
        rows=[[line.sku, line.description, str(line.quantity)] for line in lines],
        totals=[],
        closing=reserve or "-",
        signer=plot.customer.people[-2].name,
    )
    return to_pdf("slip", page)


def plain_paper(  # noqa: PLR0913 - a paper is made of these
    customer: Customer,
    *,
    title: str,
    number: str,
    written: date,
    rows: Sequence[Sequence[str]],
    intro: str = "",
    closing: str = "",
    design: str = "letter",
) -> bytes:
    """Give a simple paper of a customer: a receipt, an agreement, a list."""
    width = len(rows[0])
    page = Page(
        **issuer_of(customer),
        to=OURS,
        title=title,
        number=number,
        date=date_text(written, customer.language),
        refs=[],
        intro=intro,
        columns=rows[0],
        rows=[list(row)[:width] for row in rows[1:]],
        totals=[],
        closing=closing,
        signer=customer.people[0].name,
    )
    return to_pdf(design, page)


def remittance_paper(
    payer: Customer, sales: Sequence[Sale], paid: Mapping[str, int], day: date
) -> bytes:
    """Give a payer's list of what a transfer settles, as PDF."""
    language = payer.language
    head = HEADINGS[language]["remittance"]
    rows = [
        [
            sale.number,
            date_text(sale.issued, language),
            money_text(sale.signed_total, language),
            money_text(sale.signed_total - paid[sale.number], language),
            money_text(paid[sale.number], language),
        ]
        for sale in sales
    ]
    rows.append(["", "", "", head[-1], money_text(sum(paid.values()), language)])
    return plain_paper(
        payer,
        title=TITLES[language]["remittance"],
        number=f"{day:%Y%m%d}",
        written=day,
        rows=[head[:5], *rows],
        design="printout",
    )


def _kind_of(plot: Plot) -> str:
    reason = plot.script.reason
    return {"CO-03": "service", "NC-12": "penalty"}.get(reason, "debit")


def _order_as_printed(plot: Plot, facts: Facts) -> str:
    """One customer's clerk hits a wrong key: the order on BA-4471 is not one of ours."""
    order = facts.words["po"]
    return order.replace("8842", "8342") if plot.script.key == "lindner-tagliatelle" else order


def _row(plot: Plot, item: Item, line: ClaimLine, language: str) -> list[str]:
    total = money_text(line.claimed, language)
    if not item.sku:
        return ["", item.note or item.reason, "", "", total]
    description = plot.sale.line(item.sku).description
    unit = item.cents if item.kind == "price" else line.unit_price
    if item.kind == "promo":
        return [item.sku, f"{description} -{item.cents // 100}%", str(line.quantity), "", total]
    return [item.sku, description, str(line.quantity), money_text(unit, language), total]


def _counted_row(plot: Plot, item: Item, line: ClaimLine, language: str) -> list[str]:
    """One customer counts: ordered, delivered, missing."""
    ordered = plot.sale.line(item.sku)
    return [
        item.sku,
        ordered.description,
        f"{ordered.quantity} Kt.",
        f"{ordered.quantity - line.quantity} Kt.",
        f"{line.quantity} Kt.",
        money_text(line.unit_price, language),
        money_text(line.claimed, language),
    ]


def _totals(plot: Plot, facts: Facts, language: str) -> list[list[str]]:
    words = HEADINGS[language]["totals"]
    total = [words[2], f"{money_text(facts.claimed, language)} EUR"]
    if plot.sender.country != "IT" or plot.script.reason not in ("CO-03", "NC-01", "CO-01"):
        return [total]
    if plot.script.reason == "CO-03":
        net = facts.claimed - share(facts.claimed, 10_000 * SERVICE_VAT // (10_000 + SERVICE_VAT))
    else:
        net = sum(_net(plot, line) for line in facts.lines)
    vat = facts.claimed - net
    return [[words[0], money_text(net, language)], [words[1], money_text(vat, language)], total]


def _net(plot: Plot, line: ClaimLine) -> int:
    rate = plot.sale.line(line.sku).vat_bp
    net = line.claimed * 10_000 // (10_000 + rate)
    while net + share(net, rate) < line.claimed:
        net += 1
    return net
