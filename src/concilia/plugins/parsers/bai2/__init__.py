"""
BAI2 bank statements, as North American banks write them.

Read record by record, so that an unknown type code or a wrong control total in one account does not
cost the whole file: banks deviate from the standard in all of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from concilia.documents.core.banking import Account, BankEntry, Party, Statement
from concilia.documents.core.decoding import tidy
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed
from concilia.kernel.currencies import EXPONENTS

ENTRIES_MAX: Final = 150_000
GROUP, ACCOUNT, TRANSACTION, CONTINUATION = "02", "03", "16", "88"
ACCOUNT_END: Final = "49"
RECORDS: Final = ("01", GROUP, ACCOUNT, TRANSACTION, ACCOUNT_END, CONTINUATION, "98", "99")
FIRST_DEBIT: Final = 400
LAST_TRANSACTION: Final = 700
GROUP_DATE, GROUP_CURRENCY = 3, 5
# Some banks put several records on one line; each ends with a slash.
_BOUNDARY: Final = re.compile(r"/\s+(?=(?:" + "|".join(RECORDS) + r"),)")
_AMOUNT: Final = re.compile(r"[+-]?([0-9]{1,18})")
_KEYED: Final = re.compile(r"^([A-Z]{4}):\s*(.*)$")
_SAID: Final = re.compile(r'(From|To|Remittance Info|Reason):\s*(?:"([^"]*)"|([^,]*))')
_RETURNED: Final = re.compile(
    r"\bRETURN(?:ED)?\b|\bRTN\b|\bRTD\b|CHARGEBACK|\bREJECT", re.IGNORECASE
)


@dataclass(slots=True)
class _Detail:
    """A transaction with the lines that continue it."""

    fields: list[str]
    more: list[str] = field(default_factory=list)


class Bai2Parser:
    """Cash management balance reports, version 2."""

    formats: ClassVar[tuple[str, ...]] = ("bai2",)

    def parse(self, source: Source) -> ParsedDocument:
        """Return the whole statement; `text` is the file."""
        accounts: list[Account] = []
        entries: list[list[BankEntry]] = []
        warnings: list[str] = []
        count = 0
        for account, entry in _walk(source.content, warnings):
            if not accounts or accounts[-1].number != account.number:
                accounts.append(account)
                entries.append([])
            if entry is not None and count < ENTRIES_MAX:
                count += 1
                entries[-1].append(entry)
        if not accounts:
            raise ParserFailed("not a bank statement: no account record (03)")
        whole = tuple(
            replace(account, entries=tuple(found))
            for account, found in zip(accounts, entries, strict=True)
        )
        return ParsedDocument(
            source.format,
            tidy(source.content.decode("latin-1")),
            statement=Statement(accounts[0].statement_id, whole),
            warnings=tuple(warnings),
        )

    def entries(self, source: Source) -> Iterator[tuple[Account, BankEntry]]:
        """Yield the entries one by one."""
        warnings: list[str] = []
        found = False
        for account, entry in _walk(source.content, warnings):
            found = True
            if entry is not None:
                yield account, entry
        if not found:
            raise ParserFailed("not a bank statement: no account record (03)")
        if warnings:
            raise ParserFailed(warnings[0])


def _records(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the code and the rest of every record."""
    for line in content.decode("latin-1").splitlines():
        for record in _BOUNDARY.split(line):
            text = record.strip()
            code, comma, rest = text.partition(",")
            if comma and code in RECORDS:
                yield code, rest


@dataclass(slots=True)
class _Place:
    """Where the walk is: the group's day and currency, the account, the transaction being read."""

    day: str = ""
    currency: str = "USD"  # the standard's own default
    account: Account | None = None
    detail: _Detail | None = None
    number: int = 0


def _walk(content: bytes, warnings: list[str]) -> Iterator[tuple[Account, BankEntry | None]]:
    """Yield each account once without an entry, then with each of its entries."""
    place = _Place()
    for code, rest in _records(content):
        if code == CONTINUATION:
            if place.detail is not None:
                place.detail.more.append(rest.rstrip("/ "))
            continue
        yield from _finish(place, warnings)
        if code == GROUP:
            place.day, place.currency = _group(rest, place.currency)
        elif code == ACCOUNT:
            place.number += 1
            place.account = _account(rest, place.number, place.day, place.currency)
            yield place.account, None
        elif code == TRANSACTION:
            place.detail = _Detail(rest.split(","))
    yield from _finish(place, warnings)


