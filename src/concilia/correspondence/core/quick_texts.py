"""The quick answers Concilia comes with, in five languages; a company writes its own over them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.correspondence.core.figures import Language

EN, IT, FR, ES, DE = Language.EN, Language.IT, Language.FR, Language.ES, Language.DE

TITLES: Final[Mapping[str, Mapping[Language, str]]] = {
    "received": {
        EN: "We have it and are checking",
        IT: "Ricevuto, stiamo verificando",
        FR: "Reçu, nous vérifions",
        ES: "Recibido, lo comprobamos",
        DE: "Erhalten, wir prüfen",
    },
    "more_time": {
        EN: "We need more time",
        IT: "Ci serve più tempo",
        FR: "Il nous faut plus de temps",
        ES: "Necesitamos más tiempo",
        DE: "Wir brauchen mehr Zeit",
    },
    "which_lines": {
        EN: "Which items and quantities?",
        IT: "Quali articoli e quantità?",
        FR: "Quels articles et quantités ?",
        ES: "¿Qué artículos y cantidades?",
        DE: "Welche Artikel und Mengen?",
    },
    "call_me": {
        EN: "May we call you?",
        IT: "Possiamo chiamarvi?",
        FR: "Pouvons-nous vous appeler ?",
        ES: "¿Podemos llamarle?",
        DE: "Dürfen wir Sie anrufen?",
    },
    "thanks": {
        EN: "Thank you, nothing more is needed",
        IT: "Grazie, non serve altro",
        FR: "Merci, rien d’autre n’est nécessaire",
        ES: "Gracias, no hace falta nada más",
        DE: "Danke, mehr brauchen wir nicht",
    },
}

_HELLO: Final[Mapping[Language, str]] = {
    EN: "Dear {name},",
    IT: "Gentile {name},",
    FR: "Bonjour {name},",
    ES: "Estimado/a {name}:",
    DE: "Guten Tag {name},",
}
_BYE: Final[Mapping[Language, str]] = {
    EN: "Kind regards",
    IT: "Cordiali saluti",
    FR: "Cordialement",
    ES: "Atentamente",
    DE: "Mit freundlichen Grüßen",
}
_SAID: Final[Mapping[str, Mapping[Language, str]]] = {
    "received": {
        EN: "Thank you for your message about {about}. We are checking it under our "
        "number {claim}, and you will hear from us by {until}.",
        IT: "grazie per il vostro messaggio su {about}. Lo stiamo verificando con il "
        "nostro numero {claim} e vi rispondiamo entro il {until}.",
        FR: "Merci pour votre message au sujet de {about}. Nous le vérifions sous "
        "notre numéro {claim} et vous répondrons au plus tard le {until}.",
        ES: "Gracias por su mensaje sobre {about}. Lo estamos comprobando con nuestro "
        "número {claim} y le responderemos antes del {until}.",
        DE: "danke für Ihre Nachricht zu {about}. Wir prüfen sie unter unserer Nummer "
        "{claim}; bis {until} hören Sie von uns.",
    },
    "more_time": {
        EN: "We are still waiting for an answer that we need for {about} ({claim}). "
        "We will write to you by {until}. Until then we do not ask you for the "
        "contested amount.",
        IT: "aspettiamo ancora una risposta che ci serve per {about} ({claim}). Vi "
        "scriviamo entro il {until}. Fino ad allora non vi chiediamo l’importo "
        "contestato.",
        FR: "Nous attendons encore une réponse nécessaire pour {about} ({claim}). "
        "Nous vous écrirons au plus tard le {until}. D’ici là, nous ne vous "
        "demandons pas le montant contesté.",
        ES: "Todavía esperamos una respuesta que necesitamos para {about} ({claim}). "
        "Le escribiremos antes del {until}. Hasta entonces no le pedimos el "
        "importe en discusión.",
        DE: "wir warten noch auf eine Antwort, die wir für {about} ({claim}) "
        "brauchen. Bis {until} schreiben wir Ihnen. Solange bitten wir Sie nicht "
        "um den strittigen Betrag.",
    },
    "which_lines": {
        EN: "So that we can check {about} quickly ({claim}): which items does it "
        "concern, how many of each, and what was wrong with them? A copy of your "
        "receiving note helps most.",
        IT: "per verificare in fretta {about} ({claim}): quali articoli riguarda, "
        "quante unità di ciascuno, e che cosa non andava? Una copia della vostra "
        "nota di entrata aiuta più di tutto.",
        FR: "Pour vérifier rapidement {about} ({claim}) : quels articles sont "
        "concernés, combien de chacun, et quel était le problème ? Une copie de "
        "votre bon de réception aide le plus.",
        ES: "Para comprobar pronto {about} ({claim}): ¿a qué artículos afecta, "
        "cuántas unidades de cada uno y qué ocurrió? Una copia de su nota de "
        "entrada es lo que más ayuda.",
        DE: "damit wir {about} ({claim}) schnell prüfen können: Um welche Artikel "
        "geht es, wie viele jeweils, und was war damit? Am meisten hilft eine "
        "Kopie Ihres Wareneingangsbelegs.",
    },
    "call_me": {
        EN: "Some points of {about} ({claim}) are clearer on the telephone. When may "
        "I call you, and at which number?",
        IT: "alcuni punti di {about} ({claim}) si chiariscono meglio al telefono. "
        "Quando posso chiamarvi, e a quale numero?",
        FR: "Certains points de {about} ({claim}) se règlent mieux au téléphone. "
        "Quand puis-je vous appeler, et à quel numéro ?",
        ES: "Algunos puntos de {about} ({claim}) se aclaran mejor por teléfono. "
        "¿Cuándo puedo llamarle y a qué número?",
        DE: "einige Punkte zu {about} ({claim}) klären sich am Telefon besser. Wann "
        "darf ich Sie anrufen, und unter welcher Nummer?",
    },
    "thanks": {
        EN: "Thank you for your answer about {about} ({claim}). We have what we need; "
        "you do not have to do anything more.",
        IT: "grazie per la vostra risposta su {about} ({claim}). Abbiamo quello che "
        "ci serve; non dovete fare altro.",
        FR: "Merci pour votre réponse au sujet de {about} ({claim}). Nous avons ce "
        "qu’il nous faut ; vous n’avez rien d’autre à faire.",
        ES: "Gracias por su respuesta sobre {about} ({claim}). Tenemos lo que "
        "necesitamos; no tiene que hacer nada más.",
        DE: "danke für Ihre Antwort zu {about} ({claim}). Wir haben, was wir "
        "brauchen; Sie müssen nichts weiter tun.",
    },
}

TEXTS: Final[Mapping[str, Mapping[Language, str]]] = {
    code: {
        language: f"{_HELLO[language]}\n\n{text}\n\n{_BYE[language]}\n{{sender}}\n{{company}}"
        for language, text in said.items()
    }
    for code, said in _SAID.items()
}
