"""The sentences about what clerks taught, in the languages and the order of `sentences.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LEARNED: Final[Mapping[str, tuple[str, str, str, str, str]]] = {
    "habit_statement": (
        "This payer usually pays whole statements, {times} of {of} times: {documents}.",
        "Questo pagatore di solito salda estratti interi, {times} volte su {of}: {documents}.",
        "Ce payeur règle d'habitude des relevés entiers, {times} fois sur {of}: {documents}.",
        "Este pagador suele pagar extractos enteros, {times} de {of} veces: {documents}.",
        "Dieser Zahler begleicht meist ganze Kontoauszüge, {times} von {of} Malen: {documents}.",
    ),
    "habit_oldest": (
        "This payer usually pays the oldest items first, {times} of {of} times: {documents}.",
        (
            "Questo pagatore di solito paga prima le partite più vecchie, {times} volte su {of}: "
            "{documents}."
        ),
        (
            "Ce payeur règle d'habitude d'abord les postes les plus vieux, {times} fois sur {of}: "
            "{documents}."
        ),
        (
            "Este pagador suele pagar primero las partidas más antiguas, {times} de {of} veces: "
            "{documents}."
        ),
        (
            "Dieser Zahler begleicht meist die ältesten Posten zuerst, {times} von {of} Malen: "
            "{documents}."
        ),
    ),
    "habit_credits": (
        "This payer usually nets all credits, {times} of {of} times: {documents}.",
        (
            "Questo pagatore di solito compensa tutte le note di credito, {times} volte su {of}: "
            "{documents}."
        ),
        "Ce payeur impute d'habitude tous les avoirs, {times} fois sur {of}: {documents}.",
        "Este pagador suele compensar todos los abonos, {times} de {of} veces: {documents}.",
        "Dieser Zahler verrechnet meist alle Gutschriften, {times} von {of} Malen: {documents}.",
    ),
    "habit_rounds": (
        "This payer usually leaves out the cents, {times} of {of} times: {documents}.",
        "Questo pagatore di solito tralascia i centesimi, {times} volte su {of}: {documents}.",
        "Ce payeur laisse d'habitude les centimes de côté, {times} fois sur {of}: {documents}.",
        "Este pagador suele omitir los céntimos, {times} de {of} veces: {documents}.",
        "Dieser Zahler lässt meist die Cent weg, {times} von {of} Malen: {documents}.",
    ),
    "habit_rounds_tens": (
        "This payer usually rounds down to tens, {times} of {of} times: {documents}.",
        (
            "Questo pagatore di solito arrotonda per difetto alle decine, {times} volte su {of}: "
            "{documents}."
        ),
        (
            "Ce payeur arrondit d'habitude à la dizaine inférieure, {times} fois sur {of}: "
            "{documents}."
        ),
        "Este pagador suele redondear a la decena inferior, {times} de {of} veces: {documents}.",
        "Dieser Zahler rundet meist auf Zehner ab, {times} von {of} Malen: {documents}.",
    ),
    "habit_late_discount": (
        "This payer usually takes the discount too late, {times} of {of} times: {documents}.",
        (
            "Questo pagatore di solito trattiene lo sconto in ritardo, {times} volte su {of}: "
            "{documents}."
        ),
        "Ce payeur prend d'habitude l'escompte en retard, {times} fois sur {of}: {documents}.",
        "Este pagador suele tomar el descuento fuera de plazo, {times} de {of} veces: {documents}.",
        "Dieser Zahler zieht Skonto meist zu spät ab, {times} von {of} Malen: {documents}.",
    ),
    "habit_charges": (
        "This payer usually leaves the bank charges to us, {times} of {of} times: {documents}.",
        (
            "Questo pagatore di solito lascia a noi le spese bancarie, {times} volte su {of}: "
            "{documents}."
        ),
        "Ce payeur nous laisse d'habitude les frais bancaires, {times} fois sur {of}: {documents}.",
        "Este pagador suele dejarnos los gastos bancarios, {times} de {of} veces: {documents}.",
        "Dieser Zahler überlässt uns meist die Bankspesen, {times} von {of} Malen: {documents}.",
    ),
    "rule_customer": (
        "Your rule “{words}” says who pays: {customer}.",
        "La vostra regola «{words}» dice chi paga: {customer}.",
        "Votre règle « {words} » dit qui paie: {customer}.",
        "Su regla «{words}» dice quién paga: {customer}.",
        "Ihre Regel „{words}“ sagt, wer zahlt: {customer}.",
    ),
    "rule_elsewhere": (
        "Your rule “{words}” says that this is no customer's payment: {label}.",
        "La vostra regola «{words}» dice che non è il pagamento di un cliente: {label}.",
        "Votre règle « {words} » dit que ce n'est pas le paiement d'un client: {label}.",
        "Su regla «{words}» dice que no es el pago de un cliente: {label}.",
        "Ihre Regel „{words}“ sagt, dass das keine Zahlung eines Kunden ist: {label}.",
    ),
    "nothing_to_reverse": (
        "No payment to reverse: {label}.",
        "Nessun pagamento da stornare: {label}.",
        "Aucun paiement à annuler: {label}.",
        "Ningún pago que anular: {label}.",
        "Keine Zahlung zu stornieren: {label}.",
    ),
    "set_aside": (
        "No customer's payment: {label}.",
        "Non è il pagamento di un cliente: {label}.",
        "Ce n'est pas le paiement d'un client: {label}.",
        "No es el pago de un cliente: {label}.",
        "Keine Zahlung eines Kunden: {label}.",
    ),
}
