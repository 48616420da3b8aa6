"""What datasets and columns are called on screens, in the five languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from concilia.kernel.languages import Names

_DATASETS: Final = """
customers | Customers | Clienti | Clients | Clientes | Kunden
contacts | Contacts | Contatti | Contacts | Contactos | Ansprechpartner
products | Products | Articoli | Articles | Artículos | Artikel
prices | Prices | Prezzi | Prix | Precios | Preise
promotions | Promotions | Promozioni | Promotions | Promociones | Aktionen
orders | Orders | Ordini | Commandes | Pedidos | Aufträge
deliveries | Deliveries | Consegne | Livraisons | Entregas | Lieferungen
invoices | Invoices | Fatture | Factures | Facturas | Rechnungen
open_items | Open items | Partite aperte | Postes ouverts | Partidas abiertas | Offene Posten
"""
_FIELDS: Final = """
customer_number | Customer number | Codice cliente | Code client | Código de cliente | Kundennummer
name | Name | Nome | Nom | Nombre | Name
legal_name | Legal name | Ragione sociale | Raison sociale | Razón social | Firmierung
country | Country | Paese | Pays | País | Land
language | Language | Lingua | Langue | Idioma | Sprache
vat_number | VAT number | Partita IVA | N° de TVA | NIF-IVA | USt-IdNr.
parent_number | Belongs to | Appartiene a | Dépend de | Pertenece a | Gehört zu
payer_group | Payer group | Gruppo pagante | Groupe payeur | Grupo pagador | Zahlergruppe
payment_days | Payment days | Giorni di pagamento | Jours de paiement
   | Días de pago | Zahlungsziel, Tage
discount_percent | Discount, % | Sconto, % | Remise, % | Descuento, % | Nachlass, %
discount_days | Discount days | Giorni di sconto | Jours d'escompte | Días de descuento | Skontotage
credit_limit | Credit limit | Fido | Plafond de crédit | Límite de crédito | Kreditlimit
currency | Currency | Valuta | Devise | Moneda | Währung
post_code | Post code | CAP | Code postal | Código postal | Postleitzahl
segment | Segment | Segmento | Segment | Segmento | Segment
email_domains | E-mail domains | Domini e-mail | Domaines e-mail
   | Dominios de correo | E-Mail-Domains
ibans | IBANs | IBAN | IBAN | IBAN | IBANs
email | E-mail | E-mail | E-mail | Correo | E-Mail
phone | Telephone | Telefono | Téléphone | Teléfono | Telefon
role | Role | Ruolo | Fonction | Cargo | Funktion
sku | Article number | Codice articolo | Code article | Código de artículo | Artikelnummer
unit | Unit | Unità | Unité | Unidad | Einheit
vat_rate | VAT, % | IVA, % | TVA, % | IVA, % | MwSt., %
unit_price | Unit price | Prezzo unitario | Prix unitaire | Precio unitario | Einzelpreis
valid_from | Valid from | Valido dal | Valable du | Válido desde | Gültig ab
valid_to | Valid to | Valido fino al | Valable jusqu'au | Válido hasta | Gültig bis
promotion_code | Promotion code | Codice promozione | Code promotion
   | Código de promoción | Aktionsnummer
kind | Kind | Tipo | Type | Tipo | Art
promo_price | Promotional price | Prezzo promozionale | Prix promotionnel
   | Precio promocional | Aktionspreis
starts | First day | Primo giorno | Premier jour | Primer día | Erster Tag
ends | Last day | Ultimo giorno | Dernier jour | Último día | Letzter Tag
budget | Budget | Budget | Budget | Presupuesto | Budget
order_number | Order number | Numero ordine | N° de commande | Número de pedido | Auftragsnummer
customer_order_number | Customer's order number | Numero ordine del cliente
   | N° de commande du client | Número de pedido del cliente | Bestellnummer des Kunden
order_date | Order date | Data ordine | Date de commande | Fecha de pedido | Auftragsdatum
requested_date | Requested for | Richiesto per il | Demandé pour le | Solicitado para | Wunschtermin
line | Line | Riga | Ligne | Línea | Position
quantity | Quantity | Quantità | Quantité | Cantidad | Menge
delivery_number | Delivery number | Numero DDT | N° de bon de livraison
   | Número de albarán | Lieferscheinnummer
shipped_date | Shipped on | Spedito il | Expédié le | Enviado el | Versandt am
delivered_date | Delivered on | Consegnato il | Livré le | Entregado el | Zugestellt am
carrier | Carrier | Vettore | Transporteur | Transportista | Spediteur
pod_signed_by | Signed by | Firmato da | Signé par | Firmado por | Unterschrieben von
pod_date | Signed on | Firmato il | Signé le | Firmado el | Unterschrieben am
pod_quantity | Received | Ricevuto | Reçu | Recibido | Erhalten
pod_damaged | Damaged | Danneggiato | Endommagé | Dañado | Beschädigt
pod_reserve | Reserve | Riserva | Réserve | Reserva | Vorbehalt
invoice_number | Invoice number | Numero fattura | N° de facture
   | Número de factura | Rechnungsnummer
issue_date | Date | Data | Date | Fecha | Datum
due_date | Due date | Scadenza | Échéance | Vencimiento | Fälligkeit
credited_invoice | Credited invoice | Fattura accreditata | Facture créditée
   | Factura abonada | Gutgeschriebene Rechnung
description | Description | Descrizione | Désignation | Descripción | Bezeichnung
net_amount | Net amount | Imponibile | Montant HT | Importe neto | Nettobetrag
vat_amount | VAT | IVA | TVA | IVA | Mehrwertsteuer
document_kind | Kind of document | Tipo documento | Type de pièce | Tipo de documento | Belegart
document_number | Document number | Numero documento | N° de pièce
   | Número de documento | Belegnummer
original_amount | Original amount | Importo originale | Montant initial
   | Importe original | Ursprungsbetrag
open_amount | Open amount | Importo aperto | Solde | Importe pendiente | Offener Betrag
structured_reference | Structured reference | Riferimento strutturato | Référence structurée
   | Referencia estructurada | Strukturierte Referenz
"""


def _read(table: str) -> Mapping[str, Names]:
    lines = table.strip().replace("\n   |", " |").splitlines()
    rows = ([cell.strip() for cell in line.split("|")] for line in lines)
    return MappingProxyType({name: Names(*names) for name, *names in rows})


DATASET_LABELS: Final = _read(_DATASETS)
FIELD_LABELS: Final = _read(_FIELDS)


def dataset_label(name: str, language: str) -> str:
    """Return what a dataset is called; its own name if it has no other."""
    known = DATASET_LABELS.get(name)
    return known.in_language(language) if known else name


def field_label(name: str, language: str) -> str:
    """Return what a column is called; its own name if it has no other."""
    known = FIELD_LABELS.get(name)
    return known.in_language(language) if known else name
