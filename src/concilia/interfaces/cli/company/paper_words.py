"""The words on customers' papers, by language."""
# ruff: noqa: E501 - a language is one row

from __future__ import annotations

from typing import TypedDict

OURS = ["Molino Aurora S.r.l.", "Via del Mulino 8", "12030 Cuneo", "Italia"]


class Heading(TypedDict):
    """References, columns and sums of a paper; the last word of `remittance` names its total."""

    refs: list[tuple[str, str]]
    columns: list[str]
    totals: list[str]
    remittance: list[str]


HEADINGS: dict[str, Heading] = {
    "it": {
        "refs": [("Vs. fattura", "{inv} del {inv_date}"), ("Vs. DDT", "{ddt}"), ("Ns. ordine", "{order_printed}")],
        "columns": ["Codice", "Descrizione", "Q.tà", "Prezzo", "Importo"],
        "totals": ["Imponibile", "IVA", "Totale addebito"],
        "remittance": ["Fattura", "Data", "Importo", "Trattenuto", "Pagato", "Totale"],
    },
    "de": {
        "refs": [("Ihre Rechnung", "{inv} vom {inv_date}"), ("Lieferschein", "{ddt}"), ("Unsere Bestellung", "{order_printed}")],
        "columns": ["Artikel", "Bezeichnung", "Menge", "Preis", "Betrag"],
        "totals": ["Netto", "USt.", "Belastung"],
        "remittance": ["Beleg", "Datum", "Brutto", "Abzug", "Zahlbetrag", "Summe"],
    },
    "fr": {
        "refs": [("Votre facture", "{inv} du {inv_date}"), ("Bon de livraison", "{ddt}"), ("Notre commande", "{order_printed}")],
        "columns": ["Réf.", "Désignation", "Qté", "Prix", "Montant"],
        "totals": ["HT", "TVA", "Total à déduire"],
        "remittance": ["Facture", "Date", "Montant", "Retenue", "Réglé", "Total"],
    },
    "es": {
        "refs": [("Su factura", "{inv} de {inv_date}"), ("Albarán", "{ddt}"), ("Nuestro pedido", "{order_printed}")],
        "columns": ["Código", "Descripción", "Cant.", "Precio", "Importe"],
        "totals": ["Base", "IVA", "Total cargo"],
        "remittance": ["Factura", "Fecha", "Importe", "Deducción", "Pagado", "Total"],
    },
    "en": {
        "refs": [("Your invoice", "{inv} of {inv_date}"), ("Delivery note", "{ddt}"), ("Our order", "{order_printed}")],
        "columns": ["Code", "Description", "Qty", "Price", "Amount"],
        "totals": ["Net", "VAT", "Total debit"],
        "remittance": ["Invoice", "Date", "Amount", "Deducted", "Paid", "Total"],
    },
}  # fmt: skip
# Who contests several things on one paper says at each row which.
REASON_COLUMN = {"it": "Motivo", "de": "Grund", "fr": "Motif", "es": "Motivo", "en": "Reason"}
REASON_CELLS = {
    "NC-01": {
        "it": "ammanco",
        "de": "Fehlmenge",
        "fr": "manquant",
        "es": "falta",
        "en": "shortage",
    },
    "NC-05": {
        "it": "merce danneggiata",
        "de": "Bruch",
        "fr": "casse",
        "es": "rotura",
        "en": "damaged",
    },
}
COUNTED_COLUMNS = ["Artikel", "Bezeichnung", "bestellt", "geliefert", "fehlt", "Preis", "Betrag"]
TITLES = {
    "it": {"debit": "Nota di addebito", "penalty": "Addebito penale", "service": "Fattura", "remittance": "Distinta di pagamento"},
    "de": {"debit": "Belastungsanzeige Nr.", "penalty": "Belastung Pönale", "service": "Rechnung", "remittance": "Zahlungsavis"},
    "fr": {"debit": "Note de débit", "penalty": "Pénalités logistiques", "service": "Facture", "remittance": "Avis de règlement"},
    "es": {"debit": "Nota de cargo", "penalty": "Penalización", "service": "Factura", "remittance": "Relación de pagos"},
    "en": {"debit": "Debit note", "penalty": "Service charge back", "service": "Invoice", "remittance": "Remittance advice"},
}  # fmt: skip
INTROS = {
    "it": {
        "debit": "Vi addebitiamo quanto segue, a valere sulla fattura indicata.",
        "penalty": "Penale per mancato livello di servizio, consegna del {delivered}.",
        "service": "Contributo promo-pubblicitario come da accordo quadro.",
    },
    "de": {
        "debit": "Bei der Wareneingangskontrolle am {delivered} wurden folgende Abweichungen festgestellt. "
        "Den Betrag ziehen wir von unserer nächsten Zahlung ab.",
        "penalty": "Pönale wegen Unterschreitung der vereinbarten Liefertreue, Anlieferung {delivered}.",
        "service": "Werbekostenzuschuss gemäß Jahresvereinbarung.",
    },
    "fr": {
        "debit": "Nous vous débitons des montants suivants, constatés à réception le {delivered}.",
        "penalty": "Taux de service inférieur au seuil contractuel, livraison du {delivered}.",
        "service": "Coopération commerciale : parution au prospectus national, autoliquidation de la TVA.",
    },
    "es": {
        "debit": "Por la presente les cargamos los siguientes conceptos, recepción de {delivered}.",
        "penalty": "Penalización por nivel de servicio, entrega de {delivered}.",
        "service": "Aportación publicitaria al folleto.",
    },
    "en": {
        "debit": "We have debited your account with the following, delivery of {delivered}.",
        "penalty": "Charge for missed service level, delivery of {delivered}.",
        "service": "Promotional services as agreed.",
    },
}
CLOSINGS = {
    "it": "Attendiamo Vs. nota di credito entro il {deadline}.",
    "de": "Bitte senden Sie uns Ihre Gutschrift bis zum {deadline}.",
    "fr": "Merci de nous adresser votre avoir avant le {deadline}.",
    "es": "Rogamos su abono antes del {deadline}.",
    "en": "Please send your credit note by {deadline}.",
}
