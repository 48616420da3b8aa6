"""The question about a payment nobody can place, in the payer's language (domain.md §6.5.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from concilia.correspondence.core.figures import Language, day, money, smooth
from concilia.correspondence.core.templates import one_line
from concilia.kernel.money import Money

QUESTIONS_MAX: Final = 9


def question_keys(bank_entry_id: int) -> list[str]:
    """The message keys of all questions that can be asked about an entry."""
    return [f"payment:{bank_entry_id}:{n}" for n in range(1, QUESTIONS_MAX + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPayment:
    """What the question says of the payment; `text` is what the payer wrote, quoted."""

    paid: Money
    on: date
    text: str
    name: str
    author: str
    creditor: str


@dataclass(frozen=True, slots=True)
class Question:
    """Subject and body, ready for a person to change before it leaves."""

    subject: str
    body: str


def question_about(payment: AboutPayment, language: str) -> Question:
    """
    Return the question in one of the five languages; anything else is written in English.

    It never says that anything is owed: it asks which documents the money is for.
    """
    code = Language(language) if language in set(Language) else Language.EN
    words = _WORDS[code]
    paid = money(payment.paid.minor, payment.paid.currency, code)
    on = day(payment.on, code)
    said = one_line(payment.text)
    quoted = words["quoted"].format(text=said) if said else ""
    parts = (
        words["dear"].format(name=payment.name) if payment.name else words["hello"],
        words["thanks"].format(paid=paid, on=on) + quoted,
        words["please"],
        f"{words['regards']}\n{payment.author}\n{payment.creditor}",
    )
    subject = words["subject"].format(paid=paid, on=on)
    return Question(smooth(subject, code), smooth("\n\n".join(parts), code))


_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    Language.EN: {
        "subject": "Your payment of {paid} of {on}",
        "dear": "Dear {name},",
        "hello": "Hello,",
        "thanks": "thank you for your payment of {paid} of {on}.",
        "quoted": " Its text says: “{text}”.",
        "please": (
            "Please tell us which invoices and credit notes it settles, and where you paid less, "
            "why. A list with numbers and amounts is enough; just answer this message."
        ),
        "regards": "Kind regards",
    },
    Language.IT: {
        "subject": "Il vostro pagamento di {paid} del {on}",
        "dear": "Gentile {name},",
        "hello": "Buongiorno,",
        "thanks": "grazie per il pagamento di {paid} del {on}.",
        "quoted": " La causale dice: «{text}».",
        "please": (
            "Vi chiediamo quali fatture e note di credito salda e, dove avete pagato di meno, per "
            "quale motivo. Basta un elenco con numeri e importi, in risposta a questo messaggio."
        ),
        "regards": "Cordiali saluti",
    },
    Language.FR: {
        "subject": "Votre paiement de {paid} du {on}",
        "dear": "Bonjour {name},",
        "hello": "Bonjour,",
        "thanks": "merci pour votre paiement de {paid} du {on}.",
        "quoted": " Son libellé indique : « {text} ».",
        "please": (
            "Pourriez-vous nous dire quelles factures et quels avoirs il règle et, là où vous avez "
            "payé moins, pour quelle raison ? Une liste de numéros et de montants suffit, en "
            "réponse à ce message."
        ),
        "regards": "Cordialement",
    },
    Language.ES: {
        "subject": "Su pago de {paid} del {on}",
        "dear": "Estimado/a {name}:",
        "hello": "Buenos días:",
        "thanks": "gracias por su pago de {paid} del {on}.",
        "quoted": " El concepto dice: «{text}».",
        "please": (
            "¿Pueden decirnos qué facturas y abonos liquida y, donde hayan pagado menos, por qué "
            "motivo? Basta una lista con números e importes, en respuesta a este mensaje."
        ),
        "regards": "Un cordial saludo",
    },
    Language.DE: {
        "subject": "Ihre Zahlung über {paid} vom {on}",
        "dear": "Guten Tag {name},",
        "hello": "Guten Tag,",
        "thanks": "vielen Dank für Ihre Zahlung über {paid} vom {on}.",
        "quoted": " Als Verwendungszweck steht dort: „{text}“.",
        "please": (
            "Bitte teilen Sie uns mit, welche Rechnungen und Gutschriften damit beglichen sind und "
            "warum Sie wo weniger gezahlt haben. Eine Liste mit Nummern und Beträgen genügt, als "
            "Antwort auf diese Nachricht."
        ),
        "regards": "Freundliche Grüße",
    },
}
