"""
OFX statements, both the SGML of version 1 (no end tags) and the XML of version 2.

Read tag by tag and without a tree: programs leave out end tags, headers and dates, and none of that
may cost the statement.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar, Final

from concilia.documents.core.banking import Account, Balance, BankEntry, Party
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.banklines import (
    Findings,
    LineParser,
    Part,
    number,
    says_returned,
)

PROBLEM: Final = "no bank statement in the OFX file"
STATEMENT: Final = re.compile(r"<(CC)?STMTRS>", re.IGNORECASE)
STATEMENT_END: Final = re.compile(r"</(?:CC)?STMTRS>|<(?:CC)?STMTRS>", re.IGNORECASE)
ENTRY: Final = re.compile(r"<STMTTRN>", re.IGNORECASE)
ENTRY_END: Final = re.compile(
    r"</STMTTRN>|<STMTTRN>|</BANKTRANLIST>|<LEDGERBAL>|<AVAILBAL>", re.IGNORECASE
)
# A tag and what stands behind it up to the next one; CDATA is taken as it is.
FIELD: Final = re.compile(r"<([A-Za-z0-9.]{1,40})>\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))", re.DOTALL)
STATUS: Final = re.compile(r"<STATUS>(.*?)</STATUS>", re.IGNORECASE | re.DOTALL)
CURRENCY: Final = re.compile(r"<(CURRENCY|ORIGCURRENCY)>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
INVESTMENTS: Final = re.compile(r"<INVSTMTRS>", re.IGNORECASE)
DAY: Final = re.compile(r"\s*([0-9]{4})([0-9]{2})([0-9]{2})")
FEES: Final = frozenset({"FEE", "SRVCHG"})


class OfxParser(LineParser):
    """Bank and card statements; positions of investments are named, not read."""

    formats: ClassVar[tuple[str, ...]] = ("ofx",)
    problem: ClassVar[str] = PROBLEM

    def read(self, text: str, found: Findings) -> Iterator[Part]:
        """Yield the statements; a file that tells of an error is refused."""
        _refuse_errors(text)
        return _read(text, found)


def _refuse_errors(text: str) -> None:
    """A server that had no statement to give answers with a status."""
    if STATEMENT.search(text) is not None:
        return
    for status in map(_fields, (found[1] for found in STATUS.finditer(text))):
        if status.get("SEVERITY", "").upper() == "ERROR":
            said, code = status.get("MESSAGE", "no reason given"), status.get("CODE", "no code")
            raise ParserFailed(f"the bank's server refused: {said[:200]} ({code[:20]})")


def _read(text: str, found: Findings) -> Iterator[Part]:
    if INVESTMENTS.search(text):
        found.add("a statement of investments is in the file and was not read")
    for begin in STATEMENT.finditer(text):
        end = STATEMENT_END.search(text, begin.end())
        body = text[begin.end() : end.start() if end else len(text)]
        if end is None:
            found.add("the file ends within a statement: it is cut off")
        account = _account(body, found)
        yield account, _entries(body, account, found)


def _fields(text: str) -> dict[str, str]:
    """What stands behind each tag, the first of a name."""
    fields: dict[str, str] = {}
    for tag in FIELD.finditer(text):
        value = tag[2] if tag[2] is not None else html.unescape(tag[3])
        words = " ".join(value.split())
        if words:
            fields.setdefault(tag[1].upper(), words)
    return fields


def _block(text: str, name: str) -> dict[str, str]:
    """The fields of one aggregate, which may lack its end tag."""
    found = re.search(
        rf"<{name}>(.*?)(?:</{name}>|</?(?!{name})[A-Z]*(?:BAL|TRANLIST)>|\Z)", text, re.S
    )
    return _fields(found[1]) if found else {}


def _account(body: str, found: Findings) -> Account:
    head = _fields(ENTRY.split(body, maxsplit=1)[0])
    identification = head.get("ACCTID")
    currency = head.get("CURDEF", "").upper() or None
    if currency is None:
        named = CURRENCY.search(body)
        currency = (_fields(named[2]).get("CURSYM", "").upper() if named else "") or None
        found.add(f"the statement names no currency, {currency or 'none'} is that of its entries")
    if identification is None:
        found.add("the statement names no account")
    start, end = _day(head.get("DTSTART")), _day(head.get("DTEND"))
    balances = [_balance(body, name, kind, currency) for name, kind in BALANCES]
    closing = next((each for each in balances if each is not None), None)
    number_of = "".join((identification or "").split())
    return Account(
        identification=identification,
        iban=number_of if re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", number_of) else None,
        currency=currency,
        statement_id=f"{start or ''}/{end or (closing.date if closing else '') or ''}".strip("/")
        or None,
        created=end or (closing.date if closing else None),
        balances=tuple(each for each in balances if each is not None),
    )


BALANCES: Final = (("LEDGERBAL", "CLBD"), ("AVAILBAL", "CLAV"))


def _balance(body: str, name: str, kind: str, currency: str | None) -> Balance | None:
    fields = _block(body, name)
    amount = number(fields.get("BALAMT", ""))
    if amount is None or currency is None:
        return None
    return Balance(kind, amount, currency, _day(fields.get("DTASOF")))


def _entries(body: str, account: Account, found: Findings) -> Iterator[BankEntry]:
    for place, begin in enumerate(ENTRY.finditer(body), start=1):
        end = ENTRY_END.search(body, begin.end())
        text = body[begin.end() : end.start() if end else len(body)]
        if end is None:
            found.add(f"entry {place} has no end: the file is cut off")
        fields = _fields(text)
        try:
            yield _entry(fields, text, account)
        except ValueError as error:
            name = fields.get("NAME") or fields.get("FITID") or "without a name"
            found.add(f"entry {place} ({name[:40]}) was not read: {error}")


def _entry(fields: Mapping[str, str], text: str, account: Account) -> BankEntry:
    amount = number(fields.get("TRNAMT", ""))
    booked = _day(fields.get("DTPOSTED"))
    if amount is None or amount == 0:
        raise ValueError(f"{fields.get('TRNAMT', '')!r} is no amount")
    if booked is None:
        raise ValueError(f"{fields.get('DTPOSTED', '')!r} is no date")
    name, memo = fields.get("NAME") or fields.get("PAYEEID"), fields.get("MEMO")
    words = " ".join(each for each in (name, memo) if each)
    kind = fields.get("TRNTYPE", "").upper()
    back = amount < 0 and kind not in FEES and says_returned(words)
    currency = _currency(text, account)
    return BankEntry(
        sequence=1,
        amount=abs(amount),
        currency=currency,
        direction="in" if amount > 0 else "out",
        status="BOOK",
        booking_date=booked,
        value_date=_day(fields.get("DTAVAIL")) or _day(fields.get("VALUEDATE")) or booked,
        bank_reference=fields.get("FITID"),
        transaction_id=fields.get("SRVRTID"),
        entry_reference=fields.get("REFNUM") or _check_number(fields),
        transaction_code=kind or None,
        counterparty=Party(name=name, iban=_block(text, "BANKACCTTO").get("ACCTID")),
        remittance_text=(memo or name or "",) if memo or name else (),
        return_reason="RETURN" if back else None,
        return_text=words if back else None,
        additional_info=words or None,
    )


def _check_number(fields: Mapping[str, str]) -> str | None:
    text = fields.get("CHECKNUM", "").strip("0 ")
    return text or None


def _currency(text: str, account: Account) -> str:
    """An amount is in the account's currency, unless a <CURRENCY> beside it says otherwise."""
    found = CURRENCY.search(text)
    named = (
        _fields(found[2]).get("CURSYM", "").upper()
        if found and found[1].upper() == "CURRENCY"
        else ""
    )
    return named or account.currency or ""


def _day(text: str | None) -> str | None:
    """The day of an OFX date, as the bank wrote it: the time zone behind it does not move it."""
    found = DAY.match(text or "")
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None
