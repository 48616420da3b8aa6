"""One cell at a time: a stranger's text to the one form the database is given, or what is wrong."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final

from concilia.intake.core.imports.cells import DATE, NUMBER, clean, shown
from concilia.intake.core.imports.datasets import Field, Kind
from concilia.intake.core.imports.words import (
    CURRENCY_SIGNS,
    MONTHS,
    country_of,
    document_kind_of,
    language_of,
)
from concilia.kernel.currencies import EXPONENTS
from concilia.kernel.numbers import round_half_up

NULL: Final = r"\N"
CACHE_MAX: Final = 8_000
DIGITS_MAX: Final = 16
PLACES: Final = {Kind.QUANTITY: (3, 11), Kind.PRICE: (4, 10), Kind.PERCENT: (2, 5)}
CENTURY_TURNS: Final = 80
EPOCH_OF_SHEETS: Final = date(1899, 12, 30).toordinal()
YEARS: Final = range(1970, 2100)
ENDS: Final = frozenset({"valid_to", "ends"})
FOREVER: Final = range(2999, 10_000)
MONTHS_MAX: Final = 12
IBAN_LENGTHS: Final = range(15, 35)
_DIGITS: Final = re.compile(r"[^0-9]")
_SPACES: Final = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'", "\u2212": "-"}
)
_NUMBER: Final = {
    ".": re.compile(r"([0-9]+|[0-9]{1,3}([,' ])[0-9]{3}(?:\2[0-9]{3})*)?(?:\.([0-9]*))?"),
    ",": re.compile(r"([0-9]+|[0-9]{1,3}([.' ])[0-9]{3}(?:\2[0-9]{3})*)?(?:,([0-9]*))?"),
}
# As programs write amounts: told in one look; every other way is taken apart step by step.
_PLAIN: Final = {
    ".": re.compile(r"(-?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]+)"),
    ",": re.compile(r"(-?)([0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),([0-9]+)"),
}
_GROUPS: Final = {".": ",", ",": "."}
_DATE: Final = re.compile(r"([0-9]{1,4})[./\- ]+([0-9]{1,2}|[^\W\d_]{3,12})\.?[./\- ]+([0-9]{1,4})")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME: Final = re.compile(r"[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?.*$")
_EMAIL: Final = re.compile(r"[^@\s<>\",;:]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+")


class Unreadable(ValueError):
    """A cell cannot be taken: `key` and `args` of a sentence, and what is likely meant."""

    def __init__(self, key: str, repair: str = "", **args: object) -> None:
        super().__init__(key)
        self.key = key
        self.repair = repair
        self.args_of_key = args


@dataclass(frozen=True, slots=True)
class Reading:
    """How a column writes: `decimal` is `.` or `,`; `order` is dmy, mdy, ymd or serial."""

    decimal: str = "."
    order: str = "dmy"
    is_fraction: bool = False


Read = Callable[[str], str]


@dataclass
class Converter:
    """One column's cells to canonical text, each different cell worked out once."""

    read: Read
    known: dict[str, str | None] = field(default_factory=dict)
    wrong: dict[str, Unreadable] = field(default_factory=dict)

    def convert(self, cells: Sequence[str]) -> list[str | None]:
        """Return the canonical texts; None where `wrong` says why there is none."""
        if len(self.known) > CACHE_MAX:
            self.known.clear()
        self.wrong.clear()
        known, take = self.known, self._take
        return [known[cell] if cell in known else take(cell) for cell in cells]

    def _take(self, cell: str) -> str | None:
        try:
            value: str | None = self.read(cell)
        except Unreadable as error:
            self.wrong[cell] = error
            return None
        self.known[cell] = value
        return value


def reader_of(field_: Field, reading: Reading) -> Read:
    """Return the function that reads cells of this column; amounts have their own (`amount`)."""
    special: Mapping[Kind, Read] = {
        Kind.COUNT: partial(_count, most=field_.length, decimal=reading.decimal),
        Kind.PERCENT: partial(_percent, reading=reading),
        Kind.QUANTITY: partial(_decimal, field_=field_, decimal=reading.decimal),
        Kind.PRICE: partial(_decimal, field_=field_, decimal=reading.decimal),
        Kind.DATE: partial(_bounded_date, order=reading.order, is_end=field_.name in ENDS),
        Kind.COUNTRY: _country,
        Kind.LANGUAGE: _language,
        Kind.CURRENCY: _currency,
        Kind.EMAIL: _email,
        Kind.DOMAINS: partial(_list, check=_domain),
        Kind.IBANS: partial(_list, check=_iban),
        Kind.DOCUMENT_KIND: _document_kind,
    }
    read = special.get(field_.kind, partial(_text, length=field_.length))
    return partial(_or_empty, read=read, field_=field_)


