"""
What to say on a call, in the customer's language: relation, question, sum and choice, thanks.

Of a plan with a missed instalment that comes first, with what is to be paid of it now and no more.

The relation comes first and not the debt (E1), one open question before any money (E3), at least
two ways on (E4), thanks at the end (E6) (domain.md §3.4).
"""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from concilia.correspondence.core.figures import Language, smooth


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """
    What of a plan has not come in by its day, with day and sum written in the reader's language.

    :param n: of the oldest such instalment, of `count`; `day`: when it was due
    :param many: how many there are
    :param left: what of them is to be paid now, together
    :param is_part: something of the oldest has come in
    """

    n: int
    count: int
    day: str
    left: str
    many: int = 1
    is_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFacts:
    """
    What a guide speaks of.

    :param amount: what may be asked for, written in their language; empty: nothing may
    :param invoice: the oldest of the invoices it is about
    :param reason_known: why it is not paid is known: then that is spoken of, and not asked again
    :param missed: of a plan; what is beside the plan is in `amount`
    """

    language: str
    caller: str
    creditor: str
    person: str
    amount: str = ""
    invoice: str = ""
    reason_known: bool = False
    missed: Missed | None = None


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
        "rate": ("I am calling about our plan: instalment {n} of {count}, due on {day}, has not come in yet.",
                 "Has something changed since we agreed on it?"),
        "part": ("I am calling about our plan: of instalment {n} of {count}, due on {day}, only a part has come in.",
                 "Has something changed since we agreed on it?"),
        "rates": ("I am calling about our plan: {many} instalments since {day} have not come in yet, or not in full.",
                  "Has something changed since we agreed on it?"),
        "now": ("To be paid now: {left}. The rest of the plan keeps its days.",
                "Can you pay it today, would another day suit you, or shall we look at the plan again?"),
        "beside": ("Besides the plan it is about {amount}, without anything you contest.",
                   "May we look at that, too?"),
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
        "rate": ("La chiamo per il nostro piano: la rata {n} di {count}, in scadenza il {day}, non è ancora arrivata.",
                 "È cambiato qualcosa da quando l’abbiamo concordato?"),
        "part": ("La chiamo per il nostro piano: della rata {n} di {count}, in scadenza il {day}, è arrivata solo una parte.",
                 "È cambiato qualcosa da quando l’abbiamo concordato?"),
        "rates": ("La chiamo per il nostro piano: {many} rate dal {day} non sono ancora arrivate, o non per intero.",
                  "È cambiato qualcosa da quando l’abbiamo concordato?"),
        "now": ("Da pagare ora: {left}. Il resto del piano mantiene le sue date.",
                "Le è possibile oggi, preferisce un altro giorno, o rivediamo il piano?"),
        "beside": ("Oltre al piano si tratta di {amount}, senza nulla di ciò che contestate.",
                   "Possiamo vedere insieme anche questo?"),
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
        "rate": ("Je vous appelle au sujet de notre échéancier : l’échéance {n} sur {count}, prévue le {day}, ne nous est pas encore parvenue.",
                 "Quelque chose a-t-il changé depuis notre accord ?"),
        "part": ("Je vous appelle au sujet de notre échéancier : de l’échéance {n} sur {count}, prévue le {day}, une partie seulement nous est parvenue.",
                 "Quelque chose a-t-il changé depuis notre accord ?"),
        "rates": ("Je vous appelle au sujet de notre échéancier : {many} échéances depuis le {day} ne nous sont pas encore parvenues, ou pas en entier.",
                  "Quelque chose a-t-il changé depuis notre accord ?"),
        "now": ("À régler maintenant : {left}. Le reste de l’échéancier garde ses dates.",
                "Est-ce possible aujourd’hui, préférez-vous un autre jour, ou revoyons-nous l’échéancier ?"),
        "beside": ("En dehors de l’échéancier, il s’agit de {amount}, sans rien de ce que vous contestez.",
                   "Pouvons-nous en parler aussi ?"),
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
        "rate": ("Le llamo por nuestro plan: el plazo {n} de {count}, con vencimiento el {day}, no ha llegado todavía.",
                 "¿Ha cambiado algo desde que lo acordamos?"),
        "part": ("Le llamo por nuestro plan: del plazo {n} de {count}, con vencimiento el {day}, solo ha llegado una parte.",
                 "¿Ha cambiado algo desde que lo acordamos?"),
        "rates": ("Le llamo por nuestro plan: {many} plazos desde el {day} no han llegado todavía, o no del todo.",
                  "¿Ha cambiado algo desde que lo acordamos?"),
        "now": ("A pagar ahora: {left}. El resto del plan mantiene sus fechas.",
                "¿Es posible hoy, le viene mejor otro día, o revisamos el plan?"),
        "beside": ("Aparte del plan se trata de {amount}, sin nada de lo que ustedes discuten.",
                   "¿Podemos verlo también?"),
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
        "rate": ("Ich rufe wegen unseres Plans an: Rate {n} von {count}, fällig am {day}, ist noch nicht eingegangen.",
                 "Hat sich etwas geändert, seit wir ihn vereinbart haben?"),
        "part": ("Ich rufe wegen unseres Plans an: von Rate {n} von {count}, fällig am {day}, ist nur ein Teil eingegangen.",
                 "Hat sich etwas geändert, seit wir ihn vereinbart haben?"),
        "rates": ("Ich rufe wegen unseres Plans an: {many} Raten seit dem {day} sind noch nicht eingegangen, oder nicht ganz.",
                  "Hat sich etwas geändert, seit wir ihn vereinbart haben?"),
        "now": ("Jetzt zu zahlen: {left}. Die übrigen Raten behalten ihre Termine.",
                "Geht das heute, passt ein anderer Tag besser, oder sehen wir den Plan neu an?"),
        "beside": ("Neben dem Plan geht es um {amount}, ohne das, was Sie beanstanden.",
                   "Können wir das auch gleich ansehen?"),
        "thanks": ("Ich schicke Ihnen schriftlich, was wir besprochen haben.",
                   "Danke für Ihre Zeit."),
    },
}  # fmt: skip
# How somebody is spoken to whose name nobody knows.
_NOBODY: Final[Mapping[Language, str]] = dict.fromkeys(Language, "")


