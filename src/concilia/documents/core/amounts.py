"""
Amounts of money in running text and in cells, in the five ways people write numbers.

`1,234.50`, `1.234,50`, `1 234,50`, `1'234.50` and `1234.50`; before or after a currency, negative
by a sign on either side or by brackets. Everything is exact: digits in, decimals out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from concilia.documents.core.beginnings import at_word_start
from concilia.documents.core.number_words import money_in_words
from concilia.documents.core.words import fold, lower
from concilia.kernel.currencies import EXPONENTS

MINUS: Final = "-\u2212\u2013"
GROUPED: Final = (
    r"\d{1,3}(?P<g>[.,'\u2019\u2032 \u202f\u2009])\d{3}(?:(?P=g)\d{3})*(?:(?!(?P=g))[.,]\d{1,4})?"
)
NUMBER: Final = rf"(?:{GROUPED}|\d+(?:[.,]\d{{1,4}})?|[.,]\d{{2}}(?!\d))"
CODES: Final = "EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|JPY|CAD|AUD|KWD|TRY|ISK|CNY|HRK"
SYMBOLS: Final = {
    "\u20ac": "EUR",
    "$": "USD",
    "us$": "USD",
    "\u00a3": "GBP",
    "\u00a5": "JPY",
    "sfr": "CHF",
    "fr.": "CHF",
    "z\u0142": "PLN",
    "euro": "EUR",
    "euros": "EUR",
    "eur": "EUR",
    "pounds": "GBP",
    "sterling": "GBP",
    "dollars": "USD",
    "dollar": "USD",
    "franken": "CHF",
    "sterline": "GBP",
    "livres": "GBP",
    "libras": "GBP",
    "pfund": "GBP",
    "dollari": "USD",
    "d\u00f3lares": "USD",
}
BEFORE: Final = (
    rf"(?P<before>(?:\b(?:{CODES.lower()}|euro|sfr)\b\.?|us\$|[\u20ac$\u00a3\u00a5])\s?)"
)
AFTER: Final = (
    rf"(?P<after>\s?(?:(?:{CODES.lower()}|euros?|pounds|sterling|dollars?|franken|sterline|livres|libras|pfund"
    r"|dollari|d\u00f3lares|sfr|z\u0142)(?![\w])|[\u20ac$\u00a3\u00a5])(?!\s?\d))"
)
# In small letters.
AMOUNT: Final = re.compile(
    rf"(?<![\w.,/'\u2019])(?P<open>\(\s?)?(?P<sign>[{MINUS}+]\s?)?{BEFORE}?(?P<sign2>[{MINUS}]\s?)?"
    rf"(?P<number>{NUMBER})(?P<dash>,-{{1,2}}|\.-{{1,2}}|,\u2013)?(?P<trail>-(?![\w]))?"
    rf"{AFTER}?(?P<trail2>-(?![\w]))?(?P<close>\s?\))?(?![\w]|[.,:/-]\d)",
)
PLAIN: Final = re.compile(r"[0-9]{1,19}[.,][0-9]{2}")
POINTS: Final = frozenset({".", ","})
APART: Final = re.compile(r"[\s'\u2019\u2032\u202f\u2009\u00a0]")
NO_CENTS: Final = re.compile(r"(?:,-{1,2}|\.-{1,2})$")
DIGIT: Final = re.compile(r"\d")
CELL: Final = re.compile(r"[^\d.,'\u2019\u2032 \u202f\u2009\u00a0]")
CURRENCY: Final = re.compile(
    rf"\b({CODES})\b|[\u20ac\u00a3\u00a5]|\bus\$|\$|\beuros?\b", re.IGNORECASE
)
# The same in small letters, for whole texts.
SMALL_MARK: Final = re.compile(
    "|".join(
        (
            *(rf"{at_word_start(code)}\b" for code in CODES.lower().split("|")),
            at_word_start(r"us\$|euros?\b"),
            "\u20ac|\u00a3|\u00a5|\\$",
        )
    )
)
PERCENT_AFTER: Final = re.compile(
    r"\s?(?:%|percent|per ?cent|prozent|pour ?cent|por ?ciento|per cento)"
)
UNIT_AFTER: Final = re.compile(
    r"\s?(?:kg|kgs|g|gr|t|ton|tonne|lt|l|cl|ml|m|mm|cm|m2|m3|km|pcs|pz|st|stk|st\u00fcck|ct|colli|"
    r"cartoni|cartons|kartons?|pezzi|pi\u00e8ces|piezas|unidades|units|cases|boxes|days|giorni|jours|"
    r"d\u00edas|tage|gg|hours|ore|heures|horas|stunden|kwh|smc|cajas|caisses|colis|bottles|bottiglie|"
    r"pallets?|bancali|palettes?|paletten|flaschen|kisten)\b",
    re.IGNORECASE,
)
DAY: Final = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])")
DAY_CHARS_MAX: Final = 5
DAY_BEFORE: Final = re.compile(
    r"\b(?:am|vom|zum|bis|seit|ab|dem|den|on|by|of|del|il|dal|al|entro|le|du|au|el|hasta|desde|until|since)\s$"
)
DAY_GOES_ON: Final = re.compile(r"\.(?=\s[a-z0-9]|\d{2})")
NUMERAL: Final = re.compile(r"[0-9.,]*[0-9][0-9.,]*")
NUMERAL_CHARS_MAX: Final = 22  # more than any amount that can be booked
DECIMALS: Final = 2
GROUP: Final = 3  # digits between two group signs


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as found: exact value, currency if it stands beside it, and its place."""

    value: Decimal
    currency: str | None
    start: int
    end: int
    has_cents: bool


