"""FatturaPA, the Italian e-invoice: ordinary and simplified, one header and one or more bodies."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from concilia.documents.core.parsed import Attachment
from concilia.plugins.parsers.einvoice.nodes import (
    Node,
    any_words,
    currency_code,
    day,
    embedded,
    every,
    first,
    number,
    words,
)
from concilia.plugins.parsers.einvoice.paper import (
    Adjustment,
    Mention,
    Paper,
    Party,
    Position,
    TaxLine,
    Totals,
)

CREDIT_NOTES: Final = frozenset({"TD04", "TD08"})
DEBIT_NOTES: Final = frozenset({"TD05", "TD09"})
# Written by the buyer in the seller's place: TD16 … TD19 integrate, TD20 denounces.
SELF_BILLED: Final = frozenset({"TD16", "TD17", "TD18", "TD19", "TD20", "TD27", "TD28", "TD29"})
MENTIONS: Final = (
    ("DatiFattureCollegate", "IdDocumento", "Data", "invoice_before"),
    ("DatiOrdineAcquisto", "IdDocumento", "Data", "order"),
    ("DatiDDT", "NumeroDDT", "DataDDT", "delivery"),
    ("DatiContratto", "IdDocumento", "Data", "contract"),
    ("DatiConvenzione", "IdDocumento", "Data", "contract"),
    ("DatiRicezione", "IdDocumento", "Data", "receipt"),
)
CENT: Final = Decimal("0.01")
HUNDRED: Final = Decimal(100)


def read_fatturapa(root: Node) -> list[Paper]:
    """Return the documents of the file, a body each."""
    header = first(root, "FatturaElettronicaHeader")
    seller = _party(first(header, "CedentePrestatore"))
    buyer = _party(first(header, "CessionarioCommittente"))
    issuer = words(header, "SoggettoEmittente")
    return [
        _paper(body, seller, buyer, by_buyer=issuer == "CC")
        for body in every(root, "FatturaElettronicaBody")
    ]


def _paper(body: Node, seller: Party, buyer: Party, *, by_buyer: bool) -> Paper:
    general = first(body, "DatiGenerali")
    document = first(general, "DatiGeneraliDocumento")
    code = words(document, "TipoDocumento")
    return Paper(
        kind=_kind(code),
        type_code=code,
        number=words(document, "Numero"),
        date=day(words(document, "Data")),
        due=_due(body),
        currency=currency_code(words(document, "Divisa")),
        seller=seller,
        buyer=buyer,
        mentions=tuple(_mentions(general)),
        positions=tuple(_positions(body)),
        adjustments=tuple(_adjustments(document)),
        taxes=tuple(_taxes(body)),
        totals=_totals(body, document),
        terms=tuple(_terms(body)),
        notes=tuple(each for node in every(document, "Causale") if (each := words(node))),
        attachments=tuple(_attachments(body)),
        self_billed=by_buyer or code in SELF_BILLED,
    )


def _kind(code: str | None) -> str:
    if code in CREDIT_NOTES:
        return "credit_note"
    return "debit_note" if code in DEBIT_NOTES else "invoice"


def _party(node: Node | None) -> Party:
    """The ordinary file has its particulars one level deeper than the simplified one."""
    personal = first(node, "DatiAnagrafici")
    if personal is None:
        fiscal = first(node, "IdentificativiFiscali")
        personal = fiscal if fiscal is not None else node
        named = first(node, "AltriDatiIdentificativi")
        named = named if named is not None else node
        seat = first(named, "Sede")
    else:
        named, seat = first(personal, "Anagrafica"), first(node, "Sede")
    country = words(personal, "IdFiscaleIVA", "IdPaese") or words(seat, "Nazione")
    code = words(personal, "IdFiscaleIVA", "IdCodice")
    person = " ".join(each for each in (words(named, "Nome"), words(named, "Cognome")) if each)
    town = " ".join(each for each in (words(seat, "CAP"), words(seat, "Comune")) if each)
    street = " ".join(
        each for each in (words(seat, "Indirizzo"), words(seat, "NumeroCivico")) if each
    )
    address = (street, town, words(seat, "Nazione"))
    return Party(
        name=words(named, "Denominazione") or person or None,
        vat=f"{country or ''}{code}" if code else None,
        registration=words(personal, "CodiceFiscale"),
        address=", ".join(each for each in address if each) or None,
        country=words(seat, "Nazione") or country,
    )


def _due(body: Node) -> str | None:
    """The last day of the instalments: before it the document is not overdue as a whole."""
    dates = [
        day(words(node, "DataScadenzaPagamento"))
        for node in every(body, "DatiPagamento", "DettaglioPagamento")
    ]
    return max((each for each in dates if each), default=None)


def _mentions(general: Node | None) -> Iterator[Mention]:
    seen = set()
    for name, value_name, date_name, kind in MENTIONS:
        for node in every(general, name):
            value = words(node, value_name)
            if value and (kind, value) not in seen:
                seen.add((kind, value))
                yield Mention(kind, value, day(words(node, date_name)))
    # The simplified file names the invoice it corrects differently.
    for node in every(general, "DatiFatturaRettificata"):
        if value := words(node, "NumeroFR"):
            yield Mention("invoice_before", value, day(words(node, "DataFR")))


def _positions(body: Node) -> Iterator[Position]:
    goods = every(body, "DatiBeniServizi")
    for place, node in enumerate(goods, start=1):
        for line in every(node, "DettaglioLinee"):
            yield _position(line)
        if first(node, "DettaglioLinee") is None and first(node, "Importo") is not None:
            yield Position(
                number=str(place), text=words(node, "Descrizione"), amount=number(node, "Importo")
            )


def _position(line: Node) -> Position:
    extra = []
    for node in every(line, "ScontoMaggiorazione"):
        sign = "-" if words(node, "Tipo") == "SC" else "+"
        percent, amount = words(node, "Percentuale"), words(node, "Importo")
        extra.append(f"[{sign}{amount or f'{percent}%'}]" if amount or percent else "")
    return Position(
        number=words(line, "NumeroLinea"),
        text=words(line, "Descrizione"),
        article=words(line, "CodiceArticolo", "CodiceValore"),
        quantity=words(line, "Quantita"),
        unit=words(line, "UnitaMisura"),
        price=words(line, "PrezzoUnitario"),
        amount=number(line, "PrezzoTotale"),
        extra=" ".join(each for each in extra if each) or None,
    )


def _adjustments(document: Node | None) -> Iterator[Adjustment]:
    for node in every(document, "ScontoMaggiorazione"):
        amount = number(node, "Importo")
        if amount:
            yield Adjustment(None, -amount if words(node, "Tipo") == "SC" else amount)
    for node in every(document, "DatiRitenuta"):
        amount = number(node, "ImportoRitenuta")
        if amount:
            yield Adjustment(f"ritenuta {words(node, 'TipoRitenuta') or ''}".strip(), -amount)
    for node in every(document, "DatiCassaPrevidenziale"):
        amount = number(node, "ImportoContributoCassa")
        if amount:
            yield Adjustment(f"cassa {words(node, 'TipoCassa') or ''}".strip(), amount)
    stamp = number(document, "DatiBollo", "ImportoBollo")
    if stamp:
        yield Adjustment("bollo", stamp)


def _taxes(body: Node) -> Iterator[TaxLine]:
    for node in every(body, "DatiBeniServizi", "DatiRiepilogo"):
        rate = any_words(node, ("AliquotaIVA",), ("Natura",))
        yield TaxLine(rate, number(node, "ImponibileImporto"), number(node, "Imposta"))


def _terms(body: Node) -> Iterator[str]:
    """Yield how and when each instalment is to be paid, and how much of it after withholding."""
    for node in every(body, "DatiPagamento", "DettaglioPagamento"):
        names = ("ModalitaPagamento", "ImportoPagamento", "DataScadenzaPagamento", "IBAN")
        said = [value for name in names if (value := words(node, name))]
        if said:
            yield " ".join(said)


def _totals(body: Node, document: Node | None) -> Totals:
    """The total is optional in the file: where it is missing it is what the summary adds up to."""
    simplified = every(body, "DatiBeniServizi", "Importo")
    if simplified:
        return _simplified_totals(body)
    taxes = list(_taxes(body))
    bases = [each.base for each in taxes if each.base is not None]
    amounts = [each.amount for each in taxes if each.amount is not None]
    net = sum(bases, Decimal(0)) if bases else None
    tax = sum(amounts, Decimal(0)) if amounts else None
    gross = number(document, "ImportoTotaleDocumento")
    if gross is None and net is not None:
        gross = net + (tax or 0) + (number(document, "Arrotondamento") or 0)
    return Totals(net=net, tax=tax, gross=gross)


def _simplified_totals(body: Node) -> Totals:
    """Amounts of a simplified file include the tax; it gives the tax, or the rate to find it."""
    gross = tax = Decimal(0)
    for node in every(body, "DatiBeniServizi"):
        amount = number(node, "Importo") or Decimal(0)
        stated, rate = number(node, "DatiIVA", "Imposta"), number(node, "DatiIVA", "Aliquota")
        if stated is None and rate:
            stated = (amount * rate / (HUNDRED + rate)).quantize(CENT, ROUND_HALF_UP)
        gross, tax = gross + amount, tax + (stated or 0)
    return Totals(net=gross - tax, tax=tax, gross=gross)


def _attachments(body: Node) -> Iterator[Attachment]:
    for node in every(body, "Allegati"):
        content = first(node, "Attachment")
        found = embedded(
            words(node, "NomeAttachment"), content.text if content is not None else None
        )
        if found is not None:
            yield found
