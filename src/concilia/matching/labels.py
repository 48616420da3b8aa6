"""The words that stand before numbers on bank statements, in five languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

INVOICE: Final = "invoice"
CREDIT: Final = "credit"
ORDER: Final = "order"
DELIVERY: Final = "delivery"
CUSTOMER: Final = "customer"
OTHER: Final = "other"

# What a number after such a word can never be: one of our invoices.
NOT_OURS: Final = frozenset({ORDER, DELIVERY, CUSTOMER, OTHER})

_WORDS: Final[Mapping[str, str]] = {
    INVOICE: (
        "FA FT FTT FTE FTS FAT FATT FATTURA FATTURE NFT FAC FACS FACT FACTURE FACTURES FACTURA "
        "FACTURAS FRA FRAS FCT FV INV INVS INVOICE INVOICES BILL BILLS RE RG RGNR RENR RNR RECH "
        "RECHN RECHNR RECHNUNG RECHNUNGEN RECHNUNGSNR RECHNUNGSNUMMER BELEG BELEGE BELEGNR DOC "
        "DOCS DOCUMENTO DOCUMENTI DOCUMENT DOCUMENTS BOLLETTA BOLLETTE"
    ),
    CREDIT: (
        "NC NDC NCR NCS AVOIR AVOIRS ABONO ABONOS GUTSCHRIFT GUTSCHRIFTEN GS CN CREDIT CREDITO "
        "ACCREDITO RECHNUNGSKORREKTUR"
    ),
    ORDER: (
        "PO POS ORD ORDER ORDERS ORDINE ORDINI ODA ODV COMMANDE COMMANDES CDE CMD PEDIDO PEDIDOS "
        "PED BESTELLUNG BESTELLUNGEN BEST BESTNR BESTELLNR BESTELLNUMMER AUFTRAG AUFTRAGSNR"
    ),
    DELIVERY: (
        "DDT BOLLA BOLLE BL BLS ALBARAN ALBARANES ALB LIEFERSCHEIN LIEFERSCHEINE LS LIEF DN "
        "DELIVERY LIVRAISON CONSEGNA CONSEGNE"
    ),
    CUSTOMER: (
        "CLIENTE CLIENTI CLIENT CLIENTS CLIENTES KUNDE KUNDEN KUNDENNR KUNDENNUMMERN KUNDENNUMMER "
        "KD KDNR KDN CUST CUSTOMER CUSTOMERS CODCLIENTE CONTRATTO "
        "CONTRAT CONTRATO VERTRAG VERTRAGSNR CONTRACT ACCOUNT UTENZA POD PDR"
    ),
    OTHER: (
        "CRO TRN IBAN BIC SWIFT TEL PIVA CIG CUP MANDATE MANDATO MANDAT MREF EREF KREF CRED UMR "
        "AVIS AVISNR AVISO AVVISO DISTINTA REMITTANCE ADVICE ZAHLUNGSAVIS BORDEREAU RELACION "
        "CF CAP KW WEEK SETTIMANA SEMANA SEMAINE WOCHE COLLO COLLI PALLET PALLETS"
    ),
}
LABELS: Final[Mapping[str, str]] = {
    word: label for label, words in _WORDS.items() for word in words.split()
}

_CONNECTORS: Final = (
    "N NR NO NUM NUMERO NUMERI NUMEROS NUMBER NUMBERS NS VS RIF REF DEL DELLA DELLE DU DE DES DER "
    "VOM VOMS OF DATED ET E UND Y AND PER A AL BIS TO AU DA DAL VON FROM HASTA THRU THROUGH"
)
_RANGE_WORDS: Final = "A AL BIS TO AU HASTA THRU THROUGH"
_LIST_WORDS: Final = "E ET UND Y AND U"
# They join a label to its numbers and numbers to each other; the label goes on.
CONNECTORS: Final = frozenset(_CONNECTORS.split())
RANGE_WORDS: Final = frozenset(_RANGE_WORDS.split())
LIST_WORDS: Final = frozenset(_LIST_WORDS.split())

GLUED_LABELS: Final = tuple(
    sorted((word for word, label in LABELS.items() if label == INVOICE), key=lambda w: (-len(w), w))
)


def label_of(word: str, *, glued: bool) -> str | None:
    """
    Return the label a word gives to the number after it; None if it says nothing.

    A word glued to its number may itself be glued to the words before: `SALDOFATT1234`.
    """
    label = LABELS.get(word)
    if label is None and glued and word.endswith(GLUED_LABELS):
        return INVOICE
    return label