def find_amounts(text: str, folded: str | None = None) -> list[Amount]:
    """
    Return what can be money: with a currency beside it, or with two decimals.

    Percentages, quantities with a unit, dates and reference numbers are left out.

    :param folded: the text in plain letters, if it is known
    """
    point = decimal_sign(text)
    found = []
    for match in AMOUNT.finditer(lower(text)):
        before, number, after, dash = match.group("before", "number", "after", "dash")
        currency = _currency(before) or _currency(after)
        cents = (number[-3:-2] in POINTS and number[-2:].isdecimal()) or dash is not None
        if before and "\n" in before and not cents:
            currency = None  # the heading of a column of numbers
        if not (currency or cents) or _is_of_something(text, match.end(), currency):
            continue
        if not currency and _is_day(text, match.start("number"), number, point):
            continue
        value = parse_number(number, point=point, currency=currency)
        if value is None:
            continue
        negative = (match["sign"] or match["sign2"] or "").strip() in tuple(MINUS)
        negative = negative or bool(match["trail"] or match["trail2"])
        negative = negative or bool(match["open"] and match["close"] and not currency)
        start = match.start("before" if before else "number")
        end = match.end("after" if after else "number")
        found.append(Amount(-value if negative else value, currency, start, end, cents))
    spoken = [
        Amount(Decimal(value), currency, start, end, has_cents=False)
        for value, currency, start, end in money_in_words(fold(text) if folded is None else folded)
    ]
    return sorted([*found, *spoken], key=lambda each: each.start) if spoken else found


def _is_of_something(text: str, end: int, currency: str | None) -> bool:
    """Whether a number is a percentage or, without a currency, so many of a unit."""
    beside = text[end : end + 2].lstrip()[:1]
    if not (beside.isalpha() or beside == "%"):
        return False
    return bool(PERCENT_AFTER.match(text, end) or (not currency and UNIT_AFTER.match(text, end)))


def _is_day(text: str, start: int, number: str, point: str | None) -> bool:
    """Whether `27.11` is the day of a month: where amounts have commas, or after `am`, `by` …"""
    if len(number) > DAY_CHARS_MAX:
        return False
    found = DAY.fullmatch(number)
    if found is None:
        return False
    before = text[max(0, start - 8) : start].lower()
    dotted = DAY_GOES_ON.match(text, start + len(number)) is not None
    return point == "," or dotted or DAY_BEFORE.search(before) is not None


def decimal_sign(text: str) -> str | None:
    """Return the decimal sign of a document, judged by its amounts with cents; None if unclear."""
    commas = len(re.findall(r"\d,\d{2}(?![\d,.])", text)) if "," in text else 0
    points = len(re.findall(r"\d\.\d{2}(?![\d,.])", text)) if "." in text else 0
    if commas == points:
        return None
    return "," if commas > points else "."


def parse_number(
    number: str, *, point: str | None = None, currency: str | None = None
) -> Decimal | None:
    """
    Return the exact value of a number's digits.

    :param point: the decimal sign of the document, for numbers that leave it open (`1.234`)
    :param currency: one with three decimals makes `1.234` a number with decimals
    """
    if PLAIN.fullmatch(number):
        return Decimal(number.replace(",", "."))
    plain = number if number.isdecimal() else APART.sub("", number)
    if not NUMERAL.fullmatch(plain) or len(plain) > NUMERAL_CHARS_MAX:
        return None
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return Decimal(plain)
    sign, tail = plain[last], plain[last + 1 :]
    if plain.count(sign) > 1 or not tail:
        decimals = False
    elif {".", ","} <= set(plain) or len(tail) != GROUP:
        decimals = True
    else:
        decimals = plain.startswith("0") or _three_decimals(sign, point, currency)
    digits = plain[:last].replace(".", "").replace(",", "")
    return Decimal(f"{digits or '0'}.{tail}") if decimals else Decimal(digits + tail)


def _three_decimals(sign: str, point: str | None, currency: str | None) -> bool:
    if currency is not None and EXPONENTS.get(currency) == GROUP:
        return sign == (point or sign)
    return False


@lru_cache(maxsize=4096)  # asked for by whoever looks at a table
def parse_cell(text: str, *, point: str | None = None) -> Decimal | None:
    """Return the value of a cell that holds nothing but an amount; None for anything else."""
    stripped = text.strip()
    if PLAIN.fullmatch(stripped):
        return Decimal(stripped.replace(",", "."))
    if DIGIT.search(stripped) is None:
        return None
    body = CURRENCY.sub("", stripped).strip()
    negative = False
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, body[1:-1].strip()
    if body[:1] in tuple(MINUS + "+"):
        negative, body = body[0] != "+", body[1:].strip()
    elif body[-1:] in tuple(MINUS):
        negative, body = True, body[:-1].strip()
    body = NO_CENTS.sub("", body)
    if CELL.search(body):
        return None
    value = parse_number(body, point=point)
    return -value if negative and value is not None else value


def find_currency(text: str) -> str | None:
    """Return the currency a text names most often; None if it names none."""
    counts: dict[str, int] = {}
    for mark, times in Counter(found[0] for found in SMALL_MARK.finditer(text.lower())).items():
        code = _currency(mark)
        if code:
            counts[code] = counts.get(code, 0) + times
    return max(counts, key=lambda code: counts[code]) if counts else None


def money(value: Decimal, currency: str | None) -> str:
    """Return an amount as the contract wants it: a decimal string with the currency's decimals."""
    places = EXPONENTS.get(currency or "EUR", DECIMALS)
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of what is there; None if nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _currency(mark: str | None) -> str | None:
    if not mark:
        return None
    word = mark.strip().lower()
    return (
        SYMBOLS.get(word)
        or SYMBOLS.get(word.rstrip("."))
        or (word.upper() if word.upper() in EXPONENTS else None)
    )