def _finish(place: _Place, warnings: list[str]) -> Iterator[tuple[Account, BankEntry]]:
    """Yield the transaction whose last continuation has been read."""
    detail, account = place.detail, place.account
    place.detail = None
    if detail is not None and account is not None:
        entry = _read(detail, account, place.day, warnings)
        if entry is not None:
            yield account, entry


def _group(rest: str, currency: str) -> tuple[str, str]:
    fields = [text.strip(" /") for text in rest.split(",")] + [""] * GROUP_CURRENCY
    found = fields[GROUP_CURRENCY]
    return _date(fields[GROUP_DATE]) or "", found if found in EXPONENTS else currency


def _account(rest: str, number: int, day: str, currency: str) -> Account:
    fields = [text.strip(" /") for text in rest.split(",")] + [""]
    own = fields[1] if fields[1] in EXPONENTS else currency
    identification = fields[0] or None
    return Account(
        identification=identification,
        currency=own,
        statement_id=f"{identification}-{day}",
        number=str(number),
        created=day or None,
    )


def _read(detail: _Detail, account: Account, day: str, warnings: list[str]) -> BankEntry | None:
    try:
        return _entry(detail, account, day)
    except (ValueError, IndexError):
        shown = ",".join(detail.fields)[:60]
        warnings.append(f"a transaction of account {account.identification} is damaged: {shown}")
        return None


def _entry(detail: _Detail, account: Account, day: str) -> BankEntry | None:
    code = int(detail.fields[0])
    if not 100 <= code < LAST_TRANSACTION:  # noqa: PLR2004 - 100 to 699 are transactions
        return None
    value_date, rest = _availability(detail.fields[2:])
    bank_reference, customer_reference = (*rest[:2], "", "")[:2]
    text = ",".join(rest[2:]).strip(" /")
    said = _said(text, detail.more)
    words = " ".join([text, *(line for line in detail.more if not _KEYED.match(line))]).strip()
    is_return = code >= FIRST_DEBIT and bool(_RETURNED.search(words))
    currency = account.currency or "USD"
    return BankEntry(
        sequence=1,
        amount=_amount(detail.fields[1], currency),
        currency=currency,
        direction="in" if code < FIRST_DEBIT else "out",
        status="BOOK",
        booking_date=day or value_date,
        value_date=value_date or day or None,
        bank_reference=bank_reference.strip(" /") or None,
        entry_reference=customer_reference.strip(" /") or None,
        end_to_end_id=said.get("EREF"),
        transaction_code=detail.fields[0],
        counterparty=Party(name=said.get("DBNM") if code < FIRST_DEBIT else said.get("CRNM")),
        remittance_text=tuple(part for part in (said.get("REMI") or words,) if part),
        return_reason="RETURN" if is_return else None,
        return_text=said.get("Reason") if is_return else None,
        additional_info=words or None,
    )


def _amount(text: str, currency: str) -> Decimal:
    """
    Return an amount, which is written without a decimal mark and sometimes with a sign.

    :raises ValueError: if it is none, or more than a bank can book
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return Decimal(found[1]).scaleb(-EXPONENTS[currency])


def _availability(fields: list[str]) -> tuple[str | None, list[str]]:
    """Skip what the funds type says about availability; return a value date if it has one."""
    kind, rest = (fields[0].strip().upper(), fields[1:]) if fields else ("", [])
    if kind == "V":
        return _date(rest[0] if rest else ""), rest[2:]
    if kind == "S":
        return None, rest[3:]
    if kind == "D" and rest and rest[0].strip().isdigit():
        return None, rest[1 + 2 * int(rest[0]) :]
    return None, rest


def _said(text: str, more: list[str]) -> dict[str, str]:
    """What a transaction says by name: `88,EREF: 123`, `From: TEST INC, Remittance Info: "…"`."""
    said: dict[str, str] = {}
    for found in _SAID.finditer(text):
        key = {"From": "DBNM", "To": "CRNM", "Remittance Info": "REMI"}.get(found[1], found[1])
        said[key] = (found[2] or found[3] or "").strip()
    for line in more:
        keyed = _KEYED.match(line)
        if keyed and keyed[2].strip():
            said[keyed[1]] = keyed[2].strip()
    return said


def _date(text: str) -> str | None:
    text = text.strip(" /")
    if not re.fullmatch(r"[0-9]{6}", text):
        return None
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:])).isoformat()
    except ValueError:
        return None
