"""The 22 reasons why somebody does not pay (domain.md §3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from concilia.kernel.languages import Names


@dataclass(frozen=True, slots=True)
class NonPaymentReason:
    """Why an invoice stays unpaid, and within how many business days the next act follows."""

    code: str
    names: Names
    next_action_business_days: int


_TABLE: Final = """
00 | 5 | Unknown | Sconosciuto | Inconnu | Desconocido | Unbekannt
01 | 3 | Billing issue | Problema di fatturazione | Problème de facturation
   | Problema de facturación | Abrechnungsproblem
02 | 1 | Invoice not received | Fattura non ricevuta | Facture non reçue | Factura no recibida
   | Rechnung nicht erhalten
03 | 2 | Due date does not fit | Scadenza non allineata | Échéance mal alignée
   | Vencimiento desajustado | Fälligkeit passt nicht
04 | 1 | Payment method problem | Problema con il metodo di pagamento
   | Problème de moyen de paiement | Problema con el medio de pago | Problem mit der Zahlungsart
05 | 2 | Our own process failed | Errore nostro | Défaut de notre part | Fallo nuestro
   | Fehler in unserem Ablauf
06 | 3 | Customer's internal process | Processo interno del cliente | Processus interne du client
   | Proceso interno del cliente | Interner Ablauf des Kunden
07 | 3 | Forgotten | Dimenticanza | Oubli | Olvido | Vergessen
08 | 1 | Already paid | Già pagato | Déjà payé | Ya pagado | Bereits bezahlt
09 | 2 | Short of cash for now | Difficoltà di liquidità temporanea
   | Difficulté passagère de trésorerie | Falta de liquidez temporal | Vorübergehender Engpass
10 | 5 | Lasting financial distress | Difficoltà economica strutturale
   | Difficultés financières durables | Dificultad económica estructural
   | Dauerhafte Zahlungsschwierigkeiten
11 | 1 | Dispute | Contestazione | Litige | Incidencia | Streitfall
12 | 1 | Vulnerable customer | Cliente vulnerabile | Client fragile | Cliente vulnerable
   | Schutzbedürftiger Kunde
13 | 2 | Deceased | Deceduto | Décédé | Fallecido | Verstorben
14 | 2 | Insolvency | Insolvenza | Procédure collective | Concurso de acreedores | Insolvenz
15 | 5 | Unwilling to pay | Non intende pagare | Refus de payer | No quiere pagar
   | Zahlungsunwillig
16 | 10 | Cannot be reached | Irreperibile | Injoignable | Ilocalizable | Nicht erreichbar
17 | 1 | Fraud or identity theft | Frode o furto d'identità | Fraude ou usurpation d'identité
   | Fraude o suplantación de identidad | Betrug oder Identitätsdiebstahl
18 | 5 | Set-off or counter-claim | Compensazione o controcredito
   | Compensation ou contre-créance | Compensación o crédito propio
   | Aufrechnung oder Gegenforderung
19 | 2 | Price shock | Rincaro improvviso | Choc de prix | Subida brusca de precio | Preisschock
20 | 3 | Moved, contract ended or wrong party | Trasferito, contratto cessato o persona errata
   | Déménagement, contrat terminé ou mauvais interlocuteur
   | Traslado, contrato terminado o persona equivocada
   | Umzug, Vertragsende oder falscher Adressat
21 | 5 | Third-party payer is late | Ritardo di un terzo pagatore | Tiers payeur en retard
   | Retraso de un tercero pagador | Dritter zahlt verspätet
"""


def _read(row: str) -> NonPaymentReason:
    number, days, *names = (cell.strip() for cell in row.split("|"))
    return NonPaymentReason(f"NR-{number}", Names(*names), int(days))


NON_PAYMENT_REASONS: Final[Mapping[str, NonPaymentReason]] = MappingProxyType(
    {each.code: each for each in map(_read, _TABLE.strip().replace("\n   |", " |").splitlines())}
)

UNKNOWN: Final = "NR-00"

# Why a bank sent a direct debit or transfer back; the first reason is the likelier one.
_BANK_RETURNS: Final[Mapping[str, tuple[str, ...]]] = {
    "AM04": ("NR-09",),
    "MS02": ("NR-11", "NR-15"),
    "MD06": ("NR-11",),
    "MD01": ("NR-04", "NR-17"),
    "MD07": ("NR-13",),
    "AC01": ("NR-04",),
    "AC04": ("NR-04",),
    "AC06": ("NR-04",),
    "AG01": ("NR-04",),
    "RC01": ("NR-04",),
    "BE05": ("NR-04",),
    "SL01": ("NR-04",),
    "AM05": ("NR-05",),
}


def non_payment_name(code: str, language: str) -> str:
    """Return the name in `en it fr es de` (English for others); the code itself if unknown."""
    known = NON_PAYMENT_REASONS.get(code)
    return known.names.in_language(language) if known else code


def from_bank_return(code: str) -> tuple[str, ...]:
    """
    Return what an ISO 20022 return code says about the debtor, likeliest first.

    Two reasons mean that a person asks; none means that the code says nothing about why.
    """
    return _BANK_RETURNS.get(code.strip().upper(), ())
