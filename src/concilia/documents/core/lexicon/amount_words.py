# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""The words around an amount that say what it is, on folded text, in five languages."""

from __future__ import annotations

import re
from typing import Final

WANTED: Final = re.compile(
    r"credit|refund|reject|refus|contested|on hold|owed|entitled|extra cost|surplus|short\b|netted|reverse|write off|taken off|we want|"
    r"rifiut|respin|ci spett|sospes|maggiori costi|da restitu|restitu|vogliamo|chiediamo|a credito|"
    r"refus|rejet|nous revien|nous sommes dus|surcout|annul|restitu|rembours|"
    r"rechaz|no aceptamos|nos corresponde|sobrecoste|devol|anul|reimburs|deduct|withh[eo]ld|claim|differen|short.?pa|compensat|damage|loss|charge|penalt|disput|"
    r"\bfees?\b|give\w* back|gebuhr|ridat|ridia|rendete|set off|offset|freight|carriage|surcharge|need|back\b|should not be|overcharg|too much|reduc|discount|rebate|bonus|owe|value of|worth|amounting|amount of|"
    r"accredit|storn|rimbors|trattenut|detra|dedo|decurt|scala|abbuon|contest|risarc|danno|danni|penal|in piu|"
    r"pari a|spese|manca|mancano|dobbiamo avere|valore|ammonta|addebit|reclam|compens|premio|contribut|sconto|tratt[ei]n|"
    r"avoir|rembours|dedui|deduct|retenu|retenue|ecart|litige|indemnis|dommage|reclam|prejudice|"
    r"d'un montant|manque|frais|port\b|soit|valeur|imput|trop|remise|ristourne|participation|"
    r"abon[oa]|portes|faltan|falta|deben|reembols|descont|retenid|diferencia|reclam|deduc|perjuicio|importe de|valor|cargo|de mas|"
    r"compens|descuento|rapel|rappel|aportacion|reintegr|"
    r"gutschrift|gutzuschreib|erstatt|abzug|abgezogen|abziehen|gekurzt|kurz|einbehalt|differenz|schaden|belast|reklam|"
    r"forder|schreib|fehl|wollen|hatten gern|mehrkosten|steh(?:t|en) uns|uns steh|aufwand|strittig|weisen wir zuruck|zuruck\b|zu unrecht|fracht|in hohe|hohe von|wert von|zu viel|zuviel|minder|rabatt|bonus|warenwert|verrechn|betrag von|ponale"
)
OF_INVOICE: Final = re.compile(
    r"\b(?:invoices?|inv\.?|bill|fattur[ae]|ft\.?|factures?|facturas?|fra\.?|rechnung(?:en)?|re|rg)(?![a-z])[ -]?(?:n[.or°]*|no\.?|nr\.?|number|numero)?"
    r"[^a-z]{0,6}(?:[a-z]{0,4}[-/]?\d[^a-z]{0,22})?(?:\s?\(?(?:of|over|for|di|da|del|de|du|d'un montant de|von|vom|uber|por|por importe de|per|mit|"
    r"(?:document )?total|in total|totale(?: documento)?|gesamt|gesamtbetrag|im ganzen|au total|balance|amount|importo|betrag|montant|importe|in all))?"
    r"[^a-z]{0,18}(?:eur|euro|€|£|gbp)?\s*$"
)
UNWANTED: Final = re.compile(
    r"\b(?:paid|pagat[oi]|bonificat[oi]|pay[e]e?s?|regle|pagado|abonado|bezahlt|uberwiesen|gezahlt|transferred|"
    r"instead of|invece di|anziche|au lieu de|en lugar de|en vez de|statt|anstatt|unit price|price of|at a price|"
    r"d'accordo (?:per|su)|eravamo d'accordo per|prezzo (?:unitario|di|concordato)|prix (?:unitaire|de|convenu)|precio (?:unitario|de|acordado)|preis von|"
    r"einzelpreis|stuckpreis|invoiced at|fatturato a|facture a|facturado a|berechnet mit|agreed price|per unit|"
    r"charged at|totale documento|total document|total invoice|invoice total|totale fattura|total facture|total factura|rechnungsbetrag|"
    r"rechnungssumme|gesamtrechnung|out of|su un totale di|sur un total de|balance of|saldo di|saldo von|"
    r"remaining|will pay|pagheremo|paierons|pagaremos|werden wir|above|oltre|"
    r"vereinbart(?: waren| sind| war| ist)?|agreed|agreed on|concordat[oaie]|convenu[es]*|acordad[oa]s?|pattuit[oaie]|should be|"
    r"statt der|richtig (?:ware|ist|sind)|correct is|korrekt|regular(?:ly)?|listino|list price|tarif|tarifa|listenpreis|limit|free from|ab einem (?:wert|bestellwert) von|"
    r"value of goods|goods worth|in goods|already credited|bereits gutgeschrieben|"
    r"reglee?s?|payee?s?|reglons|reglerons|paghero|pago|pague|pagamos|je paie|nous payons|je paierai|zahle|zahlen|i'?ll pay|we'?ll pay|we paid|i paid|settlement of|ausgleich von|reglement de|"
    r"valore (?:totale )?(?:della|di|del) \w+(?: era| e)?|value of (?:the|this|your) (?:\w+ )?(?:order|delivery|invoice|document|supply|shipment)(?: is| was)?|"
    r"total (?:amount |value )?of (?:the|this|your|that) (?:\w+ )?(?:order|delivery|invoice|document|bill|supply|shipment)(?: is| was)?|"
    r"(?:total|importe|valor) (?:de la|del|de su|de vuestra?) (?:\w+ )?(?:factura|pedido|albaran|documento|suministro)(?: es| era)?|"
    r"(?:total|montant|valeur) (?:de la|de votre|du|de cette) (?:\w+ )?(?:facture|commande|livraison|document)(?: est| etait)?|"
    r"totale (?:della|del|di) (?:\w+ )?(?:fattura|ordine|fornitura|consegna|documento)(?: e| era)?|"
    r"(?:gesamtwert|gesamtbetrag|wert|summe) (?:der|des|ihrer|dieser) (?:\w+ )?(?:rechnung|bestellung|lieferung|sendung|auftrags|belegs)(?: ist| war| betragt)?|"
    r"superior[ei]? a|au-dela de|au-dessus de|ab|exceeds?|minimum|minimo)\s[^.;,\d]{0,16}(?:, )?$"
)
UNIT_PRICE_AFTER: Final = re.compile(
    r"^\s?(?:€|eur|euro)?\s?(?:/|each\b|per (?:unit|piece|case|kg|carton|box|bottle|pallet|pezzo|collo|cartone|piece)|"
    r"a pezzo|al (?:pezzo|kg|collo|cartone|litro)|cad\b|cadauno|l'uno|piece\b|par (?:piece|carton|kg|colis)|le (?:kg|colis|carton)|"
    r"la piece|pro (?:stuck|kg|karton|flasche)|je (?:stuck|kg|karton|flasche)|cada un[oa]|por (?:unidad|kilo|caja|kg)|la unidad|"
    r"(?:la|el|le|il|lo|the|an?|die|das|der|l'|cada|each|per|pro|je|por|par|al|alla|a la|au|a l')\s?(?:caja|pieza|bandeja|botella|bolsa|paquete|saco|palet|bulto|rollo|docena|barril|"
    r"caisse|bouteille|paquet|sac|palette|colis|rouleau|douzaine|fut|bac|cassa|cassetta|bottiglia|busta|confezione|sacco|bancale|rotolo|dozzina|fusto|collo|vasetto|"
    r"case|bottle|bag|pack|packet|sack|pallet|roll|dozen|keg|crate|jar|box|tray|tin|kiste|flasche|packung|sack|palette|rolle|dutzend|fass|steige|glas|dose|kasten|stuck|karton|paar)\b|"
    r"apiece|a piece|ea\b|/ ?(?:kg|pz|pc|st|unit))"
)
WHOLE: Final = re.compile(
    r"\btotal|totale|altogether|together|zusammen|ensemble|in tutto|complessiv|insgesamt|gesamt|en total|au total|in all|in total|summe|overall"
)
GROSS: Final = re.compile(
    r"(?:(?:with|con|mit|avec|inkl\.?|incl\.?|including|brutto|gross|lord[oi]|ivato|iva (?:compresa|inclusa|incluida)|ttc|toutes taxes)"
    r"(?:\s(?:the |der |la )?(?:vat|iva|tva|mwst|ust|mehrwertsteuer|umsatzsteuer|tax))?)\b"
)
GROSS_BEFORE: Final = re.compile(
    r"(?:\bgross|brutto|lord[oi]|\bttc|(?:incl|inkl|including|compresa|incluida|con|mit|with|avec)\.?\s(?:la |the |der |l')?(?:vat|iva|tva|mwst|ust|mehrwertsteuer|"
    r"umsatzsteuer))\W{0,3}$"
)
NET: Final = re.compile(
    r"(?:excl|exkl|netto|net\b|iva esclusa|\+ ?iva|ht\b|hors tax|zzgl|sin iva|mas iva|plus|\+ ?(?:vat|iva|tva|mwst)|imponibil|senza iva|ohne mwst)"
)
NET_BEFORE: Final = re.compile(r"\b(?:net|netto|imponibile|ht|neto|base imponible|base)\W{0,3}$")
REFUND: Final = re.compile(
    r"refund|money back|geld zuruck|ruckzahl|erstatt|zuruckzahl|rimbors|restitu|rembours|reembols|devolu|devuelv|nothing (?:has )?(?:come|arrived)"
)
DIFFERENCE_AFTER: Final = re.compile(
    r"\s?(?:€|eur\w*|£|gbp)?\s?(?:ht|ttc|netto|net)?\s?(?:de trop|d'ecart|de difference|de mas|de diferencia|de menos|in piu|in meno|di differenza|di troppo|zu viel|"
    r"zuviel|zu wenig|differenz|too much|too little|too high|short|missing|difference|a nuestro favor|a notre faveur|a nostro favore|zu unseren gunsten|"
    r"(?:que|che) (?:faltan|sobran|mancano|manquent)|en trop|manquants?|wanted|back|a rendre|a rembourser|zuruck|zu erstatten|da rendere|da restituire|da accreditare|a devolver|a abonar|to be (?:credited|refunded)|to credit)\b"
)
NOT_PAYING: Final = re.compile(
    r"\b(?:no pag\w+|non pag\w+|won't pay|will not pay|not pay\w*|not going to pay|ne pai?y?er?\w*(?: pas)?|ne regle\w*(?: pas)?|nous retenons|nous deduisons|je retiens|"
    r"tratteniamo|trattengo|retenemos|descontamos|withhold\w*|wir (?:kurzen|behalten)|refuse to pay|verweiger\w*)\b[^.;]{0,40}$"
)
NOT_PAYING_AFTER: Final = re.compile(
    r"\s?(?:€|eur\w*|£|gbp)?\s?(?:werde ich|werden wir|zahle ich|zahlen wir|bezahle ich|wird)?\s?(?:so |daher |deshalb )?(?:nicht|remain\w* unpaid|are disputed|is disputed|"
    r"bleiben? offen|weisen wir zuruck)\b|\s?(?:€|eur\w*)?\s?(?:werde ich|werden wir) (?:so |daher )?nicht"
)
REST_OF_PAYMENT: Final = re.compile(
    r"\b(?:transfer\w*|uberw\w*|bonific\w*|vir\w+|paid|pay\w*|zahl\w*|pag\w+|ingres\w*)\s[^.;\d]{0,28}(?:rest\w*|differen\w*|diferenc\w*|balance|remain\w*|saldo|solde)[^\d.;]{0,6}$"
)
IN_BRACKETS: Final = re.compile(
    r"(?<![\w.,])(?:[a-z]{1,4}[-/ ]?)?[\d/-]*\d{3,}[\w/-]*\s?\(\s?(?:totale?|total|gesamt|insgesamt|eur|€|£|gbp)?\s?$"
)
VAT_WANTED: Final = re.compile(
    r"\b(?:vat|iva|tva|mwst|ust|umsatzsteuer|mehrwertsteuer)\b[^.;]{0,40}(?:error|wrong|zu unrecht|falsch|errore|erronea|errat|a tort|indebid|no procede|entfall)|"
    r"reverse.?charge|zero.?rated?\b|vat.?exempt|exempt from (?:vat|tax)|supply is exempt|non imponibile|inversione contabile|steuerfrei|steuerbefreit|"
    r"innergemeinschaftlich|steuerschuldnerschaft|autoliquidation|exoneree? de|exenta? de iva|inversion del sujeto|operacion exenta|"
    r"\b(?:vat|iva|tva|mwst|ust|umsatzsteuer|mehrwertsteuer)\s(?:to be |zu |da |a |ist zu )?(?:credit|refund|storn|rimbors|restitu|accredit|erstatt|gutzuschr|rembours|abon|devol)|"
    r"(?:credit|refund|storn|rimbors|accredit|erstatt|gutschr|gutzuschr|rembours|avoir|abon|devol|korrig)[^.;\d]{0,40}(?<!plus )(?<!\+ )(?<!oltre )(?<!zzgl )(?<!incl )(?<!inkl )(?<!mas )(?<!with )(?<!con )(?<!avec )(?<!mit )(?<!and )(?<!ohne )(?<!senza )(?<!sin )(?<!less )(?<!without )\b(?:vat|iva|tva|mwst|ust|"
    r"umsatzsteuer|mehrwertsteuer)\b"
)
VAT_BEFORE: Final = re.compile(
    r"\b(?:vat|iva|tva|mwst|ust|umsatzsteuer|mehrwertsteuer)\b\.?\s?(?:\(?\d+(?:[.,]\d+)?\s?%\)?)?[^\w=]{0,3}(?:of |di |de |von )?$"
)
RESULT: Final = re.compile(
    r"(?:=|->|→|\b(?:makes|that's|that is|which is|thus|hence|so|i\.e\.|comes to|equals|altogether|together|macht(?: das)?|ergibt|also|das sind|das ist|"
    r"mithin|somit|zusammen|d\.h\.|fanno|fa|sono|cioe|ossia|quindi|per un totale di|in totale|pari a|soit|font|fait|donc|c'est-a-dire|"
    r"total(?:e)?|summe|somma|suma|au total|ensemble|hacen|hace|son|es decir|o sea|en total|suman|suma|asciende a|ammonta a))\s?:?\s?$"
)
FACTOR_BEFORE: Final = re.compile(
    r"(?:\d|\bone|two|three|four|drei|vier|zwei|due|tre|deux|trois|dos|tres|[a-z]{3,})\s?(?:x|×|\*|@|à)\s?$|"
    r"(?<![\w/.,-])\d{1,6}\s(?:[a-z.]{1,14}\s){1,3}(?:a|at|zu|je|zu je|von je|da|de|di|por|per|por cada|mit)\s?$|"
    r"(?<![\w/.,-])\d{1,6}(?:,\d{1,3})?\s?(?:kg|t|l|h|m)?\s?(?:a|at|zu|je|zu je|mal)\s?$|"
    r"\b(?:each at|at|je|zu je|von je|cadauno|cad\.|l'un|chacun|cada un[oa]|pro stuck|per unit|unit|satz)\s?$"
)
BASE: Final = re.compile(
    r"\b(?:turnover|sales|purchases|volume|umsatz|einkaufsvolumen|bemessung(?:sgrundlage)?|fatturato|acquisti|imponibile|chiffre d'affaires|ca|"
    r"achats|assiette|ventas|compras|volumen|facturacion|base)(?:\s[a-z]+|\s20\d\d|\s\d{4}|:)*\s?:?\s?$|"
    r"(?:%|percent|prozent|per cento|pour cent|por ciento)\s?(?:of|on|auf|von|aus|su|di|sur|de|sobre)\s(?:the |the net |der |die |un |una )?$"
)
PART: Final = re.compile(
    r"\b(?:berechnet(?: wurden?| sind)?|billed|invoiced|charged|fatturat[oaie]|facture[es]*|facturad[oa]s?|of which|davon|di cui|dont|de los cuales|(?<!damaged )(?<!missing )(?<!broken )goods|warenwert|merce|marchandises?|mercancia)\W{0,3}$"
)
PAID_AFTER: Final = re.compile(
    r"\s?\)?,?\s?(?:(?:is|are|was|were|has been|have been|(?:i|we)(?:'ve| have)|l'?\s?ho|li ho|l'abbiamo|li abbiamo|lo abbiamo|habe ich|je l'ai|nous l'avons|lo he|lo hemos|ya lo he|ya los hemos|ist|sind|wurden?|haben wir|e stato|sono stati|a ete|ont ete|ha sido|se ha|fue)\s)?"
    r"(?:already |schon |bereits |gia |deja |ya )?(?:paid|transferred|settled|bezahlt|uberwiesen|gezahlt|beglichen|pagat[oi]|bonificat[oi]|"
    r"versat[oi]|regle|paye|vire|verse|pagad[oa]s?|transferid[oa]s?|abonad[oa]s? ya)\b"
)
PAID_OUT: Final = re.compile(
    r"\b(?:paid|pay|paying|transfer(?:red)?(?: of)?|wired|sent|remitted|payment of|uberwiesen|uberweisung von|zahlung von|zahlen|gezahlt|bezahlt|"
    r"bonificat[oiae]|bonifico di|pagat[oiae]|pagamento di|versat[oiae]|disposto|regle|paye|vire|virement de|reglement de|paiement de|"
    r"transferid[oa]|transferencia de|pagad[oa]|pago de|abonad[oa])\b[^\0]{0,60}\0|"
    r"\b(?:credited (?:with|by)|gutgeschrieben|accreditat[oi]|credite (?:de|d'un)|abonad[oa] (?:con|en))\b[^\0\d]{0,30}\0|"
    r"\0[^\0\d]{0,20}\b(?:raus|rausgegangen|hinaus|unterwegs|went out|gone out|on (?:its|their) way|partit[oi]|parti[es]*|salieron|han salido)\b|"
    r"\0[^\0\d]{0,30}\b(?:paid|transferred|wired|leaves|has left|uberwiesen|angewiesen|gezahlt|bezahlt|bonificat[oiae]|pagat[oiae]|versat[oiae]|"
    r"regle|paye|vire|transferid[oa]s?|pagad[oa]s?)\b|\bwith\s(?:eur|gbp|usd|£|€)?\s?\0"
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
# What makes a line one of totals and taxes, in small letters; and the line with it and its sum.
SUM_WORD: Final = re.compile(
    r"\b(?:sub.?total|total\w*|netto?|net|vat|iva|tva|mwst|ust|imponibile|gesamt\w*|summe|ht|ttc|base)\b"
)
# A cell that asks for money, or is a total, beside a cell that is a number; and those that are none.
ASKED_CELL: Final = re.compile(
    r"\b(?:credit(?:ed)?|refund|claim(?:ed)?|requested|charge|debit(?:ed)?|deduct\w*|amount|value|total\w*|sum|"
    r"importo|valore|somma|totale|accredit\w+|rimbors\w+|richiest\w+|addebit\w+|"
    r"montant|somme|avoir|demande\w*|reclame\w*|rembours\w+|credit\w*|"
    r"importe|suma|abon\w+|reclamad\w+|solicitad\w+|reembols\w+|cargo|"
    r"betrag|summe|wert|gesamt\w*|gutschrift|gutzuschreiben\w*|gutschreiben|erstatt\w+|stornieren|belast\w+|forderung)\b"
)
NO_SUM_CELL: Final = re.compile(
    r"\b(?:no|nr|num\w*|number|ref\w*|date|data|fecha|datum|qty|quantit\w+|units|pieces|menge|anzahl|stuck\w*|cantidad|unidades|qte|pezzi|id|code|cod\w*|invoice|rechnungs?-?(?:nr|nummer)|page|weight|kg|rate|%|note)\b|n[\u00b0\u00ba]|%"
)
SUM_LINE: Final = re.compile(
    rf"[^\n]{{0,60}}{SUM_WORD.pattern}[^\n]{{0,40}}\d[^\n]{{0,60}}", re.IGNORECASE
)
# Right behind an amount: it is right, nobody contests it, it comes.
FINE_AFTER: Final = re.compile(
    r"\s?(?:€|eur\w*|£|gbp)?\s?\)?,?\s?(?:(?:is|was|are|were|est|sont|e|es|son|ist|sind|sono|bleib\w+|remain\w*)\s(?:all |quite |tout a fait |ganz |schon )?"
    r"(?:right|correct|fine|ok(?:ay)?|undisputed|not (?:disputed|contested|in dispute)|juste|exacte?s?|corrects?|bonn?e?s?|giust\w+|corrett\w+|correct\w+|richtig|korrekt|in ordnung|einwandfrei|"
    r"unstrittig|in ordine|a posto|bien|pacific\w+|incontestat\w+)|stimm(?:t|en)\b(?! nicht)|va bene|vanno bene|"
    r"no (?:lo|la|los|las) (?:discut\w+|recla\w+)|non (?:lo|la|li|le) (?:contest\w+|discut\w+)|(?:we|i) (?:do not|don't) (?:dispute|contest)|bestreit\w+ (?:wir|ich) nicht|"
    r"(?:erhalten|bekommen) sie|you(?:'ll| will) (?:get|receive|have)|will be paid|w(?:ird|erden) (?:bezahl|uberw|gezahl)|(?:la |lo |le |li )?riceverete|vous (?:recevrez|sera|seront)|recibira\w*|"
    r"(?:verra|sara|saranno|verranno) (?:pagat|saldat|bonificat)|ser(?:a|ont) (?:paye|regle|vire)|ser(?:a|an) (?:pagad|abonad|transferid))"
)
# Right before an amount: what is too much, or what two papers differ by.
DIFFERENCE_BEFORE: Final = re.compile(
    r"\b(?:trop[- ](?:facture|percu|paye|verse|compte)e?s?|zu ?viel (?:berechnet|bezahlt|gezahlt|verrechnet)\w*|over.?(?:charge|bill|pay|paid|payment|invoice)\w*|"
    r"(?:fatturat|addebitat|pagat)\w+ in (?:piu|eccesso)|(?:facturad|cobrad|pagad)\w+ de mas|differen(?:ce|z|za)|diferencia|ecart|abweichung|variance|shortfall)\b"
    r"(?: (?:of|von|di|de|is|ist|e|es|est|is))?\W{0,3}(?:eur|gbp|usd|chf|euro)?\s?$"
)
# What the writer does not mind paying.
ACCEPTED: Final = re.compile(
    r"\b(?:don't mind|do not mind|no objection to|happy (?:with|to pay)|fine with|accept(?:ed|s)?|agree (?:to|with)|akzeptiere[n]?|anerkannt|erkennen? .{0,12} an|"
    r"einverstanden mit|accett(?:o|iamo)|d'accordo (?:su|con)|va bene|vanno bene|riconosc(?:o|iamo)|d'accord pour|j'accepte|nous acceptons|"
    r"acept(?:o|amos)|de acuerdo con|conforme[s]? con)\b[^.;,\d]{0,22}$"
)
# Tax beside a number.
TAX: Final = re.compile(
    r"\b(?:vat|iva|i\.v\.a|tva|t\.v\.a|mwst|ust|umsatzsteuer|mehrwertsteuer|steuer|tax|impost[ao]|taxe)\b"
)
NET_GROSS: Final = re.compile(r"\b(?:brutto|netto|gross|net|ttc|ht|lord[oi]|ivat[oi]|bruto|neto)\b")
# What stands between a sum and the parts of it.
OF_WHICH: Final = re.compile(
    r"\s?(?:eur|euros?|gbp|usd|chf|[€£$])?,?\s?(?:\(|of which|davon|di cui|dont|de los cuales|de ellos|made up of|composed of|bestehend aus|nahmlich|namely|i\.e|und zwar|cosi composto|"
    r"a saber|bestehend|composto)"
)
