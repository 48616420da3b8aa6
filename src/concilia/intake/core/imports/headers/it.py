"""How Italian files head their columns."""

from __future__ import annotations

from typing import Final

TERMS: Final = {
    "customer_number": "numero cliente|codice cliente|cliente|id cliente|cod cliente"
    "|conto cliente|codice conto|conto|codice anagrafica|debitore|codice debitore"
    "|intestatario|cod cli|nr cliente|committente|codice intestatario",
    "customers.name": "nome|nome cliente|denominazione|insegna|nome breve|descrizione cliente"
    "|ragione sociale|denominazione cliente|rag soc|nominativo",
    "legal_name": "ragione sociale|denominazione legale|ragione sociale completa"
    "|denominazione sociale|rag sociale",
    "contacts.name": "nome|referente|nominativo|contatto|nome referente|persona|nome contatto"
    "|nome e cognome|persona di riferimento",
    "products.name": "descrizione|nome|descrizione articolo|nome prodotto|prodotto|denominazione"
    "|articolo descrizione|descrizione prodotto",
    "promotions.name": "descrizione|nome|promozione|nome promozione|descrizione promozione"
    "|iniziativa|titolo",
    "country": "paese|nazione|codice paese|stato|codice nazione|codice iso|naz",
    "language": "lingua|codice lingua|lingua corrispondenza",
    "vat_number": "partita iva|p iva|piva|codice iva|numero iva|part iva|partita iva cee|cod iva"
    "|identificativo fiscale",
    "parent_number": "capogruppo|cliente padre|codice padre|sede centrale|cliente principale"
    "|padre|casa madre|codice capogruppo|gruppo padre",
    "payer_group": "gruppo pagatore|gruppo di acquisto|gruppo|centrale|gruppo acquisto"
    "|codice gruppo|consorzio|centrale di pagamento|gruppo clienti",
    "payment_days": "giorni pagamento|giorni|termini pagamento|condizioni pagamento|gg pagamento"
    "|gg|termini di pagamento|dilazione|giorni dilazione|scadenza netta|scad netta|pagamento",
    "discount_percent": "sconto percentuale|sconto cassa|percentuale sconto|sconto|perc sconto"
    "|sconto pagamento|sconto cassa percentuale|sc cassa|sconto finanziario",
    "promotions.discount_percent": "sconto|sconto percentuale|percentuale sconto"
    "|sconto promozionale|perc sconto",
    "discount_days": "giorni sconto|giorni sconto cassa|gg sconto|termine sconto|giorni per sconto",
    "credit_limit": "fido|limite di credito|limite credito|fido accordato|affidamento|plafond"
    "|massimale",
    "currency": "valuta|divisa|codice valuta|codice divisa|div|val",
    "post_code": "cap|codice postale|codice avviamento postale",
    "segment": "segmento|canale|categoria|classe|tipo cliente|categoria cliente|canale di vendita"
    "|settore",
    "email_domains": "domini email|dominio|domini|dominio email|domini posta",
    "ibans": "iban|codice iban|coordinate bancarie|conto corrente|iban pagatore|conto bancario",
    "email": "email|e mail|posta elettronica|indirizzo email|mail|pec|indirizzo e mail",
    "phone": "telefono|tel|numero telefono|cellulare|recapito|recapito telefonico|cell",
    "role": "ruolo|funzione|mansione|qualifica|reparto|incarico",
    "sku": "articolo|codice articolo|codice prodotto|cod articolo|codice|cod art|codice materiale"
    "|materiale|prodotto|art|cod prodotto",
    "unit": "unita di misura|um|u m|unita|unita misura|un mis",
    "vat_rate": "aliquota iva|iva percentuale|aliquota|percentuale iva|iva|perc iva|cod iva"
    "|aliq iva",
    "unit_price": "prezzo unitario|prezzo|prezzo netto|prezzo contratto|prezzo concordato|listino"
    "|prezzo un|prezzo di vendita|prezzo unitario netto|pr unitario",
    "valid_from": "valido dal|data inizio|inizio validita|dal|decorrenza|inizio|validita dal|da"
    "|data decorrenza|data inizio validita",
    "valid_to": "valido al|data fine|fine validita|al|scadenza|fine|validita al|a"
    "|data fine validita|valido fino al",
    "promotion_code": "codice promozione|numero promozione|promozione|codice promo|codice accordo"
    "|numero accordo|cod promozione|id promozione",
    "promotions.kind": "tipo|tipologia|tipo promozione|meccanica|genere",
    "promo_price": "prezzo promozionale|prezzo promo|prezzo offerta|prezzo speciale",
    "starts": "inizio|data inizio|dal|inizio promozione|valido dal|decorrenza",
    "ends": "fine|data fine|al|fine promozione|valido al|scadenza",
    "budget": "budget|tetto|importo massimo|plafond|stanziamento|massimale",
    "order_number": "numero ordine|ordine|codice ordine|n ordine|ordine di vendita|ordine vendita"
    "|nostro ordine|rif ordine|numero ordine vendita|num ord",
    "customer_order_number": "numero ordine cliente|ordine cliente|vostro ordine"
    "|riferimento cliente|rif cliente|ordine acquisto|ns rif ordine cliente|vs ordine"
    "|ordine di acquisto|oda cliente|rif ordine cliente",
    "order_date": "data ordine|data|data documento|data ord|ordinato il",
    "requested_date": "data richiesta|data consegna richiesta|consegna richiesta|data consegna"
    "|richiesto per|data evasione",
    "line": "riga|numero riga|posizione|pos|n riga|progressivo|num riga|rigo",
    "quantity": "quantita|qta|q ta|quantita ordinata|quantita consegnata|quantita spedita"
    "|quantita fatturata|pezzi|colli|quant|qta ordinata|qta spedita",
    "delivery_number": "numero ddt|ddt|bolla|numero bolla|documento di trasporto|numero consegna"
    "|consegna|n ddt|numero documento trasporto|bolla di consegna|rif ddt",
    "shipped_date": "data spedizione|data ddt|data partenza|spedito il|data bolla|data"
    "|data uscita|data trasporto",
    "delivered_date": "data consegna|consegnato il|data arrivo|data consegna effettiva|consegnato"
    "|data ricevimento",
    "carrier": "vettore|corriere|trasportatore|spedizioniere|trasporto",
    "pod_signed_by": "firmato da|firma|ricevuto da|firmatario|firma destinatario",
    "pod_date": "data firma|data pod|data prova consegna|firmato il",
    "pod_quantity": "quantita ricevuta|qta ricevuta|quantita accettata|ricevuto|qta firmata",
    "pod_damaged": "danneggiati|quantita danneggiata|qta danneggiata|colli danneggiati|danni",
    "pod_reserve": "riserva|riserve|note pod|note di consegna|annotazioni|osservazioni",
    "invoice_number": "numero fattura|fattura|n fattura|numero documento|n documento|nr fattura"
    "|documento|num doc|numero doc|num fattura|ft",
    "document_kind": "tipo documento|tipo|tipo doc|causale|genere documento|tipo movimento"
    "|tipologia documento|td",
    "issue_date": "data fattura|data documento|data emissione|data doc|data|emessa il"
    "|data registrazione|data ft|del",
    "due_date": "data scadenza|scadenza|scad|data scad|scadenza il|scade il|data di scadenza"
    "|scadenza netta|scad netta",
    "credited_invoice": "fattura accreditata|fattura di riferimento|rif fattura|fattura collegata"
    "|fattura origine|documento collegato|riferimento fattura",
    "description": "descrizione|descrizione riga|descrizione articolo|testo|dettaglio|articolo"
    "|descrizione prodotto",
    "net_amount": "importo netto|imponibile|netto|importo riga|netto riga|importo|totale riga"
    "|valore netto|importo imponibile|totale netto",
    "vat_amount": "importo iva|iva|imposta|valore iva|iva riga|ammontare iva|totale iva",
    "document_number": "numero documento|n documento|documento|numero fattura|n fattura|fattura"
    "|numero doc|num doc|nr documento|riferimento|numero|partita|num documento|rif documento",
    "original_amount": "importo originale|importo documento|importo fattura|totale documento"
    "|totale|totale fattura|importo|importo lordo|lordo|importo totale|valore documento"
    "|importo originario",
    "open_amount": "importo aperto|residuo|saldo|importo residuo|aperto|da incassare|saldo aperto"
    "|importo da pagare|scoperto|residuo da pagare|insoluto|importo scoperto|saldo residuo"
    "|da saldare|importo in scadenza",
    "structured_reference": "riferimento strutturato|riferimento pagamento|riferimento rf"
    "|riferimento creditore|codice rf",
}
