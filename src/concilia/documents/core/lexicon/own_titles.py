# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""What papers call themselves right before or above their own number, on folded text."""

from __future__ import annotations

import re
from typing import Final

CHARGES: Final = (
    r"debit ?(?:notes?|memos?|advices?)|(?:vendor |supplier |compliance )?charge ?backs?(?: (?:advice|notice|note|memo|report))?|chgbk|cbk|"
    r"(?:penalty |service |compliance |otif |supplier )?charge (?:notice|notification|note|advice|sheet)|notice of (?:charge|debit|deduction|penalty)|(?:deduction|penalty) (?:notice|advice|note|charge|invoice)|"
    r"(?:otif|service(?: level)?|sla|compliance|non-?compliance|late delivery|fill rate) (?:charge|penalty|fine)|(?:ship (?:&|and) debit |coupon |vendor |supplier |billback )?claim|bill ?back|re-?charge|markdown (?:note|memo)|"
    r"not[ae] (?:di |d'|d )?(?:addebito|debito)|avvis[oi] di (?:addebito|penale|trattenuta)|addebit[oi](?: (?:a )?fornitor[ei]| penal[ei]| logistic[oi]| per [a-z ]{3,40})?|(?:nota|fattura|verbale|comunicazione) (?:di )?penal[ei]|penal[ei](?: logistic[ah]e?)?|"
    r"notes? de debit|avis de (?:debit|deduction|penalites?|retenue)|(?:facture|note|avis|decompte|bordereau|etat) (?:de |des )?(?:penalites?|retenues?|refacturation)|penalites? (?:logistiques?|de retard)|"
    r"notas? de (?:cargo|debito|adeudo)|(?:aviso|nota|factura|liquidacion) (?:de |por )?(?:cargos?|penalizacion(?:es)?|debito|deduccion)|cargo(?: por [a-z ]{3,40}| a proveedor| logistico)?|penalizacion(?:es)?(?: [a-z]{3,14}){0,4}|"
    r"belastungs?(?:anzeige|note|beleg|schein|mitteilung)?|(?:ruck|weiter|nach)belastung|lastschrift(?:anzeige|note)|abzugs(?:mitteilung|anzeige)|kurzungs(?:mitteilung|anzeige)|vertragsstrafe(?:nrechnung)?|ponale(?:nrechnung|bescheid)?|logistikstrafe|strafrechnung|"
    r"nda|ndd"
)
BONUSES: Final = (
    r"(?:bonus|ruckvergutungs|werbekosten|wkz|umsatzbonus|boni|konditions|aktions)?-?(?:ab)?rechnung|(?:rebate|bonus|trade|overrider|marketing) (?:invoice|settlement|statement|claim)|settlement(?: statement)?|invoice|"
    r"liquidazione(?: premi[oi]?| contribut[oi])?|conteggio(?: premi[oi]?)?|fattura|(?:decompte|facture)(?: de [a-z ]{3,30})?|liquidacion(?: de [a-z ]{3,30})?|factura(?: de [a-z ]{3,30})?"
)
ORDERS: Final = (
    r"purchase orders?|(?:supplier |release |call-?off |works? )?order|p\.?o\.?|ordin[ei](?: (?:a )?fornitor[ei]| d'acquisto| di acquisto| d acquisto)?|buono d'ordine|oda|"
    r"(?:bons? de )?commandes?(?: fournisseurs?| d'achat| d achat)?|(?:hoja de )?pedidos?(?: a proveedor(?:es)?| de compra)?|orden(?:es)? de compra|(?:einkaufs|lieferanten)?bestellung(?:en)?|abruf(?:bestellung)?|lieferabruf"
)
DELIVERIES: Final = (
    r"(?:delivery|despatch|dispatch|advice) (?:note|docket|ticket)|packing (?:list|slip)|ddt|d\.d\.t\.?|documento di trasporto(?: \(d\.?d\.?t\.?\))?|bolla di (?:consegna|accompagnamento)|"
    r"bons? de livraison|bordereau de livraison|albaran(?: de (?:entrega|salida))?|nota de entrega|lieferschein"
)
CREDITS: Final = r"credit (?:note|memo|invoice|advice)|not[ae] (?:di |d')?(?:credito|accredito)|avoir|notes? de credit|facture d'avoir|factura rectificativa|abono|notas? de (?:credito|abono)|(?:rechnungs)?gutschrift|rechnungskorrektur|stornorechnung"
# By kind: what the numbers are, and the titles.
OWN_TITLES: Final[dict[str, tuple[str, re.Pattern[str]]]] = {
    kind: (named, re.compile(rf"(?<![a-z])(?:{titles})(?![a-z])"))
    for kind, named, titles in (
        ("debit_note", "claim", CHARGES),
        ("promotion_invoice", "claim", f"{BONUSES}|{CHARGES}"),
        ("claim", "claim", CHARGES),
        ("credit_request", "claim", CHARGES),
        ("order", "order", ORDERS),
        ("credit_note", "credit", CREDITS),
        ("delivery_note", "delivery", DELIVERIES),
    )
}
# `No.`, `Nº`, `Nr.:`, `#`
MARK: Final = (
    r"(?:(?:(?:document|memo|note|debit|claim|dokument|beleg|rechnungs|belastungs|documento|piece)[ -]?)?(?:numero|number|nummer|num|nbr|nro|nr|no|n)\b[ .:\u00b0\u00ba#]{0,3}|n[\u00b0\u00ba][ .:]{0,2}|#[ ]?|"
    r"(?:reference|referenz|riferimento|referencia|ref|rif)\b[ .:\u00b0\u00ba#]{0,3}(?:n[ro]?\b[ .:\u00b0\u00ba]{0,2})?|(?:document|memo|dokument|beleg|documento|piece) ?:[ ]?)"
)
AFTER_TITLE: Final = re.compile(
    rf"(?:[ ]?[:\u2013-])?[ ]?(?:(?:[a-z'&.]+ ){{0,6}}{MARK}|(?=[a-z]{{0,5}}[-_]?[a-z]{{0,3}}[ ]?\d))"
)
MARKED: Final = re.compile(MARK)
# What may go on behind the number in its cell: its date, the page.
DATED: Final = re.compile(
    r"(?:[ ]?[-\u2013,(/]?[ ]?(?:(?:of|dated|date|del|dell'|du|de|en date du|vom|datum|data|fecha|am|from|le|il)\b[ .:]*)?(?:\d{1,2}[./ -]\d{1,2}[./ -]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\.? (?:de )?[a-z]{3,10}\.? (?:de )?\d{4}|[a-z]{3,9} \d{1,2}, \d{4})?\)?|[ ]?[-\u2013(]?[ ]?(?:page|pag|seite|pagina)\b.*)$"
)
SUMS: Final = re.compile(
    r"\b(?:totale?s?|summe|gesamt\w*|somme|suma|importo|montant|betrag|importe|amount)\b"
)
# Whose the number is that is not the paper's own.
OTHERS: Final = re.compile(
    r"(?<![a-z])(?:vendor|supplier|customer|account|your|vostr[ao]|vs|fornitore|cliente|fournisseur|client|votre|proveedor|su|lieferant\w*|kunden?\w*|ihr\w*|kreditor\w*|page|pag|seite|pagina|tel|fax|p\.?iva|vat|siret|nif|cif|form|modulo|mod|rev|template|formular)\b"
)
