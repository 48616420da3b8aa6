"""What short messages of collections say by themselves, and what answers to them mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from concilia.correspondence.core.figures import Language, smooth

DAYS_AHEAD_MAX: Final = 366
LONGEST: Final = 160  # of more, somebody says more than one word: people read it


class Meaning(StrEnum):
    """What an answer says by itself; everything else is for people."""

    STOP = "STOP"
    START = "START"
    PAID = "PAID"
    HELP = "HELP"
    DATE = "DATE"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is understood; `day` is one somebody names."""

    meaning: Meaning
    day: date | None = None


# The words carriers and people use in the five languages; accents and case say nothing.
WORDS: Final[Mapping[Meaning, frozenset[str]]] = MappingProxyType(
    {
        Meaning.STOP: frozenset(
            [
                "stop",
                "stopall",
                "unsubscribe",
                "end",
                "quit",
                "cancel",
                "optout",
                "revoke",
                "arret",
                "stopp",
                "abmelden",
                "baja",
                "alto",
                "cancelar",
                "basta",
                "disiscrivimi",
                "annulla",
                "ferma",
                "desabonner",
                "desinscription",
            ]
        ),
        Meaning.START: frozenset(["start", "unstop", "alta", "iniziare", "demarrer", "anmelden"]),
        Meaning.PAID: frozenset(
            [
                "paid",
                "bezahlt",
                "gezahlt",
                "ueberwiesen",
                "uberwiesen",
                "pagato",
                "pagata",
                "saldato",
                "paye",
                "payee",
                "regle",
                "pagado",
                "pagada",
                "abonado",
            ]
        ),
        Meaning.HELP: frozenset(
            [
                "help",
                "info",
                "aide",
                "aiuto",
                "ayuda",
                "hilfe",
                "human",
                "person",
                "mensch",
                "persona",
                "operatore",
                "operador",
                "conseiller",
                "agent",
            ]
        ),
    }
)
FIRMLY: Final = frozenset(["stop", "stopall", "unsubscribe", "arret", "stopp", "abmelden", "baja"])
POLITE: Final = frozenset(
    [
        "please",
        "bitte",
        "per",
        "favore",
        "s'il",
        "vous",
        "plait",
        "por",
        "favor",
        "thanks",
        "danke",
        "grazie",
        "merci",
        "gracias",
        "gia",
        "deja",
        "ya",
        "schon",
        "already",
        "ho",
        "abbiamo",
        "ich",
        "habe",
        "wir",
        "haben",
        "i",
        "have",
        "we",
        "have",
        "j'ai",
        "nous",
        "avons",
        "he",
        "hemos",
        "e",
        "est",
        "ist",
        "it",
        "is",
        "la",
        "fattura",
        "rechnung",
        "invoice",
    ]
)
_NUMERIC: Final = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\.?(?!\d)")
_ISO: Final = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NOT_WORDS: Final = re.compile(r"[^a-z' ]+")

