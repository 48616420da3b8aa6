# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""What columns of remittances, debit notes and statements are called, in five languages."""

from __future__ import annotations

from typing import Final

# A header cell may speak for several roles; the highest weight wins, then the order here.
COLUMNS: Final[dict[str, str]] = {
    "document": """
        9: (your|supplier|vendor|our|customer)? ?(inv|doc|ref|bill)( (no|nr|number|ref|id))?; inv (nbr|num); voucher; (credit|invoice) note( (no|number))?; invoice credit; details of invoice; doc reference; statement item; settled item; invoice or credit
        9: (vs|vostra|vostro|vostri|ns|n|nr|num|numero|rif|estremi)? ?(ft|fatt|fattura|fatture|doc|docum|documento|documenti|rif|riferimento)( (n|nr|num|numero|fornitore|vs))?; partita; estremi( documento)?
        9: (votre|vos|notre|n|no|nº|num|numéro|réf)? ?(de )?(fact|fac|facture|factures|pièce|pièces|doc|document|réf|référence|avoir)( (n|no|num|numéro|fournisseur|fact|facture))?; justificatif
        9: (su|vuestra|n|nº|núm|num|ref)? ?(de )?(fact|fac|fra|factura|facturas|doc|docum|documento|justificante|ref|referencia)( (nº|n|num|proveedor|fra|factura))?; apunte; efecto
        9: (ihre|unsere|externe|ext)? ?(re|rg|rechn|rechnung|rechnungen|beleg|ref|referenz|faktura|rechnungs|beleg)( (nr|nummer|no))?; rechnung beleg; zuordnung; belegreferenz; posten; referenznr; externe belegnr; fakt nr; faktura nr; faktur; rechnungsnummern
        9: (invoice|inv|document|doc|bill|voucher) (no|number|num|nr|nbr|ref|reference|id)?; (your|supplier|vendor) (invoice|document|ref|reference)( (no|number))?; invoice; reference (no|number)?; reference; document; item (no|ref)
        9: (numero|n|num|nr|rif|riferimento)? ?(fattura|documento|doc|fatt|ft|partita); fattura; (vs|vostro|vostra|vostri) (fattura|documento|rif|riferimento|ft|doc); documento; fatture; riferimento
        9: (numero|n|no|num|ref|référence)? ?(de)? ?(facture|pièce|document|fact); facture; (votre|vos) (facture|référence|réf|pièce)s?; pièce; référence; n facture; n pièce
        9: (número|n|nº|núm|num|ref|referencia)? ?(de)? ?(factura|documento|fra|doc); factura; (su|vuestra|sus) (factura|referencia|ref|documento)s?; documento; referencia; fra
        9: (rechnung|beleg|dokument|referenz|faktura|rechnungs)(snummer|nummer|nr|s nr)?; rechnung; (ihre) (rechnung|referenz|beleg)(s nr|snummer)?; beleg; rechnungsnr; belegnr; re nr; rg nr; belegnummer; rechnungs nr; beleg nr; referenz
        3: number; numero; numéro; número; nummer; nr; no; n
    """,
    "own": """
        10: (cb|chgbk|chargeback|charge|claim|debit|debit note|debit memo|deduction|dn|penalty) (no|nr|num|number|id|ref); our (doc|document|ref|reference|debit|note|claim)( (no|number))?
        10: (n|nr|num|numero) (nota|addebito|nota addebito|nota di addebito|pratica); nota (n|nr|addebito); addebito (n|nr); ns (doc|rif|documento|nota)( (n|nr))?
        10: (n|no|nº|num|numéro) (note|débit|note de débit|pénalité|retenue|litige)( de débit)?; note de débit; nos? (réf|références|pièce|doc)
        10: (n|nº|num|número) (cargo|nota|nota de cargo|penalización|incidencia); nota de cargo; nuestra ref
        10: (belastungs|abzugs|reklamations)(nr|nummer); belastung (nr|nummer); unsere (belegnr|beleg|referenz|ref|nr)
    """,
    "kind": """
        7: (document|doc|transaction|item)? ?type; tipo( (documento|doc|di documento))?; type( (de)? ?(pièce|document))?; tipo( (de)? ?documento)?; belegart; dokumentart; art; tipologia; nature
    """,
    "date": """
        8: (invoice|document|doc|inv)? ?date; dated; data( (fattura|documento|doc|ft))?; date( (de)? ?(facture|pièce|document))?; fecha( (de)? ?(factura|documento))?; (rechnungs|beleg)?datum; belegdatum; rechnungsdatum; datum
    """,
    "due_date": """
        9: due( date)?; maturity; scadenza; data scadenza; échéance; date d échéance; vencimiento; fecha (de )?vencimiento; fälligkeit*; fällig( am)?; fälligkeitsdatum
    """,
    "invoiced": """
        9: payable; amount payable; to pay; da pagare; a pagar; à payer; zu zahlen; offen; open; outstanding; due
        9: (inv|gross|orig|original|doc|bill|billed|full|total|open|face) (amt|amount|value|total|due|bal)?; orig; original; billed; gross( (amt|total|value|due))?; amount (billed|due|gross|invoiced|open|outstanding); invoice (amt|value|gross|amount); charged
        9: (imp|importo|tot|totale|val|valore) (doc|docum|documento|fatt|ft|fattura|lordo|orig|originale|dovuto|partita); lordo; fatturato; dare; importo (lordo|fatt|ft); dovuto
        9: (mt|mont|montant|total|tot) (de la )?(fact|fac|facture|facturé|brut|ttc|pièce|initial|dû|origine|doc); brut; facturé; dû; montant dû; somme due; nominal; à payer brut; ttc
        9: (imp|importe|total|tot|valor) (de la )?(fra|fact|fac|factura|bruto|original|facturado|doc|documento|nominal|inicial); bruto; facturado; nominal; debido
        9: (rechnungs|re|rg|beleg|brutto|ursprungs|soll|nenn|offener|rechn)( )?(betrag|betr|wert|summe|brutto); brutto; soll; forderung; fakturabetrag; rechnungsbetr; bruttobetr; betrag brutto; rechnung brutto
        9: (invoice|gross|original|document|full|billed|invoiced|open|outstanding|doc|due|inv) (amount|amt|value|total|sum|balance); gross; invoiced; billed; amount due; amount invoiced; total invoice; invoice total; amount billed
        9: (importo|totale|imp|valore) (fattura|documento|lordo|originale|originario|doc|fatturato|ft|dovuto|aperto); lordo; fatturato; totale documento; importo dovuto; importo originale; imp fattura
        9: (montant|total) (de la )?(facture|brut|ttc|facturé|initial|pièce|origine|dû|d origine|document); brut; facturé; montant ttc; total ttc; montant initial
        9: (importe|total) (de la )?(factura|bruto|original|facturado|documento|inicial|pendiente|fra); bruto; facturado; importe bruto; total factura
        9: (rechnungs|brutto|ursprungs|original|beleg|fakturen|offener)( )?(betrag|wert|summe); rechnungsbetrag; bruttobetrag; brutto; belegbetrag; berechnet; fakturiert; offener betrag; ursprungsbetrag; rechnungssumme
    """,
    "discount": """
        10: early (settlement|payment|paid)( (disc|discount))?; (prompt|cash) (payment|settlement)( discount)?; escompte .. ; skonto ..
        10: (cash|sett|settlement|prompt|payment)? ?(disc|discount|discounts)( (amt|amount|taken|eur|gbp))?; c d; sc( (cassa|fin|pag))?; esc; escpte; escompte (obtenu|déduit)?; dto( (pp|p p|pronto pago|comercial))?; dpp; pp; p p; desc( (pp|pronto pago))?; sk; skto; skt; skontoabzug; skonto betrag
        10: (cash|settlement|early payment|prompt payment)? ?disc(ount)?( (taken|amount|amt|allowed))?; discount*; disc; cash disc; settlement discount; sconto*; sconto (cassa|pronto pagamento|finanziario); sc cassa; escompte*; descuento*; dto*; pronto pago; dpp; skonto*; skontobetrag; abzug skonto
    """,
    "deducted": """
        10: (less )?(bank|transfer)? ?(charges|fees); spese( (banca|bancarie|bonifico))?; frais( (bancaires|de virement))?; (bank)?(spesen|gebühren); gastos( bancarios)?; (less )?(withholding|ritenuta|retención|retenue)( .. )?; charge( (gbp|eur|usd|amount|value))?
        10: ded; deds; deducted; less; cut; cuts; retained; claims?; (chgbk|chgbck|cb|c b|charge ?back|chargeback)( (amt|amount))?; tax withheld; withholding( tax)?; withheld( (amt|amount|tax))?; short; shorted; adj( (amt|amount))?; adjusted; diff; differences; disputed( (amt|amount))?; taken off; set off; offset; dispute( amount)?; credit (claimed|asked|wanted|requested|value); not paid; allowance; allowances; claim value; amount in dispute; overcharge; overbilled; reduction; reductions
        10: tratt; tratten; trattenuta; trattenute; rit; rit acc; ritenuta; ritenute; ded; deduz; deduzioni; detr; decurt; storni; storno; scarto; diff; differenze; abbuoni; compensaz*; compensato; dedott*; non pagato; contestato; a credito; nota (credito )?richiesta; addebiti; (imp|importo) (tratt|trattenuta|trattenute|ded|deduzione|storno|diff|differenza|contestat*|trattenuto); scalat*; penali; riduzion*; da stornare; richiesto
        10: déd; déductions; retenues?; ret; litiges?; ecarts?; diff; avoirs?; imputations?; (mt|montant|mont) (déduit|ded|déd|litige|litigieux|retenu|retenue|écart|avoir|contesté|déduction|réclamé); retranché; non payé; compensation; pénalités?; ristournes?; agios?; contesté; à avoir; minoration; réduction; trop facturé; surfacturation; moins
        10: ded; deducciones; ret; retenciones; retenido; retención; cargos?; dif; difer; descontado; (imp|importe) (ded|deducido|deducción|dif|cargo|reclamado|retenido|descontado|abono); no pagado; compensado; penalizaciones; minoración; a abonar; reducción; discutido; menos; abono solicitado
        10: abz; abzuege; kürzg; kürz; kürzungen; einbeh; einbehalte; einbehalten; minderungen; diff; differenzen; abgezogen; gekürzt; gekürzt um; belast; belastungen; reklam; reklamiert; beanstandet; verrechnet; verrechnung; nicht bezahlt; strittig; rückbehalt; nachlass; forderung gutschrift; gutschriftsbetrag; kürzung (eur)?; abzug (in)? (eur)?; zu viel berechnet
        10: deduct* (amount|amt)?; deductions?; (claim|claimed|chargeback|adjustment|disputed|withheld|short|difference|credit|debit note|contested|shortage) (amount|amt|value|paid|payment)?; adjustments?; adj; claimed; chargebacks?; withheld; short paid; short payment; difference; credit (due|requested|expected|claimed); amount (claimed|disputed|deducted|withheld|to credit); to be credited; variance; disputed
        10: trattenut*; deduzion*; detrazion*; decurtazion*; importo (contestato|trattenuto|dedotto|da accreditare|reclamato|contestazione|detratto|richiesto|addebitato|nota); differenza*; abbuon*; rettific*; contestazion*; da accreditare; accredito (richiesto)?; addebit*; storno; ns addebito
        10: déduct*; déduit*; retenue*; montant (contesté|déduit|retenu|réclamé|à déduire|litige|en litige|de la retenue|avoir|à créditer|demandé); écart*; différence*; litige*; ajustement*; à déduire; avoir (demandé|attendu|à recevoir); réclamé
        10: deduc*; descontado; reten*; importe (reclamado|deducido|retenido|descontado|discrepancia|a abonar|a descontar|solicitado|en disputa|diferencia); diferencia*; ajuste*; reclamado; cargo; abono (solicitado|pendiente|pedido); a abonar; a descontar
        10: abzug*; abzüge; kürzung*; abzugsbetrag; einbehalt*; (reklamierter|strittiger|gekürzter|einbehaltener|beanstandeter|reklamierte) (betrag|summe)?; differenz*; reklamation(sbetrag)?; kürzungsbetrag; minderung; korrektur; gutschrift (gefordert|erwartet|betrag)?; gutzuschreiben*; belastung(sbetrag)?; klärungsbetrag; reklamationsbetrag
    """,
    "paid": """
        10: net( (paid|amt|pay|payment|remitted|transfer|total))?; (now |actually )?(paid|remitted|transferred|settled|transfer|remittance)( (amt|amount|net|sum))?; amt paid; amount (of )?payment; we pay; now paid; cheque( amount)?; bacs( amount)?; pay amount; payment (amt|sum|value)
        10: netto( (pag|pagato|bonif|bonificato|versato|liq))?; pagato; (imp|importo)? ?(bonif|bonifico|bonificato|pag|pagato|pagamento|versato|saldato|liquidato|liq); bonifico; saldo pagato; disposto; accreditato; avere
        10: net( (réglé|payé|versé|viré|à régler))?; réglé; payé; viré; versé; versement; somme (versée|réglée|payée); (mt|montant|mont) (réglé|payé|viré|versé|net|du virement|virement); virement; payé net; règlt; règlement net
        10: neto( (pagado|transferido|abonado|liquidado))?; pagado; abonado; transferido; (imp|importe) (pagado|abonado|transferido|neto|liquidado|transferencia|pago); líquido; transferencia; pagamos; liquidado
        10: ausbezahlt; netto( (zahlung|zahlbetrag|betrag|gezahlt))?; gezahlt; zahlung; (zahl|zahlungs|netto|überweisungs)( )?(betr|betrag); überw; überw betrag; ausgezahlt; bezahlt; angewiesen; anweisung; regulierung; zahlbetr; reguliert; überweisungsbetrag
        10: (amount )?paid( amount| now)?; net( amount| paid| amt| payment| value)?; (payment|remitted|transferred|settled|remittance) (amount|amt|value)?; payment; amount (paid|remitted|transferred|settled); net (payable|paid|due)
        10: (importo )?(pagato|bonificato|versato|liquidato|saldato|pagamento|netto); netto( (a pagare|pagato|pagamento|da pagare))?; importo netto; pagato; imp pagato
        10: (montant )?(payé|réglé|versé|viré|net|règlement|du règlement|paiement); net( (à payer|payé|réglé|viré))?; payé; réglé; montant net; règlement
        10: (importe )?(pagado|abonado|transferido|neto|liquidado|pago|líquido); neto( (a pagar|pagado))?; pagado; líquido; pago; importe neto
        10: (zahl|netto|zahlungs|überweisungs|auszahlungs)( )?(betrag|wert|summe); zahlbetrag; zahlungsbetrag; netto; nettobetrag; bezahlt*; überwiesen*; zahlung; gezahlt*; auszahlung; überweisung; beglichen; zahlung netto
    """,
    "reason_code": """
        9: (reason|deduction|adjustment|claim|dispute) code; rsn( code)?; (codice|cod) (motivo|causale|deduzione|contestazione); code (motif|litige|raison|déduction); (código|cód|cod) (de )?(motivo|causa|deducción|incidencia); (grund|abzugs|kürzungs|reklamations|differenz)(code|schlüssel|kennzeichen|grundcode); grundcode; abzugscode
    """,
    "reason": """
        8: why; comments?; info; information; text; (chgbk|chargeback|cb|claim|deduction|ded|dispute|adj|adjustment|line|credit) (desc|description|text|reason|note|type|info); what for; what happened; reason for (claim|deduction|the .. )
        8: perché; causa; motivo( (tratt|trattenuta|deduz|storno|diff|contestazione|reclamo|differenza|rettifica))?; (descr|descrizione|testo|note|dettaglio) (tratt|trattenuta|motivo|deduzione|causale|contestazione); causale; oggetto; spiegazione; a fronte di
        8: pourquoi; motif( (de l)? ?(écart|retenue|déduction|avoir|litige|réclamation))?; objet; lib; libellé( (retenue|déduction|motif|écart))?; motif (de|d) ..; nature (de la)? ?(retenue|déduction); explications?; intitulé; commentaires?
        8: nota; observ; por qué; motivo( (del? )?(cargo|deducción|diferencia|abono|reclamación|ajuste))?; obs; observaciones; explicación; asunto; texto; concepto( (cargo|deducción|del cargo))?; razón
        8: warum; grund( (der|des)? ?(kürzung|abzugs|abzug|einbehalts|belastung|differenz))?; anm; bem; begr; erklärung; info; kürzungstext; abzugstext; grund kürzung; kürzungsgrund; was; vermerk; anlass; sachverhalt; text
        8: (deduction|claim|dispute|adjustment|debit)? ?(reason|explanation|cause); reason( (text|description|for deduction))?; remarks?; comments?; notes?; explanation; cause; memo; details?; narrative; type of (claim|deduction)
        8: motivo( (deduzione|trattenuta|contestazione|addebito|della trattenuta))?; causale( (deduzione|trattenuta))?; note; annotazion*; osservazion*; motivazion*; commenti; motivo differenza; dettaglio
        8: motif( (de la)? ?(déduction|retenue|litige))?; raison; commentaire*; observation*; remarque*; libellé( du motif)?; motifs; explication; cause; détail
        8: motivo( (de la)? ?(deducción|diferencia|descuento|retención))?; causa; observaci*; comentario*; concepto( de la deducción)?; notas; incidencia; aclaraci*; detalle
        8: (abzugs|kürzungs|reklamations|differenz)?grund; grund( (für|der) .. )?; bemerkung*; begründung; kommentar*; anmerkung*; hinweis; ursache; notiz; abzugsgrund; kürzungsgrund; reklamationsgrund; erläuterung
        4: description; descrizione; descripción; désignation; bezeichnung; text; testo; texte; texto; beschreibung; verwendungszweck
    """,
    "currency": """
        8: currency; curr?; ccy; cur; valuta; divisa; devise; moneda; währung; whg; waehrung
    """,
    "amount": """
        5: amount( (in)? ?(eur|gbp|usd|chf|€))?; amt; importo( (eur|euro|€))?; montant( (eur|€))?; importe( (eur|€))?; betrag( (in)? ?(eur|€))?; value; valore; valeur; wert; valor; total; totale; saldo; summe; gesamt; sum; totals; line total; gesamtbetrag; gesamtpreis; prezzo totale; total ligne; imponibile; total ht; net amount eur
    """,
    "order": """
        9: (purchase )?order( (no|number|nr|ref))?; po( (no|number|nr))?; ordine( (n|nr|numero))?; (numero|n) ordine; n ordine; commande; (n|numéro|no)? ?(de )?commande; pedido; (n|nº|número)? ?(de )?pedido; bestell(ung|nummer|nr); bestellnr; auftrag(snr|snummer)?; oda
    """,
    "delivery": """
        9: delivery( (note)? ?(no|number|nr)?)?; (delivery|dispatch) note; ddt( (n|nr|numero))?; bolla; bl; bon de livraison; albarán*; lieferschein*( (nr|nummer))?; (n|numero) (ddt|bolla)
    """,
    "quantity": """
        9: (qty|quantity|units|pieces|pcs|cases)( .. )?; quantità*( .. )?; qta*; pezzi; colli; quantité*( .. )?; qté*; colis; cantidad*( .. )?; cant; uds; menge*( .. )?; stück*; anzahl; kolli; missing (qty|quantity|units); received( qty)?; ordered( qty)?; (fehl|liefer|bestell)menge
    """,
    "price": """
        10: (cost|price) (invoiced|agreed|billed|charged|correct|contract|ordered|per ..)?; (invoiced|billed|agreed|charged|correct|contract|list) (cost|price); prezzo (fatt|fatturato|concordato|corretto|unit|unitario|ordine|listino); prix (facturé|convenu|unitaire|correct|tarif|commande); precio (facturado|acordado|unitario|correcto|tarifa|pedido); preis (berechnet|vereinbart|korrekt|laut .. ); berechneter preis; vereinbarter preis; agreed; concordato; convenu; acordado; vereinbart
        9: (unit|invoiced|agreed|contract|invoice|po|order|net)? ?(price|cost); prezzo( .. )?; prix( .. )?; pu; precio( .. )?; (einzel|stück|verkaufs|netto)?preis*; ek; vk; unit cost
    """,
    "item": """
        8: (item|article|product|sku|material|ean|gtin)( (no|number|code|description|name|nr))?; articolo; prodotto; codice( articolo)?; article; produit; artículo; producto; artikel( nr|nummer|bezeichnung)?; ean; sku; référence article; ref articulo; artikelnr; artikelnummer
    """,
    "vat": """
        9: vat( .. )?; iva( .. )?; tva( .. )?; mwst( .. )?; ust; tax( .. )?; steuer*; taxe*; impuesto*; imposta
    """,
}
# Folded names of the column that says what an article is, and of the one that counts what is not there.
DESCRIPTION_NAMES: Final[str] = (
    r"(?:item |article |product )?description|goods|descrizione|descripcion|designation|libelle|bezeichnung|artikelbezeichnung|"
    r"beschreibung|merce|warenbezeichnung"
)
MISSING_NAMES: Final[str] = (
    r"missing|short|shortage|mancant[ei]|mancanza|manquants?|manque|faltan(?:tes?)?|falta|fehlt|fehlend|fehlmenge|differenzmenge"
)
TOTALS: Final[str] = (
    r"(?:grand |sub|sub |sub-)?total(?:e|es|s|i)?\b|totale generale|somm[ae]\b|summe|gesamt(?:summe|betrag|zahlung)?\b|"
    r"zwischensumme|endbetrag|endsumme|sum\b|montant total|importe total|importo totale|saldo\b|balance\b|"
    r"total(?:e)? (?:paid|pagato|pay[e\u00e9]|pagado|bezahlt|payment|general|g[e\u00e9]n[e\u00e9]ral|a pagar|bonifico|virement|"
    r"bonificato|zahlung)|totaux|payment total|zahlbetrag gesamt|amount payable|netto a pagare|net [a\u00e0] payer|"
    r"auszahlung\b|zusammen\b|altogether\b|together\b|ensemble\b|insieme\b|juntos\b|payment\b|bonifico\b|virement\b|transfer(?:encia)?\b|"
    r"uberweisung(?:sbetrag)?\b|zahlung\b|gesamt\w*|tot\.?\b|somme\b|suma\b|bonificato\b|amount paid\b|in all\b|net payment\b|net a regler|"
    r"neto a pagar|zahlbetrag\b|da accreditare|to be credited|[a\u00e0] cr[e\u00e9]diter"
)
CREDIT_WORDS: Final[str] = (
    r"\b(?:credit(?! ?transf)|credit ?note|cn|nc|nota (?:di )?credito|n\.?c\.?|avoir|av|abono|gutschrift|gs|rechnungskorrektur|"
    r"accredito|cr|credit ?memo|note de credit|rectificativa|creditnote|crn)\b"
)
DEBIT_WORDS: Final[str] = (
    r"\b(?:deb|ndb|debit|debit ?(?:note|memo)|dn|nd|nda|ndd|nota (?:di |d')?(?:debito|addebito)|note de debit|nota de (?:cargo|debito)|cargo|"
    r"belastung(?:sanzeige)?|lastschriftanzeige|ba|deduction|deduzione|trattenuta|retenue|deduction|abzug|kurzung|chargeback|claim|"
    r"addebito|adj(?:ustment)?|rettifica|ajuste)\b"
)
# Plain names of invoices and credit notes: a column of these explains nothing.
PLAIN_KINDS: Final[str] = (
    r"\s*(?:invoices?|inv|credit(?: ?(?:note|memo))?|fattur[ae]|ft|nota (?:di )?credito|nc|factures?|avoirs?|facturas?|abonos?|rechnung(?:en)?|"
    r"gutschrift(?:en)?|re|rg|gs|av|fa|fc|[a-z]{0,3})\s*$"
)
# Rows of a net sum, of tax and of a gross sum below a table, where no paper is named.
TAXED: Final[str] = (
    r"(?:zzgl\.?|plus|\+|piu|mas)?\s?(?:ust|mwst|vat|i\.?v\.?a|tva|t\.v\.a|umsatzsteuer|mehrwertsteuer|sales tax|tax)\b|"
    r"zzgl\.? \d|(?:netto|brutto|net|gross|base(?: imponible)?|imponibile|ht|ttc|neto|netto bonifico|net (?:vire|paye|a payer))\b(?! ?(?:paid|pagat))"
)
