"""What customers write, subject line first, then the message. Braces are filled in later."""

from __future__ import annotations

CLAIMS = {
    "frischmarkt-penne": """Belastungsanzeige {dn} zu {inv}
Guten Tag,

wie telefonisch besprochen fehlen aus der Lieferung vom {delivered} ({ddt}) zwölf Kartons Penne.
Außerdem waren {q2} Kartons Frollini zerdrückt. Die Belastungsanzeige {dn} über {amount} EUR
liegt bei, den Betrag behalten wir bei der nächsten Zahlung ein.

Mit freundlichen Grüßen
Jens Albers""",
    "lindner-tagliatelle": """Belastungsanzeige {dn} zu Rechnung {digits}
Sehr geehrte Damen und Herren,

anbei erhalten Sie unsere Belastungsanzeige {dn} wegen Fehlmenge bei der Wareneingangskontrolle.
Der Betrag von {amount} EUR wird mit der laufenden Zahlung verrechnet.

Mit freundlichen Grüßen
i. A. Katrin Sommer""",
    "kornhaus-preis": """Preis Farina 00 seit Monatsanfang falsch
Hallo Frau Ferri,

wie gerade am Telefon gesagt: Farina 00 ({sku1}) wird uns zu {u1} berechnet, vereinbart sind
{c1} laut Preisvereinbarung. Das betrifft die Rechnungen {inv}, {inv2} und {inv3}, zusammen
{amount} EUR zu viel. Bitte noch diese Woche gutschreiben, sonst ziehen wir es ab.

Gruß
Miriam Vogt""",
    "kornhaus-doppelt": """Doppelte Rechnung: {inv} / {twin}
Guten Tag,
uns liegen zwei Rechnungen über denselben Betrag vor, {inv} und {twin}, beide {total} EUR, beide
zur Bestellung {po}. Wir haben nach unserem Wareneingang nur einmal Savoiardi erhalten. Bitte
stornieren Sie {twin} vollständig ({amount} EUR).

Kornhaus Bio GmbH, Kreditoren""",
    "frischmarkt-skonto/again": """AW: Skontoabzug Rechnung {inv}
Guten Tag,

den Skontoabzug von {amount} EUR auf {inv} halten wir aufrecht. Die Rechnung ist bei uns erst
Tage später eingegangen, für die Frist zählt der Rechnungseingang. Wir bitten um Ausbuchung.

Mit freundlichen Grüßen
Jens Albers

-----Ursprüngliche Nachricht-----
Von: Molino Aurora
Betreff: Skontoabzug Rechnung {inv}

Guten Tag Herr Albers, der Skonto auf {inv} war zum Zahltag nicht mehr fällig. Wir bitten um
Nachzahlung.""",
    "lindner-bonus": """Bonusabrechnung {dn}
Sehr geehrte Frau Weiss,

anbei die Umsatzaufstellung für die Jahresbonus-Abrechnung {dn}. Gemäß § 6 der
Jahresvereinbarung steht uns ein Bonus von {amount} EUR zu. Wir bitten um Gutschrift bis
{deadline}.

Mit freundlichen Grüßen
Georg Aigner, Einkauf""",
    "lindner-wkz": """Rechnung {dn} Werbekostenzuschuss
Sehr geehrte Damen und Herren,
für die Anzeige im Kundenmagazin berechnen wir Ihnen den vereinbarten WKZ in Höhe von {amount}
EUR. Details siehe Anlage {dn}.
Grossmarkt Lindner GmbH""",
    "oltmann-falsch": """Falschlieferung zu Bestellung {po}
Moin,
statt {q1} Kartons {product1} sind Penne gekommen ({ddt}). Foto anbei. Berechnet sind aber
Fusilli, Rechnung {inv}. Bitte abholen und {amount} EUR gutschreiben, wir haben keinen Platz
dafür.
Kaufhaus Oltmann, Wareneingang""",
    "wiebe-mangel": """Mängelrüge Mehl {sku1}
Sehr geehrte Damen und Herren,

leider müssen wir {q1} Säcke {product1} aus Lieferung {ddt} reklamieren: klumpig und muffiger
Geruch, siehe Fotos. Die Ware ist gesperrt. Wir erwarten Gutschrift über {amount} EUR zu
Rechnung {inv} und Abholung.

Backhaus Wiebe GmbH""",
    "amselgrund-fracht": """Fracht auf Rechnung {inv}
Guten Tag,
auf {inv} steht „Contributo trasporto“ mit {amount} EUR. Laut unserer Vereinbarung liefern Sie
frei Haus. Bitte um Korrektur, den Rest zahlen wir pünktlich.
Freundliche Grüße aus Stuttgart""",
    "rheinfels-spaet": """Lieferverzug {ddt} / Deckungskauf
Die Lieferung {ddt} zu unserer Bestellung {po} kam zwei Tage zu spät. Für die Hochzeit am
Samstag mussten wir Lasagneplatten im Großmarkt zukaufen. Den Mehrpreis von {amount} EUR werden
wir von {inv} abziehen. So geht das nicht!!!

Gastro Rheinfels GmbH""",
    "sonnleite-bruch": """Bruch bei Lieferung {ddt}
Hallo,
{q1} Kartons {product1} mit Glasbruch, auf dem Lieferschein vermerkt. Foto anbei. Bitte
Gutschrift {amount} EUR zu {inv}.
Danke, Biomarkt Sonnleite""",
    "kessler-rechnung": """Rechnung fehlt
Guten Tag, Sie mahnen die Rechnung {inv} an. Die liegt uns nicht vor. Bitte per PDF an
buchhaltung@kessler.example, wir begleichen dann umgehend.

MfG
Kessler""",
    "behn-beleg": """Ablieferbeleg zu {ddt}
Sehr geehrte Damen und Herren,
für die Freigabe der Rechnung {inv} ({total} EUR) durch die Zentralregulierung benötigen wir den
vom Empfänger unterschriebenen Ablieferbeleg zu {ddt}. Bis dahin ist die Rechnung gesperrt.
Feinkost Behn OHG""",
    "frischmarkt-poenale": """Pönale Liefertreue {dn}
Guten Tag,

gemäß Ziffer 8 unserer Lieferbedingungen berechnen wir für die verspätete Anlieferung {ddt}
(Liefertreue unter 95 %) eine Pönale von {amount} EUR, Beleg {dn}. Betroffen ist Ihre Rechnung
{inv}.

Frischmarkt Nord eG
Lieferantenmanagement""",
    "nordhanse-rabatt": """Vereinbarter Rabatt fehlt, Mitglied Feinkost Behn
Sehr geehrte Damen und Herren,
bei der Prüfung der Rechnung {inv} für unser Mitglied Feinkost Behn OHG haben wir festgestellt,
dass der vereinbarte Verbandsrabatt von 3 % auf {sku1} und {sku2} nicht abgezogen wurde.
Differenz: {amount} EUR. Wir bitten um Rechnungskorrektur.
Nordhanse Zentralregulierung GmbH""",
    "kessler-bezahlt": """AW: 2. Mahnung
Die Rechnung {inv} über {total} € wurde von uns längst bezahlt. Bitte prüfen Sie Ihre Konten,
bevor Sie mahnen!!
Kessler""",
    "kornhaus-aktion": """Aktionsrabatt {dn} fehlt auf {inv}
Hallo Frau Carmona,
für die Aktion "Urkorn-Wochen" waren {r1} auf {product1} zugesagt. Auf {inv} fehlt der Rabatt
komplett. Unsere Belastung {dn} über {amount} EUR hängt an.

Tobias Rehm, Einkauf Trockensortiment""",
}