def amount(cell: str, *, exponent: int, field_: Field, decimal: str) -> str:
    """
    Return an amount in minor units of a currency with so many decimals.

    :raises Unreadable: if it is none, or finer than the currency
    """
    if not cell or (not cell[-1].isdigit() and not clean(cell)):
        return _nothing(field_)
    is_negative, whole, fraction = number(cell, decimal)
    if cell.startswith(NUMBER):
        # A spreadsheet counts in binary fractions: 19.999999999 was meant as 20.
        scaled = round_half_up(_exact(whole, fraction) * 10**exponent)
        digits = str(scaled)
    else:
        if len(fraction.rstrip("0")) > exponent:
            raise Unreadable("too_many_decimals", places=exponent)
        digits = (whole + fraction[:exponent].ljust(exponent, "0")).lstrip("0") or "0"
    if len(digits) > DIGITS_MAX:
        raise Unreadable("too_large")
    if is_negative and digits != "0":
        if not field_.is_signed:
            raise Unreadable("below_zero")
        return f"-{digits}"
    return digits


def number(cell: str, decimal: str) -> tuple[bool, str, str]:
    """
    Return sign, whole digits and fraction digits of a number as people and programs write it.

    :param decimal: what stands before the cents
    :raises Unreadable: if it is no number, or one of another convention
    """
    if plain := _PLAIN[decimal].fullmatch(cell):
        sign, whole, fraction = plain.groups()
        return sign == "-", whole.replace(_GROUPS[decimal], ""), fraction
    if cell.startswith(NUMBER):
        decimal, cell = ".", cell[1:]
    is_negative, text = False, cell
    found = _NUMBER[decimal].fullmatch(text)  # most cells need no tidying
    if not found:
        text = clean(cell).translate(_SPACES)
        if not text[:1].isdigit() or not text[-1:].isdigit():
            is_negative, text = _unsigned(text)
        found = _NUMBER[decimal].fullmatch(text)
    if not found or not (found[1] or found[3]):
        other = "," if decimal == "." else "."
        mark = "comma" if decimal == "," else "point"
        if _NUMBER[other].fullmatch(text) and text:
            raise Unreadable(f"other_convention_{mark}")
        raise Unreadable("no_number")
    whole = found[1] or "0"
    return is_negative, whole if whole.isdigit() else _DIGITS.sub("", whole), found[3] or ""


def _unsigned(text: str) -> tuple[bool, str]:
    """Take off the currency and one sign: before it, behind it, or brackets around it."""
    for sign in CURRENCY_SIGNS:
        if sign in text:
            text = text.replace(sign, "")
    text = text.strip()
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text.startswith(("-", "+")):
        return text[0] == "-", text[1:].lstrip()
    if text.endswith(("-", "+")):
        return text[-1] == "-", text[:-1].rstrip()
    return False, text


def _exact(whole: str, fraction: str) -> Fraction:
    return Fraction(int(whole + fraction), 10 ** len(fraction))


def _or_empty(cell: str, *, read: Read, field_: Field) -> str:
    if not cell or cell.isspace() or not clean(cell):
        return _nothing(field_)
    return read(cell)


def _nothing(field_: Field) -> str:
    if field_.is_required:
        raise Unreadable("required")
    return NULL


def _text(cell: str, *, length: int) -> str:
    text = clean(cell)
    if len(text) > length:
        raise Unreadable("too_long", most=length, text=shown(text[:length]))
    return text.replace("\\", "\\\\") if "\\" in text else text


def _count(cell: str, *, most: int, decimal: str) -> str:
    is_negative, whole, fraction = number(cell, decimal)
    if is_negative or fraction.strip("0"):
        raise Unreadable("no_whole_number")
    if int(whole) > most:
        raise Unreadable("more_than", most=most)
    return str(int(whole))


def _percent(cell: str, *, reading: Reading) -> str:
    is_negative, whole, fraction = number(cell.replace("%", ""), reading.decimal)
    rate = _exact(whole, fraction) * (100 if reading.is_fraction and "%" not in cell else 1)
    if is_negative or rate > 100:  # noqa: PLR2004 - per cent
        raise Unreadable("no_percentage")
    return str(round_half_up(rate * 100))


def _decimal(cell: str, *, field_: Field, decimal: str) -> str:
    places, digits = PLACES[field_.kind]
    is_negative, whole, fraction = number(cell, decimal)
    if is_negative and not field_.is_signed:
        raise Unreadable("below_zero")
    if len(fraction) > places:
        scaled = str(round_half_up(_exact(whole, fraction) * 10**places)).rjust(places + 1, "0")
        whole, fraction = scaled[:-places], scaled[-places:]
    if len(whole.lstrip("0")) > digits:
        raise Unreadable("too_large")
    value = f"{whole.lstrip('0') or '0'}.{fraction}" if fraction else whole.lstrip("0") or "0"
    return f"-{value}" if is_negative else value


def _bounded_date(cell: str, *, order: str, is_end: bool) -> str:
    """Some programs say “for ever” with a day in the year 9999: only an end may be so."""
    day = _date(cell, order=order)
    if not is_end and int(day[:4]) not in YEARS:
        raise Unreadable("no_such_year", year=day[:4])
    return day


