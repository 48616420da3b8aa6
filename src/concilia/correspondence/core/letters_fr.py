"""The letters in French."""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.correspondence.core.letters import Frame, Template, Text

FRAME: Final = Frame("Bonjour {name},", "Bonjour,", "Cordialement\n{sender}\n{company}")
LETTERS: Final[Mapping[Template, Text]] = {
    Template.CLAIM_RECEIVED: Text(
        "Votre réclamation sur {about} est arrivée ({claim})",
        (
            "merci de nous avoir prévenus. {holder} suit votre réclamation {claim} sur {about}.",
            (
                "?Vous réclamez {amount}. Pendant la vérification, nous ne vous demandons pas "
                "ce montant."
            ),
            (
                "Vous aurez notre réponse au plus tard le {until}. "
                "Pour ajouter quelque chose, répondez simplement à cet e-mail."
            ),
        ),
    ),
    Template.EVIDENCE_REQUEST: Text(
        "Votre réclamation {claim} : ce qu’il nous manque encore",
        (
            (
                "merci pour votre réclamation {claim} sur {about}. Pour la régler, il nous manque "
                "encore de votre part :"
            ),
            "{papers}",
            (
                "Merci de nous l’envoyer si possible d’ici le {until}. Si quelque chose reste "
                "introuvable, dites-le-nous : nous chercherons une autre voie."
            ),
        ),
    ),
    Template.DECISION_ACCEPTED: Text(
        "Votre réclamation {claim} est acceptée : {approved}",
        (
            (
                "merci pour votre réclamation {claim} sur {about}. Nous l’avons vérifiée et vous avez "
                "raison : nous l’acceptons en totalité, {approved}."
            ),
            "?Vous recevez l’avoir {credit_note}.",
            "?Les {kept_back} que vous aviez retenus sont ainsi réglés.",
            "Veuillez nous excuser pour la gêne.",
        ),
    ),
    Template.DECISION_PARTLY: Text(
        "Votre réclamation {claim} : {approved} acceptés sur {claimed}",
        (
            (
                "merci pour votre réclamation {claim} sur {about}. "
                "Nous avons vérifié chaque ligne avec vos documents et les nôtres."
            ),
            "Nous acceptons {approved} sur {claimed} :",
            "{lines}",
            "Vous recevez un avoir de {approved}. Nous ne pouvons pas accepter les {denied} restants.",
            (
                "Vous voyez les choses autrement, ou avez des documents que nous ne connaissons pas ? "
                "Répondez à cet e-mail d’ici le {until} : {holder} réexaminera le dossier."
            ),
        ),
    ),
    Template.DECISION_REFUSED: Text(
        "Votre réclamation {claim} : le résultat de notre vérification",
        (
            (
                "merci pour votre réclamation {claim} sur {about}. "
                "Nous l’avons examinée avec soin, avec vos documents et les nôtres."
            ),
            "Nous ne pouvons pas accepter les {claimed}. La raison : {reason}",
            "?{lines}",
            (
                "Vous voyez les choses autrement, ou avez des documents que nous ne connaissons pas ? "
                "Répondez à cet e-mail d’ici le {until} : {holder} réexaminera le dossier."
            ),
        ),
    ),
    Template.COLLECT_BACK: Text(
        "{about} : {amount} encore ouverts après la réclamation {claim}",
        (
            (
                "merci de votre collaboration. Nous avons répondu à votre réclamation {claim} sur "
                "{about} ; sur le montant retenu, {amount} restent ouverts."
            ),
            "Y a-t-il un élément que nous n’avons pas encore vu ? Alors écrivez-nous d’abord.",
            (
                "Sinon, choisissez ce qui vous convient :\n"
                "- un virement de {amount} d’ici le {until}, avec la référence {reference} ;\n"
                "- l’ajouter à votre prochain règlement, en indiquant {reference} ;\n"
                "- une autre date ou un échéancier : répondez simplement à cet e-mail."
            ),
        ),
    ),
    Template.REMITTANCE_REQUEST: Text(
        "Votre paiement du {paid_on} : à quoi correspond-il ? ({claim})",
        (
            "merci pour votre paiement de {paid} du {paid_on}.",
            "?Il diffère de {difference} de ce que nous voyons pour {about}.",
            (
                "Quelles factures avez-vous réglées, et l’écart a-t-il une raison ? "
                "Un avis de paiement ou une ligne en réponse suffit."
            ),
            (
                "Pendant ce temps, nous ne vous demandons pas l’écart. "
                "Une réponse d’ici le {until} nous aide à bien l’enregistrer."
            ),
        ),
    ),
    Template.POD_REQUEST_CARRIER: Text(
        "Preuve de livraison signée pour {delivery} ({claim})",
        (
            (
                "merci d’avoir transporté nos marchandises. Il nous faut la preuve de livraison signée "
                "de {delivery}, expédition du {shipped_on}."
            ),
            "?La destination était {destination}.",
            (
                "Merci d’envoyer le recto et le verso, avec toute réserve écrite par le destinataire, "
                "d’ici le {until} ; une photo suffit. Merci de garder {claim} dans l’objet."
            ),
        ),
    ),
    Template.POD_REQUEST_COLLEAGUE: Text(
        "{claim} : le bon de livraison signé de {delivery}",
        (
            (
                "pour la réclamation {claim} de {customer}, il nous faut le bon de livraison signé "
                "de {delivery}."
            ),
            "?La réclamation porte sur {amount}.",
            (
                "Merci de l’envoyer, ou une photo, d’ici le {until}. Si tu ne l’as pas, une ligne "
                "suffit : nous le demanderons au transporteur."
            ),
        ),
    ),
}
