"""How German files head their columns."""

from __future__ import annotations

from typing import Final

TERMS: Final = {
    "customer_number": "kundennummer|kunde|kunden nr|kundennr|debitor|debitorennummer|debitor nr"
    "|debitorenkonto|kontonummer|konto|auftraggeber|regulierer|kundenkonto|kd nr"
    "|personenkonto|geschaeftspartner|kunden id|kundencode",
    "customers.name": "name|kundenname|firma|firmenname|bezeichnung|name 1|kurzname"
    "|kurzbezeichnung|name des kunden|debitorname|kunde name",
    "legal_name": "firmierung|rechtlicher name|vollstaendiger name|firma|name 2"
    "|handelsregistername|firmenname",
    "contacts.name": "name|ansprechpartner|kontakt|kontaktperson|name ansprechpartner|person"
    "|vor und nachname",
    "products.name": "bezeichnung|artikelbezeichnung|name|beschreibung|produktname|produkt"
    "|artikeltext|materialkurztext|artikelname",
    "promotions.name": "name|bezeichnung|aktion|aktionsname|beschreibung|aktionsbezeichnung",
    "country": "land|laendercode|landescode|laenderkennzeichen|lkz|laenderschluessel",
    "language": "sprache|sprachcode|korrespondenzsprache|sprachschluessel",
    "vat_number": "ust id|ust idnr|ust id nummer|umsatzsteuer id|ustid|steuernummer|uid"
    "|umsatzsteuer identifikationsnummer|uid nummer|mwst nummer",
    "parent_number": "zentrale|mutterkunde|uebergeordneter kunde|konzernkunde|hauptkunde|konzern"
    "|muttergesellschaft|zentralkunde",
    "payer_group": "zahlergruppe|einkaufsverband|verband|gruppe|kundengruppe|einkaufsgruppe"
    "|zentralregulierer|gruppencode",
    "payment_days": "zahlungsziel|zahlungsziel tage|tage|tage netto|zahlungsfrist|netto tage"
    "|zahlungsbedingung|ziel|valuta tage|zahlungskondition|nettotage",
    "discount_percent": "skonto|skonto prozent|skontosatz|skonto in prozent|rabatt|skonto 1"
    "|skonto satz",
    "promotions.discount_percent": "rabatt|rabatt prozent|nachlass|rabattsatz|rabatt in prozent",
    "discount_days": "skontotage|skonto tage|skontofrist|tage skonto|skonto tage 1",
    "credit_limit": "kreditlimit|limit|kreditlinie|kreditrahmen|obligo grenze|warenkreditlimit",
    "currency": "waehrung|wahrung|wkz|whg|waehrungscode|belegwaehrung|waehrg|waehrungsschluessel",
    "post_code": "plz|postleitzahl",
    "segment": "segment|branche|kundenklasse|vertriebskanal|kanal|klasse|kategorie|kundensegment"
    "|vertriebsweg",
    "email_domains": "e mail domains|domain|domains|e mail domain|maildomain",
    "ibans": "iban|bankverbindung|bankkonto|iban zahler|kontoverbindung",
    "email": "e mail|email|mail|e mail adresse|mailadresse|emailadresse",
    "phone": "telefon|tel|telefonnummer|mobil|rufnummer|handy|telefon nr",
    "role": "funktion|rolle|position|abteilung|stellung",
    "sku": "artikel|artikelnummer|artikel nr|materialnummer|material|produktnummer|artnr|art nr"
    "|produkt|artikelcode|sachnummer",
    "unit": "einheit|mengeneinheit|me|verkaufseinheit|vpe|basiseinheit",
    "vat_rate": "mwst satz|steuersatz|mwst|ust satz|ust|mehrwertsteuersatz|mwst prozent"
    "|steuer prozent|umsatzsteuersatz",
    "unit_price": "einzelpreis|preis|nettopreis|stueckpreis|vereinbarter preis|ep"
    "|preis pro einheit|kontraktpreis|verkaufspreis|preis netto|konditionsbetrag",
    "valid_from": "gueltig ab|gueltig von|von|ab|beginn|gueltigkeitsbeginn|startdatum|ab datum"
    "|gueltig seit",
    "valid_to": "gueltig bis|bis|ende|gueltigkeitsende|enddatum|bis datum|ablaufdatum",
    "promotion_code": "aktionsnummer|aktionscode|aktion|aktions nr|aktionsnr|vereinbarungsnummer"
    "|werbeaktion|aktions id",
    "promotions.kind": "art|typ|aktionsart|aktionstyp|mechanik",
    "promo_price": "aktionspreis|sonderpreis|angebotspreis|werbepreis",
    "starts": "beginn|start|von|aktionsbeginn|startdatum|ab|gueltig ab",
    "ends": "ende|bis|aktionsende|enddatum|gueltig bis",
    "budget": "budget|hoechstbetrag|deckel|etat",
    "order_number": "auftragsnummer|auftrag|auftragsnr|auftrags nr|verkaufsbeleg"
    "|unsere auftragsnummer|kundenauftrag|auftrag nr|ab nummer|vertriebsbeleg",
    "customer_order_number": "kundenbestellnummer|bestellnummer|bestellung|bestell nr|bestellnr"
    "|ihre bestellung|kundenreferenz|bestellnummer des kunden|kundenbestellung"
    "|ihre bestellnummer|referenz kunde|bestellreferenz",
    "order_date": "auftragsdatum|bestelldatum|datum|belegdatum|auftrag vom",
    "requested_date": "wunschlieferdatum|wunschtermin|liefertermin|gewuenschtes lieferdatum"
    "|lieferdatum gewuenscht|wunschdatum",
    "line": "position|pos|positionsnummer|zeile|pos nr|posnr|zeilennummer|belegposition",
    "quantity": "menge|anzahl|bestellmenge|liefermenge|gelieferte menge|stueck|fakturierte menge"
    "|auftragsmenge|stueckzahl",
    "delivery_number": "lieferscheinnummer|lieferschein|lieferschein nr|lieferscheinnr|lieferung"
    "|lieferungsnummer|liefernummer|ls nr|lieferbeleg",
    "shipped_date": "versanddatum|lieferscheindatum|versendet am|warenausgangsdatum|warenausgang"
    "|datum|ausgeliefert am|versandtag",
    "delivered_date": "lieferdatum|zugestellt am|zustelldatum|angeliefert am|geliefert am"
    "|ankunftsdatum|eingangsdatum",
    "carrier": "spediteur|frachtfuehrer|spedition|transporteur|transportunternehmen|versender",
    "pod_signed_by": "unterschrieben von|unterschrift|empfangen von|quittiert von|empfaenger",
    "pod_date": "unterschriftsdatum|quittiert am|datum unterschrift|ablieferdatum"
    "|unterschrieben am",
    "pod_quantity": "erhaltene menge|empfangene menge|angenommene menge|menge erhalten"
    "|quittierte menge",
    "pod_damaged": "beschaedigt|beschaedigte menge|menge beschaedigt|bruch|beschaedigungen",
    "pod_reserve": "vorbehalt|vorbehalte|bemerkung|bemerkungen|anmerkung|lieferbemerkung|vermerk",
    "invoice_number": "rechnungsnummer|rechnung|rechnungs nr|rechnungsnr|rg nr|re nr|belegnummer"
    "|beleg|fakturanummer|faktura|beleg nr|rechnung nr|belegnr",
    "document_kind": "belegart|art|dokumentart|typ|belegtyp|buchungsart|rechnungsart|vorgangsart",
    "issue_date": "rechnungsdatum|belegdatum|datum|ausstellungsdatum|fakturadatum|rg datum"
    "|re datum|buchungsdatum|beleg vom",
    "due_date": "faelligkeit|faelligkeitsdatum|faellig am|nettofaelligkeit|faellig|zahlbar bis"
    "|netto faellig|faelligkeitstag|nettofaelligkeitsdatum",
    "credited_invoice": "gutgeschriebene rechnung|ursprungsrechnung|bezugsrechnung"
    "|referenzrechnung|zu rechnung|rechnungsbezug|originalrechnung",
    "description": "bezeichnung|beschreibung|positionstext|text|artikeltext|artikelbezeichnung",
    "net_amount": "nettobetrag|netto|nettowert|positionsbetrag|zeilenbetrag|betrag netto"
    "|positionswert|gesamt netto|betrag|nettosumme",
    "vat_amount": "steuerbetrag|mwst betrag|mwst|ust betrag|mehrwertsteuer|steuer|umsatzsteuer",
    "document_number": "belegnummer|beleg|beleg nr|rechnungsnummer|rechnung|rechnungs nr"
    "|rechnungsnr|belegnr|referenz|nummer|belegfeld 1|op nummer|op nr|zuordnung",
    "original_amount": "rechnungsbetrag|ursprungsbetrag|bruttobetrag|betrag|belegbetrag|brutto"
    "|gesamtbetrag|originalbetrag|betrag brutto|urspruenglicher betrag|rechnungssumme",
    "open_amount": "offener betrag|offen|saldo|restbetrag|offener posten|offener saldo|op betrag"
    "|betrag offen|noch offen|rest|offener rest|ausstehend|ausstehender betrag|forderung",
    "structured_reference": "strukturierte referenz|rf referenz|glaeubigerreferenz"
    "|zahlungsreferenz",
}
