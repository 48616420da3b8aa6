"""The words printed before what an e-invoice states, in the language of who wrote it."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("en", "it", "fr", "es", "de")
COUNTRIES: Final = {
    "IT": "it",
    "SM": "it",
    "FR": "fr",
    "MC": "fr",
    "LU": "fr",
    "ES": "es",
    "DE": "de",
    "AT": "de",
    "LI": "de",
}
WORDS: Final = """
invoice|Invoice|Fattura|Facture|Factura|Rechnung
credit_note|Credit note|Nota di credito|Avoir|Factura rectificativa|Rechnungskorrektur
debit_note|Debit note|Nota di debito|Note de débit|Nota de débito|Belastungsanzeige
self_billed|Self-billing invoice|Autofattura|Autofacture|Autofactura|Gutschrift (Self-Billing)
self_billed_credit|Self-billed credit note|Nota di credito in autofatturazione|Avoir en autofacturation|Abono en autofactura|Korrektur einer Gutschrift (Self-Billing)
order_paper|Order|Ordine|Commande|Pedido|Bestellung
order_response|Order response|Risposta all'ordine|Réponse à la commande|Respuesta al pedido|Bestellantwort
despatch_advice|Despatch advice|Documento di trasporto|Avis d'expédition|Aviso de expedición|Lieferavis
receipt_advice|Receipt advice|Avviso di ricevimento|Avis de réception|Aviso de recepción|Wareneingangsmeldung
date|Date|Data|Date|Fecha|Datum
due|Due|Scadenza|Échéance|Vencimiento|Fällig am
seller|Seller|Cedente|Vendeur|Vendedor|Verkäufer
buyer|Buyer|Cessionario|Acheteur|Comprador|Käufer
vat|VAT no.|P. IVA|N° TVA|NIF|USt-IdNr.
registration|Registration no.|Cod. fiscale|SIREN/SIRET|Registro|Registernr.
customer|Customer no.|Codice cliente|N° client|N.º de cliente|Kundennr.
buyer_reference|Buyer reference|Riferimento acquirente|Référence acheteur|Referencia del comprador|Käuferreferenz
order|Order|Ordine|Commande|Pedido|Bestellung
delivery|Delivery note|DDT|Bon de livraison|Albarán|Lieferschein
invoice_before|Preceding invoice|Fattura collegata|Facture d'origine|Factura rectificada|Vorherige Rechnung
contract|Contract|Contratto|Contrat|Contrato|Vertrag
receipt|Receipt|Ricezione|Réception|Recepción|Wareneingang
claim|Claim|Reclamo|Réclamation|Reclamación|Reklamation
promotion|Promotion|Promozione|Promotion|Promoción|Aktion
return|Return|Reso|Retour|Devolución|Retoure
position|Pos.|Riga|Ligne|Línea|Pos.
text|Description|Descrizione|Désignation|Descripción|Bezeichnung
quantity|Quantity|Quantità|Quantité|Cantidad|Menge
price|Price|Prezzo|Prix|Precio|Preis
amount|Amount|Importo|Montant|Importe|Betrag
allowance|Allowance|Sconto|Remise|Descuento|Abschlag
charge|Charge|Maggiorazione|Majoration|Cargo|Zuschlag
net|Net|Imponibile|Total HT|Base imponible|Netto
tax|VAT|IVA|TVA|IVA|USt
gross|Total with VAT|Totale documento|Total TTC|Total con IVA|Brutto
prepaid|Prepaid|Già versato|Déjà versé|Anticipos|Bereits gezahlt
payable|To pay|Da pagare|Net à payer|A pagar|Zu zahlen
documents|documents|documenti|documents|documentos|Dokumente
on|of|del|du|de|vom
"""  # noqa: E501 - a table is read by its columns


def _read() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for row in WORDS.strip().splitlines():
        name, *said = row.split("|")
        for language, label in zip(LANGUAGES, said, strict=True):
            found[language][name] = label
    return found


LABELS: Final = _read()


def labels_for(country: str | None) -> dict[str, str]:
    """Return the words of a country's language; English where it is not one of ours."""
    return LABELS[COUNTRIES.get((country or "").upper(), "en")]
