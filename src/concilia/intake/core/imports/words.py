"""Words and codes that stand for one thing: kinds of document, months, countries, languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from concilia.kernel.languages import LANGUAGES

CURRENCY_SIGNS: Final = {
    "€": "EUR",
    "£": "GBP",
    "US$": "USD",
    "$": "USD",
    "EUR": "EUR",
    "GBP": "GBP",
    "USD": "USD",
    "CHF": "CHF",
}

_MONTHS: Final = """
    jan january gen gennaio janv janvier ene enero januar jaen jaenner janner
    feb february febbraio fev fevr fevrier febrero februar
    mar march marzo mars maerz marz mrz
    apr april aprile avr avril abr abril
    may mag maggio mai mayo
    jun june giu giugno juin junio juni
    jul july lug luglio juil juillet julio juli
    aug august ago agosto aou aout
    sep sept september set sett settembre septembre septiembre
    oct october ott ottobre octobre octubre okt oktober
    nov november novembre noviembre
    dec december dic dicembre decembre diciembre dez dezember
"""

_PHRASES: Final = {
    "invoice": (
        "sales invoice",
        "fattura immediata",
        "fattura differita",
        "customer invoice",
        "tax invoice",
        "fattura cliente",
        "fattura di vendita",
        "facture client",
    ),
    "credit_note": (
        "credit note",
        "credit memo",
        "nota di credito",
        "nota credito",
        "nota accredito",
        "nota di accredito",
        "note de credit",
        "nota de credito",
        "nota de abono",
    ),
    "debit_note": (
        "debit note",
        "debit memo",
        "nota di debito",
        "nota debito",
        "nota addebito",
        "nota di addebito",
        "note de debit",
        "nota de debito",
        "nota de cargo",
    ),
    "on_account": (
        "on account",
        "payment on account",
        "unapplied cash",
        "advance payment",
        "pagamento in acconto",
        "incasso da abbinare",
        "reglement non affecte",
        "pago a cuenta",
        "a cuenta",
        "cobro sin aplicar",
        "zahlung nicht zugeordnet",
        "zahlung auf konto",
    ),
}
_KIND_WORDS: Final = {
    "invoice": "invoice inv bill fattura fatt ft td01 td24 facture fact fac fc factura fra "
    "rechnung re rg rv 380 ausgangsrechnung debitorenrechnung",
    "credit_note": "credit creditnote cn cm nc nca accredito td04 avoir av abono gutschrift gs "
    "rechnungskorrektur stornorechnung storno dg 381",
    "debit_note": "debit debitnote dn nd td05 addebito cargo belastung belastungsanzeige "
    "nachbelastung 383",
    "on_account": "onaccount unapplied prepayment acconto anticipo acompte avance anzahlung akonto "
    "dz payment pagamento incasso paiement reglement pago cobro zahlung zahlungseingang",
}

TOTAL_WORDS: Final = frozenset(
    "total totals totale totali totaux sum summe gesamt gesamtsumme gesamtbetrag suma totales "  # noqa: SIM905
    "subtotal subtotale zwischensumme sottotale somme insgesamt".split()
)
_LANGUAGE_NAMES: Final = {
    "en": "english inglese anglais ingles englisch eng gb",
    "it": "italian italiano italien italienisch ita",
    "fr": "french francese francais frances franzosisch franzoesisch fra fre",
    "es": "spanish spagnolo espagnol espanol spanisch spa esp castellano",
    "de": "german tedesco allemand aleman deutsch ger deu",
}
_COUNTRIES: Final = """
    AD andorra | AE united arab emirates emirati arabi uniti | AL albania albanie albanien
    AT austria autriche osterreich oesterreich | AU australia australie australien
    BE belgium belgio belgique belgica belgien | BG bulgaria bulgarie bulgarien
    BR brazil brasile bresil brasil brasilien | CA canada kanada
    CH switzerland svizzera suisse suiza schweiz | CN china cina chine
    CY cyprus cipro chypre chipre zypern | CZ czech republic czechia repubblica ceca tchequie
    chequia tschechien | DE germany germania allemagne alemania deutschland | DK denmark danimarca
    danemark dinamarca | EE estonia estonie estland | ES spain spagna espagne espana spanien
    FI finland finlandia finlande finnland | FR france francia frankreich
    GB united kingdom great britain regno unito gran bretagna royaume uni reino unido
    grossbritannien vereinigtes konigreich england uk | GR greece grecia grece griechenland el
    HR croatia croazia croatie croacia kroatien | HU hungary ungheria hongrie hungria ungarn
    IE ireland irlanda irlande irland | IL israel israele | IN india inde indien
    IS iceland islanda islande islandia island | IT italy italia italie italien
    JP japan giappone japon | LI liechtenstein | LT lithuania lituania lituanie litauen
    LU luxembourg lussemburgo luxemburgo luxemburg | LV latvia lettonia lettonie letonia lettland
    MA morocco marocco maroc marruecos marokko | MC monaco | MD moldova moldavia | ME montenegro
    MK north macedonia macedonia | MT malta malte | MX mexico messico mexique mexiko
    NL netherlands paesi bassi pays bas paises bajos niederlande holland olanda
    NO norway norvegia norvege noruega norwegen | PL poland polonia pologne polen
    PT portugal portogallo | RO romania roumanie rumania rumanien | RS serbia serbie serbien
    RU russia russie rusia russland | SE sweden svezia suede suecia schweden
    SI slovenia slovenie eslovenia slowenien | SK slovakia slovacchia slovaquie eslovaquia slowakei
    SM san marino | TN tunisia tunisie tunez tunesien | TR turkey turchia turquie turquia turkei
    UA ukraine ucraina ucrania | US united states stati uniti etats unis estados unidos
    vereinigte staaten usa | VA vatican vaticano | ZA south africa sudafrica sudafrika
    SA saudi arabia | SG singapore | HK hong kong | KR south korea corea | NZ new zealand
    AR argentina | CL chile | CO colombia | PE peru | UY uruguay | EG egypt egitto
    DZ algeria | LB lebanon libano | QA qatar | KW kuwait | JO jordan giordania | TH thailand
