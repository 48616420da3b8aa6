"""What customers, carriers and colleagues attach: made once a claim's facts are known."""

from __future__ import annotations

from datetime import date

from concilia.interfaces.cli.company.catalogue import short_name
from concilia.interfaces.cli.company.facts import (
    Facts,
    date_text,
    half_year_turnover,
    money_text,
)
from concilia.interfaces.cli.company.papers import debit_note, plain_paper, signed_note
from concilia.interfaces.cli.company.pictures import crate_photo
from concilia.interfaces.cli.company.plots import Plot
from concilia.interfaces.cli.company.shapes import File, Paper, Sale, share
from concilia.interfaces.cli.company.sheets import Cell, to_xlsx

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTE_NAMES = {
    "it": "nota_addebito_{n}.pdf",
    "de": "{n}_Belastung.pdf",
    "fr": "note-debit-{n}.pdf",
    "es": "cargo_{n}.pdf",
    "en": "{n} debit note.pdf",
}
SERVICE_NAMES = {
    "it": "Fattura_{n}.pdf",
    "de": "Rechnung {n}.pdf",
    "fr": "Facture_{n}.pdf",
    "es": "factura-{n}.pdf",
    "en": "Invoice {n}.pdf",
}
RECEIPTS = {
    "it": ("Ricevuta di pagamento", "Bollettino postale", "Importo"),
    "en": ("Payment confirmation", "Faster payment", "Amount"),
}
TEARSHEETS = {
    "it": "Volantino",
    "fr": "Prospectus",
    "es": "Folleto",
    "de": "Kundenmagazin",
    "en": "Flyer",
}
TURNOVER_HEADS: dict[str, list[Cell]] = {
    "it": ["Mese", "Fatturato netto", "Premio"],
    "de": ["Monat", "Nettoumsatz", "Bonus"],
    "fr": ["Mois", "CA net", "RFA"],
    "es": ["Mes", "Compras netas", "Rápel"],
    "en": ["Month", "Net purchases", "Rebate"],
}


def claim_files(plot: Plot, facts: Facts, written: date, sales: list[Sale]) -> tuple[File, ...]:
    """Give what is attached to the first message of a claim."""
    files = []
    if plot.script.layout:
        names = SERVICE_NAMES if plot.script.reason == "CO-03" else NOTE_NAMES
        name = names[plot.sender.language].format(n=plain_name(facts.words["dn"]))
        files.append(File(name, PDF, debit_note(plot, facts, written)))
    for n, kind in enumerate(plot.script.files.split(), start=1):
        files.append(_file(plot, facts, kind, n, written, sales))
    return tuple(files)


def answer_files(plot: Plot, facts: Facts, written: date, sales: list[Sale]) -> tuple[File, ...]:
    """Give what a customer sends when asked for proof: the page that was printed."""
    if plot.script.reason != "CO-03":
        return ()
    return (_file(plot, facts, "tearsheet", 1, written, sales),)


def pod_file(plot: Plot, facts: Facts, language: str) -> File:
    """Give the signed delivery note as a carrier's scan service sends it."""
    number = plain_name(plot.sale.delivery_number)
    return File(f"POD_{number}.pdf", PDF, signed_note(plot, facts, language))


def evidence(plot: Plot, facts: Facts, kind: str) -> Paper:
    """
    Give a file a colleague adds: a contract, photos, a report of the laboratory, delivery papers.
    """
    key = f"{plot.script.key}/{kind}"
    if kind == "photos":
        return Paper(key, f"{plot.script.key}.jpg", "image/jpeg", _photo(plot, 7))
    if kind == "papers":
        return Paper(key, "DDT.pdf", PDF, signed_note(plot, facts, "it"))
    titles = {"contract": "Contract", "lab": "Quality report"}
    rows = [["Ref.", "Subject", "Result"]]
    for line in facts.lines:
        what = short_name(plot.sale.line(line.sku).description) if line.sku else line.reason
        rows.append([facts.words["inv"], what, f"{line.valid / 100:.2f} EUR"])
    content = plain_paper(
        plot.sender,
        title=titles[kind],
        number=plain_name(facts.words["dn"] or plot.sale.number),
        written=plot.sale.issued,
        rows=rows,
        design="grid",
    )
    return Paper(key, f"{kind}.pdf", PDF, content)


def plain_name(text: str) -> str:
    """Give a document number as part of a file name."""
    return text.replace("/", "-").replace(" ", "")


def _file(plot: Plot, facts: Facts, kind: str, n: int, written: date, sales: list[Sale]) -> File:
    if kind == "photo":
        as_png = len(plot.script.key) % 3 == 0
        media = "image/png" if as_png else "image/jpeg"
        name = f"IMG_{2000 + len(plot.script.key) * 37 + n}.{'png' if as_png else 'jpg'}"
        return File(name, media, _photo(plot, n, as_png=as_png))
    if kind == "turnover":
        return File("turnover.xlsx", XLSX, _turnover(plot, facts, sales))
    if kind == "xlsx":
        return File("confronto_prezzi.xlsx", XLSX, _price_check(plot, facts))
    if kind == "receipt":
        return File("receipt.pdf", PDF, _receipt(plot, written))
    title = TEARSHEETS[plot.sender.language]
    rows = [["p.", title], ["12", "Molino Aurora: Tagliatelle, Lasagne"]]
    content = plain_paper(plot.sender, title=title, number="12", written=written, rows=rows)
    return File(f"{title.lower()}_p12.pdf", PDF, content)


def _photo(plot: Plot, n: int, *, as_png: bool = False) -> bytes:
    sku = plot.script.items[0].sku or plot.sale.lines[0].sku
    label = f"MOLINO AURORA {sku}"
    return crate_photo(sum(plot.script.key.encode()) + n, label, as_png=as_png)


def _turnover(plot: Plot, facts: Facts, sales: list[Sale]) -> bytes:
    item = plot.script.items[0]
    rows: list[list[Cell]] = [TURNOVER_HEADS[plot.sender.language]]
    total = bonus = 0
    months = half_year_turnover(plot, sales)
    for n, (month, ours) in enumerate(months):
        theirs = ours + share(ours, item.valid)
        part = share(theirs, item.cents) if n < len(months) - 1 else facts.claimed - bonus
        total, bonus = total + theirs, bonus + part
        rows.append([f"{month:%m/%Y}", theirs, part])
    rows.append(["", total, bonus])
    return to_xlsx(facts.words["dn"], rows)


def _price_check(plot: Plot, facts: Facts) -> bytes:
    rows: list[list[Cell]] = [["Codice", "Q.tà", "Fatturato", "Contratto", "Differenza"]]
    for item, line in zip(plot.script.items, facts.lines, strict=True):
        contract = line.unit_price - item.cents
        rows.append([line.sku, line.quantity * 100, line.unit_price, contract, line.claimed])
    rows.append(["Totale IVA compresa", "", "", "", facts.claimed])
    return to_xlsx(plain_name(plot.sale.number), rows)


def _receipt(plot: Plot, written: date) -> bytes:
    language = plot.sender.language
    title, kind, amount = RECEIPTS[language]
    rows = [
        [kind, date_text(plot.sale.due, language)],
        [amount, f"{money_text(plot.sale.total, language)} EUR"],
        ["", "Molino Aurora"],
    ]
    return plain_paper(
        plot.sender, title=title, number="0098841", written=written, rows=rows, design="grid"
    )
