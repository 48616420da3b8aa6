# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""The words before an amount that make it the total of its paper, on folded text."""

from __future__ import annotations

import re
from typing import Final

TAX_NAME: Final = r"(?:vat|i\.?v\.?a|t\.?v\.?a|mwst|ust|umsatzsteuer|mehrwertsteuer|tax|taxes|steuern?|imposte|impuestos)\b"
# Tax that is in the sum: such a line is the total, not one of tax.
TAX_INCLUDED: Final = re.compile(
    rf"\b(?:incl\w*|inkl\w*|including|with|con|mit|avec|compres[ao]|inclus[ao])\b\.?\s?(?:\d\d?(?:[.,]\d+)?\s?%\s?)?(?:the |la |l'|de la |der |die )?{TAX_NAME}(?:\s?\d\d?\s?%)?|"
    rf"\b{TAX_NAME}\.?\s?(?:\d\d?(?:[.,]\d+)?\s?%\s?)?(?:incl\w*|inkl\w*|compres\w*|inclus\w*|inbegriffen|eingeschlossen)"
)
# What a payer calls the money that went out.
PAID_LABEL: Final = re.compile(
    r"\b(?:amount|sum|total|value|payment)\W{1,3}(?:of (?:this )?)?(?:transfer(?:red)?|remitted|remittance|paid|wired|sent|payment|cheque|check)\b|"
    r"\b(?:cheque|check|transfer|remittance|payment|bacs|net)\W{1,3}(?:value|amount|total|paid|payment)\b|\b(?:paid|transferred|remitted) (?:to you|in total|today)\b|"
    r"uberwiesener betrag|betrag uberwiesen|\b(?:uberweisungs|auszahlungs|zahl|zahlungs|scheck)betrag|\bauszahlung\b|\bgezahlter betrag|\bzahlungssumme|summe (?:der )?zahlung|gezahlt gesamt|"
    r"(?:importo|totale|netto|somma)\W{1,3}(?:del )?(?:accreditat[oa]|bonificat[oa]|liquidat[oa]|versat[oa]|pagat[oa]|bonifico|pagamento|assegno)|\b(?:bonifico|accredito|pagamento) (?:di|per|totale|complessivo)\b|"
    r"a (?:vs|vostro|vostra)\.? (?:credito|favore)|netto (?:a pagare|pagato|accredito)|"
    r"montant (?:verse|vire|transfere|paye|regle|du (?:virement|reglement|paiement|cheque))|net (?:verse|vire|paye|regle)|total (?:verse|vire|regle|paye)|"
    r"(?:importe|total|liquido|neto)\W{1,3}(?:transferido|abonado|ingresado|pagado|liquido|liquidado|a percibir|del? (?:pago|la transferencia|cheque))|liquido a percibir|a (?:su|vuestro) favor"
)
# What a paper says it wants, gives or takes, all together.
WANTED_LABEL: Final = re.compile(
    r"\b(?:please|kindly) (?:pay|credit|remit|transfer|refund)\b|\bto be (?:deducted|credited|debited|paid|refunded|charged|invoiced)\b|\b(?:debit|credit) in (?:our|your) favou?r\b|"
    r"\bwe (?:hereby |have |will )?(?:debit(?:ed)?|credit(?:ed)?|charged?|deduct(?:ed)?) (?:you|your|the|a|an|by|with|sum|total|account|amount| )*\W{0,3}(?:of |with )?$|"
    r"\b(?:sum|amount|balance|value|total) (?:to (?:pay|credit|debit|deduct)|payable|due|claimed|debited|credited|charged|deducted)\b|\b(?:debit|credit|chargeback|claim|credit note|debit note) (?:amount|total|value)\b|"
    r"\b(?:che|vi|le) (?:vi )?(?:addebit\w+|accredit\w+|storniamo|detra\w+)\b|\bda (?:addebitare|detrarre|accreditare|versare|pagare|stornare|trattenere|dedurre|rimborsare)\b|\baddebito di\b|\baccredito di\b|"
    r"\ba (?:vs|vostro|nostro|ns)\.? (?:carico|debito|credito|favore)\b|\bsaldo a\b|\btotale a\b|"
    r"\bnous (?:vous )?(?:debitons|creditons|facturons|deduisons)\b|\ba (?:deduire|debiter|crediter|payer|regler|rembourser|facturer)\b|en (?:notre|votre) faveur|"
    r"\b(?:le|les|os|te) (?:cargamos|adeudamos|abonamos|facturamos|descontamos)\b|\ba (?:cargar|deducir|abonar|ingresar|pagar|descontar|adeudar)\b|a (?:su|nuestro|vuestro) (?:cargo|favor)|"
    r"\bwir (?:belasten|schreiben|verrechnen|berechnen|kurzen)\b|\bzu (?:belasten|zahlen|uberweisen|verrechnen|erstatten|vergute\w*|kurzen)\b|\bzu (?:ihren|unseren) (?:lasten|gunsten)\b|"
    r"\b(?:belastung|gutschrift|abzug|forderung)\w* (?:uber|von|in hohe von|insgesamt|gesamt)\b"
)
# Sums of something else: other papers, goods, what was before, what would be.
OTHER_SUM: Final = re.compile(
    r"\b(?:original|ursprunglich\w*|originari\w*|initial\w*|previous\w*|last (?:month|year|statement)|precedent\w*|anterior\w*|vorherig\w*|carried|brought|c/?f|b/?f|a riportare|riporto|report|ubertrag|"
    r"a reporter|suma y sigue|suma anterior|if paid|bei zahlung|se pagato|en cas de paiement|si se paga|of which|davon|di cui|dont|de los cuales|per unit|stuckpreis|unit price|prezzo unitario|"
    r"prix unitaire|precio unitario|skonto|cash discount|sconto cassa|escompte|pronto pago|already (?:paid|credited)|gia (?:pagat\w|versat\w)|deja (?:paye|regle|verse)|ya (?:pagad\w|abonad\w)|"
    r"bereits (?:gezahlt|bezahlt|gutgeschrieben)|deposit|acconto|acompte|anticipo|anzahlung|outstanding|open balance|restbetrag|offener? (?:betrag|posten|saldo))\b|"
    r"\b(?:goods|lines?|items?|merce|righe|marchandises?|mercancia|waren?|posten) (?:total|value|totale?|wert|summe)\b|\bwarenwert\b|"
    r"\b(?:total|totale|summe|suma|somme) (?:goods|lines|merce|righe|marchandises|mercancias|discount|sconti|remises|descuentos|rabatte)\b|"
    r"\btotal (?:qty|quantity|pieces|weight|units)\b"
)
# A row that says what is left of the rows above.
BALANCE_ROW: Final = re.compile(
    r"[^\na-z]{0,6}(?:(?:remaining |net |outstanding |credit )?balance|remainder|(?:balance|amount|net) (?:due|left|to (?:us|credit))|still (?:due|owed)|"
    r"saldo|residuo|restano|rimanenza|differenza (?:a|da) [a-z]+|solde|reste(?: du| a [a-z]+)?|restant|pendiente|resto|diferencia (?:a|por) [a-z]+|"
    r"rest(?:betrag|forderung|anspruch|guthaben)?|verbleib\w*|noch offen|restlich\w*|saldo zu (?:ihren|unseren) (?:gunsten|lasten))\b[^\n.;]{0,40}$"
)
