# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""What lists call themselves that settle nothing, or whose first column says what they list; folded."""

from __future__ import annotations

import re
from typing import Final

# Extracts of what a customer has in the books about us.
LEDGERS: Final = re.compile(
    r"\b(?:(?:supplier|vendor|creditor|purchase|customer|debtor|sales)s? (?:ledger |account )?statement|(?:ledger|account) (?:extract|reconciliation)|statement as (?:at|of)|"
    r"statement of (?:your |the )?(?:supplier |vendor )?account|estratto (?:di )?conto (?:(?:del |dei )?(?:fornitor[ei]|client[ei])|partite)|estratti? conto fornitor[ei]|scheda contabile|scheda fornitore|partitario|mastrino|"
    r"situazione (?:partite|contabile)|(?:extrait|releve) de(?: votre)? compte (?:fournisseurs?|clients?|tiers|auxiliaire)|grand[- ]livre|balance (?:auxiliaire|agee)|compte fournisseurs? ?:|"
    r"extracto (?:de (?:la )?cuenta )?(?:de |del )?(?:proveedor|cliente)(?:es)?|(?:libro )?mayor (?:de |del )?(?:proveedor|cuenta|cliente)(?:es)?|estado de cuenta|"
    r"kontoauszug (?:fur |des |zum |vom )?(?:kreditor|lieferant|debitor|konto)\w*|(?:kreditoren|lieferanten|debitoren)(?:konto|kontoauszug|auszug|saldo)|kontoblatt|kontoabstimmung|saldenbestatigung|saldenabstimmung|offene[- ]posten[- ]liste|op-liste)\b"
)
# The same words are said of bank accounts; there a balance and invoices must be listed, and no bank be named.
STATEMENTS: Final = re.compile(
    r"\b(?:account statement|statement of account|statement|estratto conto|releve de compte|extrait de compte|situation de compte|extracto de (?:la )?cuenta|kontoauszug|kontostand)\b"
)
BALANCES: Final = re.compile(r"\b(?:balance|saldo|solde|salden)\b")
INVOICES: Final = re.compile(
    r"\b(?:invoices?|inv|fattur[ae]|ft|factures?|facturas?|rechnung(?:en)?)\b"
)
BANKS: Final = re.compile(
    r"\b(?:iban|bic|swift|sort code|value date|data valuta|date de valeur|fecha valor|wertstellung|buchungstag|sparkasse|opening balance|closing balance|overdraft)\b"
)
# Fills its line but for a year, a season, a name.
PRICE_LISTS: Final = re.compile(
    r"\b(?:price ?lists?|list prices|tariff|rate card|listin[oi](?: prezzi)?|tarif(?:s|a|as)?(?= (?:\w+ )?20\d\d)|(?:liste|grille) (?:de |des )?(?:prix|tarifs?)|catalogue tarifs?|"
    r"lista de precios|tarifa(?: de)? precios|preislisten?|preisblatt|preisverzeichnis)\b"
)
# The first columns of what was charged, and of what is ordered.
CHARGED: Final = re.compile(
    r"(?:n[.°ro]{0,2} ?(?:nota|cargo|addebito|debit|penalite)|(?:nota|notas) (?:di |de )?(?:addebito|debito|cargo)|addebit[oi]|n\. addebito|cargos?(?: n[ro.]{0,2})?|penalizacion|belastung(?:s?-?(?:nr|nummer)\.?|sanzeige)?|"
    r"debit (?:note|memo)(?: ?(?:no|number|nr|#)\.?)?|charge ?back(?: ?(?:no|number|id|#)\.?)?|cb (?:no|number|id|#)\.?|charge (?:no|number|id)|deduction (?:no|number|id)|(?:note de )?debit(?: n[o°]\.?)?|penalite(?: n[o°]\.?)?)"
)
ORDERED: Final = re.compile(
    r"(?:po|p\.o\.|purchase order|order)[ _.-]?(?:number|no|nr|num|#|id)?\.?|(?:numero |n[.°o]{0,2} ?)?(?:ordine|commande|pedido)(?: n[.°o]{0,2})?|bestell(?:ung|nummer|-?nr)\.?"
)
QUANTITIES: Final = re.compile(
    r"\b(?:qty|quantity|q\.?ta|quantita|qte|quantite|cantidad|cant|menge|stuck|units?)\b"
)
PRICES: Final = re.compile(
    r"\b(?:(?:unit |net )?(?:price|cost)|prezzo|prix|precio|preis|einzelpreis)\b"
)
PAID: Final = re.compile(
    r"\b(?:paid|payment|net paid|invoices?|received|pagato|pagamento|fattura|ricevut\w+|paye|paiement|facture|recue?s?|pagado|pago|factura|recibid\w+|gezahlt|zahlung|rechnung|erhalten|gebucht|geliefert)\b"
)
# What was paid, in a column of its own.
PAID_COLUMN: Final = re.compile(
    r"\b(?:paid|payment|pagato|pagamento|paye|paiement|verse|pagado|pago|gezahlt|zahlung|zahlbetrag)\b"
)
# What is asked of suppliers on a form or in a list of its own.
REQUESTS: Final = re.compile(
    r"\b(?:ship (?:&|and|/) debit|billback|bill-back) (?:claim|request)|\bcoupon(?:s|ing)?\b.{0,30}\b(?:claim|redemption)|\b(?:manufacturer|rebate|vendor|supplier|price protection) claim(?: form)?\b|"
    r"\brichiesta (?:di )?rimborso (?:buoni|coupon)|\b(?:bordereau|remise) de bons de reduction|\bliquidacion de (?:vales|cupones)|\bgutschein(?:abrechnung|einreichung)"
)
# What bonuses are settled with, and its number.
SETTLEMENTS: Final = re.compile(
    r"\b(?:(?:bonus|umsatzbonus|boni|konditions|ruckvergutungs)?-?abrechnung|(?:rebate|bonus|overrider|volume)? ?(?:settlement|statement)|liquidazione(?: prem[io]+)?|conteggio premi[oi]?|decompte(?: de (?:ristourne|remise|rfa|bonus)\w*)?|liquidacion(?: de rapp?els?)?)"
    r"[ .:]{1,3}(?:(?:nr|no|n|num|nummer|number|numero)\b[ .:\u00b0\u00ba]{0,3}|n[\u00b0\u00ba] ?|#)(?=[a-z/-]{0,8}\d)"
)
