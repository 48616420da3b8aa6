"""Why a payer kept money, from their own words or codes, in five languages (domain.md §2.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from concilia.kernel.reasons import from_uncl4465, from_x12
from concilia.matching.scanning import plain

UNIDENTIFIED: Final = "FI-16"
DISCOUNT_EARNED: Final = "FI-01"
DISCOUNT_UNEARNED: Final = "FI-02"
BANK_CHARGES: Final = "FI-03"
SMALL_DIFFERENCE: Final = "FI-05"
WITHHOLDING: Final = "FI-06"
SPLIT_VAT: Final = "FI-07"
OFFSET: Final = "FI-09"
PART_PAYMENT: Final = "FI-13"


# Money that is for something else than invoices.
_ELSEWHERE: Final = re.compile(
    r"\b(?:CAUZIONE|CAUTION|KAUTION|FIANZA|DEPOSITO?|RIMBORSO|REMBOURSEMENT|REEMBOLSO|ERSTATTUNG"
    r"|RUECKERSTATTUNG|REFUND|AFFITTO|LOYER|ALQUILER|MIETE|RENT|PRESTITO|FINANZIAMENTO|LOAN|PRET"
    r"|PRESTAMO|DARLEHEN|STIPENDI?O?|SALAR\w*|GEHALT|LOHN|DONAZIONE|DONATION|SPENDE)\b"
)


class Reason(NamedTuple):
    """A canonical reason, the words that say so, and where they stand in the text."""

    code: str
    words: str
    start: int


# The narrow before the wide: `mancata consegna` is no `manca`, a missing promotion no shortage.
_PATTERNS: Final = (
    (
        "NC-25",
        (
            r"\bPOD\b(?= (?:MANC|MISS|FEHL|FALT))|PROVA (?:DI )?CONSEGNA|PREUVE DE LIVRAISON"
            r"|ABLIEFER(?:BELEG|NACHWEIS)|PROOF OF DELIVERY"
        ),
    ),
    (
        "NC-26",
        (
            r"FATTURA NON RICEVUTA|FACTURE NON RECUE|INVOICE NOT RECEIVED|RECHNUNG FEHLT"
            r"|FACTURA NO RECIBIDA"
        ),
    ),
    (
        "CO-12",
        (
            r"SCONTO MERCE|FREE GOODS|MARCHANDISE GRATUITE|\bUG\b|NATURALRABATT"
            r"|MERCANCIA SIN CARGO|OMAGGI\w*|GRATUITS?"
        ),
    ),
    (
        "CO-01",
        (
            r"PROMOZION\w*|PROMOTION\w*|PROMOCION\w*|PROMO\b|AKTIONSRABATT|AKTIONSPREIS|AKTION\b"
            r"|OFFERTA|OFERTA"
        ),
    ),
    (
        "CO-03",
        (
            r"\bWKZ\b|CO-?OP\b|PUBBLICITA\w*|PUBLICITA\w*|PUBLICIDAD|ADVERTIS\w*|WERBEKOSTEN\w*"
            r"|COOPERATION COMMERCIALE|INSERZION\w*|VOLANTIN\w*"
        ),
    ),
    (
        "CO-05",
        (
            r"\bPFA\b|\bRFA\b|PREMI\w* (?:DI )?FINE ANNO|REMISE DE FIN D.ANNEE|RAPPELS?\b|RAPEL"
            r"|JAHRESBONUS|JAHRESRUECKVERG\w*|BONUS|REBATE\w*|RISTOURNE"
        ),
    ),
    ("CO-02", r"SELL[- ]?OUT|SCAN[- ]?BACK|BILL[- ]?BACK|ABVERKAUF\w*|\bNIP\b"),
    ("CO-07", r"SLOTTING|LISTING|REFERENCIAMENTO|REFERENZIAMENTO|REFERENCEMENT|LISTUNG\w*"),
    ("CO-04", r"CONTRIBUT\w*|APORTACION\w*|MARKETING\w*|PARTICIPATION"),
    (
        "NC-12",
        (
            r"\bOTIF\b|PENAL\w*|PO?E?NALE\w*|SERVICE LEVEL|TAUX DE SERVICE|LIEFERTREUE"
            r"|VERTRAGSSTRAF\w*|KONVENTIONALSTRAF\w*|\bMALUS\b"
        ),
    ),
    (
        "NC-11",
        (
            r"RITARD\w*|EN RETARD|RETARDS?\b|RETRASO\w*|LATE DELIVER\w*|DELIVERED LATE|DELAY\w*"
            r"|LIEFERVERZUG|VERZUG|VERSPA?E?TE?T\w*|LATE\b"
        ),
    ),
    (
        "NC-03",
        (
            r"MANCATA CONSEGNA|NON CONSEGNAT\w*|NON LIVRE\w*|NO ENTREGAD\w*|NICHT GELIEFERT\w*"
            r"|NOT DELIVERED|UNDELIVERED|NON DELIVERY"
            r"|(?:MAI|JAMAIS|NIE|NIEMALS|NEVER|NUNCA|NON|NO|NICHT) (?:STAT[AEIO] )?"
            r"(?:CONSEGN\w*|LIVR\w*|RECUE?S?|GELIEFERT|ERHALTEN|BEKOMMEN|ANGEKOMMEN|DELIVERED"
            r"|RECEIVED|ARRIVED|ENTREGAD\w*|RECIBID\w*|RICEVUT\w*|ARRIVAT\w*)"
        ),
    ),
    (
        "NC-02",
        r"AMMANCO OCCULTO|MANQUANT CACHE|FALTA OCULTA|VERDECKTE FEHLMENGE|CONCEALED SHORT\w*",
    ),
    (
        "NC-05",
        (
            r"DANNEGGI\w*|DANN[IO]\b|ROTTUR\w*|ROTT[OIAE]\b|AVARI\w*|CASSES?\b|CASSEE?S?\b"
            r"|ENDOMMAG\w*|ABIME\w*|ROTURA\w*|ROT[OA]S?\b|DANAD\w*|DANOS?\b|DAMAG\w*|BROKEN"
            r"|BREAKAGE|BESCHA?E?DIG\w*|BRUCH|TRANSPORTSCHAD\w*|SCHAEDEN|SCHADEN"
        ),
    ),
    (
        "NC-07",
        (
            r"ARTICOL\w* ERRAT\w*|ERRATO ARTICOLO|MERCE ERRATA|WRONG ITEMS?|WRONG GOODS"
            r"|WRONG PRODUCT\w*|FALSCHLIEFERUNG|FALSCHE WARE|ARTICULO EQUIVOCADO|ERREUR PRODUIT"
            r"|ERREUR D.ARTICLE|SUBSTITUT\w*"
        ),
    ),
    (
        "NC-06",
        (
            r"DIFETT\w*|DEFECT\w*|DEFAUT\w*|DEFEKT\w*|MANGEL\w*|MANGELHAFT|MAENGEL|QUALIT\w*"
            r"|NON CONFORM\w*|SCADUT\w*|CADUCAD\w*|PERIME\w*|VERDORBEN|CALIDAD|FAULT\w*"
            r"|GUAST[AEIO]\b|NON FUNZION\w*|KAPUTT"
        ),
    ),
    (
        "NC-17",
        (
            r"DOPPIA FATT\w*|FATTURA DOPPIA|DUPLIC\w*|DOUBLE FACTUR\w*|FACTURE EN DOUBLE"
            r"|DOUBLE BILL\w*|DOPPELBERECHN\w*|DOPPELT\w*|DOUBLON|DOPPI\w*"
            r"|(?:FATTURAT\w*|FACTUR\w*|BERECHNET|FAKTURIERT|INVOICED|BILLED|CHARGED)"
            r" (?:DUE VOLTE|DEUX FOIS|DOS VECES|ZWEIMAL|TWICE)|ZWEIMAL (?:BERECHNET|FAKTURIERT)"
        ),
    ),
    (
        "NC-20",
        (
            r"ERRORE IVA|IVA ERRATA|ERREUR TVA|ERROR (?:DE )?IVA|UST-?FEHLER|VAT ERROR"
            r"|WRONG VAT|ALIQUOTA"
        ),
    ),
    (SPLIT_VAT, r"SPLIT[- ]?PAYMENT|SCISSIONE|ART\.? ?17[- ]?TER"),
    (
        WITHHOLDING,
        (
            r"RITENUTA|RIT\.? ?ACC\w*|WITHHOLDING|RETENCION|RETENUE A LA SOURCE"
            r"|QUELLENSTEUER|STEUERABZUG|\bIRPF\b"
        ),
    ),
    (
        DISCOUNT_UNEARNED,
        (
            r"SCONTO CASSA|SC\.? ?CASSA|ESCOMPTE|SKONTO|PRONTO PAG\w*|CASH DISC\w*"
            r"|EARLY PAYMENT|SETTLEMENT DISCOUNT|PROMPT PAYMENT"
        ),
    ),
    (
        "NC-09",
        (
            r"MANCATO SCONTO|SCONTO (?:NON|MANCANTE|ERRATO)|REMISE (?:MANQUANTE|NON)|RABATT FEHLT"
            r"|DESCUENTO (?:NO|FALTANTE)|DISCOUNT MISSING|MISSING DISCOUNT|RABATT\w*|SCONTO\b"
            r"|REMISE\b|DESCUENTO\b"
        ),
    ),
    (
        "NC-08",
        (
            r"PREZZ\w*|PRICE\w*|PRICING|\bPRIX\b|PRECIO\w*|PREIS\w*|ECART (?:DE )?TARIF\w*"
            r"|TARIF\w*|LISTINO"
        ),
    ),
    (
        BANK_CHARGES,
        (
            r"SPESE BANC\w*|SPESE BONIF\w*|COMMISSION[IE] BANC\w*|BANK CHARGE\w*|BANK FEE\w*"
            r"|FRAIS BANC\w*|FRAIS DE VIREMENT|GASTOS BANC\w*|COMISION\w* BANC\w*"
            r"|BANKGEBU?E?HR\w*|BANKSPESEN|\bSPESEN\b|CHARGES SHA|SPESE SHA"
        ),
    ),
    (
        "NC-22",
        (
            r"(?:EURO)?PALLET\w*|BANCAL\w*|(?:EURO)?PALETTE\w*|PALES?\b|PALETS?\b|EPAL|LEERGUT"
            r"|VUOTI\b"
        ),
    ),
    (
        "NC-21",
        (
            r"TRASPORTO|FREIGHT|FRACHT\w*|\bPORTES\b|FRAIS DE PORT|SPEDIZIONE|SHIPPING"
            r"|TRANSPORTKOSTEN|FRAIS DE TRANSPORT|GASTOS DE TRANSPORTE|SPESE TRASP\w*"
            r"|\bPORT (?:NON|INDU|DU)\b|CARRIAGE|DELIVERY CHARGE\w*|VERSANDKOSTEN|LIEFERKOSTEN"
        ),
    ),
    (
        "NC-14",
        (
            r"\bRES[OI]\b|RETURN(?:S|ED)?\b|RETOURS?\b|RETOUREN?\b|DEVOLUCION\w*|DEVUELT\w*"
            r"|(?:WAREN)?RUE?CK(?:SEND|GAB|LIEFER|NAHM)\w*|\bVRET\b|\bRMA\b|RENDU"
        ),
    ),
    ("NC-19", r"ANNULLAT\w*|ORDINE ANNULL\w*|CANCELLED|CANCELED|ANULAD\w*|ANNULEE?\b|STORNIERT\w*"),
    ("NC-31", r"DIFFERENZA PESO|PESO\b|WEIGHT\b|POIDS\b|GEWICHT\w*"),
    ("NC-33", r"CONSUM[OI]\b|LETTURA|METER READ\w*|RELEVE\b|LECTURA|ZAEHLERSTAND|ZAHLERSTAND"),
    (
        "NC-01",
        (
            r"AMMANC\w*|MANCA\b|MANCANO|MANCANT\w*|MANQU\w*|SHORTAGE\w*|SHORT DELIV\w*"
            r"|SHORT SHIP\w*|SHORT\b|MISSING|FALTAN?\b|FALTAS\b|FALTANTE\w*|MERMA"
            r"|FEHLM(?:ENGE\w*)?\b"
            r"|FEHLTEN?\b|FEHLEN\w*|DIFF\w* QUANTIT\w*|MINDERMENGE|UNVOLLSTA?E?ND\w*|INCOMPLE\w*"
            r"|(?:CONSEGNA|LIVRAISON|ENTREGA|DELIVERY) (?:PARZIALE|PARTIELLE|PARCIAL|PARTIAL)"
        ),
    ),
    (
        OFFSET,
        (
            r"COMPENSA\w*|VERRECHN\w*|AUFRECHN\w*|OFFSET|SET-?OFF|NOTA (?:DI )?(?:ADDEBITO|DEBITO)"
            r"|DEBIT NOTE|NOTE DE DEBIT|NOTA DE CARGO|BELASTUNG\w*|\bNDD\b|\bDN\b"
        ),
    ),
    (
        PART_PAYMENT,
        (
            r"ACCONT\w*|ACOMPTE\w*|A CUENTA|ANZAHLUNG|TEILZAHL\w*|TEILBETRAG|PARTIAL\w*"
            r"|PART[- ]PAYM\w*|\bRATA\b|\bRATE\b|ABSCHLAG\w*|PAGO PARCIAL|PARCIAL"
            r"|PAIEMENT PARTIEL|PARTIEL\w*|PARZIAL\w*|INSTALMENT|INSTALLMENT|ECHEANCE \d+/"
            r"|REST FOLLOWS|RESTO A SEGUIRE|RESTO SEGUE|SOLDE A SUIVRE|REST FOLGT"
            r"|ON ACCOUNT|A CONTO|AKONTO"
        ),
    ),
)
_COMPILED: Final = tuple((code, re.compile(pattern)) for code, pattern in _PATTERNS)
# Where none of them starts at the start of a word there is no reason: that is said quickly.
_ANY: Final = re.compile(r"\b(?:" + "|".join(f"(?:{pattern})" for _, pattern in _PATTERNS) + ")")
_LISTED: Final = re.compile(r"[A-Z0-9]{1,3}")
X12_LENGTH: Final = 2
_CANONICAL: Final = re.compile(r"\b(CO|NC|FI)[-_ ]?(\d\d)\b")
_LAST: Final = {"CO": 15, "NC": 35, "FI": 17}


def find_reason(text: str, codes: Mapping[str, str] | None = None) -> Reason | None:
    """
    Return the reason a text gives for paying less, or None if it gives none.

    :param text: as the payer wrote it
    :param codes: the payers' own codes to canonical ones; they come before words
    """
    if not text:
        return None
    said = plain(text).strip()
    if codes and (own := _own_code(said, codes)):
        return own
    canonical = _CANONICAL.search(said)
    if canonical and 1 <= int(canonical[2]) <= _LAST[canonical[1]]:
        return Reason(f"{canonical[1]}-{canonical[2]}", canonical[0], canonical.start())
    return _by_list(said) or _by_words(said)


def find_second_reason(text: str, first: Reason) -> Reason | None:
    """Return the reason a text gives besides the first one, or None if it gives no other."""
    said = plain(text).strip()
    return _by_words(said.replace(first.words, " " * len(first.words)))


def _by_list(said: str) -> Reason | None:
    """A bare code of X12 426 (two characters, `06` or `A8`) or UN/EDIFACT 4465 (`4`, `57`)."""
    if not _LISTED.fullmatch(said):
        return None
    meant = from_x12(said) if len(said) == X12_LENGTH and not said.isdecimal() else None
    meant = meant or (from_x12(said) if said.startswith("0") else from_uncl4465(said))
    return Reason(meant.code, said, 0) if meant else None


def speaks_of_other_money(said: str) -> bool:
    """Whether a text, in capitals, speaks of a deposit, a refund, rent, a loan or wages."""
    return _ELSEWHERE.search(said) is not None


def _own_code(said: str, codes: Mapping[str, str]) -> Reason | None:
    for found in re.finditer(r"[A-Z0-9]+(?:[-./][A-Z0-9]+)*", said):
        if found[0] in codes:
            return Reason(codes[found[0]], found[0], found.start())
    return None


@lru_cache(maxsize=4096)
def _by_words(said: str) -> Reason | None:
    if not _ANY.search(said):
        return None
    for code, pattern in _COMPILED:
        found = pattern.search(said)
        if found:
            return Reason(code, found[0], found.start())
    return None
