# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""What documents call themselves: their titles, in five languages. Weight before the colon."""

from __future__ import annotations

from typing import Final

TITLES: Final[dict[str, str]] = {
    "debit_note": """
        9 en: debit notes?; debit memo*; debit advice; charge ?back notice; deduction notice; claim debit; notice of deduction; notice of debit; vendor chargeback; supplier debit; deduction advice; (vendor|supplier)? charge ?back (advice|report|memo|notification); (supplier|vendor) charge ?backs; chgbk (no|number); (penalty|compliance|service)? charge (notice|notification|note|advice); penalty (notice|note|charge|invoice); notice of (charge|penalty); (otif|compliance|non compliance|service level|fill rate|late delivery) (service)? (charge|penalty|fine)*; (summary|list|schedule) of (debit notes|charge ?backs|charges|penalties); bill ?back
        9 it: nota (di|d)? ?(addebito|debito); note (di|d)? ?(addebito|debito); avviso di addebito; lettera di addebito; n d n; addebit(o|i) fornitor*; addebit(o|i) (penal*|logistic*|differenz*); (nota|fattura|avviso|comunicazione|verbale) (di)? penal*; penali logistic*; penali (per|di) .. (ritard*|consegn*|servizio); (riepilogo|elenco|lista) (delle|di)? (note di)? addebit*; (riepilogo|elenco) penali
        9 fr: note* de débit; avis de débit; avis de déduction; bordereau de (débit|déduction); note* d ?imputation; (facture|note|avis|décompte|bordereau|état|relevé) (de|des)? pénalité*; pénalité* (logistique*|de retard|taux de service); (avis|note) de (retenue|refacturation); (récapitulatif|liste|état) des? (notes de débit|débits|pénalités|retenues)
        9 es: nota* de (cargo|débito|adeudo|abono del cliente); notas? de cargo; aviso de cargo; aviso de (deducción|débito); (aviso|nota|factura|liquidación|relación|resumen|listado) de (penalizaciones|penalización); cargo por .. (nivel de servicio|servicio|retraso|entrega|incumplimiento|penalización|calidad); (relación|resumen|listado) de (notas de cargo|cargos); penalizaciones (por|logísticas|de servicio)
        9 de: belastungsanzeige*; lastschriftanzeige*; belastungsnote; belastung (nr|nummer|#); abzugsmitteilung; lastschriftnote; belastungsbeleg; rückbelastung*; kürzungsmitteilung; kürzungsanzeige; rechnungskürzung*; belastungsübersicht; belastungs(liste|mitteilung|aufstellung); (übersicht|liste|aufstellung) (der)? belastungen; vertragsstrafe*; pönale*; logistikstrafe*; strafrechnung
    """,
    "credit_request": """
        9 en: credit (request|claim) form; request for (a|refund|adjustment)? (credit|refund); customer credit request; request for credit*; credit note request*; credit request*; claim form; return* request form; application for credit; discrepancy report; shortage claim form; vendor claim form; supplier claim form; complaint form; credit claim
        9 it: richiesta (di)? (nota (di)? credito|accredito|nota credito|storno|n c); modulo (di)? (reclamo|contestazione|richiesta|reso|non conformità); richiesta nc; modulo reclamo; scheda (di)? (reclamo|non conformità); rapporto (di)? non conformità
        9 fr: demande d ?avoir; formulaire (de)? (réclamation|litige|demande); demande de (remboursement|crédit|note de crédit); fiche (de)? (litige|réclamation|non conformité); bordereau de litige; déclaration de litige
        9 es: solicitud de (abono|nota de (crédito|abono)|rectificación|devolución); formulario de (reclamación|incidencia*|devolución); hoja de (reclamación|incidencias); petición de abono; parte de incidencia*; informe de no conformidad
        9 de: gutschrift(anforderung*|sanforderung*|antrag*|santrag*|sanfrage*); gutschrift(s)?anforderung; antrag auf (gutschrift|erstattung); reklamations(formular*|meldung*|protokoll|bericht*|antrag); (reklamationsformular|reklamationsbericht|mängelanzeige formular|gutschriftsanforderung|gutschriftanforderung|differenzmeldung|abweichungsprotokoll|reklamationsprotokoll|reklamationsanzeige|prüfbericht reklamation); anforderung (einer)? gutschrift
    """,
    "promotion_invoice": """
        9 en: (promotion*|promotional|marketing|advertising|rebate|bonus|trade|co op|listing|display|merchandising|media) (services? )?invoice; invoice for (promotion*|marketing|advertising|co op|display*|listing|leaflet*|retail media|rebate|bonus|merchandis*); invoice promotional
        9 it: fattura (di)? (servizi )?(promo*|contribut*|marketing|pubblicit*|premi|attività promo*|servizi promo*|espositiv*|commercial*|fuori fattura); fattura contributi; fattura per (contribut*|attività promo*|servizi promo*|pubblicità|premio)
        9 fr: facture (de)? (coopération*|prestation* (de services? )?(promo*|publicit*|commercial*)|participation*|services? (distinct*|promo*|marketing)|budget*|promo*|rfa|remise de fin d année|publicit*|marketing); facture de services commerciaux; facture de ristourne*
        9 es: factura (de|por)? (servicios )?(promo*|publicit*|marketing|aportaci*|rappel*|colaboraci*|rápel|cabecera*|acciones promo*|comercial* de promo*); factura por (promoci*|publicidad|rápel|rappel|marketing|aportación)
        9 de: (werbekosten|wkz|bonus|marketing|aktions|listungs|promotion|werbe) ?(rechnung*|abrechnung*); (werbekostenrechnung|wkz rechnung|bonusrechnung|marketingrechnung|aktionsrechnung|rechnung über (werbe*|wkz|bonus|marketing*|aktion*|listung*|platzierung*|zweitplatz*)|bonusabrechnung|werbekostenabrechnung); rechnung .. (werbekostenzuschuss|wkz|jahresbonus|werbeleistung*)
    """,
    "remittance_advice": """
        9 en: remittance (advice|details?|notice|statement|slip|information); payment (advice|notification|specification|remittance|run details|listing); advice of payment; notice of payment; details of payment; bacs (remittance|advice); eft (remittance|advice|notification); remittance
        9 it: (avviso|distinta|dettaglio|specifica|elenco|riepilogo|nota) (di|del|dei)? (pagament*|bonific*); avviso bonifico; mandato di pagamento; lettera di pagamento; comunicazione di (pagamento|bonifico); contabile (di)? (pagamento|bonifico)
        9 fr: avis de (paiement|règlement|virement|versement); bordereau de (règlement|paiement|virement*); relevé de (règlement|paiement)s?; détail (du|des|de) (règlement|paiement|virement)s?; lettre de règlement; avis de virement émis
        9 es: (aviso|relación|detalle|carta|notificación|listado|comunicación|desglose) de (los )?(pago*|transferencia*|abono bancario|pagos efectuados); aviso de transferencia; carta de pago; detalle del pago
        9 de: zahlungsavis*; zahlungsmitteilung; zahlungsanzeige; überweisungsavis*; avis (zahlung|überweisung); zahlungsaufstellung; zahlungsliste; regulierungs(avis|liste|schreiben); regulierungsliste; abrechnungsavis; avisierung; zahlungsübersicht; vergütungsanzeige
    """,
    "proof_of_delivery": """
        9 en: proof of delivery; pod; signed delivery (note|receipt); delivery confirmation; consignee signature; delivery receipt; received in good (order|condition)
        9 it: prova (di|dell avvenuta)? consegna; ddt firmato; conferma (di|dell avvenuta) consegna; ricevuta di consegna; attestazione di consegna; esito consegna
        9 fr: preuve de livraison; bl émargé; (bordereau|récépissé) (de livraison)? émargé; bon de livraison (signé|émargé); récépissé (de)? (livraison|transport); confirmation de livraison; attestation de livraison
        9 es: prueba de entrega; albarán firmado; justificante de entrega; comprobante de entrega; confirmación de entrega; acuse de entrega
        9 de: ablieferungsnachweis; ablieferbeleg; abliefernachweis; liefernachweis; zustellnachweis; empfangsbestätigung; zustellbestätigung; ablieferquittung; rollkarte
    """,
    "delivery_note": """
        8 en: delivery (note|docket|ticket|slip); dispatch note; despatch (note|advice); packing (slip|list); advance ship* notice; waybill; bill of lading; consignment note
        8 it: documento di trasporto; ddt (n|nr|numero|#|del); bolla (di)? (consegna|accompagnamento|trasporto); lettera di vettura; packing list; distinta (di)? (imballo|spedizione)
        8 fr: bon* de livraison; bordereau de livraison; lettre de voiture; avis d expédition; liste de colisage; bordereau d expédition
        8 es: albarán (de entrega|n|nº|núm|#|de salida|num); nota de entrega; carta de porte; lista de (bultos|empaque|embalaje); aviso de expedición
        8 de: lieferschein*; frachtbrief; packliste; lieferavis; warenbegleitschein; speditionsauftrag; versandanzeige
    """,
    "receiving_advice": """
        9 en: goods (receipt|received) (note|advice|report|notice)?; receiving (advice|report|discrepancy|note); grn; receiving advices?; receiving log; delivery discrepancy report; receipt discrepancy; received quantities
        9 it: bolla (di)? (entrata|ricevimento|carico)( merce)?; (verbale|rapporto|nota|avviso) di (ricevimento|entrata|carico|ricezione)( merce| merci)?; entrata merce; rapporto ricevimento
        9 fr: bon de réception; avis de réception; bordereau de réception; rapport de réception; constat de réception; pv de réception
        9 es: nota de (entrada|recepción); parte de (entrada|recepción); albarán de (recepción|entrada); informe de recepción; acta de recepción
        9 de: wareneingang; wareneingang(s)? (nr|nummer|#|vom); wareneingangs(beleg|schein|bestätigung|meldung|protokoll|avis|bericht|anzeige); (wareneingangsbeleg|wareneingangsschein|wareneingangsbestätigung|wareneingangsmeldung|wareneingangsprotokoll|eingangsmeldung|wareneingangsbericht)
    """,
    "order": """
        8 en: purchase orders?; (order|po) (number|no|nr)? #; order form; order confirmation; new order; standing order; release order
        8 it: ordine (d acquisto|di acquisto|fornitore|n|nr|numero|#|a fornitore); ordine (di)? (fornitura|lavorazione) (n|nr|#); conferma (d)? ?ordine; buono d ordine; nuovo ordine; proposta d ordine
        8 fr: bon de commande; commande (d achat|n|no|num|numéro|fournisseur|#); confirmation de commande; accusé de (réception de )?commande; nouvelle commande
        8 es: pedido (de compra|n|nº|núm|num|#|a proveedor); orden de compra; confirmación de pedido; nuevo pedido; hoja de pedido
        8 de: bestellung (nr|nummer|#|vom); bestellschein; auftragsbestätigung; bestellnummer; neue bestellung; einkaufsbestellung; abruf
    """,
    "invoice": """
        8 en: tax invoice*; vat invoice*; commercial invoice; invoice (no|number|nr|date|#|to); pro ?forma invoice; invoice; sales invoice
        8 it: fattura (n|nr|numero|#|accompagnatoria|immediata|differita|elettronica|commerciale|di vendita|proforma|pro forma); fattura; parcella
        8 fr: facture (n|no|nº|num|numéro|#|de vente|proforma|pro forma|commerciale|d acompte); facture
        8 es: factura (n|nº|núm|num|número|#|de venta|proforma|comercial|simplificada|electrónica); factura
        8 de: rechnung (nr|nummer|#|vom); rechnung; ausgangsrechnung; handelsrechnung; rechnungsnummer; sammelrechnung
        8: factuur; factuurnummer; faktura; fatura
    """,
    "credit_note": """
        9 en: credit notes?; credit memo*; credit invoice; credit advice
        9 it: nota (di)? (credito|accredito); nota di variazione; nota d accredito; storno fattura
        9 fr: avoir (n|no|nº|num|numéro|#|sur|relatif); facture d avoir; note* de crédit; avoir
        9 es: factura rectificativa; abono (n|nº|núm|num|#|de); nota de (crédito|abono); factura de abono
        9 de: gutschrift (nr|nummer|#|vom|zu|zur); gutschrift; rechnungskorrektur; stornorechnung; korrekturrechnung
    """,
    "bank_statement": """
        9 en: bank statement; account statement; statement of account .. (iban|opening balance|closing balance); opening balance; closing balance; statement period
        9 it: estratto (di)? conto (corrente|bancario)?; saldo (iniziale|finale|contabile); lista movimenti; movimenti (del)? conto
        9 fr: relevé (de compte|bancaire|d opérations); extrait de compte; ancien solde; nouveau solde; solde (créditeur|débiteur) au
        9 es: extracto (bancario|de cuenta|de movimientos); saldo (inicial|final|anterior); movimientos de (la )?cuenta
        9 de: kontoauszug*; kontoumsätze; alter (konto)?stand; neuer kontostand; anfangssaldo; endsaldo; umsatzliste; buchungstag
    """,
    "claim": """
        8 en: (notice|letter) of (claim|complaint|dispute|objection|defect*); formal (complaint|claim|dispute|objection); dispute notice; claim notice; complaint; objection to invoice; claim
        8 it: (lettera|comunicazione) di (contestazione|reclamo); contestazione (fattura|formale|merce|ft|fattura); reclamo (formale|fattura|merce|qualità|ufficiale); oggetto contestazione; oggetto reclamo; contestazione; reclamo
        8 fr: lettre de (réclamation|contestation); contestation (de|d)? ?(facture|la facture|votre facture)?; réclamation (formelle|qualité|sur|n|concernant|facture|client)?; objet réclamation; litige (facture|n|livraison|transport|qualité|sur)?
        8 es: (carta|escrito|comunicación) de (reclamación|disconformidad|queja); reclamación (formal|de|por|n|factura)?; disconformidad (con|de)? ?(factura|la factura)?; asunto reclamación; incidencia (en|con|factura|entrega|pedido)
        8 de: reklamation*; mängelrüge; beanstandung*; (rechnungs)?widerspruch (gegen|rechnung|zur|zu)?; einspruch (gegen)? .. rechnung; mängelanzeige; rechnungsreklamation; betreff reklamation
    """,
}
