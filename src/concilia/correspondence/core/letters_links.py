"""The words around one-action links, in five languages: letters of their own, and what others add."""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from concilia.correspondence.core import figures
from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.letters import Template, Text

LETTERS: Final[Mapping[Language, Mapping[Template, Text]]] = {
    Language.EN: {
        Template.REMINDER_BY_LINK: Text(
            "{claim}: we still wait for your answer",
            (
                "thank you for working with us on {claim}. On {asked_on} we asked you: {question}",
                "Without your answer we cannot go on for you. It takes a minute here, from the phone too, and needs no password:\n{link}",
                "The link is for you alone and works once, until {until}. You can also reply to this e-mail. If you have answered meanwhile, please disregard this reminder.",
            ),
        ),
        Template.QUESTION_BY_LINK: Text(
            "{claim}: a question for you",
            (
                "thank you for a minute of your time for {claim}. Our question: {question}",
                "Answer here, from the phone too; a minute is enough, and you need no password:\n{link}",
                "The link is for you alone and works once, until {until}. You can also reply to this e-mail.",
            ),
        ),
        Template.SIGNATURE_BY_LINK: Text(
            "{claim}: {amount} for {customer} need your signature",
            (
                "{proposer} asks you to sign: {amount} for {customer}, {claim}.",
                "?Why: {reason}",
                "Look at it and decide here, from the phone too, without logging in:\n{link}",
                "The link is for you alone and works once, until {until}. Please do not pass it on: who has it signs in your name.",
            ),
        ),
        Template.NO_SIGNATURE_BY_REPLY: Text(
            "{claim}: please sign with the link",
            (
                "thank you for your answer. An e-mail cannot sign: anybody could write one in your name. Nothing has been signed or refused by it.",
                "Please decide here, it takes a minute and no password:\n{link}",
                "The link is for you alone and works once, until {until}.",
            ),
        ),
    },
    Language.IT: {
        Template.REMINDER_BY_LINK: Text(
            "{claim}: aspettiamo ancora la sua risposta",
            (
                "grazie della collaborazione per {claim}. Il {asked_on} le abbiamo chiesto: {question}",
                "Senza la sua risposta non possiamo andare avanti. Basta un minuto qui, anche dal telefono, e non serve la password:\n{link}",
                "Il link è solo per lei e vale una volta, fino al {until}. Può anche rispondere a questa e-mail. Se ha già risposto, non tenga conto di questo promemoria.",
            ),
        ),
        Template.QUESTION_BY_LINK: Text(
            "{claim}: una domanda per lei",
            (
                "grazie di un minuto del suo tempo per {claim}. La nostra domanda: {question}",
                "Risponda qui, anche dal telefono; basta un minuto e non serve la password:\n{link}",
                "Il link è solo per lei e vale una volta, fino al {until}. Può anche rispondere a questa e-mail.",
            ),
        ),
        Template.SIGNATURE_BY_LINK: Text(
            "{claim}: {amount} per {customer} aspettano la sua firma",
            (
                "{proposer} le chiede di firmare: {amount} per {customer}, {claim}.",
                "?Perché: {reason}",
                "Guardi e decida qui, anche dal telefono, senza accedere:\n{link}",
                "Il link è solo per lei e vale una volta, fino al {until}. Non lo inoltri: chi lo ha firma a suo nome.",
            ),
        ),
        Template.NO_SIGNATURE_BY_REPLY: Text(
            "{claim}: firmi con il link, per favore",
            (
                "grazie della risposta. Un’e-mail non può firmare: chiunque potrebbe scriverne una a suo nome. Con essa non è stato firmato né respinto nulla.",
                "Decida qui, per favore: basta un minuto e non serve la password:\n{link}",
                "Il link è solo per lei e vale una volta, fino al {until}.",
            ),
        ),
    },
    Language.FR: {
        Template.REMINDER_BY_LINK: Text(
            "{claim} : nous attendons encore votre réponse",
            (
                "merci de votre concours pour {claim}. Le {asked_on} nous vous avons demandé : {question}",
                "Sans votre réponse nous ne pouvons pas avancer. Une minute suffit ici, aussi depuis le téléphone, sans mot de passe :\n{link}",
                "Le lien est pour vous seul et sert une fois, jusqu’au {until}. Vous pouvez aussi répondre à cet e-mail. Si vous avez répondu entre-temps, ne tenez pas compte de ce rappel.",
            ),
        ),
        Template.QUESTION_BY_LINK: Text(
            "{claim} : une question pour vous",
            (
                "merci de nous accorder une minute pour {claim}. Notre question : {question}",
                "Répondez ici, aussi depuis le téléphone ; une minute suffit, sans mot de passe :\n{link}",
                "Le lien est pour vous seul et sert une fois, jusqu’au {until}. Vous pouvez aussi répondre à cet e-mail.",
            ),
        ),
        Template.SIGNATURE_BY_LINK: Text(
            "{claim} : {amount} pour {customer} attendent votre signature",
            (
                "{proposer} vous demande de signer : {amount} pour {customer}, {claim}.",
                "?Pourquoi : {reason}",
                "Regardez et décidez ici, aussi depuis le téléphone, sans vous connecter :\n{link}",
                "Le lien est pour vous seul et sert une fois, jusqu’au {until}. Ne le transmettez pas : qui l’a signe en votre nom.",
            ),
        ),
        Template.NO_SIGNATURE_BY_REPLY: Text(
            "{claim} : merci de signer avec le lien",
            (
                "merci de votre réponse. Un e-mail ne peut pas signer : n’importe qui pourrait en écrire un en votre nom. Il n’a rien signé ni refusé.",
                "Décidez ici, s’il vous plaît : une minute suffit, sans mot de passe :\n{link}",
                "Le lien est pour vous seul et sert une fois, jusqu’au {until}.",
            ),
        ),
    },
    Language.ES: {
        Template.REMINDER_BY_LINK: Text(
            "{claim}: seguimos esperando su respuesta",
            (
                "gracias por su colaboración en {claim}. El {asked_on} le preguntamos: {question}",
                "Sin su respuesta no podemos avanzar. Basta un minuto aquí, también desde el teléfono, y no hace falta contraseña:\n{link}",
                "El enlace es solo para usted y sirve una vez, hasta el {until}. También puede responder a este correo. Si ya ha respondido, no tenga en cuenta este recordatorio.",
            ),
        ),
        Template.QUESTION_BY_LINK: Text(
            "{claim}: una pregunta para usted",
            (
                "gracias por un minuto de su tiempo para {claim}. Nuestra pregunta: {question}",
                "Responda aquí, también desde el teléfono; basta un minuto y no hace falta contraseña:\n{link}",
                "El enlace es solo para usted y sirve una vez, hasta el {until}. También puede responder a este correo.",
            ),
        ),
        Template.SIGNATURE_BY_LINK: Text(
            "{claim}: {amount} para {customer} esperan su firma",
            (
                "{proposer} le pide que firme: {amount} para {customer}, {claim}.",
                "?Por qué: {reason}",
                "Mire y decida aquí, también desde el teléfono, sin iniciar sesión:\n{link}",
                "El enlace es solo para usted y sirve una vez, hasta el {until}. No lo reenvíe: quien lo tiene firma en su nombre.",
            ),
        ),
        Template.NO_SIGNATURE_BY_REPLY: Text(
            "{claim}: firme con el enlace, por favor",
            (
                "gracias por su respuesta. Un correo no puede firmar: cualquiera podría escribir uno en su nombre. Con él no se ha firmado ni rechazado nada.",
                "Decida aquí, por favor: basta un minuto y no hace falta contraseña:\n{link}",
                "El enlace es solo para usted y sirve una vez, hasta el {until}.",
            ),
        ),
    },
    Language.DE: {
        Template.REMINDER_BY_LINK: Text(
            "{claim}: Wir warten noch auf Ihre Antwort",
            (
                "danke für Ihre Mithilfe bei {claim}. Am {asked_on} haben wir Sie gefragt: {question}",
                "Ohne Ihre Antwort kommen wir nicht weiter. Hier dauert es eine Minute, auch vom Telefon, ohne Passwort:\n{link}",
                "Der Link ist nur für Sie und gilt einmal, bis zum {until}. Sie können auch auf diese E-Mail antworten. Haben Sie inzwischen geantwortet, ist diese Erinnerung gegenstandslos.",
            ),
        ),
        Template.QUESTION_BY_LINK: Text(
            "{claim}: eine Frage an Sie",
            (
                "danke für eine Minute Ihrer Zeit für {claim}. Unsere Frage: {question}",
                "Antworten Sie hier, auch vom Telefon; eine Minute genügt, ohne Passwort:\n{link}",
                "Der Link ist nur für Sie und gilt einmal, bis zum {until}. Sie können auch auf diese E-Mail antworten.",
            ),
        ),
        Template.SIGNATURE_BY_LINK: Text(
            "{claim}: {amount} für {customer} brauchen Ihre Unterschrift",
            (
                "{proposer} bittet Sie zu unterschreiben: {amount} für {customer}, {claim}.",
                "?Warum: {reason}",
                "Sehen Sie es an und entscheiden Sie hier, auch vom Telefon, ohne Anmeldung:\n{link}",
                "Der Link ist nur für Sie und gilt einmal, bis zum {until}. Bitte nicht weitergeben: Wer ihn hat, unterschreibt in Ihrem Namen.",
            ),
        ),
        Template.NO_SIGNATURE_BY_REPLY: Text(
            "{claim}: bitte mit dem Link unterschreiben",
            (
                "danke für Ihre Antwort. Eine E-Mail kann nicht unterschreiben: Jeder könnte eine in Ihrem Namen schreiben. Durch sie wurde nichts unterschrieben und nichts abgelehnt.",
                "Bitte entscheiden Sie hier, es dauert eine Minute und braucht kein Passwort:\n{link}",
                "Der Link ist nur für Sie und gilt einmal, bis zum {until}.",
            ),
        ),
    },
}
_ADDED: Final[Mapping[Language, str]] = {
    Language.EN: (
        "You can answer here without an account, also with photos from the phone:\n{link}\n"
        "The link is for you alone and works once, until {until}. A reply to this e-mail is fine, too."
    ),
    Language.IT: (
        "Potete rispondere qui senza registrarvi, anche con foto dal telefono:\n{link}\n"
        "Il link è solo per voi e vale una volta, fino al {until}. Va bene anche rispondere a questa e-mail."
    ),
    Language.FR: (
        "Vous pouvez répondre ici sans compte, aussi avec des photos du téléphone :\n{link}\n"
        "Le lien est pour vous seul et sert une fois, jusqu’au {until}. Une réponse à cet e-mail convient aussi."
    ),
    Language.ES: (
        "Puede responder aquí sin cuenta, también con fotos del teléfono:\n{link}\n"
        "El enlace es solo para usted y sirve una vez, hasta el {until}. También puede responder a este correo."
    ),
    Language.DE: (
        "Hier können Sie ohne Konto antworten, auch mit Fotos vom Telefon:\n{link}\n"
        "Der Link ist nur für Sie und gilt einmal, bis zum {until}. Eine Antwort auf diese E-Mail geht auch."
    ),
}


def with_link(body: str, language: Language | str, *, link: str, until: date) -> str:
    """A letter with the way to answer it below; the link as it may be kept, without its token."""
    tongue = Language(language)
    added = _ADDED[tongue].format(link=link, until=figures.day(until, tongue))
    return f"{body.rstrip()}\n\n{figures.smooth(added, tongue)}\n"
