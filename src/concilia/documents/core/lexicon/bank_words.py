# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""The words of lists of what moved on a bank account, in five languages; folded."""

from __future__ import annotations

import re
from typing import Final

# Columns by their whole names.
BOOKED: Final = re.compile(
    r"(?:(?:booking|posting|post|transaction|trans|txn|entry|processed|process|operation) ?date|date(?: posted| booked| of (?:transaction|entry|posting))?|"
    r"data(?: (?:contabile|contab\.?|operazione|op\.?|mov(?:imento)?\.?|registrazione|reg\.?))?|"
    r"date(?: (?:(?:d['’ ]?)?operation|op\.?|comptable|de comptabilisation|ecriture|mouvement))?|"
    r"fecha(?: (?:(?:de )?operacion|oper\.?|f\. ?oper\.?|contable|de movimiento|mov\.?|de la operacion))?|f\. ?(?:oper(?:acion)?|contable)\.?|"
    r"buchungstag|buchungsdatum|buchung(?:sdat\.?)?|bu-?tag|bu\.?-?dat\.?|datum|tag)"
)
BOOKED_BY_BANKS: Final = re.compile(
    r"(?:booking|posting|transaction|processed) ?date|data (?:contabile|operazione)|date (?:(?:d['’ ]?)?operation|comptable|de comptabilisation)|fecha (?:(?:de )?operacion|contable)|buchungstag|buchungsdatum|bu-?tag"
)
VALUED: Final = re.compile(
    r"(?:value ?date|value|val\.? date|value dt\.?|data valuta|valuta|d\.? ?valuta|date (?:de )?valeur|d\.? ?valeur|valeur|fecha (?:de )?valor|f\. ?valor|valor|wert|wertst\.?|wertstellung(?:stag)?|valutadatum|wertstellungsdatum|valutatag)"
)
# Words that may head a sum as well: a day of value only where rows have two days.
VALUED_OR_WORTH: Final = re.compile(r"value|valeur|valor|wert")
SAID: Final = re.compile(
    r"(?:(?:transaction |payment |remittance )?(?:description|details?|narrative|particulars|information|info|text|reference|memo|type)(?:/reference)?|transaction|remittance|reference/description|"
    r"(?:payment|customer|payer|remitter) ?(?:ref(?:erence)?|name)?|payee|counter-?party(?: name)?|paid by|name|from/to|beneficiary/(?:payer|remitter)|payer/payee|"
    r"descrizione(?: (?:operazione|movimento))?(?: estesa)?|causale(?: (?:abi|descrittiva))?|operazion[ei]|dettagli(?:o)?|ordinante(?:/beneficiario)?|beneficiario/ordinante|controparte|riferimento|movimento|motivazione|informazioni(?: aggiuntive)?|"
    r"libelle(?: (?:de l )?operation| complet| simplifie)?|nature(?: de l['’ ]?operation)?|operations?|detail(?: de l['’ ]?(?:operation|ecriture))?|communication|motif|donneur d['’ ]?ordre|contrepartie|tiers|emetteur|reference(?: de l['’ ]?operation)?|designation|informations?(?: complementaires?)?|"
    r"concepto(?: ampliado)?|descripcion|movimiento|detalle|observaciones|ordenante(?:/beneficiario)?|referencia(?: ?[12])?|mas datos|informacion|remitente|"
    r"verwendungszweck|buchungstext|vorgang|umsatzart|zahlungspflichtiger?|(?:name )?(?:auftraggeber|zahler|beguenstigter|begunstigter)(?: ?/ ?(?:empfanger|beguenstigter|begunstigter|zahlungsempfanger|zahlungspflichtiger?))?|empfanger(?: ?/ ?auftraggeber)?|zahlungsbeteiligter|gegenpartei|text|beschreibung|buchungsinformation|erlauterung)"
)
AMOUNT: Final = re.compile(
    r"(?:transaction )?(?:amount|amt)|importo|montant|importe|betrag|umsatz|umsatze|movimento importo"
)
# The two sides: what came in and what went out.
IN: Final = re.compile(
    r"(?:money|paid|amount|cash) in|credits?|deposits?|credit amount|cr|lodgements?|receipts?|avere|accredit[oi]|entrate|credito|credits? amount|recettes?|haber|abonos?|ingresos?|haben|gutschrift(?:en)?|eingang|eingange"
)
OUT: Final = re.compile(
    r"(?:money|paid|amount|cash) out|debits?|withdrawals?|payments?|debit amount|dr|dare|addebit[oi]|uscite|debito|depenses?|debe|cargos?|gastos|reintegros?|soll|belastung(?:en)?|lastschrift(?:en)?|ausgang|ausgange"
)
LEFT: Final = re.compile(
    r"(?:running |account |closing |available )?balance(?: after| c/f)?|saldo(?: progressivo| contabile| disponibile| disponible| posterior| acumulado| nach buchung| despues)?|solde(?: progressif| apres| comptable| courant)?|kontostand|neuer saldo"
)
# What only banks list: accounts of others, their numbers of an entry.
ACCOUNTS: Final = re.compile(
    r"(?:counterparty |payer |remitter )?(?:iban|account(?: number| no\.?)?|bic|swift|sort code)(?: ?/ ?(?:bic|iban|kontonummer))?|(?:iban|conto|c/c|bic)(?: (?:ordinante|controparte|del ordinante))?|cro|trn|cro/trn|(?:iban|compte|bic)(?: (?:du )?(?:donneur d['’ ]?ordre|tiers|contrepartie))?|(?:iban|cuenta|bic)(?: (?:del )?ordenante)?|kontonummer(?:/iban)?|konto(?:nr\.?)?|blz|(?:iban|bic)(?: (?:zahlungsbeteiligter|gegenkonto|auftraggeber))?|bank ?ref(?:erence)?\.?|(?:transaction|bank) id|end-?to-?end(?:-| )?(?:id|ref(?:erence|erenz)?\.?)?|kundenreferenz|mandatsreferenz|glaubiger-?id|oficina|sucursal|valore? abi|causale abi|codice abi"
)
# Columns of papers: a list with one is no account, or one in somebody's ledger.
PAPERS: Final = re.compile(
    r"\b(?:inv(?:oice)?s?|bill|fatt(?:ura|ure)?|ft|fact(?:ure|ura|ures|uras)?|fra|rechn(?:ung)?(?:s?-?(?:nr|nummer|datum))?\.?|re-?nr\.?|rg-?nr\.?|beleg(?:-?(?:nr|nummer|art))?\.?|doc(?:ument[oi]?|umento)?|dokument|piece|n[°o]? ?piece|voucher|due(?: date)?|scadenza|echeance|vencimiento|fallig(?:keit)?|discount|sconto|escompte|skonto|descuento|netto|lordo|deduct\w*|trattenut\w*|deduction|abzug|paid amount|open|aperto|offen|journal|giornale|contropartita|gegenkonto(?:nr)?|order|ordine|commande|pedido|po)\b"
)
# What banks call the movements.
MOVED: Final = re.compile(
    r"\b(?:faster payment|fpi|fps|bacs|chaps|bgc|direct debit|standing order|card (?:payment|purchase)|pos|atm|cheques?|chq|wire|ach|tfr|trf|transfer(?:ed)? (?:from|to|received)|inward|incoming payment|"
    r"bank (?:charges?|fees?)|account fee|interest|lodgement|sepa|sct|sdd|bonific[oi]|bon\.?|giroconto|addebito (?:diretto|sdd)|commission[ie]|competenze|spese (?:tenuta|bancarie)|canone|imposta (?:di )?bollo|prelievo|versamento|pagamento (?:pos|carta|f24)|f24|disposizione|acc(?:redito)?\.?|"
    r"vir(?:ement)?s?|vrt|prlv|prelevement|cb|carte|frais(?: bancaires)?|cotisation|remise (?:de )?(?:cheques?|cb)|retrait|effet|agios|"
    r"transf(?:er(?:encia)?)?\.?|recibo|bizum|comision(?:es)?|ingreso|abono|adeudo|cargo|remesa|nomina|traspaso|tarjeta|liquidacion|"
    r"uberweisung(?:sgutschrift)?|gutschrift|gutschr\.?|lastschrift|dauerauftrag|eingang|kartenzahlung|girocard|entgelt(?:e|abschluss)?|kontofuhrung(?:sgebuhr)?|gebuhren|abschluss|dauerlastschrift|sammler|echtzeit-?uberweisung|zahlungseingang)\b"
)
# What only a ledger books, at the beginning of its words.
BILLED: Final = re.compile(
    r"(?:y(?:ou|)r |vs\.? |ns\.? |vostra |vs |votre |v/ ?|su |ihre? )?(?:invoice|inv\b|credit note|debit note|cn\b|fattura|fatt\b|ft\b|nota (?:di )?(?:credito|debito|accredito)|n/?c\b|facture|fact?\b|avoir|factura|fra\b|nota de cargo|rechnung|rg\b|er\b|wareneingang|eingangsrechnung)"
)
# Titles of an account at a bank, and its first and last line.
ACCOUNT_TITLES: Final = re.compile(
    r"\b(?:bank statement|account statement|statement of account|(?:account|transaction) (?:history|activity|listing|report|export|movements)|current account|business account|transactions?|movements|"
    r"estratto (?:di )?conto|lista movimenti|movimenti (?:del |di )?(?:conto|c/c)|movimenti|conto corrente|rendiconto|"
    r"releve (?:de |du )?(?:compte|bancaire|d['’ ]?operations)|extrait de compte|mouvements|operations (?:sur|du) compte|historique|compte courant|"
    r"extracto (?:bancario|de (?:la )?cuenta|de movimientos)|movimientos(?: de (?:la )?cuenta)?|cuenta corriente|consulta de movimientos|"
    r"kontoauszug|kontoumsatze|umsatz(?:liste|ubersicht|anzeige)|umsatze|girokonto|geschaftskonto|tagesauszug)\b"
)
ENDS: Final = re.compile(
    r"\b(?:(?:opening|closing|previous|new|ledger|start|end|brought forward|available) balance|balance (?:brought|carried) forward|saldo (?:iniziale|finale|contabile|precedente|attuale|disponibile|di apertura|di chiusura|inicial|final|anterior|actual|disponible|al)|"
    r"(?:ancien|nouveau) solde|solde (?:initial|final|precedent|crediteur|debiteur|au|en debut|en fin|anterieur|nouveau|d['’ ]?ouverture|de cloture)|(?:alter|neuer|letzter|aktueller) (?:konto)?(?:stand|saldo)|anfangs(?:saldo|bestand)|end(?:saldo|bestand)|saldo(?:vortrag| alt| neu| vom| zum| per))\b"
)
HOLDING: Final = re.compile(
    r"\b(?:iban|bic|swift|sort code|account (?:no|number|name|holder)|kontonummer|kontoinhaber|konto-?nr|blz|bankleitzahl|intestatario|intestato a|conto n|c/c n?|abi|cab|titulaire|compte n|code (?:banque|guichet)|titular|ccc|numero de cuenta|cuenta n|bank|banca|banque|banco|sparkasse|volksbank|raiffeisenbank|bankverbindung)\b"
)
