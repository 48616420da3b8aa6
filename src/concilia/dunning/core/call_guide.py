"""
What to say on a call, in the customer's language: relation, question, sum and choice, thanks.

The relation comes first and not the debt (E1), one open question before any money (E3), at least
two ways on (E4), thanks at the end (E6) (domain.md §3.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from concilia.correspondence.core.figures import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFacts:
    """
    What a guide speaks of.

    :param amount: what may be asked for, written in their language; empty: nothing may
    :param invoice: the oldest of the invoices it is about
    :param reason_known: why it is not paid is known: then that is spoken of, and not asked again
    """

    language: str
    caller: str
    creditor: str
    person: str
    amount: str = ""
    invoice: str = ""
    reason_known: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the guide: what is said, and of it what matters most."""

    says: str
    asks: str = ""


Said = Mapping[str, tuple[str, str]]
_LINES: Final[Mapping[Language, Said]] = {
    Language.EN: {
        "hello": ("Good day {person}, this is {caller} of {creditor}.",
                  "Thank you for working with us. Is this a good moment?"),
        "why": ("I am calling about invoice {invoice}.", "Is anything holding the payment up?"),
        "known": ("Thank you for telling us what holds {invoice} up.",
                  "How does it stand with you today?"),
        "sum": ("It is about {amount}, without anything you contest.",
                "Would a day suit you, or shall we look for another way, in parts perhaps?"),
        "nothing": ("There is nothing to pay today.", "Is there anything we can clear up for you?"),
        "thanks": ("I will send you in writing what we agreed.", "Thank you for your time."),
    },
    Language.IT: {
        "hello": ("Buongiorno {person}, sono {caller} di {creditor}.",
                  "Grazie della collaborazione. È un buon momento?"),
        "why": ("La chiamo per la fattura {invoice}.", "C’è qualcosa che ferma il pagamento?"),
        "known": ("Grazie di averci detto che cosa ferma la {invoice}.",
                  "Come siete messi oggi?"),
        "sum": ("Si tratta di {amount}, senza nulla di ciò che contestate.",
                "Le va bene una data, o cerchiamo un’altra strada, magari a rate?"),
        "nothing": ("Oggi non c’è nulla da pagare.", "C’è qualcosa che possiamo chiarire?"),
        "thanks": ("Le mando per iscritto quello che abbiamo detto.", "Grazie del suo tempo."),
    },
    Language.FR: {
        "hello": ("Bonjour {person}, ici {caller} de {creditor}.",
                  "Merci de travailler avec nous. Est-ce un bon moment ?"),
        "why": ("Je vous appelle au sujet de la facture {invoice}.",
                "Qu’est-ce qui retient le paiement ?"),
        "known": ("Merci de nous avoir dit ce qui retient la facture {invoice}.",
                  "Où en êtes-vous aujourd’hui ?"),
        "sum": ("Il s’agit de {amount}, sans rien de ce que vous contestez.",
                "Une date vous irait-elle, ou préférez-vous autre chose, en plusieurs fois ?"),
        "nothing": ("Il n’y a rien à payer aujourd’hui.", "Pouvons-nous éclaircir un point ?"),
        "thanks": ("Je vous envoie par écrit ce que nous avons convenu.",
                   "Merci pour votre temps."),
    },
    Language.ES: {
        "hello": ("Buenos días, {person}, le llama {caller} de {creditor}.",
                  "Gracias por trabajar con nosotros. ¿Es buen momento?"),
        "why": ("Le llamo por la factura {invoice}.", "¿Hay algo que detenga el pago?"),
        "known": ("Gracias por decirnos qué detiene la factura {invoice}.",
                  "¿Cómo lo ven hoy?"),
        "sum": ("Se trata de {amount}, sin nada de lo que ustedes discuten.",
                "¿Le viene bien una fecha, o buscamos otra manera, quizá a plazos?"),
        "nothing": ("Hoy no hay nada que pagar.", "¿Hay algo que podamos aclararle?"),
        "thanks": ("Le envío por escrito lo que hemos hablado.", "Gracias por su tiempo."),
    },
    Language.DE: {
        "hello": ("Guten Tag {person}, hier ist {caller} von {creditor}.",
                  "Danke für die gute Zusammenarbeit. Passt es gerade?"),
        "why": ("Ich rufe wegen der Rechnung {invoice} an.",
                "Gibt es etwas, das die Zahlung aufhält?"),
        "known": ("Danke, dass Sie uns gesagt haben, was die {invoice} aufhält.",
                  "Wie sieht es heute aus?"),
        "sum": ("Es geht um {amount}, ohne das, was Sie beanstanden.",
                "Passt Ihnen ein Termin, oder suchen wir einen anderen Weg, vielleicht in Raten?"),
        "nothing": ("Heute ist nichts zu zahlen.", "Können wir etwas für Sie klären?"),
        "thanks": ("Ich schicke Ihnen schriftlich, was wir besprochen haben.",
                   "Danke für Ihre Zeit."),
    },
}  # fmt: skip
# How somebody is spoken to whose name nobody knows.
_NOBODY: Final[Mapping[Language, str]] = dict.fromkeys(Language, "")


def call_guide(facts: CallFacts) -> tuple[Line, ...]:
    """Return the four lines; English where we do not speak the language."""
    short = facts.language[:2].lower()
    language = Language(short) if short in {each.value for each in Language} else Language.EN
    said = _LINES[language]
    keys: tuple[str, ...] = ("hello", "known" if facts.reason_known else "why", "sum", "thanks")
    if not facts.amount or not facts.invoice:
        keys = ("hello", "nothing", "thanks")
    values = {
        "person": facts.person or _NOBODY[language],
        "caller": facts.caller,
        "creditor": facts.creditor,
        "amount": facts.amount,
        "invoice": facts.invoice,
    }
    return tuple(Line(*(_filled(part, values) for part in said[key])) for key in keys)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Values stand as they are: a name with braces in it is a name with braces in it."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value, 1)
    return text.replace(" ,", ",").replace("  ", " ")