FOLLOW_UPS = {
    "answer": """AW: {subject}
Guten Tag,
anbei die gewünschten Unterlagen zu {inv}. Bitte bestätigen Sie uns den Eingang.
Mit freundlichen Grüßen""",
    "accept": """AW: {subject}
Guten Tag,
nach Rücksprache mit dem Wareneingang erkennen wir Ihre Ablehnung an. Die {amount} EUR
überweisen wir mit dem nächsten Zahllauf.""",
    "appeal": """AW: {subject}
Guten Tag,

Ihre Ablehnung zu {inv} akzeptieren wir nicht. Die Anlieferung war nachweislich außerhalb des
Zeitfensters, Rampenprotokoll folgt auf Wunsch. Wir bitten um erneute Prüfung durch Ihre
Leitung.""",
    "withdraw": """AW: {subject}
Guten Tag, Entschuldigung: der Fehler lag bei uns, die Überweisung ging an einen anderen
Lieferanten. Die Reklamation zu {inv} ziehen wir zurück, Sie bekommen das Geld diese Woche.""",
    "reopen": """AW: {subject}
Die Gutschrift zu {inv} ist aus unserer Sicht zu niedrig. Bitte noch einmal prüfen.""",
}

CARRIER = """POD {ddt}
Hallo,
im Anhang der quittierte Lieferschein {ddt} vom {delivered}.
{remark}

Spedition Brennerhof GmbH, Belegstelle"""
CARRIER_LOST = """Nachforschung {ddt}
Zu {ddt} liegt uns keine Quittung vor, die Sendung ist im Umschlaglager verloren gegangen.
Spedition Brennerhof GmbH, Belegstelle"""

