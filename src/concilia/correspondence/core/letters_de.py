"""The letters in German."""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.correspondence.core.letters import Frame, Template, Text

FRAME: Final = Frame("Guten Tag {name},", "Guten Tag,", "Freundliche Grüße\n{sender}\n{company}")
LETTERS: Final[Mapping[Template, Text]] = {
    Template.CLAIM_RECEIVED: Text(
        "Ihre Reklamation zu {about} ist angekommen ({claim})",
        (
            (
                "danke für Ihre Nachricht. {holder} kümmert sich um Ihre Reklamation {claim} "
                "zu {about}."
            ),
            "?Sie fordern {amount}. Während wir prüfen, bitten wir Sie nicht um diesen Betrag.",
            (
                "Sie hören spätestens am {until} von uns. "
                "Wenn Sie etwas ergänzen möchten, antworten Sie einfach auf diese E-Mail."
            ),
        ),
    ),
    Template.EVIDENCE_REQUEST: Text(
        "Ihre Reklamation {claim}: was wir noch brauchen",
        (
            (
                "danke für Ihre Reklamation {claim} zu {about}. Damit wir sie abschließen können, "
                "brauchen wir von Ihnen noch:"
            ),
            "{papers}",
            (
                "Bitte senden Sie es uns möglichst bis {until}. Lässt sich etwas nicht finden, sagen "
                "Sie es uns: dann suchen wir einen anderen Weg."
            ),
        ),
    ),
    Template.DECISION_ACCEPTED: Text(
        "Ihre Reklamation {claim} ist anerkannt: {approved}",
        (
            (
                "danke für Ihre Reklamation {claim} zu {about}. Wir haben sie geprüft, und Sie haben "
                "recht: wir erkennen sie in voller Höhe an, {approved}."
            ),
            "?Sie erhalten dafür die Rechnungskorrektur {credit_note}.",
            "?Die einbehaltenen {kept_back} sind damit ausgeglichen.",
            "Bitte entschuldigen Sie die Mühe.",
        ),
    ),
    Template.DECISION_PARTLY: Text(
        "Ihre Reklamation {claim}: {approved} von {claimed} anerkannt",
        (
            (
                "danke für Ihre Reklamation {claim} zu {about}. "
                "Wir haben jede Zeile mit Ihren und unseren Belegen geprüft."
            ),
            "Wir erkennen {approved} von {claimed} an:",
            "{lines}",
            (
                "Über {approved} erhalten Sie eine Rechnungskorrektur. "
                "Die übrigen {denied} können wir nicht anerkennen."
            ),
            (
                "Sehen Sie es anders, oder haben Sie Belege, die wir nicht kennen? Antworten Sie bis "
                "{until} auf diese E-Mail, dann sieht {holder} es sich noch einmal an."
            ),
        ),
    ),
    Template.DECISION_REFUSED: Text(
        "Ihre Reklamation {claim}: das Ergebnis unserer Prüfung",
        (
            (
                "danke für Ihre Reklamation {claim} zu {about}. "
                "Wir haben sie ernst genommen und mit Ihren und unseren Belegen geprüft."
            ),
            "Die {claimed} können wir nicht anerkennen. Der Grund: {reason}",
            "?{lines}",
            (
                "Sehen Sie es anders, oder haben Sie Belege, die wir nicht kennen? Antworten Sie bis "
                "{until} auf diese E-Mail, dann sieht {holder} es sich noch einmal an."
            ),
        ),
    ),
    Template.COLLECT_BACK: Text(
        "{about}: {amount} noch offen nach Reklamation {claim}",
        (
            (
                "danke für die Zusammenarbeit. Ihre Reklamation {claim} zu {about} haben wir "
                "beantwortet; vom einbehaltenen Betrag sind noch {amount} offen."
            ),
            "Gibt es etwas, das wir noch nicht gesehen haben? Dann schreiben Sie uns zuerst.",
            (
                "Sonst wählen Sie, was Ihnen passt:\n"
                "- eine Überweisung von {amount} bis {until} mit dem Verwendungszweck {reference};\n"
                "- zusammen mit Ihrer nächsten Zahlung, mit Angabe von {reference};\n"
                "- ein anderer Termin oder Raten: antworten Sie einfach auf diese E-Mail."
            ),
        ),
    ),
    Template.REMITTANCE_REQUEST: Text(
        "Ihre Zahlung vom {paid_on}: wofür ist sie? ({claim})",
        (
            "danke für Ihre Zahlung von {paid} vom {paid_on}.",
            "?Sie weicht um {difference} von dem ab, was wir zu {about} sehen.",
            (
                "Welche Rechnungen haben Sie bezahlt, und hat die Differenz einen Grund? "
                "Ein Zahlungsavis oder eine Zeile als Antwort genügt."
            ),
            (
                "Bis das geklärt ist, bitten wir Sie nicht um die Differenz. "
                "Eine Antwort bis {until} hilft uns, richtig zu buchen."
            ),
        ),
    ),
    Template.POD_REQUEST_CARRIER: Text(
        "Unterschriebener Ablieferbeleg zu {delivery} ({claim})",
        (
            (
                "danke für den Transport unserer Ware. Wir brauchen den unterschriebenen "
                "Ablieferbeleg zu {delivery}, versandt am {shipped_on}."
            ),
            "?Das Ziel war {destination}.",
            (
                "Bitte senden Sie Vorder- und Rückseite mit jedem Vorbehalt des Empfängers bis "
                "{until}; ein Foto genügt. Bitte lassen Sie {claim} im Betreff stehen."
            ),
        ),
    ),
    Template.POD_REQUEST_COLLEAGUE: Text(
        "{claim}: der unterschriebene Lieferschein zu {delivery}",
        (
            (
                "für die Reklamation {claim} von {customer} brauchen wir den unterschriebenen "
                "Lieferschein zu {delivery}."
            ),
            "?Es geht um {amount}.",
            (
                "Bitte schick ihn oder ein Foto bis {until}. Hast du ihn nicht, genügt eine Zeile: "
                "dann fragen wir den Spediteur."
            ),
        ),
    ),
}
