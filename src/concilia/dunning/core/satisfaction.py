"""What customers say of us: two questions, and the share who are satisfied (domain.md §5.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Final

from concilia.correspondence.core.figures import Language

SCORES: Final = range(1, 6)
SATISFIED: Final = 4
ASKED_WITHIN: Final = timedelta(hours=24)
ONCE_IN: Final = timedelta(days=90)
ANSWERED_WITHIN: Final = timedelta(days=30)
WORDS_MAX: Final = 2_000
# Who is not asked: vulnerable, dead, insolvent.
NEVER_ASKED: Final = ("NR-12", "NR-13", "NR-14")
_TEXTS: Final[Mapping[Language, tuple[str, str]]] = {
    Language.EN: (
        "How was it for you? Two questions from {creditor}",
        (
            "Good day,\n\n"
            "thank you for working with us. Something between us has just been settled, "
            "and we would like to know how it was for you.\n\n"
            "Two questions, half a minute, no account:\n"
            "{link}\n\n"
            "Your answer goes to the people who looked after you. We ask at most once in "
            "three months.\n\n"
            "Thank you\n"
            "{creditor}"
        ),
    ),
    Language.IT: (
        "Com’è andata? Due domande da {creditor}",
        (
            "Buongiorno,\n\n"
            "grazie della collaborazione. Una questione tra noi si è appena conclusa e "
            "vorremmo sapere com’è andata per voi.\n\n"
            "Due domande, mezzo minuto, senza registrazione:\n"
            "{link}\n\n"
            "La risposta arriva a chi vi ha seguito. Chiediamo al massimo una volta ogni "
            "tre mesi.\n\n"
            "Grazie\n"
            "{creditor}"
        ),
    ),
    Language.FR: (
        "Comment cela s’est-il passé ? Deux questions de {creditor}",
        (
            "Bonjour,\n\n"
            "merci de travailler avec nous. Une question entre nous vient d’être réglée et "
            "nous aimerions savoir comment cela s’est passé pour vous.\n\n"
            "Deux questions, une demi-minute, sans compte :\n"
            "{link}\n\n"
            "Votre réponse va aux personnes qui vous ont suivis. Nous demandons au plus "
            "une fois par trimestre.\n\n"
            "Merci\n"
            "{creditor}"
        ),
    ),
    Language.ES: (
        "¿Qué tal ha ido? Dos preguntas de {creditor}",
        (
            "Buenos días:\n\n"
            "gracias por trabajar con nosotros. Un asunto entre nosotros acaba de "
            "resolverse y queremos saber qué tal ha ido.\n\n"
            "Dos preguntas, medio minuto, sin cuenta:\n"
            "{link}\n\n"
            "La respuesta llega a quienes les han atendido. Preguntamos como mucho una vez "
            "cada tres meses.\n\n"
            "Gracias\n"
            "{creditor}"
        ),
    ),
    Language.DE: (
        "Wie war es für Sie? Zwei Fragen von {creditor}",
        (
            "Guten Tag,\n\n"
            "danke für die gute Zusammenarbeit. Gerade hat sich etwas zwischen uns "
            "geklärt, und wir möchten wissen, wie es für Sie war.\n\n"
            "Zwei Fragen, eine halbe Minute, ohne Konto:\n"
            "{link}\n\n"
            "Ihre Antwort geht an die Menschen, die sich um Sie gekümmert haben. Wir "
            "fragen höchstens einmal im Vierteljahr.\n\n"
            "Vielen Dank\n"
            "{creditor}"
        ),
    ),
}


def csat(scores: Iterable[int]) -> Fraction | None:
    """
    Return the share of 4 and 5 among answers of 1 to 5; None without any.

    84 of 120 are 70 % (domain.md §5.7).
    """
    given = list(scores)
    if not given:
        return None
    return Fraction(sum(score >= SATISFIED for score in given), len(given))


def survey_text(language: str, *, creditor: str, link: str) -> tuple[str, str]:
    """Return subject and body of the mail that asks; English where we do not speak the language."""
    short = language[:2].lower()
    spoken = Language(short) if short in {each.value for each in Language} else Language.EN
    subject, body = _TEXTS[spoken]
    return subject.replace("{creditor}", creditor), body.replace("{link}", link).replace(
        "{creditor}", creditor
    )
