"""What the parsers of bank statements in fixed columns have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import ClassVar, Final

from concilia.documents.core.banking import Account, Balance, BankEntry, Statement
from concilia.documents.core.decoding import decode
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed

ENTRIES_MAX: Final = 150_000
WARNINGS_MAX: Final = 20
CENTURY: Final = 80  # years from 80 on are those of the last century
LETTER_A: Final = 55  # A is 10 in an IBAN
# Words of banks for money that goes back; a fee for it is not the money itself.
_RETURNED: Final = re.compile(
    r"\bRET(?:OU|U|O)R|\bREJET|\bREJECT|\bIMPAY[EÉ]|\bDEVOL|\bDEVUELT|\bINSOLUT|\bCHARGEBACK"
    r"|R(?:Ü|UE)CKLAST|\bONBETAALD|\bNIET BETAALD|\bANNUL",
    re.IGNORECASE,
)
_FEE: Final = re.compile(r"\bFEE|\bFRAIS|\bCOMMISSION|\bCOMISION|\bGASTOS|\bKOSTEN", re.IGNORECASE)

# One account's statement: the account with its balances, and its entries, read as they are asked.
Part = tuple[Account, Iterator[BankEntry]]


class Findings:
    """Warnings of one file, a few at most; the rest is counted."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._more = 0

    def __bool__(self) -> bool:
        return bool(self._kept)

    def add(self, warning: str) -> None:
        """Keep what is odd, in plain words."""
        if len(self._kept) < WARNINGS_MAX:
            self._kept.append(warning)
        else:
            self._more += 1

    def all(self) -> tuple[str, ...]:
        """Return what was kept, and how much was not."""
        return (*self._kept, *([f"{self._more} more warnings"] if self._more else []))


class LineParser:
    """
    What parsers of bank statements share: a file read as a whole, or its entries one by one.

    A parser says which `formats` it reads, reads their accounts from the text, and says what the
    `problem` is where it finds none.
    """

    formats: ClassVar[tuple[str, ...]] = ()
    problem: ClassVar[str] = ""

    def read(self, text: str, found: Findings) -> Iterator[Part]:
        """
        Yield the accounts with their entries.

        :param text: the file decoded, as people of the trade read it
        :param found: takes what is odd
        """
        raise NotImplementedError

    def parts(self, source: Source, text: str, found: Findings) -> tuple[Iterator[Part], str]:  # noqa: ARG002 - who reads several formats asks which it is
        """Return the accounts with their entries, and what is said where there is none."""
        return self.read(text, found), self.problem

    def parse(self, source: Source) -> ParsedDocument:
        """Return every account's statement; what is odd or does not add up becomes a warning."""
        found = Findings()
        text = decode(source.content)
        parts, problem = self.parts(source, text, found)
        return whole(source, text, parts, found, problem)

    def entries(self, source: Source) -> Iterator[tuple[Account, BankEntry]]:
        """Yield the entries one by one."""
        found = Findings()
        parts, problem = self.parts(source, decode(source.content), found)
        yield from one_by_one(parts, found, problem)


def whole(
    source: Source, text: str, parts: Iterable[Part], found: Findings, problem: str
) -> ParsedDocument:
    """
    Return the statement with everything in it; `text` is the file, as people of the trade read it.

    :param problem: what is said where no account is found
    """
    accounts: list[Account] = []
    room = ENTRIES_MAX
    left_out = 0
    for account, entries in parts:
        kept: list[BankEntry] = []
        for entry in entries:
            if len(kept) < room:
                kept.append(entry)
            else:
                left_out += 1
        room -= len(kept)
        accounts.append(replace(account, entries=tuple(kept)))
    if left_out:
        found.add(f"{left_out} entries beyond {ENTRIES_MAX} left out")
    if not accounts:
        raise ParserFailed(found.all()[0] if found else problem)
    return ParsedDocument(
        source.format,
        text,
        statement=Statement(accounts[0].statement_id, tuple(accounts)),
        warnings=found.all(),
    )


def one_by_one(
    parts: Iterable[Part], found: Findings, problem: str
) -> Iterator[tuple[Account, BankEntry]]:
    """Yield the entries in flat memory; what was odd ends them as a failure."""
    any_account = False
    for account, entries in parts:
        any_account = True
        for entry in entries:
            yield account, entry
    if found:
        raise ParserFailed(found.all()[0])
    if not any_account:
        raise ParserFailed(problem)


def lines_of(text: str, width: int) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of every line; files without line ends are cut into lines."""
    number = 0
    for line in text.split("\n"):
        for start in range(0, max(len(line), 1), width):
            number += 1
            piece = line[start : start + width]
            if piece.strip():
                yield number, piece.ljust(width)


def day(text: str, *, year_first: bool = False) -> str | None:
    """Return the ISO date of six digits; None where they are none."""
    if not re.fullmatch(r"[0-9]{6}", text):
        return None
    one, two, three = int(text[:2]), int(text[2:4]), int(text[4:])
    year, month, number = (one, two, three) if year_first else (three, two, one)
    try:
        return date((1900 if year >= CENTURY else 2000) + year, month, number).isoformat()
    except ValueError:
        return None


def digits(text: str, decimals: int) -> Decimal:
    """
    Return an amount of digits alone.

    :raises ValueError: if there is anything else in it
    """
    if not re.fullmatch(r"[0-9]+", text):
        raise ValueError(f"{text.strip()[:20]!r} is no amount")
    return Decimal(int(text)).scaleb(-decimals)


def number(text: str) -> Decimal | None:
    """Return a plain decimal number, with a point or a comma; None if it is none."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= 20 else None  # noqa: PLR2004


def iban_of(country: str, bban: str) -> str:
    """Return the IBAN of a national account number."""
    capital = f"{bban}{country}00".upper()
    value = "".join(str(ord(each) - LETTER_A) if each.isalpha() else each for each in capital)
    return f"{country}{98 - int(value) % 97:02d}{bban}".upper()


def says_returned(words: str) -> bool:
    """Whether a bank's words say that money goes back, and not what it asks for that."""
    return bool(_RETURNED.search(words)) and not _FEE.search(words)


def signed(entry: BankEntry) -> Decimal:
    """Return what an entry does to the balance."""
    return entry.amount if entry.direction == "in" else -entry.amount


def balance_of(account: Account, kind: str) -> Balance | None:
    """Return the account's balance of a kind, if the bank states it."""
    return next((each for each in account.balances if each.kind == kind), None)


def check_balance(account: Account, moved: Decimal, found: Findings) -> None:
    """The closing balance is the opening one and everything between, or something is missing."""
    opening, closing = balance_of(account, "OPBD"), balance_of(account, "CLBD")
    if opening is None or closing is None or opening.amount + moved == closing.amount:
        return
    found.add(
        f"account {account.iban or account.identification}: the new balance {closing.amount} is not"
        f" the old one {opening.amount} and the entries between, {moved}"
    )
