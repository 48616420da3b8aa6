"""The letters in Italian."""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.correspondence.core.letters import Frame, Template, Text

FRAME: Final = Frame("Buongiorno {name},", "Buongiorno,", "Cordiali saluti\n{sender}\n{company}")
LETTERS: Final[Mapping[Template, Text]] = {
    Template.CLAIM_RECEIVED: Text(
        "Il vostro reclamo su {about} è arrivato ({claim})",
        (
            "grazie della segnalazione. Del vostro reclamo {claim} su {about} si occupa {holder}.",
            "?Reclamate {amount}. Mentre verifichiamo, non vi chiediamo questo importo.",
            (
                "Vi rispondiamo entro il {until}. "
                "Se volete aggiungere qualcosa, basta rispondere a questa e-mail."
            ),
        ),
    ),
    Template.EVIDENCE_REQUEST: Text(
        "Il vostro reclamo {claim}: che cosa ci serve ancora",
        (
            (
                "grazie del vostro reclamo {claim} su {about}. Per poterlo chiudere "
                "ci serve ancora da voi:"
            ),
            "{papers}",
            (
                "Se possibile, inviateci il tutto entro il {until}. Se qualcosa non si trova, "
                "ditecelo: cerchiamo un’altra strada."
            ),
        ),
    ),
    Template.DECISION_ACCEPTED: Text(
        "Il vostro reclamo {claim} è accolto: {approved}",
        (
            (
                "grazie del vostro reclamo {claim} su {about}. Lo abbiamo verificato e avete ragione: "
                "lo accogliamo per intero, {approved}."
            ),
            "?Riceverete la nota di credito {credit_note}.",
            "?I {kept_back} che avete trattenuto sono così regolati.",
            "Ci scusiamo per il disagio.",
        ),
    ),
    Template.DECISION_PARTLY: Text(
        "Il vostro reclamo {claim}: accolti {approved} su {claimed}",
        (
            (
                "grazie del vostro reclamo {claim} su {about}. "
                "Abbiamo verificato ogni riga con i documenti di entrambi."
            ),
            "Accogliamo {approved} su {claimed}:",
            "{lines}",
            "Per {approved} riceverete una nota di credito. Gli altri {denied} non possiamo accoglierli.",
            (
                "La vedete diversamente, o avete documenti che non conosciamo? Rispondete a questa "
                "e-mail entro il {until}: {holder} riesaminerà il caso."
            ),
        ),
    ),
    Template.DECISION_REFUSED: Text(
        "Il vostro reclamo {claim}: l’esito della verifica",
        (
            (
                "grazie del vostro reclamo {claim} su {about}. "
                "Lo abbiamo esaminato con attenzione, con i documenti di entrambi."
            ),
            "Non possiamo accogliere i {claimed}. Il motivo: {reason}",
            "?{lines}",
            (
                "La vedete diversamente, o avete documenti che non conosciamo? Rispondete a questa "
                "e-mail entro il {until}: {holder} riesaminerà il caso."
            ),
        ),
    ),
    Template.COLLECT_BACK: Text(
        "{about}: {amount} ancora aperti dopo il reclamo {claim}",
        (
            (
                "grazie della collaborazione. Al vostro reclamo {claim} su {about} abbiamo risposto; "
                "di quanto avete trattenuto restano aperti {amount}."
            ),
            "C’è qualcosa che non abbiamo ancora visto? Allora scriveteci prima.",
            (
                "Altrimenti scegliete ciò che preferite:\n"
                "- un bonifico di {amount} entro il {until}, con il riferimento {reference};\n"
                "- aggiungerli al prossimo pagamento, indicando {reference};\n"
                "- un’altra data o delle rate: basta rispondere a questa e-mail."
            ),
        ),
    ),
    Template.REMITTANCE_REQUEST: Text(
        "Il vostro pagamento del {paid_on}: a che cosa si riferisce? ({claim})",
        (
            "grazie del vostro pagamento di {paid} del {paid_on}.",
            "?Differisce di {difference} da quanto risulta per {about}.",
            (
                "Quali fatture avete pagato, e la differenza ha un motivo? "
                "Basta un avviso di pagamento o una riga di risposta."
            ),
            (
                "Mentre chiariamo, non vi chiediamo la differenza. "
                "Una risposta entro il {until} ci aiuta a registrare bene il pagamento."
            ),
        ),
    ),
    Template.POD_REQUEST_CARRIER: Text(
        "Prova di consegna firmata per {delivery} ({claim})",
        (
            (
                "grazie del trasporto. Ci serve la prova di consegna firmata per {delivery}, "
                "spedizione del {shipped_on}."
            ),
            "?La destinazione era {destination}.",
            (
                "Inviateci per favore fronte e retro, con ogni riserva scritta dal destinatario, "
                "entro il {until}; basta una fotografia. Lasciate {claim} nell’oggetto."
            ),
        ),
    ),
    Template.POD_REQUEST_COLLEAGUE: Text(
        "{claim}: il DDT firmato di {delivery}",
        (
            "per il reclamo {claim} di {customer} ci serve il DDT firmato di {delivery}.",
            "?Il reclamo riguarda {amount}.",
            (
                "Mandalo, o mandane una fotografia, entro il {until}. Se non ce l’hai, basta una riga: "
                "lo chiediamo al vettore."
            ),
        ),
    ),
}