REMITTANCE = """Zahlungsavis vom {date}
Sehr geehrte Damen und Herren,
anbei unser Zahlungsavis über {total} EUR, Valuta {date}.
Mit freundlichen Grüßen
Zahlungsverkehr"""
REMITTANCE_BODY = """Zahlungsavis {date}
Guten Tag, wir haben heute {total} EUR an Sie angewiesen, für folgende Belege:

{lines}

Mit freundlichen Grüßen"""

REPLIES = {
    "promise": """AW: Zahlungserinnerung {inv}
Guten Tag, Rechnung {inv} ist im nächsten Zahllauf am {promise} eingeplant. Viele Grüße""",
    "hardship": """Ihre Mahnung {inv}
Sehr geehrte Frau Conti, unser Umbau hat sich verzögert, wir bitten um Stundung der Rechnung
{inv} um vier Wochen. Danach zahlen wir in einer Summe. Vielen Dank für Ihr Verständnis.""",
    "copy": """Re: Zahlungserinnerung
Bitte Rechnungskopie {inv} senden. Danke""",
}

AUTO_REPLY = """Automatische Antwort: {subject}
Vielen Dank für Ihre Nachricht. Ich bin bis einschließlich {back} nicht im Büro. Ihre E-Mail
wird nicht weitergeleitet. In dringenden Fällen wenden Sie sich bitte an die Zentrale."""

NOTES = {
    "LOG": "Lieferschein {ddt} geprüft, mehr als dort steht, gibt es nicht.",
    "CRD": "Kein Zahlungseingang zu {inv} gefunden.",
    "ACC": "{inv} mit der Preisvereinbarung verglichen.",
    "TRM": "Aktionszeitraum zu {inv} geprüft.",
}
ASK = """Guten Tag,

danke für Ihre Nachricht zu {inv}. Damit wir zügig entscheiden können, fehlt uns noch: {need}.
Sobald es da ist, hören Sie innerhalb von zwei Arbeitstagen von uns. Den strittigen Teil fordern
wir so lange nicht an."""
ANSWER_VALID = """Guten Tag,

wir haben Ihre Reklamation zu {inv} geprüft: {valid} EUR sind berechtigt und werden Ihnen
gutgeschrieben. Die Rechnungskorrektur folgt in den nächsten Tagen. Bitte entschuldigen Sie die
Umstände."""
ANSWER_DENIED = """Guten Tag,

wir haben Ihre Reklamation zu {inv} sorgfältig geprüft. Unsere Unterlagen bestätigen sie nicht,
daher können wir {amount} EUR nicht gutschreiben. Die Unterlagen liegen bei; weitere Nachweise
sehen wir uns gern an."""
NEEDS = {
    "CO-03": "der Werbenachweis (Belegexemplar der Anzeige)",
    "FI-08": "ein Zahlungsbeleg mit Valuta und Konto",
    "other": "eine Kopie des unterschriebenen Lieferscheins",
}
