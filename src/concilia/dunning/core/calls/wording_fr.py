"""What an automatic call says, in French."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "welcome": "Bienvenue chez {company}. Vous êtes en ligne avec notre service clients"
    " automatique.",
    "are_you": "Bonjour, ici le service clients automatique de {company}, pour {customer}. Si"
    " c’est vous, tapez 1. Sinon, tapez 2. Si vous ne voulez plus d’appels automatiques, tapez 9.",
    "left_word": "Ici {company}. Merci de nous rappeler{on_number}.",
    "sorry": "Veuillez nous excuser. Nous allons corriger nos données. Au revoir.",
    "goodbye_early": "Nous ne vous avons pas entendu. Au revoir.",
    "ask_number": "Pour que vous seul entendiez votre compte : tapez les chiffres de votre numéro"
    " de client, puis la touche dièse.{last_four}",
    "ask_code": "Tapez maintenant votre code postal, ou les quatre derniers chiffres de l’une de"
    " nos factures, puis la touche dièse.",
    "wrong_number": "Cela ne correspond pas à nos données. Veuillez essayer encore une fois.",
    "cannot": "Nous n’avons pas pu vous trouver ainsi. Un collègue va vous aider.",
    "nothing": "Merci. Rien n’est à payer sur votre compte aujourd’hui.",
    "menu_clear": "Pour signaler un problème, tapez 5. Pour parler à un collègue, tapez 6. Pour"
    " terminer, raccrochez.",
    "balance": "Merci. Sur votre compte, {amount} sont échus.{disputed}",
    "balance_disputed": " Ce que vous contestez n’est pas réclamé tant que ce n’est pas réglé.",
    "menu": "Pouvons-nous vous demander ce qui empêche le paiement ? Pour nous le dire, tapez 5."
    " Pour payer maintenant, tapez 1. Pour indiquer une date, tapez 2. Pour payer en plusieurs"
    " fois, tapez 3. Pour parler à un collègue, tapez 6. Pour réentendre le montant, tapez 0.",
    "link_sent": "Nous venons de vous envoyer un message avec le lien vers votre page, où vous"
    " voyez ce qui est ouvert et comment payer. Ne dites jamais un numéro de carte au téléphone"
    " : nous ne le demandons pas.",
    "no_link": "Nous n’avons ni numéro ni adresse pour vous l’envoyer.",
    "no_dates": "Nous ne pouvons pas noter de date ici pour le moment.",
    "which_date": "Quand paierez-vous ? {dates} Pour revenir en arrière, tapez 0.",
    "date_choice": "Pour le {date}, tapez {key}.",
    "confirm": "Vous paierez {promised} au plus tard le {date}. Si c’est exact, tapez 1. Pour une"
    " autre date, tapez 2. Pour revenir en arrière, tapez 0.",
    "promised": "Merci, c’est noté : {promised} au plus tard le {date}.",
    "plan_sent": "Nous venons de vous envoyer un message avec le lien vers votre page. Vous y"
    " voyez quelles échéances sont possibles et à quels jours, et ne les acceptez qu’après les"
    " avoir lues. Ne dites jamais un numéro de carte au téléphone : nous ne le demandons pas.",
    "plan_asked": "Un collègue vous appellera pour convenir d’échéances que vous pourrez tenir.",
    "problem": "De quoi s’agit-il ? Si la facture n’est jamais arrivée, tapez 1. Si elle contient"
    " une erreur, tapez 2. Si elle est déjà payée, tapez 3. Si l’argent manque en ce moment,"
    " tapez 4. Si le moyen de paiement ne fonctionne pas, tapez 5. S’il manque un accord de votre"
    " côté, tapez 6. Pour autre chose, tapez 7.",
    "noted": "Merci de nous l’avoir dit. Nous nous en occupons.",
    "disputed": "Merci de nous l’avoir dit. Un collègue va vérifier et vous appellera. D’ici là,"
    " nous ne réclamons pas ce que vous contestez.",
    "more": "S’il y a autre chose, tapez 1. Pour parler à un collègue, tapez 6. Sinon, raccrochez.",
    "hand": "Nous vous passons un collègue.",
    "called_back": "Un collègue vous rappellera{in_hours}. Au revoir.",
    "in_hours": " pendant nos heures de bureau",
    "on_number": " au {number}",
    "too_long": "Faisons plus simple.",
    "opted_out": "Vous ne recevrez plus d’appels automatiques de notre part. Au revoir.",
    "thanks": "Merci de votre appel. Au revoir.",
    "not_heard": "Nous n’avons pas compris.",
    "last_four": " Les quatre derniers suffisent.",
}
