"""What an automatic call says, in Italian."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "welcome": "Benvenuti in {company}. Vi risponde il nostro servizio clienti automatico.",
    "are_you": "Buongiorno, qui è il servizio clienti automatico di {company}, per {customer}. Se"
    " siete voi, premete 1. Se no, premete 2. Se non volete più chiamate automatiche, premete 9.",
    "left_word": "Qui {company}. Vi preghiamo di richiamarci{on_number}. Grazie.",
    "sorry": "Vi chiediamo scusa. Correggeremo i nostri dati. Arrivederci.",
    "goodbye_early": "Non vi abbiamo sentiti. Arrivederci.",
    "ask_number": "Perché solo voi sentiate i dati del vostro conto: digitate le cifre del vostro"
    " codice cliente, poi il tasto cancelletto.{last_four}",
    "ask_code": "Ora digitate il vostro codice di avviamento postale, o le ultime quattro cifre"
    " di una nostra fattura, poi il tasto cancelletto.",
    "wrong_number": "Non corrisponde ai nostri dati. Provate ancora una volta.",
    "cannot": "Così non siamo riusciti a trovarvi. Vi aiuterà una persona.",
    "nothing": "Grazie. Oggi sul vostro conto non c’è nulla da pagare.",
    "menu_clear": "Per segnalare un problema, premete 5. Per parlare con una persona, premete 6."
    " Per terminare, riagganciate.",
    "balance": "Grazie. Sul vostro conto sono scaduti {amount}.{disputed}",
    "balance_disputed": " Quanto contestate non viene chiesto finché non è chiarito.",
    "menu": "Possiamo chiedervi che cosa ostacola il pagamento? Per dircelo, premete 5. Per"
    " pagare ora, premete 1. Per indicare una data, premete 2. Per pagare a rate, premete 3. Per"
    " parlare con una persona, premete 6. Per riascoltare l’importo, premete 0.",
    "link_sent": "Vi abbiamo appena inviato un messaggio con il link alla vostra pagina, dove"
    " vedete che cosa è aperto e come potete pagare. Non dite mai il numero di una carta al"
    " telefono: noi non lo chiediamo.",
    "no_link": "Non abbiamo un vostro numero o indirizzo a cui inviarlo.",
    "no_dates": "In questo momento non possiamo prendere una data qui.",
    "which_date": "Quando pagherete? {dates} Per tornare indietro, premete 0.",
    "date_choice": "Per il {date}, premete {key}.",
    "confirm": "Pagherete {promised} entro il {date}. Se è giusto, premete 1. Per un’altra data,"
    " premete 2. Per tornare indietro, premete 0.",
    "promised": "Grazie, è annotato: {promised} entro il {date}.",
    "plan_sent": "Vi abbiamo appena inviato un messaggio con il link alla vostra pagina. Lì"
    " vedete quali rate sono possibili e in quali giorni, e accettate solo dopo averle lette."
    " Non dite mai il numero di una carta al telefono: noi non lo chiediamo.",
    "plan_asked": "Una persona vi chiamerà per concordare rate che possiate rispettare.",
    "problem": "Di che si tratta? Se la fattura non è mai arrivata, premete 1. Se contiene"
    " qualcosa di sbagliato, premete 2. Se è già pagata, premete 3. Se in questo momento manca il"
    " denaro, premete 4. Se il modo di pagamento non funziona, premete 5. Se da voi manca"
    " un’approvazione, premete 6. Per altro, premete 7.",
    "noted": "Grazie di avercelo detto. Ce ne occupiamo noi.",
    "disputed": "Grazie di avercelo detto. Una persona verificherà e vi chiamerà. Fino ad allora"
    " non chiediamo quanto contestate.",
    "more": "Se c’è altro, premete 1. Per parlare con una persona, premete 6. Altrimenti"
    " riagganciate.",
    "hand": "Vi passiamo una persona.",
    "called_back": "Una persona vi richiamerà{in_hours}. Arrivederci.",
    "in_hours": " durante il nostro orario d’ufficio",
    "on_number": " al numero {number}",
    "too_long": "Rendiamo la cosa più semplice.",
    "opted_out": "Non riceverete più nostre chiamate automatiche. Arrivederci.",
    "thanks": "Grazie della chiamata. Arrivederci.",
    "not_heard": "Non abbiamo capito.",
    "last_four": " Bastano le ultime quattro.",
}