TEXTS: Final[Mapping[str, tuple[str, str, str, str, str]]] = MappingProxyType(
    {
        "pay": (
            "{company}: as you asked on the telephone, here is your page with all choices: {link}",
            "{company}: come richiesto al telefono, ecco la sua pagina con tutte le scelte: {link}",
            (
                "{company} : comme demandé au téléphone, voici votre page avec tous les choix :"
                " {link}"
            ),
            "{company}: como pidió por teléfono, esta es su página con todas las opciones: {link}",
            "{company}: wie am Telefon gewünscht, hier Ihre Seite mit allem zur Wahl: {link}",
        ),
        "no_more": (
            "No more messages: STOP",
            "Niente più messaggi: STOP",
            "Plus de messages : STOP",
            "No más mensajes: STOP",
            "Keine Nachrichten mehr: STOP",
        ),
        "stopped": (
            "{company}: you will have no more messages from this number. START brings them back.",
            "{company}: non riceverà più messaggi da questo numero. START li riattiva.",
            "{company} : vous ne recevrez plus de messages de ce numéro. START les rétablit.",
            "{company}: no recibirá más mensajes de este número. START los reactiva.",
            (
                "{company}: Sie bekommen keine Nachrichten mehr von dieser Nummer. START holt sie"
                " zurück."
            ),
        ),
        "paid": (
            (
                "{company}: thank you. We are looking for your payment and will be in touch only if"
                " we cannot find it."
            ),
            (
                "{company}: grazie. Cerchiamo il suo pagamento e ci faremo sentire solo se non lo"
                " troviamo."
            ),
            (
                "{company} : merci. Nous cherchons votre paiement et ne reviendrons vers vous que"
                " si nous ne le trouvons pas."
            ),
            "{company}: gracias. Buscamos su pago y solo le contactaremos si no lo encontramos.",
            (
                "{company}: vielen Dank. Wir suchen Ihre Zahlung und melden uns nur, wenn wir"
                " sie nicht finden."
            ),
        ),
        "help": (
            "{company}: a colleague will call you. No more messages: STOP",
            "{company}: una persona la chiamerà. Niente più messaggi: STOP",
            "{company} : un collègue vous appellera. Plus de messages : STOP",
            "{company}: una persona le llamará. No más mensajes: STOP",
            "{company}: Ein Mensch ruft Sie an. Keine Nachrichten mehr: STOP",
        ),
        "test": (
            "{company}: this is a test of short messages.",
            "{company}: questa è una prova dei messaggi brevi.",
            "{company} : ceci est un essai des messages courts.",
            "{company}: esta es una prueba de los mensajes cortos.",
            "{company}: Das ist eine Probe der Kurznachrichten.",
        ),
    }
)
_PLACES: Final = {language: place for place, language in enumerate(Language)}


def short_text(key: str, language: Language, **values: str) -> str:
    """Return a short message in one of five languages."""
    return smooth(TEXTS[key][_PLACES[language]].format(**values), language)


def meaning_of(text: str, today: date, *, month_first: bool = False) -> Answer:
    """
    Return what an answer says by itself.

    STOP counts as the first word of anything: rather one message too few. Other words count alone,
    with nothing but courtesies around them; a day counts if it lies ahead.

    :param month_first: whether 3/4 is the fourth of March, as in America
    """
    words = _NOT_WORDS.sub(" ", _plain(text)).split()
    if words and (words[0] in FIRMLY or " ".join(words) == "opt out"):
        return Answer(Meaning.STOP)
    if len(text) > LONGEST:
        return Answer(Meaning.OTHER)
    bare = [word for word in words if word not in POLITE]
    if len(bare) == 1:
        found = next((each for each, known in WORDS.items() if bare[0] in known), None)
        if found is not None:
            return Answer(found)
    day = _day_in(text, today, month_first=month_first)
    return Answer(Meaning.DATE, day) if day is not None else Answer(Meaning.OTHER)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in folded if not unicodedata.combining(each))


def _day_in(text: str, today: date, *, month_first: bool) -> date | None:
    """The only day a text names, if it lies ahead; of two, people choose."""
    found = {_made(int(y), int(m), int(d)) for y, m, d in _ISO.findall(text)}
    rest = _ISO.sub(" ", text)
    for first, second, year in _NUMERIC.findall(rest):
        d, m = (second, first) if month_first else (first, second)
        found.add(_ahead(int(d), int(m), year, today))
    days = {day for day in found if day is not None}
    if len(days) != 1:
        return None
    day = days.pop()
    return day if today <= day <= today + timedelta(days=DAYS_AHEAD_MAX) else None


def _ahead(day: int, month: int, year: str, today: date) -> date | None:
    if year:
        whole = int(year) if len(year) > 2 else 2000 + int(year)  # noqa: PLR2004 - 26 is 2026
        return _made(whole, month, day)
    this_year = _made(today.year, month, day)
    if this_year is not None and this_year < today:
        return _made(today.year + 1, month, day)
    return this_year


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