"""
_ENTRY: Final = re.compile(r"\b([A-Z]{2})\b([^A-Z|]*)")


def fold(text: str) -> str:
    """Return the words of a text in lower case, without accents and marks, one blank between."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).lower()
    letters = "".join(char if char.isalnum() else " " for char in plain if not _is_accent(char))
    return " ".join(letters.split())


def names_a_total(cells: Iterable[str]) -> bool:
    """Whether the first word of a row says that it adds up the others."""
    first = next((cell for cell in cells if cell.strip()), "")
    words = fold(first).split()
    return bool(words) and words[0] in TOTAL_WORDS


def _is_accent(char: str) -> bool:
    return unicodedata.category(char) == "Mn"


def _months() -> dict[str, int]:
    lines = [line.split() for line in _MONTHS.strip().splitlines()]
    plain = {name: n for n, names in enumerate(lines, start=1) for name in names}
    accents = {"févr": 2, "fév": 2, "février": 2, "märz": 3, "mär": 3, "août": 8, "aoû": 8}
    return plain | accents | {"déc": 12, "décembre": 12, "jän": 1, "jänner": 1}


MONTHS: Final = _months()


@cache
def _kinds() -> dict[str, str]:
    words = {word: kind for kind, text in _KIND_WORDS.items() for word in text.split()}
    phrases = {phrase: kind for kind, several in _PHRASES.items() for phrase in several}
    return words | phrases


def document_kind_of(text: str) -> str:
    """Return the kind of document these words stand for; "" if none, or more than one."""
    folded = fold(text)
    kinds = _kinds()
    if folded in kinds:
        return kinds[folded]
    found = {kinds[word] for word in folded.split() if word in kinds and not word.isdigit()}
    for phrase, kind in kinds.items():
        if " " in phrase and f" {phrase} " in f" {folded} ":
            return kind
    return found.pop() if len(found) == 1 else ""


@cache
def _countries() -> dict[str, str]:
    text = " ".join(_COUNTRIES.split())
    return {
        name: found[1]
        for found in _ENTRY.finditer(text)
        for name in (found[2].strip(), *found[2].split())
        if len(name) > 3  # noqa: PLR2004 - short words would be codes
    }


def country_of(text: str) -> str:
    """Return the ISO 3166 code of a country's code or name; "" if it is none."""
    code = text.upper()
    if len(code) == 2 and code.isascii() and code.isalpha():  # noqa: PLR2004
        return {"UK": "GB", "EL": "GR"}.get(code, code)
    return _countries().get(fold(text), "")


@cache
def _languages() -> dict[str, str]:
    return {name: code for code, names in _LANGUAGE_NAMES.items() for name in names.split()}


def language_of(text: str) -> str:
    """Return which of our languages is meant, English for one we do not speak; "" if none is."""
    folded = fold(text)
    code = folded[:2]
    if code in LANGUAGES and (len(folded) == 2 or text[2:3] in "-_"):  # noqa: PLR2004
        return code
    if folded in _languages():
        return _languages()[folded]
    return "en" if len(folded) == 2 and folded.isalpha() else ""  # noqa: PLR2004