def _date(cell: str, *, order: str) -> str:
    if cell.startswith(NUMBER):
        return _serial(cell[1:].partition(".")[0])
    if found := _ISO.match(cell.lstrip(DATE)):
        return _day(int(found[1]), int(found[2]), int(found[3]), cell)
    text = _TIME.sub("", clean(cell)).strip()
    if text.isdigit():
        return _digits(text, order)
    parts = _DATE.fullmatch(text)
    if not parts:
        raise Unreadable("no_date")
    first, middle, last = parts.groups()
    month = int(middle) if middle.isdigit() else _month(middle)
    year, day = last, int(first)
    if len(first) > 2 or order == "ymd":  # noqa: PLR2004 - a year
        year, day = first, int(last)
    elif order == "mdy" and middle.isdigit():
        month, day = day, month
    return _day(_year(year), month, day, text)


def _month(name: str) -> int:
    low = name.lower()
    return MONTHS.get(low) or MONTHS.get(low[:4]) or MONTHS.get(low[:3], 0)


def _digits(text: str, order: str) -> str:
    """Eight digits without marks, or the day number of a spreadsheet."""
    if len(text) == 8 and int(text[:4]) in YEARS:  # noqa: PLR2004
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]), text)
    if len(text) == 8:  # noqa: PLR2004
        day, month = (text[2:4], text[:2]) if order == "mdy" else (text[:2], text[2:4])
        return _day(int(text[4:]), int(month), int(day), text)
    if order == "serial":
        return _serial(text)
    raise Unreadable("no_date")


def _serial(text: str) -> str:
    if not text.isdigit() or not 20_000 < int(text) < 80_000:  # noqa: PLR2004 - 1954 to 2119
        raise Unreadable("no_date")
    return date.fromordinal(EPOCH_OF_SHEETS + int(text)).isoformat()


def _year(text: str) -> int:
    year = int(text)
    if len(text) <= 2:  # noqa: PLR2004
        return year + (2000 if year < CENTURY_TURNS else 1900)
    return year


def _day(year: int, month: int, day: int, text: str) -> str:
    if month > MONTHS_MAX and 0 < day <= MONTHS_MAX and year in YEARS:
        repair = f"{year:04d}-{day:02d}-{month:02d}"
        raise Unreadable("no_such_month", repair, month=month)
    if not 0 < month <= MONTHS_MAX or day < 1:
        raise Unreadable("no_date")
    if year in FOREVER:
        return f"{min(year, 9999):04d}-12-31"
    if year not in YEARS:
        raise Unreadable("no_such_year", year=year)
    last = monthrange(year, month)[1]
    if day > last:
        repair = _like(text, year, month, last)
        raise Unreadable("month_has_days", repair, month=month, days=last)
    return f"{year:04d}-{month:02d}-{day:02d}"


def _like(text: str, year: int, month: int, day: int) -> str:
    """The last day of the month, written as the cell writes its date."""
    head = re.match(r"[0-9]{1,2}(?=[./\- ])", text)
    if head and int(head[0]) > day:
        return f"{day}{text[head.end() :]}"
    return f"{year:04d}-{month:02d}-{day:02d}"


def _country(cell: str) -> str:
    code = country_of(clean(cell))
    if not code:
        raise Unreadable("unknown_country")
    return code


def _language(cell: str) -> str:
    code = language_of(clean(cell))
    if not code:
        raise Unreadable("unknown_language")
    return code


def _currency(cell: str) -> str:
    text = clean(cell).upper()
    code = CURRENCY_SIGNS.get(text) or text
    if code not in EXPONENTS:
        raise Unreadable("unknown_currency")
    return code


def _document_kind(cell: str) -> str:
    kind = document_kind_of(clean(cell))
    if not kind:
        raise Unreadable("unknown_document_kind")
    return kind


def _email(cell: str) -> str:
    address = clean(cell).removeprefix("mailto:").lower()
    if not _EMAIL.fullmatch(address) or len(address) > 254:  # noqa: PLR2004 - RFC 5321
        raise Unreadable("no_email")
    return address.replace("\\", "\\\\")


def _list(cell: str, *, check: Callable[[str], str]) -> str:
    parts = (part.strip() for part in re.split(r"[|;,]", clean(cell)))
    return "|".join(dict.fromkeys(check(part) for part in parts if part))


def _domain(text: str) -> str:
    domain = text.lower().rpartition("@")[2]
    if not _DOMAIN.fullmatch(domain):
        raise Unreadable("no_domain", text=shown(text))
    return domain


def _iban(text: str) -> str:
    iban = re.sub(r"[\s.\-]", "", text).upper().removeprefix("IBAN")
    if not _IBAN.fullmatch(iban) or len(iban) not in IBAN_LENGTHS:
        raise Unreadable("no_iban", text=shown(text))
    digits = "".join(str(int(char, 36)) for char in iban[4:] + iban[:4])
    if int(digits) % 97 != 1:
        raise Unreadable("iban_check", text=shown(text))
    return iban
