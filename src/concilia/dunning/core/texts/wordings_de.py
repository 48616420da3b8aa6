"""The texts of collections in German."""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.dunning.core.texts.keys import Key

LONG: Final[Mapping[Key, tuple[str, str]]] = {
    Key.COURTESY: (
        "Demnächst: {invoices}",
        """
danke[ für die Zusammenarbeit mit uns|, dass Sie unser Kunde sind]. Damit nichts überraschend kommt, sehen Sie hier, was als Nächstes ansteht.

{items}

Ist alles in Ordnung, brauchen Sie sonst nichts zu tun. Wenn nicht, ist jetzt der einfachste Moment, es uns zu sagen:

{options}

Vielen Dank und alles Gute.
""",
    ),
    Key.REMINDER: (
        "Kurz zu: {invoices}",
        """
danke[ für die Zusammenarbeit mit uns|, dass Sie unser Kunde sind]. Vielleicht ist es in einer vollen Woche untergegangen: Zu Folgendem haben wir noch keine Zahlung gesehen.

{items}

Gibt es dazu etwas, das wir wissen oder in Ordnung bringen sollten?

Wenn nicht, wählen Sie einfach, was Ihnen am besten passt:

{options}

Ist die Zahlung schon unterwegs, beachten Sie diese Nachricht bitte nicht. Vielen Dank.
""",
    ),
    Key.QUESTION: (
        "{invoices}: Was können wir für Sie tun?",
        """
[wir arbeiten gern mit Ihnen|wir haben Sie gern als Kunden], deshalb fragen wir lieber, als zu vermuten. Folgendes ist noch offen:

{items}

Was hat die Zahlung bisher aufgehalten? Ein Klick genügt, und jede Antwort ist in Ordnung:

{motives}

Wenn Sie schon wissen, wie Sie es regeln möchten, wählen Sie hier:

{options}

? {holder} [betreut Ihr Konto|ist für Sie da] und ruft gern zurück, wann es Ihnen passt.

Vielen Dank für Ihre Antwort.
""",
    ),
    Key.FIRM: (
        "{invoices}: wie es steht",
        """
[die Zusammenarbeit mit Ihnen ist uns wichtig|Sie sind uns als Kunde wichtig], und dazu gehört Klarheit. So steht es heute:

{items}

? Zur Information: Nach dem Gesetz sind bis {interest_until} Zinsen von {interest} entstanden. Mit dieser Nachricht bitten wir Sie nicht darum.

Was bräuchten Sie, um es bis {deadline} zu regeln?

Sagen Sie es uns, oder wählen Sie gleich:

{options}

Hören wir bis {deadline} nichts von Ihnen, ist der nächste Schritt ein förmliches Schreiben. Viel lieber finden wir vorher mit Ihnen eine Lösung.

Vielen Dank, dass Sie sich darum kümmern.
""",
    ),
    Key.FORMAL_NOTICE: (
        "Zahlungsaufforderung mit Frist bis {deadline}: {invoices}",
        """
Sie sind Kunde von {creditor}, und dazu gehören klare Worte. Folgende Beträge sind fällig und nicht bezahlt:

{items}

Wir fordern Sie auf, {asked} bis {deadline} zu zahlen.

{statute}

? Nach dem Gesetz sind bis {interest_until} Zinsen von {interest} entstanden.

? Das Gesetz sieht außerdem eine Pauschale von {compensation} vor.

Das können Sie tun:

{options}

Sind Sie mit dem Betrag ganz oder teilweise nicht einverstanden, sagen Sie uns bis {deadline}, warum. Was Sie beanstanden, wird zuerst geprüft und so lange nicht verlangt; der Rest bleibt zu zahlen.

? {advice}

? Erreicht uns bis {deadline} weder eine Zahlung noch eine Antwort, beabsichtigen wir, die Sache an {next_holder} zu übergeben.

Vielen Dank, dass Sie sich diesem Schreiben widmen.
""",
    ),
    Key.LAST_CALL: (
        "{invoices}: bis {deadline} regeln wir es miteinander",
        """
Sie sind unser Kunde, und wir finden viel lieber direkt mit Ihnen eine Lösung. Folgendes ist noch offen:

{items}

Nach dem {deadline} übergeben wir die Sache an {next_holder}. Bis dahin genügt einer dieser Schritte, damit es nicht dazu kommt:

{options}

? {advice}

Ist etwas geschehen, das wir nicht wissen, genügt ein Wort, und wir suchen gemeinsam einen Weg. Vielen Dank.
""",
    ),
    Key.HANDED_OVER: (
        "{invoices}: Ihr Ansprechpartner ist jetzt {next_holder}",
        """
danke für die Zeit, in der wir mit Ihnen als Kunden gearbeitet haben. Wie angekündigt, kümmert sich nun {next_holder} für uns um Folgendes:

{items}

? Der Auftrag: {mandate}

Bitte wenden Sie sich mit Zahlungen und Fragen ab jetzt an {next_holder}. Dort kann auch eine Ratenzahlung vereinbart und geprüft werden, womit Sie nicht einverstanden sind.

? Stimmt an dieser Übergabe etwas nicht, schreiben Sie uns an {reply_to}.

? {advice}

Vielen Dank.
""",
    ),
    Key.THANKS: (
        "Danke: {amount} sind da",
        """
danke, [die Zusammenarbeit mit Ihnen macht uns Freude|wir freuen uns, Sie als Kunden zu haben]. Ihre Zahlung von {amount} ist am {day} eingegangen und verbucht.

? Damit ist bezahlt: {invoices}.

Mehr ist nicht zu tun. Sollen Zahlungen künftig von selbst laufen, etwa per Lastschrift, antworten Sie einfach.

Vielen Dank und alles Gute.
""",
    ),
    Key.PROMISE_NOTED: (
        "Notiert: {amount} bis {day}",
        """
danke, dass Sie [als Partner|als unser Kunde] mit uns eine Lösung gefunden haben. Wir haben notiert, dass Sie {amount} bis {day} zahlen.

? Es geht um: {invoices}.

Bis dahin erinnern wir Sie nicht daran. Kommt etwas dazwischen, sagen Sie es uns vor diesem Tag, und wir suchen einen anderen:

{options}

Vielen Dank.
""",
    ),
    Key.PROMISE_DUE_SOON: (
        "Am {day}: {amount}, wie vereinbart",
        """
danke[ für die Zusammenarbeit mit uns|, dass Sie unser Kunde sind]. Wie mit Ihnen vereinbart, sind {amount} für den {day} vorgesehen.

? Es geht um: {invoices}.

Ist alles in Ordnung, bleibt nur die Zahlung. Passt der Tag nicht mehr, wählen Sie hier:

{options}

Vielen Dank.
""",
    ),
    Key.PROMISE_BROKEN: (
        "Der {day} ist vorbei: Was ist passiert?",
        """
[wir zählen auf die Zusammenarbeit mit Ihnen|wir haben Sie gern als Kunden], deshalb fragen wir offen. Vereinbart waren {amount} bis {day}, und wir haben die Zahlung nicht gefunden.

Was ist dazwischengekommen?

Ist inzwischen bezahlt, nennen Sie uns den Tag, und wir suchen danach. Sonst wählen Sie, was jetzt möglich ist:

{options}

? {holder} spricht gern mit Ihnen darüber.

Vielen Dank.
""",
    ),
    Key.PLAN_OFFERED: (
        "Ein Vorschlag für Ratenzahlung",
        """
danke[ für die Zusammenarbeit mit uns und Ihre offenen Worte|, dass Sie unser Kunde sind und offen mit uns sprechen]. Das ist unser Vorschlag, {amount} in Raten zu zahlen:

{rows}

Er gilt bis {until}. Sie können zustimmen oder etwas anderes vorschlagen:

{options}

Vereinbart ist erst etwas, wenn Sie Ja gesagt haben. Vielen Dank.
""",
    ),
    Key.PLAN_AGREED: (
        "Ihre Ratenzahlung ist vereinbart",
        """
danke[ für die Zusammenarbeit mit uns|, dass Sie unser Kunde sind und das mit uns vereinbart haben]. Der Plan über {amount} ist vereinbart:

{rows}

Solange er läuft wie vorgesehen, bitten wir Sie dafür um nichts weiter. Wird eine Rate schwierig, sagen Sie es uns vor ihrem Tag; fast immer gibt es einen Weg:

{options}

Vielen Dank.
""",
    ),
    Key.PLAN_ROW_DUE_SOON: (
        "Am {day}: die nächste Rate von {amount}",
        """
danke[ für die Zusammenarbeit mit uns|, dass Sie unser Kunde sind]. Die nächste Rate von {amount} ist am {day} fällig.

Ist alles in Ordnung, bleibt nur die Zahlung. Wenn nicht, sagen Sie es uns jetzt:

{options}

Vielen Dank.
""",
    ),
    Key.PLAN_ROW_LATE: (
        "Die Rate vom {day}: alles in Ordnung?",
        """
[wir arbeiten gern mit Ihnen|wir haben Sie gern als Kunden], und der Plan zeigt, dass uns beiden daran liegt. Die Rate von {amount}, fällig am {day}, ist noch nicht bei uns eingegangen.

Hat sich bei Ihnen etwas geändert?

Sie können sie jetzt zahlen, verschieben oder mit uns über den Plan sprechen:

{options}

Ist inzwischen bezahlt, beachten Sie diese Nachricht bitte nicht. Vielen Dank.
""",
    ),
    Key.PLAN_COMPLETED: (
        "Geschafft: Ihr Plan ist abgeschlossen",
        """
danke, dass Sie unser Kunde bleiben und den Plan bis zum Ende eingehalten haben. Die letzte Rate ist am {day} eingegangen; {amount} sind vollständig bezahlt.

Die Sache ist abgeschlossen, davon ist nichts mehr offen. Wenn Sie möchten, vereinbaren wir, was Zahlungen künftig leichter macht: ein anderer Termin, eine monatliche Aufstellung oder Lastschrift. Antworten Sie einfach.

Vielen Dank und alles Gute.
""",
    ),
    Key.SETTLEMENT_OFFERED: (
        "Ein Vorschlag, die Sache abzuschließen: {offer} bis {until}",
        """
danke, dass Sie [als Partner|als unser Kunde] offen mit uns sprechen. Offen sind {open}, und wir haben überlegt, wie wir die Sache gemeinsam abschließen. Das ist unser Vorschlag:

- Sie zahlen {offer} bis {until}.
- Ist der Betrag eingegangen, verzichten wir auf die übrigen {waived}, und es bleibt nichts offen.
- Geht er bis dahin nicht vollständig ein, entfällt der Vorschlag, und der ganze Betrag bleibt zu zahlen, abzüglich des Gezahlten.

Der Verzicht kann steuerliche Folgen haben; bitte fragen Sie Ihre Beratung.

Sie können annehmen oder etwas anderes vorschlagen:

{options}

Vereinbart ist erst etwas, wenn Sie schriftlich Ja gesagt haben. Vielen Dank.
""",
    ),
    Key.DISPUTE_RECEIVED: (
        "{claim}: wir prüfen es",
        """
danke, dass Sie [als Partner|als unser Kunde] uns Bescheid geben. {holder} prüft Ihre Angaben, {claim}, und antwortet bis {until}.

Bis dahin bitten wir Sie nicht um {disputed}.

? Der Rest, {asked}, ist davon nicht berührt und bleibt zu zahlen.

Sie können Unterlagen ergänzen, den Stand verfolgen oder den Rest bezahlen:

{options}

Vielen Dank.
""",
    ),
    Key.INVOICE_COPY: (
        "Noch einmal: {invoice}",
        """
danke[ für die Zusammenarbeit mit uns|, dass Sie unser Kunde sind], und für Ihre Nachfrage. Hier ist die Kopie von {invoice}: {account_link}

Ist es nicht das Richtige, oder stimmt etwas nicht, sagen Sie es uns, und wir bringen es in Ordnung:

{options}

Vielen Dank.
""",
    ),
    Key.CONDOLENCE: (
        "Unser Beileid",
        """
wir haben vom Tod von {customer} erfahren, einem unserer Kunden. Das tut uns sehr leid, und unsere Gedanken sind bei Ihnen.

Sie müssen jetzt nichts tun. Alle Nachrichten zu diesem Konto sind eingestellt. Niemand aus der Familie wird gebeten, aus eigenen Mitteln zu zahlen.

Wenn die Zeit gekommen ist, hilft uns zu wissen, wer sich um den Nachlass kümmert. {holder} ist persönlich für Sie da:

? Telefon: {phone}

? E-Mail: {reply_to}

In aufrichtiger Anteilnahme.
""",
    ),
    Key.VULNERABLE: (
        "Wir sind für Sie da",
        """
Sie sind unser Kunde, und Ihr Wohl geht vor. Ab heute ist {holder} persönlich für Sie da; niemand sonst wendet sich deswegen an Sie.

Sie müssen jetzt nichts tun. Bis {until} bitten wir Sie um nichts, und es kommen weder Zinsen noch Kosten hinzu.

Wenn es für Sie so weit ist, sehen wir gemeinsam, was möglich ist. Sagen Sie uns, wie Sie von uns hören möchten und wer für Sie sprechen darf:

{options}

? {advice}

Nehmen Sie sich die Zeit, die Sie brauchen. Danke, dass Sie es uns gesagt haben.
""",
    ),
    Key.DATE_MOVED: (
        "Neuer Termin für {invoices}: {new_day}",
        """
danke, dass Sie [als Partner|als unser Kunde] mit uns eine Lösung gefunden haben. Wie gewünscht, ist der neue Termin der {new_day}: {invoices}.

Es geht um {amount}. Bis dahin erinnern wir Sie nicht daran.

Brauchen Sie etwas anderes, wählen Sie hier:

{options}

Vielen Dank.
""",
    ),
    Key.PAID_TWICE: (
        "{amount} gehören Ihnen",
        """
danke[ für die Zusammenarbeit mit uns|, dass Sie unser Kunde sind]. Ihre Zahlung vom {day} liegt um {amount} über dem, was offen war; dieser Betrag gehört Ihnen.

Möchten Sie ihn zurück, oder sollen wir ihn für die nächste Rechnung behalten?

Sagen Sie uns, auf welches Konto er gehen soll, oder lassen Sie ihn hier:

- zurückzahlen
- für die nächste Rechnung behalten

? Hier können Sie es uns sagen: {account_link}

? Oder schreiben Sie an {reply_to}.

Vielen Dank.
""",
    ),
}
SHORT: Final[Mapping[Key, str]] = {
    Key.COURTESY: "{creditor}: danke, dass Sie unser Kunde sind. Was als Nächstes ansteht: {account_link}",
    Key.REMINDER: "{creditor}: Sie sind unser Kunde. Ist etwas untergegangen, oder stimmt etwas nicht? {account_link}",
    Key.QUESTION: "{creditor}: Sie sind unser Kunde, was können wir tun? Hier sagen oder regeln: {account_link}",
    Key.FIRM: "{creditor}: Sie sind unser Kunde. Was brauchen Sie, um das Konto zu regeln? Sie wählen: {account_link}",
    Key.LAST_CALL: "{creditor}: Sie sind unser Kunde. Regeln wir es bis {deadline}: {account_link}",
    Key.THANKS: "{creditor}: danke, dass Sie unser Kunde sind. Ihre Zahlung ist da.",
    Key.PROMISE_NOTED: "{creditor}: danke für die Zusammenarbeit. Notiert: {day}. {account_link}",
    Key.PROMISE_DUE_SOON: "{creditor}: Sie sind unser Kunde. Wie vereinbart {day}, zahlen oder ändern: {account_link}",
    Key.PROMISE_BROKEN: "{creditor}: Sie sind unser Kunde. Was kam dazwischen? Wählen Sie, was jetzt möglich ist: {account_link}",
    Key.PLAN_OFFERED: "{creditor}: für Sie als Kunden unser Vorschlag. Zustimmen oder ändern: {account_link}",
    Key.PLAN_AGREED: "{creditor}: danke für die Zusammenarbeit. Alles ist vereinbart: {account_link}",
    Key.PLAN_ROW_DUE_SOON: "{creditor}: Sie sind unser Kunde. Nächster Tag des Plans: {day}. {account_link}",
    Key.PLAN_ROW_LATE: "{creditor}: Sie sind unser Kunde, alles in Ordnung? Zahlen oder verschieben: {account_link}",
    Key.PLAN_COMPLETED: "{creditor}: danke, dass Sie unser Kunde bleiben. Alles ist erledigt, nichts ist offen.",
    Key.DISPUTE_RECEIVED: "{creditor}: danke für die Zusammenarbeit. Wir prüfen {claim}, hier der Stand: {account_link}",
    Key.INVOICE_COPY: "{creditor}: danke, dass Sie unser Kunde sind. Hier ist Ihre Kopie: {account_link}",
    Key.VULNERABLE: "{creditor}: Sie sind unser Kunde, Ihr Wohl geht vor. {holder} ist für Sie da: {account_link}",
    Key.DATE_MOVED: "{creditor}: danke für die Zusammenarbeit. Der neue Tag ist der {new_day}: {account_link}",
    Key.PAID_TWICE: "{creditor}: Sie sind unser Kunde und haben ein Guthaben. Zurück oder behalten? {account_link}",
}
_OPENING: Final = """
1. Grüßen, den Namen sagen und dass man von {creditor} anruft. Sich vergewissern, dass man mit {customer} spricht oder mit jemandem, der für sie sprechen darf; bis dahin nichts davon sagen, worum es geht.

2. [Für die Zusammenarbeit mit uns danken|Danken, dass sie unser Kunde sind], und fragen, ob es gerade passt. Wenn nicht, einen anderen Zeitpunkt vereinbaren.
"""
_CLOSING: Final = """
6. Wiederholen, was vereinbart ist: was, wie viel, bis wann, und dass es schriftlich kommt. Danken.

7. Grund, Vereinbarung und nächsten Schritt festhalten: nur Tatsachen, kein Urteil, und nichts über Gesundheit außerhalb des geschützten Feldes.
"""
GUIDES: Final[Mapping[Key, str]] = {
    Key.REMINDER: _OPENING
    + """
3. Fragen und bis zum Ende zuhören: „Ist unsere Rechnung bei Ihnen angekommen, und stimmt alles daran?“

4. Zur Hand haben: {invoices}, {asked}. Eine Kopie anbieten.

? Nicht gefragt, weil es geklärt wird: {disputed}

5. Anbieten: einen Link zum Bezahlen, einen passenden Tag, oder dass jemand nachsieht, was nicht stimmt.
"""
    + _CLOSING,
    Key.QUESTION: _OPENING
    + """
3. Fragen und bis zum Ende zuhören: „Was hat die Zahlung bisher aufgehalten?“ Die Antwort nicht vorgeben.

4. Zur Hand haben: {invoices}, {asked}. Den Grund in ihren Worten wiederholen.

? Nicht gefragt, weil es geklärt wird: {disputed}

5. Anbieten, was zum Grund passt: einen Tag, Raten, eine Kopie, jemanden, der nachsieht.
"""
    + _CLOSING,
    Key.FIRM: _OPENING
    + """
3. Fragen und bis zum Ende zuhören: „Was bräuchten Sie, um es zu regeln?“

4. Ruhig die Tatsachen nennen: {invoices}, {asked}, und den Tag, auf den wir hoffen: {deadline}.

? Nicht gefragt, weil es geklärt wird: {disputed}

5. Mindestens zwei Wege anbieten: jetzt zahlen, ein Tag, Raten, oder prüfen, was nicht stimmt. Nur sagen, was danach wirklich geschieht.
"""
    + _CLOSING,
    Key.LAST_CALL: _OPENING
    + """
3. Fragen und bis zum Ende zuhören: „Gibt es etwas, das wir noch nicht wissen?“

4. Ruhig die Tatsachen nennen: {invoices}, {asked}; nach dem {deadline} übernimmt {next_holder}.

? Nicht gefragt, weil es geklärt wird: {disputed}

5. Sagen, was es aufhält: eine Zahlung, ein Tag, Raten, ein Wort dazu, was nicht stimmt. Nennen, wo es kostenlosen Rat gibt.
"""
    + _CLOSING,
    Key.PROMISE_BROKEN: _OPENING
    + """
3. Fragen und bis zum Ende zuhören: „Wir hatten den {day} vereinbart. Was ist dazwischengekommen?“

4. Zur Hand haben: {amount} bis {day}. Fragen, ob inzwischen bezahlt ist, und von welchem Konto.

5. Anbieten: einen neuen, realistischen Tag, jetzt einen Teil, oder Raten.
"""
    + _CLOSING,
    Key.PLAN_ROW_LATE: _OPENING
    + """
3. Fragen und bis zum Ende zuhören: „Hat sich etwas geändert, seit wir den Plan vereinbart haben?“

4. Zur Hand haben: die Rate von {amount} vom {day}.

5. Anbieten: sie jetzt zahlen, einmal verschieben, oder den Plan neu ansehen. Wer in Not ist, kommt zu den Spezialisten.
"""
    + _CLOSING,
}
