"""What an automatic call says, in German."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "welcome": "Willkommen bei {company}. Sie sprechen mit unserem automatischen Kundentelefon.",
    "are_you": "Guten Tag, hier ist das automatische Kundentelefon von {company}, für {customer}."
    " Wenn Sie das sind, drücken Sie die 1. Wenn nicht, die 2. Wenn Sie keine automatischen"
    " Anrufe mehr wünschen, die 9.",
    "left_word": "Hier ist {company}. Bitte rufen Sie uns zurück{on_number}. Vielen Dank.",
    "sorry": "Bitte entschuldigen Sie. Wir berichtigen unsere Daten. Auf Wiederhören.",
    "goodbye_early": "Wir haben Sie nicht gehört. Auf Wiederhören.",
    "ask_number": "Damit nur Sie von Ihrem Konto hören: Geben Sie bitte die Ziffern Ihrer"
    " Kundennummer ein, dann die Rautetaste.{last_four}",
    "ask_code": "Geben Sie nun bitte Ihre Postleitzahl ein, oder die letzten vier Ziffern einer"
    " unserer Rechnungen, dann die Rautetaste.",
    "wrong_number": "Das stimmt nicht mit unseren Daten überein. Bitte versuchen Sie es noch"
    " einmal.",
    "cannot": "So konnten wir Sie nicht finden. Ein Mensch hilft Ihnen weiter.",
    "nothing": "Vielen Dank. Auf Ihrem Konto ist heute nichts zu zahlen.",
    "menu_clear": "Um uns ein Problem zu nennen, drücken Sie die 5. Für einen Menschen die 6. Zum"
    " Beenden legen Sie einfach auf.",
    "balance": "Vielen Dank. Auf Ihrem Konto sind {amount} fällig.{disputed}",
    "balance_disputed": " Was Sie beanstanden, fordern wir nicht, bis es geklärt ist.",
    "menu": "Dürfen wir fragen, was der Zahlung im Weg steht? Um es uns zu sagen, drücken Sie die"
    " 5. Um jetzt zu zahlen, die 1. Um einen Tag zu nennen, die 2. Um in Raten zu zahlen, die 3."
    " Für einen Menschen die 6. Um den Betrag noch einmal zu hören, die 0.",
    "link_sent": "Wir haben Ihnen soeben eine Nachricht mit dem Link zu Ihrer Seite geschickt:"
    " Dort sehen Sie, was offen ist und wie Sie zahlen können. Nennen Sie nie eine Kartennummer"
    " am Telefon: Wir fragen nicht danach.",
    "no_link": "Wir haben keine Nummer und keine Adresse von Ihnen dafür.",
    "no_dates": "Wir können hier gerade keinen Tag aufnehmen.",
    "which_date": "Wann werden Sie zahlen? {dates} Um zurückzugehen, drücken Sie die 0.",
    "date_choice": "Für den {date} drücken Sie die {key}.",
    "confirm": "Sie zahlen {promised} bis zum {date}. Wenn das stimmt, drücken Sie die 1. Für"
    " einen anderen Tag die 2. Um zurückzugehen, die 0.",
    "promised": "Vielen Dank, das ist notiert: {promised} bis zum {date}.",
    "plan_sent": "Wir haben Ihnen soeben eine Nachricht mit dem Link zu Ihrer Seite geschickt."
    " Dort sehen Sie, welche Raten an welchen Tagen möglich sind, und sagen erst zu, wenn Sie"
    " sie gelesen haben. Nennen Sie nie eine Kartennummer am Telefon: Wir fragen nicht danach.",
    "plan_asked": "Ein Mensch ruft Sie an und vereinbart mit Ihnen Raten, die Sie einhalten"
    " können.",
    "problem": "Worum geht es? Wenn die Rechnung nie ankam, drücken Sie die 1. Wenn etwas daran"
    " nicht stimmt, die 2. Wenn sie schon bezahlt ist, die 3. Wenn gerade das Geld fehlt, die 4."
    " Wenn der Zahlungsweg nicht geht, die 5. Wenn bei Ihnen eine Freigabe fehlt, die 6. Für"
    " anderes die 7.",
    "noted": "Danke, dass Sie es uns gesagt haben. Wir kümmern uns darum.",
    "disputed": "Danke, dass Sie es uns gesagt haben. Ein Mensch prüft es und ruft Sie an. Bis"
    " dahin fordern wir nicht, was Sie beanstanden.",
    "more": "Wenn es noch etwas gibt, drücken Sie die 1. Für einen Menschen die 6. Sonst legen"
    " Sie einfach auf.",
    "hand": "Wir verbinden Sie mit einem Menschen.",
    "called_back": "Ein Mensch ruft Sie zurück{in_hours}. Auf Wiederhören.",
    "in_hours": ", während unserer Bürozeiten",
    "on_number": ", unter {number}",
    "too_long": "Machen wir es einfacher.",
    "opted_out": "Sie bekommen keine automatischen Anrufe mehr von uns. Auf Wiederhören.",
    "thanks": "Vielen Dank für Ihren Anruf. Auf Wiederhören.",
    "not_heard": "Das haben wir nicht verstanden.",
    "last_four": " Die letzten vier genügen.",
}
