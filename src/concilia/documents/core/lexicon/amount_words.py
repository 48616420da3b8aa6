# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""The words around an amount that say what it is, on folded text, in five languages."""

from __future__ import annotations

import re
from typing import Final

WANTED: Final = re.compile(
    r"credit|refund|reimburs|deduct|withh[eo]ld|claim|differen|short.?pa|compensat|damage|loss|charge|penalt|disput|"
    r"set off|offset|freight|carriage|surcharge|need|back\b|should not be|overcharg|too much|reduc|discount|rebate|bonus|owe|value of|worth|amounting|amount of|"
    r"accredit|storn|rimbors|trattenut|detra|dedo|decurt|scala|abbuon|contest|risarc|danno|danni|penal|in piu|"
    r"pari a|spese|manca|mancano|dobbiamo avere|valore|ammonta|addebit|reclam|compens|premio|contribut|sconto|tratt[ei]n|"
    r"avoir|rembours|dedui|deduct|retenu|retenue|ecart|litige|indemnis|dommage|reclam|prejudice|"
    r"d'un montant|manque|frais|port\b|soit|valeur|imput|trop|remise|ristourne|participation|"
    r"abon[oa]|portes|faltan|falta|deben|reembols|descont|retenid|diferencia|reclam|deduc|perjuicio|importe de|valor|cargo|de mas|"
    r"compens|descuento|rapel|rappel|aportacion|reintegr|"
    r"gutschrift|gutzuschreib|erstatt|abzug|abgezogen|abziehen|gekurzt|kurz|einbehalt|differenz|schaden|belast|reklam|"
    r"forder|schreib|fehl|zu unrecht|fracht|in hohe|hohe von|wert von|zu viel|zuviel|minder|rabatt|bonus|warenwert|verrechn|betrag von|ponale"
)
OF_INVOICE: Final = re.compile(
    r"\b(?:invoice|inv\.?|bill|fattur[ae]|ft\.?|facture|factura|fra\.?|rechnung)\s?(?:n[.or°]*|no\.?|nr\.?|number|numero)?"
    r"[^a-z]{0,25}(?:\s(?:of|over|for|di|da|del|de|du|d'un montant de|von|vom|uber|por|por importe de|per))?"
    r"[^a-z]{0,18}(?:eur|euro|€|£|gbp)?\s*$"
)
UNWANTED: Final = re.compile(
    r"\b(?:paid|pagat[oi]|bonificat[oi]|pay[e]e?s?|regle|pagado|abonado|bezahlt|uberwiesen|gezahlt|transferred|"
    r"instead of|invece di|anziche|au lieu de|en lugar de|en vez de|statt|anstatt|unit price|price of|at a price|"
    r"prezzo (?:unitario|di|concordato)|prix (?:unitaire|de|convenu)|precio (?:unitario|de|acordado)|preis von|"
    r"einzelpreis|stuckpreis|invoiced at|fatturato a|facture a|facturado a|berechnet mit|agreed price|per unit|"
    r"charged at|total invoice|invoice total|totale fattura|total facture|total factura|rechnungsbetrag|"
    r"rechnungssumme|gesamtrechnung|out of|su un totale di|sur un total de|balance of|saldo di|saldo von|"
    r"remaining|rest(?:ante|lich|betrag)?|will pay|pagheremo|paierons|pagaremos|werden wir|over|above|oltre|"
    r"superior[ei]? a|au-dela de|au-dessus de|ab|exceeds?|minimum|minimo)\s[^.;,\d]{0,16}$"
)
UNIT_PRICE_AFTER: Final = re.compile(
    r"^\s?(?:€|eur|euro)?\s?(?:/|each\b|per (?:unit|piece|case|kg|carton|box|bottle|pallet|pezzo|collo|cartone|piece)|"
    r"a pezzo|al (?:pezzo|kg|collo|cartone|litro)|cad\b|cadauno|l'uno|piece\b|par (?:piece|carton|kg|colis)|le (?:kg|colis|carton)|"
    r"la piece|pro (?:stuck|kg|karton|flasche)|je (?:stuck|kg|karton|flasche)|cada un[oa]|por (?:unidad|kilo|caja|kg)|la unidad|"
    r"apiece|a piece|ea\b|/ ?(?:kg|pz|pc|st|unit))"
)
WHOLE: Final = re.compile(
    r"\btotal|totale|in tutto|complessiv|insgesamt|gesamt|en total|au total|in all|in total|summe|overall"
)
GROSS: Final = re.compile(
    r"incl|ivato|iva compresa|ttc|inkl|brutto|gross|con iva|lord|iva incluid|toutes taxes|mit mwst"
)
NET: Final = re.compile(
    r"excl|netto|net of|iva esclusa|\bht\b|hors tax|zzgl|sin iva|imponibil|plus vat|\+ ?(?:vat|iva|tva|mwst)"
)
TOTAL_LINES: Final = (
    (
        9,
        re.compile(
            r"grand total|total (?:amount )?(?:due|payable|claimed|deduct\w*|paid|payment|to (?:be )?credit\w*|incl\w*|charge\w*|debit\w*|claim|gross)|"
            r"amount (?:due|payable|paid|claimed|of this)|total debit|payment (?:total|amount)|"
            r"totale (?:documento|fattura|generale|nota|addebito|a pagare|da (?:pagare|accreditare|stornare)|ivato|lordo|bonifico|pagat\w*|pagamento|complessivo|trattenut\w*|iva inclusa|contestat\w*)|"
            r"importo (?:totale|bonifico|pagato|del bonifico|complessivo)|netto a pagare|"
            r"total (?:ttc|general|a payer|a deduire|du (?:virement|reglement|paiement)|regle|paye|a crediter|de la note)|net a payer|"
            r"montant (?:total|du (?:virement|reglement|paiement)|regle|ttc|vire)|"
            r"(?:importe )?total (?:factura|a pagar|a abonar|pagado|cargo|del? (?:pago|cargo)|transferencia|iva incl\w*|a descontar|transferido)|importe (?:total|transferido|pagado|de la transferencia)|"
            r"gesamt(?:betrag|summe|zahlung|abzug)|end(?:betrag|summe)|rechnungs(?:betrag|summe)|brutto(?:betrag|summe)?|"
            r"zahl(?:ungs)?betrag|uberweisungsbetrag|belastungsbetrag|gutschriftsbetrag|total brutto|zu zahlen|"
            r"te betalen|totaalbedrag|do zaplaty|naleznosc ogolem|valor total|total geral"
        ),
    ),
    (
        6,
        re.compile(
            r"\btotal(?:e|es|s)?\b|\bsumme\b|\bsomma\b|\bgesamt\b|\bbalance due\b|\btotaux\b|\btotaal\b|\brazem\b"
        ),
    ),
)
NOT_TOTAL: Final = re.compile(
    r"sub.?tota+l|zwischensumme|totale (?:imponibile|iva|righe|merce|netto)|total (?:ht|tva|net|vat|tax|iva|discount|remise|neto|hors)|\bvat\b|\biva\b(?! (?:incl|compr))|\btva\b|"
    r"\bmwst\b|\bust\b|imponibile|netto(?:betrag|summe)|nettobetrag|base imponible|warenwert netto|gesamt netto|summe netto|total netto|steuer"
)
SUM_LINE: Final = re.compile(
    r"^[^\n]{0,60}\b(?:sub.?total|total\w*|netto?|net|vat|iva|tva|mwst|ust|imponibile|gesamt\w*|summe|ht|ttc|base)\b"
    r"[^\n]{0,40}\d[^\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
