# ruff: noqa: E501 - a word list is read by its columns, not by its line length
"""The words that names of columns are made of, folded, in five languages: `montant` + `retenu`."""

from __future__ import annotations

from typing import Final

# Patterns of whole words, by what they stand for. A word may stand for several things.
WORDS: Final[dict[str, str]] = {
    "money": r"montants?|mt|mnt|mont|sommes?|valeur|import[oi]|imp|tot|totale?s?|valore|val|importes?|valor|amounts?|amt|value|betrag|betr|summe|wert|sum|"
    r"eur|euros?|gbp|usd|chf|montt|mtt",
    "number": r"n|no|nr|num|numeros?|numbers?|nbr|nos|ref|refs|references?|rif|riferiment[oi]|referencias?|referenz|nummern?|id|estremi",
    "document": r"invoices?|inv|bills?|docs?|documents?|factures?|facts?|facs?|pieces?|pce|pc|vouchers?|fattur[ae]|ft|fatt|documenti?o?|docum|partit[ae]|facturas?|"
    r"fras?|rechnung(?:en|s)?|re|rg|rechn|belege?s?|faktur(?:a|en)?|justificat(?:if|ifs)|justificantes?|papers?|items?|dokumente?s?",
    "order": r"orders?|po|commandes?|cde|cdes|cmd|cmde|ordin[ei]|oda|pedidos?|ped|bestellung(?:en)?|bestell|auftrags?|auftraege",
    "delivery": r"deliver(?:y|ies)|bons?|bl|livraisons?|ddt|boll[ae]|albaran(?:es)?|lieferscheine?|ls|despatch|dispatch|expedition",
    "paid": r"virons|reglons|payons|versons|bonifichiamo|paghiamo|pagamos|transferimos|ueberweisen|uberweisen|pa(?:id|yed)|payees?|payes?|paye|paiements?|regles?|reglees?|reglt|reglts|reglements?|verses?|versees?|versements?|vires?|virees?|virements?|nets?|nette|netto|neto|"
    r"pagat[oiae]|pag|pagamento|bonificat[oiae]|bon|bonif|bonifico|liquidat[oiae]|liq|saldat[oiae]|versat[oiae]|accreditat[oiae]|pagad[oa]s?|pago|pagos|abonad[oa]s?|transferid[oa]s?|transferencia|"
    r"liquidad[oa]s?|liquido|bezahlt|gezahlt|ausgezahlt|ausbezahlt|(?:be|ge|aus)?zahlt|zahlung(?:s|en)?|zahl|zahlbetrag|ueberwiesen|uberwiesen|uberweisung|angewiesen|beglichen|reguliert|"
    r"remitted|sent|vergutet|vergutung|verguetet|ausgeglichen|remittance|transferred|transfer|settled|settlement|payments?|pay|pays",
    "net": r"nets?|nette|netto|neto",
    "payable": r"payer|regler|pagare|pagar|payable|zahlen|acquitter|liquidare|liquidar|dues?|dus?",
    "billed": r"initiale?s?|bruts?|brute|ttc|origines?|originale?s?|orig|nominale?|gross|billed|invoiced|charged|lord[oi]|fatturat[oiae]|originari[oa]|brutos?|facturad[oa]s?|inicial|brutto|soll|ursprung(?:s|lich)?|"
    r"berechnet|fakturiert|face|facturees?",
    "cut": r"charges?|retenu(?:e|es|s)?|ret|deductions?|deduites?|deduits?|deduire|deduct(?:ed)?|ded|deds|litiges?|ecarts?|debiter|debite|debitee?s?|imputations?|imputees?|imputes?|moins|minorations?|penalites?|contestee?s?|"
    r"litigieux|reclamee?s?|reclames?|trattenut[aeio]|tratt|ritenut[ae]|detrazion[ei]|detraz|detratt[oiae]|dedott[oiae]|deduzion[ei]|deduz|decurtazion[ei]|decurt|contestat[oiae]|contestazion[ei]|storn[oi]|stornare|addebit[oi]|"
    r"addebitare|addebitat[oiae]|penal[ei]|abbuon[oi]|differenz[ae]|diff|scart[oi]|reclamat[oiae]|deduccion(?:es)?|deducid[oa]s?|descontad[oa]s?|descontar|retencion(?:es)?|retenid[oa]s?|cargos?|cargar|diferencias?|dif|"
    r"reclamad[oa]s?|minoracion(?:es)?|penalizacion(?:es)?|abz|abzugs?|abzuege|kurzung(?:en|s)?|kuerzung(?:en|s)?|kurz|gekurzt|gekuerzt|einbehalt(?:e|en|s)?|einbeh|minderung(?:en)?|abgezogen|belastung(?:en|s)?|belastet|"
    r"belasten|reklamation(?:en|s)?|reklamiert|differenz(?:en)?|strittig|beanstandet|keep|kept|cuts?|less|short|shortages?|reklas?|withheld|withhold|retained|claims?|claimed|chargebacks?|adjust(?:ed|ments?)?|adj|differences?|"
    r"disputed?|contested|debited|debits?|debitos?|irpf|commissions?|ducroire|delkredere|delcredere|provvigion[ei]|provision(?:en)?|comision(?:es)?|chgs?|ponalen?|poenale|vertragsstrafen?|penalt(?:y|ies)|multas?|taken|uncredited|trop|percus?|surfacturation|excedents?|eccedenz[ae]|exceso|zuviel|viel|overcharged?|excess",
    "credit": r"avoirs?|av|gutschrift(?:en|s)?|gutschreiben|gutzuschreiben|gutgeschrieben|nc|creditnotes?",
    "credited": r"credits?|credited|crediter|abonos?|abonar|accredit[oi]|accreditare",
    "asked": r"demandee?s?|demandes?|attendue?s?|recevoir|requested|asked|wanted|expected|richiest[oiae]|attes[oaie]|solicitad[oa]s?|pedid[oa]|esperad[oa]s?|gefordert|erwartet|verlangt|beantragt",
    "wanted": r"crediter|reprendre|recuperer|rembourser|etablir|emettre|recevoir|avoirer|restituire|rimborsare|recuperare|stornare|reembolsar|devolver|recuperar|erstatten|zuruck|zurueck|refund|reimburse",
    "discount": r"escomptes?|escpte|esc|scont[oi]|sc|descuentos?|dto|dtos|desc|dpp|skonto|skonti|skontobetrag|sk|skto|disc|discounts?|rabais",
    "rest": r"restes?|restant|restante|solde|residuo|rest|restbetrag|offen|offener|offene|pendiente|remaining|remainder",
    "reason": r"constats?|constatations?|anomalies?|befund|mangel|fehlerbild|fehler|difett[oi]|anomali[ae]|defectos?|defects?|problem[ae]?s?|probleme|schaden|incidencias?|issues?|motifs?|raisons?|causes?|pourquoi|because|why|perche|warum|grund|gruende|grunde|libelles?|lib|commentaires?|obs|observations?|observaciones|osservazioni|bemerkung(?:en)?|anmerkung(?:en)?|remarks?|comments?|"
    r"motiv[oi]|causal[ei]|explications?|explanations?|spiegazion[ei]|explicacion(?:es)?|erklarung|erlauterung|begrundung|reasons?|remarques?|findings?|razon|razones|anlass|conceptos?|precisions?|wegen",
    "note": r"notes?|nota|memo",
    "nature": r"natures?|types?|tipo|tipologia|objet|oggetto|asunto",
    "code": r"codes?|cod|cd|codice|codigo|schlussel|kennzeichen|cle",
    "date": r"dates?|dated|data|dat|fechas?|datum",
    "due_date": r"echeances?|ech|scadenz[ae]|scad|vencimientos?|vto|falligkeit|fallig|maturity",
    "price": r"prix|prices?|prezz[oi]|precios?|preise?s?|einzelpreis|pu|tarifs?|cost|costs|rate|rates|ek|vk|px",
    "unit": r"kg|g|pz|pce|st|stk|cad|cadauno|unit|unitai?re?s?|unitari[oae]|unidad|einzeln|einheit|each|stuck|litre|litro|liter|carton|cartone|caja|palette|bancale",
    "quantity": r"index|zahlerstand|zaehlerstand|lettur[ae]|lecturas?|releves?|readings?|meters?|compteurs?|uvc|qtes?|quantites?|qty|quantit(?:y|ies)|quantita|qta|cantidad(?:es)?|cant|mengen?|anzahl|units|pieces|pcs|pezzi|colis|colli|cajas|stuck|stueck|uds|nb|nombre",
    "item": r"articles?|art|articol[oi]|articulos?|artikel|products?|produits?|prodott[oi]|productos?|sku|ean|gtin|material|goods|merce|what",
    "description": r"designations?|descrizion[ei]|descr|descripcion(?:es)?|descriptions?|bezeichnung|beschreibung|details?|dettagli[oi]|detalles?|testo?|text|texte|texto",
    "vat": r"tva|iva|vat|mwst|ust|tax|taxe|steuer|ht|imponibile|htva",
    "prior": r"acomptes?|anticip[oi]|acconti?o?|anzahlung(?:en)?|deposits?|prepaid|anticipos?|prepayment|avances?|deja|gia|ya|bereits|already|previously",
    "not": r"non|not|nicht|no|ne|pas|sin|senza|ohne",
    "other": r"should|deberia|devrait|dovrebbe|sollte|mode|compte|conto|cuenta|konto|iban|banque|banca|account|chq|cheques?|client|cliente|customer|kunde|kunden|fournisseurs|page|ligne|line|riga|linea|zeile|pos|journal",
    "plain": r"de|du|des|d|la|le|les|l|of|the|on|for|to|be|in|di|del|dello|della|dei|delle|dal|da|der|die|das|den|dem|des|en|el|los|las|al|a|au|aux|zu|fur|von|por|per|par|pour|sur|su|il|lo|we|our|your|votre|vos|notre|nos|"
    r"vs|ns|v|vostr[oaie]|nostr[oaie]|vuestr[oa]s?|nuestr[oa]s?|sus|ihre?r?|unsere?r?|supplier|vendor|fournisseur|fornitore|forn|frn|fourn|proveedor|prov|lieferanten?|wir|nous|noi|abbiamo|haben|avons|hemos|now|today|jour|day|tag|giorno|dia|ce|oggi|hoy|heute|"
    r"ht|chiffre|terms?|cash|cassa|pronto|early|prompt|settl|e|et|y|und|and|nostre|taken|vous|actually|effectif|effectivement|reel|this|m|mm|internal|interne?|own|extern[eo]?s?|externe[rn]?|external|estern[oi]",
}
OURS: Final[str] = (
    r"\b(?:our|ns|nostr[oaie]|notre|nos|nuestr[oa]s?|unsere?r?|internal|interne?r?|own)\b|\bn ?/|\bn(?:otre)? ?/? ?ref\b"
)
YOURS: Final[str] = (
    r"\b(?:your|vs|vostr[oaie]|votre|vos|vuestr[oa]s?|su|ihre?r?|supplier|vendor|fournisseur|fourn|frn|fornitore|forn|proveedor|prov|lieferanten?|extern\w*)\b|\bv ?/"
)
# Rows that carry a sum from one page to the next.
CARRIED: Final[str] = (
    r"(?:carried|brought) (?:forward|over|down)|(?:c|b)/?(?:f|d|fwd)\b|carry(?:ing)? (?:forward|over)|(?:a |da )?riport(?:o|are|ato|i)\b|a report(?:er)?\b|report\b|reports? (?:de )?page|"
    r"ubertrag\b|uebertrag\b|vortrag\b|suma (?:y sigue|anterior)|suma y sigue|(?:pagina|pag\.?) anterior|viene de|arrastre"
)
# Words of columns whose accents programs lose: `r?gl?`.
MENDABLE: Final[str] = (
    "regle reglee reglement paye payee facture facturee reference echeance ecart debit debiter credit libelle piece deduction deduit motif quantite numero "
    "retenue montant initial precision observacion retencion deduccion pagado factura kurzung einbehalt betrag uberwiesen prelevement acompte escompte"
)
# Whole names of the two sides of an account, and of what is left after each row.
DEBIT_SIDE: Final[str] = (
    r"dare|debit|debits|debe|soll|debito|debitos|addebiti|debit (?:eur|gbp|usd|chf)"
)
CREDIT_SIDE: Final[str] = (
    r"avere|credit|credits|haber|haben|credito|creditos|accrediti|credit (?:eur|gbp|usd|chf)"
)
BALANCE: Final[str] = (
    r"(?:running |account )?balance|saldo(?: progressivo)?|solde(?: progressif)?|saldo acumulado|kontostand"
)
# What is measured or counted is no money, whatever was billed of it.
MEASURED: Final[str] = (
    r"\b(?:t|to|kg|hl|lt|ltr|m2|m3|mq|mc|qm|cbm|kwh|mwh|smc|h|hrs|std|pz|pcs|stk|ud|uds|ea)$|\b(?:colli|colis|kolli|cases|cartons|pieces)$"
)
PAYABLE_NAMES: Final[str] = (
    r"\b(?:payable|to pay|da pagare|a pagare|a pagar|a payer|a regler|zu zahlen|zahlbar)\b"
)
# Names of columns of invoices, of references, and of sums with their tax.
INVOICES: Final[str] = (
    r"\b(?:inv(?:oice)?|fatt(?:ura)?|ft|fact(?:ure|ura)?|fra|rechn(?:ung)?\w*|re|rg)\b"
)
REFERENCES: Final[str] = r"\b(?:ref(?:erence|erenz|erencia)?|rif(?:erimento)?)\b"
TAX_IN: Final[str] = (
    r"imponibile ?\+ ?iva|\b(?:net|netto|neto|ht) ?\+ ?(?:vat|iva|ust|mwst|tva)|"
    r"\b(?:inkl|incl|inc)\b\.? ?(?:vat|mwst|ust|iva|tva)|iva incl"
)