def call_guide(facts: CallFacts) -> tuple[Line, ...]:
    """Return the lines, three to five; English where we do not speak the language."""
    short = facts.language[:2].lower()
    language = Language(short) if short in {each.value for each in Language} else Language.EN
    said = _LINES[language]
    values = {
        "person": facts.person or _NOBODY[language],
        "caller": facts.caller,
        "creditor": facts.creditor,
        "amount": facts.amount,
        "invoice": facts.invoice,
    }
    missed = facts.missed
    if missed is not None:
        values |= {"n": str(missed.n), "count": str(missed.count), "many": str(missed.many),
                   "day": missed.day, "left": missed.left}  # fmt: skip
    return tuple(
        Line(*(_filled(part, values, language) for part in said[key])) for key in _keys(facts)
    )


def _keys(facts: CallFacts) -> tuple[str, ...]:
    """Which lines are said, in their order: what is asked always comes before a sum."""
    missed, is_open = facts.missed, bool(facts.amount and facts.invoice)
    if missed is not None:
        first = "rates" if missed.many > 1 else "part" if missed.is_part else "rate"
        return ("hello", first, "now", *(("beside",) if is_open else ()), "thanks")
    if not is_open:
        return ("hello", "nothing", "thanks")
    return ("hello", "known" if facts.reason_known else "why", "sum", "thanks")


def _filled(text: str, values: Mapping[str, str], language: Language) -> str:
    """Values stand as they are: a name with braces in it is a name with braces in it."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value, 1)
    # Without a name, what stood around it closes up.
    return smooth(text.replace(", ,", ",").replace(" ,", ",").replace("  ", " "), language)
